"""LibreOffice without a window: what an office makes of our files."""

import shutil
import subprocess

import pytest

AIKAA = 120  # seconds
TAGGED_PDF = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


def convert(path, kind):
    """The file as LibreOffice saves it again -> its path. `kind` is a file type or TAGGED_PDF."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOfficea ei ole: soffice")
    folder = path.parent / "muunnettu"
    own_profile = f"-env:UserInstallation=file://{path.parent}/profiili"
    command = [soffice, own_profile, "--headless", "--norestore", "--convert-to", kind, "--outdir", folder, path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=AIKAA, check=True)
    found = folder / f"{path.stem}.{kind.partition(':')[0]}"
    assert found.exists(), done.stderr
    return found
