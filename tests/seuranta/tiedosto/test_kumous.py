"""Taking an import back, and the proof that the file is stored as it was."""

import io

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse

from seuranta.models import Kirjaus, MittariArvo, Mittaus, Osavastaus, Riski, Seurantajakso, Tuonti
from seuranta.tiedosto.kumous import TuontiaEiVoiKumota, undo_import
from strategia.models import Mittari, Painopiste, Strategia, Tavoitearvo, Toimenpide, ToimenpideLinkki
from tests.cast import create_mittari

from ..tuonti.tuontisivut import UUSI, VANHA, korjaa, paata, register, sanat, sivu, tallenna, xlsx


def test_undo_brings_every_value_back(cast, aino, laheta):
    tallenna(aino, laheta(VANHA))
    before = register()
    tuonti = laheta(UUSI, [*VANHA[:4], 5, "Kaikki myyty."])
    tallenna(aino, tuonti)
    assert register() != before
    assert "Tuonti on kumottu." in aino.post(f"/tuonti/{tuonti.pk}/kumoa/", follow=True).text
    assert register() == before
    tuonti.refresh_from_db()
    assert (tuonti.tila, tuonti.kumoaja) == ("kumottu", cast.aino)


def test_undo_after_500_mixed_changes_restores_everything(cast, aino, laheta):
    rows = [
        ["Rohkea talous", f"Tavoite {n % 7}", f"Teko {n}", "Sivistyspalvelut", n % 5 + 1, f"Teksti {n}"]
        for n in range(300)
    ]
    tallenna(aino, laheta(*rows))
    before = register()
    changed = [[*row[:4], row[4] % 5 + 1, f"Uusi {n}"] for n, row in enumerate(rows)]
    new = [["Uusi kärki", f"Tavoite {n % 5}", f"Lisä {n}", "Uusi ala", 3, "Ok."] for n in range(200)]
    tuonti = laheta(*changed, *new)
    avain = sivu(aino, tuonti).partition('name="toimiala|')[2].partition('"')[0]
    paata(aino, tuonti, **{f"toimiala|{avain}": "uusi"})
    tallenna(aino, tuonti)
    assert Toimenpide.objects.filter(nimi__startswith="Lisä").count() == 200
    aino.post(f"/tuonti/{tuonti.pk}/kumoa/")
    assert register() == before


def test_undo_brings_back_what_two_rows_have_renamed(cast, aino, laheta):
    """Both rows are joined to one toimenpide: what it was before the first of them comes back."""
    before, vanha = register(), Toimenpide.objects.get(nimi="Ränssin koulu vuokrataan yrityksille")
    names = ("Ränssin koulu vuokrataan yritykselle", "Ränssin koulu vuokrataan yrittäjille")
    tuonti = laheta(*(["Rohkea talous", "Tilat käyttöön", nimi, "Sivistyspalvelut", None, None] for nimi in names))
    paata(aino, tuonti, **{f"toimenpide|Sheet!C{line}": str(vanha.pk) for line in (2, 3)})
    tallenna(aino, tuonti)
    assert Toimenpide.objects.get(pk=vanha.pk).nimi == names[1]
    assert "Tuonti on kumottu." in aino.post(f"/tuonti/{tuonti.pk}/kumoa/", follow=True).text
    assert register() == before


def test_undo_says_what_depends_on_the_import(cast, aino, laheta):
    tuonti = laheta(UUSI)
    tallenna(aino, tuonti)
    kirjaus = Kirjaus.objects.get(toimenpide__nimi=UUSI[2])
    kirjaus.kommentti = "Otso jatkoi."
    kirjaus.save()
    answer = aino.post(f"/tuonti/{tuonti.pk}/kumoa/", follow=True)
    assert "Tuontia ei voi kumota. 1 kirjausta on muutettu tuonnin jälkeen." in answer.text
    assert Kirjaus.objects.get(toimenpide__nimi=UUSI[2]).kommentti == "Otso jatkoi."


@pytest.mark.parametrize(
    ("add", "told"),
    [
        (lambda c, t: c.mittari(t), "Tuotuihin riveihin on lisätty 1 mittaria."),
        (lambda c, t: c.riski(t), "Tuotuihin riveihin on lisätty 1 riskiä."),
        (lambda c, t: c.osa(t), "Tuotuihin riveihin on lisätty 1 osavastausta."),
        (lambda c, t: c.linkki(t), "Tuotuihin riveihin on lisätty 1 linkitystä toiseen suunnitelmaan."),
    ],
)
def test_undo_takes_nothing_along_that_a_person_has_added(add, told, cast, aino, laheta):
    tuonti = laheta(UUSI)
    tallenna(aino, tuonti)
    add(Lisaaja(cast), Toimenpide.objects.get(nimi=UUSI[2]))
    before = register()
    assert told in aino.post(f"/tuonti/{tuonti.pk}/kumoa/", follow=True).text
    assert register() == before


