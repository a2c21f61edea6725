"""`manage.py tuo`: a municipality's own table goes in, everything is accounted for, nothing is replaced in silence."""

import json
import os
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from seuranta.models import Kirjaus, Seurantajakso, Tuonti
from strategia.models import Kayttaja, Kunta, Painopiste, Rooli, StrateginenTavoite, Toimenpide, Toimiala
from tests.ymparisto import SHARED, needs_shared

AINEISTO = SHARED / "aineisto"
OTSIKOT = ["Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"]
RIVIT = [
    ["Elävä kylä", "Turvalliset tiet", "Väylä – vaihe 1", "Tekniset palvelut", 2, "Suunnitelma & kilpailu."],
    ["Elävä kylä", "Turvalliset tiet", "Valot Äijänsuolle", "Tekniset palvelut", 4, "Puolet vaihdettu."],
    ["Rohkea talous", "Tilat käyttöön", "Koulu vuokrataan", "Sivistyspalvelut", None, None],
]


@pytest.fixture
def taulukko(tmp_path):
    """`taulukko(rows)` writes an .xlsx with the usual headings and tells its path."""

    def write(rows=RIVIT, otsikot=OTSIKOT, name="seuranta-2026.xlsx"):
        book = openpyxl.Workbook()
        for row in [otsikot, *rows]:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def tuo(path, *options, kunta="Kirkkoranta", code=0):
    """Run the command with --json; returns its object after checking the exit status."""
    out = StringIO()
    try:
        call_command("tuo", str(path), "--kunta", kunta, "--json", *options, stdout=out)
        status = 0
    except SystemExit as stop:
        status = stop.code
    assert status == code, out.getvalue()[:2000]
    return json.loads(out.getvalue())


def database():
    """Everything an import could change."""
    models = (Kunta, Toimiala, Painopiste, StrateginenTavoite, Toimenpide, Seurantajakso, Kirjaus)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def changed(rows, row, column, value):
    copy = [list(r) for r in rows]
    copy[row][column] = value
    return copy


# --- Keuruu and Tuusula, as their staff have them


@needs_shared
@pytest.mark.parametrize("name", ["keuruu-2023.xlsx", "keuruu-2023.txt"])
def test_keuruu_waits_for_one_cell_and_then_goes_in_whole(name, db):
    answer = tuo(AINEISTO / name, kunta="Keuruu", code=1)
    assert answer["status"] == "row_errors"
    assert [error["code"] for error in answer["errors"]] == ["ambiguous_score"]
    assert "1) 4, 2) 5" in answer["errors"][0]["fi"]
    assert not Kunta.objects.exists()

    answer = tuo(AINEISTO / name, "--ohita-virheet", kunta="Keuruu")
    rows = answer["rows"]
    scores = [row["kirjaukset"][0]["toteutumisaste"] for row in rows]
    assert [scores.count(score) for score in (1, 2, 3, 4, 5, None)] == [23, 45, 49, 28, 42, 1]
    assert sum(1 for row in rows if row["kirjaukset"][0]["kommentti"]) == 156
    counts = [model.objects.count() for model in (Toimenpide, Painopiste, StrateginenTavoite, Toimiala, Kirjaus)]
    assert counts == [188, 4, 24, 3, 188]
    assert Seurantajakso.objects.get().nimi == "Osavuosikatsaus II 2023"
    assert Kirjaus.objects.get(toteutumisaste=None).sisainen_huomio == "1) 4, 2) 5"

    before = database()
    again = tuo(AINEISTO / name, "--ohita-virheet", kunta="Keuruu")
    assert (again["counts"]["new"], again["counts"]["changed"], again["counts"]["same"]) == (0, 0, 188)
    assert database() == before


@needs_shared
def test_keuruus_two_files_are_one_register(db):
    tuo(AINEISTO / "keuruu-2023.xlsx", "--ohita-virheet", kunta="Keuruu")
    answer = tuo(AINEISTO / "keuruu-2023.txt", "--ohita-virheet", kunta="Keuruu")
    assert answer["counts"]["new"] == 0
    assert Toimenpide.objects.count() == 188


