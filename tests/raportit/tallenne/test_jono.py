"""Long renders wait in the queue, with a page that tells how they are getting on; short ones are made at once."""

import os
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from raportit.models import Raporttiversio, Syke, Tallenne
from raportit.osavuosikatsaus import build
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne import jono, tallenteet
from raportit.tallenne.jono import PITKA
from raportit.tallenne.luonnokset import VUOROKAUSI, keep_draft, read_draft
from strategia.lukko import one_per_core
from strategia.models import Toimenpide
from strategia.varasto import Varasto

pytestmark = pytest.mark.django_db
ORDER = DBTaskResult._meta.ordering  # in which the worker takes them


@pytest.fixture
def pitka(cast, monkeypatch):
    """A version of more rows than are made at once; its files are made of less than a whole report."""
    monkeypatch.setattr(tallenteet, "render_apart", lambda raportti, muoto: f"{muoto}: {len(raportti.rivit)}".encode())
    cast.edellinen.reopen(by=cast.kaisa, syy="Lisää rivejä.")
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Teko {n}") for n in range(PITKA)
    )
    return close_jakso(cast.edellinen, by=cast.kaisa)


@pytest.fixture
def tyontekija(db):
    """Somebody works at the queue: this beat is all that a page sees of it."""
    return Syke.objects.create(tunnus="tyontekija-1", aika=timezone.now())


def osoite(versio, muoto="pdf", *, valmistuu=False):
    name = "raportit:versio-valmistuu" if valmistuu else "raportit:versio-lataa"
    return reverse(name, args=[versio.pk, muoto])


def work():
    """What a worker does with what waits, in this transaction: a real one is in the test that starts a process."""
    while result := DBTaskResult.objects.ready().first():
        result.claim("tyontekija-1")
        result.task.call(*result.args_kwargs["args"])
        result.set_successful(None)


def close_by_page(cast, kirjautunut):
    cast.jakso.finish(by=cast.kaisa)
    answer = kirjautunut(cast.kaisa).post(reverse("raportit:jakso-sulje", args=[cast.jakso.pk]), follow=True)
    return answer, Raporttiversio.objects.get(jakso=cast.jakso)


def test_closing_makes_no_file_itself_and_shows_what_is_being_made(cast, kirjautunut, monkeypatch, tyontekija):
    def fail(*args):
        raise AssertionError("sulkeminen ei piirrä")

    monkeypatch.setattr(tallenteet, "render_apart", fail)
    answer, versio = close_by_page(cast, kirjautunut)
    assert answer.redirect_chain[-1][0] == reverse("raportit:versio-tiedostot", args=[versio.pk])
    assert "Jakso on suljettu ja raportti jäädytetty." in answer.text
    for nimi in ("Raportti", "PDF", "Word", "Excel"):
        assert nimi in answer.text
    assert answer.text.count("Tekeillä") == 3
    assert 'http-equiv="refresh"' in answer.text and "hx-get" in answer.text
    assert DBTaskResult.objects.count() == 2, "julkinen ja sisäinen muoto"


def test_the_page_stops_asking_when_all_files_are_there(cast, kirjautunut, monkeypatch, tyontekija):
    monkeypatch.setattr(tallenteet, "render_apart", lambda raportti, muoto: muoto.encode())
    _answer, versio = close_by_page(cast, kirjautunut)
    work()
    kaisa, path = kirjautunut(cast.kaisa), reverse("raportit:versio-tiedostot", args=[versio.pk])
    page = kaisa.get(path)
    assert "Kaikki tiedostot ovat valmiit." in page.text
    assert "Tekeillä" not in page.text and "hx-get" not in page.text and 'http-equiv="refresh"' not in page.text
    assert reverse("raportit:versio-lataa-julkinen", args=[versio.pk, "docx"]) in page.text
    part = kaisa.get(path, headers={"HX-Request": "true"})
    assert "<html" not in part.text and "Kaikki tiedostot ovat valmiit." in part.text
    assert set(versio.tallenteet.values_list("muoto", flat=True)) == {"pdf", "docx", "xlsx", "html", "csv", "mitat.csv"}


def test_where_nobody_works_a_file_is_made_when_it_is_asked_for(cast, kirjautunut):
    answer, versio = close_by_page(cast, kirjautunut)
    assert "Tiedosto tehdään, kun lataat sen." in answer.text
    assert "hx-get" not in answer.text and not DBTaskResult.objects.exists()
    csv = kirjautunut(cast.kaisa).get(reverse("raportit:versio-lataa-julkinen", args=[versio.pk, "csv"]))
    assert csv.status_code == 200


