"""Counts -> a native chart of bars that can be edited: its numbers are in a workbook inside it."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl import Workbook
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Pt

from seuranta.solut import write_row

from .dia import describe
from .diapohja import HARMAA, rgb

LEHTI = "Taul1"
KIRJAIN = 13  # points
LUKUMUOTO = "#,##0;;;"  # a zero that somebody writes into the workbook has no label either


@dataclass(frozen=True)
class Palkkisarja:
    """One colour of the bars: its name, a number for each bar, its colour and that of its labels (#rrggbb).

    vari "": the kunta's own.
    """

    nimi: str
    luvut: tuple[int, ...]
    vari: str = ""
    teksti: str = "#ffffff"
    reuna: str = ""


def draw_bars(slide, box, nimet: list[str], sarjat: list[Palkkisarja], kuvaus: str) -> None:
    """Bars from the top down in the order of the names, stacked where there are many series.

    box: left, top, width and height in points. kuvaus: what a screen reader tells of the chart.
    """
    data = _Aineisto(number_format=LUKUMUOTO)
    data.categories = nimet
    for sarja in sarjat:
        data.add_series(sarja.nimi, [luku or None for luku in sarja.luvut])  # nothing is not a number on a bar
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *map(Pt, box), data)
    frame.name = _("Kaavio %(numero)s") % {"numero": frame.shape_id}
    describe(frame, kuvaus)
    chart = frame.chart
    chart.font.size = Pt(KIRJAIN)
    chart.has_title = False
    chart.has_legend = len(sarjat) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _dress_axes(chart)
    _dress_bars(chart.plots[0], sarjat)


def _dress_axes(chart):
    """The first name at the top, as on the page: a chart begins from the bottom. No scale: bars tell their counts."""
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.format.line.color.rgb = rgb(HARMAA)
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_labels.offset = 60
    values.has_major_gridlines = values.visible = False
    values.minimum_scale = 0
    values.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def _dress_bars(plot, sarjat):
    plot.gap_width, plot.overlap = 45, 100
    for series, sarja in zip(plot.series, sarjat, strict=True):
        fill = series.format.fill
        fill.solid()
        if sarja.vari:
            fill.fore_color.rgb = rgb(sarja.vari)
        else:
            fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        series.invert_if_negative = False
        if sarja.reuna:
            series.format.line.color.rgb, series.format.line.width = rgb(sarja.reuna), Pt(0.75)
        labels = series.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = LUKUMUOTO, False
        labels.position = XL_LABEL_POSITION.CENTER
        labels.font.size, labels.font.bold, labels.font.color.rgb = Pt(KIRJAIN), True, rgb(sarja.teksti)


class _Aineisto(CategoryChartData):
    @property
    def _workbook_writer(self):
        return _Kirja(self)


class _Kirja(CategoryWorkbookWriter):
    """The chart's workbook, written as all sheets of ours are: python-pptx would make a formula of a name "=…"."""

    @property
    def categories_ref(self):
        return _named(super().categories_ref)

    def series_name_ref(self, series):
        return _named(super().series_name_ref(series))

    def values_ref(self, series):
        return _named(super().values_ref(series))

    @property
    def xlsx_blob(self):
        book = Workbook()
        sheet = book.active
        sheet.title = LEHTI
        series = list(self._chart_data)
        write_row(sheet, 1, ["", *(each.name for each in series)])
        names = [category.label for category in self._chart_data.categories]
        for number, (name, *values) in enumerate(zip(names, *(each.values for each in series), strict=True), 2):
            write_row(sheet, number, [name, *values])
        sheet.column_dimensions["A"].width = 60
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()


def _named(reference):
    """The reference by the name that the sheet has in Finnish."""
    return reference.replace("Sheet1!", f"{LEHTI}!")
