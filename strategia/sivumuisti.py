"""Public pages kept in the memory of a process, compressed, as long as nothing that they tell has changed.

A page is kept under its kunta's publication number, which changes in the transaction of whatever the public sees, and
under the time of the next publishing that waits: when that comes, no page of before is found any more. A process
reads the two at most once in JULKAISUNUMERON_IKA seconds. Nothing of who asks is kept: the request is made nobody's.
"""

import gzip
import hashlib
import re
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from threading import Lock

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.db.models import DateTimeField, OuterRef, Subquery, Value
from django.db.models.signals import post_delete, post_save
from django.http import HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from . import replika
from .kaikille import forget_visitor
from .models import Julkaisunumero, KunnanOsoite, Kunta

TILAA = 32 * 1024 * 1024  # bytes of all kept pages of a process
SIVULLE = 2 * 1024 * 1024  # bytes of one
VAIVA = 4 * 1024  # bytes that the shortest one takes: its headers, its key and its place
KYSYTTAVA = "max-age=0, must-revalidate"  # a longer age would keep in browsers what has been withdrawn
TIEDOSTON = f"{KYSYTTAVA}, s-maxage=60"  # of a version's file, which is the same for ever
TAVAT, TILAT = ("GET", "HEAD"), (200, 410)  # what was withdrawn is asked for as often as before
MERKIT = ("_csp_replace", "xframe_options_exempt")  # what a view tells the headers' makers
_PAKATTUNA = re.compile(r"(?:^|,)[ \t]*gzip[ \t]*(?!;[ \t]*q=0(?:\.0*)?[ \t]*(?:,|$))(?:[,;]|$)", re.IGNORECASE)
SEURAAVAT = []  # each gives of an outer Kunta the time of its next publishing, as an expression


@dataclass(frozen=True)
class Julkisuus:
    """What a kunta's public pages are kept under."""

    kunta: int
    numero: int
    seuraava: datetime | None

    def holds(self):
        return self.seuraava is None or timezone.now() < self.seuraava


@dataclass(frozen=True)
class PidettySivu:
    tila: int
    sisalto: bytes
    on_pakattu: bool
    otsakkeet: dict
    merkit: dict


class Sivumuisti:
    """{key: PidettySivu}, at most so many bytes: what has not been asked for longest goes first."""

    def __init__(self, tilaa):
        self.tilaa, self.koko, self._sivut, self._vuoro = tilaa, 0, OrderedDict(), Lock()

    def get(self, key):
        with self._vuoro:
            if key in self._sivut:
                self._sivut.move_to_end(key)
            return self._sivut.get(key)

    def put(self, key, sivu):
        with self._vuoro:
            self._drop(key)
            self._sivut[key] = sivu
            self.koko += _size_of(key, sivu)
            while self.koko > self.tilaa:
                self._drop(next(iter(self._sivut)))

    def clear(self):
        with self._vuoro:
            self._sivut.clear()
            self.koko = 0

    def _drop(self, key):
        gone = self._sivut.pop(key, None)
        self.koko -= _size_of(key, gone) if gone else 0


def _size_of(key, sivu):
    """What it takes of the memory: many short ones at long addresses take more than their contents do."""
    return len(sivu.sisalto) + 4 * len(key[-1]) + VAIVA


MUISTI = Sivumuisti(TILAA)
_LUETUT = {}  # {slug: (when it was read, Julkisuus)}, of kunnat that are


def forget_all():
    MUISTI.clear()
    _LUETUT.clear()


def read_julkisuus(slug: str) -> Julkisuus | None:
    """As it was at most JULKAISUNUMERON_IKA seconds ago; None of a kunta that is not there."""
    luettu, known = _LUETUT.get(slug, (0, None))
    now = time.monotonic()
    if known and now - luettu < settings.JULKAISUNUMERON_IKA and known.holds():
        return known
    numero = Julkaisunumero.objects.filter(kunta=OuterRef("pk")).values("numero")
    found = Kunta.objects.using("default").filter(slug=slug).annotate(numero=Subquery(numero), seuraava=_next_of())
    row = found.values_list("pk", "numero", "seuraava").first()
    if row is None:
        _LUETUT.pop(slug, None)
        return None
    told = Julkisuus(row[0], row[1] or 0, row[2])
    _LUETUT[slug] = (now, told)
    return told


def _next_of():
    return SEURAAVAT[0]() if SEURAAVAT else Value(None, output_field=DateTimeField())


