"""What the cells of earlier tables said of measures and risks becomes rows of its own: a cell is one of each.

Every reader of measures and risks asks their rows (entry, search, report, API), so a plan that came before them gets
them once, here, and not a little wherever somebody happens to look. The cell itself stays on its toimenpide, and no
frozen report is touched: it holds its own copy. The rows belong to the import that told them, so that its undo takes
them along. Going back leaves them: the tables of the version before have room for them.
"""

from django.db import migrations
from django.utils import timezone

from strategia.solusta import read_solumittari, says_something
from strategia.teksti import clean_text

NIMI = 1000
ERA = 500  # rows of one statement
MERKKI = "tuonti"


def make_rows(apps, schema_editor):
    tuonnit = _Tuonnit(apps, schema_editor.connection.alias)
    for kentta, malli, sovellus, values in (
        ("mittari", "Mittari", "strategia", _mittarin_kentat),
        ("riski", "Riski", "seuranta", _riskin_kentat),
    ):
        _make_of(apps, schema_editor.connection.alias, tuonnit, (kentta, malli, sovellus, values))
    tuonnit.save()


def _mittarin_kentat(text):
    nimi, laji = read_solumittari(text)
    return {"nimi": nimi[:NIMI], "laji": laji, "alkuperainen": text}


def _riskin_kentat(text):
    return {"teksti": text, "alkuperainen": text}


def _make_of(apps, alias, tuonnit, what):
    kentta, malli, sovellus, values = what
    model = apps.get_model(sovellus, malli)
    known = set(model.objects.using(alias).exclude(toimenpide=None).values_list("toimenpide_id", flat=True))
    rows = apps.get_model("strategia", "Toimenpide").objects.using(alias).exclude(**{kentta: ""}).order_by("pk")
    told = rows.values_list("pk", "kunta_id", "tavoite__painopiste__strategia_id", kentta)
    new = [(*row, clean_text(text)) for *row, text in told.iterator() if row[0] not in known and says_something(text)]
    for first in range(0, len(new), ERA):
        part = new[first : first + ERA]
        made = model.objects.using(alias).bulk_create(
            model(toimenpide_id=pk, kunta_id=kunta, strategia_id=strategia, jarjestys=1, **values(text))
            for pk, kunta, strategia, text in part
        )
        entries = [
            entry
            for row, (pk, *_owners, text) in zip(made, part, strict=True)
            for entry in tuonnit.note(row, pk, kentta, text, values)
        ]
        _write_history(apps.get_model(sovellus, f"Historical{malli}"), alias, entries)


def _write_history(history, alias, entries):
    """entries: [(row, values that it had then, kind, the change reason)]"""
    now = timezone.now()
    names = [field.attname for field in history._meta.concrete_fields if not field.name.startswith("history_")]
    history.objects.using(alias).bulk_create(
        history(
            **{name: getattr(row, name) for name in names} | then,
            history_date=now,
            history_type=kind,
            history_change_reason=reason,
        )
        for row, then, kind, reason in entries
    )


class _Tuonnit:
    """The saved imports: which made a toimenpide, and which last gave its cell another text."""

    def __init__(self, apps, alias):
        saved = apps.get_model("seuranta", "Tuonti").objects.using(alias).filter(tila="tallennettu", jakso=None)
        self.makers, self.changers, self.noted = {}, {}, {}
        for tuonti in saved.order_by("tallennettu", "pk").iterator():
            for change in tuonti.muutokset:
                if change["malli"] == "toimenpide" and change["luotu"]:
                    self.makers[change["id"]] = tuonti
                elif change["malli"] == "toimenpide":
                    for kentta in ("mittari", "riski"):
                        self.changers.setdefault((change["id"], kentta), []).append((tuonti, change["ennen"]))

    def note(self, row, toimenpide, kentta, text, values):
        """[(row, values that it had, kind, reason)]: its history, by the import that told it first and last."""
        maker = self.makers.get(toimenpide)
        changers = self.changers.get((toimenpide, kentta), [])
        changed = [(tuonti, ennen.get(kentta, text)) for tuonti, ennen in changers if ennen.get(kentta, text) != text]
        last, before = changed[-1] if changed else (None, "")
        if last and (maker is None or not says_something(before)):
            maker, last = last, None
        if maker is None:
            return [(row, {}, "+", None)]
        self._add(maker, row, luotu=True)
        entries = [(row, values(before) if last else {}, "+", f"{MERKKI} {maker.pk}")]
        if last:
            self._add(last, row, luotu=False, ennen=_with_keys(row, values(before)))
            entries.append((row, {}, "~", f"{MERKKI} {last.pk}"))
        return entries

    def _add(self, tuonti, row, **change):
        tuonti.muutokset.append({"malli": row._meta.model_name, "id": row.pk, **change})
        self.noted[tuonti.pk] = tuonti

    def save(self):
        for tuonti in self.noted.values():
            tuonti.save(update_fields=["muutokset"])


def _with_keys(row, before):
    """The values of then with the fields that follow from them."""
    was = type(row)(**before)
    for name in ("avain", "haku"):
        if hasattr(row, name):
            before[name] = type(row)._meta.get_field(name).pre_save(was, True)
    return before


class Migration(migrations.Migration):
    dependencies = [
        ("seuranta", "0011_lukutapa"),
        ("strategia", "0007_lukutapa"),
    ]

    operations = [migrations.RunPython(make_rows, migrations.RunPython.noop)]
