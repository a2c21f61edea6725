"""The decisions on a municipality's own table: what its page asks, as a form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strategia.kentat import RajattuPvmField
from strategia.models import NIMEN_PITUUS

from ..models import Seurantajakso
from ..tiedosto.paatokset import EI_KUMPAAKAAN, UUSI, Laji
from ..tiedosto.ratkaistavat import CellField, PaatosForm
from .roolit import SARAKKEEN_ROOLIT

KOHDE = (Laji.STRATEGIA, Laji.JAKSO, Laji.TILANNE, Laji.ASTEIKKO)  # the fields that every table has
VUODET = [(True, _("Voimassaoloaika")), (False, _("Vain osa nimeä"))]  # what the years that end a name are
JAKSON_PITUUS = Seurantajakso._meta.get_field("nimi").max_length


class TaulukonPaatosForm(PaatosForm):
    """Besides the cells: where the table goes, what its columns mean, what unknown names mean, and what ends."""

    strategia = forms.CharField(label=_("Strategian nimi"), max_length=NIMEN_PITUUS, required=False)
    jakso = forms.CharField(label=_("Jakson nimi"), max_length=JAKSON_PITUUS, required=False)
    tilanne = RajattuPvmField(label=Laji.TILANNE.label, required=False)
    asteikko = forms.BooleanField(label=Laji.ASTEIKKO.label, required=False)

    def __init__(self, data=None, *, paatokset, plan, ratkaistavat, sarakkeet, uudelleennimetyt, solut=()):
        """What the preview asks, as it tells it. solut: the cells of a row that is typed over."""
        self.kysymykset = {question.cell: question for question in plan.luettu.questions}
        self.puuttuvat = {str(each.id): each.nimi for each in plan.missing}
        muut = [
            *((Laji.SOLU, solu, CellField()) for solu in solut),
            *_list_columns(sarakkeet),
            *_list_questions(self.kysymykset),
            *_list_names(plan, ratkaistavat),
            *_list_renamed(uudelleennimetyt),
            *_list_years(plan.vuodet),
            (Laji.PAATTYY, "", _missing_field(self.puuttuvat)),
        ]
        super().__init__(data, ratkaistavat=ratkaistavat, paatokset=paatokset, muut=muut)
        self.paikat |= {str(laji): (laji, "") for laji in KOHDE}
        arvot, jaksot = paatokset.arvot, plan.luettu.jaksot
        self.initial = {
            Laji.STRATEGIA: plan.strategia or "",
            Laji.JAKSO: arvot[Laji.JAKSO].get("") or (jaksot[0] if jaksot else ""),
            Laji.TILANNE: arvot[Laji.TILANNE].get(""),
            Laji.ASTEIKKO: arvot[Laji.ASTEIKKO].get("", False),
        }

    def decide(self, laji, paikka, value):
        match laji:
            case Laji.STRATEGIA | Laji.JAKSO:
                return self._decide_name(laji, value)
            case Laji.TILANNE:
                return {(laji, ""): value.isoformat() if value else None}
            case Laji.ASTEIKKO:
                return {(laji, ""): True if value else None}
            case Laji.SARAKE:
                return {(laji, paikka): value}
            case Laji.KYSYMYS:
                return self._decide_question(paikka, value)
            case Laji.TOIMIALA | Laji.TOIMENPIDE:
                return {(laji, paikka): value if value == UUSI else int(value)} if value else {}
            case Laji.VOIMASSA:  # both answers are decisions: the row has been looked at
                return {(laji, paikka): value == "True"} if value else {}
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

    def _decide_question(self, cell, value):
        """The answer, and what it says of the columns."""
        if not value:
            return {}
        answers = self.kysymykset[cell].answers
        columns = {} if value == EI_KUMPAAKAAN else answers[int(value)].columns
        return {(Laji.KYSYMYS, cell): value, **{(Laji.SARAKE, kirjain): rooli for kirjain, rooli in columns.items()}}


def _list_columns(sarakkeet):
    for kirjain, _otsikko, _rooli in sarakkeet:
        label = _("Sarake %(kirjain)s") % {"kirjain": kirjain}
        yield Laji.SARAKE, kirjain, forms.ChoiceField(label=label, choices=SARAKKEEN_ROOLIT, required=False)


def _list_questions(kysymykset):
    for cell, question in kysymykset.items():
        choices = [(str(number), "") for number in range(len(question.answers))] + [(EI_KUMPAAKAAN, "")]
        yield Laji.KYSYMYS, cell, forms.ChoiceField(choices=choices, required=False)


def _list_names(plan, ratkaistavat):
    toimialat = plan.register.toimialat.values() if plan.register else ()
    choices = [("", ""), *((str(each.pk), each.nimi) for each in toimialat), (UUSI, "")]
    for kohta in ratkaistavat:
        if kohta.avain:
            yield Laji.TOIMIALA, kohta.avain, forms.ChoiceField(label=kohta.nimi, choices=choices, required=False)


def _list_renamed(uudelleennimetyt):
    for row, likes in uudelleennimetyt:
        choices = [("", ""), *((str(each.id), each.nimi) for each in likes)]
        yield Laji.TOIMENPIDE, row.rivi.cell, forms.ChoiceField(choices=choices, required=False)


def _list_years(rivit):
    for rivi in rivit:
        yield Laji.VOIMASSA, rivi.cell, forms.ChoiceField(choices=VUODET, required=False)


def _missing_field(puuttuvat):
    return forms.MultipleChoiceField(label=Laji.PAATTYY.label, choices=list(puuttuvat.items()), required=False)
