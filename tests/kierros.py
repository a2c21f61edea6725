"""Cast -> every answer a person can get: each page as each role, each form refused, each state of a row and a jakso."""

import datetime
from functools import partial
from io import BytesIO
from unittest import mock

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from raportit.models import Kasittely, Raporttiversio, Tallenne
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne import jono
from seuranta.models import Kirjaus, Paatos, Rivikysymys, Seurantajakso, Tuonti, Vastaus
from strategia.models import (
    LISAKENTAT,
    Ilmoitusviesti,
    Kunta,
    Palaute,
    Rooli,
    Sijaisuus,
    Strategia,
    Toimiala,
    Tunnistaja,
    Ulkotunnus,
)
from strategia.nimet import avain
from strategia.salaus import encrypt

from .cast import SALASANA, build_cast, create_jakso, create_user
from .kierros_taulukot import collect_answer_tables
from .kokoelma import Kokoelma, whole
from .osoitteet import JULKISET, OMA_TILI, SIVUT, TOIMET, address, previewed_tuonti, told_sijaisuus
from .strategia.todennus.vaiheet import code_of
from .ymparisto import on_osana, vuorossa

ROOLIT = ("aino", "kaisa", "veikko", "hilkka", "otso", "liisa", "tarmo", "ulkopuolinen")
RYHMAT = (*ROOLIT, "tyhjä", "lomake", "tili", "kirjaus", "hyväksyntä", "jakso", "raportti", "tuonti", "oma", "virhe")
PITKA_KOMMENTTI = ("Kaavoitus eteni valtuustoon – kuuleminen järjestettiin kahdesti & palaute kirjattiin. " * 12)[:1000]
PITKA_TOIMIALA = (
    "Elinvoiman, asuinympäristön, kaupunkikehityksen ja maaseudun sekä teknisten palvelujen toimiala 2026–29"
)
POSTED = {"viesti": PITKA_KOMMENTTI, "sahkoposti": "asukas@kirkkoranta.example"}
TUNNISTAJA = "https://tunnistaja.kirkkoranta.example"
PITKA_SANA = "Varhaiskasvatussuunnitelmakoulutustilaisuusjärjestelyohjeistus"


def collect():
    """Everything, into the database it is called on."""
    kokoelma = Kokoelma()
    collect_empty_kunta(kokoelma)
    cast = build_cast()
    cast.versio.publish()
    write_beside_rows(cast)
    for who in ROOLIT:
        collect_role(kokoelma, cast, who)
    kaisa = _signed_in(cast.kaisa)
    collect_refused_forms(kokoelma, cast, kaisa)
    collect_account(kokoelma, cast)
    collect_kertakirjautuminen(kokoelma, cast)
    collect_people(kokoelma, cast)
    collect_row_states(kokoelma, cast, kaisa)
    collect_jakso_states(kokoelma, cast, kaisa)
    collect_imports(kokoelma, cast)
    collect_answer_tables(kokoelma, cast)
    collect_own_look(kokoelma, cast)
    collect_errors(kokoelma, cast)
    return kokoelma


def write_beside_rows(cast):
    """A question that has been answered at length, and one that waits, as every page beside its row shows them."""
    answer = f"{PITKA_KOMMENTTI}\nKatso https://kirkkoranta.example/{PITKA_SANA.lower()}."
    Rivikysymys.objects.write(cast.jakso, cast.vayla, "Montako metriä on valmiina?", by=cast.hilkka, odottaa=True)
    Rivikysymys.objects.write(cast.jakso, cast.vayla, answer, by=cast.veikko)
    Rivikysymys.objects.write(cast.jakso, cast.kerho, "Missä kouluissa?", by=cast.kaisa, odottaa=True)


def _signed_in(user):
    client = Client()
    if user:
        client.force_login(user)
    return client


# --- each page as each role


def collect_people(kokoelma, cast):
    """A list of people with everything that a line may be; a stand-in on each page that tells of one."""
    aino, lines = _signed_in(cast.aino), ["Nimi\tSähköposti\tRooli\tToimiala\tPuhelin"]
    lines += ["Anna Alho\tanna@kirkkoranta.example\traportoija\tSivistyspalvelut\t040", "\tei-osoite\tjohtaja"]
    lines.append(f"Kaisa\t{cast.kaisa.email}\tkoordinaattori")
    kokoelma.post("lomake", "kutsulista", aino, reverse("seuranta:kutsulista"), {"liite": "\n".join(lines)}, 200)
    kokoelma.post("lomake", "kutsulista, tyhjä", aino, reverse("seuranta:kutsulista"), {"liite": ""}, 422)
    told = told_sijaisuus(cast.otso, cast.veikko)
    Sijaisuus.objects.filter(pk=told.pk).update(alkaa=timezone.localdate(), paattyy=timezone.localdate())
    for who in ("veikko", "otso"):
        client = _signed_in(getattr(cast, who))
        kokoelma.get("lomake", f"sijaisuus, {who}", client, reverse("strategia:omat-tiedot"))
    kokoelma.get("lomake", "sijaisuus, aino", aino, reverse("strategia:kayttaja-detail", args=[cast.veikko.pk]))
    told.delete()


