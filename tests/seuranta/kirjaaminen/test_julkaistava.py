"""Personal data in a text is told under its field, before anybody has published it."""

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus, Vastaus
from seuranta.templatetags.julkaistava import tiedot

from .test_views import row

NUMERO = "Soita 040 123 4567."
SANOTAAN = "Tekstissä näyttää olevan puhelinnumero 040 123 4567."


@pytest.mark.parametrize(
    ("teksti", "sanotaan"),
    [
        ("Työ etenee.", ""),
        ("", ""),
        (None, ""),
        (NUMERO, "puhelinnumero 040 123 4567."),
        ("Kysy: a.b@kunta.example", "sähköpostiosoite a.b@kunta.example."),
        ("Asiakas 131052-308T", "henkilötunnus."),
    ],
)
def test_what_seems_to_stand_in_the_text_is_told(teksti, sanotaan):
    assert sanotaan in tiedot(teksti)
    assert bool(tiedot(teksti)) == bool(sanotaan)
    assert "131052" not in tiedot(teksti)


def test_it_stands_under_the_field_as_the_page_is_opened_and_as_a_row_is_saved(cast, kirjautunut):
    osoite, veikko = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk]), kirjautunut(cast.veikko)
    assert "Tekstissä näyttää olevan" not in veikko.get(osoite).text
    data = row(cast.vayla, aste="3", kommentti=NUMERO) | {"rivi": cast.vayla.pk}
    saved = veikko.post(osoite, data, headers={"hx-request": "true"})
    place = f'id="t{cast.vayla.pk}-kommentti_error"'
    assert SANOTAAN in saved.text.split(place)[1].split("</div>")[0]
    assert SANOTAAN in veikko.get(osoite).text.split(place)[1].split("</div>")[0]
    mended = Vastaus(1, 3, kommentti="Soita vaihteeseen.")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: mended}, by=cast.veikko)
    assert veikko.get(osoite).text.split(place)[1].split("</div>")[0] == ">"
