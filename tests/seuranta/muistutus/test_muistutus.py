"""Reminding: over a real mail server, once, of what is still open, and never anybody who is done."""

import re
import threading
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from seuranta.models import Kirjaus, Seurantajakso, ToimialanMaaraaika
from seuranta.muistutus.viestit import remind_due
from strategia.models import Ilmoitusviesti, Jasenyys
from tests.cast import build_cast, create_user
from tests.posti import html_of, text_of

from .muistuttaminen import MAARAPAIVA, answer, run_days, veikon_rivit

# --- the message


def test_veikko_gets_one_message_in_text_and_html_with_links(cast, posti):
    answer(cast, veikon_rivit(cast)[0], Kirjaus.Tila.PALAUTETTU, palautuksen_syy="Montako\nmetriä?")
    answer(cast, veikon_rivit(cast)[1], Kirjaus.Tila.LUONNOS)
    cast.kunta.virallinen_nimi = "Kirkkoranta & Äijänsuo"
    cast.kunta.save()
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(nimi="Välikatsaus – kesä & syksy 2026")
    assert len(remind_due(today=MAARAPAIVA).lahteneet) == 3
    [viesti] = posti.sent_to(cast.veikko)
    assert viesti["Subject"] == "Tänään on viimeinen vastauspäivä: Välikatsaus – kesä & syksy 2026"
    assert viesti["To"] == cast.veikko.email
    assert viesti["Reply-To"] == cast.kaisa.email
    assert (viesti["Auto-Submitted"], viesti["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert viesti.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in viesti.iter_parts()] == ["text/plain", "text/html"]
    text, html = text_of(viesti), html_of(viesti)
    assert "Hei Veikko Väänänen" in text
    assert "3 toimenpidettä odottaa vastaustasi. Jakso on Välikatsaus – kesä & syksy 2026." in text
    assert "Tänään 15.9.2026 on viimeinen vastauspäivä." in text
    assert "Palautettu täydennettäväksi: Montako metriä?" in text
    assert "Luonnos" in text
    assert "Ei vastattu" in text
    assert "Kirkkoranta & Äijänsuo" in text
    assert "Kirkkoranta &amp; Äijänsuo" in html
    page = f"https://localhost/jaksot/{cast.jakso.pk}/kirjaa/"
    for toimenpide in veikon_rivit(cast):
        assert f"- {toimenpide.nimi}\n" in text
        row = f"{page}?rivi={toimenpide.pk}#t{toimenpide.pk}"
        assert f"{row}\n" in text
        assert f'href="{row}"' in html
    assert f"{page}\n" in text
    assert "Kerho" not in text


def test_the_links_begin_with_the_address_of_the_site(cast, posti, settings):
    settings.SITE_URL = "https://seuranta.kirkkoranta.example"
    remind_due(today=MAARAPAIVA)
    links = re.findall(r"https?://\S+", text_of(posti.sent_to(cast.veikko)[0]))
    assert links
    assert all(link.startswith("https://seuranta.kirkkoranta.example/jaksot/") for link in links[:-1])
    assert links[-1] == "https://seuranta.kirkkoranta.example/omat-tiedot/", "mitä viestejä saat"


@pytest.mark.parametrize(
    ("day", "subject", "sentence"),
    [
        (date(2026, 9, 1), "Vastaa viimeistään 15.9.2026: ", "Vastaa viimeistään 15.9.2026."),
        (date(2026, 9, 14), "Vastaa viimeistään 15.9.2026: ", "Vastaa viimeistään 15.9.2026."),
        (date(2026, 9, 15), "Tänään on viimeinen vastauspäivä: ", "Tänään 15.9.2026 on viimeinen vastauspäivä."),
        (date(2026, 9, 18), "Vastausaika päättyi 15.9.2026: ", "Vastausaika päättyi 15.9.2026. Voit vielä vastata."),
    ],
)
def test_each_message_says_how_much_time_there_is(day, subject, sentence, cast, posti):
    remind_due(today=day)
    [viesti] = posti.sent_to(cast.otso)
    assert viesti["Subject"] == subject + "Osavuosikatsaus II 2026"
    assert sentence in text_of(viesti)


# --- when and to whom


def test_from_august_to_october_each_is_reminded_four_times(cast, posti):
    days = run_days(date(2026, 8, 1), date(2026, 10, 31))
    expected = [date(2026, 9, 1), date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 18)]
    # Ränssi without a toimiala is Kaisa's; Hilkka has Veikko to answer; Metsäpitäjä's toimiala has nobody.
    assert days == dict.fromkeys(expected, ["kaisa", "otso", "veikko"])


def test_reminding_ends_when_the_rows_have_been_sent(cast, posti):
    for toimenpide in veikon_rivit(cast):
        answer(cast, toimenpide)
    remind_due(today=MAARAPAIVA)
    assert posti.sent_to(cast.veikko) == []
    assert posti.sent_to(cast.otso)


def test_an_approved_row_is_done_and_a_returned_one_is_open_again(cast, posti):
    for toimenpide in veikon_rivit(cast):
        answer(cast, toimenpide, Kirjaus.Tila.HYVAKSYTTY)
    Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=cast.vayla).update(tila="palautettu", palautuksen_syy="Miksi?")
    remind_due(today=MAARAPAIVA)
    assert "1 toimenpide odottaa vastaustasi." in text_of(posti.sent_to(cast.veikko)[0])


