"""Values of measures: what the database refuses, how they are written, and whose state they follow."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import (
    Kirjaus,
    MittariArvo,
    Mittaus,
    Osavastaus,
    Riski,
    Seurantajakso,
    SuljettuJakso,
    Vastaus,
    Yksikkovastaus,
)
from strategia.models import Avain, Mittari, Tavoitearvo
from tests.cast import create_kirjaus, create_mittari
from tests.kilpailu import just_before_writing

Tila = Kirjaus.Tila


def record(cast, mittari, by, versio=0, **values):
    """One value in the open jakso -> (the saved MittariArvo or None, the conflicts)."""
    saved, conflicts = MittariArvo.objects.record(cast.jakso, {mittari: Mittaus(versio, **values)}, by=by)
    return (saved[0] if saved else None), conflicts


def assert_refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.fixture
def reitit(cast):
    """Of Väylä: it follows the kirjaus."""
    return cast.mittarit[0]


@pytest.fixture
def kouluun(cast):
    """Of a tavoite, recorded by Sivistyspalvelut: it has a state of its own."""
    return cast.mittarit[1]


# --- what the database refuses


def test_a_mittari_hangs_under_exactly_one(cast):
    nothing = {"toimenpide": None, "tavoite": None, "painopiste": None}
    for kohteet in ({}, {"toimenpide": cast.vayla, "tavoite": cast.tavoitteet[0]}, dict.fromkeys(nothing, None)):
        mittari = Mittari(kunta=cast.kunta, strategia=cast.strategia, nimi="Mittari", **{**nothing, **kohteet})
        assert_refused(mittari.save)


def test_a_mittari_of_a_toimenpide_has_no_toimiala_of_its_own(cast, reitit):
    reitit.toimiala = cast.sivistys
    assert_refused(reitit.save)


def test_a_number_of_a_service_names_the_service(reitit):
    reitit.ulkoinen_tunnus = "3113"
    assert_refused(reitit.save)
    reitit.palvelu = Mittari.Palvelu.SOTKANET
    reitit.save()


def test_two_alike_under_one_are_told_apart_by_their_order(cast, reitit):
    twin = Mittari(kunta=cast.kunta, strategia=cast.strategia, toimenpide=cast.vayla, nimi=f"{reitit.nimi}.")
    assert_refused(twin.save)
    twin.kerta = 2
    twin.save()


@pytest.mark.parametrize(
    "values",
    [
        {"vuosi": 2026, "teksti": "14"},
        {"vuosi": 2027, "teksti": ""},
    ],
)
def test_a_target_is_there_once_a_year_and_says_something(cast, reitit, values):
    assert_refused(lambda: Tavoitearvo.objects.create(kunta=cast.kunta, mittari=reitit, **values))


def test_one_target_is_without_a_year(cast, kouluun):
    assert_refused(lambda: Tavoitearvo.objects.create(kunta=cast.kunta, mittari=kouluun, teksti="90 %"))


def test_a_target_is_read_as_it_is_saved(cast, reitit):
    tavoite = Tavoitearvo.objects.create(kunta=cast.kunta, mittari=reitit, vuosi=2027, teksti="10–20 kpl")
    assert (tavoite.luku, tavoite.ala, tavoite.yla) == (None, 10, 20)
    tavoite.teksti = "15 kpl"
    tavoite.save()
    tavoite.refresh_from_db()
    assert (tavoite.luku, tavoite.ala, tavoite.yla) == (15, None, None)


@pytest.mark.parametrize(
    "ajat",
    [
        {},
        {"vuosi": 2025, "paiva": datetime.date(2025, 12, 31)},
        {"jakso": "jakso", "vuosi": 2026},
        {"jakso": "jakso", "paiva": datetime.date(2026, 8, 31)},
    ],
)
def test_a_value_is_of_exactly_one_time(cast, reitit, ajat):
    ajat = {name: cast.jakso if name == "jakso" else when for name, when in ajat.items()}
    assert_refused(lambda: MittariArvo.objects.create(kunta=cast.kunta, mittari=reitit, teksti="1", **ajat))


@pytest.mark.parametrize("aika", ["jakso", "vuosi", "paiva"])
def test_a_mittari_has_one_value_at_a_time(cast, reitit, aika):
    when = {"jakso": cast.jakso, "vuosi": 2025, "paiva": datetime.date(2025, 12, 31)}[aika]
    first = {"kunta": cast.kunta, "mittari": reitit, aika: when}
    MittariArvo.objects.create(teksti="1", **first)
    assert_refused(lambda: MittariArvo.objects.create(teksti="2", **first))


def test_the_unique_index_of_a_jakso_begins_with_it():
    once = next(c for c in MittariArvo._meta.constraints if c.name == "arvo_kerran_jaksossa")
    assert once.fields == ("jakso", "mittari", "kunta")


def test_a_value_outside_a_jakso_waits_for_nobody(cast, reitit):
    value = MittariArvo(kunta=cast.kunta, mittari=reitit, vuosi=2025, teksti="1", tila=Tila.LUONNOS)
    assert_refused(value.save)


@pytest.mark.parametrize("values", [{"todennakoisyys": 0}, {"vaikutus": 6}])
def test_a_risk_is_told_from_1_to_5(cast, values):
    assert_refused(lambda: Riski.objects.filter(pk=cast.riski.pk).update(**values))
    with pytest.raises(IntegrityError), transaction.atomic():
        Riski.objects.create(kunta=cast.kunta, strategia=cast.strategia, teksti="Ei kenenkään")


# --- text and number


@pytest.mark.parametrize(
    ("teksti", "luku"),
    [("12", 12), ("1 234,5 kpl", Decimal("1234.5")), ("n. 70", None), ("", None), ("\u22120,4", Decimal("-0.4"))],
)
def test_what_was_written_is_kept_verbatim_beside_its_number(cast, reitit, teksti, luku):
    arvo, _ = record(cast, reitit, cast.veikko, teksti=teksti, huomautus="Laskettu elokuussa.")
    stored = MittariArvo.objects.get(pk=arvo.pk)
    assert (stored.teksti, stored.luku, arvo.luku) == (teksti, luku, luku)
    assert stored.history.get().luku == luku


def test_the_sources_cell_is_kept_until_a_person_writes_another_value(cast, reitit):
    record(cast, reitit, None, teksti="kyllä", alkuperainen="x")
    arvo, _ = record(cast, reitit, cast.veikko, 1, huomautus="Sama arvo.")
    assert (arvo.teksti, arvo.alkuperainen) == ("kyllä", "x")
    arvo, _ = record(cast, reitit, cast.veikko, 2, teksti="ei")
    assert (arvo.teksti, arvo.alkuperainen) == ("ei", "")


# --- writing


def test_the_same_write_twice_is_one_value(cast, reitit):
    for _ in range(2):
        record(cast, reitit, cast.veikko, teksti="12")
    arvo = MittariArvo.objects.get(jakso=cast.jakso)
    assert (arvo.versio, arvo.history.count()) == (1, 1)


def test_nothing_is_written_where_nothing_was_told(cast, reitit):
    assert record(cast, reitit, cast.veikko) == (None, [])
    assert record(cast, reitit, cast.veikko, teksti="", huomautus="", sisainen_huomio="") == (None, [])


def test_what_was_not_asked_stays(cast, reitit):
    record(cast, reitit, cast.veikko, teksti="12", huomautus="Huom.", sisainen_huomio="Meidän kesken.")
    arvo, _ = record(cast, reitit, cast.veikko, 1, teksti="13")
    assert (arvo.teksti, arvo.huomautus, arvo.sisainen_huomio) == ("13", "Huom.", "Meidän kesken.")


def test_the_second_writer_sees_both_values(cast, reitit):
    record(cast, reitit, cast.veikko, teksti="12")
    arvo, conflicts = record(cast, reitit, cast.hilkka, teksti="13")
    assert arvo is None
    [(theirs, own)] = conflicts
    assert (theirs.teksti, theirs.versio, own.teksti) == ("12", 1, "13")
    assert MittariArvo.objects.get(jakso=cast.jakso).teksti == "12"
    arvo, conflicts = record(cast, reitit, cast.hilkka, 1, teksti="13")
    assert (arvo.teksti, conflicts) == ("13", [])


def test_a_value_only_sent_along_leaves_what_another_wrote(cast, reitit):
    record(cast, reitit, cast.veikko, teksti="12", huomautus="Alku")
    record(cast, reitit, cast.hilkka, 1, teksti="13")
    assert record(cast, reitit, cast.veikko, 1, teksti="12", huomautus="Alku") == (None, [])
    assert MittariArvo.objects.get(jakso=cast.jakso).teksti == "13"


def test_a_conflict_on_one_value_saves_the_others(cast, reitit, kouluun):
    record(cast, reitit, cast.veikko, teksti="12")
    saved, conflicts = MittariArvo.objects.record(
        cast.jakso, {reitit: Mittaus(0, "13"), kouluun: Mittaus(0, "70 %")}, by=cast.kaisa
    )
    assert ([arvo.mittari for arvo in saved], [arvo.mittari for arvo, _ in conflicts]) == ([kouluun], [reitit])


def test_history_tells_who_or_which_program(cast, reitit):
    avain, _key = Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)
    record(cast, reitit, cast.veikko, teksti="12")
    MittariArvo.objects.record(cast.jakso, {reitit: Mittaus(1, "13")}, by=None, reason=avain.merkki)
    last, first = MittariArvo.objects.get(jakso=cast.jakso).history.all()
    assert (first.history_user, first.teksti) == (cast.veikko, "12")
    assert (last.history_user, last.history_change_reason, last.teksti) == (None, "rajapinta Tietovarasto", "13")


def test_in_viimeistely_the_koordinaattori_writes_and_no_program(cast, reitit):
    cast.jakso.finish(by=cast.kaisa)
    for by in (None, cast.veikko):
        with pytest.raises(SuljettuJakso):
            record(cast, reitit, by, teksti="12")
    arvo, _ = record(cast, reitit, cast.kaisa, teksti="12")
    assert arvo.otettu_mukaan


def test_viimeistely_keeps_the_words_of_the_owner_beside(cast, reitit):
    record(cast, reitit, cast.veikko, teksti="12", huomautus="Laskettu elokuussa.", sisainen_huomio="Oma")
    cast.jakso.finish(by=cast.kaisa)
    arvo, _ = record(cast, reitit, cast.kaisa, 1, teksti="12 kpl", huomautus="Elokuussa.", sisainen_huomio="Kaisan")
    assert arvo.kirjaajan_tekstit == {"teksti": "12", "huomautus": "Laskettu elokuussa."}
    arvo, _ = record(cast, reitit, cast.kaisa, 2, teksti="12")
    assert arvo.kirjaajan_tekstit == {"huomautus": "Laskettu elokuussa."}


def test_by_year_and_by_day_a_value_is_recorded_outside_any_jakso(cast, reitit):
    day = datetime.date(2024, 12, 31)
    MittariArvo.objects.record_outside({reitit: Mittaus(0, "7")}, by=cast.kaisa, vuosi=2024)
    MittariArvo.objects.record_outside({reitit: Mittaus(0, "8")}, by=cast.kaisa, paiva=day)
    _saved, conflicts = MittariArvo.objects.record_outside({reitit: Mittaus(0, "9")}, by=cast.aino, vuosi=2024)
    assert [arvo.teksti for arvo, _ in conflicts] == ["7"]
    outside = MittariArvo.objects.filter(mittari=reitit, jakso=None).order_by("pk")
    assert [(a.vuosi, a.paiva, a.luku, a.tila, a.is_reported) for a in outside] == [
        (2024, None, 7, "", True),
        (None, day, 8, "", True),
    ]


# --- whose state


def test_a_value_of_a_toimenpide_is_told_with_its_kirjaus(cast, reitit):
    arvo, _ = record(cast, reitit, cast.veikko, teksti="12", laheta=True)
    assert (arvo.tila, arvo.has_own_state) == ("", False)
    reported = MittariArvo.objects.reported().filter(jakso=cast.jakso)
    assert (reported.all().count(), arvo.is_told_with(None)) == (0, False)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3)}, by=cast.veikko)
    assert reported.count() == 0
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(1, 3, laheta=True)}, by=cast.veikko)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    assert (list(reported.all()), arvo.is_told_with(kirjaus)) == ([arvo], True)
    Kirjaus.objects.send_back(cast.jakso, {kirjaus.pk: kirjaus.versio}, "Tarkenna.", by=cast.hilkka)
    kirjaus.refresh_from_db()
    assert (reported.all().count(), arvo.is_told_with(kirjaus)) == (0, False)


def test_a_value_written_after_sending_is_looked_at_anew(cast, reitit):
    create_kirjaus(cast.jakso, cast.vayla, 3, "").save()
    approved = Kirjaus.objects.get(jakso=cast.jakso)
    record(cast, reitit, cast.veikko, teksti="12")
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    assert (approved.tila, kirjaus.tila, kirjaus.versio) == (Tila.HYVAKSYTTY, Tila.LAHETETTY, 2)
    _settled, changed = Kirjaus.objects.approve(cast.jakso, {kirjaus.pk: 1}, by=cast.hilkka)
    assert changed == [kirjaus]  # looked at before the value was written
    # Whoever had the row open saves all the same: what they wrote was not touched.
    saved, conflicts = Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(1, 4)}, by=cast.veikko)
    assert (len(saved), conflicts) == (1, [])


def test_a_value_or_a_units_answer_completes_what_was_sent_back(cast, reitit):
    rows = {}
    for toimenpide in (cast.vayla, cast.toimenpiteet[1], cast.kerho):
        create_kirjaus(cast.jakso, toimenpide, 3, "").save()
        rows[toimenpide] = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=toimenpide)
        Kirjaus.objects.filter(pk=rows[toimenpide].pk).update(tila=Tila.LAHETETTY)
    record(cast, reitit, cast.veikko, teksti="11")  # before it is sent back
    versiot = {row.pk: row.versio for row in Kirjaus.objects.filter(jakso=cast.jakso)}
    Kirjaus.objects.send_back(cast.jakso, versiot, "Täydennä.", by=cast.kaisa)
    returned = list(Kirjaus.objects.filter(jakso=cast.jakso))
    assert Kirjaus.objects.untouched_since_return(returned) == {row.pk for row in returned}
    record(cast, reitit, cast.veikko, 1, teksti="12")
    Osavastaus.objects.record(cast.jakso, cast.toimenpiteet[1], [Yksikkovastaus("Lomitus", 4)], by=cast.veikko)
    returned = list(Kirjaus.objects.filter(jakso=cast.jakso))
    assert Kirjaus.objects.untouched_since_return(returned) == {rows[cast.kerho].pk}
    assert Kirjaus.objects.untouched_since_return([]) == set()


def test_a_value_written_in_viimeistely_leaves_the_approval(cast, reitit):
    create_kirjaus(cast.jakso, cast.vayla, 3, "").save()
    cast.jakso.finish(by=cast.kaisa)
    record(cast, reitit, cast.kaisa, teksti="12")
    assert Kirjaus.objects.get(jakso=cast.jakso).tila == Tila.HYVAKSYTTY


def test_a_value_of_a_tavoite_is_sent_and_approved_by_itself(cast, kouluun):
    arvo, _ = record(cast, kouluun, cast.otso, teksti="70 %")
    reported = MittariArvo.objects.reported().filter(jakso=cast.jakso)
    assert (arvo.tila, arvo.is_reported, reported.all().count()) == (Tila.LUONNOS, False, 0)
    arvo, _ = record(cast, kouluun, cast.otso, 1, teksti="70 %", laheta=True)
    assert (arvo.tila, arvo.is_reported, list(reported.all())) == (Tila.LAHETETTY, True, [arvo])
    settled, _ = MittariArvo.objects.approve(cast.jakso, {arvo.pk: arvo.versio}, by=cast.kaisa)
    assert [each.tila for each in settled] == [Tila.HYVAKSYTTY]
    arvo, _ = record(cast, kouluun, cast.otso, 3, teksti="71 %")
    assert arvo.tila == Tila.LAHETETTY
    settled, _ = MittariArvo.objects.send_back(cast.jakso, {arvo.pk: arvo.versio}, "Mistä luku on?", by=cast.kaisa)
    assert [(each.tila, each.palautuksen_syy) for each in settled] == [(Tila.PALAUTETTU, "Mistä luku on?")]
    assert not reported.all().exists()


def test_what_was_taken_in_and_is_then_sent_back_with_its_kirjaus_is_told_no_more(cast, reitit):
    cast.jakso.finish(by=cast.kaisa)
    arvo, _ = record(cast, reitit, cast.kaisa, teksti="12")
    reported = MittariArvo.objects.reported().filter(jakso=cast.jakso)
    assert (reported.exists(), arvo.is_told_with(None)) == (True, True)
    kirjaus = create_kirjaus(cast.jakso, cast.vayla, 3, "")
    kirjaus.tila = Tila.PALAUTETTU
    kirjaus.save()
    assert (reported.all().exists(), arvo.is_told_with(kirjaus)) == (False, False)


def test_a_draft_of_a_tavoite_is_taken_in(cast, kouluun):
    arvo, _ = record(cast, kouluun, cast.otso, teksti="70 %")
    cast.jakso.finish(by=cast.kaisa)
    [taken], _ = MittariArvo.objects.take_in(cast.jakso, {arvo.pk: 1}, by=cast.kaisa)
    assert (taken.otettu_mukaan, taken.is_reported) == (True, True)


def test_who_sees_a_value_before_the_jakso_is_closed(cast, reitit, kouluun):
    record(cast, reitit, cast.veikko, teksti="12")
    record(cast, kouluun, cast.otso, teksti="70 %")
    MittariArvo.objects.record_outside({reitit: Mittaus(0, "7")}, by=cast.kaisa, vuosi=2024)
    closed = {"9", "68 %", "ei"}  # of the closed jakso
    seen = {
        who: set(MittariArvo.objects.visible_to(getattr(cast, who)).values_list("teksti", flat=True)) - closed
        for who in ("kaisa", "tarmo", "veikko", "hilkka", "otso", "liisa", "ulla")
    }
    everything, years = {"12", "70 %", "7"}, {"7"}
    assert seen == {
        **{"kaisa": everything, "tarmo": everything, "veikko": {"12"} | years, "hilkka": {"12"} | years},
        **{"otso": {"70 %"} | years, "liisa": years, "ulla": set()},
    }


def test_a_draft_of_a_closed_jakso_is_shown_to_no_councillor(cast, kouluun):
    record(cast, kouluun, cast.otso, teksti="70 % (luonnos)")
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    assert not MittariArvo.objects.visible_to(cast.liisa).filter(jakso=cast.jakso).exists()
    assert MittariArvo.objects.visible_to(cast.tarmo).filter(jakso=cast.jakso).exists()


# --- a closed jakso


@pytest.mark.django_db(transaction=True)
def test_a_value_written_as_the_jakso_closes_is_in_time_or_refused(cast, reitit):
    cast.jakso.finish(by=cast.kaisa)

    def write():
        try:
            return bool(MittariArvo.objects.record(copy_of(cast.jakso), {reitit: Mittaus(0, "12")}, by=cast.aino)[0])
        except SuljettuJakso:
            return False

    saved, _versio = just_before_writing(
        "seuranta_mittariarvo", act=write, meanwhile=lambda: close_jakso(copy_of(cast.jakso), by=cast.kaisa)
    )
    assert Seurantajakso.objects.get(pk=cast.jakso.pk).is_closed
    assert MittariArvo.objects.filter(jakso=cast.jakso).exists() == saved


@pytest.mark.django_db(transaction=True)
def test_no_value_comes_in_while_the_report_is_being_frozen(cast, reitit):
    cast.jakso.finish(by=cast.kaisa)

    def write():
        try:
            return bool(MittariArvo.objects.record(copy_of(cast.jakso), {reitit: Mittaus(0, "12")}, by=cast.aino)[0])
        except SuljettuJakso:
            return False

    _versio, saved = just_before_writing(
        "raportit_raporttiversio", act=lambda: close_jakso(copy_of(cast.jakso), by=cast.kaisa), meanwhile=write
    )
    assert (saved, MittariArvo.objects.filter(jakso=cast.jakso).exists()) == (False, False)


def copy_of(jakso):
    return Seurantajakso.objects.get(pk=jakso.pk)


@pytest.mark.vain_sqlite
@pytest.mark.parametrize("table", ["mittariarvo", "osavastaus"])
def test_a_row_of_a_closed_jakso_is_not_replaced(cast, reitit, table):
    record(cast, reitit, cast.veikko, teksti="12")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3)}, by=cast.veikko)
    Osavastaus.objects.record(cast.jakso, cast.vayla, [Yksikkovastaus("Avoin", 3)], by=cast.veikko)
    model = {"mittariarvo": MittariArvo, "osavastaus": Osavastaus}[table]
    rows = list(model.objects.order_by("pk").values_list("pk", flat=True))
    columns = ", ".join(field.column for field in model._meta.fields if field.column != "id")
    sql = f"""
        INSERT OR REPLACE INTO seuranta_{table} (id, {columns})
        SELECT %s, {columns} FROM seuranta_{table} WHERE id = %s
    """  # noqa: S608  the columns are the model's
    before = list(model.objects.order_by("pk").values_list())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [rows[0], rows[-1]])
    assert list(model.objects.order_by("pk").values_list()) == before


@pytest.mark.vain_postgres
@pytest.mark.django_db(transaction=True)  # PostgreSQL truncates no table the transaction wrote to
@pytest.mark.parametrize("table", ["mittariarvo", "osavastaus", "riski"])
def test_no_table_is_truncated_while_a_jakso_is_closed(cast, table):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE seuranta_{table} CASCADE")


def test_what_is_outside_a_jakso_is_held_by_none(cast, reitit):
    MittariArvo.objects.record_outside({reitit: Mittaus(0, "7")}, by=cast.kaisa, vuosi=2024)
    MittariArvo.objects.filter(jakso=None).update(teksti="8")
    MittariArvo.objects.filter(jakso=None).delete()
    Riski.objects.filter(jakso=None).update(vaikutus=5)


# --- cost


def test_saving_costs_the_same_at_25_and_at_250_values(cast):
    counts = []
    for count in (25, 250):
        mittarit = [
            create_mittari(cast.strategia, {"toimenpide": cast.vayla}, f"M{count}-{i}", "luku", "", "suurempi", "", {})
            for i in range(count)
        ]
        with CaptureQueriesContext(connection) as captured:
            saved, _ = MittariArvo.objects.record(
                cast.jakso, {mittari: Mittaus(0, f"{i}") for i, mittari in enumerate(mittarit)}, by=cast.veikko
            )
        assert len(saved) == count
        kinds = {query["sql"][:40] for query in captured if "SAVEPOINT" not in query["sql"]}
        counts.append(len(kinds) if connection.vendor == "sqlite" else len(captured))
    assert counts[0] == counts[1]
    assert counts[0] <= 9


# --- keys of the API


def test_a_key_is_shown_once_and_only_its_digest_is_kept(cast):
    avain, key = Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)
    assert key not in str(Avain.objects.values())
    assert (Avain.objects.of_key(key), avain.alku) == (avain, key[:8])
    for wrong in ("", key[:-1], f"{key}x", "ss_", "x" * 5000):
        assert Avain.objects.of_key(wrong) is None
    avain.end(by=cast.aino)
    assert Avain.objects.of_key(key) is None
    ended = avain.lopetettu
    avain.end(by=cast.kaisa)
    assert (avain.lopetettu, avain.lopettaja) == (ended, cast.aino)
