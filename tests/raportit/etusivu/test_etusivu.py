"""The front pages of those who work: what the answers are like, what waits, what is mine and until when."""

import datetime
import html
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from raportit.etusivu.odottavat import list_waiting_rows
from raportit.etusivu.vastaustila import count_states
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, MittariArvo, Mittaus, Rivikysymys, Seurantajakso, Vastaus
from strategia.models import Ilmoitusviesti


def words(answer):
    """The visible text of a page on one line."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return re.sub(r"\s+([.,:])", r"\1", re.sub(r"\s+", " ", text))


def answer(cast, number, *, by, laheta=True):
    vastaus = Vastaus(0, 3, kommentti="Etenee.", laheta=laheta)
    Kirjaus.objects.record(cast.jakso, {cast.toimenpiteet[number]: vastaus}, by=by)


def test_the_koordinaattori_sees_the_answers_of_each_toimiala(cast):
    answer(cast, 0, by=cast.veikko)
    answer(cast, 1, by=cast.veikko, laheta=False)
    answer(cast, 2, by=cast.otso)
    Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=cast.kerho).update(tila=Kirjaus.Tila.HYVAKSYTTY)
    with CaptureQueriesContext(connection) as queries:
        luvut = count_states(cast.jakso)
    assert len(queries) == 1
    told = {o.toimiala: (o.kaikki, o.lahetetty, o.hyvaksytty, o.luonnos, o.vastaamatta) for o in luvut.toimialat}
    assert told == {
        "Tekniset palvelut": (3, 1, 0, 1, 1),
        "Sivistyspalvelut": (3, 1, 1, 0, 2),
        "Hyvinvointi & vapaa-aika": (1, 0, 0, 0, 1),
        "": (1, 0, 0, 0, 1),
    }
    assert (luvut.yhteensa.kaikki, luvut.yhteensa.lahetetty) == (8, 2)
    assert round(sum(pala.leveys for pala in luvut.yhteensa.palat)) == 100


def test_what_waits_is_called_what_it_is(cast):
    """Values of measures of no toimenpide wait too, and are no rows."""
    answer(cast, 0, by=cast.veikko)
    named = [list_waiting_rows(count_states(cast.jakso), n)[0] for n in (1, 3)]
    assert [each.nimi for each in named] == ["rivi hyväksyttävänä", "riviä ja mittaria hyväksyttävänä"]
    assert "Mittarit 2" in named[1].selite
    Kirjaus.objects.filter(jakso=cast.jakso).update(tila=Kirjaus.Tila.HYVAKSYTTY)
    assert [each.nimi for each in list_waiting_rows(count_states(cast.jakso), 2)] == ["mittaria hyväksyttävänä"]


def test_what_waits_for_the_koordinaattori_is_told_with_its_place(cast, kirjautunut):
    answer(cast, 0, by=cast.veikko)
    answer(cast, 1, by=cast.veikko, laheta=False)
    page = words(kirjautunut(cast.kaisa).get("/"))
    assert "2 / 8 lähetetty." not in page
    assert "1 / 8 lähetetty." in page
    assert "1 rivi hyväksyttävänä" in page
    assert "Tekniset palvelut 1. Vanhin lähetetty" in page
    assert "1 luonnos lähettämättä" in page
    assert "1 raportti julkaisematta" in page
    assert str(cast.versio) in page


def test_the_one_button_is_the_next_act_and_whom_it_concerns(cast, kirjautunut):
    """Long before the deadline nobody is reminded; all sent is approved, all approved finished, and then closed."""

    def told(days, *, tila="avoinna"):
        due = timezone.localdate() + datetime.timedelta(days=days)
        Seurantajakso.objects.filter(pk=cast.jakso.pk).update(vastaus_viimeistaan=due, tila=tila)
        page = kirjautunut(cast.kaisa).get("/")
        [button] = re.findall(r'<a class="btn" href="([^"]*)">([^<]*)</a>', page.content.decode())
        return *button, words(page)

    jakso = reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    assert told(15)[:2] == (jakso, "Vastaustilanne")
    *button, page = told(6)
    assert button == [f"{jakso}?muistuta#muistuta", "Lähetä muistutus"]
    assert ", 6 päivää jäljellä." in page
    assert "2 toimialalle, näet ensin kenelle" in page, "yhdellä ei ole vastaajaa, ja yksi on oma"
    assert ", aika on päättynyt." in told(-1)[2]
    for number in range(8):
        answer(cast, number, by=cast.kaisa)
    assert "Vastaustilanne mittareita on vastaamatta" in told(15)[2]
    assert "Lähetä muistutus yhdelle toimialalle, näet ensin kenelle" in told(1)[2], "mittari on Otsolla kesken"
    sent = {mittari: Mittaus(0, "70", laheta=True) for mittari in cast.mittarit if not mittari.toimenpide_id}
    MittariArvo.objects.record(cast.jakso, sent, by=cast.kaisa)
    *button, page = told(0)
    assert button == [reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk]), "Hyväksyttävät"]
    assert "11 vastausta odottaa" in page and ", tänään on viimeinen päivä." in page
    Kirjaus.objects.filter(jakso=cast.jakso).update(tila=Kirjaus.Tila.HYVAKSYTTY)
    MittariArvo.objects.filter(jakso=cast.jakso, mittari__in=sent).update(tila=Kirjaus.Tila.HYVAKSYTTY)
    assert told(1)[:2] == (f"{jakso}#seuraava-vaihe", "Siirrä viimeistelyyn")
    closing = reverse("raportit:jakso-sulje", args=[cast.jakso.pk])
    assert told(-3, tila="viimeistelyssa")[:2] == (closing, "Sulje jakso")


def test_where_a_reminder_reaches_nobody_the_button_does_not_offer_it(cast, kirjautunut):
    """Veikko has had one today, and Otso wants none: the page that opens says so, and leads to what is left to do."""
    due = timezone.localdate() + datetime.timedelta(days=3)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(vastaus_viimeistaan=due)
    cast.otso.viestivalinnat = {"muistutus": False}
    cast.otso.save()
    kaisa, path = kirjautunut(cast.kaisa), reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    assert "Lähetä muistutus yhdelle toimialalle, näet ensin kenelle" in words(kaisa.get("/"))
    kaisa.post(reverse("seuranta:jakso-muistuta", args=[cast.jakso.pk]))
    page = words(kaisa.get("/"))
    assert "Vastaustilanne ketään ei voi nyt muistuttaa, näet miksi" in page and "Lähetä muistutus" not in page
    page = words(kaisa.get(path))
    assert "Muistutus on jo lähtenyt tänään. Seuraavan voi lähettää huomenna." in page
    assert "Voit myös vastata itse: Hyvinvointi & vapaa-aika (1)" in page and "Lähetä muistutus" not in page
    Ilmoitusviesti.objects.all().delete()
    sent = Vastaus(0, 3, kommentti="Etenee.", laheta=True)
    for toimenpide in cast.jakso.toimenpiteet().filter(toimiala=cast.tekniset):
        Kirjaus.objects.record(cast.jakso, {toimenpide: sent}, by=cast.veikko)
    assert "Ne, joiden vastaus puuttuu, eivät halua muistutuksia." in words(kaisa.get(path))


def test_a_message_that_waits_for_an_answer_is_told_until_somebody_answers(cast, kirjautunut):
    Rivikysymys.objects.write(cast.jakso, cast.vayla, "Lasketaanko markkinat?", by=cast.veikko, odottaa=True)
    page = words(kirjautunut(cast.kaisa).get("/"))
    assert "1 viesti vastaamatta" in page
    assert "”Lasketaanko markkinat?”" in page
    Rivikysymys.objects.write(cast.jakso, cast.vayla, "Kyllä.", by=cast.kaisa)
    assert "vastaamatta " not in words(kirjautunut(cast.kaisa).get("/")).replace("vastaamattomiin", "")


def test_who_records_or_approves_the_row_sees_on_the_front_page_that_a_message_waits(cast, kirjautunut):
    """In viimeistely too; not who wrote it, nor whose rows are others."""
    Rivikysymys.objects.write(cast.jakso, cast.vayla, "Paljonko on tekemättä?", by=cast.hilkka, odottaa=True)
    told = f'<a href="{reverse("seuranta:kysymykset", args=[cast.jakso.pk])}">viesti vastaamatta</a>'
    for is_finishing in (False, True):
        if is_finishing:
            cast.jakso.finish(by=cast.kaisa)
        page = kirjautunut(cast.veikko).get("/").text
        assert told in page and "Paljonko on tekemättä?" in page
        assert all(told not in kirjautunut(each).get("/").text for each in (cast.hilkka, cast.otso))
    Rivikysymys.objects.write(cast.jakso, cast.vayla, "Kolmannes.", by=cast.veikko)
    assert told not in kirjautunut(cast.veikko).get("/").text


def test_a_published_report_does_not_wait(cast, kirjautunut):
    cast.versio.publish(by=cast.kaisa)
    page = words(kirjautunut(cast.kaisa).get("/"))
    assert "julkaisematta" not in page
    assert "Odottaa sinua" not in page


def test_with_nothing_open_the_koordinaattori_is_led_to_the_jaksot(cast, kirjautunut):
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    page = words(kirjautunut(cast.kaisa).get("/"))
    assert "Avaa tai luo jakso Uusi jakso" in page
    assert "Kutsu käyttäjiä" not in page
    assert "Kutsu käyttäjiä" in words(kirjautunut(cast.aino).get("/"))


def test_in_viimeistely_the_answers_can_be_read_from_the_front_page(cast, kirjautunut):
    cast.jakso.finish(by=cast.kaisa)
    for person in (cast.veikko, cast.hilkka):
        vastaus = kirjautunut(person).get("/")
        page = words(vastaus)
        assert f"{cast.jakso.nimi} Vastausaika on päättynyt, ja koordinaattori viimeistelee raportin tekstit." in page
        assert reverse("seuranta:vastaukset", args=[cast.jakso.pk]) in vastaus.text
        assert "Mikään seurantajakso ei ole nyt avoinna." not in page
    close_jakso(cast.jakso, by=cast.kaisa)
    assert "Mikään seurantajakso ei ole nyt avoinna." in words(kirjautunut(cast.veikko).get("/"))


def test_the_raportoija_sees_until_when_and_what_was_done_last(cast, kirjautunut):
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(
        vastaus_viimeistaan="2026-09-15", hyvaksynta_viimeistaan="2026-09-22"
    )
    veikko = kirjautunut(cast.veikko)
    assert "Viimeksi teit" not in words(veikko.get("/"))
    answer(cast, 0, by=cast.veikko)
    page = words(veikko.get("/"))
    assert "Vastaa viimeistään 15.9.2026." in page
    assert "Hyväksy viimeistään" not in page
    assert f"{cast.vayla.nimi}: Lähetetty, {cast.jakso.nimi}" in page
    hilkka = words(kirjautunut(cast.hilkka).get("/"))
    assert "Hyväksy viimeistään 22.9.2026." in hilkka
    assert "Viimeksi teit" not in hilkka, "toisen tallennus ei ole oma"
