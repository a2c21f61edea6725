"""Closed jaksot side by side: one row a toimenpide, one column a jakso, and how it moved between them."""

import html
import io
import re
from dataclasses import replace

import openpyxl
import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from docx import Document

from raportit.models import Raporttiversio, Syke
from raportit.muodot import render_report
from raportit.muodot.tuloste import render_print
from raportit.muodot.vertailuruudukko import LEVEYDET, LEVEYDET_KOMMENTEIN, Vertailuruudukko
from raportit.osavuosikatsaus import build, from_json, to_json
from raportit.osavuosikatsaus.rinnakkain import VERRATTAVIA, Vertailu
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne import jono
from raportit.tallenne.aineisto import from_text, to_text
from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Toimenpide

from ..rakenna import KOOTTU, rakenna
from ..saarikko import SAARIKKO, saarikon_raportti


def avaa(user, *versiot, muoto="", **valinnat):
    client = Client()
    client.force_login(user)
    osoite = reverse("raportit:vertailu-lataa", args=[muoto]) if muoto else reverse("raportit:vertailu")
    return client.get(osoite, {"versio": [versio.pk for versio in versiot], **valinnat})


def sulje(jakso, by):
    if jakso.tila == "avoinna":
        jakso.finish(by=by)
    return close_jakso(jakso, by=by)


EDELLISET, ASTEET = [4, 3, 3, 3], [5, 2, 3, "luovuttu"]


def kaksi_raporttia(*, jakso=SAARIKKO.jakso.nimi, **kwargs):
    """The reports of the two jaksot of the plan; the rows of the latter, and its name, may be others."""
    nyt = saarikon_raportti(ASTEET, edelliset=EDELLISET, **kwargs)
    return edellinen(EDELLISET), replace(nyt, jakso=replace(nyt.jakso, nimi=jakso))


def edellinen(asteet, **kwargs):
    """The report of the first jakso."""
    return replace(saarikon_raportti(asteet, **kwargs), jakso=SAARIKKO.edellinen)


def test_every_row_has_a_cell_for_each_jakso_and_its_move():
    [painopiste] = Vertailu(kaksi_raporttia()).painopisteet
    rivit = painopiste.rivit
    assert painopiste.nimi == "Painopiste 1: sujuva arki"
    assert [[solu.teksti for solu in rivi.solut] for rivi in rivit] == [
        ["4 Lähes valmis", "5 Toteutunut"],
        ["3 Käynnissä", "2 Suunnitteilla"],
        ["3 Käynnissä", "3 Käynnissä"],
        ["3 Käynnissä", "luovuttu"],
    ]
    assert [rivi.solut[1].muutos for rivi in rivit] == ["nousi", "laski", "ennallaan", ""]
    assert [rivi.muuttui for rivi in rivit] == [True, True, False, False]


@pytest.mark.django_db
def test_a_renamed_toimenpide_is_the_same_and_one_that_ended_is_still_there():
    jakso = rakenna(ASTEET, edelliset=EDELLISET)
    edellinen = build(jakso.edellinen(), koottu=KOOTTU)
    first, last = Toimenpide.objects.order_by("jarjestys")[0], Toimenpide.objects.order_by("jarjestys")[3]
    Toimenpide.objects.filter(pk=first.pk).update(nimi="Uusi nimi")
    Kirjaus.objects.filter(toimenpide=last, jakso__nimi__contains="II ").delete()
    Toimenpide.objects.filter(pk=last.pk).update(voimassa_asti="2026-04-30")
    nyt = build(Seurantajakso.objects.get(nimi="Osavuosikatsaus II 2026"), koottu=KOOTTU)
    rivit = Vertailu((edellinen, nyt)).rivit
    assert rivit[0].nimi == "Uusi nimi"
    assert [solu.teksti for solu in rivit[0].solut] == ["4 Lähes valmis", "5 Toteutunut"]
    assert [solu.teksti for solu in rivit[3].solut] == ["3 Käynnissä", "–"]


def test_page_shows_the_newest_versions_of_closed_jaksot_only(cast):
    early, late = cast.versio, sulje(cast.jakso, cast.kaisa)
    page = avaa(cast.liisa, early, late).content.decode()
    assert re.search(rf'<th scope="col">{re.escape(from_json(late.data).jakso.nimi)}</th>', page)
    assert "Toteutuminen jaksoittain" in page
    one = avaa(cast.liisa, early).content.decode()
    assert "Valitse vähintään kaksi saman strategian jaksoa." in one


def test_another_kuntas_versions_are_as_if_they_were_not(cast):
    early, late = cast.versio, sulje(cast.jakso, cast.kaisa)
    page = avaa(cast.ulla, early, late).content.decode()
    assert "Toteutuminen jaksoittain" not in page
    assert from_json(late.data).rivit[0].toimenpide not in page
    assert Raporttiversio.objects.filter(kunta=cast.kunta).count() >= 2


