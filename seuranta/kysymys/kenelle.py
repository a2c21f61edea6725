"""A row of a jakso + who writes beside it -> who may be told of it."""

from django.utils.translation import gettext as _

from strategia.models import Kayttaja
from strategia.permissions import approves, can_record, coordinates

from ..muistutus.tilanne import answerers_of, list_approvers

KAIKKI = KIRJAAJA, HYVAKSYJA, KOORDINAATTORI, KESKUSTELU = ("kirjaaja", "hyvaksyja", "koordinaattori", "keskustelu")


def list_recipients(jakso, toimenpide, ketju, user):
    """{one of the four: [person]} in the order in which the user sees them, the likeliest first.

    Who has written beside the row is told whomever the user chooses; a choice that adds nobody to them is no choice.
    """
    approvers, writers = list_approvers(jakso), _writers(ketju, toimenpide, user)
    found = {
        KIRJAAJA: answerers_of(jakso, [toimenpide])[toimenpide.pk],
        HYVAKSYJA: approvers.get(toimenpide.toimiala_id, ()),
        KOORDINAATTORI: approvers[None],
        KESKUSTELU: writers,
    }
    likely = [KIRJAAJA, HYVAKSYJA] if coordinates(user) or approves(user) else [HYVAKSYJA, KIRJAAJA]
    order = [KESKUSTELU, *likely, KOORDINAATTORI]
    new = {key: [person for person in found[key] if person != user and person not in writers] for key in order}
    return {key: [*new[key], *writers] for key in order if new[key] or (key == KESKUSTELU and writers)}


def _writers(ketju, toimenpide, user):
    """Those who have written beside the row, in use, and may still read it."""
    ids = {viesti.kirjoittaja_id for viesti in ketju.viestit} - {user.pk}
    people = Kayttaja.objects.filter(pk__in=ids, is_active=True).order_by("nimi") if ids else ()
    return [person for person in people if can_record(person, toimenpide)]


def name_recipients(recipients):
    """[(one of the four, its word with the people's names)] for a form."""
    words = {
        KESKUSTELU: _("Keskusteluun kirjoittaneille"),
        KIRJAAJA: _("Kirjaajalle"),
        HYVAKSYJA: _("Hyväksyjälle"),
        KOORDINAATTORI: _("Koordinaattorille"),
    }
    return [(key, f"{words[key]}: {', '.join(map(str, people))}") for key, people in recipients.items()]
