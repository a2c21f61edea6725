"""Importing in the browser, as Aino does it: send, look, decide, save, undo."""

import io
import json
from contextlib import nullcontext

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from seuranta.esikatselu import list_decisions, plan_stored
from seuranta.models import Kirjaus, Seurantajakso, Tuonti
from seuranta.tuonti import sandbox
from strategia.models import Kirjoitusasu, Strategia, Toimenpide, Toimiala
from tests.osoitteet import previewed_tuonti
from tests.ymparisto import ON_POSTGRES, SHARED, needs_shared

LISTA = "/tuonti/"
AINEISTO = SHARED / "aineisto"
OTSIKOT = ["Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"]
UUSI = [
    "Rohkea talous",
    "Tilat käyttöön",
    "Avoin työtila – keskusta",
    "Sivistyspalvelut",
    2,
    "Suunnitellaan & kysytään.",
]
VANHA = ["Rohkea talous", "Tilat käyttöön", "Tyhjistä kiinteistöistä luovutaan", "Tekniset palvelut", 3, "Kaksi myyty."]


def xlsx(*rows, otsikot=OTSIKOT):
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in [otsikot, *rows]:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


@pytest.fixture
def aino(cast, kirjautunut):
    return kirjautunut(cast.aino)


@pytest.fixture
def laheta(aino, cast):
    """`laheta(*rows)`: send a table for the open jakso; returns the Tuonti that waits in the preview."""

    def send(*rows, name="seuranta.xlsx", content=None):
        answer = aino.post(LISTA, {"tiedosto": SimpleUploadedFile(name, content or xlsx(*rows))})
        assert answer.status_code == 302, answer.text
        tuonti = Tuonti.objects.first()
        paata(aino, tuonti, kohde="1", jakso=cast.jakso.nimi)
        return tuonti

    return send


def sivu(client, tuonti, **query):
    return client.get(reverse("seuranta:tuonti-detail", args=[tuonti.pk]), query).text


def paata(client, tuonti, **decisions):
    client.post(reverse("seuranta:tuonti-paata", args=[tuonti.pk]), decisions)
    tuonti.refresh_from_db()


def tallenna(client, tuonti):
    """Press the save button that the page shows; returns the next page."""
    page = sivu(client, tuonti)
    mark = page.partition('name="sormenjalki" value="')[2].partition('"')[0]
    return client.post(reverse("seuranta:tuonti-tallenna", args=[tuonti.pk]), {"sormenjalki": mark}, follow=True).text


# --- who may not


def test_only_aino_imports(cast, kirjautunut):
    tuonti = previewed_tuonti(cast)
    for who in (cast.kaisa, cast.hilkka, cast.veikko, cast.liisa, cast.tarmo):
        client = kirjautunut(who)
        assert client.post(LISTA, {"liite": "x"}).status_code == 403
        for name in ("tuonti-paata", "tuonti-tallenna", "tuonti-hylkaa", "tuonti-kumoa"):
            assert client.post(reverse(f"seuranta:{name}", args=[tuonti.pk])).status_code == 403, name
    tuonti.refresh_from_db()
    assert (tuonti.tila, tuonti.valinnat) == ("esikatselu", {})


# --- send and look


def test_the_preview_writes_nothing_and_shows_what_would_come(cast, aino, laheta):
    before = Toimenpide.objects.count(), Kirjaus.objects.count()
    tuonti = laheta(UUSI, VANHA)
    page = sivu(aino, tuonti)
    assert "Mitään ei ole vielä tallennettu. Kaikki on selvää: voit tallentaa." in page
    assert "Avoin työtila – keskusta" in page
    assert "Tallenna 2 riviä" in page
    assert (Toimenpide.objects.count(), Kirjaus.objects.count()) == before


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


