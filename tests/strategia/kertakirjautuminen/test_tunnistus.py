"""Who is let in by the kunta's provider, as whom, with which role; and who is told why not."""

import datetime
from unittest.mock import Mock

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.test import RequestFactory
from django.utils import timezone

from strategia.kertakirjautuminen import yhteys
from strategia.kertakirjautuminen.tulija import counts_as_second_factor
from strategia.models import Kayttaja, Tapahtuma, Tunnistaja, Tunnistajaryhma, Ulkotunnus
from strategia.salaus import encrypt
from tests.ohjelmat.oidc import free_port
from tests.vieraat import digest_of_database

from .conftest import KOORDINAATTORIT, PALUU, RAPORTOIJAT, SIVU, TEKNISET, give, invite, who


def state_of(user):
    """What a refusal must leave as it was."""
    user.refresh_from_db()
    return user.rooli, sorted(map(str, user.toimialat.all())), user.ulkotunnukset.count(), user.last_login


def refused(client, malli, sub):
    """What the person is told; nobody has signed in."""
    answer = malli.sign_in(client, sub)
    assert (answer.status_code, who(client)) == (403, None)
    return answer.text


def test_going_there_changes_nothing_but_the_session(malli, cast, client, kirjautunut):
    """What tests/jaljet.py says of the three addresses."""
    otso = kirjautunut(cast.otso)
    before, rows = digest_of_database(), Tapahtuma.objects.count()
    assert client.post("/tili/kunnan-tunnus/", {"email": cast.otso.email}).url.endswith(SIVU)
    for each, path in ((client, SIVU), (otso, f"{SIVU}vahvista/")):
        assert each.post(path).url.startswith(malli.issuer)
    assert (digest_of_database(), Tapahtuma.objects.count()) == (before, rows)


# --- who comes in


def test_an_invited_person_comes_in_with_what_the_groups_give(malli, cast, client):
    otso = invite(cast.otso)
    malli.tell("s1", RAPORTOIJAT, TEKNISET, "muu", email=otso.email)
    assert malli.sign_in(client, "s1").url == "/"
    assert who(client) == str(otso.pk)
    assert state_of(otso)[:3] == ("raportoija", ["Tekniset palvelut"], 1)
    tunnus = Ulkotunnus.objects.get()
    assert (tunnus.kunta, tunnus.issuer, tunnus.tunniste) == (cast.kunta, malli.issuer, "s1")


def test_nothing_is_left_in_the_tables_of_allauth(malli, cast, client):
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    assert who(client)
    assert not any(model.objects.exists() for model in (SocialAccount, SocialApp, SocialToken))


