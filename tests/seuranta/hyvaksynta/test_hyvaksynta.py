"""Approving, as Hilkka does it for Tekniset palvelut and Kaisa for all toimialat."""

import threading
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from raportit.sulkeminen.sulje import close_jakso
from seuranta.hyvaksynta.views import SIVULLA
from seuranta.models import Kirjaus, MittariArvo, Mittaus, Osavastaus, SuljettuJakso, Vastaus, Yksikkovastaus
from seuranta.muutos import describe_move, diff_words
from strategia.models import Toimenpide
from tests.cast import build_cast
from tests.kilpailu import Etumatka


@pytest.fixture
def sivun_osoite(cast):
    return reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk])


def send(cast, toimenpide, aste=3, kommentti="Työ on käynnissä.", *, versio=0, by=None):
    """The toimenpide's kirjaus as Veikko sent it."""
    vastaus = Vastaus(versio=versio, toteutumisaste=aste, kommentti=kommentti, laheta=True)
    saved, _conflicts = Kirjaus.objects.record(cast.jakso, {toimenpide: vastaus}, by=by or cast.veikko)
    return saved[0]


def chosen(*kirjaukset):
    """The fields of the page with these rows chosen."""
    return {"rivi": [k.pk for k in kirjaukset]} | {f"k{k.pk}-versio": k.versio for k in kirjaukset}


# --- who may not


def test_veikko_otso_and_tarmo_may_not_open_the_page(cast, kirjautunut, sivun_osoite):
    for who in (cast.veikko, cast.otso, cast.tarmo):
        assert kirjautunut(who).get(sivun_osoite).status_code == 403
        assert kirjautunut(who).get(reverse("seuranta:hyvaksyttavat")).status_code == 403
        assert "Hyväksyttävät" not in kirjautunut(who).get("/").text


def test_liisa_and_ulla_do_not_find_it(cast, kirjautunut, sivun_osoite):
    for who in (cast.liisa, cast.ulla):
        assert kirjautunut(who).get(sivun_osoite).status_code == 404


def test_hilkka_cannot_approve_another_toimiala(cast, kirjautunut, sivun_osoite):
    kirjaus = send(cast, cast.kerho, by=cast.otso)
    hilkka = kirjautunut(cast.hilkka)
    assert "Kerho jokaiselle koululle" not in hilkka.get(sivun_osoite).text
    answer = hilkka.post(sivun_osoite, chosen(kirjaus), follow=True)
    assert "1 rivi oli jo käsitelty." in answer.text
    hilkka.post(sivun_osoite, chosen(kirjaus) | {"palauta": kirjaus.pk, f"k{kirjaus.pk}-syy": "Ei minun."})
    kirjaus.refresh_from_db()
    assert (kirjaus.tila, kirjaus.versio) == ("lahetetty", 1)


def test_in_viimeistely_only_kaisa_approves(cast, kirjautunut, sivun_osoite):
    kirjaus = send(cast, cast.vayla)
    cast.jakso.finish(by=cast.kaisa)
    assert kirjautunut(cast.hilkka).post(sivun_osoite, chosen(kirjaus)).status_code == 404
    kirjautunut(cast.kaisa).post(sivun_osoite, chosen(kirjaus))
    kirjaus.refresh_from_db()
    assert kirjaus.tila == "hyvaksytty"


def test_a_reason_written_too_late_is_shown_and_nothing_is_sent_back(cast, kirjautunut, sivun_osoite):
    kirjaus = send(cast, cast.vayla)
    cast.jakso.finish(by=cast.kaisa)
    data = chosen() | {
        f"k{kirjaus.pk}-versio": 1,
        "palauta": kirjaus.pk,
        f"k{kirjaus.pk}-syy": "Montako metriä & missä?",
    }
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, data)
    assert answer.status_code == 404
    assert "Hyväksyminen on päättynyt" in answer.text
    assert "mitään ei hyväksytty eikä palautettu" in answer.text
    assert "Montako metriä &amp; missä?" in answer.text
    kirjaus.refresh_from_db()
    assert kirjaus.tila == "lahetetty"
    for who in (cast.veikko, cast.liisa, cast.ulla):
        stranger = kirjautunut(who).post(sivun_osoite, data)
        assert (stranger.status_code, "Hyväksyminen" in stranger.text) == (404, False)


