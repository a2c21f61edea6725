"""The year of each role in Chromium, its clicks counted: on a phone by pointer, on a wide screen by keyboard.

A click is a pointer's press, Enter or Space, the opening of a menu too. Typing, pasting and Tab are free. Each act
begins at the role's front page, signed in; what it did is looked up in the database.
"""

from collections import Counter

import pytest
from django.core import mail
from django.urls import reverse
from simple_history.utils import bulk_create_with_history

from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, Seurantajakso, Vastaus
from strategia.models import Jasenyys, Strategia, Toimenpide

from .cast import create_jakso, create_kirjaus

SAMOIN = (3, "Etenee – suunnitelman mukaan.")


class Kulkija:
    """A page that somebody uses, and how many clicks that has taken. How one clicks and gets to a field is below."""

    leveys, korkeus = 390, 844

    def __init__(self, sivu, path="/"):
        sivu.set_viewport_size({"width": self.leveys, "height": self.korkeus})
        sivu.goto(path)
        self.sivu, self.napautuksia = sivu, 0

    def click(self, role, name, *, exact=True):
        """Press the first of these that can be seen in the page itself."""
        self._press(self.sivu.get_by_role("main").get_by_role(role, name=name, exact=exact).first)

    def open_menu(self, name):
        """Choose from the main menu, which a narrow screen keeps folded."""
        folded = self.sivu.locator("summary", has_text="Valikko")
        if folded.is_visible():
            self._press(folded)
        self._press(self.sivu.get_by_role("navigation").get_by_role("link", name=name, exact=True))

    def paste(self, label, text):
        """Where the field does not have the focus by itself, getting to it may take a click."""
        field = self.sivu.get_by_label(label, exact=True)
        if not self._is_focused(field):
            self._reach(field)
        self.sivu.keyboard.insert_text(text)

    def wait(self, text):
        self.sivu.get_by_text(text).first.wait_for()

    def _press(self, target):
        self.napautuksia += 1
        self._activate(target)

    def _is_focused(self, target):
        return target.evaluate("element => element === document.activeElement")


class Osoitin(Kulkija):
    """A finger or a mouse."""

    def _activate(self, target):
        target.click()

    def _reach(self, field):
        self._press(field)


class Nappaimisto(Kulkija):
    """Tab, Enter and Space."""

    leveys, korkeus = 1280, 800
    ENINTAAN = 1000  # presses of Tab

    def _activate(self, target):
        target.wait_for()
        self._reach(target)
        self.sivu.keyboard.press("Space" if target.get_attribute("type") == "checkbox" else "Enter")

    def _reach(self, target):
        found = target.element_handle()  # to look for it again by its role after each press is dear
        for _press in range(self.ENINTAAN):
            if self._is_focused(found):
                return
            self.sivu.keyboard.press("Tab")
        pytest.fail(f"Tab ei tule kohteeseen {target}")


@pytest.fixture(params=[Osoitin, Nappaimisto])
def kulje(request, transactional_db, cast, sivu, sivu_kayttajana):
    """`kulje(cast.kaisa)`: this person's front page, no click yet; of None that of who has not signed in."""
    return lambda person, path="/": request.param(sivu_kayttajana(person) if person else sivu, path)


# --- the koordinaattori


def test_next_jakso_is_made_and_opened(cast, kulje):
    kulkija = kulje(cast.kaisa)
    kulkija.click("link", "Uusi jakso")
    kulkija.click("button", "Tallenna")
    kulkija.wait("on tallennettu")
    kulkija.click("button", "Avaa jakso")
    kulkija.wait("Toimialat voivat nyt vastata.")
    jakso = cast.strategia.jaksot.exclude(pk__in=[cast.edellinen.pk, cast.jakso.pk]).get()
    assert (jakso.nimi, jakso.tila) == ("Tilinpäätös 2026", "avoinna")
    assert kulkija.napautuksia <= 4


def test_141_toimenpidetta_get_their_toimiala_from_vastuu(cast, kulje):
    write_plan(cast, 141 - len(cast.toimenpiteet), vastuu="Elinvoimapalvelut, elinkeinojohtaja")
    Toimenpide.objects.filter(kunta=cast.kunta, vastuu="").update(vastuu="Tekniset palvelut / tiet", toimiala=None)
    kulkija = kulje(cast.kaisa)
    kulkija.open_menu("Strategia")
    kulkija.click("link", "Muuta monta riviä")
    kulkija.click("checkbox", "Kaikki 141 toimenpidettä")
    kulkija.click("button", "Toimialat vastuun mukaan")
    kulkija.click("button", "Tallenna toimialat")
    kulkija.wait("141 toimenpidettä muuttui")
    rows = Toimenpide.objects.filter(kunta=cast.kunta).values_list("toimiala__nimi", flat=True)
    assert Counter(rows) == {"Elinvoimapalvelut": 133, "Tekniset palvelut": 8}
    assert kulkija.napautuksia <= 6


def test_the_rows_of_one_plan_of_two_take_no_click_more(cast, kulje):
    Strategia.objects.create(kunta=cast.kunta, nimi="Hyvinvointisuunnitelma")
    kulkija = kulje(cast.kaisa)
    kulkija.open_menu("Strategia")
    kulkija.click("link", "Muuta monta riviä", exact=False)
    kulkija.wait("Kaikki 8 toimenpidettä")
    assert kulkija.sivu.url.endswith(reverse("strategia:rivit-muuta", args=[cast.strategia.pk]))
    assert kulkija.napautuksia <= 3