def test_failing_file_is_told_and_tried_again(cast, kirjautunut, tyontekija):
    _answer, versio = close_by_page(cast, kirjautunut)
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    kaisa, path = kirjautunut(cast.kaisa), reverse("raportit:versio-tiedostot", args=[versio.pk])
    assert "Tiedostojen teko epäonnistui." in kaisa.get(path).text
    assert "Tiedostojen teko epäonnistui." in kaisa.get(f"{path}?uudelleen").text, "avattu osoite ei tee mitään"
    assert DBTaskResult.objects.filter(task_path=jono.render_julkinen.module_path).count() == 1
    assert "Tekeillä" in kaisa.post(path, {"uudelleen": "1"}, follow=True).text


def test_failing_queue_does_not_undo_the_closing(cast, kirjautunut, monkeypatch, caplog, tyontekija):
    def fail(*args, **kwargs):
        raise RuntimeError("harjoitus")

    monkeypatch.setattr(jono, "ask_public", fail)
    cast.jakso.finish(by=cast.kaisa)
    kirjautunut(cast.kaisa).post(reverse("raportit:jakso-sulje", args=[cast.jakso.pk]))
    assert Raporttiversio.objects.filter(jakso=cast.jakso).exists()
    assert "harjoitus" in caplog.text


def test_long_version_waits_is_made_by_the_worker_and_then_there_is_a_link(pitka, cast, kirjautunut, tyontekija):
    tarmo = kirjautunut(cast.tarmo)
    page = tarmo.get(osoite(pitka), follow=True)
    assert page.redirect_chain[-1][0] == osoite(pitka, valmistuu=True)
    assert "Tiedostoa tehdään" in page.text and page.headers["Refresh"] == "5"
    tarmo.get(osoite(pitka, "docx"), follow=True)
    assert DBTaskResult.objects.count() == 1, "kaksi pyytäjää, yksi työ"
    work()
    ready = tarmo.get(osoite(pitka, valmistuu=True))
    assert "Tiedosto on valmis" in ready.text and osoite(pitka) in ready.text and "Refresh" not in ready.headers
    assert tarmo.get(osoite(pitka)).content == f"pdf: {8 + PITKA}".encode()
    assert Tallenne.objects.filter(versio=pitka).count() == 6


def test_page_says_what_is_before_it_and_when_it_is_being_made(pitka, cast, kirjautunut, tyontekija):
    tarmo = kirjautunut(cast.tarmo)
    jono.render_luonnos.using(priority=jono.KIIRE).enqueue(1, "0" * 64, "pdf")
    assert "Sen edellä on yksi työ." in tarmo.get(osoite(pitka, valmistuu=True)).text
    mine = DBTaskResult.objects.filter(task_path=jono.render_versio.module_path)
    mine.update(status="RUNNING", worker_ids=[tyontekija.tunnus])
    assert "Tiedosto on tekeillä" in tarmo.get(osoite(pitka, valmistuu=True)).text


def test_page_says_that_it_takes_longer_than_usual(pitka, cast, kirjautunut, tyontekija):
    page = osoite(pitka, valmistuu=True)
    tarmo = kirjautunut(cast.tarmo)
    tarmo.get(page)
    mine = DBTaskResult.objects.filter(task_path=jono.render_versio.module_path)
    for seconds, told in ((50, "valmistuu yleensä alle minuutissa"), (70, "yli minuutti."), (190, "yli 3 minuuttia.")):
        since = timezone.now() - timedelta(seconds=seconds)
        mine.update(status="RUNNING", worker_ids=[tyontekija.tunnus], started_at=since)
        assert told in tarmo.get(page).text


def test_what_a_reader_waits_for_is_made_before_what_nobody_does(pitka, cast, kirjautunut, tyontekija, monkeypatch):
    def order():
        return [(task.task_name, task.priority) for task in DBTaskResult.objects.ready().order_by(*ORDER)]

    jono.start(pitka)
    draft = kirjautunut(cast.kaisa).get(reverse("raportit:luonnos-lataa", args=[cast.jakso.pk, "pdf"]), follow=True)
    assert "Tiedoston tekeminen alkaa hetken kuluttua" in draft.text, "kaksi muuta odottaa, mutta ei sen edellä"
    assert order() == [("render_luonnos", jono.KIIRE), ("render_julkinen", 0), ("render_versio", 0)]
    kirjautunut(cast.tarmo).get(osoite(pitka, valmistuu=True))
    assert order()[0] == ("render_versio", jono.KIIRE), "sitäkin odotetaan nyt, ja se pyydettiin ensin"