def test_nobody_approves_in_a_closed_jakso(cast, kirjautunut, sivun_osoite):
    kirjaus = send(cast, cast.vayla)
    open_as_read = type(cast.jakso).objects.get(pk=cast.jakso.pk)
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    assert kirjautunut(cast.kaisa).post(sivun_osoite, chosen(kirjaus)).status_code == 404
    with pytest.raises(SuljettuJakso):  # closed between the look and the write
        Kirjaus.objects.approve(open_as_read, {kirjaus.pk: kirjaus.versio}, by=cast.kaisa)
    with pytest.raises(SuljettuJakso):
        Kirjaus.objects.send_back(cast.jakso, {kirjaus.pk: kirjaus.versio}, "Täydennä.", by=cast.kaisa)


# --- approving


def test_hilkka_approves_many_at_once_and_history_says_who(cast, kirjautunut, sivun_osoite):
    first, second = send(cast, cast.vayla), send(cast, cast.toimenpiteet[1])
    hilkka = kirjautunut(cast.hilkka)
    assert "2 vastausta odottaa hyväksyntää." in hilkka.get(sivun_osoite).text
    answer = hilkka.post(sivun_osoite, chosen(first, second), follow=True)
    assert "2 riviä on hyväksytty." in answer.text
    assert "Mikään vastaus ei odota hyväksyntää." in answer.text
    for kirjaus in (first, second):
        kirjaus.refresh_from_db()
        assert (kirjaus.tila, kirjaus.versio) == ("hyvaksytty", 2)
        assert kirjaus.history.first().history_user == cast.hilkka
        assert kirjaus.history.first().tila == "hyvaksytty"


def test_the_page_shows_the_change_from_the_last_period_and_what_is_missing(cast, kirjautunut, sivun_osoite):
    send(cast, cast.vayla, 4, "Suunnitelma valmis – kilpailu syksyllä.")
    send(cast, cast.toimenpiteet[1], 4, "")
    page = kirjautunut(cast.hilkka).get(sivun_osoite).text
    assert "nousi (2 → 4)" in page
    assert "Arvio muuttui, mutta kommentti on sama kuin edellisellä jaksolla." in page
    assert "ei muutosta edelliseen" in page
    assert "Kommentti puuttuu." in page
    assert "1 toimenpide on vielä lähettämättä" in page
    assert "Veikko Väänänen" in page


def test_kaisa_sees_every_toimiala_and_chooses_one(cast, kirjautunut, sivun_osoite):
    send(cast, cast.vayla)
    send(cast, cast.kerho, by=cast.otso)
    send(cast, cast.ranssi, by=cast.kaisa)
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(sivun_osoite).text
    assert page.index("Väylä Kirkkotie") < page.index("Kerho jokaiselle") < page.index("Ränssin koulu")
    page = kaisa.get(sivun_osoite, {"toimiala": cast.sivistys.pk, "valitse": "kaikki"}).text
    assert "Kerho jokaiselle koululle" in page
    assert page.count(" checked") == 1
    assert "Väylä Kirkkotie" not in page
    assert "Ränssin koulu" in kaisa.get(sivun_osoite, {"toimiala": "ilman"}).text


