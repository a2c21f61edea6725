"""Ennuste, poikkeaman syy and korjaavat toimet: asked only where the strategia uses them, from field to report."""

import html
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from raportit.osavuosikatsaus import build
from raportit.sulkeminen.sulje import close_jakso
from seuranta.jakso.havainnot import check_before_closing
from seuranta.models import Kirjaus, Vastaus
from strategia.models import LISAKENTAT, Strategia, Toimenpide
from tests.raportit.rakenna import KOOTTU

from .test_views import row

HTMX = {"HX-Request": "true"}
ENNUSTE = "Ei valmistu – arvio 50 % & kesä 2027"
SYY, TOIMET = "Urakoitsija keskeytti työn.", "Kilpailutus uusitaan lokakuussa."


@pytest.fixture
def sivun_osoite(cast):
    return reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])


@pytest.fixture
def asetus(cast):
    return reverse("strategia:strategia-kirjaus", args=[cast.strategia.pk])


def use(cast, *roolit):
    """The strategia uses these, as if its page had been saved."""
    cast.strategia.use_lisakentat(roolit)
    cast.strategia.save()
    cast.jakso.strategia = cast.edellinen.strategia = cast.strategia


def record(cast, by, versio=0, *, toimenpide=None, **values):
    vastaus = {toimenpide or cast.vayla: Vastaus(versio, **values)}
    saved, conflicts = Kirjaus.objects.record(cast.jakso, vastaus, by=by)
    assert not conflicts
    return saved[0] if saved else None


def stored(cast):
    return Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)


def text_of(answer):
    return html.unescape(answer.text)


# --- who may choose them


@pytest.mark.parametrize("who", ["veikko", "hilkka", "otso", "liisa", "tarmo", "ulla"])
def test_only_the_koordinaattori_chooses_what_is_asked(who, cast, kirjautunut, asetus):
    client = kirjautunut(getattr(cast, who))
    for answer in (client.get(asetus), client.post(asetus, {"lisakentat": ["ennuste"]})):
        assert answer.status_code == (404 if who == "ulla" else 403)
    assert Strategia.objects.get(pk=cast.strategia.pk).lisakentat == []
    assert asetus not in client.get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text


def test_the_koordinaattori_chooses_and_leaves_out(cast, kirjautunut, asetus):
    own = [{"rooli": "toimenpide", "otsikko": "Teko"}, {"rooli": "ennuste", "otsikko": "Loppuvuosi", "pois": True}]
    Strategia.objects.filter(pk=cast.strategia.pk).update(sarakkeet=own)
    kaisa = kirjautunut(cast.kaisa)
    assert asetus in kaisa.get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text
    answer = kaisa.post(asetus, {"lisakentat": ["korjaavat_toimet", "ennuste"]}, follow=True)
    assert "Kirjauksen kentät on tallennettu." in answer.text
    strategia = Strategia.objects.get(pk=cast.strategia.pk)
    assert strategia.lisakentat == ["ennuste", "korjaavat_toimet"]
    assert strategia.sarakkeet[:2] == [own[0], {"rooli": "ennuste", "otsikko": "Loppuvuosi"}]
    assert kaisa.get(asetus).text.count("checked") == 2
    kaisa.post(asetus, {})
    strategia.refresh_from_db()
    assert strategia.lisakentat == []
    assert strategia.sarakkeet[0] == own[0]


def test_what_is_no_field_is_refused(cast, kirjautunut, asetus):
    assert kirjautunut(cast.kaisa).post(asetus, {"lisakentat": ["kommentti"]}).status_code == 422
    assert Strategia.objects.get(pk=cast.strategia.pk).sarakkeet == []


# --- the entry page


def test_nothing_is_asked_where_the_strategia_does_not_use_them(cast, kirjautunut, sivun_osoite):
    page = kirjautunut(cast.veikko).get(sivun_osoite).text
    for word in ("Ennuste", "Poikkeaman syy", "Korjaavat toimet", "-ennuste"):
        assert word not in page


