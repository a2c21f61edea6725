"""Rows of a report -> the tables of its slides: (headings, rows of texts, widths in per cents, what it is of)."""

from django.utils.translation import gettext as _

from strategia.luvut import luku
from strategia.models import LISAKENTAT

from ...osavuosikatsaus import Muutos, Osavuosikatsaus, Rivi
from ...osavuosikatsaus.mittarisanat import tulos_title, value_or_reason
from ...osavuosikatsaus.model import sitovuus_name
from ...osavuosikatsaus.yhteenveto import aste_title, muutos_name
from ..saavuttamatta import target_with_year

MERKIT = {"nousi": "▲", "laski": "▼"}
LEVEYDET = {1: (100,), 2: (34, 66), 3: (34, 22, 44), 4: (30, 17, 14, 39), 5: (26, 16, 14, 22, 22)}
PAIKALLAAN = {3: (58, 30, 12), 4: (40, 18, 30, 12), 5: (27, 17, 21, 9, 26)}  # the score with its label, a number
Taulukko = tuple[list[str], list[list[str]], tuple[int, ...], str]


def first_of(n: int, kaikki: int, kohta: str) -> str:
    """That the table is not the whole, and where that is."""
    told = {"n": luku(n), "kaikki": luku(kaikki), "kohta": kohta}
    return _("Tässä on %(n)s ensimmäistä, kaikkiaan %(kaikki)s. Kaikki ovat raportin kohdassa %(kohta)s.") % told


def list_corrections(muutokset: tuple[Muutos, ...]) -> Taulukko:
    rows = [[each.kohde, each.tieto, each.ennen_sanoin or "–", each.nyt or "–"] for each in muutokset]
    return [_("Kohde"), _("Tieto"), _("Ennen"), _("Nyt")], rows, (29, 17, 27, 27), _("Mitä korjattiin")


def list_moves(raportti: Osavuosikatsaus, rows: list[Rivi], otsikko: str) -> Taulukko:
    """Each with its score before and now, and what is told of it."""

    def move(rivi):
        return f"{MERKIT[rivi.muutos]} {muutos_name(rivi.muutos)} {rivi.edellinen} → {rivi.toteutumisaste}"

    return _table(raportti, rows, otsikko, {_("Muutos"): move})


def list_standing(raportti: Osavuosikatsaus, rows: list[Rivi], otsikko: str) -> Taulukko:
    """Each with the score that it has had so long, and in how many jaksot: what tells it apart is not cut off."""
    told = {
        raportti.strategia.sanasto["toteutumisaste"]: lambda rivi: aste_title(raportti.strategia, rivi.toteutumisaste),
        _("Jaksoja"): lambda rivi: luku(rivi.samana),
    }
    columns, texts, widths, kuvaus = _table(raportti, rows, otsikko, told)
    return columns, texts, PAIKALLAAN.get(len(columns), widths), kuvaus


def list_deviations(raportti: Osavuosikatsaus, rows: list[Rivi], otsikko: str) -> Taulukko:
    """What is forecast, why, and what is done about it, of those that somebody has written of."""
    told = {
        raportti.strategia.sanasto.get(rooli) or str(LISAKENTAT[rooli]): _reader(rooli) for rooli in raportti.lisakentat
    }
    return _table(raportti, rows, otsikko, told, kommentti=False)


def _reader(rooli):
    return lambda rivi: getattr(rivi, rooli)


def _table(raportti, rows, otsikko, told, *, kommentti=True):
    """The name and the toimiala of each, what `told` reads of it, and its comment, as far as some row has them."""
    sanasto = raportti.strategia.sanasto
    columns = {sanasto["toimenpide"]: _name_of}
    if any(rivi.toimiala for rivi in rows):
        columns[sanasto["toimiala"]] = _reader("toimiala")
    columns |= told
    if kommentti and any(rivi.kommentti for rivi in rows):
        columns[sanasto["kommentti"]] = _reader("kommentti")
    texts = [[read(rivi) for read in columns.values()] for rivi in rows]
    return list(columns), texts, LEVEYDET[len(columns)], otsikko


def _name_of(rivi):
    """With whom it binds, where the report tells that."""
    name = f"{rivi.koodi} {rivi.toimenpide}".strip()
    return f"{name} ({_('sitovuus')}: {sitovuus_name(rivi.sitovuus)})" if rivi.sitovuus else name


def list_measures(raportti: Osavuosikatsaus, missed: list, otsikko: str) -> Taulukko:
    """Those whose target is not reached or cannot be told, with the columns that the report shows."""
    shown = {sarake.rooli for sarake in raportti.mittarisarakkeet}
    columns = {_("Mittari"): lambda mittari: mittari.nimi}
    if "mittarit.arvot" in shown:
        columns[_("Arvo")] = value_or_reason
    if "mittarit.tavoite" in shown:
        columns[_("Tavoite")] = target_with_year
    columns[_("Tulos")] = tulos_title
    texts = [[read(mittari) for read in columns.values()] for *_place, mittari in missed]
    return list(columns), texts, {2: (60, 40), 3: (52, 24, 24), 4: (40, 20, 20, 20)}[len(columns)], otsikko