def test_a_long_table_tells_that_it_is_being_saved_before_it_has_been(aino, laheta, monkeypatch):
    monkeypatch.setattr("seuranta.views.tuonnit.HETKESSA", 1)
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
    monkeypatch.setattr("seuranta.views.tuonnit.HETKESSA", 1)
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
        ("lista.csv", b"Nimi;Osoite\r\nAila;Koivutie\r\n", "otsikko"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(name, content, sentence, aino):
    answer = aino.post(LISTA, {"tiedosto": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert sentence.casefold() in answer.text.casefold()
    assert not Tuonti.objects.exists()


def test_when_too_many_files_are_read_at_once_the_next_is_asked_to_wait(aino, monkeypatch):
    monkeypatch.setattr("seuranta.tuonti.sandbox.turn", lambda folder: nullcontext(False))
    answer = aino.post("/tuonti/", {"liite": "Toimenpide\tToimiala\nTeko\tTekninen"})
    assert answer.status_code == 503
    assert "Palvelin lukee juuri muita tiedostoja. Odota hetki ja yritä uudelleen." in answer.content.decode()
    assert "Teko" in answer.content.decode()  # what was pasted is not lost
    assert not Tuonti.objects.exists()


def test_what_was_read_when_the_file_came_in_is_not_read_again(aino, monkeypatch):
    aino.post(LISTA, {"liite": "Toimenpide\tToimiala\nTeko\tTekniset palvelut"})
    monkeypatch.setattr("seuranta.esikatselu.read_file", None)
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


# --- decide


def test_an_ambiguous_score_waits_and_can_be_chosen(cast, aino, laheta):
    tuonti = laheta([*UUSI[:4], "1) 4, 2) 5", "Ok."])
    page = sivu(aino, tuonti)
    assert "Yksi solu odottaa päätöstäsi." in page
    assert "Tallenna 1 rivi" not in page
    assert page.count('name="solu|Sheet!E2"') == 2
    paata(aino, tuonti, **{"solu|Sheet!E2": "5"})
    tallenna(aino, tuonti)
    assert Kirjaus.objects.get(toimenpide__nimi=UUSI[2]).toteutumisaste == 5


def test_a_faulty_score_may_be_left_out_and_its_text_stays(cast, aino, laheta):
    tuonti = laheta([*UUSI[:4], "1) 4, 2) 5", "Ok."])
    paata(aino, tuonti, **{"ohita|Sheet!E2": "1"})
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(toimenpide__nimi=UUSI[2])
    assert (kirjaus.toteutumisaste, kirjaus.sisainen_huomio) == (None, "1) 4, 2) 5")


def test_nothing_is_saved_while_a_cell_waits(aino, laheta):
    tuonti = laheta([*UUSI[:4], 7, "Ok."])
    answer = aino.post(f"/tuonti/{tuonti.pk}/tallenna/", {"sormenjalki": "arvaus"}, follow=True)
    assert "Tiedot muuttuivat esikatselun jälkeen. Mitään ei tallennettu." in answer.text
    assert not Toimenpide.objects.filter(nimi=UUSI[2]).exists()


# --- any value may be typed over


def korjaa(client, tuonti, solu, **values):
    """Open the row of `solu`, change these cells, leave the others as the form shows them; returns the next page."""
    form = client.get(reverse("seuranta:tuonti-rivi", args=[tuonti.pk, solu])).context["kentat"]
    shown = {name: kentta.arvo for kentta in form for name in (f"oli|{kentta.cell}", f"solu|{kentta.cell}")}
    posted = {**shown, **{f"solu|Sheet!{cell}": value for cell, value in values.items()}, "paluu": "nayta=new&sivu=1"}
    answer = client.post(reverse("seuranta:tuonti-paata", args=[tuonti.pk]), posted)
    tuonti.refresh_from_db()
    return answer.url


def test_any_cell_of_a_row_is_typed_over_and_told(cast, aino, laheta):
    tuonti = laheta(UUSI, VANHA)
    assert "Korjaa" in sivu(aino, tuonti)
    url = korjaa(aino, tuonti, "Sheet!C2", E2="5", F2="Rivi yksi\r\nja kaksi", D2="Tekniset palvelut", C2="Uusi nimi")
    assert url.endswith("?nayta=new&sivu=1")
    assert tuonti.valinnat["solut"].keys() == {"Sheet!C2", "Sheet!D2", "Sheet!E2", "Sheet!F2"}
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(toimenpide__nimi="Uusi nimi")
    assert (kirjaus.toteutumisaste, kirjaus.kommentti) == (5, "Rivi yksi\nja kaksi")
    assert kirjaus.toimenpide.toimiala.nimi == "Tekniset palvelut"


def test_what_was_not_changed_is_not_typed_over_and_a_cell_can_be_emptied(aino, laheta):
    tuonti = laheta([*UUSI[:5], "Kaksi\nriviä ja <b>lihava</b>"], VANHA)
    korjaa(aino, tuonti, "Sheet!C2")
    assert tuonti.valinnat["solut"] == {}
    korjaa(aino, tuonti, "Sheet!C2", E2="")
    assert tuonti.valinnat["solut"] == {"Sheet!E2": ""}
    assert "Peru korjaukset" in sivu(aino, tuonti, nayta="tulkinnat")
    paata(aino, tuonti, peru="solut")
    assert tuonti.valinnat["solut"] == {}


def test_an_empty_cell_and_a_carried_one_are_there_too(aino, laheta):
    tuonti = laheta(UUSI, [None, None, "Toinen teko", "Sivistyspalvelut", 3, None])
    page = aino.get(reverse("seuranta:tuonti-rivi", args=[tuonti.pk, "Sheet!C3"]))
    fields = {kentta.cell: (kentta.arvo, kentta.on_yhteinen) for kentta in page.context["kentat"]}
    assert fields == {
        "Sheet!A2": ("Rohkea talous", True),
        "Sheet!B2": ("Tilat käyttöön", True),
        "Sheet!C3": ("Toinen teko", False),
        "Sheet!D3": ("Sivistyspalvelut", False),
        "Sheet!E3": ("3", False),
        "Sheet!F3": ("", False),
    }
    assert "Sama solu on monella rivillä" in page.text
    korjaa(aino, tuonti, "Sheet!C3", F3="Kommentti tyhjään soluun", A2="Uusi kärki")
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(toimenpide__nimi="Toinen teko")
    assert kirjaus.kommentti == "Kommentti tyhjään soluun"
    assert kirjaus.toimenpide.tavoite.painopiste.nimi == "Uusi kärki"


def test_a_row_that_is_not_there_is_not_found_and_a_saved_one_is_not_mended(aino, laheta):
    tuonti = laheta(UUSI)
    assert aino.get(reverse("seuranta:tuonti-rivi", args=[tuonti.pk, "Sheet!C99"])).status_code == 404
    tallenna(aino, tuonti)
    answer = aino.get(reverse("seuranta:tuonti-rivi", args=[tuonti.pk, "Sheet!C2"]))
    assert answer.url == reverse("seuranta:tuonti-detail", args=[tuonti.pk])


def test_cells_of_the_only_sheet_are_shown_without_its_name(aino, laheta):
    page = sivu(aino, laheta([*UUSI[:4], "4/5", "x"]), nayta="ratkaistavat")
    assert ">E2<" in page
    assert 'name="solu|Sheet!E2"' in page
    assert ">Sheet!" not in page


def test_an_unknown_toimiala_is_joined_and_remembered(cast, aino, laheta):
    row = [*UUSI[:3], "Sivistyspalv.", 2, "Ok."]
    tuonti = laheta(row, [*UUSI[:2], "Toinen uusi", "Sivistyspalv.", 3, "Ok."])
    page = sivu(aino, tuonti)
    assert "”Sivistyspalv.” tarkoittaa" in page
    assert page.count("<fieldset") == 1  # two cells, one decision
    avain = page.partition('name="toimiala|')[2].partition('"')[0]
    paata(aino, tuonti, **{f"toimiala|{avain}": str(cast.sivistys.pk)})
    tallenna(aino, tuonti)
    assert Toimenpide.objects.get(nimi=UUSI[2]).toimiala == cast.sivistys
    assert Kirjoitusasu.objects.get(kunta=cast.kunta).toimiala == cast.sivistys
    assert "tarkoittaa" not in sivu(aino, laheta(row))


def test_an_unknown_toimiala_may_be_made_new(cast, aino, laheta):
    tuonti = laheta([*UUSI[:3], "Vesi & energia", 2, "Ok."])
    avain = sivu(aino, tuonti).partition('name="toimiala|')[2].partition('"')[0]
    paata(aino, tuonti, **{f"toimiala|{avain}": "uusi"})
    tallenna(aino, tuonti)
    assert Toimiala.objects.filter(kunta=cast.kunta, nimi="Vesi & energia").exists()


def test_another_kuntas_toimiala_cannot_be_chosen(cast, aino, laheta):
    tuonti = laheta([*UUSI[:3], "Tekniikka", 2, "Ok."])
    avain = sivu(aino, tuonti).partition('name="toimiala|')[2].partition('"')[0]
    paata(aino, tuonti, **{f"toimiala|{avain}": str(cast.naapuri.tekniset.pk)})
    assert "toimialat" not in tuonti.valinnat


def test_a_renamed_toimenpide_keeps_its_history(cast, aino, laheta):
    vanha = Toimenpide.objects.get(nimi="Ränssin koulu vuokrataan yrityksille")
    row = [
        "Rohkea talous",
        "Tilat käyttöön",
        "Ränssin koulu vuokrataan yritykselle",
        "Sivistyspalvelut",
        4,
        "Vuokrattu.",
    ]
    tuonti = laheta(row)
    page = sivu(aino, tuonti, nayta="nimet")
    assert "On sama kuin: Ränssin koulu vuokrataan yrityksille" in page
    paata(aino, tuonti, **{"toimenpide|Sheet!C2": str(vanha.pk)})
    tallenna(aino, tuonti)
    vanha.refresh_from_db()
    assert vanha.nimi == "Ränssin koulu vuokrataan yritykselle"
    assert vanha.kirjaukset.get(jakso=cast.jakso).toteutumisaste == 4


def test_what_a_person_saved_is_kept_or_replaced_as_chosen(cast, aino, laheta, kirjautunut):
    kirjautunut(cast.veikko).post(
        f"/jaksot/{cast.jakso.pk}/kirjaa/",
        {
            f"t{cast.toimenpiteet[4].pk}-{k}": v
            for k, v in {
                "versio": 0,
                "aste": "1",
                "syy": "",
                "kommentti": "Veikko kirjoitti.",
                "sisainen_huomio": "",
            }.items()
        },
    )
    tuonti = laheta(VANHA)
    assert "Arvon ”Veikko kirjoitti.” on tallentanut ihminen" in sivu(aino, tuonti)
    paata(aino, tuonti, **{"ristiriita|Sheet!F2": "nykyinen", "ristiriita|Sheet!E2": "tiedosto"})
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.toimenpiteet[4])
    assert (kirjaus.kommentti, kirjaus.toteutumisaste) == ("Veikko kirjoitti.", 3)


def test_missing_rows_end_only_when_chosen(cast, aino, laheta):
    valot = Toimenpide.objects.get(nimi="Uudet katuvalot Äijänsuolle")
    tuonti = laheta(VANHA)
    page = sivu(aino, tuonti, nayta="puuttuvat")
    assert "Uudet katuvalot Äijänsuolle" in page
    assert "Kerho jokaiselle koululle" not in page  # a file of one toimiala says nothing about the others
    paata(aino, tuonti, puuttuvat="1", paata=[str(valot.pk)])
    tallenna(aino, tuonti)
    valot.refresh_from_db()
    cast.vayla.refresh_from_db()
    assert valot.voimassa_asti is not None
    assert cast.vayla.voimassa_asti is None


def test_a_column_can_be_given_another_role(cast, aino):
    rows = xlsx([*UUSI, "Tekijä Öö"], otsikot=[*OTSIKOT, "Kuka"])
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("s.xlsx", rows)})
    tuonti = Tuonti.objects.get()
    paata(aino, tuonti, kohde="1", jakso=cast.jakso.nimi, **{"sarake|G": "vastuu"})
    tallenna(aino, tuonti)
    assert Toimenpide.objects.get(nimi=UUSI[2]).vastuu == "Tekijä Öö"


