"""A kunta leaves as a file and comes in beside others: its twin has every row, page and report of its own."""

import hashlib
import json
import re
from datetime import timedelta
from difflib import unified_diff

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from raportit.models import JulkinenTallenne, Kasittely, Raporttiversio, Saate, Tallenne
from raportit.muutto.numerot import ILMAN_NUMEROITA, JSONIT
from raportit.muutto.taulut import EI_MUKAAN, own_models, travelling_tables
from raportit.muutto.tulo import read_kunta
from raportit.muutto.vienti import write_kunta
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.eheys import find_faults
from raportit.tallenne.nakyma import show_publicly
from raportit.tallenne.tallenteet import public_bytes, stored_bytes
from raportit.triggers import TRIGGERS
from raportit.tunnukset import read_tunnukset
from seuranta.models import Kirjaus, Paatos, Seurantajakso, Tuonti
from seuranta.tiedosto.luenta import store_file
from strategia.models import Avain, Ilmoitusviesti, Kayttaja, Kunta, Painopiste, Tapahtuma, Toimenpide
from strategia.palvelu.paketti import read_package
from strategia.tapahtuma import record
from tests.test_kunta import LINKS, fill, strangers
from tests.ymparisto import ON_POSTGRES

from .kaksonen import NIMI, SLUG, as_twin, rewrite


@pytest.fixture
def lahto(django_db_reset_sequences, transactional_db, cast):
    """A kunta with a row in every table, two closed jaksot, published versions, their files and a superuser's act.

    Ids begin at one: each move gives ids past those of both installations, and one test after another in one database
    would pass the 32 bits that a row of history has.
    """
    fill(cast)
    TRIGGERS.remove(connection)  # the files of these are nowhere
    for model in (Tallenne, JulkinenTallenne):
        model.objects.all().delete()
    TRIGGERS.install(connection)
    Saate.objects.filter(kunta=cast.kunta).update(painopisteet={str(cast.painopisteet[0].pk): "Teksti."})
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila=Seurantajakso.Tila.VIIMEISTELYSSA)
    cast.jakso.refresh_from_db()
    versio = close_jakso(cast.jakso, by=cast.kaisa)
    versio.publish(by=Kayttaja.objects.create_superuser("yllapito@palvelu.example", "x" * 20, nimi="Ylli Ylläpito"))
    stored_bytes(versio, "csv")
    public_bytes(show_publicly(versio), "html")
    tuonti = store_file(cast.kunta, b"a;b\n1;2\n", "a.csv", by=cast.aino)
    Tuonti.objects.filter(tiedosto="").update(tila=Tuonti.Tila.HYLATTY)
    Ilmoitusviesti.objects.update(tila=Ilmoitusviesti.Tila.LAHETETTY)
    row = Toimenpide.objects.filter(kunta=cast.kunta).first()
    change = {"malli": "toimenpide", "id": row.pk, "luotu": False, "ennen": {"tavoite": row.tavoite_id, "nimi": "x"}}
    Tuonti.objects.filter(pk=tuonti.pk).update(muutokset=[change])
    known = {"kunta": cast.kunta, "tuonti": tuonti, "kuka": cast.aino}
    Paatos.objects.create(**known, laji=Paatos.Laji.TOIMENPIDE, paikka="Taul1!A2", arvo=row.pk)
    Paatos.objects.create(**known, laji=Paatos.Laji.PAATTYY, paikka=str(row.pk), arvo=True)
    record(Tapahtuma.Laji.JULKAISTU, by=cast.kaisa, kunta=cast.kunta, kohde=versio)
    return cast


@pytest.fixture
def tiedosto(lahto, tmp_path):
    write_kunta(lahto.kunta, tmp_path / "kunta")
    return tmp_path / "kunta"


@pytest.fixture
def kaksonen(tiedosto, tmp_path):
    rewrite(tiedosto, tmp_path / "kaksonen", row=as_twin)
    return read_kunta(tmp_path / "kaksonen")


def own(model, kunta):
    return model._base_manager.filter(**{"pk" if model is Kunta else "kunta": kunta.pk}).order_by("pk")


# --- every row


