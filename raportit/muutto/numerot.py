"""Rows as one installation numbered them -> as another does: every id of a table greater by the same.

So what names a row that is gone (history, the log) still names that one and no other, and rows keep their order. Ids
stand in columns, in JSON and in the change reasons of history.
"""

import re

from django.db import models

from seuranta.models import Joukkokirjaus, Paatos, Tuonti
from strategia.models import Joukkomuutos, Kayttaja, Painopiste, Toimenpide, Toimiala, Toimielin
from strategia.palvelu.paketti import PakettiViallinen

from .taulut import own_models

SUURIN = 2**62
MERKIT = {
    Tuonti.TAULUKON_MERKKI: Tuonti,
    Tuonti.VASTAUSTEN_MERKKI: Tuonti,
    "joukkomuutos": Joukkomuutos,
    "samoin": Joukkokirjaus,
}
_MERKKI = re.compile(rf"({'|'.join(MERKIT)}) (\d+)( .*)?", re.S)
# JSON that holds no id. Whatever is neither here nor below is found by a test.
ILMAN_NUMEROITA = {
    *("strategia.kayttaja.viestivalinnat", "strategia.strategia.sanasto", "strategia.strategia.asteikko"),
    *(
        "strategia.strategia.sarakkeet",
        "strategia.strategia.tilasanat",
        "strategia.strategia.lahdeasteikko",
        "strategia.painopiste.sdg",
    ),
    *("strategia.strateginentavoite.sdg", "strategia.toimenpide.sdg", "strategia.toimenpide.omat"),
    *("strategia.historicaltoimenpide.sdg", "strategia.historicaltoimenpide.omat"),
    *(f"seuranta.{base}kirjaus.{name}" for base in ("", "historical") for name in ("omat", "kirjaajan_lisat")),
    *(f"seuranta.{base}mittariarvo.kirjaajan_tekstit" for base in ("", "historical")),
    *(f"seuranta.{base}osavastaus.kirjaajan_tekstit" for base in ("", "historical")),
    *(f"seuranta.lukutapa.{name}" for name in ("otsikot", "sarakkeet", "jatetyt", "tavat")),
    *(f"seuranta.tuonti.{name}" for name in ("jasennetty", "muistettu", "luvut")),
    "raportit.julkinenrivi.tiedot",  # drawn by the ids of the frozen version, which stay
}


class Numerot:
    """siirtymat: {model's label: how much greater the ids of its table are to be}"""

    def __init__(self, siirtymat: dict[str, int]):
        self.siirtymat = siirtymat

    def of(self, model, pk):
        """The id that a row of the model gets; None stays. Raises PakettiViallinen for what is no id."""
        if pk is None:
            return None
        if not isinstance(pk, int) or isinstance(pk, bool) or not 0 < pk < SUURIN:
            raise PakettiViallinen(f"Tiedostossa on numero, joka ei ole rivin numero: {pk!r}.")
        return pk + self.siirtymat[model._meta.label_lower]

    def shift(self, model, row: dict) -> dict:
        """The row {column: value} by the new ids, in place."""
        for field in model._meta.concrete_fields:
            target = target_of(model, field)
            if target is not None:
                row[field.attname] = self.of(target, row[field.attname])
        for column, change in JSONIT.get(model._meta.label_lower, {}).items():
            row[column] = change(self, row[column], row)
        if "history_change_reason" in row:
            row["history_change_reason"] = self._shift_reason(row["history_change_reason"])
        return row

    def _shift_reason(self, reason):
        match = _MERKKI.fullmatch(reason or "")
        return f"{match[1]} {self.of(MERKIT[match[1]], int(match[2]))}{match[3] or ''}" if match else reason

    # --- ids inside JSON, by what holds them

    def keys_of_painopisteet(self, texts, _row):
        return {self.text(Painopiste, pk): text for pk, text in texts.items()}

    def people(self, ids, _row):
        return ids and self.all(Kayttaja, ids)

    def muutokset(self, changes, _row):
        return [self._muutos(each) for each in changes]

    def _muutos(self, change):
        model = _by_name(change["malli"])
        moved = {**change, "id": self.of(model, change["id"])}
        if "ennen" in change:
            moved["ennen"] = {name: self._earlier(model, name, value) for name, value in change["ennen"].items()}
        return moved

    def _earlier(self, model, name, value):
        """What a field of a row had, as the undoing of an import keeps it."""
        field = model._meta.get_field(name)
        return self.of(field.related_model, value) if field.is_relation else value

    def paatoksen_paikka(self, paikka, row):
        return self.text(Toimenpide, paikka) if row["laji"] == Paatos.Laji.PAATTYY else paikka

    def paatoksen_arvo(self, arvo, row):
        if model := _PAATETTAVAT.get(row["laji"]):
            return self.of(model, arvo) if isinstance(arvo, int) else arvo
        if row["laji"] == Paatos.Laji.KYSYMYS and isinstance(arvo, dict) and "kohdat" in arvo:
            return {**arvo, "kohdat": [self._kohta(*kohta) for kohta in arvo["kohdat"]]}
        return arvo

    def _kohta(self, laji, paikka):
        return [laji, self.paatoksen_paikka(paikka, {"laji": laji})]

    def viestin_kohde(self, pk, row):
        return self.of(_by_name(row["kohde"]), pk)

    def toimenpiteet(self, ids, _row):
        return self.all(Toimenpide, ids)

    def mittarit(self, ids, _row):
        return self.all(_by_name("mittari"), ids)

    def joukkomuutoksen_arvot(self, values, _row):
        return {name: self._joukkomuutoksen_arvo(name, value) for name, value in values.items()}

    def _joukkomuutoksen_arvo(self, name, value):
        model = _JOUKKOMUUTETTAVAT.get(name)
        if model is None:
            return value
        return self.all(model, value) if isinstance(value, list) else self.of(model, value)

    def tapahtuman_kohde(self, pk, row):
        """Of a kind that there is no more, or that is not ours, nothing is named but by its name."""
        model = own_models().get(row["kohteen_laji"])
        return self.of(model, pk) if model else None

    def siirtyma(self, earlier, _row):
        """What leads the ids of a frozen version on from here: it may have come along before."""
        return {laji: earlier.get(laji, 0) + self.siirtymat[label] for laji, label in JAADYTETYT.items()}

    def all(self, model, ids):
        return [self.of(model, pk) for pk in ids]

    def text(self, model, pk):
        return str(self.of(model, int(pk))) if pk.isdecimal() else pk


