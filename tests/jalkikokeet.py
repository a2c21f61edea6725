"""What no form of a page does by itself, filled in as it stands: {address: how it is done by hand}.

Each is given the cast and the way to sign in, does what goes before, and returns (client, path, data) of the act.
"""

import datetime
import io
import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from raportit.models import Raporttiversio
from raportit.tilaus.tilaukset import subscribe
from seuranta.models import Kirjaus, Paatos, Vastaus
from seuranta.tiedosto.luenta import store_file
from seuranta.vastaustaulukko.esikatselu import plan_stored
from seuranta.vastaustaulukko.kirja import answer_table_bytes
from strategia.kayttaja.tunnus import create_invited
from strategia.models import Avain, Mittari, Painopiste, Sijaisuus, Strategia, StrateginenTavoite, Vastuuhenkilo

from .kirjautumiskokeet import KIRJAUTUMISKOKEET
from .osoitteet import previewed_answers
from .seuranta.vastaustaulukko.taulukko import Taulukko
from .strategia.joukkomuutos.vaiheet import choose, sent_form

MITTARI = {"nimi": "Uusi mittari", "laji": "luku", "suunta": "suurempi", "desimaalit": "0"}
TAULUKKO = (
    "Painopiste;Strateginen tavoite;Toimenpide;Toimiala;Toteutumisaste;Kommentti\r\n"
    "Rohkea talous;Tilat käyttöön;Tyhjistä kiinteistöistä luovutaan;Tekniset palvelut;3;Kaksi myyty.\r\n"
)


def _page(name, **data):
    """An act of one form alone, on the object of the table."""

    def prepare(cast, kirjautunut):
        args = {"painopiste": cast.painopisteet[0], "tavoite": cast.tavoitteet[0], "toimenpide": cast.vayla}
        args |= {"strategia": cast.strategia, "kayttaja": cast.veikko, "jakso": cast.jakso, "toimiala": cast.tekniset}
        own = [args[data.pop("_mihin")].pk] if "_mihin" in data else []
        return kirjautunut(cast.aino), reverse(name, args=own), dict(data)

    return prepare


def _kutsu_uudelleen(cast, kirjautunut):
    told = {"email": "uusi@kirkkoranta.example", "nimi": "Uusi", "rooli": "tarkastaja", "toimialat": []}
    user = create_invited(cast.kunta, **told)
    return kirjautunut(cast.aino), reverse("strategia:kayttaja-kutsu-uudelleen", args=[user.pk]), {}


def _kutsulista(cast, kirjautunut):
    aino, path = kirjautunut(cast.aino), reverse("seuranta:kutsulista")
    page = aino.post(path, {"liite": "Nimi\tSähköposti\tRooli\nMatti Meri\tmatti@kirkkoranta.example\ttarkastaja"})
    _path, hidden = sent_form(page)
    return aino, path, hidden | {"vahvista": "1"}


def _luovutus(cast, kirjautunut):
    Vastuuhenkilo.objects.create(kunta=cast.kunta, toimenpide=cast.vayla, kayttaja=cast.veikko)
    path = reverse("strategia:luovutus", args=[cast.veikko.pk])
    return kirjautunut(cast.aino), path, {"kenelle": str(cast.hilkka.pk)}


def _mittari_muokkaa(cast, kirjautunut):
    path = reverse("strategia:mittari-muokkaa", args=[cast.mittarit[2].pk])
    aino = kirjautunut(cast.aino)
    form = aino.get(path).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    return aino, path, data | {"nimi": "Toinen nimi"}


def _mittari_jarjestys(cast, kirjautunut):
    told = {"kunta": cast.kunta, "strategia": cast.strategia, "painopiste": cast.painopisteet[0]}
    mittari = Mittari.objects.create(nimi="Viimeinen", jarjestys=99, **told)
    path = reverse("strategia:mittari-lista", args=[cast.strategia.pk])
    return kirjautunut(cast.aino), path, {"ylos": f"mittari-{mittari.pk}"}


def _rivit_muuta(cast, kirjautunut):
    aino = kirjautunut(cast.aino)
    path, hidden = sent_form(choose(aino, cast, "sitovuus", [cast.vayla]))
    named = {name: value for name, value in hidden.items() if name in ("teko", "rivit", "tunniste", "vahvista")}
    return aino, path, named | {"sitovuus": "muu"}


def _sijaisuus_lopeta(cast, kirjautunut):
    today = datetime.date.today()
    told = {"sijaistettava": cast.veikko, "sijainen": cast.otso, "tekija": cast.aino}
    row = Sijaisuus.objects.create(kunta=cast.kunta, alkaa=today, paattyy=today + datetime.timedelta(days=3), **told)
    return kirjautunut(cast.veikko), reverse("strategia:sijaisuus-lopeta", args=[row.pk]), {}


