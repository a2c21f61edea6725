"""What a person typed + who they are -> what they may find, and where in each text the words are."""

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strategia.models import Mittari, Painopiste, StrateginenTavoite, Toimenpide
from strategia.nimet import searchable
from strategia.teksti import clean_stored

from ..models import Kirjaus

LYHIN = 2  # letters; one letter is found everywhere
SANOJA = 10
YMPARILLA = 110  # characters of a comment shown on both sides of the first word found

LAJIT = {
    "toimenpiteet": _("Toimenpiteet"),
    "kommentit": _("Kommentit"),
    "tavoitteet": _("Tavoitteet"),
    "painopisteet": _("Painopisteet"),
    "mittarit": _("Mittarit"),
}


@dataclass(frozen=True)
class Osuma:
    """One hit: where it leads, its name and text as [(is it a word found, piece)], and what it belongs to."""

    osoite: str
    nimi: list
    teksti: list
    polku: str


def read_words(typed: str) -> list[str]:
    """What was typed as the words to find: all of them must be there. Control characters are no part of a word."""
    clean = "".join(letter if letter.isprintable() else " " for letter in typed)
    words = [word for word in searchable(clean).split() if len(word) >= LYHIN]
    return list(dict.fromkeys(words))[:SANOJA]


def search(words: list[str], user) -> dict[str, QuerySet]:
    """{a key of LAJIT: the rows that hold every word}, lazily; only what the user may see."""
    kunta = user.kunta_id
    rows = {
        "toimenpiteet": Toimenpide.objects.filter(kunta=kunta)
        .select_related("tavoite__painopiste", "toimiala")
        .order_by("tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk"),
        "kommentit": Kirjaus.objects.visible_to(user)
        .select_related("jakso__strategia", "toimenpide")
        .order_by("-jakso__jarjestys", "-jakso", "toimenpide__jarjestys", "pk"),
        "tavoitteet": StrateginenTavoite.objects.filter(kunta=kunta)
        .select_related("painopiste")
        .order_by("painopiste__jarjestys", "jarjestys", "pk"),
        "painopisteet": Painopiste.objects.filter(kunta=kunta).select_related("strategia"),
        "mittarit": Mittari.objects.filter(kunta=kunta)
        .select_related("strategia", "toimenpide", "tavoite", "painopiste")
        .in_order(),
    }
    for word in words:
        rows = {laji: queryset.filter(haku__contains=word) for laji, queryset in rows.items()}
    return rows


def describe_hit(row, words) -> Osuma:
    """The row as the page of results shows it."""
    if isinstance(row, Kirjaus):
        osoite = reverse("seuranta:toimenpide-detail", args=[row.toimenpide_id])
        teksti = mark_words(shorten_around(_text_with(words, row), words), words)
        nimi = [(False, row.toimenpide.nimi)]
        return Osuma(f"{osoite}#jakso-{row.jakso_id}", nimi, teksti, row.jakso.nimi)
    if isinstance(row, Toimenpide):
        osoite = reverse("seuranta:toimenpide-detail", args=[row.pk])
        nimi = mark_words(f"{row.koodi} {row.nimi}".strip(), words)
        text = clean_stored(_holding(words, [row.vastuu, *row.omat.values()]) or "")
        teksti = mark_words(shorten_around(text, words), words)
        return Osuma(osoite, nimi, teksti, _path(row.tavoite.painopiste.nimi, row.tavoite.nimi, row.toimiala))
    if isinstance(row, Mittari):
        return Osuma(_place_of(row), mark_words(row.nimi, words), [], str(row.kohde or row.strategia))
    if isinstance(row, StrateginenTavoite):
        osoite = _place_in_plan(row.painopiste.strategia_id, f"tavoite-{row.pk}")
        return Osuma(osoite, mark_words(row.nimi, words), [], row.painopiste.nimi)
    osoite = _place_in_plan(row.strategia_id, f"painopiste-{row.pk}")
    return Osuma(osoite, mark_words(row.nimi, words), [], row.strategia.nimi)


def _place_of(mittari):
    """Where its values are told: on the page of its toimenpide; of a heading, in the plan."""
    if mittari.toimenpide_id:
        return f"{reverse('seuranta:toimenpide-detail', args=[mittari.toimenpide_id])}#mittari-{mittari.pk}"
    anchor = f"tavoite-{mittari.tavoite_id}" if mittari.tavoite_id else f"painopiste-{mittari.painopiste_id}"
    return _place_in_plan(mittari.strategia_id, anchor)


def _place_in_plan(strategia_id, anchor):
    """The page of the plan that the heading is on, and its place there."""
    return f"{reverse('strategia:strategia-detail', args=[strategia_id])}?kohta={anchor}#{anchor}"


def _text_with(words, kirjaus):
    """The comment, or the first text beside it that holds a word the comment does not."""
    beside = (text for _sana, text in kirjaus.list_lisatekstit(kirjaus.jakso.strategia))
    return clean_stored(_holding(words, [kirjaus.kommentti, *beside, *kirjaus.omat.values()]) or kirjaus.kommentti)


def _holding(words, texts):
    """The first text that holds one of the words, None where none does."""
    return next((each for each in texts if any(word in searchable(each) for word in words)), None)


def _path(painopiste, tavoite, toimiala):
    path = " › ".join(part for part in (painopiste, tavoite) if part)
    return f"{path} · {toimiala}" if toimiala else path


def mark_words(text: str, words: list[str]) -> list[tuple[bool, str]]:
    """The whole text in pieces: [(is it a word found, piece)]."""
    text = unicodedata.normalize("NFC", text)
    pieces, end = [], 0
    for start, stop in _find(text, words):
        pieces += [(False, text[end:start]), (True, text[start:stop])]
        end = stop
    return [piece for piece in (*pieces, (False, text[end:])) if piece[1]]


def shorten_around(text: str, words: list[str]) -> str:
    """The part of a long text where the first word is, cut at spaces."""
    text = unicodedata.normalize("NFC", text)
    start, stop = next(_find(text, words), (0, 0))
    begin, end = max(start - YMPARILLA, 0), min(stop + YMPARILLA, len(text))
    if begin:
        begin = text.find(" ", begin, start) + 1 or begin
    if end < len(text):
        end = max(text.rfind(" ", stop, end), stop) if " " in text[stop:end] else end
    return f"{'… ' if begin else ''}{text[begin:end]}{' …' if end < len(text) else ''}"


def _find(text, words):
    """(start, stop) of each word found. One letter may fold to several (ß to ss), so places are mapped back."""
    if not words:
        return
    folded = [(letter, place) for place, original in enumerate(text) for letter in original.casefold()]
    haystack = "".join(letter for letter, _place in folded)
    longest_first = sorted(words, key=len, reverse=True)
    for found in re.finditer("|".join(re.escape(word) for word in longest_first), haystack):
        yield folded[found.start()][1], folded[found.end() - 1][1] + 1
