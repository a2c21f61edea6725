"""A picture's bytes -> the same picture as we store it: PNG or JPEG, of a bearable size, with nothing else in it."""

import io
from contextlib import contextmanager
from threading import Lock

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps

ENINTAAN = 4_000_000  # pixels: a page of paper needs no more
MUODOT = ("PNG", "JPEG")
LAPINAKYVAT = ("RGBA", "LA", "PA")
EI_KUVA = _("Kuvaa ei voi lukea. Valitse PNG- tai JPEG-kuva.")
LIIAN_TARKKA = _("Kuvassa on liikaa kuvapisteitä: enintään 4 miljoonaa, esimerkiksi 2000 × 2000. Pienennä kuvaa.")

_one_at_a_time = Lock()


class KuvaVirhe(ValueError):
    """Why a picture is not taken, as a sentence."""


@contextmanager
def open_picture(file):
    """The picture, wholly read, else KuvaVirhe; the same whatever a library has asked of Pillow in this process.

    WeasyPrint lets Pillow take broken pictures: one worker took what another could not open.
    """
    with _one_at_a_time:
        was, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            picture = Image.open(file, formats=MUODOT)
            if picture.width * picture.height <= ENINTAAN:
                picture.load()
        except Exception as error:  # Pillow meets broken bytes with any exception there is
            raise KuvaVirhe(EI_KUVA) from error
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = was
    with picture:
        if picture.width * picture.height > ENINTAAN:
            raise KuvaVirhe(LIIAN_TARKKA)
        yield picture


def reencode(file) -> tuple[bytes, str]:
    """(bytes, "png" or "jpg") without metadata, turned as the camera said; KuvaVirhe where it is not taken."""
    with open_picture(file) as picture:
        is_png, target = picture.format == "PNG", io.BytesIO()
        try:
            turned = ImageOps.exif_transpose(picture)
        except Exception:  # noqa: BLE001 -- what a camera wrote beside the picture may be anything
            turned = picture
        is_clear = is_png and (turned.mode in LAPINAKYVAT or "transparency" in turned.info)
        plain = turned.convert("RGBA" if is_clear else "RGB")
        plain.info = {}
        plain.save(target, "PNG" if is_png else "JPEG", optimize=True, **({} if is_png else {"quality": 90}))
    return target.getvalue(), "png" if is_png else "jpg"


class KuvakenttaField(forms.FileField):
    """A picture that was sent, as it will be stored."""

    widget = forms.ClearableFileInput

    def to_python(self, data):
        file = super().to_python(data)
        if file is None:
            return None
        try:
            content, ending = reencode(file)
        except KuvaVirhe as error:
            raise ValidationError(error.args[0], code="kuva") from error
        return SimpleUploadedFile(f"kuva.{ending}", content, content_type=f"image/{ending}")

    def widget_attrs(self, widget):
        return {"accept": "image/png,image/jpeg"}


class KuvaField(models.ImageField):
    """A picture stored as PNG or JPEG. To the migrations it is an ImageField: what the column holds is the same."""

    def deconstruct(self):
        name, _image, args, kwargs = super().deconstruct()
        return name, "django.db.models.ImageField", args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": KuvakenttaField, **kwargs})
