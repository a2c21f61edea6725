"""Aino and Pirjo decide on the same file at once: each sees the other's decision, and nothing is lost in silence."""

import re

import pytest
from django.urls import reverse

from seuranta.models import Paatos
from strategia.models import Rooli, Toimenpide
from tests.cast import create_user
from tests.kilpailu import just_before_writing

from ..vastaustaulukko import taulukko as vastaukset
from .tuontisivut import OTSIKOT, UUSI, VANHA, korjaa, kysymys, paata, paatetty, sanat, sivu, tallenna, xlsx

SOLU = "solu|Sheet!E2"


@pytest.fixture
def pirjo(cast, kirjautunut):
    """The other pääkäyttäjä."""
    return kirjautunut(create_user(cast.kunta, "Pirjo Pääkkönen", Rooli.PAAKAYTTAJA))


@pytest.fixture
def tuonti(laheta):
    """One score that waits, and another."""
    return laheta([*UUSI[:4], "4/5", "Ok."], [*VANHA[:4], "1/3", "Kaksi myyty."])


def press_own(client, tuonti, answer):
    """Press "Ota oma valintani" on the page that came; everything that its form holds is posted."""
    assert answer.text.count("Ota oma valintani") == 1
    form = next(each for each in re.findall(r"<form.*?</form>", answer.text, re.DOTALL) if "Ota oma valintani" in each)
    posted = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        posted.setdefault(name, []).append(value)
    return client.post(tuonti.get_absolute_url() + "paatokset/", posted, follow=True)


# --- two windows


def test_the_second_sees_the_firsts_decision_and_may_still_choose_her_own(tuonti, aino, pirjo):
    versio = tuonti.paatosversio
    paata(aino, tuonti, versio=versio, **{SOLU: "4"})
    answer = paata(pirjo, tuonti, versio=versio, **{SOLU: "5", "solu|Sheet!E3": "1"})
    page = sanat(answer.text)
    assert answer.status_code == 409
    assert "Aino Aaltonen päätti toisin klo" in page
    assert "Oikea arvo E2 4. Sinä valitsit: 5." in page
    assert paatetty(tuonti)["solu"] == {"Sheet!E2": "4", "Sheet!E3": "1"}  # what nobody else decided was taken
    answer = press_own(pirjo, tuonti, answer)
    assert "Päätökset on otettu huomioon. Mitään ei ole vielä tallennettu." in answer.text
    assert paatetty(tuonti)["solu"] == {"Sheet!E2": "5", "Sheet!E3": "1"}
    assert Paatos.objects.get(paikka="Sheet!E2").kuka.nimi == "Pirjo Pääkkönen"


def test_an_own_choice_that_is_offered_again_gives_way_to_a_third_decision(tuonti, aino, pirjo):
    versio = tuonti.paatosversio
    paata(aino, tuonti, versio=versio, **{SOLU: "4"})
    answer = paata(pirjo, tuonti, versio=versio, **{SOLU: "5"})
    paata(aino, tuonti, peru=Paatos.objects.get(paikka="Sheet!E2").pk)
    paata(aino, tuonti, **{SOLU: "3"})
    again = press_own(pirjo, tuonti, answer)
    assert "Oikea arvo E2 3. Sinä valitsit: 5." in sanat(again.text)
    assert paatetty(tuonti)["solu"] == {"Sheet!E2": "3"}


def test_the_same_decision_of_two_is_no_disagreement(tuonti, aino, pirjo):
    versio = tuonti.paatosversio
    paata(aino, tuonti, versio=versio, **{SOLU: "4"})
    assert paata(pirjo, tuonti, versio=versio, **{SOLU: "4"}).status_code == 302
    assert Paatos.objects.get(paikka="Sheet!E2").kuka.nimi == "Aino Aaltonen"


