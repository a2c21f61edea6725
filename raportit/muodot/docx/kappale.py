"""Inline content of HTML -> runs of Word: letters, their looks and links, and the white space a browser shows."""

import re
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

_INLINE = {"b", "strong", "em", "i", "span", "a", "small", "br", "svg", "img", "abbr", "time", "sup", "sub"}
_SKIPPED = {"script", "style", "title"}
_KEEP_LINES = {"th", "td", "h1", "h2", "h3", "h4", "h5", "caption"}  # where the page shows line breaks as written
HARMAA = "5B6469"
_SIGNS = {"circle": "●", "path": "▲", "rect": "■"}


@dataclass(frozen=True)
class Kirjain:
    """How a run of letters looks, and where it leads: to a place of the file, or to an address."""

    bold: bool = False
    vari: str = ""
    koko: float = 0
    kohde: str = ""
    osoite: str = ""


class Kappale:
    """A paragraph of inline content of an element: text first, then the children that are added."""

    def __init__(self, element, text):
        self.element, self.text, self.children = element, text, []
        self.look, self.big = Kirjain(), 0

    @classmethod
    def whole(cls, element, *, vari="", koko=0, kohde=""):
        """Everything that the element holds; vari and kohde: of all its letters, koko: of its bold ones."""
        kappale = cls(element, element.text)
        kappale.children, kappale.big = list(element), koko
        kappale.look = Kirjain(bold=bool(vari), vari=vari, kohde=kohde)
        return kappale

    def add(self, child):
        self.children.append(child)

    def runs(self, kirjoittaja):
        """Its runs, its white space as the page shows it; "" when there is nothing.

        kirjoittaja: whose document it is; knows the accent, and keeps the addresses and pictures of the file.
        """
        parts = squeeze(self._parts(), keep_lines=self.element.tag in _KEEP_LINES)
        return "".join(
            run(part, look, kirjoittaja.ilme.korostus, look.osoite and kirjoittaja.relate(look.osoite))
            if isinstance(part, str)
            else kirjoittaja.picture(part)
            for part, look in parts
        )

    def _parts(self):
        """(text or svg, its Kirjain) in order."""
        if self.text:
            yield self.text, self.look
        for child in self.children:
            yield from self._parts_of(child, self.look)

    def _parts_of(self, element, look):
        if element.tag in ("svg", "img"):
            yield element, look
        elif element.tag == "br":
            yield "\v", look
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
            inner = self._look_of(element, look)
            if element.text:
                yield element.text, inner
            for child in element:
                yield from self._parts_of(child, inner)
            if not is_inline(element):
                yield "\v", look
        if element.tail:
            yield element.tail, look

    def _look_of(self, element, look):
        if element.tag in ("b", "strong") or "koodi" in element.get("class", ""):
            accented = element.tag == "b"
            return replace(look, bold=True, vari=look.vari or ("korostus" if accented else ""), koko=self.big)
        if element.tag == "small":
            return replace(look, vari=HARMAA)
        target = element.get("href", "") if element.tag == "a" else ""
        if target.startswith("#"):
            return replace(look, kohde=target[1:])
        is_address = target.startswith(("http://", "https://"))
        return replace(look, osoite=target, vari="korostus") if is_address else look


def in_order(element):
    """What the element holds, in reading order: a Kappale of each unbroken inline content, and the blocks between."""
    inline = Kappale(element, element.text)
    for child in element:
        if is_inline(child):
            inline.add(child)
            continue
        yield inline
        yield child
        inline = Kappale(element, child.tail)
    yield inline


def is_inline(element):
    return element.tag in _INLINE or not isinstance(element.tag, str)


def plain(element):
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def squeeze(parts, keep_lines):
    """White space as a browser shows it: one space for many, none at the ends; line breaks where they are kept."""
    told, after_space = [], True
    for part, look in parts:
        if not isinstance(part, str):
            told.append((part, look))
            after_space = False
            continue
        text = re.sub(r"[ \t\r\n]*\n[ \t\r\n]*" if not keep_lines else r"[ \t\r]*\n[ \t\r]*", "\n", part)
        text = text if keep_lines else text.replace("\n", " ")
        text = re.sub(r" *([\v\n]) *", r"\1", re.sub(r"[ \t\r]+", " ", text)).replace("\v", "\n")
        if after_space:
            text = text.lstrip(" \n") if not told else text.lstrip(" ")
        if text:
            told.append((text, look))
            after_space = text[-1] in " \n"
    while told and isinstance(told[-1][0], str) and not told[-1][0].strip(" \n"):
        told.pop()
    if told and isinstance(told[-1][0], str):
        told[-1] = told[-1][0].rstrip(" \n"), told[-1][1]
    return told


def run(text, look, korostus, relation=""):
    """relation: the id by which the file knows the address that the letters lead to."""
    vari = korostus if look.vari == "korostus" else look.vari
    props = ("<w:b/>" if look.bold else "") + (f'<w:color w:val="{vari}"/>' if vari else "")
    props += f'<w:sz w:val="{round(look.koko * 2)}"/>' if look.koko else ""
    props += '<w:u w:val="single"/>' if look.osoite else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    run = f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{lines}</w:r>"
    if relation:
        return f'<w:hyperlink r:id="{relation}">{run}</w:hyperlink>'
    return f'<w:hyperlink w:anchor="{bookmark(look.kohde)}">{run}</w:hyperlink>' if look.kohde else run


def symbol(svg):
    """What only adorns a word beside it: a light or a colour of the legend as a sign, a row's mark not at all."""
    shape = next(each for each in svg if each.tag != "title")
    is_mark = "merkki" in svg.get("class", "")
    if is_mark:
        return ""
    fill = shape.get("fill", "#222222")
    sign, colour = ("□", "#5b6469") if fill == "#ffffff" else (_SIGNS[shape.tag], fill)
    return f'<w:r><w:rPr><w:color w:val="{colour[1:]}"/><w:sz w:val="24"/></w:rPr><w:t>{sign}</w:t></w:r>'


def bookmark(name):
    return re.sub(r"\W", "_", name)[:40]
