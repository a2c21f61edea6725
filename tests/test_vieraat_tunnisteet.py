"""Every field of every form changed to another's id: nothing comes of it."""

import logging
from urllib.parse import urlencode

import pytest

from seuranta.taulukko import sandbox
from seuranta.vastaustaulukko.kirja import answer_table_bytes

from .lomakkeet import list_forms
from .matriisi import build_world, plain
from .vieraat import TOISEN, VIERAS, digest_of_database, effect_of, plant_others
from .ymparisto import kierrokset, on_osana, osuus, otanta

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
    # Looked for before the others' objects are there.
    forms = [form for form in list_forms(maailma, who, osana=True) if form.tapa == "post"]
    others = LOMAKKEIDEN_TAYTTAJAT[who]
    tried = otanta((form, *change) for form in forms for pk in others for change in form.changed(pk))
    assert on_osana() or len(tried) >= kierrokset(40)
    plant_others(maailma.cast)
    files = {"tiedosto": answer_table_bytes(maailma.cast.jakso, maailma.cast.tekniset, maailma.cast.veikko)}
    vertailu = Vertailu(maailma, who, files)
    faults = [fault for form, what, changed, without in tried if (fault := vertailu.look(form, what, changed, without))]
    assert not faults, "\n".join(faults)


class Vertailu:
    """The database after a form, beside what it was and what the same form does as it stands or without a field."""

    def __init__(self, maailma, who, files):
        self.maailma, self.who, self.files = maailma, who, files
        self.before, self.wholes = digest_of_database(), {}

    def look(self, form, what, changed, without):
        """What is wrong with the answer to the changed form, in words; "" if nothing."""
        whole, (answer, after) = self._whole(form), self._effect(form.osoite, changed)
        if answer.status_code >= 500:
            return f"{form.osoite} {what}: {answer.status_code}"
        if after in (self.before, whole) or after == self._effect(form.osoite, without)[1]:
            return ""
        tables = sorted(table for table in after if after[table] != whole.get(table))
        return f"{form.osoite} {what}: vaikutti, {answer.status_code}, {tables}"

    def _whole(self, form):
        if form not in self.wholes:
            answer, self.wholes[form] = self._effect(form.osoite, form)
            assert answer.status_code < 500, form
        return self.wholes[form]

    def _effect(self, path, form):
        return effect_of(self.maailma, self.who, path, form.data(self.files))


@pytest.mark.parametrize("who", [*LOMAKKEIDEN_TAYTTAJAT, "otso", "tarmo", "liisa"])
def test_a_filter_by_anothers_id_finds_what_an_id_that_is_nowhere_finds(who, maailma):
    """Forms that only look: the page is the same, byte for byte, but for the id itself."""
    forms = [form for form in list_forms(maailma, who, osana=True) if form.tapa == "get"]
    plant_others(maailma.cast)
    tried = 0
    for form in forms:
        for what, changed, _without in form.changed(VIERAS):
            shown, nowhere = (
                plain_of(maailma, who, form.osoite, changed.with_id(VIERAS, pk), pk) for pk in (VIERAS, VIERAS + 5)
            )
            tried += 1
            assert shown == nowhere, (form.osoite, what)
    assert tried >= osuus(SUODATTIMIA.get(who, 0))


def plain_of(maailma, who, path, form, pk):
    answer, wrote = maailma.ask(who, "GET", f"{path}?{urlencode(form.data(), doseq=True)}")
    assert (answer.status_code < 500, wrote) == (True, []), path
    status, headers, text = plain(answer, path)
    return status, headers, text.replace(str(pk), "")
