"""The options of `tuo` that say how a table is read: each nonsense has its own sentence, and exit status 2."""

import argparse

import pytest
from django.core.management import CommandError, call_command

from seuranta.tiedosto.paatokset import Laji
from seuranta.tuonti.optiot import add_options, read_options

from .tuontisivut import UUSI, xlsx


def luettu(*argv):
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_options(parser)
    return {(str(laji), paikka): arvo for (laji, paikka), arvo in read_options(vars(parser.parse_args(argv))).items()}


def test_each_option_is_a_decision_of_the_same_kind_as_on_the_page():
    assert luettu() == {}
    told = luettu(
        *("--sarake", "Toteuma = arvio=toteutumisaste", "--sarake", "Taul1!E=oma", "--sarake", "f=POIS"),
        *("--otsikkorivi", "0", "--valilehti", "Taulukko", "--valilehti", "Toinen"),
        *("--sana", " Ei  aloitettu.=1", "--sana", "a=b=ei", "--asteikko", "1=5, 2=3,3=ei"),
        *("--vuosi", "2025", "--prosentit", "lahin", "--numerointi", "uudet", "--toimialat", "useita"),
        *("--siirra", "Taul1!C7", "--siirra", "D182"),
        "--ilman-lukutapaa",
    )
    assert told == {
        ("sarake", "Toteuma = arvio"): "toteutumisaste",  # at the last "="
        ("sarake", "Taul1!E"): "oma",
        ("sarake", "f"): "pois",
        ("otsikkorivi", ""): 0,
        ("valilehdet", ""): ["Taulukko", "Toinen"],
        ("sana", "ei aloitettu"): 1,
        ("sana", "a=b"): "ei",
        ("kuvaus", "1"): 5,
        ("kuvaus", "2"): 3,
        ("kuvaus", "3"): "ei",
        ("vuosi", ""): 2025,
        ("tapa", "prosentit"): "lahin",
        ("tapa", "numerointi"): "uudet",
        ("tapa", "toimialat"): "useita",
        ("siirto", "Taul1!C7"): True,
        ("siirto", "D182"): True,
        ("lukutapa", ""): "pois",
    }
    assert {laji for laji, _paikka in told} <= set(Laji.values)


@pytest.mark.parametrize(
    ("option", "text", "sentence"),
    [
        ("--sarake", "Toimenpide", "”Toimenpide” ei ole muotoa OTSIKKO=ROOLI tai KIRJAIN=ROOLI."),
        ("--sarake", "=toimenpide", "”=toimenpide” ei ole muotoa OTSIKKO=ROOLI tai KIRJAIN=ROOLI."),
        ("--sarake", "E=", "”E=” ei ole muotoa OTSIKKO=ROOLI tai KIRJAIN=ROOLI."),
        ("--sarake", "E=teko", "”teko” ei ole rooli. Roolit: painopiste, tavoite,"),
        ("--sarake", f"{'o' * 1001}=oma", "otsikko on liian pitkä: 1001 merkkiä, enintään 1000."),
        ("--otsikkorivi", "-1", "”-1” ei ole rivin numero (0, jos otsikoita ei ole)."),
        ("--otsikkorivi", "kolme", "”kolme” ei ole rivin numero"),
        ("--otsikkorivi", "1048577", "”1048577” ei ole rivin numero"),
        ("--sana", "Kesken", "”Kesken” ei ole muotoa SANA=1-5 tai SANA=ei."),
        ("--sana", "Kesken=6", "”6” ei ole toteutumisaste 1–5 eikä ”ei”."),
        ("--sana", "...=3", "”...” ei ole sana, joka taulukossa voisi olla."),
        ("--asteikko", "1=5;2=3", "”1=5;2=3” ei ole muotoa 1=5,2=3,3=1."),
        ("--asteikko", "1=9", "”1=9” ei ole muotoa 1=5,2=3,3=1."),
        ("--asteikko", "1=5,01=3", "numerolla 1 on kaksi merkitystä. Anna kukin numero kerran."),
        ("--vuosi", "25", "”25” ei ole vuosi väliltä 1990–2100."),
        ("--vuosi", "²025", "”²025” ei ole vuosi väliltä 1990–2100."),
        ("--siirra", "Taul1!C", "”Taul1!C” ei ole solu, esimerkiksi Taul1!C7 tai C7."),
        ("--siirra", "c07", "”c07” ei ole solu"),
        ("--prosentit", "pyorista", "invalid choice: 'pyorista' (choose from"),
        ("--toimialat", "kaikki", "invalid choice: 'kaikki' (choose from"),
    ],
)
def test_nonsense_is_told_at_its_option_before_anything_is_read(option, text, sentence, tmp_path, db):
    with pytest.raises(CommandError) as refused:
        call_command("tuo", str(tmp_path / "ei-ole.xlsx"), "--kunta", "Kirkkoranta", f"{option}={text}")
    assert sentence in str(refused.value).replace(' " ', " ")
    assert option in str(refused.value)


def test_a_sheet_that_the_file_has_not_is_told_with_those_that_it_has(tmp_path, db):
    path = tmp_path / "s.xlsx"
    path.write_bytes(xlsx(UUSI))
    with pytest.raises(CommandError) as refused:
        call_command("tuo", str(path), "--kunta", "Kirkkoranta", "--valilehti", "Seuranta 2024")
    assert str(refused.value) == "Välilehteä ”Seuranta 2024” ei ole tiedostossa. Sen välilehdet: ”Sheet”."
    assert refused.value.returncode == 2
