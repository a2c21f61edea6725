"""Pictures for slides, and the text of the agenda item."""

import io
from dataclasses import replace

import pytest
from django.urls import reverse
from lxml import etree
from PIL import Image

from raportit.muodot.kaavio import LEVEYS, list_charts, render_chart_png, render_svg
from raportit.muodot.svg import render_png
from raportit.raportti.esittelyteksti import write_text
from raportit.tyyli.esimerkki import build_example

from ..saarikko import saarikon_raportti


def shapes(svg):
    tree = etree.fromstring(svg.encode())
    return tree, {tag: tree.findall(f".//{{http://www.w3.org/2000/svg}}{tag}") for tag in ("rect", "text", "title")}


def test_chart_tells_its_figures_in_words_and_in_its_segments():
    tree, found = shapes(render_svg(build_example(), "painopisteet"))
    assert tree.get("role") == "img"
    assert "Hyvinvoiva kuntalainen: toteutunut\u00a01, lähes valmis\u00a01" in found["title"][0].text
    assert [text.text for text in found["text"]].count("1") >= 6
    widths = [float(rect.get("width")) for rect in found["rect"] if rect.get("height") == "36"]
    assert sum(widths) == pytest.approx(LEVEYS - 560, abs=1)


def test_draft_says_so_on_its_picture_too():
    assert "Luonnos" in render_svg(replace(build_example(), versio=None), "painopisteet")
    assert "Luonnos" not in render_svg(build_example(), "painopisteet")


@pytest.mark.parametrize("nimi", ["painopisteet", "toimialat"])
def test_png_is_the_same_picture(nimi):
    tree = etree.fromstring(render_svg(build_example(), nimi).encode())
    picture = Image.open(io.BytesIO(render_chart_png(build_example(), nimi)))
    assert picture.size == (2 * LEVEYS, 2 * int(tree.get("height")))
    for rect in tree.findall(".//{*}g/{*}rect"):
        x, y = 500 + float(rect.get("x")) + 4, float(rect.getparent().get("transform").split()[1].rstrip(")")) + 5
        assert picture.convert("RGB").getpixel((round(2 * x), round(2 * y))) == _rgb(rect.get("fill"))


def _rgb(colour):
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def test_unknown_shape_is_no_silent_hole():
    with pytest.raises(ValueError, match="ellipse"):
        render_png(etree.fromstring('<svg width="9" height="9"><ellipse/></svg>'))


def test_texts_show_as_text_and_long_names_stay_inside():
    nimi = '<script>alert(1)</script> & "lainaus" ' + "pitkäsana" * 20
    raportti = saarikon_raportti([5, 4], painopisteet=nimi)
    tree, found = shapes(render_svg(raportti, "painopisteet"))
    assert not tree.findall(".//{*}script")
    assert all(len(text.text or "") < 60 for text in found["text"])
    assert render_chart_png(raportti, "painopisteet").startswith(b"\x89PNG")


@pytest.mark.django_db
def test_without_scores_there_are_no_charts(cast, kirjautunut):
    assert list_charts(saarikon_raportti([None, None], esitys="ei")) == {}
    liisa = kirjautunut(cast.liisa)
    for nimi, muoto in (("olematon", "png"), ("painopisteet", "gif"), ("toimielimet", "svg")):
        assert liisa.get(reverse("raportit:versio-kaavio", args=[cast.versio.pk, nimi, muoto])).status_code == 404
    answer = liisa.get(reverse("raportit:versio-kaavio", args=[cast.versio.pk, "painopisteet", "png"]))
    assert (answer.headers["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")


def test_text_tells_figures_and_the_largest_moves():
    raportti = saarikon_raportti([5, 1, 3, "luovuttu"], versio=1, edelliset=[2, 4, 3, 2])
    assert write_text(raportti).split("\n\n") == [
        "Saarikon kunta: Strategian seuranta, Osavuosikatsaus II 2026. Tilanne 30.8.2026.",
        "Raportissa on 4 toimenpidettä. Toteutunut 1 (25 %), käynnissä 1 (25 %), ei aloitettu 1 (25 %). "
        "Arviotta: 1 (25 %). Prosentit on laskettu kaikista 4 toimenpiteestä.",
        "Muutos edellisestä jaksosta (Osavuosikatsaus I 2026): nousi 1, laski 1, ennallaan 1, ei arviota 1.",
        "Suurimmat nousut: Toimenpide 1: lähipalveluiden saavutettavuus paranee (2 → 5).",
        "Suurimmat laskut: Toimenpide 2: lähipalveluiden saavutettavuus paranee (4 → 1).",
        "Yhdellä toimenpiteellä ei ole arviota. Syy: luovuttu.",
        "Päätösehdotus: Merkitään tiedoksi raportti ”Strategian seuranta, Osavuosikatsaus II 2026”.",
    ]


@pytest.mark.django_db
def test_text_is_on_the_page_to_copy(cast, kirjautunut):
    page = kirjautunut(cast.liisa).get(reverse("raportit:versio-detail", args=[cast.versio.pk])).text
    assert "Kirkkorannan kunta: Strategian seuranta, Osavuosikatsaus I 2026. Tilanne 30.4.2026." in page
    assert "readonly" in page and "kaaviot/painopisteet.png" in page
