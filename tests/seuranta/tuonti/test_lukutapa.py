"""What a person decided of a table's reading is kept for the kunta and used for the next file of the same shape."""

import re
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.models import Lukutapa, Tuonti
from seuranta.tiedosto.paatokset import read_decisions
from seuranta.tuonti.esikatselu import plan_stored
from strategia.models import Rooli, Toimenpide
from tests.cast import create_user
from tests.silmin import tiivis
from tests.ymparisto import JUURI

from .test_tuo import tuo
from .tuontisivut import LISTA, OTSIKOT, UUSI, VANHA, kysymys, paata, paatetty, sanat, sivu, tallenna, xlsx

PUUHARI = [*OTSIKOT[:5], "Kommentti 2025", "Puuhari"]


def lukusivu(client, tuonti, **query):
    return tiivis(client.get(reverse("seuranta:tuonti-lukutapa", args=[tuonti.pk]), query).text)


@pytest.fixture
def tuo_selaimessa(aino, cast):
    """`tuo_selaimessa(otsikot, *rows)`: send a table for the open jakso; returns the Tuonti in its preview."""

    def send(otsikot, *rows, client=aino, name="seuranta.xlsx"):
        content = xlsx(*rows, otsikot=otsikot)
        answer = client.post(LISTA, {"tiedosto": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.text
        return Tuonti.objects.first()

    return send


@pytest.fixture
def opittu(aino, cast, tuo_selaimessa):
    """Last year's file, whose column "Puuhari" Aino told to be the vastuu."""
    tuonti = tuo_selaimessa(PUUHARI, [*UUSI, "Rehtori"], name="vuosi-2025.xlsx")
    paata(aino, tuonti, jakso=cast.jakso.nimi, strategia=cast.strategia.nimi, **{"sarake|Sheet!G": "vastuu"})
    tallenna(aino, tuonti)
    return Lukutapa.objects.get()


def vastuut(tuonti):
    return [row.rivi.vastuu for row in plan_stored(tuonti).rows]


# --- kept, and used at once


def test_what_was_decided_is_kept_with_who_and_when(cast, opittu):
    assert opittu.sarakkeet == {"puuhari": "vastuu"}
    assert (opittu.kunta, opittu.kuka, opittu.tiedostonimi) == (cast.kunta, cast.aino, "vuosi-2025.xlsx")
    assert (opittu.otsikkorivi, opittu.jatetyt, opittu.versio) == (None, [], 1)
    assert "puuhari" in opittu.otsikot


def test_a_table_of_which_nothing_was_decided_leaves_no_reading(aino, cast, laheta):
    tallenna(aino, laheta(UUSI))
    assert not Lukutapa.objects.exists()


def test_next_years_file_with_a_column_more_is_read_so_and_says_so(aino, opittu, tuo_selaimessa):
    otsikot = [*OTSIKOT[:5], "Kommentti 2026", "Hoituu", "Puuhari"]
    tuonti = tuo_selaimessa(otsikot, [*VANHA, "uutta", "Rakennusmestari"])
    assert vastuut(tuonti) == ["Rakennusmestari"]
    assert "sarake" not in paatetty(tuonti)  # nobody has decided anything of this file
    page = sivu(aino, tuonti)
    assert "Luettu kuten samanlainen taulukko viimeksi: ”vuosi-2025.xlsx”, Aino Aaltonen." in sanat(page)
    [notice] = [each for each in plan_stored(tuonti).luettu.notices if each.code == "reading_known"]
    assert "--ilman-lukutapaa" in notice.fi


def test_a_renamed_sheet_is_the_same_table(aino, opittu, tmp_path, cast):
    book = openpyxl.Workbook()
    book.active.title = "Seuranta 2026"
    for row in [PUUHARI, [*VANHA, "Rehtori"]]:
        book.active.append(row)
    book.save(tmp_path / "s.xlsx")
    answer = tuo(tmp_path / "s.xlsx", "--esikatsele", kunta=cast.kunta.nimi)
    assert answer["rows"][0]["vastuu"] == "Rehtori"
    assert "reading_known" in [notice["code"] for notice in answer["notices"]]


def test_a_click_reads_it_from_the_beginning_and_another_as_before(aino, opittu, tuo_selaimessa):
    tuonti = tuo_selaimessa(PUUHARI, [*VANHA, "Rehtori"])
    paata(aino, tuonti, lukutapa="pois")
    assert vastuut(tuonti) == [None]
    assert "Taulukko luettiin alusta, ilman aiempaa lukutapaa." in sivu(aino, tuonti)
    assert not [each for each in plan_stored(tuonti).luettu.notices if each.code == "reading_known"]
    paata(aino, tuonti, **{"lukutapa": "", "oli|lukutapa": "pois"})
    assert vastuut(tuonti) == ["Rehtori"]


def test_an_option_does_the_same(opittu, cast, tmp_path):
    path = tmp_path / "s.xlsx"
    path.write_bytes(xlsx([*VANHA, "Rehtori"], otsikot=PUUHARI))
    answer = tuo(path, "--esikatsele", "--ilman-lukutapaa", kunta=cast.kunta.nimi)
    assert answer["rows"][0]["vastuu"] is None
    assert "reading_known" not in [notice["code"] for notice in answer["notices"]]


def test_what_is_decided_now_wins_over_what_is_remembered_and_replaces_it(aino, cast, opittu, tuo_selaimessa):
    tuonti = tuo_selaimessa(PUUHARI, [*VANHA, "Rehtori"])
    paata(aino, tuonti, jakso=cast.jakso.nimi, strategia=cast.strategia.nimi, **{"sarake|Sheet!G": "riski"})
    [row] = plan_stored(tuonti).rows
    assert (row.rivi.vastuu, row.rivi.riski) == (None, "Rehtori")
    tallenna(aino, tuonti)
    opittu.refresh_from_db()
    assert (opittu.sarakkeet, opittu.versio) == ({"puuhari": "riski"}, 2)


def test_another_table_of_the_kunta_is_not_read_by_it(opittu, tuo_selaimessa):
    tuonti = tuo_selaimessa(["Toimenpide", "Puuhari", "Hinta", "Lisätieto"], ["Teko", "Rehtori", 3, "z"])
    assert tuonti.muistettu == {}


def test_another_kunta_never_sees_it(cast, opittu, tuo_selaimessa, kirjautunut):
    tuonti = tuo_selaimessa(PUUHARI, [*VANHA, "Rehtori"], client=kirjautunut(cast.ulla))
    assert (tuonti.kunta, tuonti.muistettu) == (cast.naapuri.kunta, {})
    assert vastuut(tuonti) == [None]


# --- by command: an option of an import that wrote is remembered as a click is


def test_an_option_is_remembered_as_a_click_is(cast, tmp_path):
    path = tmp_path / "vuosi-2025.xlsx"
    path.write_bytes(xlsx([*UUSI, "Rehtori"], otsikot=PUUHARI))
    told = ("--jakso", cast.jakso.nimi, "--strategia", cast.strategia.nimi)
    tuo(path, *told, "--sarake", "G=vastuu", "--esikatsele", kunta=cast.kunta.nimi)
    assert not Lukutapa.objects.exists()  # nothing was written
    tuo(path, *told, "--sarake", "G=vastuu", "--tekija", cast.aino.email, kunta=cast.kunta.nimi)
    tapa = Lukutapa.objects.get()
    assert (tapa.sarakkeet, tapa.kuka) == ({"puuhari": "vastuu"}, cast.aino)
    assert paatetty(Tuonti.objects.first())["sarake"] == {"G": "vastuu"}
    assert Toimenpide.objects.get(nimi=UUSI[2]).vastuu == "Rehtori"
    path.write_bytes(xlsx([*VANHA, "Kanslia"], otsikot=[*OTSIKOT[:5], "Kommentti 2026", "Puuhari"]))
    answer = tuo(path, *told, "--esikatsele", kunta=cast.kunta.nimi)
    assert answer["rows"][0]["vastuu"] == "Kanslia"


def test_what_a_word_means_is_known_of_the_strategia_from_then_on(cast, tmp_path):
    path = tmp_path / "s.xlsx"
    path.write_bytes(xlsx(UUSI))
    told = ("--jakso", cast.jakso.nimi, "--strategia", cast.strategia.nimi)
    tuo(path, *told, "--sana", "Vaiheessa=3", "--sana", "Tauolla=ei", "--asteikko", "1=5,2=3", kunta=cast.kunta.nimi)
    cast.strategia.refresh_from_db()
    assert cast.strategia.tilasanat == {"vaiheessa": 3, "tauolla": None}
    assert cast.strategia.lahdeasteikko == {"1": 5, "2": 3}
    tuo(path, *told, "--sana", "Vaiheessa=2", kunta=cast.kunta.nimi)
    cast.strategia.refresh_from_db()
    assert cast.strategia.tilasanat == {"vaiheessa": 2, "tauolla": None}


# --- undone, and two people


def test_undoing_the_import_takes_its_reading_away(aino, opittu):
    tuonti = Tuonti.objects.get()
    assert "Tuonti on kumottu." in aino.post(reverse("seuranta:tuonti-kumoa", args=[tuonti.pk]), follow=True).text
    assert not Lukutapa.objects.exists()


def test_undoing_a_later_import_brings_the_earlier_reading_back(aino, cast, opittu, tuo_selaimessa):
    tuonti = tuo_selaimessa(PUUHARI, [*VANHA, "Rehtori"])
    paata(aino, tuonti, jakso=cast.jakso.nimi, strategia=cast.strategia.nimi, **{"sarake|Sheet!G": "riski"})
    tallenna(aino, tuonti)
    aino.post(reverse("seuranta:tuonti-kumoa", args=[tuonti.pk]))
    opittu.refresh_from_db()
    assert (opittu.sarakkeet, opittu.tiedostonimi) == ({"puuhari": "vastuu"}, "vuosi-2025.xlsx")


def test_a_reading_that_another_changed_meanwhile_does_not_change_a_file_that_waits(
    aino, cast, opittu, tuo_selaimessa, kirjautunut
):
    waits = tuo_selaimessa(PUUHARI, [*VANHA, "Rehtori"])
    pirjo = kirjautunut(create_user(cast.kunta, "Pirjo Pääkkönen", Rooli.PAAKAYTTAJA))
    other = tuo_selaimessa(PUUHARI, [*UUSI, "Kanslia"], client=pirjo)
    paata(pirjo, other, jakso=cast.jakso.nimi, strategia=cast.strategia.nimi, **{"sarake|Sheet!G": "riski"})
    tallenna(pirjo, other)
    opittu.refresh_from_db()
    assert (opittu.sarakkeet, opittu.kuka.nimi) == ({"puuhari": "riski"}, "Pirjo Pääkkönen")
    assert vastuut(waits) == ["Rehtori"]  # as Aino was shown


# --- the page


def test_the_page_shows_the_sheet_with_a_role_over_each_column(aino, laheta):
    tuonti = laheta(UUSI, VANHA)
    page = lukusivu(aino, tuonti)
    assert "Miten luemme taulukon" in page
    assert "Otsikot ovat rivillä 1" in page
    assert re.search(r'name="sarake\|Sheet!E".*?<option value="toteutumisaste" selected>', page)
    assert "Avoin työtila – keskusta" in page
    assert f'href="{tuonti.get_absolute_url()}"' in page


def test_a_role_chosen_on_the_page_is_read_so_and_one_left_as_it_was_is_no_decision(aino, laheta):
    tuonti = laheta(UUSI)
    shown = {
        "oli|sarake|Sheet!E": "toteutumisaste",
        "sarake|Sheet!E": "toteutumisaste",
        "oli|sarake|Sheet!F": "kommentti",
    }
    answer = paata(aino, tuonti, sivulta="lukutapa", **shown, **{"sarake|Sheet!F": "vastuu"})
    assert answer.url == reverse("seuranta:tuonti-lukutapa", args=[tuonti.pk])
    assert paatetty(tuonti)["sarake"] == {"Sheet!F": "vastuu"}
    assert vastuut(tuonti) == ["Suunnitellaan & kysytään."]


def test_a_table_that_cannot_be_known_is_kept_and_shown(aino, cast):
    answer = aino.post(LISTA, {"liite": "Asia\tPaikka\nTeko\tTekninen\nToinen\tSivistys"})
    tuonti = Tuonti.objects.get()
    assert answer.url == reverse("seuranta:tuonti-lukutapa", args=[tuonti.pk])
    page = lukusivu(aino, tuonti)
    assert "Kerro, millä rivillä otsikot ovat ja missä sarakkeessa toimenpiteet ovat." in page
    assert "Sivistys" in page
    assert "Jatka esikatseluun" not in page
    assert not Toimenpide.objects.filter(nimi="Teko").exists()


def test_less_than_two_rows_of_two_cells_is_refused_and_not_kept(aino):
    assert aino.post(LISTA, {"liite": "Asia\tPaikka\nTeko\n\nToinen"}).status_code == 422
    assert not Tuonti.objects.exists()


def test_an_answered_question_stays_in_sight_and_is_taken_back_with_all_it_decided(cast, aino):
    rows = [[*UUSI[:4], 3, 4], [*VANHA[:4], 2, 5]]
    content = xlsx(*rows, otsikot=[*OTSIKOT[:4], "Toteuma", "Arvio"])
    answer = aino.post(LISTA, {"tiedosto": SimpleUploadedFile("s.xlsx", content)})
    tuonti = Tuonti.objects.get()
    assert answer.url == reverse("seuranta:tuonti-lukutapa", args=[tuonti.pk])
    assert "Yksi kysymys odottaa vastaustasi." in lukusivu(aino, tuonti)
    paata(aino, tuonti, sivulta="lukutapa", **{kysymys(aino, tuonti): "1"})
    page = lukusivu(aino, tuonti)
    assert "Kaikkiin kysymyksiin on vastattu" in page
    assert "✓ F ”Arvio”" in page
    assert paatetty(tuonti)["sarake"]
    paata(aino, tuonti, peru=next(each.pk for each in read_decisions(tuonti).annetut if each.laji == "kysymys"))
    assert not paatetty(tuonti)["sarake"]
    assert "Yksi kysymys odottaa vastaustasi." in lukusivu(aino, tuonti)


def test_nothing_is_written_while_a_question_is_open(cast, tmp_path):
    path = tmp_path / "s.xlsx"
    path.write_bytes(xlsx([*UUSI[:4], 3, 4], [*VANHA[:4], 2, 5], otsikot=[*OTSIKOT[:4], "Toteuma", "Arvio"]))
    for options in ((), ("--ohita-virheet",)):
        answer = tuo(path, "--strategia", cast.strategia.nimi, *options, kunta=cast.kunta.nimi, code=1)
        assert answer["status"] == "row_errors"
    assert not Toimenpide.objects.filter(nimi=UUSI[2]).exists()


def test_the_command_tells_a_person_what_the_json_tells(cast, tmp_path):
    path = tmp_path / "s.xlsx"
    path.write_bytes(xlsx([*UUSI[:4], 3, 4], [*VANHA[:4], 2, 5], otsikot=[*OTSIKOT[:4], "Toteuma", "Arvio"]))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("tuo", str(path), "--kunta", cast.kunta.nimi, "--strategia", cast.strategia.nimi, stdout=out)
    told = out.getvalue()
    assert "1 kysymys odottaa päätöstäsi." in told
    assert "--sarake" in told
    assert "Sarakkeet (" in told
    assert "  C ”Toimenpide”: Toimenpi" in told


# --- a table that has no headings that anybody knows


OUDOT = "Xyy\tZetti\tVaari\nKoulu Nurmelaan\tErkki\tvalmis\nTie Rantaan\tSirkka\tkesken\nSilta Saareen\tTaimi\tvalmis"


def test_the_row_of_the_headings_and_the_names_are_chosen_by_clicks(aino, cast):
    aino.post(LISTA, {"liite": OUDOT})
    tuonti = Tuonti.objects.get()
    assert 'name="otsikkorivi" value="1"' in lukusivu(aino, tuonti)
    chosen = {"otsikkorivi": "1", "sarake|A": "toimenpide", "sarake|B": "vastuu", "sarake|C": "oma"}
    paata(aino, tuonti, sivulta="lukutapa", **chosen)
    rows = plan_stored(tuonti).rows
    assert [(row.rivi.toimenpide, row.rivi.vastuu) for row in rows] == [
        *(("Koulu Nurmelaan", "Erkki"), ("Tie Rantaan", "Sirkka"), ("Silta Saareen", "Taimi")),
    ]
    assert "Jatka esikatseluun" in lukusivu(aino, tuonti)
    paata(aino, tuonti, strategia=cast.strategia.nimi)
    tallenna(aino, tuonti)
    tapa = Lukutapa.objects.get()
    assert (tapa.otsikkorivi, tapa.sarakkeet) == (1, {"xyy": "toimenpide", "zetti": "vastuu", "vaari": "oma"})
    aino.post(LISTA, {"liite": "Tänä vuonna\n\n" + OUDOT.replace("Zetti", "Zetti 2027")})
    newer = Tuonti.objects.first()
    assert [row.rivi.vastuu for row in plan_stored(newer).rows] == ["Erkki", "Sirkka", "Taimi"]


def test_what_is_proposed_of_a_table_that_cannot_be_read_is_taken_by_sending_it(aino, cast):
    book = openpyxl.load_workbook(JUURI / "fixtures" / "oudot-otsikot.xlsx")
    book.active.delete_cols(1)  # no level stands beside the names any more
    book.save(out := BytesIO())
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("oudot.xlsx", out.getvalue())})
    tuonti = Tuonti.objects.get()
    page = aino.get(reverse("seuranta:tuonti-lukutapa", args=[tuonti.pk])).context["sivu"]
    assert [sarake.rooli for sarake in page.sarakkeet if sarake.kirjain == "A"] == ["toimenpide"]
    shown = {f"{oli}sarake|{each.paikka}": each.rooli for each in page.sarakkeet for oli in ("", "oli|")}
    paata(aino, tuonti, sivulta="lukutapa", **shown)
    assert len(plan_stored(tuonti).rows) == 6
    assert list(paatetty(tuonti)["sarake"].values()) == ["toimenpide"]  # an own column is no decision