def test_what_another_took_back_is_told_to_whoever_keeps_it(tuonti, aino, pirjo):
    paata(aino, tuonti, **{SOLU: "4"})
    paatos, versio = Paatos.objects.get(paikka="Sheet!E2"), tuonti.paatosversio
    paata(pirjo, tuonti, versio=versio, peru=paatos.pk)
    assert "solu" not in paatetty(tuonti)
    answer = paata(aino, tuonti, versio=versio, **{"ohita|Sheet!E2": "1"})  # of another place: both stand
    assert answer.status_code == 302
    assert "Myös toinen käyttäjä on tehnyt päätöksiä" in aino.get(answer.url).text


def test_taking_back_what_another_has_changed_is_told_and_offered_again(tuonti, aino, pirjo):
    paata(aino, tuonti, tilanne="2026-08-30")
    paatos, versio = Paatos.objects.get(laji="tilanne"), tuonti.paatosversio
    paata(aino, tuonti, tilanne="2026-08-31")
    answer = paata(pirjo, tuonti, versio=versio, peru=paatos.pk)
    assert answer.status_code == 409
    assert "31.8.2026. Sinä valitsit: peruttu." in sanat(answer.text)
    press_own(pirjo, tuonti, answer)
    assert "tilanne" not in paatetty(tuonti)


def test_columns_sent_along_unchanged_are_not_set_against_anothers_choice(tuonti, aino, pirjo):
    versio, shown = tuonti.paatosversio, {"oli|sarake|Sheet!F": "kommentti", "sarake|Sheet!F": "kommentti"}
    paata(aino, tuonti, versio=versio, **{"sarake|Sheet!F": "vastuu"})
    assert paata(pirjo, tuonti, versio=versio, tilanne="2026-08-31", **shown).status_code == 302
    assert paatetty(tuonti)["sarake"]["Sheet!F"] == "vastuu"
    assert paata(aino, tuonti, versio=versio, **shown).status_code == 302  # her own old window
    assert paatetty(tuonti)["sarake"]["Sheet!F"] == "vastuu"


def test_a_box_that_another_ticked_is_not_unticked_by_an_older_page(aino, pirjo, laheta):
    tuonti = laheta([*UUSI[:4], "4/5", "Ok."], [*VANHA[:4], "1/3", "Kaksi myyty."])
    valot, versio = Toimenpide.objects.get(nimi="Uudet katuvalot Äijänsuolle"), tuonti.paatosversio
    paata(aino, tuonti, versio=versio, paata=[valot.pk], **{"ohita|Sheet!E2": "1"})
    answer = paata(pirjo, tuonti, versio=versio, **{"ohita|Sheet!E3": "1"})
    assert answer.status_code == 302
    assert paatetty(tuonti)["ohita"].keys() == {"Sheet!E2", "Sheet!E3"}
    assert paatetty(tuonti)["paata"] == {str(valot.pk): True}


def test_a_box_is_unticked_by_whoever_saw_it_ticked(aino, laheta):
    tuonti = laheta([*UUSI[:4], "4/5", "Ok."], VANHA)
    valot = Toimenpide.objects.get(nimi="Uudet katuvalot Äijänsuolle")
    paata(aino, tuonti, paata=[valot.pk], asteikko="1", **{"ohita|Sheet!E2": "1"})
    assert 'name="oli|ohita|Sheet!E2" value="1"' in sivu(aino, tuonti, nayta="ratkaistavat")
    assert f'name="oli|paata" value="{valot.pk}"' in sivu(aino, tuonti, nayta="puuttuvat")
    assert 'name="oli|asteikko" value="1"' in sivu(aino, tuonti)
    paata(aino, tuonti, **{"oli|ohita|Sheet!E2": "1", "oli|paata": [valot.pk], "oli|asteikko": "1"})
    assert not {"ohita", "paata", "asteikko"} & paatetty(tuonti).keys()