def test_every_row_comes_along_and_hangs_under_its_own(lahto, kaksonen):
    twin = kaksonen.kunta
    for model in travelling_tables():
        before, after = own(model, lahto.kunta).count(), own(model, twin).count()
        extra = {Kayttaja: 1, Tapahtuma: 1}.get(model, 0)  # the superuser's name; the act of coming in
        assert after == before + extra, model
    for model, link in LINKS:
        assert strangers(model, link)[1] == [], (model, link)
    assert find_faults(kunta=twin) == []


def test_ids_in_json_and_in_history_name_the_twin_s_rows(lahto, kaksonen):
    twin = kaksonen.kunta
    row, mine = (own(Toimenpide, kunta).first() for kunta in (twin, lahto.kunta))
    assert row.pk > own(Toimenpide, lahto.kunta).last().pk and row.nimi == mine.nimi
    [change] = own(Tuonti, twin).exclude(muutokset=[]).get().muutokset
    assert (change["id"], change["ennen"]) == (row.pk, {"tavoite": row.tavoite_id, "nimi": "x"})
    decided = own(Paatos, twin)
    assert decided.get(laji=Paatos.Laji.TOIMENPIDE).arvo == row.pk
    assert decided.get(laji=Paatos.Laji.PAATTYY).paikka == str(row.pk)
    assert own(Saate, twin).get().painopisteet == {str(own(Painopiste, twin).first().pk): "Teksti."}
    told = Kirjaus.history.filter(kunta=twin.pk).exclude(history_change_reason=None)
    files = {each.merkki for each in own(Tuonti, twin)}
    assert {row.history_change_reason for row in told if "tuonti" in row.history_change_reason} <= files
    act = own(Tapahtuma, twin).filter(laji=Tapahtuma.Laji.JULKAISTU).last()
    assert act.kohteen_id in own(Raporttiversio, twin).values_list("pk", flat=True)
    assert Kirjaus.history.filter(kunta=twin.pk, history_user__kunta=lahto.kunta).count() == 0


def test_every_field_of_json_is_known_to_hold_ids_or_none():
    """Whoever adds a field decides."""
    found = {
        f"{model._meta.label_lower}.{field.name}"
        for model in travelling_tables()
        for field in model._meta.concrete_fields
        if isinstance(field, models.JSONField)
    }
    shifted = {f"{label}.{name}" for label, columns in JSONIT.items() for name in columns}
    assert found == (shifted & found) | ILMAN_NUMEROITA and not shifted & ILMAN_NUMEROITA


def test_every_table_travels_or_is_said_not_to():
    stays = {"strategia.istunto", "strategia.ajo", "raportit.syke"}  # of the installation
    assert own_models().keys() == {model._meta.label_lower for model in travelling_tables()} | EI_MUKAAN | stays


# --- reports, pages


def test_reports_are_byte_equal_and_their_ids_lead_on(lahto, kaksonen):
    pairs = list(zip(own(Raporttiversio, lahto.kunta), own(Raporttiversio, kaksonen.kunta), strict=True))
    assert len(pairs) == 2
    for mine, theirs in pairs:
        assert (theirs.data, theirs.sha256) == (mine.data, mine.sha256)
        assert hashlib.sha256(theirs.data.encode()).hexdigest() == theirs.sha256
        for muoto in ("csv", "html", "json"):  # drawn there anew: the others tell when they were made
            assert stored_bytes(theirs, muoto) == stored_bytes(mine, muoto), muoto
            assert public_bytes(show_publicly(theirs), muoto) == public_bytes(show_publicly(mine), muoto), muoto
        known = read_tunnukset(theirs)
        assert known.keys() == read_tunnukset(mine).keys()
        for (laji, pk), tunnus in known.items():
            if laji == "toimenpide":
                row = Toimenpide.objects.get(tunnus=tunnus)
                assert (row.kunta, row.pk) == (kaksonen.kunta, pk + theirs.siirtyma["toimenpide"])


