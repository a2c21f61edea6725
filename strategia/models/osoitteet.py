"""Every public address that a kunta has or has had: an old one leads to it for ever and is never given to another."""

from django.db import IntegrityError, models
from django.utils.translation import gettext_lazy as _

from .kunta import KunnanRivi, Kunta
from .kysely import KunnanQuerySet


class KunnanOsoiteQuerySet(KunnanQuerySet):
    def reserve(self, kunta: Kunta):
        """Keep the kunta's address for it. Of an address that is or has been another's an IntegrityError."""
        row, _is_new = self.get_or_create(slug=kunta.slug, defaults={"kunta": kunta})
        if row.kunta_id != kunta.pk:
            raise IntegrityError(f"osoite {kunta.slug} on tai on ollut toisen kunnan")

    def find_kunta(self, slug: str) -> Kunta | None:
        """The kunta whose address this is or has been: programs and forms ask by what they were told."""
        found = Kunta.objects.filter(slug=slug).first()
        return found or Kunta.objects.filter(pk__in=self.filter(slug=slug).values("kunta")).first()

    def find_moved(self, slug: str) -> str | None:
        """The address now of the kunta that had this one; None of what nobody has had, or still has."""
        moved = self.filter(slug=slug).exclude(kunta__slug=slug)
        return moved.values_list("kunta__slug", flat=True).first()


class KunnanOsoite(KunnanRivi):
    # Goes with a kunta that nothing hangs on: what it has told the public keeps a kunta.
    kunta = models.ForeignKey(Kunta, on_delete=models.CASCADE, related_name="+", verbose_name=_("kunta"))
    slug = models.CharField(_("osoite"), max_length=220, unique=True, editable=False)

    objects = KunnanOsoiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("kunnan osoite")
        verbose_name_plural = _("kuntien osoitteet")
        ordering = ["slug"]

    def __str__(self):
        return self.slug