# --- the figures, the comments and the files


def jaksoja(count):
    """So many frozen reports of twelve rows, the scores going round; one row has a long comment in the last."""
    asteet = [[(n + jakso) % 5 + 1 for n in range(11)] + ["luovuttu"] for jakso in range(count)]
    shape = {"versio": 1, "painopisteessa": 8}
    raportit = [edellinen(asteet[0], **shape)]
    for number, scores in enumerate(asteet[1:], 2):
        rivit = [{"kommentti": PITKA_KOMMENTTI}] if number == count else ()
        raportti = saarikon_raportti(scores, edelliset=asteet[number - 2], rivit=rivit, **shape)
        raportit.append(raportti if number == 2 else seuraavaksi(raportti, raportit[-1].jakso, number))
    return tuple(from_json(to_json(raportti)) for raportti in raportit)


def seuraavaksi(raportti, ennen, number):
    """The same report of the jakso after `ennen`."""
    nimi = f"Osavuosikatsaus {number}/2026 – ä & ö"
    jakso = replace(ennen, id=number, nimi=nimi, alkaa=ennen.paattyy, paattyy=ennen.paattyy)
    return replace(raportti, jakso=jakso, edellinen=ennen)


PITKA_KOMMENTTI = "Työ etenee suunnitellusti, ja seuraavaksi kuullaan asukkaita kylillä. " * 70


def test_moves_are_told_in_words_with_their_base():
    assert Vertailu(kaksi_raporttia()).siirtymat == [
        "Osavuosikatsaus I 2026 → Osavuosikatsaus II 2026: molemmissa arvioitiin 3 toimenpidettä. "
        "Nousi 1, laski 1, ennallaan 1."
    ]


def test_comments_are_shown_when_they_are_asked_for(cast):
    early, late = cast.versio, sulje(cast.jakso, cast.kaisa)
    comment = next(rivi.kommentti for rivi in from_json(early.data).rivit if rivi.kommentti)
    assert comment not in html.unescape(avaa(cast.liisa, early, late).content.decode())
    assert comment in html.unescape(avaa(cast.liisa, early, late, kommentit=1).content.decode())


def test_plan_without_scores_is_compared_by_its_comments(cast):
    cast.edellinen.reopen(by=cast.kaisa, syy="Ilman asteita.")
    Kirjaus.objects.update(toteutumisaste=None, syy="luovuttu", kommentti="Vain sanoin & näin.")
    early, late = close_jakso(cast.edellinen, by=cast.kaisa), sulje(cast.jakso, cast.kaisa)
    page = html.unescape(avaa(cast.liisa, early, late).content.decode())
    assert "Vain sanoin & näin." in page and "Toimenpiteet jaksoittain" not in page


@pytest.mark.parametrize("count", [2, 3, 6])
@pytest.mark.parametrize("kommentit", [False, True])
def test_pdf_and_word_have_every_row_and_score(count, kommentit):
    """The tags of every PDF that is made here are checked against its HTML (pdf_tarkistus.py)."""
    vertailu = Vertailu(jaksoja(count), kommentit)
    with pikepdf.open(io.BytesIO(render_report(vertailu, "pdf"))) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Saarikon kunta: Jaksot rinnakkain, Osavuosikatsaus I 2026")
        turned = [page for page in pdf.pages if page.MediaBox[2] > page.MediaBox[3]]
        assert bool(turned) == Vertailuruudukko(vertailu).on_vaaka
    document = Document(io.BytesIO(render_report(vertailu, "docx")))
    rows = [[cell.text for cell in row.cells] for table in document.tables[1:] for row in table.rows[1:]]
    assert [row[0] for row in rows] == [rivi.nimi for rivi in vertailu.rivit]
    for row, rivi in zip(rows, vertailu.rivit, strict=True):
        for cell, solu in zip(row[1:], rivi.solut, strict=True):
            assert cell.startswith(solu.teksti) and (solu.muutos in cell) == (solu.muutos in ("nousi", "laski", ""))
            assert (solu.kommentti.strip() in cell) == (kommentit or not solu.kommentti)
    assert any(Vertailuruudukko(vertailu).is_tall(rivi) for rivi in vertailu.rivit) == kommentit


def test_excel_has_each_jakso_under_its_name():
    vertailu = Vertailu(jaksoja(3))
    sheet = openpyxl.load_workbook(io.BytesIO(render_report(vertailu, "xlsx"))).active
    names, headings, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    jaksot = [raportti.jakso.nimi for raportti in vertailu.raportit]
    assert [name for name in names if name] == jaksot
    assert headings[3:] == ["Toteutumisaste", "Kommentti", *["Toteutumisaste", "Muutos", "Kommentti"] * 2]
    assert len(rows) == 12 and rows[0][2:4] == [
        "Toimenpide 1: lähipalveluiden saavutettavuus paranee",
        "1 Ei aloitettu",
    ]
    assert rows[0][6] == "nousi" and rows[11][3] == "luovuttu" and rows[0][-1].strip() == PITKA_KOMMENTTI.strip()
    assert sheet.auto_filter.ref.startswith("A2:") and sheet.freeze_panes == "A3"