def test_who_is_no_longer_in_use_gets_nothing_and_the_hyvaksyja_answers(cast, posti):
    cast.veikko.is_active = False
    cast.veikko.save()
    remind_due(today=MAARAPAIVA)
    assert posti.sent_to(cast.veikko) == []
    assert len(posti.sent_to(cast.hilkka)) == 1


def test_a_named_person_is_reminded_of_a_row_and_the_others_of_the_toimiala_are_not(cast, posti):
    pekka = create_user(cast.kunta, "Pekka Pitkänen", "raportoija", cast.tekniset)
    cast.vayla.vastuuhenkilot.add(pekka, through_defaults={"kunta": cast.kunta})
    remind_due(today=MAARAPAIVA)
    assert "Väylä" in text_of(posti.sent_to(pekka)[0])
    assert "Väylä" not in text_of(posti.sent_to(cast.veikko)[0])
    assert "katuvalot" in text_of(posti.sent_to(pekka)[0])


def test_when_the_named_person_has_left_the_others_of_the_toimiala_are_reminded(cast, posti):
    pekka = create_user(cast.kunta, "Pekka Pitkänen", "raportoija", cast.tekniset)
    cast.vayla.vastuuhenkilot.add(pekka, through_defaults={"kunta": cast.kunta})
    pekka.is_active = False
    pekka.save()
    remind_due(today=MAARAPAIVA)
    assert "Väylä" in text_of(posti.sent_to(cast.veikko)[0])
    assert posti.sent_to(cast.hilkka) == posti.sent_to(pekka) == []


def test_a_named_person_who_may_not_record_the_row_is_not_asked_to(cast, posti):
    cast.vayla.vastuuhenkilot.add(cast.otso, through_defaults={"kunta": cast.kunta})
    remind_due(today=MAARAPAIVA)
    assert "Väylä" not in text_of(posti.sent_to(cast.otso)[0])
    assert "Väylä" in text_of(posti.sent_to(cast.hilkka)[0])


@pytest.mark.parametrize("tila", ["tulossa", "viimeistelyssa", "suljettu"])
def test_only_an_open_jakso_is_reminded_of(tila, cast, posti):
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila=tila)
    assert remind_due(cast.kunta, today=MAARAPAIVA).lahteneet == []