def test_a_change_after_approval_comes_back_with_what_changed(cast, kirjautunut, sivun_osoite):
    kirjaus = send(cast, cast.vayla, 3, "Suunnitelma on valmis.")
    kirjautunut(cast.hilkka).post(sivun_osoite, chosen(kirjaus))
    vastaus = Vastaus(versio=2, toteutumisaste=4, kommentti="Suunnitelma on hyväksytty.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)
    kirjaus.refresh_from_db()
    assert kirjaus.tila == "lahetetty"
    page = kirjautunut(cast.hilkka).get(sivun_osoite).text
    assert "<del>valmis.</del><ins>hyväksytty.</ins>" in page
    assert "Toteutumisaste: nousi (3 → 4)." in page


def test_a_row_that_changed_since_the_page_was_drawn_is_shown_again(cast, kirjautunut, sivun_osoite):
    seen, other = send(cast, cast.vayla), send(cast, cast.toimenpiteet[1])
    vastaus = Vastaus(versio=1, toteutumisaste=5, kommentti="Valmis & käytössä.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, chosen(seen, other))
    assert answer.status_code == 409
    assert "Rivi muuttui sen jälkeen, kun avasit sivun." in answer.text
    assert "Valmis &amp; käytössä." in answer.text
    assert "1 rivi on hyväksytty." in answer.text
    assert " checked" not in answer.text
    tilat = dict(Kirjaus.objects.filter(jakso=cast.jakso).values_list("pk", "tila"))
    assert tilat == {seen.pk: "lahetetty", other.pk: "hyvaksytty"}


KADONNUT = "eikä kirjoittamiasi syitä tallennettu"


@pytest.mark.parametrize("how", ["toisen hyväksymä", "toisen palauttama", "toiselle toimialalle", "ilman toimialaa"])
@pytest.mark.parametrize("pressed", [True, False])
def test_a_reason_on_a_row_that_waits_no_more_is_shown_back(how, pressed, cast, kirjautunut, sivun_osoite):
    """Also one that was only being written, when the button of another row was pressed."""
    row, other = send(cast, cast.vayla), send(cast, cast.toimenpiteet[1])
    text = "Kerro <luvut> & aikataulu."
    data = chosen(row) | {f"k{other.pk}-versio": 1, f"k{row.pk}-syy": text, "palauta": row.pk}
    if not pressed:
        data |= {"palauta": other.pk, f"k{other.pk}-syy": "Täydennä."}
    if how == "toisen hyväksymä":
        Kirjaus.objects.approve(cast.jakso, {row.pk: row.versio}, by=cast.kaisa)
    elif how == "toisen palauttama":
        Kirjaus.objects.send_back(cast.jakso, {row.pk: row.versio}, "Kaisan syy.", by=cast.kaisa)
    elif how == "toiselle toimialalle":
        Toimenpide.objects.filter(pk=cast.vayla.pk).update(toimiala=cast.sivistys)
    else:
        cast.hilkka.toimialat.clear()
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, data)
    assert answer.status_code == 409
    assert KADONNUT in answer.text and "Kerro &lt;luvut&gt; &amp; aikataulu." in answer.text
    if not pressed and how != "ilman toimialaa":
        other.refresh_from_db()
        assert (other.tila, other.palautuksen_syy) == ("palautettu", "Täydennä.")
        assert "Täydennä." not in answer.text


def test_hilkka_is_not_told_that_she_has_no_toimiala_where_it_has_no_rows(cast, kirjautunut, sivun_osoite):
    Toimenpide.objects.filter(tavoite__painopiste__strategia=cast.strategia).update(toimiala=cast.sivistys)
    page = kirjautunut(cast.hilkka).get(sivun_osoite).text
    assert "Sinulla ei ole hyväksyttäviä toimenpiteitä tällä jaksolla." in page
    assert "Sinulla ei ole toimialaa" not in page


def test_a_reason_that_was_saved_is_not_told_to_be_lost(cast, kirjautunut, sivun_osoite):
    """Sent twice by an impatient hand."""
    row = send(cast, cast.vayla)
    data = chosen(row) | {f"k{row.pk}-syy": " Täydennä luvut.\r\nKiitos. ", "palauta": row.pk}
    hilkka = kirjautunut(cast.hilkka)
    for _time in range(2):
        assert KADONNUT not in hilkka.post(sivun_osoite, data, follow=True).text
    row.refresh_from_db()
    assert row.palautuksen_syy == "Täydennä luvut.\nKiitos."


def test_a_second_approver_is_told_that_it_is_done_already(cast, kirjautunut, sivun_osoite):
    kirjaus = send(cast, cast.vayla)
    kirjautunut(cast.hilkka).post(sivun_osoite, chosen(kirjaus))
    answer = kirjautunut(cast.kaisa).post(sivun_osoite, chosen(kirjaus), follow=True)
    assert "1 rivi oli jo käsitelty. Sitä ei muutettu." in answer.text
    kirjaus.refresh_from_db()
    assert kirjaus.versio == 2


def test_choosing_nothing_or_nonsense_changes_nothing(cast, kirjautunut, sivun_osoite):
    kirjaus = send(cast, cast.vayla)
    hilkka = kirjautunut(cast.hilkka)
    assert "Et valinnut yhtään riviä." in hilkka.post(sivun_osoite, {}, follow=True).text
    for versio in ("", "x", "²", "99999999999999999999", "-1"):
        answer = hilkka.post(sivun_osoite, {"rivi": kirjaus.pk, f"k{kirjaus.pk}-versio": versio})
        assert answer.status_code == 409
    hilkka.post(sivun_osoite, {"rivi": ["x", "0", cast.naapuri.kirjaus.pk]})
    kirjaus.refresh_from_db()
    assert (kirjaus.tila, kirjaus.versio) == ("lahetetty", 1)
    cast.naapuri.kirjaus.refresh_from_db()
    assert cast.naapuri.kirjaus.versio == 1


# --- sending back


def test_hilkka_sends_back_with_a_reason_that_veikko_sees(cast, kirjautunut, sivun_osoite):
    kirjaus = send(cast, cast.vayla)
    data = chosen() | {f"k{kirjaus.pk}-versio": 1, "palauta": kirjaus.pk, f"k{kirjaus.pk}-syy": "Kerro & perustele."}
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, data, follow=True)
    assert "Rivi on palautettu täydennettäväksi." in answer.text
    kirjaus.refresh_from_db()
    assert (kirjaus.tila, kirjaus.palautuksen_syy) == ("palautettu", "Kerro & perustele.")
    assert kirjaus.history.first().history_user == cast.hilkka
    page = kirjautunut(cast.veikko).get(reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])).text
    assert "Palautettu täydennettäväksi</b>: Kerro &amp; perustele." in page

    send(cast, cast.vayla, kommentti="Kilpailutus & urakka alkoivat.", versio=2)
    assert "Pyydetty täydennys:</b> Kerro &amp; perustele." in kirjautunut(cast.hilkka).get(sivun_osoite).text


