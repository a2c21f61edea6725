"""The year of each role in Chromium, its clicks counted: on a phone by pointer, on a wide screen by keyboard.

A click is a pointer's press, Enter or Space, the opening of a menu too. Typing, pasting and Tab are free. Each act
begins at the role's front page, signed in; what it did is looked up in the database.
"""

import pytest


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
        for _press in range(self.ENINTAAN):
            if self._is_focused(target):
                return
            self.sivu.keyboard.press("Tab")
        pytest.fail(f"Tab ei tule kohteeseen {target}")


@pytest.fixture(params=[Osoitin])
def kulje(request, transactional_db, cast, sivu_kayttajana):
    """`kulje(cast.kaisa)`: this person's front page, no click yet. Asked for the cast after the database is its own."""
    return lambda person, path="/": request.param(sivu_kayttajana(person), path)


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
