"""Kunta -> its logo as a data: address, small enough to be frozen with every report."""

import base64
import io

from PIL import Image, UnidentifiedImageError

from strategia.models import Kunta

LARGEST = (900, 300)  # pixels: sharp on paper at seven centimetres


def read_logo(kunta: Kunta) -> str:
    """The logo as PNG in a data: address, "" where there is none or its file is gone or no picture."""
    if not kunta.logo:
        return ""
    try:
        with kunta.logo.open("rb") as file, Image.open(file) as picture:
            picture.thumbnail(LARGEST)
            picture = picture.convert("RGBA")
            paper = Image.new("RGBA", picture.size, "white")  # an archive's PDF has no transparent pictures
            target = io.BytesIO()
            Image.alpha_composite(paper, picture).convert("RGB").save(target, "PNG", optimize=True)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return ""
    return f"data:image/png;base64,{base64.b64encode(target.getvalue()).decode()}"