class Lisaaja:
    """What somebody adds to a toimenpide that came in a file."""

    def __init__(self, cast):
        self.cast, self.kunta = cast, {"kunta": cast.kunta}

    def mittari(self, toimenpide):
        Mittari.objects.create(**self.kunta, strategia=self.cast.strategia, toimenpide=toimenpide, nimi="Mittari")

    def riski(self, toimenpide):
        Riski.objects.create(**self.kunta, strategia=self.cast.strategia, toimenpide=toimenpide, teksti="Riski")

    def osa(self, toimenpide):
        Osavastaus.objects.create(**self.kunta, kirjaus=toimenpide.kirjaukset.get(), nimi="Yksikkö")

    def linkki(self, toimenpide):
        ToimenpideLinkki.objects.create(**self.kunta, toimenpide=toimenpide, tavoite=self.cast.tavoitteet[0])


def test_undo_brings_back_values_and_measures_and_takes_those_it_made(cast):
    """As an import notes them: what was there comes back, what is new goes."""
    old, luku = cast.mittarit[0], cast.mittarit[3]
    MittariArvo.objects.record(cast.jakso, {old: Mittaus(0, "9")}, by=cast.veikko)
    tuonti = Tuonti.objects.create(kunta=cast.kunta, tiedostonimi="m.xlsx", sha256="0" * 64, tila="tallennettu")
    new = create_mittari(
        cast.strategia, {"tavoite": cast.tavoitteet[1]}, "Uusi", "luku", "", "suurempi", "", {2026: "5"}
    )
    Mittari.history.filter(id=new.pk).update(history_change_reason=tuonti.merkki)
    tavoite = new.tavoitteet.get()
    Tavoitearvo.history.filter(id=tavoite.pk).update(history_change_reason=tuonti.merkki)
    [changed], _ = MittariArvo.objects.record(cast.jakso, {old: Mittaus(1, "12")}, by=None, reason=tuonti.merkki)
    [made], _ = MittariArvo.objects.record(cast.jakso, {luku: Mittaus(0, "5 €")}, by=None, reason=tuonti.merkki)
    tuonti.muutokset = [
        {"malli": "mittari", "id": new.pk, "luotu": True},
        {"malli": "tavoitearvo", "id": tavoite.pk, "luotu": True},
        {"malli": "mittariarvo", "id": made.pk, "luotu": True},
        {"malli": "mittariarvo", "id": changed.pk, "luotu": False, "ennen": {"teksti": "9", "luku": "9", "versio": 1}},
    ]
    tuonti.save()
    undo_import(tuonti, by=cast.aino)
    assert not Mittari.objects.filter(pk=new.pk).exists()
    assert not MittariArvo.objects.filter(pk=made.pk).exists()
    changed.refresh_from_db()
    assert (changed.teksti, changed.luku, changed.versio) == ("9", 9, 3)


def test_undo_waits_until_a_jakso_whose_values_it_wrote_is_open_again(cast):
    arvo = MittariArvo.objects.filter(jakso=cast.edellinen).first()
    tuonti = Tuonti.objects.create(kunta=cast.kunta, tiedostonimi="m.xlsx", sha256="0" * 64, tila="tallennettu")
    tuonti.muutokset = [{"malli": "mittariarvo", "id": arvo.pk, "luotu": True}]
    tuonti.save()
    with pytest.raises(TuontiaEiVoiKumota, match="Jakso Osavuosikatsaus I 2026 on suljettu. Avaa se ensin uudelleen."):
        undo_import(tuonti, by=cast.aino)


def test_the_proof_shows_the_source_beside_what_is_stored(cast, aino, laheta):
    tuonti = laheta(UUSI, VANHA)
    tallenna(aino, tuonti)
    path = f"/tuonti/{tuonti.pk}/vertaa/"
    assert "Jokainen tiedoston arvo on tallessa sellaisenaan." in aino.get(path).text
    Kirjaus.objects.filter(toimenpide__nimi=UUSI[2]).update(kommentti="Muutettu.")
    page = aino.get(path, {"nayta": "erot"}).text
    assert "Yksi solu eroaa tiedostosta." in page
    assert "Suunnitellaan &amp; kysytään." in page
    assert "Muutettu." in page


