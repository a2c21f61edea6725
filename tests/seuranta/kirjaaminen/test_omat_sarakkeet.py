"""The municipality's own columns of the kirjaus: asked on the entry page when so chosen, and as safe as a comment."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.models import Kirjaus, Vastaus
from strategia.models import Strategia, Toimenpide, own_role

from .test_lisakentat import HTMX, row, stored, text_of

KUMPPANI, HUOMIOT = "Kumppanit – ”ulkoiset” & muut", "Huomiot"
KENTTA = {otsikko: own_role("oma.kirjaus", otsikko) for otsikko in (KUMPPANI, HUOMIOT)}


@pytest.fixture
def sivun_osoite(cast):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


@pytest.fixture
def asetus(cast):
    return reverse("strategia:strategia-kirjaus", args=[cast.strategia.pk])


@pytest.fixture(autouse=True)
def sarakkeet(cast):
    """The table had two columns of its own beside the comments, one on the toimenpide; nothing is asked of them yet."""
    cast.strategia.sarakkeet = [
        {"rooli": "toimenpide", "otsikko": "Teko"},
        {"rooli": "oma", "otsikko": "Prioriteetti", "piilossa": True},
        {"rooli": "oma.kirjaus", "otsikko": KUMPPANI},
        {"rooli": "oma.kirjaus", "otsikko": HUOMIOT, "piilossa": True},
    ]
    cast.strategia.save()


def ask(cast, *otsikot):
    cast.strategia.ask_omat(otsikot)
    cast.strategia.save()
    cast.jakso.strategia = cast.edellinen.strategia = cast.strategia


def omat_row(cast, *, versio=0, aste="2", **texts):
    """What the page posts of the row; kumppani, huomiot: what stands in the fields."""
    own = {KENTTA[KUMPPANI]: texts.get("kumppani"), KENTTA[HUOMIOT]: texts.get("huomiot")}
    return row(cast.vayla, versio=versio, aste=aste, **{name: text for name, text in own.items() if text is not None})


def record(cast, by, text):
    vastaus = Vastaus(0, toteutumisaste=2, omat={KUMPPANI: text})
    return Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=by)


# --- who chooses, and what is asked


def test_the_koordinaattori_chooses_which_of_them_are_asked(cast, kirjautunut, asetus):
    kaisa = kirjautunut(cast.kaisa)
    assert f'value="{KENTTA[KUMPPANI]}"' in kaisa.get(asetus).text
    assert kaisa.post(asetus, {"omat": [KENTTA[HUOMIOT]], "lisakentat": ["ennuste"]}).status_code == 302
    strategia = Strategia.objects.get(pk=cast.strategia.pk)
    assert (strategia.kysytyt_omat, strategia.lisakentat) == ([HUOMIOT], ["ennuste"])
    assert strategia.sarakkeet[:3] == cast.strategia.sarakkeet[:3]
    assert kaisa.get(asetus).text.count("checked") == 2
    kaisa.post(asetus, {})
    assert Strategia.objects.get(pk=cast.strategia.pk).kysytyt_omat == []


def test_what_is_no_column_of_the_kirjaus_is_refused_and_without_columns_nothing_is_offered(cast, kirjautunut, asetus):
    kaisa = kirjautunut(cast.kaisa)
    assert kaisa.post(asetus, {"omat": [own_role("oma", "Prioriteetti")]}).status_code == 422
    Strategia.objects.filter(pk=cast.strategia.pk).update(sarakkeet=[])
    assert "omista sarakkeista" not in kaisa.get(asetus).text


def test_one_that_is_not_chosen_is_not_asked_and_the_hint_tells_what_is_published(cast, kirjautunut, sivun_osoite):
    veikko = kirjautunut(cast.veikko)
    assert "omak_" not in veikko.get(sivun_osoite).text
    ask(cast, KUMPPANI, HUOMIOT)
    page = text_of(veikko.get(sivun_osoite))
    field = re.search(rf'{KUMPPANI} <span class="hint">([^<]*)</span>', page)
    assert field[1] == "Julkaistaan raportissa."
    assert re.search(r'Huomiot <span class="hint">Ei raporttiin\.', page)
    assert "<summary>Muut tiedot</summary>" in page
    ask(cast, HUOMIOT)
    assert "<summary>Huomiot</summary>" in veikko.get(sivun_osoite).text


# --- written as any text of the row


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_veikko_writes_them_and_the_others_stay(headers, cast, kirjautunut, sivun_osoite):
    ask(cast, KUMPPANI)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, omat={HUOMIOT: "Taulukosta"})}, by=cast.veikko)
    veikko = kirjautunut(cast.veikko)
    data = omat_row(cast, versio=1, kumppani="Äijänsuon osuuskunta\r\n& muut") | {"rivi": cast.vayla.pk}
    assert veikko.post(sivun_osoite, data, headers=headers, follow=not headers).status_code == 200
    kirjaus = stored(cast)
    assert kirjaus.omat == {KUMPPANI: "Äijänsuon osuuskunta\n& muut", HUOMIOT: "Taulukosta"}
    assert "äijänsuon osuuskunta" in kirjaus.haku
    assert (kirjaus.history.first().omat, kirjaus.history.first().history_user) == (kirjaus.omat, cast.veikko)
    assert "Äijänsuon osuuskunta" in text_of(veikko.get(sivun_osoite))
    veikko.post(sivun_osoite, data | {f"t{cast.vayla.pk}-versio": 2}, headers=headers)
    assert stored(cast).versio == 2  # nothing changed
    emptied = omat_row(cast, versio=2, kumppani="") | {"rivi": cast.vayla.pk}
    veikko.post(sivun_osoite, emptied, headers=headers)
    assert stored(cast).omat == {HUOMIOT: "Taulukosta"}


def test_a_page_that_did_not_ask_or_asks_no_more_loses_nothing(cast, kirjautunut, sivun_osoite):
    ask(cast, KUMPPANI)
    record(cast, cast.veikko, "Seura")
    veikko = kirjautunut(cast.veikko)
    veikko.post(sivun_osoite, omat_row(cast, versio=1, aste="3"))
    assert (stored(cast).toteutumisaste, stored(cast).omat) == (3, {KUMPPANI: "Seura"})
    ask(cast)
    veikko.post(sivun_osoite, omat_row(cast, versio=2, aste="3", kumppani="Toinen seura"))
    assert stored(cast).omat == {KUMPPANI: "Toinen seura"}


def test_too_long_a_text_is_told_at_its_field_and_kept(cast, kirjautunut, sivun_osoite):
    ask(cast, KUMPPANI)
    answer = kirjautunut(cast.veikko).post(sivun_osoite, omat_row(cast, kumppani="x" * 32_768))
    assert answer.status_code == 409
    name = f"t{cast.vayla.pk}-{KENTTA[KUMPPANI]}"
    assert f'aria-describedby="{name}_error" aria-invalid="true"' in answer.text
    assert "x" * 32_768 in answer.text
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_of_two_texts_both_are_seen_and_can_be_joined(cast, kirjautunut, sivun_osoite):
    ask(cast, KUMPPANI)
    record(cast, cast.hilkka, "Hilkan seura")
    veikko, pk, mine = kirjautunut(cast.veikko), cast.vayla.pk, omat_row(cast, kumppani="Veikon seura")
    page = veikko.post(sivun_osoite, mine)
    assert page.status_code == 409
    assert f"{KUMPPANI}: Hilkan seura" in text_of(page)
    assert f"{KUMPPANI}: Veikon seura" in text_of(page)
    assert stored(cast).omat == {KUMPPANI: "Hilkan seura"}
    name = f"t{pk}-yhdistetty_{KENTTA[KUMPPANI]}"
    assert f'name="{name}"' in page.text
    both = {f"t{pk}-nahty": 1, f"t{pk}-yhdistetty": "", name: "Hilkan ja Veikon seura"}
    veikko.post(sivun_osoite, mine | both | {"ratkaise": f"{pk}:yhdista"})
    assert stored(cast).omat == {KUMPPANI: "Hilkan ja Veikon seura"}


def test_what_was_written_on_a_row_that_is_anothers_now_is_shown_back(cast, kirjautunut, sivun_osoite):
    ask(cast, KUMPPANI)
    veikko = kirjautunut(cast.veikko)
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(toimiala=cast.sivistys)
    page = veikko.post(sivun_osoite, omat_row(cast, aste="", kumppani="Veikon seura"))
    assert page.status_code == 409
    assert "Veikon seura" in page.text
    assert KUMPPANI in text_of(page)


def test_no_change_takes_the_last_periods_texts_too(cast, kirjautunut, sivun_osoite):
    ask(cast, KUMPPANI)
    cast.edellinen.reopen(by=cast.kaisa, syy="Sarake puuttui.")
    last = {KUMPPANI: "Vanha seura", HUOMIOT: "Ei kysytä"}
    Kirjaus.objects.filter(jakso=cast.edellinen, toimenpide=cast.vayla).update(omat=last)
    data = omat_row(cast, aste="", kumppani="") | {"ei_muutosta": cast.vayla.pk}
    kirjautunut(cast.veikko).post(sivun_osoite, data)
    assert (stored(cast).ei_muutosta, stored(cast).omat) == (True, {KUMPPANI: "Vanha seura"})
    vastaus = Vastaus(stored(cast).versio, *(getattr(stored(cast), n) for n in ("toteutumisaste", "syy", "kommentti")))
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)
    assert stored(cast).ei_muutosta


# --- viimeistely and approval


def test_viimeistely_keeps_the_owners_words_beside_and_tells_the_owner(cast, kirjautunut, sivun_osoite):
    ask(cast, KUMPPANI)
    [kirjaus], _conflicts = record(cast, cast.veikko, "Syksyn seura")
    cast.jakso.finish(by=cast.kaisa)
    kirjautunut(cast.kaisa).post(sivun_osoite, omat_row(cast, versio=kirjaus.versio, kumppani="Kevään seura"))
    assert stored(cast).omat == {KUMPPANI: "Kevään seura"}
    assert stored(cast).kirjaajan_lisat == {"omat": {KUMPPANI: "Syksyn seura"}}
    page = kirjautunut(cast.veikko).get(reverse("seuranta:omat")).text
    assert "<del>Syksyn</del>" in page
    assert "<ins>Kevään</ins>" in page
    kirjautunut(cast.kaisa).post(sivun_osoite, omat_row(cast, versio=kirjaus.versio + 1, kumppani="Syksyn seura"))
    assert stored(cast).kirjaajan_lisat == {}


def test_hilkka_sees_them_and_what_changed_since_she_approved(cast, kirjautunut):
    ask(cast, KUMPPANI)
    said = Vastaus(0, 2, kommentti="Alkoi.", omat={KUMPPANI: "Syksyn seura", HUOMIOT: "Ei kysytty"}, laheta=True)
    [sent], _conflicts = Kirjaus.objects.record(cast.jakso, {cast.vayla: said}, by=cast.veikko)
    page, hilkka = reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk]), kirjautunut(cast.hilkka)
    assert f"<b>{KUMPPANI}:</b> Syksyn seura" in text_of(hilkka.get(page))
    assert "Ei kysytty" not in hilkka.get(page).text
    Kirjaus.objects.approve(cast.jakso, {sent.pk: 1}, by=cast.hilkka)
    again = Vastaus(2, 2, kommentti="Alkoi.", omat={KUMPPANI: "Kevään seura"})
    Kirjaus.objects.record(cast.jakso, {cast.vayla: again}, by=cast.veikko)
    assert stored(cast).tila == Kirjaus.Tila.LAHETETTY
    assert "<ins>Kevään</ins>" in hilkka.get(page).text


@pytest.mark.parametrize("count", [25, 250])
def test_they_cost_the_page_no_query(count, cast, kirjautunut, sivun_osoite, ilman_mittareita):
    ask(cast, KUMPPANI, HUOMIOT)
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Teko {n}", toimiala=cast.tekniset, jarjestys=n)
        for n in range(count)
    )
    veikko = kirjautunut(cast.veikko)
    veikko.get(sivun_osoite)
    with CaptureQueriesContext(connection) as queries:
        page = veikko.get(sivun_osoite).text
    assert page.count(f'-{KENTTA[KUMPPANI]}"') >= count
    beside = ("strategia_istunto", "SAVEPOINT", "strategia_kayttaja")
    assert len([q for q in queries if not any(word in q["sql"].split("WHERE")[0] for word in beside)]) == 3
