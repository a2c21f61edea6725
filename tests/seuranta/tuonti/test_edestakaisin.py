"""Out and in again: an export of ours read back changes nothing, whatever the texts hold."""

import io

import openpyxl
import pytest
from django.utils import timezone

from raportit.muodot import render_report
from raportit.osavuosikatsaus import build
from seuranta.models import Kirjaus
from seuranta.taulukko.rows import read
from seuranta.tuonti.plan import Target, build_plan
from strategia.models import LISAKENTAT

from ..taulukko.ods import ods

# What a spreadsheet would run, what breaks a table, and what is long.
TEKSTIT = [
    "=SUMMA(A1:A9)",
    "+358 40 123 4567",
    "-3 % edellisestä",
    "@kunta ja #strategia",
    '=HYPERLINK("http://paha.example";"klikkaa")',
    "sarkain\tvälissä",
    "rivi yksi\nrivi kaksi\n\n- luettelo",
    'lainaus "sisällä"; puolipiste, pilkku',
    "👩‍🚒 palomies & ääkköset – €",
    "'heittomerkki edessä",
    "x" * 32_767,
]


@pytest.fixture
def jakso(cast):
    """The open jakso with one hard text on each row, and hard names too."""
    for n, toimenpide in enumerate(cast.toimenpiteet):
        toimenpide.nimi = f"{toimenpide.nimi} {TEKSTIT[n][:60]}"
        toimenpide.vastuu = TEKSTIT[(n + 3) % 8]
        toimenpide.riski = TEKSTIT[(n + 5) % 8]
        toimenpide.save()
    spare = iter(TEKSTIT)
    for n, toimenpide in enumerate(cast.toimenpiteet):
        reason = {"toteutumisaste": None, "syy": "luovuttu"} if n == 3 else {"toteutumisaste": n % 5 + 1, "syy": ""}
        kommentti = TEKSTIT[-1] if n == 7 else next(spare)
        sent = {"kommentti": kommentti, "tila": Kirjaus.Tila.LAHETETTY}
        Kirjaus.objects.create(kunta=cast.kunta, jakso=cast.jakso, toimenpide=toimenpide, **sent, **reason)
    return cast.jakso


@pytest.fixture
def ennusteet(jakso):
    """The same jakso where the strategia asks for forecasts too: a hard text in each of the three."""
    jakso.strategia.use_lisakentat(LISAKENTAT)
    jakso.strategia.save()
    for n, kirjaus in enumerate(jakso.kirjaukset.order_by("pk")):
        for m, name in enumerate(LISAKENTAT):
            setattr(kirjaus, name, TEKSTIT[(n + 4 * m) % len(TEKSTIT)])
        kirjaus.save()
    return jakso


def exported(jakso, muoto):
    """(file name, bytes) of the jakso's table in this format."""
    raportti = build(jakso, koottu=timezone.now())
    if muoto != "ods":
        return f"vienti.{muoto}", render_report(raportti, muoto)
    sheet = openpyxl.load_workbook(io.BytesIO(render_report(raportti, "xlsx"))).active
    return "vienti.ods", ods(*sheet.iter_rows(values_only=True), sheet=sheet.title)


@pytest.mark.parametrize("muoto", ["xlsx", "csv", "ods"])
def test_an_export_read_back_changes_nothing(muoto, jakso):
    name, content = exported(jakso, muoto)
    plan = build_plan(read(content, name), Target("Kirkkoranta"))
    assert plan.errors == ()
    assert [row.rivi.toimenpide for row in plan.rows if row.change != "same"] == []
    assert plan.counts == {"new": 0, "changed": 0, "same": 8, "errors": 0}
    assert plan.missing == ()
    assert plan.luettu.jaksot == (jakso.nimi,)


@pytest.mark.parametrize("muoto", ["xlsx", "csv", "ods"])
def test_forecasts_come_back_too(muoto, ennusteet):
    before = list(ennusteet.kirjaukset.order_by("pk").values(*LISAKENTAT))
    name, content = exported(ennusteet, muoto)
    plan = build_plan(read(content, name), Target("Kirkkoranta"))
    assert plan.counts == {"new": 0, "changed": 0, "same": 8, "errors": 0}
    assert not [skip for skip in plan.luettu.skipped if skip.reason == "unknown_column"]
    ennusteet.kirjaukset.update(**dict.fromkeys(LISAKENTAT, ""))
    plan = build_plan(read(content, name), Target("Kirkkoranta"))
    assert plan.counts["changed"] == 8
    found = {row.rivi.toimenpide: row.kirjaukset[0].changes for row in plan.rows}
    for kirjaus, texts in zip(ennusteet.kirjaukset.order_by("pk").select_related("toimenpide"), before, strict=True):
        changes = found[kirjaus.toimenpide.nimi]
        assert {nimi: changes[nimi][1] for nimi in LISAKENTAT} == texts


@pytest.mark.parametrize("muoto", ["xlsx", "csv"])
def test_a_free_form_name_of_a_jakso_comes_back_too(muoto, jakso):
    jakso.nimi = "Valtuuston väliarvio: puolessavälissä & eteenpäin / 2026 (osa 1)"
    jakso.save()
    name, content = exported(jakso, muoto)
    assert build_plan(read(content, name), Target("Kirkkoranta")).counts["same"] == 8
