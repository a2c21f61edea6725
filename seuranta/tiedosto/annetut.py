"""Decisions -> what was decided, in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from strategia.models import Toimenpide, Toimiala
from strategia.teksti import read_id

from ..models import Paatos
from .paata import Erimielisyys
from .paatokset import EI_KUMPAAKAAN, UUSI, Laji, Paatokset
from .ratkaistavat import TAVAT
from .rivit import word_of


@dataclass(frozen=True)
class Annettu:
    """A decision as a person reads it: of what, and what was decided."""

    paatos: Paatos
    arvo: str


def list_given(paatokset: Paatokset) -> list[Annettu]:
    """What has been decided and stands, in the order it was first given. At most two queries, for names."""
    return _describe(paatokset.annetut)


def list_disagreed(toisin: list[Erimielisyys]) -> list[tuple[Annettu, Annettu, Erimielisyys]]:
    """[(what another person decided, what was not taken, how to choose it again)]."""
    muiden, omat = (_describe(each) for each in ([ero.muiden[0] for ero in toisin], [ero.oma for ero in toisin]))
    return list(zip(muiden, omat, toisin, strict=True))


def _describe(paatokset):
    ids = [_named(each) for each in paatokset]
    nimet = {(model, pk): nimi for model in (Toimiala, Toimenpide) for pk, nimi in _names(model, ids)}
    return [Annettu(each, _told(each, nimet.get(named, "–"))) for each, named in zip(paatokset, ids, strict=True)]


def _named(paatos):
    """(model, id) of the row of the register that the decision names, None for none."""
    match paatos.laji:
        case Laji.TOIMIALA if paatos.arvo != UUSI:
            return Toimiala, paatos.arvo
        case Laji.TOIMENPIDE:
            return Toimenpide, paatos.arvo
        case Laji.PAATTYY:
            return Toimenpide, read_id(paatos.paikka)
    return None


def _names(model, named):
    ids = {each[1] for each in named if each and each[0] is model and each[1]}
    return model.objects.filter(pk__in=ids).values_list("pk", "nimi") if ids else ()


def _told(paatos, nimi):
    """What was decided, in words; nimi: of the row that it names."""
    if paatos.arvo is None:
        return _("peruttu")
    match paatos.laji:
        case Laji.TOIMIALA:
            return f"”{paatos.paikka}”: {_('uusi toimiala') if paatos.arvo == UUSI else nimi}"
        case Laji.TOIMENPIDE | Laji.PAATTYY:
            return nimi
        case Laji.VOIMASSA:
            return _("voimassaoloaika") if paatos.arvo else _("vain osa nimeä")
        case Laji.SARAKE:
            return word_of(paatos.arvo) if paatos.arvo else _("Jätä pois")
        case Laji.SOLU:
            return paatos.arvo or _("tyhjä")
        case Laji.KYSYMYS if paatos.arvo != EI_KUMPAAKAAN:
            return _("vaihtoehto %(numero)s") % {"numero": int(paatos.arvo) + 1}
        case Laji.RISTIRIITA:
            return TAVAT[paatos.arvo]
        case Laji.TILANNE:
            return date_format(date.fromisoformat(paatos.arvo), "j.n.Y")
        case Laji.JAKSO | Laji.STRATEGIA:
            return paatos.arvo
    return ""
