"""Kunta -> its logo as a data: address, small enough to be frozen with every report."""

import base64
import io
import logging

from PIL import Image

from strategia.kuva import open_picture
from strategia.models import Kunta

logger = logging.getLogger(__name__)

LARGEST = (900, 300)  # pixels: sharp on paper at seven centimetres


def read_logo(kunta: Kunta) -> str:
    """The logo as PNG in a data: address, "" where there is none or its file is gone or no picture."""
    if not kunta.logo:
        return ""
    try:
        with kunta.logo.open("rb") as file, open_picture(file) as picture:
            picture.thumbnail(LARGEST)
            picture = picture.convert("RGBA")
            paper = Image.new("RGBA", picture.size, "white")  # an archive's PDF has no transparent pictures
            target = io.BytesIO()
            Image.alpha_composite(paper, picture).convert("RGB").save(target, "PNG", optimize=True)
    except Exception:  # a report is worth more than its logo: whatever the stored bytes are, the jakso can be closed
        logger.exception("logo: kunta %s", kunta.pk)
        return ""
    return f"data:image/png;base64,{base64.b64encode(target.getvalue()).decode()}"
