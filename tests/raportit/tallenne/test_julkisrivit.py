"""The lines of the public forms: made at every publishing and withdrawal, and the same when they are made anew."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from raportit.models import JulkinenRivi, Raporttiversio
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.julkisrivit import draw_rows
from seuranta.models import Seurantajakso
from tests.raportit.raportti.test_kaksi_muotoa import correct

pytestmark = pytest.mark.django_db


def stored():
    """Every line as it is, without its id."""
    names = [field.attname for field in JulkinenRivi._meta.concrete_fields if field.name != "id"]
    return list(JulkinenRivi.objects.order_by("versio", "jarjestys").values(*names))


@pytest.fixture
def closed(cast):
    """A version with measures inside: of the open jakso, closed too."""
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila=Seurantajakso.Tila.VIIMEISTELYSSA)
    cast.jakso.refresh_from_db()
    return close_jakso(cast.jakso, by=cast.kaisa)


def test_publishing_makes_the_lines_and_withdrawing_takes_them_away(cast, closed):
    assert not stored()
    closed.publish(by=cast.kaisa)
    rows = JulkinenRivi.objects.filter(versio=closed)
    assert set(rows.values_list("laji", flat=True)) == set(JulkinenRivi.Laji.values)
    vayla = rows.get(tunnus=cast.vayla.tunnus)
    assert (vayla.nimi, vayla.kunta, vayla.toimiala) == (cast.vayla.nimi, cast.kunta, str(cast.vayla.toimiala))
    assert vayla.painopiste == cast.vayla.tavoite.painopiste.tunnus and vayla.tavoite == cast.vayla.tavoite.tunnus
    assert cast.vayla.nimi.casefold() in vayla.haku
    closed.withdraw(by=cast.kaisa)
    assert not stored()


def test_made_anew_they_are_what_they_were(cast, closed):
    cast.versio.publish(by=cast.kaisa)
    second = correct(cast, kommentti="Korjattu.")
    second.publish(by=cast.kaisa, when=timezone.now() + timedelta(days=2))
    closed.publish(by=cast.kaisa)
    before = stored()
    assert {row["versio_id"] for row in before} == {cast.versio.pk, second.pk, closed.pk}
    JulkinenRivi.objects.filter(versio=closed).delete()
    call_command("julkisrivit", verbosity=0)
    assert stored() == before


def test_the_lines_of_a_version_are_of_its_own_form_alone(cast):
    cast.versio.publish(by=cast.kaisa)
    before = stored()
    second = correct(cast, kommentti="Korjattu.")
    second.publish(by=cast.kaisa)
    assert [row for row in stored() if row["versio_id"] == cast.versio.pk] == before
    assert JulkinenRivi.objects.standing().filter(kommentti="Korjattu.").exists()
    assert set(JulkinenRivi.objects.standing().values_list("versio", flat=True)) == {second.pk}
    second.withdraw(by=cast.kaisa)
    assert set(JulkinenRivi.objects.standing().values_list("versio", flat=True)) == {cast.versio.pk}


def test_what_is_hidden_is_in_no_line(cast):
    cast.strategia.sarakkeet = [{"rooli": "kommentti", "otsikko": "Kommentti", "piilossa": True}]
    cast.strategia.save()
    second = correct(cast, kommentti="Salaisuus 9431.")
    second.publish(by=cast.kaisa)
    assert "9431" not in str(stored()) and "9431" not in "".join(map(str, draw_rows(second)))


def test_a_version_published_at_a_time_is_not_seen_a_second_before(cast):
    when = timezone.now() + timedelta(hours=1)
    cast.versio.publish(by=cast.kaisa, when=when)
    cast.versio.refresh_from_db()
    assert cast.versio.tila == "sisainen" and "Julkaistaan" in cast.versio.tila_sanoin and stored()
    for rows in (Raporttiversio.objects, JulkinenRivi.objects):
        assert not rows.public_at() and not rows.public_at(when - timedelta(seconds=1))
        assert rows.public_at(when)
    assert not JulkinenRivi.objects.standing(when - timedelta(seconds=1)) and JulkinenRivi.objects.standing(when)
    cast.versio.cancel(by=cast.kaisa)
    assert not stored() and cast.versio.julkaistu is None and not Raporttiversio.objects.public_at(when)


def test_one_whose_time_has_come_is_withdrawn_and_its_time_is_not_told_anew(cast):
    when = timezone.now() + timedelta(hours=1)
    cast.versio.publish(by=cast.kaisa, when=when)
    Raporttiversio.objects.update(julkaistaan=timezone.now() - timedelta(minutes=1))
    cast.versio.refresh_from_db()
    assert cast.versio.on_julkinen and cast.versio.tila_sanoin == "Julkaistu"
    cast.versio.cancel(by=cast.kaisa)
    assert cast.versio.on_julkinen
    cast.versio.withdraw(by=cast.kaisa, syy="Luvuissa on virhe.")
    assert not cast.versio.on_julkinen and not stored() and cast.versio.julkaistu == when
    assert cast.versio.poistamisen_syy == "Luvuissa on virhe."
