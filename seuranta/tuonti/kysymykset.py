"""Kysymys -> how a person is asked, and the decisions that an answer makes."""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Paatos
from ..taulukko.rows import Kysymys
from ..taulukko.rows.sentences import without_option
from ..taulukko.soluviite import Soluviite
from ..tiedosto.paatokset import EI_KUMPAAKAAN, Laji, Paatokset
from .valinnat import decisions_of

SOLUJA = 3  # that a card names
_VUOSI = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True)
class Vastattu:
    """A question that has been answered, as it was asked: kept in sight."""

    paatos: Paatos
    kysymys: str
    vastaus: str


@dataclass(frozen=True)
class Kortti:
    """An open question as a card of a page.

    todennakoiset: the years that the table itself tells most. vihje: how the other words of its column were read.
    """

    numero: int
    kysymys: Kysymys
    todennakoiset: tuple[int, ...] = ()
    vihje: str = ""

    @property
    def lause(self):
        return without_option(self.kysymys.fi)

    @property
    def solut(self):
        """The first cells that it is about."""
        return (self.kysymys.cells or (self.kysymys.cell,))[:SOLUJA]

    @property
    def montako(self):
        return len(self.kysymys.cells) or 1

    @property
    def on_sarakkeista(self):
        return has_columns(self.kysymys)

    @property
    def on_vuosi(self):
        return self.kysymys.code == "year_needed"

    @property
    def vuodet(self):
        """The years that a report is most likely of, where the reader offers none."""
        return list(self.todennakoiset) if self.on_vuosi and not self.kysymys.answers else []

    @property
    def numerot(self):
        """[(number of the source, the score proposed for it or "")]"""
        scales = [patch_of(vastaus).get("scale", {}) for vastaus in self.kysymys.answers]
        proposed = {str(n): "" if aste is None else str(aste) for n, aste in (scales[0] if scales else {}).items()}
        return [(str(numero), proposed.get(str(numero), "")) for numero in numbers_of(self.kysymys)]


def list_cards(plan, first: int = 1) -> list[Kortti]:
    """The open questions, numbered from `first`."""
    years = _likely_years(plan.luettu) if plan.questions else ()
    read = {_column_of(notice.cell): notice.fi for notice in plan.luettu.notices if notice.code == "scale_read"}
    return [
        Kortti(numero, kysymys, years, read.get(_column_of(kysymys.cell), "") if kysymys.code == "unknown_word" else "")
        for numero, kysymys in enumerate(plan.questions, first)
    ]


def _column_of(cell):
    viite = Soluviite.parse(cell)
    return (viite.sheet, viite.column) if viite else None


def _likely_years(luettu):
    """The two years that stand most often at the beginning of the file's sheets, and this one."""
    texts = (text for grid in luettu.ruudukot for _row, cells in grid.rivit for text in (*cells.values(), grid.nimi))
    told = Counter(year for text in texts for year in set(_VUOSI.findall(text)))
    years = [int(year) for year, _times in told.most_common(2)]
    return tuple(dict.fromkeys([*years, timezone.localdate().year]))


def patch_of(vastaus) -> dict:
    """The choices that an answer makes."""
    return vastaus.choices or {"roles": vastaus.columns}


def has_columns(kysymys: Kysymys) -> bool:
    """Is it about columns only, so that none of them may be the answer?"""
    return bool(kysymys.answers) and all(patch_of(vastaus).keys() == {"roles"} for vastaus in kysymys.answers)


def decisions_of_answer(kysymys: Kysymys, vastaus: str) -> dict:
    """{(laji, paikka): value} of the answer of this number, or of none of them: then the columns are kept as own ones.

    The question is among them as it was asked, so that it stays in sight and can be taken back.
    """
    if vastaus == EI_KUMPAAKAAN:
        columns = {paikka for each in kysymys.answers for paikka in patch_of(each)["roles"]}
        told, words = decisions_of({"roles": dict.fromkeys(sorted(columns), "oma")}), _("Ei mikään näistä")
    else:
        answer = kysymys.answers[int(vastaus)]
        told, words = decisions_of(patch_of(answer)), answer.fi
    return {**_record(kysymys, words, told), **told}


def _record(kysymys, words, told):
    kohdat = [[str(laji), paikka] for laji, paikka in told]
    return {(Laji.KYSYMYS, kysymys.avain): {"kysymys": kysymys.fi, "vastaus": words, "kohdat": kohdat}}


def record_of(kysymys: Kysymys, answers: dict) -> tuple:
    """The question as it was asked, answered in a person's own way: {(laji, paikka): value}."""
    words = ", ".join(f"{paikka} → {value}" if paikka else str(value) for (_laji, paikka), value in answers.items())
    return next(iter(_record(kysymys, words, answers).items()))


def numbers_of(kysymys: Kysymys) -> list[int]:
    """The numbers of the source's own scale that it asks about."""
    scales = [patch_of(vastaus).get("scale", {}) for vastaus in kysymys.answers]
    return sorted({int(numero) for scale in scales for numero in scale})


def list_answered(paatokset: Paatokset) -> list[Vastattu]:
    """The questions that have been answered here, in the order of their answers."""
    return [
        Vastattu(paatos, without_option(paatos.arvo["kysymys"]), paatos.arvo["vastaus"])
        for paatos in paatokset.annetut
        if paatos.laji == Laji.KYSYMYS and isinstance(paatos.arvo, dict)
    ]
