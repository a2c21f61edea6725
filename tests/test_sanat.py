"""Every word that a person meets is ours and Finnish: of pages, forms and messages, the libraries' among them."""

import gettext
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from allauth.account import forms as tili
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from django.test import Client
from django.test.signals import template_rendered
from django.urls import get_resolver, reverse
from django.utils import translation

from strategia.kayttaja.kirjautuminen import SalasanaUnohtuiForm, send_password_link
from strategia.kayttaja.salasanasanat import TututSanat

from .cast import SALASANA
from .strategia.todennus.vaiheet import take_app

LUETTELO = settings.LOCALE_PATHS[0] / "fi" / "LC_MESSAGES"
# Words that no Finnish sentence has, and hardly any English one lacks.
ENGLANTIA = re.compile(
    r"\b(the|this|that|these|please|must|required|enter a|invalid|your|you|with|are|is|not|already|ensure|and|or|of|"
    r"choice|field|password)\b",
    re.IGNORECASE,
)
TYHJA = re.compile(
    r"(?<![\d\u00a0,.])0 (solua|riviä|kommenttia|tulkintaa|toimenpidettä|mittaria|muuttuu|muuttui|arvoa|"
    r"kysymystä|kohtaa)\b|^Lisää: |^Muokkaa: [A-ZÅÄÖ][a-zåäö]+$"
)
VIERAAT = {"SDG"}  # abbreviations that Finnish uses too
UUSI_SALASANA = "neljä-sanaa-peräkkäin-77"
TILIN_LOMAKKEET = (
    *(tili.LoginForm, tili.ChangePasswordForm, tili.ResetPasswordKeyForm, tili.ReauthenticateForm),
    SalasanaUnohtuiForm,
)


def luettelo():
    """English -> ours, as the server reads it."""
    with (LUETTELO / "django.mo").open("rb") as file:
        told = gettext.GNUTranslations(file)._catalog
    return {key: text for key, text in told.items() if key}


def test_the_catalogue_that_is_read_is_the_one_that_is_written():
    source = (LUETTELO / "django.po").read_text(encoding="utf-8")
    entries = re.findall(r'^msgid "(.+)"$|^msgstr(?:\[\d\])? "(.+)"$', source, re.MULTILINE)
    written = {text.replace('\\"', '"') for pair in entries for text in pair if text}
    read = luettelo()
    told = {text for key, text in read.items()} | {key[0] if isinstance(key, tuple) else key for key in read}
    assert written == told, "Aja: msgfmt -o django.mo django.po"


# --- forms


def lomakkeet():
    """Every form of ours and those of allauth that our addresses show; those of Django's admin speak as it does."""
    found, open_ = set(), [forms.BaseForm]
    get_resolver().url_patterns  # noqa: B018 -- what no address uses need not be known
    while open_:
        new = set(open_.pop().__subclasses__()) - found
        found |= new
        open_ += new
    ours = ("strategia.", "seuranta.", "raportit.")
    mine = [each for each in found if each.__module__.startswith(ours) and not each.__module__.endswith(".admin")]
    return mine + list(TILIN_LOMAKKEET)


def sentences_of(lomake):
    """[(field, what it may say of itself)], the messages of its validators among them."""
    for name, field in lomake.base_fields.items():
        said = [*field.error_messages.values(), *(getattr(each, "message", "") for each in field.validators)]
        yield from ((name, each) for each in [*said, field.label or "", field.help_text or ""] if each)


@pytest.mark.parametrize("lomake", sorted(lomakkeet(), key=str), ids=lambda each: each.__name__)
def test_no_form_speaks_the_words_of_a_library(lomake):
    foreign = []
    for name, sentence in sentences_of(lomake):
        with translation.override("fi"):
            told = Tekstit(str(sentence)).found
        with translation.override("en"):
            source = Tekstit(str(sentence)).found
        foreign += [(name, each) for each in told if ENGLANTIA.search(each) or not (each in source or is_told(each))]
    assert not foreign


def is_told(sentence):
    """Is it one of the catalogue's, with its numbers and names in place?"""
    spots = re.compile(r"%d|%\\\(\w+\\\)[sd]")
    return any(re.fullmatch(spots.sub(".+", re.escape(text)), sentence) for text in luettelo().values())


@pytest.mark.parametrize("salasana", ["lyhyt", "password1234", "123456789012", "veikko@kirkkoranta.example"])
def test_what_is_wrong_with_a_password_is_said_in_our_words(salasana, cast):
    with pytest.raises(ValidationError) as wrong:
        validate_password(salasana, cast.veikko)
    own = TututSanat().get_help_text()
    assert not [each for each in wrong.value.messages if not is_told(each) and each != own]
    assert not [each for each in password_validators_help_texts() if not is_told(each) and each != own]


# --- pages


class Tekstit(HTMLParser):
    """What a page says: its texts, and what its parts are called."""

    def __init__(self, html):
        super().__init__()
        self.found, self._silent, self._foreign = [], 0, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._silent += tag in ("script", "style")
        if dict(attrs).get("lang") in ("sv", "en"):
            self._foreign = tag  # which says so
        said = ("placeholder", "title", "alt", "aria-label")
        self.found += [text for name, text in attrs if name in said and text]

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style")
        self._foreign = None if tag == self._foreign else self._foreign

    def handle_data(self, data):
        if not self._silent and not self._foreign and data.strip():
            self.found.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def sanotut(kokoelma):
    """{what some page says: the first that does}"""
    found = {}
    for sivu in kokoelma.html_once:
        for text in Tekstit(sivu.html).found:
            found.setdefault(text, str(sivu))
    return found


