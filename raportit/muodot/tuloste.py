"""Osavuosikatsaus or Vertailu -> the HTML that its PDF and its Word file are made of."""

from django.template.loader import render_to_string
from django.utils import translation

from ..osavuosikatsaus import Osavuosikatsaus, readable
from ..osavuosikatsaus.rinnakkain import Vertailu


def render_print(raportti: Osavuosikatsaus | Vertailu) -> str:
    """The whole page in Finnish, without characters that XML has not."""
    template = "print_vertailu.html" if isinstance(raportti, Vertailu) else "print.html"
    with translation.override("fi"):
        return readable(render_to_string(template, {"raportti": raportti}))
