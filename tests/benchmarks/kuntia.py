"""Hundreds of kuntaa and their kirjaukset in PostgreSQL, by SQL: what the figures of a whole installation need.

Every row is a copy of the cast's, with its own ids, names and kunta; triggers and foreign keys look away meanwhile, so
the role must be a superuser of the database, as that of .ci/postgresissa is.
"""

from contextlib import contextmanager
from dataclasses import replace

from django.db import connection

from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Kunta, Painopiste, Strategia, StrateginenTavoite, Toimenpide
from tests.cast import build_cast, create_jakso, create_kirjaus

MUITA, JAKSOJA, TAVOITTEITA = 303, 12, 24
ALKU = 1_000_000  # of the ids of what is made here
KOMMENTTI = "Toimenpide etenee suunnitellusti, ja seuraavaksi kuullaan asukkaita. Kustannukset ovat ennallaan. " * 4
AVAIN = "encode(sha256(({0})::text::bytea), 'hex')"


def build_kunnat(rows=249, own_rows=2_500, muita=MUITA):
    """The cast, whose kunta has `own_rows` more toimenpiteet in 12 jaksot, among `muita` kunnat of `rows` each."""
    cast = build_cast()
    draft = create_kirjaus(cast.jakso, cast.vayla, 3, KOMMENTTI)
    draft.tila = Kirjaus.Tila.LUONNOS
    draft.save()
    for n in range(1, JAKSOJA - 1):
        create_jakso(cast.strategia, f"Vanha {n}", 1, 4, jarjestys=0, tila="suljettu")
    with _unguarded():
        _copy_kunnat(cast, rows, muita)
    return grow_own(cast, own_rows)


def grow_own(cast, rows, alusta=0):
    """The cast with those of `rows` more toimenpiteet of its kunta that come after `alusta`, and its report anew."""
    cast.edellinen.reopen(by=cast.kaisa, syy="Mittaus")
    with _unguarded():
        _fill_own(cast, f"generate_series({alusta + 1}, {rows}) n")
        _write_history()
    versio = close_jakso(cast.edellinen, by=cast.kaisa)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return replace(cast, versio=versio)


@contextmanager
def _unguarded():
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")
        for model in (Kunta, Strategia, Painopiste, StrateginenTavoite, Toimenpide, Seurantajakso, Kirjaus):
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608


def _copy_kunnat(cast, rows, muita):
    """g: the number of the kunta, n: of the row in it. Ids are counted from both."""
    kunnat, many = f"generate_series(1, {muita}) g", f"{ALKU} + g"
    kunta = {"kunta_id": many}
    _copy(cast.kunta, kunnat, id=many, nimi="'Kunta ' || g", avain=AVAIN.format("g"), slug="'kunta-' || g")
    _copy(cast.strategia, kunnat, id=many, **kunta)
    _copy(cast.painopisteet[0], kunnat, id=many, strategia_id=many, **kunta)
    tavoite = f"{ALKU} + g * {TAVOITTEITA} + (n - 1) %% {TAVOITTEITA}"
    of_tavoite = {"id": tavoite, "nimi": "'Tavoite ' || n", "avain": AVAIN.format("n"), "painopiste_id": many}
    _copy(cast.tavoitteet[0], f"{kunnat}, generate_series(1, {TAVOITTEITA}) n", **of_tavoite, **kunta)
    toimenpide = f"{ALKU} + g * {rows} + n"
    of_row = {"id": toimenpide, "nimi": "'Teko ' || n", "avain": AVAIN.format("n"), "jarjestys": "n"}
    _copy(
        cast.vayla, f"{kunnat}, generate_series(1, {rows}) n", **of_row, tavoite_id=tavoite, toimiala_id="NULL", **kunta
    )
    jakso = f"{ALKU} + g * {JAKSOJA} + j"
    of_jakso = {"id": jakso, "nimi": "'Jakso ' || j", "avain": AVAIN.format("j"), "jarjestys": "j"}
    of_jakso["tila"] = f"CASE WHEN j = {JAKSOJA} THEN 'avoinna' ELSE 'suljettu' END"
    jaksot = f"generate_series(1, {JAKSOJA}) j"
    _copy(cast.jakso, f"{kunnat}, {jaksot}", **of_jakso, strategia_id=many, **kunta)
    each = f"{kunnat}, {jaksot}, generate_series(1, {rows}) n"
    draft = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    new = f"{2 * ALKU} + (g * {JAKSOJA} + j) * {rows} + n"
    _copy(draft, each, id=new, jakso_id=jakso, toimenpide_id=toimenpide, **_OF_KIRJAUS, **kunta)


_OF_KIRJAUS = {
    "tila": "CASE WHEN n %% 3 = 0 THEN 'luonnos' ELSE 'lahetetty' END",
    "toteutumisaste": "1 + n %% 5",
    # One in ten says what it said the last time.
    "kommentti": "malli.kommentti || CASE WHEN n %% 10 = 0 THEN '' ELSE n || '/' || j END",
}


def _fill_own(cast, numbers):
    """The measured kunta: its rows shared by its tavoitteet and by two toimialat, each answered in each jakso."""
    jaksot = list(cast.strategia.jaksot.order_by("jarjestys", "pk").values_list("pk", flat=True))
    tavoitteet, toimialat = [each.pk for each in cast.tavoitteet], [cast.tekniset.pk, cast.sivistys.pk]
    name = {"nimi": "'Lisätty teko ' || n", "avain": AVAIN.format("n"), "jarjestys": "n"}
    places = {"tavoite_id": _one_of(tavoitteet), "toimiala_id": _one_of(toimialat)}
    _copy(cast.vayla, numbers, id=f"{ALKU // 2} + n", **name, **places)
    draft = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    each = f"{numbers}, unnest(ARRAY{jaksot}) WITH ORDINALITY o(j, paikka)"
    new = {"id": f"{ALKU} + n * {JAKSOJA} + paikka", "jakso_id": "j", "toimenpide_id": f"{ALKU // 2} + n"}
    _copy(draft, each, **new, **_OF_KIRJAUS)


def _write_history():
    """One row of history for each kirjaus that has none: what it is now, said before any jakso was closed."""
    history = Kirjaus.history.model._meta
    same = [f.column for f in history.concrete_fields if f.column in {g.column for g in Kirjaus._meta.concrete_fields}]
    told = ", ".join(f'"{column}"' for column in same)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {history.db_table} ({told}, history_date, history_type) SELECT {told}, '2026-01-01', '+' "  # noqa: S608
            f"FROM {Kirjaus._meta.db_table} k WHERE NOT EXISTS (SELECT FROM {history.db_table} h WHERE h.id = k.id)"
        )


def _one_of(ids):
    return f"(ARRAY{ids})[1 + n %% {len(ids)}]"


def _copy(row, source, **values):
    """Rows as this one, one for each of `source` (SQL), with these columns told by SQL."""
    if hasattr(row, "tunnus"):
        values["tunnus"] = "gen_random_uuid()"
    table, same = row._meta.db_table, [f.column for f in row._meta.concrete_fields if f.column not in values]
    told = ", ".join([*(f'malli."{column}"' for column in same), *values.values()])
    columns = ", ".join(f'"{column}"' for column in (*same, *values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {told} FROM {table} malli, {source} WHERE malli.id = %s",  # noqa: S608
            [row.pk],
        )
