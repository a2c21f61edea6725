"""One toimenpide's page: who sees what of it, its way through the jaksot, its history; and editing it."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, Seurantajakso, Tuonti, Vastaus
from seuranta.toimenpide.kehitys import Jaksorivi, draw_line
from strategia.models import Kayttaja, Toimenpide, Vastuuhenkilo
from tests.cast import create_jakso


@pytest.fixture
def sivun_osoite(cast):
    return reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])


@pytest.fixture
def luonnos(cast):
    """What Veikko has begun to write of his toimenpide in the open jakso."""
    vastaus = Vastaus(versio=0, toteutumisaste=4, kommentti="Kesken & salainen.", sisainen_huomio="Kysy rahasta.")
    saved, _conflicts = Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)
    return saved[0]


def fields(toimenpide, **values):
    """The edit form as the browser posts it, untouched."""
    return {
        "tavoite": toimenpide.tavoite_id,
        "nimi": toimenpide.nimi,
        "koodi": toimenpide.koodi,
        "toimiala": toimenpide.toimiala_id or "",
        "vastuu": toimenpide.vastuu,
        **values,
    }


# --- who may not


def test_ulla_does_not_find_it(cast, kirjautunut, sivun_osoite):
    assert kirjautunut(cast.ulla).get(sivun_osoite).status_code == 404


def test_liisa_and_otso_see_closed_jaksot_only(cast, kirjautunut, sivun_osoite, luonnos):
    for who in (cast.liisa, cast.otso):
        page = kirjautunut(who).get(sivun_osoite).text
        assert "Suunnitelma valmis – kilpailu syksyllä." in page
        for hidden in ("Kesken", "Kysy rahasta", "Osavuosikatsaus II 2026", "Historia:", "Veikko", "Muokkaa"):
            assert hidden not in page, (who, hidden)


def test_a_reopened_jakso_is_hidden_from_liisa_again(cast, kirjautunut, sivun_osoite):
    cast.edellinen.reopen(by=cast.kaisa, syy="Luku puuttui.")
    page = kirjautunut(cast.liisa).get(sivun_osoite).text
    assert "Suunnitelma valmis" not in page
    assert "Toimenpiteestä ei ole vielä yhtään jaksoa näytettäväksi." in page


def test_the_own_people_kaisa_and_tarmo_see_the_draft_and_the_history(cast, kirjautunut, sivun_osoite, luonnos):
    for who in (cast.veikko, cast.hilkka, cast.kaisa, cast.aino, cast.tarmo):
        page = kirjautunut(who).get(sivun_osoite).text
        for shown in ("Kesken &amp; salainen.", "Kysy rahasta.", "Historia: 1 tallennus", "nousi (2 → 4)"):
            assert shown in page, (who, shown)
        assert ("Muokkaa" in page) == (who in (cast.kaisa, cast.aino))


@pytest.mark.parametrize("name", ["muokkaa", "lopeta"])
def test_only_kaisa_and_aino_edit_and_end(name, cast, kirjautunut):
    path = reverse(f"strategia:toimenpide-{name}", args=[cast.vayla.pk])
    data = fields(cast.vayla, nimi="Kaapattu", voimassa_asti="2026-09-01")
    for who in (cast.veikko, cast.hilkka, cast.otso, cast.liisa, cast.tarmo):
        assert kirjautunut(who).post(path, data).status_code == 403
    assert kirjautunut(cast.ulla).post(path, data).status_code == 404
    cast.vayla.refresh_from_db()
    assert (cast.vayla.nimi, cast.vayla.voimassa_asti) == ("Väylä Kirkkotie–Koulupolku", None)


# --- history and origin


def test_every_save_tells_who_from_what_and_to_what(cast, kirjautunut, sivun_osoite, luonnos):
    vastaus = Vastaus(versio=1, toteutumisaste=5, kommentti="Kesken & julkinen.", laheta=True)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.hilkka)
    page = kirjautunut(cast.tarmo).get(sivun_osoite).text
    assert "Historia: 2 tallennusta" in page
    newest = page[page.index("Historia: 2 tallennusta") :]
    assert newest.index("Hilkka Hyvönen") < newest.index("Veikko Väänänen")
    assert '<span class="text">4</span> → <span class="text">5</span>' in newest
    assert "<del>salainen.</del><ins>julkinen.</ins>" in newest
    assert '<span class="text">Luonnos</span> → <span class="text">Lähetetty</span>' in newest
    assert '<span class="text">Kysy rahasta.</span> → <span class="text">–</span>' in newest


def test_the_changes_of_the_toimenpide_itself_are_told(cast, kirjautunut, sivun_osoite):
    data = fields(cast.vayla, nimi="Väylä koululle", toimiala=cast.sivistys.pk)
    kirjautunut(cast.kaisa).post(reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk]), data)
    page = kirjautunut(cast.tarmo).get(sivun_osoite).text
    assert "Toimenpiteen muutokset" in page
    assert "Kaisa Koivuniemi" in page
    assert '<span class="text">Tekniset palvelut</span> → <span class="text">Sivistyspalvelut</span>' in page
    assert "<ins>koululle</ins>" in page
    assert "Toimenpiteen muutokset" not in kirjautunut(cast.liisa).get(sivun_osoite).text


def test_an_imported_toimenpide_tells_its_file(cast, kirjautunut, tmp_path):
    file = tmp_path / "Syksy & talvi.csv"
    file.write_text(
        "Painopiste;Tavoite;Toimenpide;Toimiala;Toteutumisaste\n"
        "Rohkea talous;Tilat käyttöön;Uusi teko;Tekniset palvelut;3\n"
    )
    where = {"kunta": cast.kunta.nimi, "strategia": cast.strategia.nimi, "jakso": cast.jakso.nimi}
    call_command("tuo", file, **where, tekija=cast.aino.email)
    uusi, tuonti = Toimenpide.objects.get(nimi="Uusi teko"), Tuonti.objects.get()
    path = reverse("seuranta:toimenpide-detail", args=[uusi.pk])
    page = kirjautunut(cast.aino).get(path).text
    link = f'<a href="{reverse("seuranta:tuonti-detail", args=[tuonti.pk])}">Syksy &amp; talvi.csv</a>'
    assert page.count(link) == 2  # it made the toimenpide, and its first kirjaus
    page = kirjautunut(cast.veikko).get(path).text
    assert "Syksy &amp; talvi.csv" in page
    assert "/tuonti/" not in page
    assert "Syksy" not in kirjautunut(cast.liisa).get(path).text


# --- the line


def test_a_jakso_without_a_score_breaks_the_line(cast):
    scores = [1, 5, None, 3, 2]
    viiva = draw_line([rivi(aste) for aste in scores])
    assert viiva.polku.count("M") == 2
    assert viiva.polku.count("L") == 2
    assert [piste.aste for piste in viiva.pisteet] == [1, 5, 3, 2]
    assert viiva.pisteet[0].y > viiva.pisteet[1].y  # five is up
    assert draw_line([rivi(None), rivi(4)]) is None


def rivi(aste):
    kirjaus = Kirjaus(toteutumisaste=aste) if aste else None
    return Jaksorivi(Seurantajakso(nimi="Jakso"), kirjaus, "", "")


def test_the_picture_says_in_words_what_it_shows(cast, kirjautunut, sivun_osoite, luonnos):
    page = kirjautunut(cast.veikko).get(sivun_osoite).text
    assert "Toteutumisaste jaksoittain. Osavuosikatsaus I 2026: 2, Osavuosikatsaus II 2026: 4</title>" in page
    assert (
        "viivan-selite" not in kirjautunut(cast.liisa).get(sivun_osoite).text.split("<main")[1]
    )  # one score is no line


def test_as_many_queries_for_25_jaksot_as_for_two(cast, kirjautunut, sivun_osoite, luonnos, django_assert_num_queries):
    kaisa = kirjautunut(cast.kaisa)
    kaisa.get(sivun_osoite)
    for order in (0, 23):
        for n in range(order):
            jakso = create_jakso(cast.strategia, f"Jakso {n}", 1, 4, jarjestys=10 + n)
            vastaus = Vastaus(versio=0, toteutumisaste=3, kommentti="Käynnissä.", laheta=True)
            Kirjaus.objects.record(jakso, {cast.vayla: vastaus}, by=cast.veikko)
        with django_assert_num_queries(23):
            assert kaisa.get(sivun_osoite).text.count("Historia: ") == order + 2


# --- editing


def test_kaisa_moves_renames_and_gives_to_people_and_nothing_old_changes(cast, kirjautunut):
    data = fields(
        cast.vayla,
        nimi="  Väylä   koululle ",
        tavoite=cast.tavoitteet[2].pk,
        koodi="01.02.03",
        vastuuhenkilot=[cast.veikko.pk],
        voimassa_alkaen="2026-01-01",
    )
    path = reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk])
    answer = kirjautunut(cast.kaisa).post(path, data, follow=True)
    assert "Muutokset on tallennettu." in answer.text
    cast.vayla.refresh_from_db()
    assert (cast.vayla.nimi, cast.vayla.tavoite, cast.vayla.koodi) == ("Väylä koululle", cast.tavoitteet[2], "01.02.03")
    assert cast.vayla.history.first().history_user == cast.kaisa
    assert Vastuuhenkilo.objects.get(toimenpide=cast.vayla).kunta == cast.kunta
    assert "Väylä Kirkkotie–Koulupolku" in cast.versio.data
    cast.versio.refresh_from_db()
    assert "Väylä koululle" not in cast.versio.data
    form = kirjautunut(cast.kaisa).get(path).text
    assert form.count("checked") == 1
    kirjautunut(cast.kaisa).post(path, fields(cast.vayla))
    assert not Vastuuhenkilo.objects.filter(toimenpide=cast.vayla).exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"nimi": "uudet katuvalot äijänsuolle"}, "Tavoitteella on jo samanniminen toimenpide."),
        ({"nimi": " "}, "Nimi"),
        ({"voimassa_alkaen": "2026-05-01", "voimassa_asti": "2026-04-30"}, "Toimenpide päättyy ennen kuin se alkaa."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_saved(values, sentence, cast, kirjautunut):
    path = reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk])
    answer = kirjautunut(cast.kaisa).post(path, fields(cast.vayla, **values))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert cast.vayla.history.count() == 1


@pytest.mark.parametrize("name", ["tavoite", "toimiala", "toimielin", "vastuuhenkilot"])
def test_nothing_of_the_neighbour_can_be_slipped_in(name, cast, kirjautunut):
    theirs = {
        "tavoite": cast.naapuri.toimenpide.tavoite_id,
        "toimiala": cast.naapuri.tekniset.pk,
        "toimielin": 987654,
        "vastuuhenkilot": Kayttaja.objects.get(nimi="Ulla Uusikylä").pk,
    }
    path = reverse("strategia:toimenpide-muokkaa", args=[cast.vayla.pk])
    assert kirjautunut(cast.kaisa).post(path, fields(cast.vayla) | {name: theirs[name]}).status_code == 422
    assert cast.vayla.history.count() == 1


def test_kaisa_adds_a_toimenpide_and_veikko_gets_it_to_record(cast, kirjautunut):
    path = reverse("strategia:toimenpide-uusi", args=[cast.strategia.pk])
    data = {"tavoite": cast.tavoitteet[0].pk, "nimi": "Uusi silta & valot", "toimiala": cast.tekniset.pk}
    for who in (cast.veikko, cast.liisa):
        assert kirjautunut(who).post(path, data).status_code == 403
    answer = kirjautunut(cast.kaisa).post(path, data, follow=True)
    assert "Toimenpide on lisätty." in answer.text
    silta = Toimenpide.objects.get(nimi="Uusi silta & valot")
    assert (silta.kunta, silta.jarjestys) == (cast.kunta, 2)
    assert silta.history.get().history_user == cast.kaisa
    entry = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    assert "Uusi silta &amp; valot" in kirjautunut(cast.veikko).get(entry).text


def test_an_ended_toimenpide_stays_in_old_reports_and_is_asked_no_more(cast, kirjautunut):
    path = reverse("strategia:toimenpide-lopeta", args=[cast.vayla.pk])
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(path).text
    assert "Vanhat raportit eivät muutu" in page
    assert "jaksoissa, jotka alkavat viimeisen voimassaolopäivän jälkeen." in page
    assert kaisa.post(path, {"voimassa_asti": "eilen"}).status_code == 422
    answer = kaisa.post(path, {"voimassa_asti": "2026-04-30"}, follow=True)
    assert "Toimenpide on voimassa 30.4.2026 asti." in answer.text
    entry = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    assert "Väylä Kirkkotie" not in kirjautunut(cast.veikko).get(entry).text
    cast.vayla.refresh_from_db()
    assert cast.vayla.voimassa_asti == datetime.date(2026, 4, 30)
    assert "Väylä Kirkkotie–Koulupolku" in kaisa.get(reverse("raportit:versio-detail", args=[cast.versio.pk])).text


# --- the ways to it


def test_the_tree_the_entry_page_and_the_report_lead_to_it(cast, kirjautunut, sivun_osoite):
    kaisa, link = kirjautunut(cast.kaisa), f'href="{sivun_osoite}"'
    assert link in kaisa.get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text
    entry = kaisa.get(reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])).text
    assert f'href="{sivun_osoite}#jakso-{cast.jakso.pk}"' in entry
    assert link in kaisa.get(reverse("raportit:versio-detail", args=[cast.versio.pk])).text
    assert link in kaisa.get(reverse("raportit:luonnos", args=[cast.jakso.pk])).text
    cast.jakso.finish(by=cast.kaisa)
    versio = close_jakso(cast.jakso, by=cast.kaisa)
    file = kaisa.get(reverse("raportit:versio-lataa", args=[versio.pk, "html"])).content.decode()
    assert "/toimenpiteet/" not in file


def test_a_jakso_without_dates_is_called_by_the_year_of_its_name_under_the_line():
    def rivi(nimi):
        return Jaksorivi(Seurantajakso(nimi=nimi), Kirjaus(toteutumisaste=3), "", "")

    viiva = draw_line([rivi("Osavuosikatsaus II 2023"), rivi("Jakso 2")])
    assert [otsikko for otsikko, _x in viiva.otsikot] == ["2023", "2"]


def test_the_page_tells_its_sitovuus_or_that_of_its_tavoite(cast, kirjautunut):
    def told():
        page = kirjautunut(cast.liisa).get(reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk]))
        return dict(page.context["tiedot"]).get("Sitovuus")

    assert told() is None
    tavoite = cast.vayla.tavoite
    tavoite.sitovuus = "valtuusto"
    tavoite.save()
    assert told() == "valtuusto"
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(sitovuus="toimielin")
    assert told() == "toimielin"