def test_a_jakso_that_is_opened_and_closed_there_corrects_nothing(kaksonen):
    """The version that came along is compared by the ids of today."""
    by = Kayttaja.objects.get(email__startswith="kaksonen-kaisa")
    jakso = own(Seurantajakso, kaksonen.kunta).filter(tila="suljettu").last()
    jakso.reopen(by=by, syy="Uusi liite.")
    Seurantajakso.objects.filter(pk=jakso.pk).update(tila=Seurantajakso.Tila.VIIMEISTELYSSA)
    jakso.refresh_from_db()
    versio = close_jakso(jakso, by=by)
    korjaus = json.loads(versio.data)["korjaus"]
    assert (korjaus["syy"], [each["tieto"] for each in korjaus["muutokset"]]) == ("Uusi liite.", ["Kunnan nimi"])
    versio.publish(by=by)
    assert [each.tieto for each in show_publicly(versio).raportti.korjaus.muutokset] == ["Kunnan nimi"]


ATTRIBUUTTI = re.compile(r'([\w-]+)="([^"]*)"')
LINKKI = re.compile(r'href="(/[^"#?]*)["#?]')
TUNNUS = re.compile("[0-9a-f]{8}(?=-[0-9a-f]{4}-4)")  # the twin's differ by their beginning
OHI = ("/kayttajat", "/tapahtumat", "/kunta", "/hallinta", "/omat-tiedot", "/tili", "/static", "/palvelun-tila")
OHI += ("/kalenteri",)  # whose address is a key: it stays behind


def walk(kunta, person, alku="/", enintaan=20):
    """[[address, status, lines without ids]] of the pages in the order they are met."""
    client, met, texts = Client(), [alku], []
    if person:
        client.force_login(person)
    for path in met:
        page = client.get(path, follow=True)
        kind = page.headers.get("Content-Type", "")
        told = [_same_slug(_without_ids(path)), str(page.status_code)]
        texts.append(told + (_plain(page.text, kunta) if "html" in kind else []))
        for link in LINKKI.findall(page.text) if "html" in kind else ():
            if not person and not link.startswith(alku):  # the others of the service
                continue
            if len(met) < enintaan and link not in met and not link.startswith(OHI) and "." not in link:
                met.append(link)
    return texts


def _without_ids(text):
    return re.sub(r"\d+", "#", TUNNUS.sub("tunnus", text))


def _plain(text, kunta):
    text = ATTRIBUUTTI.sub(lambda m: f'{m[1]}="{_without_ids(m[2])}"', text)
    # Also what a page knows its ids by.
    text = re.sub(r'name="(csrfmiddlewaretoken|versio)" value="[^"]*"', "", text.replace("kaksonen-", ""))
    text = re.sub(r"(Tunniste|Pyyntö)[^<]*<[^>]*>[0-9a-f-]{8,}", "", text)
    return TUNNUS.sub("tunnus", _same_slug(text.replace(kunta.nimi, NIMI))).splitlines()


def _same_slug(text):
    return re.sub(f"/julkinen/({SLUG}|kirkkoranta)/", "/julkinen/kunta/", text)


@pytest.mark.parametrize("kuka", ["kaisa", "hilkka", "veikko", "liisa", "tarmo", "aino", None])
def test_pages_of_each_role_are_the_same_but_for_ids(kuka, lahto, kaksonen, settings):
    settings.MFA_ROOLIT = ()
    mine = getattr(lahto, kuka) if kuka else None
    twin = Kayttaja.objects.get(email=f"kaksonen-{mine.email}") if kuka else None
    pages = walk(lahto.kunta, mine, "/" if kuka else f"/julkinen/{lahto.kunta.slug}/")
    others = walk(kaksonen.kunta, twin, "/" if kuka else f"/julkinen/{SLUG}/")
    assert len(pages) > (5 if kuka else 3)
    for here, there in zip(pages, others, strict=True):
        differ = list(unified_diff(here, there, here[0], there[0], n=0))
        assert not differ, "\n".join(map(str.strip, differ))


# --- to other installations


def test_it_moves_to_the_other_database_and_back(lahto, tiedosto, tmp_path, uusi_asennus):
    """Each installation has a kunta of its own already, with the same ids and one of the same addresses."""
    source, first = tiedosto, read_told(tiedosto)
    for kind in ["sqlite", "postgresql"] if ON_POSTGRES else ["sqlite"]:
        asennus = uusi_asennus(kind)
        asennus.succeed("migrate", "-v0")
        asennus.succeed("kunta", "Toinen", "--virallinen-nimi", "Toinen", "--paakayttaja", lahto.kaisa.email)
        told = asennus.succeed("tuo_kunta", source)
        assert "on tuotu ja tarkistettu" in told
        assert (f"Osoite {lahto.kaisa.email} on täällä jo toisella" in told) == (source == tiedosto)
        assert "Kaikki on tallella" in asennus.succeed("tarkista")
        again = asennus.run("tuo_kunta", source)
        assert again.returncode == 2 and "on jo tässä palvelussa. Mitään ei tuotu." in again.stderr
        source = tmp_path / f"kunta-{kind}"
        asennus.succeed("vie_kunta", lahto.kunta.nimi, source)
        assert read_told(source) == first