def test_only_what_is_used_is_asked_in_the_words_of_the_kunta(cast, kirjautunut, sivun_osoite):
    cast.strategia.sanasto = {"poikkeaman_syy": "Miksi jäljessä?"}
    use(cast, "poikkeaman_syy")
    page = kirjautunut(cast.veikko).get(sivun_osoite).text
    assert f'name="t{cast.vayla.pk}-poikkeaman_syy"' in page
    assert "<summary>Miksi jäljessä?</summary>" in page
    assert "-ennuste" not in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_veikko_writes_all_three_and_they_are_history(headers, cast, kirjautunut, sivun_osoite):
    use(cast, *LISAKENTAT)
    long = ("Sää & urakka – äö. " * 60)[:1000].strip()
    veikko = kirjautunut(cast.veikko)
    texts = {"ennuste": ENNUSTE, "poikkeaman_syy": long, "korjaavat_toimet": f"{TOIMET}\r\nJa toinen rivi."}
    data = row(cast.vayla, aste="2", kommentti="Alkoi.", **texts) | {"rivi": cast.vayla.pk}
    assert veikko.post(sivun_osoite, data, headers=headers, follow=not headers).status_code == 200
    kirjaus = stored(cast)
    assert (kirjaus.ennuste, kirjaus.poikkeaman_syy) == (ENNUSTE, long)
    assert kirjaus.korjaavat_toimet == f"{TOIMET}\nJa toinen rivi."
    assert (kirjaus.history.get().ennuste, kirjaus.history.get().history_user) == (ENNUSTE, cast.veikko)
    page = veikko.get(sivun_osoite)
    assert ENNUSTE in text_of(page)
    opened = re.findall(r'<details class="extra" open>\s*<summary>Ennuste ja poikkeama', page.text)
    assert len(opened) == 1  # the others are folded
    again = data | {f"t{cast.vayla.pk}-versio": 1}
    veikko.post(sivun_osoite, again, headers=headers)
    assert stored(cast).versio == 1  # nothing changed


def test_otso_writes_none_of_them_on_veikkos_row(cast, kirjautunut, sivun_osoite):
    use(cast, *LISAKENTAT)
    data = row(cast.vayla, ennuste=ENNUSTE) | {"rivi": cast.vayla.pk}
    assert kirjautunut(cast.otso).post(sivun_osoite, data, headers=HTMX).status_code == 404
    kirjautunut(cast.otso).post(sivun_osoite, data)
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_too_long_a_text_is_told_at_its_field_and_kept(cast, kirjautunut, sivun_osoite):
    use(cast, "ennuste")
    answer = kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla, aste="2", ennuste="x" * 32_768))
    assert answer.status_code == 409
    assert f'aria-describedby="t{cast.vayla.pk}-ennuste_error" aria-invalid="true"' in answer.text
    assert "x" * 32_768 in answer.text
    assert not Kirjaus.objects.filter(jakso=cast.jakso).exists()


def test_a_page_opened_before_a_change_of_the_setting_loses_nothing(cast, kirjautunut, sivun_osoite):
    use(cast, "ennuste")
    record(cast, cast.veikko, toteutumisaste=2, ennuste=ENNUSTE)
    veikko, pk = kirjautunut(cast.veikko), cast.vayla.pk
    veikko.post(sivun_osoite, row(cast.vayla, versio=1, aste="3"))  # a page that had no such field
    assert (stored(cast).toteutumisaste, stored(cast).ennuste) == (3, ENNUSTE)
    use(cast)
    veikko.post(sivun_osoite, row(cast.vayla, versio=2, aste="3", ennuste="Valmistuu sittenkin."))
    assert stored(cast).ennuste == "Valmistuu sittenkin."
    assert f"t{pk}-ennuste" not in veikko.get(sivun_osoite).text
    use(cast, "ennuste")
    assert "Valmistuu sittenkin." in veikko.get(sivun_osoite).text


def test_of_two_forecasts_both_are_seen_and_can_be_joined(cast, kirjautunut, sivun_osoite):
    use(cast, "ennuste", "korjaavat_toimet")
    record(cast, cast.hilkka, toteutumisaste=2, ennuste="Hilkan ennuste", korjaavat_toimet="Sama toimi")
    veikko, pk = kirjautunut(cast.veikko), cast.vayla.pk
    mine = row(cast.vayla, aste="2", ennuste="Veikon ennuste", korjaavat_toimet="Sama toimi")
    page = veikko.post(sivun_osoite, mine)
    assert page.status_code == 409
    assert "Ennuste: Hilkan ennuste" in page.text
    assert "Ennuste: Veikon ennuste" in page.text
    assert f'name="t{pk}-yhdistetty_ennuste"' in page.text
    assert f'name="t{pk}-yhdistetty_korjaavat_toimet"' not in page.text  # nothing to join
    assert stored(cast).ennuste == "Hilkan ennuste"
    both = {f"t{pk}-nahty": 1, f"t{pk}-yhdistetty": "", f"t{pk}-yhdistetty_ennuste": "Hilkan ja Veikon ennuste"}
    veikko.post(sivun_osoite, mine | both | {"ratkaise": f"{pk}:yhdista"})
    assert (stored(cast).ennuste, stored(cast).korjaavat_toimet) == ("Hilkan ja Veikon ennuste", "Sama toimi")


