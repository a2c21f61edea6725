"""Counts of a report -> charts on its slides, each with its numbers in words for who does not see it."""

from django.utils.translation import gettext as _

from strategia.luvut import luku

from ...osavuosikatsaus import Jakauma, Osavuosikatsaus, Painopiste
from ...osavuosikatsaus.yhteenveto import aste_title, bar_title, muutos_name
from ..palkki import REUNA as PALAN_REUNA
from ..palkki import TUMMAT, TYHJAN_REUNA, VARIT
from .dia import Dia
from .kaavio import KIRJAIN, Palkkisarja, draw_bars
from .mahtuu import letters

TAVOITTEITA = 8  # bars of a painopiste: of each tavoite, and where there are more, the last is of the rest
PALKIN_KORKEUS, SELITTEEN_KORKEUS = 54, 50  # points
NIMEN_OSUUS = 0.4  # of a chart's width, for the names beside the bars
SELITE = 44  # letters of what a colour stands for
MUSTE, VALKOINEN = "#222222", "#ffffff"


def draw_distribution(dia: Dia, raportti: Osavuosikatsaus, otsikko: str, jakaumat: list[Jakauma], nimeton: str) -> None:
    """A bar of each, as long as it has rows, in the colours and the order of the page."""
    strategia = raportti.strategia
    sarjat = [
        Palkkisarja(
            dia.shorten(aste_title(strategia, aste), SELITE),
            tuple(jakauma.kpl[aste] for jakauma in jakaumat),
            VARIT[aste],
            VALKOINEN if aste in TUMMAT else MUSTE,
            TYHJAN_REUNA if aste is None else PALAN_REUNA,
        )
        for aste in raportti.asteikon_asteet
    ]
    told = [f"{jakauma.nimi or nimeton}: {bar_title(strategia, jakauma)}" for jakauma in jakaumat]
    _draw(dia, otsikko, [jakauma.nimi or nimeton for jakauma in jakaumat], sarjat, told)


def draw_counts(dia: Dia, raportti: Osavuosikatsaus, otsikko: str, jakaumat: list[Jakauma], nimeton: str) -> None:
    """How many rows each has, and of how many something is told: where nothing is scored."""
    named = [(jakauma.nimi or nimeton, jakauma) for jakauma in jakaumat]
    if not raportti.jakauma.kommentoitu:
        sarjat = [Palkkisarja(_("Toimenpiteitä"), tuple(jakauma.yhteensa for _nimi, jakauma in named))]
        told = [f"{nimi}: {luku(jakauma.yhteensa)}" for nimi, jakauma in named]
    else:
        silent = tuple(jakauma.yhteensa - jakauma.kommentoitu for _nimi, jakauma in named)
        with_comment = tuple(jakauma.kommentoitu for _nimi, jakauma in named)
        sarjat = [
            Palkkisarja(_("Kommentoitu"), with_comment),
            Palkkisarja(_("Ilman kommenttia"), silent, VARIT[None], MUSTE, TYHJAN_REUNA),
        ]
        words = _("kommentoitu %(n)s, ilman kommenttia %(m)s")
        told = [
            f"{nimi}: {words % {'n': luku(n), 'm': luku(m)}}"
            for (nimi, _jakauma), n, m in zip(named, with_comment, silent, strict=True)
        ]
    _draw(dia, otsikko, [nimi for nimi, _jakauma in named], sarjat, told)


def draw_moves(dia: Dia, raportti: Osavuosikatsaus) -> None:
    """How many rows moved which way from the previous jakso."""
    left = {"paattynyt": len(raportti.paattyneet), "ei_mukana": len(raportti.eivat_mukana)}
    counts = {muutos_name(name): n for name, n in {**raportti.muutokset, **left}.items() if n}
    told = [f"{nimi} {luku(n)}" for nimi, n in counts.items()]
    _draw(dia, _("Toimenpiteitä"), list(counts), [Palkkisarja(_("Toimenpiteitä"), tuple(counts.values()))], told)


def _draw(dia, otsikko, nimet, sarjat, told):
    """Under what the slide has, as high as its bars need and no higher than there is room."""
    left, width = dia.vasen, dia.leveys
    height = min(PALKIN_KORKEUS * len(nimet) + SELITTEEN_KORKEUS * (len(sarjat) > 1) + 10, dia.tila)
    names = [dia.shorten(nimi, 2 * letters(width * NIMEN_OSUUS, KIRJAIN)) for nimi in nimet]
    draw_bars(dia.slide, (left, dia.y, width, height), names, sarjat, f"{otsikko}. {'; '.join(told)}.")
    dia.y += height


def by_tavoite(painopiste: Painopiste) -> list[Jakauma]:
    """A Jakauma of each tavoite, the rest of too many for a slide as one; of the painopiste where it has but one."""
    found = [jakauma for jakauma in count_tavoitteet(painopiste) if jakauma.rivit]
    if len(found) < 2:
        return [painopiste.jakauma]
    if len(found) <= TAVOITTEITA:
        return found
    rest = found[TAVOITTEITA - 1 :]
    name = _("Muut yhteensä (%(n)s)") % {"n": luku(len(rest))}
    return [*found[: TAVOITTEITA - 1], Jakauma(name, tuple(rivi for each in rest for rivi in each.rivit))]


def count_tavoitteet(painopiste: Painopiste) -> list[Jakauma]:
    """A Jakauma of each tavoite: one that stands under many toimielimet is one."""
    rows = {}
    for tavoite in painopiste.tavoitteet:
        rows.setdefault((tavoite.id, tavoite.nimi), []).extend(tavoite.rivit)
    return [Jakauma(nimi, tuple(rivit)) for (_pk, nimi), rivit in rows.items()]
