"""The shorter ways to a PDF are taken."""

import zlib

import pydyf

from raportit.muodot import pdf
from raportit.muodot.pdf import render_pdf

from ..saarikko import saarikon_raportti


def test_what_is_not_a_page_is_packed_once(monkeypatch):
    packed, compress = [], zlib.compressobj
    monkeypatch.setattr(pydyf.zlib, "compressobj", lambda level: packed.append(level) or compress(level))
    streams = []
    monkeypatch.setattr(pdf, "_finish", _then(pdf._finish, lambda: streams.append(len(packed))))
    content = render_pdf(saarikon_raportti([3] * 4, versio=1))
    assert streams == [len(packed)], "kirjoittaessa ei pakata mitään hitaasti"
    assert b"/Type /ObjStm" in content


def _then(act, note):
    def both(*args):
        act(*args)
        note()

    return both
