"""The report as data, its figures and its sentences."""

import datetime
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from raportit.muodot import palkki
from raportit.muodot.palstoitus import fit_columns
from raportit.osavuosikatsaus import build, from_json, to_json, yhteenveto
from raportit.osavuosikatsaus.model import Muutos
from strategia import varit
from strategia.models import Painopiste, StrateginenTavoite, Toimenpide

from ..rakenna import KOMMENTTI, KOOTTU, rakenna
from ..saarikko import saarikon_raportti

NBSP = "\u00a0"
ROOLIT = ("toimenpide", "toimiala", "toteutumisaste", "muutos", "kommentti")


def kokoa(asteet, **kwargs):
    return saarikon_raportti(asteet, **kwargs)


def rakennettu(asteet, **kwargs):
    """The same, built in the database."""
    return build(rakenna(asteet, **kwargs), koottu=KOOTTU)


def sivu(raportti):
    return render_to_string("raportit/osavuosikatsaus/raportti.html", {"raportti": raportti})


# --- what is in it
@pytest.mark.django_db
def test_report_holds_the_plan_in_its_order_with_the_jaksos_values():
    raportti = rakennettu([5, 3, "luovuttu", 1, 2], edelliset=[4, 3, 2, 2])
    assert [p.nimi for p in raportti.painopisteet] == ["Painopiste 1: sujuva arki"]
    assert [len(t.rivit) for t in raportti.painopisteet[0].tavoitteet] == [4, 1]
    assert [r.toteutumisaste for r in raportti.rivit] == [5, 3, None, 1, 2]
    assert [r.syy for r in raportti.rivit] == ["", "", "luovuttu", "", ""]
    assert [r.muutos for r in raportti.rivit] == ["nousi", "ennallaan", "ei_arviota", "laski", "uusi"]
    assert raportti.rivit[0].kommentti == KOMMENTTI
    assert raportti.tilanne == datetime.date(2026, 8, 30)
    assert raportti.otsikko == "Strategian seuranta"
    assert raportti.edellinen.nimi == "Osavuosikatsaus I 2026"


@pytest.mark.django_db
def test_toimenpide_without_kirjaus_is_there_unanswered():
    raportti = rakennettu([4, None])
    assert (raportti.rivit[1].toteutumisaste, raportti.rivit[1].syy) == (None, "ei_vastattu")


@pytest.mark.django_db
def test_of_the_unanswered_only_those_in_force_are_in_it():
    jakso = rakenna([None, None, 4, 4])
    ended, later, kept, answered = Toimenpide.objects.order_by("jarjestys")
    Toimenpide.objects.filter(pk=answered.pk).update(voimassa_alkaen=datetime.date(2026, 9, 1))
    Toimenpide.objects.filter(pk=ended.pk).update(voimassa_asti=datetime.date(2026, 4, 30))
    Toimenpide.objects.filter(pk=later.pk).update(voimassa_alkaen=datetime.date(2026, 9, 1))
    assert [r.id for r in build(jakso, koottu=KOOTTU).rivit] == [kept.pk, answered.pk]


@pytest.mark.django_db
def test_ended_are_only_those_that_had_ended_and_the_others_of_the_previous_jakso_are_told_apart():
    """A row "2027–2028" scored in the first jakso was told to the council as one that is in force no more."""
    jakso = rakenna([None, None, 4], edelliset=[3, 2, 4])
    ended, later, kept = Toimenpide.objects.order_by("jarjestys")
    Toimenpide.objects.filter(pk=ended.pk).update(voimassa_asti=datetime.date(2026, 4, 30))
    Toimenpide.objects.filter(pk=later.pk).update(voimassa_alkaen=datetime.date(2027, 1, 1))
    raportti = build(jakso, koottu=KOOTTU, versio=1)
    assert [rivi.id for rivi in raportti.rivit] == [kept.pk]
    assert [(rivi.id, rivi.edellinen) for rivi in raportti.paattyneet] == [(ended.pk, 3)]
    assert [(rivi.id, rivi.edellinen) for rivi in raportti.eivat_mukana] == [(later.pk, 2)]
    assert from_json(to_json(raportti)) == raportti
    page = sivu(raportti)
    gone, out = page.index("Päättyneet toimenpiteet"), page.index("Ei mukana tällä jaksolla")
    assert gone < page.index(ended.nimi, gone) < out < page.index(later.nimi, out)
    assert "päättynyt\xa01, ei mukana\xa01" in yhteenveto.moves(raportti)


