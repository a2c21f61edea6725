"""An earlier report + the corrected one -> what changed between them, value by value."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from seuranta.models import Seurantajakso
from strategia.models import LISAKENTAT, RAPORTIN_OSAT, SANASTO, Sitovuus
from strategia.models import Mittari as MittariModel
from strategia.models import Strategia as StrategiaModel

from .mitattu import TULOKSET, tulos_name
from .model import Korjaus, Muutos, Osavuosikatsaus, Strategia, syy_name
from .sanat import told_fields, word_of

ROOLIT = SANASTO | LISAKENTAT
NAME_LENGTH = 120


def compare(old: Osavuosikatsaus, new: Osavuosikatsaus, syy: str) -> Korjaus:
    """Every changed value in the plan's order, then what came and what left. syy: why the jakso was opened again."""
    muutokset = [*_compare_frame(old, new), *_compare_columns(old, new), *_compare_parts(old, new)]
    muutokset += _compare_rows(_rows(old), _rows(new), new, _("Toimenpide"))
    muutokset += [*_compare_osavastaukset(old, new), *_compare_mittarit(old, new), *_compare_riskit(old, new)]
    muutokset += _compare_rows(_by_id(old.paattyneet), _by_id(new.paattyneet), new, _("Päättynyt toimenpide"))
    left_out = _("Toimenpide, joka ei ole mukana")
    muutokset += _compare_rows(_by_id(old.eivat_mukana), _by_id(new.eivat_mukana), new, left_out)
    return Korjaus(versio=old.versio, syy=syy, muutokset=tuple(muutokset))


def _compare_frame(old, new):
    """What the report says of itself, its kunta, jakso and strategia."""
    yield from _compare_part(new.jakso.nimi, old, new, new.strategia)
    yield from _compare_part(new.kunta.nimi, old.kunta, new.kunta, new.strategia)
    yield from _compare_part(new.jakso.nimi, old.jakso, new.jakso, new.strategia)
    yield from _compare_part(new.strategia.nimi, old.strategia, new.strategia, new.strategia)


def _compare_columns(old, new):
    """Columns that came, left or are called otherwise; then their order where only that changed."""
    before, now = ({sarake.rooli: sarake for sarake in _columns_of(each, old, new)} for each in (old, new))
    for rooli, sarake in now.items():
        if rooli not in before:
            yield Muutos(sarake.otsikko, _("Sarake"), "", _("lisätty"))
        elif not _is_told_as_a_word(rooli, old, new):
            yield from _compare_part(sarake.otsikko, before[rooli], sarake, new.strategia)
    for rooli, sarake in before.items():
        if rooli not in now:
            yield Muutos(sarake.otsikko, _("Sarake"), _("oli raportissa"), _("poistettu"))
    kept = [[rooli for rooli in columns if rooli in before and rooli in now] for columns in (before, now)]
    if kept[0] != kept[1]:
        order = (", ".join(now[rooli].otsikko for rooli in roles) for roles in kept)
        yield Muutos(new.jakso.nimi, _("Sarakkeiden järjestys"), *order)


def _columns_of(raportti, old, new):
    """Those of its measures too, where both have measures: else the measures themselves came or left."""
    return raportti.sarakkeet + (raportti.mittarisarakkeet if old.mittaristo and new.mittaristo else ())


def _is_told_as_a_word(rooli, old, new):
    """Is the column called otherwise because the strategia's word for it is?"""
    return old.strategia.sanasto.get(rooli) != new.strategia.sanasto.get(rooli)


def _compare_parts(old, new):
    for kind in (_painopisteet, _tavoitteet):
        before = kind(old)
        for key, part in kind(new).items():
            if key in before:
                yield from _compare_part(part.nimi, before[key], part, new.strategia)


def _painopisteet(raportti):
    return {painopiste.id: painopiste for painopiste in raportti.painopisteet}


def _tavoitteet(raportti):
    """By tavoite and toimielin: where those are headings a tavoite stands under each of its own."""
    return {
        (tavoite.id, tavoite.toimielin): tavoite
        for painopiste in raportti.painopisteet
        for tavoite in painopiste.tavoitteet
    }


def _compare_part(kohde, old, new, strategia: Strategia) -> Iterator[Muutos]:
    """The changed values that two parts of the same kind hold themselves."""
    for name in told_fields(new):
        before, now = getattr(old, name), getattr(new, name)
        if not _has_changed(name, old, new):
            continue
        tieto = word_of(new, name, strategia.sanasto)
        if isinstance(now, dict):
            for key in (key for key in before | now if before.get(key, "") != now.get(key, "")):
                # A role by our own neutral word, for the kunta's own is what changed; a score by its number.
                yield Muutos(kohde, f"{tieto}: {ROOLIT.get(key, key)}", before.get(key, ""), now.get(key, ""))
        elif name == "logo":
            yield Muutos(kohde, tieto, "", _("vaihtui"))
        elif name == "toteutumisaste":
            yield Muutos(kohde, tieto, _score(old), _score(new))
        else:
            yield Muutos(kohde, tieto, show_value(name, before), show_value(name, now))


def _has_changed(name, old, new):
    """Score and reason are one value; how long it has stood follows from it."""
    if name == "toteutumisaste":
        return _score(old) != _score(new)
    before, now = getattr(old, name), getattr(new, name)
    return before != now and not (name == "samana" and _score(old) != _score(new))


_SANOIN = {
    "tyyppi": dict(Seurantajakso.Tyyppi.choices),
    "esitys": dict(StrategiaModel.Esitys.choices),
    "laji": dict(MittariModel.Laji.choices),
    "suunta": dict(MittariModel.Suunta.choices),
    "sitovuus": dict(Sitovuus.choices),
    "tulos": {str(tulos): tulos_name(tulos) for tulos in TULOKSET},
}


