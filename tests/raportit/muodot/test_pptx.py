"""The slides: what is on them, that their charts can be edited and heard, and that nothing runs over an edge."""

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from pptx import Presentation
from pptx.util import Pt

from raportit.muodot import MUODOT, render_report
from raportit.muodot.pptx.dia import Dia
from raportit.muodot.pptx.diapohja import SISALTO, new_presentation
from raportit.muodot.pptx.mahtuu import fit
from raportit.osavuosikatsaus import Korjaus, Muutos
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.nakyma import show_publicly
from raportit.tallenne.tallenteet import public_bytes
from raportit.tyyli.esimerkki import build_example

from ..kalvot import asettele, tarkista_reunat
from ..mitattu import mitattu_raportti
from ..saarikko import TAYSI, saarikon_raportti

PITKA = "Hyvinvointialueen ja kunnan yhteistyörakenteiden kehittäminen etenee suunnitelman mukaan. " * 60


@pytest.fixture(scope="module")
def taysi():
    return saarikon_raportti(**TAYSI, versio=1)


def avaa(raportti):
    return Presentation(io.BytesIO(render_report(raportti, "pptx")))


def naytetaan(*roolit):
    """Columns of a strategia that are shown to the public."""
    return [{"rooli": rooli} for rooli in roolit]


def otsikot(presentation):
    return [slide.shapes.title.text for slide in presentation.slides]


def tekstit(presentation):
    """Every text that somebody sees on a slide."""
    found = []
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            elif shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def kaaviot(presentation):
    """[(slide's title, its chart)]"""
    shapes = [(slide.shapes.title.text, shape) for slide in presentation.slides for shape in slide.shapes]
    return [(otsikko, shape.chart) for otsikko, shape in shapes if shape.has_chart]


def test_the_slides_stand_in_the_order_of_the_page(taysi):
    assert otsikot(avaa(taysi)) == [
        "Strategian seuranta",
        "Yhteenveto",
        "Toteutuminen painopisteittäin",
        "Toteutuminen toimialoittain",
        "Muutos edellisestä jaksosta",
        "Laski edellisestä jaksosta",
        "Nousi vähintään kaksi askelta",
        *(f"Painopiste {number}: sujuva arki" for number in range(1, 5)),
    ]


def test_they_are_wide_finnish_and_of_our_own_template(taysi):
    content = render_report(taysi, "pptx")
    presentation = Presentation(io.BytesIO(content))
    assert (presentation.slide_width, presentation.slide_height) == (Pt(960), Pt(540))
    assert [layout.name for layout in presentation.slide_layouts] == ["Kansi", "Otsikko ja sisältö"]
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names, parts = file.namelist(), [file.read(name).decode() for name in file.namelist() if name.endswith(".xml")]
    assert set(re.findall(r' lang="([^"]+)"', "".join(parts))) == {"fi-FI"}
    assert not re.search(r"Click to edit|Second level|1/27/13", "".join(parts))
    assert not [name for name in names if "printerSettings" in name or "thumbnail" in name]
    assert presentation.core_properties.language == "fi-FI"


def test_charts_can_be_edited_and_run_from_the_top_as_the_page_does(taysi):
    for otsikko, chart in kaaviot(avaa(taysi)):
        assert chart.category_axis.reverse_order, otsikko
        names = list(chart.plots[0].categories)
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert sheet.title == "Taul1"
        assert [cell.value for cell in sheet["A"][1:]] == names
        assert [cell.value for cell in sheet[1]][1:] == [series.name for series in chart.plots[0].series]
        columns = list(sheet.iter_cols(min_col=2, min_row=2, values_only=True))
        assert columns == [series.values for series in chart.plots[0].series]
        references = re.findall(r"<c:f>([^<]+)</c:f>", chart.part.blob.decode())
        assert references and all(each.startswith("Taul1!") for each in references)
    by_painopiste = dict(kaaviot(avaa(taysi)))["Toteutuminen painopisteittäin"]
    assert list(by_painopiste.plots[0].categories) == [painopiste.nimi for painopiste in taysi.painopisteet]
    names = "5 Toteutunut, 4 Lähes valmis, 3 Käynnissä, 2 Suunnitteilla, 1 Ei aloitettu, Ei arviota"
    assert [series.name for series in by_painopiste.plots[0].series] == names.split(", ")
    assert by_painopiste.plots[0].series[2].values == (3.0,) * 4


def test_a_bar_of_nothing_has_no_label(taysi):
    for _otsikko, chart in kaaviot(avaa(taysi)):
        for series in chart.plots[0].series:
            assert 0 not in series.values
            assert series.data_labels.number_format == "#,##0;;;"


