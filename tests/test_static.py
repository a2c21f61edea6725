"""What production does with static files works: they are named by content, and every name a template uses is there."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client

from strategia.apps import check_static_files

from .ymparisto import JUURI

MALLIPOHJAT, TYYLIT = JUURI / "templates", JUURI / "static" / "css"
STATIC_TAG = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
OSA = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
LUOKAT = re.compile(r"""class="((?:{%.*?%}|{{.*?}}|[^"{])*)\"""")
TUNNISTE = re.compile(r"{%.*?%}|{{.*?}}")
PAPERI = "print.css"  # the report on paper, no page's


@pytest.fixture
def collected(settings, tmp_path):
    """Production's storage, but for the slow compressing, with everything collected into it."""
    settings.STATIC_ROOT = tmp_path
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return staticfiles_storage


def test_every_static_file_of_the_templates_is_collected(collected):
    names = {name for path in (JUURI / "templates").rglob("*.html") for name in STATIC_TAG.findall(path.read_text())}
    assert names
    for name in names:
        assert collected.url(name) != f"/static/{name}", "nimessä ei ole sisällön tiivistettä"


def test_static_files_are_kept_for_good(collected, settings):
    """A name tells its content, so the browser never needs to ask for it again."""
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    for name in ("css/base.css", "fonts/SourceSans3-Regular.ttf.woff2"):
        answer = Client().get(collected.url(name))
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"


def styled_classes(css):
    """The classes that a style sheet has a rule for."""
    bare = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", css, flags=re.DOTALL)
    return {name for selector in re.findall(r"[^{}]+(?={)", bare) for name in re.findall(r"\.([a-z][\w-]*)", selector)}


def classes_of(text):
    """The classes that a template names itself; those of a row's state ({{ row.tila }}) stand beside one of these."""
    return {name for found in LUOKAT.findall(text) for name in TUNNISTE.sub(" ", found).split()}


def parts_of(name, known=frozenset()):
    """A template and all that it extends and includes."""
    if name in known or not (MALLIPOHJAT / name).exists():  # a widget's template includes Django's
        return known
    known |= {name}
    for part in OSA.findall((MALLIPOHJAT / name).read_text()):
        known = parts_of(part, known)
    return known


def list_unstyled(sheets, classes, linked):
    """What is named on a page, has a rule only in files that the page does not link, and so would not be drawn."""
    homes = {name: {sheet for sheet, styled in sheets.items() if name in styled} for name in classes}
    return {name for name, found in homes.items() if found and not found & linked}


def test_a_page_links_the_style_of_each_class_that_it_names():
    """base.css is every page's; the rules of one page stand in its own file, which nobody else then needs to load."""
    sheets = {path.name: styled_classes(path.read_text()) for path in TYYLIT.glob("*.css") if path.name != PAPERI}
    assert list_unstyled(sheets, {"scale", "row", "nowhere"}, {"base.css"}) == {"scale"}
    pages = [path.relative_to(MALLIPOHJAT).as_posix() for path in sorted(MALLIPOHJAT.rglob("*.html"))]
    linked_somewhere, missing = set(), {}
    for page in pages:
        parts = [(MALLIPOHJAT / name).read_text() for name in parts_of(page)]
        linked = {name.removeprefix("css/") for text in parts for name in STATIC_TAG.findall(text)}
        linked_somewhere |= linked
        if "base.css" in linked:
            unstyled = list_unstyled(sheets, set().union(*map(classes_of, parts)), linked)
            missing |= {page: unstyled} if unstyled else {}
    assert missing == {}
    assert set(sheets) - linked_somewhere == set(), "tyyli, jota mikään sivu ei linkitä"


def test_a_check_tells_when_collectstatic_has_not_been_run(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert check_static_files() == [], "ilman luetteloa toimiva varasto ei tarvitse sitä"
    backend = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("css", "js", "svg", "txt", "md")  # `make test` compresses them
    [warning] = check_static_files()
    assert (warning.id, "collectstatic --noinput" in warning.hint) == ("strategia.W001", True)
    call_command("collectstatic", verbosity=0, interactive=False)
    assert check_static_files() == []


def test_the_steps_of_the_readme_collect_the_static_files_before_anything_is_opened():
    steps = (JUURI / "README.md").read_text().partition("### Oma kunta")[2]
    assert steps.index("manage.py migrate") < steps.index("manage.py collectstatic") < steps.index("manage.py kunta")