def test_two_possible_scores_are_asked_about_and_not_guessed(cast, aino):
    rows = [[*UUSI[:4], 3, 4], [*VANHA[:4], 2, 5]]
    content = xlsx(*rows, otsikot=[*OTSIKOT[:4], "Toteuma", "Arvio"])
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("s.xlsx", content)})
    tuonti = Tuonti.objects.get()
    page = sivu(aino, tuonti)
    assert "missä on toteutumisaste?" in page
    assert "Yksi solu odottaa päätöstäsi." in page
    assert 'name="sormenjalki"' not in page
    paata(aino, tuonti, **{"kysymys|Sheet!E1": "1"})
    paata(aino, tuonti, kohde="1", jakso="Kevät 2027")
    tallenna(aino, tuonti)
    assert Kirjaus.objects.get(toimenpide__nimi=UUSI[2], jakso__nimi="Kevät 2027").toteutumisaste == 4


def test_years_in_a_name_are_noted_and_an_answered_row_stays_in_its_jakso(cast, aino, laheta):
    row = [*UUSI[:2], "Kylätalon kunnostus 2027-2028", *UUSI[3:]]
    tallenna(aino, laheta(row))
    teko = Toimenpide.objects.get(nimi="Kylätalon kunnostus 2027-2028")
    assert (teko.voimassa_alkaen.isoformat(), teko.voimassa_asti.isoformat()) == ("2027-01-01", "2028-12-31")
    assert teko in cast.jakso.toimenpiteet()  # of 2026, but it was answered
    teko.kirjaukset.all().delete()
    assert teko not in cast.jakso.toimenpiteet()


