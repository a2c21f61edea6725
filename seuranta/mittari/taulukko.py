"""The flat tables of the mittarit, their targets and their values, out and in by the rules of the pages.

A row names its measure by the number that the table out gave it, a new measure by where it hangs. An empty cell
changes nothing; a row that cannot be is told with its reason, and of such a file nothing is written.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import Widget

from strategia.fields import PvmField, VuosiField
from strategia.mittaristo.luettelo import place_last
from strategia.models import (
    MITTARIN_KOHTEET,
    TEKSTIN_PITUUS,
    Mittari,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Tavoitearvo,
    Toimenpide,
    Toimiala,
)
from strategia.nimet import avain
from strategia.teksti import clean_text, read_id

from ..models import MittariArvo, Mittaus, Seurantajakso, SuljettuJakso
from ..puhtaat import PuhdasResource
from ..tulos import EI, KYLLA

KOHTEET = {"toimenpide": Toimenpide, "tavoite": StrateginenTavoite, "painopiste": Painopiste}
STRATEGIAAN = {"toimenpide": "tavoite__painopiste__strategia", "tavoite": "painopiste__strategia"}


class MittaritaulukkoResource(PuhdasResource):
    """What the three tables share: who writes, cells as clean texts, and which measure a row is of."""

    def before_import(self, dataset, **kwargs):
        self.by = kwargs.get("user")

    def before_import_row(self, row, **kwargs):
        for name, cell in row.items():
            row[name] = clean_text(str("" if cell is None else cell)).strip()
            if len(row[name]) > TEKSTIN_PITUUS:
                raise ValueError(_("%(otsikko)s on liian pitkä.") % {"otsikko": name})

    def import_field(self, field, instance, row, **kwargs):
        """The fields are put in by hand: an empty cell changes nothing, and some only tell."""

    def write_with_history(self, instance):
        instance._history_user = self.by
        instance.save()


def find_mittari(row, number):
    """The Mittari of the row's kunta; raises ValueError with a sentence."""
    found = Mittari.objects.filter(kunta__nimi=row.get("Kunta", ""), pk=read_id(number))
    if mittari := found.select_related("strategia", "toimenpide", "tavoite", "painopiste").first():
        return mittari
    told = {"tunniste": number, "kunta": row.get("Kunta", "")}
    raise ValueError(_("Mittaria, jonka tunniste on ”%(tunniste)s”, ei ole kunnassa ”%(kunta)s”.") % told)


class MittariResource(MittaritaulukkoResource):
    """The mittarit of the plans, a row for each. One without a number is new: it hangs where Taso and Kohde say."""

    kunta = Field("kunta__nimi", "Kunta")
    tunniste = Field("pk", "Tunniste")
    strategia = Field("strategia__nimi", "Strategia")
    taso = Field(column_name="Taso")
    kohde = Field("kohde", "Kohde")
    nimi = Field("nimi", "Mittari")
    laji = Field("get_laji_display", "Laji")
    yksikko = Field("yksikko", "Yksikkö")
    suunta = Field("get_suunta_display", "Suunta")
    toimiala = Field("toimiala__nimi", "Kirjaava toimiala")
    lahde = Field("lahde", "Lähde")
    lahto = Field("lahto_teksti", "Lähtöarvo")
    lahto_vuosi = Field("lahto_vuosi", "Lähtövuosi", Widget())

    class Meta:
        model = Mittari
        fields = ("kunta", "tunniste", "strategia", "taso", "kohde", "nimi", "laji", "yksikko", "suunta", "toimiala")
        fields += ("lahde", "lahto", "lahto_vuosi")
        import_id_fields = ()
        clean_model_instances = True
        skip_unchanged = True

    def filter_export(self, queryset, **kwargs):
        found = queryset.select_related("kunta", "strategia", "toimenpide", "tavoite", "painopiste", "toimiala")
        return found.in_order()

    def dehydrate_taso(self, mittari):
        return next((taso for taso in MITTARIN_KOHTEET if getattr(mittari, f"{taso}_id", None)), "")

    def get_instance(self, instance_loader, row):
        if row.get("Tunniste"):
            return find_mittari(row, row["Tunniste"])
        taso, kohde = _find_kohde(row)
        return kohde.mittarit.filter(avain=avain(row.get("Mittari", ""))).first()

    def init_instance(self, row=None):
        taso, kohde = _find_kohde(row)
        strategia = Strategia.objects.get(kunta__nimi=row["Kunta"], avain=avain(row["Strategia"]))
        return Mittari(kunta=strategia.kunta, strategia=strategia, **{taso: kohde})

    def import_instance(self, instance, row, **kwargs):
        texts = {"nimi": "Mittari", "yksikko": "Yksikkö", "lahde": "Lähde", "lahto_teksti": "Lähtöarvo"}
        for name, heading in texts.items():
            setattr(instance, name, row.get(heading) or getattr(instance, name))
        for name, heading, choices in (("laji", "Laji", Mittari.Laji), ("suunta", "Suunta", Mittari.Suunta)):
            if row.get(heading):
                setattr(instance, name, _choose(choices, heading, row[heading]))
        if row.get("Lähtövuosi"):
            instance.lahto_vuosi = _year(row["Lähtövuosi"])
        if row.get("Kirjaava toimiala") and instance.toimenpide_id is None:
            instance.toimiala = _find_toimiala(instance, row["Kirjaava toimiala"])
        if instance._state.adding:
            place_last(instance)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        names = ("nimi", "laji", "yksikko", "suunta", "toimiala_id", "lahde", "lahto_teksti", "lahto_vuosi")
        is_same = all(getattr(instance, name) == getattr(original, name) for name in names)
        return not instance._state.adding and not import_validation_errors and is_same

    def do_instance_save(self, instance, is_create):
        self.write_with_history(instance)