@pytest.mark.django_db
def test_a_version_frozen_before_there_were_others_has_none():
    data = json.loads(to_json(rakennettu([4])))
    del data["eivat_mukana"]
    assert from_json(json.dumps(data)).eivat_mukana == ()


@pytest.mark.django_db
def test_a_jakso_without_known_days_proves_nothing():
    jakso = rakenna([None, 4], edelliset=[3, 4])
    Toimenpide.objects.update(voimassa_alkaen=datetime.date(2024, 1, 1), voimassa_asti=datetime.date(2025, 12, 31))
    jakso.alkaa = jakso.paattyy = None
    jakso.save()
    raportti = build(jakso, koottu=KOOTTU)
    assert (len(raportti.rivit), raportti.paattyneet, raportti.eivat_mukana) == (2, (), ())


@pytest.mark.django_db
def test_sisainen_huomio_is_nowhere():
    raportti = rakennettu([5, "luovuttu"], edelliset=[4, 4])
    assert "Veikko" not in to_json(raportti)
    assert "Veikko" not in sivu(raportti)


@pytest.mark.django_db
def test_json_comes_back_equal_and_equal_reports_are_equal_texts():
    jakso = rakenna([5, 3, "luovuttu"], edelliset=[4, None, 2])
    raportti = build(jakso, koottu=KOOTTU, versio=1)
    assert from_json(to_json(raportti)) == raportti
    assert to_json(build(jakso, koottu=KOOTTU, versio=1)) == to_json(raportti)
    data = json.loads(to_json(raportti))
    assert list(data) == sorted(data)
    assert "Työ on käynnissä" in to_json(raportti), "ääkköset ovat luettavia"


@pytest.mark.django_db
def test_report_from_json_asks_nothing_of_the_database(django_assert_num_queries):
    text = to_json(rakennettu([5, 3, "luovuttu"], edelliset=[4, None, 2]))
    with django_assert_num_queries(0):
        sivu(from_json(text))


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [25, 250])
def test_query_count_does_not_depend_on_rows(rows, django_assert_num_queries):
    jakso = rakenna([3] * rows, edelliset=[2] * rows)
    jakso.refresh_from_db()
    with django_assert_num_queries(15):  # four of them ask whether anything hangs on the rows
        assert len(build(jakso, koottu=KOOTTU).rivit) == rows


@pytest.mark.django_db
def test_painopisteet_of_the_same_order_do_not_break_each_other():
    jakso = rakenna([3] * 24)
    Painopiste.objects.update(jarjestys=1)
    StrateginenTavoite.objects.update(jarjestys=1)
    raportti = build(jakso, koottu=KOOTTU)
    assert [len(p.rivit) for p in raportti.painopisteet] == [12, 12]


# --- columns
@pytest.mark.django_db
def test_columns_follow_the_kuntas_own_sheet_and_the_used_ones_join_in():
    own = [
        {"rooli": "painopiste", "otsikko": "Kärki"},
        {"rooli": "toimenpide", "otsikko": "Teko"},
        {"rooli": "mittari", "otsikko": "Mittarin tavoitetaso"},
        {"rooli": "toteutumisaste", "otsikko": "kesä"},
        {"rooli": "toteutumisaste", "otsikko": "syksy"},
        {"rooli": "kommentti", "otsikko": "osavuosikatsaus II"},
        {"rooli": "tuntematon", "otsikko": "Muu"},
    ]
    raportti = rakennettu([4], sarakkeet=own, sanasto={"kommentti": "Julkaistava teksti"})
    assert [(s.rooli, s.otsikko) for s in raportti.sarakkeet] == [
        ("painopiste", "Kärki"),
        ("tavoite", "Strateginen tavoite"),
        ("toimenpide", "Teko"),
        ("toimiala", "Toimiala"),
        ("mittari", "Mittarin tavoitetaso"),
        ("toteutumisaste", "Toteutumisaste"),
        ("kommentti", "Julkaistava teksti"),
    ]
    assert [s.rooli for s in raportti.taulukon_sarakkeet] == ["toimenpide", "toimiala", "toteutumisaste", "kommentti"]


