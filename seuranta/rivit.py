"""Seurantajakso + user -> the rows of the entry page, and what was posted on them -> saved kirjaukset."""

from collections import Counter
from dataclasses import dataclass, field

from strategia.models import Toimenpide
from strategia.permissions import own_toimenpiteet

from .forms import EI_ARVIOIDA, KirjausForm
from .models import Kirjaus

SENT = (Kirjaus.Tila.LAHETETTY, Kirjaus.Tila.HYVAKSYTTY)
LAHETA_VALMIIT = "valmiit"


@dataclass
class Kirjausrivi:
    """One toimenpide on the entry page: what is stored, what was there last time, and what was just posted."""

    toimenpide: Toimenpide
    kirjaus: Kirjaus
    edellinen: Kirjaus | None
    form: KirjausForm | None = None
    ristiriita: bool = False
    posted: dict = field(default_factory=dict)

    @property
    def prefix(self):
        return f"t{self.toimenpide.pk}"

    @property
    def aste_nimi(self):
        return self.kirjaus.jakso.strategia.asteen_nimi(self.kirjaus.toteutumisaste)

    @property
    def edellisen_nimi(self):
        return self.kirjaus.jakso.strategia.asteen_nimi(self.edellinen.toteutumisaste)

    @property
    def is_sent(self):
        """Folded to one line: sent, and nothing on it waits for the person."""
        return self.kirjaus.tila in SENT and not self.errors and not self.ristiriita

    @property
    def errors(self):
        return self.form.errors if self.form else {}

    @property
    def aste(self):
        """The value of the chosen radio button: "1"-"5", "ei" or ""."""
        if self.posted:
            return self.posted["aste"]
        if self.kirjaus.toteutumisaste:
            return str(self.kirjaus.toteutumisaste)
        return "" if self.kirjaus.syy == Kirjaus.Syy.EI_VASTATTU else EI_ARVIOIDA

    @property
    def syy(self):
        return self.posted.get("syy") or self.kirjaus.syy

    @property
    def kommentti(self):
        return self.posted.get("kommentti", self.kirjaus.kommentti)

    @property
    def sisainen_huomio(self):
        return self.posted.get("sisainen_huomio", self.kirjaus.sisainen_huomio)


def build_rows(jakso, user):
    """The user's own rows of the jakso in the plan's order; the same queries for one row and for 250."""
    toimenpiteet = jakso.toimenpiteet().filter(pk__in=own_toimenpiteet(user))
    edellinen = jakso.edellinen()
    jaksot = {each.pk: each for each in (jakso, edellinen) if each}
    stored = {}
    for kirjaus in Kirjaus.objects.filter(jakso__in=jaksot):
        kirjaus.jakso = jaksot[kirjaus.jakso_id]  # known already: the page asks its name on every row
        stored[kirjaus.jakso_id, kirjaus.toimenpide_id] = kirjaus
    return [
        Kirjausrivi(
            toimenpide=toimenpide,
            kirjaus=stored.get((jakso.pk, toimenpide.pk)) or Kirjaus(jakso=jakso, toimenpide=toimenpide),
            edellinen=stored.get((edellinen.pk, toimenpide.pk)) if edellinen else None,
        )
        for toimenpide in toimenpiteet
    ]


def count_states(rows):
    """{tila: how many}, every state present, plus "kaikki" and "lahetetyt" (sent or already approved)."""
    counts = Counter(row.kirjaus.tila for row in rows)
    return {
        **{tila.value: counts[tila] for tila in Kirjaus.Tila},
        "kaikki": len(rows),
        "lahetetyt": sum(counts[tila] for tila in SENT),
    }


def save_posted(jakso, rows, data, *, by):
    """Save what `data` (a POST) says of these rows; returns (saved kirjaukset, rows that need the person).

    A faulty row or one that another person changed meanwhile does not stop the others, and keeps its text.
    """
    send = data.get("laheta", "")
    forms = {}
    for row in rows:
        if f"{row.prefix}-versio" in data:
            row.form = KirjausForm(data, prefix=row.prefix, laheta=_is_sent(row, data, send))
            if row.form.is_valid():
                forms[row.toimenpide] = row
            else:
                row.posted = _posted_texts(row, data)
    vastaukset = {toimenpide: row.form.vastaus() for toimenpide, row in forms.items()}
    saved, conflicts = Kirjaus.objects.record(jakso, vastaukset, by=by)
    for theirs, _mine in conflicts:
        row = forms[theirs.toimenpide]
        row.kirjaus, row.ristiriita, row.posted = theirs, True, _posted_texts(row, data)
    return saved, [row for row in rows if row.errors or row.ristiriita]


def _is_sent(row, data, send):
    """One row's own button, or the button that sends every row with a score and a comment."""
    if send == LAHETA_VALMIIT:
        filled = data.get(f"{row.prefix}-aste") and data.get(f"{row.prefix}-kommentti", "").strip()
        return bool(filled) and row.kirjaus.tila not in SENT
    return send == str(row.toimenpide.pk)


def _posted_texts(row, data):
    return {name: data.get(f"{row.prefix}-{name}", "") for name in ("aste", "syy", "kommentti", "sisainen_huomio")}
