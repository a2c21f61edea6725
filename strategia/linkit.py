"""Text -> the same with its addresses as links: http and https alone, and what is read is where it leads."""

import re
from unicodedata import category, name
from urllib.parse import quote

from django.utils.html import format_html, format_html_join

PISIN = 2000  # characters; what is longer nobody has typed, and not every browser opens it
_SIGN = "://"
_CANDIDATE = re.compile(r"(?<!\w)https?://[^\s<>\"“”„«»]+", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?)://([^/?#\\]+)([/?#].*)?", re.IGNORECASE)
_HOST = re.compile(r"((?:[^\W_](?:[^\W_]|-){0,62}\.)+[^\W\d_](?:[^\W_]|-){1,62})(:\d{1,5})?")
_TRAILING = ".,;:!?…'’*_|-–—"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def linkify(text):
    """The text, where it has addresses as HTML with each of them a link whose words are the whole address.

    None is fetched. An address that would lead elsewhere than it reads (a user's name before @, letters of several
    alphabets, marks that are not seen) stays text, and so does one that only an inner network knows.
    """
    if not text or _SIGN not in text:  # nearly all texts, thousands on a page
        return text
    parts, place = [], 0
    for found in _CANDIDATE.finditer(text):
        address = _trim(found[0]) if len(found[0]) <= PISIN else ""  # of 30,000 brackets a second goes into trimming
        if target := read_target(address):
            end = found.start() + len(address)
            parts += [(text[place : found.start()], target, address)]
            place = end
    if not parts:
        return text
    linked = format_html_join("", '{}<a href="{}" rel="nofollow">{}</a>', parts)
    return format_html("{}{}", linked, text[place:])


def _trim(address):
    """Without the marks that end the sentence, or the bracket that the address stands in."""
    while address:
        last = address[-1]
        opening = _PAIRS.get(last)
        if last not in _TRAILING and (opening is None or address.count(opening) >= address.count(last)):
            break
        address = address[:-1]
    return address


def read_target(address):
    """Where the address leads, in the letters of an URI (ASCII); "" where it is no address to make a link of."""
    found = _ADDRESS.fullmatch(address)
    host = found and _HOST.fullmatch(found[2])
    if not host or any(category(letter)[0] == "C" for letter in address):
        return ""
    ascii_host = _as_ascii(host[1])
    rest = quote(found[3] or "", safe="%/?#[]@!$&'()*+,;=:~")
    return f"{found[1].lower()}://{ascii_host}{host[2] or ''}{rest}" if ascii_host else ""


def _as_ascii(host):
    """The name as a browser asks it; "" where it may be read as another name than it is."""
    if host.isascii():
        return host.lower()
    if not all(name(letter, "").startswith("LATIN ") for letter in host if letter.isalpha()):
        return ""
    try:
        told = host.lower().encode("idna").decode()
        is_same = told.encode().decode("idna") == host.lower()  # not of ß, which old names turn into ss
    except UnicodeError:
        return ""
    return told if is_same else ""