def collect_role(kokoelma, cast, who):
    client = _signed_in(getattr(cast, who, None))
    for name in filter(partial(_is_looked_at_by, who), sorted({*SIVUT, *TOIMET, *JULKISET, *OMA_TILI})):
        kokoelma.get(who, name, client, address(name, cast, cast.versio))


def _is_looked_at_by(who, name):
    """In `make test` a page is looked at by one of those who may open it, tomorrow by another; else by everybody."""
    may = sorted(SIVUT.get(name, ((), ()))[1]) or ROOLIT
    return not on_osana() or who in vuorossa(may, name)


def collect_empty_kunta(kokoelma):
    """A kunta with nothing: what each page says when there is nothing to show. It is the only kunta yet."""
    kunta = Kunta.objects.create(nimi="Tyhjälä", virallinen_nimi="Tyhjälän kunta")
    roolit = (Rooli.PAAKAYTTAJA, Rooli.KOORDINAATTORI, Rooli.RAPORTOIJA, Rooli.LUOTTAMUSHENKILO)
    people = {rooli: create_user(kunta, f"{rooli.value.capitalize()} Uusi", rooli) for rooli in roolit}
    for rooli, user in people.items():
        client = _signed_in(user)
        for name, (args, _who) in SIVUT.items():
            if not args and (not on_osana() or rooli in vuorossa(roolit, name)):
                kokoelma.get(f"tyhjä kunta, {rooli}", name, client, reverse(name))
    outsider, palaute = Client(), reverse("strategia:palaute")
    kokoelma.get("tyhjä kunta, ulkopuolinen", "palaute", outsider, palaute)
    kokoelma.post("tyhjä kunta, ulkopuolinen", "palaute lähetetty", outsider, palaute, {"viesti": "Kiitos."}, 200)
    first = Strategia.objects.create(kunta=kunta, nimi="Tyhjälän strategia")
    aino = _signed_in(people[Rooli.PAAKAYTTAJA])
    kokoelma.get("tyhjä kunta", "strategia ilman rivejä", aino, reverse("strategia:strategia-detail", args=[first.pk]))
    for name in ("strategia:mittari-lista", "strategia:strategia-sdg", "seuranta:riski-lista", "seuranta:linkitetyt"):
        kokoelma.get("tyhjä kunta", name, aino, reverse(name, args=[first.pk]))
    Strategia.objects.create(kunta=kunta, nimi="Tyhjälän toinen strategia")
    kokoelma.get("tyhjä kunta", "kaksi strategiaa", aino, reverse("strategia:strategia-lista"))


# --- forms that come back


def collect_many_rows(kokoelma, cast, kaisa, rivit):
    """Each kind of act: its form as it comes first, and refused; the filter with and without a find."""
    kokoelma.get("lomake", "rajaus ei löydä mitään", kaisa, f"{rivit}?haku=zzz")
    kokoelma.get("lomake", "rajaus löytää", kaisa, f"{rivit}?toimiala=ei")
    cast.ranssi.vastuu = "Kirkkoherra, talonmies"
    cast.ranssi.save()
    for teko in ("toimiala", "toimielin", "vastuuhenkilot", "voimassa", "sitovuus", "vastuusta"):
        chosen = {"teko": teko, "toimenpiteet": str(cast.ranssi.pk)}
        kokoelma.post("lomake", f"monta riviä: {teko}", kaisa, rivit, chosen, 200)
        changed = chosen | {"vahvista": "1", "tunniste": "vanha"}
        kokoelma.post("lomake", f"monta riviä, muuttui: {teko}", kaisa, rivit, changed, 409)