def _linkit(cast, kirjautunut):
    told = {"kunta": cast.kunta}
    plan = Strategia.objects.create(nimi="Toinen ohjelma", **told)
    top = Painopiste.objects.create(strategia=plan, nimi="Kärki", **told)
    tavoite = StrateginenTavoite.objects.create(painopiste=top, nimi="Päämäärä", **told)
    path = reverse("strategia:toimenpide-linkit", args=[cast.vayla.pk])
    return kirjautunut(cast.aino), path, {"tavoite": str(tavoite.pk)}


def _tuo(aino):
    upload = SimpleUploadedFile("Seuranta.csv", io.BytesIO(TAULUKKO.encode()).getvalue())
    return {"tiedosto": upload}


def _tuonti(cast, kirjautunut):
    aino = kirjautunut(cast.aino)
    return aino, reverse("seuranta:tuonti-lista"), _tuo(aino)


def _tallenna(cast, kirjautunut):
    aino, path, data = _tuonti(cast, kirjautunut)
    page = aino.post(path, data, follow=True)
    preview = page.request["PATH_INFO"].replace("lukutapa/", "")
    mark = aino.get(preview).context["plan"].fingerprint
    return aino, f"{preview}tallenna/", {"sormenjalki": mark}


def _kumoa(cast, kirjautunut):
    aino, path, data = _tallenna(cast, kirjautunut)
    aino.post(path, data)
    return aino, path.replace("tallenna/", "kumoa/"), {}


def _sarakkeet(cast, kirjautunut):
    aino, path = kirjautunut(cast.aino), reverse("raportit:sarakkeet-muokkaa", args=[cast.strategia.pk])
    page = aino.get(path)
    data = {}
    for form in page.context["rivit"] + page.context["osat"] + page.context["luvut"]:
        for field in form:
            if field.value() not in (None, "", False):
                data[field.html_name] = field.value()
    return aino, path, data | {"tunniste": page.context["tunniste"]}


def _jaa(cast, kirjautunut):
    path = reverse("strategia:toimiala-jaa", args=[cast.tekniset.pk])
    data = {"toimenpiteet": [str(cast.vayla.pk)], "kohde": str(cast.sivistys.pk), "minne": str(cast.sivistys.pk)}
    return kirjautunut(cast.aino), path, data


def _suunnitelma_pois(cast, kirjautunut):
    plan = Strategia.objects.create(kunta=cast.kunta, nimi="Tyhjä ohjelma")
    return kirjautunut(cast.aino), reverse("strategia:strategia-muokkaa", args=[plan.pk]), {"poista": "1"}


def _sent(client, path):
    """What the page's form holds, as it stands."""
    form = client.get(path).context["form"]
    return {form[name].html_name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}


def _uusi_kausi(cast, kirjautunut):
    aino, path = kirjautunut(cast.aino), reverse("strategia:strategia-uusi-kausi", args=[cast.strategia.pk])
    return aino, path, _sent(aino, path) | {"nimi": "Seuraava kausi"}


def _mittari_jaa(cast, kirjautunut):
    told = {"kunta": cast.kunta, "strategia": cast.strategia, "painopiste": cast.painopisteet[0]}
    mittari = Mittari.objects.create(nimi="Kävijät: kpl, Halli: kyllä/ei", laji="teksti", **told)
    path = reverse("strategia:mittari-jaa", args=[mittari.pk])
    return kirjautunut(cast.aino), path, {"osat": "Kävijät kpl\nHalli kyllä/ei"}


def _vastaukset_kumoon(cast, kirjautunut):
    veikko = kirjautunut(cast.veikko)
    content = Taulukko(answer_table_bytes(cast.jakso, cast.tekniset, cast.veikko))
    content.write(cast.vayla.nimi, aste=5)
    told = {"jakso": cast.jakso, "toimiala": cast.tekniset}
    tuonti = store_file(cast.kunta, content.data(), "Vastaukset.xlsx", by=cast.veikko, **told)
    mark = plan_stored(tuonti, by=cast.veikko).fingerprint
    args = [cast.jakso.pk, tuonti.pk]
    veikko.post(reverse("seuranta:vastaustaulukko-tallenna", args=args), {"sormenjalki": mark})
    return veikko, reverse("seuranta:vastaustaulukko-kumoa", args=args), {}


def _vastaukset_paata(cast, kirjautunut):
    """What had been decided of a cell is taken back."""
    tuonti = previewed_answers(cast)
    told = {"laji": "solu", "paikka": "Tekniset palvelut!E2", "arvo": "4", "kuka": cast.veikko}
    Paatos.objects.create(kunta=cast.kunta, tuonti=tuonti, **told)
    path = reverse("seuranta:vastaustaulukko-paata", args=[cast.jakso.pk, tuonti.pk])
    return kirjautunut(cast.veikko), path, {"versio": "0", "peru": "solut"}


def _ota_mukaan(cast, kirjautunut):
    """A row that was begun and not sent."""
    answer = {cast.vayla: Vastaus(0, 4, kommentti="Kesken.")}
    ((row,), _conflicts) = Kirjaus.objects.record(cast.jakso, answer, by=cast.veikko)
    cast.jakso.finish(by=cast.kaisa)
    path = reverse("raportit:jakso-ota-mukaan", args=[cast.jakso.pk])
    return kirjautunut(cast.kaisa), path, {"rivi": [f"{row.pk}:{row.versio}"]}


