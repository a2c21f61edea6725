"""Colours: is text of this colour readable on white, what it becomes on paper and in the dark scheme."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HEX = re.compile(r"#[0-9a-fA-F]{6}")
AA = 4.5  # WCAG 2.1, 1.4.3: the least contrast of text
OLETUSVARI = "#00357a"
VALKOINEN, MUSTE = "#ffffff", "#222222"
TUMMA_TAUSTA = "#14181b"  # --paper of the dark scheme in static/css/base.css


def contrast(colour, other):
    """The contrast of two colours (#rrggbb), 1 to 21, by WCAG 2.1's relative luminance."""
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    red, green, blue = (_linear(part / 255) for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def validate_contrast(colour):
    """The accent colour is text on white and the ground of white text: it must be dark enough for both."""
    if HEX.fullmatch(colour) and contrast(colour, VALKOINEN) < AA:
        raise ValidationError(
            _("Väri on liian vaalea: sen kontrasti valkoiseen on %(value)s : 1. Valitse tummempi, vähintään 4,5 : 1."),
            params={"value": f"{contrast(colour, VALKOINEN):.1f}".replace(".", ",")},
        )


def accent(korostusvari: str) -> str:
    """The kunta's colour for text on white: darkened until it can be read; our own blue where there is none."""
    colour = _hex(_rgb(korostusvari or OLETUSVARI))
    while contrast(colour, VALKOINEN) < AA:
        colour = _hex(int(part * 0.92) for part in _rgb(colour))
    return colour


def text_on(background: str) -> str:
    """White or ink, whichever is read on this background."""
    return VALKOINEN if contrast(background, VALKOINEN) >= AA else MUSTE


def lighten_for_dark(colour):
    """The same hue mixed with white until it reads on the dark scheme's paper with room to spare."""
    for share in range(0, 101, 5):
        mixed = _hex(_mix(part, share) for part in _rgb(colour))
        if contrast(mixed, TUMMA_TAUSTA) >= 7:
            return mixed
    raise AssertionError("white itself passes")


def _mix(channel, share):
    return round(channel + (255 - channel) * share / 100)


def _rgb(colour):
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _hex(rgb):
    return "#" + "".join(f"{part:02x}" for part in rgb)