@pytest.mark.django_db
def test_toimialan_tavoite_groups_the_rows_and_the_ungrouped_come_first():
    jakso = rakenna([4, 4, 4])
    first, _second, third = Toimenpide.objects.order_by("jarjestys")
    Toimenpide.objects.filter(pk__in=[first.pk, third.pk]).update(toimialan_tavoite="Kehitämme esimiestyötä")
    [tavoite] = build(jakso, koottu=KOOTTU).painopisteet[0].tavoitteet
    assert [(nimi, len(rivit)) for nimi, rivit in tavoite.ryhmat] == [("", 1), ("Kehitämme esimiestyötä", 2)]


def test_nameless_tavoite_gets_no_heading_and_code_is_shown_only_where_there_is_one():
    html = sivu(kokoa([4], tavoitteet=""))
    painopiste = html.split('class="osa painopiste"')[1].split('id="lukuohje"')[0]
    assert "<h3" not in painopiste
    assert "koodi" not in painopiste
    coded = kokoa([4], tavoitteet="", rivit={"koodi": "01.02.03"})
    assert '<span class="koodi">01.02.03</span> Toimenpide 1' in sivu(coded)


# --- figures


def test_every_row_is_counted_once():
    asteet = [5, 5, 4, 3, 2, 1, "luovuttu", "ei_arvioida", None, 5]
    raportti = kokoa(asteet, edelliset=[5, 4, 5, 3, None, 2, 3, None, None, "luovuttu"])
    assert raportti.jakauma.kpl == {5: 3, 4: 1, 3: 1, 2: 1, 1: 1, None: 3}
    assert raportti.muutokset == {"nousi": 1, "laski": 2, "ennallaan": 2, "uusi": 2, "ei_arviota": 3}
    assert sum(raportti.muutokset.values()) == len(raportti.rivit) == 10
    assert raportti.syyt == {"ei_vastattu": 1, "ei_arvioida": 1, "luovuttu": 1}
    assert sum(j.yhteensa for j in raportti.painopisteittain) == 10
    assert [j.yhteensa for j in raportti.toimialoittain] == [5, 5]


def test_rows_without_a_toimiala_are_counted_too():
    without = {"toimiala": ""}
    raportti = kokoa([5, 4, 3, 2], rivit=[without, without])
    assert [(j.nimi[:8], j.yhteensa) for j in raportti.toimialoittain] == [("Hallinto", 1), ("Asumis-,", 1), ("", 2)]
    assert "Ilman toimialaa" in sivu(raportti)
    raportti = kokoa([5, 4, 3, 2], rivit=without)
    assert raportti.toimialoittain == []
    assert "toimialoittain" not in sivu(raportti)


def test_moves_come_steepest_first():
    raportti = kokoa([1, 3, 5, 4, 3], edelliset=[5, 4, 2, 2, 2])
    assert [r.askel for r in raportti.laskeneet] == [-4, -1]
    assert [r.askel for r in raportti.isoimmat_nousut] == [3, 2]


# --- sentences


def test_summary_with_confirmed_labels():
    virkkeet = yhteenveto.lead(kokoa([5] * 6 + [4, 4] + [1] * 3 + ["luovuttu"]))
    assert [v.replace(NBSP, " ") for v in virkkeet] == [
        "Raportissa on 12 toimenpidettä.",
        "Toteutunut 6 (50 %), lähes valmis 2 (17 %), ei aloitettu 3 (25 %).",
        "Arviotta: 1 (8 %).",
        "Prosentit on laskettu kaikista 12 toimenpiteestä.",
    ]


