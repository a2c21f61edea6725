"""What is asked has an answer in the browser and an option by command, and nobody is told to rewrite their table."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from seuranta.models import MittariArvo, Tuonti
from seuranta.taulukko.guard.issues import REFUSALS
from seuranta.taulukko.rows import read
from seuranta.taulukko.rows.sentences import SENTENCES, without_option
from seuranta.tiedosto.ratkaistavat import list_decisions
from seuranta.tiedosto.rivit import OHITUS, describe_preview
from seuranta.tuonti.esikatselu import plan_stored
from seuranta.tuonti.kysymykset import list_cards
from seuranta.tuonti.plan import Target, build_plan
from seuranta.tuonti.selonteko import as_text
from strategia.models import Toimenpide
from tests.ymparisto import JUURI

from .tuontisivut import OTSIKOT, UUSI, VANHA, kysymys, paata, sanat, sivu, tallenna, xlsx

SAMA = [*UUSI[:4], 4, "Toinen."]
PROSENTIT = [*OTSIKOT[:4], "Valmiusaste %", "Kommentti"]


def tuo(tmp_path, content, *options):
    path = tmp_path / "taulu.xlsx"
    path.write_bytes(content)
    out = StringIO()
    try:
        call_command("tuo", str(path), "--kunta", "Naapuri", *options, stdout=out)
    except SystemExit:
        return out.getvalue(), 1
    return out.getvalue(), 0


# --- two rows of one name


def test_rows_alike_are_kept_by_one_click_and_come_back_as_they_are(aino, laheta):
    tuonti = laheta(UUSI, SAMA, [*UUSI[:4], 5, "Kolmas."])
    page = sivu(aino, tuonti, nayta="ratkaistavat")
    assert sanat(page).count("Säilytä samannimiset omina riveinään") == 2
    assert "--osat" not in page and "--ohita" not in page
    paata(aino, tuonti, **{"tapa|osat": "riveiksi"})
    assert [row.kerta for row in plan_stored(tuonti).rows] == [1, 2, 3]
    assert "jokainen rivi on oma toimenpiteensä" in sanat(sivu(aino, tuonti, nayta="tulkinnat"))
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    assert Toimenpide.objects.filter(nimi=UUSI[2]).count() == 3
    again = laheta(UUSI, SAMA, [*UUSI[:4], 5, "Kolmas."])  # learned: nothing is asked, nothing changes
    assert (plan_stored(again).counts["same"], plan_stored(again).waiting) == (3, 0)


def test_the_command_keeps_rows_alike_or_leaves_the_later_out(db, tmp_path):
    told, code = tuo(tmp_path, xlsx(UUSI, SAMA))
    assert (code, "--osat riveiksi" in told, "--ohita-virheet jättää ne pois" in told) == (1, True, True)
    assert tuo(tmp_path, xlsx(UUSI, SAMA), "--ohita-virheet")[1] == 0
    assert Toimenpide.objects.count() == 1
    assert tuo(tmp_path, xlsx(UUSI, SAMA), "--osat", "riveiksi")[1] == 0
    assert Toimenpide.objects.count() == 2


# --- per cents as a measure


def test_per_cents_become_a_measure_by_a_click(aino, laheta):
    tuonti = laheta(content=xlsx([*UUSI[:4], 10, "k1"], [*VANHA[:4], 60, "k2"], otsikot=PROSENTIT))
    paata(aino, tuonti, **{kysymys(aino, tuonti): "1"})
    assert plan_stored(tuonti).waiting == 0
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    told = MittariArvo.objects.filter(mittari__nimi="Valmiusaste %").values_list("teksti", "luku", "mittari__laji")
    assert set(told) == {("10", 10, "prosentti"), ("60", 60, "prosentti")}


@pytest.mark.parametrize(("tapa", "arvoja"), [("mittari", 2), ("lahin", 0)])
def test_the_command_reads_them_so_too(tapa, arvoja, db, tmp_path):
    content = xlsx([*UUSI[:4], 10, "k1"], [*VANHA[:4], 60, "k2"], otsikot=PROSENTIT)
    assert tuo(tmp_path, content)[1] == 1
    assert tuo(tmp_path, content, "--prosentit", tapa)[1] == 0
    assert MittariArvo.objects.count() == arvoja


# --- trend or status


def test_a_trend_is_answered_by_a_click_and_known_the_next_year(aino, laheta):
    otsikot = [*OTSIKOT[:4], "Mittari", "Kehitys 2025"]
    rows = [[*UUSI[:4], "m1", "↑"], [*VANHA[:4], "m2", "↓"]]
    tuonti = laheta(content=xlsx(*rows, otsikot=otsikot))
    assert "mihin suuntaan mittari on muuttunut" in sanat(sivu(aino, tuonti, nayta="ratkaistavat"))
    paata(aino, tuonti, **{kysymys(aino, tuonti): "0"})
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    laheta(content=xlsx(*rows, otsikot=[*otsikot[:5], "Kehitys 2026"]))
    plan = plan_stored(Tuonti.objects.first())
    assert (plan.waiting, [notice.code for notice in plan.luettu.notices]) == (0, ["reading_known"])


# --- what the pages tell of it


def test_the_preview_counts_no_tavoite_where_there_is_none_and_tells_how_words_were_read(aino, laheta):
    otsikot = ["Painopiste", "Toimenpide", "Toimiala", "Tilanne", "Kommentti"]
    rows = [
        ["Rohkea talous", f"Teko {n}", "Sivistyspalvelut", sana, "Ok."] for n, sana in enumerate(("Kesken", "kesken"))
    ]
    page = sanat(sivu(aino, laheta(content=xlsx(*rows, otsikot=otsikot))))
    assert "2 toimenpidettä, yksi painopiste" in sanat(page)
    assert "Arviot ovat taulukossa sanoin." in page and "ei ole selitteitä numeroille" not in page


def test_a_question_of_a_word_tells_how_the_others_were_read_and_a_settled_scale_is_told(aino, laheta):
    otsikot = [*OTSIKOT[:4], "Tilanne", "Kommentti"]
    words = ["Kesken", "kesken", "Aloittamatta", "Puuhari"]
    rows = [[*UUSI[:2], f"Teko {n}", "Sivistyspalvelut", sana, "Ok."] for n, sana in enumerate(words)]
    page = sanat(sivu(aino, laheta(content=xlsx(*rows, otsikot=otsikot)), nayta="ratkaistavat"))
    assert "arvot luettiin näin: Kesken → 3, Aloittamatta → 1" in page
    rows = [["1 = toteutunut, 2 = osittain, 3 = ei toteutunut"], otsikot]
    rows += [[*UUSI[:2], f"Teko {n}", "Sivistyspalvelut", n % 3 + 1, "Ok."] for n in range(6)]
    tuonti = laheta(content=xlsx(*rows[1:], otsikot=rows[0]))
    assert "Taulukon numerot luettiin" not in sanat(sivu(aino, tuonti))
    paata(aino, tuonti, **{kysymys(aino, tuonti): "0"})
    assert "Taulukon numerot luettiin toteutumisasteiksi: 1 → 5, 2 → 3, 3 → 1." in sanat(sivu(aino, tuonti))


# --- the sentences


def test_no_sentence_of_a_table_of_ones_own_tells_to_rewrite_it():
    """Of what the workbook of answers says and of refusals that no reading could settle this holds not."""
    own = {code: fi for code, (fi, _en) in SENTENCES.items() if code not in VASTAUSTAULUKON}
    settled = {code: fi for code, (fi, _en) in REFUSALS.items() if code in ("ragged", "no_header", "missing_column")}
    told = [fi for fi in (own | settled).values() if re.search(r"\b(Poista|Korjaa kaava|Muuta taulukkoa)\b", fi)]
    assert told == []


VASTAUSTAULUKON = {"copied_row", "score_and_reason"}


def test_a_page_tells_no_option_of_the_command():
    assert [fi for fi, _en in SENTENCES.values() if "--" in without_option(fi)] == []


# --- everything said


TAULUKOT = sorted(
    path for path in (JUURI / "fixtures" / "taulukot").rglob("*") if path.is_file() and path.suffix != ".json"
)


@pytest.mark.parametrize("path", TAULUKOT, ids=lambda path: path.name)
def test_the_command_and_the_preview_tell_all_that_the_json_tells(path, db):
    plan = build_plan(read(path.read_bytes(), path.name), Target(kunta="Naapuri"))
    told, shown = as_text(plan, written=False), describe_preview(plan, list_decisions(plan), nayta=None, sivu=None)
    sentences = {issue.fi for issue in (*plan.errors, *plan.luettu.notices)}
    assert {fi for fi in sentences if fi not in told} == set()
    cards = {card.kysymys.fi for card in list_cards(plan)}
    seen = cards | {kohta.issue.fi for kohta in shown["ratkaistavat"]} | {fi for fi, _cells in shown["tulkinnat"]}
    assert plan.refusal or sentences <= seen
    if not plan.refusal:
        reasons = {str(OHITUS[skip.reason]) for skip in plan.luettu.skipped}
        assert {reason for reason in reasons if reason not in told} == set()
        assert len(shown["ohitetut"]) == len(plan.luettu.skipped)
    assert [question.fi for question in plan.questions if "--" not in question.fi] == []
    assert not (plan.questions and plan.is_writable)
