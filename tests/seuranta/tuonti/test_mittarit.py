"""A table's measures and risks come in, change, come back in its own table, and are taken away by an undo."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raportit.osavuosikatsaus import build
from seuranta.models import Kirjaus, MittariArvo, Mittaus, Riski
from seuranta.taulukko.rows import read
from seuranta.taulukko.rows.model import Luettumittari, Mittariluku
from seuranta.tiedosto.kumous import undo_import
from seuranta.tiedosto.rivit import tell_mittari
from seuranta.tuonti.apply import apply_plan
from seuranta.tuonti.lahdevertailu import compare
from seuranta.tuonti.mittarivertailu import list_columns_of_measures, pair_cells
from seuranta.tuonti.plan import Target, build_plan
from seuranta.tuonti.selonteko import as_text
from strategia.mittaristo.luettelo import make_of_texts
from strategia.models import Mittari, Tavoitearvo, Toimenpide
from strategia.nimet import avain
from strategia.suunnitelma.forms import ToimenpideForm
from tests.ymparisto import ON_POSTGRES

from .tuontisivut import MITATTU, MITATUT, halli, paata, register, sanat, sivu, tallenna, with_cells, xlsx

# --- cells of text


def test_a_cell_is_one_mittari_and_one_riski(tuo):
    tuonti = tuo(MITATTU)
    mittari, riski = halli().mittarit.get(), halli().riskit.get()
    assert (mittari.nimi, mittari.laji, mittari.alkuperainen) == ("Halli myyty", "kylla_ei", MITATTU[5])
    assert (riski.teksti, riski.jakso, riski.todennakoisyys) == ("Ostajaa ei löydy.", None, None)
    assert {row.history.get().history_change_reason for row in (mittari, riski)} == {tuonti.merkki}
    assert (halli().mittari, halli().riski) == (MITATTU[5], MITATTU[4])


def test_a_dash_is_neither(tuo):
    tuo(with_cells("–", "-"))
    assert not halli().mittarit.exists() and not halli().riskit.exists()
    assert (halli().mittari, halli().riski) == ("-", "–")


def test_the_second_time_nothing_changes(tuo, laheta_rivit, aino):
    tuo(MITATTU)
    before = register()
    assert "1 ennallaan" in sivu(aino, laheta_rivit(MITATTU)).replace("Ennallaan 1", "1 ennallaan")
    tuo(MITATTU)
    assert register() == before


def test_another_text_in_the_cell_is_the_same_mittari(tuo):
    tuo(MITATTU)
    mittari, riski = halli().mittarit.get(), halli().riskit.get()
    tuonti = tuo(with_cells("Hinta putoaa.", "Halli myyty tai vuokrattu"))
    mittari.refresh_from_db()
    riski.refresh_from_db()
    assert (mittari.nimi, mittari.laji, mittari.alkuperainen) == (
        *("Halli myyty tai vuokrattu", "teksti", "Halli myyty tai vuokrattu"),
    )
    assert (riski.teksti, riski.alkuperainen) == ("Hinta putoaa.", "Hinta putoaa.")
    assert mittari.history.first().history_change_reason == tuonti.merkki


def test_an_empty_cell_erases_nothing(tuo):
    tuo(MITATTU)
    before = register()
    tuo(with_cells(None, None))
    assert register() == before


def test_undo_takes_away_what_it_made_and_brings_back_what_it_changed(cast, tuo):
    before = register()
    undo_import(tuo(MITATTU), by=cast.aino)
    assert register() == before
    tuo(MITATTU)
    between = register()
    undo_import(tuo(with_cells("Hinta putoaa.", "Halli myyty tai vuokrattu")), by=cast.aino)
    assert register() == between


def test_a_cell_that_a_person_has_parted_stays_parted(cast, tuo, laheta_rivit, aino):
    text = "Halli myyty: kyllä/ei.\nSäästö, €"
    tuo(with_cells("", text))
    whole = halli().mittarit.get()
    make_of_texts({"toimenpide": halli()}, text.splitlines(), by=cast.kaisa, first=whole)
    parted = [(each.nimi, each.laji) for each in halli().mittarit.order_by("jarjestys")]
    assert parted == [("Halli myyty", "kylla_ei"), ("Säästö", "euro")]
    plan = build_plan(read(xlsx(with_cells("", text), otsikot=MITATUT), "a.xlsx"), kohde(cast))
    assert plan.counts["same"] == 1
    plan = build_plan(read(xlsx(with_cells("", "Halli on myyty"), otsikot=MITATUT), "a.xlsx"), kohde(cast))
    assert [issue.code for issue in plan.errors] == ["conflict"]
    assert plan.rows[0].change == "same"


def kohde(cast, **more):
    return Target(cast.kunta.nimi, cast.strategia.nimi, **more)


@pytest.mark.parametrize(("valinta", "nimi"), [("nykyinen", "Halli myyty 2027"), ("tiedosto", "Halli vuokrattu")])
def test_what_a_person_has_written_since_is_a_conflict(valinta, nimi, cast, tuo, laheta_rivit, aino):
    tuo(MITATTU)
    mittari = halli().mittarit.get()
    mittari.nimi = "Halli myyty 2027"
    mittari.save()
    tuonti = laheta_rivit(with_cells("Ostajaa ei löydy.", "Halli vuokrattu"))
    page = sivu(aino, tuonti)
    assert "Arvon ”Halli myyty 2027” on tallentanut ihminen edellisen tuonnin jälkeen." in page
    paata(aino, tuonti, **{"ristiriita|Sheet!F2": valinta})
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    mittari.refresh_from_db()
    assert mittari.nimi == nimi
    assert Mittari.objects.filter(toimenpide=halli()).count() == 1


def test_a_risk_that_a_person_has_rewritten_is_a_conflict(cast, tuo):
    tuo(MITATTU)
    Riski.objects.filter(toimenpide=halli()).update(teksti="Ostaja perääntyy.")
    plan = build_plan(read(xlsx(with_cells("Hinta putoaa.", None), otsikot=MITATUT), "a.xlsx"), kohde(cast))
    assert [(issue.cell, issue.code) for issue in plan.errors] == [("Sheet!E2", "conflict")]
    assert plan.rows[0].changes == {}


def test_another_kunta_has_its_own(cast, tuo):
    tuo(MITATTU)
    luettu = read(xlsx(MITATTU, otsikot=MITATUT), "a.xlsx")
    apply_plan(luettu, Target("Uusikylä"), data=b"", name="a.xlsx")
    assert (
        Mittari.objects.filter(kunta__nimi="Uusikylä").count()
        == Riski.objects.filter(kunta__nimi="Uusikylä").count()
        == 1
    )
    assert halli_of(cast).mittarit.count() == 1


def halli_of(cast):
    return Toimenpide.objects.get(nimi="Halli myydään", kunta=cast.kunta)


# --- columns of their own


def mitattu(luettu, *mittarit, jaksot=()):
    """The file as read, its only row with these measures."""
    (rivi,) = luettu.rows
    return replace(luettu, rows=(replace(rivi, mittarit=mittarit),), jaksot=(*luettu.jaksot, *jaksot))


def luku(teksti, cell="Sheet!Z2", **when):
    return Mittariluku(teksti, cell=cell, **when)


ASIOINTI = Luettumittari(
    "Sähköinen asiointi",
    "prosentti",
    "%",
    lahto=luku("41 %", vuosi=2021),
    tavoitteet=(luku("80 %", vuosi=2026), luku("90 %")),
    arvot=(luku("67 %", vuosi=2025), luku("n. 70 %", jakso="Kevät 2030"), luku("71,5 %", paiva="2026-05-31")),
    cell="Sheet!F2",
)


@pytest.fixture
def tuo_mitattu(cast):
    """`tuo_mitattu(ASIOINTI)`: imports the row with these measures -> (plan, tuonti)."""

    def send(*mittarit, **target):
        luettu = mitattu(read(xlsx(with_cells(None, "Sähköinen asiointi"), otsikot=MITATUT), "a.xlsx"), *mittarit)
        return apply_plan(luettu, kohde(cast, **target), data=b"", name="a.xlsx", by=cast.aino)

    return send


def asiointi():
    return Mittari.objects.get(nimi="Sähköinen asiointi")


def test_columns_are_targets_and_values(cast, tuo_mitattu):
    _plan, tuonti = tuo_mitattu(ASIOINTI)
    mittari = asiointi()
    assert (mittari.laji, mittari.yksikko, mittari.lahto_teksti, mittari.lahto_luku, mittari.lahto_vuosi) == (
        *("prosentti", "%", "41 %", 41, 2021),
    )
    assert [(t.vuosi, t.teksti, t.luku) for t in mittari.tavoitteet.all()] == [(2026, "80 %", 80), (None, "90 %", 90)]
    arvot = {str(arvo.jakso or arvo.vuosi or arvo.paiva): (arvo.teksti, arvo.luku) for arvo in mittari.arvot.all()}
    assert {"2025": ("67 %", 67), "Kevät 2030": ("n. 70 %", None)}.items() <= arvot.items()
    assert float(arvot["2026-05-31"][1]) == 71.5
    kevat = mittari.arvot.get(jakso__nimi="Kevät 2030")
    assert (kevat.versio, kevat.tuonti, kevat.is_told_with(None)) == (1, tuonti, True)
    assert {row.history.get().history_change_reason for row in (*mittari.tavoitteet.all(), kevat)} == {tuonti.merkki}


def test_columns_the_second_time_change_nothing(cast, tuo_mitattu):
    tuo_mitattu(ASIOINTI)
    before = register()
    plan, _tuonti = tuo_mitattu(ASIOINTI)
    assert (plan.counts["same"], plan.counts["changed"]) == (1, 0)
    assert register() == before


def test_a_new_value_is_a_change_and_undo_takes_it_back(cast, tuo_mitattu):
    tuo_mitattu(ASIOINTI)
    before = register()
    later = replace(ASIOINTI, tavoitteet=(luku("85 %", vuosi=2026),), arvot=(luku("72 %", jakso="Kevät 2030"),))
    plan, tuonti = tuo_mitattu(later)
    assert plan.counts["changed"] == 1
    arvo = asiointi().arvot.get(jakso__nimi="Kevät 2030")
    assert (arvo.teksti, arvo.luku, arvo.versio) == ("72 %", 72, 2)
    assert asiointi().tavoitteet.get(vuosi=2026).luku == 85
    undo_import(tuonti, by=cast.aino)
    assert register() == before


def test_a_value_that_a_person_has_saved_is_a_conflict(cast, tuo_mitattu):
    tuo_mitattu(ASIOINTI)
    arvo = asiointi().arvot.get(jakso__nimi="Kevät 2030")
    MittariArvo.objects.record(arvo.jakso, {asiointi(): Mittaus(1, "75 %")}, by=cast.veikko)
    later = replace(ASIOINTI, arvot=(luku("72 %", "Sheet!H2", jakso="Kevät 2030"),))
    plan, tuonti = tuo_mitattu(later)
    assert tuonti is None
    assert [(issue.cell, issue.code) for issue in plan.errors] == [("Sheet!H2", "conflict")]
    plan, tuonti = tuo_mitattu(later, ristiriidat={"Sheet!H2": "tiedosto"}, ohitetut=("Sheet!H2",))
    assert tuonti
    arvo.refresh_from_db()
    assert arvo.teksti == "72 %"


def test_a_closed_jakso_takes_no_values(cast, tuo_mitattu):
    tuo_mitattu(ASIOINTI)
    jakso = asiointi().arvot.get(jakso__nimi="Kevät 2030").jakso
    type(jakso).objects.filter(pk=jakso.pk).update(tila="suljettu")
    plan, tuonti = tuo_mitattu(replace(ASIOINTI, arvot=(luku("72 %", jakso="Kevät 2030"),)))
    assert (tuonti, plan.refusal) == (None, "closed_jakso")


def test_an_approved_kirjaus_waits_again_and_undo_approves_it_back(cast, tuo_mitattu):
    tuo_mitattu(ASIOINTI)
    jakso = asiointi().arvot.get(jakso__nimi="Kevät 2030").jakso
    kirjaus = Kirjaus.objects.create(
        kunta=cast.kunta, jakso=jakso, toimenpide=halli(), toteutumisaste=3, syy="", tila="hyvaksytty", versio=1
    )
    _plan, tuonti = tuo_mitattu(replace(ASIOINTI, arvot=(luku("72 %", jakso="Kevät 2030"),)))
    kirjaus.refresh_from_db()
    assert (kirjaus.tila, kirjaus.versio) == ("lahetetty", 2)
    undo_import(tuonti, by=cast.aino)
    kirjaus.refresh_from_db()
    assert kirjaus.tila == "hyvaksytty"


def test_twins_are_told_apart_by_their_order(cast, tuo_mitattu):
    twins = (
        Luettumittari("Kävijät", "luku", "kpl", arvot=(luku("10", vuosi=2025),), cell="Sheet!F2"),
        Luettumittari("Kävijät", "luku", "kpl", arvot=(luku("20", vuosi=2025),), cell="Sheet!F3"),
    )
    tuo_mitattu(*twins)
    assert [(m.kerta, m.arvot.get().luku) for m in halli().mittarit.order_by("kerta")] == [(1, 10), (2, 20)]
    before = register()
    plan, _tuonti = tuo_mitattu(*twins)
    assert plan.counts["same"] == 1
    assert register() == before


def test_a_name_that_is_too_long_is_cut_and_a_missing_one_is_its_rows(cast, tuo_mitattu):
    tuo_mitattu(
        replace(ASIOINTI, nimi="pitkä " * 400, yksikko="yksikkö " * 9, arvot=()), replace(ASIOINTI, nimi="", arvot=())
    )
    long, nameless = halli().mittarit.order_by("jarjestys")
    assert (len(long.nimi), long.yksikko, nameless.nimi) == (1000, "", "Halli myydään")
    before = register()
    tuo_mitattu(
        replace(ASIOINTI, nimi="pitkä " * 400, yksikko="yksikkö " * 9, arvot=()), replace(ASIOINTI, nimi="", arvot=())
    )
    assert register() == before


def test_the_year_of_values_without_a_time_is_one_question_and_leaving_errors_out_is_no_answer(cast, tuo_mitattu):
    timeless = [replace(ASIOINTI, nimi=f"m{n}", arvot=(luku("5", f"Sheet!K{n}"),)) for n in (2, 3)]
    plan, tuonti = tuo_mitattu(*timeless, skip_errors=True)
    assert tuonti is None
    assert [(issue.cell, issue.code) for issue in plan.errors] == [(f"Sheet!K{n}", "year_needed") for n in (2, 3)]
    assert [(question.code, question.cells) for question in plan.questions] == [
        ("year_needed", ("Sheet!K2", "Sheet!K3"))
    ]
    _plan, tuonti = tuo_mitattu(*timeless, luvusta={"vuosi": {"": 2029}})
    assert tuonti
    assert {arvo.vuosi for arvo in MittariArvo.objects.filter(mittari__nimi__in=["m2", "m3"])} == {2029}


def test_measures_of_no_row_hang_under_what_they_name(cast):
    luettu = read(xlsx(with_cells(None, None), otsikot=MITATUT), "a.xlsx")
    tavoitteen = replace(ASIOINTI, nimi="Asukkaita", painopiste="Rohkea talous", tavoite="Tilat käyttöön")
    painopisteen = replace(ASIOINTI, nimi="Tulos", painopiste="Aivan uusi kärki")
    luettu = replace(luettu, mittarit=(tavoitteen, painopisteen))
    before = register()
    _plan, tuonti = apply_plan(luettu, kohde(cast), data=b"", name="a.xlsx", by=cast.aino)
    assert Mittari.objects.get(nimi="Asukkaita").kohde.nimi == "Tilat käyttöön"
    assert Mittari.objects.get(nimi="Tulos").painopiste.nimi == "Aivan uusi kärki"
    assert Mittari.objects.get(nimi="Asukkaita").arvot.get(jakso__nimi="Kevät 2030").tila == "lahetetty"
    after = register()
    apply_plan(luettu, kohde(cast), data=b"", name="a.xlsx", by=cast.aino)
    assert register() == after
    undo_import(type(tuonti).objects.get(pk=tuonti.pk), by=cast.aino)
    assert register() == before


# --- what is told of them


def test_the_preview_tells_them_in_words_and_counts_them(laheta_rivit, aino):
    page = sanat(sivu(aino, laheta_rivit(MITATTU)))
    assert "1 uusi mittari" in page and "1 uusi riski" in page
    assert "Mittari: Halli myyty (kyllä/ei)" in page and "Riski: Ostajaa ei löydy." in page


def test_the_preview_tells_what_changes(tuo, laheta_rivit, aino):
    tuo(MITATTU)
    page = sanat(sivu(aino, laheta_rivit(with_cells("Hinta putoaa.", "Halli vuokrattu"))))
    assert "0 uutta mittaria , 1 muuttuu" in page.replace("mittaria,", "mittaria ,")
    assert "Mittari: Halli myyty → Halli vuokrattu" in page
    assert "Mittarin laji: kyllä/ei → teksti" in page
    assert "Riski: Ostajaa ei löydy. → Hinta putoaa." in page


def test_targets_and_values_are_told_with_their_time(cast, tuo_mitattu):
    plan, _tuonti = tuo_mitattu(ASIOINTI)
    (mittari,) = plan.rows[0].mittarit
    assert tell_mittari(mittari) == [
        ("Mittari", "", "Sähköinen asiointi (%)"),
        ("Lähtöarvo", "", "41 %"),
        ("Sähköinen asiointi, Tavoite 2026", "", "80 %"),
        ("Sähköinen asiointi, Tavoite", "", "90 %"),
        ("Sähköinen asiointi, Arvo 2025", "", "67 %"),
        ("Sähköinen asiointi, Arvo Kevät 2030", "", "n. 70 %"),
        ("Sähköinen asiointi, Arvo 31.5.2026", "", "71,5 %"),
    ]


def test_the_command_tells_a_person_how_many(cast):
    plan = build_plan(read(xlsx(MITATTU, otsikot=MITATUT), "a.xlsx"), kohde(cast))
    assert "Mittareita: 1 uutta, 0 muuttuu. Riskejä: 1 uutta, 0 muuttuu." in as_text(plan, written=False)


# --- the kunta's own table


def own_table(cast):
    """(mittari, riski) of the row in the report's own table."""
    (rivi,) = (r for r in build(cast.jakso, koottu=timezone.now()).rivit if r.toimenpide == "Halli myydään")
    return rivi.mittari, rivi.riski


