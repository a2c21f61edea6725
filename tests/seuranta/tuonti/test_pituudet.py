"""Texts of a municipality's table beside what is stored: too long together, or too long to name the strategia."""

import json
from io import StringIO

from django.core.management import call_command

from seuranta.models import KOMMENTIN_PITUUS, Kirjaus
from strategia.models import NIMEN_PITUUS, Kunta, Strategia

from .tuontisivut import UUSI, VANHA, paata, sivu, tallenna, xlsx

OTSIKOT = ["Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Sisäinen huomio"]


def tuo(path, *options, kunta="Kirkkoranta"):
    """`tuo --json` -> (its exit status, its object)."""
    out = StringIO()
    try:
        call_command("tuo", str(path), "--kunta", kunta, "--json", *options, stdout=out)
    except SystemExit as stop:
        return stop.code, json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_a_remark_too_long_with_the_stored_one_waits_at_its_cell(cast, aino, laheta):
    toimenpide = cast.toimenpiteet[4]
    values = {"kunta": cast.kunta, "jakso": cast.jakso, "toimenpide": toimenpide, "versio": 1}
    Kirjaus.objects.create(**values, sisainen_huomio="v" * (KOMMENTIN_PITUUS - 5))
    tuonti = laheta(content=xlsx([*VANHA[:4], 3, "Uusi huomio"], otsikot=OTSIKOT))
    page = sivu(aino, tuonti)
    assert f"yhteensä {KOMMENTIN_PITUUS + 7} merkkiä, enintään {KOMMENTIN_PITUUS}. Lyhennä sitä." in page
    assert "Mitään ei tallennettu" in tallenna(aino, tuonti)
    paata(aino, tuonti, **{"solu|Sheet!F2": "Uusi"})
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=toimenpide)
    assert (len(kirjaus.sisainen_huomio), kirjaus.toteutumisaste) == (KOMMENTIN_PITUUS, 3)
    assert kirjaus.sisainen_huomio.endswith("v\nUusi")
    kirjaus.full_clean()


def test_a_faulty_score_too_long_to_be_kept_is_left_out_with_the_faulty_values(tmp_path, cast):
    path = tmp_path / "seuranta.csv"
    text = "x" * (KOMMENTIN_PITUUS + 1)
    good = "".join(f"Teko {number};Tekninen;3;k\n" for number in range(1, 5))
    path.write_text(f"Toimenpide;Toimiala;Toteutumisaste;Kommentti\n{good}Teko B;Tekninen;{text};k\n")
    code, told = tuo(path, kunta="Uusikunta")
    assert (code, Kunta.objects.filter(nimi="Uusikunta").exists()) == (1, False)
    assert {error["code"] for error in told["errors"] if error["cell"] == "C6"} == {"score_not_number", "too_long"}
    code, _told = tuo(path, "--ohita-virheet", kunta="Uusikunta")
    assert code == 0
    assert Kirjaus.objects.get(toimenpide__nimi="Teko B").sisainen_huomio == ""


def test_a_title_too_long_to_name_the_strategia_names_it_by_its_beginning_and_again_the_same(tmp_path, db):
    path = tmp_path / "seuranta.xlsx"
    path.write_bytes(xlsx(OTSIKOT, UUSI, otsikot=["Meidän oma strategiamme " + "ja sen kaikki painopisteet " * 60]))
    code, told = tuo(path, kunta="Uusikunta")
    assert (code, told["status"]) == (0, "ok")
    strategia = Strategia.objects.get()
    strategia.full_clean(exclude=["loppuvuosi"])
    assert strategia.nimi.endswith("…")
    assert [notice["code"] for notice in told["notices"] if f"enintään {NIMEN_PITUUS}" in notice["fi"]] == [
        "needs_decision"
    ]
    code, told = tuo(path, kunta="Uusikunta")
    assert (code, told["counts"]["new"], told["counts"]["changed"], Strategia.objects.count()) == (0, 0, 0, 1)