def show_value(name: str, value: object) -> str:
    """A value of the field `name` as a person reads it."""
    if isinstance(value, bool):
        return _("kyllä") if value else _("ei")
    if isinstance(value, tuple):
        return "; ".join(RAPORTIN_OSAT.get(each, str(each)) for each in value)
    if hasattr(value, "isoformat"):
        return f"{value.day}.{value.month}.{value.year}"
    if hasattr(value, "nimi"):
        return value.nimi
    return str(_SANOIN.get(name, {}).get(value, "" if value is None else value))


def _rows(raportti):
    """{toimenpide's id: (where it stands, its row)}"""
    return {
        rivi.id: (f"{painopiste.nimi} / {tavoite.nimi}", rivi)
        for painopiste in raportti.painopisteet
        for tavoite in painopiste.tavoitteet
        for rivi in tavoite.rivit
    }


def _by_id(rivit):
    """As _rows, of those that stand in no tavoite's table."""
    return {rivi.id: ("", rivi) for rivi in rivit}


def _compare_rows(before, now, new, word):
    for key, (place, rivi) in now.items():
        if key not in before:
            yield Muutos(name_of(rivi), word, "", _("lisätty"))
            continue
        earlier_place, earlier = before[key]
        yield from _compare_part(name_of(rivi), earlier, rivi, new.strategia)
        if place != earlier_place:
            yield Muutos(name_of(rivi), new.strategia.sanasto.get("tavoite", _("Tavoite")), earlier_place, place)
    for key, (_place, rivi) in before.items():
        if key not in now:
            yield Muutos(name_of(rivi), word, _("oli raportissa"), _("poistettu"))


def name_of(rivi) -> str:
    """What a row is called in a list: its name may be a page long, and stands there once for each value."""
    return f"{rivi.koodi} {name_of_text(rivi.toimenpide)}".strip()


def name_of_text(text: str) -> str:
    """A text in place of a name: on one line, and cut."""
    return Truncator(" ".join(text.split())).chars(NAME_LENGTH)


def _score(rivi):
    """The score, or why there is none."""
    return str(rivi.toteutumisaste or syy_name(rivi.syy))


# --- what hangs on the rows and the headings


def _compare_osavastaukset(old, new):
    """What each unit answered of a row that both have."""
    before = {rivi.id: rivi for rivi in old.rivit}
    for rivi in new.rivit:
        earlier = before[rivi.id].osavastaukset if rivi.id in before else ()
        if rivi.id not in before or earlier == rivi.osavastaukset:
            continue
        was, now = ({osa.nimi: show_osavastaus(osa) for osa in osat} for osat in (earlier, rivi.osavastaukset))
        yield from _compare_texts(name_of(rivi), was, now, lambda nimi: f"{_('Osavastaus')}: {nimi}")


def show_osavastaus(osa) -> str:
    """The score and the comment of a unit: "4; Reitti on merkitty."."""
    return "; ".join(str(part) for part in (osa.toteutumisaste, osa.kommentti) if part)


def _compare_texts(kohde, before, now, word):
    """{what: its text} of both; word: what -> what it is called."""
    for key in now | before:
        if before.get(key, "") != now.get(key, ""):
            yield Muutos(kohde, word(key), before.get(key, ""), now.get(key, ""))


def _compare_mittarit(old, new):
    yield from _compare_hanging(
        *(_named((each.nimi, each) for each in raportti.mittaristo.mittarit) for raportti in (old, new)),
        new,
        (_("Mittari"), _("Mittarit")),
        lambda kohde, before, now: _compare_values(kohde, before, now, _times_of(old) | _times_of(new)),
    )


def _compare_riskit(old, new):
    riskit = (_named((name_of_text(each.teksti), each) for each in raportti.riskit) for raportti in (old, new))
    yield from _compare_hanging(*riskit, new, (_("Riski"), _("Riskit")), lambda kohde, before, now: ())


def _named(parts):
    return {part.id: (nimi, part) for nimi, part in parts}


def _compare_hanging(before, now, new, words, compare_more):
    """{id: (name, part)} of both. words: of one, of many. Where there was none before, all are told as one."""
    if now and not before:
        yield Muutos(new.jakso.nimi, words[1], "", _("lisätty %(n)s kpl") % {"n": len(now)})
        return
    for key, (kohde, part) in now.items():
        if key not in before:
            yield Muutos(kohde, words[0], "", _("lisätty"))
            continue
        yield from _compare_part(kohde, before[key][1], part, new.strategia)
        yield from compare_more(kohde, before[key][1], part)
    for key, (kohde, _part) in before.items():
        if key not in now:
            yield Muutos(kohde, words[0], _("oli raportissa"), _("poistettu"))


def _times_of(raportti):
    return {jakso.id: jakso.nimi for jakso in (*raportti.aiemmat, raportti.jakso)}


def _compare_values(kohde, old, new, jaksot):
    """The targets of each year, then the values of each time and what was said beside them."""
    targets = ({each.vuosi: each.teksti for each in mittari.tavoitteet} for mittari in (old, new))
    yield from _compare_texts(kohde, *targets, lambda vuosi: f"{_('Tavoite')} {vuosi}" if vuosi else _("Tavoite"))
    for name, word in (("teksti", _("Arvo")), ("huomautus", _("Huomautus"))):
        texts = ({each.aika: getattr(each, name) for each in mittari.arvot} for mittari in (old, new))
        yield from _compare_texts(kohde, *texts, lambda aika, word=word: f"{word}, {_time_name(aika, jaksot)}")


def _time_name(aika, jaksot):
    jakso, vuosi, paiva = aika
    return jaksot[jakso] if jakso else str(vuosi) if vuosi else show_value("paiva", paiva)
