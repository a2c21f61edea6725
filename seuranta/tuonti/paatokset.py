"""The decisions on a municipality's own table: what its pages ask, as a form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strategia.kentat import RajattuPvmField
from strategia.models import NIMEN_PITUUS

from ..models import Seurantajakso
from ..taulukko.rows import Luettu
from ..tiedosto.paatokset import EI, EI_KAYTETA, EI_KUMPAAKAAN, UUSI, Laji
from ..tiedosto.ratkaistavat import CellField, PaatosForm
from .kysymykset import decisions_of_answer, has_columns, numbers_of, record_of
from .paikat import columns_alike, sheets_alike
from .roolit import POIS, SARAKKEEN_ROOLIT

KOHDE = (Laji.STRATEGIA, Laji.JAKSO, Laji.TILANNE, Laji.ASTEIKKO)  # the fields that every table has
VUODET = [(True, _("Voimassaoloaika")), (False, _("Vain osa nimeä"))]  # what the years that end a name are
JAKSON_PITUUS = Seurantajakso._meta.get_field("nimi").max_length
ENSIN, VIIMEKSI = 1990, 2100  # the years that the reader takes for years
ASTEET = [*((str(aste), str(aste)) for aste in range(1, 6)), (EI, _("ei arviota"))]
# The page shows these as they are now: one that was sent along as it stood decides nothing.
EI_LUETA = {"", "oma", "oma.kirjaus", POIS}
VALITTU_OLI = {Laji.SARAKE, Laji.OTSIKKORIVI, Laji.VALILEHDET}


def changes_target(data) -> bool:
    """Does what was posted tell another place for the table than the page that it came from?"""
    return any(_on_one_line(data, str(laji)) != _on_one_line(data, f"oli|{laji}") for laji in KOHDE)


def _on_one_line(data, name):
    """The value as a browser's field of one line has it: a name that is read of a cell may have line breaks."""
    return data.get(name, "").replace("\r", "").replace("\n", "")


class TaulukonPaatosForm(PaatosForm):
    """Besides the cells: how the table is read, where it goes, what unknown names mean, and what ends."""

    strategia = forms.CharField(label=_("Strategian nimi"), max_length=NIMEN_PITUUS, required=False)
    jakso = forms.CharField(label=_("Jakson nimi"), max_length=JAKSON_PITUUS, required=False)
    tilanne = RajattuPvmField(label=Laji.TILANNE.label, required=False)
    asteikko = forms.BooleanField(label=Laji.ASTEIKKO.label, required=False)

    def __init__(self, data=None, *, paatokset, plan, ratkaistavat, uudelleennimetyt, paikat, solut=()):
        """What the pages ask, as they tell it. solut: the cells of a row that is typed over."""
        self.luettu = plan.luettu
        self.kysymykset = {question.avain: question for question in plan.questions}
        self.puuttuvat = {str(each.id): each.nimi for each in plan.missing}
        muut = [
            *((Laji.SOLU, solu, CellField()) for solu in solut),
            *_list_reading(plan.luettu, paikat),
            *_list_questions(self.kysymykset),
            *_list_names(plan, ratkaistavat),
            *_list_renamed(uudelleennimetyt),
            *_list_years(plan.vuodet),
            (Laji.PAATTYY, "", _missing_field(self.puuttuvat)),
            *((Laji.SIIRTO, start, forms.BooleanField(required=False)) for _row, start in plan.luettu.siirtyneet),
            *_list_twins(ratkaistavat),
        ]
        super().__init__(data, ratkaistavat=ratkaistavat, paatokset=paatokset, muut=muut)
        self.paikat |= {str(laji): (laji, "") for laji in KOHDE}
        self.vain_muuttuneet |= VALITTU_OLI
        if plan.luettu.status == "reject":
            self.ehdotetut = self._list_chosen()
        arvot, jaksot = paatokset.arvot, plan.luettu.jaksot
        self.initial = {
            Laji.STRATEGIA: plan.strategia or "",
            Laji.JAKSO: arvot[Laji.JAKSO].get("") or (jaksot[0] if jaksot else ""),
            Laji.TILANNE: arvot[Laji.TILANNE].get(""),
            Laji.ASTEIKKO: arvot[Laji.ASTEIKKO].get("", False),
        }

    def clean(self):
        name = str(Laji.VALILEHDET)
        if f"oli|{name}" in self.data and name in self.fields and not self.cleaned_data.get(name):
            self.add_error(name, _("Valitse ainakin yksi välilehti."))
        return super().clean()

    def _list_chosen(self):
        """Of a table that could not be read whoever sends what was proposed has chosen it."""
        proposed = VALITTU_OLI - {Laji.VALILEHDET}
        names = [name for name, (laji, _paikka) in self.paikat.items() if laji in proposed]
        return {name for name in names if self.data.get(name, "") not in EI_LUETA}

    def decide(self, laji, paikka, value):
        match laji:
            case Laji.STRATEGIA | Laji.JAKSO:
                return self._decide_name(laji, value)
            case Laji.TILANNE:
                return {(laji, ""): value.isoformat() if value else None}
            case Laji.ASTEIKKO:
                return {(laji, ""): True if value else None}
            case Laji.SARAKE | Laji.OTSIKKORIVI | Laji.VALILEHDET | Laji.LUKUTAPA:
                return self._decide_reading(laji, paikka, value)
            case Laji.KYSYMYS:
                return decisions_of_answer(self.kysymykset[paikka], value) if value else {}
            case Laji.VUOSI | Laji.KUVAUS:
                return self._decide_freely(laji, paikka, value)
            case Laji.TOIMIALA | Laji.TOIMENPIDE:
                return {(laji, paikka): value if value == UUSI else int(value)} if value else {}
            case Laji.VOIMASSA:  # both answers are decisions: the row has been looked at
                return {(laji, paikka): value == "True"} if value else {}
            case Laji.SIIRTO:  # what was typed over the row's cells was typed over others than stand there then
                return {**self.paatokset.typed_on_row(paikka), (laji, paikka): True} if value else {}
            case Laji.PAATTYY:
                return self._decide_ended(set(value))
        return super().decide(laji, paikka, value)

    def _decide_name(self, laji, value):
        """One that came along as it was decides nothing: where a file goes is answered by its own question."""
        is_told = f"oli|{laji}" in self.data and not self._is_changed(laji)
        return {} if is_told and laji == Laji.STRATEGIA else {(laji, ""): value or None}

    def _decide_ended(self, ticked):
        """Only the boxes that were changed: of the others somebody else may have decided meanwhile."""
        was = set(self.data.getlist(f"oli|{Laji.PAATTYY}"))
        return {
            (Laji.PAATTYY, pk): True if pk in ticked else None for pk in sorted((ticked ^ was) & self.puuttuvat.keys())
        }

    def _decide_reading(self, laji, paikka, value):
        """A choice holds on every sheet that is like the one that it was made on."""
        match laji:
            case Laji.SARAKE:
                return {(laji, each): value or None for each in columns_alike(self.luettu, paikka)}
            case Laji.OTSIKKORIVI:
                return {} if value is None else {(laji, each): value for each in sheets_alike(self.luettu, paikka)}
        return {(laji, ""): value or None}

    def _decide_freely(self, laji, paikka, value):
        """A year or a meaning that none of the offered answers has; the question is then answered too."""
        if not value:
            return {}
        asked = [each for each in self.kysymykset.values() if each.code == _KYSYY[laji]]
        told = {kohta: self.cleaned_data.get(name) for name, kohta in self.paikat.items() if kohta[0] == laji}
        answers = {kohta: each for kohta, each in told.items() if each}
        return {**dict(record_of(each, answers) for each in asked), (laji, paikka): _stored(value)}