@needs_shared
@pytest.mark.parametrize("name", ["tuusula-2023.xlsx", "tuusula-2023.txt"])
def test_tuusula_keeps_both_of_its_twins(name, db):
    answer = tuo(AINEISTO / name, kunta="Tuusula")
    assert len(answer["rows"]) == 52
    scores = [row["kirjaukset"][0]["toteutumisaste"] for row in answer["rows"]]
    assert [scores.count(score) for score in (2, 3, 4, None)] == [14, 33, 3, 2]
    assert list(Toimenpide.objects.filter(koodi="07.02.02").values_list("kerta", flat=True)) == [1, 2]
    assert Toimenpide.objects.get(koodi="07.01.01").tavoite.nimi == ""
    assert Painopiste.objects.count() == 6

    before = database()
    again = tuo(AINEISTO / name, kunta="Tuusula")
    assert again["counts"] == {"new": 0, "changed": 0, "same": 52, "errors": 0}
    assert database() == before


# --- what a first import makes, and what a second one does


def test_the_register_is_made_from_the_table_in_its_own_words(taulukko, db):
    path = taulukko()
    answer = tuo(path, "--jakso", "Osavuosikatsaus I 2026")
    assert answer["counts"] == {"new": 3, "changed": 0, "same": 0, "errors": 0}
    vayla = Toimenpide.objects.get(nimi="Väylä – vaihe 1")
    assert (vayla.tavoite.nimi, vayla.tavoite.painopiste.nimi) == ("Turvalliset tiet", "Elävä kylä")
    kirjaus = vayla.kirjaukset.get()
    assert (kirjaus.toteutumisaste, kirjaus.kommentti, kirjaus.tila) == (2, "Suunnitelma & kilpailu.", "lahetetty")
    assert kirjaus.jakso.nimi == "Osavuosikatsaus I 2026"
    assert not Kirjaus.objects.filter(toimenpide__nimi="Koulu vuokrataan").exists()
    tuonti = Tuonti.objects.get()
    assert tuonti.tiedosto.read() == path.read_bytes()
    assert kirjaus.tuonti == tuonti


def test_a_preview_writes_nothing(taulukko, db):
    assert tuo(taulukko(), "--esikatsele")["counts"]["new"] == 3
    assert not Kunta.objects.exists()


def test_a_changed_score_is_one_change_with_its_history(taulukko, db):
    tuo(taulukko(), "--jakso", "I 2026")
    answer = tuo(taulukko(changed(RIVIT, 0, 4, 5)), "--jakso", "I 2026")
    assert answer["counts"] == {"new": 0, "changed": 1, "same": 2, "errors": 0}
    history = Kirjaus.objects.get(toimenpide__nimi="Väylä – vaihe 1").history.order_by("history_id")
    assert [h.toteutumisaste for h in history] == [2, 5]


def test_an_empty_cell_erases_nothing(taulukko, db):
    tuo(taulukko(), "--jakso", "I 2026")
    before = database()
    answer = tuo(taulukko(changed(changed(RIVIT, 0, 4, None), 0, 5, None)), "--jakso", "I 2026")
    assert answer["counts"]["same"] == 3
    assert database() == before


def test_a_second_jakso_stands_beside_the_first(taulukko, db):
    tuo(taulukko(), "--jakso", "I 2026")
    tuo(taulukko(changed(RIVIT, 0, 4, 3)), "--jakso", "II 2026")
    assert list(Seurantajakso.objects.values_list("nimi", flat=True)) == ["I 2026", "II 2026"]
    scores = Kirjaus.objects.filter(toimenpide__nimi="Väylä – vaihe 1").order_by("jakso__jarjestys")
    assert [k.toteutumisaste for k in scores] == [2, 3]


