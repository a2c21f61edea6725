"""A toimenpide of another toimiala on the entry page of one that takes part: it is commented on, not scored."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from strategia.models import MuuToimiala

from ..models import Kirjaus, Osavastaus
from .rivi import tell_outcome, tell_saved


@dataclass
class Kommenttirivi:
    """The comment of one toimiala that takes part, beside what the leading one says now. In no count of rows."""

    osallinen: MuuToimiala
    kirjaus: Kirjaus | None  # the leader's
    osa: Osavastaus  # the comment; without a pk where there is none
    asteen_nimet: dict
    form: object = None  # the KommenttiForm of what was posted
    ristiriita: object = None  # who wrote what is stored
    posted: dict = field(default_factory=dict)
    perusta: int | None = None
    tallentui: bool = False
    on_kopio: ClassVar[bool] = False
    on_kortti: ClassVar[bool] = True  # what is asked of a toimenpide's own row is not asked of it
    on_kommentti: ClassVar[bool] = True
    mitat: ClassVar[None] = None
    osat: ClassVar[tuple] = ()
    tila: ClassVar[str] = ""
    is_sent: ClassVar[bool] = True  # it waits for nobody
    is_unsent: ClassVar[bool] = False
    lahti: ClassVar[bool] = False
    tilan_nimi: ClassVar[str] = gettext_lazy("Kommentoitavana")

    def __getitem__(self, name):
        """See Kirjausrivi."""
        return getattr(self, name)

    @property
    def prefix(self):
        return f"k{self.osallinen.pk}"

    @property
    def tunnus(self):
        return self.prefix

    @property
    def toimenpide(self):
        return self.osallinen.toimenpide

    @property
    def toimiala(self):
        return self.osallinen.toimiala

    @property
    def tavoite(self):
        return self.toimenpide.tavoite

    @property
    def painopiste(self):
        return self.toimenpide.tavoite.painopiste

    @property
    def nimi(self):
        return self.toimenpide.nimi

    @cached_property
    def lyhyt_nimi(self):
        return Truncator(self.nimi).chars(60)

    @property
    def taso(self):
        return "h4" if self.tavoite.nimi else "h3"

    @property
    def aste_nimi(self):
        return self.asteen_nimet.get(self.kirjaus.toteutumisaste, "") if self.kirjaus else ""

    @property
    def errors(self):
        return self.form.errors if self.form else {}

    @property
    def is_unsettled(self):
        return bool(self.errors or self.ristiriita)

    @property
    def tulos(self):
        return tell_outcome(self)

    @property
    def on_tallennettu(self):
        return bool(self.osa.pk)

    @property
    def tallennettu(self):
        return tell_saved(self.osa.muokattu)

    @property
    def has_value(self):
        return bool(self.kommentti.strip())

    @property
    def versio(self):
        """What the next save is based on; of what is not saved still the versio that it was begun from."""
        return self.osa.versio if self.perusta is None or not self.posted else self.perusta

    @property
    def kommentti(self):
        return self.posted.get("kommentti", self.osa.kommentti)

    def forget(self):
        self.posted = {}