def collect_refused_forms(kokoelma, cast, kaisa):
    aino = _signed_in(cast.aino)
    rivit = address("strategia:rivit-muuta", cast, cast.versio)
    avaa = reverse("seuranta:jakso-avaa-uudelleen", args=[cast.edellinen.pk])
    uusi, muokkaa = reverse("seuranta:jakso-uusi"), reverse("seuranta:jakso-muokkaa", args=[cast.jakso.pk])
    saate = reverse("raportit:jakso-saate", args=[cast.jakso.pk])
    backwards = {"nimi": cast.edellinen.nimi, "alkaa": "2026-08-31", "paattyy": "2026-05-01", "tyyppi": "x"}
    refused = [
        ("kunta", aino, reverse("strategia:kunta-muokkaa"), {"korostusvari": "#fff", "muoto": "maa"}),
        ("palaute", aino, reverse("strategia:palaute"), {"sahkoposti": "ei osoite"}),
        ("uusi jakso tyhjänä", kaisa, uusi, {}),
        ("jakso takaperin", kaisa, muokkaa, backwards),
        ("avaaminen ilman syytä", kaisa, avaa, {}),
        ("raportin sarakkeet tyhjinä", kaisa, address("raportit:sarakkeet-muokkaa", cast, cast.versio), {}),
        ("raportin tekstit väärällä päivällä", kaisa, saate, {"versio": "0", "kokous_pvm": "x"}),
        ("monta riviä, ei yhtään", kaisa, rivit, {"teko": "toimiala"}),
    ]
    tavoite = reverse("strategia:tavoite-uusi", args=[cast.painopisteet[0].pk])
    refused.append(("jako tyhjänä", aino, address("strategia:toimiala-jaa", cast, cast.versio), {}))
    refused.append(("tavoite ilman nimeä", kaisa, tavoite, {}))
    refused.append(("kokous tyhjänä", kaisa, reverse("seuranta:kokous-uusi", args=[cast.jakso.pk]), {}))
    refused.append(("ei lisää aikaa", kaisa, reverse("seuranta:jakso-jatka", args=[cast.jakso.pk]), {}))
    wrong = {"nimi": PITKA_KOMMENTTI, "laji": "x", "voimassa_asti": "x", "ulkoinen_tunnus": "1", "lahto_vuosi": "1"}
    refused += [
        ("mittari väärin", kaisa, address("strategia:mittari-muokkaa", cast, cast.versio), wrong),
        ("mittari tyhjänä", kaisa, address("strategia:tavoite-mittari-uusi", cast, cast.versio), {}),
        ("mittarit tekstistä tyhjänä", kaisa, address("strategia:toimenpide-mittareiksi", cast, cast.versio), {}),
        ("riski väärin", kaisa, address("seuranta:riski-muokkaa", cast, cast.versio), {"vaikutus": "9", "jakso": "x"}),
        ("suunnitelma tyhjänä", kaisa, reverse("strategia:strategia-uusi"), {}),
        ("uusi kausi tyhjänä", kaisa, address("strategia:strategia-uusi-kausi", cast, cast.versio), {}),
        ("luettelo väärin", kaisa, address("seuranta:strategia-luettelo", cast, cast.versio), {"luettelo": "A\n B\nC"}),
        ("viesti tyhjänä", kaisa, address("seuranta:kysymys-lista", cast, cast.versio), {}),
        ("linkki tyhjänä", kaisa, address("strategia:toimenpide-linkit", cast, cast.versio), {}),
    ]
    for nimi, client, path, data in refused:
        kokoelma.post("lomake", nimi, client, path, data, 422)
    collect_many_rows(kokoelma, cast, kaisa, rivit)
    kokoelma.post("lomake", "palaute lähetetty", kaisa, reverse("strategia:palaute"), {"viesti": "Kiitos."}, 200)
    Palaute.objects.bulk_create(
        Palaute(kunta=cast.kunta, viesti=PITKA_KOMMENTTI, sivu="/jaksot/", sahkoposti="asukas@kirkkoranta.example")
        for _ in range(60)
    )
    kokoelma.get("lomake", "palautteet", kaisa, reverse("strategia:palaute-lista") + "?sivu=2")


def collect_account(kokoelma, cast):
    """Signing in, the forgotten password with a valid key, and the changing of a password."""
    outsider, otso = Client(), _signed_in(cast.otso)
    login, vaihda = reverse("account_login"), reverse("account_change_password")
    kokoelma.get("tili", "istunto vanheni", outsider, f"{login}?next=/omat/")
    kokoelma.post("tili", "kirjautuminen tyhjänä", outsider, login, {}, 200)
    wrong = {"login": cast.otso.email, "password": "väärä"}
    kokoelma.post("tili", "väärä salasana", outsider, login, wrong, 200)
    kokoelma.post("tili", "unohtunut ilman osoitetta", outsider, reverse("account_reset_password"), {}, 200)
    key = f"{user_pk_to_url_str(cast.otso)}-{default_token_generator.make_token(cast.otso)}"
    uusi = f"/tili/salasana/uusi/{key}/"
    form = outsider.get(uusi, follow=True)  # the key moves from the address into the session
    kokoelma.add("tili", "uusi salasana", outsider, form)
    path = form.request["PATH_INFO"]
    kokoelma.post("tili", "uusi salasana liian lyhyt", outsider, path, {"password1": "a", "password2": "b"}, 200)
    kokoelma.post("tili", "salasanan vaihto tyhjänä", otso, vaihda, {}, 200)
    kokoelma.post("tili", "kalenterin osoite", otso, reverse("seuranta:kalenteri"), {}, 200)
    kokoelma.post("tili", "vahvistus tyhjänä", otso, reverse("account_reauthenticate"), {}, 200)
    collect_second_factor(kokoelma, cast.liisa)
    changed = {"oldpassword": SALASANA, "password1": "Uudet-koivut-77-x", "password2": "Uudet-koivut-77-x"}
    kokoelma.post("tili", "salasana vaihdettu", otso, vaihda, changed, 200)