def test_a_cell_that_says_only_the_unit_is_printed_as_it_was(cast):
    luettu = mitattu(read(xlsx(with_cells(None, "kpl"), otsikot=MITATUT), "a.xlsx"), replace(ASIOINTI, nimi="Halli"))
    apply_plan(luettu, kohde(cast), data=b"", name="a.xlsx", by=cast.aino)
    assert (own_table(cast)[0], halli().mittarit.get().nimi) == ("kpl", "Halli")
    halli().mittarit.update(nimi="Hallit")
    assert own_table(cast)[0] == "Hallit"


def test_the_own_table_prints_the_sources_text_until_somebody_changes_it(cast, tuo):
    tuonti = tuo(MITATTU)
    assert own_table(cast) == (MITATTU[5], MITATTU[4])
    assert compare(tuonti).eroja == 0
    mittari, riski = halli().mittarit.get(), halli().riskit.get()
    mittari.nimi, riski.teksti = "Halli on myyty", "Ostajaa ei ole."
    mittari.save()
    riski.save()
    assert own_table(cast) == ("Halli on myyty: kyllä/ei", "Ostajaa ei ole.")
    pairs = [(solu.lahde, solu.talletettu) for row in compare(tuonti).rows for solu in row.solut if solu.on_ero]
    assert pairs == [(MITATTU[4], "Ostajaa ei ole."), (MITATTU[5], "Halli on myyty: kyllä/ei")]


