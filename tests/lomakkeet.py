"""A page's HTML -> its forms as a browser would send them, filled in so that sending them does something."""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile

from .matriisi import kind_of, list_questions, may_open
from .ymparisto import paivan_osa

_NUMBER = re.compile(r"\d+")
_IDS_IN_NAME = (re.compile(r"[a-z]+(\d+)-"), re.compile(r".*-m(\d+)-"))  # "t12-kommentti", "t12-m7-teksti"
# A score, a cell's own words, and what the value of a measure or a unit's answer was based on, beside a row that is
# saved all the same: numbers that name no object. A unit's id that is not the row's holds the row back (test_osat).
_NO_ID = re.compile(r"(.*-)?aste|solu\|.*|.*-[mo]\d+-versio|.*-o\d+-id")
_TEXTS = {"text", "search", "email", "url", "tel", "hidden", "date", "number"}


@dataclass(frozen=True)
class Kentta:
    """One value that a form sends. `laji`: the input's type, "select" or "textarea"."""

    nimi: str
    arvo: str
    laji: str

    @property
    def has_id(self):
        is_chosen = self.laji in ("select", "radio", "checkbox", "hidden", "button")
        return is_chosen and self.arvo.isdecimal() and not _NO_ID.fullmatch(self.nimi)


@dataclass(frozen=True)
class Lomake:
    osoite: str
    kentat: tuple[Kentta, ...]
    tiedostot: tuple[str, ...] = ()
    tapa: str = "post"

    def changed(self, pk):
        """[(what, the form with an id changed to pk, the form without it)]: each value and each name in turn.

        Of fields alike in all but their number one is enough: rows are alike.
        """
        found, seen = [], set()
        for place, kentta in enumerate(self.kentat):
            if kentta.has_id and (alike := _NUMBER.sub("N", kentta.nimi)) not in seen:
                seen.add(alike)
                others = self.kentat[:place] + self.kentat[place + 1 :]
                changed = (*others, replace(kentta, arvo=str(pk)))
                found.append((f"{kentta.nimi}={pk}", replace(self, kentat=changed), replace(self, kentat=others)))
        for number in self._ids_in_names():
            others = tuple(kentta for kentta in self.kentat if not _names(kentta, number))
            renamed = (self._renamed(k, number, pk) if _names(k, number) else k for k in self.kentat)
            found.append((f"nimessä {number}→{pk}", replace(self, kentat=tuple(renamed)), replace(self, kentat=others)))
        return found

    def _ids_in_names(self):
        """Two of each kind are enough."""
        for pattern in _IDS_IN_NAME:
            yield from sorted({m[1] for kentta in self.kentat if (m := pattern.match(kentta.nimi))})[:2]

    def _renamed(self, kentta, number, pk):
        """A row's fields under another id, as of a row that nobody has answered; its buttons and boxes name it too."""
        nimi = re.sub(rf"(?<!\d){number}(?!\d)", str(pk), kentta.nimi)
        arvo = str(pk) if kentta.arvo == number else kentta.arvo
        return replace(kentta, nimi=nimi, arvo=arvo)

    def with_id(self, old, new):
        same = (replace(k, arvo=str(new)) if k.arvo == str(old) else k for k in self.kentat)
        return replace(self, kentat=tuple(same))

    def data(self, files=None):
        """What is sent; `files`: name of a field -> what is chosen into it."""
        chosen = {name: content for name, content in (files or {}).items() if name in self.tiedostot}
        data = {name: SimpleUploadedFile("Täytetty.xlsx", content) for name, content in chosen.items()}
        for kentta in self.kentat:
            data.setdefault(kentta.nimi, []).append(kentta.arvo)
        return data


TILAT = {"oma", "vastaustaulukko", "tulossa", "viimeistelyssä", "suljettu", "julkaistu", "poistettu", "lopetettu"}


