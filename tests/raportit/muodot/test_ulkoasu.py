"""How the report looks on its pages: whole words, names cut where a word ends, no column or room in vain."""

import io
import re
import subprocess

import pikepdf
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from PIL import ImageFont

from raportit.muodot.otsikoittain import lyhenna
from raportit.muodot.palstoitus import LETTER, _Mitat, _word_lengths, fit_columns
from raportit.muodot.pdf import render_pdf
from raportit.muodot.svg import unpack_font
from strategia.models import TARJOTUT_NIMET

from ..saarikko import saarikon_raportti


def kokoa(asteet, **kwargs):
    return saarikon_raportti(asteet, versio=1, **kwargs)


def sivu(raportti):
    return render_to_string("raportit/osavuosikatsaus/raportti.html", {"raportti": raportti})


def sivut(raportti, path):
    """[the text of each page of the PDF, line by line], the file left at path."""
    path.write_bytes(render_pdf(raportti))
    out = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True)
    return out.stdout.split("\f")[:-1]


PITKAT = {
    "toimenpide": "ystävyyskaupunkiyhteistyötä",
    "vastuu": "kaupunkikehityspalveluille",
    "riski": "potilasturvallisuuskulttuurit",
    "mittari": "täydennysrakentamispaikkoja",
}


def test_long_words_of_many_columns_stay_whole_in_smaller_letters_on_an_upright_page(tmp_path):
    raportti = kokoa([None, None], esitys="ei", rivit={**PITKAT, "toimiala": ""})
    found = " ".join(sivut(raportti, tmp_path / "r.pdf")).split()
    assert {word: found.count(word) for word in PITKAT.values()} == dict.fromkeys(PITKAT.values(), 2)
    with pikepdf.open(tmp_path / "r.pdf") as pdf:
        assert not [page for page in pdf.pages if page.MediaBox[2] > page.MediaBox[3]]


def test_only_a_table_that_needs_them_has_smaller_letters():
    assert not fit_columns(kokoa([5, 4]), ("toimenpide", "toimiala", "toteutumisaste", "kommentti")).on_tiivis
    assert fit_columns(kokoa([5, 4], rivit=PITKAT), ("toimenpide", "vastuu", "riski", "mittari")).on_tiivis


@pytest.mark.parametrize(
    ("nimi", "lyhyt"),
    [
        ("Sujuva arki", "Sujuva arki"),
        ("Kuntalaisten arki sujuu", "Kuntalaisten arki…"),
        ("Kuntalaisten, arjen & työn kunta", "Kuntalaisten, arjen…"),
        ("Arki\nsujuu hyvin kylillä", "Arki sujuu hyvin…"),
        ("Hyvinvointiympäristöjen kunta", "Hyvinvointiympäristö…"),
        ("Elinvoima, arki, – turva ja työ", "Elinvoima, arki…"),
    ],
)
def test_a_name_is_cut_where_a_word_ends(nimi, lyhyt):
    assert lyhenna(nimi, 21) == lyhyt


def test_the_head_of_a_page_has_its_long_names_in_whole_words(tmp_path):
    raportti = kokoa(
        [3] * 2,
        painopisteet="Tarjoamme laadukkaita ja saavutettavia palveluita",
        tavoitteet="Käynnistämme hyvinvointialueen edunvalvonnan kuntalaisten hyväksi yhdessä",
        rivit={"kommentti": "Työ etenee suunnitellusti. " * 90},
    )
    pages = sivut(raportti, tmp_path / "r.pdf")
    heads = [" ".join(page.split("\n")[0].split()) for page in pages]
    assert "Saarikon kunta Tarjoamme laadukkaita ja… · Käynnistämme hyvinvointialueen edunvalvonnan…" in heads


@pytest.mark.parametrize(
    ("asteikko", "asteet", "leveys"),
    [
        ({"5": "toteutunut", "3": "toteutunut osittain", "1": "ei toteutunut"}, [5, 3, 1], 311),
        (TARJOTUT_NIMET, [5, 4, 3, 2, 1, None], 210),
    ],
)
def test_a_bar_fills_the_room_that_the_columns_of_the_scores_leave(asteikko, asteet, leveys):
    page = sivu(kokoa(asteet, esitys="liikennevalo", asteikko=asteikko))
    table = page.partition('class="jakauma"')[2].partition("</table>")[0]
    assert set(re.findall(r'class="palkki" width="(\d+)"', table)) == {str(leveys)}