def test_a_forecast_alone_is_no_silent_overwrite(cast, kirjautunut, sivun_osoite):
    use(cast, "ennuste")
    record(cast, cast.hilkka, toteutumisaste=2, kommentti="Alkoi.", ennuste="Hilkan ennuste")
    untouched = kirjautunut(cast.veikko).post(sivun_osoite, row(cast.vayla))
    assert untouched.status_code == 302
    assert stored(cast).ennuste == "Hilkan ennuste"


def test_no_change_takes_the_last_periods_texts_too(cast, kirjautunut, sivun_osoite):
    use(cast, "ennuste", "korjaavat_toimet")
    cast.edellinen.reopen(by=cast.kaisa, syy="Ennuste puuttui.")
    Kirjaus.objects.filter(jakso=cast.edellinen, toimenpide=cast.vayla).update(ennuste=ENNUSTE, poikkeaman_syy=SYY)
    data = row(cast.vayla, ennuste="", korjaavat_toimet=TOIMET) | {"ei_muutosta": cast.vayla.pk}
    kirjautunut(cast.veikko).post(sivun_osoite, data)
    kirjaus = stored(cast)
    assert kirjaus.ei_muutosta
    assert (kirjaus.ennuste, kirjaus.korjaavat_toimet) == (ENNUSTE, TOIMET)  # what the last one lacked stays
    assert kirjaus.poikkeaman_syy == ""  # not in use
    record(cast, cast.veikko, kirjaus.versio, **_said(kirjaus) | {"ennuste": "Uusi arvio."})
    assert not stored(cast).ei_muutosta


def _said(kirjaus):
    names = ("toteutumisaste", "syy", "kommentti", "sisainen_huomio")
    return {name: getattr(kirjaus, name) for name in names}


@pytest.mark.parametrize("count", [25, 250])
def test_the_fields_cost_the_page_no_query(count, cast, kirjautunut, sivun_osoite, ilman_mittareita):
    use(cast, *LISAKENTAT)
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Teko {n}", toimiala=cast.tekniset, jarjestys=n)
        for n in range(count)
    )
    veikko = kirjautunut(cast.veikko)
    veikko.get(sivun_osoite)
    with CaptureQueriesContext(connection) as queries:
        page = veikko.get(sivun_osoite).text
    assert page.count('-ennuste"') >= count
    beside = ("strategia_istunto", "SAVEPOINT", "strategia_kayttaja")
    assert len([q for q in queries if not any(word in q["sql"].split("WHERE")[0] for word in beside)]) == 3


# --- viimeistely


def test_viimeistely_keeps_the_owners_words_beside_and_tells_the_owner(cast, kirjautunut, sivun_osoite):
    use(cast, "ennuste")
    kirjaus = record(cast, cast.veikko, toteutumisaste=2, kommentti="Alkoi.", ennuste="Valmistuu syksyllä.")
    cast.jakso.finish(by=cast.kaisa)
    kaisa, veikko = kirjautunut(cast.kaisa), kirjautunut(cast.veikko)
    edited = row(cast.vayla, versio=kirjaus.versio, aste="2", kommentti="Alkoi.", ennuste="Valmistuu keväällä.")
    kaisa.post(sivun_osoite, edited)
    assert (stored(cast).ennuste, stored(cast).kirjaajan_kommentti) == ("Valmistuu keväällä.", None)
    assert stored(cast).kirjaajan_lisat == {"ennuste": "Valmistuu syksyllä."}
    for client, path in (
        (kaisa, sivun_osoite),
        (veikko, reverse("seuranta:omat")),
        (veikko, reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])),
    ):
        page = client.get(path).text
        assert "<del>syksyllä.</del>" in page
        assert "<ins>keväällä.</ins>" in page
    assert "keväällä" not in kirjautunut(cast.otso).get(reverse("seuranta:omat")).text
    back = row(cast.vayla, versio=2, aste="2", kommentti="Alkoi.", ennuste="Valmistuu syksyllä.")
    kaisa.post(sivun_osoite, back)
    assert stored(cast).kirjaajan_lisat == {}
    assert "syksyllä" not in veikko.get(reverse("seuranta:omat"), follow=True).text


