"""The own columns of a toimenpide: fields of its form, kept in its history, searched, and never overwritten unseen."""

import pytest
from django.urls import reverse

from strategia.models import Strategia, Toimenpide, own_role

OTSIKKO = "Rahoitus – EU & muu"
KENTTA = own_role("oma", OTSIKKO)


@pytest.fixture
def osoite(cast):
    own = [{"rooli": "oma", "otsikko": OTSIKKO, "piilossa": True}, {"rooli": "oma.kirjaus", "otsikko": "Huomiot"}]
    Strategia.objects.filter(pk=cast.strategia.pk).update(sarakkeet=own)
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(omat={OTSIKKO: "Oma raha", "Entinen sarake": "x"})
    return reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk])


def posted(page, **changes):
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "")} | changes


def test_they_are_edited_and_the_change_is_history(cast, kirjautunut, osoite):
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(osoite)
    assert [each.label for each in page.context["form"] if each.name.startswith("oma_")] == [OTSIKKO, "Entinen sarake"]
    names = [each.name for each in page.context["form"]]
    assert names[names.index("mittari") + 1] == KENTTA
    assert kaisa.post(osoite, posted(page, **{KENTTA: "EU-hanke\r\nÄijänsuo"})).status_code == 302
    saved = Toimenpide.objects.get(pk=cast.vayla.pk)
    assert saved.omat == {OTSIKKO: "EU-hanke\nÄijänsuo", "Entinen sarake": "x"}
    assert "äijänsuo" in saved.haku
    assert (saved.history.first().omat[OTSIKKO], saved.history.first().history_user) == (
        "EU-hanke\nÄijänsuo",
        cast.kaisa,
    )
    told = kaisa.get(reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])).text
    assert "EU-hanke" in told
    kaisa.post(osoite, posted(kaisa.get(osoite), **{KENTTA: ""}))
    assert Toimenpide.objects.get(pk=cast.vayla.pk).omat == {"Entinen sarake": "x"}


def test_what_another_wrote_meanwhile_is_shown_first(cast, kirjautunut, osoite):
    kaisa = kirjautunut(cast.kaisa)
    data = posted(kaisa.get(osoite), **{KENTTA: "Kaisan"})
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(omat={OTSIKKO: "Ainon"})
    answer = kaisa.post(osoite, data)
    assert answer.status_code == 409
    assert "Ainon" in answer.text
    assert Toimenpide.objects.get(pk=cast.vayla.pk).omat == {OTSIKKO: "Ainon"}


def test_a_column_that_came_while_the_form_was_open_is_not_emptied(cast, kirjautunut, osoite):
    kaisa = kirjautunut(cast.kaisa)
    data = posted(kaisa.get(osoite))
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(omat={OTSIKKO: "Oma raha", "Entinen sarake": "x", "Uusi": "y"})
    assert kaisa.post(osoite, data).status_code == 409
    assert Toimenpide.objects.get(pk=cast.vayla.pk).omat["Uusi"] == "y"


def test_a_new_toimenpide_has_them_too_and_too_long_a_text_is_told(cast, kirjautunut, osoite):
    kaisa, new = kirjautunut(cast.kaisa), reverse("strategia:toimenpide-uusi", args=[cast.strategia.pk])
    data = {"tavoite": cast.tavoitteet[0].pk, "nimi": "Uusi teko", KENTTA: "x" * 32_768}
    answer = kaisa.post(new, data)
    assert answer.status_code == 422
    assert KENTTA in answer.context["form"].errors
    kaisa.post(new, data | {KENTTA: "Laina"})
    assert Toimenpide.objects.get(nimi="Uusi teko").omat == {OTSIKKO: "Laina"}
