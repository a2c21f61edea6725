"""Osavuosikatsaus -> bytes in any format; of a frozen version made once and kept."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .docx import render_docx
from .html import render_html
from .models import Raporttiversio
from .osavuosikatsaus import Osavuosikatsaus, from_json, to_json
from .pdf import render_pdf
from .xlsx import render_csv, render_xlsx


@dataclass(frozen=True)
class Muoto:
    content_type: str
    render: Callable[[Osavuosikatsaus], bytes]


MUODOT = {
    "html": Muoto("text/html; charset=utf-8", render_html),
    "pdf": Muoto("application/pdf", render_pdf),
    "docx": Muoto("application/vnd.openxmlformats-officedocument.wordprocessingml.document", render_docx),
    "xlsx": Muoto("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", render_xlsx),
    "csv": Muoto("text/csv; charset=utf-8", render_csv),
    "json": Muoto("application/json", lambda raportti: to_json(raportti).encode()),
}


def render_report(raportti: Osavuosikatsaus, muoto: str) -> bytes:
    """The report in one of MUODOT."""
    return MUODOT[muoto].render(raportti)


def stored_bytes(versio: Raporttiversio, muoto: str, media_root: Path) -> bytes:
    """The version in this format: from its file, which is made at the first asking and never again.

    The JSON is the frozen text itself. A file is named by the text's digest and appears whole or not at all,
    so two askers at once cannot see half of one.
    """
    if muoto == "json":
        return versio.data.encode()
    path = media_root / "raportit" / str(versio.kunta_id) / f"{versio.sha256}.{muoto}"
    if not path.exists():
        _write_whole(path, render_report(from_json(versio.data), muoto))
    return path.read_bytes()


def _write_whole(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
