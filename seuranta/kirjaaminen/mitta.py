"""One mittari on the entry page: its target, what it showed last time, what is stored, what was just posted."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from strategia.lukuteksti import read_luku
from strategia.models import Mittari, Tavoitearvo

from .. import tulos
from ..models import Kirjaus, MittariArvo


@dataclass
class Mitta:
    """A mittari with its target in force, its value of the jakso before, what is stored and what was just posted."""

    mittari: Mittari
    arvo: MittariArvo
    ennen: MittariArvo | None
    tavoite: Tavoitearvo | None
    prefix: str  # how the names of its fields begin: those of its row do too
    form: object = None  # the MittausForm of what was posted
    ristiriita: object = None  # who wrote the value that is stored
    posted: dict = field(default_factory=dict)
    perusta: int | None = None  # the versio whose texts the fields of the page hold, once they were posted
    tallentui: bool = False

    def __getitem__(self, name):
        """See Kirjausrivi."""
        return getattr(self, name)

    @property
    def errors(self):
        return self.form.errors if self.form else {}

    @property
    def is_unsettled(self):
        return bool(self.errors or self.ristiriita)

    @property
    def is_unsent(self):
        """Saved, but not sent as was asked: it tells nothing."""
        return bool(self.errors and self.form.lacks_only_arvo() and not self.ristiriita)

    @property
    def tila(self):
        """Of one with a state of its own."""
        return self.arvo.tila or Kirjaus.Tila.EI_VASTATTU

    @property
    def versio(self):
        """What the next save is based on; of what is not saved still the versio that it was begun from."""
        return self.arvo.versio if self.perusta is None or not self.posted else self.perusta

    @property
    def on_muualla_muutettu(self):
        """Was it only sent along as the page had it, while another has rewritten it?"""
        return self.perusta is not None and self.perusta != self.arvo.versio and not self.is_unsettled

    @property
    def teksti(self):
        return self.posted.get("teksti", self.arvo.teksti)

    @property
    def huomautus(self):
        return self.posted.get("huomautus", self.arvo.huomautus)

    @property
    def sisainen_huomio(self):
        return self.posted.get("sisainen_huomio", self.arvo.sisainen_huomio)

    @property
    def has_lisatekstit(self):
        return bool(self.huomautus or self.sisainen_huomio or self.errors)

    @property
    def is_long(self):
        """Is its field one of many lines? A line break in a field of one line would be lost."""
        return self.mittari.laji == tulos.TEKSTI or "\n" in self.teksti

    @property
    def kylla_ei(self):
        """[(value, word, is it chosen?)] of a kyllä/ei; what the source said otherwise stays as it is."""
        said, text = tulos.read_kylla_ei(self.teksti), self.teksti
        valinnat = [(text if said is True else tulos.KYLLA, gettext_lazy("Kyllä"), said is True)]
        valinnat.append((text if said is False else tulos.EI, gettext_lazy("Ei"), said is False))
        if text and said is None:
            valinnat.append((text, text, True))
        return valinnat

    @cached_property
    def verrattu(self):
        """The result, as the field says it: (saavutettu, ei_viela …, its sentence, did it get worse?)."""
        tulos_nyt = tulos.compare(self.mittari, self._arvo, self.tavoite)
        is_worse = tulos_nyt is tulos.Tulos.EI_VIELA and self._moved is tulos.Suunta.HEIKKENI
        return {
            "tulos": "heikkeni" if is_worse else tulos_nyt.value,
            "lause": tulos.sentence(self.mittari, self._arvo, self.tavoite),
            "heikkeni": is_worse,
        }

    @cached_property
    def _arvo(self):
        return tulos.Arvo(self.teksti, read_luku(self.teksti))

    @property
    def _moved(self):
        return tulos.move_of(self.mittari, self._arvo, self.ennen)

    @property
    def tavoite_nakyy(self):
        return tulos.show_target(self.mittari, self.tavoite) if self.tavoite else ""

    @property
    def ennen_nakyy(self):
        return tulos.show_value(self.mittari, self.ennen) if self.ennen else ""

    @property
    def tallennettu_nakyy(self):
        return tulos.show_value(self.mittari, self.arvo)

    @property
    def kirjaajan_tekstit(self):
        """[(word, the owner's text)] of what viimeistely has changed."""
        words = {"teksti": gettext_lazy("arvo"), "huomautus": gettext_lazy("huomautus")}
        return [(words[name], text) for name, text in self.arvo.kirjaajan_tekstit.items()]

    @cached_property
    def lyhyt_nimi(self):
        return Truncator(self.mittari.nimi).chars(60)

    def take(self, arvo):
        """It is saved: the next save is based on this."""
        self.arvo, self.perusta, self.tallentui = arvo, arvo.versio, True


@dataclass(frozen=True)
class Mitat:
    """The mittarit of a row or a card as a table. vuosi, ennen: whose target and what jakso its columns show."""

    rivit: list[Mitta]
    vuosi: int | None
    ennen: str