def test_a_toimiala_of_its_own_deadline_is_reminded_by_it(cast, posti):
    create_own_deadline(cast, cast.tekniset, date(2026, 10, 6))
    days = run_days(date(2026, 9, 1), date(2026, 10, 15))
    assert [day for day, who in days.items() if "veikko" in who] == [
        date(2026, 9, 22), date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 9)
    ]  # fmt: skip
    assert [day for day, who in days.items() if "otso" in who][-1] == date(2026, 9, 18)
    assert "Vastaa viimeistään 6.10.2026." in text_of(posti.sent_to(cast.veikko)[0])


def create_own_deadline(cast, toimiala, day):
    ToimialanMaaraaika.objects.create(kunta=cast.kunta, jakso=cast.jakso, toimiala=toimiala, vastaus_viimeistaan=day)


def test_who_works_for_two_toimialat_gets_one_message_with_both_deadlines(cast, posti):
    Jasenyys.objects.create(kunta=cast.kunta, kayttaja=cast.veikko, toimiala=cast.sivistys)
    create_own_deadline(cast, cast.sivistys, date(2026, 9, 29))
    remind_due(today=MAARAPAIVA)  # also 14 days before the other deadline
    [viesti] = posti.sent_to(cast.veikko)
    text = text_of(viesti)
    assert text.index("Vastaa viimeistään 15.9.2026\n") < text.index("Väylä") < text.index("29.9.2026\n")
    assert text.index("29.9.2026\n") < text.index("Kerho jokaiselle koululle")


def test_rows_without_a_deadline_do_not_stand_under_anothers(cast, posti):
    Jasenyys.objects.create(kunta=cast.kunta, kayttaja=cast.veikko, toimiala=cast.sivistys)
    create_own_deadline(cast, cast.sivistys, MAARAPAIVA)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(vastaus_viimeistaan=None)
    remind_due(today=MAARAPAIVA)
    text = text_of(posti.sent_to(cast.veikko)[0])
    assert text.index("15.9.2026\n") < text.index("Kerho") < text.index("Ei määräaikaa\n") < text.index("Väylä")


def test_a_deadline_that_was_extended_is_reminded_of_anew(cast, posti):
    remind_due(today=date(2026, 9, 1))
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(vastaus_viimeistaan=date(2026, 9, 29))
    assert remind_due(today=date(2026, 9, 14)).lahteneet == []
    assert remind_due(cast.kunta, today=date(2026, 9, 15)).lahteneet
    assert len(posti.sent_to(cast.veikko)) == 2


# --- once


