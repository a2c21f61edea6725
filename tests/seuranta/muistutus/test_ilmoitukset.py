"""Who is told that a jakso opened or is finished, and of rows that wait for approval: once, and while it is true."""

import threading
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from seuranta.models import Kirjaus, MittariArvo, Mittaus, Seurantajakso
from seuranta.muistutus.hyvaksyttavana import tell_waiting
from seuranta.muistutus.kaanteet import announce, tell_turns
from strategia.models import Ilmoitusviesti, Mittari
from tests.cast import build_cast
from tests.posti import html_of, text_of

from .muistuttaminen import answer, veikon_rivit

PERJANTAI, LAUANTAI, MAANANTAI = date(2026, 9, 4), date(2026, 9, 5), date(2026, 9, 7)


@pytest.fixture
def avattu(cast, kirjautunut, tanaan):
    """Kaisa opens the jakso on a Friday, with a sentence of her own."""
    tanaan(PERJANTAI)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila="tulossa")
    kaisa, page = kirjautunut(cast.kaisa), reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    seen = kaisa.get(page).text
    assert "Avaamisesta kerrotaan 2 henkilölle seuraavana arkiaamuna" in seen
    assert cast.veikko.email in seen and cast.otso.email in seen and cast.hilkka.email not in seen
    path = reverse("seuranta:jakso-avaa", args=[cast.jakso.pk])
    told = kaisa.post(path, {"lause": "Luvut saa taloudesta & Uunolta."}, follow=True).text
    assert "Siitä kerrotaan 2 henkilölle aamulla." in told
    cast.jakso.refresh_from_db()
    return cast


def test_an_opening_is_told_on_the_next_working_morning_once(avattu, posti):
    assert posti.viestit == []
    assert tell_turns(today=LAUANTAI).lahteneet == []
    for _ in range(2):
        tell_turns(today=MAANANTAI)
    [viesti] = posti.sent_to(avattu.veikko)
    assert viesti["Subject"] == "Vastattavana: Osavuosikatsaus II 2026"
    text = text_of(viesti)
    assert "Sinulla on 3 toimenpidettä vastattavana.\nVastaa viimeistään 15.9.2026." in text
    assert f"https://localhost/jaksot/{avattu.jakso.pk}/kirjaa/" in text
    assert "Luvut saa taloudesta & Uunolta.\n– Kaisa" in text
    assert "taloudesta &amp; Uunolta" in html_of(viesti)
    assert len(posti.viestit) == 2


def test_what_is_no_longer_true_is_dropped_and_the_log_says_why(avattu, posti, kirjautunut, tanaan):
    for toimenpide in veikon_rivit(avattu):
        answer(avattu, toimenpide)
    avattu.otso.viestivalinnat = {"avaus": False}
    avattu.otso.save()
    tanaan(MAANANTAI)
    out = StringIO()
    call_command("muistuta", stdout=out)
    assert posti.sent_to(avattu.veikko) == posti.sent_to(avattu.otso) == []
    assert "ei lähde. Henkilöllä ei enää ole vastattavaa." in out.getvalue()
    page = kirjautunut(avattu.kaisa).get(reverse("seuranta:muistutus-lista", args=[avattu.jakso.pk])).text
    assert "Ei lähtenyt, ei enää tarpeen" in page
    assert "Henkilö ei halua näitä viestejä." in page


def test_who_was_deactivated_meanwhile_hears_nothing(avattu, posti):
    avattu.veikko.is_active = False
    avattu.veikko.save()
    tell_turns(today=MAANANTAI)
    assert posti.sent_to(avattu.veikko) == []
    assert len(posti.sent_to(avattu.otso)) == 1


def test_an_opening_that_was_taken_to_viimeistely_is_told_as_that(avattu, posti):
    avattu.jakso.finish(by=avattu.kaisa)
    announce(avattu.jakso, "viimeistely", by=avattu.kaisa)
    tell_turns(today=MAANANTAI)
    [viesti] = posti.sent_to(avattu.veikko)
    assert viesti["Subject"] == "Jakso Osavuosikatsaus II 2026 on viimeistelyssä."
    assert set(Ilmoitusviesti.objects.filter(laji="avaus").values_list("tila", flat=True)) == {"korvattu"}