def test_a_row_mended_by_two_keeps_the_firsts_words_and_offers_the_seconds(tuonti, aino, pirjo):
    versio = tuonti.paatosversio
    korjaa(aino, tuonti, "Sheet!C2", F2="Ainon sanat")
    posted = {"rivi": "Sheet!C2", "oli|Sheet!F2": "Ok.", "solu|Sheet!F2": "Pirjon sanat"}
    answer = paata(pirjo, tuonti, versio=versio, **posted)
    assert "Ainon sanat. Sinä valitsit: Pirjon sanat." in sanat(answer.text)
    press_own(pirjo, tuonti, answer)
    assert paatetty(tuonti)["solu"] == {"Sheet!F2": "Pirjon sanat"}


def test_two_answers_to_one_question_of_the_columns(cast, aino, pirjo, laheta):
    rows = [[*UUSI[:4], 3, 4], [*VANHA[:4], 2, 5]]
    tuonti = laheta(content=xlsx(*rows, otsikot=[*OTSIKOT[:4], "Toteuma", "Arvio"]))
    versio = tuonti.paatosversio
    nimi = kysymys(aino, tuonti)
    paata(aino, tuonti, versio=versio, **{nimi: "0"})
    answer = paata(pirjo, tuonti, versio=versio, **{nimi: "1"})
    assert answer.status_code == 409
    assert re.search("E ”Toteuma”. Sinä valitsit: .* F ”Arvio”.", sanat(answer.text))
    press_own(pirjo, tuonti, answer)
    assert [row["toteutumisaste"] for row in scores(tuonti)] == [4, 5]


def scores(tuonti):
    tuonti.refresh_from_db()
    return [rivi["kirjaukset"][0] for rivi in tuonti.jasennetty["rows"]]


def test_what_is_no_longer_asked_is_told_and_not_dropped_in_silence(tuonti, aino):
    paata(aino, tuonti, **{SOLU: "4"})
    answer = paata(aino, tuonti, **{SOLU: "3"})
    assert answer.status_code == 422
    assert "E2: tätä ei enää kysytä, eikä valintaasi otettu huomioon." in answer.text
    assert paatetty(tuonti)["solu"] == {"Sheet!E2": "4"}


def test_two_deciding_on_answers_see_each_other(cast, kaisa, veikko, lataa, palauta):
    taulukko = lataa(veikko)
    taulukko.write(cast.vayla.nimi, aste="4/5")
    tuonti = palauta(veikko, taulukko)
    solu = f"{taulukko.sheet.title}!{taulukko.cell(cast.vayla.nimi, 'Toteutumisaste').coordinate}"
    vastaukset.paata(veikko, tuonti, **{f"solu|{solu}": "4"})
    answer = vastaukset.paata(kaisa, tuonti, versio=0, **{f"solu|{solu}": "5"})
    assert answer.status_code == 409
    assert "4. Sinä valitsit: 5." in sanat(answer.text)
    press_own(kaisa, tuonti, answer)
    assert paatetty(tuonti)["solu"] == {solu: "5"}


