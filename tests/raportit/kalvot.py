"""Slides as LibreOffice lays them out: where each word is, and whether it stays on its slide."""

import re
import subprocess

from raportit.muodot import render_report

from ..ohjelmat.toimisto import convert_all


def asettele(raportti, tmp_path):
    """[[(left, top, right, bottom, word)]] of each slide, in points."""
    return asettele_kaikki([raportti], tmp_path)[0]


def asettele_kaikki(raportit, tmp_path):
    """The same of each report, in one go."""
    paths = [tmp_path / f"kalvot{place}.pptx" for place, _raportti in enumerate(raportit)]
    for path, raportti in zip(paths, raportit, strict=True):
        path.write_bytes(render_report(raportti, "pptx"))
    return [_words_of(pdf) for pdf in convert_all(paths, "pdf")]


def _words_of(pdf):
    out = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True, text=True).stdout
    words = r'xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">([^<]*)</word>'
    pages = [re.findall(words, page) for page in out.split("<page ")[1:]]
    return [[(*map(float, box), word) for *box, word in page] for page in pages]


def tarkista_reunat(pages, alatunniste):
    """Every word is on its slide, and what is above the foot stays above it."""
    for number, page in enumerate(pages, 1):
        for left, top, right, bottom, word in page:
            assert left >= 0 and right <= 960 and top >= 0 and bottom <= 540, (number, word)
        if number > 1:
            feet = [(top, word) for _left, top, _right, _bottom, word in page if top > 506]
            assert [word for _top, word in feet] == [*alatunniste.split(), str(number)], number
            assert not [word for _l, top, _r, bottom, word in page if top <= 506 < bottom - 2], number
