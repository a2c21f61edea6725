"""What nobody has sent is not told to the council, unless the koordinaattori takes it in."""

import re

import pytest
from django.urls import reverse

from raportit.models import Raporttiversio
from raportit.osavuosikatsaus import build, from_json
from raportit.sulkeminen.lahettamatta import find_elsewhere
from raportit.sulkeminen.sulje import close_jakso
from seuranta.jakso.havainnot import check_before_closing
from seuranta.models import Kirjaus, Osavastaus, Vastaus, Yksikkovastaus
from strategia.models import Mittari, Toimenpide, Toimiala
from tests.cast import create_kirjaus
from tests.raportit.rakenna import KOOTTU

pytestmark = pytest.mark.django_db
SALAA = "Tätä ei ole vielä lähetetty."


@pytest.fixture
def luonnos(cast):
    """Veikko has begun a row of the open jakso and not sent it; the jakso is in viimeistely."""
    vastaus = Vastaus(versio=0, toteutumisaste=4, kommentti=SALAA)
    ((kirjaus,), _conflicts) = Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)
    cast.jakso.finish(by=cast.kaisa)
    return kirjaus


def rivi(cast):
    raportti = build(cast.jakso, koottu=KOOTTU)
    return next(each for each in raportti.rivit if each.id == cast.vayla.pk)


def ota(cast, client, **data):
    return client.post(reverse("raportit:jakso-ota-mukaan", args=[cast.jakso.pk]), data, follow=True)


def test_a_draft_is_in_the_report_only_as_not_sent(cast, luonnos):
    own = rivi(cast)
    assert (own.toteutumisaste, own.syy, own.kommentti) == (None, "ei_lahetetty", "")


def test_a_returned_row_is_not_sent_either(cast, luonnos):
    Kirjaus.objects.filter(pk=luonnos.pk).update(tila=Kirjaus.Tila.PALAUTETTU)
    assert rivi(cast).syy == "ei_lahetetty"


@pytest.mark.parametrize("tila", ["lahetetty", "hyvaksytty"])
def test_what_was_sent_counts(cast, luonnos, tila):
    Kirjaus.objects.filter(pk=luonnos.pk).update(tila=tila)
    assert (rivi(cast).toteutumisaste, rivi(cast).kommentti) == (4, SALAA)