def test_charts_tables_and_pictures_tell_what_they_show(taysi):
    shapes = [shape for slide in avaa(taysi).slides for shape in slide.shapes if shape.has_chart or shape.has_table]
    found = [shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in shapes]
    assert all(found) and len(found) == 9
    assert found[0].startswith("Toteutuminen painopisteittäin. Painopiste 1: sujuva arki: toteutunut\u00a02, ")
    assert found[3] == "Laski edellisestä jaksosta"


@pytest.mark.parametrize(("vari", "teksti"), [("#7a1f5c", "ffffff"), ("#ffd400", "222222")])
def test_the_cover_is_in_the_kuntas_colour_and_its_text_is_read_on_it(vari, teksti):
    content = render_report(saarikon_raportti([5, 4], versio=1, korostusvari=vari), "pptx")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        cover = file.read("ppt/slideLayouts/slideLayout1.xml").decode()
        theme = file.read("ppt/theme/theme1.xml").decode()
    assert f'<a:srgbClr val="{vari[1:]}"/>' in cover and f'<a:srgbClr val="{teksti}"/>' in cover
    accent = re.search(r'<a:accent1><a:srgbClr val="(\w+)"/>', theme)[1]
    assert accent == vari[1:] if teksti == "ffffff" else accent != vari[1:]


def test_the_first_jakso_speaks_of_no_moves_and_the_second_does():
    first, second = avaa(saarikon_raportti([5, 3], versio=1)), avaa(saarikon_raportti([5, 3], edelliset=[5, 3]))
    assert "edellisestä" not in tekstit(first)
    assert "Muutos edellisestä jaksosta" in otsikot(second)
    assert "Minkään toimenpiteen toteutumisaste ei laskenut." in tekstit(second)
    assert "Laski edellisestä jaksosta" not in otsikot(second)
    assert "Luonnos" in tekstit(second) and "Luonnos" not in tekstit(first)


def test_what_stands_still_tells_its_whole_score_and_for_how_many_jaksot(taysi, monkeypatch):
    """Beside a comment and a toimiala too: the column is as wide as a label of the asteikko."""
    standing = [replace(rivi, samana=4) for rivi in taysi.rivit if rivi.toteutumisaste]
    monkeypatch.setattr(type(taysi), "pysyneet", standing)
    [taulukko] = [
        shape.table
        for slide in avaa(taysi).slides
        for shape in slide.shapes
        if shape.has_table and "kolmella jaksolla" in slide.shapes.title.text
    ]
    otsikot, *rivit = [[cell.text for cell in row.cells] for row in taulukko.rows]
    assert otsikot == ["Toimenpide", "Toimiala", "Toteutumisaste", "Jaksoja", "Kommentti"]
    told = [(aste, jaksoja) for _nimi, _toimiala, aste, jaksoja, _kommentti in rivit]
    assert told[:3] == [("5 Toteutunut", "4"), ("4 Lähes valmis", "4"), ("3 Käynnissä", "4")]


def test_a_corrected_version_says_what_it_corrects_and_a_replaced_one_by_which():
    muutokset = tuple(Muutos(f"Kohde {n}", "Kommentti", "ennen", "nyt") for n in range(7))
    public = {"versio": 2, "julkinen": True}
    raportti = replace(saarikon_raportti([5]), korjaus=Korjaus(1, "Väärä luku.", muutokset), korvaava=3, **public)
    told = tekstit(avaa(raportti))
    assert "Korjattu versio 2" in told and "Tämä raportti korvaa version 1." in told and "Väärä luku." in told
    assert "Tässä on 5 ensimmäistä, kaikkiaan 7." in told
    assert "korjattu versio 2 (korvattu versiolla 3)" in told
    assert "Korjattu versio" not in tekstit(avaa(saarikon_raportti([5], versio=1)))


def test_deviations_measures_and_opening_have_slides_of_their_own():
    rivit = {"ennuste": "Kevään jälkeen.", "poikkeaman_syy": "Urakka viivästyi.", "korjaavat_toimet": "Uusi kilpailu."}
    raportti = saarikon_raportti([2, 3], versio=1, rivit=rivit, sarakkeet=naytetaan(*rivit))
    told = avaa(replace(raportti, avaus="Vuosi alkoi hyvin."))
    assert otsikot(told)[1] == "Saatteeksi" and "Vuosi alkoi hyvin." in tekstit(told)
    assert "Ennusteet, poikkeamat ja korjaavat toimet" in otsikot(told)
    assert "Urakka viivästyi." in tekstit(told)
    measured = avaa(mitattu_raportti(versio=1))
    assert "Mittarit ja tavoitteet" in otsikot(measured)
    assert "10 mittarista 3 on saavuttanut tavoitteensa." in tekstit(measured)
    assert "8,0 minuuttia (2026)" in tekstit(measured)


