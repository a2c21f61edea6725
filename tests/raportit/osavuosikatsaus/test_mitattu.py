"""What hangs on the rows of a report: read from the database as it is told, frozen, hidden, corrected and cut."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from raportit.osavuosikatsaus import Rajaus, build, compare, find_in_report, from_json, make_public, rajaa, to_json
from raportit.osavuosikatsaus.mitattu import EI_LAHETETTY, Osavastaus, Riski
from raportit.osavuosikatsaus.model import MUOTOVERSIO
from seuranta.models import Kirjaus, MittariArvo, Mittaus
from seuranta.models import Osavastaus as OsavastausModel
from seuranta.models import Riski as RiskiModel
from strategia.models import Mittari, MuuToimiala, Painopiste, Strategia, Tavoitearvo

from ..mitattu import MITTARIT, mitattu_raportti
from ..rakenna import KOOTTU

NUMERO = "soita 040 123 4567"


def kokoa(jakso):
    return build(jakso, koottu=KOOTTU, versio=1)


def mittarit_of(raportti):
    return {mittari.nimi: mittari for mittari in raportti.mittaristo.mittarit}


def kirjaa(cast, mittari, teksti, **values):
    """The value of the open jakso, as a raportoija saves it."""
    arvo = MittariArvo(kunta=cast.kunta, jakso=cast.jakso, mittari=mittari, teksti=teksti, versio=1, **values)
    arvo.save()
    return arvo


def vastaa(cast, toimenpide, tila):
    return Kirjaus.objects.create(
        kunta=cast.kunta, jakso=cast.jakso, toimenpide=toimenpide, toteutumisaste=3, syy="", tila=tila
    )


# --- what is told


@pytest.mark.django_db
def test_a_closed_jakso_tells_its_measures_where_they_hang(cast):
    raportti = from_json(cast.versio.data)
    first, second = raportti.painopisteet
    assert [mittari.nimi for mittari in first.mittarit] == ["Kunnassa on asukasraati"]
    assert [mittari.nimi for mittari in first.tavoitteet[0].mittarit] == ["Kulkee itse kouluun"]
    assert [mittari.nimi for mittari in first.tavoitteet[0].rivit[0].mittarit] == ["Turvallisia koulureittejä"]
    assert [mittari.nimi for mittari in second.mittarit] == ["Toimintakate"]
    assert [(mittari.nimi, mittari.tulos) for mittari in raportti.mittaristo.mittarit] == [
        ("Kunnassa on asukasraati", "ei_viela"),
        ("Kulkee itse kouluun", "saavutettu"),
        ("Turvallisia koulureittejä", "ei_viela"),
        ("Toimintakate", "arvo_puuttuu"),
    ]
    assert [riski.teksti for riski in raportti.rivit[0].riskit] == ["Urakka kallistuu"]
    assert raportti.rivit[7].osavastaukset == (Osavastaus("Reitit", 4), Osavastaus("Laavut", 2))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tila", "tulos"),
    [
        ("luonnos", EI_LAHETETTY),
        ("palautettu", EI_LAHETETTY),
        ("lahetetty", "saavutettu"),
        ("hyvaksytty", "saavutettu"),
    ],
)
def test_a_toimenpides_value_is_told_when_its_kirjaus_is(cast, tila, tulos):
    kirjaa(cast, cast.mittarit[0], "12", huomautus="Viimeinen valmistui.")
    vastaa(cast, cast.vayla, tila)
    mittari = mittarit_of(kokoa(cast.jakso))["Turvallisia koulureittejä"]
    assert mittari.tulos == tulos
    assert (mittari.arvo is None) == (tulos == EI_LAHETETTY)
    assert ("Viimeinen" in to_json(kokoa(cast.jakso))) == (tulos != EI_LAHETETTY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "is_told"),
    [({"tila": "luonnos"}, False), ({"tila": "luonnos", "otettu_mukaan": True}, True), ({"tila": "lahetetty"}, True)],
)
def test_a_tavoites_value_has_a_state_of_its_own(cast, values, is_told):
    kirjaa(cast, cast.mittarit[1], "58 %", **values)
    mittari = mittarit_of(kokoa(cast.jakso))["Kulkee itse kouluun"]
    assert (mittari.arvo is not None) == is_told
    assert mittari.tulos == ("ei_viela" if is_told else EI_LAHETETTY)
    assert mittari.muutos == ("heikkeni" if is_told else "")
    assert [arvo.teksti for arvo in mittari.aiemmat] == ["68 %"], "the jakso before is told in either case"


@pytest.mark.django_db
def test_a_value_taken_in_is_not_told_while_its_kirjaus_is_sent_back(cast):
    kirjaa(cast, cast.mittarit[0], "12", otettu_mukaan=True)
    kirjaus = vastaa(cast, cast.vayla, "palautettu")
    assert mittarit_of(kokoa(cast.jakso))["Turvallisia koulureittejä"].tulos == EI_LAHETETTY
    Kirjaus.objects.filter(pk=kirjaus.pk).update(tila="luonnos")
    assert mittarit_of(kokoa(cast.jakso))["Turvallisia koulureittejä"].tulos == "saavutettu"


@pytest.mark.django_db
def test_what_an_earlier_open_jakso_has_not_sent_is_not_told_as_history(cast):
    MittariArvo.objects.filter(jakso=cast.jakso).delete()
    cast.edellinen.reopen(by=cast.kaisa, syy="Korjataan.")
    MittariArvo.objects.filter(jakso=cast.edellinen, mittari=cast.mittarit[1]).update(tila="luonnos")
    assert mittarit_of(kokoa(cast.jakso))["Kulkee itse kouluun"].aiemmat == ()
    assert [arvo.teksti for arvo in mittarit_of(kokoa(cast.jakso))["Turvallisia koulureittejä"].aiemmat] == ["9"]


@pytest.mark.django_db
def test_the_state_is_frozen_and_the_sisainen_huomio_is_not_read(cast):
    cast.edellinen.reopen(by=cast.kaisa, syy="Korjataan.")
    MittariArvo.objects.filter(mittari=cast.mittarit[0]).update(sisainen_huomio="Salainen zebra", huomautus="Julki")
    text = to_json(kokoa(cast.edellinen))
    assert "zebra" not in text
    assert "Julki" in text


@pytest.mark.django_db
def test_values_by_year_and_day_are_told_up_to_the_jaksos_end(cast):
    mittari = cast.mittarit[0]
    for when, teksti in (({"vuosi": 2024}, "5"), ({"vuosi": 2025}, "7"), ({"vuosi": 2026}, "99")):
        MittariArvo.objects.record_outside(
            {mittari: Mittaus(0, teksti, huomautus=f"v. {teksti}")}, by=cast.kaisa, **when
        )
    paiva = datetime.date(2026, 6, 1)
    MittariArvo.objects.record_outside({mittari: Mittaus(0, "11")}, by=cast.kaisa, paiva=paiva)
    told = mittarit_of(kokoa(cast.jakso))[mittari.nimi]
    assert [(arvo.vuosi, arvo.teksti, arvo.huomautus) for arvo in told.aiemmat] == [
        (2024, "5", "v. 5"),
        (2025, "7", "v. 7"),
        (None, "9", ""),
    ], "the year 2026 is not over in August"
    assert (told.arvo.paiva, told.arvo.teksti) == (paiva, "11"), "a day within the jakso stands for it"
    kirjaa(cast, mittari, "12")
    vastaa(cast, cast.vayla, "lahetetty")
    told = mittarit_of(kokoa(cast.jakso))[mittari.nimi]
    assert (told.arvo.jakso, told.arvo.teksti) == (cast.jakso.pk, "12"), "the jakso's own value wins"
    assert [arvo.teksti for arvo in told.aiemmat] == ["5", "7", "9", "11"]


@pytest.mark.django_db
def test_a_measure_out_of_force_is_left_out_unless_it_has_a_value_here(cast):
    Mittari.objects.filter(pk=cast.mittarit[1].pk).update(voimassa_asti=datetime.date(2026, 4, 30))
    assert "Kulkee itse kouluun" not in mittarit_of(kokoa(cast.jakso))
    kirjaa(cast, cast.mittarit[1], "70 %", tila="lahetetty")
    assert mittarit_of(kokoa(cast.jakso))["Kulkee itse kouluun"].tulos == "saavutettu"


@pytest.mark.django_db
def test_a_heading_without_toimenpiteet_is_there_for_its_measures(cast):
    Painopiste.objects.filter(pk=cast.painopisteet[0].pk).update(jarjestys=9)
    alone = Painopiste.objects.create(kunta=cast.kunta, strategia=cast.strategia, nimi="Yksin", jarjestys=5)
    Mittari.objects.filter(pk=cast.mittarit[3].pk).update(painopiste=alone)
    raportti = kokoa(cast.jakso)
    assert [painopiste.nimi for painopiste in raportti.painopisteet] == [
        "Rohkea talous",
        "Yksin",
        cast.painopisteet[0].nimi,
    ]
    assert [mittari.nimi for mittari in raportti.painopisteet[1].mittarit] == ["Toimintakate"]
    assert from_json(to_json(raportti)) == raportti


@pytest.mark.django_db
def test_units_are_told_with_their_kirjaus_and_risks_of_the_jakso_with_those_of_the_plan(cast):
    kirjaus = vastaa(cast, cast.vayla, "luonnos")
    OsavastausModel.objects.create(kunta=cast.kunta, kirjaus=kirjaus, nimi="Katuosa", toteutumisaste=2)
    told = {"kunta": cast.kunta, "strategia": cast.strategia, "tavoite": cast.tavoitteet[0]}
    RiskiModel.objects.create(**told, jakso=cast.jakso, teksti="Talvi tulee", todennakoisyys=5, vaikutus=2)
    MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=cast.vayla, toimiala=cast.sivistys)
    raportti = kokoa(cast.jakso)
    assert [riski.teksti for riski in raportti.riskit] == ["Talvi tulee", "Urakka kallistuu"]
    assert raportti.rivit[0].osavastaukset == ()
    assert raportti.rivit[0].muut_toimialat == ("Sivistyspalvelut",)
    Kirjaus.objects.filter(pk=kirjaus.pk).update(tila="lahetetty")
    assert kokoa(cast.jakso).rivit[0].osavastaukset == (Osavastaus("Katuosa", 2),)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [25, 250])
def test_queries_do_not_grow_with_measures(cast, rows, django_assert_num_queries):
    told = {"kunta": cast.kunta, "strategia": cast.strategia, "toimenpide": cast.kerho, "laji": "luku"}
    mittarit = Mittari.objects.bulk_create(Mittari(**told, nimi=f"Mittari {n}", jarjestys=n) for n in range(rows))
    Tavoitearvo.objects.bulk_create(Tavoitearvo(kunta=cast.kunta, mittari=m, teksti="5") for m in mittarit)
    vastaa(cast, cast.kerho, "lahetetty")
    MittariArvo.objects.bulk_create(
        MittariArvo(kunta=cast.kunta, jakso=cast.jakso, mittari=m, teksti="6") for m in mittarit
    )
    cast.jakso.refresh_from_db()
    with django_assert_num_queries(19):
        raportti = kokoa(cast.jakso)
    assert raportti.mittaristo.kpl["saavutettu"] == rows


# --- frozen and read


@pytest.fixture
def raportti():
    return mitattu_raportti(versio=1)


def test_json_comes_back_equal_with_its_numbers_as_numbers(raportti):
    text = to_json(raportti)
    assert from_json(text) == replace(raportti, tiiviste=from_json(text).tiiviste)
    assert to_json(from_json(text)) == text
    assert '"luku":9.5' in text
    assert '"luku":75,' in text
    assert raportti.muotoversio == MUOTOVERSIO == 4
    assert {mittari.tulos for mittari in raportti.mittaristo.mittarit} == {
        *("saavutettu", "ei_viela", "arvo_puuttuu", "ei_tavoitetta", "ei_verrata", EI_LAHETETTY)
    }


def test_fifteen_digits_are_kept():
    luku = Decimal("12345678901.2345")
    made = mitattu_raportti(versio=1)
    [painopiste] = made.painopisteet
    first = replace(painopiste.mittarit[0], lahto_teksti=str(luku), lahto_luku=luku)
    made = replace(made, painopisteet=(replace(painopiste, mittarit=(first,)),))
    assert from_json(to_json(made)).painopisteet[0].mittarit[0].lahto_luku == luku


# --- hidden

OSAT = {
    "mittarit.lahto": ["5 120"],
    "mittarit.arvot": ["9,5", "8,5", "ei_viela", "saavutettu", "heikkeni"],
    "mittarit.tavoite": ["90–95", "ei_viela", "saavutettu"],
    "mittarit.tulos": ["ei_viela", "saavutettu", "heikkeni"],
    "mittarit.huomautus": ["Luku on asiakaspalvelun"],
    "mittarit": ["Digineuvonta", "90–95", "Luku on asiakaspalvelun"],
    "riskit": ["Urakka kallistuu", "Rahoitus viivästyy"],
    "muut_toimialat": ["Sivistyspalvelut"],
}


@pytest.mark.parametrize("rooli", OSAT)
def test_what_is_hidden_is_not_in_the_public_form(raportti, rooli):
    hidden = replace(raportti, piilotetut=(rooli,))
    text = to_json(make_public(hidden))
    assert all(token in to_json(hidden) for token in OSAT[rooli])
    assert [token for token in OSAT[rooli] if token in text] == []
    assert make_public(hidden).piilotetut == (rooli,)
    assert make_public(raportti).piilotetut == ()


@pytest.mark.parametrize(
    ("rooli", "tokens"),
    [
        ("toimiala", ["Sivistyspalvelut"]),
        ("kommentti", ["Päiviä oli 812."]),
        ("sdg", ["Hyvä koulutus"]),
    ],
)
def test_a_hidden_column_hides_its_like(raportti, rooli, tokens):
    text = to_json(make_public(replace(raportti, piilotetut=(rooli,))))
    assert [token for token in tokens if token in text] == []


def test_scores_of_units_are_hidden_with_the_scores(raportti):
    shown = make_public(replace(raportti, piilotetut=("toteutumisaste",)))
    assert [osa.toteutumisaste for osa in shown.rivit[0].osavastaukset] == [None, None]
    both = make_public(replace(raportti, piilotetut=("toteutumisaste", "kommentti")))
    assert both.rivit[0].osavastaukset == ()


def test_a_measure_of_a_hidden_mittari_column_is_hidden_unless_chosen():
    strategia = Strategia()
    strategia.sarakkeet = [{"rooli": "mittari", "piilossa": True}, {"rooli": "riski", "piilossa": True}]
    assert {"mittarit", "riskit"} <= strategia.piilotetut
    strategia.sarakkeet = [*strategia.sarakkeet, {"rooli": "mittarit"}]
    assert "mittarit" not in strategia.piilotetut
    assert "riskit" in strategia.piilotetut


# --- corrected


def changed(raportti, **changes):
    """The report whose first measure is otherwise."""
    [painopiste] = raportti.painopisteet
    first, *rest = painopiste.tavoitteet
    mittari = replace(first.mittarit[0], **changes)
    first = replace(first, mittarit=(mittari, *first.mittarit[1:]))
    return replace(raportti, painopisteet=(replace(painopiste, tavoitteet=(first, *rest)),), versio=2)


def told(old, new):
    return [(m.kohde, m.tieto, m.ennen, m.nyt) for m in compare(old, new, "").muutokset]


NIMI = MITTARIT[0][0]


def test_a_changed_value_target_and_note_are_told(raportti):
    mittari = raportti.painopisteet[0].tavoitteet[0].mittarit[0]
    arvo = replace(mittari.arvo, teksti="85 %", huomautus="Laskettu uudelleen.")
    tavoite = replace(mittari.tavoite, teksti="82 %")
    new = changed(raportti, arvo=arvo, tavoite=tavoite, tavoitteet=(tavoite,), tulos="saavutettu", nimi="Uusi nimi")
    jakso = raportti.jakso.nimi
    assert told(raportti, new) == [
        ("Uusi nimi", "Mittarin nimi", NIMI, "Uusi nimi"),
        ("Uusi nimi", "Tulos", "ei vielä", "saavutettu"),
        ("Uusi nimi", "Tavoite 2026", "80 %", "82 %"),
        ("Uusi nimi", f"Arvo, {jakso}", "75 %", "85 %"),
        ("Uusi nimi", f"Huomautus, {jakso}", "Luku on asiakaspalvelun järjestelmästä.", "Laskettu uudelleen."),
    ]


def test_measures_that_came_or_left_are_told(raportti):
    [painopiste] = raportti.painopisteet
    less = replace(raportti, painopisteet=(replace(painopiste, mittarit=()),))
    assert told(less, raportti) == [("Lähetetään myöhemmin", "Mittari", "", "lisätty")]
    assert told(raportti, less) == [("Lähetetään myöhemmin", "Mittari", "oli raportissa", "poistettu")]


def test_the_first_measures_of_a_report_are_told_as_one(raportti):
    from ..saarikko import saarikon_raportti

    bare = saarikon_raportti([5, 3, 1, 4, 2], edelliset=[4, 3, 2, 4, 1], versio=1)
    assert (raportti.jakso.nimi, "Mittarit", "", "lisätty 10 kpl") in told(bare, raportti)
    assert (raportti.jakso.nimi, "Riskit", "", "lisätty 3 kpl") in told(bare, raportti)


def test_units_answers_risks_and_other_toimialat_are_told(raportti):
    [painopiste] = raportti.painopisteet
    first, *rest = painopiste.tavoitteet
    row = replace(
        first.rivit[0],
        osavastaukset=(Osavastaus("Lomituspalvelut", 5, "Päiviä oli 812."),),
        riskit=(Riski(1, "Urakka kallistuu", 4, 4), first.rivit[0].riskit[1]),
        muut_toimialat=(),
    )
    first = replace(first, rivit=(row, *first.rivit[1:]))
    new = replace(raportti, painopisteet=(replace(painopiste, tavoitteet=(first, *rest)),))
    nimi = raportti.rivit[0].toimenpide
    assert told(raportti, new) == [
        (nimi, "Muut toimialat", "Sivistyspalvelut", ""),
        (nimi, "Osavastaus: Lomituspalvelut", "4; Päiviä oli 812.", "5; Päiviä oli 812."),
        (nimi, "Osavastaus: Maaseutuhallinto", "2", ""),
        ("Urakka kallistuu", "Riskin todennäköisyys", "3", "4"),
    ]


def test_an_old_value_with_personal_data_and_a_removed_name_are_not_told(raportti):
    mittari = raportti.painopisteet[0].tavoitteet[0].mittarit[0]
    first = changed(raportti, arvo=replace(mittari.arvo, huomautus=f"Kysy, {NUMERO}"))
    shown = make_public(replace(raportti, versio=2), aiempi=first)
    assert "040" not in to_json(shown)
    assert [m.piilossa for m in shown.korjaus.muutokset] == [True]
    named = changed(raportti, nimi=f"Mittari, {NUMERO}")
    [painopiste] = raportti.painopisteet
    kept = replace(painopiste.tavoitteet[0], mittarit=painopiste.tavoitteet[0].mittarit[1:])
    less = replace(painopiste, tavoitteet=(kept, *painopiste.tavoitteet[1:]))
    shown = make_public(replace(raportti, versio=2, painopisteet=(less,)), aiempi=named)
    assert "040" not in to_json(shown)
    assert "Poistettu mittari" in [m.kohde for m in shown.korjaus.muutokset]


def test_personal_data_is_found_in_every_text_that_hangs_on_a_row(raportti):
    [painopiste] = raportti.painopisteet
    mittari = painopiste.tavoitteet[0].mittarit[0]
    for changes in (
        {"nimi": NUMERO},
        {"lahde": NUMERO},
        {"lahto_teksti": NUMERO},
        {"arvo": replace(mittari.arvo, huomautus=NUMERO)},
        {"arvo": replace(mittari.arvo, teksti=NUMERO)},
        {"tavoitteet": (replace(mittari.tavoite, teksti=NUMERO),)},
    ):
        assert [each.laji for each in find_in_report(changed(raportti, **changes))] == ["puhelin"], changes
    first = painopiste.tavoitteet[0]
    for changes in (
        {"riskit": (Riski(1, NUMERO),)},
        {"osavastaukset": (Osavastaus("Katu", 3, NUMERO),)},
        {"osavastaukset": (Osavastaus(NUMERO, 3),)},
    ):
        rows = (replace(first.rivit[0], **changes), *first.rivit[1:])
        tavoitteet = (replace(first, rivit=rows), *painopiste.tavoitteet[1:])
        found = find_in_report(replace(raportti, painopisteet=(replace(painopiste, tavoitteet=tavoitteet),)))
        assert [each.laji for each in found] == ["puhelin"], changes


# --- cut


def test_a_part_has_the_measures_of_its_rows_and_those_its_toimiala_records(raportti):
    [painopiste] = raportti.painopisteet
    toimiala = raportti.rivit[0].toimiala
    own = replace(painopiste.mittarit[0], toimiala=toimiala)
    raportti = replace(raportti, painopisteet=(replace(painopiste, mittarit=(own,)),))
    part = rajaa(raportti, Rajaus(toimiala=toimiala))
    assert [mittari.nimi for mittari in part.mittaristo.mittarit] == [
        "Lähetetään myöhemmin",
        "Toimintakate",
        "Vuokra-aste",
    ]
    assert [riski.teksti for riski in part.riskit] == ["Hakijoita ei ole", "Urakka kallistuu"]
    whole = rajaa(raportti, Rajaus(painopiste=painopiste.nimi))
    assert whole.mittaristo.mittarit == raportti.mittaristo.mittarit
    assert rajaa(raportti, Rajaus(toimiala=toimiala, vain="muuttuneet")).painopisteet[0].mittarit == ()
