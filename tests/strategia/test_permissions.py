"""Who may do what: every predicate by role, and by whose the kunta or the row is."""

import pytest

from seuranta.models import Tuonti
from strategia import permissions
from strategia.models import Kayttaja, Mittari, MuuToimiala, Rooli, Toimenpide, Toimiala
from strategia.permissions import is_member

from ..cast import create_user

KIRJAAJAT = {Rooli.RAPORTOIJA, Rooli.HYVAKSYJA, Rooli.KOORDINAATTORI, Rooli.PAAKAYTTAJA}

# --- of the role alone

ROOLEITTAIN = {
    "records": KIRJAAJAT,
    "approves": KIRJAAJAT - {Rooli.RAPORTOIJA},
    "approves_by_role": KIRJAAJAT - {Rooli.RAPORTOIJA},
    "coordinates": {Rooli.KOORDINAATTORI, Rooli.PAAKAYTTAJA},
    "administers": {Rooli.PAAKAYTTAJA},
    "audits": {Rooli.KOORDINAATTORI, Rooli.PAAKAYTTAJA, Rooli.TARKASTAJA},
    "is_bound_to_toimialat": {Rooli.RAPORTOIJA, Rooli.HYVAKSYJA},
    "reads_tapahtumat": {Rooli.PAAKAYTTAJA, Rooli.TARKASTAJA},
    "sees_closed_only": {Rooli.LUOTTAMUSHENKILO},
}


@pytest.mark.parametrize("rooli", Rooli)
@pytest.mark.parametrize("name", ROOLEITTAIN)
def test_what_a_role_does(name, rooli):
    assert getattr(permissions, name)(Kayttaja(rooli=rooli)) is (rooli in ROOLEITTAIN[name])


# --- of a kunta or a row: whoever is not named may not

KUNNAN = "aino kaisa veikko hilkka otso liisa tarmo"
VALVOJAT = "aino kaisa tarmo"
OMAT = "kunta, tekniset, sivistys, jakso, vayla, kerho, ranssi"
NAAPURIN = "naapurin kunta, naapurin tekniset, naapurin jakso, naapurin toimenpide"
OIKEUDET = {  # predicate -> {what it is asked of: who may}
    "is_member": {OMAT: KUNNAN, "veikon tunnus": KUNNAN, NAAPURIN: "ulla"},
    "can_coordinate": {OMAT: "aino kaisa", NAAPURIN: "ulla"},
    "can_reopen": {"jakso": "aino kaisa", "naapurin jakso": "ulla"},
    "can_import": {OMAT: "aino", NAAPURIN: "ulla"},
    "can_edit_kunta": {"kunta": "aino", "naapurin kunta": "ulla"},
    "can_manage_users": {"kunta, tekniset, veikon tunnus": "aino", "naapurin kunta, naapurin tekniset": "ulla"},
    "can_set_sijainen": {"veikon tunnus": "aino veikko", "kaisan tunnus, naapurin ullan tunnus": ""},
    "can_end_sijaisuus": {
        "veikon tunnus": "aino veikko",
        "kaisan tunnus": "aino kaisa",
        "naapurin ullan tunnus": "ulla",
    },
    "can_approve": {
        "vayla": "aino kaisa hilkka",
        "kerho, ranssi": "aino kaisa",
        "naapurin toimenpide": "ulla",
    },
    "can_record": {
        "vayla": "aino kaisa hilkka veikko",
        "kerho": "aino kaisa otso",
        "ranssi": "aino kaisa",
        "naapurin toimenpide": "ulla",
    },
    "can_answer_for": {
        "tekniset": "aino kaisa hilkka veikko",
        "sivistys": "aino kaisa otso",
        "naapurin tekniset": "ulla",
    },
    "can_handle_answers": {
        "veikon vastaukset": "aino kaisa veikko",
        "otson vastaukset teknisille": "aino kaisa",
        "kunnan taulukko": "aino kaisa",
        "naapurin vastaukset": "ulla",
    },
    "can_comment": {"vayla, ranssi": "", "kerho": "hilkka veikko", "naapurin toimenpide": ""},
    "can_edit_mittari": {"vaylan mittari, tavoitteen mittari": "aino kaisa", "naapurin mittari": "ulla"},
    "can_record_mittari": {
        "vaylan mittari": "aino kaisa hilkka veikko",
        "tavoitteen mittari": "aino kaisa otso",
        "koordinaattorin mittari": "aino kaisa",
        "naapurin mittari": "ulla",
    },
    "can_approve_mittari": {
        "vaylan mittari": "aino kaisa hilkka",
        "tavoitteen mittari, koordinaattorin mittari": "aino kaisa",
        "naapurin mittari": "ulla",
    },
    "can_follow_mittari": {
        "vaylan mittari": f"{VALVOJAT} hilkka veikko",
        "tavoitteen mittari": f"{VALVOJAT} otso",
        "koordinaattorin mittari": VALVOJAT,
        "naapurin mittari": "ulla",
    },
    "can_edit_riski": {
        "vayla": "aino kaisa hilkka veikko",
        "kerho": "aino kaisa otso",
        "tavoite, ranssi": "aino kaisa",
        "naapurin toimenpide": "ulla",
    },
    "can_manage_avaimet": {"kunta": "aino", "naapurin kunta": "ulla"},
    "can_see_palvelu": {"kunta": "aino", "naapurin kunta": "ulla"},
    "can_audit": {OMAT: VALVOJAT, NAAPURIN: "ulla"},
    "can_follow": {
        "vayla": f"{VALVOJAT} hilkka veikko",
        "kerho": f"{VALVOJAT} otso hilkka veikko",  # theirs is its other toimiala
        "ranssi": VALVOJAT,
        "naapurin toimenpide": "ulla",
    },
}


