"""A part of a report: what it holds, that it says so, and that the frozen whole stays."""

import json
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from raportit.osavuosikatsaus import Rajaus, rajaa
from raportit.osavuosikatsaus.rajaus import choices
from raportit.raportti.forms import RajausForm
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Seurantajakso
from strategia.models import Painopiste

from ..rakenna import PITKA_NIMI, rakenna
from ..saarikko import saarikon_raportti

ASTEET = [5, 4, 3, 5, "luovuttu", None, 2, 1, 3, 3, 3, 3, 5, 4]
EDELLISET = [4, 4, 3, 5, 3, 3, 3, None, 3, 3, 3, 3, 5, 5]


def kokoa():
    return saarikon_raportti(ASTEET, edelliset=EDELLISET, versio=1)


@pytest.mark.parametrize(
    ("rajaus", "asteet", "sanoin"),
    [
        (Rajaus(toimiala=PITKA_NIMI), [4, 5, None, 1, 3, 3, 4], f"Toimiala: {PITKA_NIMI}"),
        (Rajaus(painopiste="Painopiste 2: sujuva arki"), [5, 4], "Painopiste: Painopiste 2: sujuva arki"),
        (Rajaus(vain="muuttuneet"), [5, 2, 1, 4], "Vain toimenpiteet, joiden toteutumisaste muuttui"),
        (Rajaus(vain="keskeneraiset"), [4, 3, None, 2, 1, 3, 3, 3, 3, 4], "Vain keskeneräiset toimenpiteet"),
        (Rajaus(toimielin="Valtuusto"), [], "Toimielin: Valtuusto"),
    ],
)
def test_a_part_holds_its_rows_and_says_what_it_is(rajaus, asteet, sanoin):
    osa = rajaa(kokoa(), rajaus)
    assert [rivi.toteutumisaste for rivi in osa.rivit] == asteet
    assert osa.rajaus == (sanoin,)
    assert all(tavoite.rivit for p in osa.painopisteet for tavoite in p.tavoitteet)
    page = render_to_string("raportit/osavuosikatsaus/raportti.html", {"raportti": osa})
    assert "Tämä on raportin osa." in page and sanoin in page
    assert ("Tässä osassa on" if asteet else "Tässä osassa ei ole yhtään toimenpidettä.") in page


def test_two_limits_hold_at_once_and_none_gives_the_report_itself():
    raportti = kokoa()
    osa = rajaa(raportti, Rajaus(painopiste="Painopiste 1: sujuva arki", vain="muuttuneet"))
    assert [rivi.toteutumisaste for rivi in osa.rivit] == [5, 2, 1]
    assert len(osa.rajaus) == 2
    assert rajaa(raportti, Rajaus()) is raportti


@pytest.fixture
def versio(cast):
    cast.jakso.finish(by=cast.kaisa)
    return close_jakso(cast.jakso, by=cast.kaisa)


def avaa(user, osoite, **rajaus):
    client = Client()
    client.force_login(user)
    return client.get(osoite, rajaus)


@pytest.mark.parametrize("who", ["ulla"])
def test_a_part_is_shown_to_those_who_see_the_report_only(cast, versio, who):
    assert (
        avaa(getattr(cast, who), reverse("raportit:versio-detail", args=[versio.pk]), vain="keskeneraiset").status_code
        == 404
    )


def test_page_and_downloads_show_the_part_and_the_frozen_whole_stays(cast, versio):
    nimi = Painopiste.objects.filter(strategia=cast.jakso.strategia_id).first().nimi
    page = avaa(cast.liisa, reverse("raportit:versio-detail", args=[versio.pk]), painopiste=nimi).content.decode()
    assert "Tämä on raportin osa." in page
    assert f"raportti.pdf?{urlencode({'painopiste': nimi})}" in page, "the links lead to the same part"
    download = reverse("raportit:versio-lataa", args=[versio.pk, "json"])
    whole = avaa(cast.tarmo, download).content
    part = json.loads(avaa(cast.tarmo, download, painopiste=nimi).content)
    assert [p["nimi"] for p in part["painopisteet"]] == [nimi]
    assert part["rajaus"]
    assert avaa(cast.tarmo, download).content == whole == versio.data.encode()


def test_a_part_that_the_report_has_not_is_told(cast, versio):
    answer = avaa(cast.liisa, reverse("raportit:versio-detail", args=[versio.pk]), painopiste="Kuu")
    assert "Raportissa ei ole osaa, jota pyysit." in answer.content.decode()
    assert (
        avaa(cast.tarmo, reverse("raportit:versio-lataa", args=[versio.pk, "csv"]), painopiste="Kuu").status_code == 404
    )


@pytest.mark.django_db
def test_command_gives_a_part_and_names_what_there_is(tmp_path, capsys):
    jakso = rakenna(ASTEET, edelliset=EDELLISET)
    file = tmp_path / "osa.json"
    names = {"kunta": "Saarikko", "jakso": jakso.nimi, "muoto": "json", "output": file}
    call_command("raportti", **names, vain="muuttuneet")
    part = json.loads(file.read_text())
    assert sum(len(t["rivit"]) for p in part["painopisteet"] for t in p["tavoitteet"]) == 4
    with pytest.raises(SystemExit):
        call_command("raportti", **names, toimiala="Avaruus")
    assert f"Mahdolliset arvot: Hallinto- ja konsernipalvelut, {PITKA_NIMI}." in capsys.readouterr().err
    assert Seurantajakso.objects.get(pk=jakso.pk).tila == "avoinna"


def test_a_part_by_sitovuus_is_offered_where_the_report_tells_it():
    raportti = kokoa()
    assert choices(raportti, every=True)["sitovuus"] == ()
    (first, *others), *rest = (painopiste.tavoitteet for painopiste in raportti.painopisteet)
    rivit = (replace(first.rivit[0], sitovuus="valtuusto"), replace(first.rivit[1], sitovuus="muu"), *first.rivit[2:])
    painopiste = replace(raportti.painopisteet[0], tavoitteet=(replace(first, rivit=rivit), *others))
    told = replace(raportti, painopisteet=(painopiste, *raportti.painopisteet[1:]))
    assert choices(told)["sitovuus"] == ("valtuusto", "muu")
    osa = rajaa(told, Rajaus(sitovuus="valtuusto"))
    assert [rivi.id for rivi in osa.rivit] == [first.rivit[0].id]
    assert osa.rajaus == ("Sitovuus: valtuusto",)
    assert rest
    form = RajausForm({"sitovuus": "muu"}, raportti=told)
    assert form.is_valid() and form.rajaus() == Rajaus(sitovuus="muu")
    assert ("valtuusto", "valtuusto") in form.fields["sitovuus"].choices
