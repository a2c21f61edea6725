"""Importing in the browser, as Aino does it: send, look, save."""

from contextlib import nullcontext

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from seuranta.models import Kirjaus, Tuonti
from seuranta.tiedosto.paatokset import read_decisions
from seuranta.tuonti.esikatselu import look_through
from strategia.models import Strategia, Toimenpide
from tests.osoitteet import previewed_tuonti
from tests.ymparisto import JUURI, SHARED, needs_shared

from .tuontisivut import LISTA, OTSIKOT, UUSI, VANHA, paata, paatetty, sivu, tallenna, xlsx

pytestmark = pytest.mark.oma_lapsi
AINEISTO = SHARED / "aineisto"


# --- who may not


def test_only_aino_imports(cast, kirjautunut):
    tuonti = previewed_tuonti(cast)
    for who in (cast.kaisa, cast.hilkka, cast.veikko, cast.liisa, cast.tarmo):
        client = kirjautunut(who)
        assert client.post(LISTA, {"liite": "x"}).status_code == 403
        for name in ("tuonti-paata", "tuonti-tallenna", "tuonti-hylkaa", "tuonti-kumoa"):
            assert client.post(reverse(f"seuranta:{name}", args=[tuonti.pk])).status_code == 403, name
    tuonti.refresh_from_db()
    assert (tuonti.tila, paatetty(tuonti)) == ("esikatselu", {})


# --- send and look


def test_neither_the_file_nor_the_pasted_table_is_called_optional(aino):
    page = aino.get(LISTA).content.decode()
    assert "tai liitä taulukko tähän" in page and "ei pakollinen" not in page


def test_the_preview_writes_nothing_and_shows_what_would_come(cast, aino, laheta):
    before = Toimenpide.objects.count(), Kirjaus.objects.count()
    tuonti = laheta(UUSI, VANHA)
    page = sivu(aino, tuonti)
    assert "Mitään ei ole vielä tallennettu. Kaikki on selvää: voit tallentaa." in page
    assert "Avoin työtila – keskusta" in page
    assert "Tallenna 2 riviä" in page
    assert (Toimenpide.objects.count(), Kirjaus.objects.count()) == before


def test_a_nul_in_an_old_excel_is_nothing_that_the_database_meets(cast, aino, laheta):
    data = (JUURI / "fixtures" / "taulukot" / "vanha-excel.xls").read_bytes()
    hostile = data.replace(b"Avataan kirjasto", b"Avataan\0kirjasto")
    assert hostile != data
    tuonti = laheta(name="vanha.xls", content=hostile)
    assert "Avataankirjasto" in sivu(aino, tuonti)


def test_saving_writes_what_was_shown(cast, aino, laheta):
    tuonti = laheta(UUSI, VANHA)
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    uusi = Toimenpide.objects.get(nimi="Avoin työtila – keskusta")
    assert (uusi.tavoite.nimi, uusi.toimiala, uusi.kirjaukset.get().toteutumisaste) == (
        "Tilat käyttöön",
        cast.sivistys,
        2,
    )
    tuonti.refresh_from_db()
    assert (tuonti.tila, tuonti.luvut["new"], tuonti.luvut["changed"]) == ("tallennettu", 1, 1)


def test_the_same_table_again_changes_nothing_and_undoing_it_says_so(aino, laheta):
    tallenna(aino, laheta(UUSI))
    again = laheta(UUSI)
    tallenna(aino, again)
    again.refresh_from_db()
    assert (again.tila, again.muutokset) == ("tallennettu", [])
    page = aino.get(f"{again.get_absolute_url()}?kumoa=1").content.decode()
    assert "Tuonti ei muuttanut mitään, joten mitään ei palauteta." in page and "Palautetaan ennalleen" not in page


def test_a_long_table_tells_that_it_is_being_saved_before_it_has_been(aino, laheta, monkeypatch):
    monkeypatch.setattr("seuranta.tuonti.views.HETKESSA", 1)
    tuonti = laheta(UUSI, VANHA)
    page = aino.get(reverse("seuranta:tuonti-detail", args=[tuonti.pk]))
    path = reverse("seuranta:tuonti-tallenna", args=[tuonti.pk])
    parts = aino.post(path, {"sormenjalki": page.context["plan"].fingerprint}, headers={"accept-encoding": "gzip"})
    assert "no-store" in parts.headers["Cache-Control"]
    parts = iter(parts.streaming_content)
    assert "Tallennetaan 2 riviä. Se kestää hetken." in next(parts).decode()
    assert not Toimenpide.objects.filter(nimi=UUSI[2]).exists()
    end = next(parts).decode()
    assert "Tuonti on tallennettu." in end
    assert end.rstrip().endswith("</html>")
    assert Toimenpide.objects.filter(nimi=UUSI[2]).exists()