_KYSYY = {Laji.VUOSI: "year_needed", Laji.KUVAUS: "unknown_scale"}


def _stored(value):
    return int(value) if str(value).isdecimal() else value


def _list_reading(luettu: Luettu, paikat):
    """The roles of the columns, the row of the headings, the sheets, the year and what the numbers mean."""
    for paikka in paikat:
        label = _("Sarake %(paikka)s") % {"paikka": paikka}
        choices = [("", ""), *SARAKKEEN_ROOLIT]
        yield Laji.SARAKE, paikka, forms.ChoiceField(label=label, choices=choices, required=False)
    visible = [grid for grid in luettu.ruudukot if not grid.on_piilotettu]
    for grid in visible:
        label = _("Otsikkorivi")
        field = forms.IntegerField(label=label, min_value=0, max_value=max(grid.korkeus, 1), required=False)
        yield Laji.OTSIKKORIVI, grid.nimi, field
    names = [(grid.nimi, grid.nimi) for grid in visible]
    if len(names) > 1:
        yield Laji.VALILEHDET, "", forms.MultipleChoiceField(choices=names, required=False)
    yield Laji.VUOSI, "", forms.IntegerField(label=_("Vuosi"), min_value=ENSIN, max_value=VIIMEKSI, required=False)
    yield Laji.LUKUTAPA, "", forms.ChoiceField(choices=[("", ""), (EI_KAYTETA, "")], required=False)


def _list_questions(kysymykset):
    for avain, question in kysymykset.items():
        choices = [(str(number), "") for number in range(len(question.answers))]
        choices += [(EI_KUMPAAKAAN, "")] if has_columns(question) else []
        yield Laji.KYSYMYS, avain, forms.ChoiceField(choices=choices, required=False)
        for numero in numbers_of(question):
            label = _("Numero %(numero)s") % {"numero": numero}
            yield Laji.KUVAUS, str(numero), forms.ChoiceField(label=label, choices=ASTEET, required=False)


def _list_names(plan, ratkaistavat):
    toimialat = plan.register.toimialat.values() if plan.register else ()
    choices = [("", ""), *((str(each.pk), each.nimi) for each in toimialat), (UUSI, "")]
    for kohta in ratkaistavat:
        if kohta.avain:
            yield Laji.TOIMIALA, kohta.avain, forms.ChoiceField(label=kohta.nimi, choices=choices, required=False)


def _list_twins(ratkaistavat):
    """Rows alike may be rows of their own, all of them with one answer."""
    if any(kohta.on_samanniminen for kohta in ratkaistavat):
        yield Laji.TAPA, "osat", forms.ChoiceField(choices=[("", ""), ("riveiksi", "")], required=False)


def _list_renamed(uudelleennimetyt):
    for row, likes in uudelleennimetyt:
        choices = [("", ""), *((str(each.id), each.nimi) for each in likes)]
        yield Laji.TOIMENPIDE, row.rivi.cell, forms.ChoiceField(choices=choices, required=False)


def _list_years(rivit):
    for rivi in rivit:
        yield Laji.VOIMASSA, rivi.cell, forms.ChoiceField(choices=VUODET, required=False)


def _missing_field(puuttuvat):
    return forms.MultipleChoiceField(label=Laji.PAATTYY.label, choices=list(puuttuvat.items()), required=False)
