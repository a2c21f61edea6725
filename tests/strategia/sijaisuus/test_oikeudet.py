"""On the days of a sijaisuus the stand-in may do what the other may, and nothing of it the day before or after."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from seuranta.models import (
    Kirjaus,
    MittariArvo,
    Mittaus,
    Osavastaus,
    Riski,
    Seurantajakso,
    ToimialanMaaraaika,
    Vastaus,
    Yksikkovastaus,
)
from strategia.models import Kayttaja, MuuToimiala, Rooli, Sijaisuus, Vastuuhenkilo, people_with_sijaisuudet
from strategia.permissions import (
    answerable_toimialat,
    answering_people,
    approvable_toimenpiteet,
    approves,
    can_answer_for,
    can_approve,
    can_comment,
    can_follow,
    can_record,
    commented_toimenpiteet,
    own_toimenpiteet,
)

from ...cast import create_user

PAIVA = datetime.timedelta(days=1)


def stand_in(sijainen, sijaistettava, before=0, after=0):
    """Of the days from `before` days ago to `after` days ahead."""
    today = timezone.localdate()
    return Sijaisuus.objects.create(
        kunta_id=sijaistettava.kunta_id,
        sijainen=sijainen,
        sijaistettava=sijaistettava,
        tekija=sijaistettava,
        alkaa=today - before * PAIVA,
        paattyy=today + after * PAIVA,
    )


def again(user):
    """The person as the next request loads it."""
    return people_with_sijaisuudet().get(pk=user.pk)


def rights(user, cast):
    """What the person may do with Väylä, a toimenpide of Tekniset palvelut."""
    return {
        name
        for name, may in (
            ("kirjaa", can_record(user, cast.vayla)),
            ("hyväksyy", can_approve(user, cast.vayla)),
            ("seuraa", can_follow(user, cast.vayla)),
            ("listalla", own_toimenpiteet(user).filter(pk=cast.vayla.pk).exists()),
            ("hyväksyttävissä", approvable_toimenpiteet(user).filter(pk=cast.vayla.pk).exists()),
            ("taulukko", answerable_toimialat(user).filter(pk=cast.tekniset.pk).exists()),
        )
        if may
    }


RAPORTOIJAN = {"kirjaa", "seuraa", "listalla", "taulukko"}
HYVAKSYJAN = RAPORTOIJAN | {"hyväksyy", "hyväksyttävissä"}


@pytest.mark.parametrize(("kenen", "oikeudet"), [("veikko", RAPORTOIJAN), ("hilkka", HYVAKSYJAN)])
def test_a_stand_in_may_what_the_other_may(cast, kenen, oikeudet):
    assert rights(again(cast.otso), cast) == set()
    stand_in(cast.otso, getattr(cast, kenen))
    assert rights(again(cast.otso), cast) == oikeudet
    assert can_record(again(cast.otso), cast.kerho), "the own rows stay"
    assert not can_approve(again(cast.otso), cast.kerho), "nobody approves the own toimiala for another's"
    assert not approvable_toimenpiteet(again(cast.otso)).filter(pk=cast.kerho.pk).exists()


@pytest.mark.parametrize(
    ("before", "after", "may"), [(-1, 3, False), (0, 3, True), (2, 0, True), (5, -1, False), (0, 0, True)]
)
def test_the_date_decides(cast, before, after, may):
    stand_in(cast.otso, cast.hilkka, before, after)
    otso = again(cast.otso)
    assert rights(otso, cast) == (HYVAKSYJAN if may else set())
    assert approves(otso) is may


def test_the_day_after_needs_no_one_to_end_it(cast, kirjautunut, monkeypatch):
    stand_in(cast.otso, cast.hilkka)
    client, page = kirjautunut(cast.otso), reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk])
    assert client.get(page).status_code == 200
    tomorrow = timezone.localdate() + PAIVA
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: tomorrow)
    assert client.get(page).status_code == 403


def test_a_stand_in_s_stand_in_gets_nothing_of_it(cast):
    pekka = create_user(cast.kunta, "Pekka Pelto", Rooli.RAPORTOIJA, cast.hyvinvointi)
    stand_in(pekka, cast.hilkka)
    stand_in(cast.otso, pekka)
    assert rights(again(pekka), cast) == HYVAKSYJAN
    assert rights(again(cast.otso), cast) == set()
    assert can_record(again(cast.otso), cast.toimenpiteet[7]), "Pekka's own"


@pytest.mark.parametrize("whose", ["otso", "hilkka"])
def test_an_ended_access_ends_it(cast, whose):
    stand_in(cast.otso, cast.hilkka)
    Kayttaja.objects.filter(pk=getattr(cast, whose).pk).update(is_active=False)
    assert rights(again(cast.otso), cast) == set()


@pytest.mark.parametrize("rooli", set(Rooli) - {Rooli.RAPORTOIJA, Rooli.HYVAKSYJA})
def test_no_other_role_stands_in_or_is_stood_in_for(cast, rooli):
    stand_in(cast.otso, cast.hilkka)
    stand_in(cast.veikko, cast.otso)
    Kayttaja.objects.filter(pk=cast.otso.pk).update(rooli=rooli)
    assert again(cast.otso).sijaisuudet == again(cast.veikko).sijaisuudet == []


def test_another_kunta_never(cast):
    """Whatever wrote such a row: the admin, a person who moved."""
    ulla = cast.ulla
    Kayttaja.objects.filter(pk=ulla.pk).update(rooli=Rooli.RAPORTOIJA)
    stand_in(ulla, cast.hilkka)
    stand_in(cast.otso, ulla)
    assert rights(again(ulla), cast) == rights(again(cast.otso), cast) == set()
    Sijaisuus.objects.update(kunta=cast.naapuri.kunta)
    assert again(ulla).sijaisuudet == again(cast.otso).sijaisuudet == []


def test_a_row_given_to_the_other_is_on_the_stand_in_s_list(cast):
    pekka = create_user(cast.kunta, "Pekka Pelto", Rooli.RAPORTOIJA, cast.tekniset)
    Vastuuhenkilo.objects.create(kunta=cast.kunta, toimenpide=cast.vayla, kayttaja=cast.veikko)
    Vastuuhenkilo.objects.create(kunta=cast.kunta, toimenpide=cast.toimenpiteet[1], kayttaja=pekka)
    stand_in(cast.otso, cast.veikko)
    mine = set(own_toimenpiteet(again(cast.otso)))
    assert cast.vayla in mine
    assert cast.toimenpiteet[1] not in mine, "nor is it on Veikko's"
    stand_in(pekka, cast.veikko)
    assert cast.vayla in own_toimenpiteet(again(pekka)), "a colleague of the same toimiala, too"


def test_a_row_of_which_the_other_says_a_word_is_commented_on(cast):
    lahiruoka = cast.toimenpiteet[3]
    MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=cast.toimenpiteet[7], toimiala=cast.tekniset)
    MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=lahiruoka, toimiala=cast.tekniset)
    stand_in(cast.otso, cast.veikko)
    otso = again(cast.otso)
    assert can_comment(otso, cast.toimenpiteet[7])
    assert list(commented_toimenpiteet(otso)) == [cast.toimenpiteet[7]], "what one leads oneself is recorded"


def test_no_page_asks_the_database_more(cast, kirjautunut):
    """Than of a person who is of both toimialat."""
    molemmat = create_user(cast.kunta, "Pekka Pelto", Rooli.RAPORTOIJA, cast.tekniset, cast.sivistys)
    stand_in(cast.otso, cast.veikko)
    pages = [reverse(name) for name in ("strategia:ohje", "raportit:etusivu", "seuranta:haku", "seuranta:omat")]
    pages.append(reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk]))
    pages.append(reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk]))
    counted = []
    for who in (molemmat, cast.otso):
        client, counts = kirjautunut(who), {}
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            counts[page] = len(queries)
        counted.append(counts)
    assert counted[0] == counted[1]


# --- what the history says


def test_history_tells_for_whom_a_row_was_written(cast, kirjautunut):
    stand_in(cast.otso, cast.veikko)
    otso = again(cast.otso)
    both = {cast.vayla: Vastaus(0, 3, kommentti="Sijainen kirjasi."), cast.kerho: Vastaus(0, 4, kommentti="Oma rivi.")}
    Kirjaus.objects.record(cast.jakso, both, by=otso)
    vayla, kerho = (Kirjaus.objects.get(jakso=cast.jakso, toimenpide=each) for each in both)
    assert vayla.history.get().kirjoittaja == "Otso Öhman (sijaisena: Veikko Väänänen)"
    assert (kerho.history.get().kirjoittaja, kerho.history.get().sijaisena) == (str(cast.otso), None)
    page = kirjautunut(cast.veikko).get(reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])).text
    assert f"{cast.otso} (sijaisena: {cast.veikko})" in page


def test_an_approval_tells_for_whom_also_in_the_own_toimiala(cast):
    """A raportoija of the same toimiala records in the own right, and approves in the hyväksyjä's."""
    stand_in(cast.veikko, cast.hilkka)
    veikko = again(cast.veikko)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="Valmis.", laheta=True)}, by=veikko)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    Kirjaus.objects.approve(cast.jakso, {kirjaus.pk: kirjaus.versio}, by=veikko)
    assert [row.kirjoittaja for row in kirjaus.history.order_by("history_id")] == [
        str(cast.veikko),
        f"{cast.veikko} (sijaisena: {cast.hilkka})",
    ]