def test_a_long_table_that_changed_meanwhile_is_not_saved(aino, laheta, monkeypatch):
    monkeypatch.setattr("seuranta.tuonti.views.HETKESSA", 1)
    tuonti = laheta(UUSI, VANHA)
    answer = aino.post(reverse("seuranta:tuonti-tallenna", args=[tuonti.pk]), {"sormenjalki": "vanha"})
    page = b"".join(answer.streaming_content).decode()
    assert "Mitään ei tallennettu. Tarkista uusi esikatselu." in page
    assert not Toimenpide.objects.filter(nimi=UUSI[2]).exists()


def test_a_pasted_table_is_read_as_a_file(cast, aino):
    text = "\t".join(OTSIKOT) + "\r\n" + "\t".join(map(str, UUSI)) + "\r\n"
    aino.post(LISTA, {"liite": text})
    assert "Avoin työtila – keskusta" in sivu(aino, Tuonti.objects.get())


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tyhja.xlsx", b"", "Tiedosto on tyhjä"),
        ("raportti.xlsx", b"%PDF-1.7 \xe2\xe3", "Excel"),
        ("lista.csv", b"Nimi;Osoite\r\nAila\r\n", "otsikko"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(name, content, sentence, aino):
    answer = aino.post(LISTA, {"tiedosto": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert sentence.casefold() in answer.text.casefold()
    assert not Tuonti.objects.exists()


def test_when_too_many_files_are_read_at_once_the_next_is_asked_to_wait(aino, monkeypatch):
    monkeypatch.setattr("seuranta.taulukko.sandbox.turn", lambda folder: nullcontext(False))
    answer = aino.post("/tuonti/", {"liite": "Toimenpide\tToimiala\nTeko\tTekninen"})
    assert answer.status_code == 503
    assert "Palvelin lukee juuri muita tiedostoja. Odota hetki ja yritä uudelleen." in answer.content.decode()
    assert "Teko" in answer.content.decode()  # what was pasted is not lost
    assert not Tuonti.objects.exists()


def test_what_was_read_when_the_file_came_in_is_not_read_again(aino, monkeypatch):
    aino.post(LISTA, {"liite": "Toimenpide\tToimiala\nTeko\tTekniset palvelut"})
    monkeypatch.setattr("seuranta.tiedosto.luenta.read_file", None)
    assert "Teko" in sivu(aino, Tuonti.objects.get())


def test_a_discarded_file_writes_nothing(aino, laheta):
    tuonti = laheta(UUSI)
    assert "Tiedosto on hylätty." in aino.post(f"/tuonti/{tuonti.pk}/hylkaa/", follow=True).text
    assert not Toimenpide.objects.filter(nimi=UUSI[2]).exists()


def test_the_original_comes_back_byte_for_byte_and_never_as_a_page(aino, laheta):
    content = xlsx(UUSI)
    tuonti = laheta(name="<b>ää–&.html.xlsx", content=content)
    answer = aino.get(f"/tuonti/{tuonti.pk}/tiedosto/")
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "<b>ää" not in sivu(aino, tuonti)


@needs_shared
@pytest.mark.parametrize("path", sorted(AINEISTO.glob("*-20*.*")), ids=lambda path: path.name)
def test_every_given_file_goes_in_by_the_browser_with_no_column_chosen(path, aino, cast):
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile(path.name, path.read_bytes())})
    tuonti = Tuonti.objects.get()
    Strategia.objects.filter(kunta=cast.kunta).update(nimi="Vanha", avain="0" * 64)  # the file makes its own
    paata(aino, tuonti, strategia="Tuotu")
    for ratkaistava in look_through(tuonti, read_decisions(tuonti)).ratkaistavat:
        kind = "toimiala" if ratkaistava.avain else "ohita"
        paata(
            aino,
            tuonti,
            **{f"{kind}|{ratkaistava.avain or ratkaistava.issue.cell}": "uusi" if ratkaistava.avain else "1"},
        )
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    assert "sarake" not in paatetty(tuonti)
    expected = {
        "keuruu": 188,
        "strategiakarjet": 8,
        "tuusula": 52,
        "kerava": 141,
        "kemi": 16 if path.suffix == ".xlsx" else 6,
    }
    name = path.name.partition("-")[0]
    assert Toimenpide.objects.filter(tavoite__painopiste__strategia__nimi="Tuotu").count() == expected[name]
