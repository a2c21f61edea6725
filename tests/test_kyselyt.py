"""Every page asks the database as many questions of 25 rows as of 250, whoever opens it, and each names its kunta."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from simple_history.utils import bulk_create_with_history

from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, Rivikysymys, Tuonti
from seuranta.tiedosto.luenta import store_file
from seuranta.vastaustaulukko.kirja import answer_table_bytes
from strategia import sivumuisti
from strategia.models import Jasenyys, Kayttaja, Palaute, Rooli, Toimenpide, Toimiala

from .cast import create_kirjaus
from .kunnittain import Kunnittain
from .osoitteet import SIVUT, address
from .ymparisto import osuus, paivan_osa

KATSOJAT = ("aino", "hilkka", "veikko", "liisa", "tarmo")  # Kaisa sees less than Aino, Otso the same as Veikko


def test_every_page_asks_as_much_of_25_rows_as_of_250(cast, kirjautunut):
    counted, versio, made, asked = [], cast.versio, 0, Kunnittain()
    for count in (25, 250):
        grow(cast, range(made, count))
        made, versio = count, close_jakso(cast.edellinen, by=cast.kaisa)
        send_file(cast, count)
        analyse()
        with connection.execute_wrapper(asked):
            counted.append(count_queries(cast, versio, kirjautunut))
    few, many = counted
    assert len(few) > osuus(100)
    assert {key: (few[key], many[key]) for key in few if few[key] != many[key]} == {}
    assert asked.watched > osuus(2_000)
    assert asked.found == {}


def analyse():
    """Let the database know how many rows there are now: PostgreSQL's own process never sees an open transaction."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def grow(cast, numbers):
    """One more of everything that a page lists for each number: rows of the plan, answers, people, files, messages."""
    kunta, tila = cast.kunta, list(Kirjaus.Tila)
    teot = Toimenpide.objects.bulk_create(
        Toimenpide(kunta=kunta, tavoite=cast.tavoitteet[n % 4], nimi=f"Lisätty teko {n}", toimiala=cast.tekniset)
        for n in numbers
    )
    cast.edellinen.reopen(by=cast.kaisa, syy="Lisää rivejä")
    rows = []
    for number, teko in zip(numbers, teot, strict=True):
        before = create_kirjaus(cast.edellinen, teko, 1 + number % 5, f"Aiemmin {number}.")
        now = create_kirjaus(cast.jakso, teko, 1 + number % 3, f"Nyt {number}, soita 040 123 4567.")
        now.tila, now.muokkaaja = tila[1 + number % 4], cast.veikko
        rows += [before, now]
    bulk_create_with_history(rows, Kirjaus)
    Rivikysymys.objects.bulk_create(
        Rivikysymys(kunta=kunta, jakso=cast.jakso, toimenpide=teko, teksti="Montako?", kirjoittaja=who, odottaa=True)
        for teko in teot
        for who in (cast.hilkka, cast.veikko)
    )
    Palaute.objects.bulk_create(Palaute(kunta=kunta, viesti=f"Viesti {n}.") for n in numbers)
    Tuonti.objects.bulk_create(
        Tuonti(
            kunta=kunta,
            tiedostonimi=f"Tiedosto {n}.csv",
            sha256=f"{n:064x}",
            tekija=cast.aino,
            tila=Tuonti.Tila.HYLATTY,
        )
        for n in numbers
    )
    toimialat = [Toimiala.objects.create(kunta=kunta, nimi=f"Toimiala {n}", jarjestys=9) for n in numbers]
    people = Kayttaja.objects.bulk_create(
        Kayttaja(kunta=kunta, email=f"lisatty{n}@kirkkoranta.example", nimi=f"Lisätty {n}", rooli=Rooli.RAPORTOIJA)
        for n in numbers
    )
    Jasenyys.objects.bulk_create(
        Jasenyys(kunta=kunta, kayttaja=person, toimiala=toimiala)
        for person, toimiala in zip(people, toimialat, strict=True)
    )


def send_file(cast, count):
    """Two files in preview: of the plan, every eighth row with a changed kommentti and the others new; of answers."""
    head = "Painopiste;Strateginen tavoite;Toimenpide;Toimiala;Toteutumisaste;Kommentti\r\n"
    rows = (
        f"{cast.painopisteet[0].nimi};{cast.tavoitteet[0].nimi};{'Uusi' if n % 8 else 'Lisätty'} teko {n};"
        f"Tekniset palvelut;{1 + n % 5};Tiedostossa {n}.\r\n"
        for n in range(count)
    )
    store_file(cast.kunta, (head + "".join(rows)).encode(), "Seuranta.csv", by=cast.aino)
    answers = answer_table_bytes(cast.jakso, cast.tekniset, cast.veikko)
    store_file(cast.kunta, answers, "Vastaukset.xlsx", by=cast.veikko, jakso=cast.jakso, toimiala=cast.tekniset)


def count_queries(cast, versio, kirjautunut):
    """{(who, url name): queries} of each page each role may open, after one opening by any that warms the caches."""
    counts, clients = {}, {who: kirjautunut(getattr(cast, who)) for who in KATSOJAT}
    for name in paivan_osa(SIVUT, lambda name: name.partition("-")[0]):
        path = address(name, cast, versio)
        any(client.get(path).status_code == 200 for client in clients.values())  # until one may
        for who, client in clients.items():
            sivumuisti.forget_all()  # a kept page asks nothing
            with CaptureQueriesContext(connection) as queries:
                status = client.get(path).status_code
            if status == 200:
                counts[who, name] = len(queries)
    answers = Tuonti.objects.exclude(jakso=None).first()
    client, path = kirjautunut(cast.veikko), answers.get_absolute_url()
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    counts["veikko", "vastaustaulukko"] = len(queries)
    return counts