def test_the_table_goes_out_in_the_sources_own_columns_with_its_differences(cast, aino, laheta):
    otsikot = ["Kommentti", "Teko", "Kärki", "Tavoite", "Aste", "Toimiala"]
    rows = [["+1+1 & ä", "Avoin työtila", "Rohkea talous", "Tilat käyttöön", 2, "Sivistyspalvelut"]]
    tuonti = laheta(content=xlsx(*rows, otsikot=otsikot))
    tallenna(aino, tuonti)
    tuonti.refresh_from_db()
    assert tuonti.tila == Tuonti.Tila.TALLENNETTU
    Kirjaus.objects.filter(tuonti=tuonti).update(toteutumisaste=4)
    answer = aino.get(reverse("seuranta:tuonti-taulukko", args=[tuonti.pk]))
    assert "seuranta" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    table, differences = book.worksheets
    assert [[cell.value for cell in row] for row in table] == [
        otsikot,
        ["+1+1 & ä", "Avoin työtila", "Rohkea talous", "Tilat käyttöön", 4, "Sivistyspalvelut"],
    ]
    assert [cell.data_type for cell in table[2]] == ["s", "s", "s", "s", "n", "s"]
    assert [bool(cell.fill.fill_type) for cell in table[2]] == [False, False, False, False, True, False]
    assert [[cell.value for cell in row] for row in differences][1:] == [["E2", "Aste", "2", "4"]]


def test_the_proof_tells_what_was_typed_over_the_file(aino, laheta):
    tuonti = laheta([*UUSI[:4], "4/5", "Alkuperäinen"], VANHA)
    korjaa(aino, tuonti, "Sheet!C2", E2="4", F2="Korjattu")
    tallenna(aino, tuonti)
    page = aino.get(reverse("seuranta:tuonti-vertaa", args=[tuonti.pk]), {"nayta": "erot"})
    differing = [(solu.lahde, solu.talletettu) for row in page.context["sivu"] for solu in row.solut if solu.on_ero]
    assert differing == [("4/5", "4"), ("Alkuperäinen", "Korjattu")]
    assert "2 solua eroaa tiedostosta." in page.text


def test_the_proof_holds_when_the_jakso_has_been_closed_since(cast, aino, tmp_path):
    path = tmp_path / "s.xlsx"
    path.write_bytes(xlsx(UUSI, VANHA))
    call_command("tuo", str(path), "--kunta", "Kirkkoranta", "--jakso", "Kevät 2027", stdout=io.StringIO())
    Seurantajakso.objects.filter(nimi="Kevät 2027").update(tila="suljettu")
    page = aino.get(f"/tuonti/{Tuonti.objects.get().pk}/vertaa/").text
    assert "Kaikki rivit 2" in page
    assert "Jokainen tiedoston arvo on tallessa sellaisenaan." in page


# --- it is asked first, and leaves nothing empty behind


def test_it_is_asked_with_its_counts_before_it_is_done(cast, aino, laheta):
    tallenna(aino, laheta(VANHA))
    tuonti = laheta(UUSI, [*VANHA[:4], 5, "Kaikki myyty."])
    tallenna(aino, tuonti)
    page = sivu(aino, tuonti)
    assert "Kumotaanko tuonti?" not in page
    assert f'action="/tuonti/{tuonti.pk}/kumoa/"' not in page  # the first press only asks
    page = sanat(sivu(aino, tuonti, kumoa="1"))
    assert "Poistetaan: yksi toimenpide, yksi kirjaus." in page
    assert "Palautetaan ennalleen: yksi kirjaus." in page
    tuonti.refresh_from_db()
    assert tuonti.tila == "tallennettu"


def test_a_strategia_that_it_made_goes_with_its_rows(cast, aino, laheta):
    tuonti = laheta(UUSI)
    paata(aino, tuonti, strategia="Valtuustokauden strategia")
    tallenna(aino, tuonti)
    assert "yksi strategia" in sanat(sivu(aino, tuonti, kumoa="1"))
    aino.post(f"/tuonti/{tuonti.pk}/kumoa/")
    assert not Strategia.objects.filter(nimi="Valtuustokauden strategia").exists()
    tuonti.refresh_from_db()
    assert (tuonti.tila, tuonti.strategia) == ("kumottu", None)
    assert "Kumottu" in sivu(aino, tuonti)


def test_a_strategia_that_holds_something_else_by_then_stays(cast, aino, laheta):
    tuonti = laheta(UUSI)
    paata(aino, tuonti, strategia="Valtuustokauden strategia")
    tallenna(aino, tuonti)
    strategia = Strategia.objects.get(nimi="Valtuustokauden strategia")
    Painopiste.objects.create(kunta=cast.kunta, strategia=strategia, nimi="Käsin lisätty", jarjestys=9)
    aino.post(f"/tuonti/{tuonti.pk}/kumoa/")
    tuonti.refresh_from_db()
    assert (tuonti.tila, tuonti.strategia) == ("kumottu", strategia)
    assert [each.nimi for each in strategia.painopisteet.all()] == ["Käsin lisätty"]
