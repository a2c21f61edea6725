"""Rows inserted as values are the same rows that the models themselves would have made."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction

from seuranta.models import Kirjaus, MittariArvo, Riski
from seuranta.taulukko.rows import read
from seuranta.taulukko.rows.model import Luettumittari, Mittariluku
from seuranta.tuonti.apply import apply_plan
from seuranta.tuonti.apply.lisays import insert_rows
from seuranta.tuonti.plan import Target
from strategia.models import Mittari, StrateginenTavoite, Tavoitearvo, Toimenpide, Toimielin

ITSE = {"id", "muokattu", "lahetetty"}  # what each row has of its own


def table(*rows):
    book = openpyxl.Workbook()
    book.active.append(
        ["Painopiste", "Tavoite", "Koodi", "Toimenpide", "Toimielin", "Toimiala", "Vastuu", "Riski", "Mittari", "SDG"]
        + ["Voimassa", "Toteutumisaste", "Kommentti"]
    )
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def values_of(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in ITSE}


FULL = ["Kärki", "Tavoite", "01.02", "Äijän & Öljyn teko", "Lautakunta", "Tekninen", "Ääni Å", "+riski", "%s {}"]


def test_an_imported_row_is_what_the_model_itself_would_save(db):
    data = table(
        [*FULL, "4; 13", "2024–2026", 4, "”Etenee” 😀\n\ttoinen\\rivi 'lainaus'"], ["Kärki", "Tavoite", None, "Tyhjä"]
    )
    luettu, when = read(data, "t.xlsx"), {"jakso": "2026"}
    arvot = (Mittariluku("n. 70", **when), Mittariluku("1 234,5", vuosi=2025), Mittariluku("-2", paiva="2026-05-31"))
    tavoitteet = (Mittariluku("10–20", vuosi=2026), Mittariluku("90 %"))
    mittari = Luettumittari("Ääniä", "luku", "kpl", Mittariluku("41", vuosi=2021), tavoitteet, arvot, cell="Sheet!I3")
    luettu = replace(luettu, rows=(luettu.rows[0], replace(luettu.rows[1], mittarit=(mittari,))))
    _plan, tuonti = apply_plan(luettu, Target("Kirkkoranta"), data=data, name="t.xlsx")
    assert tuonti.luvut["new"] == 2
    full = Toimenpide.objects.get(koodi="01.02")
    assert (full.sdg, full.voimassa_alkaen) == (["4", "13"], date(2024, 1, 1))
    assert (full.riski, full.mittari) == ("+riski", "%s {}")
    made_of = (Kirjaus, MittariArvo, Tavoitearvo, Mittari, Riski, Toimenpide)
    assert all(model.objects.exists() for model in made_of)
    for imported in [row for model in made_of for row in model.objects.all()]:
        wanted = values_of(imported)
        imported.delete()
        made = type(imported).objects.create(**{n: v for n, v in wanted.items() if n not in ("avain", "haku")})
        made.refresh_from_db()
        assert values_of(made) == wanted
        if not isinstance(made, Toimenpide):
            made.delete()


def test_rows_keep_their_order_however_many_there_are(cast):
    tavoite = StrateginenTavoite.objects.first()
    names = ["kunta_id", "tavoite_id", "nimi", "avain", "haku"]
    rows = [(cast.kunta.pk, tavoite.pk, f"Teko {n}", f"{n:064d}", "") for n in range(3_000)]
    ids = insert_rows(Toimenpide, names, rows)
    named = dict(Toimenpide.objects.filter(pk__in=ids).values_list("pk", "nimi"))
    assert [named[pk] for pk in ids] == [f"Teko {n}" for n in range(3_000)]
    one_more = Toimenpide.objects.create(kunta=cast.kunta, tavoite=tavoite, nimi="Yksi vielä")
    assert one_more.pk > max(ids)


def test_a_rule_of_the_database_holds_for_them_too(cast):
    toimenpide = Toimenpide.objects.filter(kunta=cast.kunta).last()
    names = ["kunta_id", "jakso_id", "toimenpide_id", "toteutumisaste", "syy", "haku"]
    for aste, jakso in ((6, cast.jakso), (4, cast.edellinen)):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_rows(Kirjaus, names, [(cast.kunta.pk, jakso.pk, toimenpide.pk, aste, "", "")])


def test_what_computes_itself_must_be_given(cast):
    with pytest.raises(TypeError, match="avain"):
        insert_rows(Toimielin, ["kunta_id", "nimi"], [(cast.kunta.pk, "Lautakunta")])


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_rows_that_fill_statements_are_all_there_each_with_its_own_kirjaus(more, db):
    fields = len(Toimenpide._meta.concrete_fields)
    count = 2 * ((connection.features.max_query_params or 999) // fields) + more  # on SQLite two statements of them
    rows = [["Kärki", "Tavoite", None, f"Teko {n}", *[None] * 7, 1 + n % 5, f"Kommentti {n}"] for n in range(count)]
    data = table(*rows)
    apply_plan(read(data, "t.xlsx"), Target("Kirkkoranta"), data=data, name="t.xlsx")
    told = Kirjaus.objects.order_by("pk").values_list("toimenpide__nimi", "toteutumisaste", "kommentti")
    assert list(told) == [(row[3], row[11], row[12]) for row in rows]
    order = Toimenpide.objects.order_by("jarjestys").values_list("nimi", flat=True)
    assert list(order) == [row[3] for row in rows]
    assert Kirjaus.history.count() == Toimenpide.history.count() == count
