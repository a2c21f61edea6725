"""A choice that names an id no row can have is refused in words, like any other wrong one."""

import pytest
from django.urls import reverse

VALTAVA = "9" * 30
LOMAKKEET = {
    "strategia:kayttaja-kutsu": lambda c: ([], {"email": "u@k.example", "nimi": "U", "rooli": "raportoija"}),
    "strategia:toimenpide-muokkaa": lambda c: ([c.vayla.pk], {"nimi": "Teko", "tavoite": c.tavoitteet[0].pk}),
    "strategia:toimiala-jaa": lambda c: ([c.tekniset.pk], {"uusi": "Kadut", "toimenpiteet": [c.vayla.pk]}),
}
KENTAT = [
    ("strategia:kayttaja-kutsu", "toimialat"),
    ("strategia:toimenpide-muokkaa", "vastuuhenkilot"),
    ("strategia:toimiala-jaa", "toimenpiteet"),
    ("strategia:toimiala-jaa", "kayttajat"),
]


@pytest.mark.parametrize(("name", "field"), KENTAT)
def test_an_id_that_fits_no_database_is_not_among_the_choices(name, field, cast, kirjautunut):
    args, data = LOMAKKEET[name](cast)
    answer = kirjautunut(cast.aino).post(reverse(name, args=args), data | {field: [VALTAVA]})
    assert answer.status_code == 422
    assert "Valitse jokin tarjotuista vaihtoehdoista." in " ".join(answer.context["form"].errors[field])
