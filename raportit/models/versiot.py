"""The frozen raporttiversiot and, beside them, how they were dealt with."""

import hashlib

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from seuranta.models import Seurantajakso
from strategia.models import KunnanQuerySet, KunnanRivi, Tapahtuma, Tunnuksellinen
from strategia.permissions import audits
from strategia.tapahtuma import record

Laji = Tapahtuma.Laji


def julkaistaan_sanoin(when) -> str:
    """ "Julkaistaan 1.11. klo 8", "Julkaistaan 1.11. klo 8.30"; the year where it is another."""
    when = timezone.localtime(when)
    day = f"{when:%-d.%-m.}" if when.year == timezone.localdate().year else f"{when:%-d.%-m.%Y}"
    return _("Julkaistaan %(paiva)s klo %(kello)s") % {
        "paiva": day,
        "kello": f"{when:%-H}" if not when.minute else f"{when:%-H.%M}",
    }


SEURAAJAT = []  # each is called with a version whose publicity an act has changed, in the act's own transaction


def is_public_at(now) -> Q:
    """The condition that a version is public at the moment: published, or the time it was to be published has come."""
    return Q(tila=Raporttiversio.Tila.JULKAISTU) | Q(julkaistaan__lte=now)


class RaporttiversioQuerySet(KunnanQuerySet):
    def public_at(self, now=None):
        """Those that anybody may read at the moment, now where none is told. Every public door asks here."""
        return self.filter(is_public_at(now or timezone.now()))

    def newest_of_jakso(self, now):
        """Of those in public, the newest of each jakso."""
        return self.filter(~Exists(_later().public_at(now)))

    def readable_by(self, user):
        """Those of the user's kunta; to who does not audit the public ones, and a newest one that waits to be.

        What a later version corrected, or what was taken back, is not told on by the one before it.
        """
        mine = self.filter(kunta=user.kunta_id)
        if audits(user):
            return mine
        waits = Q(tila=Raporttiversio.Tila.SISAINEN) & ~Exists(_later())
        return mine.filter(is_public_at(timezone.now()) | waits)

    def of(self, user):
        """The same without their contents: a list shows many."""
        return self.readable_by(user).select_related("jakso").defer("data")

    def newest_after(self, versio, *, public):
        """What took this version's place (public: of those that are), without its contents; None where nothing has."""
        later = self.filter(kunta=versio.kunta_id, jakso=versio.jakso_id, numero__gt=versio.numero)
        if public:
            later = later.public_at()
        return later.defer("data").order_by("numero").last()

    def with_replacing(self, *, public):
        """With `korvaava`, the number of the newest later version (public: of those that are), None where none is."""
        later = _later()
        if public:
            later = later.public_at()
        return self.annotate(korvaava=Subquery(later.order_by("-numero").values("numero")[:1]))


def has_several_plans(versiot) -> bool:
    """Are they of more plans than one, so that a list has to tell which is whose?"""
    return len({versio.jakso.strategia_id for versio in versiot}) > 1


def _later():
    """The later versions of the same jakso, of an outer query."""
    return Raporttiversio.objects.filter(jakso=OuterRef("jakso"), numero__gt=OuterRef("numero"))


