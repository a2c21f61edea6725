"""Where a file goes is asked when it is not plain; the same file again is told, and its decisions are offered."""

import datetime
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.formats import date_format

from seuranta.models import Tuonti
from strategia.models import Strategia, Toimenpide
from tests.silmin import tiivis

from .test_tuo import RIVIT, taulukko, tuo  # noqa: F401  a fixture
from .tuontisivut import LISTA, UUSI, VANHA, paata, paatetty, sivu, tallenna, xlsx

KYSYMYS = "Tiedoston 3 rivistä 0 on strategiassa"
MUU = [[*UUSI[:2], f"Aivan muu teko {number}", *UUSI[3:]] for number in (1, 2, 3)]


def send(aino, *rows, content=None, name="muu.xlsx"):
    """A file about whose place nobody has decided. content: the same bytes again, for no two workbooks are."""
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile(name, content or xlsx(*rows))})
    return Tuonti.objects.first()


# --- another plan


def test_another_plan_is_asked_about_before_anything_else(cast, aino):
    tuonti = send(aino, *MUU)
    page = sivu(aino, tuonti)
    assert "Kerro ensin, minne tiedosto kuuluu." in page
    assert KYSYMYS in page
    assert "Kaikki on selvää" not in page
    assert 'name="sormenjalki"' not in page
    aino.post(
        f"/tuonti/{tuonti.pk}/tallenna/", {"sormenjalki": aino.get(f"/tuonti/{tuonti.pk}/").context["plan"].fingerprint}
    )
    assert not Toimenpide.objects.filter(nimi=MUU[0][2]).exists()


def test_it_can_be_a_new_strategia(cast, aino):
    tuonti = send(aino, *MUU)
    paata(aino, tuonti, strategia="Hyvinvointisuunnitelma")
    page = sivu(aino, tuonti)
    assert KYSYMYS not in page
    assert "”Hyvinvointisuunnitelma” (uusi)" in page
    tallenna(aino, tuonti)
    uusi = Strategia.objects.get(nimi="Hyvinvointisuunnitelma")
    assert Toimenpide.objects.filter(tavoite__painopiste__strategia=uusi).count() == 3


def test_it_can_be_an_addition_to_this_one(cast, aino):
    tuonti = send(aino, *MUU)
    paata(aino, tuonti, strategia=cast.strategia.nimi)
    assert KYSYMYS not in sivu(aino, tuonti)
    tallenna(aino, tuonti)
    assert Toimenpide.objects.get(nimi=MUU[0][2]).tavoite.painopiste.strategia == cast.strategia


def test_reading_the_table_anew_does_not_answer_it(cast, aino):
    tuonti = send(aino, *MUU)
    known = {"strategia": cast.strategia.nimi, "oli|strategia": cast.strategia.nimi}
    paata(aino, tuonti, jakso="Kevät 2027", **known, **{"ohita": "1", "ohita|": "1"})
    assert paatetty(tuonti) == {"jakso": {"": "Kevät 2027"}}
    assert KYSYMYS in sivu(aino, tuonti)


def press_save(aino, tuonti, **typed):
    """The save button sends the fields of where the table goes along, as the page has them unless `typed` differs."""
    page = aino.get(f"/tuonti/{tuonti.pk}/")
    form = re.search(r'<form[^>]+id="kohde".+?</form>', page.text, re.DOTALL)[0]
    shown = dict(re.findall(r'name="([^"]+)"(?: id="[^"]*"| maxlength="\d+")*\s+value="([^"]*)"', form))
    posted = {"asteikko": "", **shown, "tilanne": "", **typed, "sormenjalki": page.context["plan"].fingerprint}
    return aino.post(f"/tuonti/{tuonti.pk}/tallenna/", posted, follow=True)


def test_what_was_typed_beside_the_save_button_is_read_first_and_saved_next(cast, aino):
    tuonti = send(aino, *MUU)
    paata(aino, tuonti, strategia="Hyvinvointisuunnitelma")
    page = press_save(aino, tuonti, strategia="Hyvinvoinnin suunnitelma", tilanne="2026-08-31").text
    assert "Muutit myös, minne taulukko tuodaan." in page
    assert "”Hyvinvoinnin suunnitelma” (uusi)" in tiivis(page)
    assert paatetty(tuonti)["tilanne"] == {"": datetime.date(2026, 8, 31)}
    assert not Toimenpide.objects.filter(nimi=MUU[0][2]).exists()
    assert "Tuonti on tallennettu." in press_save(aino, tuonti, tilanne="2026-08-31").text
    assert Strategia.objects.filter(nimi="Hyvinvoinnin suunnitelma").exists()


