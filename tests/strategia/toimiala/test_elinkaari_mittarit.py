"""A toimiala that records measures or takes part in what others lead: ended, joined and split."""

import pytest

from strategia.models import Mittari, MuuToimiala
from strategia.toimiala.elinkaari import OnKaytossa, set_ended
from strategia.toimiala.toimialat import find_use, join, split


def part_in(cast, toimenpide, toimiala):
    return MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=toimenpide, toimiala=toimiala)


def others_of(toimenpide):
    return list(toimenpide.muut_toimialat.all())


def test_a_toimiala_that_records_measures_is_not_ended(cast):
    Mittari.objects.filter(pk=cast.mittarit[1].pk).update(toimiala=cast.hyvinvointi)
    cast.hyvinvointi.toimenpiteet.update(toimiala=cast.sivistys)
    with pytest.raises(OnKaytossa, match="Toimiala kirjaa mittareita."):
        set_ended(cast.hyvinvointi, True, find_reason=find_use)
    Mittari.objects.update(toimiala=None)
    set_ended(cast.hyvinvointi, True, find_reason=find_use)


def test_measures_and_taking_part_move_to_the_toimiala_that_is_joined_to(cast):
    part_in(cast, cast.vayla, cast.sivistys)  # led by Tekniset, to which Sivistys is joined
    part_in(cast, cast.ranssi, cast.sivistys)
    part_in(cast, cast.toimenpiteet[7], cast.sivistys)
    part_in(cast, cast.toimenpiteet[7], cast.tekniset)
    part_in(cast, cast.kerho, cast.tekniset)  # led by Sivistys: from now on Tekniset leads it
    join(cast.sivistys, cast.tekniset, by=cast.aino)
    mittari = Mittari.objects.get(pk=cast.mittarit[1].pk)
    assert (mittari.toimiala, mittari.history.first().history_user) == (cast.tekniset, cast.aino)
    assert others_of(cast.vayla) == others_of(cast.kerho) == []
    assert others_of(cast.ranssi) == others_of(cast.toimenpiteet[7]) == [cast.tekniset]
    assert not MuuToimiala.objects.filter(toimiala=cast.sivistys).exists()


def test_who_is_given_a_toimenpide_leads_it_and_is_no_other(cast):
    part_in(cast, cast.vayla, cast.sivistys)
    split([cast.vayla], cast.sivistys, people=[], by=cast.aino)
    assert others_of(cast.vayla) == []
