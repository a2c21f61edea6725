"""Many are invited at once: a list is looked through line by line, then those who can be get their invitations."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import get_connection
from django.urls import reverse
from openpyxl import Workbook

from strategia.kayttaja.kutsuttavat import read_lista
from strategia.kayttaja.tunnus import create_invited, send_invitations
from strategia.models import Kayttaja, Kirjoitusasu, Kunta, Rooli
from tests.lomakkeet import read_forms

SIVU = "/kayttajat/kutsu/monta/"
LISTA = [
    ("Nimi", "Sähköposti", "Rooli", "Toimialat"),
    ("Anna Alho", "anna.alho@kirkkoranta.example", "Raportoija", "Tekniset palvelut"),
    ("Bo Björk", "Bo.Bjork@kirkkoranta.example", "hyväksyjä", "Tekniset palvelut, Sivistyspalvelut"),
    ("Cecilia Cederberg", "cecilia@kirkkoranta.example", "luottamushenkilö", ""),
]


def text(rows, delimiter="\t"):
    return "\n".join(delimiter.join(row) for row in rows)


def cells(rows, first=1):
    return [(n, dict(zip("ABCDEFG", row, strict=False))) for n, row in enumerate(rows, first)]


def workbook(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(target := io.BytesIO())
    return SimpleUploadedFile("Väki.xlsx", target.getvalue())


def confirm(client, page):
    """Press the button of the preview."""
    (form,) = [form for form in read_forms(page, SIVU) if "vahvista" in [k.nimi for k in form.kentat]]
    return client.post(SIVU, {kentta.nimi: kentta.arvo for kentta in form.kentat}, follow=True)


@pytest.mark.parametrize("who", ["kaisa", "veikko", "hilkka", "liisa", "tarmo"])
def test_only_the_paakayttaja_invites(cast, kirjautunut, who):
    client, before = kirjautunut(getattr(cast, who)), Kayttaja.objects.count()
    assert client.get(SIVU).status_code == client.post(SIVU, {"liite": text(LISTA)}).status_code == 403
    assert client.post(SIVU, {"vahvista": "1", "rivit": "[]"}).status_code == 403
    assert Kayttaja.objects.count() == before


def test_a_list_is_previewed_and_then_invited_in_one_act(cast, kirjautunut, posti):
    aino = kirjautunut(cast.aino)
    assert 'name="liite"' in aino.get(reverse("strategia:kayttaja-lista")).text, "pasted where the users are"
    preview = aino.post(SIVU, {"liite": text(LISTA)})
    assert "Lähetä 3 kutsua" in preview.text
    assert not Kayttaja.objects.filter(nimi="Anna Alho").exists()
    answer = confirm(aino, preview.text)
    assert "Kutsu lähtee 3 henkilölle." in answer.text
    bo = Kayttaja.objects.get(email="bo.bjork@kirkkoranta.example")
    assert (bo.nimi, bo.rooli, bo.kunta, bo.has_usable_password()) == ("Bo Björk", "hyvaksyja", cast.kunta, False)
    assert set(bo.toimialat.all()) == {cast.tekniset, cast.sivistys}
    assert sorted(str(viesti["To"]) for viesti in posti.viestit) == sorted(row[1].lower() for row in LISTA[1:])


def test_the_same_list_again_sends_nothing(cast, kirjautunut, posti):
    aino = kirjautunut(cast.aino)
    confirm(aino, aino.post(SIVU, {"liite": text(LISTA)}).text)
    sent = len(posti.viestit)
    again = aino.post(SIVU, {"liite": text(LISTA)}).text
    assert "Ketään ei kutsuta." in again and "Kutsutaan 0" not in again
    assert "3 henkilöllä on jo tunnus: heille ei lähetetä mitään." in again
    assert "ei ole vielä valinnut salasanaa" in again
    assert 'name="vahvista"' not in again
    old = '[[1, {"A": "Nimi", "B": "Sähköposti"}], [2, {"A": "Anna Alho", "B": "anna.alho@kirkkoranta.example"}]]'
    answer = aino.post(SIVU, {"vahvista": "1", "rivit": old.replace('"}]]', '", "C": "raportoija"}]]')}, follow=True)
    assert "Anna Alho" in answer.text
    assert (len(posti.viestit), Kayttaja.objects.filter(nimi="Anna Alho").count()) == (sent, 1)


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
@pytest.mark.parametrize("heading", [True, False])
def test_any_delimiter_with_a_heading_or_without(cast, kirjautunut, delimiter, heading):
    rows = [row for row in LISTA[0 if heading else 1 :] if delimiter != "," or "," not in row[3]]
    page = kirjautunut(cast.aino).post(SIVU, {"liite": text(rows, delimiter)}).text
    assert f"Lähetä {len(rows) - heading} kutsu" in page
    assert "Korjattava" not in page


def test_an_excel_file_goes_through_the_guard(cast, kirjautunut):
    aino = kirjautunut(cast.aino)
    page = aino.post(SIVU, {"tiedosto": workbook(LISTA)}).text
    assert "Lähetä 3 kutsua" in page
    assert "anna.alho@kirkkoranta.example" in page
    refused = aino.post(SIVU, {"tiedosto": SimpleUploadedFile("x.xlsx", b"<html><table>")})
    assert refused.status_code == 422
    assert "Tarkista nämä kohdat" in refused.text


def test_what_is_wrong_is_told_on_its_line(cast):
    rows = [
        LISTA[0],
        ("", "nimeton@kirkkoranta.example", "raportoija", "Tekniset palvelut"),
        ("Osoite Väärin", "ei-osoite", "raportoija", "Tekniset palvelut"),
        ("Rooli Outo", "rooli@kirkkoranta.example", "johtaja", "Tekniset palvelut"),
        ("Toimiala Outo", "toimiala@kirkkoranta.example", "raportoija", "Avaruus"),
        ("Toimiala Puuttuu", "puuttuu@kirkkoranta.example", "raportoija", ""),
        ("Toinen Kunta", cast.ulla.email, "tarkastaja", ""),
        ("Anna Alho", "anna@kirkkoranta.example", "tarkastaja", ""),
        ("Anna Alho", "ANNA@kirkkoranta.example", "tarkastaja", ""),
    ]
    told = {rivi.numero: " ".join(rivi.virheet) for rivi in read_lista(cells(rows), cast.kunta).rivit}
    assert "Nimi puuttuu." in told[2]
    assert "sähköpostiosoite" in told[3]
    assert "Roolia ”johtaja” ei ole. Roolit: raportoija" in told[4]
    assert "Toimialaa ”Avaruus” ei ole kunnassa." in told[5]
    assert "Toimiala puuttuu." in told[6]
    assert "Tällä osoitteella on jo tunnus." in told[7]
    assert told[8] == ""
    assert told[9] == "Sama osoite on jo rivillä 8."


def test_of_who_is_in_use_nothing_is_to_be_mended(cast):
    rows = [LISTA[0], ("Veikko V", cast.veikko.email, "johtaja", "Avaruus")]
    [rivi] = read_lista(cells(rows), cast.kunta).rivit
    assert (rivi.virheet, rivi.on_jo) == ([], "Käytössä")


def test_the_faulty_lines_stay_to_be_corrected(cast, kirjautunut):
    aino = kirjautunut(cast.aino)
    rows = [*LISTA, ("Rooli Outo", "rooli@kirkkoranta.example", "johtaja", "Tekniset palvelut")]
    preview = aino.post(SIVU, {"liite": text(rows)}).text
    assert "Yksi rivi on korjattava" in preview
    answer = confirm(aino, preview)
    assert (answer.status_code, "Kutsu lähtee 3 henkilölle." in answer.text) == (422, True)
    assert not Kayttaja.objects.filter(nimi="Rooli Outo").exists()
    (left,) = [f for f in read_forms(answer.text, SIVU) if f.tiedostot]
    assert "Rooli Outo" in answer.text
    assert "Anna Alho" not in answer.text
    assert left
    assert "Kutsutaan 0" not in answer.text and "Yksi rivi on korjattava" in answer.text


def test_names_in_parts_spellings_and_addresses_of_outlook(cast):
    Kirjoitusasu.objects.create(kunta=cast.kunta, asu="Tekninen toimi", toimiala=cast.tekniset)
    rows = [
        ("Sukunimi", "Etunimi", "E-mail", "Rooli", "Toimiala", "Puhelin"),
        ("Alho", "Anna", "Anna Alho <anna@kirkkoranta.example>", "Raportoija", "Tekninen toimi", "040"),
        ("Björk", "Bo", "bo@kirkkoranta.example", "raportoija", "Hyvinvointi & vapaa-aika / Sivistyspalvelut", ""),
    ]
    lista = read_lista(cells(rows), cast.kunta)
    anna, bo = lista.rivit
    assert (anna.nimi, anna.email, anna.toimialat, anna.virheet) == (
        *("Anna Alho", "anna@kirkkoranta.example"),
        *([cast.tekniset], []),
    )
    assert set(bo.toimialat) == {cast.hyvinvointi, cast.sivistys}
    assert lista.lukematta == ["Puhelin"]


def test_a_kunta_without_toimialat_asks_none(cast):
    rows = [("Uuno Uusi", "uuno@metsapitaja.example", "raportoija")]
    empty = Kunta.objects.create(nimi="Tyhjälä", virallinen_nimi="Tyhjälän kunta")
    assert read_lista(cells(rows), empty).rivit[0].virheet == []


@pytest.mark.parametrize("rivit", ["", "{}", "[1]", '[["x", {}]]', '[[1, "a"]]', "null", "[[1, {}]]"])
def test_a_broken_confirmation_invites_nobody(cast, kirjautunut, rivit):
    before = Kayttaja.objects.count()
    answer = kirjautunut(cast.aino).post(SIVU, {"vahvista": "1", "rivit": rivit})
    assert (answer.status_code, Kayttaja.objects.count()) == (422, before)


def test_too_many_lines_are_told(cast, kirjautunut):
    rows = [(f"Henkilö {n}", f"h{n}@kirkkoranta.example", "tarkastaja") for n in range(501)]
    answer = kirjautunut(cast.aino).post(SIVU, {"liite": text(rows)})
    assert (answer.status_code, "liian monta riviä" in answer.text) == (422, True)


def test_a_preview_costs_the_same_for_any_number_of_lines(cast, django_assert_num_queries):
    for count in (3, 300):
        rows = [(f"Henkilö {n}", f"h{n}@kirkkoranta.example", "raportoija", "Tekniset palvelut") for n in range(count)]
        with django_assert_num_queries(3):
            assert len(read_lista(cells(rows), cast.kunta).valmiit) == count


def test_thirty_invitations_take_three_clicks(cast, kirjautunut, posti):
    """From the front page: the menu's Käyttäjät, Tarkista lista, Lähetä 30 kutsua."""
    aino = kirjautunut(cast.aino)
    assert reverse("strategia:kayttaja-lista") in aino.get("/").text
    users = aino.get(reverse("strategia:kayttaja-lista")).text
    (form,) = [form for form in read_forms(users, "/kayttajat/") if "liite" in [kentta.nimi for kentta in form.kentat]]
    rows = [(f"Henkilö {n}", f"h{n}@kirkkoranta.example", "raportoija", "Tekniset palvelut") for n in range(30)]
    preview = aino.post(form.osoite, {"liite": text(rows)})
    assert "Kutsu lähtee 30 henkilölle." in confirm(aino, preview.text).text
    assert len(posti.viestit) == 30
    assert Kayttaja.objects.exclude(kutsuttu=None).filter(rooli=Rooli.RAPORTOIJA).count() >= 30


