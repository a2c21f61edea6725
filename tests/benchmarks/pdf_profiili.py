"""Where the processor's time of a PDF goes, of a report and of a bare table of its texts: shares by stage.

    python -m tests.benchmarks.pdf_profiili [rows]                                             (120 rows unless told)

Both are drawn in a child that collects no garbage, as the worker draws them. A stage's time is its own: what the stages
inside it took is theirs. Text is what Pango is asked, everything else of layout and drawing is WeasyPrint's boxes.
"""

import gc
import os
import sys
from collections import Counter
from functools import wraps
from time import thread_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

import pydyf  # noqa: E402
import weasyprint.document  # noqa: E402
import weasyprint.draw.text  # noqa: E402
import weasyprint.layout.inline  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django.utils.html import format_html_join  # noqa: E402

import raportit.muodot.pdf  # noqa: E402
import raportit.muodot.pdf_ladonta  # noqa: E402
from raportit.osavuosikatsaus import build  # noqa: E402
from tests.raportit.rakenna import KOOTTU, rakenna  # noqa: E402

ROWS = 120
VAIHEET = (
    ("our templates", raportit.muodot.pdf, "render_print"),
    ("HTML read", weasyprint.HTML, "__init__"),
    ("HTML read", raportit.muodot.pdf_ladonta.PdfSivu, "__init__"),
    ("CSS matched", weasyprint.document, "get_all_computed_styles"),
    ("boxes built", weasyprint.document, "build_formatting_structure"),
    ("layout", weasyprint.document, "layout_document"),
    ("layout: text", weasyprint.layout.inline, "split_first_line"),
    ("drawing", weasyprint.document.Page, "paint"),
    ("drawing: text", weasyprint.draw.text, "draw_first_line"),
    ("tags", weasyprint.pdf, "add_tags"),
    ("our tags", raportit.muodot.pdf, "_finish"),
    ("fonts", weasyprint.pdf, "build_fonts_dictionary"),
    ("file written", pydyf.PDF, "write"),
)
PALJAAN_TYYLI = (
    '@font-face { font-family: "Source Sans 3"; src: url("fonts/SourceSans3-Regular.ttf.woff2") }'
    '@page { size: A4; margin: 22mm 16mm 20mm } html { font: 400 10pt/1.36 "Source Sans 3" }'
    "table { table-layout: fixed; width: 100% }"
)


class Kello:
    """The own time of each stage, in seconds of this thread's processor."""

    def __init__(self):
        self.sekunnit, self._inside = Counter(), [0.0]

    def wrap(self, stage, owner, name):
        act = getattr(owner, name)

        @wraps(act)
        def timed(*args, **kwargs):
            begun = thread_time()
            self._inside.append(0.0)
            try:
                found = act(*args, **kwargs)
                return list(found) if hasattr(found, "__next__") else found  # what a generator does is its stage's
            finally:
                took = thread_time() - begun
                self.sekunnit[stage] += took - self._inside.pop()
                self._inside[-1] += took

        setattr(owner, name, timed)


def draw_bare(raportti):
    """The same texts in a table without any style of ours."""
    pdf = raportit.muodot.pdf
    fonts = weasyprint.text.fonts.FontConfiguration()
    cells = ((r.toimenpide, r.toimiala, f"{r.toteutumisaste}", r.muutos, r.kommentti) for r in raportti.rivit)
    rows = format_html_join("", "<tr><td>{}<td>{}<td>{}<td>{}<td>{}", cells)
    css = weasyprint.CSS(string=PALJAAN_TYYLI, base_url=pdf.OMAT, url_fetcher=pdf._make_fetcher(), font_config=fonts)
    page = weasyprint.HTML(string=f'<html lang="fi"><title>.</title><table>{rows}</table>')
    page.write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")


def profile(name, draw, raportti):
    """Prints the shares; in a child, so that nothing stays wrapped."""
    if pid := os.fork():
        return os.waitpid(pid, 0)
    kello, begun = Kello(), thread_time()
    for stage in VAIHEET:
        kello.wrap(*stage)
    draw(raportti)
    total = thread_time() - begun
    print(f"{name}: {total:.2f} s")
    for stage, seconds in kello.sekunnit.most_common():
        print(f"  {stage:15}{100 * seconds / total:5.1f} %")
    print(f"  {'the rest':15}{100 * (total - kello.sekunnit.total()) / total:5.1f} %", flush=True)
    os._exit(0)


def main(rows=ROWS):
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        jakso = rakenna([n % 5 + 1 for n in range(rows)], edelliset=[3] * rows, tavoitteessa=8, painopisteessa=47)
        raportti = build(jakso, koottu=KOOTTU, versio=None)
    finally:
        teardown_databases(databases, verbosity=0)
    raportit.muodot.pdf.warm_up()
    gc.collect()
    gc.freeze()
    gc.disable()
    profile(f"Report of {rows} rows", raportit.muodot.pdf.render_pdf, raportti)
    profile("Bare table of the same texts", draw_bare, raportti)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