def test_files_are_for_those_who_see_the_versions(cast):
    early, late = cast.versio, sulje(cast.jakso, cast.kaisa)
    for muoto in ("pdf", "docx", "xlsx"):
        assert avaa(cast.liisa, early, late, muoto=muoto).status_code == 200
        assert avaa(cast.ulla, early, late, muoto=muoto).status_code == 404
        assert avaa(cast.liisa, early, muoto=muoto).status_code == 404, "yksi jakso ei ole vertailu"
    assert avaa(cast.liisa, early, late, muoto="csv").status_code == 404
    assert Client().get(reverse("raportit:vertailu-lataa", args=["pdf"])).status_code == 302


def test_long_comparison_waits_in_the_queue(cast, monkeypatch):
    early, late = cast.versio, sulje(cast.jakso, cast.kaisa)
    monkeypatch.setattr(jono, "PITKA", 3)
    Syke.objects.create(tunnus="tyontekija", aika=timezone.now())  # somebody works at the queue
    page = avaa(cast.liisa, early, late, muoto="pdf")
    assert page.status_code == 302
    liisa, ulla = Client(), Client()
    liisa.force_login(cast.liisa)
    ulla.force_login(cast.ulla)
    waiting = liisa.get(page.url)
    assert "Tiedostoa tehdään" in waiting.content.decode() and waiting.headers["Refresh"]
    assert ulla.get(page.url).status_code == 404
    kaisa, tiiviste = Client(), page.url.split("/")[-3]
    kaisa.force_login(cast.kaisa)
    for name, pk in (("versio-osa-valmistuu", late.pk), ("luonnos-valmistuu", cast.jakso.pk)):
        elsewhere = reverse(f"raportit:{name}", args=[pk, tiiviste, "pdf"])
        assert kaisa.get(elsewhere).status_code == 404, "vertailu ei ole raportin osa eikä luonnos"
    for result in DBTaskResult.objects.ready():
        result.task.call(*result.args_kwargs["args"])
    assert "Tiedosto on valmis" in liisa.get(page.url).content.decode()
    assert liisa.get(f"{page.url}?lataa").content.startswith(b"%PDF")
    assert liisa.get(page.url.replace("pdf", "xlsx")).status_code == 404
    assert avaa(cast.liisa, early, late, muoto="xlsx").status_code == 200, "halpa tehdään heti"


def test_kept_comparison_is_gone_with_its_version_and_the_inner_form_is_not_for_everybody(cast, monkeypatch):
    early, late = cast.versio, sulje(cast.jakso, cast.kaisa)
    late.publish()
    monkeypatch.setattr(jono, "PITKA", 3)
    public, inner = (avaa(user, early, late, muoto="pdf").url for user in (cast.liisa, cast.kaisa))
    assert public != inner

    def status(user, path):
        client = Client()
        client.force_login(user)
        return client.get(path).status_code

    assert [status(cast.veikko, path) for path in (public, inner)] == [200, 404]
    assert [status(cast.tarmo, path) for path in (public, inner)] == [200, 200]
    late.withdraw()
    assert status(cast.liisa, public) == 404
    assert status(cast.tarmo, public) == 200


def test_text_for_the_queue_gives_an_equal_comparison_back():
    vertailu = Vertailu(jaksoja(2), nayttaa_kommentit=True)
    assert from_text(to_text(vertailu)) == vertailu
    assert from_text(to_text(vertailu.uusin)) == vertailu.uusin


def test_names_and_comments_are_shown_as_text():
    haitta = "<img src=x onerror=alert(1)> =1+1 {0} & \"'"
    rivi = {"toimenpide": haitta, "koodi": "<b>", "kommentti": haitta}
    vertailu = Vertailu(kaksi_raporttia(jakso=f"<i>{haitta}", versio=1, rivit=rivi), nayttaa_kommentit=True)
    page = render_print(vertailu)
    assert "<img" not in page and "<i>" not in page
    assert html.unescape(page).count(haitta) >= 8
    document = Document(io.BytesIO(render_report(vertailu, "docx")))
    assert document.tables[1].rows[1].cells[0].text == f"<b> {haitta}"
    sheet = openpyxl.load_workbook(io.BytesIO(render_report(vertailu, "xlsx"))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert render_report(vertailu, "pdf")


def test_there_is_a_width_for_every_number_of_jaksot_that_can_be_compared():
    assert list(LEVEYDET) == list(LEVEYDET_KOMMENTEIN) == list(range(2, VERRATTAVIA + 1))
