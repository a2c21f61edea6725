"""Whose role requires a second factor: from which day, what is told before it, and that no door opens without it."""

import datetime

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from strategia.kayttaja.tunnus import change_user
from strategia.models import Kayttaja, Rooli, Tapahtuma

from ...osoitteet import JULKISET, KALENTERI, OMA_TILI, SIVUT, TOIMET, address, admin_patterns
from ...test_hallinta import paths_of
from .vaiheet import code_of, sign_in, take_app

SIVU, KOODI, VAHVISTA = reverse("mfa_index"), reverse("mfa_authenticate"), reverse("mfa_reauthenticate")
ULOS = {"account_logout", "admin:logout", "strategia:ohje", "strategia:korostusvari", "strategia:kunta-logo"}
ETUSIVU = "raportit:etusivu"


def has_had_role(user, days):
    Kayttaja.objects.filter(pk=user.pk).update(rooli_alkaen=timezone.now() - datetime.timedelta(days=days))
    return user


@pytest.fixture
def yllapitaja(cast):
    return Kayttaja.objects.create_superuser("yllapito@kirkkoranta.example", "kultainen-aita-narisee-yolla", nimi="Y")


# --- from which day


@pytest.mark.parametrize("who", ["aino", "kaisa"])
def test_before_the_day_the_front_page_tells_it_and_every_page_opens(who, cast):
    user = has_had_role(getattr(cast, who), 13)
    client, answer = sign_in(user)
    assert answer.url == "/"
    day = timezone.localdate() + datetime.timedelta(days=1)
    assert f"<b>{day.day}.{day.month}.{day.year}</b> alkaen" in client.get("/").text
    assert client.get("/jaksot/").status_code == 200


@pytest.mark.parametrize("who", ["veikko", "hilkka", "liisa", "tarmo"])
def test_other_roles_are_told_nothing_and_kept_from_nothing(who, cast):
    client, _answer = sign_in(has_had_role(getattr(cast, who), 1000))
    assert "kaksivaihei" not in client.get("/").text
    assert client.get("/jaksot/").status_code == 200


def test_from_the_day_on_there_is_only_the_page_to_take_it_into_use(cast):
    client, _answer = sign_in(has_had_role(cast.kaisa, 14))
    page = client.get("/", follow=True)
    assert page.redirect_chain == [(SIVU, 302)]
    assert "Ota se käyttöön, niin pääset muille sivuille." in page.text
    assert client.get(reverse("strategia:ohje")).status_code == 200
    take_app(client)
    assert "Hei, Kaisa" in client.get("/").text
    assert "alkaen. Ilman sitä" not in client.get("/").text


def test_a_row_by_script_and_a_program_get_a_sentence_and_a_form_is_not_lost(cast):
    client, _answer = sign_in(has_had_role(cast.kaisa, 14))
    path, sentence = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk]), "Roolisi vaatii kaksivaiheisen"
    for headers in ({"HX-Request": "true"}, {"Accept": "application/json"}):
        answer = client.post(path, {"kommentti": "x"}, headers=headers)
        assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/plain; charset=utf-8")
        assert sentence in answer.text
    kept = client.post(path, {"kommentti": "Kirjoitin pitkän tekstin."})
    assert kept.status_code == 403
    assert "Kirjoitin pitkän tekstin." in kept.text and f'href="{SIVU}"' in kept.text


def test_the_rule_is_switchable(cast, settings):
    settings.MFA_ROOLIT = ["hyvaksyja"]
    client, _answer = sign_in(has_had_role(cast.kaisa, 14))
    assert client.get("/jaksot/").status_code == 200
    client, _answer = sign_in(has_had_role(cast.hilkka, 14))
    assert client.get("/jaksot/").url == SIVU


def test_nothing_insecure_is_set_for_it():
    assert not app_settings.WEBAUTHN_ALLOW_INSECURE_ORIGIN
    assert app_settings.TOTP_INSECURE_BYPASS_CODE is None
    assert not app_settings.TRUST_ENABLED and app_settings.REAUTHENTICATION_REQUIRED
    assert {"paakayttaja", "koordinaattori", "yllapito"} == set(settings.MFA_ROOLIT)
    assert "unsafe-inline" not in str(settings.CONTENT_SECURITY_POLICY)