def collect_kertakirjautuminen(kokoelma, cast):
    """The kunta's own sign-in: of one kunta and of two, when it answers and when it does not."""
    outsider, sivu = Client(), reverse("kertakirjautuminen_kunta", args=["kirkkoranta"])
    told = {"client": "seuranta", "salaisuus": encrypt("salaisuus"), "verkkotunnukset": ["kirkkoranta.example"]}
    Tunnistaja.objects.create(kunta=cast.kunta, issuer=TUNNISTAJA, amr=["mfa", "pwd"], **told)
    for nimi in ("account_login", "raportit:etusivu"):
        kokoelma.get("tili", f"kunnan tunnuksen kanssa: {nimi}", outsider, reverse(nimi))
    linked = Ulkotunnus.objects.create(kunta=cast.kunta, kayttaja=cast.otso, issuer=TUNNISTAJA, tunniste="otso-1")
    person = reverse("strategia:kayttaja-detail", args=[cast.otso.pk])
    kokoelma.get("tili", "kunnan tunnuksella kirjautuva", _signed_in(cast.aino), person)
    linked.delete()
    kokoelma.get("tili", "kertakirjautumisen asetukset", _signed_in(cast.aino), reverse("strategia:ryhma-lista"))
    described = {"authorization_endpoint": f"{TUNNISTAJA}/auth"}
    with mock.patch("strategia.kertakirjautuminen.tarjoaja._fetch_description", return_value=described):
        kokoelma.get("tili", "kunnan kirjautumissivu", outsider, f"{sivu}?next=/omat/")
        kokoelma.get("tili", "vahvistus kunnan tunnuksella", _signed_in(cast.otso), f"{sivu}vahvista/?next=/omat/")
    kokoelma.get("tili", "vanhentunut paluu", outsider, f"{sivu}paluu/?code=x&state=y")
    Tunnistaja.objects.create(kunta=cast.naapuri.kunta, issuer=TUNNISTAJA, **told)
    valinta = reverse("kertakirjautuminen")
    kokoelma.get("tili", "kunnan tunnus, kenen", outsider, valinta)
    kokoelma.post("tili", "kunnan tunnus, ei kenenkään", outsider, valinta, {"email": "kuka@muualla.example"}, 422)
    Tunnistaja.objects.all().delete()


def collect_second_factor(kokoelma, person):
    """Taking an app into use, its codes, the second step and its faults, and what may be removed."""
    client, half = _signed_in(person), Client()
    sovellus = reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": SALASANA})
    kokoelma.get("tili", "sovellus käyttöön", client, sovellus)
    kokoelma.post("tili", "sovellus, väärä koodi", client, sovellus, {"code": "1"}, 200)
    kokoelma.get("tili", "avain lisää", client, reverse("mfa_add_webauthn"))
    secret = client.get(sovellus).context["salaisuus"].replace(" ", "")
    kokoelma.post("tili", "varakoodit nähtävissä", client, sovellus, {"code": code_of(secret)}, 200)
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_reauthenticate"):
        kokoelma.get("tili", f"sovellus käytössä, {name}", client, reverse(name))
    half.post(reverse("account_login"), {"login": person.email, "password": SALASANA})
    koodi = reverse("mfa_authenticate")
    kokoelma.get("tili", "toinen vaihe", half, koodi)
    kokoelma.post("tili", "toinen vaihe tyhjänä", half, koodi, {"code": ""}, 200)
    Authenticator.objects.filter(user=person).delete()


# --- the entry page: a row in every state


def collect_row_states(kokoelma, cast, kaisa):
    vayla, valot, kerho, ruoka, tilat = cast.toimenpiteet[:5]
    Toimiala.objects.filter(pk=cast.hyvinvointi.pk).update(nimi=PITKA_TOIMIALA)
    tila = Kirjaus.Tila
    _record(cast, vayla, tila.PALAUTETTU, 2, "Kesken.", palautuksen_syy="Kerro, montako metriä valmistui.")
    _record(cast, valot, tila.LUONNOS, 4, PITKA_KOMMENTTI)
    _record(cast, kerho, tila.LAHETETTY, 3, f"{PITKA_SANA} & kerho. https://{'kirkkoranta.' * 9}example")
    _record(
        cast, ruoka, tila.HYVAKSYTTY, None, "Alkaa keväällä.", syy="alkaa_myohemmin", sisainen_huomio="Kysy Otsolta."
    )
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    for who in ("kaisa", "veikko", "otso"):
        kokoelma.get("kirjaus", f"kaikissa tiloissa, {who}", _signed_in(getattr(cast, who)), path)
    for each in tila:
        kokoelma.get("kirjaus", f"vain {each}", kaisa, f"{path}?tila={each}")
    kokoelma.get("kirjaus", "rajaus ei löydä", kaisa, f"{path}?q=zzz&toimiala=ilman")
    with mock.patch("seuranta.kirjaaminen.sivutus.ENINTAAN", 3):
        kokoelma.get("kirjaus", "sivuina", kaisa, f"{path}?rivi={cast.kerho.pk}")
    kokoelma.get("kirjaus", "rajattu", kaisa, f"{path}?q=koulu&painopiste={cast.painopisteet[0].pk}&tila=luonnos")
    hyvaksy = reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk])
    hilkka, sent = _signed_in(cast.hilkka), Kirjaus.objects.get(jakso=cast.jakso, toimenpide=kerho).pk
    kokoelma.get("hyväksyntä", "vastaus odottaa", kaisa, f"{hyvaksy}?valitse=kaikki")
    kokoelma.get("hyväksyntä", "mikään ei odota", hilkka, hyvaksy)
    kokoelma.post("hyväksyntä", "ei valittu", kaisa, hyvaksy, {}, 200)
    kokoelma.post("hyväksyntä", "muuttui", kaisa, hyvaksy, {"rivi": sent, f"k{sent}-versio": 0}, 409)
    kokoelma.post("hyväksyntä", "syy puuttuu", kaisa, hyvaksy, {"palauta": sent, f"k{sent}-versio": 1}, 422)
    stale = _row(vayla, versio=0, aste="5", kommentti="Oma tekstini.")
    kokoelma.post("kirjaus", "ristiriita", kaisa, path, stale, 409)
    kokoelma.post("kirjaus", "ristiriita lähetetyllä", kaisa, path, _row(kerho, versio=0, aste="1"), 409)
    faulty = {**_row(tilat, versio=0, kommentti="Ei astetta."), "laheta": str(tilat.pk)}
    kokoelma.post("kirjaus", "lähetetty ilman astetta", kaisa, path, faulty, 409)
    too_long = {**_row(tilat, versio=0, aste="9", kommentti="x" * 33_000)}
    kokoelma.post("kirjaus", "väärä aste, pitkä kommentti", kaisa, path, too_long, 409)
    look_at_findings(kokoelma, cast, kaisa)
    kokoelma.post("kirjaus", "tallennettu", kaisa, path, _row(tilat, versio=1, aste="2", kommentti="Alkoi."), 200)
    own = _row(tilat, versio=0, aste="3", kommentti="Toinen ikkuna.", sisainen_huomio="Kysy.")
    kokoelma.post("kirjaus", "ristiriita omassa ikkunassa", kaisa, path, own, 409)
    copied = {**_row(cast.toimenpiteet[6], versio=0), "ei_muutosta": cast.toimenpiteet[6].pk}
    kokoelma.post("kirjaus", "ei muutosta edelliseen", kaisa, path, copied, 200)
    look_at_forecasts(kokoelma, cast, kaisa, path)


