"""How far one walks in the code to follow a request: `python -m tests.kulku [--polku] [rows]`.

A *stay* is an unbroken run of calls in one module, a *return* a stay in a module already left. Told for saving one
row, for one import and for one report: the parts of each, and their sum. `--polku` tells the stays themselves.

What is counted. The calls of functions that stand in the modules of our three apps, migrations apart, as
`sys.setprofile` sees them in the process that answers the request, in the order in which they begin. A method, a
property and what a template asks for are calls like any other. A comprehension is a part of its function, a generator
that goes on is the call that began it, and what importing runs is no call. What Django does in between is not ours, nor
what stands inside its building of a query (KYSELYN_SISALLA): who follows a request reads `.filter()`, not what Django
makes of it. Neither is the child process that reads a file. Each request is made twice and told of the second time: by
then everything is imported and what is kept between requests is kept.

Folded. What one run of a function calls from one place of its code, by itself or by Django, is one call however often
it is made, and what those calls call in their turn is laid together likewise: the order is that of the first times. So
a loop over rows is told once, with every way that any of its rows took, and the figures do not grow with the rows; a
function that is called from two places is told twice.

It runs on any version of the application: `python PATH/tests/kulku.py` tells of the one it is started in. Hence it
knows addresses, models and forms, but no module of a page.
"""

import inspect
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count, groupby
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path.cwd())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.utils import setup_databases, setup_test_environment, teardown_databases
from django.urls import reverse

import strategia
import strategia.models
from raportit.tallenne.jono import render_versio
from seuranta.models import Seurantajakso
from strategia.models import Toimenpide
from tests.cast import build_cast, create_jakso
from tests.lomakkeet import read_forms

SOVELLUKSET = ("strategia", "seuranta", "raportit")
KYSELYN_SISALLA = ("strategia", "models", "kysely")
JUURI = Path(strategia.__file__).parent.parent
PARTS_OF_A_FUNCTION = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")


# --- counting


@dataclass(frozen=True)
class Kutsu:
    """One call. kutsuja: the number of the own call it was made from, None for none. paikka: equal for the calls that
    one place of the caller makes of one function.
    """

    kutsuja: int | None
    paikka: object
    moduuli: str
    nimi: str = ""


@dataclass
class _Solmu:
    kutsu: Kutsu | None = None
    alla: dict = field(default_factory=dict)

    def walk(self):
        for solmu in self.alla.values():
            yield solmu.kutsu
            yield from solmu.walk()


def fold(kutsut):
    """[Kutsu] in the order in which they began -> those that are left when repeats are laid together."""
    root, solmut = _Solmu(), []
    for kutsu in kutsut:
        above = root if kutsu.kutsuja is None else solmut[kutsu.kutsuja]
        solmut.append(above.alla.setdefault(kutsu.paikka, _Solmu(kutsu)))
    return list(root.walk())


def list_stays(modules):
    """The module of each stay."""
    return [module for module, _calls in groupby(modules)]


@dataclass(frozen=True)
class Kulku:
    """The walk of one request. kutsut: folded."""

    kutsut: tuple[Kutsu, ...]

    @property
    def oleskelut(self):
        return list_stays([kutsu.moduuli for kutsu in self.kutsut])

    @property
    def moduulit(self):
        return set(self.oleskelut)

    @property
    def paluut(self):
        """Every stay but the first one in each module."""
        return len(self.oleskelut) - len(self.moduulit)


# --- looking on


class Jalki:
    """`with Jalki() as jalki:` -> jalki.kutsut, the own calls made meanwhile in this thread."""

    def __init__(self):
        self.kutsut, self._seen = [], {}

    def __enter__(self):
        sys.setprofile(self._see)
        return self

    def __exit__(self, *_):
        sys.setprofile(None)
        self._seen.clear()

    def _see(self, frame, event, _argument):
        code = frame.f_code
        if event != "call" or not (module := _module_of(code.co_filename)):
            return
        if frame in self._seen or not _is_function(code):  # seen: a generator goes on
            return
        caller = frame.f_back
        while caller is not None and caller not in self._seen:
            caller = caller.f_back
        place = (caller and caller.f_lasti, module, code)  # alike codes of two files are equal
        self._seen[frame] = len(self.kutsut)
        self.kutsut.append(Kutsu(self._seen.get(caller), place, module, code.co_qualname))


@cache
def _module_of(filename):
    """The module of ours that stands in this file; "" for none."""
    path = Path(filename)
    if JUURI not in path.parents:
        return ""
    parts = path.relative_to(JUURI).with_suffix("").parts
    is_own = parts[0] in SOVELLUKSET and "migrations" not in parts and parts != KYSELYN_SISALLA
    return ".".join(parts).removesuffix(".__init__") if is_own else ""