def test_units_and_measures_tell_it_too(cast):
    stand_in(cast.otso, cast.veikko)
    otso, reitit = again(cast.otso), cast.mittarit[0]
    Osavastaus.objects.record(cast.jakso, cast.vayla, [Yksikkovastaus("Kadut", 3)], by=otso)
    MittariArvo.objects.record(cast.jakso, {reitit: Mittaus(0, "11")}, by=otso)
    for model in (Osavastaus, MittariArvo, Kirjaus):
        last = model.history.order_by("history_id").last()
        assert (last.history_user, last.sijaisena) == (cast.otso, cast.veikko), model


def test_who_stands_in_for_nobody_writes_with_no_query_more(cast):
    told = {cast.vayla: Vastaus(0, 3, kommentti="Oma.")}
    veikko = again(cast.veikko)
    with CaptureQueriesContext(connection) as alone:
        Kirjaus.objects.record(cast.jakso, told, by=veikko)
    assert not [query for query in alone if "sijaisuus" in query["sql"]]


@pytest.mark.parametrize(("before", "after", "is_told"), [(3, 0, True), (3, -1, False)])
def test_the_stand_in_answers_by_the_day_of_the_toimiala_stood_in_for(cast, before, after, is_told):
    """An extended or an earlier day of a toimiala's own holds for who records in it today."""
    own = datetime.date(2026, 1, 2)
    days = {"vastaus_viimeistaan": own, "hyvaksynta_viimeistaan": own}
    ToimialanMaaraaika.objects.create(kunta=cast.kunta, jakso=cast.jakso, toimiala=cast.tekniset, **days)
    stand_in(cast.otso, cast.veikko, before, after)
    jakso = Seurantajakso.objects.open_to(again(cast.otso)).get(pk=cast.jakso.pk)
    assert (jakso.oma_vastausaika == own, jakso.oma_hyvaksyntaaika == own) == (is_told, is_told)