def look_at_forecasts(kokoelma, cast, kaisa, path):
    """The same pages where the strategia asks for ennuste, poikkeaman syy and korjaavat toimet too."""
    asetus, before = reverse("strategia:strategia-kirjaus", args=[cast.strategia.pk]), cast.strategia.sarakkeet
    kokoelma.post("kirjaus", "kentät väärin", kaisa, asetus, {"lisakentat": "kommentti"}, 422)
    kokoelma.post("kirjaus", "kentät valittu", kaisa, asetus, {"lisakentat": list(LISAKENTAT)}, 200)
    texts = {"ennuste": PITKA_KOMMENTTI, "poikkeaman_syy": "Valitus & viive.", "korjaavat_toimet": PITKA_SANA}
    Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=cast.kerho).update(**texts)
    kokoelma.get("kirjaus", "ennuste kaikissa tiloissa", kaisa, path)
    other = _row(cast.kerho, versio=0, aste="1", ennuste="Valmistuu ajallaan.", korjaavat_toimet="")
    kokoelma.post("kirjaus", "ennusteiden ristiriita", kaisa, path, other, 409)
    too_long = _row(cast.ranssi, versio=0, aste="2", ennuste="x" * 33_000)
    kokoelma.post("kirjaus", "pitkä ennuste", kaisa, path, too_long, 409)
    kokoelma.get("hyväksyntä", "ennuste", kaisa, reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk]))
    kokoelma.get("jakso", "ennuste", kaisa, reverse("seuranta:toimenpide-detail", args=[cast.kerho.pk]))
    Strategia.objects.filter(pk=cast.strategia.pk).update(sarakkeet=before)


def look_at_findings(kokoelma, cast, kaisa):
    """What to look at before closing: all of it, one kind of it, and none of a kind."""
    Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=cast.kerho).update(kommentti="Kysy: veikko@kunta.example")
    look_at_reminders(kokoelma, cast, kaisa)
    path = reverse("seuranta:jakso-tarkista", args=[cast.jakso.pk])
    for havainto in ("", "ei_vastattu", "tieto", "sama"):
        kokoelma.get("jakso", f"tarkista {havainto}", kaisa, f"{path}?havainto={havainto}")


def look_at_reminders(kokoelma, cast, kaisa):
    """Messages in every state, and what each click of reminding says."""
    for n, tila in enumerate(Ilmoitusviesti.Tila):
        Ilmoitusviesti.objects.claim(
            cast.jakso, cast.hilkka, "muistutus", vaihe="3", tila=tila, toimenpiteet=[1, 2],
            paiva=datetime.date(2026, 9, 1 + n), yrityksia=n + 1, virhe="Connection refused" if n == 2 else "",
        )  # fmt: skip
    muistuta = reverse("seuranta:jakso-muistuta", args=[cast.jakso.pk])
    for nimi, data in (("kaikki", {}), ("jo tänään", {"kayttaja": cast.veikko.pk}), ("ei ketään", {"kayttaja": "x"})):
        kokoelma.post("jakso", f"muistutettu, {nimi}", kaisa, muistuta, data, 200)
    kokoelma.get("jakso", "muistutukset", kaisa, reverse("seuranta:muistutus-lista", args=[cast.jakso.pk]))