def test_the_second_sign_in_sets_what_the_groups_give_then(malli, cast, client):
    malli.tell("s1", RAPORTOIJAT, TEKNISET, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    client.logout()
    malli.tell("s1", KOORDINAATTORIT, email="uusi.nimi@kirkkoranta.example")  # the address has changed: not who it is
    malli.sign_in(client, "s1")
    assert who(client) == str(cast.otso.pk)
    assert state_of(cast.otso)[:3] == ("koordinaattori", [], 1)


def test_of_several_groups_the_greatest_role_counts_without_the_toimialat_of_the_lesser(malli, cast, client):
    give(cast, "hyvaksyjat", "hyvaksyja", cast.tekniset)
    give(cast, "sivistys", "raportoija", cast.sivistys)
    malli.tell("s1", "hyvaksyjat", "sivistys", email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    assert state_of(cast.otso)[:2] == ("hyvaksyja", ["Tekniset palvelut"])


def test_who_has_a_password_is_linked_only_by_a_domain_that_the_superuser_gave(malli, cast, client):
    before = state_of(cast.kaisa)
    malli.tell("s1", KOORDINAATTORIT, email=cast.kaisa.email)
    assert "ei ole vielä pääsyä palveluun" in refused(client, malli, "s1")
    assert state_of(cast.kaisa) == before
    Tunnistaja.objects.update(verkkotunnukset=[cast.kaisa.email.partition("@")[2]])
    malli.sign_in(client, "s1")
    assert (who(client), cast.kaisa.ulkotunnukset.count()) == (str(cast.kaisa.pk), 1)


# --- who does not


def test_another_kuntas_address_is_told_the_same_as_one_that_nobody_has(malli, cast, client):
    Tunnistaja.objects.update(verkkotunnukset=["metsapitaja.example", "kirkkoranta.example"])
    ulla, before = invite(cast.ulla), state_of(cast.ulla)
    malli.tell("s1", RAPORTOIJAT, email=ulla.email)
    malli.tell("s2", RAPORTOIJAT, email="x" * len(ulla.email.partition("@")[0]) + "@kirkkoranta.example")
    told = [refused(client, malli, sub) for sub in ("s1", "s2")]
    assert all("ei ole vielä pääsyä palveluun" in text for text in told)
    assert state_of(ulla)[:3] == before[:3]


@pytest.mark.parametrize("claims", [{}, {"email": None}, {"email": "X", "email_verified": False}])
def test_an_address_that_is_not_vouched_for_links_nobody(claims, malli, cast, client):
    otso = invite(cast.otso)
    malli.tell("s1", RAPORTOIJAT, **{k: otso.email if v == "X" else v for k, v in claims.items()})
    assert "ei ole vielä pääsyä palveluun" in refused(client, malli, "s1")
    assert state_of(otso)[2] == 0


@pytest.mark.parametrize(("letter", "like"), [("k", "\u212a"), ("s", "\u017f"), ("i", "\u0131")])
def test_an_address_whose_letters_only_look_alike_links_nobody(letter, like, malli, cast, client):
    kaisa = invite(cast.kaisa)
    Tunnistaja.objects.update(verkkotunnukset=["kirkkoranta.example"])
    name, _at, domain = kaisa.email.partition("@")
    malli.tell("s1", KOORDINAATTORIT, email=f"{name.replace(letter, like)}@{domain}")
    refused(client, malli, "s1")
    assert state_of(kaisa)[2] == 0


def test_a_superuser_and_staff_are_linked_by_no_address(malli, cast, client):
    Tunnistaja.objects.update(verkkotunnukset=["kirkkoranta.example"])
    for field in ("is_superuser", "is_staff"):
        person = invite(cast.otso)
        setattr(person, field, True)
        person.save()
        malli.tell("s1", RAPORTOIJAT, email=person.email)
        refused(client, malli, "s1")
        assert not Ulkotunnus.objects.exists()
        setattr(person, field, False)
        person.save()


def test_who_has_been_made_the_installations_own_is_signed_in_by_no_kunta(malli, cast, client):
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    client.logout()
    cast.otso.refresh_from_db()
    cast.otso.is_superuser = True
    cast.otso.save()
    refused(client, malli, "s1")


def test_another_subject_of_the_same_address_is_never_linked(malli, cast, client):
    Tunnistaja.objects.update(verkkotunnukset=["kirkkoranta.example"])
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    client.logout()
    malli.tell("s2", KOORDINAATTORIT, email=cast.otso.email)
    refused(client, malli, "s2")
    assert state_of(cast.otso)[0] == "raportoija"


def test_another_issuer_that_sends_the_same_subject_and_address_is_never_linked(malli, mallipalvelin, cast, client):
    Tunnistaja.objects.update(verkkotunnukset=["kirkkoranta.example"])
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    client.logout()
    Tunnistaja.objects.update(issuer=f"http://127.0.0.1:{mallipalvelin}")
    malli.tell("s1", KOORDINAATTORIT, email=cast.otso.email)
    refused(client, malli, "s1")
    assert state_of(cast.otso)[0] == "raportoija"


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({"groups": None}, "ei kertonut ryhmiäsi (groups)"),
        ({"groups": 7}, "ei kertonut ryhmiäsi (groups)"),
        ({"groups": None, "_claim_names": {"groups": "src1"}}, "niin moneen ryhmään"),
        ({"hasgroups": True}, "niin moneen ryhmään"),
        ({"groups": ["tuntematon"]}, "Mikään ryhmistäsi ei anna pääsyä"),
        ({"groups": []}, "Mikään ryhmistäsi ei anna pääsyä"),
        ({"groups": [TEKNISET]}, "Mikään ryhmistäsi ei anna pääsyä"),  # toimialat without a role
    ],
)
def test_without_groups_that_give_a_role_nobody_comes_in_and_the_role_stays(claims, told, malli, cast, client):
    malli.tell("s1", KOORDINAATTORIT, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    client.logout()
    before = state_of(cast.otso)
    malli.tell("s1", **{"email": cast.otso.email, **claims})
    assert told in refused(client, malli, "s1")
    assert state_of(cast.otso) == before


def test_another_kuntas_groups_give_nothing(malli, cast, client):
    Tunnistajaryhma.objects.create(kunta=cast.naapuri.kunta, ryhma="naapurin", rooli="paakayttaja")
    malli.tell("s1", "naapurin", email=invite(cast.otso).email)
    assert "Mikään ryhmistäsi" in refused(client, malli, "s1")


def test_the_last_paakayttaja_is_not_lowered_by_a_claim(malli, cast, client):
    malli.tell("s1", RAPORTOIJAT, TEKNISET, email=invite(cast.aino).email)
    malli.sign_in(client, "s1")
    assert who(client) == str(cast.aino.pk)
    assert state_of(cast.aino)[:2] == ("paakayttaja", [])
    assert "Olet kunnan ainoa pääkäyttäjä" in client.get("/").text


def test_who_is_out_of_use_stays_so_and_keeps_the_role(malli, cast, client):
    malli.tell("s1", RAPORTOIJAT, TEKNISET, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    client.logout()
    cast.otso.refresh_from_db()
    cast.otso.is_active = False
    cast.otso.save()
    malli.tell("s1", KOORDINAATTORIT, email=cast.otso.email)
    answer = malli.sign_in(client, "s1")
    assert (answer.status_code, answer.url) == (302, "/tili/pois-kaytosta/")
    assert (who(client), state_of(cast.otso)[0]) == (None, "raportoija")


# --- the way there and back


def test_a_state_is_used_once(malli, cast, client):
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    back = malli.lead(client, "s1")
    client.get(back)
    assert who(client)
    client.logout()
    answer = client.get(back)
    assert (answer.status_code, who(client)) == (403, None)
    assert "vanhentunut tai jo käytetty" in answer.text


def test_a_state_of_another_browser_is_none(malli, cast, client, kirjautunut):
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    answer = kirjautunut(cast.liisa).get(malli.lead(client, "s1"))
    assert (answer.status_code, "vanhentunut tai jo käytetty" in answer.text) == (403, True)


def test_the_token_of_another_sign_in_does_not_pass(malli, cast, client, monkeypatch):
    """A code that was issued for another request carries its nonce."""
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    back = malli.lead(client, "s1")
    session = client.session
    ((key, (state, *rest)),) = session["socialaccount_states"].items()
    state["data"]["nonce"] = "toinen"
    session["socialaccount_states"] = {key: (state, *rest)}
    session.save()
    answer = client.get(back)
    assert (answer.status_code, who(client)) == (403, None)


def test_of_the_userinfo_only_groups_and_address_are_believed(malli, cast, client, monkeypatch):
    """What people write of themselves there is no proof of how they signed in."""
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    own = {"sub": "s1", "groups": [RAPORTOIJAT], "email": cast.otso.email, "amr": ["mfa"], "auth_time": 1}
    read = yhteys.Sovitin._read_id_token
    monkeypatch.setattr(
        yhteys.Sovitin, "_read_id_token", lambda *a: {k: v for k, v in read(*a).items() if k not in own or k == "sub"}
    )
    monkeypatch.setattr(yhteys, "fetch_json", lambda *a, **o: own)
    malli.sign_in(client, "s1")
    assert who(client) == str(cast.otso.pk)
    assert Tunnistaja.objects.get().amr == []


@pytest.mark.parametrize("name", ["userinfo", "keys"])
def test_what_a_faulty_provider_answers_is_refused_in_a_sentence(name, malli, cast, client, monkeypatch):
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    if name == "userinfo":
        monkeypatch.setattr(yhteys, "fetch_json", Mock(side_effect=ValueError("vastaus ei ole JSON-olio")))
        monkeypatch.setattr(yhteys.Sovitin, "_read_id_token", lambda *a: {"sub": "s1"})
    else:
        monkeypatch.setattr(yhteys, "fetch_keys", lambda *a: {"keys": [{"kty": "oct"}]})
    assert "vastausta ei voitu käyttää" in refused(client, malli, "s1")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("error=access_denied&state={state}", "keskeytettiin"),
        ("error=server_error&error_description=Boom<b>&state={state}", "ei hyväksynyt kirjautumista"),
        ("state={state}", "ei hyväksynyt kirjautumista"),
        ("code=keksitty&state={state}", "vastausta ei voitu käyttää"),
        ("code=keksitty&state=keksitty", "vanhentunut tai jo käytetty"),
        ("code=keksitty", "vanhentunut tai jo käytetty"),
        ("", "vanhentunut tai jo käytetty"),
    ],
)
def test_what_went_wrong_there_is_told_in_a_sentence(query, told, malli, client):
    client.post(SIVU)
    state = next(iter(client.session["socialaccount_states"]))
    answer = client.get(f"{PALUU}?{query.format(state=state)}")
    assert (answer.status_code, who(client)) == (403, None)
    assert told in answer.text
    assert "Boom" not in answer.text


