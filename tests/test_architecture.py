"""The shape of the code: who may import whom, who writes, what every table carries, what no template holds."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from . import huoneet
from .huoneet import APPS, ASKELET, DJANGO_VAPAAT, HUONEET, named_steps
from .koodi import find_circles, is_within, read_koodi
from .saannot import SAANNOT, names
from .ymparisto import JUURI

FOLDERS = {".ci", "strategia", "seuranta", "raportit", "templates", "static", "fixtures", "tests"}
FILES = {
    "manage.py",
    "pyproject.toml",
    "README.md",
    "Makefile",
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-s3.txt",
    "requirements-sbom.txt",
    "Dockerfile",
    "compose.yaml",
    "CHANGELOG.md",
    "LICENSE",
    ".dockerignore",
    ".gitignore",
}


@cache
def our_koodi():
    return read_koodi(JUURI, APPS)


# --- folders


def test_the_top_level_holds_what_the_design_names_and_nothing_else():
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=JUURI, capture_output=True, text=True, check=True).stdout.splitlines()
    there = [Path(name).parts for name in names if (JUURI / name).exists()]
    assert {parts[0] for parts in there if len(parts) > 1} <= FOLDERS
    assert {parts[0] for parts in there if len(parts) == 1} <= FILES


# --- who may import whom, who writes, who sees a request: saannot.py has the rules, huoneet.py the tables


@pytest.mark.parametrize("saanto", SAANNOT, ids=lambda saanto: saanto.nimi)
def test_the_code_keeps_the_rule(saanto):
    assert not saanto.faults(our_koodi())
    assert saanto.looked(our_koodi()), "the rule looks at no module"


def test_the_tables_of_the_rules_name_only_what_is_there():
    named = {*HUONEET, *huoneet.PUHTAAT, *huoneet.YHTEISET, *DJANGO_VAPAAT}
    named |= {*huoneet.KIRJOITTAVAT, *huoneet.PYYNNON_NAKEVAT_MODUULIT, *huoneet.ROOLIN_LUKIJAT}
    named |= {f"{room}.{step}" for room in ASKELET for step in named_steps(room)}
    missing = sorted(named - set(our_koodi()))
    assert not missing, f"{missing}: does a table name what is gone?"


def test_the_rooms_table_names_only_imports_that_are_made():
    unused = [
        f"{room} imports nothing of {entry}"
        for room, entries in HUONEET.items()
        for entry in entries
        if not any(
            names(entry, imported)
            for nimi in our_koodi()
            if is_within(nimi, room)
            for imported in our_koodi()[nimi].tuo
        )
    ]
    assert not unused, unused


def test_the_rooms_table_holds_no_circle():
    room_names = {room: {entry.partition(":")[0] for entry in entries} for room, entries in HUONEET.items()}
    assert not find_circles(room_names)


@pytest.mark.parametrize("nimi", sorted(huoneet.ROOLIN_LUKIJAT))
def test_who_may_read_a_role_does(nimi):
    assert {imported.rpartition(".")[2] for imported in our_koodi()[nimi].tuo} & huoneet.ROOLIEN_NIMET


def is_there(package):
    path = JUURI.joinpath(*package.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


@pytest.mark.parametrize("package", sorted(filter(is_there, DJANGO_VAPAAT)))
def test_no_django_is_loaded_by_reading_a_file(package):
    modules = ", ".join(nimi for nimi in our_koodi() if is_within(nimi, package))
    code = f"import sys, {modules}; print([m for m in sys.modules if m.split('.')[0] == 'django'])"
    run = subprocess.run([sys.executable, "-c", code], cwd=JUURI, capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "[]", run.stderr


# --- tables


# Django's own permissions of a superuser: they belong to no kunta; nor do workers, runs and sessions.
OF_NO_KUNTA = {"Kunta", "Kayttaja_groups", "Kayttaja_user_permissions", "Syke", "Ajo", "Istunto"}


def test_every_table_carries_its_kunta():
    models = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    without = {model.__name__ for model in models if "kunta" not in {field.name for field in model._meta.fields}}
    assert without == OF_NO_KUNTA


# --- markup


FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=", re.I),
    "a style sheet of its own": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)", re.I),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a script address": re.compile(r"javascript:", re.I),
    "unescaped text": re.compile(r"\|\s*safe\b|\bsafeseq\b|autoescape\s+off", re.I),
}


def test_no_template_holds_a_style_a_script_or_unescaped_text():
    wrong = [
        f"{path.relative_to(JUURI)} holds {what}: {found.group()!r}"
        for suffix in ("html", "svg", "txt")
        for path in sorted((JUURI / "templates").rglob(f"*.{suffix}"))
        for what, pattern in FORBIDDEN.items()
        if (found := pattern.search(path.read_text()))
    ]
    assert not wrong


ASKED_ROLE = re.compile(r"{%[^%]*\b(?:user|kayttaja)\.rooli\b")


def test_no_template_asks_for_a_role():
    paths = sorted((JUURI / "templates").rglob("*.html"))
    assert not [str(path.relative_to(JUURI)) for path in paths if ASKED_ROLE.search(path.read_text())]
    assert ASKED_ROLE.search('{% if user.rooli == "paakayttaja" %}')


def test_no_code_marks_text_as_safe():
    wrong = [
        f"{nimi}:{line} calls {call}"
        for nimi in our_koodi()
        for call, line in our_koodi()[nimi].kutsuu
        if call.rpartition(".")[2] in ("mark_safe", "SafeString", "SafeText")
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("what", "markup"),
    [
        ("an inline style", '<p style="color: red">'),
        ("an inline script", "<script>alert(1)</script>"),
        ("an event handler", '<button class="x" onclick="go()">'),
        ("unescaped text", "{{ kommentti|safe }}"),
    ],
)
def test_the_patterns_find_what_they_forbid(what, markup):
    assert FORBIDDEN[what].search(markup)
    assert not any(pattern.search('<script src="/static/js/a.js" defer></script>') for pattern in FORBIDDEN.values())
