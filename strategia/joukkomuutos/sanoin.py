"""What rows have and get, as JSON has it -> in words."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Kayttaja, Sitovuus, Toimiala, Toimielin

MALLIT = {"toimiala": Toimiala, "toimielin": Toimielin, "vastuuhenkilot": Kayttaja, "muut_toimialat": Toimiala}


def describe(toimenpiteet, values, teko):
    """What each row has now of what the act changes."""
    names = {"voimassa": ("voimassa_alkaen", "voimassa_asti"), "vastuusta": ("toimiala",)}.get(teko, (teko,))
    words = _words([{name: values[each.pk][name] for name in names} for each in toimenpiteet])
    return [words(values[each.pk], names) for each in toimenpiteet]


def name_values(rivit):
    """Put on each row of an act ennen_sanoin and jalkeen_sanoin."""
    words = _words([values for rivi in rivit for values in (rivi.ennen, rivi.jalkeen)])
    for rivi in rivit:
        names = [name for name in rivi.ennen if name != "muut_toimialat"] or list(rivi.ennen)
        rivi.ennen_sanoin, rivi.jalkeen_sanoin = words(rivi.ennen, names), words(rivi.jalkeen, names)


def _words(values):
    """A function of (values, names) -> the words; a query for each kind of row that the values name."""
    ids = {name: {pk for each in values for pk in _ids(each.get(name))} for name in MALLIT}
    nimet = {
        name: {row.pk: str(row) for row in model.objects.filter(pk__in=ids[name])}
        for name, model in MALLIT.items()
        if ids[name]
    }

    def told(name, value):
        if name in MALLIT:
            return ", ".join(nimet.get(name, {}).get(pk, _("poistettu")) for pk in _ids(value)) or "–"
        if name == "sitovuus":
            return str(Sitovuus(value).label) if value else "–"
        return date_format(datetime.date.fromisoformat(value), "j.n.Y") if value else ""

    def words(each, names):
        if any(name.startswith("voimassa") for name in names):
            first, last = (told(name, each.get(name)) for name in ("voimassa_alkaen", "voimassa_asti"))
            return f"{first}–{last}" if first or last else "–"
        return ", ".join(told(name, each.get(name)) for name in names)

    return words


def _ids(value):
    return value if isinstance(value, list) else [] if value is None else [value]