def test_a_new_jakso_gets_its_name_and_date(cast, aino):
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("s.xlsx", xlsx(UUSI))})
    tuonti = Tuonti.objects.get()
    paata(aino, tuonti, kohde="1", jakso="Tilinpäätös 2026", tilanne="2026-12-31", asteikko="1")
    tallenna(aino, tuonti)
    jakso = Seurantajakso.objects.get(nimi="Tilinpäätös 2026")
    assert (jakso.tyyppi, jakso.paattyy.isoformat()) == ("tilinpaatos", "2026-12-31")
    assert jakso.strategia.asteikko["3"] == "Käynnissä"


def test_the_strategia_is_named_and_a_new_name_makes_a_new_one(cast, aino):
    rows = xlsx(["P", "T", "Uusi teko"], otsikot=["Painopiste", "Tavoite", "Toimenpide"])
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("suunnitelma.xlsx", rows)})
    tuonti = Tuonti.objects.get()
    page = sivu(aino, tuonti)
    assert f'value="{cast.strategia.nimi}"' in page
    assert "Taulukossa ei ole arvioita, joten jaksoa ei synny." in page
    assert "Asteikko." not in page
    paata(aino, tuonti, kohde="1", strategia="Kirkkoranta 2030")
    assert "Syntyy 1 uutta toimenpidettä, 0 muuttuu." in sivu(aino, tuonti)
    tallenna(aino, tuonti)
    assert Toimenpide.objects.get(nimi="Uusi teko").tavoite.painopiste.strategia.nimi == "Kirkkoranta 2030"
    assert cast.strategia.painopisteet.count() == 2


