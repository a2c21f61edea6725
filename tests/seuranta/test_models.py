"""Kirjaukset: what the database refuses, how a save goes, and that a closed jakso stays as it was."""

import datetime
import threading
from itertools import groupby

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from seuranta.models import Kirjaus, Seurantajakso, SuljettuJakso, ToimialanMaaraaika, Vastaus
from strategia.models import Toimenpide
from tests.cast import build_cast, create_kirjaus

Tila = Kirjaus.Tila


class KirjausLomake(forms.ModelForm):
    """Every field of the model: what a form of our own forgot to check, this one lets through to the model."""

    class Meta:
        model = Kirjaus
        fields = ["toteutumisaste", "syy", "kommentti"]


def assert_refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def run_sql(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def record(jakso, toimenpide, by, versio=0, **values):
    """One row saved -> (its kirjaus or None, the conflicts)."""
    saved, conflicts = Kirjaus.objects.record(jakso, {toimenpide: Vastaus(versio, **values)}, by=by)
    return (saved[0] if saved else None), conflicts


# --- what a kirjaus may be


@pytest.mark.parametrize(
    ("aste", "syy"), [(0, ""), (6, ""), (None, ""), (3, "ei_arvioida"), (-1, "ei_vastattu"), (6, "luovuttu")]
)
def test_a_kirjaus_has_a_score_from_1_to_5_or_a_reason(cast, aste, syy):
    kirjaus = create_kirjaus(cast.jakso, cast.vayla, 3, "")
    kirjaus.save()
    form = KirjausLomake({"toteutumisaste": aste, "syy": syy}, instance=Kirjaus.objects.get(pk=kirjaus.pk))
    if form.is_valid():  # a form skips a constraint when its fields are empty; the database does not
        assert_refused(form.save)
    bad = {"toteutumisaste": aste, "syy": syy}
    assert_refused(lambda: Kirjaus.objects.filter(pk=kirjaus.pk).update(**bad))
    assert_refused(lambda: run_sql("UPDATE seuranta_kirjaus SET toteutumisaste = %s, syy = %s", aste, syy))
    assert_refused(lambda: Kirjaus.objects.create(kunta=cast.kunta, jakso=cast.jakso, toimenpide=cast.kerho, **bad))


@pytest.mark.parametrize("aste", [1, 2, 3, 4, 5, *Kirjaus.Syy.values])
def test_every_score_and_every_reason_is_taken(cast, aste):
    create_kirjaus(cast.jakso, cast.vayla, aste, "").save()


def test_a_toimenpide_has_one_kirjaus_in_a_jakso(cast):
    create_kirjaus(cast.jakso, cast.vayla, 3, "").save()
    assert_refused(create_kirjaus(cast.jakso, cast.vayla, 4, "").save)


def test_the_unique_index_begins_with_the_jakso():
    once = next(c for c in Kirjaus._meta.constraints if c.name == "kirjaus_kerran_jaksossa")
    assert once.fields == ("jakso", "toimenpide", "kunta")


def test_a_strategia_has_a_jakso_of_one_name(cast):
    double = Seurantajakso(kunta=cast.kunta, strategia=cast.strategia, nimi=f"{cast.jakso.nimi}.")
    assert_refused(double.save)


def test_a_jakso_does_not_end_before_it_begins(cast):
    cast.jakso.paattyy = cast.jakso.alkaa - datetime.timedelta(days=1)
    with pytest.raises(ValidationError, match="jakso_alkaa_ennen_loppua"):
        cast.jakso.full_clean()
    assert_refused(cast.jakso.save)


# --- a closed jakso takes no write by any path


def closed_kirjaus(cast):
    return Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=cast.vayla)


def write_by_form(cast):
    form = KirjausLomake({"toteutumisaste": 5, "kommentti": "Myöhässä"}, instance=closed_kirjaus(cast))
    assert form.is_valid(), form.errors
    form.save()


def write_by_bulk_update(cast):
    kirjaus = closed_kirjaus(cast)
    kirjaus.kommentti = "Myöhässä"
    Kirjaus.objects.bulk_update([kirjaus], ["kommentti"])


