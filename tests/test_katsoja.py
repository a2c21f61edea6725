"""The inspection itself notices what it is there for: a page with each fault, and what it says of it."""

import pytest
from django.http import HttpResponse

from .katsoja import Katsoja
from .kokoelma import Kokoelma, Sivu

pytestmark = pytest.mark.selain

ENSIN, VIIMEINEN = "<p><a href='/a/'>Ensin</a></p>", "<p><a href='/c/'>Viimeinen</a></p>"
HEAD = "<title>Koe</title><link rel='icon' href='data:,'><style>:focus-visible {outline: 3px solid #00f}</style>"


@pytest.fixture(scope="module")
def katsoja(selain):
    katsoja = Katsoja(selain, Kokoelma())
    yield katsoja
    katsoja.close()


def page(body):
    html = f"<!DOCTYPE html><html lang='fi'>{HEAD}<main><h1>Koe</h1>{ENSIN}{body}{VIIMEINEN}</main>"
    return Sivu("koe", "koe", "/koe/", HttpResponse(html))


@pytest.mark.parametrize(
    "body",
    [
        "<p><button>Nappi</button></p>",
        "<p><label>Päivä <input type='date'></label></p>",
        "<details><summary>Lisää</summary><p><a href='/d/'>Sisällä</a></p></details>",
        "<div style='height: 3000px'></div>",
    ],
)
def test_a_page_without_faults_has_none(katsoja, body):
    assert katsoja.inspect(page(body)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p><button tabindex='3'>Väärä</button></p>", "odotettiin <button> ”Väärä”, tuli <a> ”Viimeinen”"),
        ("<p><button style='outline: none'>Nappi</button></p>", "<button> ”Nappi” ei näytä kohdistusta"),
        (
            "<p><button style='position: fixed; top: -99px'>Nappi</button></p>",
            "<button> ”Nappi” on ikkunan ulkopuolella",
        ),
        ("<div style='position: fixed; inset: 0'>Peite</div>", "<a> ”Viimeinen” on peitossa: <div> ”Peite”"),
        ("<p><button onfocus='this.blur()'>Nappi</button></p>", "odotettiin <button> ”Nappi”, tuli ei missään"),
        (
            "<p><button onkeydown='event.preventDefault()'>Nappi</button></p>",
            "odotettiin <a> ”Viimeinen”, tuli <button> ”Nappi”",
        ),
    ],
)
def test_what_stops_a_person_with_a_keyboard_is_told(katsoja, body, fault):
    faults = katsoja.inspect(page(body))
    assert f"Tab: {fault}" in faults
    assert f"tumma, 320 px: Tab: {fault}" in faults


def test_what_is_too_wide_or_unnamed_or_calls_elsewhere_is_told(katsoja):
    faults = "\n".join(
        katsoja.inspect(page("<p style='width: 400px'><input><img src='https://muualla.invalid/a.png'></p>"))
    )
    assert "sivu vierii sivulle" in faults
    assert "label: input" in faults
    assert "image-alt: img" in faults
    assert "pyyntö muualle: https://muualla.invalid/a.png" in faults