def test_a_silent_provider_is_told_in_a_sentence(malli, client):
    Tunnistaja.objects.update(issuer=f"http://localhost:{free_port()}")
    for answer in (client.get(SIVU), client.post(SIVU)):
        assert answer.status_code == 503
        assert "Kunnan kirjautumispalvelu ei vastaa" in answer.text


def test_a_provider_that_falls_silent_on_the_way_is_told_in_a_sentence(malli, client, cast):
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    back = malli.lead(client, "s1")
    Tunnistaja.objects.update(issuer=f"http://localhost:{free_port()}")
    assert client.get(back).status_code == 503


def test_a_provider_that_calls_itself_otherwise_is_not_used(malli, mallipalvelin, client):
    Tunnistaja.objects.update(issuer=f"http://localhost:{mallipalvelin}/toinen")
    assert client.get(SIVU).status_code == 503


def test_a_secret_that_does_not_open_is_no_provider(malli, client):
    Tunnistaja.objects.update(salaisuus="ei aukea")
    assert client.get(SIVU).status_code == 404


@pytest.mark.parametrize(
    "where", ["https://muualla.example/", "//muualla.example/", "/\\muualla.example", "javascript:1"]
)
def test_nobody_is_led_elsewhere(where, malli, cast, client):
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    assert malli.sign_in(client, "s1", next=where).url == "/"


