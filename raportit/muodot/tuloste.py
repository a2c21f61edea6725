"""Osavuosikatsaus or Vertailu -> the HTML that its PDF and its Word file are made of."""

import gc
from contextlib import contextmanager

from django.template.loader import render_to_string
from django.utils import translation

from ..osavuosikatsaus import Osavuosikatsaus, readable
from ..osavuosikatsaus.rinnakkain import Vertailu


def render_print(raportti: Osavuosikatsaus | Vertailu, *, merkit_tekstina: bool = False) -> str:
    """The whole page in Finnish, without characters that XML has not. merkit_tekstina: scores' marks are letters."""
    template = "print_vertailu.html" if isinstance(raportti, Vertailu) else "print.html"
    with translation.override("fi"):
        return readable(render_to_string(template, {"raportti": raportti, "merkit_tekstina": merkit_tekstina}))


@contextmanager
def patient_gc():
    """Collect garbage seldom: what a long report is drawn of lives to its end, and looking at it costs a fifth."""
    thresholds = gc.get_threshold()
    gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
