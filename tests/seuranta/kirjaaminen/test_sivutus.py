"""The entry page in pages of at most 150 rows, however large the plan and whatever its shape; without JavaScript."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from seuranta.kirjaaminen.lue import build_rows, list_places
from seuranta.kirjaaminen.paikka import Nimi, Paikka, is_ready, update_places
from seuranta.kirjaaminen.sivutus import ENINTAAN, find_page, next_beyond, rows_with, split_pages
from seuranta.models import Kirjaus, Vastaus
from strategia.models import LISAKENTAT, Toimenpide
from tests.lomakkeet import read_forms

from .test_views import row

HTMX = {"HX-Request": "true"}

# --- rows -> pages


def rows_of(sizes, answered=()):
    """Rows of painopisteet of these sizes, numbered from 1; `answered`: those with a score."""
    painopisteet = [Nimi(number, f"Painopiste {number}") for number in range(1, len(sizes) + 1)]
    of_rows = [painopiste for painopiste, size in zip(painopisteet, sizes, strict=True) for _each in range(size)]
    return [place(pk, painopiste, aste="3" if pk in answered else "") for pk, painopiste in enumerate(of_rows, 1)]


def place(pk, painopiste, *, tila="luonnos", aste="", kommentti="", haku=""):
    return Paikka(pk, painopiste, None, False, tila, aste, kommentti, False, False, haku)


def ids(rows):
    return [row.pk for row in rows]


KOOT = st.lists(st.integers(1, 400), max_size=8)
unhurried = settings(deadline=None)  # the machine may be busy with something else


@unhurried
@given(KOOT)
def test_every_row_is_on_one_page_in_the_plans_order_and_no_page_is_too_long(sizes):
    rows = rows_of(sizes)
    pages = split_pages(rows)
    assert [row for sivu in pages for row in sivu.rows] == rows
    assert all(len(sivu.rows) <= ENINTAAN for sivu in pages)


@unhurried
@given(KOOT)
def test_a_painopiste_that_fits_is_not_cut_and_small_ones_share(sizes):
    pages = split_pages(rows_of(sizes))
    for number, size in enumerate(sizes, 1):
        on = [sivu for sivu in pages if any(row.painopiste.pk == number for row in sivu.rows)]
        assert len(on) == -(-size // ENINTAAN), "ei enempää sivuja kuin rivit vaativat"
    for sivu, after in zip(pages, pages[1:], strict=False):
        assert len(sivu.rows) + len(after.osat[0].rows) > ENINTAAN


@unhurried
@given(KOOT)
def test_the_names_of_pages_tell_them_apart(sizes):
    names = [sivu.nimi for sivu in split_pages(rows_of(sizes))]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("sizes", "names"),
    [
        ([], [""]),
        ([150], ["Painopiste 1"]),
        ([60, 90], ["Painopiste 1, Painopiste 2"]),
        ([10, 10, 10, 10], ["Painopiste 1 – Painopiste 4"]),
        ([100, 60], ["Painopiste 1", "Painopiste 2"]),
        ([301, 20], ["Painopiste 1 1–150", "Painopiste 1 151–300", "Painopiste 1 301, Painopiste 2"]),
    ],
)
def test_a_page_is_called_by_what_it_holds(sizes, names):
    assert [sivu.nimi for sivu in split_pages(rows_of(sizes))] == names


def test_a_name_that_goes_on_is_told_apart_from_what_is_new_in_it():
    pages = split_pages(rows_of([301, 20, 100]))
    assert [(sivu.jatkuu, sivu.loput) for sivu in pages] == [
        ("", "Painopiste 1 1–150"),
        ("Painopiste 1 ", "151–300"),
        ("Painopiste 1 ", "301 – Painopiste 3"),
    ]


@unhurried
@given(KOOT.filter(bool), st.data())
def test_a_row_leads_to_its_own_page(sizes, data):
    rows = rows_of(sizes)
    pages = split_pages(rows)
    wanted = data.draw(st.sampled_from(rows))
    assert wanted in find_page(pages, rows, wanted.pk).rows


def test_a_row_that_the_filter_hides_leads_to_the_next_one_shown_and_an_unknown_to_the_first_page():
    rows = rows_of([450])
    pages = split_pages([row for row in rows if not 151 <= row.pk <= 200])
    assert ids(find_page(pages, rows, 160).rows)[0] == 201
    assert find_page(split_pages(rows[:300]), rows, 440).nimi.endswith("151–300")
    for unknown in (None, 0, 9999):
        assert find_page(pages, rows, unknown) is pages[0]


def test_rows_that_wait_are_shown_and_saved_ones_make_room():
    rows = rows_of([450])
    first, second, _third = split_pages(rows)
    assert rows_with(second, rows, rows[160:165]) == second.rows
    held = rows_with(first, rows, [rows[5], rows[440]])
    assert len(held) == ENINTAAN
    assert {6, 441} <= set(ids(held))
    assert ids(held) == sorted(ids(held))
    assert len(rows_with(first, rows, rows[:200])) == 200, "tekstit eivät katoa, vaikka niitä olisi liikaa"


def test_the_next_unanswered_beyond_the_page_is_after_it_and_in_the_end_before_it():
    rows = rows_of([450], answered=set(range(151, 449)))
    pages = split_pages(rows)
    assert next_beyond(pages, pages[0]).pk == 449
    assert next_beyond(pages, pages[1]).pk == 449
    assert next_beyond(pages, pages[2]).pk == 1
    assert [sivu.vastaamatta for sivu in pages] == [150, 0, 2]
    alone = split_pages(rows[:150])
    assert next_beyond(alone, alone[0]) is None


@pytest.mark.parametrize(
    ("tila", "aste", "kommentti", "ready"),
    [
        ("luonnos", "3", "Valmis.", True),
        ("luonnos", "3", " ", False),
        ("luonnos", "", "Valmis.", False),
        ("lahetetty", "3", "Valmis.", False),
    ],
)
def test_a_ready_draft_has_a_score_and_a_comment(tila, aste, kommentti, ready):
    assert is_ready(place(1, Nimi(1, "Painopiste"), tila=tila, aste=aste, kommentti=kommentti)) is ready


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["veikko", "hilkka", "kaisa"])
def test_the_pages_know_of_a_row_what_the_row_itself_tells(who, cast):
    told = {"kunta": cast.kunta, "jakso": cast.jakso}
    first, second, third, fourth, *_unanswered = cast.toimenpiteet
    Kirjaus.objects.create(**told, toimenpide=first, tila="luonnos", toteutumisaste=3, syy="", kommentti="Väylä.")
    Kirjaus.objects.create(**told, toimenpide=second, tila="luonnos", syy="luovuttu", sisainen_huomio="Ei näy.")
    Kirjaus.objects.create(**told, toimenpide=third, tila="lahetetty", toteutumisaste=1, syy="", kommentti="Kerho.")
    Kirjaus.objects.create(**told, toimenpide=fourth, tila="palautettu", kommentti=" ", palautuksen_syy="Miksi?")
    user = getattr(cast, who)
    paikat = list_places(cast.jakso, user, with_words=True)
    rows = build_rows(cast.jakso, user, only=ids(paikat))
    assert ids(paikat) == [row.toimenpide.pk for row in rows]
    assert {first.pk, second.pk} & set(ids(paikat))
    assert update_places(paikat, rows) == paikat
    assert [paikka.toimiala and paikka.toimiala.nimi for paikka in paikat] == [
        row.toimenpide.toimiala and row.toimenpide.toimiala.nimi for row in rows
    ]


# --- the page of a large plan


@pytest.fixture
def osoite(cast, ilman_mittareita):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


@pytest.fixture
def suuri(cast):
    """Veikko's list: 2,500 rows in the first painopiste and one in the second, of all the fields there are."""
    cast.strategia.use_lisakentat(LISAKENTAT)
    cast.strategia.save()
    return add_rows(cast, 2498)