# --- the date of a role: every path that writes it


def _by_page(user, rooli):
    change_user(user, nimi=user.nimi, rooli=rooli, toimialat=[])


def _by_queryset(user, rooli):
    Kayttaja.objects.filter(pk=user.pk).update(rooli=rooli)


def _by_bulk(user, rooli):
    user.rooli = rooli
    Kayttaja.objects.bulk_update([user], ["rooli"])


def _by_sql(user, rooli):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE strategia_kayttaja SET rooli = %s WHERE id = %s", [str(rooli), user.pk])


def _by_stale_row(user, rooli):
    stale = Kayttaja.objects.get(pk=user.pk)
    stale.rooli = rooli
    stale.save()


@pytest.mark.parametrize("write", [_by_page, _by_queryset, _by_bulk, _by_sql, _by_stale_row], ids=lambda w: w.__name__)
def test_a_new_role_begins_its_own_time_whatever_writes_it(write, cast):
    user, begun = has_had_role(cast.veikko, 1000), timezone.now()
    write(user, Rooli.KOORDINAATTORI)
    found = Kayttaja.objects.get(pk=user.pk)
    assert found.rooli == Rooli.KOORDINAATTORI
    assert abs((found.rooli_alkaen - begun).total_seconds()) < 60
    has_had_role(user, 14)
    write(user, Rooli.KOORDINAATTORI)  # the same again begins nothing
    client, _answer = sign_in(user)
    assert client.get("/jaksot/").url == SIVU


# --- no door


def addresses(cast):
    """[(name, path)] of every page and button, the admin's too."""
    names = [name for name in (*SIVUT, *TOIMET, *JULKISET, *OMA_TILI, *KALENTERI) if name != "seuranta:kalenteri-ics"]
    known = [(name, address(name, cast, cast.versio)) for name in names]
    return known + [(f"admin:{name}", paths_of(patterns, 1)) for name, patterns in admin_patterns()]


def let_through(client, cast, allowed):
    """What an address shows of the inside, by GET or POST, beside the allowed."""
    found = []
    for name, path in addresses(cast):
        if name in allowed | ULOS:
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(path)
            is_public = name in JULKISET - {ETUSIVU} or name == "admin:login"
            refused = answer.status_code in (302, 403, 404, 405)
            shows_who = cast.kaisa.nimi in answer.text or (is_public and "Kirjaudu ulos" in answer.text)
            if shows_who or not (refused or is_public):
                found.append((method, name, answer.status_code))
    return found


@pytest.mark.parametrize("who", ["aino", "kaisa"])
def test_without_a_second_factor_no_door_opens_to_a_role_that_requires_it(who, cast):
    client, _answer = sign_in(has_had_role(getattr(cast, who), 14))
    own = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_change_password"}
    assert let_through(client, cast, own) == []


def test_a_superuser_needs_it_at_once_and_the_admins_own_door_opens_nothing(cast, yllapitaja, client):
    login = {"username": yllapitaja.email, "password": "kultainen-aita-narisee-yolla", "next": "/hallinta/"}
    client.post("/hallinta/login/", login)
    for path in ("/hallinta/", "/hallinta/strategia/kayttaja/"):
        assert client.get(path).status_code == 302, path
    sisalla, _answer = sign_in(yllapitaja, password="kultainen-aita-narisee-yolla")  # noqa: S106
    assert sisalla.get("/hallinta/").url == SIVU
    take_app(sisalla, "kultainen-aita-narisee-yolla")
    assert sisalla.get("/hallinta/").status_code == 200


def test_staff_needs_it_at_once(cast):
    Kayttaja.objects.filter(pk=cast.veikko.pk).update(is_staff=True)
    client, _answer = sign_in(cast.veikko)
    assert client.get("/omat/").url == SIVU