@pytest.mark.django_db(transaction=True)
def test_at_the_very_same_moment_one_is_told_of_the_other(tuonti, aino, pirjo):
    path, versio = reverse("seuranta:tuonti-paata", args=[tuonti.pk]), tuonti.paatosversio
    answers = just_before_writing(
        "seuranta_paatos",
        act=lambda: aino.post(path, {"versio": versio, "tilanne": "2026-08-30"}),
        meanwhile=lambda: pirjo.post(path, {"versio": versio, "tilanne": "2026-08-31"}),
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    told = next(answer for answer in answers if answer.status_code == 409)
    assert "päätti toisin klo" in told.text
    assert Paatos.objects.filter(laji="tilanne").count() == 1


# --- what no page sends


@pytest.mark.parametrize("versio", [None, "", "x", "-1", "99", "1.5", "9" * 5000, "\x00", "²", "1 or 1=1"])
def test_without_the_version_that_the_page_showed_nothing_is_taken(versio, tuonti, aino):
    before, posted = paatetty(tuonti), {SOLU: "4", "versio": versio}
    path = reverse("seuranta:tuonti-paata", args=[tuonti.pk])
    answer = aino.post(path, {name: value for name, value in posted.items() if value is not None})
    told = "Tee päätökset uudelleen tällä sivulla."
    assert (answer.status_code, told in answer.text, paatetty(tuonti)) == (422, True, before)


PITKA = "ä" * 50_000  # 100 kB
VAARAT = {
    "jakso": [PITKA],
    "strategia": [PITKA],
    "tilanne": ["eilen", "15.9.20233", "9" * 5000, "2026-02-30", PITKA],
    "sarake|F": ["x", "9" * 5000, "kommentti\x00x", PITKA],
    SOLU: [PITKA],
    "ristiriita|Sheet!E3": ["x", "9" * 5000, "molemmat", PITKA],
    "toimiala|": ["x", "9" * 5000, "-1", "1.5", "²", "naapuri", PITKA],
    "toimenpide|Sheet!C2": ["x", "9" * 5000, "-1", "naapuri", PITKA],
    "paata": ["x", "9" * 5000, "-1", "²", "naapuri", PITKA],
    "peru": ["x", "9" * 5000, "-1", "solut|", "0", PITKA],
    "sijaan": ["x", "9" * 5000, "-1", "0", PITKA],
    "kysymys|Sheet!E1": ["0", "9" * 5000],  # not asked of this file
    "solu|Sheet!ZZ999": ["4", PITKA],
    f"solu|{PITKA[:400]}": ["4"],
}


@pytest.fixture
def kysyva(cast, aino, laheta):
    """A file of which everything is asked: a score, a conflict, an unknown toimiala, a new name, what is missing."""
    tallenna(aino, laheta(VANHA))
    kirjaus = cast.toimenpiteet[4].kirjaukset.get(jakso=cast.jakso)
    kirjaus.toteutumisaste, kirjaus.versio = 1, kirjaus.versio + 1
    kirjaus.save()
    uusi = [
        "Rohkea talous",
        "Tilat käyttöön",
        "Ränssin koulu vuokrataan yritykselle",
        "Tekniset palvelut",
        "4/5",
        "Ok.",
    ]
    return laheta(uusi, VANHA, [*UUSI[:3], "Tekniikka", 2, "Ok."])


@pytest.mark.parametrize(
    ("kentta", "arvo"),
    [(kentta, arvo) for kentta, arvot in VAARAT.items() for arvo in arvot],
    ids=lambda value: value[:12].replace("\x00", "NUL"),
)
def test_a_wrong_value_is_told_and_nothing_of_it_is_stored(kentta, arvo, cast, kysyva, aino):
    before = paatetty(kysyva)
    of_neighbour = {"toimiala|": cast.naapuri.tekniset.pk}.get(kentta) or cast.naapuri.kunta.pk + 10**6
    kentta = "toimiala|tekniikka" if kentta == "toimiala|" else kentta
    answer = paata(aino, kysyva, **{kentta: str(of_neighbour) if arvo == "naapuri" else arvo})
    assert answer.status_code == 422
    assert "Näitä päätöksiä ei voitu ottaa huomioon:" in answer.text
    assert len(answer.content) < 400_000
    assert paatetty(kysyva) == before


def test_a_value_told_twice_is_one_value(kysyva, aino):
    paata(aino, kysyva, **{SOLU: ["4", "5"], "tilanne": ["2026-08-30", "2026-08-31"], "ohita|Sheet!E2": ["1", "1"]})
    assert paatetty(kysyva)["tilanne"][""].isoformat() == "2026-08-31"
    assert paatetty(kysyva)["ohita"] == {"Sheet!E2": True}


def test_a_control_character_is_no_part_of_what_was_decided(tuonti, aino):
    paata(aino, tuonti, **{SOLU: "4\x00", "jakso": "Syksy\x00 2026"})
    assert (paatetty(tuonti)["solu"], paatetty(tuonti)["jakso"]) == ({"Sheet!E2": "4"}, {"": "Syksy 2026"})
