"""A text of other sites, one a line -> their origins, as a header names them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ENINTAAN = 20
_OSA = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SIVUSTO = re.compile(rf"https://(?:{_OSA}\.)+{_OSA}(?::[0-9]+)?")


def list_sivustot(text: str) -> list[str]:
    """The lines that are origins: a header takes nothing else."""
    lines = (line.strip().lower().removesuffix("/") for line in text.splitlines())
    return [line for line in dict.fromkeys(lines) if _SIVUSTO.fullmatch(line)]


def validate_sivustot(text: str) -> None:
    """Every line an https origin, without a path, user or star."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    wrong = [line for line in lines if not list_sivustot(line)]
    if wrong:
        raise ValidationError(
            _("Anna sivuston osoite muodossa https://www.kunta.fi, ei: %(rivi)s"), params={"rivi": wrong[0][:100]}
        )
    if len(lines) > ENINTAAN:
        raise ValidationError(_("Sivustoja voi olla enintään %(n)s."), params={"n": ENINTAAN})
