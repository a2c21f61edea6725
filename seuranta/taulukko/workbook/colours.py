"""A fill's colour -> what it says as a traffic light."""

import colorsys


def traffic_light(rgb: str) -> str:
    """ "rrggbb" -> green, yellow, red, other, or "" for white and nearly so.

    By hue. Orange, grey, blue and the like are "other": whoever made the sheet must tell.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(rgb))
    if saturation < 0.2 or not 0.15 < lightness < 0.95:
        return "" if lightness >= 0.95 else "other"
    degrees = hue * 360
    if degrees < 15 or degrees > 340:
        return "red"
    if 42 <= degrees <= 65:
        return "yellow"
    return "green" if 75 <= degrees <= 165 else "other"


def tinted(rgb: str, tint: float) -> str:
    """The colour made darker (tint -1 to 0) or lighter (0 to 1) as Excel does with the colours of a theme."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(rgb))
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(1, max(0, lightness)), saturation)
    return "".join(f"{round(part * 255):02x}" for part in parts)


def _parts(rgb):
    return [int(rgb[start : start + 2], 16) / 255 for start in (0, 2, 4)]
