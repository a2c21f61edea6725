"""Osavuosikatsaus -> the first sheet of its workbook for the council: title, state, figures, labels, how to read."""

from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Border, Font, Side

from seuranta.solut import KIRJASIN, RIVIN_KORKEUS, set_paper, write_row
from strategia import varit
from strategia.luvut import luku

from ..osavuosikatsaus import Osavuosikatsaus
from ..osavuosikatsaus.mittarisanat import count_mittarit
from ..osavuosikatsaus.tiedot import list_facts
from ..osavuosikatsaus.yhteenveto import NBSP, aste_name, moves, percent_of

LEVEYDET = (44, 18, 18)  # letters
KOOT = {"otsikko": 18, "valiotsikko": 13}  # points
TEKSTI = "teksti"  # a line of its own, as wide as the sheet


def write_cover(sheet, raportti: Osavuosikatsaus, taulukko: str) -> None:
    """Fills the sheet; taulukko: the name of the sheet that the table is on."""
    for letter, width in zip("ABC", LEVEYDET, strict=True):
        sheet.column_dimensions[letter].width = width
    rows = [*_head(raportti), *_figures(raportti), *_guide(raportti, taulukko)]
    for number, (kind, *values) in enumerate(rows, 1):
        write_row(sheet, number, values)
        _dress(sheet, number, kind, varit.accent(raportti.kunta.korostusvari)[1:])
    set_paper(sheet, foot=f"{raportti.otsikko} · {raportti.jakson_otsikko}")
    sheet.print_title_rows = None


def _head(raportti):
    yield "otsikko", raportti.otsikko
    yield "valiotsikko", raportti.jakson_otsikko
    yield TEKSTI, raportti.kunta.virallinen_nimi or raportti.kunta.nimi
    if raportti.on_luonnos:
        yield "valiotsikko", _("Luonnos")
    for osa in raportti.rajaus:
        yield TEKSTI, osa
    for nimi, tieto in list_facts(raportti):
        yield "tieto", nimi, tieto
    yield ("",)


def _figures(raportti):
    """How many toimenpidettä there are, and where they are scored how many have each score."""
    n, kpl = raportti.jakauma.yhteensa, raportti.jakauma.kpl
    yield "valiotsikko", _("Luvut")
    yield "tieto", _("Toimenpiteitä"), n
    if raportti.nayttaa_asteet:
        for aste in raportti.asteikon_asteet:
            yield "tieto", _score_name(raportti, aste), kpl[aste], percent_of(kpl[aste], n).replace(NBSP, " ")
        if raportti.nayttaa_muutokset:
            yield TEKSTI, moves(raportti).replace(NBSP, " ")
    elif raportti.jakauma.kommentoitu:
        yield "tieto", _("Kommentoitu"), raportti.jakauma.kommentoitu
    if raportti.nayttaa_tulokset:
        yield TEKSTI, count_mittarit(raportti.kerrottava_mittaristo).replace(NBSP, " ")
    yield ("",)


def _score_name(raportti, aste):
    name = aste_name(raportti.strategia, aste)
    if aste is None or raportti.strategia.esitys in ("sanat", "liikennevalo"):
        return name
    sana = raportti.strategia.sanasto["toteutumisaste"]
    return f"{sana} {luku(aste)}: {name}" if name else f"{sana} {luku(aste)}"


def _guide(raportti, taulukko):
    yield "valiotsikko", _("Näin luet taulukkoa")
    yield TEKSTI, _("Taulukko on välilehdellä ”%(nimi)s”. Jokainen rivi on yksi toimenpide.") % {"nimi": taulukko}
    if raportti.nayttaa_asteet and raportti.strategia.esitys == "numerot":
        told = _("%(sana)s on luku 1–5. Mitä suurempi luku, sitä pidemmällä toimenpide on.")
        yield TEKSTI, told % {"sana": raportti.strategia.sanasto["toteutumisaste"]}
    if raportti.arviotta and raportti.nayttaa_asteet:
        yield TEKSTI, _("Jos arvion paikka on tyhjä, toimenpidettä ei ole arvioitu.")
    if raportti.nayttaa_muutokset:
        told = _("Toteutumisastetta verrataan edelliseen jaksoon (%(jakso)s).")
        yield TEKSTI, told % {"jakso": raportti.edellinen.nimi}
    if raportti.edelliskausi:
        told = _("Edellisen kauden arvio on jaksosta %(jakso)s ja sen omalla asteikolla, joten muutosta ei kerrota.")
        yield TEKSTI, told % {"jakso": raportti.edelliskausi}


def _dress(sheet, number, kind, colour):
    size, is_heading = KOOT.get(kind, 11), kind in KOOT
    is_count = isinstance(sheet.cell(number, 2).value, int)
    for place, cell in enumerate(sheet[number]):
        cell.font = Font(KIRJASIN, size, bold=is_heading, color=colour if is_heading else "222222")
        cell.alignment = Alignment(horizontal="right" if place and is_count else "left", vertical="top", wrap_text=True)
        if kind == "tieto":
            cell.border = Border(bottom=Side("thin", color="C9CFD2"))
    if not is_count:
        first = 2 if kind == "tieto" else 1
        sheet.merge_cells(start_row=number, end_row=number, start_column=first, end_column=len(LEVEYDET))
    sheet.row_dimensions[number].height = _height(sheet, number, kind, size)


def _height(sheet, number, kind, size):
    """Room for the lines of the longest text of the row: merged cells grow for nobody."""
    texts = [str(sheet.cell(number, column).value or "") for column in (1, 2)]
    whole = sum(LEVEYDET)
    widths = (LEVEYDET[0], whole - LEVEYDET[0]) if kind == "tieto" else (whole, whole)
    lines = max(-(-len(text) * size // (width * 10)) for text, width in zip(texts, widths, strict=True))
    return max(lines, 1) * (RIVIN_KORKEUS * size / 11 + 1) + 2
