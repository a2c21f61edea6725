"""What Aino decides in the preview, and what she types over."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from seuranta.models import Kirjaus, Seurantajakso, Tuonti
from strategia.models import Kirjoitusasu, Toimenpide, Toimiala

from .tuontisivut import LISTA, OTSIKOT, UUSI, VANHA, korjaa, kysymys, paata, paatetty, sivu, tallenna, xlsx

# --- decide


def test_an_ambiguous_score_waits_and_can_be_chosen(cast, aino, laheta):
    tuonti = laheta([*UUSI[:4], "1) 4, 2) 5", "Ok."])
    page = sivu(aino, tuonti)
    assert "Yksi solu odottaa päätöstäsi." in page
    assert "Tallenna 1 rivi" not in page
    assert page.count('name="solu|Sheet!E2"') == 2
    paata(aino, tuonti, **{"solu|Sheet!E2": "5"})
    tallenna(aino, tuonti)
    assert Kirjaus.objects.get(toimenpide__nimi=UUSI[2]).toteutumisaste == 5


def test_a_faulty_score_may_be_left_out_and_its_text_stays(cast, aino, laheta):
    tuonti = laheta([*UUSI[:4], "1) 4, 2) 5", "Ok."])
    paata(aino, tuonti, **{"ohita|Sheet!E2": "1"})
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(toimenpide__nimi=UUSI[2])
    assert (kirjaus.toteutumisaste, kirjaus.sisainen_huomio) == (None, "1) 4, 2) 5")


def test_nothing_is_saved_while_a_cell_waits(aino, laheta):
    tuonti = laheta([*UUSI[:4], 7, "Ok."])
    answer = aino.post(f"/tuonti/{tuonti.pk}/tallenna/", {"sormenjalki": "arvaus"}, follow=True)
    assert "Tiedot muuttuivat esikatselun jälkeen. Mitään ei tallennettu." in answer.text
    assert not Toimenpide.objects.filter(nimi=UUSI[2]).exists()


def test_an_unknown_toimiala_is_joined_and_remembered(cast, aino, laheta):
    row = [*UUSI[:3], "Sivistyspalv.", 2, "Ok."]
    tuonti = laheta(row, [*UUSI[:2], "Toinen uusi", "Sivistyspalv.", 3, "Ok."])
    page = sivu(aino, tuonti)
    assert "”Sivistyspalv.” tarkoittaa" in page
    assert page.count("<fieldset") == 1  # two cells, one decision
    avain = page.partition('name="toimiala|')[2].partition('"')[0]
    paata(aino, tuonti, **{f"toimiala|{avain}": str(cast.sivistys.pk)})
    tallenna(aino, tuonti)
    assert Toimenpide.objects.get(nimi=UUSI[2]).toimiala == cast.sivistys
    assert Kirjoitusasu.objects.get(kunta=cast.kunta).toimiala == cast.sivistys
    assert "tarkoittaa" not in sivu(aino, laheta(row))


def test_an_unknown_toimiala_may_be_made_new(cast, aino, laheta):
    tuonti = laheta([*UUSI[:3], "Vesi & energia", 2, "Ok."])
    avain = sivu(aino, tuonti).partition('name="toimiala|')[2].partition('"')[0]
    paata(aino, tuonti, **{f"toimiala|{avain}": "uusi"})
    tallenna(aino, tuonti)
    assert Toimiala.objects.filter(kunta=cast.kunta, nimi="Vesi & energia").exists()


def test_another_kuntas_toimiala_cannot_be_chosen(cast, aino, laheta):
    tuonti = laheta([*UUSI[:3], "Tekniikka", 2, "Ok."])
    avain = sivu(aino, tuonti).partition('name="toimiala|')[2].partition('"')[0]
    paata(aino, tuonti, **{f"toimiala|{avain}": str(cast.naapuri.tekniset.pk)})
    assert "toimiala" not in paatetty(tuonti)


def test_a_renamed_toimenpide_keeps_its_history(cast, aino, laheta):
    vanha = Toimenpide.objects.get(nimi="Ränssin koulu vuokrataan yrityksille")
    row = [
        "Rohkea talous",
        "Tilat käyttöön",
        "Ränssin koulu vuokrataan yritykselle",
        "Sivistyspalvelut",
        4,
        "Vuokrattu.",
    ]
    tuonti = laheta(row)
    page = sivu(aino, tuonti, nayta="nimet")
    assert "On sama kuin: Ränssin koulu vuokrataan yrityksille" in page
    paata(aino, tuonti, **{"toimenpide|Sheet!C2": str(vanha.pk)})
    tallenna(aino, tuonti)
    vanha.refresh_from_db()
    assert vanha.nimi == "Ränssin koulu vuokrataan yritykselle"
    assert vanha.kirjaukset.get(jakso=cast.jakso).toteutumisaste == 4


def test_what_a_person_saved_is_kept_or_replaced_as_chosen(cast, aino, laheta, kirjautunut):
    kirjautunut(cast.veikko).post(
        f"/jaksot/{cast.jakso.pk}/kirjaa/",
        {
            f"t{cast.toimenpiteet[4].pk}-{k}": v
            for k, v in {
                "versio": 0,
                "aste": "1",
                "syy": "",
                "kommentti": "Veikko kirjoitti.",
                "sisainen_huomio": "",
            }.items()
        },
    )
    tuonti = laheta(VANHA)
    assert "Arvon ”Veikko kirjoitti.” on tallentanut ihminen" in sivu(aino, tuonti)
    paata(aino, tuonti, **{"ristiriita|Sheet!F2": "nykyinen", "ristiriita|Sheet!E2": "tiedosto"})
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.toimenpiteet[4])
    assert (kirjaus.kommentti, kirjaus.toteutumisaste) == ("Veikko kirjoitti.", 3)


def test_missing_rows_end_only_when_chosen(cast, aino, laheta):
    valot = Toimenpide.objects.get(nimi="Uudet katuvalot Äijänsuolle")
    tuonti = laheta(VANHA)
    page = sivu(aino, tuonti, nayta="puuttuvat")
    assert "Uudet katuvalot Äijänsuolle" in page
    assert "Kerho jokaiselle koululle" not in page  # a file of one toimiala says nothing about the others
    paata(aino, tuonti, paata=[str(valot.pk)])
    tallenna(aino, tuonti)
    valot.refresh_from_db()
    cast.vayla.refresh_from_db()
    assert valot.voimassa_asti is not None
    assert cast.vayla.voimassa_asti is None


def test_a_column_can_be_given_another_role(cast, aino):
    rows = xlsx([*UUSI, "Tekijä Öö"], otsikot=[*OTSIKOT, "Kuka"])
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("s.xlsx", rows)})
    tuonti = Tuonti.objects.get()
    paata(aino, tuonti, jakso=cast.jakso.nimi, strategia=cast.strategia.nimi, **{"sarake|Sheet!G": "vastuu"})
    tallenna(aino, tuonti)
    assert Toimenpide.objects.get(nimi=UUSI[2]).vastuu == "Tekijä Öö"


def test_two_possible_scores_are_asked_about_and_not_guessed(cast, aino):
    rows = [[*UUSI[:4], 3, 4], [*VANHA[:4], 2, 5]]
    content = xlsx(*rows, otsikot=[*OTSIKOT[:4], "Toteuma", "Arvio"])
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("s.xlsx", content)})
    tuonti = Tuonti.objects.get()
    page = sivu(aino, tuonti)
    assert "missä on toteutumisaste?" in page
    assert "Yksi kysymys odottaa vastaustasi." in page
    assert 'name="sormenjalki"' not in page
    nimi = kysymys(aino, tuonti)
    for answer in ("22", "9" * 5000, "²", "jotain muuta"):
        paata(aino, tuonti, **{nimi: answer})
        assert "Yksi kysymys odottaa vastaustasi." in sivu(aino, tuonti), answer[:9]
    paata(aino, tuonti, **{nimi: "1"})
    paata(aino, tuonti, jakso="Kevät 2027")
    tallenna(aino, tuonti)
    assert Kirjaus.objects.get(toimenpide__nimi=UUSI[2], jakso__nimi="Kevät 2027").toteutumisaste == 4


def test_a_new_jakso_gets_its_name_and_date(cast, aino):
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("s.xlsx", xlsx(UUSI))})
    tuonti = Tuonti.objects.get()
    told = {"jakso": "Tilinpäätös 2026", "tilanne": "2026-12-31", "asteikko": "1"}
    paata(aino, tuonti, strategia=cast.strategia.nimi, **told)
    tallenna(aino, tuonti)
    jakso = Seurantajakso.objects.get(nimi="Tilinpäätös 2026")
    assert (jakso.tyyppi, jakso.paattyy.isoformat()) == ("tilinpaatos", "2026-12-31")
    assert jakso.strategia.asteikko["3"] == "Käynnissä"


def test_the_strategia_is_named_and_a_new_name_makes_a_new_one(cast, aino):
    rows = xlsx(["P", "T", "Uusi teko"], otsikot=["Painopiste", "Tavoite", "Toimenpide"])
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("suunnitelma.xlsx", rows)})
    tuonti = Tuonti.objects.get()
    page = sivu(aino, tuonti)
    assert f'value="{cast.strategia.nimi}"' in page
    assert "Taulukossa ei ole arvioita, joten jaksoa ei synny." in page
    assert "Asteikko." not in page
    paata(aino, tuonti, strategia="Kirkkoranta 2030")
    assert "Syntyy yksi uusi toimenpide." in sivu(aino, tuonti)
    tallenna(aino, tuonti)
    assert Toimenpide.objects.get(nimi="Uusi teko").tavoite.painopiste.strategia.nimi == "Kirkkoranta 2030"
    assert cast.strategia.painopisteet.count() == 2


def test_a_register_that_changed_meanwhile_shows_the_new_preview(cast, aino, laheta):
    tuonti = laheta(VANHA)
    mark = sivu(aino, tuonti).partition('name="sormenjalki" value="')[2].partition('"')[0]
    Toimenpide.objects.filter(nimi=VANHA[2]).update(vastuu="Joku muu", koodi="9.9")
    Kirjaus.objects.create(
        kunta=cast.kunta, jakso=cast.jakso, toimenpide=cast.toimenpiteet[4], toteutumisaste=1, syy=""
    )
    answer = aino.post(f"/tuonti/{tuonti.pk}/tallenna/", {"sormenjalki": mark}, follow=True)
    assert "Tiedot muuttuivat esikatselun jälkeen. Mitään ei tallennettu." in answer.text


def test_the_sentence_about_labels_follows_the_tick(aino, laheta):
    tuonti = laheta(UUSI, VANHA)
    assert "Raportti näyttää numerot, kunnes vahvistat selitteet." in sivu(aino, tuonti)
    paata(aino, tuonti, asteikko="1")
    page = sivu(aino, tuonti)
    assert "selitteet, jotka vahvistit: 1 Ei aloitettu, 2 Suunnitteilla" in page
    assert "kunnes vahvistat selitteet" not in page


# --- any value may be typed over


def test_any_cell_of_a_row_is_typed_over_and_told(cast, aino, laheta):
    tuonti = laheta(UUSI, VANHA)
    assert "Korjaa" in sivu(aino, tuonti)
    url = korjaa(aino, tuonti, "Sheet!C2", E2="5", F2="Rivi yksi\r\nja kaksi", D2="Tekniset palvelut", C2="Uusi nimi")
    assert url.endswith("?nayta=new&sivu=1")
    assert paatetty(tuonti)["solu"].keys() == {"Sheet!C2", "Sheet!D2", "Sheet!E2", "Sheet!F2"}
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(toimenpide__nimi="Uusi nimi")
    assert (kirjaus.toteutumisaste, kirjaus.kommentti) == (5, "Rivi yksi\nja kaksi")
    assert kirjaus.toimenpide.toimiala.nimi == "Tekniset palvelut"


def test_what_was_not_changed_is_not_typed_over_and_a_cell_can_be_emptied(aino, laheta):
    tuonti = laheta([*UUSI[:5], "Kaksi\nriviä ja <b>lihava</b>"], VANHA)
    korjaa(aino, tuonti, "Sheet!C2")
    assert "solu" not in paatetty(tuonti)
    korjaa(aino, tuonti, "Sheet!C2", E2="")
    assert paatetty(tuonti)["solu"] == {"Sheet!E2": ""}
    assert "Peru korjaukset" in sivu(aino, tuonti, nayta="tulkinnat")
    paata(aino, tuonti, peru="solut")
    assert "solu" not in paatetty(tuonti)


def test_an_empty_cell_and_a_carried_one_are_there_too(aino, laheta):
    tuonti = laheta(UUSI, [None, None, "Toinen teko", "Sivistyspalvelut", 3, None])
    page = aino.get(reverse("seuranta:tuonti-rivi", args=[tuonti.pk, "Sheet!C3"]))
    fields = {kentta.cell: (kentta.arvo, kentta.on_yhteinen) for kentta in page.context["kentat"]}
    assert fields == {
        "Sheet!A2": ("Rohkea talous", True),
        "Sheet!B2": ("Tilat käyttöön", True),
        "Sheet!C3": ("Toinen teko", False),
        "Sheet!D3": ("Sivistyspalvelut", False),
        "Sheet!E3": ("3", False),
        "Sheet!F3": ("", False),
    }
    assert "Sama solu on monella rivillä" in page.text
    korjaa(aino, tuonti, "Sheet!C3", F3="Kommentti tyhjään soluun", A2="Uusi kärki")
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(toimenpide__nimi="Toinen teko")
    assert kirjaus.kommentti == "Kommentti tyhjään soluun"
    assert kirjaus.toimenpide.tavoite.painopiste.nimi == "Uusi kärki"


def test_a_row_that_is_not_there_is_not_found_and_a_saved_one_is_not_mended(aino, laheta):
    tuonti = laheta(UUSI)
    assert aino.get(reverse("seuranta:tuonti-rivi", args=[tuonti.pk, "Sheet!C99"])).status_code == 404
    tallenna(aino, tuonti)
    answer = aino.get(reverse("seuranta:tuonti-rivi", args=[tuonti.pk, "Sheet!C2"]))
    assert answer.url == reverse("seuranta:tuonti-detail", args=[tuonti.pk])


def test_cells_of_the_only_sheet_are_shown_without_its_name(aino, laheta):
    page = sivu(aino, laheta([*UUSI[:4], "4/5", "x"]), nayta="ratkaistavat")
    assert ">E2<" in page
    assert 'name="solu|Sheet!E2"' in page
    assert ">Sheet!" not in page


# --- what an import does to an answer that has been given


def _answer(cast):
    return Kirjaus.objects.get(jakso=cast.jakso, toimenpide__nimi=VANHA[2])


def test_an_import_into_viimeistely_keeps_the_owners_words(cast, aino, laheta):
    tallenna(aino, laheta(VANHA))
    cast.jakso.finish(by=cast.kaisa)
    tallenna(aino, laheta([*VANHA[:5], "Kaksi kiinteistöä myyty."]))
    assert (_answer(cast).kommentti, _answer(cast).kirjaajan_kommentti) == ("Kaksi kiinteistöä myyty.", VANHA[5])
    page = aino.get(reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])).text
    assert f"<b>Kirjaajan kommentti</b>: {VANHA[5]}" in page
    assert "<ins>kiinteistöä </ins>" in page
    tuonti = laheta([*VANHA[:5], "Kolme kiinteistöä myyty."])
    tallenna(aino, tuonti)
    assert _answer(cast).kirjaajan_kommentti == VANHA[5]
    aino.post(reverse("seuranta:tuonti-kumoa", args=[tuonti.pk]))
    assert (_answer(cast).kommentti, _answer(cast).kirjaajan_kommentti) == ("Kaksi kiinteistöä myyty.", VANHA[5])
    tallenna(aino, laheta(VANHA))
    assert _answer(cast).kirjaajan_kommentti is None


def test_an_import_into_viimeistely_keeps_the_owners_other_texts(cast, aino, laheta):
    otsikot = [*OTSIKOT, "Ennuste"]
    tallenna(aino, laheta(content=xlsx([*VANHA, "Valmistuu syksyllä."], otsikot=otsikot)))
    cast.jakso.finish(by=cast.kaisa)
    tallenna(aino, laheta(content=xlsx([*VANHA, "Valmistuu keväällä."], otsikot=otsikot)))
    assert (_answer(cast).ennuste, _answer(cast).kirjaajan_lisat) == (
        "Valmistuu keväällä.",
        {"ennuste": "Valmistuu syksyllä."},
    )
    assert _answer(cast).kirjaajan_kommentti is None


def test_an_approved_answer_that_an_import_rewrites_waits_for_its_hyvaksyja_again(cast, aino, laheta):
    tallenna(aino, laheta(VANHA))
    Kirjaus.objects.approve(cast.jakso, {_answer(cast).pk: _answer(cast).versio}, by=cast.hilkka)
    tallenna(aino, laheta(VANHA))
    assert _answer(cast).tila == "hyvaksytty", "mikään ei muuttunut"
    tallenna(aino, laheta([*VANHA[:4], 4, "Kolme myyty."]))
    assert _answer(cast).tila == "lahetetty"
    assert _answer(cast).lahetetty == _answer(cast).muokattu


def test_viimeistely_by_an_import_does_not_take_an_approval_away(cast, aino, laheta):
    tallenna(aino, laheta(VANHA))
    Kirjaus.objects.approve(cast.jakso, {_answer(cast).pk: _answer(cast).versio}, by=cast.hilkka)
    cast.jakso.finish(by=cast.kaisa)
    tallenna(aino, laheta([*VANHA[:4], 4, "Kolme myyty."]))
    assert (_answer(cast).tila, _answer(cast).kommentti) == ("hyvaksytty", "Kolme myyty.")


def test_an_answer_that_an_import_rewrites_is_no_longer_the_same_as_before(cast, aino, laheta):
    tallenna(aino, laheta(VANHA))
    Kirjaus.objects.filter(pk=_answer(cast).pk).update(ei_muutosta=True)
    tallenna(aino, laheta([*VANHA[:5], "Kolme myyty."]))
    assert not _answer(cast).ei_muutosta


def test_a_missing_toimenpide_that_has_not_begun_can_be_ended_too(cast, aino, laheta):
    tuleva = Toimenpide.objects.get(nimi="Uudet katuvalot Äijänsuolle")
    tuleva.voimassa_alkaen = timezone.localdate() + datetime.timedelta(days=30)
    tuleva.save()
    tuonti = laheta(VANHA)
    paata(aino, tuonti, paata=str(tuleva.pk))
    tallenna(aino, tuonti)
    tuleva.refresh_from_db()
    assert tuleva.voimassa_asti < timezone.localdate()
