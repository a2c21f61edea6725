"""Somebody saves an answer at the very moment when Aino imports or undoes, or Kaisa moves the jakso on."""

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus, MittariArvo, Seurantajakso, Tuonti
from strategia.models import Avain, Mittari, Toimenpide

from ..cast import create_mittari
from ..kilpailu import just_before_writing
from .kirjaaminen.test_mittarit import mitta
from .kirjaaminen.test_views import row
from .mittari.test_api import Ohjelma
from .tuonti.tuontisivut import tallenna

pytestmark = pytest.mark.django_db(transaction=True)
TYO = ["Elävä kylä & sujuva arki", "Turvalliset koulutiet", "Väylä Kirkkotie–Koulupolku", "Tekniset palvelut"]
UUSI_TYO = [*TYO[:2], "Aivan uusi teko", TYO[3]]


@pytest.fixture
def veikko_kirjoittaa(cast, veikko):
    """`veikko_kirjoittaa(toimenpide, versio=1)`: what Veikko does meanwhile, as a function."""

    def write(toimenpide, versio, text="Veikko kirjoitti tämän."):
        path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
        return lambda: veikko.post(path, row(toimenpide, versio=versio, aste="5", kommentti=text))

    return write


def paina(client, name, tuonti):
    return lambda: client.post(reverse(f"seuranta:{name}", args=[tuonti.pk]))


def stored(toimenpide):
    return Kirjaus.objects.filter(jakso__tila="avoinna", toimenpide=toimenpide).first()


def tila_of(tuonti):
    return Tuonti.objects.get(pk=tuonti.pk).tila


def test_an_import_does_not_overwrite_what_is_saved_as_it_writes(cast, aino, laheta, veikko_kirjoittaa):
    tallenna(aino, laheta([*TYO, 3, "Tuotu."]))
    tuonti = laheta([*TYO, 4, "Tuotu uudelleen."])
    page, saved = just_before_writing(
        "seuranta_kirjaus",
        act=lambda: tallenna(aino, tuonti),
        meanwhile=veikko_kirjoittaa(cast.vayla, 1),
    )
    # Whoever came first is seen by the other: Veikko both texts, or Aino a new preview.
    kept = {302: "Veikko kirjoitti tämän.", 409: "Tuotu uudelleen."}[saved.status_code]
    assert stored(cast.vayla).kommentti == kept
    assert ("Mitään ei tallennettu" in page, tila_of(tuonti)) == (
        (True, "esikatselu") if saved.status_code == 302 else (False, "tallennettu")
    )
    assert list(stored(cast.vayla).history.values_list("kommentti", flat=True)) == [kept, "Tuotu."]


def test_an_import_makes_no_second_row_beside_one_that_is_saved_as_it_writes(cast, aino, laheta, veikko_kirjoittaa):
    tuonti = laheta([*TYO, 4, "Tuotu."])
    page, saved = just_before_writing(
        "seuranta_kirjaus", act=lambda: tallenna(aino, tuonti), meanwhile=veikko_kirjoittaa(cast.vayla, 0)
    )
    kept = {302: "Veikko kirjoitti tämän.", 409: "Tuotu."}[saved.status_code]
    assert (stored(cast.vayla).kommentti, "Mitään ei tallennettu" in page) == (kept, saved.status_code == 302)


@pytest.mark.parametrize("before", [0, 1], ids=["tuonti teki rivin", "tuonti muutti riviä"])
def test_undoing_does_not_undo_what_is_saved_as_it_writes(before, cast, aino, laheta, veikko_kirjoittaa):
    if before:
        tallenna(aino, laheta([*TYO, 3, "Ensin tuotu."]))
    tuonti = laheta([*TYO, 4, "Tuotu."])
    tallenna(aino, tuonti)
    _undone, saved = just_before_writing(
        "seuranta_kirjaus",
        act=paina(aino, "tuonti-kumoa", tuonti),
        meanwhile=veikko_kirjoittaa(cast.vayla, before + 1),
    )
    if saved.status_code == 302:
        assert (stored(cast.vayla).kommentti, tila_of(tuonti)) == ("Veikko kirjoitti tämän.", "tallennettu")
    else:
        assert (saved.status_code, tila_of(tuonti)) == (409, "kumottu")
        assert "Veikko kirjoitti tämän." in saved.text


def test_an_answer_to_a_row_that_is_taken_away_is_shown_to_its_writer(cast, aino, laheta, veikko_kirjoittaa):
    tuonti = laheta([*UUSI_TYO, None, None])
    tallenna(aino, tuonti)
    uusi = Toimenpide.objects.get(nimi=UUSI_TYO[2])
    undone, saved = just_before_writing(
        "strategia_toimenpide", act=paina(aino, "tuonti-kumoa", tuonti), meanwhile=veikko_kirjoittaa(uusi, 0)
    )
    assert undone.status_code == 302
    if stored(uusi):
        assert (saved.status_code, tila_of(tuonti)) == (302, "tallennettu")
    else:
        assert (saved.status_code, tila_of(tuonti)) == (409, "kumottu")
        assert "Veikko kirjoitti tämän." in saved.text
        # As the row went: after it had been read, or before.
        told = ("Toimenpide on poistettu, eikä vastausta tallennettu.", "Rivi, jota ei enää ole")
        assert any(sentence in saved.text for sentence in told)