def test_without_a_reason_nothing_is_sent_back_and_the_choices_stay(cast, kirjautunut, sivun_osoite):
    kirjaus, other = send(cast, cast.vayla), send(cast, cast.toimenpiteet[1])
    data = chosen(other) | {f"k{kirjaus.pk}-versio": 1, "palauta": kirjaus.pk, f"k{kirjaus.pk}-syy": "  "}
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, data)
    assert answer.status_code == 422
    assert "Kirjoita, mitä pitää täydentää, ja palauta sitten." in answer.text
    assert answer.text.count(" checked") == 1
    assert set(Kirjaus.objects.filter(jakso=cast.jakso).values_list("tila", flat=True)) == {"lahetetty"}


def test_sending_back_a_row_that_changed_keeps_the_reason_written(cast, kirjautunut, sivun_osoite):
    kirjaus = send(cast, cast.vayla)
    send(cast, cast.vayla, 5, "Valmis.", versio=1)
    data = {f"k{kirjaus.pk}-versio": 1, "palauta": kirjaus.pk, f"k{kirjaus.pk}-syy": "Kerro luku."}
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, data)
    assert answer.status_code == 409
    assert "Kerro luku." in answer.text


def test_what_is_begun_on_other_rows_stays_when_one_is_sent_back(cast, kirjautunut, sivun_osoite):
    first, second, third = (send(cast, cast.toimenpiteet[n]) for n in (0, 1, 4))
    written = {f"k{first.pk}-syy": "Kerro luku.", f"k{second.pk}-syy": "Montako & missä?"}
    data = chosen(first, second, third) | written | {"rivi": [third.pk], "palauta": first.pk}
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, data)
    assert answer.status_code == 200
    assert "Rivi on palautettu täydennettäväksi." in answer.text
    assert "Montako &amp; missä?</textarea>" in answer.text
    assert answer.text.count(" checked") == 1
    assert "Kerro luku." not in answer.text
    assert kirjautunut(cast.hilkka).post(sivun_osoite, chosen(third)).status_code == 302, "mitään ei jäänyt kesken"


def test_a_reason_written_on_a_chosen_row_is_not_lost_to_approving_it(cast, kirjautunut, sivun_osoite):
    ready, torn = send(cast, cast.vayla), send(cast, cast.toimenpiteet[1])
    data = chosen(ready, torn) | {f"k{torn.pk}-syy": "Montako & missä?"}
    answer = kirjautunut(cast.hilkka).post(sivun_osoite, data)
    assert answer.status_code == 422
    assert "1 rivi on hyväksytty." in answer.text
    assert "Kirjoitit, mitä pitää täydentää. Palauta rivi, tai tyhjennä kenttä ja hyväksy rivi sitten." in answer.text
    assert "Montako &amp; missä?</textarea>" in answer.text
    assert [Kirjaus.objects.get(pk=k.pk).tila for k in (ready, torn)] == ["hyvaksytty", "lahetetty"]


