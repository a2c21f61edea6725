"""Objects of others under ids that a form can be changed to, and what a POST leaves in the database."""

import hashlib
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from seuranta.models import Kirjaus, MittariArvo, Osavastaus, Riski, Rivikysymys, Seurantajakso, Tuonti
from strategia.models import (
    Kayttaja,
    Mittari,
    MuuToimiala,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    Toimiala,
    Toimielin,
)

VIERAS = 800_001  # of every kind: the neighbour's
TOISEN = 800_002  # of every kind that a toimiala has: another toimiala's
NYT = timezone.now()
_OMAN_AJAN = (
    "strategia_istunto",
    "valimuisti",
    "raportit_tallenne",
    "raportit_julkinentallenne",
    "django_tasks",
    "sqlite_sequence",
    "strategia_tapahtuma",  # tells the id of each request
)


def plant_others(cast):
    """One of everything that a field may name, of the neighbour and of another toimiala, under the two ids."""
    kunta, sent = cast.naapuri.kunta, {"tila": Kirjaus.Tila.LAHETETTY, "toteutumisaste": 3, "syy": "", "versio": 1}
    theirs = {"pk": VIERAS, "kunta": kunta}
    toimiala = Toimiala.objects.create(nimi="Vieras toimiala", **theirs)
    Toimielin.objects.create(nimi="Vieras toimielin", **theirs)
    strategia = Strategia.objects.create(nimi="Vieras strategia", **theirs)
    painopiste = Painopiste.objects.create(nimi="Vieras kärki", strategia=strategia, **theirs)
    tavoite = StrateginenTavoite.objects.create(nimi="Vieras tavoite", painopiste=painopiste, **theirs)
    Toimenpide.objects.create(nimi="Vieras teko", tavoite=tavoite, toimiala=toimiala, **theirs)
    open_ = {"nimi": "Vieras jakso", "strategia": strategia, "tila": Seurantajakso.Tila.AVOINNA}
    jakso = Seurantajakso.objects.create(**open_, **theirs)
    # The toimenpide of the id is unanswered, so that its row could be made; the kirjaus of the id is of another one.
    answered = Toimenpide.objects.create(
        pk=VIERAS + 100, kunta=kunta, nimi="Vieras vastattu", tavoite=tavoite, toimiala=toimiala
    )
    kirjaus = Kirjaus.objects.create(jakso=jakso, toimenpide=answered, kommentti="Vieras sana.", **sent, **theirs)
    _plant_hanging(kirjaus, painopiste.strategia, toimiala, theirs)
    Kayttaja.objects.create(email="vieras@muualla.example", nimi="Vieras Henkilö", **theirs)
    Tuonti.objects.create(tiedostonimi="vieras.csv", sha256="0" * 64, **theirs)
    other = {"pk": TOISEN, "kunta": cast.kunta}
    Toimiala.objects.create(nimi="Toisten toimiala", **other)
    own = {"tavoite": cast.tavoitteet[0], "toimiala": cast.sivistys}
    Toimenpide.objects.create(nimi="Toisten teko", **own, **other)
    answered = Toimenpide.objects.create(pk=TOISEN + 100, kunta=cast.kunta, nimi="Toisten vastattu", **own)
    kirjaus = Kirjaus.objects.create(jakso=cast.jakso, toimenpide=answered, kommentti="Toisten sana.", **sent, **other)
    _plant_hanging(kirjaus, cast.strategia, cast.hyvinvointi, other)


def _plant_hanging(kirjaus, strategia, toimiala, told):
    """What hangs on a toimenpide: a mittari and its value, a unit, a toimiala that takes part, a risk."""
    toimenpide, jakso = kirjaus.toimenpide, kirjaus.jakso
    mittari = Mittari.objects.create(strategia=strategia, toimenpide=toimenpide, nimi="Muiden mittari", **told)
    MittariArvo.objects.create(mittari=mittari, jakso=jakso, teksti="Muiden arvo", versio=1, **told)
    Osavastaus.objects.create(kirjaus=kirjaus, nimi="Muiden yksikkö", toteutumisaste=3, versio=1, **told)
    MuuToimiala.objects.create(toimenpide=toimenpide, toimiala=toimiala, **told)
    Riski.objects.create(strategia=strategia, toimenpide=toimenpide, teksti="Muiden riski", **told)
    writer = Kayttaja.objects.filter(kunta=told["kunta"]).first()
    row = {"jakso": jakso, "toimenpide": toimenpide, "kirjoittaja": writer}
    Rivikysymys.objects.create(teksti="Muiden viesti", **row, **told)


def effect_of(maailma, who, path, data):
    """(the answer, the digests of all tables after the POST); nothing stays. The clock stands: times would differ.

    A stored file goes too: under its name taken a second one would get another.
    """
    client, kept = maailma.clients[who], _stored_files()
    client.cookies = maailma.cookies[who].copy()
    with transaction.atomic(), mock.patch("django.utils.timezone.now", return_value=NYT):
        answer = client.post(path, data)
        after = digest_of_database()
        transaction.set_rollback(True)
    for path in _stored_files() - kept:
        path.unlink()
    return answer, after


def _stored_files():
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


# What was read of a file is kept when a page shows it: it follows from the file and the decisions, which are here.
# Where the file lies follows from its sha256, and from what else the folder holds: a workbook made in the same second
# as the world's own has its bytes, and then each POST gets a name of its own.
_LUETTUA = ("jasennetty", "jasennyksen_avain", "tiedosto")


def digest_of_database():
    """{table: one value for all of its rows}, those apart that every answer may write.

    To ask Django what columns a table has makes it parse how the table was made: that took 19 of 20 parts of all.
    """
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if not table.startswith(_OMAN_AJAN):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608
                kept = [place for place, column in enumerate(cursor.description) if column[0] not in _LUETTUA]
                rows = [[row[place] for place in kept] for row in cursor.fetchall()]
                found[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found
