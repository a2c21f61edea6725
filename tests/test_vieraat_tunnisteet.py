"""Every field of every form changed to another's id: nothing comes of it."""

import logging
from urllib.parse import urlencode

import pytest

from seuranta.taulukko import sandbox
from seuranta.vastaustaulukko.kirja import answer_table_bytes

from .lomakkeet import list_forms
from .matriisi import build_world, plain
from .vieraat import TOISEN, VIERAS, digest_of_database, effect_of, plant_others

# Fields that choose by an id, at least; those who only read choose by words.
SUODATTIMIA = {"aino": 5, "kaisa": 5, "hilkka": 1, "veikko": 1, "otso": 1}
LOMAKKEIDEN_TAYTTAJAT = {"aino": (VIERAS,), "kaisa": (VIERAS,), "hilkka": (VIERAS, TOISEN), "veikko": (VIERAS, TOISEN)}


@pytest.fixture(scope="module")
def rauhallinen_lapsi():
    """Reads as long as it takes: the site's nine seconds by the clock are over sooner where others work beside.

    A file that is refused for the server's hurry once and not the next time is an effect of no field.
    """
    with sandbox.Lapsi(wall_seconds=120) as lapsi:
        yield lapsi


@pytest.fixture
def maailma(db, rauhallinen_lapsi, monkeypatch):
    monkeypatch.setattr(sandbox, "read_in_child", rauhallinen_lapsi.read)
    logging.disable(logging.ERROR)
    yield build_world()
    logging.disable(logging.NOTSET)


@pytest.mark.vain_sqlite
@pytest.mark.parametrize("who", LOMAKKEIDEN_TAYTTAJAT)
def test_a_field_changed_to_anothers_id_has_no_effect(who, maailma):
    """The database is then as it was, or as it would be without that field; on PostgreSQL new ids never repeat."""
    forms = list_forms(maailma, who)  # as the person sees them, before the others' objects are there
    plant_others(maailma.cast)
    files = {"tiedosto": answer_table_bytes(maailma.cast.jakso, maailma.cast.tekniset, maailma.cast.veikko)}
    before, faults, tried = digest_of_database(), [], 0
    for form in (form for form in forms if form.tapa == "post"):
        answer, whole = effect_of(maailma, who, form.osoite, form.data(files))
        assert answer.status_code < 500, form
        for pk in LOMAKKEIDEN_TAYTTAJAT[who]:
            for what, changed, without in form.changed(pk):
                answer, after = effect_of(maailma, who, form.osoite, changed.data(files))
                tried += 1
                if answer.status_code >= 500:
                    faults.append(f"{form.osoite} {what}: {answer.status_code}")
                elif after not in (before, whole, effect_of(maailma, who, form.osoite, without.data(files))[1]):
                    tables = sorted(table for table in after if after[table] != whole.get(table))
                    faults.append(f"{form.osoite} {what}: vaikutti, {answer.status_code}, {tables}")
    assert tried >= 20
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("who", [*LOMAKKEIDEN_TAYTTAJAT, "otso", "tarmo", "liisa"])
def test_a_filter_by_anothers_id_finds_what_an_id_that_is_nowhere_finds(who, maailma):
    """Forms that only look: the page is the same, byte for byte, but for the id itself."""
    forms = [form for form in list_forms(maailma, who) if form.tapa == "get"]
    plant_others(maailma.cast)
    tried = 0
    for form in forms:
        for what, changed, _without in form.changed(VIERAS):
            shown, nowhere = (
                plain_of(maailma, who, form.osoite, changed.with_id(VIERAS, pk), pk) for pk in (VIERAS, VIERAS + 5)
            )
            tried += 1
            assert shown == nowhere, (form.osoite, what)
    assert tried >= SUODATTIMIA.get(who, 0)


def plain_of(maailma, who, path, form, pk):
    answer, wrote = maailma.ask(who, "GET", f"{path}?{urlencode(form.data(), doseq=True)}")
    assert (answer.status_code < 500, wrote) == (True, []), path
    status, headers, text = plain(answer, path)
    return status, headers, text.replace(str(pk), "")
