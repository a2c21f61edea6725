"""The ids inside a frozen report -> the tunnus of each row, by which a public address names it.

An installation that takes a kunta in gives its rows other ids, and the frozen bytes stay: these lead the way.
"""

import json
from uuid import UUID, uuid4

from strategia.models import Mittari, Painopiste, Strategia, StrateginenTavoite, Toimenpide

from .jaadytetyt import frozen_ids
from .models import JaadytettyTunnus, Raporttiversio

Laji = JaadytettyTunnus.Laji
MALLIT = {
    Laji.STRATEGIA: Strategia,
    Laji.PAINOPISTE: Painopiste,
    Laji.TAVOITE: StrateginenTavoite,
    Laji.TOIMENPIDE: Toimenpide,
    Laji.MITTARI: Mittari,
}


def write_tunnukset(versio: Raporttiversio) -> None:
    """Keep what the ids of a version that was just frozen are, in as many queries whatever it holds."""
    rows = []
    for laji, ids in frozen_ids(json.loads(versio.data)).items():
        known = dict(MALLIT[laji].objects.filter(kunta=versio.kunta_id, pk__in=ids).values_list("pk", "tunnus"))
        # A row that somebody took away while it was being frozen gets one of its own.
        rows += [(laji, pk, known.get(pk) or uuid4()) for pk in sorted(ids)]
    JaadytettyTunnus.objects.bulk_create(
        JaadytettyTunnus(kunta_id=versio.kunta_id, versio=versio, laji=laji, jaadytetty_id=pk, tunnus=tunnus)
        for laji, pk, tunnus in rows
    )


def read_tunnukset(versio: Raporttiversio) -> dict[tuple[str, int], UUID]:
    """{(laji, frozen id): tunnus}"""
    rows = JaadytettyTunnus.objects.filter(kunta=versio.kunta_id, versio=versio)
    return {(laji, pk): tunnus for laji, pk, tunnus in rows.values_list("laji", "jaadytetty_id", "tunnus")}