def test_a_session_that_began_before_the_factor_must_show_it(cast):
    """The password alone, by whatever door it came, opens neither a page nor what would take the factor away."""
    old, _answer = sign_in(cast.veikko)
    client, _answer = sign_in(cast.veikko)
    secret = take_app(client)
    assert old.get("/omat/").url == f"{VAHVISTA}?next=%2Fomat%2F"
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "account_change_password"):
        assert old.get(reverse(name)).url.startswith(VAHVISTA), name
    assert old.post(reverse("mfa_deactivate_totp")).status_code in (302, 403)
    assert Authenticator.objects.filter(user=cast.veikko, type="totp").exists()
    assert old.post(f"{VAHVISTA}?next=/omat/", {"code": code_of(secret, 1)}).url == "/omat/"
    assert old.get("/omat/").status_code in (200, 302)
    assert not old.get("/omat/").headers.get("Location", "").startswith("/tili/")


def test_who_has_a_factor_and_half_signed_in_meets_no_page(cast):
    client, _answer = sign_in(cast.kaisa)
    take_app(client)
    half, answer = sign_in(cast.kaisa)
    assert answer.url == KOODI
    assert half.get("/jaksot/").url.startswith(reverse("account_login"))


def test_the_last_factor_of_a_role_that_requires_one_stays(cast):
    client, _answer = sign_in(has_had_role(cast.kaisa, 14))
    take_app(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["koodit"]
    client.post(f"{VAHVISTA}?next={SIVU}", {"code": codes[0]})
    assert "Ota ensin käyttöön toinen tapa." in client.get(reverse("mfa_deactivate_totp")).text
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=cast.kaisa, type="totp").exists()


# --- taking it away from who has lost it


def test_a_paakayttaja_resets_that_of_another_and_the_person_is_told(cast, kirjautunut):
    client, _answer = sign_in(cast.veikko)
    take_app(client)
    mail.outbox.clear()
    aino, path = kirjautunut(cast.aino), reverse("strategia:kayttaja-tunnistus", args=[cast.veikko.pk])
    assert path in aino.get(reverse("strategia:kayttaja-detail", args=[cast.veikko.pk])).text
    assert "on nollattu" in aino.post(path, follow=True).text
    assert not Authenticator.objects.exists()
    assert [(each.to, "nollattu" in each.body) for each in mail.outbox] == [([cast.veikko.email], True)]
    row = Tapahtuma.objects.filter(laji=Tapahtuma.Laji.TUNNISTUS_POISTETTU).get()
    assert (row.kuka, row.kohteen_id, row.kunta) == (cast.aino, cast.veikko.pk, cast.kunta)
    assert path not in aino.get(reverse("strategia:kayttaja-detail", args=[cast.veikko.pk])).text
    assert client.get("/jaksot/").url.startswith(reverse("account_login"))  # whoever had the session is out


def test_nobody_resets_ones_own_that_way_nor_another_kuntas(cast, kirjautunut):
    aino, name = kirjautunut(cast.aino), "strategia:kayttaja-tunnistus"
    assert aino.post(reverse(name, args=[cast.aino.pk])).status_code == 403
    assert aino.post(reverse(name, args=[cast.ulla.pk])).status_code == 404
    assert kirjautunut(cast.kaisa).post(reverse(name, args=[cast.veikko.pk])).status_code == 403


def test_the_command_resets_the_last_ones(cast, capsys):
    client, _answer = sign_in(cast.aino)
    take_app(client)
    call_command("poista_tunnistus", cast.aino.email.upper())
    assert "on nollattu" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError, match="ei ole kaksivaiheista"):
        call_command("poista_tunnistus", cast.aino.email)
    with pytest.raises(CommandError, match="ei ole"):
        call_command("poista_tunnistus", "kukaan@kirkkoranta.example")


def test_each_change_leaves_a_row_of_the_audit(cast):
    client, _answer = sign_in(cast.veikko)
    take_app(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    lisatty, poistettu = Tapahtuma.Laji.TUNNISTUS_LISATTY, Tapahtuma.Laji.TUNNISTUS_POISTETTU
    rows = Tapahtuma.objects.filter(laji__in=[lisatty, poistettu]).order_by("pk").values_list("laji", "mihin")
    assert list(rows) == [
        (lisatty, "tunnistussovellus"),
        (lisatty, "varakoodit"),
        (poistettu, "tunnistussovellus"),
    ]
