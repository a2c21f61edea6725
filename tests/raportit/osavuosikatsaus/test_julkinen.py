"""The public form: what is hidden is in no format of it, and a correction tells nothing that it took away."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest

from raportit.muodot import MUODOT, render_report
from raportit.osavuosikatsaus import Korjaus, find_in_report, from_json, make_public, to_json
from raportit.osavuosikatsaus.julkinen import PIILOTETTAVAT
from raportit.osavuosikatsaus.model import Sarake

from ..saarikko import saarikon_raportti

PUHELIN = "soita 040 123 4567"
MERKIT = {"vastuu": "Vastaava Vanamo", "riski": "Riski Rusakko", "mittari": "Mittari Minkki"}
LISAT = {"ennuste": "Ennuste Ermine", "poikkeaman_syy": "Syy Supikoira", "korjaavat_toimet": "Toimi Tiira"}
TEKSTIMUODOT = ("html", "csv", "json", "xlsx", "docx")


def raportti(*piilossa, **kwargs):
    """A version of three rows with a token in each field; these roles are hidden."""
    rivit = kwargs.pop("rivit", MERKIT | LISAT)
    sarakkeet = [{"rooli": rooli, "otsikko": rooli.capitalize()} for rooli in ("toimenpide", *MERKIT, *LISAT)]
    sarakkeet = [{**each, "piilossa": True} if each["rooli"] in piilossa else each for each in sarakkeet]
    return saarikon_raportti([5, 3, 1], rivit=rivit, sarakkeet=sarakkeet, versio=1, **kwargs)


def text_of(content, muoto):
    """What a reader finds in the bytes, whatever they are packed in."""
    if muoto == "xlsx":
        rows = [row for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.values]
        return "\n".join(str(value) for row in rows for value in row if value is not None)
    if muoto == "docx":
        import docx

        body = docx.Document(io.BytesIO(content)).element.body
        return "\n".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))
    return content.decode("utf-8-sig")


@pytest.mark.parametrize("muoto", TEKSTIMUODOT)
@pytest.mark.parametrize("rooli", [*MERKIT, *LISAT])
def test_what_is_hidden_is_in_no_public_format_and_in_every_inner_one(rooli, muoto):
    inner, merkki = raportti(rooli), (MERKIT | LISAT)[rooli]
    if muoto in ("csv", "json"):
        assert merkki in text_of(render_report(inner, muoto), muoto)
    assert merkki not in text_of(render_report(make_public(inner), muoto), muoto)
    shown = make_public(raportti())
    if muoto != "docx" and muoto != "html":
        assert merkki in text_of(render_report(shown, muoto), muoto), "where it is not hidden it is told"


def test_csv_leaves_the_column_out_and_json_keeps_the_key_empty():
    shown = make_public(raportti("vastuu"))
    headings = next(csv.reader(io.StringIO(text_of(render_report(shown, "csv"), "csv")), delimiter=";"))
    assert "Vastuu" not in headings
    assert "Riski" in headings
    data = json.loads(render_report(shown, "json"))
    assert data["piilotetut"] == ["vastuu"]
    assert {rivi["vastuu"] for p in data["painopisteet"] for t in p["tavoitteet"] for rivi in t["rivit"]} == {""}


def test_scores_and_comments_can_be_hidden_too():
    own = raportti()
    hidden = replace(own, piilotetut=("toteutumisaste", "kommentti"))
    shown = make_public(hidden)
    assert [(r.toteutumisaste, r.kommentti, r.syy) for r in shown.rivit] == [(None, "", "")] * 3
    assert not shown.nayttaa_asteet
    for muoto in MUODOT:
        if muoto != "pdf":
            render_report(shown, muoto)


def test_a_report_frozen_before_it_told_what_is_hidden_tells_it_by_its_columns():
    old = replace(raportti("riski", "ennuste"), piilotetut=(), muotoversio=1)
    assert make_public(old).piilotetut == ("riski", "ennuste")


def test_nothing_is_hidden_of_what_was_chosen_to_be_shown():
    assert make_public(raportti()).piilotetut == ()
    assert set(PIILOTETTAVAT) >= set(MERKIT | LISAT)


# --- corrections
def versiot(**uusi):
    """Version 1 and version 2, in which the first row's comment is another."""
    first = raportti(rivit=[{"kommentti": f"Vanha teksti, {PUHELIN}."}, {}, {}])
    second = raportti(rivit=[{"kommentti": "Uusi teksti.", **uusi}, {}, {}])
    return first, replace(second, versio=2, korjaus=Korjaus(1, "Numero poistettu.", ()))


def test_without_an_earlier_public_version_there_is_no_list():
    _first, second = versiot()
    assert make_public(second).korjaus is None


def test_an_old_text_with_personal_data_is_never_told():
    first, second = versiot()
    (muutos,) = make_public(second, aiempi=first).korjaus.muutokset
    assert (muutos.ennen, muutos.piilossa, muutos.nyt) == ("", True, "Uusi teksti.")
    assert muutos.tieto == "Kommentti"
    page = render_report(make_public(second, aiempi=first), "html").decode()
    assert "Vanhaa tekstiä ei näytetä." in page
    assert "040" not in page


