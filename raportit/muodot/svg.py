"""SVG of ours -> PNG, for those who cannot take SVG: Word of older kinds and slides.

Knows the shapes that our own templates draw and no others: rect, circle, path (M m h v L l z), text, and a group
that is moved (translate).
"""

import io
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from lxml import etree
from PIL import Image, ImageChops, ImageDraw, ImageFont

TARKKUUS = 3  # pixels of the picture to one unit of the SVG
PEHMENNYS = 2  # drawn this much larger, then made smaller: edges come out smooth
_FONTIT = {"400": "Regular", "600": "Semibold", "700": "Bold"}
_STEP = re.compile(r"([MmhvLlz])([^MmhvLlz]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+")


def size_of(svg: etree._Element) -> tuple[float, float]:
    """Width and height in CSS pixels."""
    return float(svg.get("width")), float(svg.get("height"))


def render_png(svg: etree._Element, tarkkuus: int = TARKKUUS) -> bytes:
    """The picture as PNG on a transparent ground. Raises ValueError for a shape that it does not know."""
    scale = tarkkuus * PEHMENNYS
    width, height = size_of(svg)
    picture = Image.new("RGBA", (round(width * scale), round(height * scale)), (255, 255, 255, 0))
    _draw_all(picture, svg, scale, (0.0, 0.0))
    smooth = picture.resize((round(width * tarkkuus), round(height * tarkkuus)), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    smooth.save(target, "PNG", optimize=True, dpi=(96 * tarkkuus, 96 * tarkkuus))
    return target.getvalue()


def _draw_all(picture, group, scale, origin):
    for shape in group:
        name = shape.tag.rpartition("}")[2] if isinstance(shape.tag, str) else "title"
        if name == "g":
            moved = [float(number) for number in _NUMBER.findall(shape.get("transform", "translate(0 0)"))]
            _draw_all(picture, shape, scale, (origin[0] + moved[0], origin[1] + moved[1]))
        elif name != "title":
            if name not in _SHAPES:
                raise ValueError(f"Tuntematon kuvio: {name}")
            _SHAPES[name](picture, shape, scale, origin)


def _draw_rect(picture, shape, scale, origin):
    x, y = _place(shape, "x", "y", scale, origin)
    width, height = (float(shape.get(name)) * scale for name in ("width", "height"))
    line = _line_width(shape, scale)
    box = [x - line / 2, y - line / 2, x + width + line / 2 - 1, y + height + line / 2 - 1]
    ImageDraw.Draw(picture).rectangle(box, shape.get("fill"), shape.get("stroke"), round(line))


def _place(shape, across, down, scale, origin):
    return tuple(
        (float(shape.get(name, 0)) + start) * scale for name, start in zip((across, down), origin, strict=True)
    )


def _draw_circle(picture, shape, scale, origin):
    (x, y), r = _place(shape, "cx", "cy", scale, origin), float(shape.get("r")) * scale
    line = _line_width(shape, scale)
    r += line / 2
    ImageDraw.Draw(picture).ellipse([x - r, y - r, x + r, y + r], shape.get("fill"), shape.get("stroke"), round(line))


def _draw_path(picture, shape, scale, origin):
    """Filled evenodd, as our marks are: an outline inside another is a hole. Not filled it is a line."""
    if shape.get("fill") == "none":
        _draw_line(picture, shape, scale, origin)
        return
    inside = Image.new("1", picture.size)
    outlines = [
        [(x + origin[0] * scale, y + origin[1] * scale) for x, y in points]
        for points in _read_path(shape.get("d"), scale)
    ]
    for points in outlines:
        one = Image.new("1", picture.size)
        ImageDraw.Draw(one).polygon(points, fill=1)
        inside = ImageChops.logical_xor(inside, one)
    picture.paste(shape.get("fill"), mask=inside)
    if shape.get("stroke"):
        for points in outlines:
            ends = [*points, *points[:2]]
            ImageDraw.Draw(picture).line(ends, shape.get("stroke"), round(_line_width(shape, scale)), joint="curve")


def _draw_line(picture, shape, scale, origin):
    dashes = [float(number) * scale for number in _NUMBER.findall(shape.get("stroke-dasharray", ""))]
    width = round(_line_width(shape, scale))
    for outline in _read_path(shape.get("d"), scale):
        points = [(x + origin[0] * scale, y + origin[1] * scale) for x, y in outline]
        if len(set(points)) == 1:  # of no length, with round ends: a dot
            [(x, y), *_rest] = points
            box = [x - width / 2, y - width / 2, x + width / 2, y + width / 2]
            ImageDraw.Draw(picture).ellipse(box, shape.get("stroke"))
            continue
        for part in _cut_to_dashes(points, *dashes) if dashes else [points]:
            ImageDraw.Draw(picture).line(part, shape.get("stroke"), width, joint="curve")


def _cut_to_dashes(points, drawn, gap):
    """The pieces of a line that is level, as our dashed ones are."""
    (x, y), (end, _y) = points[0], points[-1]
    while x < end:
        yield [(x, y), (min(x + drawn, end), y)]
        x += drawn + gap


def _read_path(d, scale):
    """[[(x, y), …] of each outline]"""
    outlines, x, y = [], 0.0, 0.0
    for step, rest in _STEP.findall(d):
        numbers = [float(number) * scale for number in _NUMBER.findall(rest)]
        if step in "hv":
            moves = [(n, 0) if step == "h" else (0, n) for n in numbers]
        else:
            moves = list(zip(numbers[::2], numbers[1::2], strict=True))
        if step in "Mm":
            outlines.append([])
        for dx, dy in moves:
            x, y = (dx, dy) if step in "ML" else (x + dx, y + dy)
            outlines[-1].append((x, y))
        if step == "z":
            x, y = outlines[-1][0]
    return outlines


def _draw_text(picture, shape, scale, origin):
    font = _load_font(_FONTIT[shape.get("font-weight", "400")], round(float(shape.get("font-size")) * scale))
    anchor = {"middle": "ms", "end": "rs"}.get(shape.get("text-anchor"), "ls")
    place = _place(shape, "x", "y", scale, origin)
    ImageDraw.Draw(picture).text(place, shape.text or "", shape.get("fill", "#000000"), font, anchor)


def _line_width(shape, scale):
    return float(shape.get("stroke-width", 1)) * scale if shape.get("stroke") else 0


@cache
def _load_font(weight, size):
    return ImageFont.truetype(io.BytesIO(unpack_font(weight)), size)


@cache
def unpack_font(weight):
    """The font as TTF: the web's woff2 is packed in a way that Pillow does not read."""
    from fontTools.ttLib import TTFont

    font = TTFont(Path(finders.find(f"fonts/SourceSans3-{weight}.ttf.woff2")))
    font.flavor, target = None, io.BytesIO()
    font.save(target)
    return target.getvalue()


_SHAPES = {"rect": _draw_rect, "circle": _draw_circle, "path": _draw_path, "text": _draw_text}