def read_told(path):
    """What stays equal wherever the kunta goes: how many rows, which bytes, and what ids are called."""
    parts = dict(read_package(path))
    luettelo = json.loads(parts["luettelo.json"])
    counts = {table: count for table, (count, _digest) in luettelo["taulut"].items() if table != "strategia_tapahtuma"}
    rows = {}
    for table, names in (
        ("raportit_raporttiversio", ("tunnus", "data", "sha256", "tila", "numero")),
        ("raportit_jaadytettytunnus", ("laji", "jaadytetty_id", "tunnus")),
        *((f"strategia_{name}", ("tunnus", "nimi")) for name in ("strategia", "painopiste", "toimenpide", "mittari")),
    ):
        head, *lines = (line for name in parts if f"/{table}/" in name for line in parts[name].decode().splitlines())
        found = [dict(zip(json.loads(head), json.loads(line), strict=True)) for line in lines]
        rows[table] = [[row[name] for name in names] for row in found]
    return counts, sorted(luettelo["tiedostot"].values()), rows


# --- people and secrets


def test_no_door_comes_along(lahto, tiedosto):
    Avain.objects.exists()
    content = b"".join(part for _name, part in read_package(tiedosto))
    assert lahto.kaisa.nimi.encode() in content and b"Ylli Yll" in content
    for secret in (lahto.kaisa.password, lahto.ulla.email, "yllapito@palvelu.example", "pbkdf2", "argon2"):
        assert secret.encode() not in content, secret
    tables = {name.split("/")[1] for name, _part in read_package(tiedosto) if name.startswith("kanta/")}
    assert not tables & {label.replace(".", "_") for label in EI_MUKAAN}
    assert not {name for name in tables if not name.startswith(("strategia_", "seuranta_", "raportit_"))}


def test_an_address_that_is_taken_joins_nothing(lahto, tiedosto, tmp_path):
    """Her acts stay under her name; she who has the address here is not touched, nor may she in."""

    def change(table, row):
        as_twin(table, row)
        if row.get("email", "").endswith(lahto.kaisa.email):
            row |= {"email": lahto.kaisa.email.upper(), "is_superuser": True, "is_staff": True}

    rewrite(tiedosto, tmp_path / "kaksonen", row=change)
    tullut = read_kunta(tmp_path / "kaksonen")
    assert tullut.varatut == [(lahto.kaisa.nimi, lahto.kaisa.email.upper())]
    twin = Kayttaja.objects.get(kunta=tullut.kunta, nimi=lahto.kaisa.nimi)
    assert (twin.is_active, twin.is_superuser, twin.is_staff, twin.has_usable_password()) == (False,) * 4
    assert twin.email.endswith("@tunnus.invalid")
    assert own(Raporttiversio, tullut.kunta).first().tekija == twin
    lahto.kaisa.refresh_from_db()
    assert lahto.kaisa.kunta == lahto.kunta and lahto.kaisa.is_active
    people = Kayttaja.objects.filter(kunta=tullut.kunta)
    assert people.filter(nimi="Ylli Ylläpito", is_active=False, is_superuser=False).count() == 1


def test_what_had_not_left_does_not_leave_from_here(lahto, tmp_path):
    Ilmoitusviesti.objects.filter(kunta=lahto.kunta).update(tila="odottaa")
    write_kunta(lahto.kunta, tmp_path / "kunta")
    rewrite(tmp_path / "kunta", tmp_path / "kaksonen", row=as_twin)
    twin = read_kunta(tmp_path / "kaksonen").kunta
    assert set(own(Ilmoitusviesti, twin).values_list("tila", flat=True)) == {"korvattu"}


# --- refusals