def _find_kohde(row):
    """(its level, the row of the plan); raises ValueError with a sentence."""
    plan = Strategia.objects.filter(kunta__nimi=row.get("Kunta", ""), avain=avain(row.get("Strategia", ""))).first()
    if plan is None:
        raise ValueError(_("Strategiaa ”%(nimi)s” ei ole kunnassa.") % {"nimi": row.get("Strategia", "")})
    taso = row.get("Taso", "").casefold() or "toimenpide"
    if taso not in KOHTEET:
        raise ValueError(_("Taso on toimenpide, tavoite tai painopiste, ei ”%(taso)s”.") % {"taso": taso})
    name = row.get("Kohde", "")
    found = KOHTEET[taso].objects.filter(**{STRATEGIAAN.get(taso, "strategia"): plan, "avain": avain(name)})[:2]
    if len(found) == 1:
        return taso, found[0]
    told = _("%(taso)s ”%(nimi)s” on strategiassa useammin kuin kerran. Anna mittarin tunniste.")
    if not found:
        told = _("Strategiassa ei ole: %(taso)s ”%(nimi)s”.")
    raise ValueError(told % {"taso": taso, "nimi": name})


def _find_toimiala(mittari, name):
    if toimiala := Toimiala.objects.filter(kunta=mittari.kunta_id, avain=avain(name)).first():
        return toimiala
    raise ValueError(_("Toimialaa ”%(nimi)s” ei ole kunnassa.") % {"nimi": name})


def _choose(choices, heading, word):
    for value, label in choices.choices:
        if word.casefold() in (value, str(label).casefold()):
            return value
    told = {"otsikko": heading, "sana": word, "sanat": ", ".join(str(label) for label in choices.labels)}
    raise ValueError(_("%(otsikko)s ei voi olla ”%(sana)s”. Se on jokin näistä: %(sanat)s.") % told)


def _year(text):
    return VuosiField(_("Vuosi")).clean(text, None)


class TavoitearvoResource(MittaritaulukkoResource):
    """The targets of the mittarit, a row for each year; without a year until further notice."""

    kunta = Field("kunta__nimi", "Kunta")
    tunniste = Field("mittari_id", "Mittarin tunniste")
    mittari = Field("mittari__nimi", "Mittari")
    vuosi = Field("vuosi", "Vuosi", Widget())
    teksti = Field("teksti", "Tavoite")
    luku = Field("luku", "Tavoite lukuna", Widget())

    class Meta:
        model = Tavoitearvo
        fields = ("kunta", "tunniste", "mittari", "vuosi", "teksti", "luku")
        import_id_fields = ()
        skip_unchanged = True

    def filter_export(self, queryset, **kwargs):
        return queryset.select_related("mittari", "kunta").order_by("mittari", "vuosi", "pk")

    def get_instance(self, instance_loader, row):
        vuosi = _year(row["Vuosi"]) if row.get("Vuosi") else None
        mittari = find_mittari(row, row.get("Mittarin tunniste", ""))
        return Tavoitearvo.objects.filter(mittari=mittari, vuosi=vuosi).select_related("mittari").first()

    def init_instance(self, row=None):
        vuosi = _year(row["Vuosi"]) if row.get("Vuosi") else None
        mittari = find_mittari(row, row.get("Mittarin tunniste", ""))
        return Tavoitearvo(kunta_id=mittari.kunta_id, mittari=mittari, vuosi=vuosi)

    def import_instance(self, instance, row, **kwargs):
        if (teksti := row.get("Tavoite")) and teksti != instance.teksti:
            is_asked = instance.mittari.laji == Mittari.Laji.KYLLA_EI
            if is_asked and teksti.casefold() not in (KYLLA, EI):
                raise ValueError(_("Kirjoita kyllä tai ei."))
            instance.teksti, instance.alkuperainen = teksti, ""

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return not instance.teksti or instance.teksti == original.teksti

    def do_instance_save(self, instance, is_create):
        self.write_with_history(instance)


