"""The flat door: one row, one object. A jakso's kirjaukset out; toimialat, toimielimet and users out and in.

What comes in passes the same guard and reader as an import. What goes out is text where a person wrote text, so that
no cell is ever run as a formula. The kirjaukset stand under the headings that the import knows as our own.
"""

import io

import tablib
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource
from import_export.widgets import BooleanWidget, DateWidget, ForeignKeyWidget, Widget
from openpyxl import Workbook

from strategia.kayttaja.tunnus import follow_change, refuse_last
from strategia.models import (
    LISAKENTAT,
    OMA,
    OMA_KIRJAUS,
    Jasenyys,
    Kayttaja,
    Kunta,
    Rooli,
    Strategia,
    Tapahtuma,
    Toimiala,
    Toimielin,
)
from strategia.nimet import avain
from strategia.tapahtuma import record
from strategia.teksti import clean_stored

from .models import Kirjaus
from .puhtaat import PuhdasResource
from .solut import write_row
from .taulukko.guard import check
from .taulukko.layout.scores import as_text
from .taulukko.workbook import read_workbook


class TurvallinenXLSX(XLSX):
    """A workbook through our own guard and reader, and out with its texts as texts."""

    def get_title(self):
        return "xlsx"

    def create_dataset(self, in_stream):
        file, issue = check(in_stream, "taulukko.xlsx")
        book, issue = read_workbook(file) if file else (None, issue)
        if issue:
            raise ValueError(issue.fi)
        rows = [_texts(cells) for cells in book.sheets[0].rows.values()] or [{}]
        width = max(rows[0], default=0)
        dataset = tablib.Dataset(headers=[rows[0].get(column, "") for column in range(1, width + 1)])
        for row in rows[1:]:
            dataset.append([row.get(column, "") for column in range(1, width + 1)])
        return dataset

    def export_data(self, dataset, **kwargs):
        book, file = Workbook(), io.BytesIO()
        for number, row in enumerate([dataset.headers, *dataset], 1):
            write_row(book.active, number, [each if isinstance(each, int) else str(each or "") for each in row])
        book.save(file)
        return file.getvalue()


def _texts(cells):
    return {column: as_text(solu) for column, solu in cells.items() if solu.value is not None}