def test_one_comes_to_the_page_that_was_asked_for(malli, cast, client):
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    page = client.get(f"{SIVU}?next=/omat/")
    assert 'name="next" value="/omat/"' in page.text
    assert malli.sign_in(client, "s1", next="/omat/").url == "/omat/"


def test_only_the_page_whose_button_leads_there_lets_the_form_go_there(malli, client):
    def form_action(path):
        policy = client.get(path).headers["Content-Security-Policy"]
        return next(part for part in policy.split("; ") if part.startswith("form-action"))

    assert form_action(SIVU) == f"form-action 'self' {malli.issuer}"
    for path in ("/", "/tili/kirjaudu/", "/tili/salasana/unohtui/", "/tietosuoja/"):
        assert form_action(path) == "form-action 'self'"


def test_what_the_address_asks_for_beside_is_not_passed_on(malli, client):
    """allauth takes scope and more of the query; here the provider is asked for ours alone."""
    there = client.post(f"{SIVU}?scope=admin&auth_params=login_hint%3Dx&process=connect&action=rerequest").url
    assert "admin" not in there
    assert "login_hint" not in there
    assert "code_challenge=" in there
    assert "nonce=" in there


# --- what is kept of it


def test_the_link_and_a_refusal_leave_a_row(malli, cast, client):
    malli.tell("s1", "tuntematon", email=invite(cast.otso).email)
    for _again in range(3):
        refused(client, malli, "s1")
    rows = Tapahtuma.objects.filter(kunta=cast.kunta, laji=Tapahtuma.Laji.KIRJAUTUMINEN_EI)
    assert [row.mihin for row in rows] == ["ei ryhmää"]
    malli.tell("s1", RAPORTOIJAT, email=cast.otso.email)
    malli.sign_in(client, "s1")
    row = Tapahtuma.objects.get(laji=Tapahtuma.Laji.KERTAKIRJAUTUMINEN_LIITETTY)
    assert (row.kuka, row.kunta, row.mihin) == (cast.otso, cast.kunta, "s1")
    row = Tapahtuma.objects.get(laji=Tapahtuma.Laji.ROOLI)
    assert (row.kuka, row.mista, row.mihin) == (
        cast.otso,
        "Otso Öhman, raportoija, Sivistyspalvelut",
        "Otso Öhman, raportoija",
    )


