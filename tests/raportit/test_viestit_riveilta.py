"""What is written beside a row is found in no file, no feed and no search, not even by those who may read it there."""

from django.urls import reverse

from raportit.muodot import MUODOT, render_report
from raportit.osavuosikatsaus import from_json
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Rivikysymys, Tuonti
from seuranta.tiedosto.kumous import list_obstacles
from strategia.models import Avain
from tests.kokoelma import whole

from .julkinen.kuvat import Kuvat
from .julkinen.test_kanaria import texts_in

SANA = "zqviesti"


def write_everywhere(cast, *jaksot):
    for jakso in jaksot:
        for toimenpide in cast.toimenpiteet:
            Rivikysymys.objects.write(jakso, toimenpide, f"Zqhaku {SANA}?", by=cast.kaisa, odottaa=True)


def test_no_file_and_no_search_of_the_koordinaattori_holds_one(cast, kirjautunut, monkeypatch):
    kuvat, kaisa = Kuvat(monkeypatch), kirjautunut(cast.kaisa)
    cast.edellinen.reopen(by=cast.kaisa, syy="Korjataan.")
    write_everywhere(cast, cast.edellinen, cast.jakso)
    versio = close_jakso(cast.edellinen, by=cast.kaisa)
    assert SANA in kaisa.get(reverse("seuranta:kysymykset", args=[cast.edellinen.pk])).text
    paths = [reverse("raportit:luonnos", args=[cast.jakso.pk]), reverse("raportit:versio-detail", args=[versio.pk])]
    paths += [f"{reverse('seuranta:haku')}?q=zqhaku&laji={laji}" for laji in ("toimenpiteet", "kommentit")]
    paths += [reverse("raportit:luonnos-lataa", args=[cast.jakso.pk, muoto]) for muoto in ("html", "csv", "xlsx")]
    paths.append(reverse("seuranta:vastaustaulukko-lataa", args=[cast.jakso.pk, cast.tekniset.pk]))
    contents = [whole(kaisa.get(path)).content for path in paths]
    contents += [render_report(from_json(versio.data), muoto) for muoto in MUODOT]
    assert all(len(content) > 100 for content in contents)
    assert [text[:80] for content in contents for text in texts_in(content, kuvat) if SANA in text] == []


def test_the_api_tells_none(cast, client):
    write_everywhere(cast, cast.jakso)
    _avain, key = Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)
    for path in ("strategiat", "jaksot", "toimenpiteet", "kirjaukset", "mittarit"):
        query = {"strategia": cast.strategia.pk} if path == "toimenpiteet" else {}
        answer = client.get(f"/api/v1/{path}", query, headers={"authorization": f"Bearer {key}"})
        assert answer.status_code == 200 and SANA not in answer.text, path


def test_an_import_whose_row_has_one_is_not_undone(cast):
    made = [{"malli": "toimenpide", "id": cast.vayla.pk, "luotu": True}]
    told = {"kunta": cast.kunta, "strategia": cast.strategia, "tila": "tallennettu", "muutokset": made}
    tuonti = Tuonti.objects.create(**told, tiedostonimi="a.csv", sha256="0" * 64, tekija=cast.aino)
    write_everywhere(cast, cast.jakso)
    assert "Tuotuihin riveihin on lisätty 1 viestiä." in [este.sana for este in list_obstacles(tuonti, by=cast.aino)]
