"""A row or a file of the kunta as it left -> as it fits in here: its ids, its place, and no door left open."""

import re

from strategia.models import Ilmoitusviesti, Kayttaja, KunnanOsoite, Kunta, Strategia
from strategia.palvelu.paketti import PakettiViallinen

from .numerot import Numerot
from .taulut import EiVoiMuuttaa
from .vienti import nobodys_address

_TIEDOSTO = re.compile(r"(logot|tuonnit|raportit)/(\d+)((?:/[\w.-]+)?|_\w+)")
_TILA = Ilmoitusviesti.Tila
LAHTEMATTA = {_TILA.ODOTTAA, _TILA.LAHDOSSA, _TILA.EPAONNISTUI}


class Sovitus:
    """told: the kunta as the file tells of it. varatut: [(name, address)] of those whose address is taken here."""

    def __init__(self, told: dict, numerot: Numerot):
        self.numerot, self.lahto = numerot, told["id"]
        self.kunta = numerot.of(Kunta, self.lahto)
        self.varatut = []
        self._addresses = {address.lower() for address in Kayttaja.objects.values_list("email", flat=True)}

    def fit(self, model, row: dict) -> dict:
        """In place. Raises PakettiViallinen for a row of no or another kunta."""
        if row["id" if model is Kunta else "kunta_id"] != self.lahto:
            raise PakettiViallinen(f"Taulussa {model._meta.db_table} on rivi, joka ei ole tämän kunnan.")
        self.numerot.shift(model, row)
        if fit := _SOVITUKSET.get(model._meta.label_lower):
            fit(self, row)
        return row

    def file_name(self, name: str) -> str:
        """Where the file lies here."""
        match = _TIEDOSTO.fullmatch(name)
        if not match or int(match[2]) != self.lahto or ".." in match[3]:
            raise PakettiViallinen(f"Tiedoston nimi {name} ei ole tämän palvelun antama.")
        return f"{match[1]}/{self.kunta}{match[3]}"

    def _kunta(self, row):
        if taken := Kunta.objects.filter(avain=row["avain"]).first():
            raise EiVoiMuuttaa(f"Kunta {taken.nimi} on jo tässä palvelussa.")
        self._osoite(row)
        row["logo"] = self.file_name(row["logo"]) if row["logo"] else row["logo"]

    def _osoite(self, row):
        """Those of before too: an address is one kunta's for ever."""
        if taken := KunnanOsoite.objects.select_related("kunta").filter(slug=row["slug"]).first():
            where = f"/julkinen/{row['slug']}/"
            raise EiVoiMuuttaa(f"Julkinen osoite {where} on tässä palvelussa kunnalla {taken.kunta.nimi}.")

    def _tuonti(self, row):
        row["tiedosto"] = self.file_name(row["tiedosto"]) if row["tiedosto"] else row["tiedosto"]

    def _kayttaja(self, row):
        """Nobody comes with more rights than the kunta has, or with a password; an address joins nothing."""
        row |= {"password": "!", "last_login": None, "is_staff": False, "is_superuser": False}
        if row["email"].lower() in self._addresses:
            self.varatut.append((row["nimi"], row["email"]))
            row |= {"email": nobodys_address(), "is_active": False}

    def _viesti(self, row):
        """What had not left there does not leave from here of itself."""
        if row["tila"] in LAHTEMATTA:
            row |= {"tila": _TILA.KORVATTU, "virhe": "Kunta muutti toiseen palveluun."}

    def _tapahtuma(self, row):
        row["kerta"] = None  # it keeps one act from being told twice there

    def _strategia(self, row):
        if there := Strategia.objects.filter(tunnus=row["tunnus"]).select_related("kunta").first():
            raise EiVoiMuuttaa(f"Samat suunnitelmat ovat tässä palvelussa jo kunnalla {there.kunta.nimi}.")


_SOVITUKSET = {
    "strategia.kunta": Sovitus._kunta,
    "strategia.kunnanosoite": Sovitus._osoite,
    "strategia.kayttaja": Sovitus._kayttaja,
    "strategia.ilmoitusviesti": Sovitus._viesti,
    "strategia.tapahtuma": Sovitus._tapahtuma,
    "strategia.strategia": Sovitus._strategia,
    "seuranta.tuonti": Sovitus._tuonti,
}