def test_a_jakso_in_viimeistely_is_closed(cast, kulje):
    cast.jakso.finish(by=cast.kaisa)
    kulkija = kulje(cast.kaisa, reverse("seuranta:jakso-detail", args=[cast.jakso.pk]))
    kulkija.click("link", "Sulje jakso")
    kulkija.click("button", "Sulje jakso")
    kulkija.wait("Jakso on suljettu ja raportti jäädytetty. Versio 1.")
    assert (cast.jakso.raporttiversiot.get().numero, Seurantajakso.objects.get(pk=cast.jakso.pk).tila) == (
        1,
        "suljettu",
    )
    assert kulkija.napautuksia <= 3


# --- the pääkäyttäjä


def test_thirty_people_are_invited(cast, kulje):
    lista = "\n".join(
        f"Kutsuttu {n}\tkutsuttu{n}@kirkkoranta.example\tRaportoija\tTekniset palvelut" for n in range(30)
    )
    kulkija = kulje(cast.aino)
    kulkija.click("link", "Kutsu käyttäjiä")
    kulkija.paste("Liitä lista", lista)
    kulkija.click("button", "Tarkista lista")
    kulkija.click("button", "Lähetä 30 kutsua")
    kulkija.wait("Kutsu lähtee 30 henkilölle.")
    invited = Jasenyys.objects.filter(toimiala=cast.tekniset, kayttaja__email__startswith="kutsuttu")
    assert set(invited.values_list("kayttaja__rooli", flat=True)) == {"raportoija"}
    assert (invited.count(), len(mail.outbox)) == (30, 30)
    assert kulkija.napautuksia <= 3


# --- who answers, and who approves


def test_40_unchanged_rows_are_sent(cast, kulje):
    jakso = continue_unchanged(cast, 40)
    kulkija = kulje(cast.veikko)
    kulkija.click("link", "Ei muutosta kaikkiin vastaamattomiin (40)")
    kulkija.click("button", "Lähetä 40 riviä")
    kulkija.wait("Lähetit")
    assert read_answers(jakso) == {("lahetetty", *SAMOIN): 40}
    assert kulkija.napautuksia <= 2


def test_a_toimiala_s_rows_are_approved(cast, kulje):
    jakso = continue_unchanged(cast, 12)
    rows = Toimenpide.objects.filter(toimiala=cast.tekniset)
    Kirjaus.objects.record(
        jakso, {row: Vastaus(0, SAMOIN[0], kommentti=SAMOIN[1], laheta=True) for row in rows}, by=cast.veikko
    )
    kulkija = kulje(cast.hilkka)
    kulkija.click("link", "Hyväksyttävät")
    kulkija.click("button", "Valitse kaikki 12 riviä")
    kulkija.click("button", "Hyväksy valitut")
    kulkija.wait("Mikään vastaus ei odota hyväksyntää.")
    assert read_answers(jakso) == {("hyvaksytty", *SAMOIN): 12}
    assert kulkija.napautuksia <= 3


# --- who reads
# Nothing is changed: what the database has stands on the page.


def test_a_luottamushenkilo_reads_the_newest_report(cast, kulje):
    kulkija = kulje(cast.liisa)
    kulkija.click("link", "Lue raportti")
    kulkija.wait("Suunnitelma valmis – kilpailu syksyllä.")
    assert kulkija.sivu.url.endswith(reverse("raportit:versio-detail", args=[cast.versio.pk]))
    assert kulkija.napautuksia <= 1


def test_a_tarkastaja_sees_what_changed_after_closing(cast, kulje):
    correct_closed(cast, "Urakka alkoi vasta syksyllä.")
    kulkija = kulje(cast.tarmo)
    kulkija.click("link", "Näytä muutokset", exact=False)
    kulkija.wait("Urakka alkoi vasta syksyllä.")
    assert kulkija.napautuksia <= 1


def test_an_asukas_reads_what_is_published(cast, kulje):
    cast.versio.publish(by=cast.kaisa)
    kulkija = kulje(None)
    kulkija.click("link", str(cast.versio), exact=False)
    kulkija.wait("Suunnitelma valmis – kilpailu syksyllä.")
    assert kulkija.napautuksia <= 1


def write_plan(cast, count, **values):
    """So many more toimenpiteet."""
    rows = [
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[n % 4], nimi=f"Teko {n} – ä & ö", **values)
        for n in range(count)
    ]
    return Toimenpide.objects.bulk_create(rows)


def continue_unchanged(cast, count):
    """Veikko has so many rows, all answered in the jakso before: a new one is open."""
    write_plan(cast, count - 3, toimiala=cast.tekniset)
    rows = Toimenpide.objects.filter(toimiala=cast.tekniset)
    bulk_create_with_history([create_kirjaus(cast.jakso, row, *SAMOIN) for row in rows], Kirjaus)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila=Seurantajakso.Tila.SULJETTU)
    return create_jakso(cast.strategia, "Osavuosikatsaus III 2026", 9, 11, jarjestys=3)


def read_answers(jakso):
    return Counter(Kirjaus.objects.filter(jakso=jakso).values_list("tila", "toteutumisaste", "kommentti"))


def correct_closed(cast, kommentti):
    """The closed jakso opened again and closed with another comment on Väylä."""
    cast.edellinen.reopen(by=cast.kaisa, syy="Kommentti oli väärä")
    kirjaus = Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=cast.vayla)
    kirjaus.kommentti = kommentti
    kirjaus.save()
    close_jakso(cast.edellinen, by=cast.kaisa)