def follow(model, *fields):
    """Let a change of a row of the model (where told, of these fields of it) change its kunta's publication number.

    In one transaction with it, whichever door it came by: a form, the admin, a command. Of a change whose number was
    not raised an old page would tell until the next one. What a statement of many rows changes, bumps the number
    itself.
    """

    def tell(instance, created=False, raw=False, update_fields=None, **_told):
        is_told = update_fields is None or not fields or {*fields} & {*update_fields}
        if is_told and not raw and not (created and fields):
            Julkaisunumero.objects.bump(instance.pk if model is Kunta else instance.kunta_id)

    # Django deletes in a transaction, but a save's signals come after its own statement has been committed.
    model.save_base = transaction.atomic(savepoint=False)(model.save_base)
    post_save.connect(tell, sender=model, weak=False)
    if model is not Kunta:  # with itself goes its number
        post_delete.connect(tell, sender=model, weak=False)


def keep_pages(view):
    """Decorator of a public view; one whose address has no slug of a kunta is only not anybody's own.

    An answer to an address without a query is kept, one with a cookie or a form's token never. Every answer
    that anybody may keep has an ETag, and is asked after each time.
    """

    @login_not_required
    @wraps(view)
    def answer(request, **where):
        forget_visitor(request)
        request.META.pop("CSRF_COOKIE", None)  # there again only if the page asks for a form's token
        known = read_julkisuus(where["slug"]) if "slug" in where else None
        is_kept = known and request.method in TAVAT and not request.META.get("QUERY_STRING")
        key = (known, request.path_info)
        if is_kept and (sivu := MUISTI.get(key)):
            return _answer_with(request, sivu)
        if "slug" in where and not known and (moved := _find_moved(request, where)):
            return moved
        response = replika.read_from_replica(lambda: view(request, **where), lambda: _is_there(known))
        if not _is_for_all(request, response):
            return response
        sivu = _kept_of(response)
        if is_kept and len(sivu.sisalto) <= SIVULLE:
            MUISTI.put(key, sivu)
        return _answer_with(request, sivu)

    return answer


def without_query(view):
    """Decorator of a public file that is kept: what stands after ? changes nothing in it, and makes it no more anew."""

    @wraps(view)
    def answer(request, **where):
        request.META["QUERY_STRING"], request.GET = "", QueryDict()
        return view(request, **where)

    return answer


def follow_moved(view):
    """Decorator of a public view that is not kept: an old address of a kunta leads to the one of today."""

    @wraps(view)
    def answer(request, **where):
        return _find_moved(request, where) or view(request, **where)

    return answer


def _find_moved(request, where):
    """The answer to an old address, None of any other. No browser keeps it: the kunta may yet take the old one back."""
    slug = KunnanOsoite.objects.find_moved(where["slug"]) if request.method in TAVAT else None
    if slug is None:
        return None
    path = reverse(request.resolver_match.view_name, kwargs=where | {"slug": slug})
    query = request.META.get("QUERY_STRING")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def _is_there(known):
    """Does the replica know of the kunta what the public sees of it now?"""
    if known is None:
        return False
    there = Julkaisunumero.objects.using(replika.NIMI).filter(kunta=known.kunta).values_list("numero", flat=True)
    return known.numero <= max(there, default=0)


def _is_for_all(request, response):
    has_token = "CSRF_COOKIE" in request.META or getattr(request, "csp_nonce", None)
    return response.status_code in TILAT and not (response.streaming or response.cookies or has_token)


def _kept_of(response):
    content = response.content
    headers = dict(response.items())
    if response.status_code == 200:
        headers.setdefault("Cache-Control", KYSYTTAVA)
    if "ETag" not in headers:
        headers["ETag"] = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    packed = gzip.compress(content, 6, mtime=0)
    is_smaller = len(packed) < 0.9 * len(content)
    marks = {name: getattr(response, name) for name in MERKIT if hasattr(response, name)}
    return PidettySivu(response.status_code, packed if is_smaller else content, is_smaller, headers, marks)


def takes_gzip(request) -> bool:
    """ "gzip;q=0" says that the reader cannot open it."""
    return bool(_PAKATTUNA.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def _answer_with(request, sivu):
    takes_packed = takes_gzip(request)
    content = gzip.decompress(sivu.sisalto) if sivu.on_pakattu and not takes_packed else sivu.sisalto
    response = HttpResponse(content, status=sivu.tila, headers=sivu.otsakkeet)
    if sivu.on_pakattu:
        patch_vary_headers(response, ["Accept-Encoding"])
        if takes_packed:
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(content))
    response = get_conditional_response(request, etag=sivu.otsakkeet["ETag"], response=response)
    for name, value in sivu.merkit.items():
        setattr(response, name, value)
    return response