def test_files_of_a_version_let_a_reader_by_one_at_a_time(pitka, cast, tyontekija):
    jono.start(pitka)
    jono.render_luonnos.using(priority=jono.KIIRE).enqueue(cast.kunta.pk, "0" * 64, "pdf")
    mine = DBTaskResult.objects.get(task_path=jono.render_versio.module_path)
    mine.task.call(pitka.pk)
    mine.set_successful(None)
    assert set(Tallenne.objects.filter(versio=pitka).values_list("muoto", flat=True)) == {"html", "pdf"}
    assert jono.ask(jono.render_versio, pitka.pk, kiire=False) == jono.Tyo("jonossa", edella=2, jumissa=False)
    DBTaskResult.objects.filter(priority=jono.KIIRE).delete()
    work()
    assert Tallenne.objects.filter(versio=pitka).count() == 6


def test_without_a_worker_the_page_says_so_and_makes_the_file_when_asked(pitka, cast, kirjautunut):
    tarmo = kirjautunut(cast.tarmo)
    page = tarmo.get(osoite(pitka, valmistuu=True))
    assert "taustatyö ei ole käynnissä" in page.text and "Refresh" not in page.headers
    assert tarmo.get(f"{osoite(pitka, valmistuu=True)}?heti").content.startswith(b"pdf: ")


def test_failed_task_is_told_and_tried_again_when_asked(pitka, cast, kirjautunut, monkeypatch, tyontekija):
    tarmo = kirjautunut(cast.tarmo)
    tarmo.get(osoite(pitka, valmistuu=True))
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    page = tarmo.get(osoite(pitka, valmistuu=True))
    assert "Tiedoston teko epäonnistui" in page.text and "Refresh" not in page.headers
    assert DBTaskResult.objects.count() == 1
    assert "Tiedoston teko epäonnistui" in tarmo.get(f"{osoite(pitka, valmistuu=True)}?uudelleen").text
    assert "Tiedostoa tehdään" in tarmo.post(osoite(pitka, valmistuu=True), {"uudelleen": "1"}, follow=True).text
    assert DBTaskResult.objects.count() == 2


def test_public_is_asked_to_come_back(pitka, client, tyontekija):
    pitka.publish()
    path = reverse("raportit:julkinen-lataa", args=["kirkkoranta", pitka.tunnus, "pdf"])
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "public" not in answer.headers["Cache-Control"]
    work()
    assert client.get(path).content.startswith(b"pdf: ")


def test_long_draft_goes_through_the_queue(pitka, cast, kirjautunut, monkeypatch, tyontekija):
    monkeypatch.setattr(
        "raportit.tallenne.luonnokset.render_apart", lambda raportti, muoto: f"luonnos {muoto}".encode()
    )
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(reverse("raportit:luonnos-lataa", args=[cast.jakso.pk, "pdf"]), follow=True)
    path = page.redirect_chain[-1][0]
    assert "Tiedostoa tehdään" in page.text
    assert kaisa.get(path.replace("/pdf/", "/csv/")).status_code == 404
    for who in ("veikko", "liisa", "ulla"):
        assert kirjautunut(getattr(cast, who)).get(path).status_code in (403, 404)
    work()
    assert "Tiedosto on valmis" in kaisa.get(path).text
    assert kaisa.get(f"{path}?lataa").content == b"luonnos pdf"
    other = reverse("raportit:luonnos-valmistuu", args=[cast.jakso.pk, "0" * 64, "pdf"])
    assert kaisa.get(other).status_code == 404