def test_a_register_that_changed_meanwhile_shows_the_new_preview(cast, aino, laheta):
    tuonti = laheta(VANHA)
    mark = sivu(aino, tuonti).partition('name="sormenjalki" value="')[2].partition('"')[0]
    Toimenpide.objects.filter(nimi=VANHA[2]).update(vastuu="Joku muu", koodi="9.9")
    Kirjaus.objects.create(
        kunta=cast.kunta, jakso=cast.jakso, toimenpide=cast.toimenpiteet[4], toteutumisaste=1, syy=""
    )
    answer = aino.post(f"/tuonti/{tuonti.pk}/tallenna/", {"sormenjalki": mark}, follow=True)
    assert "Tiedot muuttuivat esikatselun jälkeen. Mitään ei tallennettu." in answer.text


# --- undo and proof


def register():
    """Every value an import may change; history, versio and the log apart."""
    apart = {"versio", "muokattu", "lahetetty", "haku"}
    models = (Toimenpide, Kirjaus, Seurantajakso, Toimiala, Kirjoitusasu)
    return {
        m.__name__: [{k: v for k, v in row.items() if k not in apart} for row in m.objects.order_by("pk").values()]
        for m in models
    }


def test_undo_brings_every_value_back(cast, aino, laheta):
    tallenna(aino, laheta(VANHA))
    before = register()
    tuonti = laheta(UUSI, [*VANHA[:4], 5, "Kaikki myyty."])
    tallenna(aino, tuonti)
    assert register() != before
    assert "Tuonti on kumottu." in aino.post(f"/tuonti/{tuonti.pk}/kumoa/", follow=True).text
    assert register() == before
    tuonti.refresh_from_db()
    assert (tuonti.tila, tuonti.kumoaja) == ("kumottu", cast.aino)


