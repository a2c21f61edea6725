"""What a reader finds beside the cells of a sheet -> Oheinen: cleaned, with its place, pictures by their number."""

import re

from ..guard.limits import MAX_BESIDE
from .sheet import Oheinen, clean, unescape

# Codes of Excel's page headers: fonts, colours, sizes, the page's number; L, C and R begin a part.
_CODE = re.compile(r'&(?:(&)|"[^"]*"|K[0-9A-F]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]{1,3}|([LCR])|.)', re.IGNORECASE)
_ONLY_A_NUMBER = re.compile(r"(?:(?:sivu|page|sida|seite|sivuja|yhteensä|of|av)\b|\W)*", re.IGNORECASE)


class Keraaja:
    """Collects what stands beside the cells of one sheet; a cell is told without its sheet, "" of the whole sheet."""

    def __init__(self, sheet: str):
        self.sheet, self.oheiset, self.pictures, self.headers = sheet, [], [], {}

    def add(self, cell: str, reason: str, text: str) -> None:
        """Raises ValueError where there are more than anybody has made."""
        text = clean(unescape(text))
        if text:
            self.oheiset.append(Oheinen(f"{self.sheet}!{cell}", reason, text))
        if len(self.oheiset) > MAX_BESIDE:
            raise ValueError(reason)

    def add_picture(self, cell: str) -> None:
        self.pictures.append(cell)

    def add_header(self, written: str) -> None:
        """Of a page, "&LSeuranta&CSivu &P": its words. One that only numbers the pages says nothing."""
        text = _CODE.sub(lambda code: "&" if code[1] else "\n" if code[2] else "", written)
        text = "\n".join(filter(None, map(str.strip, text.split("\n"))))
        if not _ONLY_A_NUMBER.fullmatch(text):
            self.headers[text] = None

    def list(self) -> list[Oheinen]:
        """All of them; of the pictures (charts too) only how many they are, at the cell of the first."""
        for text in self.headers:
            self.add("", "page_header", text)
        if self.pictures:
            count = len(self.pictures)
            self.add(self.pictures[0], "picture", "1 kuva" if count == 1 else f"{count} kuvaa")
        return self.oheiset