def test_a_table_without_headings_is_read_by_its_columns(aino, cast, tmp_path):
    path = tmp_path / "ilman.csv"
    path.write_text(OUDOT.partition("\n")[2].replace("\t", ";"))
    options = ("--otsikkorivi", "0", "--sarake", "A=toimenpide", "--sarake", "B=vastuu", "--sarake", "C=oma")
    answer = tuo(path, "--strategia", cast.strategia.nimi, *options, kunta=cast.kunta.nimi)
    assert [row["toimenpide"] for row in answer["rows"]] == ["Koulu Nurmelaan", "Tie Rantaan", "Silta Saareen"]
    assert Lukutapa.objects.get().otsikkorivi == 0
    path.write_text("Katto Kouluun;Heikki;valmis\nOvi Kirkkoon;Liisa;kesken\n")
    answer = tuo(path, "--strategia", cast.strategia.nimi, "--esikatsele", kunta=cast.kunta.nimi)
    assert [row["vastuu"] for row in answer["rows"]] == ["Heikki", "Liisa"]


def test_a_word_is_asked_once_for_the_strategia(aino, cast):
    otsikot = [*OTSIKOT[:4], "Tilanne", "Kommentti"]
    rows = [
        [*UUSI[:4], "Kesken", "Ok."],
        [*VANHA[:4], "Valmis", "Kaksi myyty."],
        [*UUSI[:2], "Kolmas", "", "Muhii", ""],
    ]
    content = xlsx(*rows, otsikot=otsikot)
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("s.xlsx", content)})
    tuonti = Tuonti.objects.get()
    page = lukusivu(aino, tuonti)
    assert "Mitä ”Muhii” tarkoittaa" in page
    assert "--sana" not in page  # what the command needs is no part of the page
    paata(aino, tuonti, **{kysymys(aino, tuonti): "1"})
    paata(aino, tuonti, jakso=cast.jakso.nimi, strategia=cast.strategia.nimi)
    tallenna(aino, tuonti)
    cast.strategia.refresh_from_db()
    assert cast.strategia.tilasanat == {"muhii": 2}
    aino.post(
        LISTA, {"tiedosto": SimpleUploadedFile("s2.xlsx", xlsx([*UUSI[:4], "Muhii", "Ei."], rows[0], otsikot=otsikot))}
    )
    newer = Tuonti.objects.first()
    assert not plan_stored(newer).questions
    assert plan_stored(newer).rows[0].rivi.kirjaukset[0].toteutumisaste == 2


