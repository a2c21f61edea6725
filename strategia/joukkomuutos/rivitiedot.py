"""Toimenpiteet <-> what an act may change of them, as JSON has it. The only reader and writer of those values."""

import datetime
import hashlib
import json

from simple_history.utils import bulk_update_with_history

from ..models import MuuToimiala, Toimenpide, Vastuuhenkilo

KENTAT = {
    "toimiala": "toimiala_id",
    "toimielin": "toimielin_id",
    "sitovuus": "sitovuus",
    "voimassa_alkaen": "voimassa_alkaen",
    "voimassa_asti": "voimassa_asti",
}
LIITOKSET = {"vastuuhenkilot": (Vastuuhenkilo, "kayttaja_id"), "muut_toimialat": (MuuToimiala, "toimiala_id")}


def read_values(toimenpiteet, names):
    """{toimenpide's id: {name: its value}}; a query for each of LIITOKSET that is asked."""
    toimenpiteet = list(toimenpiteet)
    found = {each.pk: {name: _plain(each, name) for name in names if name in KENTAT} for each in toimenpiteet}
    for name in names:
        if name in LIITOKSET:
            model, column = LIITOKSET[name]
            for values in found.values():
                values[name] = []
            pairs = model.objects.filter(toimenpide__in=toimenpiteet).order_by(column)
            for toimenpide, other in pairs.values_list("toimenpide_id", column):
                found[toimenpide][name].append(other)
    return found


def _plain(toimenpide, name):
    value = getattr(toimenpide, KENTAT[name])
    return value.isoformat() if isinstance(value, datetime.date) else value


def fingerprint(values):
    """Changes when anybody changes one of the values."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def write_values(muutokset, *, reason, by):
    """{toimenpide: {name: value}}: each is saved and gets one entry of history, which tells its vastuuhenkilöt too."""
    for toimenpide, values in muutokset.items():
        for name in values.keys() & KENTAT.keys():
            setattr(toimenpide, KENTAT[name], _from_plain(name, values[name]))
    for name in LIITOKSET:
        _write_links(name, {each: values[name] for each, values in muutokset.items() if name in values})
    told = read_values(muutokset, ["vastuuhenkilot"])
    groups = {}
    for toimenpide in muutokset:
        groups.setdefault(tuple(told[toimenpide.pk]["vastuuhenkilot"]), []).append(toimenpide)
    fields = sorted({name for values in muutokset.values() for name in values.keys() & KENTAT.keys()})
    for people, rows in groups.items():
        known = {"default_user": by, "default_change_reason": reason}
        bulk_update_with_history(
            rows, Toimenpide, fields, batch_size=500, **known, custom_historical_attrs={"vastuussa": list(people)}
        )


def _from_plain(name, value):
    return datetime.date.fromisoformat(value) if name.startswith("voimassa") and value else value


def _write_links(name, wanted):
    """{toimenpide: [ids]} -> its links are these."""
    if not wanted:
        return
    model, column = LIITOKSET[name]
    model.objects.filter(toimenpide__in=[each.pk for each in wanted]).delete()
    model.objects.bulk_create(
        model(kunta_id=each.kunta_id, toimenpide=each, **{column: pk}) for each, ids in wanted.items() for pk in ids
    )
