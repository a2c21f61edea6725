"""What a text should not hold when it is published, and a comment that speaks against its score."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seuranta import tarkistus
from seuranta.tarkistus import find_contradiction, find_personal_data

MERKIT = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def hetu(day, number, separator="-"):
    """A personal identity code made here: its check character is counted, the person is nobody."""
    return f"{day}{separator}{number}{MERKIT[int(day + number) % 31]}"


def kinds(text):
    return [loyto.laji for loyto in find_personal_data(text)]


# --- personal identity codes


@pytest.mark.parametrize("separator", [*"+-", *"ABCDEF", *"UVWXY"])
def test_every_separator_of_a_personal_identity_code_is_known(separator):
    code = hetu("010524" if separator in "ABCDEF" else "131052", "903", separator)
    assert find_personal_data(f"Avustus myönnettiin ({code}).") == [("henkilotunnus", code)]


@pytest.mark.parametrize("separator", "–‑−")
def test_a_dash_that_a_word_processor_changed_hides_nothing(separator):
    assert kinds(f"Asiakas {hetu('131052', '308', separator)} sai päätöksen") == ["henkilotunnus"]


@pytest.mark.parametrize("text", ["131052-308t", "hetu:131052-308T.", "131052 - 308T", "131052-308T:lle"])
def test_a_code_is_found_as_people_write_it(text):
    assert kinds(text) == ["henkilotunnus"]


@pytest.mark.parametrize("check", sorted(set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") - {"T"}))
def test_a_wrong_check_character_is_no_code(check):
    assert "henkilotunnus" not in kinds(f"131052-308{check}")


@pytest.mark.parametrize(
    "text",
    [
        hetu("310252", "308"),  # no such day
        hetu("131352", "308"),  # no such month
        hetu("290223", "308", "A"),  # 2023 had no 29 February
        hetu("131052", "001"),  # numbers begin at 002
        hetu("131052", "308", "G"),
        hetu("131052", "308", "Z"),
        hetu("131052", "308", "/"),
        "9" + hetu("131052", "308"),
        hetu("131052", "308") + "A",
    ],
)
def test_what_only_looks_like_a_code_is_none(text):
    assert "henkilotunnus" not in kinds(text)


def test_a_leap_day_is_a_day():
    assert kinds(hetu("290224", "308", "A")) == ["henkilotunnus"]


# --- e-mail addresses and phone numbers


@pytest.mark.parametrize(
    "text",
    [
        "Lisätietoja: veikko.vaananen@keuruu.fi.",
        "VEIKKO@KEURUU.FI",
        "veikko.väänänen(at)keuruu.fi",
        "veikko (at) keuruu.fi",
        "veikko[ät]keuruu.fi",
        "etu-suku+tiedote@palvelu.kunta.example",
    ],
)
def test_an_email_address_is_found(text):
    assert kinds(text) == ["sahkoposti"]


@pytest.mark.parametrize(
    "text",
    [
        "soita 040 123 4567",
        "0401234567.",
        "040-1234567",
        "040–123 4567",
        "0400 123456",
        "050\u00a0123\u00a04567",
        "044 7001234, Veikko",
        "+358 40 123 4567",
        "+358401234567",
        "+358 (0)40 1234567",
        "00358 40 1234567",
        "(014) 123 456",
        "014-123456",
        "09 123 4567",
        "0295 020 000",
        "029 1234567 (vaihde)",
        "puh. 123 4567",
        "+46 70 123 45 67",
    ],
)
def test_a_phone_number_is_found(text):
    assert kinds(text) == ["puhelin"]


@pytest.mark.parametrize(
    "text",
    [
        "vuosina 2024-2025",
        "2023–2025 ja 2026",
        "123/2026",
        "KEU/0123/2026",
        "dnro 0456/02.05.00.01/2026",
        "D/1234/00.01.02.03/2026",
        "§ 123, 15.6.2026",
        "01.02.2026",
        "01-02-2026",
        "01 02 2026",
        "01022026",
        "2026-01-31",
        "1.3.–31.5.2026",
        "1 000 000 euroa",
        "050 000 000 €",
        "+2 000 000 euroa",
        "+100 000 000 €",
        "0,5 milj. euroa, 045 123 456 kpl",
        "kasvua 010 000",
        "Y-tunnus 0208852-7",
        "2514321-7",
        "00100 Helsinki 42700 Keuruu",
        "04200 2026",
        "FI21 1234 5600 0007 85",
        "ISBN 978-952-1234-56-7",
        "klo 08.00-16.00",
        "klo 09-15",
        "koodi 02.03.04 ja 02 03 04 05",
        "0-6-vuotiaita 1234567",
        "12 040 1234567",
        "@keuruunkaupunki ja #strategia",
        "5 kpl @ 10 €",
        "kävijöitä 1234567890",
    ],
)
def test_what_is_no_contact_is_left_alone(text):
    assert find_personal_data(text) == []


OSIA = [*"0123456789", "040", "+358", "(0)", "(040)", "00358", *" \u00a0\u2009-–.,/()", "puh. ", "A", "t"]
ALUT = ["+3", "+358", "00358", "040", "09", "(040)", "puh. 12"]
VALIT = [f"{gap}{dash}{more}" for gap in ("", " ", "\u00a0") for dash in ("", "-", "–") for more in ("", " ")]
JATKO = st.tuples(st.sampled_from(VALIT), st.sampled_from([*"0123456789", "(0)"])).map("".join)
NUMERO = st.builds("{}{}".format, st.sampled_from(ALUT), st.lists(JATKO, min_size=3, max_size=10).map("".join))


@settings(max_examples=500)
@given(st.one_of(NUMERO, st.lists(st.sampled_from(OSIA), min_size=4, max_size=24).map("".join)))
def test_what_is_passed_over_at_a_glance_holds_nothing(text):
    """Texts with few digits are not looked through pattern by pattern."""
    numbers = [m.group() for m in tarkistus._PHONE.finditer(text) if tarkistus._is_phone(m, text)]
    labelled = [m.group(1) for m in tarkistus._LABELLED.finditer(text)]
    codes = [m.group() for m in tarkistus._HETU.finditer(text) if tarkistus._is_hetu(*m.groups())]
    assert {loyto.teksti for loyto in find_personal_data(text)} == {*numbers, *labelled, *codes}


def test_several_are_told_in_order_of_weight_and_each_once():
    text = "040 123 4567, a@b.example, 131052-308T ja vielä 040 123 4567"
    assert [loyto.teksti for loyto in find_personal_data(text)] == ["131052-308T", "a@b.example", "040 123 4567"]


@pytest.mark.parametrize("text", ["0", "1", "0 ", "040 1", "a", "a.", "a@", "(", "+1 ", "01-", "ei valmis, "])
def test_a_comment_of_full_length_is_read_at_once(text):
    """Every pattern is bounded: no text a person may save keeps the server busy."""
    whole = (text * 32_767)[:32_766]
    began = time.process_time()
    find_personal_data(whole + "x")
    find_contradiction(5, whole)
    assert time.process_time() - began < 1


# --- score and comment


@pytest.mark.parametrize(
    ("aste", "kommentti", "sana"),
    [
        (1, "Valmis.", "valmis"),
        (1, "Toimenpide on toteutettu.", "toteutettu"),
        (2, "Reitti valmistui ja se avattiin kesällä, joten työ on TOTEUTUNUT", "valmistui"),
        (1, "Järjestelmä on otettu käyttöön", "otettu käyttöön"),
        (1, "Tehty", "tehty"),
        (5, "Ei aloitettu.", "ei aloitettu"),
        (3, "Työtä ei ole vielä aloitettu", "ei aloitettu"),
        (4, "Aloittamatta", "aloittamatta"),
        (5, "Ei ole toteutunut.", "ei toteutunut"),
        (5, "Yhteenveto ei ole vielä valmis", "ei valmis"),
        (5, "Kesken.", "kesken"),
        (5, "Suunnittelu on vielä kesken", "kesken"),
        (5, "Hanke on suunnitteilla", "suunnitteilla"),
        (5, "Aloitettu.", "aloitettu"),
        (5, "Selvitys toteuttamatta", "toteuttamatta"),
    ],
)
def test_a_comment_that_speaks_against_its_score_is_told_with_its_word(aste, kommentti, sana):
    assert find_contradiction(aste, kommentti) == sana


@pytest.mark.parametrize(
    ("aste", "kommentti"),
    [
        (1, "Valmistelu on aloitettu."),  # whole words: valmistelu is not valmis
        (1, "Valmisteluryhmä nimettiin, toteutustapa auki."),
        (1, "Toteutuksessa ei edetty."),
        (1, "kyselyä ei ole toteutettu"),
        (2, "Suunnitelma valmis – kilpailu syksyllä."),  # a plan is ready, the deed is not
        (2, "Ei ehditty toteuttaa lukuvuodelle 2023-24"),
        (2, "Ei ole toteutunut."),
        (2, "Kesken, mutta aloitettu."),
        (2, "Osittain toteutettu"),
        (3, "Kevään osalta valmis, syksy vasta alkamassa"),
        (3, "Toimitilojen selvitys käynnistyi, jäähallin selvitystä ei ole aloitettu."),
        (4, "Lomake valmis"),
        (4, "Pääosin toteutunut keväällä"),
        (5, "Viestintästrategia on valmis"),
        (5, "Toteutettu. Loppuraportti on vielä kesken."),
        (5, "Palvelu on käynnistynyt hyvin ja asiakkaat ovat tyytyväisiä"),
        (5, "Keskenään sovittu yhteistyö"),
        (5, "95 %"),
        (5, ""),
        (None, "Valmis."),
    ],
)
def test_a_comment_that_goes_with_its_score_is_left_alone(aste, kommentti):
    assert find_contradiction(aste, kommentti) == ""


def test_work_under_way_speaks_against_a_1_only_if_its_label_says_that_nothing_has_begun():
    assert find_contradiction(1, "Aloitettu.") == ""
    assert find_contradiction(1, "Aloitettu.", ykkosen_nimi="Heikko") == ""
    assert find_contradiction(1, "Aloitettu.", ykkosen_nimi="Ei aloitettu") == "aloitettu"
    assert find_contradiction(2, "Aloitettu.", ykkosen_nimi="Ei aloitettu") == ""