def test_cron_twice_the_same_day_sends_once(cast, posti):
    for _ in range(3):
        remind_due(cast.kunta, today=MAARAPAIVA)
    assert len(posti.viestit) == Ilmoitusviesti.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_crons_at_once_send_once(posti, kierrokset):
    cast = build_cast()
    for n in range(kierrokset(100)):
        Ilmoitusviesti.objects.all().delete()
        posti.viestit.clear()
        start, told = threading.Barrier(3), []
        threads = [threading.Thread(target=run_cron, args=(start, told, cast)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(told) == len(posti.viestit) == 3, n
        assert set(Ilmoitusviesti.objects.values_list("tila", flat=True)) == {"lahetetty"}


def run_cron(start, told, cast):
    try:
        start.wait()
        told.append(len(remind_due(cast.kunta, today=MAARAPAIVA).lahteneet))
    finally:
        connection.close()


# --- a day that cron missed


def test_a_reminder_whose_day_cron_missed_goes_the_next_day_and_only_once(cast, posti):
    assert remind_due(cast.kunta, today=date(2026, 8, 31)).lahteneet == []
    days = run_days(date(2026, 9, 2), date(2026, 9, 11), kunta=cast.kunta)
    assert set(days) == {date(2026, 9, 2)} and len(days[date(2026, 9, 2)]) == 3
    assert set(Ilmoitusviesti.objects.values_list("vaihe", flat=True)) == {"14"}


def test_a_jakso_that_opens_after_a_reminders_day_has_missed_nothing(cast, posti):
    assert remind_due(cast.kunta, today=date(2026, 9, 2)).lahteneet == []


def test_after_many_missed_days_only_the_latest_reminder_goes(cast, posti):
    remind_due(cast.kunta, today=date(2026, 8, 31))
    assert len(remind_due(cast.kunta, today=date(2026, 9, 16)).lahteneet) == 3
    assert set(Ilmoitusviesti.objects.values_list("vaihe", flat=True)) == {"0"}
    assert posti.sent_to(cast.veikko)[0]["Subject"].startswith("Vastausaika päättyi 15.9.2026")


def test_a_run_that_broke_off_repeats_nothing_the_next_day(cast, posti):
    """Otso had got his before the machine stopped, Veikko had not."""
    posti.torjutut.add(cast.veikko.email)
    remind_due(cast.kunta, today=date(2026, 9, 1))
    Ilmoitusviesti.objects.filter(kayttaja=cast.veikko).delete()
    Seurantajakso.objects.update(muistutettu=date(2026, 8, 31))
    posti.torjutut.clear()
    assert [m.kayttaja for m in remind_due(cast.kunta, today=date(2026, 9, 2)).lahteneet] == [cast.veikko]
    assert len(posti.sent_to(cast.otso)) == len(posti.sent_to(cast.veikko)) == 1


# --- the mail server


def test_what_did_not_leave_is_kept_and_sent_by_the_next_run(cast, posti):
    posti.stop()
    tulos = remind_due(cast.kunta, today=MAARAPAIVA)
    assert len(tulos.jaaneet) == 3
    assert {m.tila for m in tulos.jaaneet} == {"epaonnistui"}
    assert "Connection refused" in tulos.jaaneet[0].virhe
    posti.start()
    assert len(remind_due(cast.kunta, today=MAARAPAIVA).lahteneet) == 3
    assert len(posti.viestit) == 3
    assert remind_due(cast.kunta, today=MAARAPAIVA).lahteneet == []
    assert set(Ilmoitusviesti.objects.values_list("tila", "yrityksia", "virhe")) == {("lahetetty", 2, "")}


def test_it_is_tried_again_on_a_later_day_too_but_not_if_the_person_has_answered(cast, posti):
    posti.stop()
    remind_due(cast.kunta, today=date(2026, 9, 1))
    posti.start()
    answer(cast, cast.kerho)
    for toimenpide in veikon_rivit(cast):
        answer(cast, toimenpide)
    remind_due(cast.kunta, today=date(2026, 9, 2))
    assert posti.sent_to(cast.veikko) == []
    assert len(posti.sent_to(cast.otso)) == 1
    assert "Kerho" not in text_of(posti.sent_to(cast.otso)[0])


def test_a_message_that_never_left_does_not_follow_a_newer_one(cast, posti):
    posti.stop()
    remind_due(cast.kunta, today=date(2026, 9, 1))
    posti.start()
    days = run_days(date(2026, 9, 14), date(2026, 9, 17), kunta=cast.kunta)
    assert set(days) == {date(2026, 9, 14), date(2026, 9, 15)}
    assert Ilmoitusviesti.objects.filter(kayttaja=cast.veikko, tila="korvattu", paiva=date(2026, 9, 1)).exists()


def test_what_never_left_is_not_said_to_be_on_its_way_once_there_is_nothing_to_remind_of(cast, posti):
    posti.stop()
    remind_due(cast.kunta, today=date(2026, 9, 1))
    posti.start()
    for toimenpide in veikon_rivit(cast):
        answer(cast, toimenpide)
    cast.otso.is_active = False
    cast.otso.save()
    remind_due(cast.kunta, today=date(2026, 9, 2))
    told = {m.kayttaja: m.get_tila_display() for m in Ilmoitusviesti.objects.all()}
    done = "Ei lähtenyt, ei enää tarpeen"
    assert told == {cast.veikko: done, cast.otso: done, cast.kaisa: "Lähetetty"}


def test_in_viimeistely_nothing_waits_to_be_sent(cast, posti):
    posti.stop()
    remind_due(cast.kunta, today=date(2026, 9, 1))
    cast.jakso.finish(by=cast.kaisa)
    assert set(Ilmoitusviesti.objects.values_list("tila", flat=True)) == {"korvattu"}


def test_one_refused_address_does_not_keep_the_others_waiting(cast, posti):
    posti.torjutut.add(cast.otso.email)
    tulos = remind_due(cast.kunta, today=MAARAPAIVA)
    assert [m.kayttaja for m in tulos.jaaneet] == [cast.otso]
    assert "no such mailbox" in tulos.jaaneet[0].virhe
    assert len(posti.sent_to(cast.veikko)) == len(posti.sent_to(cast.kaisa)) == 1


def test_a_run_that_was_cut_off_is_finished_by_a_later_one(cast, posti):
    Ilmoitusviesti.objects.claim(cast.jakso, cast.veikko, "muistutus", vaihe="0", paiva=MAARAPAIVA, toimenpiteet=[])
    remind_due(cast.kunta, today=MAARAPAIVA)
    assert posti.sent_to(cast.veikko) == []  # another run may be sending it at this moment
    Ilmoitusviesti.objects.filter(kayttaja=cast.veikko).update(yritetty=timezone.now() - timedelta(hours=1))
    remind_due(cast.kunta, today=MAARAPAIVA)
    assert len(posti.sent_to(cast.veikko)) == 1


# --- the command


def test_the_command_reminds_one_kunta_and_says_what_it_did(cast, posti, tanaan):
    tanaan(MAARAPAIVA)
    out = StringIO()
    call_command("muistuta", kunta="KIRKKORANTA", stdout=out)
    assert "Muistutuksia lähti 3." in out.getvalue()
    assert f"{cast.veikko.email}: Osavuosikatsaus II 2026: Veikko Väänänen, määräpäivänä" in out.getvalue()
    assert posti.sent_to(cast.ulla) == []
    Jasenyys.objects.create(kunta=cast.naapuri.kunta, kayttaja=cast.ulla, toimiala=cast.naapuri.tekniset)
    cast.naapuri.toimenpide.vastuuhenkilot.add(cast.ulla, through_defaults={"kunta": cast.naapuri.kunta})
    Kirjaus.objects.filter(pk=cast.naapuri.kirjaus.pk).update(tila="luonnos")
    call_command("muistuta", stdout=StringIO())
    assert len(posti.sent_to(cast.veikko)) == len(posti.sent_to(cast.ulla)) == 1
    assert Ilmoitusviesti.objects.get(kayttaja=cast.ulla).kunta == cast.naapuri.kunta


def test_on_a_quiet_day_the_command_does_nothing(cast, posti, tanaan):
    tanaan(date(2026, 9, 12))
    out = StringIO()
    call_command("muistuta", stdout=out)
    assert out.getvalue() == "Tänään ei muistuteta: on viikonloppu, pyhä tai heinäkuu.\n"
    assert posti.viestit == []


def test_the_command_fails_loudly(cast, posti, tanaan):
    with pytest.raises(CommandError, match="Kuntaa ”Olematon” ei ole.") as refused:
        call_command("muistuta", kunta="Olematon")
    assert refused.value.returncode == 2
    tanaan(MAARAPAIVA)
    posti.stop()
    errors = StringIO()
    with pytest.raises(CommandError, match="Viestejä jäi lähtemättä 3.") as failed:
        call_command("muistuta", kunta="Kirkkoranta", stdout=StringIO(), stderr=errors)
    assert failed.value.returncode == 1
    assert cast.veikko.email in errors.getvalue()