def _palaute(cast, kirjautunut):
    return kirjautunut(cast.veikko), reverse("strategia:palaute"), {"viesti": "Fontti on pieni."}


def _kunnan_palaute(cast, kirjautunut):
    return Client(), reverse("strategia:kunnan-palaute", args=[cast.kunta.slug]), {"viesti": "Fontti on pieni."}


def _toimenpide_palaute(cast, kirjautunut):
    Raporttiversio.objects.get(pk=cast.versio.pk).publish(by=cast.kaisa)
    path = reverse("raportit:toimenpide-palaute", args=[cast.kunta.slug, cast.vayla.tunnus])
    return Client(), path, {"viesti": "Milloin väylä valmistuu?"}


def _tilaa(cast, kirjautunut):
    return Client(), reverse("raportit:tilaus-uusi", args=[cast.kunta.slug]), {"sahkoposti": "lukija@koti.example"}


def _tilaus(name, **data):
    """An act on a subscription that has just been asked for."""

    def prepare(cast, kirjautunut):
        tilaus = subscribe(cast.kunta, "lukija@koti.example")
        return Client(), reverse(name, args=[cast.kunta.slug, tilaus.avain]), data

    return prepare


class Ohjelma(Client):
    """A program with a key of the kunta: sends JSON."""

    def post(self, path, data):
        headers = {"Authorization": f"Bearer {self.avain}"}
        return super().post(path, json.dumps(data), content_type="application/json", headers=headers)


def _rajapinta(cast, kirjautunut):
    ohjelma = Ohjelma()
    ohjelma.avain = Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)[1]
    arvo = {"mittari": cast.mittarit[0].pk, "jakso": cast.jakso.pk, "versio": 0, "arvo": "57"}
    return ohjelma, reverse("seuranta:rajapinta-arvot"), arvo


KOKEET = {
    **KIRJAUTUMISKOKEET,
    "seuranta:vastaustaulukko-paata": _vastaukset_paata,
    "raportit:jakso-ota-mukaan": _ota_mukaan,
    "strategia:palaute": _palaute,
    "strategia:kunnan-palaute": _kunnan_palaute,
    "raportit:tilaus-uusi": _tilaa,
    "raportit:tilaus-oma": _tilaus("raportit:tilaus-oma", toimi="vahvista"),
    "raportit:tilaus-lopeta": _tilaus("raportit:tilaus-lopeta"),
    "raportit:toimenpide-palaute": _toimenpide_palaute,
    "seuranta:rajapinta-arvot": _rajapinta,
    "strategia:strategia-muokkaa": _suunnitelma_pois,
    "strategia:strategia-uusi-kausi": _uusi_kausi,
    "strategia:mittari-jaa": _mittari_jaa,
    "strategia:ryhma-lista": _page("strategia:ryhma-lista", on_toinen_tekija="on"),
    "strategia:kunta-muokkaa": _page(
        "strategia:kunta-muokkaa", virallinen_nimi="Kirkkorannan kaupunki", genetiivi="Kirkkorannan", muoto="kaupunki"
    ),
    "strategia:strategia-uusi": _page("strategia:strategia-uusi", nimi="Uusi ohjelma", laji="strategia"),
    "strategia:painopiste-mittari-uusi": _page("strategia:painopiste-mittari-uusi", _mihin="painopiste", **MITTARI),
    "strategia:tavoite-mittari-uusi": _page("strategia:tavoite-mittari-uusi", _mihin="tavoite", **MITTARI),
    "strategia:toimenpide-mittari-uusi": _page("strategia:toimenpide-mittari-uusi", _mihin="toimenpide", **MITTARI),
    "seuranta:strategia-luettelo": _page(
        "seuranta:strategia-luettelo", _mihin="strategia", luettelo="Kärki\n  Tavoite\n    Teko\n"
    ),
    "strategia:kayttaja-kutsu-uudelleen": _kutsu_uudelleen,
    "seuranta:kutsulista": _kutsulista,
    "strategia:luovutus": _luovutus,
    "strategia:mittari-muokkaa": _mittari_muokkaa,
    "strategia:mittari-lista": _mittari_jarjestys,
    "strategia:rivit-muuta": _rivit_muuta,
    "strategia:sijaisuus-lopeta": _sijaisuus_lopeta,
    "strategia:toimenpide-linkit": _linkit,
    "seuranta:tuonti-lista": _tuonti,
    "seuranta:vastaustaulukko-kumoa": _vastaukset_kumoon,
    "seuranta:tuonti-tallenna": _tallenna,
    "seuranta:tuonti-kumoa": _kumoa,
    "raportit:sarakkeet-muokkaa": _sarakkeet,
    "strategia:toimiala-jaa": _jaa,
}
