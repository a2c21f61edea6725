"""The messages that have gone to people: of what, to whom, when, and whether the mail server took them."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .kunta import KunnanRivi
from .kysely import KunnanQuerySet

KESKEN_JAANYT = timedelta(minutes=15)  # a message that has been leaving for longer was cut off on the way


class IlmoitusviestiQuerySet(KunnanQuerySet):
    def of(self, row):
        """Those that tell of this row."""
        return self.filter(kunta=row.kunta_id, kohde=row._meta.model_name, kohde_id=row.pk)

    def unsent(self):
        """Those that wait for their day, that the mail server did not take, or that were cut off on the way."""
        tilat = Ilmoitusviesti.Tila
        cut_off = Q(tila=tilat.LAHDOSSA, yritetty__lt=timezone.now() - KESKEN_JAANYT)
        return self.filter(cut_off | Q(tila__in=[tilat.ODOTTAA, tilat.EPAONNISTUI]))

    def reminded_since(self, day):
        """{(a person's id, vaihe)} of what has left after the day: a run that broke off repeats none of it."""
        left = self.filter(laji=Ilmoitusviesti.Laji.MUISTUTUS, paiva__gt=day, tila=Ilmoitusviesti.Tila.LAHETETTY)
        return set(left.values_list("kayttaja", "vaihe"))

    def claim(self, row, kayttaja, laji, *, paiva, **values):
        """The Ilmoitusviesti that the caller alone may now send, or None where the person has had it this day.

        Two commands at once and two clicks at once send one message: the constraint lets one row be made, and
        one of them turn an unsent row into one that is leaving.
        """
        mine = {"kohde": row._meta.model_name, "kohde_id": row.pk, "kayttaja": kayttaja, "laji": laji}
        named = {"kunta_id": getattr(row, "kunta_id", row.pk), "kohteen_nimi": str(row)[:300]}
        try:
            with transaction.atomic():
                claimed = self.create(**mine, **named, paiva=paiva, **values)
        except IntegrityError:
            if (existing := self.filter(**mine, paiva=paiva).first()) is None:
                raise
            return existing.claim_again(**values)
        if laji != Ilmoitusviesti.Laji.PALAUTUS:  # of which each tells of other rows
            self.filter(**mine, paiva__lt=paiva).drop_unsent()
        return claimed

    def drop_unsent(self, syy=""):
        """Try them no more: a newer one goes in their place, or there is nothing left to tell."""
        self.unsent().update(tila=Ilmoitusviesti.Tila.KORVATTU, virhe=syy)


class Ilmoitusviesti(KunnanRivi):
    """One message to one person. At most one of a kind of the same thing a day; a returned row is told each time."""

    class Laji(models.TextChoices):
        MUISTUTUS = "muistutus", _("muistutus vastaamattomista riveistä")
        PALAUTUS = "palautus", _("palautus täydennettäväksi")
        AVAUS = "avaus", _("jakso on avattu")
        HYVAKSYTTAVAT = "hyvaksyttavat", _("rivejä odottaa hyväksymistä")
        HYVAKSYNTAAIKA = "hyvaksyntaaika", _("hyväksymisen määräaika lähestyy")
        VIIMEISTELY = "viimeistely", _("jakso on viimeistelyssä")
        JULKAISU = "julkaisu", _("raportti on julkaistu")
        KYSYMYS = "kysymys", _("viesti riviltä")
        SIJAISUUS = "sijaisuus", _("sinut on merkitty sijaiseksi")

    class Vaihe(models.TextChoices):
        """Which of the reminders; "" of the other kinds."""

        ENNEN_14 = "14", _("14 päivää ennen määräaikaa")
        ENNEN_3 = "3", _("3 päivää ennen määräaikaa")
        MAARAPAIVA = "0", _("määräpäivänä")
        JALKEEN_3 = "-3", _("3 päivää määräajan jälkeen")
        PYYNTO = "pyynto", _("koordinaattorin lähettämä")

    class Tila(models.TextChoices):
        ODOTTAA = "odottaa", _("Odottaa lähtöpäivää")
        LAHDOSSA = "lahdossa", _("Lähdössä")
        LAHETETTY = "lahetetty", _("Lähetetty")
        EPAONNISTUI = "epaonnistui", _("Ei lähtenyt, yritetään uudelleen")
        KORVATTU = "korvattu", _("Ei lähtenyt, ei enää tarpeen")

    laji = models.CharField(_("laji"), max_length=20, choices=Laji)
    vaihe = models.CharField(_("vaihe"), max_length=10, choices=Vaihe, blank=True)
    # Of what, by the model's name and id: what a message tells of may be a row of any app.
    kohde = models.CharField(_("minkä"), max_length=50)
    kohde_id = models.PositiveBigIntegerField(_("minkä numero"))
    kohteen_nimi = models.CharField(_("mistä"), max_length=300)
    kayttaja = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("kenelle")
    )
    paiva = models.DateField(_("päivä"))
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.LAHDOSSA)
    toimenpiteet = models.JSONField(_("toimenpiteet"), default=list, blank=True)
    mittarit = models.JSONField(_("mittarit"), default=list, blank=True)  # those of no toimenpide
    lause = models.TextField(_("lähettäjän lisäys"), max_length=1000, blank=True)
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

    objects = IlmoitusviestiQuerySet.as_manager()

    class Meta:
        verbose_name = _("ilmoitusviesti")
        verbose_name_plural = _("viestit")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kohde", "kohde_id", "kayttaja", "laji", "paiva"],
                condition=~Q(laji="palautus"),
                name="viesti_kerran_paivassa",
            )
        ]

    def __str__(self):
        return f"{self.kohteen_nimi}: {self.kayttaja}, {self.miksi}"

    @property
    def miksi(self):
        is_reminder = self.laji == self.Laji.MUISTUTUS and self.vaihe
        return self.get_vaihe_display() if is_reminder else self.get_laji_display()

    @property
    def riveja(self):
        """How many rows and mittarit it tells of, in words; "" of a message of none."""
        n, m = len(self.toimenpiteet), len(self.mittarit)
        parts = [ngettext("%(n)d rivi", "%(n)d riviä", n) % {"n": n}] if n else []
        parts += [ngettext("%(n)d mittari", "%(n)d mittaria", m) % {"n": m}] if m else []
        return ", ".join(parts)

    @property
    def is_sent(self):
        return self.tila == self.Tila.LAHETETTY

    def claim_again(self, **values):
        """This row, unsent so far, for the caller alone to send now; None where somebody else was first."""
        taken = Ilmoitusviesti.objects.unsent().filter(pk=self.pk)
        try:
            with transaction.atomic():
                mine = taken.update(
                    tila=self.Tila.LAHDOSSA, yritetty=timezone.now(), yrityksia=F("yrityksia") + 1, **values
                )
        except IntegrityError:  # its new day has one already
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