def test_a_jakso_turned_forth_and_back_the_same_day_is_told_as_it_is_in_the_morning(avattu, posti, kirjautunut):
    kaisa = kirjautunut(avattu.kaisa)
    for name, n in (("viimeistele", 3), ("avaa", 2), ("viimeistele", 3), ("avaa", 2)):
        path = reverse(f"seuranta:jakso-{name}", args=[avattu.jakso.pk])
        told = kaisa.post(path, {"vahvista": "1", "lause": "Sittenkin."}, follow=True).text
        assert f"Siitä kerrotaan {n} henkilölle aamulla." in told
    tell_turns(today=MAANANTAI)
    assert [viesti["Subject"] for viesti in posti.viestit] == ["Vastattavana: Osavuosikatsaus II 2026"] * 2
    assert "Sittenkin." in text_of(posti.sent_to(avattu.veikko)[0])


def test_viimeistely_is_told_to_those_who_approve_too_once_koordinaattori_has_seen_to_whom(
    cast, posti, kirjautunut, tanaan
):
    """Each hears what was left; of those who hear, no other's sentence goes."""
    tanaan(PERJANTAI)
    answer(cast, veikon_rivit(cast)[0])
    kaisa, path = kirjautunut(cast.kaisa), reverse("seuranta:jakso-viimeistele", args=[cast.jakso.pk])
    asked = kaisa.post(path).text
    assert "Siirrosta kerrotaan 3 henkilölle seuraavana arkiaamuna" in asked
    assert "Yksi lähetetty rivi on hyväksymättä." in asked
    assert all(each.email in asked for each in (cast.veikko, cast.otso, cast.hilkka))
    told = kaisa.post(path, {"vahvista": "1", "lause": "Kiitos."}, follow=True).text
    assert "Siitä kerrotaan 3 henkilölle aamulla." in told
    tell_turns(today=MAANANTAI)
    texts = {each: text_of(posti.sent_to(each)[0]) for each in (cast.veikko, cast.otso, cast.hilkka)}
    assert all("Kiitos.\n– Kaisa" in text and "eikä hyväksyä" in text for text in texts.values())
    assert "Sinulta jäi lähettämättä 2 toimenpidettä." in texts[cast.veikko] and "Sinulta jäi" not in texts[cast.hilkka]
    page = f"/jaksot/{cast.jakso.pk}/vastaukset/"
    assert f"https://localhost{page}\n" in texts[cast.hilkka]
    assert kirjautunut(cast.hilkka).get(page).status_code == kirjautunut(cast.veikko).get(page).status_code == 200


def test_a_mail_server_that_fails_midway_leaves_the_rest_to_the_next_run(avattu, posti):
    posti.torjutut.add(avattu.otso.email)
    tulos = tell_turns(today=MAANANTAI)
    assert [m.kayttaja for m in tulos.lahteneet] == [avattu.veikko]
    assert [m.kayttaja for m in tulos.jaaneet] == [avattu.otso]
    posti.torjutut.clear()
    assert [m.kayttaja for m in tell_turns(today=MAANANTAI).lahteneet] == [avattu.otso]
    assert len(posti.viestit) == 2


# --- rows that wait for approval


def test_hilkka_gets_one_digest_of_all_rows_and_none_until_there_is_something_new(cast, posti):
    for toimenpide in veikon_rivit(cast)[:2]:
        answer(cast, toimenpide)
    for day in (PERJANTAI, PERJANTAI, LAUANTAI, MAANANTAI):
        tell_waiting(cast.kunta, today=day)
    [viesti] = posti.sent_to(cast.hilkka)
    assert viesti["Subject"] == "Hyväksyttäviä rivejä odottaa sinua"
    assert "Osavuosikatsaus II 2026: 2 riviä odottaa hyväksymistäsi." in text_of(viesti)
    assert "https://localhost/hyvaksyttavat/" in text_of(viesti)
    answer(cast, veikon_rivit(cast)[2])
    tell_waiting(cast.kunta, today=date(2026, 9, 8))
    assert "3 riviä odottaa" in text_of(posti.sent_to(cast.hilkka)[1])
    assert posti.sent_to(cast.veikko) == posti.sent_to(cast.ulla) == []


