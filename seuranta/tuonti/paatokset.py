"""The decisions on a municipality's own table: what the page asks, and the Target that they make."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strategia.kentat import PvmInput
from strategia.models import LISAKENTAT, NIMEN_PITUUS, SANASTO, TARJOTUT_NIMET, Toimiala

from ..models import Seurantajakso, Tuonti
from ..taulukko.rows import Luettu
from ..taulukko.soluviite import Soluviite, letters_of
from ..tiedosto.paatokset import EI_KUMPAAKAAN, UUSI, Laji, Paatokset, PaatosForm
from ..tiedosto.rivit import word_of
from .plan import Target, Tuontisuunnitelma
from .plan.ehdotukset import suggest_renamed

JAKSON_PITUUS = Seurantajakso._meta.get_field("nimi").max_length

SARAKKEEN_ROOLIT = [
    ("", _("Jätä pois")),
    *SANASTO.items(),
    *LISAKENTAT.items(),
    ("jakso", _("Jakso")),
    ("syy", _("Syy, miksi ei arviota")),
    ("sisainen_huomio", _("Sisäinen huomio")),
]


class TaulukonPaatosForm(PaatosForm):
    """Besides the cells: where the table goes, what its columns mean, what unknown names mean, and what ends.

    `kohde` and `puuttuvat` mark the parts of the page whose boxes are all there when they are posted.
    """

    def __init__(self, data=None, *, plan: Tuontisuunnitelma, kohdat, paatokset, solut=()):
        super().__init__(data, plan=plan, kohdat=kohdat, paatokset=paatokset, solut=solut)
        self.sarakkeet = {kirjain: rooli for kirjain, _otsikko, rooli in list_columns(plan.luettu)}
        self._add_target(plan)
        self._add_columns()
        self._add_questions(plan)
        self._add_names(plan, kohdat)
        self._add_missing(plan)

    def _add_target(self, plan):
        self.add(
            Laji.STRATEGIA, "", forms.CharField(label=_("Strategian nimi"), max_length=NIMEN_PITUUS, required=False)
        )
        self.add(Laji.JAKSO, "", forms.CharField(label=_("Jakson nimi"), max_length=JAKSON_PITUUS, required=False))
        label = Laji.TILANNE.label
        self.add(Laji.TILANNE, "", forms.DateField(label=label, widget=PvmInput(), required=False))
        self.add(Laji.ASTEIKKO, "", forms.BooleanField(label=Laji.ASTEIKKO.label, required=False))
        jaksot = plan.luettu.jaksot
        self.initial = {
            Laji.STRATEGIA: plan.strategia or "",
            Laji.JAKSO: self.paatokset.one(Laji.JAKSO) or (jaksot[0] if jaksot else ""),
            Laji.TILANNE: self.paatokset.one(Laji.TILANNE),
            Laji.ASTEIKKO: self.paatokset.one(Laji.ASTEIKKO, False),
        }

    def _add_columns(self):
        for kirjain in self.sarakkeet:
            label = _("Sarake %(kirjain)s") % {"kirjain": kirjain}
            self.add(Laji.SARAKE, kirjain, forms.ChoiceField(label=label, choices=SARAKKEEN_ROOLIT, required=False))

    def _add_questions(self, plan):
        self.kysymykset = {question.cell: question for question in plan.luettu.questions}
        for cell, question in self.kysymykset.items():
            choices = [(str(number), "") for number in range(len(question.answers))] + [(EI_KUMPAAKAAN, "")]
            self.add(Laji.KYSYMYS, cell, forms.ChoiceField(choices=choices, required=False))

    def _add_names(self, plan, kohdat):
        toimialat = Toimiala.objects.filter(kunta=plan.kunta_id).values_list("pk", "nimi") if plan.kunta_id else ()
        choices = [("", ""), *((str(pk), nimi) for pk, nimi in toimialat), (UUSI, "")]
        for kohta in kohdat:
            if kohta.avain:
                field = forms.ChoiceField(label=kohta.nimi, choices=choices, required=False)
                self.add(Laji.TOIMIALA, kohta.avain, field)
        for row, likes in suggest_renamed(plan):
            choices = [("", ""), *((str(each.id), each.nimi) for each in likes)]
            self.add(Laji.TOIMENPIDE, row.rivi.cell, forms.ChoiceField(choices=choices, required=False))

    def _add_missing(self, plan):
        choices = [(str(each.id), each.nimi) for each in plan.missing]
        field = forms.MultipleChoiceField(label=Laji.PAATTYY.label, choices=choices, required=False)
        self.puuttuvat = [pk for pk, _nimi in choices]
        self.add(Laji.PAATTYY, "", field)

    def _is_posted(self, name, laji):
        if laji == Laji.ASTEIKKO:
            return "kohde" in self.data
        if laji == Laji.PAATTYY:
            return "puuttuvat" in self.data
        return super()._is_posted(name, laji)

    def decide(self, laji, paikka, value):
        match laji:
            case Laji.STRATEGIA | Laji.JAKSO:
                return {(laji, ""): value or None}
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
            case Laji.PAATTYY:
                return {(laji, pk): True if pk in value else None for pk in self.puuttuvat}
        return super().decide(laji, paikka, value)

    def _decide_question(self, cell, value):
        """The answer, and what it says of the columns."""
        if not value:
            return {}
        answers = self.kysymykset[cell].answers
        columns = {} if value == EI_KUMPAAKAAN else answers[int(value)].columns
        return {(Laji.KYSYMYS, cell): value, **{(Laji.SARAKE, kirjain): rooli for kirjain, rooli in columns.items()}}


def list_columns(luettu: Luettu) -> list[tuple[str, str, str]]:
    """[(letter, heading, role)] of the sheet's columns, those that were not understood too."""
    found = {}
    first = luettu.rows[0] if luettu.rows else None
    for rivi in luettu.rows[:50]:
        for role, cell in [*rivi.cells.items(), *((r, c) for k in rivi.kirjaukset for r, c in k.cells.items())]:
            if role in SANASTO or role in (*LISAKENTAT, "jakso", "syy", "sisainen_huomio"):
                found.setdefault(Soluviite.parse(cell).column, role)
    headings = {role: heading for role, heading, _jakso in luettu.columns}
    columns = {column: (headings.get(role, word_of(role)), role) for column, role in found.items()}
    for skip in luettu.skipped:
        if skip.reason == "unknown_column" and first:
            columns.setdefault(Soluviite.parse(skip.cell).column, (skip.text, ""))
    return [(letters_of(column), *columns[column]) for column in sorted(columns)]


def target_of(tuonti: Tuonti, paatokset: Paatokset) -> Target:
    """The decisions on the file as its plan wants them."""
    toimialat = paatokset.of(Laji.TOIMIALA)
    return Target(
        kunta=tuonti.kunta.nimi,
        strategia=paatokset.one(Laji.STRATEGIA) or None,
        toimialat={nimi: None if meant == UUSI else meant for nimi, meant in toimialat.items()},
        toimenpiteet=paatokset.of(Laji.TOIMENPIDE),
        paatettavat=tuple(int(pk) for pk in paatokset.of(Laji.PAATTYY) if pk.isdecimal()),
        ristiriidat=paatokset.of(Laji.RISTIRIITA),
        ohitetut=tuple(paatokset.of(Laji.OHITUS)),
        kysytyt=tuple(paatokset.of(Laji.KYSYMYS)),
        tilanne=paatokset.one(Laji.TILANNE),
        asteikko=TARJOTUT_NIMET if paatokset.one(Laji.ASTEIKKO) else {},
    )