@pytest.fixture
def pitka(cast):
    """Veikko's list: 400 rows in the first painopiste and one in the second, which are three pages."""
    cast.strategia.use_lisakentat(LISAKENTAT)
    cast.strategia.save()
    return add_rows(cast, 398)


def add_rows(cast, count):
    Toimenpide.objects.bulk_create(
        Toimenpide(
            kunta=cast.kunta,
            tavoite=cast.tavoitteet[0],
            nimi=f"Teko {n} {'ab'[n % 2]}-osa",
            toimiala=cast.tekniset,
            jarjestys=n + 10,
        )
        for n in range(count)
    )
    return list(Toimenpide.objects.filter(nimi__startswith="Teko").order_by("jarjestys"))


def shown(page):
    """The ids of the toimenpiteet whose fields are on the page, in its order."""
    return [int(pk) for pk in re.findall(r'name="t(\d+)-versio"', page)]


def pages_of(page):
    """[(name, address, is it this one)] of the first list of pages."""
    nav = page.split('<nav class="pages" aria-label="Sivut">')[1].split("</nav>")[0]
    links = re.findall(r'<a class="chip" href="([^"]*)"( aria-current="page")?>(.*?)</a>', nav, re.DOTALL)
    return [
        (" ".join(unescape(re.sub(r"<[^>]+>", "", text)).split()), unescape(address), bool(current))
        for address, current, text in links
    ]