def test_rows_of_a_toimiala_without_a_hyvaksyja_are_the_koordinaattoris(cast, posti):
    answer(cast, cast.kerho)
    tell_waiting(cast.kunta, today=PERJANTAI)
    assert [viesti.vastaanottajat for viesti in posti.viestit] == [[cast.kaisa.email]]


def test_values_of_no_toimenpide_wait_in_the_digest_too(cast, posti):
    """Of a toimiala that approves its own and of none; one of a toimenpide is approved with its row."""
    own = {"kunta": cast.kunta, "strategia": cast.strategia, "tavoite": cast.tavoitteet[0]}
    mine = Mittari.objects.create(**own, nimi="Päästöt", toimiala=cast.tekniset)
    nobodys = Mittari.objects.create(**own, nimi="Asukkaat")
    told = {mittari: Mittaus(0, "5", laheta=True) for mittari in (mine, nobodys)}
    MittariArvo.objects.record(cast.jakso, told, by=cast.kaisa)
    answer(cast, veikon_rivit(cast)[0])
    tell_waiting(cast.kunta, today=PERJANTAI)
    text = text_of(posti.sent_to(cast.hilkka)[0])
    assert "1 rivi odottaa hyväksymistäsi.\nOsavuosikatsaus II 2026: 1 mittarin arvo odottaa hyväksymistäsi." in text
    assert "riv" not in text_of(posti.sent_to(cast.kaisa)[0]).split("Avaa")[0]
    Kirjaus.objects.filter(jakso=cast.jakso).update(tila="hyvaksytty")
    MittariArvo.objects.filter(mittari=mine).update(muokattu=timezone.now() + timedelta(minutes=1))
    tell_waiting(cast.kunta, today=MAANANTAI)
    assert "riv" not in text_of(posti.sent_to(cast.hilkka)[1]).split("Avaa")[0]


def test_the_deadline_of_approving_is_told_three_days_before_and_on_the_day(cast, posti):
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(hyvaksynta_viimeistaan=date(2026, 9, 17))
    answer(cast, veikon_rivit(cast)[0])
    for day in range(14, 22):
        tell_waiting(cast.kunta, today=date(2026, 9, day))
    sent = posti.sent_to(cast.hilkka)
    assert [viesti["Subject"] for viesti in sent] == ["Hyväksymisen määräaika lähestyy: Osavuosikatsaus II 2026"] * 2
    assert "Hyväksy viimeistään 17.9.2026." in text_of(sent[0])
    assert list(Ilmoitusviesti.objects.order_by("pk").values_list("vaihe", flat=True)) == ["3", "0"]


def test_who_has_switched_them_off_or_has_approved_gets_none(cast, posti):
    cast.hilkka.viestivalinnat = {"hyvaksyttavat": False}
    cast.hilkka.save()
    answer(cast, veikon_rivit(cast)[0])
    tell_waiting(cast.kunta, today=PERJANTAI)
    Kirjaus.objects.filter(jakso=cast.jakso).update(tila="hyvaksytty")
    cast.hilkka.viestivalinnat = {}
    cast.hilkka.save()
    tell_waiting(cast.kunta, today=PERJANTAI)
    assert posti.viestit == []


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_one_digest(posti, kierrokset):
    cast = build_cast()
    answer(cast, veikon_rivit(cast)[0])
    for n in range(kierrokset(50)):
        Ilmoitusviesti.objects.all().delete()
        posti.viestit.clear()
        start = threading.Barrier(3)
        threads = [threading.Thread(target=_run, args=(start, cast.kunta)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(posti.viestit) == 1, n


def _run(start, kunta):
    try:
        start.wait()
        tell_waiting(kunta, today=PERJANTAI)
    finally:
        connection.close()