def test_summary_with_bare_numbers_invents_no_labels():
    raportti = kokoa([5, 5, 4, 1], nimet=False)
    assert yhteenveto.lead(raportti)[1].replace(NBSP, " ") == (
        "Toteutumisaste 5: 2 kpl (50 %), 4: 1 kpl (25 %), 1: 1 kpl (25 %)."
    )
    html = sivu(raportti)
    assert not any(nimi in html for nimi in ("Toteutunut", "Lähes valmis", "Ei aloitettu"))


def test_summary_of_one_row_has_no_percentages():
    assert [v.replace(NBSP, " ") for v in yhteenveto.lead(kokoa([4]))] == [
        "Raportissa on yksi toimenpide.",
        "Lähes valmis 1.",
    ]


def test_summary_when_nothing_is_assessed_or_there_is_nothing():
    assert yhteenveto.lead(kokoa([None, None])) == [
        "Raportissa on 2 toimenpidettä.",
        "Toteutumisastetta ei ole arvioitu.",
        "Kommentteja ei ole.",
    ]
    tyhja = kokoa([])
    assert yhteenveto.lead(tyhja) == ["Strategiassa ei ole yhtään toimenpidettä, joka olisi voimassa tällä jaksolla."]
    assert "<h2>" in sivu(tyhja) or "<h2 " in sivu(tyhja)


@pytest.mark.parametrize(
    ("n", "base", "expected"),
    [(1, 1, "100 %"), (1, 3, "33 %"), (1, 8, "13 %"), (187, 188, "99 %"), (1, 300, "alle 1 prosentti"), (0, 5, "0 %")],
)
def test_percentage_never_rounds_to_none_or_all(n, base, expected):
    assert yhteenveto.percent_of(n, base).replace(NBSP, " ") == expected


def test_moves_and_reasons_in_words():
    raportti = kokoa([5, 3, 1, 2, "luovuttu", "alkaa_myohemmin", "luovuttu"], edelliset=[4, 3, 2])
    assert yhteenveto.moves(raportti).replace(NBSP, " ") == (
        "Muutos edellisestä jaksosta (Osavuosikatsaus I 2026): nousi 1, laski 1, ennallaan 1, uusi 1, ei arviota 3."
    )
    told = "3 toimenpiteellä ei ole arviota. Syyt: alkaa myöhemmin 1, luovuttu 2."
    assert yhteenveto.reasons(raportti).replace(NBSP, " ") == told


def test_list_of_what_was_not_assessed_has_no_empty_column():
    html = sivu(kokoa([5, "luovuttu"])).split('id="arviotta"')[1].split("</section>")[0]
    assert '<th scope="col">Syy</th>' in html and '<th scope="col">Kommentti</th>' not in html


def test_an_unanswered_row_stands_once_and_one_with_a_reason_is_told_with_it():
    raportti = kokoa([5, None, "luovuttu", None])
    page = sivu(raportti)
    for number in (1, 3):
        assert page.count(raportti.rivit[number].toimenpide) == 1
    listed = page.split('id="arviotta"')[1].split("</section>")[0]
    assert "3 toimenpiteellä ei ole arviota." in listed
    assert raportti.rivit[2].toimenpide in listed
    assert "Muut arviotta jääneet ovat edellä omissa taulukoissaan." in listed
    alone = sivu(kokoa([5, None])).split('id="arviotta"')[1].split("</section>")[0]
    assert "<table" not in alone and "Ne ovat edellä omissa taulukoissaan." in alone
    assert "omissa taulukoissaan" not in sivu(kokoa([5, "luovuttu"]))


def test_of_the_rows_not_sent_it_is_told_where_they_are():
    """Beside one with a reason of its own, a row that was not sent is none of the unanswered ones."""
    listed = sivu(kokoa([5, "ei_lahetetty", "luovuttu"])).split('id="arviotta"')[1].split("</section>")[0]
    assert "Syyt: luovuttu 1, ei lähetetty 1." in listed.replace(NBSP, " ")
    assert "Muut arviotta jääneet ovat edellä omissa taulukoissaan." in listed
    assert "Vastaamatta jääneet" not in listed