def test_a_list_tried_again_goes_on_from_those_who_got_none(cast, posti):
    people = [
        create_invited(cast.kunta, email=f"{n}@kirkkoranta.example", nimi=n, rooli="tarkastaja", toimialat=[])
        for n in ("eka", "toka")
    ]
    for _time in range(2):
        send_invitations(cast.aino.pk, *(person.pk for person in people), connection=get_connection())
    assert len(posti.viestit) == 2


@pytest.mark.parametrize(
    "rivit",
    [
        "",
        "[" * 100_000,
        '{"a": 1}',
        '[[Infinity, {"A": "x"}]]',
        '[[1, {"A": ["x"]}]]',
        '[[1, {"A": "a\\u0000@b.example"}]]',
        '[[1, {"A": "a\\ud800@b.example"}]]',
        '[[1000000000000, {"A": "a@b.example"}]]',
    ],
    ids=["empty", "deep", "object", "infinity", "cell", "nul", "half", "far"],
)
def test_what_no_preview_sent_invites_nobody(cast, kirjautunut, rivit):
    before = Kayttaja.objects.count()
    answer = kirjautunut(cast.aino).post(SIVU, {"vahvista": "1", "rivit": rivit})
    assert (answer.status_code, Kayttaja.objects.count()) == (422, before)
    assert len(answer.content) < 200_000


def test_a_cell_far_below_the_list_does_not_fill_the_page_with_empty_lines(cast, kirjautunut):
    book = Workbook()
    for row in LISTA:
        book.active.append(row)
    book.active["B1048576"] = "dora@kirkkoranta.example"
    book.save(target := io.BytesIO())
    preview = kirjautunut(cast.aino).post(SIVU, {"tiedosto": SimpleUploadedFile("Väki.xlsx", target.getvalue())})
    assert "dora@kirkkoranta.example" in preview.text
    assert len(preview.content) < 200_000