def test_the_second_time_says_that_it_is_there(tiedosto, kaksonen, tmp_path):
    for name, sentence in (("kunta", "on jo tässä palvelussa"), ("kaksonen", f"Kunta {NIMI} on jo tässä palvelussa")):
        with pytest.raises(CommandError, match=f"{sentence}.*Mitään ei tuotu"):
            call_command("tuo_kunta", str(tmp_path / name), verbosity=0)


def forge(**changed):
    """Rows of the twin with these values in place of its own: {table: {column: value}}"""

    def change(table, row):
        as_twin(table, row)
        row |= changed.get(table, {})

    return {"row": change}


def without(pattern, put=None):
    return {"row": as_twin, "part": lambda name, content: put if re.fullmatch(pattern, name) else content}


VARATTU = "Julkinen osoite /julkinen/kirkkoranta/"
VAARAT = {
    "another's row": (forge(seuranta_kirjaus={"kunta_id": 999_999}), "ei ole tämän kunnan"),
    "an id below": (forge(seuranta_kirjaus={"jakso_id": -5}), "ei ole rivin numero"),
    "a word for an id": (forge(seuranta_kirjaus={"jakso_id": "1"}), "ei ole rivin numero"),
    "an id of nobody": (forge(seuranta_kokous={"jakso_id": 987_654}), "eivät sovi"),
    "a slug that is taken": (forge(strategia_kunta={"slug": "kirkkoranta"}), "Julkinen osoite /julkinen/kirkkoranta/"),
    "a slug that was": (
        forge(strategia_kunnanosoite={"slug": "kirkkoranta"}),
        "Julkinen osoite /julkinen/kirkkoranta/",
    ),
    "plans that are there": ({"row": lambda table, row: table.endswith("_strategia") or as_twin(table, row)}, "jo"),
    "a changed report": (forge(raportit_raporttiversio={"sha256": "0" * 64}), "sisältö on muuttunut"),
    "a file elsewhere": (forge(seuranta_tuonti={"tiedosto": "tuonnit/../../x"}), "ei ole tämän palvelun antama"),
    "no end": (without("luettelo.json"), "katkennut"),
    "a file lost": (without("tiedostot/.*"), "puuttuu tiedostoja"),
    "rows lost": (without("kanta/seuranta_kirjaus/.*"), "rivit eivät ole ne"),
    "another version": (
        {"part": lambda name, c: c.replace(b"0010_tunnukset", b"9999_tuleva") if name == "alku.json" else c},
        "toisella versiolla",
    ),
    "a table of the service": (without("kanta/seuranta_kokous/.*", b'["id"]\n[1]\n'), "muita sarakkeita"),
    "a backup": (without("alku.json", b'{"laji": "strategian-seuranta-varmuuskopio"}'), "vie_kunta"),
    "no json": (without("alku.json", b"{"), "viallinen"),
}


def test_what_is_forged_or_broken_brings_nothing(tiedosto, tmp_path, settings):
    before, files = count_rows(), sorted(p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file())
    for number, (what, (changed, sentence)) in enumerate(VAARAT.items()):
        rewrite(tiedosto, tmp_path / f"{number}", **changed)
        with pytest.raises(CommandError) as told:
            call_command("tuo_kunta", str(tmp_path / f"{number}"), verbosity=0)
        assert sentence in str(told.value) and "Mitään ei tuotu" in str(told.value), (what, told.value)
        assert count_rows() == before, what
        assert sorted(p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()) == files, what
    closed = Kirjaus.objects.filter(jakso__tila="suljettu")
    with pytest.raises(Exception, match="suljettu jakso"):  # the triggers stand
        closed.update(kommentti="x")


def count_rows():
    return {label: model._base_manager.count() for label, model in own_models().items()}


def test_what_is_frozen_is_frozen_after_it_too(kaksonen):
    with pytest.raises(Exception, match="raporttiversio on pysyvä"):
        own(Raporttiversio, kaksonen.kunta).update(siirtyma={})
    made = Kasittely.objects.create(
        kunta=kaksonen.kunta,
        versio=own(Raporttiversio, kaksonen.kunta).first(),
        toimielin="Valtuusto",
        pvm=timezone.localdate() - timedelta(days=1),
    )
    assert made.pk == max(Kasittely.objects.values_list("pk", flat=True))
