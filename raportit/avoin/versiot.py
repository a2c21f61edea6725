"""Which public version an address of the open data means."""

from ..julkinen.julkisuus import UUSIN_ENSIN, find_kunta, published
from ..models import Raporttiversio


def find_newest(slug, strategia=None) -> Raporttiversio | None:
    """The newest published report of the kunta's strategia, or of the plan whose tunnus is named."""
    kunta = find_kunta(slug)
    if kunta is None:
        return None
    found = published(kunta).select_related("jakso", "kunta").order_by(*UUSIN_ENSIN)
    return (found.filter(jakso__strategia__tunnus=strategia) if strategia else found).first()


def find_version(slug, tunnus) -> tuple[Raporttiversio | None, Raporttiversio | None]:
    """(the published version of the tunnus, or the one that has been withdrawn): at most one of them is."""
    kunta = find_kunta(slug)
    if kunta is None:
        return None, None
    found = published(kunta).select_related("jakso", "kunta").filter(tunnus=tunnus).first()
    if found:
        return found, None
    gone = Raporttiversio.objects.filter(kunta=kunta, tunnus=tunnus, tila=Raporttiversio.Tila.POISTETTU)
    return None, gone.defer("data").first()


def list_versions(kunta) -> list[Raporttiversio]:
    """Its published versions without their contents, the newest first; of each its `uudempi`, what replaced it."""
    found = list(published(kunta).select_related("jakso__strategia").defer("data").order_by(*UUSIN_ENSIN))
    newest = {}
    for versio in found:
        last = newest.setdefault(versio.jakso_id, versio)  # of a jakso the newest stands first
        versio.uudempi = last if last is not versio else None
    return found