def test_choosing_all_or_none_keeps_the_reasons_begun_and_settles_nothing(cast, kirjautunut, sivun_osoite):
    rows = [send(cast, cast.toimenpiteet[n]) for n in (0, 1, 4)]
    hilkka, written = kirjautunut(cast.hilkka), {f"k{rows[0].pk}-syy": "Montako & missä?"}
    page = hilkka.post(sivun_osoite, chosen() | written | {"valitse": "kaikki"})
    assert (page.status_code, page.text.count(" checked")) == (200, 3)
    assert "Montako &amp; missä?</textarea>" in page.text
    page = hilkka.post(sivun_osoite, chosen(*rows) | written | {"valitse": "ei"})
    assert (page.status_code, page.text.count(" checked")) == (200, 0)
    assert "Montako &amp; missä?</textarea>" in page.text
    assert set(Kirjaus.objects.filter(jakso=cast.jakso).values_list("tila", flat=True)) == {"lahetetty"}


# --- the page itself


def test_with_one_open_jakso_the_menu_leads_straight_to_it(cast, kirjautunut, sivun_osoite):
    answer = kirjautunut(cast.hilkka).get(reverse("seuranta:hyvaksyttavat"))
    assert answer.url == sivun_osoite
    cast.jakso.finish(by=cast.kaisa)
    page = kirjautunut(cast.hilkka).get(reverse("seuranta:hyvaksyttavat")).text
    assert "Mikään seurantajakso ei ole nyt avoinna." in page


def send_many(cast, numbers):
    """As many more rows of Tekniset palvelut, sent -> their kirjaukset in the page's order."""
    teot = Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Teko {n}", toimiala=cast.tekniset, jarjestys=n)
        for n in numbers
    )
    vastaus = Vastaus(versio=0, toteutumisaste=3, kommentti="Käynnissä.", laheta=True)
    saved, _conflicts = Kirjaus.objects.record(cast.jakso, dict.fromkeys(teot, vastaus), by=cast.veikko)
    return saved


def test_many_rows_are_shown_a_page_at_a_time_and_approved_page_by_page(cast, kirjautunut, sivun_osoite):
    saved, hilkka = send_many(cast, range(SIVULLA + 10)), kirjautunut(cast.hilkka)
    first, second = hilkka.get(sivun_osoite).text, hilkka.get(f"{sivun_osoite}?sivu=2").text
    assert (first.count('name="rivi"'), second.count('name="rivi"')) == (SIVULLA, 10)
    assert "160 vastausta odottaa hyväksyntää." in first and "160 odottaa, 0 / " in second
    assert f"Sivulla 1 / 2 on {SIVULLA} riviä. Hyväksyntä koskee vain tällä sivulla valittuja." in first
    assert f"Valitse tämän sivun {SIVULLA} riviä" in first and "Valitse tämän sivun 10 riviä" in second
    assert "Teko 149" in first and "Teko 150" not in first
    answer = hilkka.post(f"{sivun_osoite}?sivu=2", chosen(*saved[SIVULLA:][:4]))
    assert answer.url == f"{sivun_osoite}?sivu=2"
    page = hilkka.post(f"{sivun_osoite}?sivu=1", {"rivi": saved[-1].pk, f"k{saved[-1].pk}-syy": "Montako?"})
    assert page.status_code == 422 and page.text.count('name="rivi"') == SIVULLA + 1
    assert "Montako?" in page.text, "on its own page it would be lost"
    hilkka.post(sivun_osoite, chosen(*saved[:SIVULLA]))
    assert hilkka.get(f"{sivun_osoite}?sivu=2").text.count('name="rivi"') == 6, "what is left is the only page"
    only = hilkka.get(sivun_osoite).text
    assert "Valitse kaikki 6 riviä" in only and "Sivulla" not in only