def test_a_cell_that_came_in_as_rows_is_no_field_of_the_form(cast, tuo):
    assert {"mittari", "riski"} <= ToimenpideForm(instance=cast.vayla, strategia=cast.strategia).fields.keys()
    tuo(MITATTU)
    assert not {"mittari", "riski"} & ToimenpideForm(instance=halli(), strategia=cast.strategia).fields.keys()


def test_a_parted_cell_is_printed_as_the_source_has_it(cast, tuo):
    text = "Halli myyty: kyllä/ei.\nSäästö, €"
    tuo(with_cells("", text))
    make_of_texts({"toimenpide": halli()}, text.splitlines(), by=cast.kaisa, first=halli().mittarit.get())
    assert own_table(cast)[0] == text
    Mittari.objects.filter(nimi="Säästö").update(nimi="Säästö vuodessa")
    assert own_table(cast)[0] == "Halli myyty: kyllä/ei\nSäästö vuodessa"


def test_what_the_own_table_prints_changes_nothing_when_it_is_read_back(cast, tuo):
    tuo(MITATTU)
    halli().mittarit.update(nimi="Halli on myyty", avain=avain("Halli on myyty"))
    mittari, riski = own_table(cast)
    plan = build_plan(read(xlsx(with_cells(riski, mittari), otsikot=MITATUT), "a.xlsx"), kohde(cast))
    assert (plan.errors, plan.counts["same"]) == ((), 1)


