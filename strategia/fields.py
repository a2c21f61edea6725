"""A day or a year within its bounds, and what follows another field of its row: a key, a text to search in, a number.

These compute themselves in pre_save, as Django's own auto_now does, so that save() and bulk_create() agree.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .lukuteksti import DESIMAALEJA, NUMEROITA, read_luku
from .nimet import avain, searchable
from .paivat import ENSIMMAINEN, VIIMEINEN, is_possible

MUODOT = ("%Y-%m-%d", "%d.%m.%Y")  # a year of two digits could be of any century
PVM_VIRHE = _("Anna päivä ajalta 1.1.1990–31.12.2100, vuosi neljällä numerolla. Esimerkiksi 31.12.2026.")


def check_pvm(day):
    """ValidationError for a day out of the bounds."""
    if not is_possible(day):
        raise ValidationError(PVM_VIRHE, code="pvm")


class PvmField(models.DateField):
    """A day that a person writes. To the migrations it is a DateField: what is stored is the same."""

    default_validators = [check_pvm]
    default_error_messages = {"invalid": PVM_VIRHE, "invalid_date": PVM_VIRHE}

    def deconstruct(self):
        name, _date, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**{"input_formats": MUODOT, "error_messages": {"invalid": PVM_VIRHE}, **kwargs})


class LukuField(models.DecimalField):
    """The number that the text of another field plainly is, as wide as both databases keep it in full; else null.

    reads: the function that gives it of the text. bulk_update does not ask it. To the migrations a DecimalField.
    """

    def __init__(self, verbose_name=None, *, source="teksti", reads=read_luku, **kwargs):
        self.source, self.reads = source, reads
        width = {"max_digits": NUMEROITA, "decimal_places": DESIMAALEJA}
        super().__init__(verbose_name, **{**width, "null": True, "blank": True, "editable": False, **kwargs})

    def deconstruct(self):
        name, _luku, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs

    def pre_save(self, model_instance, add):
        value = self.reads(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value


class VuosiField(models.PositiveSmallIntegerField):
    """A year that may be missing. To the migrations a PositiveSmallIntegerField."""

    default_validators = [MinValueValidator(ENSIMMAINEN.year), MaxValueValidator(VIIMEINEN.year)]

    def __init__(self, verbose_name=None, **kwargs):
        super().__init__(verbose_name, **{"null": True, "blank": True, **kwargs})

    def deconstruct(self):
        name, _vuosi, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveSmallIntegerField", args, kwargs


class AvainField(models.CharField):
    """The sha256 of a normalised name: unique keys for names too long for an index."""

    def __init__(self, source="nimi", **kwargs):
        self.source = source
        super().__init__(**{"max_length": 64, "editable": False, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance, add):
        value = avain(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value


class OsoiteField(models.CharField):
    """A name as it stands in addresses, "Vuorijärvi" -> "vuorijarvi": given once, and no two rows share it.

    The row's `is_osoite_taken` tells whether another one has or has had it.
    """

    def __init__(self, source="nimi", **kwargs):
        self.source = source
        super().__init__(**{"max_length": 220, "editable": False, "unique": True, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {"unique": False, **kwargs, "source": self.source}

    def pre_save(self, model_instance, add):
        slug = getattr(model_instance, self.attname)
        if not slug:
            wanted = slugify(getattr(model_instance, self.source)) or model_instance._meta.model_name
            slug = free_slug(wanted, model_instance.is_osoite_taken)
            setattr(model_instance, self.attname, slug)
        return slug


def free_slug(wanted, is_taken):
    """The name itself, or the first of those with a number that is free."""
    slug, number = wanted, 1
    while is_taken(slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug


class HakuField(models.TextField):
    """The sources casefolded in one text: SQLite's LIKE and lower() do not know that Ä is ä."""

    def __init__(self, sources=("nimi",), **kwargs):
        self.sources = sources
        super().__init__(**{"editable": False, "blank": True, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources}

    def pre_save(self, model_instance, add):
        value = searchable("\n".join(getattr(model_instance, source) for source in self.sources))
        setattr(model_instance, self.attname, value)
        return value
