"""A logo is taken as PNG or JPEG, stored without what came beside it, and never stops a closing."""

import io
import subprocess
import sys
import zlib
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from raportit.osavuosikatsaus.logo import read_logo
from raportit.sulkeminen.sulje import close_jakso
from strategia.kuva import EI_KUVA, LIIAN_TARKKA, KuvaVirhe, reencode
from strategia.models import Kunta
from tests.ymparisto import JUURI

SALAISUUS = "kuvaajan koti 60.17,24.94"


def picture(muoto="PNG", size=(30, 20), mode="RGB", **save):
    target = io.BytesIO()
    Image.new(mode, size, "red" if mode != "RGBA" else (255, 0, 0, 0)).save(target, muoto, **save)
    return target.getvalue()


def told(muoto):
    """A picture that tells more than it shows."""
    if muoto == "PNG":
        info = PngInfo()
        info.add_text("Comment", SALAISUUS)
        return picture(pnginfo=info)
    exif = Image.Exif()
    exif[0x010E] = SALAISUUS
    return picture("JPEG", exif=exif, comment=SALAISUUS)


def send(client, content):
    data = {"virallinen_nimi": "Kirkkorannan kunta", "genetiivi": "Kirkkorannan", "muoto": "kunta"}
    return client.post(reverse("strategia:kunta-muokkaa"), data | {"logo": SimpleUploadedFile("logo.png", content)})


@pytest.mark.parametrize("muoto", ["PNG", "JPEG"])
def test_a_logo_is_stored_without_what_came_beside_it(muoto, cast, kirjautunut):
    content = told(muoto)
    assert SALAISUUS.encode() in content
    send(kirjautunut(cast.aino), content)
    stored = Kunta.objects.get(pk=cast.kunta.pk).logo.read()
    assert SALAISUUS.encode() not in stored
    with Image.open(io.BytesIO(stored)) as kept:
        assert (kept.format, kept.size) == (muoto, (30, 20))


def test_a_clear_logo_stays_clear_and_a_turned_one_is_turned():
    with Image.open(io.BytesIO(reencode(io.BytesIO(picture(mode="RGBA")))[0])) as clear:
        assert clear.getpixel((0, 0))[3] == 0
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(reencode(io.BytesIO(picture("JPEG", exif=exif)))[0])) as turned:
        assert turned.size == (20, 30)


@pytest.mark.parametrize(
    "content",
    [
        picture("GIF"),
        picture("TIFF"),
        picture("BMP"),
        picture("EPS"),
        picture()[:60],
        picture("JPEG")[:-200],
        b"<svg/>",
    ],
)
def test_any_other_picture_and_a_broken_one_is_refused_with_a_sentence(content, cast, kirjautunut):
    answer = send(kirjautunut(cast.aino), content)
    assert answer.status_code == 422
    assert str(EI_KUVA) in answer.text


def test_a_picture_of_more_than_four_megapixels_is_refused(cast, kirjautunut):
    answer = send(kirjautunut(cast.aino), picture(size=(2001, 2000)))
    assert answer.status_code == 422
    assert str(LIIAN_TARKKA) in answer.text
    assert send(kirjautunut(cast.aino), picture(size=(2000, 2000))).status_code == 302


def test_what_weasyprint_does_to_pillow_changes_nothing():
    program = (
        "import sys, io; sys.path[:0] = ['.']\n"
        "{}\n"
        "from strategia.kuva import KuvaVirhe, reencode\n"
        "try: reencode(io.BytesIO(sys.stdin.buffer.read())); print('taken')\n"
        "except KuvaVirhe: print('refused')"
    )
    for before in ("", "import weasyprint.images", "from PIL import ImageFile; ImageFile.LOAD_TRUNCATED_IMAGES = True"):
        run = [sys.executable, "-c", program.format(before)]
        cut = subprocess.run(run, input=picture(size=(300, 300))[:-30], capture_output=True, cwd=JUURI, check=True)
        assert cut.stdout == b"refused\n", before


def test_the_flag_of_pillow_is_as_it_was(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(KuvaVirhe):
        reencode(io.BytesIO(b"ei kuva"))
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def broken_png():
    """A PNG whose header is right and whose next part says that it is longer than it can be."""
    content = picture()
    return content[:33] + b"\xff\xff\xff\xff" + content[37:]


def swollen_png():
    """A PNG with a text that inflates to more than Pillow lets one."""
    content, text = picture(), zlib.compress(b"x" * 70_000_000)
    body = b"zTXt" + b"a\0\0" + text
    part = len(body[4:]).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)
    return content[:33] + part + content[33:]


@pytest.mark.parametrize("content", [b"ei kuva", broken_png(), swollen_png(), picture()[:50]])
def test_a_bad_logo_never_stops_a_closing(content, cast):
    cast.kunta.logo.save("x", ContentFile(content))
    cast.jakso.tila = "viimeistelyssa"
    cast.jakso.save()
    versio = close_jakso(cast.jakso, by=cast.kaisa)
    assert versio.pk


def test_a_logo_whose_file_is_gone_is_no_logo(cast, kirjautunut):
    Kunta.objects.filter(pk=cast.kunta.pk).update(logo="logot/poissa")
    assert read_logo(Kunta.objects.get(pk=cast.kunta.pk)) == ""
    assert kirjautunut(cast.aino).get(reverse("strategia:kunta-logo")).status_code == 404


def test_the_stored_logos_are_stored_anew_and_what_is_no_picture_is_taken_away(
    cast, django_capture_on_commit_callbacks
):
    cast.kunta.logo.save("x", ContentFile(told("JPEG")))
    naapuri = cast.naapuri.kunta
    naapuri.logo.save("x", ContentFile(picture("TIFF")))
    with django_capture_on_commit_callbacks(execute=True):
        import_module("strategia.migrations.0003_logot_uudelleen").store_anew(apps, None)
    kunta, old = Kunta.objects.get(pk=cast.kunta.pk), cast.kunta.logo.name
    assert SALAISUUS.encode() not in kunta.logo.read()
    assert not kunta.logo.storage.exists(old)
    assert read_logo(kunta).startswith("data:image/png")
    assert Kunta.objects.get(pk=naapuri.pk).logo == ""
