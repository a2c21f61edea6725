"""The sessions of the site: whose each is, since when, and by what it is used."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IstuntoQuerySet(models.QuerySet):
    def alive(self, **of):
        return self.filter(expire_date__gt=timezone.now(), **of).order_by("-nahty")


class Istunto(AbstractBaseSession):
    """One session; of nobody until somebody has signed in. Its key is what the browser's cookie says: never shown."""

    kayttaja = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        editable=False,
        related_name="istunnot",
        verbose_name=_("käyttäjä"),
    )
    alkoi = models.DateTimeField(_("kirjautunut"), editable=False)
    nahty = models.DateTimeField(_("viimeksi käytössä"), editable=False)
    selain = models.CharField(_("selain"), max_length=80, blank=True, editable=False)
    osoite = models.CharField(_("verkko"), max_length=45, blank=True, editable=False)

    objects = IstuntoQuerySet.as_manager()

    class Meta:
        verbose_name = _("istunto")
        verbose_name_plural = _("istunnot")

    @classmethod
    def get_session_store_class(cls):
        return import_module(settings.SESSION_ENGINE).SessionStore

    def __str__(self):
        return f"{self.kayttaja} {self.selain}"
