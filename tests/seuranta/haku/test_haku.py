"""Searching: who finds what, ä and ö on both databases, and the words marked."""

import unicodedata
from html import unescape

import pytest
from django.db import connection

from seuranta.haku.osumat import mark_words, read_words, shorten_around
from seuranta.models import Kirjaus, Vastaus
from strategia.models import Toimenpide

HAKU = "/haku/"


@pytest.fixture
def etsi(kirjautunut):
    """`etsi(cast.veikko, "äijänsuo")`: the page of results, in plain letters."""

    def search(who, words, **more):
        return unescape(kirjautunut(who).get(HAKU, {"q": words, **more}).text.split("<main")[1])

    return search


@pytest.fixture
def luonnos(cast):
    vastaus = Vastaus(
        versio=0, toteutumisaste=4, kommentti="Hämärähommia & öljyä.", sisainen_huomio="Mörkö tietää enemmän."
    )
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)


# --- who may not


def test_an_open_jaksos_comment_is_found_only_by_those_who_may_see_it(cast, etsi, luonnos):
    for who in (cast.veikko, cast.hilkka, cast.kaisa, cast.aino, cast.tarmo):
        assert "1 osuma." in etsi(who, "hämärähommia")
    for who in (cast.otso, cast.liisa, cast.ulla):
        page = etsi(who, "hämärähommia")
        assert "Haulla ”hämärähommia” ei löytynyt mitään." in page
        assert "öljyä" not in page


def test_a_sisainen_huomio_is_never_searched(cast, etsi, luonnos):
    for who in (cast.veikko, cast.kaisa):
        assert "ei löytynyt mitään" in etsi(who, "mörkö")


def test_ulla_finds_only_her_own_kunta(cast, etsi):
    assert "ei löytynyt mitään" in etsi(cast.ulla, "katuvalot")
    assert "Järven kunnostus – vaihe 1" in etsi(cast.ulla, "vaihe").replace("<mark>", "").replace("</mark>", "")
    assert "Naapurin oma asia" not in etsi(cast.aino, "naapurin")


def test_a_superuser_without_a_kunta_finds_nothing(cast, kirjautunut, django_user_model):
    root = django_user_model.objects.create_superuser("root@example.org", "x", nimi="Ylläpitäjä")
    assert "ei löytynyt mitään" in kirjautunut(root).get(HAKU, {"q": "katuvalot"}).text


# --- finding


@pytest.mark.parametrize("words", ["äijänsuo", "ÄIJÄNSUO", "katu äijän", "Äijänsuo".lower(), "VALOT   uudet"])
def test_a_toimenpide_is_found_whatever_its_letters(words, cast, etsi):
    page = etsi(cast.liisa, words)
    assert "Uudet katuvalot Äijänsuolle" in page.replace("<mark>", "").replace("</mark>", "")
    assert "<mark>" in page


def test_letters_with_loose_dots_are_the_same_letters(cast, etsi):
    typed = unicodedata.normalize("NFD", "Äijänsuo")
    assert "<mark>Äijänsuo</mark>lle" in etsi(cast.liisa, typed)


def test_comments_tavoitteet_and_painopisteet_are_found_too(cast, etsi):
    assert "<mark>Kilpailu</mark>" not in etsi(cast.liisa, "kilpailu")  # marked as it is written
    assert "Suunnitelma valmis – <mark>kilpailu</mark> syksyllä." in etsi(cast.liisa, "kilpailu")
    page = etsi(cast.liisa, "hyvä koulu")
    anchor = f"tavoite-{cast.tavoitteet[1].pk}"
    assert f'href="/strategia/{cast.strategia.pk}/?kohta={anchor}#{anchor}"' in page
    page = etsi(cast.liisa, "elävä kylä")
    assert f"#painopiste-{cast.painopisteet[0].pk}" in page
    assert "<mark>Elävä</mark> <mark>kylä</mark> & sujuva arki" in page


def test_the_kinds_are_counted_and_chosen(cast, etsi):
    page = etsi(cast.liisa, "koulu")
    assert "Toimenpiteet 4" in page
    assert "Kommentit 1" in page
    assert "Tavoitteet 2" in page
    assert "Kerho toimii kaikissa" in etsi(cast.liisa, "koulu", laji="kommentit")
    assert "Tästä joukosta ei löytynyt osumia." in etsi(cast.liisa, "koulu", laji="painopisteet")
    assert "Toimenpiteet 4" in etsi(cast.liisa, "koulu", laji="salaiset")


@pytest.mark.parametrize("typed", ["%", "_", "%%", "__", "\\", "'; DROP TABLE", "a%i", "\x00\x00", "<script>", "(("])
def test_nothing_typed_means_more_than_itself(typed, cast, kirjautunut):
    answer = kirjautunut(cast.aino).get(HAKU, {"q": typed})
    assert answer.status_code == 200
    assert "osuma" not in answer.text.split("<main")[1].replace("osumat", "")
    assert "<script>" not in answer.text