def write_by_upsert(cast):
    kirjaus = create_kirjaus(cast.edellinen, cast.vayla, 5, "Myöhässä")
    unique = ["jakso", "toimenpide", "kunta"]
    Kirjaus.objects.bulk_create([kirjaus], update_conflicts=True, update_fields=["kommentti"], unique_fields=unique)


def write_a_late_row(cast):
    create_kirjaus(cast.edellinen, cast.ranssi, 5, "Myöhässä").save()


def write_late_rows_in_bulk(cast):
    Kirjaus.objects.bulk_create([create_kirjaus(cast.edellinen, cast.ranssi, 5, "Myöhässä")], ignore_conflicts=True)


def move_a_row_in(cast):
    create_kirjaus(cast.jakso, cast.ranssi, 5, "Siirretty").save()
    Kirjaus.objects.filter(jakso=cast.jakso).update(jakso=cast.edellinen)


def move_a_row_out(cast):
    Kirjaus.objects.filter(pk=closed_kirjaus(cast).pk).update(jakso=cast.jakso)


WRITES = {
    "form": write_by_form,
    "queryset.update": lambda cast: Kirjaus.objects.filter(jakso=cast.edellinen).update(kommentti="Myöhässä"),
    "bulk_update": write_by_bulk_update,
    "upsert": write_by_upsert,
    "create": write_a_late_row,
    "bulk_create": write_late_rows_in_bulk,
    "delete": lambda cast: closed_kirjaus(cast).delete(),
    "queryset.delete": lambda cast: Kirjaus.objects.filter(jakso=cast.edellinen).delete(),
    "move in": move_a_row_in,
    "move out": move_a_row_out,
    "raw UPDATE": lambda cast: run_sql("UPDATE seuranta_kirjaus SET kommentti = 'Myöhässä'"),
    "raw DELETE": lambda cast: run_sql("DELETE FROM seuranta_kirjaus"),
}


def rows_of(jakso):
    return list(Kirjaus.objects.filter(jakso=jakso).order_by("pk").values_list())


@pytest.mark.parametrize("path", WRITES)
def test_a_closed_jakso_takes_no_write(cast, path):
    before = rows_of(cast.edellinen)
    with pytest.raises(IntegrityError, match="suljettu jakso"), transaction.atomic():
        WRITES[path](cast)
    assert rows_of(cast.edellinen) == before


@pytest.mark.vain_sqlite
def test_a_row_of_a_closed_jakso_is_not_replaced(cast):
    """SQLite's REPLACE takes the row of the same id away without asking the DELETE trigger."""
    create_kirjaus(cast.jakso, cast.ranssi, 5, "Avoin").save()
    open_one, closed_one = Kirjaus.objects.get(jakso=cast.jakso), closed_kirjaus(cast)
    columns = ", ".join(field.column for field in Kirjaus._meta.fields if field.column != "id")
    insert = f"""
        INSERT OR REPLACE INTO seuranta_kirjaus (id, {columns})
        SELECT %s, {columns} FROM seuranta_kirjaus WHERE id = %s
    """  # noqa: S608  the columns are the model's
    before = rows_of(cast.edellinen)
    for sql in (insert, "UPDATE OR REPLACE seuranta_kirjaus SET id = %s WHERE id = %s"):
        assert_refused(lambda sql=sql: run_sql(sql, closed_one.pk, open_one.pk))
    assert rows_of(cast.edellinen) == before


@pytest.mark.vain_postgres
@pytest.mark.django_db(transaction=True)  # PostgreSQL truncates no table the transaction wrote to
def test_kirjaukset_are_not_truncated_while_a_jakso_is_closed(cast):
    assert_refused(lambda: run_sql("TRUNCATE seuranta_kirjaus CASCADE"))
    assert Kirjaus.objects.exists()


def test_recording_in_a_closed_jakso_says_so(cast):
    with pytest.raises(SuljettuJakso, match="Jakso Osavuosikatsaus I 2026 ei ota enää vastaan kirjauksia."):
        record(cast.edellinen, cast.vayla, cast.kaisa, versio=1, toteutumisaste=5)


