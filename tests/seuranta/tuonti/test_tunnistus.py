"""Which row of the next file is which toimenpide: a code counts only with its name, a running number not at all."""

from io import StringIO

import pytest
from django.core.management import call_command

from seuranta.models import Kirjaus, Tuonti
from seuranta.taulukko.rows import read
from seuranta.tiedosto.kumous import undo_import
from seuranta.tuonti.apply import apply_plan
from seuranta.tuonti.esikatselu import plan_stored
from seuranta.tuonti.plan import Target, build_plan
from seuranta.tuonti.plan.tallennetut import Toimenpidetieto
from seuranta.tuonti.plan.tunnistus import Tunnus, recognise
from strategia.models import Toimenpide
from strategia.nimet import koodin_avain
from tests.ymparisto import SHARED, needs_shared

from ..taulukko.taulukot import book
from .test_tuo import database, tuo
from .tuontisivut import paata, sivu, tallenna

OTSIKOT = ["Painopiste", "Strateginen tavoite", "Koodi", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"]
NIMET = ["Satama avataan", "Yrityskäynnit", "Kaava laaditaan"]


def rivit(koodit, nimet=NIMET, arvo=3, toimiala="Hallinto"):
    pairs = zip(koodit, nimet, strict=True)
    return [
        ["Elinvoima", "Yritykset menestyvät", koodi, nimi, toimiala, arvo, f"{nimi} etenee"] for koodi, nimi in pairs
    ]


def plan_of(rows, kunta="Vuorijärvi", **target):
    luettu = read(book(OTSIKOT, *rows), "seuranta.xlsx", jakso="Jakso 1")
    return build_plan(luettu, Target(kunta=kunta, **target))


def write(rows, kunta="Vuorijärvi", **target):
    data = book(OTSIKOT, *rows)
    luettu = read(data, "seuranta.xlsx", jakso="Jakso 1")
    plan, tuonti = apply_plan(luettu, Target(kunta=kunta, **target), data=data, name="seuranta.xlsx")
    assert tuonti, [error.fi for error in plan.errors]
    return tuonti


def codes():
    return dict(Toimenpide.objects.order_by("pk").values_list("nimi", "koodi"))


@pytest.fixture
def tuotu(db):
    return write(rivit(["1.01", "1.02", "1.03"]))


# --- renumbered


def test_other_codes_for_known_names_are_one_question_and_nothing_is_written(tuotu):
    plan = plan_of(rivit(["2.01", "2.02", "2.03"]))
    assert [(error.cell, error.code) for error in plan.errors] == [(f"Taul1!C{n}", "code_changed") for n in (2, 3, 4)]
    assert len({error.fi for error in plan.errors}) == 1
    assert plan.errors[0].fi.startswith("Numerointi on muuttunut, 3 riviä: ")
    assert [len(plan.questions), plan.waiting, plan.counts["new"]] == [1, 1, 0]
    assert plan.questions[0].cells == ("Taul1!C2", "Taul1!C3", "Taul1!C4")
    assert not plan.is_writable


@pytest.mark.parametrize("skipped", [{"skip_errors": True}, {"ohitetut": ("Taul1!C2", "Taul1!C3", "Taul1!C4")}])
def test_leaving_errors_out_does_not_answer_it(tuotu, skipped):
    plan = plan_of(rivit(["2.01", "2.02", "2.03"]), **skipped)
    assert not plan.is_writable
    assert not plan.is_settled


def test_known_by_name_the_codes_change_and_the_second_time_nothing_does(tuotu):
    write(rivit(["2.01", "2.02", "2.03"]), numerointi="muuttunut")
    assert codes() == dict(zip(NIMET, ["2.01", "2.02", "2.03"], strict=True))
    again = plan_of(rivit(["2.01", "2.02", "2.03"]))
    assert (again.status, again.counts["same"], again.counts["new"]) == ("ok", 3, 0)


def test_as_new_ones_they_stand_beside_the_old_and_the_second_time_nothing_is_new(tuotu):
    write(rivit(["2.01", "2.02", "2.03"]), numerointi="uudet")
    assert Toimenpide.objects.count() == 6
    again = plan_of(rivit(["2.01", "2.02", "2.03"]))
    assert (again.status, again.counts["same"], len(again.missing)) == ("ok", 3, 3)


def test_undone_the_old_codes_are_back_and_the_question_is_asked_anew(tuotu):
    before = list(Toimenpide.objects.order_by("pk").values("nimi", "koodi", "kerta"))
    tuonti = write(rivit(["2.01", "2.02", "2.03"], arvo=5), numerointi="muuttunut")
    undo_import(tuonti, by=None)
    assert list(Toimenpide.objects.order_by("pk").values("nimi", "koodi", "kerta")) == before
    assert set(Kirjaus.objects.values_list("toteutumisaste", flat=True)) == {3}
    assert {error.code for error in plan_of(rivit(["2.01", "2.02", "2.03"])).errors} == {"code_changed"}


def test_another_kuntas_codes_say_nothing_here(tuotu):
    other = plan_of(rivit(["2.01", "2.02", "2.03"]), kunta="Naapuri")
    assert (other.status, other.counts["new"]) == ("ok", 3)
    write(rivit(["2.01", "2.02", "2.03"]), kunta="Naapuri")
    assert {error.code for error in plan_of(rivit(["2.01", "2.02", "2.03"])).errors} == {"code_changed"}
    assert plan_of(rivit(["2.01", "2.02", "2.03"]), kunta="Naapuri").counts["same"] == 3


def test_numbers_that_moved_by_one_never_move_a_history(tuotu):
    """A new row on top takes the first one's code, and each of the others that of the next."""
    rows = rivit(["1.01", "1.02", "1.03", "1.04"], ["Tontit kartalle", *NIMET], arvo=5)
    plan = plan_of(rows)
    assert {error.code for error in plan.errors} == {"code_changed"}
    assert "4 riviä" in plan.errors[0].fi
    write(rows, numerointi="muuttunut")
    assert codes() == {"Tontit kartalle": "1.01"} | dict(zip(NIMET, ["1.02", "1.03", "1.04"], strict=True))
    kommentit = Kirjaus.objects.values_list("toimenpide__nimi", "kommentti")
    assert all(kommentti == f"{nimi} etenee" for nimi, kommentti in kommentit)


# --- renamed


def test_another_name_for_a_known_code_is_asked_too(tuotu):
    rows = rivit(["1.01", "1.02", "1.03"], ["Satama laajennetaan", *NIMET[1:]])
    plan = plan_of(rows)
    assert [(error.cell, error.code) for error in plan.errors] == [("Taul1!C2", "code_changed")]
    assert plan.errors[0].fi.startswith("Nimet ovat muuttuneet, 1 rivi: sama koodi on eri nimellä")
    assert [answer.choices for answer in plan.questions[0].answers] == [
        {"numbering": "muuttunut"}, {"numbering": "nimet"}, {"numbering": "uudet"}
    ]  # fmt: skip


@pytest.mark.parametrize(("answer", "count"), [("nimet", 3), ("uudet", 4), ("muuttunut", 4)])
def test_known_by_code_it_is_renamed_and_by_no_other_answer(tuotu, answer, count):
    first = Toimenpide.objects.get(nimi=NIMET[0])
    rows = rivit(["1.01", "1.02", "1.03"], ["Satama laajennetaan", *NIMET[1:]])
    write(rows, numerointi=answer)
    first.refresh_from_db()
    assert first.nimi == ("Satama laajennetaan" if answer == "nimet" else NIMET[0])
    assert Toimenpide.objects.count() == count
    assert plan_of(rows).counts["same"] == 3


def test_a_person_who_joins_the_row_has_answered(tuotu):
    first = Toimenpide.objects.get(nimi=NIMET[0])
    rows = rivit(["1.01", "1.02", "1.03"], ["Satama laajennetaan", *NIMET[1:]])
    plan = plan_of(rows, toimenpiteet={"Taul1!D2": first.pk})
    assert (plan.status, plan.rows[0].toimenpide_id) == ("ok", first.pk)


# --- what is no other code and no other name


@pytest.mark.parametrize("koodit", [["1,01", "1,02", "1,03"], ["1.01.", "1.02.", "1.03."], [None, None, None]])
def test_a_comma_a_last_stop_and_no_code_at_all_ask_nothing(tuotu, koodit):
    plan = plan_of(rivit(koodit))
    assert (plan.status, plan.counts["same"]) == ("ok", 3)


def test_a_first_code_for_known_names_is_only_added(db):
    write(rivit([None, None, None]))
    write(rivit(["1.01", "1.02", "1.03"]))
    assert codes() == dict(zip(NIMET, ["1.01", "1.02", "1.03"], strict=True))


def test_another_tavoite_with_code_and_name_is_a_move(tuotu):
    rows = [["Elinvoima", "Uusi tavoite", *rivi[2:]] for rivi in rivit(["1.01", "1.02", "1.03"])]
    plan = plan_of(rows)
    assert (plan.status, {tuple(row.changes) for row in plan.rows}) == ("ok", {("tavoite",)})


def test_codes_are_compared_as_codes():
    assert koodin_avain("1,10") == koodin_avain("1.10") == koodin_avain(" 1.10.")
    assert len({koodin_avain(koodi) for koodi in ("1.1", "1.10", "11", "110", "01.1")}) == 5


def test_running_numbers_are_no_codes():
    known = [_tieto(1, "a", "1"), _tieto(2, "b", "2"), _tieto(3, "c", "3")]
    rows = [Tunnus(f"C{n}", 7, (), nimi, str(n)) for n, nimi in enumerate("xabc", 1)]
    tunnistetut = recognise(rows, known, chosen={}, numerointi="")
    assert [tunnistettu.toimenpide and tunnistettu.toimenpide.pk for tunnistettu in tunnistetut] == [None, 1, 2, 3]
    assert not any(tunnistettu.on_kysytty for tunnistettu in tunnistetut)


def test_plain_numbers_that_do_not_run_are_codes():
    known = [_tieto(1, "a", "101"), _tieto(2, "b", "102")]
    rows = [Tunnus("C1", 7, (), "a", "201"), Tunnus("C2", 7, (), "b", "102")]
    assert [tunnistettu.on_kysytty for tunnistettu in recognise(rows, known, chosen={}, numerointi="")] == [True, False]


def test_rows_alike_keep_their_order_and_a_further_one_comes_after_them():
    known = [_tieto(1, "a", "07.02"), _tieto(2, "a", "07.02", kerta=2)]
    rows = [Tunnus(f"C{n}", 7, (), "a", "07.02") for n in range(3)]
    tunnistetut = recognise(rows, known, chosen={}, numerointi="")
    assert [
        (tunnistettu.toimenpide and tunnistettu.toimenpide.pk, tunnistettu.kerta) for tunnistettu in tunnistetut
    ] == [(1, 1), (2, 2), (None, 3)]


def _tieto(pk, avain, koodi, kerta=1):
    empty = dict.fromkeys(Toimenpidetieto._fields)
    return Toimenpidetieto(
        **empty | {"pk": pk, "nimi": avain, "avain": avain, "koodi": koodi, "kerta": kerta, "tavoite_id": 7}
    )


# --- as files and by command


@needs_shared
def test_the_renumbered_file_waits_and_the_reordered_one_does_not(db):
    tuo(SHARED / "virheet" / "koodit-ennen.xlsx", "--jakso", "1/2024")
    before = database()
    answer = tuo(SHARED / "virheet" / "koodit-uudelleen-numeroitu.xlsx", "--jakso", "1/2024", code=1)
    assert [(error["cell"][-2:], error["code"]) for error in answer["errors"]] == [
        ("C2", "code_changed"), ("C3", "code_changed"), ("C4", "code_changed")
    ]  # fmt: skip
    assert database() == before
    out = StringIO()
    with pytest.raises(SystemExit):
        path = SHARED / "virheet" / "koodit-uudelleen-numeroitu.xlsx"
        call_command("tuo", str(path), "--kunta", "Kirkkoranta", "--ohita-virheet", stdout=out)
    assert "Numerointi on muuttunut, 3 riviä" in out.getvalue()
    assert database() == before
    assert Tuonti.objects.count() == 1


@needs_shared
def test_a_file_in_another_order_is_known_by_its_codes_and_names(db):
    tuo(SHARED / "virheet" / "koodi-lukuna.xlsx", "--jakso", "1/2024")
    assert Toimenpide.objects.get(nimi="Toimenpide numero 10").koodi == "1,10"
    answer = tuo(SHARED / "virheet" / "koodit-toisessa-jarjestyksessa.xlsx", "--jakso", "1/2024")
    assert [row["change"] for row in answer["rows"]] == ["same"] * 4


@needs_shared
def test_moved_running_numbers_leave_every_toimenpide_its_own(db):
    tuo(SHARED / "virheet" / "numerot-ennen.xlsx")
    answer = tuo(SHARED / "virheet" / "numerot-siirtyneet.xlsx")
    assert [row["change"] for row in answer["rows"]] == ["new", "changed", "changed", "changed"]
    satama = Kirjaus.objects.filter(toimenpide__nimi="Satama avataan").order_by("pk")
    assert [kirjaus.kommentti for kirjaus in satama] == ["Urakka alkoi.", "Urakka alkoi. Jatkuu."]


@needs_shared
def test_codes_come_as_they_are_shown(db):
    answer = tuo(SHARED / "virheet" / "koodi-etunollin.xlsx")
    assert [row["koodi"] for row in answer["rows"]] == ["01", "02", "10"]


@needs_shared
@pytest.mark.parametrize(("answer", "changes"), [("muuttunut", ["changed"] * 3), ("uudet", ["new"] * 3)])
def test_the_command_is_answered_by_an_option(answer, changes, db):
    tuo(SHARED / "virheet" / "koodit-ennen.xlsx", "--jakso", "1/2024")
    renumbered = SHARED / "virheet" / "koodit-uudelleen-numeroitu.xlsx"
    told = tuo(renumbered, "--jakso", "1/2024", "--numerointi", answer)
    assert [row["change"] for row in told["rows"]] == changes
    assert [row["change"] for row in tuo(renumbered, "--jakso", "1/2024")["rows"]] == ["same"] * 3


def test_a_person_answers_with_one_click(cast, aino, laheta):
    ala = cast.tekniset.nimi
    tallenna(aino, laheta(content=book(OTSIKOT, *rivit(["1.01", "1.02", "1.03"], toimiala=ala))))
    tuonti = laheta(content=book(OTSIKOT, *rivit(["2.01", "2.02", "2.03"], toimiala=ala)))
    page = sivu(aino, tuonti)
    assert "Numerointi on muuttunut, 3 riviä" in page
    assert "--numerointi" not in page
    question = plan_stored(tuonti).questions[0]
    paata(aino, tuonti, **{f"kysymys|{question.avain}": "0"})
    tallenna(aino, tuonti)
    assert {nimi: koodi for nimi, koodi in codes().items() if nimi in NIMET} == dict(
        zip(NIMET, ["2.01", "2.02", "2.03"], strict=True)
    )