def test_measures_without_targets_show_what_they_are_now():
    """A sentence of how many there are says nothing of them."""
    raportti = mitattu_raportti(versio=1)
    [painopiste] = raportti.painopisteet
    first, *_rest = painopiste.tavoitteet
    valued = [each for each in first.mittarit if each.arvo]
    free = tuple(replace(each, tavoite=None, tavoitteet=(), tulos="ei_tavoitetta") for each in valued)
    bare = replace(first, mittarit=free, rivit=tuple(replace(rivi, mittarit=()) for rivi in first.rivit))
    raportti = replace(raportti, painopisteet=(replace(painopiste, tavoitteet=(bare,), mittarit=()),))
    [dia] = [slide for slide in avaa(raportti).slides if slide.shapes.title.text == "Mittarit ja tavoitteet"]
    [table] = [shape.table for shape in dia.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[1] == ["Sähköisesti hoidettu asiointi", "75 %", "–", "ei tavoitetta"]
    assert len(rows) == 1 + len(free)
    assert "4 mittaria, joille ei ole asetettu tavoitetta." in "\n".join(
        shape.text_frame.text for shape in dia.shapes if shape.has_text_frame
    )


def test_tavoitteet_too_many_for_a_slide_keep_their_bars_and_the_last_is_of_the_rest():
    asteet = [1 + number % 5 for number in range(12)]
    raportti = saarikon_raportti(asteet, versio=1, tavoitteessa=1, tavoitteet=[f"Tavoite {n}" for n in range(12)])
    told = dict(kaaviot(avaa(raportti)))[raportti.painopisteet[0].nimi]
    [plot] = told.plots
    assert list(plot.categories) == [*(f"Tavoite {n}" for n in range(7)), "Muut yhteensä (5)"]
    assert sum(value or 0 for series in plot.series for value in series.values) == 12
    assert sum(list(series.values)[-1] or 0 for series in plot.series) == 5


def test_a_table_gives_the_room_that_short_rows_leave_to_the_long_ones():
    """An equal share of the height would cut the long comment, and leave the slide half empty."""
    long = " ".join(["sana"] * 100)
    presentation = new_presentation("")
    dia = Dia(presentation.slides.add_slide(presentation.slide_layouts[SISALTO]), y=200)
    dia.table(["Toimenpide", "Kommentti"], [["Lyhyt", long], *[["Lyhyt", "Lyhyt"]] * 4], (34, 66), "Kuvaus")
    [table] = [shape.table for shape in dia.slide.shapes if shape.has_table]
    assert table.cell(1, 1).text == long and not dia.on_lyhennetty


def test_what_is_hidden_from_the_public_is_on_no_slide():
    rivit = {"vastuu": "zqvastuu", "poikkeaman_syy": "zqsyy"}
    raportti = saarikon_raportti([2, 3], edelliset=[3, 5], versio=1, rivit=rivit, sarakkeet=naytetaan("poikkeaman_syy"))
    assert "zqsyy" in tekstit(avaa(raportti))
    hidden = tekstit(avaa(replace(raportti, piilotetut=("poikkeaman_syy", "toteutumisaste"))))
    assert "zqsyy" not in hidden and "laski" not in hidden and "Toteutuminen painopisteittäin" not in hidden


def test_a_plan_told_in_words_has_counts_and_no_scores():
    raportti = saarikon_raportti([2, 3, None], versio=1, esitys="ei")
    presentation = avaa(raportti)
    assert "Toimenpiteet: Painopiste" in otsikot(presentation)
    [names] = {tuple(series.name for series in chart.plots[0].series) for _otsikko, chart in kaaviot(presentation)}
    assert names == ("Kommentoitu", "Ilman kommenttia")
    assert "• Tavoite 1: palvelut ovat lähellä (3)" in tekstit(presentation)


def test_a_name_that_looks_like_a_formula_is_a_text_in_the_charts_workbook():
    name = '=HYPERLINK("http://192.0.2.1";"klikkaa")'
    raportti = saarikon_raportti([5, 4], versio=1, painopisteet=name, rivit={"toimiala": name})
    for _otsikko, chart in kaaviot(avaa(raportti)):
        blob = chart.part.chart_workbook.xlsx_part.blob
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(blob)).active for cell in row if cell.value]
        assert {cell.data_type for cell in cells} == {"s", "n"}
        with zipfile.ZipFile(io.BytesIO(blob)) as book:
            assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lyhyt", ("lyhyt", False)),
        ("yksi\n\nkaksi", ("yksi\nkaksi", False)),
        ("yksi kaksi kolme neljä viisi", ("yksi kaksi kolme …", True)),
        ("yksi kaksi\nkolme\nneljä", ("yksi kaksi\nkolme …", True)),
        ("Ä" * 50, ("Ä" * 18 + " …", True)),
    ],
)
def test_a_text_is_cut_to_two_lines_of_ten_letters(text, told):
    assert fit(text, 10, 2) == told