def test_numbers_of_measures_stand_beside_what_is_stored(cast, tuo_mitattu):
    told = replace(
        ASIOINTI,
        lahto=luku("41 %", "Sheet!G2", vuosi=2021),
        tavoitteet=(luku("80 %", "Sheet!H2", vuosi=2026),),
        arvot=(luku("67 %", "Sheet!I2", vuosi=2025), luku("n. 70 %", "Sheet!J2", jakso="Kevät 2030")),
    )
    plan, _tuonti = tuo_mitattu(told)
    asiointi().tavoitteet.update(teksti="85 %")
    luettu = plan.luettu
    assert list(list_columns_of_measures(luettu)) == ["G", "H", "I", "J"]
    assert pair_cells(luettu.rows[0], list(halli().mittarit.all())) == {
        "G": ("Sheet!G2", "41 %", "41 %"),
        "H": ("Sheet!H2", "80 %", "85 %"),
        "I": ("Sheet!I2", "67 %", "67 %"),
        "J": ("Sheet!J2", "n. 70 %", "n. 70 %"),
    }


def count_queries(target, rows, *, version=1, bare=False):
    """Of an import of so many rows: half with a measure of text, half with one of columns, all with a risk.

    bare: the same without measures and risks. Statements that ask or write; savepoints are not counted.
    """
    above = with_cells(None, None)[:2]
    table = [
        [
            *above,
            f"Teko {rows} {n}",
            "Tekniset palvelut",
            *([] if bare else [f"Riski {version}", f"Teksti {version} {n}"]),
        ]
        for n in range(rows)
    ]
    luettu = read(xlsx(*table, otsikot=MITATUT), "a.xlsx")
    arvot = (luku(f"{version}", jakso="Kevät 2030"), luku(f"{version}", vuosi=2025))
    told = replace(ASIOINTI, tavoitteet=(luku(f"{version}0", vuosi=2026),), arvot=arvot)
    half = [replace(rivi, mittarit=(told,)) if n % 2 and not bare else rivi for n, rivi in enumerate(luettu.rows)]
    luettu = replace(luettu, rows=tuple(half), jaksot=("Kevät 2030",))
    with CaptureQueriesContext(connection) as queries:
        _plan, tuonti = apply_plan(luettu, target, data=b"", name="a.xlsx")
    assert tuonti
    return len([each for each in queries if "SAVEPOINT" not in each["sql"]])


def test_queries_do_not_grow_with_the_rows(cast):
    count_queries(kohde(cast), 2)  # the jakso is there
    new, changed = ([count_queries(kohde(cast), n, version=version) for n in (10, 60)] for version in (1, 2))
    batches = 0 if ON_POSTGRES else 6  # of each table what fills a statement and what is left over, and of bulk_create
    assert new[0] <= new[1] <= new[0] + batches
    assert changed[0] <= changed[1] <= changed[0] + batches


def test_a_first_import_makes_two_statements_more_for_each_table_it_writes_besides(db):
    bare, small, large = (
        count_queries(Target("Paljas"), 20, bare=True),
        count_queries(Target("Pieni"), 20),
        count_queries(Target("Suuri"), 200),
    )
    more = len([Mittari, Tavoitearvo, MittariArvo, Riski])
    assert small <= large <= small + (0 if ON_POSTGRES else len([Toimenpide, Kirjaus]) + more)
    assert small <= bare + (2 if ON_POSTGRES else 3) * more  # SQLite asks its sequence too
