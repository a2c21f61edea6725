"""A plan that is followed in words alone: a comment is an answer without a score."""

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("button", ["t", "valmiit"])
def test_a_comment_alone_is_sent_where_no_scores_are_shown(cast, veikko, button):
    type(cast.strategia).objects.filter(pk=cast.strategia.pk).update(esitys="ei")
    prefix = f"t{cast.vayla.pk}"
    data = {f"{prefix}-versio": "0", f"{prefix}-aste": "", f"{prefix}-kommentti": "Työ etenee sovitusti."}
    data["laheta"] = str(cast.vayla.pk) if button == "t" else button
    veikko.post(reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk]), data)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    assert (kirjaus.tila, kirjaus.toteutumisaste, kirjaus.kommentti) == ("lahetetty", None, "Työ etenee sovitusti.")


def test_where_scores_are_shown_a_comment_alone_is_not_sent(cast, veikko):
    prefix = f"t{cast.vayla.pk}"
    data = {f"{prefix}-versio": "0", f"{prefix}-aste": "", f"{prefix}-kommentti": "Työ etenee."}
    answer = veikko.post(
        reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk]), data | {"laheta": str(cast.vayla.pk)}, follow=True
    )
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).tila == "luonnos"
    assert "Valitse toteutumisaste 1–5 tai Ei arvioida" in answer.text