def list_forms(maailma, who, *, osana=False):
    """Every form of every page that the person may open, each once; `osana`: of the pages that are today's."""
    forms = {}
    for kysymys in (list_todays_pages if osana else list_own_pages)(maailma, who):
        answer, _wrote = maailma.ask(who, "GET", kysymys.path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            forms |= {(form.osoite, form.kentat): form for form in read_forms(answer.text, kysymys.path)}
    return list(forms.values())


def list_own_pages(maailma, who):
    """Every address that the person may open, with the objects of the own kunta in each of their states."""
    return [
        kysymys
        for kysymys in list_questions(maailma.kohteet)
        if {getattr(kohde, "nimi", "oma") for kohde in kysymys.kohteet} <= TILAT and may_open(kysymys, who)
    ]


def list_todays_pages(maailma, who):
    """Of them those whose turn it is; with KIERROKSET=kaikki all."""
    return paivan_osa(list_own_pages(maailma, who), kind_of)


def _names(kentta, number):
    return re.search(rf"(?<!\d){number}(?!\d)", kentta.nimi) is not None


def read_forms(html, path):
    """Every form of the page, signing out apart; one with several buttons once for each.

    A button elsewhere on the page that sends a form to another address sends it as it was shown, nothing filled in.
    """
    reader = _Reader(path)
    reader.feed(html)
    within = [
        replace(form, kentat=(*form.kentat, *button))
        for form, buttons in reader.found
        for button in dict.fromkeys((buttons[0], buttons[-1]))
    ]
    return within + [_as_shown(reader.named[name], osoite, button) for name, osoite, button in reader.elsewhere]


def _as_shown(avoin, osoite, button):
    kentat = (replace(k, arvo="") if k.nimi in avoin.tyhjat else k for k in avoin.kentat if k not in avoin.rastitta)
    return Lomake(osoite, (*kentat, button), tuple(avoin.tiedostot), avoin.tapa)


@dataclass
class _Avoin:
    osoite: str
    tapa: str
    kentat: list = field(default_factory=list)
    tiedostot: list = field(default_factory=list)
    napit: list = field(default_factory=list)
    tyhjat: set = field(default_factory=set)  # the names of the fields that were filled in here
    rastitta: set = field(default_factory=set)  # the boxes that were ticked here


class _Reader(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.found, self.form, self.select, self.area = path, [], None, None, None
        self.named, self.elsewhere = {}, []  # {id: _Avoin}, [(id of its form, address, button)]

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            is_signing_out = "kirjaudu-ulos" in (a.get("action") or "")
            form = _Avoin(a.get("action") or self.path, a.get("method", "get").lower())
            self.form = None if is_signing_out else form
            self.named[a.get("id")] = form
        elif self.form is None and tag == "button" and a.get("formaction"):
            button = Kentta(a["name"], a.get("value", ""), "button")
            self.elsewhere.append((a["form"], a["formaction"], button))
        elif self.form is None:
            return
        elif tag == "input":
            self._input(a)
        elif tag == "button" and a.get("name"):
            self.form.napit.append(Kentta(a["name"], a.get("value", ""), "button"))
        elif tag == "select":
            self.select = (a.get("name"), [])
        elif tag == "option" and self.select:
            self.select[1].append(("selected" in a, a.get("value", "")))
        elif tag == "textarea":
            self.area = a.get("name")

    def _input(self, a):
        name, kind, value = a.get("name"), a.get("type", "text"), a.get("value", "on")
        if not name or name == "csrfmiddlewaretoken":
            return
        if kind == "file":
            self.form.tiedostot.append(name)
        elif kind == "radio":
            self._choose_radio(Kentta(name, value, kind), "checked" in a)
        elif kind == "checkbox":
            self.form.kentat.append(Kentta(name, value, kind))
            self.form.rastitta |= set() if "checked" in a else {self.form.kentat[-1]}
        elif kind in _TEXTS:
            typed = a.get("value") or {"date": "2026-12-01", "email": "uusi@kirkkoranta.example"}.get(
                kind, "Uusi teksti"
            )
            self.form.kentat.append(Kentta(name, typed, kind))
            self.form.tyhjat |= set() if a.get("value") else {name}

    def _choose_radio(self, kentta, is_checked):
        chosen = [k for k in self.form.kentat if k.nimi == kentta.nimi]
        if not chosen or is_checked:
            self.form.kentat = [k for k in self.form.kentat if k.nimi != kentta.nimi] + [kentta]

    def handle_endtag(self, tag):
        if tag == "form" and self.form is not None:
            parts = (tuple(self.form.kentat), tuple(self.form.tiedostot), self.form.tapa)
            form = Lomake(self.form.osoite, *parts)
            self.found.append((form, [(nappi,) for nappi in self.form.napit] or [()]))
            self.form = None
        elif tag == "select" and self.select and self.form is not None:
            name, options = self.select
            values = [v for is_selected, v in options if is_selected and v] or [v for _s, v in options if v]
            self.form.kentat += [Kentta(name, value, "select") for value in values[:1]]
            if options and options[0][1] == "" and not any(is_selected and v for is_selected, v in options):
                self.form.tyhjat.add(name)
            self.select = None
        elif tag == "textarea" and self.area and self.form is not None:
            self.form.kentat.append(Kentta(self.area, "Uusi teksti", "textarea"))
            self.form.tyhjat.add(self.area)
            self.area = None