class KirjausResource(PuhdasResource):
    """The kirjaukset of a jakso, a row for each; the file can be imported as such."""

    painopiste = Field("toimenpide__tavoite__painopiste__nimi", "Painopiste")
    tavoite = Field("toimenpide__tavoite__nimi", "Strateginen tavoite")
    toimialan_tavoite = Field("toimenpide__toimialan_tavoite", "Toimialan tavoite")
    koodi = Field("toimenpide__koodi", "Koodi")
    toimenpide = Field("toimenpide__nimi", "Toimenpide")
    toimielin = Field("toimenpide__toimielin__nimi", "Toimielin")
    toimiala = Field("toimenpide__toimiala__nimi", "Toimiala")
    vastuu = Field("toimenpide__vastuu", "Vastuu")
    riski = Field("toimenpide__riski", "Riski")
    mittari = Field("toimenpide__mittari", "Mittari")
    sdg = Field(column_name="SDG")
    jakso = Field("jakso__nimi", "Jakso")
    toteutumisaste = Field("toteutumisaste", "Toteutumisaste", Widget())
    syy = Field("get_syy_display", "Syy")
    kommentti = Field("kommentti", "Kommentti")
    ennuste = Field("ennuste", LISAKENTAT["ennuste"])
    poikkeaman_syy = Field("poikkeaman_syy", LISAKENTAT["poikkeaman_syy"])
    korjaavat_toimet = Field("korjaavat_toimet", LISAKENTAT["korjaavat_toimet"])

    class Meta:
        model = Kirjaus
        fields = (
            *("painopiste", "tavoite", "toimialan_tavoite", "koodi", "toimenpide", "toimielin", "toimiala", "vastuu"),
            *("riski", "mittari", "sdg", "jakso", "toteutumisaste", "syy", "kommentti"),
            *LISAKENTAT,
        )

    omat = ()  # the fields of the kunta's own columns
    empty = ()  # those of LISAKENTAT that none of the kirjaukset has: they get no column

    def filter_export(self, queryset, **kwargs):
        self.empty = [name for name in LISAKENTAT if not queryset.exclude(**{name: ""}).exists()]
        self.omat = _own_fields(queryset)
        order = ("jakso", "toimenpide__tavoite__painopiste__jarjestys", "toimenpide__tavoite__jarjestys")
        return queryset.select_related(
            "toimenpide__tavoite__painopiste", "toimenpide__toimiala", "toimenpide__toimielin", "jakso"
        ).order_by(*order, "toimenpide__jarjestys", "pk")

    def get_export_fields(self, selected_fields=None):
        told = [each for each in super().get_export_fields(selected_fields) if each.attribute not in self.empty]
        before = next(place for place, each in enumerate(told) if each.attribute == "jakso__nimi")
        own = [each for each in self.omat if each.attribute != "omat"]  # of the toimenpide: left of the jakso's values
        return [*told[:before], *own, *told[before:], *(each for each in self.omat if each not in own)]

    def export_field(self, field, instance, **kwargs):
        if field in self.omat:  # they are none of the resource's own, which it knows by name
            return clean_stored(field.get_value(instance))
        return super().export_field(field, instance, **kwargs)

    def dehydrate_sdg(self, kirjaus):
        return "; ".join(kirjaus.toimenpide.sdg)

    def dehydrate_toteutumisaste(self, kirjaus):
        return kirjaus.toteutumisaste


class OmaField(Field):
    """A column of the kunta's own: what a row's `omat` holds under the heading."""

    def __init__(self, attribute, otsikko):
        super().__init__(attribute, otsikko)
        self.otsikko = otsikko

    def get_value(self, instance):
        return (super().get_value(instance) or {}).get(self.otsikko, "")


def _own_fields(queryset):
    """Those that some of the rows fill, in the order of their strategia, the toimenpide's before the kirjaus's."""
    found = []
    for attribute, rooli in (("toimenpide__omat", OMA), ("omat", OMA_KIRJAUS)):
        texts = {}
        for omat in queryset.exclude(**{attribute: {}}).values_list(attribute, flat=True).iterator():
            texts |= omat
        strategiat = Strategia.objects.filter(jaksot__kirjaukset__in=queryset).distinct() if texts else ()
        ordered = [otsikko for each in strategiat for otsikko, _text in each.list_omat(rooli, texts)]
        found += [OmaField(attribute, otsikko) for otsikko in dict.fromkeys(ordered)]
    return found


class NimettyResource(ModelResource):
    """Found by the kunta and the name, of which spellings are one; a new name is made."""

    kunta = Field("kunta", "Kunta", ForeignKeyWidget(Kunta, "nimi"))
    nimi = Field("nimi", "Nimi")

    class Meta:
        fields = ("kunta", "nimi")
        import_id_fields = ("kunta", "nimi")
        skip_unchanged = True
        clean_model_instances = True

    def get_instance(self, instance_loader, row):
        found = {"kunta__nimi": row.get("Kunta"), "avain": avain(row.get("Nimi") or "")}
        return self._meta.model.objects.filter(**found).first()


class ToimialaResource(NimettyResource):
    lopetettu = Field("lopetettu", "Lopetettu", DateWidget("%d.%m.%Y"))

    class Meta(NimettyResource.Meta):
        model = Toimiala
        fields = ("kunta", "nimi", "lopetettu")


class ToimielinResource(NimettyResource):
    lopetettu = Field("lopetettu", "Lopetettu", DateWidget("%d.%m.%Y"))

    class Meta(NimettyResource.Meta):
        model = Toimielin
        fields = ("kunta", "nimi", "lopetettu")