@pytest.mark.django_db
def test_the_report_counts_its_own_rows_and_not_the_strategias():
    """One that has ended is in the strategia still: "Strategiassa on" would be untrue of the others."""
    jakso = rakenna([3, 4, None], edelliset=[3, 4, 5])
    Toimenpide.objects.filter(nimi__startswith="Toimenpide 3").update(voimassa_asti=datetime.date(2026, 4, 30))
    raportti = build(jakso, koottu=KOOTTU)
    assert (len(raportti.rivit), len(raportti.paattyneet)) == (2, 1)
    assert yhteenveto.lead(raportti)[0] == "Raportissa on 2 toimenpidettä."


def test_one_reason_is_told_without_a_number():
    assert yhteenveto.reasons(kokoa([5, "luovuttu"])) == "Yhdellä toimenpiteellä ei ole arviota. Syy: luovuttu."


def test_labels_of_the_kunta_are_told_apart_and_begin_a_sentence_with_a_capital():
    raportti = kokoa([5, 3])
    nimet = {"5": "valmis", "3": "aloitettu, ei vielä valmis"}
    raportti = replace(raportti, strategia=replace(raportti.strategia, asteikko=nimet))
    assert yhteenveto.lead(raportti)[1].replace(NBSP, " ") == "Valmis 1 (50 %); aloitettu, ei vielä valmis 1 (50 %)."
    assert yhteenveto.bar_title(raportti.strategia, raportti.jakauma).replace(NBSP, " ") == (
        "valmis 1; aloitettu, ei vielä valmis 1"
    )


def test_a_number_is_never_parted_from_what_it_counts():
    assert f"Toteutumisaste 5:{NBSP}2{NBSP}kpl{NBSP}(67{NBSP}%), 1:{NBSP}1{NBSP}kpl" in " ".join(
        yhteenveto.lead(kokoa([5, 5, 1], nimet=False))
    )


def test_thousands_are_parted_by_a_space_that_does_not_break():
    raportti = kokoa([5])
    tavoite = replace(raportti.painopisteet[0].tavoitteet[0], rivit=raportti.rivit * 1234)
    raportti = replace(raportti, painopisteet=(replace(raportti.painopisteet[0], tavoitteet=(tavoite,)),))
    assert yhteenveto.lead(raportti)[0] == f"Raportissa on 1{NBSP}234 toimenpidettä."
    assert f"<b>1{NBSP}234</b>" in render_to_string("raportit/osavuosikatsaus/yhteenveto.html", {"raportti": raportti})


def test_distribution_is_called_by_the_kuntas_own_word():
    raportti = kokoa([5])
    assert "Toteutuminen painopisteittäin" in sivu(raportti)
    own = replace(raportti.strategia, sanasto={**raportti.strategia.sanasto, "painopiste": "Strategiakärki"})
    assert "Toteutuminen: Strategiakärki" in sivu(replace(raportti, strategia=own))


def test_labels_keep_their_own_capitals_inside_a_sentence():
    assert yhteenveto.mid_sentence("Ei aloitettu") == "ei aloitettu"
    assert yhteenveto.mid_sentence("KESKEN") == "KESKEN"
    assert yhteenveto.mid_sentence("Odottaa ELY-keskusta") == "Odottaa ELY-keskusta"


# --- the page


def test_without_previous_jakso_there_are_no_moves():
    html = sivu(kokoa([5, 4]))
    assert "Poikkeamat" not in html
    assert '<th scope="col">Muutos</th>' not in html


def test_moves_are_told_with_both_scores():
    html = sivu(kokoa([5, 1], edelliset=[3, 2]))
    assert "▲ nousi\n3 → 5" in html
    assert "▼ laski\n2 → 1" in html


