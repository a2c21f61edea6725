"""A stand-in for given dates: for whom a person acts today, told by the query that loads the person."""

import json
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import PvmField
from .kayttajat import Jasenyys, Kayttaja, Rooli, Sijaistettu, second_factors
from .kunta import KunnanRivi
from .kysely import KunnanQuerySet

PAATTYNYT = timedelta(days=7)  # how long it is told that one has ended
KENEN = -1  # nobody's: stands in the SQL for the person who is asked for
SIJAISTETTAVAT = (Rooli.RAPORTOIJA, Rooli.HYVAKSYJA)


class SijaisuusQuerySet(KunnanQuerySet):
    def on(self, day):
        """Those of the day whose people are both in use, of the kunta and in a role that has a stand-in."""
        both = {
            f"{whose}__{name}": value
            for whose in ("sijainen", "sijaistettava")
            for name, value in (("is_active", True), ("kunta", F("kunta")), ("rooli__in", SIJAISTETTAVAT))
        }
        return self.filter(alkaa__lte=day, paattyy__gte=day, **both)

    def told(self):
        """[what a Sijaistettu takes] of today, of these rows: an aggregate, to be a subquery or a list of one."""
        own = Jasenyys.objects.filter(
            kayttaja=OuterRef("sijainen"), toimiala=OuterRef("sijaistettava__jasenyys__toimiala")
        )
        told = JSONObject(
            henkilo="sijaistettava",
            nimi="sijaistettava__nimi",
            rooli="sijaistettava__rooli",
            toimiala="sijaistettava__jasenyys__toimiala",
            on_oma=Exists(own),
        )
        today = self.on(timezone.localdate()).filter(sijaistettava__jasenyys__isnull=False)
        return today.order_by().values("sijainen").annotate(tieto=_Lista(told)).values_list("tieto", flat=True)

    def concerning(self, person):
        """Those in which the person stands in or is stood in for."""
        return self.filter(Q(sijainen=person) | Q(sijaistettava=person), kunta=person.kunta_id)

    def not_over(self):
        """Those of today and of the days to come, the first to begin first."""
        return self.filter(paattyy__gte=timezone.localdate()).select_related("sijainen", "sijaistettava")

    def over_lately(self):
        """Those that ended in the last days, the last to end first: of the same two the last, and none that goes on."""
        today = timezone.localdate()
        same = {name: OuterRef(name) for name in ("sijainen", "sijaistettava")}
        later = Q(paattyy__gt=OuterRef("paattyy")) | Q(paattyy=OuterRef("paattyy"), pk__gt=OuterRef("pk"))
        goes_on = Sijaisuus.objects.filter(later, **same, alkaa__lte=today)
        ended = self.filter(~Exists(goes_on), paattyy__lt=today, paattyy__gte=today - PAATTYNYT)
        return ended.select_related("sijainen", "sijaistettava").order_by("-paattyy", "-pk")


class _Lista(models.Aggregate):
    output_field = models.JSONField()

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


class Sijaisuus(KunnanRivi):
    """On these days, both included, the stand-in may do what the other may in the other's own toimialat.

    What the other does for a third is not passed on.
    """

    sijaistettava = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sijaiset", verbose_name=_("sijaistettava")
    )
    sijainen = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sijaistaa", verbose_name=_("sijainen")
    )
    alkaa = PvmField(_("ensimmäinen päivä"))
    paattyy = PvmField(_("viimeinen päivä"))
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("merkitsijä")
    )
    luotu = models.DateTimeField(_("merkitty"), auto_now_add=True)

    objects = SijaisuusQuerySet.as_manager()

    class Meta:
        verbose_name = _("sijaisuus")
        verbose_name_plural = _("sijaisuudet")
        ordering = ["alkaa", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(alkaa__lte=F("paattyy")), name="sijaisuus_alkaa_ensin"),
            models.CheckConstraint(condition=~Q(sijainen=F("sijaistettava")), name="sijainen_on_toinen"),
        ]

    def __str__(self):
        return f"{self.sijainen} / {self.sijaistettava}"

    @property
    def on_tanaan(self):
        return self.alkaa <= timezone.localdate() <= self.paattyy

    def end(self):
        """From now on nobody acts for the other; the days that have passed stay told."""
        today = timezone.localdate()
        if self.alkaa >= today:
            self.delete()
        else:
            self.paattyy = min(self.paattyy, today - timezone.timedelta(days=1))  # an old page ends it once more
            self.save(update_fields=["paattyy"])


def people_with_sijaiset():
    """The people, each with the ids of those who stand in for the person today: `sijaisten_idt`, None where nobody."""
    today = Sijaisuus.objects.on(timezone.localdate()).filter(sijaistettava=OuterRef("pk"))
    ids = today.order_by().values("sijaistettava").annotate(tieto=_Lista("sijainen")).values("tieto")
    return Kayttaja.objects.annotate(sijaisten_idt=Subquery(ids, output_field=models.JSONField()))


def people_with_sijaisuudet():
    """The people, each with what Kayttaja.sijaisuudet tells: no query more."""
    told = Sijaisuus.objects.filter(sijainen=OuterRef("pk")).told()
    return Kayttaja.objects.annotate(sijaisuustieto=Subquery(told))


def find_person(pk):
    """The person with what every request asks: the sijaisuudet of today, is there a second factor. None for none."""
    sql, parameters = _sql_of_person(timezone.localdate(), connection.vendor)
    person = next(iter(Kayttaja.objects.raw(sql, [pk if each == KENEN else each for each in parameters])), None)
    if person:
        person.sijaisuudet = [Sijaistettu(**told) for told in json.loads(person.sijaisuustieto or "[]")]
    return person


@lru_cache(maxsize=2)
def _sql_of_person(today, vendor):
    """Every request asks it, and to write the SQL takes far longer than to run it: written once a day."""
    on_toinen_vaihe = Exists(second_factors().filter(user=OuterRef("pk")))
    found = people_with_sijaisuudet().annotate(on_toinen_vaihe=on_toinen_vaihe).filter(pk=KENEN)
    return found.query.sql_with_params()
