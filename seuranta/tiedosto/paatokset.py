"""Decisions on a file, checked -> rows of Paatos -> typed values."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from strategia.models import Strategia

from ..models import Paatos, Seurantajakso, Tuonti

Laji = Paatos.Laji
UUSI = "uusi"  # a toimiala that is not there yet
EI_KUMPAAKAAN = "ei"  # the answer to a question: none of the readings offered
TIEDOSTO, NYKYINEN, MOLEMMAT = "tiedosto", "nykyinen", "molemmat"


@dataclass(frozen=True)
class Paatokset:
    """All that has been decided of one file: {laji: {paikka: value}}, and the version that this is.

    What has not been decided is not there; the paikka of a laji that has only one is "".
    """

    versio: int
    arvot: defaultdict[str, dict]


def read_decisions(tuonti: Tuonti) -> Paatokset:
    """A stored value that does not parse is as if it had not been given: it is asked for anew."""
    arvot = defaultdict(dict)
    for paatos in tuonti.paatokset.all() if tuonti.pk else ():
        value = _parse(paatos)
        if value is not None:
            arvot[paatos.laji][paatos.paikka] = value
    return Paatokset(tuonti.paatosversio, arvot)


def _parse(paatos):
    try:
        return _PARSERS[paatos.laji](paatos.arvo)
    except (KeyError, TypeError, ValueError):
        return None


def _text(value):
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _name_of(model):
    """A name that its field takes; an older one that does not is asked for anew."""
    limit = model._meta.get_field("nimi").max_length

    def parse(value):
        if len(_text(value)) > limit:
            raise ValueError(value)
        return value

    return parse


def _id(value):
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _yes(value):
    return True if value is True else None


def _toimiala(value):
    return value if value == UUSI else _id(value)


def _way(value):
    return value if value in (TIEDOSTO, NYKYINEN, MOLEMMAT) else None


_PARSERS = {
    Laji.JAKSO: _name_of(Seurantajakso),
    Laji.STRATEGIA: _name_of(Strategia),
    **dict.fromkeys((Laji.SARAKE, Laji.KYSYMYS, Laji.SOLU), _text),
    **dict.fromkeys((Laji.ASTEIKKO, Laji.OHITUS, Laji.PAATTYY), _yes),
    Laji.TILANNE: date.fromisoformat,
    Laji.RISTIRIITA: _way,
    Laji.TOIMIALA: _toimiala,
    Laji.TOIMENPIDE: _id,
}


def store_decisions(tuonti: Tuonti, decided: dict, *, seen: int, by, kept=frozenset()) -> tuple[list[Paatos], bool]:
    """Write {(laji, paikka): value, None takes it back}, decided on a page of the version `seen`.

    -> (what another person has meanwhile decided otherwise: it stays so, has another decided anything meanwhile).
    kept: the places that were sent along as the page showed them: what another decided of them is no disagreement.
    """
    with transaction.atomic():
        locked = Tuonti.objects.select_for_update(of=("self",)).get(pk=tuonti.pk)
        if locked.tila != Tuonti.Tila.ESIKATSELU:
            return [], False
        stored = {(each.laji, each.paikka): each for each in locked.paatokset.select_related("kuka")}
        of_others = {key for key, old in stored.items() if old.versio > seen and old.kuka != by}
        new, disagreed = [], []
        for key, arvo in decided.items():
            old = stored.get(key)
            if arvo == (old.arvo if old else None) or (key in of_others and key in kept):
                continue
            if key in of_others:
                disagreed.append(old)
            else:
                new.append(_decision(locked, *key, arvo, by))
        if new:
            Paatos.objects.bulk_create(
                new,
                update_conflicts=True,
                unique_fields=["tuonti", "laji", "paikka"],
                update_fields=["arvo", "kuka", "milloin", "versio"],
            )
            Tuonti.objects.filter(pk=locked.pk).update(paatosversio=locked.paatosversio + 1)
    tuonti.refresh_from_db(fields=["paatosversio"])
    return disagreed, bool(of_others)


def _decision(tuonti, laji, paikka, arvo, by):
    return Paatos(
        kunta_id=tuonti.kunta_id,
        tuonti=tuonti,
        laji=laji,
        paikka=paikka,
        arvo=arvo,
        kuka=by,
        milloin=timezone.now(),
        versio=tuonti.paatosversio + 1,
    )


def tell_decided(disagreed: list[Paatos], has_others: bool) -> list[str]:
    """[sentence] of what other people have decided meanwhile."""
    told = [
        _("%(kuka)s päätti toisin klo %(klo)s: %(mita)s. Se päätös jäi voimaan. Katso se ja muuta tarvittaessa.")
        % {"kuka": each.kuka, "klo": date_format(timezone.localtime(each.milloin), "H.i"), "mita": each}
        for each in disagreed
    ]
    if has_others and not told:
        told.append(_("Myös toinen käyttäjä on tehnyt päätöksiä tähän tiedostoon. Ne näkyvät alla."))
    return told
