"""One unit's answer on a row of the entry page: what is stored, what it said last time, what was just posted."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from ..models import Osavastaus

OSAN_SANAT = {
    "nimi": gettext_lazy("yksikkö"),
    "toteutumisaste": gettext_lazy("toteutumisaste"),
    "kommentti": gettext_lazy("kommentti"),
}


@dataclass
class Yksikko:
    """An osavastaus on its row; one without a pk is a place for a new one, and its name may be offered.

    on_oma: may the user write its name and comment? Of another toimiala's comment the leader gives the score alone.
    """

    osa: Osavastaus
    prefix: str  # how the names of its fields begin: those of its row do too
    ennen: Osavastaus | None = None
    on_oma: bool = True
    form: object = None  # the OsaForm of what was posted
    ristiriita: object = None  # who wrote what is stored
    posted: dict = field(default_factory=dict)
    perusta: int | None = None  # the versio whose texts the fields of the page hold, once they were posted
    poistui: bool = False  # another took it away while the person wrote on it

    def __getitem__(self, name):
        """See Kirjausrivi."""
        return getattr(self, name)

    @property
    def pk(self):
        return None if self.poistui else self.osa.pk

    @property
    def errors(self):
        return self.form.errors if self.form else {}

    @property
    def is_unsettled(self):
        return bool(self.errors or self.ristiriita)

    @property
    def versio(self):
        """What the next save is based on; of what is not saved still the versio that it was begun from."""
        if self.poistui:
            return 0
        return self.osa.versio if self.perusta is None or not self.posted else self.perusta

    @property
    def on_muualla_muutettu(self):
        """Was it only sent along as the page had it, while another has rewritten it?"""
        return self.perusta is not None and self.perusta != self.osa.versio and not self.is_unsettled

    @property
    def nimi(self):
        return self.posted.get("nimi", self.osa.nimi)

    @property
    def aste(self):
        stored = self.osa.toteutumisaste
        return self.posted.get("aste", str(stored) if stored else "")

    @property
    def kommentti(self):
        return self.posted.get("kommentti", self.osa.kommentti)

    @cached_property
    def lyhyt_nimi(self):
        return Truncator(self.osa.nimi).chars(60) or gettext_lazy("uusi yksikkö")

    @property
    def kirjaajan_tekstit(self):
        """[(word, the owner's text)] of what viimeistely has changed."""
        return [(OSAN_SANAT[name], text) for name, text in self.osa.kirjaajan_tekstit.items()]

    def take(self, osa):
        """It is saved: the next save is based on this."""
        self.osa, self.perusta = osa, osa.versio