def test_a_toimiala_that_is_not_hilkkas_is_told_and_hides_nothing_in_silence(cast, kirjautunut, sivun_osoite):
    send(cast, cast.vayla)
    for toimiala in ("999999", "ei-ole"):
        page = kirjautunut(cast.hilkka).get(sivun_osoite, {"toimiala": toimiala}).text
        assert 'Tällä rajauksella ei ole hyväksyttäviä rivejä. <a href="?">Näytä kaikki</a>' in page
    assert "Tällä rajauksella" not in kirjautunut(cast.hilkka).get(sivun_osoite).text


def test_as_many_queries_for_250_rows_as_for_25(cast, kirjautunut, sivun_osoite, django_assert_num_queries):
    hilkka, created = kirjautunut(cast.hilkka), 0
    for count in (25, 250):
        send_many(cast, range(created, count))
        created = count
        with django_assert_num_queries(13):  # two of them ask the values of mittarit
            assert hilkka.get(sivun_osoite).text.count('name="rivi"') == min(count, SIVULLA)
    rows = list(Kirjaus.objects.filter(jakso=cast.jakso))
    for part in (rows[:25], rows[25:]):
        with CaptureQueriesContext(connection) as asked:
            Kirjaus.objects.approve(cast.jakso, {k.pk: k.versio for k in part}, by=cast.hilkka)
        # SQLite takes the rows of history in batches; everything else, the jakso's tila too, is asked once.
        assert len([q for q in asked if not q["sql"].startswith("INSERT")]) == 5


def test_the_front_page_tells_hilkka_what_waits(cast, kirjautunut, sivun_osoite):
    first = f'<a class="btn" href="{sivun_osoite}">Hyväksyttävät</a>'
    assert first not in kirjautunut(cast.hilkka).get("/").text
    send(cast, cast.vayla)
    send(cast, cast.kerho, by=cast.otso)
    assert first in kirjautunut(cast.hilkka).get("/").text
    assert f'<a href="{sivun_osoite}">1 vastaus odottaa hyväksyntää</a>' in kirjautunut(cast.hilkka).get("/").text
    assert f'<a href="{sivun_osoite}">riviä hyväksyttävänä</a>' in kirjautunut(cast.kaisa).get("/").text
    assert "odottaa hyväksyntää" not in kirjautunut(cast.veikko).get("/").text


@pytest.mark.django_db(transaction=True)
def test_nothing_is_approved_unread_when_veikko_saves_at_the_same_moment(kierrokset):
    cast = build_cast()
    kirjaus, winners, etumatka = send(cast, cast.vayla, kommentti="Kierros 0."), [], Etumatka()
    for number in range(1, kierrokset(400) + 1):
        seen, text = kirjaus.kommentti, f"Kierros {number}."
        vastaus = Vastaus(versio=kirjaus.versio, toteutumisaste=3, kommentti=text, laheta=True)
        approved, saved = race(cast, kirjaus, vastaus, etumatka.seconds)
        kirjaus.refresh_from_db()
        assert saved, "hyväksyntä ei ole toinen teksti"
        assert (kirjaus.tila, kirjaus.kommentti) == ("lahetetty", text)
        as_approved = kirjaus.history.filter(versio=vastaus.versio + 1, tila="hyvaksytty")
        assert [row.kommentti for row in as_approved] == ([seen] if approved else [])
        winners.append(approved)
        etumatka.tell(approved)
    assert set(winners) == {True, False}, "sama voitti joka kerran: kilpailu ei ollut kilpailu"


def race(cast, kirjaus, vastaus, head_start):
    """Hilkka approves what she saw while Veikko saves -> (was it approved, was it saved)."""
    start, told = threading.Barrier(2), {}

    def run(name, wait, act):
        try:
            jakso = type(cast.jakso).objects.get(pk=cast.jakso.pk)
            start.wait()
            time.sleep(max(0, wait))
            told[name] = bool(act(jakso)[0])
        finally:
            connection.close()

    def approve(jakso):
        return Kirjaus.objects.approve(jakso, {kirjaus.pk: vastaus.versio}, by=cast.hilkka)

    def save(jakso):
        return Kirjaus.objects.record(jakso, {cast.vayla: vastaus}, by=cast.veikko)

    jobs = [("approved", -head_start, approve), ("saved", head_start, save)]
    threads = [threading.Thread(target=run, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told["approved"], told["saved"]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (2, 4, "nousi (2 → 4)"),
        (4, 2, "laski (4 → 2)"),
        (3, 3, "ei muutosta edelliseen"),
        (None, 3, "uusi arvio"),
        (3, None, "arvio jäi pois (3)"),
        (None, None, ""),
    ],
)
def test_a_move_in_words(before, after, sentence):
    assert describe_move(before, after) == sentence


