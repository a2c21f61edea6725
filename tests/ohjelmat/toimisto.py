"""LibreOffice without a window: what an office makes of our files."""

import shutil
import subprocess

import pytest

AIKAA = 120  # seconds
TAGGED_PDF = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


def convert(path, kind):
    """The file as LibreOffice saves it again -> its path. `kind` is a file type or TAGGED_PDF."""
    return convert_all([path], kind)[0]


def convert_all(paths, kind):
    """Files of one folder -> their paths, in one go: to start LibreOffice takes longer than a file."""
    folder = paths[0].parent / "muunnettu"
    done = _run(paths[0], "--convert-to", kind, "--outdir", folder, *paths)
    found = [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]
    assert all(path.exists() for path in found), done.stderr
    return found


def _run(path, *arguments):
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOfficea ei ole: soffice")
    own_profile = f"-env:UserInstallation=file://{path.parent}/profiili"
    command = [soffice, own_profile, "--headless", "--norestore", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=AIKAA, check=True)


MAKRO = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Paivita(lahde As String, kohde As String)
  Dim avaus(0) As New com.sun.star.beans.PropertyValue
  avaus(0).Name = "Hidden" : avaus(0).Value = True
  asiakirja = StarDesktop.loadComponentFromURL(ConvertToURL(lahde), "_blank", 0, avaus())
  hakemistot = asiakirja.getDocumentIndexes()
  For i = 0 To hakemistot.getCount() - 1
    hakemistot.getByIndex(i).update()
  Next
  Dim muoto(0) As New com.sun.star.beans.PropertyValue
  muoto(0).Name = "FilterName" : muoto(0).Value = "writer_pdf_Export"
  asiakirja.storeToURL(ConvertToURL(kohde), muoto())
  asiakirja.close(True)
End Sub
</script:module>"""


def update_contents(path):
    """The Word file as PDF once its contents have been updated, as Word does when it opens one that asks for it."""
    convert(path, "pdf")  # makes the profile too, whose own macros begin with an empty Module1
    target = path.with_name("paivitetty.pdf")
    (path.parent / "profiili" / "user" / "basic" / "Standard" / "Module1.xba").write_text(MAKRO)
    done = _run(path, f'macro:///Standard.Module1.Paivita("{path}","{target}")')
    assert target.exists(), done.stderr
    return target