def test_what_a_person_has_saved_is_never_replaced(taulukko, db):
    tuo(taulukko(), "--jakso", "I 2026")
    kirjaus = Kirjaus.objects.get(toimenpide__nimi="Väylä – vaihe 1")
    kirjaus.kommentti = "Veikko korjasi tämän."
    kirjaus.save()
    before = database()
    answer = tuo(taulukko(changed(RIVIT, 0, 5, "Taulukon uusi teksti.")), "--jakso", "I 2026", code=1)
    assert [(e["code"], e["cell"]) for e in answer["errors"]] == [("conflict", "Sheet!F2")]
    assert database() == before
    tuo(taulukko(changed(RIVIT, 0, 5, "Taulukon uusi teksti.")), "--jakso", "I 2026", "--ohita-virheet")
    kirjaus.refresh_from_db()
    assert kirjaus.kommentti == "Veikko korjasi tämän."


def test_what_a_person_left_alone_may_change(taulukko, db):
    tuo(taulukko(), "--jakso", "I 2026")
    kirjaus = Kirjaus.objects.get(toimenpide__nimi="Väylä – vaihe 1")
    kirjaus.kommentti = "Veikko korjasi tämän."
    kirjaus.save()
    rows = changed(changed(RIVIT, 0, 5, "Veikko korjasi tämän."), 0, 4, 5)
    tuo(taulukko(rows), "--jakso", "I 2026")
    kirjaus.refresh_from_db()
    assert kirjaus.toteutumisaste == 5


# --- what is refused


def test_a_closed_jakso_takes_no_import(taulukko, db):
    tuo(taulukko(), "--jakso", "I 2026")
    Seurantajakso.objects.update(tila="suljettu")
    before = database()
    answer = tuo(taulukko(changed(RIVIT, 0, 4, 5)), "--jakso", "I 2026", code=1)
    assert (answer["status"], answer["reason"]) == ("reject", "closed_jakso")
    assert "Jakso ”I 2026” on suljettu" in answer["errors"][0]["fi"]
    assert database() == before


def test_an_unknown_toimiala_waits_for_a_person(taulukko, db):
    tuo(taulukko(), "--jakso", "I 2026")
    rows = changed(RIVIT, 1, 3, "Tekniset palvelu")
    answer = tuo(taulukko(rows), "--jakso", "I 2026", code=1)
    assert [(e["code"], e["cell"]) for e in answer["errors"]] == [("unknown_toimiala", "Sheet!D3")]
    assert answer["rows"][1]["toimiala"] is None
    tuo(taulukko(rows), "--jakso", "I 2026", "--luo-toimialat")
    assert Toimiala.objects.filter(nimi="Tekniset palvelu").exists()


def test_two_kunnat_do_not_meet(taulukko, db):
    tuo(taulukko(), kunta="Kirkkoranta")
    tuo(taulukko(), kunta="Metsäpitäjä")
    assert Toimenpide.objects.count() == 6
    assert {t.toimiala.kunta_id == t.kunta_id for t in Toimenpide.objects.exclude(toimiala=None)} == {True}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("tyhja.xlsx", b"", "empty_file"),
        ("raportti.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "not_xlsx"),
        ("lista.csv", b"Nimi;Osoite;Puhelin\r\nAila;Koivutie 1;12\r\nOlli;Koivutie 2;13\r\n", "no_header"),
        (
            "vajaa.csv",
            "Painopiste;Toimiala;Kommentti\r\nElävä kylä;Tekniset;Hyvin menee.\r\n".encode(),
            "missing_column",
        ),
    ],
)
def test_a_bad_file_gives_one_sentence_and_changes_nothing(name, content, reason, tmp_path, db):
    path = tmp_path / name
    path.write_bytes(content)
    answer = tuo(path, code=1)
    assert (answer["status"], answer["reason"]) == ("reject", reason)
    assert len(answer["errors"]) == 1
    assert answer["errors"][0]["fi"].endswith(".")
    assert not Kunta.objects.exists()
    assert set(answer) == {"status", "reason", "rows", "mittarit", "errors", "notices", "skipped", "counts"}


