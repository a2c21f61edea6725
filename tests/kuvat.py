"""`python -m tests.kuvat http://localhost:8000`: the README's pictures, taken of the demo in Chromium.

They show what anybody sees who has run `make demo`. `make kuvat` starts it in the background and takes them.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from .ymparisto import JUURI

KANSIO = JUURI / "static" / "kuvat"
SUURIN = 150_000  # bytes: the pictures are read with the README
IKKUNA = {"width": 1280, "height": 800}
SALASANA = "sininen-vene-soutaa-hiljaa"
CHROMIUM = "/usr/bin/chromium"


def main(address):
    """Take every picture; a page that is not as it should be, or too large a picture, ends it with its reason."""
    KANSIO.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (who, find) in KUVAT.items():
            context = browser.new_context(base_url=address, viewport=IKKUNA, locale="fi-FI", color_scheme="light")
            sivu = context.new_page()
            _sign_in(sivu, who)
            find(sivu)
            sivu.wait_for_load_state("networkidle")
            _save(sivu, KANSIO / f"{name}.png")
            context.close()
        browser.close()


def _sign_in(sivu, who):
    sivu.goto("/tili/kirjaudu/")
    sivu.locator("input[name=login]").fill(f"{who}@vuorijarvi.example")
    sivu.locator("input[name=password]").fill(SALASANA)
    sivu.get_by_role("button", name="Kirjaudu", exact=True).click()
    sivu.get_by_role("heading", name="Hei,").wait_for()


def _open_entry(sivu):
    """The first row that nobody has answered, at the top of the window."""
    sivu.goto("/omat/")
    sivu.get_by_role("link", name="Seuraava vastaamaton").or_(
        sivu.get_by_role("button", name="Seuraava vastaamaton")
    ).click()
    _scroll_to(sivu, sivu.locator("article:has(textarea:visible)").first)


def _open_import(sivu):
    """The file that the demo leaves waiting: as its preview shows it, nothing decided."""
    sivu.goto("/tuonti/")
    sivu.locator("tr", has_text="Esikatselussa").get_by_role("link").first.click()


def _open_report(sivu):
    sivu.goto("/raportit/")
    sivu.locator("#sisalto").get_by_role("link", name="Osavuosikatsaus").first.click()
    _scroll_to(sivu, sivu.get_by_role("heading", name="Yhteenveto"))


def _scroll_to(sivu, place):
    place.evaluate("each => scrollTo(0, each.getBoundingClientRect().top + scrollY - 24)")


# name -> (who, how the page is found)
KUVAT = {
    "kirjaus": ("veikko", _open_entry),
    "tuonti": ("aino", _open_import),
    "raportti": ("kaisa", _open_report),
}


def _save(sivu, path: Path):
    sivu.screenshot(path=path, animations="disabled", caret="hide")
    if path.stat().st_size > SUURIN:
        sys.exit(f"{path.name} on liian suuri: {path.stat().st_size} tavua, enintään {SUURIN}.")
    print(f"{path.relative_to(JUURI)}: {path.stat().st_size} tavua")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