def _record(cast, toimenpide, tila, aste, kommentti, **values):
    syy = values.pop("syy", "")
    Kirjaus.objects.create(
        kunta=cast.kunta, jakso=cast.jakso, toimenpide=toimenpide, tila=tila, toteutumisaste=aste, syy=syy,
        kommentti=kommentti, versio=1, **values,
    )  # fmt: skip


def _row(toimenpide, **values):
    row = {"versio": 0, "aste": "", "syy": "ei_arvioida", "kommentti": "", "sisainen_huomio": "", **values}
    return {f"t{toimenpide.pk}-{name}": value for name, value in row.items()}


# --- a jakso, its draft and its versions in every state


def collect_jakso_states(kokoelma, cast, kaisa):
    """As the koordinaattori moves it on; what a raportoija and a tarkastaja see of it beside."""
    jakso = create_jakso(
        cast.strategia, f"Tilinpäätös {PITKA_SANA}", 9, 11, jarjestys=3, tila=Seurantajakso.Tila.TULOSSA
    )
    _look_at_jakso(kokoelma, cast, jakso, "tulossa")
    jakso.open(by=cast.kaisa)
    _look_at_jakso(kokoelma, cast, jakso, "avoinna")
    kokoelma.get("jakso", "valinta kahdesta", kaisa, reverse("seuranta:omat"))
    begun = Vastaus(0, 3, kommentti="Työ on kesken & jatkuu.")
    Kirjaus.objects.record(jakso, {cast.vayla: begun, cast.kerho: begun}, by=cast.veikko)  # kerho stays unsent
    jakso.finish(by=cast.kaisa)
    edited = Vastaus(1, 3, kommentti="Työ on käynnissä & jatkuu syksyllä.")
    Kirjaus.objects.record(jakso, {cast.vayla: edited}, by=cast.kaisa)
    _look_at_jakso(kokoelma, cast, jakso, "viimeistelyssä")
    late, page = _row(cast.vayla, kommentti="Myöhästyi & jäi."), reverse("seuranta:kirjaus-lista", args=[jakso.pk])
    kokoelma.post("kirjaus", "myöhässä", _signed_in(cast.veikko), page, late, 404)
    late, page = {"palauta": 1, "k1-syy": "Kerro luku & paikka."}, reverse("seuranta:hyvaksynta-lista", args=[jakso.pk])
    kokoelma.post("hyväksyntä", "myöhässä", _signed_in(cast.hilkka), page, late, 404)
    kokoelma.get("jakso", "viimeistelty kommentti", _signed_in(cast.veikko), reverse("seuranta:omat"))
    closed = address("raportit:jakso-sulje", cast, cast.versio)
    kokoelma.post("jakso", "sulkeminen ei vielä käy", kaisa, closed, {}, 200)
    versio = close_jakso(jakso, by=cast.kaisa)
    _look_at_jakso(kokoelma, cast, jakso, "suljettu")
    for tila in Raporttiversio.Tila:
        Raporttiversio.objects.filter(pk=versio.pk).update(tila=tila)
        kokoelma.get("raportti", tila, kaisa, reverse("raportit:versio-detail", args=[versio.pk]))
        kokoelma.get("raportti", f"julkaisu, {tila}", kaisa, reverse("raportit:versio-julkaisu", args=[versio.pk]))
    osa = reverse("raportit:versio-detail", args=[versio.pk])
    kokoelma.get("raportti", "osa", kaisa, f"{osa}?vain=keskeneraiset")
    kokoelma.get("raportti", "tuntematon osa", kaisa, f"{osa}?painopiste=kuu")
    both = f"versio={cast.versio.pk}&versio={versio.pk}"
    kokoelma.get("raportti", "vertailu", kaisa, f"{reverse('raportit:vertailu')}?{both}")
    kokoelma.get("raportti", "vertailu kommentein", kaisa, f"{reverse('raportit:vertailu')}?{both}&kommentit=1")
    kokoelma.get("raportti", "lista", kaisa, reverse("raportit:versio-lista"))
    _look_at_drafts(kokoelma, cast, kaisa)
    collect_published(kokoelma, cast, versio, kaisa)