class MittariArvoResource(MittaritaulukkoResource):
    """The values of the mittarit, a row for each jakso, year or day; with the sisäinen huomio of none.

    Written as on the entry page: a closed jakso takes none, and a value that has been changed since the Versio of the
    row stays.
    """

    kunta = Field("kunta__nimi", "Kunta")
    tunniste = Field("mittari_id", "Mittarin tunniste")
    mittari = Field("mittari__nimi", "Mittari")
    jakso = Field("jakso__nimi", "Jakso")
    vuosi = Field("vuosi", "Vuosi", Widget())
    paiva = Field("paiva", "Päivä", Widget())
    teksti = Field("teksti", "Arvo")
    luku = Field("luku", "Arvo lukuna", Widget())
    huomautus = Field("huomautus", "Huomautus")
    tila = Field("get_tila_display", "Tila")
    versio = Field("versio", "Versio", Widget())

    class Meta:
        model = MittariArvo
        fields = ("kunta", "tunniste", "mittari", "jakso", "vuosi", "paiva", "teksti", "luku", "huomautus", "tila")
        fields += ("versio",)
        import_id_fields = ()  # found by hand, with a sentence of what is missing
        skip_unchanged = True

    def filter_export(self, queryset, **kwargs):
        found = queryset.select_related("mittari", "jakso", "kunta")
        return found.order_by("mittari", "jakso", "vuosi", "paiva", "pk")

    def get_instance(self, instance_loader, row):
        mittari = find_mittari(row, row.get("Mittarin tunniste", ""))
        found = MittariArvo.objects.filter(mittari=mittari, **_read_place(mittari, row))
        return found.select_related("mittari", "jakso").first()

    def init_instance(self, row=None):
        mittari = find_mittari(row, row.get("Mittarin tunniste", ""))
        return MittariArvo(kunta_id=mittari.kunta_id, mittari=mittari, **_read_place(mittari, row))

    def import_instance(self, instance, row, **kwargs):
        """What is written is kept beside: the row stays as it is stored until record puts it in."""
        versio = row.get("Versio") or "0"
        if not versio.isdecimal():
            raise ValueError(_("Versio on numero, ei ”%(versio)s”.") % {"versio": versio})
        instance.mittaus = Mittaus(int(versio), row.get("Arvo") or None, row.get("Huomautus") or None)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return not instance.differs_from(instance.mittaus)

    def do_instance_save(self, instance, is_create):
        written = {instance.mittari: instance.mittaus}
        try:
            with transaction.atomic():
                saved, conflicts = self._record(instance, written)
        except SuljettuJakso as closed:
            raise ValueError(str(closed)) from closed
        if conflicts:
            [(theirs, mine)] = conflicts
            told = {"nyt": theirs.teksti, "tiedostossa": mine.teksti or "", "versio": theirs.versio}
            raise ValueError(
                _("Arvoa on muutettu: nyt ”%(nyt)s” (versio %(versio)s), tiedostossa ”%(tiedostossa)s”.") % told
            )
        for name in ("pk", "teksti", "luku", "huomautus", "tila", "versio"):  # what the preview shows
            setattr(instance, name, getattr(saved[0], name))

    def _record(self, instance, written):
        if instance.jakso is not None:
            return MittariArvo.objects.record(instance.jakso, written, by=self.by)
        place = {"vuosi": instance.vuosi} if instance.paiva is None else {"paiva": instance.paiva}
        return MittariArvo.objects.record_outside(written, by=self.by, **place)


def _read_place(mittari, row):
    """{"jakso", "vuosi" or "paiva": which}; raises ValueError with a sentence, ValidationError of a year or a day."""
    told = {name: row.get(name) for name in ("Jakso", "Vuosi", "Päivä") if row.get(name)}
    if len(told) != 1:
        raise ValueError(_("Arvolla on joko jakso, vuosi tai päivä, ja vain yksi niistä."))
    if "Vuosi" in told:
        return {"vuosi": _year(told["Vuosi"])}
    if "Päivä" in told:
        field = PvmField(_("Päivä"))
        return {"paiva": field.clean(field.formfield().clean(told["Päivä"]), None)}
    jaksot = Seurantajakso.objects.filter(
        kunta=mittari.kunta_id, strategia=mittari.strategia_id, avain=avain(told["Jakso"])
    )
    if jakso := jaksot.select_related("strategia").first():
        return {"jakso": jakso}
    raise ValueError(_("Jaksoa ”%(nimi)s” ei ole mittarin strategiassa.") % {"nimi": told["Jakso"]})
