"""Tiedot ja asteikko: what a plan calls its levels and its scores, how those are shown, and what never changes."""

import lxml.html
import pytest
from django.urls import reverse

from raportit.models import Raporttiversio
from raportit.osavuosikatsaus import build
from raportit.osavuosikatsaus.yhteenveto import aste_title
from seuranta.models import Kirjaus
from strategia.models import TARJOTUT_NIMET, Strategia
from tests.strategia.mittaristo.test_mittaristo import form_of

NIMET = {f"aste_{aste}": nimi for aste, nimi in TARJOTUT_NIMET.items()}


@pytest.fixture
def tiedot(cast):
    return reverse("strategia:strategia-muokkaa", args=[cast.strategia.pk])


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


def stored(cast):
    return Strategia.objects.get(pk=cast.strategia.pk)


def shown(page):
    """[the cells of the example's second column, as a reader of the page has them]"""
    cells = lxml.html.fromstring(page).xpath("//*[@id='esikatselu']//tbody//td")
    return [(" ".join(cell.text_content().split()), len(cell.xpath(".//*[@class='on']"))) for cell in cells]


def test_kaisa_names_levels_and_scores_and_closed_reports_stay(cast, kaisa, tiedot, kirjautunut):
    frozen = Raporttiversio.objects.get().data
    scores = list(Kirjaus.objects.values_list("pk", "toteutumisaste"))
    cast.strategia.sarakkeet = [{"rooli": "toimenpide", "otsikko": "Toimi"}, {"rooli": "kommentti"}]
    cast.strategia.save()
    posted = form_of(kaisa, tiedot) | NIMET | {"sana_painopiste": "Strategiakärki", "sana_toimenpide": "Teko"}
    page = kaisa.post(tiedot, posted, follow=True).text
    assert "on tallennettu." in page
    assert "Strategiakärki" in page
    strategia = stored(cast)
    assert (strategia.asteen_nimet[4], strategia.sana("toimenpide")) == ("Lähes valmis", "Teko")
    assert [entry.get("otsikko") for entry in strategia.sarakkeet] == ["Teko", None]
    entry = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    assert "Lähes valmis" in kirjautunut(cast.veikko).get(entry).text
    assert Raporttiversio.objects.get().data == frozen
    assert list(Kirjaus.objects.values_list("pk", "toteutumisaste")) == scores


def test_an_emptied_word_is_the_neutral_one_again(cast, kaisa, tiedot):
    kaisa.post(tiedot, form_of(kaisa, tiedot) | {"sana_tavoite": "Vuositavoite"})
    assert stored(cast).sana("tavoite") == "Vuositavoite"
    kaisa.post(tiedot, form_of(kaisa, tiedot) | {"sana_tavoite": " "})
    assert stored(cast).sana("tavoite") == "Strateginen tavoite"


def test_a_table_with_the_old_label_is_still_understood(cast, kaisa, tiedot):
    kaisa.post(tiedot, form_of(kaisa, tiedot) | NIMET)
    kaisa.post(tiedot, form_of(kaisa, tiedot) | {"aste_5": "Valmis", "aste_4": "Toteutunut"})
    strategia = stored(cast)
    assert (strategia.asteen_nimi(5), strategia.asteen_nimi(4)) == ("Valmis", "Toteutunut")
    assert strategia.tilasanat == {"lähes valmis": 4}, "”Toteutunut” on nyt asteen 4 nimi"


@pytest.mark.parametrize(
    ("esitys", "nimet", "expected"),
    [
        ("numerot", {}, [(str(n), n) for n in (5, 4, 3, 2, 1)]),
        ("numerot", {"aste_5": "Valmis"}, [("5 Valmis", 5), ("4", 4), ("3", 3), ("2", 2), ("1", 1)]),
        ("sanat", NIMET, [(TARJOTUT_NIMET[n], 0) for n in "54321"]),
        ("ei", NIMET, []),
    ],
)
def test_the_example_is_drawn_as_chosen_and_saves_nothing(esitys, nimet, expected, cast, kaisa, tiedot):
    posted = form_of(kaisa, tiedot) | nimet | {"esitys": esitys, "esikatsele": "1"}
    answer = kaisa.post(tiedot, posted)
    assert (answer.status_code, shown(answer.text)) == (200, expected)
    assert (stored(cast).esitys, stored(cast).asteikko) == ("numerot", {})


def test_lights_without_labels_have_the_words_that_the_report_has(cast, kaisa, tiedot):
    kaisa.post(tiedot, form_of(kaisa, tiedot) | {"esitys": "liikennevalo"})
    cast.jakso.refresh_from_db()
    strategia = build(cast.jakso, koottu=cast.versio.luotu).strategia
    page = kaisa.get(tiedot).text
    words = [text.split(maxsplit=2)[2] for text, _cells in shown(page)]  # after the title of the light
    assert words == [aste_title(strategia, aste) for aste in (5, 4, 3, 2, 1)]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"aste_5": "Valmis", "aste_4": " valmis. "}, "Asteella 5 on sama nimi. Anna eri nimi."),
        ({"esitys": "sanat"}, "Anna asteille nimet, kun ne näytetään sanoina."),
        (NIMET | {"esitys": "sanat", "nayta_keskiarvo": "on"}, "vain, kun asteet näytetään numeroina"),
        ({"esitys": "tahdet"}, "esitys"),
        ({"aste_1": "x" * 1001}, "enintään 1000 merkkiä"),
    ],
)
def test_what_is_wrong_is_told(values, told, cast, kaisa, tiedot):
    answer = kaisa.post(tiedot, form_of(kaisa, tiedot) | values)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert (stored(cast).asteikko, stored(cast).esitys) == ({}, "numerot")


def test_two_at_the_scale_see_each_other(cast, kaisa, tiedot, kirjautunut):
    mine, theirs = form_of(kaisa, tiedot), form_of(kirjautunut(cast.aino), tiedot)
    assert kirjautunut(cast.aino).post(tiedot, theirs | {"aste_5": "Ainon sana"}).status_code == 302
    answer = kaisa.post(tiedot, mine | {"aste_5": "Kaisan sana"})
    assert (answer.status_code, "Ainon sana" in answer.text) == (409, True)
    assert stored(cast).asteen_nimi(5) == "Ainon sana"


def test_the_page_says_what_changes_and_what_never_does(kaisa, tiedot):
    page = kaisa.get(tiedot).text
    for told in ("Avoimissa jaksoissa uudet tiedot näkyvät heti", "Suljettujen jaksojen raportit eivät muutu koskaan."):
        assert told in page
