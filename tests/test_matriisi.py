"""Roles x objects x methods, from the table of addresses: nobody reads, nor finds out, nor changes another's own."""

import itertools
import logging
from uuid import uuid4

import pytest
from django.urls import reverse

from raportit.models import Raporttiversio

from .matriisi import (
    ILMAN_SIVUJA,
    PUUTTUVA,
    ROOLIT,
    TAVAT,
    build_world,
    kind_of,
    leaks,
    list_questions,
    may_open,
    plain,
    text_of,
)
from .osoitteet import JULKISET, KAIKKI, TOIMET, arguments_of
from .ymparisto import osuus, paivan_osa

OK, EI = (200, 301, 302), (403, 404)
NUMEROT = ("versio-numero", "lataa-numero")
JULKAISIJA = "Kirkkorannan kunta"


@pytest.fixture
def maailma(db):
    """The world, and no log of the thousands of refusals."""
    logging.disable(logging.ERROR)
    yield build_world()
    logging.disable(logging.NOTSET)


@pytest.fixture
def tarkastus(maailma):
    return Tarkastus(maailma)


class Tarkastus:
    """Asks, and keeps what was wrong: each fault with the address, the object, the role and the method."""

    def __init__(self, maailma):
        self.maailma, self.faults, self.count, self.missing = maailma, [], 0, {}
        self.questions = paivan_osa(list_questions(maailma.kohteet), kind_of)

    def check(self, kysymys, who, tapa):
        """The answer, looked at."""
        answer, wrote = self.maailma.ask(who, tapa, kysymys.path)
        self.count += 1
        told = [f"tila {answer.status_code}"] if answer.status_code >= 500 else []
        told += [f"vuotaa: {word}" for word in leaks(text_of(answer), who) if not _is_told_to_all(kysymys, who, word)]
        told += [f"kirjoitti: {sql}" for sql in wrote if tapa != "POST" or answer.status_code >= 400]
        told += self._unlike_missing(kysymys, who, tapa, answer)
        told += self._against_table(kysymys, who, tapa, answer.status_code)
        self.faults += [f"{tapa} {kysymys}, {who}: {fault}" for fault in told]
        return answer

    def _unlike_missing(self, kysymys, who, tapa, answer):
        """Another's object must look exactly like one that is nowhere."""
        path = kysymys.path_of_missing({"ulla": "n"}.get(who, "k" if who in KAIKKI else "-"))
        if path is None:
            return []
        key = (path, who, tapa)
        if key not in self.missing:
            self.missing[key] = plain(self.maailma.ask(who, tapa, path)[0], path)
        ours = plain(answer, kysymys.path)
        return [] if ours == self.missing[key] else [f"ei kuin puuttuva: {ours[0]} ja {self.missing[key][0]}"]

    def _against_table(self, kysymys, who, tapa, status):
        if who in ILMAN_SIVUJA and kysymys.name in JULKISET:
            only_read = (tapa, status) == ("POST", 405)  # a page that takes no form
            return [] if status == 200 or only_read else [f"{status}, vaikka sivu on julkinen"]
        if who in ILMAN_SIVUJA:
            return [] if status == 302 or (tapa, status) == ("POST", 403) else [f"{status}, vaikka ei ole kirjautunut"]
        if kysymys.name in TOIMET and tapa != "POST":
            return [] if status == 405 else [f"{status}, vaikka osoite ottaa vain POSTin"]
        allowed = may_open(kysymys, who)
        if allowed is False and status not in (*EI, 405):
            return [f"{status}, vaikka sivu ei ole hänen"]
        is_own = all(getattr(kohde, "nimi", "oma") == "oma" for kohde in kysymys.kohteet)
        if allowed and is_own and tapa == "GET" and status not in OK:
            return [f"{status}, vaikka sivu on hänen"]
        return []

    def tell(self):
        return f"{len(self.faults)} vikaa:\n" + "\n".join(self.faults[:60])


def _is_told_to_all(kysymys, who, word):
    """The front page names to a stranger the kunta of a published report, and nothing else of it."""
    return kysymys.name in JULKISET and who in ILMAN_SIVUJA and word in JULKAISIJA


@pytest.mark.parametrize("tapa", ["GET", "POST"])
def test_nobody_meets_what_is_not_theirs(tapa, tarkastus):
    for kysymys in tarkastus.questions:
        for who in ROOLIT if kysymys.is_there else ("aino", "veikko", "ulkopuolinen"):
            tarkastus.check(kysymys, who, tapa)
    assert tarkastus.count >= osuus(1_800)
    assert not tarkastus.faults, tarkastus.tell()


def test_head_tells_what_get_tells_and_no_more(tarkastus):
    """The same view answers both, so each address with each object meets it as one role in turn."""
    roles = itertools.cycle(ROOLIT)
    for kysymys in tarkastus.questions:
        who = next(roles)
        head = tarkastus.check(kysymys, who, "HEAD")
        get = tarkastus.maailma.ask(who, "GET", kysymys.path)[0]
        told = (head.status_code, head.headers.get("Location"), head.content if not head.streaming else b"")
        assert told == (get.status_code, get.headers.get("Location"), b""), (str(kysymys), who)
    assert tarkastus.count >= osuus(250)
    assert not tarkastus.faults, tarkastus.tell()


def test_no_other_method_is_taken(tarkastus):
    """It is refused before the address is looked at, so each address meets each method as one role in turn."""
    roles = itertools.cycle(ROOLIT)
    for kysymys in tarkastus.questions:
        for tapa in set(TAVAT) - {"GET", "HEAD", "POST"}:
            who = next(roles)
            answer, wrote = tarkastus.maailma.ask(who, tapa, kysymys.path)
            assert (answer.status_code, wrote) == (405, []), (tapa, str(kysymys), who)


@pytest.mark.parametrize("name", [f"raportit:julkinen-{rest}" for rest in ("versio", "lataa", *NUMEROT)])
def test_a_version_that_is_not_published_is_not_there_for_anybody(name, maailma):
    is_number, (slug, _versio, *rest) = name.endswith("-numero"), arguments_of(name)
    missing = reverse(name, args=[slug, PUUTTUVA if is_number else uuid4(), *rest])
    for kohde in maailma.kohteet["versio"]:
        versio = Raporttiversio.objects.get(pk=kohde.pk)
        path = reverse(name, args=[slug, versio.pk if is_number else versio.tunnus, *rest])
        for who in ROOLIT:
            answer = maailma.ask(who, "GET", path)[0]
            if kohde.nimi == "julkaistu":
                assert answer.status_code == (301 if is_number else 200), who
            else:
                assert plain(answer, path) == plain(maailma.ask(who, "GET", missing)[0], missing), (kohde.nimi, who)
