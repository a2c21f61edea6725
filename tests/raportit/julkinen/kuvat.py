"""A picture in an answer -> what it was drawn from, and what is told beside its pixels: nobody reads a PNG as text."""

import base64
import io
import re
import zipfile

from lxml import etree
from PIL import Image

from raportit.muodot import jakokuva, kaavio, svg
from raportit.muodot.docx import sisalto
from raportit.osavuosikatsaus.logo import read_logo

TUNTEMATON = "zq-kuva-jonka-sisältöä-ei-tunneta"
_ALUT = (b"\x89PNG", b"\xff\xd8\xff")
_DATA = re.compile(rb"data:image/[a-z]+;base64,([A-Za-z0-9+/=]+)")


class Kuvat:
    """What each picture says that the application has drawn or been given since this was made."""

    def __init__(self, monkeypatch):
        self.texts, self.sizes, self.drawn = {}, {}, {}
        for module in (jakokuva, kaavio, sisalto):
            monkeypatch.setattr(module, "render_png", self._draw)

    def _draw(self, drawing, *args, **kwargs):
        text = etree.tostring(drawing, encoding="unicode")
        if text not in self.drawn:  # the dear part: equal drawings are drawn once
            self.drawn[text] = svg.render_png(drawing, *args, **kwargs)
            self.texts[self.drawn[text]] = text
        return self.drawn[text]

    def give_logo(self, kunta, says):
        """The kunta's own logo as it is stored and as it is frozen; what it shows is told here."""
        frozen = base64.b64decode(read_logo(kunta).partition(",")[2])
        with kunta.logo.open("rb") as stored:
            self.texts |= {stored.read(): says, frozen: says}
        self.sizes[Image.open(io.BytesIO(frozen)).size] = says  # a PDF holds its pixels only

    def texts_in(self, content):
        """Of every picture in the content, itself one, in a package or in a data: address."""
        for picture in _pictures_in(content):
            yield self.texts.get(picture, TUNTEMATON)
            with Image.open(io.BytesIO(picture)) as opened:
                yield f"{opened.info} {dict(opened.getexif())}"

    def text_of_pdf_image(self, image):
        return self.sizes.get((int(image.Width), int(image.Height)), TUNTEMATON)


def _pictures_in(content):
    if content.startswith(_ALUT):
        yield content
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            yield from (part for part in map(file.read, file.namelist()) if part.startswith(_ALUT))
    else:
        yield from (base64.b64decode(found) for found in _DATA.findall(content))


def picture_with_words(size, colour, words):
    """A PNG that tells the words beside its pixels, as a camera or a drawing program would."""
    from PIL.PngImagePlugin import PngInfo

    told, exif, target = PngInfo(), Image.Exif(), io.BytesIO()
    told.add_itxt("Comment", words)
    exif[0x010E] = words  # ImageDescription
    Image.new("RGB", size, colour).save(target, "PNG", pnginfo=told, exif=exif)
    return target.getvalue()
