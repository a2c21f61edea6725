"""What Aino does on the pages of an import: look, decide, type over, save."""

import io
import re

import openpyxl
from django.urls import reverse

from seuranta.models import Kirjaus, MittariArvo, Riski, Seurantajakso
from seuranta.tiedosto.paatokset import read_decisions
from strategia.models import Kirjoitusasu, Mittari, Tavoitearvo, Toimenpide, Toimiala
from tests.silmin import tiivis

LISTA = "/tuonti/"
OTSIKOT = ["Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"]
UUSI = [
    "Rohkea talous",
    "Tilat käyttöön",
    "Avoin työtila – keskusta",
    "Sivistyspalvelut",
    2,
    "Suunnitellaan & kysytään.",
]
VANHA = ["Rohkea talous", "Tilat käyttöön", "Tyhjistä kiinteistöistä luovutaan", "Tekniset palvelut", 3, "Kaksi myyty."]

MITATUT = ["Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala", "Riski", "Mittari"]


def with_cells(riski, mittari):
    """A row of MITATUT."""
    return ["Rohkea talous", "Tilat käyttöön", "Halli myydään", "Tekniset palvelut", riski, mittari]


MITATTU = with_cells("Ostajaa ei löydy.", "Mittari: Halli myyty: kyllä/ei.")


def halli():
    return Toimenpide.objects.get(nimi="Halli myydään")


def xlsx(*rows, otsikot=OTSIKOT):
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in [otsikot, *rows]:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def sivu(client, tuonti, **query):
    return tiivis(client.get(reverse("seuranta:tuonti-detail", args=[tuonti.pk]), query).text)


def sanat(html):
    """The words of a page, without its marks."""
    return " ".join(re.sub("<[^>]+>", " ", html).split()).replace(" .", ".")


def paata(client, tuonti, **decisions):
    """Decide on the page as it is now, unless `versio` tells of an earlier one."""
    tuonti.refresh_from_db()
    posted = {"versio": tuonti.paatosversio, **decisions}
    answer = client.post(reverse("seuranta:tuonti-paata", args=[tuonti.pk]), posted)
    tuonti.refresh_from_db()
    return answer


def kysymys(client, tuonti, monesko=0):
    """The name of the field that answers the preview's question of this place."""
    page = sivu(client, tuonti, nayta="ratkaistavat")
    return list(dict.fromkeys(re.findall(r'name="(kysymys\|[^"]+)"', page)))[monesko]


def paatetty(tuonti):
    """{laji: {paikka: value}} of all that has been decided."""
    return read_decisions(tuonti).arvot


def tallenna(client, tuonti):
    """Press the save button that the page shows; returns the next page."""
    page = sivu(client, tuonti)
    mark = page.partition('name="sormenjalki" value="')[2].partition('"')[0]
    return client.post(reverse("seuranta:tuonti-tallenna", args=[tuonti.pk]), {"sormenjalki": mark}, follow=True).text


def korjaa(client, tuonti, solu, **values):
    """Open the row of `solu`, change these cells, leave the others as the form shows them; returns the next page."""
    form = client.get(reverse("seuranta:tuonti-rivi", args=[tuonti.pk, solu])).context["kentat"]
    shown = {name: kentta.arvo for kentta in form for name in (f"oli|{kentta.cell}", f"solu|{kentta.cell}")}
    posted = {**shown, **{f"solu|Sheet!{cell}": value for cell, value in values.items()}, "paluu": "nayta=new&sivu=1"}
    posted |= {"rivi": solu, "versio": tuonti.paatosversio}
    answer = client.post(reverse("seuranta:tuonti-paata", args=[tuonti.pk]), posted)
    tuonti.refresh_from_db()
    return answer.url


def register():
    """Every value an import may change; history, versio and the log apart."""
    apart = {"versio", "muokattu", "lahetetty", "haku"}
    models = (
        *(Toimenpide, Kirjaus, Seurantajakso, Toimiala, Kirjoitusasu),
        *(Mittari, Tavoitearvo, MittariArvo, Riski),
    )
    return {
        m.__name__: [{k: v for k, v in row.items() if k not in apart} for row in m.objects.order_by("pk").values()]
        for m in models
    }
