"""User -> what viimeistely has changed in the published texts of the user's own toimiala."""

from dataclasses import dataclass

from django.db.models import Q

from strategia.models import Toimenpide
from strategia.permissions import is_bound_to_toimialat, own_mittarit, own_toimenpiteet, recording_toimialat

from ..models import Kirjaus, MittariArvo, Osavastaus, Seurantajakso

SIJA = ("tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk")  # of a toimenpide in its plan


@dataclass(frozen=True)
class Muokattu:
    """A row, a unit's answer or a measure whose texts were reworded. toimenpide: None of a measure that hangs under
    none.

    tekstit: [(the text's word, how it differs)]; the word of a comment is "".
    """

    jakso: Seurantajakso
    nimi: str
    toimenpide: Toimenpide | None
    tekstit: list


def list_reworded(user) -> list[Muokattu]:
    """Jakso by jakso the rows in plan order, then the units' answers and comments, then the measures; three queries,
    none of who is bound to no toimiala.
    """
    if not is_bound_to_toimialat(user):
        return []
    found = [*_list_rows(user), *_list_units(user), *_list_values(user)]
    return sorted(found, key=lambda each: (each.jakso.jarjestys, each.jakso.pk))


def _list_rows(user):
    reworded = _in_finishing(Kirjaus).filter(toimenpide__in=own_toimenpiteet(user))
    reworded = reworded.exclude(kirjaajan_kommentti=None, kirjaajan_lisat={}).select_related("toimenpide")
    for kirjaus in reworded.order_by(*(f"toimenpide__{name}" for name in SIJA)):
        teko, comment = kirjaus.toimenpide, kirjaus.viimeistelyn_erot
        own = [("", comment)] if comment else []
        yield Muokattu(kirjaus.jakso, f"{teko.koodi} {teko.nimi}".strip(), teko, own + kirjaus.viimeistelyn_lisaerot)


def _list_units(user):
    """A comment is told to those of the toimiala that wrote it, whoever leads."""
    of_rows = Q(toimiala=None, kirjaus__toimenpide__in=own_toimenpiteet(user))
    of_comments = Q(toimiala__in=recording_toimialat(user))
    found = Osavastaus.objects.filter(of_rows | of_comments, **_of_finishing("kirjaus__jakso"))
    reworded = found.exclude(kirjaajan_tekstit={})
    reworded = reworded.select_related("toimiala", "kirjaus__jakso", "kirjaus__toimenpide")
    for osa in reworded.order_by(*(f"kirjaus__toimenpide__{name}" for name in SIJA), "jarjestys", "pk"):
        kirjaus = osa.kirjaus
        nimi = f"{kirjaus.toimenpide.koodi} {kirjaus.toimenpide.nimi}: {osa.toimiala or osa.nimi}".strip()
        yield Muokattu(kirjaus.jakso, nimi, kirjaus.toimenpide, osa.viimeistelyn_erot)


def _list_values(user):
    own = Q(mittari__toimenpide__in=own_toimenpiteet(user)) | Q(mittari__in=own_mittarit(user))
    reworded = _in_finishing(MittariArvo).filter(own).exclude(kirjaajan_tekstit={})
    order = (*(f"mittari__toimenpide__{name}" for name in SIJA), "mittari__jarjestys", "pk")
    for arvo in reworded.select_related("mittari__toimenpide").order_by(*order):
        yield Muokattu(arvo.jakso, arvo.mittari.nimi, arvo.mittari.toimenpide, arvo.viimeistelyn_erot)


def _in_finishing(model):
    return model.objects.filter(**_of_finishing("jakso")).select_related("jakso__strategia")


def _of_finishing(jakso):
    return {f"{jakso}__tila": Seurantajakso.Tila.VIIMEISTELYSSA}