def test_a_scale_is_asked_once_and_may_be_answered_in_ones_own_way(aino, cast):
    title = [["Arviointi: 1 = toteutunut, 2 = osittain, 3 = ei toteutunut"], [*OTSIKOT]]
    rows = [[*UUSI[:4], 1, "Ok."], [*VANHA[:4], 3, "Ei."], [*UUSI[:2], "Kolmas", "", 2, "Puolet."]]
    content = xlsx(*title[1:], *rows, otsikot=title[0])
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("s.xlsx", content)})
    tuonti = Tuonti.objects.get()
    assert [each.code for each in plan_stored(tuonti).questions] == ["unknown_scale"]
    paata(aino, tuonti, sivulta="lukutapa", **{"kuvaus|1": "5", "kuvaus|2": "4", "kuvaus|3": "ei"})
    assert [row.rivi.kirjaukset[0].toteutumisaste for row in plan_stored(tuonti).rows] == [5, None, 4]
    assert "✓ 1 → 5, 2 → 4, 3 → ei" in lukusivu(aino, tuonti)
    paata(aino, tuonti, jakso=cast.jakso.nimi, strategia=cast.strategia.nimi)
    tallenna(aino, tuonti)
    cast.strategia.refresh_from_db()
    assert cast.strategia.lahdeasteikko == {"1": 5, "2": 4, "3": None}
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("seuraava.xlsx", content)})
    assert [row.rivi.kirjaukset[0].toteutumisaste for row in plan_stored(Tuonti.objects.first()).rows] == [5, None, 4]
    other = xlsx([*UUSI, "Puhuri"], [*VANHA, "Sumu"], otsikot=[*OTSIKOT[:5], "Huomioita", "Sää"])
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("toinen.xlsx", other)})
    rows = plan_stored(Tuonti.objects.first()).rows
    assert [row.rivi.kirjaukset[0].toteutumisaste for row in rows] == [2, 3]  # another table: its numbers are 1-5


def test_a_year_is_told_by_a_click_or_typed(aino, cast):
    otsikot = [*OTSIKOT[:4], "Toteutumisaste 31.5.", "Kommentti"]
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("s.xlsx", xlsx(UUSI, VANHA, otsikot=otsikot))})
    tuonti = Tuonti.objects.get()
    assert [each.code for each in plan_stored(tuonti).questions] == ["year_needed"]
    answer = paata(aino, tuonti, sivulta="lukutapa", vuosi="1789")
    assert answer.status_code == 422
    paata(aino, tuonti, sivulta="lukutapa", vuosi="2026")
    assert plan_stored(tuonti).luettu.jaksot == ("31.5.2026",)
    assert "✓ 2026" in lukusivu(aino, tuonti)


def test_the_page_asks_the_database_as_often_whatever_the_rows(aino, laheta):
    counts = []
    for rows in (25, 250):
        tuonti = laheta(*([*UUSI[:2], f"Teko {n}", UUSI[3], n % 5 + 1, "Ok."] for n in range(rows)))
        path = reverse("seuranta:tuonti-lukutapa", args=[tuonti.pk])
        aino.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert aino.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
