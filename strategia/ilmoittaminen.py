"""Claimed Ilmoitusviestit -> mails of one template, and what became of each."""

from dataclasses import dataclass, field

from django.urls import reverse

from .models import Ilmoitusviesti, Kayttaja, Rooli
from .sahkoposti import absolute_url, build_message, send_messages

POHJA = "strategia/kayttaja/viestit/ilmoitus"


@dataclass
class Ilmoitus:
    """What a message says: its subject, its sentences, and the page (a path) that it leads to."""

    viesti: Ilmoitusviesti
    aihe: str
    lauseet: list[str]
    sivu: str
    linkki: str


@dataclass
class Lahteneet:
    """The messages that left, those that did not, and those that were dropped because they were no longer true."""

    lahteneet: list[Ilmoitusviesti] = field(default_factory=list)
    jaaneet: list[Ilmoitusviesti] = field(default_factory=list)
    turhat: list[Ilmoitusviesti] = field(default_factory=list)

    def drop(self, viesti, syy):
        """Not sent: why stands in the log."""
        Ilmoitusviesti.objects.filter(pk=viesti.pk).drop_unsent(syy)
        viesti.virhe = str(syy)
        self.turhat.append(viesti)

    def send(self, ilmoitukset, connection=None):
        outcomes = send_messages([_build(ilmoitus) for ilmoitus in ilmoitukset], connection)
        for ilmoitus, virhe in zip(ilmoitukset, outcomes, strict=True):
            ilmoitus.viesti.settle(virhe)
            (self.jaaneet if virhe else self.lahteneet).append(ilmoitus.viesti)


def choices_url():
    """The page on which the receiver chooses what comes."""
    return absolute_url(reverse("strategia:omat-tiedot"))


def _build(ilmoitus):
    viesti = ilmoitus.viesti
    context = {"ilmoitus": ilmoitus, "kayttaja": viesti.kayttaja, "kunta": viesti.kunta}
    context |= {"osoite": absolute_url(ilmoitus.sivu), "lause": viesti.lause, "lahettaja": viesti.tekija}
    context["valinnat"] = choices_url()
    reply_to = Kayttaja.objects.filter(kunta=viesti.kunta_id, rooli=Rooli.KOORDINAATTORI, is_active=True)
    told = {"to": viesti.kayttaja.email, "reply_to": reply_to.values_list("email", flat=True)}
    return build_message(POHJA, context, subject=ilmoitus.aihe, **told)
