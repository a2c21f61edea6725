"""Osavuosikatsaus -> bytes in any format. One renderer a format; what they share lies beside them."""

from collections.abc import Callable
from dataclasses import dataclass

from strategia.lukko import one_per_core
from strategia.varasto import turns_folder

from ..osavuosikatsaus import Osavuosikatsaus, to_json
from ..osavuosikatsaus.rinnakkain import Vertailu
from .csv import render_csv, render_mittarit_csv
from .html import render_html
from .pdf import render_pdf
from .pptx import render_pptx
from .xlsx import render_comparison_xlsx, render_xlsx


def render_docx(raportti: Osavuosikatsaus | Vertailu) -> bytes:
    from .docx import render_docx  # its library takes five MiB, and only the process that draws needs it

    return render_docx(raportti)


@dataclass(frozen=True)
class Muoto:
    content_type: str
    render: Callable[[Osavuosikatsaus], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
MUODOT = {
    "html": Muoto("text/html; charset=utf-8", render_html),
    "pdf": Muoto("application/pdf", render_pdf),
    "docx": Muoto(f"{_OFFICE}.wordprocessingml.document", render_docx),
    "xlsx": Muoto(f"{_OFFICE}.spreadsheetml.sheet", render_xlsx),
    "pptx": Muoto(f"{_OFFICE}.presentationml.presentation", render_pptx),
    "csv": Muoto("text/csv; charset=utf-8", render_csv),
    "mitat.csv": Muoto("text/csv; charset=utf-8", render_mittarit_csv),
    "json": Muoto("application/json", lambda raportti: to_json(raportti).encode()),
}
# A comparison is not stored: it is of what is.
VERTAILUN_MUODOT = {
    "pdf": MUODOT["pdf"],
    "docx": MUODOT["docx"],
    "xlsx": Muoto(MUODOT["xlsx"].content_type, render_comparison_xlsx),
}

VAIN_JULKISET = ("pptx",)  # those that there are of the public form alone
KALLIIT = ("pdf", "docx")  # those that take long of a long report


def render_report(raportti: Osavuosikatsaus | Vertailu, muoto: str) -> bytes:
    """The report in one of MUODOT, a comparison in one of VERTAILUN_MUODOT; a dear one waits for its turn."""
    muodot = VERTAILUN_MUODOT if isinstance(raportti, Vertailu) else MUODOT
    if muoto not in KALLIIT:
        return muodot[muoto].render(raportti)
    with one_per_core(turns_folder("tulosteet")):
        return muodot[muoto].render(raportti)