def test_a_row_that_is_taken_away_first_stops_no_other(cast, aino, laheta, veikko):
    tuonti = laheta([*UUSI_TYO, None, None])
    tallenna(aino, tuonti)
    uusi = Toimenpide.objects.get(nimi=UUSI_TYO[2])
    data = row(uusi, aste="3", kommentti="Poistuva teksti.") | row(cast.vayla, aste="4", kommentti="Toinen teksti.")
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    saved, undone = just_before_writing(
        "seuranta_kirjaus", act=lambda: veikko.post(path, data), meanwhile=paina(aino, "tuonti-kumoa", tuonti)
    )
    assert undone.status_code == 302
    assert stored(cast.vayla).kommentti == "Toinen teksti."
    if tila_of(tuonti) == "kumottu":
        assert (saved.status_code, "Poistuva teksti." in saved.text) == (409, True)
    else:
        assert (saved.status_code, stored(uusi).kommentti) == (302, "Poistuva teksti.")


@pytest.fixture
def uusi_mittari(cast):
    """A measure beside väylä's own, which nobody has answered yet."""
    return create_mittari(cast.strategia, {"toimenpide": cast.vayla}, "Uusi", "luku", "", "suurempi", "", {})


@pytest.fixture
def poista(kirjautunut, cast):
    """`poista(mittari)`: what Kaisa does meanwhile, as a function."""
    kaisa = kirjautunut(cast.kaisa)
    return lambda mittari: lambda: kaisa.post(reverse("strategia:mittari-muokkaa", args=[mittari.pk]), {"poista": "1"})


def test_the_value_of_a_measure_that_is_removed_first_stops_no_other(cast, veikko, uusi_mittari, poista):
    own = cast.mittarit[0]
    fields = mitta(own, "12") | mitta(uusi_mittari, "Poistuva arvo 57")
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    saved, _gone = just_before_writing(
        "seuranta_mittariarvo",
        act=lambda: veikko.post(path, row(cast.vayla, aste="3", kommentti="Työ.") | fields),
        meanwhile=poista(uusi_mittari),
    )
    assert MittariArvo.objects.get(jakso=cast.jakso, mittari=own).teksti == "12"
    if Mittari.objects.filter(pk=uusi_mittari.pk).exists():
        assert MittariArvo.objects.get(mittari=uusi_mittari).teksti == "Poistuva arvo 57"
    else:
        assert (saved.status_code, "Poistuva arvo 57" in saved.text) == (409, True)
        assert "Mittari on poistettu, eikä arvoa tallennettu. Kopioi se talteen." in saved.text


def test_a_program_is_told_that_its_measure_was_removed_meanwhile(cast, uusi_mittari, poista):
    ohjelma = Ohjelma(Avain.objects.make(cast.kunta, "Varasto", by=cast.aino)[1])
    for place in ({"jakso": cast.jakso.pk}, {"vuosi": 2031}):
        told, _gone = just_before_writing(
            "seuranta_mittariarvo",
            act=lambda place=place: ohjelma.kirjoita(mittari=uusi_mittari.pk, versio=0, arvo=5, **place),
            meanwhile=poista(uusi_mittari),
        )
        there = Mittari.objects.filter(pk=uusi_mittari.pk).exists()
        assert told.status_code == (200 if there else 404)
        if not there:
            break


def test_what_was_saved_is_not_told_to_be_discarded(cast, aino, laheta, kirjautunut):
    tuonti = laheta([*TYO, 4, "Tuotu."])
    just_before_writing(
        "seuranta_tuonti",
        act=paina(aino, "tuonti-hylkaa", tuonti),
        meanwhile=lambda: tallenna(kirjautunut(cast.aino), tuonti),
    )
    assert (tila_of(tuonti), stored(cast.vayla) is None) in {("hylatty", True), ("tallennettu", False)}
    if tila_of(tuonti) == "hylatty":
        tuonti = laheta([*TYO, 4, "Tuotu uudelleen."])
        tallenna(aino, tuonti)
    told = aino.post(reverse("seuranta:tuonti-hylkaa", args=[tuonti.pk]), follow=True)
    assert "Tiedosto on jo tallennettu. Voit kumota tuonnin." in told.text
    assert tila_of(tuonti) == "tallennettu"


def test_what_veikko_saves_as_viimeistely_begins_is_either_before_it_or_refused(cast, veikko_kirjoittaa):
    write = veikko_kirjoittaa(cast.vayla, 0)
    saved, _moved = just_before_writing(
        "seuranta_kirjaus",
        act=write,
        meanwhile=lambda: Seurantajakso.objects.get(pk=cast.jakso.pk).finish(by=cast.kaisa),
    )
    rows, moved = Kirjaus.objects.filter(jakso=cast.jakso), cast.jakso.history.first().history_date
    if saved.status_code == 302:
        assert rows.get().history.get().history_date < moved
    else:
        assert (saved.status_code, rows.count()) == (404, 0)
        assert "Veikko kirjoitti tämän." in saved.text
    assert Seurantajakso.objects.get(pk=cast.jakso.pk).is_in_finishing
