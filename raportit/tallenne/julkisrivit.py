"""A version that is or is to be public -> its JulkinenRivi lines, of its public form alone; and all of them anew.

What a line holds depends on no other version: only whether it is public, and whether another has taken its place, do,
and those are asked of the clock when the lines are read.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q

from strategia.models import LISAKENTAT, Julkaisunumero, Strategia

from ..models import JulkinenRivi, Raporttiversio
from ..osavuosikatsaus.mitattu import tulos_name
from ..osavuosikatsaus.model import syy_name
from ..tunnukset import read_tunnukset
from .nakyma import show_publicly

Laji = JulkinenRivi.Laji
SANOIN = (Strategia.Esitys.SANAT, Strategia.Esitys.LIIKENNEVALO)  # a score is told by its word alone
ERA = 200  # lines written in a statement: SQLite takes a thousand values at once


def keep_rows(versio: Raporttiversio) -> None:
    """Let the table hold the version's lines when it is or is to be public, else none of them."""
    JulkinenRivi.objects.filter(kunta=versio.kunta_id, versio=versio).delete()
    if versio.tila == Raporttiversio.Tila.JULKAISTU or versio.julkaistaan:
        JulkinenRivi.objects.bulk_create(draw_rows(versio), batch_size=ERA)


def remake_rows() -> int:
    """Drop every line and make them again -> how many versions have some."""
    kept = Raporttiversio.objects.filter(Q(tila=Raporttiversio.Tila.JULKAISTU) | Q(julkaistaan__isnull=False))
    with transaction.atomic():
        JulkinenRivi.objects.all().delete()
        for versio in kept.select_related("jakso").order_by("pk").iterator(chunk_size=20):
            JulkinenRivi.objects.bulk_create(draw_rows(versio), batch_size=ERA)
        for kunta in kept.order_by().values_list("kunta", flat=True).distinct():
            Julkaisunumero.objects.bump(kunta)
        return kept.count()


def draw_rows(versio: Raporttiversio) -> list[JulkinenRivi]:
    """The lines of a version's public form, unsaved, in the form's order."""
    raportti, known = show_publicly(versio).raportti, read_tunnukset(versio)
    shared = {"kunta_id": versio.kunta_id, "versio": versio, "jakso_id": versio.jakso_id}
    shared["strategia"] = known.get((Laji.STRATEGIA, raportti.strategia.id))
    rows, seen = [], set()
    for laji, pk, told in _describe(raportti, known):
        tunnus = known.get((laji, pk))
        if tunnus and (laji, pk) not in seen:  # a tavoite stands under each of its toimielimet
            seen.add((laji, pk))
            row = JulkinenRivi(**shared, laji=laji, tunnus=tunnus, jarjestys=len(rows), **told)
            row.haku = _searched(row)
            rows.append(row)
    return rows if shared["strategia"] else []


def _searched(row):
    texts = (row.koodi, row.nimi, row.kommentti, row.toimiala, row.toimielin, row.tavoitteen_nimi)
    return "\n".join(text for text in texts if text).casefold()


def _describe(raportti, known):
    """(laji, frozen id, values) of the report, its levels, rows and measures, each after what it hangs under."""
    yield Laji.STRATEGIA, raportti.strategia.id, {"nimi": raportti.strategia.nimi, "tiedot": _head(raportti)}
    told = {id(mittari) for *_place, mittari in raportti.kerrottavat}
    for painopiste in raportti.painopisteet:
        place = {"painopiste": known.get((Laji.PAINOPISTE, painopiste.id)), "painopisteen_nimi": painopiste.nimi}
        values = {"nimi": painopiste.nimi, "sdg": _lines(painopiste.sdg), "kommentti": painopiste.teksti}
        yield Laji.PAINOPISTE, painopiste.id, {**place, **values}
        yield from _measures(raportti, painopiste.mittarit, place, told)
        for tavoite in painopiste.tavoitteet:
            yield from _of_tavoite(raportti, tavoite, place, known, told)


def _of_tavoite(raportti, tavoite, place, known, told):
    place = {**place, "tavoite": known.get((Laji.TAVOITE, tavoite.id)), "tavoitteen_nimi": tavoite.nimi}
    values = {"nimi": tavoite.nimi, "sdg": _lines(tavoite.sdg), "toimielin": tavoite.toimielin}
    yield Laji.TAVOITE, tavoite.id, {**place, **values}
    yield from _measures(raportti, tavoite.mittarit, place, told)
    for rivi in tavoite.rivit:
        under = {**place, "toimenpide": known.get((Laji.TOIMENPIDE, rivi.id))}
        yield Laji.TOIMENPIDE, rivi.id, {**under, **_of_row(raportti, rivi)}
        measured = {**under, "toimiala": rivi.toimiala, "toimielin": rivi.toimielin}
        yield from _measures(raportti, rivi.mittarit, measured, told)


