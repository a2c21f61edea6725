"""Osavuosikatsaus + rows -> the cells of a toimenpide table in its columns, ready for the template.

Rows are written by hand, for a template would take ten times as long; a report of thousands of rows repeats a few
dozen different marks and changes, so each of them is rendered once by its template and remembered.
"""

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from strategia import varit
from strategia.linkit import linkify
from strategia.models import RAPORTIN_OSAT
from strategia.valot import VALOT

from ..osavuosikatsaus import Osavuosikatsaus, syy_name
from ..osavuosikatsaus.model import sitovuus_name
from ..osavuosikatsaus.yhteenveto import aste_name, aste_title, muutos_name
from . import palkki
from .palstoitus import FIXED, PADDING, PITKAT, Palstoitus

LINE_LIMIT = 24  # lines; a taller row may break across pages
MERKIT = ("toteutumisaste", "muutos", "edellinen")  # drawn, each by its own template
_TABLE_ENDS = format_html("</{}></{}></{}>", "tbody", "table", "div")


@dataclass(frozen=True)
class Ruudukko:
    """The table of one report: rows drawn in its columns.

    osoite: the address of a toimenpide's page with 0 for its id, on a page that leads there; a file has no links.
    merkit_tekstina: its marks are letters.
    """

    raportti: Osavuosikatsaus
    palstoitus: Palstoitus
    osoite: str = ""
    merkit_tekstina: bool = False

    def html(self, rivit):
        """The whole table of these rows, filled in at one go: a format_html for each row takes nearly twice as long."""
        frame = "".join(self._tall_frame if self._is_tall(rivi) else self._frame for rivi in rivit)
        rows = format_html(frame, *[read(rivi) for rivi in rivit for read in self._values])
        return self._head + rows + _TABLE_ENDS

    @cached_property
    def _head(self):
        return render_to_string("raportit/osavuosikatsaus/taulukko.html", {"taulukko": self})

    @cached_property
    def _frame(self):
        """The markup of a row with {} for the value of each column; a mark brings its own cell."""
        return f"<tr>{''.join(map(self._cell_frame, self.palstoitus.roolit))}</tr>\n"

    @cached_property
    def _tall_frame(self):
        return self._frame.replace("<tr>", '<tr class="korkea">', 1)

    def _cell_frame(self, rooli):
        if rooli == "toimenpide":
            return '<th scope="row">{}</th>'
        if rooli in MERKIT:
            return "{}"
        # On a narrow screen, where a row becomes a card, the heading stands before each text.
        heading = escape(self.palstoitus.otsikot[rooli]).replace("{", "{{").replace("}", "}}")
        return f'<td data-label="{heading}">{{}}</td>'

    def _is_tall(self, rivi):
        for read, per_line in self._measured:
            text = read(rivi)
            if len(text) > LINE_LIMIT and len(text) / per_line + text.count("\n") > LINE_LIMIT:
                return True
        return False

    @cached_property
    def _measured(self):
        """[(row -> its text in a column, how many letters go on a line there)]"""
        return [
            (
                self._readers.get(sarake.rooli) or attrgetter(sarake.rooli),
                max((sarake.leveys * self.palstoitus.sivu / 100 - PADDING) / self.palstoitus.kirjain, 1),
            )
            for sarake in self.palstoitus.palstat
            if sarake.rooli not in (*FIXED, "syy", "sdg")
        ]

    @property
    def _readers(self):
        """What makes a row tall beside its own texts."""
        return {"kommentti": lambda rivi: "\n".join((rivi.kommentti, *(osa.kommentti for osa in rivi.osavastaukset)))}

    @cached_property
    def _values(self):
        """[row -> what stands in its cell], one for each column."""
        return [getattr(self, f"_value_of_{rooli}", None) or _reader_of(rooli) for rooli in self.palstoitus.roolit]

    def _value_of_toimenpide(self, rivi):
        text = rivi.toimenpide
        if rivi.koodi:
            text = format_html('<span class="koodi">{}</span> {}', rivi.koodi, text)
        if self.osoite:
            text = format_html('<a href="{}">{}</a>', self.osoite.replace("/0/", f"/{rivi.id}/"), text)
        told = (("sitovuus", rivi.sitovuus and sitovuus_name(rivi.sitovuus)), ("toimenpide.voimassa", rivi.voimassa))
        for osa, sana in told:
            if sana:
                text = format_html("{}\n{}: {}", text, RAPORTIN_OSAT[osa], sana)
        return text if "kommentti" in self.palstoitus.roolit else self._with_osat(text, rivi)

    def _value_of_kommentti(self, rivi):
        return self._with_osat(_linked(rivi.kommentti), rivi)

    def _with_osat(self, text, rivi):
        """The text, and under it what each unit answered: its name, its score and its comment."""
        if not rivi.osavastaukset:
            return text
        lines = [format_html("<b>{}</b>{}{}", osa.nimi, *self._osan_teksti(osa)) for osa in rivi.osavastaukset]
        return format_html("{}\n" * len(lines) + "{}", *([text] if text else []), *lines, *([] if text else [""]))

    def _osan_teksti(self, osa):
        score = aste_title(self.raportti.strategia, osa.toteutumisaste) if osa.toteutumisaste else ""
        return f"{' ' if score else ''}{score}{': ' if osa.kommentti else ''}", _linked(osa.kommentti)

    def _value_of_toimiala(self, rivi):
        """Who leads, and under it who else takes part."""
        if not rivi.muut_toimialat or "muut_toimialat" in self.raportti.piilotetut:
            return rivi.toimiala
        return _("%(toimiala)s\nmyös %(muut)s") % {"toimiala": rivi.toimiala, "muut": ", ".join(rivi.muut_toimialat)}

    def _value_of_toteutumisaste(self, rivi):
        return self._remember("aste", rivi.toteutumisaste, rivi.syy)

    def _value_of_muutos(self, rivi):
        return self._remember("muutos", rivi.muutos, rivi.edellinen, rivi.toteutumisaste)

    def _value_of_edellinen(self, rivi):
        return self._remember("edellinen", rivi.edellinen)

    def _value_of_syy(self, rivi):
        return syy_name(rivi.syy)

    def _value_of_sdg(self, rivi):
        return "\n".join(rivi.sdg)

    @cached_property
    def _remembered(self):
        return {}

    def _remember(self, kind, *key):
        if (kind, key) not in self._remembered:
            self._remembered[kind, key] = getattr(self, f"_render_{kind}")(*key)
        return self._remembered[kind, key]

    def _render_edellinen(self, aste):
        return self._render_score(aste, _("Ei arviota"), self.palstoitus.otsikot["edellinen"])

    def _render_aste(self, aste, syy):
        return self._render_score(aste, syy_name(syy), self.palstoitus.otsikot["toteutumisaste"])

    def _render_score(self, aste, missing, otsikko):
        strategia = self.raportti.strategia
        context = {"aste": aste, "nimi": aste_name(strategia, aste) if aste else missing, "otsikko": otsikko}
        if aste:
            context |= {
                "esitys": strategia.esitys,
                "ruudut": palkki.mark(aste),
                "ruudut_tekstina": self.merkit_tekstina and palkki.mark_as_text(aste),
                "vari": varit.accent(self.raportti.kunta.korostusvari),
                "valo": VALOT[aste],
            }
        return render_to_string("raportit/osavuosikatsaus/aste.html", context)

    def _render_muutos(self, muutos, edellinen, aste):
        context = {"muutos": muutos, "nimi": muutos_name(muutos), "edellinen": edellinen, "aste": aste}
        context["otsikko"] = self.palstoitus.otsikot["muutos"]
        return render_to_string("raportit/osavuosikatsaus/muutos.html", context)


def _reader_of(rooli):
    """row -> its text in a column without a reader of its own; addresses in what a person wrote of it are links."""
    read = attrgetter(rooli)
    return (lambda rivi: _linked(read(rivi))) if rooli in PITKAT else read


def _linked(text):
    """Looked at here first: of a report's thousands of texts nearly none has an address."""
    return linkify(text) if text and "://" in text else text