@pytest.fixture
def people(cast):
    """The cast by name, a superuser of no kunta, and one whose access has ended."""
    poistettu = create_user(cast.kunta, "Pekka Poistettu", Rooli.PAAKAYTTAJA, cast.tekniset)
    poistettu.is_active = False
    return {
        **{name: getattr(cast, name) for name in (*KUNNAN.split(), "ulla")},
        "ylläpitäjä": Kayttaja(email="yllapito@x.example", rooli=Rooli.PAAKAYTTAJA, is_superuser=True),
        "poistettu": poistettu,
    }


@pytest.fixture
def objects(cast):
    naapuri = cast.naapuri
    MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=cast.kerho, toimiala=cast.tekniset)
    return {
        **{name: getattr(cast, name) for name in OMAT.split(", ")},
        "veikon tunnus": cast.veikko,
        "kaisan tunnus": cast.kaisa,
        "naapurin ullan tunnus": cast.ulla,
        "naapurin kunta": naapuri.kunta,
        "naapurin tekniset": naapuri.tekniset,
        "naapurin jakso": naapuri.jakso,
        "naapurin toimenpide": naapuri.toimenpide,
        "tavoite": cast.tavoitteet[0],
        "vaylan mittari": cast.mittarit[0],
        "tavoitteen mittari": cast.mittarit[1],
        "koordinaattorin mittari": cast.mittarit[2],
        "naapurin mittari": naapuri.mittari,
        "veikon vastaukset": Tuonti(kunta=cast.kunta, toimiala=cast.tekniset, tekija=cast.veikko),
        "otson vastaukset teknisille": Tuonti(kunta=cast.kunta, toimiala=cast.tekniset, tekija=cast.otso),
        "kunnan taulukko": Tuonti(kunta=cast.kunta, tekija=cast.aino),
        "naapurin vastaukset": Tuonti(kunta=naapuri.kunta, toimiala=naapuri.tekniset, tekija=cast.veikko),
    }


@pytest.mark.parametrize("name", OIKEUDET)
def test_who_may_do_what_with_whose(name, people, objects):
    may = getattr(permissions, name)
    for asked_of, named in OIKEUDET[name].items():
        for whose in asked_of.split(", "):
            assert {who for who, user in people.items() if may(user, objects[whose])} == set(named.split()), whose
    assert not [who for who, user in people.items() if may(user, None)]


