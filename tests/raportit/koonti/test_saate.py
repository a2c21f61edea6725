"""The koordinaattori's texts: written before closing, shown in the report, frozen with it, never overwritten unseen."""

import datetime
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from raportit.models import Saate
from raportit.osavuosikatsaus import build, from_json, to_json
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kokous
from strategia.models import Painopiste

from ..rakenna import KOOTTU

pytestmark = pytest.mark.django_db


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


def osoite(cast):
    return reverse("raportit:jakso-saate", args=[cast.jakso.pk])


def kirjoita(cast, client, **data):
    painopiste = Painopiste.objects.filter(strategia=cast.jakso.strategia_id).first()
    texts = {"versio": 0, "avaus": "Valtuustolle", f"painopiste_{painopiste.pk}": "Tässä painopisteessä", **data}
    return client.post(osoite(cast), texts)


@pytest.mark.parametrize("who", ["veikko", "hilkka", "liisa", "tarmo", "ulla"])
def test_only_the_koordinaattori_writes(cast, who):
    assert kirjoita(cast, sign_in(getattr(cast, who))).status_code in (403, 404)
    assert not Saate.objects.exists()


def test_texts_and_meeting_are_in_the_report_and_frozen(cast):
    kaisa = sign_in(cast.kaisa)
    kirjoita(
        cast,
        kaisa,
        avaus="Hyvä valtuusto.\n\nVuosi <b>meni</b>.",
        kokous_toimielin="Kunnanvaltuusto",
        kokous_pvm="2026-10-12",
    )
    page = kaisa.get(reverse("raportit:luonnos", args=[cast.jakso.pk])).content.decode()
    assert "<p>Vuosi &lt;b&gt;meni&lt;/b&gt;.</p>" in page
    assert "Tässä painopisteessä" in page
    cast.jakso.finish(by=cast.kaisa)
    raportti = from_json(close_jakso(cast.jakso, by=cast.kaisa).data)
    assert raportti.kokous == "Kunnanvaltuusto 12.10.2026"
    assert [p.teksti for p in raportti.painopisteet][0] == "Tässä painopisteessä"
    answer = kirjoita(cast, kaisa, versio=1, avaus="Jälkikäteen")
    assert answer.status_code == 409
    assert "Jakso on suljettu, joten tekstejä ei voi muuttaa." in answer.content.decode()
    assert Saate.objects.get().avaus.startswith("Hyvä valtuusto.")


def test_the_meeting_is_that_of_the_calendar_until_another_is_saved(cast):
    today = timezone.localdate()
    days = {"Kaupunginhallitus": -3, "Kaupunginvaltuusto": 9, "Tarkastuslautakunta": 30}
    for nimi, ahead in days.items():
        Kokous.objects.create(
            kunta=cast.kunta, jakso=cast.jakso, toimielin=nimi, pvm=today + datetime.timedelta(days=ahead)
        )
    kaisa = sign_in(cast.kaisa)
    form = kaisa.get(osoite(cast)).context["form"]
    meeting = today + datetime.timedelta(days=9)
    assert (form["kokous_toimielin"].value(), form["kokous_pvm"].value()) == ("Kaupunginvaltuusto", meeting)
    assert not Saate.objects.exists(), "katsominen ei tallenna"
    kirjoita(cast, kaisa, kokous_toimielin="", kokous_pvm="")
    form = kaisa.get(osoite(cast)).context["form"]
    assert (form["kokous_toimielin"].value(), form["kokous_pvm"].value()) == ("", None), "tyhjennetty pysyy tyhjänä"


def test_the_meeting_of_one_that_all_have_dealt_with_is_the_last(cast):
    for ahead in (-9, -3):
        day = timezone.localdate() + datetime.timedelta(days=ahead)
        Kokous.objects.create(kunta=cast.kunta, jakso=cast.jakso, toimielin=f"Lautakunta {-ahead}", pvm=day)
    assert sign_in(cast.kaisa).get(osoite(cast)).context["form"]["kokous_toimielin"].value() == "Lautakunta 3"


def test_the_second_of_two_sees_both_texts(cast):
    kirjoita(cast, sign_in(cast.kaisa), avaus="Kaisan teksti")
    answer = kirjoita(cast, sign_in(cast.aino), avaus="Ainon teksti")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ei tallennettu: joku muu tallensi tekstit sillä välin." in page
    assert "Kaisan teksti" in page and "Ainon teksti" in page
    assert Saate.objects.get().avaus == "Kaisan teksti"
    kirjoita(cast, sign_in(cast.aino), versio=1, avaus="Kaisan ja Ainon teksti")
    assert Saate.objects.get().avaus == "Kaisan ja Ainon teksti"


def test_wrong_date_keeps_the_texts(cast):
    answer = kirjoita(cast, sign_in(cast.kaisa), kokous_pvm="32.13.2026")
    assert answer.status_code == 422
    assert "Valtuustolle" in answer.content.decode()


def test_a_report_frozen_before_these_texts_can_be_read(cast):
    raportti = build(cast.jakso, koottu=KOOTTU)
    old = json.loads(to_json(raportti))
    for name in ("avaus", "kokous", "paattyneet", "rajaus"):
        del old[name]
    del old["kunta"]["logo"]
    for painopiste in old["painopisteet"]:
        del painopiste["teksti"]
        for tavoite in painopiste["tavoitteet"]:
            del tavoite["toimielin"]
            for rivi in tavoite["rivit"]:
                for name in ("ennuste", "poikkeaman_syy", "korjaavat_toimet", "samana"):
                    del rivi[name]
    read = from_json(json.dumps(old))
    assert [r.toimenpide for r in read.rivit] == [r.toimenpide for r in raportti.rivit]
    assert read.sarakkeet == raportti.sarakkeet
    assert datetime.datetime.fromisoformat(old["koottu"]) == read.koottu
