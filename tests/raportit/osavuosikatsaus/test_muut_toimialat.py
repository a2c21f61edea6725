"""What another toimiala says of a toimenpide is told under its leader's comment, and hidden with the others' names."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from raportit.osavuosikatsaus.build import build
from raportit.osavuosikatsaus.jaadytys import from_json, to_json
from raportit.osavuosikatsaus.julkinen import make_public
from raportit.osavuosikatsaus.mitattu import Osavastaus
from seuranta.models import Kirjaus, Vastaus, Yksikkovastaus
from seuranta.models import Osavastaus as OsavastausModel
from strategia.models import MuuToimiala


@pytest.fixture
def kommentti(cast):
    MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=cast.kerho, toimiala=cast.tekniset)
    vastaus = Yksikkovastaus("Tekniset palvelut", kommentti="Tekniset auttoivat.", toimiala=cast.tekniset)
    OsavastausModel.objects.record(cast.jakso, cast.kerho, [vastaus], by=cast.veikko)


def kokoa(jakso):
    return build(jakso, koottu=datetime(2026, 9, 1, tzinfo=UTC), versio=1)


def rivi_of(raportti, toimenpide):
    return next(rivi for rivi in raportti.rivit if rivi.id == toimenpide.pk)


def test_it_is_told_once_its_leader_has_sent_the_row(cast, kommentti):
    assert rivi_of(kokoa(cast.jakso), cast.kerho).osavastaukset == ()
    Kirjaus.objects.record(cast.jakso, {cast.kerho: Vastaus(1, 3, "", "Kesken.", laheta=True)}, by=cast.otso)
    raportti = kokoa(cast.jakso)
    comment = Osavastaus("Tekniset palvelut", None, "Tekniset auttoivat.", muu_toimiala=True)
    assert rivi_of(raportti, cast.kerho).osavastaukset == (comment,)
    assert rivi_of(from_json(to_json(raportti)), cast.kerho).osavastaukset == (comment,)
    assert rivi_of(make_public(raportti), cast.kerho).osavastaukset == (comment,)


@pytest.mark.parametrize("rooli", ["muut_toimialat", "toimiala", "kommentti"])
def test_the_public_form_hides_it_with_the_others(rooli, cast, kommentti):
    Kirjaus.objects.record(cast.jakso, {cast.kerho: Vastaus(1, 3, "", "Kesken.", laheta=True)}, by=cast.otso)
    raportti = replace(kokoa(cast.jakso), piilotetut=(rooli,))
    assert "Tekniset auttoivat." in to_json(raportti)
    assert "Tekniset auttoivat." not in to_json(make_public(raportti))


def test_what_was_frozen_before_stays_as_it_was(cast):
    kirjaus = Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, laheta=True)}, by=cast.veikko)[0][0]
    OsavastausModel.objects.create(kunta=cast.kunta, kirjaus=kirjaus, nimi="Katuosa", toteutumisaste=2)
    assert "muu_toimiala" not in to_json(kokoa(cast.jakso))
