"""Toimenpiteet -> the sentence that names those of permissions.named_outside."""

from django.utils.translation import gettext as _

from .permissions import named_outside


def tell_outsiders(toimenpiteet):
    """ "" where everybody sees what is theirs."""
    outside = named_outside(toimenpiteet)
    text = _("Vastuuhenkilöltä puuttuu toimiala, eikä hän näe toimenpidettä: %(nimet)s. Pääkäyttäjä voi lisätä sen.")
    return text % {"nimet": ", ".join(str(user) for user in outside)} if outside else ""
