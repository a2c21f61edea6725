"""Every link of every message follows SITE_URL and nothing else, whatever Host asked for the page that sent it."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings as asetukset
from django.core import mail
from django.test import Client
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils import timezone

from raportit.tilaus.tilausviestit import tell_subscribers
from seuranta.models import Kirjaus, Seurantajakso, Vastaus
from seuranta.muistutus.kaanteet import tell_turns
from seuranta.muistutus.viestit import remind_due
from strategia.apps import check_site_url, check_site_url_is_told
from strategia.kayttaja.turvaviestit import send_new_browser, send_new_role
from strategia.models import Ilmoitusviesti, Palaute
from strategia.todennus.muutosviesti import send_change

SIVUSTO = "https://seuranta.kirkkoranta.example"
VIERAS = "vieras.example"
OSOITE = re.compile(r"(?:https?:)?//[^\s\"'<>]+")


@pytest.fixture
def rendered():
    """The names of the templates that were rendered."""
    names = set()

    def note(sender, template, **_more):
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


@pytest.fixture
def sivusto(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = SIVUSTO, ["*"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return settings


def visit(user=None):
    client = Client(headers={"host": VIERAS, "x-forwarded-host": VIERAS})
    if user:
        client.force_login(user)
    return client


def send_all(cast, tanaan):
    """Every message that there is, from pages asked of a foreign Host."""
    aino, kaisa, hilkka, veikko = (visit(user) for user in (cast.aino, cast.kaisa, cast.hilkka, cast.veikko))
    visit().post(reverse("account_reset_password"), {"email": cast.veikko.email})
    kutsu = {"email": "uuno@kirkkoranta.example", "nimi": "Uuno", "rooli": "tarkastaja"}
    aino.post(reverse("strategia:kayttaja-kutsu"), kutsu)
    lista = '[[1, {"A": "Anna", "B": "anna@kirkkoranta.example", "C": "tarkastaja"}]]'
    aino.post(reverse("seuranta:kutsulista"), {"vahvista": "1", "rivit": lista})
    table = reverse("seuranta:vastaustaulukko-laheta", args=[cast.jakso.pk, cast.tekniset.pk])
    kaisa.post(table, {"kayttaja": cast.veikko.pk})
    for sivu in ("/omat/", f"https://{VIERAS}/kalasta", f"//{VIERAS}/kalasta"):
        veikko.post(reverse("strategia:palaute"), {"viesti": "Hei.", "sivu": sivu})
    kaisa.post(reverse("seuranta:jakso-muistuta", args=[cast.jakso.pk]), {"kayttaja": cast.veikko.pk})
    told = {cast.vayla: Vastaus(0, 3, kommentti="Valmis.", laheta=True)}
    Kirjaus.objects.record(cast.jakso, told, by=cast.veikko)
    row = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    back = {"palauta": row.pk, f"k{row.pk}-versio": row.versio, f"k{row.pk}-syy": "Täydennä."}
    hilkka.post(reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk]), back)
    now = timezone.now().isoformat()
    send_new_browser(cast.veikko.pk, "Firefox", "192.0.2.0", now, connection=None)
    send_new_role(cast.veikko.pk, "raportoija", "hyvaksyja", connection=None)
    send_change(cast.veikko.pk, "totp_activated", now, connection=None)
    _tell_the_public(cast, kaisa)
    _open_anew(cast, kaisa, tanaan)


def _tell_the_public(cast, kaisa):
    """Who has subscribed and who has asked of a toimenpide."""
    asukas, koti = visit(), "/julkinen/kirkkoranta/"
    asukas.post(f"{koti}tilaus/", {"sahkoposti": "lukija@koti.example"})
    asukas.post(re.search(rf"{koti}tilaus/\S+/", mail.outbox[-1].body)[0], {"toimi": "vahvista"})
    asukas.post(f"{koti}tilaus/", {"sahkoposti": "lukija@koti.example"})  # is told that it is in force already
    cast.versio.publish(by=cast.kaisa)
    tell_subscribers()
    osoite = reverse("raportit:julkinen-kohde", args=[cast.kunta.slug, "toimenpide", cast.vayla.tunnus])
    asukas.post(f"{osoite}palaute/", {"viesti": "Milloin?", "sahkoposti": "asukas@koti.example"})
    asked = Palaute.objects.get(aihe=cast.vayla.nimi)
    kaisa.post(reverse("raportit:palaute-vastaa", args=[asked.pk]), {"vastaus": "Syyskuussa.", "nakyy": "on"})


def _open_anew(cast, kaisa, tanaan):
    tanaan(datetime.date(2026, 9, 4))
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila="tulossa")
    kaisa.post(reverse("seuranta:jakso-avaa", args=[cast.jakso.pk]), {})
    tell_turns(today=datetime.date(2026, 9, 7))
    remind_due(cast.kunta, today=datetime.date(2026, 9, 15))


def parts_of(message):
    return [message.body, *(each.content for each in getattr(message, "alternatives", ()))]


def test_every_link_of_every_message_follows_site_url(cast, sivusto, tanaan, rendered):
    send_all(cast, tanaan)
    folder = Path(asetukset.BASE_DIR) / "templates"
    ours = {str(path.relative_to(folder)) for path in folder.glob("**/viestit/*.txt")}
    assert ours - rendered == set(), "tätä viestiä ei lähetetty: lisää se funktioon send_all"
    reset = f"{SIVUSTO}/tili/salasana/uusi/"
    assert any(message.to == [cast.veikko.email] and reset in message.body for message in mail.outbox)
    kinds = set(Ilmoitusviesti.objects.values_list("laji", flat=True))
    assert {"muistutus", "palautus", "avaus"} <= kinds
    assert len(mail.outbox) >= 10
    for message in mail.outbox:
        whole = message.message().as_string() + "".join(parts_of(message))
        assert VIERAS not in whole, message.subject
        links = [link for part in parts_of(message) for link in OSOITE.findall(part)]
        assert [link for link in links if not link.startswith(f"{SIVUSTO}/")] == [], message.subject
    with_link = [m for m in mail.outbox if any(SIVUSTO in part for part in parts_of(m))]
    assert len(with_link) == len(mail.outbox) - 2, "vain palaute, jonka sivu ei ole meidän, on ilman linkkiä"


@pytest.mark.parametrize(
    ("site_url", "hosts", "fault"),
    [
        ("https://seuranta.keuruu.example", ["seuranta.keuruu.example"], ""),
        ("https://seuranta.keuruu.example", [".keuruu.example"], ""),
        ("https://seuranta.keuruu.example:8443", ["seuranta.keuruu.example"], ""),
        ("https://[::1]:8000", ["[::1]"], ""),
        ("https://seuranta.keuruu.example", ["*"], ""),
        ("seuranta.keuruu.example", ["*"], "ei ole https://"),
        ("ftp://seuranta.keuruu.example", ["*"], "ei ole https://"),
        ("https://", ["*"], "ei ole https://"),
        ("", ["*"], "ei ole https://"),
        ("https://seuranta.keuruu.example/seuranta", ["*"], "nimen jälkeen muutakin"),
        ("https://seuranta.keuruu.example?x=1", ["*"], "nimen jälkeen muutakin"),
        ("https://aino@keuruu.example", ["*"], "eivät kuulu siihen"),
        ("https://seuranta keuruu.example", ["*"], "eivät kuulu siihen"),
        ("https://seuranta.keuruu.example:luku", ["*"], "ei voi lukea"),
        ("https://[::1", ["*"], "ei voi lukea"),
        ("https://seuranta.keuruu.example", ["toinen.example"], "ALLOWED_HOSTS"),
    ],
)
def test_a_system_check_tells_what_is_wrong_in_site_url(settings, site_url, hosts, fault):
    settings.SITE_URL, settings.ALLOWED_HOSTS = site_url, hosts
    found = check_site_url()
    assert [message.id for message in found] == (["strategia.E001"] if fault else [])
    assert fault in "".join(message.msg for message in found)


def test_a_link_without_protection_and_one_to_oneself_are_warned_of(settings):
    settings.SITE_URL = "http://localhost"
    assert [warning.id for warning in check_site_url()] == ["strategia.W002"]
    assert [warning.id for warning in check_site_url_is_told()] == ["strategia.W003"]
    settings.DEBUG = True
    assert check_site_url() == []
    settings.SITE_URL = "https://seuranta.keuruu.example"
    assert check_site_url_is_told() == []
