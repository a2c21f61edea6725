"""Each of the five municipalities gets its own table back: import, close, and compare with the file cell by cell."""

import io
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import openpyxl
import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from raportit.muodot import render_report
from raportit.osavuosikatsaus import build, from_json
from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, Seurantajakso, Vastaus
from strategia.models import Strategia
from tests.ohjelmat.verapdf import check_pdfs
from tests.ymparisto import SHARED, needs_shared, paivan_osa

from .kalvot import asettele_kaikki, tarkista_reunat

pytestmark = [needs_shared, pytest.mark.django_db]


@dataclass(frozen=True)
class Lahde:
    """A municipality's file and what its report has otherwise than the file.

    html: {heading of the file: where it is in the HTML: "h2", "tavoite", "ryhma", or a heading of the table}.
    siirrot: {row: the row that it follows}, where a sheet comes back to a tavoite that it has left already: in the
    report a tavoite stands once (under each toimielin). erot: {cell: (what the report has, why)}.
    """

    tiedosto: str
    otsikot: tuple[str, ...]
    toimenpide: str
    html: dict
    ylaotsikot: tuple = ()
    siirrot: dict = field(default_factory=dict)
    erot: dict = field(default_factory=dict)


PISTE = "spellings apart by a full stop are one tavoite"
ASUIN = ("Elinvoima ja asuinympäristö", "four spellings are three toimialaa; the import told so")
KEURUU = Lahde(
    "keuruu-2023",
    ("Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala", "kesä", "osavuosikatsaus II"),
    "Toimenpide",
    {
        "Painopiste": "h2",
        "Strateginen tavoite": "tavoite",
        # These two headings name the time, not what stands below them: on paper the words for that do.
        "kesä": "Toteutumisaste",
        "osavuosikatsaus II": "Kommentti",
    },
    ylaotsikot=("TOIMENPITEET", None, None, "VASTUUTAHO", "Seurantavuosi 2023", None),
    siirrot={"Seuranta 2023!99": "Seuranta 2023!72"},
    erot={
        **{f"Seuranta 2023!D{row}": ASUIN for row in (17, 18, 19, 95, 98, 171)},
        "Seuranta 2023!B20": ("Meille on helppo tulla ja jäädä", PISTE),
        "Seuranta 2023!B95": (
            "Palvelemme paikallisia yrityksiä nopeasti sekä joustavasti, ja luomme parhaat olosuhteet yrittämiseen ja "
            "työntekoon.",
            "spellings apart by a comma and a full stop are one tavoite",
        ),
        "Seuranta 2023!E152": ("", "“1) 4, 2) 5” is an error that a person decides; its text is in sisäinen huomio"),
    },
)
KARJET = Lahde(
    "strategiakarjet-2024",
    (
        "Strategiakärjet",
        "Toiminnallinen tavoite",
        "Teko",
        "Mittarin tavoitetaso",
        "Toteutuma (toteutumisaste)",
        "Komentointi",
    ),
    "Teko",
    {"Strategiakärjet": "h2", "Toiminnallinen tavoite": "tavoite"},
)
TUUSULA = Lahde(
    "tuusula-2023",
    (
        "Valtuustokauden tavoite",
        "Vuositavoite",
        "Toimenpide",
        "Merkittävimmät tavoitteen toteuttamista uhkaavat riskit",
        "Julkaistava etenemisaste",
        "Julkaistava teksti",
    ),
    "Toimenpide",
    {"Valtuustokauden tavoite": "h2", "Vuositavoite": "tavoite"},
)
UUSIEN, VIHER = "Uusien ajatusten kärkikaupunki", "Monipuolinen viherkaupunki"
KERAVA = Lahde(
    "kerava-2018-2021",
    (
        "Toimielin",  # the bands of the sheet; in the HTML headings
        "Strateginen kärki",
        "Strategiset tavoitteet",
        "Toimialan tavoite",
        "Toimenpide",
        "Vastuu",
        "Riski",
        "Mittari",
    ),
    "Toimenpide",
    {
        "Toimielin": "toimielin",
        "Strateginen kärki": "h2",
        "Strategiset tavoitteet": "tavoite",
        "Toimialan tavoite": "ryhma",
    },
    siirrot={
        f"{UUSIEN}!18": f"{UUSIEN}!19",
        f"{UUSIEN}!35": f"{UUSIEN}!37",
        f"{VIHER}!14": f"{VIHER}!8",
        f"{VIHER}!26": f"{VIHER}!23",
    },
    erot={
        f"{UUSIEN}!B11": ("Imagomme syntyy teoista.", PISTE),
        f"{UUSIEN}!B23": ("Olemme ennakkoluulottomia ja luomme uusia kekseliäitä ratkaisuja.", PISTE),
        f"{VIHER}!B18": (
            "Keravan viherverkosto ja kevyen liikenteen väylät ovat kaikkien yhteinen ilonaihe.",
            PISTE,
        ),
        "Sydämessä keravalainen!A24": (
            "Vapaa-aika ja hyvinvointilautakunta",
            "spellings apart by a hyphen are one toimielin, named as where it stands first",
        ),
        f"{VIHER}!B19": ("Olemme pääkaupunkiseudun kiinnostavin muuttokohde.", PISTE),
    },
)
KEMI = Lahde(
    "kemi-2023",
    (
        "Strateginen päämäärä",  # of the title line
        "Tavoite",
        "Toimenpiteet",
        "Vastuu ja aikataulu",
        "Mittarit, arviointi",
        "Toteuma 1-12/2023",
        "SDG",
    ),
    "Toimenpiteet",
    {"Tavoite": "tavoite"},
)
LAHTEET = [KEURUU, KARJET, TUUSULA, KERAVA, KEMI]


