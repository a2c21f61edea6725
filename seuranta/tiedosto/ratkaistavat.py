"""Plan -> what waits for a person, and the form that takes the decisions. A decision is checked before it is stored."""

import re
from dataclasses import dataclass, field

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import KOMMENTIN_PITUUS
from ..taulukko.guard import Issue
from .paatokset import MOLEMMAT, NYKYINEN, TIEDOSTO, Laji
from .plan import OTHER_PLAN, Plan

KUMPI = [(NYKYINEN, gettext_lazy("Pidä nykyinen arvo")), (TIEDOSTO, gettext_lazy("Ota tiedoston arvo"))]
TAVAT = dict(KUMPI) | {MOLEMMAT: gettext_lazy("Ota molemmat peräkkäin")}
NIMELLA = "nimella"  # the row is known by its name: a field of its own, stored as an emptied id
KYSYTYT = {*Laji.values, NIMELLA}
RUUDUT = {Laji.OHITUS, Laji.ASTEIKKO, Laji.PAATTYY}
# Errors whose value a person may type over; of the others the choices are made for them.
KORJATTAVAT = {
    "ambiguous_score",
    "date_in_score",
    "score_range",
    "score_not_integer",
    "score_not_number",
    "error_cell",
    "formula_without_value",
    "missing_name",
    "missing_unit",
    "too_long",
    "duplicate_row",
    "several_toimialat",
}
SANALLISET = {"ambiguous_score", "score_not_number"}  # scores with words, which may hold the right one
NIMELLA_LUETTAVAT = {"broken_id", "mixed_row"}  # the row's own name may be taken in place of its id
KOKO_RIVIN = {
    *NIMELLA_LUETTAVAT, "unknown_id", "unknown_mittari", "unknown_toimenpide", "other_toimiala", "other_jakso",
    "not_yours", "ambiguous_row", "copied_row", "unknown_unit", "too_many_units",
}  # fmt: skip
_ASTE = re.compile(r"(?<![\d,.])[1-5](?![\d,.]*\d)(?!\))")  # a digit alone, not the number of a list


@dataclass
class Ratkaistava:
    """One decision: an error, or several that have the same answer."""

    issue: Issue
    cells: list[str]
    nimi: str = ""
    avain: str = ""
    ehdotukset: list = field(default_factory=list)
    on_ohitettu: bool = False
    toimenpide: str = ""
    tavat: list = field(default_factory=list)  # [(value, word)] of a conflict

    @property
    def on_korjattava(self):
        return self.issue.code in KORJATTAVAT

    @property
    def on_samanniminen(self):
        """Is the row alike to an earlier one? A measure's second value for one time has its value told too."""
        return self.issue.code == "duplicate_row" and not self.issue.value

    @property
    def on_luettavissa_nimella(self):
        return self.issue.code in NIMELLA_LUETTAVAT

    @property
    def on_koko_rivi(self):
        return self.issue.code in KOKO_RIVIN

    @property
    def pikavalinnat(self):
        """The scores that the text itself holds, once each: "1) 4, 2) 5" offers 4 and 5."""
        return sorted(set(_ASTE.findall(self.issue.value))) if self.issue.code in SANALLISET else []


def list_decisions(plan: Plan) -> list[Ratkaistava]:
    """What waits for a person: one decision for each error of the plan, questions and where the file goes apart."""
    places = plan.row_at
    return [
        Ratkaistava(
            issue,
            [issue.cell],
            on_ohitettu=issue.cell in plan.target.ohitetut,
            toimenpide=(issue.cell in places and plan.rows[places[issue.cell]].rivi.toimenpide) or "",
            tavat=KUMPI if issue.code == "conflict" else [],
        )
        for issue in plan.single
        if issue.code != OTHER_PLAN
    ]