# --- a closed jakso takes nothing


def test_a_closed_jakso_keeps_its_forecasts(cast):
    closed = Kirjaus.objects.filter(jakso=cast.edellinen)
    for name in LISAKENTAT:
        with pytest.raises(IntegrityError), transaction.atomic():
            closed.update(**{name: "Myöhässä."})
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE seuranta_kirjaus SET ennuste = 'x' WHERE jakso_id = %s", [cast.edellinen.pk])
    assert not closed.exclude(ennuste="").exists()


# --- those who read


def test_hilkka_sees_them_and_what_changed_since_she_approved(cast, kirjautunut):
    use(cast, "ennuste", "korjaavat_toimet")
    sent = record(cast, cast.veikko, toteutumisaste=2, kommentti="Alkoi.", ennuste="Valmistuu syksyllä.", laheta=True)
    page = reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk])
    hilkka = kirjautunut(cast.hilkka)
    assert "<b>Ennuste:</b> Valmistuu syksyllä." in hilkka.get(page).text
    assert "Korjaavat toimet" not in hilkka.get(page).text  # nobody has written any
    Kirjaus.objects.approve(cast.jakso, {sent.pk: 1}, by=cast.hilkka)
    record(cast, cast.veikko, 2, toteutumisaste=2, kommentti="Alkoi.", ennuste="Valmistuu keväällä.")
    answer = hilkka.get(page).text
    assert "<ins>keväällä.</ins>" in answer
    assert "Muuttunut sen jälkeen, kun rivi viimeksi hyväksyttiin." in answer
    use(cast)
    assert "keväällä" not in hilkka.get(page).text


@pytest.mark.parametrize(("who", "sees_open"), [("veikko", True), ("tarmo", True), ("liisa", False), ("otso", False)])
def test_the_toimenpides_page_shows_them_to_those_who_see_the_jakso(who, sees_open, cast, kirjautunut):
    use(cast, "ennuste")
    record(cast, cast.veikko, toteutumisaste=2, kommentti="Alkoi.", ennuste=ENNUSTE, poikkeaman_syy=SYY, laheta=True)
    client, page = kirjautunut(getattr(cast, who)), reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])
    assert (f"Ennuste: {ENNUSTE}" in text_of(client.get(page)).replace("</b>", "").replace("<b>", "")) is sees_open
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    closed = text_of(client.get(page))
    assert (ENNUSTE in closed) is sees_open, "it is no column of the report yet"
    assert (SYY in closed) is sees_open  # not in use: only in the history of those who follow


def test_they_are_found_by_their_words(cast, kirjautunut):
    use(cast, "korjaavat_toimet")
    record(cast, cast.veikko, toteutumisaste=2, kommentti="Alkoi.", korjaavat_toimet="Äijänsuon urakka kilpailutetaan.")
    path = reverse("seuranta:haku") + "?q=äijänsuon+kilpailutetaan"
    assert "<mark>kilpailutetaan</mark>" in kirjautunut(cast.veikko).get(path).text
    assert "kilpailutetaan</mark>" not in kirjautunut(cast.liisa).get(path).text


@pytest.mark.parametrize("name", LISAKENTAT)
def test_an_address_in_them_is_told_before_closing_where_they_are_used(name, cast):
    record(cast, cast.veikko, toteutumisaste=2, kommentti="Alkoi.", **{name: "Kysy: veikko@kunta.example 131052-308T"})
    assert not [h for r in check_before_closing(cast.jakso).rivit for h in r.havainnot if h.laji == "tieto"]
    use(cast, name)
    found = [h.selite for r in check_before_closing(cast.jakso).rivit for h in r.havainnot if h.laji == "tieto"]
    assert found == [
        f"{LISAKENTAT[name].lower()}: henkilötunnus",
        f"{LISAKENTAT[name].lower()}: sähköpostiosoite veikko@kunta.example",
    ]


def test_the_report_holds_only_what_is_used(cast):
    record(
        cast, cast.veikko, toteutumisaste=2, kommentti="Alkoi.", ennuste=ENNUSTE, korjaavat_toimet=TOIMET, laheta=True
    )
    assert build(cast.jakso, koottu=KOOTTU).poikkeamat == ()
    use(cast, "korjaavat_toimet")
    (rivi,) = build(cast.jakso, koottu=KOOTTU).poikkeamat
    assert (rivi.ennuste, rivi.korjaavat_toimet) == ("", TOIMET)
