"""Styles of an .ods -> the look of a cell (fill as a traffic light, strikethrough) and whether a sheet is hidden."""

from .colours import traffic_light

_NS = {
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
}
_STYLE, _TABLE = (f"{{{_NS[name]}}}" for name in ("style", "table"))
_BACKGROUND = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}background-color"
_LINES = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")
_MAX_PARENTS = 20  # a file may say that two styles are each other's parents


class Styles:
    """Styles by family and name; what one leaves unsaid its parent says."""

    def __init__(self):
        self.styles = {}
        self.looks = {}

    def add(self, element) -> None:
        """Keep a style:style. The styles of styles.xml come first, those of content.xml after them."""
        key = (element.get(f"{_STYLE}family"), element.get(f"{_STYLE}name"))
        properties = {}
        for child in element:
            properties.update(child.attrib)
        self.styles[key] = (element.get(f"{_STYLE}parent-style-name"), properties)

    def look_of(self, name: str | None) -> tuple[str, bool]:
        """(green, yellow, red, other or "", True if struck through) of a cell's style."""
        if name not in self.looks:
            background = self._value("table-cell", name, _BACKGROUND)
            is_colour = background.startswith("#") and len(background) == 7
            lines = [self._value("table-cell", name, line) for line in _LINES]
            self.looks[name] = (
                traffic_light(background[1:]) if is_colour else "",
                any(line not in ("", "none") for line in lines),
            )
        return self.looks[name]

    def is_hidden_table(self, name: str | None) -> bool:
        return self._value("table", name, f"{_TABLE}display") == "false"

    def _value(self, family, name, attribute):
        for _ in range(_MAX_PARENTS):
            parent, properties = self.styles.get((family, name), (None, {}))
            if attribute in properties:
                return properties[attribute]
            if parent is None:
                return ""
            name = parent
        return ""