@pytest.fixture(scope="module")
def suljettu():
    """`suljettu(KEURUU)`: its frozen report, imported and closed once; the database is then as it was."""
    found = {}

    def close(lahde):
        if lahde.tiedosto not in found:
            with transaction.atomic():
                found[lahde.tiedosto] = sulje(lahde)
                transaction.set_rollback(True)
        return found[lahde.tiedosto]

    return close


@pytest.fixture(scope="module")
def kalvot(suljettu, tmp_path_factory):
    """`kalvot()[KEURUU.tiedosto]`: the words of its slides, all of them laid out at once."""

    @cache
    def lay_out():
        pages = asettele_kaikki([suljettu(lahde) for lahde in LAHTEET], tmp_path_factory.mktemp("kalvot"))
        return dict(zip((lahde.tiedosto for lahde in LAHTEET), pages, strict=True))

    return lay_out


def sulje(lahde):
    """The frozen report of the only jakso of the file; of a plan's first one, opened by hand."""
    file = SHARED / "aineisto" / f"{lahde.tiedosto}.xlsx"
    quiet = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("tuo", file, kunta="Koe", ohita_virheet=True, **quiet)
    strategia = Strategia.objects.get()
    jakso = strategia.jaksot.last() or Seurantajakso.objects.create(
        kunta=strategia.kunta, strategia=strategia, nimi="Suunnitelma 2021", tila="avoinna", jarjestys=1
    )
    jakso.finish(by=None)
    return from_json(close_jakso(jakso, by=None).data)


def lahteen_rivit(lahde):
    """{"sheet!row": {heading: (cell, text)}} of the file's rows, read with no help of ours, in the report's order."""
    book = openpyxl.load_workbook(SHARED / "aineisto" / f"{lahde.tiedosto}.xlsx")
    rows = {}
    for sheet in book:
        columns, band = {}, {}
        for row in sheet.iter_rows():
            cells = {cell.column: str(cell.value) for cell in row if cell.value is not None}
            if lahde.toimenpide in cells.values():
                columns = cells
            elif columns and len(cells) > 1:
                named = {columns[c]: (f"{row[c - 1].coordinate}", text) for c, text in cells.items() if c in columns}
                rows[f"{sheet.title}!{row[0].row}"] = named | band
            elif len(cells) == 1 and "Toimielin" in lahde.otsikot:
                band = {"Toimielin": (row[0].coordinate, row[0].value)}
    order = list(rows)
    for row, after in lahde.siirrot.items():
        order.remove(row)
        order.insert(order.index(after) + 1, row)
    return {row: rows[row] for row in order}


