"""Is what must never change what it was: every frozen report by its hash, every stored file by the hash of its row.

And does every id inside a frozen report lead to a tunnus?
"""

import hashlib
import json

from django.core.files.storage import default_storage

from seuranta.models import Tuonti
from strategia.models import Kunta
from strategia.varasto import read_stored

from ..jaadytetyt import frozen_ids
from ..models import JulkinenTallenne, Raporttiversio, Tallenne
from ..tunnukset import read_tunnukset
from .tallenteet import name_of


def find_faults(tell=lambda line: None, *, kunta=None) -> list[str]:
    """A sentence for each fault, by its place; of one kunta or of all."""
    faults, own = [], {"kunta": kunta} if kunta else {}
    for word, find in (
        ("Jäädytetyt raportit", _changed_reports),
        ("Raporttien rivien tunnukset", _missing_tunnukset),
        ("Raporttien tiedostot", _changed_files),
        ("Tuodut tiedostot", _changed_imports),
        ("Logot", _missing_logos),
    ):
        checked, found = find(own)
        tell(f"{word}: {checked} tarkistettu, vikoja {len(found)}")
        faults += found
    return faults


def _changed_reports(own):
    checked, found = 0, []
    for pk, data, sha256 in (
        Raporttiversio.objects.filter(**own).values_list("pk", "data", "sha256").iterator(chunk_size=50)
    ):
        checked += 1
        if hashlib.sha256(data.encode()).hexdigest() != sha256:
            found.append(f"Raporttiversion {pk} sisältö on muuttunut.")
    return checked, found


def _missing_tunnukset(own):
    checked, found = 0, []
    for versio in Raporttiversio.objects.filter(**own).only("kunta", "data").iterator(chunk_size=50):
        checked += 1
        known = read_tunnukset(versio)
        ids = [(laji, pk) for laji, pks in frozen_ids(json.loads(versio.data)).items() for pk in pks]
        if missing := sum(1 for each in ids if each not in known):
            found.append(f"Raporttiversion {versio.pk} riveistä {missing} on ilman tunnusta.")
    return checked, found


def _changed_files(own):
    kept = [model.objects.filter(**own).select_related("versio") for model in (Tallenne, JulkinenTallenne)]
    rows = [row for each in kept for row in each.iterator()]
    wrong = [f"{row}: {fault}" for row in rows if (fault := _fault_of(name_of(row), row.sha256))]
    return len(rows), wrong


def _changed_imports(own):
    kept = Tuonti.objects.filter(**own).exclude(tiedosto="").exclude(tila=Tuonti.Tila.HYLATTY)
    rows = list(kept.values_list("pk", "tiedosto", "sha256"))
    wrong = [f"Tuonti {pk}: {fault}" for pk, name, sha256 in rows if (fault := _fault_of(name, sha256))]
    return len(rows), wrong


def _missing_logos(own):
    kunnat = Kunta.objects.filter(pk=own["kunta"].pk) if own else Kunta.objects.all()
    names = list(kunnat.exclude(logo="").values_list("logo", flat=True))
    return len(names), [f"Logoa {name} ei ole." for name in names if not default_storage.exists(name)]


def _fault_of(name, sha256):
    try:
        same = hashlib.sha256(read_stored(name)).hexdigest() == sha256
    except FileNotFoundError:
        return "tiedostoa ei ole."
    return "" if same else "tiedosto on muuttunut."