class Raporttiversio(Tunnuksellinen, KunnanRivi):
    """A frozen osavuosikatsaus: its JSON and the JSON's sha256. A trigger refuses every change of them."""

    class Tila(models.TextChoices):
        SISAINEN = "sisainen", _("Sisäinen")
        JULKAISTU = "julkaistu", _("Julkaistu")
        POISTETTU = "poistettu", _("Poistettu julkaisusta")

    MUUTTUVAT = ("tila", "julkaistu", "julkaistaan", "poistettu", "poistamisen_syy", "piilota_vanhat")

    jakso = models.ForeignKey(
        Seurantajakso, on_delete=models.PROTECT, related_name="raporttiversiot", verbose_name=_("seurantajakso")
    )
    numero = models.PositiveIntegerField(_("versio"))
    data = models.TextField(_("sisältö"), help_text=_("Koko raportti JSON-muodossa."))
    sha256 = models.CharField(_("tiiviste"), max_length=64)
    # {laji: how much greater the ids of its rows are here than inside data}; empty where it was frozen here.
    siirtyma = models.JSONField(_("numeroiden siirtymä"), default=dict, editable=False)
    luotu = models.DateTimeField(_("luotu"))
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("tekijä"),
    )
    tekijan_nimi = models.CharField(_("tekijän nimi"), max_length=200, blank=True)
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.SISAINEN)
    julkaistu = models.DateTimeField(_("julkaistu"), null=True, blank=True)
    julkaistaan = models.DateTimeField(_("julkaistaan"), null=True, blank=True)
    poistettu = models.DateTimeField(_("poistettu julkaisusta"), null=True, blank=True)
    poistamisen_syy = models.TextField(_("miksi poistettiin julkaisusta"), blank=True)
    piilota_vanhat = models.BooleanField(
        _("älä näytä vanhaa tekstiä"),
        default=False,
        help_text=_("Luettelo korjauksista kertoo, mitä korjattiin, mutta ei mitä siinä luki ennen."),
    )

    objects = RaporttiversioQuerySet.as_manager()

    class Meta:
        verbose_name = _("raporttiversio")
        verbose_name_plural = _("raporttiversiot")
        ordering = ["jakso", "-numero"]
        constraints = [models.UniqueConstraint(fields=["jakso", "numero"], name="versio_kerran_jaksossa")]

    def __str__(self):
        return _("%(jakso)s, versio %(numero)s") % {"jakso": self.jakso, "numero": self.numero}

    @property
    def nyt_tila(self):
        """Its tila by the clock: one whose time to be published has come is published, though nobody has acted."""
        is_due = self.julkaistaan and self.julkaistaan <= timezone.now()
        return self.Tila.JULKAISTU if is_due else self.Tila(self.tila)

    @property
    def on_julkinen(self):
        return self.nyt_tila == self.Tila.JULKAISTU

    @property
    def tila_sanoin(self):
        """Its tila in words, with the time at which it is to be published: "Sisäinen. Julkaistaan 1.11. klo 8"."""
        if not self.julkaistaan or self.on_julkinen:
            return self.nyt_tila.label
        return f"{self.nyt_tila.label}. {julkaistaan_sanoin(self.julkaistaan)}"

    def publish(self, *, by=None, piilota_vanhat=False, when=None):
        """Show it to everybody, now or from `when` on; the first publishing is kept.

        piilota_vanhat: without what it corrected away. Till the time comes its tila stays what it was.
        """
        moment = timezone.now()
        later = when if when and when > moment else None
        told = {"julkaistaan": later, "piilota_vanhat": piilota_vanhat}
        told |= {} if later else {"tila": self.Tila.JULKAISTU}
        act = Julkaisu.Teko.AJASTETTU if later else Julkaisu.Teko.JULKAISTU
        self._turn(
            act, by, from_=(self.Tila.SISAINEN, self.Tila.POISTETTU), moment=moment, first=later or moment, **told
        )

    def withdraw(self, *, by=None, syy=""):
        """Stop showing a published one, and tell why; what was never published stays sisäinen."""
        told = {"tila": self.Tila.POISTETTU, "julkaistaan": None, "poistettu": timezone.now(), "poistamisen_syy": syy}
        self._turn(Julkaisu.Teko.POISTETTU, by, from_=(self.Tila.JULKAISTU,), **told)

    def cancel(self, *, by=None):
        """Let the publishing that was to come be; one whose time has come stays published."""
        self._turn(Julkaisu.Teko.PERUTTU, by, from_=(self.Tila.SISAINEN, self.Tila.POISTETTU), julkaistaan=None)

    def _turn(self, act, by, *, from_, moment=None, first=None, **values):
        """Change what is public and write down who did it; of two who do the same at once only the first one does."""
        moment = moment or timezone.now()
        with transaction.atomic():
            now = type(self).objects.select_for_update().only(*self.MUUTTUVAT, "kunta").get(pk=self.pk)
            if now.nyt_tila in from_ and (act != Julkaisu.Teko.PERUTTU or now.julkaistaan):
                was_to_come = now.julkaistu == now.julkaistaan and not now.on_julkinen
                now.julkaistu = (None if was_to_come else now.julkaistu) or first
                for name, value in values.items():
                    setattr(now, name, value)
                now.save(update_fields=["julkaistu", *values])
                self._write_down(act, by, moment, now.julkaistaan)
                self._take(now)
                for tell in SEURAAJAT:
                    tell(self)
        self._take(now)

    def _take(self, now):
        for name in self.MUUTTUVAT:
            setattr(self, name, getattr(now, name))

    def _write_down(self, act, by, moment, when):
        told = {"aika": moment, "tekija": by, "tekijan_nimi": str(by) if by else ""}
        Julkaisu.objects.create(kunta_id=self.kunta_id, versio=self, tila=act, **told)
        laji = (
            Laji.JULKAISTU if act in (Julkaisu.Teko.JULKAISTU, Julkaisu.Teko.AJASTETTU) else Laji.JULKAISUSTA_POISTETTU
        )
        mihin = julkaistaan_sanoin(when) if when else ""
        record(laji, by=by, kunta=self.kunta_id, kohde=self, mihin=mihin)

    @staticmethod
    def digest(data):
        """The sha256 (hex) of the stored JSON text."""
        return hashlib.sha256(data.encode()).hexdigest()