@pytest.mark.parametrize(("before", "after", "may"), [(3, 0, True), (3, -1, False)])
def test_the_table_of_answers_can_be_mailed_to_the_stand_in(cast, kirjautunut, mailoutbox, before, after, may):
    stand_in(cast.otso, cast.veikko, before, after)
    assert (cast.otso in answering_people(cast.tekniset)) is can_answer_for(again(cast.otso), cast.tekniset) is may
    kaisa, page = kirjautunut(cast.kaisa), reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
    osoite = reverse("seuranta:vastaustaulukko-laheta", args=[cast.jakso.pk, cast.tekniset.pk])
    form = kaisa.get(page).text.split(f'action="{osoite}"')[1].split("</form>")[0]
    assert (f'<option value="{cast.otso.pk}"' in form) is may
    kaisa.post(osoite, {"kayttaja": cast.otso.pk})
    assert [mail.to for mail in mailoutbox] == ([[cast.otso.email]] if may else [])


def test_a_risk_written_for_another_says_so(cast):
    stand_in(cast.otso, cast.veikko)
    otso = again(cast.otso)
    told = {"kunta": cast.kunta, "strategia": cast.strategia}
    for kohde, sijaisena in (({"toimenpide": cast.vayla}, cast.veikko), ({"toimenpide": cast.kerho}, None)):
        Riski.objects.store(riski := Riski(**told, **kohde, teksti="Urakoitsija vaihtuu"), by=otso)
        last = riski.history.latest()
        assert (last.history_user, last.sijaisena) == (cast.otso, sijaisena)
    Riski.objects.remove(riski, by=otso)
    assert Riski.history.filter(history_type="-").get().sijaisena is None