def _is_function(code):
    """And not a part of one, nor the body of a module or a class."""
    return code.co_flags & inspect.CO_OPTIMIZED and code.co_name not in PARTS_OF_A_FUNCTION


def _follow(send, status):
    """The walk of one request, and its answer."""
    with Jalki() as jalki:
        answer = send()
    return Kulku(tuple(fold(jalki.kutsut))), _expect(answer, status)


def _warm_up(send, status):
    """In the place of _follow: only the answer, for looking on takes its time."""
    return None, _expect(send(), status)


def _expect(answer, status):
    assert answer.status_code == status, (answer.status_code, answer.text[:2000])
    return answer


# --- the three walks: {part: Kulku}


def walk_all(cast, rows=2):
    """{walk: {part: Kulku}}"""
    return {
        "row": walk_row(cast, rows),
        "mittari": walk_mittari(cast),
        "import": walk_import(cast, rows),
        "report": walk_report(cast),
    }


def walk_row(cast, rows):
    """Veikko writes a row and sends it; then he saves the others, `rows` more than the cast gives him, in one page
    without JavaScript. The plan has no mittarit, as it had none when the first of these walks was told.
    """
    with _without_mittarit(cast):
        return _walk_row(cast, rows)


@contextmanager
def _without_mittarit(cast):
    """They are another plan's meanwhile; a version that knows none has none to hide."""
    if not hasattr(strategia.models, "Mittari"):
        yield
        return
    mittarit = strategia.models.Mittari.objects.filter(pk__in=[mittari.pk for mittari in cast.mittarit])
    mittarit.update(strategia=cast.naapuri.strategia)
    yield
    mittarit.update(strategia=cast.strategia)


def _walk_row(cast, rows):
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], toimiala=cast.tekniset, nimi=f"Lisätty teko {n}")
        for n in range(rows)
    )
    client, others = (
        _signed_in(cast.veikko),
        Toimenpide.objects.filter(toimiala=cast.tekniset).exclude(pk=cast.vayla.pk),
    )
    page = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])

    def save(versio, **button):
        row = _posted(cast.vayla, versio, cast) | {"rivi": cast.vayla.pk, **button}
        return client.post(page, row, headers={"HX-Request": "true"})

    def save_page(versio):
        posted = {name: value for each in others for name, value in _posted(each, versio, cast).items()}
        return client.post(page, posted)

    _warm_up(lambda: save(0), 200)
    saved, _answer = _follow(lambda: save(1), 200)
    _warm_up(lambda: save(2, laheta=cast.vayla.pk), 200)
    sent, _answer = _follow(lambda: save(3, laheta=cast.vayla.pk), 200)
    _warm_up(lambda: save_page(0), 302)
    whole, _answer = _follow(lambda: save_page(1), 302)
    return {"saved by script": saved, "sent by script": sent, "page without script": whole}


def walk_mittari(cast):
    """Veikko writes the value of the mittari of a row; {} on a version that knows none."""
    if not hasattr(strategia.models, "Mittari"):
        return {}
    client, mittari = _signed_in(cast.veikko), cast.mittarit[0]
    page = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])

    def save(versio):
        value = {"versio": versio, "teksti": str(versio), "huomautus": "", "sisainen_huomio": ""}
        posted = {f"t{cast.vayla.pk}-m{mittari.pk}-{name}": text for name, text in value.items()}
        return client.post(page, posted | {"rivi": cast.vayla.pk}, headers={"HX-Request": "true"})

    _warm_up(lambda: save(0), 200)
    saved, _answer = _follow(lambda: save(1), 200)
    return {"saved by script": saved}


def _posted(toimenpide, versio, cast):
    row = {"versio": versio, "aste": 3, "syy": "ei_arvioida", "kommentti": f"Kerta {versio}.", "sisainen_huomio": ""}
    return {f"t{toimenpide.pk}-{name}": value for name, value in row.items()} | {"kirjaaja": cast.veikko.pk}


def walk_import(cast, rows):
    """Aino sends a table with `rows` new rows, a changed one and a toimiala that nobody knows; decides; saves."""
    client = _signed_in(cast.aino)
    _import(client, cast, _table(rows), follow=_warm_up)
    return _import(client, cast, _table(rows), follow=_follow)


