"""The letters of a text file: old systems' too, known by their words, or refused as broken."""

import pytest

from seuranta.taulukko.guard.text import decode
from seuranta.taulukko.rows import read

ALKU = "Painopiste;Strateginen tavoite;Toimenpide;Toimiala;Toteutumisaste;Kommentti\n"
TEKSTIT = {
    "tavallinen": "Elinvoima;Yritykset viihtyvät;Älä jätä öitä;Työ;3;Hyvä\n",
    "ruotsiksi": "Livskraft;Företagen trivs;Åtgärd på ön;Åbo;3;Går bra\n",
    "merkkeineen": "Elinvoima;Yritykset viihtyvät;”Valmis” – 5 €…;Työ;3;Hyvä 10 % • ½\n",
}


MERKISTOT = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman")


def knows(merkisto, teksti):
    try:
        return bool(teksti.encode(merkisto))
    except UnicodeEncodeError:
        return False


@pytest.mark.parametrize(
    ("nimi", "merkisto"), [(nimi, m) for nimi, teksti in TEKSTIT.items() for m in MERKISTOT if knows(m, teksti)]
)
@pytest.mark.parametrize("rivinvaihto", ["\n", "\r\n", "\r"])
def test_the_same_table_in_any_letters_is_the_same(nimi, merkisto, rivinvaihto):
    teksti = ALKU + TEKSTIT[nimi]
    data = teksti.replace("\n", rivinvaihto).encode(merkisto)
    text, issue = decode(data)
    assert issue is None
    assert text == teksti


@pytest.mark.parametrize(
    "teksti", ["Valmis ”näin”", "”valmis”", "Škoda, café ja Tšekki", "5 € – 10 €", "a „lainaus“ b"]
)
def test_what_excel_writes_is_read_as_before(teksti):
    assert decode(teksti.encode("cp1252")) == (teksti, None)


@pytest.mark.parametrize(
    ("teksti", "merkisto"), [("VÄESTÖ JA TYÖ", "cp850"), ("ei vielä", "cp437"), ("Työ: työ, työ.", "cp865")]
)
def test_letters_are_known_or_refused_and_never_broken(teksti, merkisto):
    text, issue = decode((ALKU + teksti).encode(merkisto))
    assert text == ALKU + teksti if issue is None else issue.code == "encoding"


def test_a_file_of_no_known_letters_is_told_as_broken():
    luettu = read((ALKU + "Elinvoima;viihtyv\x84t;").encode("latin-1") + b"a\x81b;\x9d\x8fx;3;y\x90z", "a.csv")
    assert (luettu.status, luettu.reason) == ("reject", "encoding")