def test_traffic_lights_have_colour_shape_and_word():
    html = sivu(kokoa([5, 4, 3, 1], nimet=False, esitys="liikennevalo"))
    cells = [part.split("</td>")[0] for part in html.split('<td class="aste" data-label="Toteutumisaste">')[1:]]
    assert "<circle" in cells[0] and cells[0].endswith("</svg> Vihreä")
    assert cells[1].endswith("</svg> Vihreä (4)")
    assert "<path" in cells[2] and cells[2].endswith("</svg> Keltainen")
    assert "<rect" in cells[3] and cells[3].endswith("</svg> Punainen")


def test_scale_of_three_lights_has_three():
    raportti = kokoa([5, 3, 1], nimet=False, esitys="liikennevalo")
    three = replace(raportti.strategia, asteikko={"5": "kyllä", "3": "osittain", "1": "ei"})
    assert replace(raportti, strategia=three).asteikon_asteet == (5, 3, 1)
    assert "Vihreä (4)" not in sivu(replace(raportti, strategia=three))
    fourth = replace(raportti.painopisteet[0].tavoitteet[0].rivit[0], toteutumisaste=4)
    tavoite = replace(raportti.painopisteet[0].tavoitteet[0], rivit=(fourth,))
    painopisteet = (replace(raportti.painopisteet[0], tavoitteet=(tavoite,)),)
    assert replace(raportti, strategia=three, painopisteet=painopisteet).asteikon_asteet == (5, 4, 3, 1)


def test_where_nothing_is_scored_the_summary_counts_what_has_been_told_in_words():
    told = {"kommentti": KOMMENTTI}
    raportti = kokoa(["ei_arvioida", "ei_arvioida", "luovuttu"], esitys="ei", rivit=[told, told])
    told = [v.replace(NBSP, " ") for v in yhteenveto.lead(raportti)]
    assert told[1:] == ["Toteutuminen on kerrottu sanoin 2 toimenpiteestä (67 %)."]
    assert '<td class="luku" data-label="Kommentoitu">2</td>' in sivu(raportti)


def test_short_painopisteet_share_a_page_and_long_ones_do_not():
    short = kokoa([5])
    assert short.on_lyhyt and "jatkuu" not in sivu(short)
    pair = replace(short, painopisteet=(*short.painopisteet, replace(short.painopisteet[0], id=99)))
    assert sivu(pair).count("painopiste jatkuu") == 1
    assert not replace(pair, painopisteet=kokoa_pitka(pair)).on_lyhyt


def kokoa_pitka(raportti):
    painopiste = raportti.painopisteet[0]
    tavoite = replace(painopiste.tavoitteet[0], rivit=painopiste.tavoitteet[0].rivit * 4)
    return tuple(replace(each, tavoitteet=(tavoite,)) for each in raportti.painopisteet)


def test_words_only_and_no_scores_at_all():
    words = sivu(kokoa([5], esitys="sanat"))
    assert '<td class="aste" data-label="Toteutumisaste">Toteutunut</td>' in words
    html = sivu(kokoa([5], esitys="ei"))
    assert "<svg" not in html
    assert "Toteutumisaste" not in html
    assert KOMMENTTI in html


def test_page_has_no_inline_styles_scripts_or_unescaped_text():
    payload = "<script>alert(1)</script><img src=https://paha.example/x onerror=alert(2)>"
    rivi = {"toimenpide": payload, "kommentti": payload}
    html = sivu(kokoa([5, 2], edelliset=[4, 4], rivit=rivi, painopisteet=payload))
    assert "style=" not in html and "<script" not in html and "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


# --- pictures


def test_bar_is_as_wide_as_asked_and_narrow_segments_show_no_number():
    palat = palkki.stack({5: 40, 4: 0, 3: 100, 2: 1, 1: 1, None: 0}, 200)
    assert [(p.aste, p.kpl, p.mahtuu) for p in palat] == [(5, 40, True), (3, 100, True), (2, 1, False), (1, 1, False)]
    assert sum(p.leveys for p in palat) == pytest.approx(200, abs=0.3)