def test_long_part_of_a_version_goes_through_the_queue(pitka, cast, kirjautunut, monkeypatch, tyontekija):
    monkeypatch.setattr("raportit.raportti.views.render_apart", lambda *args: pytest.fail("pyyntö teki tiedoston"))
    monkeypatch.setattr(
        "raportit.tallenne.luonnokset.render_apart", lambda raportti, muoto: f"{muoto}: {raportti.rajaus}".encode()
    )
    tarmo = kirjautunut(cast.tarmo)
    page = tarmo.get(osoite(pitka), {"vain": "keskeneraiset"}, follow=True)
    path = page.redirect_chain[-1][0]
    assert "Tiedostoa tehdään" in page.text and "Vain keskeneräiset toimenpiteet" in page.text
    assert page.headers["Refresh"] == "5"
    assert kirjautunut(cast.ulla).get(path).status_code == 404
    assert tarmo.get(path.replace("/pdf/", "/csv/")).status_code == 404
    assert tarmo.get(path.replace(f"/{pitka.pk}/", f"/{cast.versio.pk}/")).status_code == 404, "toisen version osa"
    work()
    assert "Tiedosto on valmis" in tarmo.get(path).text
    answer = tarmo.get(f"{path}?lataa")
    assert answer.content.decode() == "pdf: ('Vain keskeneräiset toimenpiteet',)"
    assert f"versio-{pitka.numero}-osa.pdf" in answer.headers["Content-Disposition"]


def test_draft_is_not_read_as_a_part_of_a_version(pitka, cast, kirjautunut):
    draft = keep_draft(cast.kunta.pk, build(cast.edellinen, koottu=timezone.now(), versio=None))
    path = reverse("raportit:versio-osa-valmistuu", args=[pitka.pk, draft, "pdf"])
    assert kirjautunut(cast.liisa).get(path).status_code == 404


def test_a_draft_is_kept_while_another_process_writes_and_drops_in_the_same_folder(cast, settings, monkeypatch):
    """Between the listing of the folder and the look at a file, the other's file gets its name or is dropped."""
    draft = build(cast.jakso, koottu=timezone.now(), versio=None)
    folder = Path(settings.MEDIA_ROOT) / "raportit" / str(cast.kunta.pk) / "luonnokset"
    list_files = Varasto.listdir

    def list_and_let_the_other_finish(storage, name):
        (folder / "tmp-toisen").write_bytes(b"{}")
        (folder / "vanha.json").write_bytes(b"{}")
        listed = list_files(storage, name)
        (folder / "tmp-toisen").replace(folder / "toisen.json")
        (folder / "vanha.json").unlink()
        return listed

    monkeypatch.setattr(Varasto, "listdir", list_and_let_the_other_finish)
    tiiviste = keep_draft(cast.kunta.pk, draft)
    assert read_draft(cast.kunta.pk, tiiviste) == draft
    assert (folder / "toisen.json").exists()


def test_yesterdays_drafts_go_and_todays_stay(cast, settings):
    old, new = (build(jakso, koottu=timezone.now(), versio=None) for jakso in (cast.edellinen, cast.jakso))
    tiiviste = keep_draft(cast.kunta.pk, old)
    folder = Path(settings.MEDIA_ROOT) / "raportit" / str(cast.kunta.pk) / "luonnokset"
    os.utime(folder / f"{tiiviste}.json", (time.time() - VUOROKAUSI.total_seconds() - 60,) * 2)
    kept = keep_draft(cast.kunta.pk, new)
    assert read_draft(cast.kunta.pk, tiiviste) is None
    assert read_draft(cast.kunta.pk, kept) == new


def test_a_draft_named_by_no_digest_is_not_found(cast, kirjautunut):
    keep_draft(cast.kunta.pk, build(cast.jakso, koottu=timezone.now(), versio=None))
    path = reverse("raportit:luonnos-valmistuu", args=[cast.jakso.pk, "0" * 300, "pdf"])
    assert kirjautunut(cast.kaisa).get(path).status_code == 404


def test_short_part_of_a_long_version_comes_at_once(pitka, cast, kirjautunut, monkeypatch):
    monkeypatch.setattr("raportit.raportti.views.render_apart", lambda raportti, muoto: b"osa")
    answer = kirjautunut(cast.tarmo).get(osoite(pitka), {"toimiala": cast.tekniset.nimi})
    assert answer.content == b"osa" and not DBTaskResult.objects.exists()


def test_light_formats_of_a_long_draft_come_at_once(pitka, cast, kirjautunut):
    answer = kirjautunut(cast.kaisa).get(reverse("raportit:luonnos-lataa", args=[cast.jakso.pk, "csv"]))
    assert answer.status_code == 200 and not DBTaskResult.objects.exists()


def test_renders_wait_for_their_turn(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    at_work, most = [], []

    def render():
        with one_per_core(tmp_path / "raportit"):
            at_work.append(1)
            most.append(len(at_work))
            time.sleep(0.05)
            at_work.pop()

    threads = [threading.Thread(target=render) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(most) == 6 and max(most) == 2
