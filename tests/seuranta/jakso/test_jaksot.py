"""Making a jakso from the last one, and giving more time to answer."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from seuranta.jakso.poisjaavat import list_left_out
from seuranta.models import Kirjaus, MittariArvo, Mittaus, Seurantajakso, ToimialanMaaraaika, Vastaus
from strategia.models import Jasenyys, Strategia, Toimenpide
from tests.silmin import tiivis


@pytest.fixture(autouse=True)
def _tanaan(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: date(2026, 9, 10))


@pytest.fixture
def jatka(cast):
    return reverse("seuranta:jakso-jatka", args=[cast.jakso.pk])


def due(day, hyvaksynta="", toimiala=""):
    return {"vastaus_viimeistaan": day, "hyvaksynta_viimeistaan": hyvaksynta, "toimiala": toimiala}


def stored(cast):
    return Seurantajakso.objects.get(pk=cast.jakso.pk)


# --- who may not


def test_only_who_coordinates_gives_more_time(cast, kirjautunut, jatka):
    for who in (cast.veikko, cast.hilkka, cast.tarmo):
        assert kirjautunut(who).post(jatka, due("2026-09-29")).status_code == 403
    for who in (cast.liisa, cast.ulla):
        assert kirjautunut(who).post(jatka, due("2026-09-29")).status_code == 404
    assert stored(cast).vastaus_viimeistaan == date(2026, 9, 15)


def test_another_kuntas_toimiala_gets_nothing(cast, kirjautunut, jatka):
    answer = kirjautunut(cast.kaisa).post(jatka, due("2026-09-21", "", cast.naapuri.tekniset.pk))
    assert answer.status_code == 422
    assert not ToimialanMaaraaika.objects.exists()


# --- more time


def test_kaisa_gives_everybody_more_time(cast, kirjautunut, jatka):
    assert "15.9.2026" in kirjautunut(cast.kaisa).get(jatka).text
    page = kirjautunut(cast.kaisa).post(jatka, due("2026-09-29", "2026-10-06"), follow=True).text
    assert "Kaikki toimialat: vastausaikaa on nyt 29.9.2026 asti." in page
    jakso = stored(cast)
    assert (jakso.vastaus_viimeistaan, jakso.hyvaksynta_viimeistaan) == (date(2026, 9, 29), date(2026, 10, 6))
    assert jakso.history.first().history_user == cast.kaisa


def test_kaisa_gives_one_toimiala_more_time_and_veikko_sees_it(cast, kirjautunut, jatka):
    kirjautunut(cast.kaisa).post(jatka, due("2026-09-21", "", cast.tekniset.pk))
    assert stored(cast).vastaus_viimeistaan == date(2026, 9, 15)
    own = ToimialanMaaraaika.objects.get()
    assert (own.toimiala, own.kunta, own.vastaus_viimeistaan) == (cast.tekniset, cast.kunta, date(2026, 9, 21))
    entry = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    for path in (entry, "/"):
        assert "21.9.2026" in kirjautunut(cast.veikko).get(path).text
        assert "15.9.2026" in kirjautunut(cast.otso).get(path).text
    assert "vastausaika 21.9.2026" in kirjautunut(cast.kaisa).get(
        reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    ).text  # fmt: skip
    kirjautunut(cast.kaisa).post(jatka, due("2026-09-22", "", cast.tekniset.pk))
    assert ToimialanMaaraaika.objects.get().vastaus_viimeistaan == date(2026, 9, 22)


def test_who_has_longer_keeps_it_and_who_had_less_gets_the_same(cast, kirjautunut, jatka):
    kaisa = kirjautunut(cast.kaisa)
    kaisa.post(jatka, due("2026-09-18", "", cast.tekniset.pk))
    kaisa.post(jatka, due("2026-10-30", "2026-11-06", cast.sivistys.pk))
    kaisa.post(jatka, due("2026-09-29", "2026-10-06"))
    jakso = stored(cast)
    assert jakso.maaraaika(cast.tekniset) == date(2026, 9, 29)
    assert jakso.maaraaika(cast.sivistys) == date(2026, 10, 30)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (due(""), "Täytä tämä kohta."),
        (due("2026-09-15"), "Vastausaikaa on jo 15.9.2026 asti. Anna myöhempi päivä."),
        (due("2026-09-11"), "Vastausaikaa on jo 15.9.2026 asti. Anna myöhempi päivä."),
        (due("2026-09-01"), "Tämä päivä on jo mennyt. Anna tuleva päivä."),
        (due("2026-09-30"), "Hyväksyntä päättyisi 22.9.2026, ennen vastausaikaa. Anna myöhempi päivä."),
        (due("2026-09-30", "2026-09-29"), "Hyväksyntä päättyisi 29.9.2026, ennen vastausaikaa."),
    ],
)
def test_time_is_not_shortened_here_and_what_is_wrong_is_said(data, sentence, cast, kirjautunut, jatka):
    answer = kirjautunut(cast.kaisa).post(jatka, data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert stored(cast).vastaus_viimeistaan == date(2026, 9, 15)


@pytest.mark.parametrize("tila", ["viimeistelyssa", "suljettu"])
def test_there_is_more_time_only_while_answers_are_taken(tila, cast, kirjautunut, jatka):
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila=tila)
    page = kirjautunut(cast.kaisa).post(jatka, due("2026-09-29", "2026-10-06"), follow=True).text
    assert "Vastausaikaa voi jatkaa vain, kun jakso on tulossa tai avoinna." in page
    assert stored(cast).vastaus_viimeistaan == date(2026, 9, 15)


def test_who_works_for_two_toimialat_sees_the_earlier_deadline(cast):
    Jasenyys.objects.create(kunta=cast.kunta, kayttaja=cast.veikko, toimiala=cast.sivistys)
    ToimialanMaaraaika.objects.create(
        kunta=cast.kunta, jakso=cast.jakso, toimiala=cast.tekniset, vastaus_viimeistaan=date(2026, 10, 1)
    )
    for who, day in ((cast.veikko, 15), (cast.otso, 15), (cast.kaisa, 15)):
        assert Seurantajakso.objects.open_to(who).get(pk=cast.jakso.pk).oma_vastausaika == date(2026, 9, day)
    assert Seurantajakso.objects.open_to(cast.hilkka).get(pk=cast.jakso.pk).oma_vastausaika == date(2026, 10, 1)
    assert Seurantajakso.objects.open_to(cast.hilkka).get(pk=cast.jakso.pk).oma_hyvaksyntaaika == date(2026, 9, 22)


def test_shortening_into_the_past_is_told(cast, kirjautunut):
    path = reverse("seuranta:jakso-muokkaa", args=[cast.jakso.pk])
    data = {"nimi": cast.jakso.nimi, "tyyppi": "osavuosikatsaus", "vastaus_viimeistaan": "2026-09-01"}
    page = kirjautunut(cast.kaisa).post(path, data, follow=True).text
    assert "Vastausaika päättyi jo 1.9.2026. Vastata voi silti niin kauan kuin jakso on avoinna." in page


def test_a_slip_in_a_toimialas_own_time_can_be_mended_as_far_as_the_others_have_time(cast, kirjautunut, jatka):
    kaisa = kirjautunut(cast.kaisa)
    kaisa.post(jatka, due("2026-12-21", "2026-12-22", cast.tekniset.pk))
    kaisa.post(jatka, due("2026-09-21", "", cast.tekniset.pk))
    assert ToimialanMaaraaika.objects.get().vastaus_viimeistaan == date(2026, 9, 21)
    page = kaisa.post(jatka, due("2026-09-14", "", cast.tekniset.pk))
    assert "Vastausaikaa on jo 21.9.2026 asti." in page.text
    kaisa.post(jatka, due("2026-09-15", "2026-09-22", cast.tekniset.pk))
    assert not ToimialanMaaraaika.objects.exists(), "sama kuin muilla ei ole oma aika"


def test_a_later_deadline_of_all_is_every_toimialas_when_it_is_edited_too(cast, kirjautunut, jatka):
    kaisa = kirjautunut(cast.kaisa)
    kaisa.post(jatka, due("2026-09-18", "", cast.tekniset.pk))
    kaisa.post(jatka, due("2026-10-30", "2026-11-06", cast.sivistys.pk))
    data = {"nimi": cast.jakso.nimi, "tyyppi": "osavuosikatsaus"} | due("2026-09-29", "2026-10-06")
    kaisa.post(reverse("seuranta:jakso-muokkaa", args=[cast.jakso.pk]), data)
    assert stored(cast).maaraaika(cast.tekniset) == date(2026, 9, 29)
    assert stored(cast).maaraaika(cast.sivistys) == date(2026, 10, 30)


@pytest.mark.parametrize(("tila", "shown"), [("tulossa", True), ("avoinna", True), ("viimeistelyssa", False)])
def test_the_page_offers_more_time_whenever_it_can_be_given(tila, shown, cast, kirjautunut, jatka):
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila=tila)
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk])).text
    assert (f'href="{jatka}"' in page) == shown


# --- a new jakso from the last


def test_the_form_of_a_new_jakso_is_filled_from_the_last_one(cast, kirjautunut):
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-uusi"))
    assert "Ehdotus jatkaa jaksosta Osavuosikatsaus II 2026. Muuta, mitä tarvitset." in page.text
    for value in ("Tilinpäätös 2026", "2026-01-01", "2026-12-31", "2027-01-15", "2027-01-22"):
        assert f'value="{value}"' in page.text
    assert '<option value="tilinpaatos" selected>' in page.text


def test_the_proposal_can_be_saved_as_it_is_or_changed(cast, kirjautunut):
    kaisa, path = kirjautunut(cast.kaisa), reverse("seuranta:jakso-uusi")
    initial = kaisa.get(path).context["form"]
    data = {name: initial[name].value() or "" for name in initial.fields} | {"nimi": "Toimintakertomus 2026"}
    kaisa.post(path, data)
    jakso = Seurantajakso.objects.get(nimi="Toimintakertomus 2026")
    assert (jakso.tila, jakso.paattyy, jakso.edellinen()) == ("tulossa", date(2026, 12, 31), cast.jakso)


def test_each_strategia_is_continued_from_its_own_jaksot(cast, kirjautunut):
    other = Strategia.objects.create(kunta=cast.kunta, nimi="Hyvinvointisuunnitelma")
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-uusi")).text
    assert f'<a href="?strategia={other.pk}">Hyvinvointisuunnitelma</a>' in page
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-uusi"), {"strategia": other.pk}).text
    assert "Ehdotus jatkaa" not in page
    assert f'href="?strategia={cast.strategia.pk}"' in page
    for nowhere in ("9" * 30, "9" * 5000, "²"):
        page = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-uusi"), {"strategia": nowhere})
        assert page.status_code == 200, nowhere[:9]
    page = kirjautunut(cast.ulla).get(reverse("seuranta:jakso-uusi"), {"strategia": cast.strategia.pk}).text
    assert "Ehdotus jatkaa" not in page


def test_approving_does_not_end_before_answering(cast, kirjautunut):
    data = {"nimi": "Uusi", "tyyppi": "muu"} | due("2026-10-10", "2026-10-09")
    answer = kirjautunut(cast.kaisa).post(reverse("seuranta:jakso-uusi"), data)
    assert "Hyväksyntä päättyisi ennen vastausaikaa. Korjaa päivät." in answer.text


# --- the page of the jakso


def test_the_page_of_the_open_jakso_is_vastaustilanne_in_the_menu(cast, kirjautunut):
    kaisa, veikko = kirjautunut(cast.kaisa), kirjautunut(cast.veikko)
    page = reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    here = '<a href="{}" aria-current="true">'
    tilanne, jaksot = here.format("/vastaustilanne/"), here.format("/jaksot/")
    assert tilanne in kaisa.get("/vastaustilanne/", follow=True).text
    for client, path, shown in (
        (kaisa, page, tilanne),
        (veikko, page, jaksot),
        (kaisa, reverse("seuranta:jakso-detail", args=[cast.edellinen.pk]), jaksot),
        (veikko, reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk]), jaksot),
    ):
        text = client.get(path).text
        assert (shown in text, text.count('aria-current="true"')) == (True, 2), path  # the wide menu and the narrow one


def test_reminding_is_offered_only_when_somebody_has_something_to_send(cast, kirjautunut):
    kaisa, page = kirjautunut(cast.kaisa), reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    assert "Lähetä muistutus" in kaisa.get(page).text
    sent = {toimenpide: Vastaus(0, 3, laheta=True) for toimenpide in cast.toimenpiteet}
    Kirjaus.objects.record(cast.jakso, sent, by=cast.kaisa)
    text = kaisa.get(page).text
    assert "8 / 8 lähetetty, 0 ei vastattu." in text and "Lähetä muistutus" in text, "mittari on Otsolla kesken"
    MittariArvo.objects.record(cast.jakso, {cast.mittarit[1]: Mittaus(0, "70", laheta=True)}, by=cast.otso)
    assert "Lähetä muistutus" not in kaisa.get(page).text


def test_a_jakso_without_a_deadline_says_that_no_reminders_leave(cast, kirjautunut):
    kaisa, page = kirjautunut(cast.kaisa), reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    told = "Vastausaikaa ei ole asetettu, joten muistutuksia ei lähde itsestään."
    assert told not in kaisa.get(page).text
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(vastaus_viimeistaan=None)
    assert told in kaisa.get(page).text
    assert told not in kirjautunut(cast.veikko).get(page).text


def test_for_whom_time_is_given_always_has_an_answer(cast, kirjautunut, jatka):
    text = kirjautunut(cast.kaisa).get(jatka).text
    assert "Kenelle?</label>" in text
    assert "Kaikille toimialoille" in text


def test_who_records_finds_the_way_to_answer_and_tarmo_does_not(cast, kirjautunut):
    page = reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    table = reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
    for who, shown in ((cast.veikko, True), (cast.hilkka, True), (cast.tarmo, False)):
        assert (table in kirjautunut(who).get(page).text) == shown, who
    assert table in kirjautunut(cast.veikko).get(reverse("seuranta:omat"), follow=True).text


# --- what a jakso leaves out


def leave_out(cast):
    """The first toimenpide has ended before the open jakso, the second begins after it."""
    ended, later = cast.toimenpiteet[:2]
    Toimenpide.objects.filter(pk=ended.pk).update(voimassa_asti=cast.jakso.alkaa - timedelta(days=1))
    Toimenpide.objects.filter(pk=later.pk).update(voimassa_alkaen=cast.jakso.paattyy + timedelta(days=1))
    return ended, later


def test_the_page_of_a_jakso_tells_what_it_leaves_out_and_why(cast, kirjautunut):
    path = reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    assert "jättää pois" not in kirjautunut(cast.kaisa).get(path).text
    ended, later = leave_out(cast)
    page = tiivis(kirjautunut(cast.kaisa).get(path).text)
    assert "Jakso jättää pois 2 toimenpidettä: 1 päättynyt ennen jaksoa, 1 alkaa jakson jälkeen" in page
    start = page.index("Jakso jättää pois")
    assert start < page.index(ended.nimi.replace("&", "&amp;")) < page.index("Alkaa myöhemmin") < page.index(later.nimi)


def test_the_page_of_a_new_jakso_tells_it_by_the_days_that_it_shows(cast, kirjautunut):
    ended, _later = leave_out(cast)
    kaisa, path = kirjautunut(cast.kaisa), reverse("seuranta:jakso-uusi")
    page = tiivis(kaisa.get(path).text)  # the proposal: the whole year
    assert "jättää pois" not in page
    data = {"tyyppi": "muu", "alkaa": "2026-09-01", "paattyy": "2026-12-31"}  # no name: the form comes back
    page = tiivis(kaisa.post(path, data).text)
    assert "Jakso jättää pois 1 toimenpiteen: 1 päättynyt ennen jaksoa" in page
    assert ended.nimi.replace("&", "&amp;") in page


def test_a_jakso_without_known_days_leaves_nothing_out(cast):
    leave_out(cast)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(alkaa=None, paattyy=None)
    cast.jakso.refresh_from_db()
    assert list_left_out(cast.jakso).kaikki == 0
    assert len(cast.jakso.toimenpiteet()) == len(cast.toimenpiteet)
    assert list_left_out(Seurantajakso(strategia=cast.strategia)).kaikki == 0


def test_a_closed_jakso_leads_to_its_report_and_an_open_one_to_its_messages_before_the_next_step(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    closed = kaisa.get(reverse("seuranta:jakso-detail", args=[cast.edellinen.pk])).text
    step = closed[closed.index("Seuraava vaihe") : closed.index("Kokoukset</h2>")]
    assert f'href="{reverse("raportit:versio-detail", args=[cast.versio.pk])}">Avaa raportti</a>' in step
    assert "Avaa uudelleen" in step
    opened = kaisa.get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk])).text
    assert "Avaa raportti" not in opened
    assert opened.index("Viestit riveiltä") < opened.index("Seuraava vaihe")


def test_the_question_before_viimeistely_is_reloaded_as_an_address(cast, kirjautunut):
    """A reload, a bookmark or the way back from signing in asks for it by GET: no dead end, and nothing moves."""
    kaisa, path = kirjautunut(cast.kaisa), reverse("seuranta:jakso-viimeistele", args=[cast.jakso.pk])
    assert "Siirrä viimeistelyyn" in kaisa.post(path).text
    answer = kaisa.get(path)
    assert (answer.status_code, answer.url) == (302, reverse("seuranta:jakso-detail", args=[cast.jakso.pk]))
    assert stored(cast).tila == Seurantajakso.Tila.AVOINNA
    assert kirjautunut(cast.veikko).get(path).status_code == 403
    assert kirjautunut(cast.ulla).get(path).status_code == 404
