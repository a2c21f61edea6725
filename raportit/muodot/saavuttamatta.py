"""Osavuosikatsaus -> the chapter of the summary that tells which measures have not been reached."""

from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ..osavuosikatsaus import Osavuosikatsaus
from ..osavuosikatsaus.mittarisanat import VIIVA, value_or_reason
from .mittaritaulukko import TOIMENPITEEN_NIMI, Mittaritaulukot, braced
from .otsikoittain import lyhenna

SAAVUTTAMATTOMAN_LEVEYS = 18  # per cents of a column beside the name


def list_missed(raportti: Osavuosikatsaus, *tulokset: str) -> list:
    """[(where it hangs, measure)] of those whose tulos is one of these, in the plan's order."""
    return [each for each in raportti.kerrottavat if each[-1].tulos in tulokset]


def list_valued(raportti: Osavuosikatsaus) -> list:
    """[(where it hangs, measure)] of those that have a value, in the plan's order."""
    return [each for each in raportti.kerrottavat if each[-1].arvo]


def render_missed(raportti: Osavuosikatsaus, missed: list, *, with_tulos: bool, on_osissa: bool = False) -> str:
    """The table of them: measure and where it hangs, value, target and, where told, what has been reached.

    on_osissa: each painopiste is a page of its own.
    """
    roolit = {sarake.rooli.partition(".")[2] for sarake in raportti.mittarisarakkeet}
    columns = []
    if "arvot" in roolit:
        columns.append(("arvo", _("Arvo"), value_or_reason))
    if "tavoite" in roolit:
        columns.append(("tavoite", _("Tavoite"), target_with_year))
    if with_tulos:
        columns.append(("tulos", _("Tulos"), Mittaritaulukot(raportti).tulos_cell))
    widths = [SAAVUTTAMATTOMAN_LEVEYS] * len(columns)
    cells = "".join(
        "{}" if kind == "tulos" else f'<td data-label="{braced(name)}">{{}}</td>' for kind, name, _read in columns
    )
    frame = f'<tr><th scope="row">{{}}\n<small><a href="{{}}">{{}}</a></small></th>{cells}</tr>\n'
    values = (value for each in missed for value in _missed_values(each, columns, on_osissa))
    return format_html(
        '<table class="mittarit saavuttamatta"><colgroup>{}</colgroup>\n'
        '<thead><tr><th scope="col">{}</th>{}</tr></thead>\n<tbody>\n{}</tbody></table>\n',
        format_html_join("", '<col class="l{}">', ((width,) for width in (100 - sum(widths), *widths))),
        _("Mittari"),
        format_html_join("", '<th scope="col">{}</th>', ((name,) for _kind, name, _read in columns)),
        format_html(frame * len(missed), *values),
    )


def target_with_year(mittari):
    aim = mittari.tavoite
    shown = mittari.show(aim, with_unit=True)
    return f"{shown} ({aim.vuosi})" if aim and aim.vuosi else shown or VIIVA


def _missed_values(each, columns, on_osissa):
    """Its name, where it hangs (the address and the name of that), then what each column has."""
    painopiste, tavoite, _rivi, mittari = each
    where = tavoite.nimi if tavoite and tavoite.nimi else painopiste.nimi
    yield mittari.nimi
    page = f"?{urlencode({'painopiste': painopiste.nimi})}" if on_osissa and painopiste.nimi else ""
    yield f"{page}#tavoite-{tavoite.id}" if tavoite else f"{page}#painopiste-{painopiste.id}"
    yield lyhenna(" ".join(where.split()), TOIMENPITEEN_NIMI)
    for _kind, _name, read in columns:
        yield read(mittari)
