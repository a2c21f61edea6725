"""What a person has decided of a file: rows of their own instead of one JSON of whatever was posted.

Stored choices become decisions of who sent the file, at the time it was sent. What of them does not parse (a date typed
as 15.9.2023 locked its import for good) is left behind: it is asked for anew.
"""

import datetime

from django.db import migrations

TIEDOSTO, UUSI, YKSI = ("tiedosto", "nykyinen", "molemmat"), "uusi", ("jakso", "strategia", "tilanne", "asteikko")
MONTA = {
    "sarakkeet": "sarake",
    "solut": "solu",
    "ristiriidat": "ristiriita",
    "toimialat": "toimiala",
    "toimenpiteet": "toimenpide",
}
LUETTELOT = {"kysytyt": "kysymys", "ohitetut": "ohita", "paatettavat": "paata"}


def choices_to_decisions(apps, schema_editor):
    alias = schema_editor.connection.alias
    Tuonti, Paatos = apps.get_model("seuranta", "Tuonti"), apps.get_model("seuranta", "Paatos")
    for tuonti in Tuonti.objects.using(alias).exclude(valinnat={}).defer("jasennetty", "muutokset").iterator():
        Paatos.objects.using(alias).bulk_create(
            Paatos(
                kunta_id=tuonti.kunta_id,
                tuonti=tuonti,
                laji=laji,
                paikka=paikka,
                arvo=arvo,
                kuka_id=tuonti.tekija_id,
                milloin=tuonti.luotu,
            )
            for (laji, paikka), arvo in _decisions(tuonti.valinnat).items()
        )


def _decisions(valinnat):
    """{(laji, paikka): arvo} of what parses."""
    if not isinstance(valinnat, dict):
        return {}
    found = {(name, ""): valinnat.get(name) for name in YKSI}
    for name, laji in MONTA.items():
        told = valinnat.get(name)
        found |= {(laji, paikka): arvo for paikka, arvo in told.items()} if isinstance(told, dict) else {}
    for name, laji in LUETTELOT.items():
        told = valinnat.get(name)
        found |= {(laji, str(paikka)): True for paikka in told} if isinstance(told, list) else {}
    parsed = {(laji, paikka[:1000]): _parse(laji, arvo) for (laji, paikka), arvo in found.items()}
    return {key: arvo for key, arvo in parsed.items() if arvo is not None}


def _parse(laji, arvo):
    if laji == "toimiala":
        return UUSI if arvo is None else _of(int, arvo)
    if laji == "kysymys":
        return "ei"  # which answer it was is in the columns that it chose
    if laji in ("asteikko", "ohita", "paata"):
        return True if arvo is True else None
    if laji == "toimenpide":
        return _of(int, arvo)
    if laji == "ristiriita":
        return arvo if arvo in TIEDOSTO else None
    if laji == "tilanne":
        return _date(arvo)
    # An empty name is none; an emptied cell and a column that is left out are decisions.
    return _of(str, arvo) or ("" if laji in ("solu", "sarake") and arvo == "" else None)


def _of(kind, arvo):
    return arvo if isinstance(arvo, kind) and not isinstance(arvo, bool) else None


def _date(text):
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except (TypeError, ValueError):
        return None


def decisions_to_choices(apps, schema_editor):
    alias = schema_editor.connection.alias
    Tuonti, Paatos = apps.get_model("seuranta", "Tuonti"), apps.get_model("seuranta", "Paatos")
    kinds = {laji: name for name, laji in MONTA.items()}
    lists = {laji: name for name, laji in LUETTELOT.items()}
    choices = {}
    for paatos in Paatos.objects.using(alias).filter(arvo__isnull=False).order_by("pk"):
        valinnat = choices.setdefault(paatos.tuonti_id, {})
        if paatos.laji in YKSI:
            valinnat[paatos.laji] = paatos.arvo
        elif paatos.laji in kinds:
            arvo = None if paatos.laji == "toimiala" and paatos.arvo == UUSI else paatos.arvo
            valinnat.setdefault(kinds[paatos.laji], {})[paatos.paikka] = arvo
        else:
            place = int(paatos.paikka) if paatos.laji == "paata" else paatos.paikka
            valinnat.setdefault(lists[paatos.laji], []).append(place)
    for pk, valinnat in choices.items():
        Tuonti.objects.using(alias).filter(pk=pk).update(valinnat=valinnat)


class Migration(migrations.Migration):
    dependencies = [("seuranta", "0002_paatos")]

    operations = [migrations.RunPython(choices_to_decisions, decisions_to_choices)]