def test_an_old_text_is_told_unless_the_koordinaattori_hides_it():
    first, second = versiot()
    first = replace(raportti(rivit=[{"kommentti": "Vanha."}, {}, {}]))
    told = make_public(second, aiempi=first).korjaus
    assert [(m.ennen, m.nyt) for m in told.muutokset] == [("Vanha.", "Uusi teksti.")]
    assert told.syy == "Numero poistettu."
    hidden = make_public(second, aiempi=first, nayta_vanhat=False).korjaus
    assert [(m.ennen, m.piilossa) for m in hidden.muutokset] == [("", True)]
    assert hidden.syy == ""


def test_a_reason_with_personal_data_is_not_told():
    first, second = versiot()
    second = replace(second, korjaus=Korjaus(1, f"Poistettiin {PUHELIN}", ()))
    assert make_public(second, aiempi=first).korjaus.syy == ""


def test_a_hidden_column_is_not_told_by_its_correction_either():
    first = raportti(rivit=[{"vastuu": "Entinen Esko"}, {}, {}])
    second = replace(raportti("vastuu", rivit=[{"vastuu": "Uusi Ulla"}, {}, {}]), versio=2)
    shown = make_public(second, aiempi=first)
    assert "Esko" not in to_json(shown)
    assert "Ulla" not in to_json(shown)


def test_a_row_that_was_taken_away_with_personal_data_in_its_name_has_no_name():
    first = raportti(rivit=[{"toimenpide": f"Neuvonta, {PUHELIN}"}, {}, {}])
    second = replace(saarikon_raportti([5, 3, 1]), versio=2)
    rows = second.painopisteet[0].tavoitteet[0]
    cut = replace(second.painopisteet[0], tavoitteet=(replace(rows, rivit=rows.rivit[1:]),))
    shown = make_public(replace(second, painopisteet=(cut,)), aiempi=first)
    assert "Poistettu toimenpide" in [muutos.kohde for muutos in shown.korjaus.muutokset]
    assert "040" not in to_json(shown)


def test_a_row_that_went_to_another_table_has_no_old_name_there():
    """It is in the report still, under a name from which the number has been taken away."""
    first = raportti(rivit=[{"toimenpide": f"Neuvonta, {PUHELIN}"}, {}, {}])
    second = replace(saarikon_raportti([5, 3, 1]), versio=2)
    rows = second.painopisteet[0].tavoitteet[0]
    cut = replace(second.painopisteet[0], tavoitteet=(replace(rows, rivit=rows.rivit[1:]),))
    ended = replace(second, painopisteet=(cut,), paattyneet=(replace(rows.rivit[0], toimenpide="Neuvonta"),))
    shown = make_public(ended, aiempi=first)
    assert "Neuvonta" in [muutos.kohde for muutos in shown.korjaus.muutokset]
    assert "040" not in to_json(shown)


@pytest.mark.parametrize(("otsikko", "nayta_vanhat"), [(f"Kommentti, {PUHELIN}", True), ("Kommentti, Esko", False)])
def test_a_column_that_was_taken_away_has_no_old_heading(otsikko, nayta_vanhat):
    own = raportti()
    extra = Sarake("toimialan_tavoite", otsikko)
    shown = make_public(
        replace(own, versio=2),
        aiempi=replace(own, sarakkeet=(*own.sarakkeet, extra)),
        nayta_vanhat=nayta_vanhat,
    )
    assert "Poistettu sarake" in [muutos.kohde for muutos in shown.korjaus.muutokset]
    assert otsikko not in to_json(shown)


def test_the_public_form_comes_back_from_json_equal():
    first, second = versiot()
    shown = make_public(second, aiempi=first, korvaava=3)
    assert from_json(to_json(shown)) == shown


# --- what the checks look through
@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("Avausteksti", {"avaus": PUHELIN}),
        ("Kokous", {"kokous": PUHELIN}),
        ("Korjauksen syy", {"korjaus": Korjaus(1, PUHELIN, ())}),
    ],
)
def test_personal_data_is_found_wherever_it_stands(where, change):
    found = find_in_report(replace(raportti(), **change))
    assert [(each.tieto, each.laji) for each in found] == [(where, "puhelin")]


@pytest.mark.parametrize("field", ["toimenpide", "vastuu", "kommentti", "toimialan_tavoite", "ennuste", "toimiala"])
def test_personal_data_is_found_in_every_text_of_a_row(field):
    found = find_in_report(raportti(rivit=[{field: PUHELIN}, {}, {}]))
    assert [each.laji for each in found] == ["puhelin"]


def test_a_column_that_was_hidden_stays_hidden_when_another_jakso_brings_it_anew():
    sheet = [{"rooli": "toimenpide", "otsikko": "Teko"}, {"rooli": "vastuu", "otsikko": "Vastuu", "piilossa": True}]
    later = {"rooli": "vastuu", "otsikko": "Vastaa", "jakso": "Osavuosikatsaus II 2026"}
    own = saarikon_raportti([5, 3], rivit=MERKIT, sarakkeet=[*sheet, later], edelliset=[4, 4], versio=1)
    assert own.jakso.nimi == later["jakso"]
    assert "vastuu" not in {sarake.rooli for sarake in own.sarakkeet}
    assert MERKIT["vastuu"] not in to_json(make_public(own))