class PaatosForm(forms.Form):
    """What a preview lets a person decide of single cells: a field for each place that the plan asks about.

    Its fields are named laji|paikka. A field that was not posted decides nothing, and neither does one that holds what
    the page told that it held (oli|laji|paikka). vain_muuttuneet: the kinds of which only a change decides; ehdotetut:
    the names of those of them that decide as they were proposed.
    """

    def __init__(self, data=None, *, ratkaistavat, paatokset, muut=()):
        """muut: [(laji, paikka, field)] besides those that the decisions ask for."""
        super().__init__(data)
        self.paatokset, self.paikat, self.vain_muuttuneet, self.ehdotetut = paatokset, {}, set(RUUDUT), set()
        for kohta in ratkaistavat:
            self._add_decision(kohta)
        for laji, paikka, kentta in muut:
            self._add(laji, paikka, kentta)

    def _add_decision(self, kohta):
        solu = kohta.issue.cell
        if kohta.tavat:
            self._add(Laji.RISTIRIITA, solu, forms.ChoiceField(choices=kohta.tavat, required=False))
            return
        if kohta.on_korjattava:
            self._add(Laji.SOLU, solu, CellField())
        if kohta.on_luettavissa_nimella:
            self._add(NIMELLA, solu, forms.BooleanField(required=False))
        self._add(Laji.OHITUS, solu, forms.BooleanField(required=False))

    def _add(self, laji, paikka, kentta):
        name = f"{laji}|{paikka}" if paikka else str(laji)
        if not kentta.label:
            kentta.label = _("Solu %(solu)s") % {"solu": paikka} if paikka else laji
        if "invalid_choice" in kentta.error_messages:  # Django's own would repeat what was posted, however long
            kentta.error_messages["invalid_choice"] = _("Valitse jokin tarjotuista vaihtoehdoista.")
        self.fields[name], self.paikat[name] = kentta, (laji, paikka)

    @property
    def problems(self):
        """[sentence] of what could not be taken, each with its place."""
        told = [f"{self.fields[name].label}: {' '.join(errors)}" for name, errors in self.errors.items()]
        return told + [
            _("%(paikka)s: tätä ei enää kysytä, eikä valintaasi otettu huomioon.")
            % {"paikka": Truncator(each).chars(60)}
            for each in self._unasked()
        ]

    def _unasked(self):
        """[place] of what was posted though the plan does not ask about it, or no longer does."""
        names = (name for name in self.data if name not in self.fields and self.data[name] and self._is_changed(name))
        return [paikka for laji, mark, paikka in (name.partition("|") for name in names) if mark and laji in KYSYTYT]

    @property
    def kept(self):
        """The places that were posted as the page showed them."""
        return {
            kohta for name, kohta in self.paikat.items() if f"oli|{name}" in self.data and not self._is_changed(name)
        }

    def _is_changed(self, name):
        was, now = self.data.getlist(f"oli|{name}"), self.data.getlist(name)
        return [CellField.plain(each) for each in was] != [CellField.plain(each) for each in now]

    def decided(self):
        """{(laji, paikka): value as JSON keeps it} of the valid fields that were posted."""
        found = {}
        for name in self.paikat:
            found |= self._decided_by(name)
        return found

    def _decided_by(self, name):
        laji, paikka = self.paikat[name]
        if name not in self.cleaned_data or not self._is_posted(name, laji):
            return {}
        return self.decide(laji, paikka, self.cleaned_data[name])

    def _is_posted(self, name, laji):
        """A box that is not ticked is not sent at all: only what the page told of it says that it was."""
        if laji in self.vain_muuttuneet:
            return name in self.ehdotetut or self._is_changed(name)
        return name in self.data

    def sent_for(self, kohta):
        """((name, value), …) as they were posted, of the field that decided of this place."""
        name = next(name for name in self.paikat if kohta in self._decided_by(name))
        names = (name, f"oli|{name}", f"oli|{self.paikat[name][1]}", "rivi")
        return tuple((each, value) for each in dict.fromkeys(names) for value in self.data.getlist(each))

    def decide(self, laji, paikka, value):
        """What the cleaned value of one field decides."""
        if laji == Laji.SOLU:
            return self._decide_cell(paikka, value)
        if laji == NIMELLA:  # without its id the row is known by its name
            return {(Laji.SOLU, paikka): "", (Laji.OHITUS, paikka): None} if value else {}
        if laji == Laji.OHITUS:
            return {(laji, paikka): True if value else None}
        return {(laji, paikka): value} if value else {}

    def _decide_cell(self, paikka, value):
        """Only a change counts, where the page told what the cell held; elsewhere an empty field says nothing."""
        was = self.data.get(f"oli|{paikka}")
        if value == CellField.plain(was or ""):
            return {}
        return {(Laji.SOLU, paikka): value, (Laji.OHITUS, paikka): None}


class CellField(forms.CharField):
    """The text of a cell as a browser sends it, with the line breaks of a cell."""

    def __init__(self):
        super().__init__(required=False, max_length=KOMMENTIN_PITUUS)

    @staticmethod
    def plain(text):
        return text.replace("\r\n", "\n").strip()

    def to_python(self, value):
        return self.plain(super().to_python(value))
