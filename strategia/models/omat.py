"""The columns of the municipality's own that have no role here: known by heading, of the toimenpide or its kirjaus."""

from functools import lru_cache
from hashlib import sha256

OMA, OMA_KIRJAUS = "oma", "oma.kirjaus"
OMAT = (OMA, OMA_KIRJAUS)
# The role that one such column has in a report and as a field: what follows tells its heading.
OMAN_ALUT = {OMA: "oma_", OMA_KIRJAUS: "omak_"}


@lru_cache(maxsize=1_000)
def own_role(rooli: str, otsikko: str) -> str:
    """As a name of Python, and the same in every version of a report."""
    return OMAN_ALUT[rooli] + sha256(otsikko.encode()).hexdigest()[:16]


def put_omat(stored, told):
    """{heading: text} with what was `told` in it: an empty text takes its heading away, and white space at the ends of
    what is stored is no change.
    """
    changed = {otsikko: text for otsikko, text in told.items() if text != stored.get(otsikko, "").strip()}
    return {otsikko: text for otsikko, text in {**stored, **changed}.items() if text}


class OmatSarakkeet:
    """What a strategia, by its `sarakkeet`, knows of the columns of its kunta's own table."""

    def omat_otsikot(self, rooli):
        """{heading: its entry} of OMA or OMA_KIRJAUS, in the order of the kunta's own table."""
        return {each["otsikko"]: each for each in self.sarakkeet if each["rooli"] == rooli}

    @property
    def kysytyt_omat(self):
        """[heading] of those that are asked on every row of the entry page."""
        return [otsikko for otsikko, each in self.omat_otsikot(OMA_KIRJAUS).items() if each.get("kysytaan")]

    def list_omat(self, rooli, texts, *, only_shown=False):
        """[(heading, text)] of {heading: text}, in the order of the kunta's own table; only_shown: the published."""
        entries = self.omat_otsikot(rooli)
        shown = [otsikko for otsikko, each in entries.items() if not (only_shown and each.get("piilossa"))]
        rest = [] if only_shown else sorted(texts.keys() - set(shown))
        return [(otsikko, texts[otsikko]) for otsikko in dict.fromkeys([*shown, *rest]) if texts.get(otsikko)]

    def shows_omat(self, rooli):
        """Has any of them been chosen for the report?"""
        return any(not each.get("piilossa") for each in self.omat_otsikot(rooli).values())

    def ask_omat(self, otsikot):
        """Ask these of OMA_KIRJAUS and no others. Does not save."""
        self.sarakkeet = [self._asked_own(each, otsikot) for each in self.sarakkeet]

    def _asked_own(self, sarake, otsikot):
        if sarake["rooli"] != OMA_KIRJAUS:
            return sarake
        kept = {name: value for name, value in sarake.items() if name != "kysytaan"}
        return {**kept, "kysytaan": True} if sarake["otsikko"] in otsikot else kept
