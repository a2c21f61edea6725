"""What the database refuses of a strategia and its people, whoever asks."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from seuranta.models import Kirjaus
from strategia.models import (
    NIMEN_PITUUS,
    Kayttaja,
    Kirjoitusasu,
    Kunta,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    Toimiala,
    Toimielin,
)

ALKU, LOPPU = datetime.date(2026, 1, 1), datetime.date(2027, 12, 31)


def assert_refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


# --- names


def test_a_kunta_is_there_once(cast):
    assert_refused(lambda: Kunta.objects.create(nimi="KIRKKORANTA."))


@pytest.mark.parametrize("spelling", ["Tekniset palvelut.", "tekniset  palvelut", "Tek\u00adniset pal\u00advelut"])
def test_spellings_that_do_not_tell_names_apart_are_one_toimiala(cast, spelling):
    assert_refused(lambda: Toimiala.objects.create(kunta=cast.kunta, nimi=spelling))
    assert_refused(lambda: Toimiala.objects.bulk_create([Toimiala(kunta=cast.kunta, nimi=spelling)]))


def test_each_level_of_the_plan_has_a_name_once(cast):
    painopiste, tavoite = cast.painopisteet[0], cast.tavoitteet[0]
    for create in (
        lambda: Toimielin.objects.create(kunta=cast.kunta, nimi="Tekninen & ympäristölautakunta."),
        lambda: Strategia.objects.create(kunta=cast.kunta, nimi=cast.strategia.nimi),
        lambda: Painopiste.objects.create(kunta=cast.kunta, strategia=cast.strategia, nimi=painopiste.nimi),
        lambda: StrateginenTavoite.objects.create(kunta=cast.kunta, painopiste=painopiste, nimi=tavoite.nimi),
        lambda: Toimenpide.objects.create(kunta=cast.kunta, tavoite=tavoite, nimi=cast.vayla.nimi),
    ):
        assert_refused(create)


def test_two_kunnat_may_use_the_same_name(cast):
    assert cast.naapuri.tekniset.avain == cast.tekniset.avain


def test_toimenpiteet_alike_are_told_apart_by_koodi_and_by_their_order(cast):
    for koodi, kerta in (("07.02.02", 1), ("07.02.02", 2)):
        Toimenpide.objects.create(
            kunta=cast.kunta, tavoite=cast.vayla.tavoite, nimi=cast.vayla.nimi, koodi=koodi, kerta=kerta
        )
    assert Toimenpide.objects.filter(avain=cast.vayla.avain).count() == 3


def test_a_renamed_row_is_compared_by_its_new_name(cast):
    cast.sivistys.nimi = "Tekniset palvelut"
    assert_refused(cast.sivistys.save)


def test_a_name_may_be_a_whole_paragraph(cast):
    nimi = "ä–&" * (NIMEN_PITUUS // 3)
    toimenpide = Toimenpide.objects.create(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=nimi)
    toimenpide.refresh_from_db()
    assert toimenpide.nimi == nimi
    assert_refused(lambda: Toimenpide.objects.create(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=nimi))


def test_searching_does_not_mind_the_case_of_finnish_letters(cast):
    assert Toimenpide.objects.get(haku__contains="äijänsuolle").nimi == "Uudet katuvalot Äijänsuolle"


# --- dates


def test_a_toimenpide_does_not_end_before_it_begins(cast):
    toimenpide = cast.vayla
    toimenpide.voimassa_alkaen, toimenpide.voimassa_asti = LOPPU, ALKU
    with pytest.raises(ValidationError, match="toimenpide_alkaa_ennen_loppua"):
        toimenpide.full_clean()
    assert_refused(toimenpide.save)
    turned = {"voimassa_alkaen": LOPPU, "voimassa_asti": ALKU}
    assert_refused(lambda: Toimenpide.objects.filter(pk=toimenpide.pk).update(**turned))


@pytest.mark.parametrize("dates", [(ALKU, LOPPU), (ALKU, ALKU), (ALKU, None), (None, LOPPU), (None, None)])
def test_a_toimenpide_may_leave_either_end_open(cast, dates):
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(voimassa_alkaen=dates[0], voimassa_asti=dates[1])


# --- people


def test_one_address_is_one_person(cast):
    email = cast.veikko.email.upper()
    assert_refused(lambda: Kayttaja.objects.create(email=email, nimi="Toinen Veikko", kunta=cast.kunta))


def test_only_a_superuser_has_no_kunta(cast):
    assert_refused(lambda: Kayttaja.objects.create_user("eikukaan@kirkkoranta.example", nimi="Ei Kukaan"))
    assert_refused(lambda: Kayttaja.objects.filter(pk=cast.veikko.pk).update(kunta=None))
    assert Kayttaja.objects.create_superuser("yllapito@palvelu.example", nimi="Ylläpito").kunta is None


# --- spellings a person has decided on


def test_a_kirjoitusasu_stands_for_exactly_one_thing(cast):
    create = Kirjoitusasu.objects.create
    assert_refused(lambda: create(kunta=cast.kunta, asu="Tekninen"))
    assert_refused(lambda: create(kunta=cast.kunta, asu="Tekninen", toimiala=cast.tekniset, toimielin=cast.lautakunta))
    create(kunta=cast.kunta, asu="Tekninen", toimiala=cast.tekniset)
    create(kunta=cast.kunta, asu="Tekninen", toimielin=cast.lautakunta)
    create(kunta=cast.kunta, asu="Tekninen", toimenpide=cast.vayla)


def test_a_spelling_means_one_toimiala_and_one_toimielin_in_a_kunta(cast):
    for target in ({"toimiala": cast.tekniset}, {"toimielin": cast.lautakunta}):
        Kirjoitusasu.objects.create(kunta=cast.kunta, asu="Tekninen", **target)
        assert_refused(lambda target=target: Kirjoitusasu.objects.create(kunta=cast.kunta, asu="tekninen.", **target))


# --- deleting what has kirjaukset


def test_what_has_kirjaukset_is_not_deleted(cast):
    for row in (
        cast.vayla,
        cast.tavoitteet[0],
        cast.painopisteet[0],
        cast.strategia,
        cast.tekniset,
        cast.edellinen,
        cast.naapuri.toimenpide,
        cast.naapuri.jakso,
        cast.kunta,
    ):
        with pytest.raises(ProtectedError):
            row.delete()
        with pytest.raises(ProtectedError):
            type(row).objects.filter(pk=row.pk).delete()
    assert Toimenpide.objects.count() == 9


@pytest.mark.django_db(transaction=True)
def test_nor_is_it_by_raw_sql(cast):
    for row in (cast.naapuri.toimenpide, cast.naapuri.jakso, cast.tavoitteet[0], cast.kunta):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])  # noqa: S608
    assert Toimenpide.objects.count() == 9
    assert Kirjaus.objects.filter(pk=cast.naapuri.kirjaus.pk).exists()