def form_of(page, osoite):
    """The page's own form as a browser without JavaScript sends it: a score and "Uusi teksti" on every row."""
    return next(form for form in read_forms(page, osoite) if form.tapa == "post" and "kirjaaja" in form.data())


def address_of(form, osoite):
    return osoite + form.osoite if form.osoite.startswith("?") else form.osoite


# --- who may not


@pytest.mark.parametrize("who", ["liisa", "ulla"])
def test_a_rows_address_opens_nothing_to_those_who_do_not_record(who, cast, kirjautunut, osoite):
    assert kirjautunut(getattr(cast, who)).get(osoite, {"rivi": cast.vayla.pk}).status_code == 404


def test_anothers_row_is_as_one_that_is_not_there(cast, pitka, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    of_otso, none = (veikko.get(osoite, {"rivi": rivi}).text for rivi in (cast.kerho.pk, 10**9))
    assert shown(of_otso) == shown(none) == shown(veikko.get(osoite).text)
    assert "Kerho jokaiselle koululle" not in of_otso


def test_nobody_saves_on_a_page_of_a_closed_jakso(cast, kirjautunut):
    closed = reverse("seuranta:kirjaus-lista", args=[cast.edellinen.pk])
    answer = kirjautunut(cast.kaisa).post(f"{closed}?rivi={cast.vayla.pk}", row(cast.vayla, aste="5"))
    assert answer.status_code == 404


# --- paging


def test_what_fits_one_page_is_as_it_was(cast, kirjautunut, osoite):
    add_rows(cast, ENINTAAN - 3)
    page = kirjautunut(cast.veikko).get(osoite).text
    assert len(shown(page)) == ENINTAAN
    assert 'class="pages"' not in page
    assert '<form method="post" id="kirjaus" autocomplete="off" data-hx-swap="none"\n' in page
    assert "Tallenna ja lähetä valmiit" in page
    assert "tämän sivun" not in page and "Muilla sivuilla" not in page and "data-muualla=" not in page


def test_a_painopiste_of_2500_rows_is_17_pages_of_at_most_150(cast, suuri, kirjautunut, osoite):
    veikko, seen = kirjautunut(cast.veikko), []
    page = veikko.get(osoite).text
    pages = pages_of(page)
    assert [name for name, *_rest in pages][:2] == [
        "Elävä kylä & sujuva arki 1–150 (150 vastaamatta)",
        "Elävä kylä & sujuva arki 151–300 (150 vastaamatta)",
    ]
    assert pages[-1][0] == "Elävä kylä & sujuva arki 2401–2500, Rohkea talous (101 vastaamatta)"
    assert len(pages) == 17
    for name, address, _current in (pages[0], pages[7], pages[-1]):
        page = veikko.get(osoite + address).text
        assert [each for each, _address, current in pages_of(page) if current] == [name]
        assert page.count("<textarea") == len(shown(page)) * 5 <= ENINTAAN * 5
        seen += shown(page)
    assert seen[2:] == [each.pk for each in (*suuri[:148], *suuri[1048:1198], *suuri[2398:], cast.toimenpiteet[4])]


def test_a_page_of_2500_rows_asks_three_queries_beside_session_and_user(cast, suuri, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    with CaptureQueriesContext(connection) as queries:
        veikko.get(osoite, {"rivi": suuri[-1].pk})
    mine = [q["sql"] for q in queries if "strategia_istunto" not in q["sql"] and "SAVEPOINT" not in q["sql"]]
    assert len(mine) == 4, mine


@pytest.mark.parametrize("rivi", ["abc", "0", "99999999", "-1", "²", "9" * 30, ""])
def test_an_address_that_names_no_row_opens_the_first_page(rivi, cast, pitka, kirjautunut, osoite):
    answer = kirjautunut(cast.veikko).get(osoite, {"rivi": rivi})
    assert answer.status_code == 200
    assert pages_of(answer.text)[0][2]
    assert shown(answer.text)[0] == cast.vayla.pk


def test_a_row_leads_to_its_page_and_the_last_to_the_last(cast, pitka, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    for rivi in (pitka[200], pitka[-1]):
        assert rivi.pk in shown(veikko.get(osoite, {"rivi": rivi.pk}).text)
    last = veikko.get(osoite, {"rivi": cast.toimenpiteet[4].pk}).text
    assert pages_of(last)[-1][2]
    assert len(shown(last)) == 101


def test_the_figures_are_of_all_rows_whatever_the_page(cast, pitka, kirjautunut, osoite):
    Kirjaus.objects.record(cast.jakso, {pitka[0]: Vastaus(0, 3, kommentti="On.", laheta=True)}, by=cast.veikko)
    page = kirjautunut(cast.veikko).get(osoite, {"rivi": pitka[-1].pk}).text
    assert "1 / 401</b> lähetetty." in page
    assert 'Kaikki <span data-maara="">401</span>' in page
    assert pages_of(page)[0][0].endswith("(149 vastaamatta)")


def test_the_filter_comes_first_and_stays_from_page_to_page(cast, pitka, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    pages = pages_of(veikko.get(osoite, {"q": "a-osa"}).text)
    assert [name for name, *_rest in pages] == [
        "Elävä kylä & sujuva arki 1–150 (150 vastaamatta)",
        "Elävä kylä & sujuva arki 151–199 (49 vastaamatta)",
    ]
    assert all("q=a-osa&rivi=" in address for _name, address, _current in pages)
    assert shown(veikko.get(osoite + pages[1][1]).text) == [each.pk for each in pitka[::2]][150:]
    assert 'class="pages"' not in veikko.get(osoite, {"q": "teko 123"}).text


def test_the_next_unanswered_is_on_the_next_page_when_this_one_has_none(cast, pitka, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    first = shown(veikko.get(osoite).text)
    record(cast, Toimenpide.objects.filter(pk__in=first))
    page = veikko.get(osoite).text
    beyond = f"?rivi={pitka[148].pk}#t{pitka[148].pk}"
    assert next_of(page) == (beyond, beyond)
    there = veikko.get(osoite + beyond).text
    assert next_of(there) == (f"?rivi={pitka[298].pk}#t{pitka[298].pk}", f"#t{pitka[148].pk}")


def next_of(page):
    """(the next unanswered row beyond the page, the next one) as addresses."""
    found = re.search(r'id="seuraava" data-muualla="([^"]*)"\s+href="([^"]*)"', page)
    return unescape(found[1]), unescape(found[2])


def record(cast, toimenpiteet, **values):
    vastaus = Vastaus(0, 3, kommentti="Käynnissä.", **values)
    saved, _conflicts = Kirjaus.objects.record(cast.jakso, dict.fromkeys(toimenpiteet, vastaus), by=cast.veikko)
    return saved


# --- saving a page


def test_kaisa_without_javascript_saves_2500_rows_page_by_page(cast, suuri, kirjautunut, osoite):
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(osoite, {"rivi": suuri[400].pk}).text
    form = form_of(page, osoite)
    answer = kaisa.post(address_of(form, osoite), form.data() | {"tallenna": "1"}, follow=True)
    assert answer.status_code == 200
    assert "150 riviä." in answer.text
    assert set(Kirjaus.objects.filter(jakso=cast.jakso).values_list("toimenpide", flat=True)) == set(shown(page))
    assert shown(answer.text) == shown(page), "tallennuksen jälkeen ollaan samalla sivulla"
    assert Kirjaus.objects.filter(jakso=cast.jakso, korjaavat_toimet="Uusi teksti").count() == ENINTAAN


def test_send_the_ready_ones_means_those_of_this_page_and_tells_of_the_others(cast, pitka, kirjautunut, osoite):
    record(cast, pitka[:12])
    record(cast, pitka[300:303])
    veikko = kirjautunut(cast.veikko)
    page = veikko.get(osoite).text
    assert "Lähetä tämän sivun valmiit" in page and "Tallenna ja lähetä valmiit" not in page
    assert "Muilla sivuilla on 3 valmista luonnosta." in page
    data = {name: value for each in pitka[:12] for name, value in row(each, versio=1, aste="3", kommentti="K.").items()}
    answer = veikko.post(f"{osoite}?rivi={cast.vayla.pk}", data | {"laheta": "valmiit"}, follow=True)
    assert "12 riviä on lähetetty." in answer.text
    assert "Muilla sivuilla on 3 valmista luonnosta." in answer.text
    assert Kirjaus.objects.filter(jakso=cast.jakso, tila="luonnos").count() == 3


def test_two_texts_of_one_row_show_on_its_own_page(cast, pitka, kirjautunut, osoite):
    Kirjaus.objects.record(cast.jakso, {pitka[200]: Vastaus(0, 3, kommentti="Veikon teksti.")}, by=cast.veikko)
    hilkka = kirjautunut(cast.hilkka)
    page = hilkka.get(osoite, {"rivi": pitka[200].pk}).text
    form = form_of(page, osoite)
    stale = {f"t{pitka[200].pk}-versio": "0", f"t{pitka[200].pk}-aste": "5"}
    answer = hilkka.post(address_of(form, osoite), form.data() | stale)
    assert answer.status_code == 409
    assert shown(answer.text) == shown(page)
    assert "Veikon teksti." in answer.text and "Toinen ehti tallentaa tämän rivin ensin." in answer.text
    assert Kirjaus.objects.filter(jakso=cast.jakso).count() == ENINTAAN, "muut rivit tallentuivat"


def test_a_page_of_nothing_but_two_texts_can_be_sent_too(cast, pitka, kirjautunut, osoite):
    hilkka = kirjautunut(cast.hilkka)
    form = form_of(hilkka.get(osoite, {"rivi": pitka[200].pk}).text, osoite)
    Kirjaus.objects.record(
        cast.jakso,
        {
            each: Vastaus(
                0,
                3,
                kommentti="Veikon teksti.",
                ennuste="a",
                poikkeaman_syy="b",
                korjaavat_toimet="c",
                sisainen_huomio="d",
            )
            for each in pitka
        },
        by=cast.veikko,
    )
    both = hilkka.post(address_of(form, osoite), form.data())
    assert both.status_code == 409
    again = form_of(both.text, osoite)
    assert len(again.data()) > ENINTAAN * 13
    pk = shown(both.text)[0]
    answer = hilkka.post(address_of(again, osoite), again.data() | {"ratkaise": f"{pk}:oma"})
    assert answer.status_code == 409
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=pk).kommentti == "Uusi teksti"


def test_an_open_page_keeps_its_rows_when_others_come_before_them(cast, pitka, kirjautunut, osoite):
    """By number it would be another page: its first rows would be those that were the last of the page before."""
    veikko = kirjautunut(cast.veikko)
    page = veikko.get(osoite + pages_of(veikko.get(osoite).text)[1][1]).text
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Uusi {n}", toimiala=cast.tekniset, jarjestys=1)
        for n in range(ENINTAAN)
    )
    form = form_of(page, osoite)
    answer = veikko.post(address_of(form, osoite), form.data() | {"tallenna": "1"}, follow=True)
    assert "150 riviä." in answer.text
    assert set(Kirjaus.objects.filter(jakso=cast.jakso).values_list("toimenpide", flat=True)) == set(shown(page))
    assert shown(page)[0] in shown(answer.text)


def test_a_page_opened_before_there_were_many_leads_back_to_the_row_whose_button_was_pressed(cast, kirjautunut, osoite):
    first, *_rest, last = add_rows(cast, 140)
    veikko = kirjautunut(cast.veikko)
    data = row(first, aste="3", kommentti="K.") | row(last, aste="4", kommentti="K.") | {"laheta": str(last.pk)}
    assert veikko.post(osoite, data).url == f"{osoite}#t{last.pk}"
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Uusi {n}", toimiala=cast.tekniset, jarjestys=1)
        for n in range(ENINTAAN)
    )
    data = row(last, versio=1, aste="5", kommentti="K.") | {"laheta": str(last.pk)}
    assert veikko.post(osoite, data).url == f"{osoite}?rivi={last.pk}#t{last.pk}"


def test_a_text_whose_row_has_moved_to_another_page_waits_on_the_page_that_comes_back(cast, pitka, kirjautunut, osoite):
    Kirjaus.objects.record(cast.jakso, {pitka[5]: Vastaus(0, 3, kommentti="Veikon teksti.")}, by=cast.veikko)
    data = row(pitka[4], kommentti="Teksti a.") | {f"t{pitka[4].pk}-aste": "9"}
    data |= row(pitka[5], aste="5", kommentti="Teksti b.")
    Toimenpide.objects.filter(pk=pitka[5].pk).update(jarjestys=9999)
    answer = kirjautunut(cast.hilkka).post(f"{osoite}?rivi={cast.vayla.pk}", data)
    assert answer.status_code == 409
    assert {pitka[4].pk, pitka[5].pk} < set(shown(answer.text))
    assert len(shown(answer.text)) == ENINTAAN
    assert "Teksti a.</textarea>" in answer.text and "Teksti b.</textarea>" in answer.text


def test_when_the_row_that_names_the_page_vanishes_the_others_are_saved_and_one_stays(cast, pitka, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    page = veikko.get(osoite + pages_of(veikko.get(osoite).text)[1][1]).text
    Toimenpide.objects.filter(pk=shown(page)[0]).delete()
    form = form_of(page, osoite)
    answer = veikko.post(address_of(form, osoite), form.data() | {"tallenna": "1"}, follow=True)
    assert "149 riviä." in answer.text
    assert shown(answer.text)[:149] == shown(page)[1:]


def test_under_a_filter_that_the_saved_rows_leave_the_next_ones_come(cast, pitka, kirjautunut, osoite):
    veikko, narrow = kirjautunut(cast.veikko), f"{osoite}?tila=ei_vastattu"
    second = veikko.get(osoite + pages_of(veikko.get(narrow).text)[1][1]).text
    form = form_of(second, osoite)
    answer = veikko.post(address_of(form, osoite), form.data() | {"tallenna": "1"}, follow=True)
    assert "tila=ei_vastattu" in answer.redirect_chain[-1][0]
    assert pages_of(answer.text)[1][2]
    assert not set(shown(answer.text)) & set(shown(second))
    assert shown(answer.text)[0] == pitka[298].pk


def test_one_row_saved_by_script_is_found_whatever_its_page(cast, pitka, kirjautunut, osoite):
    data = row(pitka[-1], aste="3", kommentti="Käynnissä.") | {"rivi": pitka[-1].pk}
    answer = kirjautunut(cast.veikko).post(osoite, data, headers=HTMX)
    assert answer["X-Kirjaus"] == "tallennettu"
    assert Kirjaus.objects.get(jakso=cast.jakso).toimenpide == pitka[-1]
