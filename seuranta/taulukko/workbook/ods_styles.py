"""Styles of an .ods -> the look of a cell (fill, strikethrough, number format), and whether a sheet is hidden."""

from typing import NamedTuple

from .colours import traffic_light

_NS = {
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
_STYLE, _TABLE, _NUMBER, _TEXT = (f"{{{_NS[name]}}}" for name in ("style", "table", "number", "text"))
_BACKGROUND = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}background-color"
_LINES = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")
_MAX_PARENTS = 20  # a file may say that two styles are each other's parents
_FORMATS = {f"{_NUMBER}{kind}-style" for kind in ("number", "percentage", "currency", "date", "time")}
_HEADERS = {
    f"{_STYLE}{name}" for name in ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
}
_DATE_CODES = {"day": "d", "month": "m", "year": "yy", "hours": "h", "minutes": "mm", "seconds": "ss"}
_MOST_DIGITS = 30


class Ulkoasu(NamedTuple):
    """The look of a cell, by the fields of a Solu."""

    colour: str = ""
    struck: bool = False
    fill: str = ""
    muoto: str = ""


class Styles:
    """Styles by family and name; what one leaves unsaid its parent says."""

    def __init__(self):
        self.styles = {}
        self.looks = {}
        self.formats = {}
        self.headers = {}

    def add(self, element) -> None:
        """Keep a style of any kind. Those of styles.xml come first, those of content.xml after them."""
        if element.tag in _FORMATS:
            self.formats[element.get(f"{_STYLE}name")] = _format_of(element)
        elif element.tag == f"{_STYLE}master-page":
            self.headers[element.get(f"{_STYLE}name")] = _headers_of(element)
        elif element.tag == f"{_STYLE}style":
            self._add_style(element)

    def _add_style(self, element):
        key = (element.get(f"{_STYLE}family"), element.get(f"{_STYLE}name"))
        properties = dict(element.attrib)
        for child in element:
            properties.update(child.attrib)
        self.styles[key] = (element.get(f"{_STYLE}parent-style-name"), properties)

    def look_of(self, name: str | None) -> Ulkoasu:
        """Of a cell's style."""
        if name not in self.looks:
            background = self._value("table-cell", name, _BACKGROUND)
            fill = background[1:].lower() if background.startswith("#") and len(background) == 7 else ""
            lines = [self._value("table-cell", name, line) for line in _LINES]
            self.looks[name] = Ulkoasu(
                traffic_light(fill) if fill else "",
                any(line not in ("", "none") for line in lines),
                fill,
                self.formats.get(self._value("table-cell", name, f"{_STYLE}data-style-name"), ""),
            )
        return self.looks[name]

    def headers_of_table(self, name: str | None) -> list[str]:
        """The words above and below the pages of a sheet of that style."""
        return self.headers.get(self._value("table", name, f"{_STYLE}master-page-name"), [])

    def is_hidden_table(self, name: str | None) -> bool:
        return self._value("table", name, f"{_TABLE}display") == "false"

    def _value(self, family, name, attribute):
        for _ in range(_MAX_PARENTS):
            parent, properties = self.styles.get((family, name), (None, {}))
            if attribute in properties:
                return properties[attribute]
            if parent is None:
                return ""
            name = parent
        return ""


def _format_of(style):
    """The data style as Excel writes a number format: "0.00", "#,##0.00", "00", "d.m.yyyy"."""
    return "".join(map(_format_part, style))


def _format_part(part):
    tag = part.tag.removeprefix(_NUMBER)
    if tag == "number":
        return _digits(part)
    if tag == "scientific-number":
        return f"{_digits(part)}E+00"
    if tag == "fraction":
        marks = "?" * _count(part, "min-denominator-digits", 1)
        return f"# {marks}/{marks}"
    if tag in _DATE_CODES:
        return _date_code(part, tag)
    if tag not in ("text", "currency-symbol"):
        return ""
    return "".join("%" if sign == "%" else f"\\{sign}" for sign in part.text or "")


def _date_code(part, tag):
    is_long = part.get(f"{_NUMBER}style") == "long"
    if tag == "month" and part.get(f"{_NUMBER}textual") == "true":
        return "mmmm" if is_long else "mmm"
    return _DATE_CODES[tag] * (2 if is_long and tag in ("day", "month", "year") else 1)


def _digits(number):
    """How many digits at least, and how many after the comma; without a word of those as many as there are."""
    decimals = number.get(f"{_NUMBER}decimal-places")
    if decimals is None:
        return "General"
    least = _count(number, "min-decimal-places", _count(number, "decimal-places", 0))
    whole = "0" * _count(number, "min-integer-digits", 1) or "#"
    is_grouped = number.get(f"{_NUMBER}grouping") == "true"
    after = ("0" * least).ljust(_count(number, "decimal-places", 0), "#")
    return f"{f'#,##{whole[-1]}' if is_grouped else whole}{'.' if after else ''}{after}"


def _count(element, name, default):
    return min(_MOST_DIGITS, int(element.get(f"{_NUMBER}{name}", default)))


def _headers_of(page):
    """The texts of a page's headers and footers, without numbers of pages and other fields."""
    shown = [each for each in page if each.tag in _HEADERS and each.get(f"{_STYLE}display") != "false"]
    return ["\n".join(map(_words, header.iter(f"{_TEXT}p"))) for header in shown]


def _words(paragraph):
    """Its own text and that of its spans; what another element shows is worked out on the page."""
    pieces = [paragraph.text or ""]
    for child in paragraph:
        pieces += [_words(child) if child.tag in (f"{_TEXT}span", f"{_TEXT}a") else "", child.tail or ""]
    return "".join(pieces)
