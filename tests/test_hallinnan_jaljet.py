"""What an act in Django's admin leaves behind: a row of the audit each, in the act's own transaction.

Every admin that is registered is found, a library's too, and what it lets a superuser do is done.
"""

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.admin.models import LogEntry, LogEntryManager
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from strategia.hallinta import Jaljet
from strategia.models import (
    Jasenyys,
    Kayttaja,
    Kirjoitusasu,
    Kunta,
    Strategia,
    Tapahtuma,
    Toimenpide,
    Toimiala,
    Toimielin,
)

from .cast import create_user
from .matriisi import Kirjoitukset
from .osoitteet import known_admin_names
from .seuranta.test_resources import workbook
from .test_hallinta import list_addresses

Laji = Tapahtuma.Laji
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALASANA = "uusi-vene-soutaa-hiljaa"
UUSI_SALASANA = {"password1": SALASANA, "password2": SALASANA}

# What of the admin's addresses takes a POST that changes something: each is tried below.
TEOT = {
    *("add", "change", "delete", "changelist", "auth_user_password_change", "simple_history"),
    *("export", "process_import", "logout"),
}
EI_MUUTA = {
    "import": "reads the file and shows what would be written",
    "login": "leads to the sign-in",
    "password_change": "leads to the page of one's own password",
    **dict.fromkeys(
        ("index", "app_list", "history", "password_change_done", "autocomplete", "jsi18n", "view_on_site"), "reads"
    ),
    "": "an old address of a row, and whatever is not there",
}
# One of each kind that a superuser may change, and what is changed of it.
MUUTETTAVAT = {
    Kunta: (lambda cast: Kunta.objects.create(nimi="Uusikylä2", virallinen_nimi="Uudenkylän kunta"), "genetiivi"),
    Kayttaja: (lambda cast: create_user(cast.kunta, "Matti Meri", "raportoija"), "nimi"),
    Toimiala: (lambda cast: Toimiala.objects.create(kunta=cast.kunta, nimi="Vesilaitos"), "nimi"),
    Toimielin: (lambda cast: Toimielin.objects.create(kunta=cast.kunta, nimi="Vesijaosto"), "nimi"),
    Strategia: (lambda cast: Strategia.objects.create(kunta=cast.kunta, nimi="Ohjelma"), "nimi"),
    Toimenpide: (
        lambda cast: Toimenpide.objects.create(kunta=cast.kunta, nimi="Vesi", tavoite=cast.tavoitteet[0]),
        "nimi",
    ),
    Kirjoitusasu: (
        lambda cast: Kirjoitusasu.objects.create(kunta=cast.kunta, asu="Teknikka", toimiala=cast.tekniset),
        "asu",
    ),
    Group: (lambda cast: Group.objects.create(name="Ylläpito"), "name"),
    EmailAddress: (lambda cast: EmailAddress.objects.create(user=cast.veikko, email="v@toinen.example"), "email"),
}
LISATTAVAT = {
    Kunta: {"nimi": "Vanhakylä"},
    EmailAddress: {"email": "toinen@toinen.example"},
    Kayttaja: {
        "email": "toinen@toinen.example",
        "usable_password": "true",
        "password1": SALASANA,
        "password2": SALASANA,
    },
}


@pytest.fixture
def yllapito(cast):
    return Kayttaja.objects.create_superuser("yllapito@palvelu.example", SALASANA, nimi="Ylle Ylläpito")


@pytest.fixture
def teko(yllapito, kirjautunut):
    """`teko(path, data)`: what a superuser posts -> the rows that it left, oldest first."""
    client = kirjautunut(yllapito)

    def act(path, data=None):
        last = Tapahtuma.objects.values_list("pk", flat=True).first() or 0
        act.answer = client.post(path, data or {})
        return list(Tapahtuma.objects.filter(pk__gt=last).order_by("pk"))

    act.client = client
    return act


def told(rows):
    return [(row.laji, row.kunta_id, row.kohteen_nimi) for row in rows]


