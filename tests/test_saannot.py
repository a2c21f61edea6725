"""Each rule finds the fault that is planted in a small tree of rooms, and nothing in the tree as it should be."""

import pytest

from .huoneet import APPS
from .koodi import read_koodi
from .saannot import SAANNOT

OIKEIN = {
    "strategia/nimet.py": "import re",
    "strategia/models.py": "from .nimet import avain\n\nclass Kunta: ...",
    "strategia/permissions.py": "from .models import Kunta",
    "strategia/vuoro.py": "from .models import Kunta\n\ndef in_turn(request): ...",
    "strategia/kayttaja/tunnus.py": (
        "from ..models import Rooli\n\ndef is_last(user):\n    return user.rooli == Rooli.PAAKAYTTAJA"
    ),
    "strategia/kunta/forms.py": "from ..models import Kunta\n\nclass PalauteForm: ...",
    "strategia/kunta/views.py": (
        "from django.shortcuts import render\nfrom ..permissions import can_edit\nfrom ..vuoro import in_turn\n"
        "from .forms import PalauteForm\n\ndef kunta_muokkaa(request): ..."
    ),
    "strategia/urls.py": "from .kunta import views",
    "seuranta/models.py": "from strategia.permissions import can_edit\nfrom strategia.vuoro import in_turn",
    "seuranta/tarkistus.py": "import re",
    "seuranta/resources.py": "from .taulukko.guard import check",
    "seuranta/taulukko/guard/__init__.py": "import zipfile",
    "seuranta/taulukko/workbook/__init__.py": "from ..guard import check",
    "seuranta/taulukko/layout/__init__.py": "from ..workbook import read_workbook\nfrom .headings import is_period",
    "seuranta/taulukko/layout/headings.py": "import re\nfrom strategia.nimet import avain",
    "seuranta/taulukko/rows/__init__.py": "from ..layout import headings\n\nclass Luettu: ...",
    "seuranta/taulukko/sandbox/__init__.py": "from ..rows import Luettu",
    "seuranta/tiedosto/plan.py": "from seuranta.taulukko.rows import Luettu",
    "seuranta/tiedosto/kumous.py": "from .plan import Plan\n\ndef undo(rivi):\n    rivi.delete()",
    "seuranta/tuonti/plan.py": "from ..models import Kirjaus\nfrom ..tiedosto.plan import Plan",
    "seuranta/tuonti/apply.py": "from .plan import build_plan\n\ndef apply_plan(rivi):\n    rivi.save()",
    "seuranta/tuonti/paatokset.py": "from .plan import build_plan",
    "seuranta/tuonti/esikatselu.py": "from .paatokset import read_decisions",
    "seuranta/tuonti/pohja.py": "def template_bytes(book):\n    book.save('pohja.xlsx')",
    "seuranta/tuonti/views.py": "from . import apply, esikatselu\n\ndef tuonti_detail(request): ...",
    "seuranta/vastaustaulukko/rows.py": "from seuranta.taulukko.rows import Luettu",
    "seuranta/kirjaaminen/rivi.py": "from ..models import Kirjaus\n\nclass Kirjausrivi: ...",
    "seuranta/kirjaaminen/lue.py": (
        "from .rivi import Kirjausrivi\nfrom strategia.permissions import records\n\n"
        "def build_rows(user):\n    return [user.rooli] if records(user) else []"
    ),
    "seuranta/muistutus/tilanne.py": "from ..models import Kirjaus",
    "seuranta/jakso/havainnot.py": "from ..tarkistus import find",
    "seuranta/jakso/forms.py": "from ..models import Kirjaus",
    "seuranta/jakso/views.py": "from ..muistutus.tilanne import list_answers\nfrom .havainnot import find_havainnot",
    "seuranta/urls.py": "from .jakso import views\nfrom .tuonti import views as tuonti",
    "raportit/osavuosikatsaus/model/puitteet.py": "class Kunta: ...",
    "raportit/osavuosikatsaus/columns.py": "from seuranta.taulukko.layout.headings import is_period",
    "raportit/muodot/html.py": (
        "from ..osavuosikatsaus.model.puitteet import Kunta\n\n"
        "def is_score(sarake):\n    return sarake.rooli == 'toteutumisaste'"
    ),
    "raportit/sulkeminen/views.py": "from seuranta.jakso.havainnot import find_havainnot",
    "raportit/tyyli/views.py": "from strategia.kunta.forms import PalauteForm",
    "raportit/templatetags/raportti.py": "from raportit.muodot.html import render",
}