def vertaa(lahde, rivit):
    """Every cell of the file against the report's row in the same place; {cell: what the report has} of the unlike."""
    source = lahteen_rivit(lahde)
    assert len(source) == len(rivit)
    unlike = {}
    for (place, cells), rivi in zip(source.items(), rivit, strict=True):
        for heading, (cell, text) in cells.items():
            if plain(rivi.get(heading, "")) != plain(text):
                unlike[f"{place.rpartition('!')[0]}!{cell}"] = plain(rivi.get(heading, ""))
    return unlike


def plain(text):
    """The words; a paragraph, a line and a sentence of them are alike."""
    return " ".join(str(text).split())


def listed(lahde):
    return {cell: text for cell, (text, _why) in lahde.erot.items()}


@pytest.fixture(params=LAHTEET, ids=lambda lahde: lahde.tiedosto)
def lahde(request):
    return request.param


# --- XLSX


def lue_xlsx(raportti):
    return openpyxl.load_workbook(io.BytesIO(render_report(raportti, "xlsx"))).active


def test_xlsx_has_every_cell_of_the_file_under_its_own_heading_in_its_own_order(lahde, suljettu):
    rows = list(lue_xlsx(suljettu(lahde)).iter_rows(values_only=True))
    header = 1 if lahde.ylaotsikot else 0
    assert rows[header] == lahde.otsikot
    if lahde.ylaotsikot:
        assert rows[0] == lahde.ylaotsikot
    rivit = [
        {heading: "" if value is None else value for heading, value in zip(lahde.otsikot, row, strict=True)}
        for row in rows[header + 1 :]
    ]
    assert vertaa(lahde, rivit) == listed(lahde)


def test_keuruus_header_has_its_two_rows_as_they_were_merged(suljettu):
    sheet = lue_xlsx(suljettu(KEURUU))
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:C1", "E1:F1"}
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A3", "A2:F190", "$1:$2")


def test_a_light_has_its_colour_and_its_word_in_xlsx(suljettu):
    sheet = lue_xlsx(suljettu(KARJET))
    lights = [(cell.value, cell.fill.fgColor.rgb) for (cell,) in sheet.iter_rows(min_row=2, min_col=5, max_col=5)]
    assert lights.count(("toteutunut", "0092D050")) == 6
    assert lights.count(("toteutunut osittain", "00FFFF00")) == 2


# --- HTML, which the PDF is made of


class Lukija(HTMLParser):
    """The report's page -> rivit: {heading: text} of each row of its plan, the headings over its table among them."""

    def __init__(self):
        super().__init__()
        self.rivit, self.over, self.headings, self.path = [], {}, [], []
        self.text, self.row, self.plan = None, None, False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        kind = attributes.get("class") or ""
        if tag == "section":
            self.plan = "painopiste" in kind
        if tag == "table":
            self.headings = []
        if tag == "tr":
            self.row = []
        if tag in ("h2", "h3", "h4", "h5", "th", "td"):
            self.text, self.kind = "", kind or tag
        if tag == "div" and kind == "tavoite":
            self.over.pop("tavoite", None)

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag in ("h2", "h3", "h4", "h5"):
            level = {"toimielin": "toimielin", "ryhma": "ryhma"}.get(self.kind, "h2" if tag == "h2" else "tavoite")
            under = ("h2", "toimielin", "tavoite", "ryhma")
            self.over = {k: v for k, v in self.over.items() if under.index(k) < under.index(level)}
            self.over[level] = self.text
        elif tag in ("th", "td"):
            self.row.append(self.text)
        elif tag == "tr" and self.plan:
            if self.headings:
                self.rivit.append({**self.over, **dict(zip(self.headings, self.row, strict=True))})
            else:
                self.headings = self.row
        if tag in ("h2", "h3", "h4", "h5", "th", "td"):
            self.text = None


def lue_html(raportti):
    lukija = Lukija()
    lukija.feed(render_report(raportti, "html").decode())
    return lukija.rivit


