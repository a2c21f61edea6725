"""Osavuosikatsaus + measures -> their tables: the picture's columns, for numbers; for words, fewer and wider ones.

Rows are written by hand, as those of the other long tables: a report may have thousands of them.
"""

from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext as _

from seuranta.tulos import Tulos
from strategia import varit

from ..osavuosikatsaus import Osavuosikatsaus, Painopiste, Tavoite
from ..osavuosikatsaus.mitattu import NAYTETTAVIA, Mittaristo
from ..osavuosikatsaus.mittarisanat import (
    VIIVA,
    Ajannimet,
    count_mittarit,
    tulos_mark,
    tulos_title,
    unit_line,
)
from .otsikoittain import lyhenna
from .palstoitus import LETTER, PADDING, PORTRAIT, SMALL
from .viiva import draw_mittari

LYHYT = 16  # letters of a value that still is a number, or like one
LEVEYDET = {"tulos": 15, "kehitys": 17}  # per cents
KAPEIN, LEVEIN, NIMI_VAHINTAAN, NIMI_SANOIN = 8, 14, 23, 26
NUMERO, KAPEA = 1.75, 0.85  # millimetres of a digit, and of what parts digits
TOIMENPITEEN_NIMI = 90  # letters


@dataclass(frozen=True)
class Mittaritaulukot:
    """The tables of one report."""

    raportti: Osavuosikatsaus

    @cached_property
    def _roolit(self):
        return {sarake.rooli.partition(".")[2] for sarake in self.raportti.mittarisarakkeet}

    @cached_property
    def _ajat(self):
        return Ajannimet(self.raportti)

    @cached_property
    def _vari(self):
        return varit.accent(self.raportti.kunta.korostusvari)

    @cached_property
    def _places(self):
        """{id() of a tavoite or a painopiste: [(row or None, measure)]} of what is told under it."""
        places = {}
        for painopiste, tavoite, rivi, mittari in self.raportti.kerrottavat:
            # By the object: a tavoite stands under each of its toimielimet, with the rows of that one.
            places.setdefault(id(tavoite or painopiste), []).append((rivi, mittari))
        return places

    def html(self, part: Painopiste | Tavoite) -> str:
        """What is told of the measures of a painopiste itself, or of a tavoite and its rows; "" of none."""
        rows = self._places.get(id(part), ())
        if not rows:
            return ""
        words = [each for each in rows if self._is_in_words(each[1])]
        numbers = [each for each in rows if each not in words]
        parts = [format_html('<p class="mittareita">{}</p>\n', count_mittarit(self._mittaristo(rows)))]
        parts += [self._render_table(part, in_words=part is words) for part in (numbers, words) if part]
        return format_html_join("", "{}", ((part,) for part in (*parts, self._render_notes(rows))))

    def _mittaristo(self, rows):
        told = self.raportti.nayttaa_tulokset
        return Mittaristo(tuple(mittari if told else mittari.told("", "") for _rivi, mittari in rows))

    def _is_in_words(self, mittari):
        """Is a value, the start or the target so long that a narrow column would make a tall row of it?"""
        shown = [mittari.lahto, mittari.tavoite, mittari.arvo, *mittari.aiemmat[-NAYTETTAVIA:]]
        return any(len(mittari.show(each)) > LYHYT for each in shown)

    # --- a table

    def _render_table(self, rows, *, in_words):
        mittarit = [mittari for _rivi, mittari in rows]
        for before in range(1 if in_words else NAYTETTAVIA, -1, -1):
            columns = self._list_columns(mittarit, before, in_words=in_words)
            widths = self._share(columns, in_words=in_words)
            if sum(widths) <= 100:
                break  # else the earliest value gives way: the line shows it
        head = format_html_join(
            "", '<th scope="col"{}>{}</th>', ((_class_of(kind, in_words), name) for kind, name, _read in columns)
        )
        frame = self._row_frame(columns, in_words=in_words)
        values = (value for rivi, mittari in rows for value in self._row_values(rivi, mittari, columns))
        lines = format_html(frame * len(rows), *values)  # at one go, as in Ruudukko
        return format_html(
            '<div class="vieritys"><table class="mittarit"><caption>{}</caption>\n<colgroup>{}</colgroup>\n'
            '<thead><tr><th scope="col">{}</th>{}</tr></thead>\n<tbody>\n{}</tbody></table></div>\n',
            _("Mittarit sanoin") if in_words else _("Mittarit"),
            format_html_join("", '<col class="l{}">', ((width,) for width in widths)),
            _("Mittari"),
            head,
            lines,
        )

    def _list_columns(self, mittarit, before, *, in_words):
        """[(kind, heading, measure -> what its cell holds)] after the name."""
        columns = []
        if "lahto" in self._roolit and any(mittari.lahto for mittari in mittarit):
            columns.append(("lahto", *self._with_year(_("Lähtö"), mittarit, lambda mittari: mittari.lahto)))
        if "arvot" in self._roolit:
            columns += [self._time_column(aika) for aika in self._list_times(mittarit, before)]
        if "tavoite" in self._roolit and any(mittari.tavoite for mittari in mittarit):
            columns.append(("tavoite", *self._with_year(_("Tavoite"), mittarit, lambda mittari: mittari.tavoite)))
        if "tulos" in self._roolit and any(mittari.tulos for mittari in mittarit):
            columns.append(("tulos", _("Tulos"), self.tulos_cell))
        if "kehitys" in self._roolit and not in_words and any(map(self._draw, mittarit)):
            columns.append(("kehitys", _("Kehitys"), self._draw))
        return columns

    def _with_year(self, word, mittarit, part_of):
        """(heading, reader): the year is in the heading when all have the same, else beside each value."""
        years = {part.vuosi for mittari in mittarit if (part := part_of(mittari))}
        if len(years) == 1:
            [year] = years
            return f"{word} {year}" if year else word, lambda mittari: mittari.show(part_of(mittari)) or VIIVA

        def read(mittari):
            part = part_of(mittari)
            shown = mittari.show(part) or VIIVA
            return f"{shown} ({part.vuosi})" if part and part.vuosi else shown

        return word, read

    def _list_times(self, mittarit, before):
        """The last times before now that any of them has a value of, and now."""
        found = {arvo.aika for mittari in mittarit for arvo in mittari.arvot} - {self._ajat.nykyinen}
        earlier = sorted(found, key=self._ajat.place)
        return [*earlier[len(earlier) - before if before < len(earlier) else 0 :], self._ajat.nykyinen]

    def _time_column(self, aika):
        def read(mittari):
            arvo = mittari.arvo_ajalla.get(aika)
            shown = mittari.show(arvo) or VIIVA
            return format_html("<b>{}</b>", shown) if arvo and arvo is mittari.arvo and arvo.teksti else shown

        return "arvo", self._ajat.name(aika), read

    def tulos_cell(self, mittari):
        """The whole cell; the few that there are, are made once."""
        made = self.raportti.mitat.setdefault("tulokset", {})
        key = mittari.tulos, mittari.heikkeni
        if key not in made:
            kind = "heikkeni" if mittari.heikkeni and mittari.tulos == Tulos.EI_VIELA else mittari.tulos
            mark = format_html('<span aria-hidden="true">{}</span> ', tulos_mark(mittari)) if mittari.tulos else VIIVA
            frame = '<td class="tulos {}" data-label="{}">{}{}</td>'
            made[key] = format_html(frame, kind, _("Tulos"), mark, tulos_title(mittari))
        return made[key]

    def _draw(self, mittari):
        """The line; drawn once, for a table asks it twice."""
        drawn = self.raportti.mitat.setdefault("mittariviivat", {})
        if mittari.id not in drawn:
            drawn[mittari.id] = draw_mittari(mittari, self._times_of(mittari), self._vari, self._target_title(mittari))
        return drawn[mittari.id]

    def _times_of(self, mittari):
        """[(what it is called, value)] from the start to now; now even where it has none."""
        start = f"{_('Lähtö')} {mittari.lahto_vuosi or ''}".strip()
        times = [(start, mittari.lahto)] if mittari.lahto and "lahto" in self._roolit else []
        if "arvot" in self._roolit:
            times += [(self._ajat.of(arvo), arvo) for arvo in mittari.arvot]
            times += [] if mittari.arvo else [(self._ajat.name(self._ajat.nykyinen), None)]
        return times or [("", None)]

    def _target_title(self, mittari):
        aim = mittari.tavoite
        if aim is None or "tavoite" not in self._roolit:
            return ""
        return _("Tavoite: %(tavoite)s.") % {"tavoite": mittari.show(aim, with_unit=True)}

    def _row_frame(self, columns, *, in_words):
        """The markup of a row with {} for its values; the state brings its own cell."""
        cells = "".join(
            "{}" if kind == "tulos" else f'<td{_class_of(kind, in_words)} data-label="{braced(name)}">{{}}</td>'
            for kind, name, _read in columns
        )
        return f'<tr><th scope="row">{{}}{{}}</th>{cells}</tr>\n'

    def _row_values(self, rivi, mittari, columns):
        yield mittari.nimi
        yield self._below(rivi, mittari)
        for _kind, _name, read in columns:
            yield read(mittari)

    def _below(self, rivi, mittari):
        """Under its name its unit, its direction, and the toimenpide that it measures."""
        told = [unit_line(mittari)]
        if rivi and rivi.toimenpide.strip() != mittari.nimi.strip():
            name = f"{rivi.koodi} {' '.join(rivi.toimenpide.split())}".strip()
            told.append(f"{self.raportti.strategia.sanasto['toimenpide']}: {lyhenna(name, TOIMENPITEEN_NIMI)}")
        text = "\n".join(line for line in told if line)
        return format_html("\n<small>{}</small>", text) if text else ""

    def _share(self, columns, *, in_words):
        """Per cents of the name and of each column; over 100 where there is no room for them all."""
        fixed = [LEVEYDET.get(kind) for kind, _name, _read in columns]
        if in_words:
            others = max(fixed.count(None), 1)
            share = (100 - NIMI_SANOIN - sum(width for width in fixed if width)) // others
            widths = [width or share for width in fixed]
            return [100 - sum(widths), *widths]
        for whole in (True, False):
            needed = [
                width or self._need([name] if whole else name.split())
                for width, (_kind, name, _read) in zip(fixed, columns, strict=True)
            ]
            if sum(needed) + NIMI_VAHINTAAN <= 100:
                break  # else a heading takes two lines
        return [max(100 - sum(needed), NIMI_VAHINTAAN), *needed]

    def _need(self, headings):
        """Per cents that keep whole the longest number of the report, for its tables to be alike, and the heading."""
        longest = max(self._longest, max(map(len, headings)) * LETTER * SMALL)
        return min(max(ceil(100 * (longest + PADDING) / PORTRAIT), KAPEIN), LEVEIN)

    @cached_property
    def _longest(self):
        """The millimetres of the longest number that a column holds."""
        mittarit = self.raportti.kerrottava_mittaristo.mittarit
        shown = {
            mittari.show(each)
            for mittari in mittarit
            if not self._is_in_words(mittari)
            for each in (mittari.lahto, mittari.tavoite, *mittari.arvot[-NAYTETTAVIA - 1 :])
        }
        return max((_width(word) for text in shown for word in text.split(" ")), default=0)

    # --- what was said beside

    def _render_notes(self, rows):
        """A list of the notes of the report's own values, and of those by year or day; "" where there are none."""
        if "huomautus" not in self._roolit:
            return ""
        notes = [
            (mittari.nimi, "" if arvo is mittari.arvo else f" {self._ajat.of(arvo)}", arvo.huomautus)
            for _rivi, mittari in rows
            for arvo in mittari.arvot
            if arvo.huomautus.strip()
        ]
        if not notes:
            return ""
        items = format_html_join("", "<li><b>{}{}:</b> {}</li>\n", notes)
        return format_html(
            '<p class="mittareita">{}</p>\n<ul class="huomautukset">\n{}</ul>\n', _("Huomautukset:"), items
        )


def _width(text):
    """Millimetres of a number as it is drawn: what parts its digits is narrow."""
    return sum(KAPEA if letter in "\u00a0.,– " else NUMERO for letter in text)


def _class_of(kind, in_words=False):
    """The class of a cell, as an attribute."""
    is_number = kind in ("lahto", "arvo", "tavoite") and not in_words
    return (
        format_html(' class="{}"', "luku")
        if is_number
        else format_html(' class="{}"', "kuva")
        if kind == "kehitys"
        else ""
    )


def braced(heading):
    """A heading as it may stand in a frame."""
    return escape(heading).replace("{", "{{").replace("}", "}}")