# --- where they are had


def test_slides_are_of_the_public_form_at_its_own_address_and_in_no_other(cast, kirjautunut):
    pk, public = cast.versio.pk, public_bytes(show_publicly(cast.versio), "pptx")
    kaisa = kirjautunut(cast.kaisa)
    answer = kaisa.get(reverse("raportit:versio-lataa-julkinen", args=[pk, "pptx"]))
    assert answer.content == public
    assert answer.headers["Content-Type"] == MUODOT["pptx"].content_type
    assert kaisa.get(reverse("raportit:versio-lataa", args=[pk, "pptx"])).status_code == 404
    assert kaisa.get(reverse("raportit:versio-valmistuu", args=[pk, "pptx"])).status_code == 404
    page = kaisa.get(reverse("raportit:versio-detail", args=[pk])).text
    assert page.count("PowerPoint") == 1
    cast.jakso.finish(by=cast.kaisa)
    draft = kaisa.get(reverse("raportit:luonnos-lataa", args=[cast.jakso.pk, "pptx"])).content
    assert "Luonnos" in tekstit(Presentation(io.BytesIO(draft)))
    closed = kaisa.get(reverse("raportit:luonnos-lataa", args=[cast.edellinen.pk, "pptx"]))
    assert closed.url == reverse("raportit:versio-lataa-julkinen", args=[pk, "pptx"])


def test_the_command_gives_the_public_slides_of_any_version(cast, tmp_path):
    cast.edellinen.reopen(by=cast.kaisa, syy="Väärä luku.")
    close_jakso(cast.edellinen, by=cast.kaisa)
    for versio in cast.edellinen.raporttiversiot.all():
        path = tmp_path / f"{versio.numero}.pptx"
        asked = {"kunta": cast.kunta.nimi, "jakso": cast.edellinen.nimi, "versio": versio.numero}
        call_command("raportti", **asked, muoto="pptx", output=path, stdout=io.StringIO())
        assert path.read_bytes() == public_bytes(show_publicly(versio), "pptx")
        assert f"versio {versio.numero}" in tekstit(Presentation(path))


# --- as LibreOffice lays them out


def test_libreoffice_opens_them_and_long_texts_stay_on_their_slides(tmp_path):
    extra = ["ennuste", "poikkeaman_syy", "korjaavat_toimet"]
    rivi = dict.fromkeys(("kommentti", *extra), PITKA) | {"toimenpide": PITKA[:1000], "toimiala": PITKA[:300]}
    names = {"painopisteet": PITKA[:1000], "tavoitteet": PITKA[:1000], "otsikko": PITKA[:300]}
    raportti = saarikon_raportti(**TAYSI, versio=1, rivit=rivi, sarakkeet=naytetaan(*extra), **names)
    painopisteet = tuple(replace(painopiste, teksti=PITKA) for painopiste in raportti.painopisteet)
    muutokset = tuple(Muutos(PITKA, "Kommentti", PITKA, PITKA) for _n in range(9))
    raportti = replace(raportti, avaus=PITKA, kokous=PITKA[:500], painopisteet=painopisteet, julkinen=True)
    raportti = replace(raportti, korjaus=Korjaus(1, PITKA, muutokset), versio=2)
    pages = asettele(raportti, tmp_path)
    tarkista_reunat(pages, "Saarikon kunta · Osavuosikatsaus II 2026")
    words = [[word for *_box, word in page] for page in pages[1:]]
    cut = [page for page in words if "…" in page]
    assert len(cut) > 8 and all("Lyhennetty" in page for page in cut)


def test_libreoffice_shows_every_count_and_no_zero(taysi, tmp_path):
    pages = asettele(taysi, tmp_path)
    tarkista_reunat(pages, "Saarikon kunta · Osavuosikatsaus II 2026")
    [chart] = [[word for *_box, word in page] for page in pages if "painopisteittäin" in [each[-1] for each in page]]
    assert "0" not in chart
    assert [word for word in chart if word.isdigit() and len(word) == 1].count("3") >= 9, "kolmosia neljä riviä"


def test_words_alone_are_the_scale_where_numbers_are_not_shown(tmp_path):
    presentation = avaa(build_example(esitys="sanat"))
    series = [each.name for each in dict(kaaviot(presentation))["Toteutuminen painopisteittäin"].plots[0].series]
    assert series == ["Toteutunut", "Lähes valmis", "Käynnissä", "Suunnitteilla", "Ei aloitettu", "Ei arviota"]