@pytest.mark.vain_sqlite  # the pages are the same on either database
@pytest.mark.django_db
def test_no_page_says_anything_in_english(sanotut):
    assert not {text[:120]: sivu for text, sivu in sanotut.items() if ENGLANTIA.search(text) and text not in VIERAAT}


# --- allauth's own templates


def test_every_address_of_allauth_has_a_page_of_ours():
    paths = {name: pattern for name, pattern in _named() if name.startswith("account_")}
    assert len(paths) == 9
    for name, view in paths.items():
        told = getattr(getattr(view, "view_class", None), "template_name", None)
        assert told, name
        assert _is_ours(get_template(told).origin.name), name


def _named():
    for pattern in get_resolver().url_patterns:
        for each in getattr(pattern, "url_patterns", [pattern]):
            if getattr(each, "name", None):
                yield each.name, each.callback


def _is_ours(path):
    return Path(path).is_relative_to(settings.BASE_DIR / "templates")


@pytest.fixture
def piirretyt():
    """The files of the templates that are rendered while the test goes on."""
    found = set()

    def note(template, **_more):
        found.add(template.origin.name)

    template_rendered.connect(note)
    yield found
    template_rendered.disconnect(note)


def test_no_page_and_no_message_of_an_account_is_allauths(cast, piirretyt):
    client, pages = Client(), []

    def ask(name, data=None, *args):
        path = reverse(name, args=args)
        answer = client.get(path, follow=True) if data is None else client.post(path, data, follow=True)
        pages.append(answer.text)
        return answer

    ask("account_login", {"login": cast.otso.email, "password": "väärä"})
    ask("account_reset_password", {"email": "ei osoite"})
    ask("account_reset_password", {"email": cast.otso.email})
    link = re.search(r"https://[^/]+(/\S+)", mail.outbox[-1].body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    pages.append(client.post(form, {"password1": "lyhyt", "password2": "toinen"}).text)
    assert "Salasana on liian lyhyt. Siinä on oltava ainakin 12 merkkiä." in pages[-1]
    pages.append(client.post(form, {"password1": UUSI_SALASANA, "password2": UUSI_SALASANA}, follow=True).text)
    pages.append(client.get(link, follow=True).text)
    assert "Hei, Otso" in ask("account_login", {"login": cast.otso.email, "password": UUSI_SALASANA}).text
    ask("account_reauthenticate", {"password": "väärä"})
    ask("account_change_password", {"oldpassword": "väärä", "password1": "a", "password2": "b"})
    changed = {"oldpassword": UUSI_SALASANA, "password1": SALASANA, "password2": SALASANA}
    assert "Salasanasi on vaihdettu." in ask("account_change_password", changed).text
    assert "Olet kirjautunut ulos." in ask("account_logout", {}).text
    ask("account_inactive")
    foreign = {path for path in piirretyt if "allauth" in Path(path).parts}
    assert not foreign
    assert not [text for page in pages for text in Tekstit(page).found if ENGLANTIA.search(text)]


def test_no_page_and_no_message_of_the_second_factor_is_allauths(cast, piirretyt, django_capture_on_commit_callbacks):
    client, half, pages = Client(), Client(), []
    login = {"login": cast.otso.email, "password": SALASANA}

    def look(client, *names):
        pages.extend(client.get(reverse(name), follow=True).text for name in names)

    client.post(reverse("account_login"), login)
    look(client, "mfa_index", "mfa_activate_totp")
    with django_capture_on_commit_callbacks(execute=True):
        take_app(client)
        look(client, "mfa_view_recovery_codes")
        pages.append(client.post(reverse("mfa_generate_recovery_codes"), follow=True).text)
    row = Authenticator.objects.create(user=cast.otso, type="webauthn", data={"name": "Työkone"})
    pages.append(client.get(reverse("mfa_remove_webauthn", args=[row.pk])).text)
    pages.append(client.post(reverse("mfa_remove_webauthn", args=[row.pk]), follow=True).text)
    look(client, "mfa_index", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes")
    look(client, "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
    half.post(reverse("account_login"), login)
    look(half, "mfa_authenticate")
    pages.append(half.post(reverse("mfa_authenticate"), {"code": "1"}).text)
    pages.append(half.post(reverse("mfa_login_webauthn"), {"credential": "{}"}, follow=True).text)
    with django_capture_on_commit_callbacks(execute=True):
        pages.append(client.post(reverse("mfa_deactivate_totp"), follow=True).text)
    assert len([each for each in mail.outbox if each.subject == "Kaksivaiheinen kirjautumisesi muuttui"]) == 4
    assert not {path for path in piirretyt if "allauth" in Path(path).parts}
    said = [text for page in pages for text in Tekstit(page).found] + [each.body for each in mail.outbox]
    assert not [text for text in said if ENGLANTIA.search(text)]


def test_the_message_of_a_forgotten_password_is_ours(cast, settings):
    settings.SITE_URL = "https://seuranta.kirkkoranta.example"
    send_password_link(cast.otso.pk, connection=mail.get_connection())
    (message,) = mail.outbox
    assert message.subject == "Uusi salasana strategian seurantaan"
    assert message.body.startswith(f"Hei {cast.otso.nimi}\n")
    assert "https://seuranta.kirkkoranta.example/tili/salasana/uusi/" in message.body
    assert "Linkki toimii 3 päivää ja vain kerran." in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    html = message.alternatives[0].content
    assert "Valitse uusi salasana</a>" in html
    for text in (message.body, *Tekstit(html).found):
        assert not ENGLANTIA.search(re.sub(r"https?://\S+", "", text))


@pytest.mark.vain_sqlite
@pytest.mark.django_db
def test_nothing_is_counted_to_none_and_no_button_is_a_list(sanotut):
    """What there is none of is told by a sentence, or not at all."""
    assert not {text[:120]: sivu for text, sivu in sanotut.items() if TYHJA.search(text)}