def test_what_the_koordinaattori_writes_in_viimeistely_counts(cast, luonnos):
    vastaus = Vastaus(versio=luonnos.versio, toteutumisaste=4, kommentti="Kaisan muotoilema.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.kaisa)
    assert rivi(cast).kommentti == "Kaisan muotoilema."


def test_the_closing_page_lists_what_is_not_sent_and_one_row_is_taken_in(cast, luonnos, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(reverse("raportit:jakso-sulje", args=[cast.jakso.pk])).text
    assert "Ei lähetetty: 1 rivi" in page and SALAA in page
    answer = ota(cast, kaisa, rivi=f"{luonnos.pk}:{luonnos.versio}")
    assert "Raporttiin otettiin mukaan 1 rivi." in answer.text
    assert "Ei lähetetty: 1 rivi" not in answer.text
    assert rivi(cast).kommentti == SALAA
    saved = Kirjaus.history.filter(id=luonnos.pk).first()
    assert (saved.otettu_mukaan, saved.history_user) == (True, cast.kaisa)


def test_the_checks_tell_as_many_unsent_rows_as_the_report_will(cast, luonnos, kirjautunut):
    """What the koordinaattori has taken in is in the report: the same page does not count it among the unsent."""
    sulje = reverse("raportit:jakso-sulje", args=[cast.jakso.pk])
    kaisa = kirjautunut(cast.kaisa)

    def unsent():
        told = {laji: maara for laji, _sana, maara in kaisa.get(sulje).context["havainnot"].luvut}
        missing = sum(each.syy == "ei_lahetetty" for each in build(cast.jakso, koottu=KOOTTU).rivit)
        return told["luonnos"] + told["palautettu"], missing

    for tila in (Kirjaus.Tila.LUONNOS, Kirjaus.Tila.PALAUTETTU):
        Kirjaus.objects.filter(pk=luonnos.pk).update(tila=tila, otettu_mukaan=False)
        assert unsent() == (1, 1)
        Kirjaus.objects.filter(pk=luonnos.pk).update(otettu_mukaan=True)
        assert unsent() == (0, 0)


def test_all_that_was_shown_is_taken_in_and_what_came_after_waits(cast, luonnos, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    answer = ota(cast, kaisa, kaikki="1", nahty=f"{luonnos.pk}:{luonnos.versio + 1}")
    assert "Valitse ensin rivit" in answer.text
    assert rivi(cast).syy == "ei_lahetetty"
    ota(cast, kaisa, kaikki="1", nahty=f"{luonnos.pk}:{luonnos.versio}")
    assert rivi(cast).kommentti == SALAA


def test_of_many_rows_one_page_is_shown_and_all_are_counted_and_taken_in(cast, luonnos, kirjautunut, monkeypatch):
    monkeypatch.setattr("raportit.sulkeminen.views.SIVULLA", 1)
    kerhon = create_kirjaus(cast.jakso, cast.kerho, 2, "Tämäkin on kesken.")
    kerhon.tila = Kirjaus.Tila.LUONNOS
    kerhon.save()
    kaisa, path = kirjautunut(cast.kaisa), reverse("raportit:jakso-sulje", args=[cast.jakso.pk])
    first, second = kaisa.get(path).text, kaisa.get(path, {"sivu": 2}).text
    assert re.findall(r"Ei lähetetty: \d+ riviä?", first + second) == ["Ei lähetetty: 2 riviä"] * 2
    assert (SALAA in first, SALAA in second) in ((True, False), (False, True))
    assert "Ota mukaan kaikki 2 riviä" in first and "”kaikki” myös muiden sivujen" in first
    nahty = re.search(r'name="nahty" value="([^"]+)"', first)[1]
    answer = kaisa.post(
        reverse("raportit:jakso-ota-mukaan", args=[cast.jakso.pk]) + "?sivu=2", {"kaikki": "1", "nahty": nahty}
    )
    assert answer.url == f"{path}?sivu=2"
    assert Kirjaus.objects.filter(jakso=cast.jakso, otettu_mukaan=True).count() == 2


PUHELIN = "040 123 4567"


def sulje(cast, client):
    return client.get(reverse("raportit:jakso-sulje", args=[cast.jakso.pk])).text


def test_the_closing_page_looks_through_what_only_a_correction_would_freeze(cast, luonnos, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    Kirjaus.objects.filter(pk=luonnos.pk).update(tila="lahetetty", kommentti=f"Soita {PUHELIN}.")
    close_jakso(cast.jakso, by=cast.kaisa)
    cast.jakso.reopen(by=cast.kaisa, syy=f"Pois {PUHELIN}.")
    Kirjaus.objects.filter(pk=luonnos.pk).update(kommentti="Soita vaihteeseen.")
    page = sulje(cast, kaisa)
    assert "Luettelo korjauksista: Korjauksen syy" in page
    assert f"{cast.vayla.nimi}: Kommentti, ennen" in page


def test_what_should_not_be_published_is_told_before_the_rows_and_their_link_to_closing(cast, luonnos, kirjautunut):
    Toimiala.objects.filter(pk=cast.tekniset.pk).update(nimi=f"Tekniset, {PUHELIN}")
    page = sulje(cast, kirjautunut(cast.kaisa))
    told, rows = page.index("Raportissa näyttää olevan yhteystieto"), page.index("Ei lähetetty: 1 rivi")
    assert told < rows < page.index('id="tarkista"')


def test_what_the_checks_tell_of_a_row_is_not_told_twice(cast, luonnos, kirjautunut):
    Kirjaus.objects.filter(pk=luonnos.pk).update(tila="lahetetty", kommentti=f"Soita {PUHELIN}.")
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(koodi="01.02")
    assert "Raportissa näyttää olevan yhteystieto" not in sulje(cast, kirjautunut(cast.kaisa))
    Toimiala.objects.filter(pk=cast.tekniset.pk).update(nimi=f"Tekniset, {PUHELIN}")
    assert "Raportissa näyttää olevan yhteystieto" in sulje(cast, kirjautunut(cast.kaisa))


def test_nothing_is_taken_in_while_answers_are_awaited(cast, kirjautunut):
    vastaus = Vastaus(versio=0, toteutumisaste=4, kommentti=SALAA)
    ((kirjaus,), _conflicts) = Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)
    ota(cast, kirjautunut(cast.kaisa), rivi=f"{kirjaus.pk}:{kirjaus.versio}")
    kirjaus.refresh_from_db()
    assert not kirjaus.otettu_mukaan


def test_a_row_taken_in_and_written_anew_after_the_jakso_went_back_waits_to_be_sent(cast, luonnos, kirjautunut):
    ota(cast, kirjautunut(cast.kaisa), rivi=f"{luonnos.pk}:{luonnos.versio}")
    cast.jakso.open(by=cast.kaisa)
    luonnos.refresh_from_db()
    vastaus = Vastaus(versio=luonnos.versio, toteutumisaste=2, kommentti="Uusi luonnos.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)
    assert rivi(cast).syy == "ei_lahetetty"


def test_a_councillor_finds_it_nowhere_after_closing(cast, luonnos, kirjautunut):
    kirjautunut(cast.kaisa).post(reverse("raportit:jakso-sulje", args=[cast.jakso.pk]))
    versio = Raporttiversio.objects.get(jakso=cast.jakso)
    liisa = kirjautunut(cast.liisa)
    assert SALAA not in from_json(versio.data).rivit[0].kommentti
    for path in (
        reverse("raportit:versio-detail", args=[versio.pk]),
        reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk]),
        reverse("seuranta:haku") + "?q=lähetetty",
        reverse("raportit:vertailu") + f"?versio={versio.pk}&versio={cast.versio.pk}&kommentit=1",
    ):
        assert SALAA not in liisa.get(path).text, path
    assert "ei lähetetty" in liisa.get(reverse("raportit:versio-detail", args=[versio.pk])).text
    assert SALAA in kirjautunut(cast.veikko).get(reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])).text