def test_one_letter_or_nothing_is_explained(cast, etsi):
    assert "Kirjoita ainakin kaksi kirjainta." in etsi(cast.liisa, "ä")
    assert "Kirjoita sana tai useampi." in etsi(cast.liisa, "")


def test_every_page_leads_to_the_search_that_keeps_what_was_typed(cast, kirjautunut):
    liisa = kirjautunut(cast.liisa)
    for path in ("/", "/strategia/", "/ei-ole/"):
        assert f'<a href="{HAKU}">Haku</a>' in liisa.get(path, follow=True).text
    assert 'value="&lt;b&gt; &amp; koulu"' in liisa.get(HAKU, {"q": "<b> & koulu"}).text


def test_a_long_answer_is_turned_by_pages_with_as_few_queries(cast, kirjautunut, etsi, django_assert_num_queries):
    veikko, made = kirjautunut(cast.veikko), 0
    for count in (25, 250):
        teot = Toimenpide.objects.bulk_create(
            Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Öinen teko {n}", toimiala=cast.tekniset)
            for n in range(made, count)
        )
        vastaus = Vastaus(versio=0, toteutumisaste=3, kommentti="Yöllä käynnissä.")
        Kirjaus.objects.record(cast.jakso, dict.fromkeys(teot, vastaus), by=cast.veikko)
        made = count
        for words, laji in (("öinen", "toimenpiteet"), ("yöllä", "kommentit")):
            with django_assert_num_queries(13):  # three of them for what is hidden of toimenpiteet of others
                page = veikko.get(HAKU, {"q": words, "laji": laji}).text
            assert f"{count} osumaa." in page
            assert page.count("<mark>") == 25
    assert "Sivu 10 / 10" in etsi(cast.veikko, "öinen", laji="toimenpiteet", sivu="10")


def test_the_column_follows_what_is_written(cast, luonnos):
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    assert kirjaus.haku == "hämärähommia & öljyä."
    vastaus = Vastaus(versio=1, toteutumisaste=4, kommentti="Muutettu: ÄÄNI.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)
    kirjaus.refresh_from_db()
    assert kirjaus.haku == "muutettu: ääni."
    with connection.cursor() as cursor:  # history does not carry it
        columns = connection.introspection.get_table_description(cursor, "seuranta_historicalkirjaus")
    assert "haku" not in {column.name for column in columns}


# --- words


def test_words_of_what_was_typed():
    assert read_words("  Äiti  äiti ÖLJY a ") == ["äiti", "öljy"]
    assert len(read_words(" ".join(f"sana{n}" for n in range(50)))) == 10
    assert read_words("a\x00\u200b\x07") == []


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("Äijä ja äijä", ["äijä"], [(True, "Äijä"), (False, " ja "), (True, "äijä")]),
        ("Straße on pitkä", ["strasse"], [(True, "Straße"), (False, " on pitkä")]),
        ("koulutie", ["koulu", "koulutie"], [(True, "koulutie")]),
        ("a.b (c)", ["(c)"], [(False, "a.b "), (True, "(c)")]),
        ("", ["x"], []),
    ],
)
def test_what_is_marked(text, words, pieces):
    assert mark_words(text, words) == pieces


def test_a_long_comment_is_shown_around_the_word():
    text = "alku " * 100 + "Öljysäiliö tyhjennettiin " + "loppu " * 100
    part = shorten_around(text, ["öljysäiliö"])
    assert part.startswith("… alku")
    assert "Öljysäiliö tyhjennettiin" in part
    assert part.endswith("loppu …")
    assert len(part) < 260
    assert shorten_around("Lyhyt teksti.", ["teksti"]) == "Lyhyt teksti."
    assert shorten_around("x" * 1000, ["xx"]).endswith(" …")


def test_a_measure_is_found_where_its_values_are_told(cast, etsi):
    page = etsi(cast.liisa, "koulureittejä")
    assert "Mittarit 1" in page
    page = etsi(cast.liisa, "koulureittejä", laji="mittarit")
    assert f"/toimenpiteet/{cast.vayla.pk}/#mittari-{cast.mittarit[0].pk}" in page
    assert f"#painopiste-{cast.painopisteet[1].pk}" in etsi(cast.liisa, "toimintakate", laji="mittarit")
    assert "Toimintakate" not in etsi(cast.ulla, "toimintakate", laji="mittarit")


@pytest.mark.parametrize("rooli", ["mittarit", "mittari"])
def test_a_measure_that_is_not_published_is_found_by_who_follows_it(cast, etsi, rooli):
    cast.strategia.sarakkeet = [{"rooli": rooli, "piilossa": True}]
    cast.strategia.save()
    assert "Mittarit 1" in etsi(cast.veikko, "koulureittejä")
    assert "Mittarit 1" in etsi(cast.kaisa, "toimintakate")
    for who in (cast.liisa, cast.otso):
        assert "Mittarit 1" not in etsi(who, "koulureittejä")
        assert "Mittarit 1" not in etsi(who, "toimintakate")