def test_recording_in_a_jakso_that_was_closed_meanwhile_says_so(cast):
    remembered = Seurantajakso.objects.get(pk=cast.jakso.pk)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila=Seurantajakso.Tila.SULJETTU)
    with pytest.raises(SuljettuJakso):
        record(remembered, cast.vayla, cast.veikko, toteutumisaste=5)
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_a_reopened_jakso_takes_writes_again(cast):
    cast.edellinen.reopen(by=cast.kaisa, syy="Väylän aste oli väärin.")
    kirjaus, conflicts = record(cast.edellinen, cast.vayla, cast.kaisa, versio=1, toteutumisaste=3)
    assert (kirjaus.toteutumisaste, conflicts) == (3, [])


# --- the jakso moves


def test_a_jakso_moves_from_tulossa_to_viimeistely_and_back(cast):
    jakso = cast.jakso
    Seurantajakso.objects.filter(pk=jakso.pk).update(tila=Seurantajakso.Tila.TULOSSA)
    for move, tila in ((jakso.open, "avoinna"), (jakso.finish, "viimeistelyssa"), (jakso.open, "avoinna")):
        move(by=cast.kaisa)
        assert jakso.tila == Seurantajakso.objects.get(pk=jakso.pk).tila == tila
        assert jakso.history.first().history_user == cast.kaisa


def test_reopening_goes_to_viimeistely_and_keeps_the_reason(cast):
    cast.edellinen.reopen(by=cast.kaisa, syy="Väylän aste oli väärin.")
    cast.edellinen.refresh_from_db()
    assert (cast.edellinen.tila, cast.edellinen.avaamisen_syy) == ("viimeistelyssa", "Väylän aste oli väärin.")


def test_a_move_that_does_not_start_here_is_refused(cast):
    for move in (cast.jakso.open, cast.edellinen.open, cast.edellinen.finish):
        with pytest.raises(SuljettuJakso, match="Jakson tila on jo muuttunut"):
            move(by=cast.kaisa)
    with pytest.raises(SuljettuJakso):
        cast.jakso.reopen(by=cast.kaisa, syy="Ei ole suljettu.")
    assert Seurantajakso.objects.get(pk=cast.jakso.pk).avaamisen_syy == ""


def test_a_move_leaves_alone_what_another_changed_meanwhile(cast):
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(vastaus_viimeistaan=datetime.date(2026, 10, 1))
    cast.jakso.finish(by=cast.kaisa)
    cast.jakso.refresh_from_db()
    assert cast.jakso.vastaus_viimeistaan == datetime.date(2026, 10, 1)


def test_the_previous_jakso_is_the_one_before_in_the_same_strategia(cast):
    assert cast.jakso.edellinen() == cast.edellinen
    assert cast.edellinen.edellinen() is None
    assert cast.naapuri.jakso.edellinen() is None


def test_a_jakso_expects_the_toimenpiteet_in_force(cast):
    day = datetime.timedelta(days=1)
    Toimenpide.objects.filter(pk=cast.toimenpiteet[0].pk).update(voimassa_alkaen=cast.jakso.paattyy + day)
    Toimenpide.objects.filter(pk=cast.toimenpiteet[1].pk).update(voimassa_asti=cast.jakso.alkaa - day)
    Toimenpide.objects.filter(pk=cast.toimenpiteet[2].pk).update(
        voimassa_alkaen=cast.jakso.paattyy, voimassa_asti=cast.jakso.paattyy
    )
    assert list(cast.jakso.toimenpiteet()) == cast.toimenpiteet[2:]


def test_a_toimiala_may_have_a_deadline_of_its_own(cast):
    own = cast.jakso.vastaus_viimeistaan + datetime.timedelta(days=7)
    ToimialanMaaraaika.objects.create(
        kunta=cast.kunta, jakso=cast.jakso, toimiala=cast.tekniset, vastaus_viimeistaan=own
    )
    assert cast.jakso.maaraaika(cast.tekniset) == own
    assert cast.jakso.maaraaika(cast.sivistys) == cast.jakso.maaraaika() == cast.jakso.vastaus_viimeistaan