def _of_row(raportti, rivi):
    shown = raportti.nayttaa_asteet
    return {
        "nimi": rivi.toimenpide,
        **{name: getattr(rivi, name) for name in ("koodi", "toimiala", "toimielin", "kommentti")},
        "toteutumisaste": rivi.toteutumisaste if shown else None,
        "aste_sanoin": raportti.strategia.asteen_nimi(rivi.toteutumisaste) if shown else "",
        "syy": syy_name(rivi.syy) if shown else "",
        "edellinen": rivi.edellinen if shown else None,
        "muutos": rivi.muutos if raportti.nayttaa_muutokset else "",
        "sdg": _lines(rivi.sdg),
        "tiedot": {
            **{name: getattr(rivi, name) for name in ("toimialan_tavoite", "vastuu", "riski", "mittari", *LISAKENTAT)},
            "sanoin": raportti.strategia.esitys in SANOIN,
            "edellinen_sanoin": raportti.strategia.asteen_nimi(rivi.edellinen) if shown else "",
            "muut_toimialat": list(rivi.muut_toimialat),
            "omat": rivi.omat,
            **({"voimassa": rivi.voimassa} if rivi.voimassa else {}),  # few reports tell it
        },
    }


def _lines(names):
    """Each between line breaks, so that one is found whole; "" of none."""
    return "\n".join(["", *names, ""]) if names else ""


def _head(raportti):
    """The names and words by which a version's lines are read, and the days it tells of."""
    return _plain(
        {
            "otsikko": raportti.otsikko,
            "jakso": raportti.jakso.nimi,
            "jakson_otsikko": raportti.jakson_otsikko,
            "tilanne": raportti.tilanne,
            "edellinen": raportti.edellinen.nimi if raportti.edellinen else "",
            "koottu": raportti.koottu,
            "kokous": raportti.kokous,
            "versio": raportti.versio,
            "muotoversio": raportti.muotoversio,
            "sanasto": raportti.strategia.sanasto,
            "asteikko": raportti.strategia.asteikko,
            "esitys": raportti.strategia.esitys,
            "nayttaa_asteet": raportti.nayttaa_asteet,
            "nayttaa_muutokset": raportti.nayttaa_muutokset,
            "asteet": list(raportti.asteikon_asteet),
            "sarakkeet": [[sarake.rooli, sarake.otsikko] for sarake in raportti.taulukon_sarakkeet],
            "toimialat": list(raportti.toimialat),
            "toimielimet": list(raportti.toimielimet),
        }
    )


def _measures(raportti, mittarit, place, told):
    jaksot = {jakso.id: jakso for jakso in (*raportti.aiemmat, raportti.jakso)}
    for mittari in mittarit:
        if id(mittari) in told:
            values = (
                {"nimi": mittari.nimi, "toimiala": mittari.toimiala} if mittari.toimiala else {"nimi": mittari.nimi}
            )
            yield Laji.MITTARI, mittari.id, {**place, **values, "tiedot": _plain(_of_measure(mittari, jaksot))}


def _of_measure(mittari, jaksot):
    """Its values in time's order; of each its time in words, the text as it is read and the number a line draws."""
    return {
        "laji": mittari.laji,
        "mitta": mittari.mitta,
        "suunta": mittari.suunta_sanoin,
        "lahde": mittari.lahde,
        "lahto": _told_value(mittari, mittari.lahto, ""),
        "tavoite": _told_value(mittari, mittari.tavoite, ""),
        "tavoitteet": [_told_value(mittari, each, each.vuosi or "") for each in mittari.tavoitteet],
        "arvo": _told_value(mittari, mittari.arvo, ""),
        "arvot": [_told_value(mittari, each, _time_of(each, jaksot)) for each in mittari.arvot],
        "tulos": mittari.tulos,
        "tulos_sanoin": tulos_name(mittari.tulos) if mittari.tulos else "",
        "muutos": mittari.muutos,
    }


def _told_value(mittari, value, aika):
    if value is None:
        return None
    told = {"aika": str(aika), "teksti": value.teksti, "nakyy": mittari.show(value, with_unit=True)}
    return {**told, "luku": mittari.number(value), "vuosi": getattr(value, "vuosi", None)}


def _time_of(arvo, jaksot):
    """When it is of, in words: the jakso's state date or name, the year or the day."""
    if arvo.jakso:
        jakso = jaksot.get(arvo.jakso)
        return (f"{jakso.paattyy:%-d.%-m.%Y}" if jakso.paattyy else jakso.nimi) if jakso else ""
    return f"{arvo.paiva:%-d.%-m.%Y}" if arvo.paiva else arvo.vuosi or ""


def _plain(tiedot):
    """As the table gives it back: what is made anew must equal what is stored."""
    return json.loads(json.dumps(tiedot, cls=DjangoJSONEncoder))