def test_undo_after_500_mixed_changes_restores_everything(cast, aino, laheta):
    rows = [
        ["Rohkea talous", f"Tavoite {n % 7}", f"Teko {n}", "Sivistyspalvelut", n % 5 + 1, f"Teksti {n}"]
        for n in range(300)
    ]
    tallenna(aino, laheta(*rows))
    before = register()
    changed = [[*row[:4], row[4] % 5 + 1, f"Uusi {n}"] for n, row in enumerate(rows)]
    new = [["Uusi kärki", f"Tavoite {n % 5}", f"Lisä {n}", "Uusi ala", 3, "Ok."] for n in range(200)]
    tuonti = laheta(*changed, *new)
    avain = sivu(aino, tuonti).partition('name="toimiala|')[2].partition('"')[0]
    paata(aino, tuonti, **{f"toimiala|{avain}": "uusi"})
    tallenna(aino, tuonti)
    assert Toimenpide.objects.filter(nimi__startswith="Lisä").count() == 200
    aino.post(f"/tuonti/{tuonti.pk}/kumoa/")
    assert register() == before


def test_undo_says_what_depends_on_the_import(cast, aino, laheta):
    tuonti = laheta(UUSI)
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(toimenpide__nimi=UUSI[2])
    kirjaus.kommentti = "Otso jatkoi."
    kirjaus.save()
    answer = aino.post(f"/tuonti/{tuonti.pk}/kumoa/", follow=True)
    assert "Tuontia ei voi kumota. 1 kirjausta on muutettu tuonnin jälkeen." in answer.text
    assert Kirjaus.objects.get(toimenpide__nimi=UUSI[2]).kommentti == "Otso jatkoi."


def test_the_proof_shows_the_source_beside_what_is_stored(cast, aino, laheta):
    tuonti = laheta(UUSI, VANHA)
    tallenna(aino, tuonti)
    path = f"/tuonti/{tuonti.pk}/vertaa/"
    assert "Jokainen tiedoston arvo on tallessa sellaisenaan." in aino.get(path).text
    Kirjaus.objects.filter(toimenpide__nimi=UUSI[2]).update(kommentti="Muutettu.")
    page = aino.get(path, {"nayta": "erot"}).text
    assert "Yksi solu eroaa tiedostosta." in page
    assert "Suunnitellaan &amp; kysytään." in page
    assert "Muutettu." in page


def test_the_table_goes_out_in_the_sources_own_columns_with_its_differences(cast, aino, laheta):
    otsikot = ["Kommentti", "Teko", "Kärki", "Tavoite", "Aste", "Toimiala"]
    rows = [["+1+1 & ä", "Avoin työtila", "Rohkea talous", "Tilat käyttöön", 2, "Sivistyspalvelut"]]
    tuonti = laheta(content=xlsx(*rows, otsikot=otsikot))
    tallenna(aino, tuonti)
    tuonti.refresh_from_db()
    assert tuonti.tila == Tuonti.Tila.TALLENNETTU
    Kirjaus.objects.filter(tuonti=tuonti).update(toteutumisaste=4)
    answer = aino.get(reverse("seuranta:tuonti-taulukko", args=[tuonti.pk]))
    assert "seuranta" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    table, differences = book.worksheets
    assert [[cell.value for cell in row] for row in table] == [
        otsikot,
        ["+1+1 & ä", "Avoin työtila", "Rohkea talous", "Tilat käyttöön", 4, "Sivistyspalvelut"],
    ]
    assert [cell.data_type for cell in table[2]] == ["s", "s", "s", "s", "n", "s"]
    assert [bool(cell.fill.fill_type) for cell in table[2]] == [False, False, False, False, True, False]
    assert [[cell.value for cell in row] for row in differences][1:] == [["E2", "Aste", "2", "4"]]