def test_a_note_that_is_not_published_takes_no_draft_in(cast, luonnos):
    vastaus = Vastaus(versio=luonnos.versio, toteutumisaste=4, kommentti=SALAA, sisainen_huomio="Kysytään Veikolta.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.kaisa)
    luonnos.refresh_from_db()
    assert (luonnos.sisainen_huomio, luonnos.otettu_mukaan) == ("Kysytään Veikolta.", False)
    assert rivi(cast).syy == "ei_lahetetty"


def test_a_row_sent_back_in_viimeistely_is_not_told_though_it_was_worded_there(cast, luonnos):
    Kirjaus.objects.filter(pk=luonnos.pk).update(tila=Kirjaus.Tila.LAHETETTY)
    vastaus = Vastaus(versio=luonnos.versio, toteutumisaste=4, kommentti="Kaisan muotoilema.")
    ((worded,), _conflicts) = Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.kaisa)
    Kirjaus.objects.send_back(cast.jakso, {worded.pk: worded.versio}, "Tarkista luvut.", by=cast.kaisa)
    assert rivi(cast).syy == "ei_lahetetty"
    assert Kirjaus.history.filter(id=luonnos.pk).first().otettu_mukaan is False


def test_a_telephone_number_in_a_units_answer_is_told_with_its_row_and_not_once_more(cast):
    row = Vastaus(versio=0, toteutumisaste=4, kommentti="Valmis.", laheta=True)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: row}, by=cast.veikko)
    Mittari.objects.filter(pk=cast.mittarit[0].pk).update(nimi="Kysy 040 123 4567")
    Osavastaus.objects.record(
        cast.jakso, cast.vayla, [Yksikkovastaus("Katuosa", 3, "Soita 040 123 4567")], by=cast.kaisa
    )
    rivit = check_before_closing(cast.jakso).rivit
    [found] = [rivi.havainnot for rivi in rivit if rivi.toimenpide and rivi.toimenpide.pk == cast.vayla.pk]
    words = {"mittari", "Katuosa"}
    assert {each.selite for each in found if each.laji == "tieto"} == {
        f"{w}: puhelinnumero 040 123 4567" for w in words
    }
    assert find_elsewhere(cast.jakso) == []
