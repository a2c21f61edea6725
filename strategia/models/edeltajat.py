"""A toimenpide of the next council term and the one that it continues: history and comparison follow the link."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Jatkuva(models.Model):
    """What may continue a row of an earlier plan: at most one; several may continue the same.

    It is of the same kunta and of another plan, and no chain comes back to where it began.
    """

    edeltaja = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seuraajat",
        verbose_name=_("edeltäjä"),
        help_text=_("Aiemman suunnitelman toimenpide, jota tämä jatkaa. Historia ja vertailu yltävät siihen."),
    )

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.edeltaja_id and self.tavoite_id and (virhe := self._wrong_with(self.edeltaja)):
            raise ValidationError({"edeltaja": virhe})

    def _wrong_with(self, edeltaja):
        if edeltaja.kunta_id != self.kunta_id:
            return _("Edeltäjän on oltava saman kunnan toimenpide.")
        if self.pk and self.pk in (each.pk for each in (edeltaja, *edeltaja.list_edeltajat())):
            return _("Edeltäjä jatkaa itse tätä toimenpidettä. Valitse toinen.")
        if edeltaja.tavoite.painopiste.strategia_id == self.tavoite.painopiste.strategia_id:
            return _("Edeltäjän on oltava toisessa suunnitelmassa.")
        return ""

    def list_edeltajat(self):
        """[the one that it continues, the one before that …], as they are stored; a query for each."""
        found, seen, pk = [], {self.pk}, self.edeltaja_id
        related = type(self).objects.select_related("tavoite__painopiste__strategia")
        while pk and pk not in seen:  # a circle can only have been written past the forms
            seen.add(pk)
            found.append(related.get(pk=pk))
            pk = found[-1].edeltaja_id
        return found