# rule -> [(file, the faulty line that is added to it, what the rule must say)]
VIAT = {
    "an app imports only those before it": [
        ("strategia/kunta/views.py", "import seuranta", "strategia.kunta.views imports seuranta"),
        ("seuranta/models.py", "from raportit.models import X", "seuranta.models imports raportit.models.X"),
    ],
    "every module has its place": [
        ("seuranta/apuri.py", "", "seuranta.apuri is of no floor and no room"),
        ("raportit/uusi/__init__.py", "", "raportit.uusi is of no floor and no room"),
        ("seuranta/taulukko/vaihe.py", "", "seuranta.taulukko.vaihe is of no step of seuranta.taulukko"),
        ("seuranta/tuonti/vaihe/__init__.py", "", "seuranta.tuonti.vaihe is of no step of seuranta.tuonti"),
    ],
    "a module imports only its own floor and those below": [
        ("strategia/nimet.py", "from .models import Kunta", "strategia.nimet imports strategia.models.Kunta"),
        ("strategia/models.py", "from . import permissions", "strategia.models imports strategia.permissions"),
        ("strategia/permissions.py", "from .vuoro import f", "strategia.permissions imports strategia.vuoro.f"),
        ("strategia/vuoro.py", "from .kunta.forms import F", "strategia.vuoro imports strategia.kunta.forms.F"),
        ("strategia/kunta/forms.py", "from ..urls import a", "strategia.kunta.forms imports strategia.urls.a"),
        ("seuranta/jakso/forms.py", "from .. import resources", "seuranta.jakso.forms imports seuranta.resources"),
        ("seuranta/tarkistus.py", "from strategia.models import K", "seuranta.tarkistus imports strategia.models.K"),
        ("seuranta/models.py", "from strategia.kunta import forms", "seuranta.models imports strategia.kunta.forms"),
    ],
    "a room imports only the rooms that the table names for it": [
        (
            "seuranta/tuonti/plan.py",
            "from ..vastaustaulukko.rows import read",
            "seuranta.tuonti.plan imports seuranta.vastaustaulukko.rows.read",
        ),
        (
            "raportit/muodot/html.py",
            "def f():\n    from seuranta.jakso import havainnot",
            "raportit.muodot.html imports seuranta.jakso.havainnot",
        ),
        (
            "raportit/osavuosikatsaus/columns.py",
            "from seuranta.taulukko.layout.headings import role_of",
            "raportit.osavuosikatsaus.columns imports seuranta.taulukko.layout.headings.role_of",
        ),
        (
            "raportit/sulkeminen/views.py",
            "from seuranta.jakso.forms import JatkoForm",
            "raportit.sulkeminen.views imports seuranta.jakso.forms.JatkoForm",
        ),
    ],
    "no rooms import each other in a circle": [
        ("seuranta/muistutus/viestit.py", "from ..jakso import havainnot", "seuranta.jakso ⇄ seuranta.muistutus"),
    ],
    "no modules import each other in a circle": [
        (
            "seuranta/kirjaaminen/rivi.py",
            "def f():\n    from . import lue",
            "seuranta.kirjaaminen.lue ⇄ seuranta.kirjaaminen.rivi",
        ),
    ],
    "only urls import views, and nobody imports urls": [
        (
            "seuranta/jakso/havainnot.py",
            "from .views import jakso_detail",
            "seuranta.jakso.havainnot imports seuranta.jakso.views.jakso_detail",
        ),
        ("seuranta/resources.py", "from .tuonti import views", "seuranta.resources imports seuranta.tuonti.views"),
        (
            "seuranta/views/jaksot.py",
            "from .tuonnit import f",
            "seuranta.views.jaksot imports seuranta.views.tuonnit.f",
        ),
        (
            "raportit/templatetags/raportti.py",
            "from seuranta import urls",
            "raportit.templatetags.raportti imports seuranta.urls",
        ),
    ],
    "a room's forms are its own": [
        (
            "seuranta/hyvaksynta/views.py",
            "from ..jakso.forms import JatkoForm",
            "seuranta.hyvaksynta.views imports seuranta.jakso.forms.JatkoForm",
        ),
        (
            "raportit/tyyli/views.py",
            "from strategia.kunta.forms import KuntaForm",
            "raportit.tyyli.views imports strategia.kunta.forms.KuntaForm",
        ),
    ],
    "inside a room each step imports those before it": [
        (
            "seuranta/taulukko/guard/__init__.py",
            "from ..rows import Luettu",
            "seuranta.taulukko.guard imports seuranta.taulukko.rows.Luettu",
        ),
        (
            "seuranta/taulukko/layout/headings.py",
            "from ..sandbox import read_in_child",
            "seuranta.taulukko.layout.headings imports seuranta.taulukko.sandbox.read_in_child",
        ),
        ("seuranta/tuonti/plan.py", "from . import apply", "seuranta.tuonti.plan imports seuranta.tuonti.apply"),
        (
            "seuranta/tuonti/apply.py",
            "from .esikatselu import list_rows",
            "seuranta.tuonti.apply imports seuranta.tuonti.esikatselu.list_rows",
        ),
        (
            "seuranta/kirjaaminen/rivi.py",
            "from .lue import build_rows",
            "seuranta.kirjaaminen.rivi imports seuranta.kirjaaminen.lue.build_rows",
        ),
        (
            "seuranta/tuonti/__init__.py",
            "from .plan import build_plan",
            "seuranta.tuonti imports seuranta.tuonti.plan.build_plan",
        ),
    ],
    "what reads a file loads no Django": [
        (
            "seuranta/taulukko/rows/__init__.py",
            "from django.utils import timezone",
            "seuranta.taulukko.rows imports django.utils.timezone",
        ),
        (
            "seuranta/vastaustaulukko/rows.py",
            "from ..models import K",
            "seuranta.vastaustaulukko.rows imports seuranta.models.K",
        ),
        ("seuranta/tarkistus.py", "import django.conf", "seuranta.tarkistus imports django.conf"),
        ("strategia/lukko.py", "from .vuoro import in_turn", "strategia.lukko imports strategia.vuoro.in_turn"),
    ],
    "what reads a table imports of ours only itself, names as keys and turns": [
        (
            "seuranta/taulukko/layout/headings.py",
            "from seuranta.tarkistus import find",
            "seuranta.taulukko.layout.headings imports seuranta.tarkistus.find",
        ),
    ],
    "on a file's way only apply, kumous, luenta and paatokset write": [
        (
            "seuranta/tuonti/plan.py",
            "def build_plan(rivit):\n    Kirjaus.objects.bulk_create(rivit)",
            "seuranta.tuonti.plan:4 calls .bulk_create",
        ),
        (
            "seuranta/tiedosto/rivit.py",
            "def f(tuonti):\n    tuonti.save()",
            "seuranta.tiedosto.rivit:3 calls tuonti.save",
        ),
    ],
    "only pages, forms, pyynto and middleware see a request": [
        (
            "seuranta/tuonti/apply.py",
            "from django.contrib import messages",
            "seuranta.tuonti.apply imports django.contrib.messages",
        ),
        ("seuranta/kirjaaminen/lue.py", "def build_rows(request): ...", "seuranta.kirjaaminen.lue takes a request"),
        ("seuranta/models.py", "from django.http import Http404", "seuranta.models imports django.http.Http404"),
    ],
    "a room asks what a person may do, never the role": [
        (
            "seuranta/jakso/views.py",
            "from strategia.permissions import KOORDINOIVAT",
            "seuranta.jakso.views imports strategia.permissions.KOORDINOIVAT",
        ),
        (
            "strategia/kunta/views.py",
            "from ..models.kayttajat import Rooli",
            "strategia.kunta.views imports strategia.models.kayttajat.Rooli",
        ),
        (
            "seuranta/jakso/views.py",
            "def f(request):\n    return request.user.rooli == 'koordinaattori'",
            "seuranta.jakso.views:4 compares request.user.rooli",
        ),
        (
            "raportit/muodot/html.py",
            "def f(people, roolit):\n    return [p for p in people if p.rooli not in roolit]",
            "raportit.muodot.html:6 compares p.rooli",
        ),
        (
            "seuranta/muistutus/tilanne.py",
            "def f(user):\n    match user.rooli:\n        case 'tarkastaja':\n            return True",
            "seuranta.muistutus.tilanne:3 compares user.rooli",
        ),
    ],
    "no two modules of two apps have one name": [
        ("raportit/muodot/kumous.py", "", "raportit.muodot.kumous = seuranta.tiedosto.kumous"),
    ],
    "no two classes have one name": [
        (
            "seuranta/tuonti/plan.py",
            "class Luettu: ...",
            "Luettu: seuranta.taulukko.rows = seuranta.tuonti.plan",
        ),
    ],
}


