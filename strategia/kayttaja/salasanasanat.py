"""A new password -> is there more in it than words that anybody of the kunta would try first?"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SANAT = (
    *("strategian", "strategia", "seuranta", "osavuosikatsaus", "tilinpaatos", "tilinpäätös", "raportti"),
    *("salasana", "password", "qwerty", "kunnan", "kaupunki", "kunta", "valtuusto", "hallitus", "lautakunta"),
    *("paakayttaja", "pääkäyttäjä", "koordinaattori", "raportoija", "hyvaksyja", "hyväksyjä", "tarkastaja"),
    *("toimiala", "kevat", "kevät", "kesa", "kesä", "syksy", "talvi"),
)
MUUTA = 6  # letters beside such words that make a password


class TututSanat:
    """The words above and the names of the person's kunta (README tells them)."""

    def validate(self, password, user=None):
        typed = password.casefold()
        rest = typed
        for word in sorted({*SANAT, *_names_of(getattr(user, "kunta", None))}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != typed and sum(sign.isalpha() for sign in rest) < MUUTA:
            raise ValidationError(self.get_help_text(), code="password_too_known")

    def get_help_text(self):
        return _("Salasana ei saa olla vain palvelun tai kunnan sanoja ja numeroita.")


def _names_of(kunta):
    words = f"{kunta.nimi} {kunta.virallinen_nimi} {kunta.genetiivi}".casefold().split() if kunta else ()
    return [word for word in words if len(word) > 2]
