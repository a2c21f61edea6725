"""Tables of strangers, settled in Chromium by somebody who presses what the page offers and nothing else."""

import os

import pytest

from seuranta.models import Tuonti
from strategia.models import Kunta, Rooli, Toimenpide
from tests.cast import create_user
from tests.test_selain import sign_in
from tests.ymparisto import SHARED, needs_shared

pytestmark = needs_shared
ENINTAAN = 6  # clicks from the file that came in to the rows that are saved
KUVAT = os.environ.get("TUONNIN_KUVAT", "")  # a folder: what was on the screen before each click, for the eye


@pytest.fixture
def ruutu(transactional_db, sivu):
    """A pääkäyttäjä of a kunta that knows no toimialat yet, at a small laptop."""
    sivu.set_viewport_size({"width": 1366, "height": 768})
    sign_in(sivu, create_user(Kunta.objects.create(nimi="Outola"), "Outi Outinen", Rooli.PAAKAYTTAJA))
    return sivu


class Kavija:
    """Presses the answer that the page marks as likely, else the first one, and goes on."""

    def __init__(self, sivu, nimi):
        self.sivu, self.nimi, self.painettu = sivu, nimi, []

    def send(self):
        self.sivu.goto("/tuonti/")
        self.sivu.locator("input[type=file]").set_input_files(SHARED / "tuntemattomat" / self.nimi)
        self.sivu.locator("form:has(input[type=file]) button").click()
        self.sivu.wait_for_load_state()

    def settle(self):
        while len(self.painettu) <= ENINTAAN and not self.is_saved():
            self._press(self._next())
        return self.painettu

    def is_saved(self):
        return self.sivu.get_by_text("Tuonti on tallennettu.").count() > 0

    def _next(self):
        card = self.sivu.locator("section.question:not(.answered)").first
        if card.count():
            likely = card.locator("button.likely")
            return (likely if likely.count() else card.locator(".answers button")).first
        for words in ("Jatka esikatseluun", "Tallenna"):
            found = self.sivu.locator("#sisalto").locator("a.btn, button.btn").filter(has_text=words)
            if found.count():
                return found.first
        raise AssertionError(f"{self.nimi}: sivu ei kerro, mitä seuraavaksi: {self.sivu.url}")

    def _press(self, target):
        self.painettu.append(" ".join(target.inner_text().split()))
        if KUVAT:
            self.sivu.screenshot(path=f"{KUVAT}/{self.nimi}-{len(self.painettu)}.png", full_page=True)
        target.click()
        self.sivu.wait_for_load_state()


@pytest.mark.parametrize(
    ("nimi", "riveja"),
    [
        ("asteikko-kaanteinen.xlsx", 8),
        ("tyokirja-kaavoineen.xlsx", 8),
        ("kylla-ei-kaksi-vuotta.xls", 6),
        ("malmo-nuolet.xlsx", 8),
        ("waterloo-neljannekset.csv", 17),
        ("tilanne-sanoin-huomiot.xlsx", 6),
    ],
)
def test_it_is_settled_with_few_clicks(ruutu, nimi, riveja):
    kavija = Kavija(ruutu, nimi)
    kavija.send()
    painettu = kavija.settle()
    assert kavija.is_saved(), painettu
    assert len(painettu) <= ENINTAAN, painettu
    assert Tuonti.objects.get().tila == Tuonti.Tila.TALLENNETTU
    assert Toimenpide.objects.count() == riveja