def grow(root, files):
    """The files with their text, an __init__.py in every folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
        for folder in list(path.relative_to(root).parents)[:-1]:
            (root / folder / "__init__.py").touch()
    return read_koodi(root, APPS)


@pytest.mark.parametrize("saanto", SAANNOT, ids=lambda saanto: saanto.nimi)
def test_a_rule_finds_nothing_in_what_is_right(saanto, tmp_path):
    koodi = grow(tmp_path, OIKEIN)
    assert saanto.looked(koodi)
    assert not saanto.faults(koodi)


@pytest.mark.parametrize(
    ("saanto", "vika"),
    [(saanto, vika) for saanto in SAANNOT for vika in VIAT[saanto.nimi]],
    ids=lambda value: getattr(value, "nimi", None) or value[0],
)
def test_a_rule_finds_the_fault_that_is_planted(saanto, vika, tmp_path):
    name, line, told = vika
    koodi = grow(tmp_path, OIKEIN | {name: f"{OIKEIN.get(name, '')}\n{line}"})
    assert saanto.faults(koodi) == [told]


def test_a_frozen_class_may_have_its_models_name_but_no_third_may(tmp_path):
    (saanto,) = (saanto for saanto in SAANNOT if saanto.nimi == "no two classes have one name")
    koodi = grow(tmp_path, OIKEIN | {"seuranta/haku/osumat.py": "class Kunta: ..."})
    assert saanto.faults(koodi) == ["Kunta: seuranta.haku.osumat = strategia.models"]