def test_html_has_every_cell_of_the_file_in_its_column_or_as_a_heading_over_it(lahde, suljettu):
    raportti = suljettu(lahde)
    rivit = [
        {heading: rivi.get(lahde.html.get(heading, heading), "") for heading in lahde.otsikot}
        for rivi in lue_html(raportti)
    ]
    if lahde is KEURUU:  # beside the number stands its mark, whose name is for a screen reader
        for rivi in rivit:
            rivi["kesä"] = rivi["kesä"].removesuffix("ei vastattu").replace("asteikolla 1–5", "")
    if lahde is TUUSULA:
        for rivi in rivit:
            rivi["Julkaistava etenemisaste"] = rivi["Julkaistava etenemisaste"].replace("asteikolla 1–5", "")
    assert vertaa(lahde, rivit) == listed(lahde)


def test_tables_of_the_html_have_the_files_columns_in_its_order(lahde, suljettu):
    first = lue_html(suljettu(lahde))[0]
    shown = [heading for heading in first if heading not in ("h2", "toimielin", "tavoite", "ryhma")]
    expected = [lahde.html.get(heading, heading) for heading in lahde.otsikot]
    levels = ("h2", "toimielin", "tavoite", "ryhma", "Strateginen päämäärä")
    assert shown == [heading for heading in expected if heading not in levels]


def test_a_light_is_a_colour_a_shape_and_a_word(suljettu):
    html = render_report(suljettu(KARJET), "html").decode()
    taulukot = html.split('class="osa painopiste')[1]
    assert 'fill="#0c6b5d"' in taulukot and "<circle" in taulukot and "toteutunut</td>" in taulukot


def test_kemis_paamaarat_are_headings_under_their_own_word(suljettu):
    raportti = suljettu(KEMI)
    assert raportti.strategia.sanasto["painopiste"] == "Strateginen päämäärä"
    assert [p.nimi for p in raportti.painopisteet][0] == "ELINVOIMAINEN KAUPUNKI, hyvinvointi"


def test_what_is_scored_in_a_plans_first_jakso_is_in_its_report():
    file = SHARED / "aineisto" / f"{KERAVA.tiedosto}.xlsx"
    call_command("tuo", file, kunta="Koe", ohita_virheet=True, stdout=io.StringIO(), stderr=io.StringIO())
    strategia = Strategia.objects.get()
    jakso = Seurantajakso.objects.create(kunta=strategia.kunta, strategia=strategia, nimi="2019", tila="avoinna")
    first = jakso.toimenpiteet().first()
    Kirjaus.objects.record(jakso, {first: Vastaus(0, 4, kommentti="Alkoi.", laheta=True)}, by=None)
    raportti = build(jakso, koottu=timezone.now())
    assert raportti.nayttaa_asteet and raportti.jakauma.kpl[4] == 1
    assert {"toteutumisaste", "kommentti"} <= {sarake.rooli for sarake in raportti.taulukon_sarakkeet}


def test_keravas_rows_stand_under_their_toimielin_as_in_its_bands(suljettu):
    raportti = suljettu(KERAVA)
    book = openpyxl.load_workbook(SHARED / "aineisto" / "kerava-2018-2021.xlsx")
    bands = [sheet["A1"].value for sheet in book if sheet["B1"].value is None]
    first = {p.nimi: p.osat[0][0] for p in raportti.painopisteet}
    assert set(bands) <= {toimielin for p in raportti.painopisteet for toimielin, _tavoitteet in p.osat}
    assert first["Innostunut henkilöstö"] == "Elinkeino- ja työllisyysjaosto"
    assert len({anchor for p in raportti.painopisteet for _t, kaikki in p.osat for anchor, _tavoite in kaikki}) == sum(
        len(p.tavoitteet) for p in raportti.painopisteet
    )


@pytest.mark.vain_sqlite  # the same slides from either database
def test_no_text_of_theirs_runs_over_a_slide(lahde, suljettu, kalvot):
    raportti, pages = suljettu(lahde), kalvot()[lahde.tiedosto]
    assert len(pages) >= 3 + len(raportti.painopisteet)
    tarkista_reunat(pages, f"{raportti.kunta.virallinen_nimi or raportti.kunta.nimi} · {raportti.jakson_otsikko}")


@pytest.mark.vain_sqlite  # the same PDFs from either database, as the cells above tell
def test_verapdf_finds_nothing_in_their_pdfs(suljettu):
    assert check_pdfs({lahde.tiedosto: render_report(suljettu(lahde), "pdf") for lahde in paivan_osa(LAHTEET)}) == []