def test_a_plan_that_nobody_has_commented_has_no_column_for_how_many_have_comments():
    assert "Kommentoitu" in sivu(kokoa([5, 4], esitys="ei"))
    page = sivu(kokoa([5, 4], esitys="ei", rivit={"kommentti": ""}))
    assert "Toimenpiteitä" in page and "Kommentoitu" not in page


def test_every_column_has_the_whole_per_cents_that_its_words_need():
    rivi = {
        "toimenpide": "Jalkautumismahdollisuudet",
        "riski": "kustannustasoltaan vaikeudet",
        "kommentti": "Työ etenee suunnitellusti, ja seuraavaksi kuullaan asukkaita kylillä. " * 9,
    }
    raportti = kokoa([5, 4], edelliset=[4, 4], rivit=rivi)
    roles = ("toimenpide", "toimiala", "riski", "toteutumisaste", "muutos", "kommentti")
    widths = {palsta.rooli: palsta.leveys for palsta in fit_columns(raportti, roles).palstat}
    assert sum(widths.values()) == 100
    needed = _Mitat(raportti, roles, False).needed_widths()
    assert [rooli for rooli in roles if widths[rooli] < needed[rooli]] == []


def test_the_heading_of_the_scores_stays_whole_on_a_turned_page():
    raportti = kokoa([5, 4], rivit={"riski": "Riski", "mittari": "Mittari", "vastuu": "Vastuu"})
    roles = ("toimenpide", "toimiala", "vastuu", "riski", "mittari", "toteutumisaste", "kommentti")
    table = fit_columns(raportti, roles)
    assert table.on_vaaka
    assert next(palsta.leveys for palsta in table.palstat if palsta.rooli == "toteutumisaste") == 10


@pytest.mark.parametrize(
    "sana",
    [
        "jalkautumismahdollisuudet",
        "virtuaalifasilitointiin",
        "monitoimikampuksen",
        "varhaiskasvatussuunnitelman",
        "ystävyyskaupunkiyhteistyön",
        "viimeistely/käyttöön",
        "INFRASTRUKTUUREJA",
        "Merkittävimmät",
        "2024–2030",
    ],
)
def test_a_word_is_measured_as_wide_as_it_is_drawn(sana):
    drawn = ImageFont.truetype(io.BytesIO(unpack_font("Regular")), 100).getlength(sana) / 100 * 10 * 0.3528
    [measured] = (length * LETTER for length in _word_lengths(sana.replace("/", "t")))
    assert 0.99 <= measured / drawn <= 1.12


def test_smaller_letters_leave_long_texts_room_where_words_take_the_page():
    rivi = {"toimenpide": "virtuaalifasilitointimenetelmille", "riski": "kustannustasovaikeuksissa", "toimiala": ""}
    rivi |= {"kommentti": "Yhteistoimintasuunnitelmaa valmistellaan. " * 30}
    roles = ("toimenpide", "riski", "toteutumisaste", "muutos", "kommentti")
    table = fit_columns(kokoa([5, 4], edelliset=[4, 4], rivit=rivi), roles)
    assert table.on_tiivis and not table.on_vaaka


def test_a_wide_table_breaks_no_word_on_a_screen_and_a_word_without_end_does_not_widen_it(selain):
    rivi = {"vastuu": "Varhaiskasvatussuunnitelma", "riski": "Kaupunkikehityspalvelut", "mittari": "Mittari " * 20}
    roles = [{"rooli": rooli} for rooli in ("vastuu", "riski", "mittari", "kommentti")]
    raportti = kokoa([5, 4], edelliset=[4, 4], rivit=[rivi, rivi | {"riski": "x" * 3000}], sarakkeet=roles)
    css = "".join((settings.BASE_DIR / "static" / "css" / name).read_text() for name in ("base.css", "raportti.css"))
    page = selain.new_page(viewport={"width": 1366, "height": 800})
    page.set_content(f'<html lang="fi"><style>{css}</style><main class="wrap raportti">{sivu(raportti)}</main>')
    lines = """cell => { const range = document.createRange(); range.selectNodeContents(cell);
        return new Set([...range.getClientRects()].map(each => Math.round(each.top))).size }"""
    table = page.locator(".vaaka .toimenpiteet")
    cells = table.locator("tbody tr").first.locator("[data-label=Vastuu], [data-label=Riski]")
    assert [cell.evaluate(lines) for cell in cells.all()] == [1, 1]
    assert cells.last.evaluate("cell => cell.offsetWidth") <= 18 * 16, "kolmentuhannen merkin sana ei venytä saraketta"
    assert page.evaluate("document.documentElement.scrollWidth") == 1366
    page.close()
