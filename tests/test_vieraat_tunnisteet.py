"""Every field of every form changed to another's id: nothing comes of it."""

import logging

import pytest

from .lomakkeet import read_forms
from .matriisi import build_world, list_questions, may_open
from .vieraat import TOISEN, VIERAS, digest_of_database, effect_of, plant_others

LOMAKKEIDEN_TAYTTAJAT = {"aino": (VIERAS,), "kaisa": (VIERAS,), "hilkka": (VIERAS, TOISEN), "veikko": (VIERAS, TOISEN)}


@pytest.fixture
def maailma(db):
    logging.disable(logging.ERROR)
    yield build_world()
    logging.disable(logging.NOTSET)


@pytest.mark.vain_sqlite
@pytest.mark.parametrize("who", LOMAKKEIDEN_TAYTTAJAT)
def test_a_field_changed_to_anothers_id_has_no_effect(who, maailma):
    """The database is then as it was, or as it would be without that field; on PostgreSQL new ids never repeat."""
    forms = list_forms(maailma, who)  # as the person sees them, before the others' objects are there
    plant_others(maailma.cast)
    before, faults, tried = digest_of_database(), [], 0
    for form in forms:
        answer, whole = effect_of(maailma, who, form.osoite, form.data())
        assert answer.status_code < 500, form
        for pk in LOMAKKEIDEN_TAYTTAJAT[who]:
            for what, changed, without in form.changed(pk):
                answer, after = effect_of(maailma, who, form.osoite, changed.data())
                tried += 1
                if answer.status_code >= 500:
                    faults.append(f"{form.osoite} {what}: {answer.status_code}")
                elif after not in (before, whole) and after != effect_of(maailma, who, form.osoite, without.data())[1]:
                    faults.append(f"{form.osoite} {what}: vaikutti, {answer.status_code}")
    assert tried >= 20
    assert not faults, "\n".join(faults)


def list_forms(maailma, who):
    """Every form of every page that the person may open, each once."""
    forms = {}
    for kysymys in list_questions(maailma.kohteet):
        is_own = {getattr(kohde, "nimi", "oma") for kohde in kysymys.kohteet} <= {"oma", "vastaustaulukko"}
        if is_own and may_open(kysymys, who):
            answer, _wrote = maailma.ask(who, "GET", kysymys.path)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                forms |= {(form.osoite, form.kentat): form for form in read_forms(answer.text, kysymys.path)}
    return list(forms.values())
