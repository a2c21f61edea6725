"""The deadlines and meetings as a calendar of one's own: names and dates, by a key that dies with one's access."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from seuranta.kalenteri.tapahtumat import list_events
from seuranta.models import Kirjaus, Kokous, Seurantajakso, Vastaus
from strategia.kayttaja.tunnus import set_active
from strategia.models import Kalenteriavain, Rooli

SIVU, ICS = reverse("seuranta:kalenteri"), reverse("seuranta:kalenteri-ics")
SALAISUUS = "Kanarialintu 8841"


@pytest.fixture
def paivat(cast):
    """The open jakso with its days, and a meeting; the closed one with a meeting of its own."""
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(
        vastaus_viimeistaan="2026-09-15", hyvaksynta_viimeistaan="2026-09-22", sulkeminen_suunniteltu="2026-10-01"
    )
    own = {"kunta": cast.kunta, "toimielin": "Kunnanvaltuusto & hallitus"}
    Kokous.objects.create(jakso=cast.jakso, pvm=datetime.date(2026, 10, 30), **own)
    Kokous.objects.create(jakso=cast.edellinen, pvm=datetime.date(2026, 6, 8), **own)
    naapuri = cast.naapuri
    Kokous.objects.create(kunta=naapuri.kunta, jakso=naapuri.jakso, toimielin=SALAISUUS, pvm=datetime.date(2026, 6, 8))


def read(client, key):
    return client.get(ICS, {"avain": key})


def told(answer):
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(each["DTSTART"].dt.isoformat(), str(each["SUMMARY"])) for each in events]


def test_the_calendar_tells_names_and_dates_alone(cast, paivat, client, settings):
    settings.SITE_URL = "https://seuranta.example"
    note = Vastaus(0, 3, kommentti=SALAISUUS, sisainen_huomio=SALAISUUS, laheta=True)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: note}, by=cast.veikko)
    answer = read(client, Kalenteriavain.objects.make(cast.kaisa))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    nimi = cast.jakso.nimi
    assert told(answer)[-4:] == [
        ("2026-09-15", f"Vastausaika päättyy: {nimi}"),
        ("2026-09-22", f"Hyväksyntä päättyy: {nimi}"),
        ("2026-10-01", f"Jakso suljetaan: {nimi}"),
        ("2026-10-30", f"Kunnanvaltuusto & hallitus käsittelee raportin: {nimi}"),
    ]
    assert SALAISUUS.encode() not in answer.content
    links = {str(each["URL"]) for each in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert f"https://seuranta.example/jaksot/{cast.jakso.pk}/" in links
    assert all(link.startswith("https://seuranta.example/") for link in links)


@pytest.mark.parametrize(
    ("tila", "left"),
    [
        ("avoinna", ["Vastausaika päättyy", "Hyväksyntä päättyy", "Jakso suljetaan"]),
        ("viimeistelyssa", ["Jakso suljetaan"]),
        ("suljettu", []),
    ],
)
def test_a_day_that_the_jakso_has_gone_past_does_not_come(cast, paivat, client, tila, left):
    ahead = timezone.localdate() + datetime.timedelta(days=3)
    days = dict.fromkeys(("vastaus_viimeistaan", "hyvaksynta_viimeistaan", "sulkeminen_suunniteltu"), ahead)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila=tila, **days)
    events = told(read(client, Kalenteriavain.objects.make(cast.kaisa)))
    assert sorted(name for day, name in events if day == ahead.isoformat()) == sorted(
        f"{name}: {cast.jakso.nimi}" for name in left
    )


def test_the_day_that_answering_ended_stays_after_the_closing(cast, paivat, client):
    past = timezone.localdate() - datetime.timedelta(days=3)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila="suljettu", vastaus_viimeistaan=past)
    events = told(read(client, Kalenteriavain.objects.make(cast.kaisa)))
    assert (past.isoformat(), f"Vastausaika päättyy: {cast.jakso.nimi}") in events
    [label] = [each.lyhyt for each in list_events(cast.kaisa) if each.jakso == cast.jakso and each.laji == "vastaus"]
    assert label == "vastausaika päättyi", "kuvan lippu kertoo menneestä"


def test_the_councillor_gets_the_meetings_of_what_is_closed(cast, paivat, client):
    answer = read(client, Kalenteriavain.objects.make(cast.liisa))
    expected = f"Kunnanvaltuusto & hallitus käsittelee raportin: {cast.edellinen.nimi}"
    assert told(answer) == [("2026-06-08", expected)]


def test_a_wrong_key_looks_like_a_missing_page(cast, paivat, client):
    Kalenteriavain.objects.make(cast.kaisa)
    missing = client.get("/ei-ole.ics")
    for key in ("", "väärä", "x" * 500):
        answer = read(client, key)
        assert answer.status_code == missing.status_code == 404
        assert not answer.cookies
    assert client.get(ICS).status_code == 404


@pytest.mark.parametrize("how", ["käytöstä", "rooli", "lopetettu", "uusi avain"])
def test_the_key_dies_with_the_access(cast, paivat, client, kirjautunut, how):
    key = Kalenteriavain.objects.make(cast.hilkka)
    assert read(client, key).status_code == 200
    if how == "käytöstä":
        type(cast.hilkka).objects.filter(pk=cast.hilkka.pk).update(is_active=False)
    elif how == "rooli":
        type(cast.hilkka).objects.filter(pk=cast.hilkka.pk).update(rooli=Rooli.RAPORTOIJA)
    elif how == "lopetettu":
        kirjautunut(cast.hilkka).post(SIVU, {"lopeta": "1"})
    else:
        kirjautunut(cast.hilkka).post(SIVU)
    assert read(client, key).status_code == 404


def test_a_renewed_access_revives_no_key(cast, paivat, client):
    key = Kalenteriavain.objects.make(cast.hilkka)
    set_active(cast.hilkka, False, by=cast.aino)
    set_active(cast.hilkka, True, by=cast.aino)
    assert read(client, key).status_code == 404


def test_the_key_is_shown_once_and_only_its_digest_is_stored(cast, client, kirjautunut, settings):
    settings.SITE_URL = "https://seuranta.example"
    veikko = kirjautunut(cast.veikko)
    page = veikko.post(SIVU).text
    (key,) = re.findall(r"https://seuranta\.example/kalenteri\.ics\?avain=([\w-]+)", page)
    assert read(client, key).status_code == 200
    assert key not in veikko.get(SIVU).text
    assert key not in str(list(Kalenteriavain.objects.values()))


def test_reading_opens_no_session(cast, client):
    answer = read(client, Kalenteriavain.objects.make(cast.veikko))
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_koordinaattori_adds_and_takes_away_a_meeting(cast, kirjautunut):
    kaisa, path = kirjautunut(cast.kaisa), reverse("seuranta:kokous-uusi", args=[cast.jakso.pk])
    meeting = {"toimielin": "Kunnanvaltuusto", "pvm": "2026-10-30"}
    assert "Kokous on lisätty." in kaisa.post(path, meeting, follow=True).text
    assert "30.10.2026 Kunnanvaltuusto" in kaisa.get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk])).text
    again = kaisa.post(path, meeting | {"toimielin": " kunnanvaltuusto"})
    assert again.status_code == 422
    assert "Tämä kokous on jo lisätty." in again.text
    kokous = Kokous.objects.get()
    assert kirjautunut(cast.veikko).post(reverse("seuranta:kokous-poista", args=[kokous.pk])).status_code == 403
    assert kirjautunut(cast.ulla).post(reverse("seuranta:kokous-poista", args=[kokous.pk])).status_code == 404
    kaisa.post(reverse("seuranta:kokous-poista", args=[kokous.pk]))
    assert not Kokous.objects.exists()


def test_the_planned_closing_is_given_with_the_jakso(cast, kirjautunut):
    path = reverse("seuranta:jakso-muokkaa", args=[cast.jakso.pk])
    page = kirjautunut(cast.kaisa).get(path)
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"sulkeminen_suunniteltu": "2026-10-01"}
    kirjautunut(cast.kaisa).post(path, data)
    cast.jakso.refresh_from_db()
    assert cast.jakso.sulkeminen_suunniteltu == datetime.date(2026, 10, 1)


def test_one_key_is_read_sixty_times_an_hour(cast, paivat, client, monkeypatch):
    monkeypatch.setattr("seuranta.kalenteri.tahti.time.time", lambda: 1_800_000_600)
    kaisa, veikko = (Kalenteriavain.objects.make(who) for who in (cast.kaisa, cast.veikko))
    assert [read(client, kaisa).status_code for _ in range(62)] == [*[200] * 60, 429, 429]
    answer = read(client, kaisa)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8" and not answer.cookies
    assert answer.text == "Kalenteria on haettu liian usein. Yritä myöhemmin uudelleen.\n"
    assert answer.headers["Retry-After"] == "3000" and "no-store" in answer.headers["Cache-Control"]
    assert read(client, veikko).status_code == 200, "toisen avain"
    monkeypatch.setattr("seuranta.kalenteri.tahti.time.time", lambda: 1_800_003_600)
    assert read(client, kaisa).status_code == 200, "seuraavana tuntina"


def test_wrong_keys_from_one_address_are_refused_in_the_end_and_keep_no_right_key_out(cast, client, monkeypatch):
    monkeypatch.setattr("seuranta.kalenteri.views.OSOITTEESTA", 3)
    key = Kalenteriavain.objects.make(cast.kaisa)
    assert [read(client, "väärä").status_code for _ in range(4)] == [404, 404, 404, 429]
    assert read(client, key).status_code == 200
    other = client.get(ICS, {"avain": "väärä"}, REMOTE_ADDR="198.51.100.7", secure=True)
    assert other.status_code == 404, "toisesta osoitteesta"