def target_of(model, field):
    """Whose id the column holds: a row's own, another's, in a row of history that of the row it tells of."""
    if field.is_relation:
        return field.related_model
    if hasattr(model, "instance_type") and field.name == "id":
        return model.instance_type
    is_number = isinstance(field, models.AutoField)
    return model if field.primary_key and is_number else None


def _by_name(name):
    """A row's model by its name alone, which no two of ours share."""
    found = [model for label, model in own_models().items() if label.rpartition(".")[2] == name]
    if not found:
        raise PakettiViallinen(f"Tiedostossa on laji, jota ei tunneta: {name}.")
    return found[0]


JAADYTETYT = {
    "kunta": "strategia.kunta",
    "strategia": "strategia.strategia",
    "jakso": "seuranta.seurantajakso",
    "painopiste": "strategia.painopiste",
    "tavoite": "strategia.strateginentavoite",
    "toimenpide": "strategia.toimenpide",
    "mittari": "strategia.mittari",
    "riski": "seuranta.riski",
}
_PAATETTAVAT = {Paatos.Laji.TOIMIALA: Toimiala, Paatos.Laji.TOIMENPIDE: Toimenpide}
_JOUKKOMUUTETTAVAT = {
    "toimiala": Toimiala,
    "toimielin": Toimielin,
    "vastuuhenkilot": Kayttaja,
    "muut_toimialat": Toimiala,
}
JSONIT = {
    "raportit.saate": {"painopisteet": Numerot.keys_of_painopisteet},
    "raportit.historicalsaate": {"painopisteet": Numerot.keys_of_painopisteet},
    "raportit.raporttiversio": {"siirtyma": Numerot.siirtyma},
    "strategia.historicaltoimenpide": {"vastuussa": Numerot.people},
    "strategia.ilmoitusviesti": {
        "kohde_id": Numerot.viestin_kohde,
        "toimenpiteet": Numerot.toimenpiteet,
        "mittarit": Numerot.mittarit,
    },
    "strategia.joukkomuutosrivi": {
        "ennen": Numerot.joukkomuutoksen_arvot,
        "jalkeen": Numerot.joukkomuutoksen_arvot,
    },
    "strategia.tapahtuma": {"kohteen_id": Numerot.tapahtuman_kohde},
    "seuranta.tuonti": {"muutokset": Numerot.muutokset},
    "seuranta.paatos": {"paikka": Numerot.paatoksen_paikka, "arvo": Numerot.paatoksen_arvo},
}
