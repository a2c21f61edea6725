"""Decisions -> what was decided, in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from strategia.models import Toimenpide, Toimiala
from strategia.teksti import read_id

from ..models import Paatos
from .paata import Erimielisyys
from .paatokset import EI, EI_KUMPAAKAAN, UUSI, Laji, Paatokset
from .ratkaistavat import TAVAT
from .rivit import role_word


@dataclass(frozen=True)
class Annettu:
    """A decision as a person reads it: of what, and what was decided."""

    paatos: Paatos
    arvo: str


def list_given(paatokset: Paatokset) -> list[Annettu]:
    """What has been decided and stands, in the order it was first given. At most two queries, for names.

    What an answer to a question made is told by the answer.
    """
    made = {kohta for each in paatokset.annetut for kohta in each.tehdyt}
    return _describe([each for each in paatokset.annetut if each.kohta not in made])


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
            return role_word(paatos.arvo)
        case Laji.SOLU:
            return paatos.arvo or _("tyhjä")
        case Laji.KYSYMYS:
            return _told_answer(paatos.arvo)
        case Laji.SANA | Laji.KUVAUS:
            return f"”{paatos.paikka}”: {_('ei arviota') if paatos.arvo == EI else paatos.arvo}"
        case Laji.VALILEHDET:
            return ", ".join(paatos.arvo)
        case Laji.OTSIKKORIVI:
            return str(paatos.arvo) if paatos.arvo else _("otsikoita ei ole")
        case Laji.SIIRTO:
            return _("sarakkeen verran oikealle")
        case Laji.VUOSI:
            return str(paatos.arvo)
        case Laji.LUKUTAPA:
            return _("ei käytetä")
        case Laji.TAPA:
            return _TAVAT.get((paatos.paikka, paatos.arvo), paatos.arvo)
        case Laji.RISTIRIITA:
            return TAVAT[paatos.arvo]
        case Laji.TILANNE:
            return date_format(date.fromisoformat(paatos.arvo), "j.n.Y")
        case Laji.JAKSO | Laji.STRATEGIA:
            return paatos.arvo
    return ""


_TAVAT = {
    ("prosentit", "lahin"): _l("prosentit lähimmäksi asteeksi"),
    ("prosentit", "mittari"): _l("prosentit ovat mittarin arvoja"),
    ("numerointi", "muuttunut"): _l("numerointi on muuttunut"),
    ("numerointi", "uudet"): _l("rivit ovat uusia"),
    ("numerointi", "nimet"): _l("nimet ovat muuttuneet"),
    ("toimialat", "yksi"): _l("solun nimet ovat yksi toimiala"),
    ("toimialat", "useita"): _l("solun nimet ovat useita toimialoja"),
    ("osat", "yhdista"): _l("saman toimenpiteen rivit yhdistetään"),
    ("osat", "riveiksi"): _l("jokainen rivi on oma toimenpiteensä"),
}


def _told_answer(arvo):
    """Of earlier files only the number of the answer is kept."""
    if isinstance(arvo, dict):
        return f"{arvo['kysymys']} {arvo['vastaus']}"
    return _("ei mikään") if arvo == EI_KUMPAAKAAN else _("vaihtoehto %(numero)s") % {"numero": int(arvo) + 1}
