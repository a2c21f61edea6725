"""The messages that have gone to those who answer: to whom, when, of what, and whether the mail server took them."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategia.models import KunnanRivi

from .jaksot import Seurantajakso

KESKEN_JAANYT = timedelta(minutes=15)  # a message that has been leaving for longer was cut off on the way


class MuistutusQuerySet(models.QuerySet):
    def unsent(self):
        """Those that the mail server did not take, and those that were cut off on the way: to be tried again."""
        cut_off = Q(tila=Muistutus.Tila.LAHDOSSA, yritetty__lt=timezone.now() - KESKEN_JAANYT)
        return self.filter(cut_off | Q(tila=Muistutus.Tila.EPAONNISTUI))

    def reminded_since(self, day):
        """{(a person's id, laji)} of what has left after the day: a run that broke off repeats none of it."""
        left = self.filter(paiva__gt=day, tila=Muistutus.Tila.LAHETETTY)
        return set(left.values_list("kayttaja", "laji"))

    def claim(self, jakso, kayttaja, laji, *, paiva, toimenpiteet, by=None):
        """The Muistutus that the caller alone may now send, or None where the person has had one this day.

        Two commands at once and two clicks at once send one message: the constraint lets one row be made, and
        one of them turn an unsent row into one that is leaving.
        """
        values = {"laji": laji, "toimenpiteet": toimenpiteet, "tekija": by}
        today = self.filter(jakso=jakso, kayttaja=kayttaja, paiva=paiva).exclude(laji=Muistutus.Laji.PALAUTUS)
        try:
            with transaction.atomic():
                claimed = self.create(kunta_id=jakso.kunta_id, jakso=jakso, kayttaja=kayttaja, paiva=paiva, **values)
        except IntegrityError:
            if (existing := today.first()) is None:
                raise
            return existing.claim_again(**values)
        older = self.filter(jakso=jakso, kayttaja=kayttaja, paiva__lt=paiva).exclude(laji=Muistutus.Laji.PALAUTUS)
        older.drop_unsent()
        return claimed

    def drop_unsent(self):
        """Try them no more: a newer one goes in their place, or there is nothing left to remind of."""
        self.unsent().update(tila=Muistutus.Tila.KORVATTU)


class Muistutus(KunnanRivi):
    """One message to one person about the rows of one jakso; at most one reminder a day."""

    class Laji(models.TextChoices):
        ENNEN_14 = "14", _("14 päivää ennen määräaikaa")
        ENNEN_3 = "3", _("3 päivää ennen määräaikaa")
        MAARAPAIVA = "0", _("määräpäivänä")
        JALKEEN_3 = "-3", _("3 päivää määräajan jälkeen")
        PYYNTO = "pyynto", _("koordinaattorin lähettämä")
        PALAUTUS = "palautus", _("palautus täydennettäväksi")

    class Tila(models.TextChoices):
        LAHDOSSA = "lahdossa", _("Lähdössä")
        LAHETETTY = "lahetetty", _("Lähetetty")
        EPAONNISTUI = "epaonnistui", _("Ei lähtenyt, yritetään uudelleen")
        KORVATTU = "korvattu", _("Ei lähtenyt, ei enää tarpeen")

    jakso = models.ForeignKey(
        Seurantajakso, on_delete=models.CASCADE, related_name="muistutukset", verbose_name=_("seurantajakso")
    )
    kayttaja = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("kenelle")
    )
    laji = models.CharField(_("laji"), max_length=10, choices=Laji)
    paiva = models.DateField(_("päivä"))
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.LAHDOSSA)
    toimenpiteet = models.JSONField(_("toimenpiteet"), default=list, blank=True)
    mittarit = models.JSONField(_("mittarit"), default=list, blank=True)  # those of no toimenpide that were sent back
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lähettäjä"),
    )
    yritetty = models.DateTimeField(_("yritetty"), default=timezone.now)
    yrityksia = models.PositiveSmallIntegerField(_("yrityksiä"), default=1)
    virhe = models.TextField(_("virhe"), blank=True)

    objects = MuistutusQuerySet.as_manager()

    class Meta:
        verbose_name = _("muistutus")
        verbose_name_plural = _("muistutukset")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jakso", "kayttaja", "paiva"], condition=~Q(laji="palautus"), name="muistutus_kerran_paivassa"
            )
        ]

    def __str__(self):
        return f"{self.jakso}: {self.kayttaja}, {self.get_laji_display()}"

    @property
    def riveja(self):
        """How many rows it tells of."""
        return len(self.toimenpiteet) + len(self.mittarit)

    @property
    def is_sent(self):
        return self.tila == self.Tila.LAHETETTY

    def claim_again(self, **values):
        """This row, unsent so far, for the caller alone to send now; None where somebody else was first."""
        taken = Muistutus.objects.unsent().filter(pk=self.pk)
        try:
            with transaction.atomic():
                mine = taken.update(
                    tila=self.Tila.LAHDOSSA, yritetty=timezone.now(), yrityksia=F("yrityksia") + 1, **values
                )
        except IntegrityError:  # its new day has a reminder already
            return None
        if not mine:
            return None
        self.refresh_from_db()
        return self

    def settle(self, virhe):
        """The mail server took the message, or the reason why it did not."""
        self.tila = self.Tila.EPAONNISTUI if virhe else self.Tila.LAHETETTY
        self.virhe, self.yritetty = virhe, timezone.now()
        self.save(update_fields=["tila", "virhe", "yritetty"])