def test_a_missing_file_is_said_so(tmp_path, db):
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("tuo", str(tmp_path / "ei-ole.xlsx"), "--kunta", "Keuruu", stdout=out)
    assert stop.value.code == 1
    assert "ei löydy tai sitä ei voi lukea" in out.getvalue()
    assert not Kunta.objects.exists()


def test_a_person_reads_the_outcome_in_one_line(taulukko, db):
    out = StringIO()
    call_command("tuo", str(taulukko()), "--kunta", "Kirkkoranta", stdout=out)
    assert out.getvalue().startswith("Tallennettu.\nRivejä: 3 uutta, 0 muuttuu, 0 ennallaan.")


def test_names_come_clean_from_the_command_line_and_from_the_name_of_the_file(taulukko, db):
    path = taulukko(name=os.fsdecode("Hämeen\x07 seuranta.xlsx".encode("latin-1")))
    tuo(path, "--strategia", "Suunta\x1b", "--jakso", "Kevät\x0b2026\x7f", kunta="Kirkko\x00ranta")
    tuonti = Tuonti.objects.get()
    assert (tuonti.kunta.nimi, tuonti.strategia.nimi, tuonti.tiedostonimi) == (
        "Kirkkoranta",
        "Suunta",
        "Hmeen seuranta.xlsx",
    )
    assert Seurantajakso.objects.get().nimi == "Kevät\n2026"


def test_an_argument_in_another_coding_is_refused(taulukko, db):
    with pytest.raises(CommandError, match="ei ole UTF-8-merkistöä"):
        tuo(taulukko(), kunta=os.fsdecode("Hämeenlinna".encode("latin-1")))
    assert not Kunta.objects.exists()


def test_the_import_is_written_in_a_users_name(taulukko, db):
    tuo(taulukko(), kunta="Kirkkoranta")
    aino = Kayttaja.objects.create_user("aino@kirkkoranta.example", kunta=Kunta.objects.get(), rooli=Rooli.PAAKAYTTAJA)
    tuo(taulukko(changed(RIVIT, 0, 4, 5)), "--tekija", aino.email)
    assert Tuonti.objects.first().tekija == aino
    assert Kirjaus.history.first().history_user == aino


@pytest.mark.parametrize("rows", [20, 200])
def test_the_number_of_queries_does_not_grow_with_the_rows(rows, taulukko, db, django_assert_max_num_queries):
    path = taulukko(
        [["Elävä kylä", f"Tavoite {n % 9}", f"Teko {n}", "Tekniset palvelut", n % 5 + 1, "Ok."] for n in range(rows)]
    )
    with django_assert_max_num_queries(60):
        tuo(path)


def test_the_object_keeps_exactly_its_keys(taulukko, db):
    rows = changed(changed(RIVIT, 0, 4, "1) 4, 2) 5"), 1, 0, None)  # an error and an interpretation
    answer = tuo(taulukko(rows), "--esikatsele", code=1)
    assert list(answer) == ["status", "reason", "rows", "mittarit", "errors", "notices", "skipped", "counts"]
    row, kirjaus = answer["rows"][0], answer["rows"][0]["kirjaukset"][0]
    assert list(row) == [
        *("cell", "painopiste", "tavoite", "toimialan_tavoite", "koodi", "toimenpide", "toimielin", "toimiala"),
        *("muut_toimialat", "vastuu", "riski", "mittari", "sdg", "voimassa", "mittarit", "omat", "kirjaukset"),
        "change",
    ]
    assert list(kirjaus) == [
        *("jakso", "toteutumisaste", "alkuperainen", "kommentti", "syy", "sisainen_huomio", "ennuste"),
        *("poikkeaman_syy", "korjaavat_toimet", "omat"),
    ]
    for kind in ("errors", "notices"):
        assert {tuple(issue) for issue in answer[kind]} == {("cell", "code", "fi", "en")}