@pytest.mark.parametrize("vari", ["", "#ffe000", "#00357a", "#ffffff"])
def test_kuntas_colour_can_always_be_read(vari):
    assert varit.contrast(varit.accent(vari), varit.VALKOINEN) >= 4.5
    if vari:
        assert varit.contrast(vari, varit.text_on(vari)) >= 4.5


def test_columns_keep_their_words_whole_and_fill_the_page():
    nimi = {"toimenpide": "Edistämme yhteismusisointimahdollisuuksia"}
    raportti = kokoa([5, 4], edelliset=[4, 4], rivit=nimi)
    leveydet = {s.rooli: s.leveys for s in fit_columns(raportti, ROOLIT).palstat}
    assert sum(leveydet.values()) == 100
    assert leveydet["toimenpide"] >= 30, "31 kirjainta mahtuu riville"
    assert leveydet["toimiala"] >= 16, "konsernipalvelut mahtuu riville"


def test_one_painopiste_in_one_sentence():
    labelled = kokoa([5, 5, 1])
    assert yhteenveto.count_line(labelled.strategia, labelled.jakauma, show_scores=True).replace(NBSP, " ") == (
        "3 toimenpidettä: toteutunut 2, ei aloitettu 1."
    )
    bare = replace(labelled, strategia=replace(labelled.strategia, asteikko={}))
    assert yhteenveto.count_line(bare.strategia, bare.jakauma, show_scores=True).replace(NBSP, " ") == (
        "3 toimenpidettä. Toteutumisaste 5: 2 kpl, 1: 1 kpl."
    )


def test_key_figures_name_one_and_many():
    assert yhteenveto.key_figures(kokoa([5])) == [
        (1, "toimenpide"),
        (1, "toteutunut"),
        (0, "ei aloitettu"),
        (0, "ei arviota"),
    ]


def test_key_figures_tell_the_moves_where_there_is_a_previous_jakso():
    assert yhteenveto.key_figures(kokoa([5, 1, 3], edelliset=[4, 2, 1], nimet=False)) == [
        (1, "toteutumisaste 5"),
        (2, "nousi edellisestä"),
        (1, "laski edellisestä"),
        (1, "toteutumisaste 1"),
    ]


@pytest.mark.django_db
def test_a_mean_is_told_only_where_it_is_chosen_and_of_numbers():
    told = "Keskiarvo: 3,8 (arvioituja 4)."
    chosen = rakennettu([5, 4, 4, 2, "luovuttu"], nayta_keskiarvo=True)
    assert told in yhteenveto.lead(chosen)
    assert yhteenveto.count_line(chosen.strategia, chosen.jakauma, show_scores=True).endswith(told)
    assert from_json(to_json(chosen)) == chosen
    assert sivu(chosen).count("Keskiarvo") == 2, "yhteenvedossa ja ainoan painopisteen kohdalla"
    unchosen, in_words = (
        replace(chosen, strategia=replace(chosen.strategia, **other))
        for other in ({"nayta_keskiarvo": False}, {"esitys": "sanat"})
    )
    assert "nayta_keskiarvo" not in to_json(unchosen), "ennen valintaa jäädytetyt tavut pysyvät samoina"
    assert "Keskiarvo" not in sivu(unchosen) + sivu(in_words)


@pytest.mark.parametrize(("asteet", "mean"), [([1, 2], "1.5"), ([4, 4, 4, 5], "4.3"), ([5], "5"), ([None], None)])
def test_the_mean_rounds_half_up_to_one_decimal(asteet, mean):
    assert kokoa(asteet).jakauma.keskiarvo == (mean and Decimal(mean))


def test_a_change_of_a_few_words_is_told_in_one_line_and_a_long_or_hidden_one_is_not():
    assert Muutos("Silta", "Tila", "Kesken", "Valmis").lyhyesti == "Kesken → Valmis"
    assert Muutos("Silta", "Kommentti", "Työ " * 10, "Valmis").lyhyesti == ""
    assert Muutos("Silta", "Tila", "", "Valmis").lyhyesti == ""
    assert Muutos("Silta", "Tila", "Kesken", "Valmis", piilossa=True).lyhyesti == ""