def _import(client, cast, table, *, follow):
    file = SimpleUploadedFile("seuranta.csv", table.encode())
    sent, answer = follow(lambda: client.post(reverse("seuranta:tuonti-lista"), {"tiedosto": file}), 302)
    preview = answer.url
    shown, answer = follow(lambda: client.get(preview), 200)
    (form,) = (form for form in read_forms(answer.text, preview) if _chooses_toimiala(form, cast))
    posted = form.data() | {"strategia": cast.strategia.nimi}  # few of its rows are known: where it goes is asked too
    decided, _answer = follow(lambda: client.post(form.osoite, posted), 302)
    (form,) = (f for f in read_forms(client.get(preview).text, preview) if f.osoite.endswith("/tallenna/"))
    saved, answer = follow(lambda: client.post(form.osoite, form.data()), 302)
    assert "Tuonti on tallennettu." in client.get(answer.url).text
    return {"file sent": sent, "preview": shown, "decided": decided, "saved": saved}


def _table(rows):
    """As a spreadsheet's text, each time with other names and another change: a name seen before has its key kept."""
    kerta = next(_KERRAT)
    above = "Painopiste;Strateginen tavoite;Toimenpide;Toimiala;Toteutumisaste;Kommentti"
    known = f"Rohkea talous;Tilat käyttöön;Tyhjistä kiinteistöistä luovutaan;Tekniset palvelut;3;Kaksi myyty, {kerta}."
    unknown = f"Rohkea talous;Tilat käyttöön;Halli {kerta};Tekniset palvelut {kerta};4;Vuokrattu."
    new = [f"Kärki {kerta};Tavoite;Teko {kerta} {n};Sivistyspalvelut;2;Suunnitellaan." for n in range(rows)]
    return "\r\n".join([above, known, unknown, *new])


_KERRAT = count(1)


def _chooses_toimiala(form, cast):
    """The form of decisions: the other one chooses columns, by words."""
    known = {str(toimiala.pk) for toimiala in (cast.tekniset, cast.sivistys, cast.hyvinvointi)}
    return any(kentta.laji == "select" and kentta.arvo in known for kentta in form.kentat)


def walk_report(cast):
    """Kaisa closes a jakso, the worker makes its files, and she looks at its report. As walk_row it has no
    mittarit, whose tables and lines are a walk of their own.
    """
    client = _signed_in(cast.kaisa)
    again = create_jakso(cast.strategia, "Osavuosikatsaus III 2026", 9, 10, jarjestys=9)
    with _without_mittarit(cast):
        _close(client, again, cast, follow=_warm_up)
        return _close(client, cast.jakso, cast, follow=_follow)


def _close(client, jakso, cast, *, follow):
    Seurantajakso.objects.get(pk=jakso.pk).finish(by=cast.kaisa)
    closed, answer = follow(lambda: client.post(reverse("raportit:jakso-sulje", args=[jakso.pk])), 302)
    answer = client.get(answer.url)  # which files are ready: looked at meanwhile, and no step of the report's way
    assert "Jakso on suljettu ja raportti jäädytetty." in answer.text
    versio = jakso.raporttiversiot.last()
    made, _answer = follow(lambda: _make_files(versio), 200)
    shown, answer = follow(lambda: client.get(reverse("raportit:versio-detail", args=[versio.pk])), 200)
    return {"closed": closed, "files made": made, "report's page": shown}


def _make_files(versio):
    """As the queue's worker does."""
    render_versio.call(versio.pk)
    return HttpResponse()


def _signed_in(user):
    client = Client()
    client.force_login(user)
    return client


# --- telling


def tell(walk, parts, *, with_path=False):
    """Lines: each part of the walk, the sum, and with_path the stays themselves with their functions."""
    yield f"{walk:24}{'stays':>8}{'modules':>9}{'returns':>9}"
    for part, kulku in parts.items():
        yield _line(part, len(kulku.oleskelut), kulku.moduulit, kulku.paluut)
        if with_path:
            yield from _path(kulku)
    together = {module for kulku in parts.values() for module in kulku.moduulit}
    stays = sum(len(kulku.oleskelut) for kulku in parts.values())
    yield _line("all", stays, together, count_returns(parts)) + "\n"


def _line(what, stays, modules, returns):
    return f"  {what:22}{stays:8}{len(modules):9}{returns:9}"


def count_returns(parts):
    """Of all parts together; each is a request of its own, so none returns to where another was."""
    return sum(kulku.paluut for kulku in parts.values())


def _path(kulku):
    """A line for each stay; "*" before one that is a return."""
    seen = set()
    for module, kutsut in groupby(kulku.kutsut, key=lambda kutsu: kutsu.moduuli):
        mark = "*" if module in seen else " "
        seen.add(module)
        yield f"    {mark} {module}: {', '.join(dict.fromkeys(kutsu.nimi for kutsu in kutsut))}"


if __name__ == "__main__":
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for walk, parts in walk_all(build_cast(), *map(int, filter(str.isdecimal, sys.argv[1:]))).items():
            print(*tell(walk, parts, with_path="--polku" in sys.argv), sep="\n")
    finally:
        teardown_databases(databases, verbosity=0)