def page_of(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def sent(page):
    """What the page's form would send as it stands."""
    inlines = [each.formset for each in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form, *(each.management_form for each in inlines)]
    forms += [form for each in inlines for form in each.initial_forms]
    fields = [field for form in forms for field in form]
    return values_of(fields)


def values_of(fields):
    """What a browser would send of them: a box that is not ticked is not sent, a zero is."""
    told = {field.html_name: field.value() for field in fields}
    told |= {field.html_initial_name: field.value() for field in fields if field.field.show_hidden_initial}
    return {name: value for name, value in told.items() if value not in (None, "", []) and value is not False}


def kunta_of(model, row, cast):
    return {Kunta: row.pk, Group: None}.get(model, cast.kunta.pk)


# --- none is overlooked


def test_every_admin_that_is_registered_leaves_its_rows(rf, yllapito):
    """Those that let nothing be changed, too: one that some day does, leaves them."""
    request = rf.get(reverse("admin:index"))  # the urls are loaded: they unregister what a library would let be written
    request.user = yllapito
    pages = admin.site._registry
    assert all(isinstance(page, Jaljet) for page in pages.values())
    assert {model for model, page in pages.items() if page.has_change_permission(request)} == set(MUUTETTAVAT)
    others = [page for model, page in pages.items() if model not in MUUTETTAVAT]
    assert not any(page.has_add_permission(request) or page.has_delete_permission(request) for page in others)


def test_every_address_of_the_admin_is_tried_or_changes_nothing():
    models = sorted((f"{model._meta.label_lower.replace('.', '_')}_" for model in admin.site._registry), key=len)
    names = known_admin_names()
    for model in reversed(models):
        names = {name.removeprefix(model) for name in names}
    assert names == TEOT | set(EI_MUUTA)


def test_what_is_only_opened_there_writes_nothing(cast, yllapito, kirjautunut):
    """Session and audit apart, as everywhere."""
    client, writes, statuses = kirjautunut(yllapito), Kirjoitukset(), set()
    with connection.execute_wrapper(writes):
        for _name, path in list_addresses(cast.vayla.pk):
            statuses.add(client.get(path).status_code)
    assert not writes.found
    assert statuses <= {200, 302, 403, 404, 405} and 200 in statuses


# --- rows


@pytest.mark.parametrize("model", MUUTETTAVAT, ids=lambda model: model.__name__)
def test_adding_changing_and_deleting_leave_a_row_each(model, teko, cast):
    make, field = MUUTETTAVAT[model]
    row = make(cast)
    data = sent(teko.client.get(page_of(model, "change", row.pk)))
    (muutettu,) = teko(page_of(model, "change", row.pk), data | {field: f"{data.get(field, 'Uuden')}x"})
    assert (muutettu.laji, muutettu.kunta_id) == (Laji.MUUTETTU, kunta_of(model, row, cast))
    assert muutettu.mihin.endswith(f"{data.get(field, 'Uuden')}x")
    assert muutettu.kuka.nimi == "Ylle Ylläpito"
    assert (muutettu.kohteen_laji, muutettu.kohteen_id) == (model._meta.label_lower, row.pk)
    if model is Kayttaja:
        assert teko(page_of(model, "delete", row.pk), {"post": "yes"}) == []
        assert teko.answer.status_code == 403
    elif model is not Kunta:  # whose acts keep it
        (poistettu,) = teko(page_of(model, "delete", row.pk), {"post": "yes"})
        assert (poistettu.laji, poistettu.kunta_id) == (Laji.POISTETTU, kunta_of(model, row, cast))
        assert not model.objects.filter(pk=row.pk).exists()
    (lisatty,) = teko(page_of(model, "add"), data | {field: "Toinen"} | LISATTAVAT.get(model, {}))
    assert (lisatty.laji, lisatty.kunta_id) == (Laji.LISATTY, kunta_of(model, model.objects.latest("pk"), cast))
    assert SALASANA not in lisatty.mihin


def test_of_a_kunta_that_goes_the_row_is_the_installations(teko, cast):
    row = MUUTETTAVAT[Kunta][0](cast)
    assert told(teko(page_of(Kunta, "delete", row.pk), {"post": "yes"})) == [(Laji.POISTETTU, None, str(row))]


@pytest.mark.parametrize(
    ("changed", "laji", "mihin"),
    [
        ({"rooli": "tarkastaja"}, Laji.ROOLI, "Rooli: tarkastaja"),
        ({"is_active": ""}, Laji.KAYTOSTA, None),
        ({"is_superuser": "on"}, Laji.ROOLI, None),
        ({"email": "uusi@kirkkoranta.example"}, Laji.MUUTETTU, None),
    ],
)
def test_of_a_person_the_kinds_are_those_of_the_pages(changed, laji, mihin, teko, cast):
    path = page_of(Kayttaja, "change", cast.veikko.pk)
    (row,) = teko(path, sent(teko.client.get(path)) | changed)
    assert told([row]) == [(laji, cast.kunta.pk, str(Kayttaja.objects.get(pk=cast.veikko.pk)))]
    assert mihin is None or row.mihin.lower() == mihin.lower()


def test_the_toimialat_of_a_person_are_told_by_name(teko, cast):
    path = page_of(Kayttaja, "change", cast.veikko.pk)
    data, own = sent(teko.client.get(path)), Jasenyys.objects.get(kayttaja=cast.veikko)
    (row,) = teko(path, data | {"jasenyys_set-0-toimiala": cast.sivistys.pk})
    assert (row.laji, row.mista, row.mihin) == (
        Laji.ROOLI,
        "Toimiala: Tekniset palvelut",
        "Toimiala: Sivistyspalvelut",
    )
    (row,) = teko(path, sent(teko.client.get(path)) | {"jasenyys_set-0-DELETE": "on"})
    assert "Toimiala: Sivistyspalvelut" in row.mista
    assert not Jasenyys.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize("table", [False, True], ids=["on the page", "by a table"])
def test_what_a_person_may_do_ends_the_sessions_and_the_role_is_mailed(table, teko, cast, kirjautunut, mailoutbox):
    """Changed there as on the pages."""
    veikko, path = kirjautunut(cast.veikko), page_of(Kayttaja, "change", cast.veikko.pk)

    def change(rooli, active):
        if not table:
            return teko(path, sent(teko.client.get(path)) | {"rooli": rooli, "is_active": "on" if active else ""})
        head = ["Sähköposti", "Nimi", "Kunta", "Rooli", "Toimialat", "Käytössä"]
        own = [cast.veikko.email, cast.veikko.nimi, cast.kunta.nimi]
        row = [*own, rooli, "Tekniset palvelut", "kyllä" if active else "ei"]
        upload = SimpleUploadedFile("vaki.xlsx", workbook(head, row))
        assert teko(page_of(Kayttaja, "import"), {"import_file": upload, "format": "0"}) == []  # only shown
        return teko(page_of(Kayttaja, "process_import"), teko.answer.context["confirm_form"].initial)

    assert Laji.ROOLI in {row.laji for row in change("hyvaksyja", True)}
    assert veikko.get("/jaksot/").status_code == 302
    assert [each.to for each in mailoutbox if "Roolisi" in each.subject] == [[cast.veikko.email]]
    veikko = kirjautunut(cast.veikko)
    (done,) = (row for row in change("hyvaksyja", False) if row.laji == Laji.KAYTOSTA)
    assert (done.kuka.nimi, done.kohteen_id) == ("Ylle Ylläpito", cast.veikko.pk)
    change("hyvaksyja", True)
    assert veikko.get("/jaksot/").status_code == 302  # renewing revives none


def test_a_password_that_a_superuser_sets_is_told_and_not_shown(teko, cast):
    path = reverse("admin:auth_user_password_change", args=[cast.veikko.pk])
    (row,) = teko(path, {"usable_password": "true"} | UUSI_SALASANA)
    assert told([row]) == [(Laji.SALASANA_VAIHTUI, cast.kunta.pk, str(cast.veikko))]
    assert (row.mista, row.mihin) == ("", "")


def test_what_history_gives_back_is_told(teko, cast):
    old = cast.vayla.history.first()
    cast.vayla.nimi = "Väylä toisin"
    cast.vayla.save()
    path = page_of(Toimenpide, "simple_history", cast.vayla.pk, old.history_id)
    (row,) = teko(path, sent_of_history(teko.client.get(path)))
    assert told([row]) == [(Laji.MUUTETTU, cast.kunta.pk, old.nimi)]


def sent_of_history(page):
    return values_of(page.context["adminform"].form)


def test_many_deleted_at_once_are_a_row_each(teko, cast):
    rows = [Toimiala.objects.create(kunta=kunta, nimi=f"Uusi {kunta}") for kunta in (cast.kunta, cast.naapuri.kunta)]
    data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    assert teko(page_of(Toimiala, "changelist"), data) == []  # asks first
    done = teko(page_of(Toimiala, "changelist"), data | {"post": "yes"})
    assert sorted(told(done)) == sorted((Laji.POISTETTU, row.kunta_id, row.nimi) for row in rows)


def test_an_action_that_writes_past_djangos_log_is_told_by_its_name(teko, cast):
    row = EmailAddress.objects.create(user=cast.veikko, email="v@toinen.example")
    data = {"action": "make_verified", "_selected_action": [row.pk]}
    (done,) = teko(page_of(EmailAddress, "changelist"), data)
    assert EmailAddress.objects.get(pk=row.pk).verified
    assert (done.laji, done.kunta_id, done.kohteen_id) == (Laji.MUUTETTU, cast.kunta.pk, row.pk)
    assert done.mihin == "make_verified"
    assert teko(page_of(EmailAddress, "changelist"), {"action": "make_verified"}) == []  # nothing was chosen


def test_a_table_out_and_in_is_told_to_each_kunta_of_its_own_rows(teko, cast):
    out = page_of(Toimiala, "export")
    fields = dict.fromkeys(sent_of_export(teko.client.get(out)), "on")
    both = {cast.kunta.pk, cast.naapuri.kunta.pk}
    rows = teko(out, {"format": "0", **fields})
    assert teko.answer.headers["Content-Type"] == XLSX
    assert {(row.laji, row.kunta_id, row.mihin) for row in rows} == {
        (Laji.LADATTU, kunta, "toimialat (xlsx)") for kunta in both
    }
    table = workbook(["Kunta", "Nimi"], [cast.kunta.nimi, "Vesi"], [cast.kunta.nimi, "Energia"])
    upload = SimpleUploadedFile("toimialat.xlsx", table)
    assert teko(page_of(Toimiala, "import"), {"import_file": upload, "format": "0"}) == []
    confirm = teko.answer.context["confirm_form"].initial
    (row,) = teko(page_of(Toimiala, "process_import"), confirm)
    assert Toimiala.objects.filter(nimi__in=["Vesi", "Energia"]).count() == 2
    told_in = "toimialat: uusia 2, muuttui 0, poistui 0"
    assert (row.laji, row.kunta_id, row.mihin) == (Laji.TALLENNETTU, cast.kunta.pk, told_in)


def sent_of_export(page):
    return [field.html_name for field in page.context["form"] if field.name.startswith("toimialaresource")]


def test_signing_out_there_is_signing_out(teko, yllapito):
    (row,) = teko(reverse("admin:logout"))
    assert (row.laji, row.kohteen_id) == (Laji.KIRJAUTUI_ULOS, yllapito.pk)
    assert "_auth_user_id" not in teko.client.session


# --- all or nothing


def test_what_breaks_off_leaves_neither_the_act_nor_its_row(teko, cast, monkeypatch):
    """Also where Django itself opens no transaction: deleting many, a password, a row of history."""
    gone = Toimiala.objects.create(kunta=cast.kunta, nimi="Vesilaitos")
    acts = [
        (page_of(Toimiala, "change", gone.pk), {"kunta": cast.kunta.pk, "nimi": "Toinen", "jarjestys": "0"}),
        (page_of(Toimiala, "changelist"), {"action": "delete_selected", "_selected_action": [gone.pk], "post": "yes"}),
        (
            reverse("admin:auth_user_password_change", args=[cast.veikko.pk]),
            {"usable_password": "true"} | UUSI_SALASANA,
        ),
    ]
    monkeypatch.setattr(LogEntryManager, "log_actions", _break)
    monkeypatch.setattr(LogEntryManager, "log_action", _break)
    teko.client.raise_request_exception = False
    for path, data in acts:
        assert teko(path, data) == []
        assert teko.answer.status_code == 500
    assert Toimiala.objects.get(pk=gone.pk).nimi == "Vesilaitos"
    assert not Kayttaja.objects.get(pk=cast.veikko.pk).check_password(SALASANA)
    assert not LogEntry.objects.exists()


def _break(*args, **kwargs):
    raise RuntimeError("katkos")