def test_a_day_that_is_none_beside_the_save_button_is_told_and_nothing_is_saved(cast, aino):
    tuonti = send(aino, *MUU)
    paata(aino, tuonti, strategia="Hyvinvointisuunnitelma")
    answer = press_save(aino, tuonti, tilanne="1.13.2026")
    assert answer.status_code == 422
    assert not Toimenpide.objects.filter(nimi=MUU[0][2]).exists()


def test_it_is_plain_where_a_third_of_the_rows_is_known_or_the_strategia_is_empty(cast, aino):
    assert KYSYMYS not in sivu(aino, send(aino, VANHA, *MUU[:2]))
    assert "Minne tiedosto kuuluu?" in sivu(aino, send(aino, VANHA, *MUU))
    Strategia.objects.create(kunta=cast.kunta, nimi="Seuranta")
    tuonti = send(aino, *MUU)
    assert "Minne tiedosto kuuluu?" not in sivu(aino, tuonti)


def test_a_command_refuses_it_unless_told_the_strategia(cast, taulukko):  # noqa: F811
    path, before = taulukko(), Toimenpide.objects.count()
    for options in ((), ("--ohita-virheet",), ("--luo-toimialat", "--ohita-virheet"), ("--esikatsele",)):
        told = tuo(path, *options, code=1)
        asked = [error for error in told["errors"] if error["code"] == "other_plan"]
        assert [(error["cell"], KYSYMYS in error["fi"]) for error in asked] == [("", True)], options
        assert told["status"] == "row_errors"
    assert Toimenpide.objects.count() == before
    told = tuo(path, "--strategia", cast.strategia.nimi, "--luo-toimialat")
    assert (told["status"], told["counts"]["new"]) == ("ok", len(RIVIT))
    assert tuo(path)["counts"]["same"] == len(RIVIT)  # known now: nothing is asked


# --- what waits for eyes


def test_all_is_clear_only_where_nothing_waits_for_eyes(cast, aino, laheta):
    assert "Kaikki on selvää: voit tallentaa." in sivu(aino, laheta(UUSI, VANHA))
    tuonti = laheta([*UUSI[:2], "Kylätalo 2027-2028", *UUSI[3:]], VANHA)
    page = sivu(aino, tuonti)
    assert "Kaikki on selvää" not in page
    assert "Mikään ei estä tallentamista, mutta katso ensin:" in page
    assert '<a href="?nayta=vuodet">Vuodet nimessä 1</a>' in page
    assert 'name="sormenjalki"' in page


# --- the same file again


def test_the_same_file_is_told_and_its_decisions_are_offered(cast, aino, laheta):
    content = xlsx([*UUSI[:4], "1) 4, 2) 5", "Ok."], VANHA)
    first = laheta(content=content)
    paata(aino, first, **{"solu|Sheet!E2": "5"})
    tallenna(aino, first)
    first.refresh_from_db()
    again = send(aino, content=content, name="toinen nimi.xlsx")
    when = timezone.localtime(first.tallennettu)
    page = sivu(aino, again)
    assert f"Tämä tiedosto on tuotu {date_format(when, 'j.n.')} klo {date_format(when, 'H.i')}." in page
    assert "Yksi solu odottaa päätöstäsi." in page
    assert "Käytä silloin tehtyjä 3 päätöstä" in page
    paata(aino, again, vanhat="1")
    assert paatetty(again) == paatetty(first)
    page = sivu(aino, again)
    assert "Käytä silloin" not in page
    assert 'name="sormenjalki"' in page
    assert aino.get(again.get_absolute_url()).context["luvut"]["same"] == 2


def test_what_has_been_decided_now_is_not_replaced_and_old_conflicts_are_not_settled(cast, aino, laheta):
    content = xlsx([*UUSI[:4], "1) 4, 2) 5", "Ok."])
    first = laheta(content=content)
    paata(aino, first, **{"solu|Sheet!E2": "5"})
    tallenna(aino, first)
    first.paatokset.create(kunta=cast.kunta, laji="ristiriita", paikka="Sheet!F2", arvo="tiedosto")
    again = send(aino, content=content)
    paata(aino, again, **{"solu|Sheet!E2": "4"})
    paata(aino, again, vanhat="1")
    assert paatetty(again)["solu"] == {"Sheet!E2": "4"}
    assert paatetty(again)["jakso"] == {"": cast.jakso.nimi}
    assert "ristiriita" not in paatetty(again)


def test_another_kuntas_file_is_not_told(cast, aino, laheta, kirjautunut):
    content = xlsx(UUSI, VANHA)
    tallenna(aino, laheta(content=content))
    ulla = kirjautunut(cast.ulla)
    tuonti = send(ulla, content=content)
    assert tuonti.kunta == cast.naapuri.kunta
    assert "Tämä tiedosto on tuotu" not in sivu(ulla, tuonti)
    paata(ulla, tuonti, vanhat="1")
    assert paatetty(tuonti) == {}