# --- saving a kirjaus


def test_veikko_drafts_and_sends(cast):
    kirjaus, _ = record(cast.jakso, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Työmaa alkoi.")
    assert (kirjaus.tila, kirjaus.versio, kirjaus.syy, kirjaus.lahetetty) == (Tila.LUONNOS, 1, "", None)
    kirjaus, _ = record(
        cast.jakso, cast.vayla, cast.veikko, versio=1, toteutumisaste=3, kommentti="Työmaa alkoi.", laheta=True
    )
    assert (kirjaus.tila, kirjaus.versio) == (Tila.LAHETETTY, 2)
    assert kirjaus.lahetetty == kirjaus.muokattu
    stored = Kirjaus.objects.get(pk=kirjaus.pk)
    assert (stored.toteutumisaste, stored.kommentti, stored.tila) == (3, "Työmaa alkoi.", Tila.LAHETETTY)


def test_a_kirjaus_without_a_score_says_why(cast):
    kirjaus, _ = record(cast.jakso, cast.vayla, cast.veikko, kommentti="Kesken.")
    assert kirjaus.syy == Kirjaus.Syy.EI_VASTATTU
    kirjaus, _ = record(cast.jakso, cast.vayla, cast.veikko, versio=1, syy=Kirjaus.Syy.LUOVUTTU)
    assert (kirjaus.toteutumisaste, kirjaus.syy) == (None, Kirjaus.Syy.LUOVUTTU)


@pytest.mark.parametrize(
    ("tila", "rewritten", "sent"),
    [
        (Tila.LUONNOS, Tila.LUONNOS, Tila.LAHETETTY),
        (Tila.LAHETETTY, Tila.LAHETETTY, Tila.LAHETETTY),
        (Tila.PALAUTETTU, Tila.PALAUTETTU, Tila.LAHETETTY),
        (Tila.HYVAKSYTTY, Tila.LAHETETTY, Tila.LAHETETTY),
    ],
)
def test_the_state_after_a_rewrite_and_after_sending(cast, tila, rewritten, sent):
    for toimenpide, laheta, expected in ((cast.vayla, False, rewritten), (cast.kerho, True, sent)):
        kirjaus = create_kirjaus(cast.jakso, toimenpide, 3, "Vanha")
        kirjaus.tila = tila
        kirjaus.save()
        saved, _ = record(cast.jakso, toimenpide, cast.kaisa, 1, toteutumisaste=4, kommentti="Uusi", laheta=laheta)
        assert saved.tila == expected


def test_saving_the_same_again_changes_nothing(cast):
    create_kirjaus(cast.jakso, cast.vayla, 3, "Valmis.").save()
    kirjaus, conflicts = record(cast.jakso, cast.vayla, cast.veikko, 1, toteutumisaste=3, kommentti="Valmis.")
    assert (kirjaus, conflicts) == (None, [])
    stored = Kirjaus.objects.get(jakso=cast.jakso)
    assert (stored.versio, stored.tila, stored.history.count()) == (1, Tila.HYVAKSYTTY, 1)


def test_an_empty_row_that_was_never_written_makes_no_kirjaus(cast):
    assert record(cast.jakso, cast.vayla, cast.veikko) == (None, [])
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_history_tells_who_and_what(cast):
    record(cast.jakso, cast.vayla, cast.veikko, toteutumisaste=2, kommentti="Alku.")
    kirjaus, _ = record(cast.jakso, cast.vayla, cast.kaisa, versio=1, toteutumisaste=3, kommentti="Jatko.")
    last, first = kirjaus.history.all()
    assert (first.history_user, first.toteutumisaste, first.kommentti) == (cast.veikko, 2, "Alku.")
    assert (last.history_user, last.toteutumisaste, last.kommentti) == (cast.kaisa, 3, "Jatko.")


def test_a_score_out_of_range_is_a_bug_and_nothing_is_saved(cast):
    with pytest.raises(IntegrityError):
        Kirjaus.objects.record(cast.jakso, {cast.kerho: Vastaus(0, 3), cast.vayla: Vastaus(0, 6)}, by=cast.kaisa)
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


# --- two editors


def test_the_second_editor_gets_both_texts_and_overwrites_nothing(cast):
    record(cast.jakso, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Veikon teksti.")
    kirjaus, conflicts = record(cast.jakso, cast.vayla, cast.hilkka, toteutumisaste=4, kommentti="Hilkan teksti.")
    assert kirjaus is None
    [(theirs, own)] = conflicts
    assert (theirs.kommentti, theirs.versio, own.kommentti) == ("Veikon teksti.", 1, "Hilkan teksti.")
    assert Kirjaus.objects.get(jakso=cast.jakso).kommentti == "Veikon teksti."
    kirjaus, conflicts = record(
        cast.jakso, cast.vayla, cast.hilkka, theirs.versio, toteutumisaste=4, kommentti="Hilkan teksti."
    )
    assert (kirjaus.kommentti, conflicts) == ("Hilkan teksti.", [])


def test_a_conflict_on_one_row_saves_the_others(cast):
    record(cast.jakso, cast.vayla, cast.veikko, toteutumisaste=3)
    saved, conflicts = Kirjaus.objects.record(
        cast.jakso, {cast.vayla: Vastaus(0, 5), cast.kerho: Vastaus(0, 4)}, by=cast.kaisa
    )
    assert [kirjaus.toimenpide for kirjaus in saved] == [cast.kerho]
    assert [kirjaus.toimenpide for kirjaus, _ in conflicts] == [cast.vayla]


def test_a_double_submit_makes_one_record(cast):
    for _ in range(2):
        _, conflicts = record(cast.jakso, cast.vayla, cast.veikko, toteutumisaste=3, kommentti="Kerran.", laheta=True)
        assert conflicts == []
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    assert (kirjaus.versio, kirjaus.history.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_first_savers_at_the_same_moment_never_overwrite_each_other(kierrokset):
    cast = build_cast()
    for versio in range(kierrokset(1000)):
        outcomes = save_at_once(cast, versio)
        assert sorted(outcomes) == ["conflict", "saved"]
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    assert kirjaus.versio == kirjaus.history.count() == kierrokset(1000)


def save_at_once(cast, versio):
    """Veikko and Hilkka save the same row, both from this versio -> what each was told."""
    outcomes, start = [], threading.Barrier(2)

    def save(user):
        try:
            start.wait()
            kirjaus, _ = record(cast.jakso, cast.vayla, user, versio, kommentti=f"{user} {versio}")
            outcomes.append("saved" if kirjaus else "conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[user]) for user in (cast.veikko, cast.hilkka)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


# --- cost


def test_saving_costs_the_same_at_25_and_at_250_rows(cast):
    """On PostgreSQL to the query; SQLite's bulk writes come in batches, counted here as one."""
    new = [queries_of_saving(cast, make_toimenpiteet(cast, count), versio=0) for count in (25, 250)]
    changed = [queries_of_saving(cast, Toimenpide.objects.filter(koodi=str(count)), versio=1) for count in (25, 250)]
    assert new[0] == new[1]
    assert changed[0] == changed[1]
    assert len(new[0]) <= 5
    assert len(changed[0]) <= 5


def make_toimenpiteet(cast, count):
    return Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Rivi {i}", koodi=str(count))
        for i in range(count)
    )


def queries_of_saving(cast, toimenpiteet, versio):
    vastaukset = {toimenpide: Vastaus(versio, 4, kommentti=f"Teksti {versio}") for toimenpide in toimenpiteet}
    with CaptureQueriesContext(connection) as captured:
        saved, _ = Kirjaus.objects.record(cast.jakso, vastaukset, by=cast.kaisa)
    assert len(saved) == len(vastaukset)
    kinds = [query["sql"][:32] for query in captured if "SAVEPOINT" not in query["sql"]]
    return [kind for kind, _ in groupby(kinds)] if connection.vendor == "sqlite" else kinds