def collect_published(kokoelma, cast, versio, kaisa):
    """How it was dealt with, a corrected version, the check of a report, and a stored file that is lost."""
    outsider = Client()
    uusi = reverse("raportit:kasittely-uusi", args=[versio.pk])
    kokoelma.post("raportti", "käsittely tyhjänä", kaisa, uusi, {}, 422)
    Kasittely.objects.create(
        kunta=cast.kunta,
        versio=versio,
        toimielin=PITKA_TOIMIALA,
        pvm=datetime.date(2026, 12, 1),
        pykala="§ 41",
        paatos=PITKA_KOMMENTTI,
    )
    versio.jakso.reopen(by=cast.kaisa, syy="Kommentissa oli kirjoitusvirhe.")
    Kirjaus.objects.filter(jakso=versio.jakso).update(kommentti=PITKA_KOMMENTTI)
    korjattu = close_jakso(versio.jakso, by=cast.kaisa)
    for each in (versio, korjattu):
        each.publish()
        kokoelma.get("raportti", f"versio {each.numero}", kaisa, reverse("raportit:versio-detail", args=[each.pk]))
        julkinen = reverse("raportit:julkinen-versio", args=["kirkkoranta", each.tunnus])
        kokoelma.get("raportti", f"julkinen versio {each.numero}", outsider, julkinen)
    kokoelma.get("raportti", "julkaistut", outsider, reverse("raportit:julkinen-lista", args=["kirkkoranta"]))
    collect_queue(kokoelma, korjattu, kaisa)
    tarkista = reverse("raportit:tarkista")
    kokoelma.post("raportti", "tarkista tyhjänä", outsider, tarkista, {}, 422)
    kokoelma.post("raportti", "tarkista löytyi", outsider, tarkista, {"tunniste": versio.sha256}, 200)
    kokoelma.post("raportti", "tarkista ei löytynyt", outsider, tarkista, {"tunniste": "0" * 64}, 200)
    Tallenne.objects.create(kunta=cast.kunta, versio=versio, muoto="csv", sha256="0" * 64, koko=1)
    kokoelma.get("raportti", "tallenne puuttuu", kaisa, reverse("raportit:versio-lataa", args=[versio.pk, "csv"]))


def collect_queue(kokoelma, versio, kaisa):
    """A long version's file: waiting, being made, failed, waiting in vain; to the public, and ready."""
    path = reverse("raportit:versio-valmistuu", args=[versio.pk, "pdf"])
    with mock.patch.object(jono, "PITKA", 0):
        public = reverse("raportit:julkinen-lataa", args=["kirkkoranta", versio.tunnus, "pdf"])
        kokoelma.get("raportti", "tiedosto jonossa", kaisa, path)
        kokoelma.get("raportti", "julkinen tiedosto jonossa", Client(), public)
        for status in ("RUNNING", "FAILED", "READY"):
            DBTaskResult.objects.update(status=status, enqueued_at=timezone.now() - datetime.timedelta(hours=1))
            kokoelma.get("raportti", f"tiedosto {status}", kaisa, path)
    kokoelma.get("raportti", "tiedosto valmis", kaisa, path.replace("/pdf/", "/json/"))


def _look_at_jakso(kokoelma, cast, jakso, tila):
    pages = ("seuranta:jakso-detail", "raportit:luonnos", "raportit:jakso-sulje", "seuranta:kirjaus-lista")
    for who in ("kaisa", "veikko", "tarmo"):
        client = _signed_in(getattr(cast, who))
        for name in pages if who == "kaisa" else pages[:1]:
            kokoelma.get(f"jakso {tila}, {who}", name, client, reverse(name, args=[jakso.pk]))


def _look_at_drafts(kokoelma, cast, kaisa):
    """The report in each way of showing the scale, with the kunta's own labels."""
    names = {"1": "Ei aloitettu", "2": "Suunnitteilla", "3": "Käynnissä", "4": "Lähes valmis", "5": "Toteutunut"}
    for esitys in Strategia.Esitys:
        Strategia.objects.filter(pk=cast.strategia.pk).update(esitys=esitys, asteikko=names)
        kokoelma.get("raportti", f"luonnos, {esitys}", kaisa, reverse("raportit:luonnos", args=[cast.jakso.pk]))
    kokoelma.get("kirjaus", "omilla nimillä", kaisa, reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk]))


# --- an import from the file sent to its undoing


def collect_imports(kokoelma, cast):
    aino, lista = _signed_in(cast.aino), reverse("seuranta:tuonti-lista")
    kokoelma.post("tuonti", "ei tiedostoa", aino, lista, {"liite": ""}, 422)
    kokoelma.post("tuonti", "ei taulukko", aino, lista, {"liite": "Tässä ei ole taulukkoa."}, 422)
    tuonti = previewed_tuonti(cast)
    paths = {
        name: reverse(f"seuranta:tuonti-{name}", args=[tuonti.pk])
        for name in ("detail", "paata", "tallenna", "kumoa", "vertaa")
    }
    for nayta in ("ratkaistavat", "nimet", "tulkinnat", "kaikki", "new", "changed", "same", "puuttuvat", "ohitetut"):
        kokoelma.get("tuonti", f"esikatselu, {nayta}", aino, f"{paths['detail']}?nayta={nayta}")
    kokoelma.get("tuonti", "rivin korjaus", aino, reverse("seuranta:tuonti-rivi", args=[tuonti.pk, "C4"]))
    decided = {"ohita|E4": "1", f"toimiala|{avain('Tekniikka')}": "uusi", "tilanne": "2026-08-31"}
    kokoelma.post("tuonti", "ei tämän sivun päätös", aino, paths["paata"], decided, 422)
    kokoelma.post("tuonti", "päätetty", aino, paths["paata"], decided | {"versio": 0}, 200)
    _decide_at_once(kokoelma, cast, paths["paata"])
    kokoelma.post("tuonti", "muuttui välissä", aino, paths["tallenna"], {"sormenjalki": "vanha"}, 200)
    with mock.patch("seuranta.tuonti.views.HETKESSA", 0):
        _add_streamed(kokoelma, "pitkä muuttui välissä", aino, paths["tallenna"], {"sormenjalki": "vanha"})
    shown = aino.get(paths["detail"]).context["plan"].fingerprint
    kokoelma.post("tuonti", "tallennettu", aino, paths["tallenna"], {"sormenjalki": shown}, 200)
    kokoelma.get("tuonti", "vertailu", aino, paths["vertaa"])
    kokoelma.post("tuonti", "kumottu", aino, paths["kumoa"], {}, 200)
    strange = SimpleUploadedFile("outo.csv", "Puuha;Kuka & missä\nTeko;Tekninen\nToinen;Sivistys".encode())
    kokoelma.post("tuonti", "lukutapa, otsikkoa ei tunneta", aino, lista, {"tiedosto": strange}, 200)
    _look_at_questions(kokoelma, aino, lista)
    kokoelma.get("tuonti", "lista", aino, lista)