def test_every_predicate_is_in_a_table():
    written = {
        name
        for name, thing in vars(permissions).items()
        if getattr(thing, "__module__", "") == permissions.__name__ and not name.startswith("_")
    }
    querysets = {
        *QUERYSETS,
        "commented_for",
        "coordinating_people",
        "recording_people",
        "answering_people",
        *("readable_lajit", "readable_tapahtumat"),  # tests/strategia/loki/
        "named_outside",
        "named_toimenpiteet",  # of a leaver: tests/strategia/luovutus/
        "lost_toimenpiteet",
        "recording_toimialat",  # with a sijaisuus: tests/strategia/sijaisuus/
        "approving_toimialat",
    }
    assert written == {*ROOLEITTAIN, *OIKEUDET, *querysets}


def test_comments_are_handed_in_by_those_who_write_them_and_by_the_koordinaattori(people, objects, cast):
    may = {who for who, user in people.items() if permissions.commented_for(user, cast.tekniset).exists()}
    assert may - {"poistettu"} == {"aino", "kaisa", "veikko", "hilkka"}
    assert list(permissions.commented_for(cast.veikko, cast.tekniset)) == [cast.kerho]
    assert not permissions.commented_for(cast.otso, cast.sivistys).exists(), "it leads the kerho"
    assert not permissions.commented_for(cast.kaisa, cast.naapuri.tekniset).exists()


def test_nobody_is_of_the_kunta_of_a_superuser(cast):
    assert not is_member(cast.aino, Kayttaja(pk=cast.kunta.pk))


# --- the same as querysets

QUERYSETS = {
    "own_toimenpiteet": (Toimenpide, "can_record"),  # of this cast no row is given to a person
    "recordable_toimenpiteet": (Toimenpide, "can_record"),
    "approvable_toimenpiteet": (Toimenpide, "can_approve"),
    "followed_toimenpiteet": (Toimenpide, "can_follow"),
    "answerable_toimialat": (Toimiala, "can_answer_for"),
    "commented_toimenpiteet": (Toimenpide, "can_comment"),
    "own_mittarit": (Mittari, "can_record_mittari"),
    "approvable_mittarit": (Mittari, "can_approve_mittari"),
    "followed_mittarit": (Mittari, "can_follow_mittari"),
}
ILMAN_TOIMENPIDETTA = {"own_mittarit", "approvable_mittarit", "followed_mittarit"}  # a toimenpide's go with it


@pytest.mark.parametrize("name", QUERYSETS)
def test_a_queryset_holds_what_its_predicate_allows(name, people, objects):
    model, predicate = QUERYSETS[name]
    may, rows = getattr(permissions, predicate), list(model.objects.all())
    if name in ILMAN_TOIMENPIDETTA:
        rows = [row for row in rows if row.toimenpide_id is None]
    for who in (*KUNNAN.split(), "ulla"):
        user = people[who]
        assert set(getattr(permissions, name)(user)) == {row for row in rows if may(user, row)}, who
    assert not getattr(permissions, name)(Kayttaja(rooli=Rooli.PAAKAYTTAJA))


@pytest.mark.parametrize(
    ("name", "predicate"), [("coordinating_people", "coordinates"), ("recording_people", "records")]
)
def test_the_people_of_a_kunta_are_those_of_the_predicate(name, predicate, cast, people):
    does = getattr(permissions, predicate)
    own = Kayttaja.objects.filter(kunta=cast.kunta)
    assert set(getattr(permissions, name)(cast.kunta)) == {user for user in own if does(user)}
    assert people["poistettu"] in getattr(permissions, name)(cast.kunta)


def test_the_people_who_answer_for_a_toimiala_are_those_who_may(cast, people):
    for toimiala in (cast.tekniset, cast.sivistys):
        may = {user for user in people.values() if permissions.can_answer_for(user, toimiala)}
        assert set(permissions.answering_people(toimiala)) == may | {people["poistettu"]}  # in use or not
    assert list(permissions.answering_people(cast.naapuri.tekniset)) == [cast.ulla]