class RooliWidget(Widget):
    """The role by its Finnish word."""

    def clean(self, value, row=None, **kwargs):
        for rooli in Rooli:
            if str(value or "").strip().casefold() in (rooli.value, str(rooli.label).casefold()):
                return rooli.value
        raise ValueError(_("Roolia ”%(rooli)s” ei ole.") % {"rooli": value})

    def render(self, value, obj=None, **kwargs):
        return str(Rooli(value).label) if value else ""


class KyllaWidget(BooleanWidget):
    TRUE_VALUES = ("kyllä", "TOSI", "1")
    FALSE_VALUES = ("ei", "EPÄTOSI", "0")

    def render(self, value, obj=None, **kwargs):
        return "kyllä" if value else "ei"


class KayttajaResource(ModelResource):
    """People by their address. A new one has no password until invited; rights beyond the role are never in a file."""

    email = Field("email", "Sähköposti")
    nimi = Field("nimi", "Nimi")
    kunta = Field("kunta", "Kunta", ForeignKeyWidget(Kunta, "nimi"))
    rooli = Field("rooli", "Rooli", RooliWidget())
    toimialat = Field(column_name="Toimialat")
    kaytossa = Field("is_active", "Käytössä", KyllaWidget())

    class Meta:
        model = Kayttaja
        fields = ("email", "nimi", "kunta", "rooli", "toimialat", "kaytossa")
        import_id_fields = ("email",)
        skip_unchanged = False
        clean_model_instances = True

    def filter_export(self, queryset, **kwargs):
        return queryset.select_related("kunta").prefetch_related("toimialat")

    def dehydrate_toimialat(self, kayttaja):
        return "; ".join(toimiala.nimi for toimiala in kayttaja.toimialat.all()) if kayttaja.pk else ""

    def before_import_row(self, row, **kwargs):
        row["Sähköposti"] = (row.get("Sähköposti") or "").strip().lower()

    def init_instance(self, row=None):
        instance = super().init_instance(row)
        instance.set_unusable_password()
        return instance

    def before_save_instance(self, instance, row, **kwargs):
        """Of each person whose rights change, a row of the audit, as of the pages. A preview tells nobody anything.

        Raises ViimeinenPaakayttaja, which stops the row and with it the file.
        """
        refuse_last(instance)
        before = None if kwargs.get("dry_run") else Kayttaja.objects.filter(pk=instance.pk).first()
        if before and follow_change(instance, before):
            word = {True: Tapahtuma.Laji.KAYTTOON, False: Tapahtuma.Laji.KAYTOSTA}
            laji = Tapahtuma.Laji.ROOLI if before.is_active == instance.is_active else word[instance.is_active]
            told = {"mista": before.get_rooli_display(), "mihin": instance.get_rooli_display()}
            record(laji, by=kwargs.get("user"), kunta=instance.kunta_id, kohde=instance, **told)

    def after_save_instance(self, instance, row, **kwargs):
        """The toimialat of the row replace the earlier ones; a name that the kunta lacks stops the row."""
        names = [name.strip() for name in (row.get("Toimialat") or "").split(";") if name.strip()]
        known = {toimiala.avain: toimiala for toimiala in Toimiala.objects.filter(kunta=instance.kunta_id)}
        unknown = [name for name in names if avain(name) not in known]
        if unknown:
            raise ValueError(_("Toimialaa ”%(nimi)s” ei ole kunnassa.") % {"nimi": unknown[0]})
        wanted = {known[avain(name)].pk for name in names}
        own = Jasenyys.objects.filter(kayttaja=instance)
        own.exclude(toimiala__in=wanted).delete()
        new = wanted - set(own.values_list("toimiala", flat=True))
        kunta = instance.kunta_id
        Jasenyys.objects.bulk_create(Jasenyys(kunta_id=kunta, kayttaja=instance, toimiala_id=pk) for pk in new)