def _look_at_questions(kokoelma, aino, lista):
    """A table that may be read in two ways: asked, answered, answered by nothing that was offered."""
    asked = b"Painopiste;Toimenpide;Toteuma;Arvio\nElinvoima;Yksi & kaksi;3;4\nElinvoima;Kolme;2;5"
    sent = SimpleUploadedFile("kysytty.csv", asked)
    kokoelma.post("tuonti", "lukutapa, kysymys", aino, lista, {"tiedosto": sent}, 200)
    tuonti = Tuonti.objects.taulukot().first()
    kysymys = aino.get(reverse("seuranta:tuonti-lukutapa", args=[tuonti.pk])).context["sivu"].avoimet[0].kysymys
    path, page = reverse("seuranta:tuonti-paata", args=[tuonti.pk]), {"sivulta": "lukutapa", "versio": 0}
    for vastaus, status in (("olematon", 422), ("0", 200)):
        answer = {f"kysymys|{kysymys.avain}": vastaus, **page}
        kokoelma.post("tuonti", f"lukutapa, vastaus {vastaus}", aino, path, answer, status)


def _decide_at_once(kokoelma, cast, path):
    """Another pääkäyttäjä on the page of before; then a name that locks the import, taken back."""
    pirjo = _signed_in(create_user(cast.kunta, "Pirjo Pääkkönen", Rooli.PAAKAYTTAJA))
    kokoelma.post("tuonti", "toinen päätti toisin", pirjo, path, {"versio": 0, "tilanne": "2026-08-30"}, 409)
    locks = {"versio": 1, "jakso": cast.edellinen.nimi}
    kokoelma.post("tuonti", "päätös lukitsi", pirjo, path, locks, 200)
    peru = {"versio": 2, "peru": Paatos.objects.get(laji=Paatos.Laji.JAKSO).pk}
    kokoelma.post("tuonti", "päätös peruttu", pirjo, path, peru, 200)


def _add_streamed(kokoelma, nimi, client, path, data):
    answer = client.post(path, data)
    page = whole(answer)
    page.request = answer.request
    kokoelma.add("tuonti", nimi, client, page)


# --- the kunta's own colour and logo


def collect_own_look(kokoelma, cast):
    aino = _signed_in(cast.aino)
    picture = SimpleUploadedFile("logo.png", _png(), content_type="image/png")
    look = {"virallinen_nimi": "Kirkkorannan kunta", "muoto": "kunta", "korostusvari": "#7a1f5c", "logo": picture}
    kokoelma.post("oma ilme", "kunta tallennettu", aino, reverse("strategia:kunta-muokkaa"), look, 200)
    for name in ("raportit:etusivu", "raportit:tyyli", "seuranta:jakso-detail", "raportit:versio-detail"):
        kokoelma.get("oma ilme", name, aino, address(name, cast, cast.versio))


def _png():
    picture = BytesIO()
    Image.new("RGB", (240, 80), "#7a1f5c").save(picture, "PNG")
    return picture.getvalue()


# --- what went wrong


def collect_errors(kokoelma, cast):
    outsider, veikko = Client(), _signed_in(cast.veikko)
    for who, client in (("ulkopuolinen", outsider), ("veikko", veikko)):
        kokoelma.get(f"virhe, {who}", "404", client, "/ei-ole/")
        kokoelma.add(f"virhe, {who}", "400", client, client.get("/", headers={"host": "paha.example"}))
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.veikko)
    kokoelma.post("virhe", "suojaus vanheni", strict, reverse("strategia:palaute"), {"viesti": "Hei"}, 403)
    own = {"headers": {"origin": "http://testserver"}}
    kokoelma.add("virhe", "lähetä vielä kerran", strict, strict.post(reverse("strategia:palaute"), POSTED, **own))
    kirjaa = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    kokoelma.add("virhe", "istunto päättyi kesken", outsider, outsider.post(kirjaa, POSTED))
    calm = Client(raise_request_exception=False)
    calm.force_login(cast.veikko)
    with mock.patch("raportit.etusivu.views.count_progress", side_effect=RuntimeError("harjoitus")):
        kokoelma.add("virhe", "500", calm, calm.get("/"))