def test_the_proof_tells_what_was_typed_over_the_file(aino, laheta):
    tuonti = laheta([*UUSI[:4], "4/5", "Alkuperäinen"], VANHA)
    korjaa(aino, tuonti, "Sheet!C2", E2="4", F2="Korjattu")
    tallenna(aino, tuonti)
    page = aino.get(reverse("seuranta:tuonti-vertaa", args=[tuonti.pk]), {"nayta": "erot"})
    differing = [(solu.lahde, solu.talletettu) for row in page.context["sivu"] for solu in row.solut if solu.on_ero]
    assert differing == [("4/5", "4"), ("Alkuperäinen", "Korjattu")]
    assert "2 solua eroaa tiedostosta." in page.text


def test_the_proof_holds_when_the_jakso_has_been_closed_since(cast, aino, tmp_path):
    path = tmp_path / "s.xlsx"
    path.write_bytes(xlsx(UUSI, VANHA))
    call_command("tuo", str(path), "--kunta", "Kirkkoranta", "--jakso", "Kevät 2027", stdout=io.StringIO())
    Seurantajakso.objects.filter(nimi="Kevät 2027").update(tila="suljettu")
    page = aino.get(f"/tuonti/{Tuonti.objects.get().pk}/vertaa/").text
    assert "Kaikki rivit 2" in page
    assert "Jokainen tiedoston arvo on tallessa sellaisenaan." in page


@needs_shared
@pytest.mark.parametrize("path", sorted(AINEISTO.glob("*-20*.*")), ids=lambda path: path.name)
def test_every_given_file_goes_in_by_the_browser_with_no_column_chosen(path, aino, cast):
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile(path.name, path.read_bytes())})
    tuonti = Tuonti.objects.get()
    Strategia.objects.filter(kunta=cast.kunta).update(nimi="Vanha", avain="0" * 64)  # the file makes its own
    paata(aino, tuonti, kohde="1")
    tuonti.valinnat = {**tuonti.valinnat, "strategia": "Tuotu"}
    tuonti.save()
    for ratkaistava in list_decisions(plan_stored(tuonti)):
        kind = "toimiala" if ratkaistava.avain else "ohita"
        paata(
            aino,
            tuonti,
            **{f"{kind}|{ratkaistava.avain or ratkaistava.issue.cell}": "uusi" if ratkaistava.avain else "1"},
        )
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    assert tuonti.valinnat.get("sarakkeet") is None
    expected = {
        "keuruu": 188,
        "strategiakarjet": 8,
        "tuusula": 52,
        "kerava": 141,
        "kemi": 16 if path.suffix == ".xlsx" else 6,
    }
    name = path.name.partition("-")[0]
    assert Toimenpide.objects.filter(tavoite__painopiste__strategia__nimi="Tuotu").count() == expected[name]


# --- hostile files, over HTTP


def hostile():
    path = SHARED / "vihamieliset" / "manifest.json"
    return json.loads(path.read_text())["entries"] if path.exists() else [None]


@pytest.fixture(scope="module")
def lapsi():
    with sandbox.Lapsi() as lapsi:
        yield lapsi


@pytest.fixture
def _one_child_on_postgresql(lapsi, monkeypatch):
    """One child reads them all. On SQLite each file starts its own, as on the site; see also test_vihamieliset.py."""
    if ON_POSTGRES:
        monkeypatch.setattr(sandbox, "read_in_child", lapsi.read)


@needs_shared
@pytest.mark.usefixtures("_one_child_on_postgresql")
@pytest.mark.parametrize("case", hostile(), ids=lambda case: case and case["id"])
def test_a_hostile_file_is_read_or_refused_and_writes_nothing(case, cast, aino, settings):
    content = (SHARED / "vihamieliset" / case["file"]).read_bytes()
    upload = SimpleUploadedFile("x", content)
    upload._name = case.get("upload_name", case["file"])  # the very name, which the class would clean
    before = register(), sorted(p for p in settings.MEDIA_ROOT.rglob("*"))
    answer = aino.post(LISTA, {"tiedosto": upload})
    if answer.status_code == 302:
        assert case["expect"] != "reject"
        assert aino.get(answer.url).status_code == 200
    else:
        assert 400 <= answer.status_code < 500
        assert case["expect"] in ("reject", "ok_or_reject")
        assert sorted(p for p in settings.MEDIA_ROOT.rglob("*")) == before[1]
    assert register() == before[0]