class JaadytettyTunnus(KunnanRivi):
    """What an id inside a version's frozen JSON is: the row's tunnus, by which a public address names it."""

    class Laji(models.TextChoices):
        STRATEGIA = "strategia", _("strategia")
        PAINOPISTE = "painopiste", _("painopiste")
        TAVOITE = "tavoite", _("strateginen tavoite")
        TOIMENPIDE = "toimenpide", _("toimenpide")
        MITTARI = "mittari", _("mittari")

    MUUTTUVAT = ()

    versio = models.ForeignKey(
        Raporttiversio, on_delete=models.PROTECT, related_name="tunnukset", verbose_name=_("raporttiversio")
    )
    laji = models.CharField(_("laji"), max_length=20, choices=Laji)
    jaadytetty_id = models.BigIntegerField(_("numero raportissa"))
    tunnus = models.UUIDField(_("tunnus"), db_index=True)

    class Meta:
        verbose_name = _("raportin rivin tunnus")
        verbose_name_plural = _("raporttien rivien tunnukset")
        ordering = ["versio", "laji", "jaadytetty_id"]
        constraints = [
            models.UniqueConstraint(fields=["versio", "laji", "jaadytetty_id"], name="tunnus_kerran_versiossa")
        ]

    def __str__(self):
        return f"{self.versio}: {self.get_laji_display()} {self.jaadytetty_id}"


class Julkaisu(KunnanRivi):
    """An act beside a frozen version: who published or withdrew it, and when. A trigger refuses every change."""

    class Teko(models.TextChoices):
        JULKAISTU = "julkaistu", _("Julkaistu")
        AJASTETTU = "ajastettu", _("Julkaisu ajastettu")
        PERUTTU = "peruttu", _("Ajastus peruttu")
        POISTETTU = "poistettu", _("Poistettu julkaisusta")

    MUUTTUVAT = ()

    versio = models.ForeignKey(
        Raporttiversio, on_delete=models.PROTECT, related_name="julkaisut", verbose_name=_("raporttiversio")
    )
    tila = models.CharField(_("tila"), max_length=20, choices=Teko)
    aika = models.DateTimeField(_("aika"))
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("tekijä"),
    )
    tekijan_nimi = models.CharField(_("tekijän nimi"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("julkaisu")
        verbose_name_plural = _("julkaisut")
        ordering = ["aika", "pk"]

    def __str__(self):
        return f"{self.versio}: {self.get_tila_display()}"
