"""Small .ods files for the tests: what LibreOffice writes, and what only a nasty file holds."""

import datetime
import io
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_NAMES = ("office", "table", "text", "style")
_SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _NAMES) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/></manifest:manifest>'
)


@dataclass
class S:
    """A cell with more than a value. `span`: (columns, rows) of a merge; `fill`: "#rrggbb"."""

    value: object = None
    fill: str = ""
    strike: bool = False
    span: tuple[int, int] = (1, 1)
    times: int = 1
    percent: bool = False
    error: bool = False
    note: str = ""
    covered: bool = False


def ods(*rows, sheet="Taul1", hidden_rows=(), hidden_columns=(), tail="", more=(), hidden=False):
    """Rows of values (or S) as the bytes of an .ods. `more`: (name, rows) of other sheets; `tail`: XML after rows."""
    styles = {}
    tables = [_table(sheet, rows, styles, hidden_rows, hidden_columns, tail, hidden)]
    tables += [_table(name, other, styles, (), (), "", False) for name, other in more]
    return pack(
        f"<office:automatic-styles>{_HIDDEN}{''.join(styles.values())}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    )


_HIDDEN = (
    '<style:style style:name="piilo" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def pack(content):
    """The inside of office:document-content as the bytes of an .ods."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}>{content}'
            "</office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return file.getvalue()


def _table(name, rows, styles, hidden_rows, hidden_columns, tail, hidden):
    columns = "".join(
        f"<table:table-column{' table:visibility=' + quoteattr('collapse') if number in hidden_columns else ''}/>"
        for number in range(1, max(map(len, rows), default=0) + 1)
    )
    lines = "".join(
        f"<table:table-row{' table:visibility=' + quoteattr('collapse') if number in hidden_rows else ''}>"
        f"{''.join(_cell(value, styles) for value in row) or '<table:table-cell/>'}</table:table-row>"
        for number, row in enumerate(rows, 1)
    )
    style = ' table:style-name="piilo"' if hidden else ""
    return f"<table:table table:name={quoteattr(name)}{style}>{columns}{lines}{tail}</table:table>"


def _cell(value, styles):
    cell = value if isinstance(value, S) else S(value)
    attributes = _style(cell, styles) + _spans(cell)
    if cell.error:
        attributes += ' table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"'
    elif cell.value is not None:
        attributes += _value(cell.value, cell.percent)
    note = f"<office:annotation><text:p>{escape(cell.note)}</text:p></office:annotation>" if cell.note else ""
    shown = "" if cell.value is None else _paragraphs(str(cell.value))
    tag = "table:covered-table-cell" if cell.covered else "table:table-cell"
    return f"<{tag}{attributes}>{note}{shown}</{tag}>"


def _style(cell, styles):
    if not (cell.fill or cell.strike):
        return ""
    key = (cell.fill, cell.strike)
    if key not in styles:
        fill = f"<style:table-cell-properties fo:background-color={quoteattr(cell.fill)}/>" if cell.fill else ""
        strike = '<style:text-properties style:text-line-through-style="solid"/>' if cell.strike else ""
        name = f"ce{len(styles)}"
        styles[key] = f'<style:style style:name="{name}" style:family="table-cell">{fill}{strike}</style:style>'
    return f' table:style-name="ce{list(styles).index(key)}"'


def _spans(cell):
    names = ("number-columns-spanned", "number-rows-spanned", "number-columns-repeated")
    counts = (*cell.span, cell.times)
    return "".join(f' table:{name}="{count}"' for name, count in zip(names, counts, strict=True) if count > 1)


def _value(value, percent):
    if isinstance(value, bool):
        return f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    if isinstance(value, int | float):
        return f' office:value-type="{"percentage" if percent else "float"}" office:value="{value}"'
    if isinstance(value, datetime.date):
        return f' office:value-type="date" office:date-value="{value.isoformat()}"'
    return ' office:value-type="string"'


def _paragraphs(text):
    return "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))


def _spaced(line):
    return escape(line).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")
