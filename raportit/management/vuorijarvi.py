"""What the demo's municipality has beside its imported tables: boards, measures, risks, goals, a second plan and the
first rows of the next council term's.

fixtures/vuorijarvi.json names a toimenpide by how its name begins, and a year by how far it is from the demo's own.
"""

import json

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from seuranta.models import Kirjaus, MittariArvo, Mittaus, Osavastaus, Riski, Vastaus, Yksikkovastaus
from strategia.kausi.jatko import begin_next, copy_rows
from strategia.models import (
    OMA_KIRJAUS,
    Kayttaja,
    Mittari,
    MuuToimiala,
    Painopiste,
    Palaute,
    Strategia,
    StrateginenTavoite,
    Tavoitearvo,
    Toimenpide,
    ToimenpideLinkki,
    Toimiala,
    Toimielin,
    Toimielinjasenyys,
)
from strategia.sdg import write_goal

AVOIN = "avoin"
TASOT = {"painopiste": Painopiste, "tavoite": StrateginenTavoite, "toimenpide": Toimenpide}


class Vuorijarvi:
    """The rows of the fixture in the kunta of the demo; `vuosi` is the year of its jaksot."""

    def __init__(self, kunta, vuosi, *, by):
        self.kunta, self.vuosi, self.by = kunta, vuosi, by
        self.strategia = Strategia.objects.get(kunta=kunta)
        self.tieto = json.loads((settings.BASE_DIR / "fixtures" / "vuorijarvi.json").read_text())
        self.arvot = []  # (mittari, [value of each jakso], its note)

    def add_boards(self):
        """The toimielimet, whose rows are theirs, and who sits in one."""
        for order, rivi in enumerate(self.tieto["toimielimet"]):
            toimielin = Toimielin.objects.create(kunta=self.kunta, nimi=rivi["nimi"], jarjestys=order)
            rows = list(Toimenpide.objects.filter(toimiala=self._toimiala(rivi["toimiala"])))
            for row in rows:
                row.toimielin = toimielin
            bulk_update_with_history(rows, Toimenpide, ["toimielin"], default_user=self.by)
            for person in Kayttaja.objects.filter(kunta=self.kunta, nimi__in=rivi["jasenet"]):
                Toimielinjasenyys.objects.create(kunta=self.kunta, kayttaja=person, toimielin=toimielin)

    def add_next_term(self):
        """The next council term's plan: its first painopiste, each row of which continues one of today's."""
        new = begin_next(self.strategia)
        new.nimi, new.jarjestys = self.tieto["seuraava_kausi"], 2
        new.save()
        rows = Toimenpide.objects.filter(tavoite__painopiste__strategia=self.strategia)
        chosen = list(rows.select_related("tavoite__painopiste"))
        first = self.strategia.painopisteet.order_by("jarjestys", "pk").values_list("pk", flat=True)[:1]
        copy_rows(self.strategia, new, painopisteet=set(first), toimenpiteet=chosen, mittarit=False, by=self.by)

    def add_plan(self):
        """The measures with targets and the values of years, risks, goals, other toimialat, the second plan."""
        for rivi in self.tieto["mittarit"]:
            mittari = self._add_mittari(rivi)
            self.arvot.append((mittari, rivi["arvot"], rivi.get("huomautus", "")))
        for order, rivi in enumerate(self.tieto["riskit"]):
            values = {name: rivi[name] for name in ("teksti", "todennakoisyys", "vaikutus") if name in rivi}
            Riski.objects.create(
                kunta=self.kunta, strategia=self.strategia, jarjestys=order, **self._kohde(rivi), **values
            )
        for taso, goals in self.tieto["sdg"].items():
            for nimi, numbers in goals.items():
                TASOT[taso].objects.filter(pk=self._find(taso, nimi).pk).update(sdg=list(map(write_goal, numbers)))
        for nimi, toimialat in self.tieto["muut_toimialat"].items():
            for toimiala in toimialat:
                MuuToimiala.objects.create(
                    kunta=self.kunta, toimenpide=self._find("toimenpide", nimi), toimiala=self._toimiala(toimiala)
                )
        own = {"rooli": OMA_KIRJAUS, "otsikko": self.tieto["oma_sarake"]["otsikko"], "kysytaan": True, "piilossa": True}
        self.strategia.sarakkeet = [*self.strategia.sarakkeet, own]
        self.strategia.save(update_fields=["sarakkeet"])
        self._add_second_plan(self.tieto["toinen_suunnitelma"])

    def add_public_words(self):
        """What the strategia is, a question of a resident that has been answered for everybody, and one that waits."""
        self.strategia.esittely = self.tieto["esittely"]
        self.strategia.save(update_fields=["esittely"])
        for nimi, viesti, vastaus in self.tieto["palautteet"]:
            row = self._find("toimenpide", nimi)
            page = reverse("raportit:julkinen-kohde", args=[self.kunta.slug, "toimenpide", row.tunnus])
            told = {"kunta": self.kunta, "toimenpide": row.tunnus, "aihe": row.nimi, "sivu": page, "viesti": viesti}
            answered = {"vastaus": vastaus, "nakyy": True, "kasitelty": timezone.now()} if vastaus else {}
            Palaute.objects.create(**told, **answered)

    def set_back(self, jakso):
        """It tells what its table does, of an earlier time: every third stood one lower, every seventh higher."""
        vastaukset = {}
        for n, kirjaus in enumerate(jakso.kirjaukset.exclude(toteutumisaste=None).select_related("toimenpide")):
            step = -1 if n % 3 == 0 else 1 if n % 7 == 1 else 0
            aste = min(max(kirjaus.toteutumisaste + step, 1), 5)
            if aste != kirjaus.toteutumisaste:
                said = Vastaus(kirjaus.versio, toteutumisaste=aste, kommentti=self.tieto["aiemmin"][str(aste)])
                vastaukset[kirjaus.toimenpide] = said
        Kirjaus.objects.record(jakso, vastaukset, by=self.by)

    def add_values(self, jakso, place):
        """The values of the jakso, the first (0) or the second (1); those of no toimenpide are sent as well."""
        told = {
            mittari: Mittaus(0, values[place], note if place else None, laheta=True)
            for mittari, values, note in self.arvot
            if values[place] is not None
        }
        MittariArvo.objects.record(jakso, told, by=self.by)
        self._add_omat(jakso, place)
        self._add_osat(jakso, place)

    def _add_osat(self, jakso, place):
        """What the units answer of one toimenpide, and what other toimialat say of those that they do not lead."""
        osat = self.tieto["osat"]
        vastaukset = [Yksikkovastaus(*each) for each in osat["vastaukset"][place]]
        Osavastaus.objects.record(jakso, self._find("toimenpide", osat["toimenpide"]), vastaukset, by=self.by)
        for nimi, tekstit in self.tieto["kommentit"].items():
            toimenpide = self._find("toimenpide", nimi)
            kommentit = [
                Yksikkovastaus(toimiala.nimi, kommentti=tekstit[place], toimiala=toimiala)
                for toimiala in toimenpide.muut_toimialat.all()
            ]
            Osavastaus.objects.record(jakso, toimenpide, kommentit, by=self.by)

    def _add_omat(self, jakso, place):
        """What the kunta's own column says in the jakso, written beside what the table has told already."""
        sarake = self.tieto["oma_sarake"]
        texts = {self._find("toimenpide", nimi).pk: texts[place] for nimi, texts in sarake["tekstit"].items()}
        vastaukset = {}
        for kirjaus in jakso.kirjaukset.filter(toimenpide__in=texts).select_related("toimenpide"):
            said = {name: getattr(kirjaus, name) for name in ("toteutumisaste", "syy", "kommentti", "sisainen_huomio")}
            omat = {sarake["otsikko"]: texts[kirjaus.toimenpide_id]}
            vastaukset[kirjaus.toimenpide] = Vastaus(kirjaus.versio, **said, omat=omat)
        Kirjaus.objects.record(jakso, vastaukset, by=self.by)

    def _add_mittari(self, rivi):
        lahto, vuosi = rivi.get("lahto", ("", None))
        mittari = Mittari(
            kunta=self.kunta,
            strategia=self.strategia,
            **self._kohde(rivi),
            nimi=rivi["nimi"],
            laji=rivi["laji"],
            yksikko=rivi.get("yksikko", ""),
            suunta=rivi.get("suunta", Mittari.Suunta.SUUREMPI),
            desimaalit=rivi.get("desimaalit"),
            toimiala=self._toimiala(rivi.get("toimiala")),
            lahde=rivi.get("lahde", ""),
            palvelu=rivi.get("palvelu", ""),
            ulkoinen_tunnus=rivi.get("tunnus", ""),
            lahto_teksti=lahto,
            lahto_vuosi=None if vuosi is None else self.vuosi + vuosi,
        )
        mittari.jarjestys, mittari._history_user = mittari.kohde.mittarit.count() + 1, self.by
        mittari.save()
        for when, teksti in rivi["tavoitteet"].items():
            year = None if when == AVOIN else self.vuosi + int(when)
            Tavoitearvo.objects.create(kunta=self.kunta, mittari=mittari, vuosi=year, teksti=teksti)
        for when, teksti in rivi.get("vuodet", {}).items():
            MittariArvo.objects.record_outside({mittari: Mittaus(0, teksti)}, by=self.by, vuosi=self.vuosi + int(when))
        return mittari

    def _add_second_plan(self, rivi):
        own = {"kunta": self.kunta}
        plan = Strategia.objects.create(
            **own, nimi=rivi["nimi"], laji=rivi["laji"], alkuvuosi=self.vuosi, loppuvuosi=self.vuosi + 3, jarjestys=1
        )
        painopiste = Painopiste.objects.create(**own, strategia=plan, nimi=rivi["painopiste"])
        tavoite = StrateginenTavoite.objects.create(**own, painopiste=painopiste, nimi=rivi["tavoite"])
        links = [self._find("toimenpide", nimi) for nimi in rivi["linkit"]]
        nimi, toimiala = rivi["toimenpide"]
        Toimenpide.objects.create(**own, tavoite=tavoite, nimi=nimi, toimiala=self._toimiala(toimiala))
        for order, toimenpide in enumerate(links):
            ToimenpideLinkki.objects.create(**own, toimenpide=toimenpide, tavoite=tavoite, jarjestys=order)

    def _kohde(self, rivi):
        taso = next(name for name in TASOT if name in rivi)
        return {taso: self._find(taso, rivi[taso])}

    def _find(self, taso, alku):
        return TASOT[taso].objects.get(kunta=self.kunta, nimi__startswith=alku)

    def _toimiala(self, nimi):
        return Toimiala.objects.get(kunta=self.kunta, nimi=nimi) if nimi else None