def test_a_difference_gives_both_texts_back():
    before, after = "Työ on äkkiä\nvalmis nyt.", "Työ ei ole äkkiä\nvalmis."
    pieces = diff_words(before, after)
    assert "".join(text for kind, text in pieces if kind != "del") == after
    assert "".join(text for kind, text in pieces if kind != "ins") == before
    assert diff_words("a " * 1000, "b " * 1000) == [("del", "a " * 1000), ("ins", "b " * 1000)]


# --- only what has changed


def test_only_changed_rows_are_shown_and_what_is_hidden_is_counted(cast, kirjautunut, sivun_osoite):
    before = Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=cast.vayla)
    same = send(cast, cast.vayla, before.toteutumisaste, before.kommentti)
    changed = send(cast, cast.toimenpiteet[1], 5, "Kaikki valot on vaihdettu.")
    hilkka = kirjautunut(cast.hilkka)
    assert "Vain muuttuneet 1" in " ".join(hilkka.get(sivun_osoite).text.split())
    page = hilkka.get(f"{sivun_osoite}?vain=muuttuneet")
    assert f'id="k{changed.pk}"' in page.text
    assert f'id="k{same.pk}"' not in page.text
    assert "Rajaus piilottaa yhden rivin, joka on sama kuin edellisellä jaksolla." in page.text
    assert "2 odottaa, 0 / 3 hyväksytty." in " ".join(page.text.split())
    every = hilkka.post(f"{sivun_osoite}?vain=muuttuneet", {"valitse": "kaikki"})
    assert f'value="{changed.pk}"' in every.text
    answer = hilkka.post(f"{sivun_osoite}?vain=muuttuneet", chosen(changed))
    assert answer.headers["Location"] == f"{sivun_osoite}?vain=muuttuneet"
    assert "Mikään muuttunut rivi ei odota hyväksyntää." in hilkka.get(answer.headers["Location"]).text
    same.refresh_from_db()
    assert same.tila == "lahetetty"


def test_a_row_that_waits_for_hilkka_is_shown_whatever_the_filter_says(cast, kirjautunut, sivun_osoite):
    before = Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=cast.vayla)
    same = send(cast, cast.vayla, before.toteutumisaste, before.kommentti)
    data = {f"k{same.pk}-versio": same.versio, "palauta": same.pk, f"k{same.pk}-syy": ""}
    page = kirjautunut(cast.hilkka).post(f"{sivun_osoite}?vain=muuttuneet", data)
    assert page.status_code == 422
    assert f'id="k{same.pk}"' in page.text


def test_a_row_with_no_period_before_has_changed(cast, kirjautunut, sivun_osoite):
    new = send(cast, cast.ranssi, 3, "Vuokrattu.", by=cast.kaisa)
    page = kirjautunut(cast.kaisa).get(f"{sivun_osoite}?vain=muuttuneet&toimiala=ilman")
    assert f'id="k{new.pk}"' in page.text


def test_a_row_with_a_new_value_or_a_units_answer_has_changed(cast, kirjautunut, sivun_osoite):
    before = {kirjaus.toimenpide_id: kirjaus for kirjaus in Kirjaus.objects.filter(jakso=cast.edellinen)}
    valot = cast.toimenpiteet[1]
    measured, answered = (send(cast, each, before[each.pk].toteutumisaste, before[each.pk].kommentti) for each in (
        cast.vayla, valot
    ))  # fmt: skip
    assert "Rajaus piilottaa 2 riviä" in kirjautunut(cast.hilkka).get(f"{sivun_osoite}?vain=muuttuneet").text
    MittariArvo.objects.record(cast.jakso, {cast.mittarit[0]: Mittaus(0, "11", laheta=True)}, by=cast.veikko)
    Osavastaus.objects.record(cast.jakso, valot, [Yksikkovastaus("Katuyksikkö", 4)], by=cast.veikko)
    page = kirjautunut(cast.hilkka).get(f"{sivun_osoite}?vain=muuttuneet").text
    for kirjaus in (measured, answered):
        assert f'id="k{kirjaus.pk}"' in page
    assert "Rajaus piilottaa" not in page