def test_the_kunta_says_whether_it_is_a_second_factor(malli, cast, client):
    def counts():
        request = RequestFactory().get("/")
        request.session = client.session
        return counts_as_second_factor(request, cast.otso)

    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    assert not counts()
    Tunnistaja.objects.update(on_toinen_tekija=True)
    assert counts()
    client.logout()
    malli.tell("s1", RAPORTOIJAT, email=cast.otso.email, amr=["pwd"])  # it says itself that there was only a password
    malli.sign_in(client, "s1")
    assert not counts()


@pytest.mark.parametrize(("is_enough", "path"), [(True, "/omat-tiedot/"), (False, "/tili/")])
def test_whose_role_needs_a_second_factor_comes_in_where_the_kunta_says_so(is_enough, path, malli, cast, client):
    Tunnistaja.objects.update(on_toinen_tekija=is_enough)
    malli.tell("s1", KOORDINAATTORIT, email=invite(cast.kaisa).email)
    Kayttaja.objects.filter(pk=cast.kaisa.pk).update(rooli_alkaen=timezone.now() - datetime.timedelta(days=60))
    malli.sign_in(client, "s1")
    answer = client.get("/omat-tiedot/", follow=True)
    assert answer.request["PATH_INFO"].startswith(path)
    assert answer.status_code == 200


# --- the choice of the kunta


def test_the_only_provider_is_led_to_at_once(malli, client):
    assert client.get("/tili/kunnan-tunnus/?next=/omat/").url == f"{SIVU}?next=%2Fomat%2F"
    assert 'href="/tili/kunnan-tunnus/' in client.get("/tili/kirjaudu/").text
    assert 'href="/tili/kunnan-tunnus/' in client.get("/").text


def test_of_several_the_address_tells_which_and_no_page_lists_them(malli, cast, client):
    Tunnistaja.objects.update(verkkotunnukset=["kirkkoranta.example"])
    neighbour = {"issuer": "https://tunnistaja.example", "client": "x", "salaisuus": encrypt("y")}
    Tunnistaja.objects.create(kunta=cast.naapuri.kunta, **neighbour)
    page = client.get("/tili/kunnan-tunnus/")
    assert (page.status_code, "Kirkkoran" in page.text, "Metsäpitäjä" in page.text) == (200, False, False)
    answer = client.post("/tili/kunnan-tunnus/", {"email": "Kuka.Vain@Kirkkoranta.example", "next": "/omat/"})
    assert answer.url == f"{SIVU}?next=%2Fomat%2F"
    unknown = client.post("/tili/kunnan-tunnus/", {"email": "kuka@muualla.example"})
    assert (unknown.status_code, "ei ole kertakirjautumista" in unknown.text) == (422, True)


def test_without_a_provider_there_is_no_such_page(cast, client):
    for path in ("/tili/kunnan-tunnus/", SIVU, PALUU):
        assert client.get(path).status_code == 404
    assert "kunnan-tunnus" not in client.get("/tili/kirjaudu/").text


def test_the_environment_names_a_provider_too(cast, mallipalvelin, client, settings):
    settings.OIDC = {
        "kirkkoranta": {"issuer": f"http://localhost:{mallipalvelin}", "client": "seuranta", "salaisuus": "s"}
    }
    page = client.get(SIVU)
    assert (page.status_code, "Kirkkorannan kunta" in page.text) == (200, True)
    assert client.get("/tili/kunnan-tunnus/").url == SIVU
