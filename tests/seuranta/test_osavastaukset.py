"""Several units answer one toimenpide: each its own row, and the whole is a person's."""

import pytest

from seuranta.models import Kirjaus, Osavastaus, SuljettuJakso, Vastaus, Yksikkovastaus

Tila = Kirjaus.Tila


def record(cast, *osat, by=None, toimenpide=None):
    return Osavastaus.objects.record(cast.jakso, toimenpide or cast.vayla, osat, by=by or cast.veikko)


def stored(cast):
    rows = Osavastaus.objects.filter(kirjaus__jakso=cast.jakso)
    return [(osa.nimi, osa.toteutumisaste, osa.kommentti) for osa in rows]


def test_units_answer_and_nothing_is_computed_of_them(cast):
    saved, conflicts = record(
        cast, Yksikkovastaus("Lomituspalvelut", 4, "Kesken."), Yksikkovastaus("Maaseutuhallinto", 2)
    )
    assert ([osa.versio for osa in saved], conflicts) == ([1, 1], [])
    assert stored(cast) == [("Lomituspalvelut", 4, "Kesken."), ("Maaseutuhallinto", 2, "")]
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    assert (kirjaus.toteutumisaste, kirjaus.syy, kirjaus.tila) == (None, "ei_vastattu", Tila.LUONNOS)


def test_the_kirjaus_made_for_them_is_no_surprise_to_whoever_had_the_row_open(cast):
    record(cast, Yksikkovastaus("Lomitus", 4))
    saved, conflicts = Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3)}, by=cast.hilkka)
    assert ([kirjaus.toteutumisaste for kirjaus in saved], conflicts) == ([3], [])


def test_the_same_twice_changes_nothing(cast):
    record(cast, Yksikkovastaus("Lomitus", 4))
    assert record(cast, Yksikkovastaus("Lomitus", 4)) == ([], [])
    assert record(cast, Yksikkovastaus("Lomitus.", 4))[
        1
    ]  # of the same unit, otherwise told, and not begun from what is stored
    assert Osavastaus.objects.filter(kirjaus__jakso=cast.jakso).count() == 1


def test_renamed_reordered_and_taken_away(cast):
    lomitus, maaseutu = record(cast, Yksikkovastaus("Lomitus", 4), Yksikkovastaus("Maaseutu", 2))[0]
    record(
        cast,
        Yksikkovastaus("Maaseutuhallinto", 2, pk=maaseutu.pk, versio=1),
        Yksikkovastaus("Lomitus", 4, pk=lomitus.pk, versio=1),
    )
    assert [nimi for nimi, _aste, _kommentti in stored(cast)] == ["Maaseutuhallinto", "Lomitus"]
    record(cast, Yksikkovastaus("Lomitus", 4, pk=lomitus.pk, versio=2, poista=True))
    assert [nimi for nimi, _aste, _kommentti in stored(cast)] == ["Maaseutuhallinto"]
    assert Osavastaus.history.filter(id=lomitus.pk).first().history_type == "-"
    assert Osavastaus.history.filter(id=lomitus.pk).first().history_user == cast.veikko


def test_the_second_writer_sees_both_and_takes_nothing_away_unseen(cast):
    [osa] = record(cast, Yksikkovastaus("Lomitus", 4))[0]
    record(cast, Yksikkovastaus("Lomitus", 5, pk=osa.pk, versio=1), by=cast.hilkka)
    for own in (
        Yksikkovastaus("Lomitus", 2, pk=osa.pk, versio=1),
        Yksikkovastaus("Lomitus", 4, pk=osa.pk, versio=1, poista=True),
    ):
        saved, conflicts = record(cast, own)
        assert (saved, [(theirs.toteutumisaste, mine) for theirs, mine in conflicts]) == ([], [(5, own)])
    assert record(cast, Yksikkovastaus("Lomitus", 4, pk=osa.pk, versio=1)) == ([], [])  # only sent along
    assert stored(cast) == [("Lomitus", 5, "")]


def test_what_another_took_away_is_not_made_anew(cast):
    [osa] = record(cast, Yksikkovastaus("Lomitus", 4))[0]
    record(cast, Yksikkovastaus("Lomitus", 4, pk=osa.pk, versio=1, poista=True), by=cast.hilkka)
    assert record(cast, Yksikkovastaus("Lomitus", 5, pk=osa.pk, versio=1)) == ([], [])
    assert stored(cast) == []


def test_what_was_approved_is_looked_at_anew(cast):
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, laheta=True)}, by=cast.veikko)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    Kirjaus.objects.approve(cast.jakso, {kirjaus.pk: 1}, by=cast.hilkka)
    record(cast, Yksikkovastaus("Lomitus", 4))
    kirjaus.refresh_from_db()
    assert (kirjaus.tila, kirjaus.versio) == (Tila.LAHETETTY, 3)


def test_in_viimeistely_only_the_koordinaattori_writes(cast):
    cast.jakso.finish(by=cast.kaisa)
    with pytest.raises(SuljettuJakso):
        record(cast, Yksikkovastaus("Lomitus", 4))
    record(cast, Yksikkovastaus("Lomitus", 4), by=cast.kaisa)
    assert stored(cast) == [("Lomitus", 4, "")]
