"""Colours: is text of this colour readable on white, and what it becomes in the dark scheme."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HEX = re.compile(r"#[0-9a-fA-F]{6}")
AA = 4.5  # WCAG 2.1, 1.4.3: the least contrast of text
TUMMA_TAUSTA = "#14181b"  # --paper of the dark scheme in static/css/base.css


def contrast(colour, other):
    """The contrast of two colours (#rrggbb), 1 to 21, by WCAG 2.1's relative luminance."""
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel):
    return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4


def validate_contrast(colour):
    """The accent colour is text on white and the ground of white text: it must be dark enough for both."""
    if HEX.fullmatch(colour) and contrast(colour, "#ffffff") < AA:
        raise ValidationError(
            _("Väri on liian vaalea: sen kontrasti valkoiseen on %(value)s : 1. Valitse tummempi, vähintään 4,5 : 1."),
            params={"value": f"{contrast(colour, '#ffffff'):.1f}".replace(".", ",")},
        )


def lighten_for_dark(colour):
    """The same hue mixed with white until it reads on the dark scheme's paper with room to spare."""
    for share in range(0, 101, 5):
        mixed = "#" + "".join(f"{_mix(int(colour[i : i + 2], 16), share):02x}" for i in (1, 3, 5))
        if contrast(mixed, TUMMA_TAUSTA) >= 7:
            return mixed
    raise AssertionError("white itself passes")


def _mix(channel, share):
    return round(channel + (255 - channel) * share / 100)
