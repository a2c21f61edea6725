"""The shape of the code: who may import whom, who writes, what every table carries, what no template holds."""

import ast
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps

from .ymparisto import JUURI

APPS = ["strategia", "seuranta", "raportit"]  # each may import itself and those before it
LAYERS = ["models", "permissions", "forms", "views", "urls"]
DJANGO_FREE = ["guard", "workbook", "layout", "rows", "sandbox"]
TAULUKKO = "seuranta.taulukko"
TUONTI = "seuranta.tuonti"
STAGES = ["plan", "apply"]
PURE_OF_OURS = ("strategia.nimet", "strategia.lukko")  # names as keys, turns by file; they import no Django either

FOLDERS = {".ci", "strategia", "seuranta", "raportit", "templates", "static", "fixtures", "tests"}
FILES = {
    "manage.py",
    "pyproject.toml",
    "README.md",
    "Makefile",
    "requirements.txt",
    "requirements-dev.txt",
    "Dockerfile",
    "compose.yaml",
    "CHANGELOG.md",
    "LICENSE",
    ".dockerignore",
    ".gitignore",
}


def python_files(*folders):
    return sorted(chain.from_iterable((JUURI / folder).rglob("*.py") for folder in folders))


def module_name(path):
    parts = path.relative_to(JUURI).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_modules(path):
    """Every module the file names in an import, in full; of `from a import b` both a and a.b."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def is_within(module, package):
    return module == package or module.startswith(f"{package}.")


def part_of(module, package, parts):
    """The index in `parts` of the part of the package this module is in, or None."""
    rest = module.removeprefix(f"{package}.").split(".")[0] if module.startswith(f"{package}.") else None
    return parts.index(rest) if rest in parts else None


# --- folders


def test_the_top_level_holds_what_the_design_names_and_nothing_else():
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=JUURI, capture_output=True, text=True, check=True).stdout.splitlines()
    there = [Path(name).parts for name in names if (JUURI / name).exists()]
    assert {parts[0] for parts in there if len(parts) > 1} <= FOLDERS
    assert {parts[0] for parts in there if len(parts) == 1} <= FILES


# --- who may import whom


def test_an_app_imports_only_those_before_it():
    wrong = [
        f"{path.relative_to(JUURI)} imports {module}"
        for rank, app in enumerate(APPS)
        for path in python_files(app)
        for module in imported_modules(path)
        for later in APPS[rank + 1 :]
        if is_within(module, later)
    ]
    assert not wrong


def test_inside_an_app_each_layer_imports_only_those_below_it():
    wrong = []
    for app in APPS:
        for path in python_files(app):
            own = part_of(module_name(path), app, LAYERS)
            for module in imported_modules(path):
                layer = part_of(module, app, LAYERS)
                if layer is not None and own is not None and layer > own:
                    wrong.append(f"{path.relative_to(JUURI)} imports {module}")
    assert not wrong


def test_nobody_but_urls_imports_views_and_nobody_imports_urls():
    wrong = [
        f"{path.relative_to(JUURI)} imports {module}"
        for path in python_files(*APPS)
        for app in APPS
        for module in imported_modules(path)
        if is_within(module, f"{app}.urls") or (is_within(module, f"{app}.views") and path.name != "urls.py")
    ]
    assert not wrong


@pytest.mark.parametrize(("package", "stages"), [(TAULUKKO, DJANGO_FREE), (TUONTI, STAGES)])
def test_each_stage_of_a_file_imports_only_those_before_it(package, stages):
    wrong = []
    for path in python_files(package.replace(".", "/")):
        own = part_of(module_name(path), package, stages)
        for module in imported_modules(path):
            stage = part_of(module, package, stages)
            if stage is not None and own is not None and stage > own:
                wrong.append(f"{path.relative_to(JUURI)} imports {module}")
    assert not wrong


def test_taulukko_imports_of_ours_only_itself_and_names_as_keys():
    wrong = [
        f"{path.relative_to(JUURI)} imports {module}"
        for path in python_files("seuranta/taulukko")
        for module in imported_modules(path)
        if module.split(".")[0] in ("django", *APPS)
        and not (
            is_within(module, TAULUKKO) or module == "seuranta" or any(is_within(module, pure) for pure in PURE_OF_OURS)
        )
    ]
    assert not wrong


@pytest.mark.parametrize("stage", DJANGO_FREE)
def test_no_django_is_loaded_by_reading_a_file(stage):
    code = f"import sys, {TAULUKKO}.{stage}; print([m for m in sys.modules if m.split('.')[0] == 'django'])"
    run = subprocess.run([sys.executable, "-c", code], cwd=JUURI, capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "[]", run.stderr


# --- who writes, who sees a request


WRITES = {
    *("save", "create", "update", "delete", "get_or_create", "update_or_create"),
    *("bulk_create", "bulk_update", "bulk_create_with_history", "bulk_update_with_history"),
}


def called_names(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            yield name, node.lineno


def test_of_tuonti_only_apply_writes():
    wrong = [
        f"{path.relative_to(JUURI)}:{line} calls {name}"
        for path in python_files("seuranta/tuonti")
        if part_of(module_name(path), TUONTI, STAGES) == STAGES.index("plan")
        for name, line in called_names(path)
        if name in WRITES
    ]
    assert not wrong


def test_nothing_in_tuonti_sees_a_request():
    of_requests = ("django.http", "django.shortcuts", "django.views", "django.contrib")
    wrong = []
    for path in python_files("seuranta/tuonti"):
        wrong += [f"{path} imports {m}" for m in imported_modules(path) if any(is_within(m, r) for r in of_requests)]
        names = (node.arg for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.arg))
        wrong += [f"{path} takes a request" for name in names if name == "request"]
    assert not wrong


# --- tables


# Django's own permissions of a superuser: they say what its admin shows, and belong to no kunta.
OF_NO_KUNTA = {"Kunta", "Kayttaja_groups", "Kayttaja_user_permissions"}


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


def test_no_code_marks_text_as_safe():
    wrong = [
        f"{path.relative_to(JUURI)}:{line} calls {name}"
        for path in python_files(*APPS)
        for name, line in called_names(path)
        if name in ("mark_safe", "SafeString", "SafeText")
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
