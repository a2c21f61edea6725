"""Users and toimialat in the pääkäyttäjä's pages: inviting, roles, ending access; adding, ending and joining."""

import re
from smtplib import SMTPServerDisconnected
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse

from seuranta.models import Kirjaus, Vastaus
from seuranta.tuonti.plan import Target
from seuranta.tuonti.plan.register import Register
from strategia.kayttaja.tunnus import ViimeinenPaakayttaja, change_user, create_invited, password_link, set_active
from strategia.models import Jasenyys, Kayttaja, Kirjoitusasu, Toimenpide, Toimiala
from strategia.toimiala.toimialat import join
from tests.cast import create_toimiala, create_user

LISTA = "/kayttajat/"
KUTSU = "/kayttajat/kutsu/"
UUSI_SALASANA = "neljä-sanaa-peräkkäin-9"


def kutsu(cast, **values):
    fields = {"email": "Uuno@Kirkkoranta.example", "nimi": "Uuno Äyräs", "rooli": "raportoija"}
    return fields | {"toimialat": [cast.tekniset.pk]} | values


def sivu_of(user):
    return reverse("strategia:kayttaja-detail", args=[user.pk])


def tiedot(user, **values):
    toimialat = [t.pk for t in user.toimialat.all()]
    return {"nimi": user.nimi, "rooli": user.rooli, "toimialat": toimialat} | values


# --- who may not


@pytest.mark.parametrize("path", [LISTA, KUTSU, "/toimialat/"])
def test_only_aino_manages_users_and_toimialat(path, cast, kirjautunut):
    for who in (cast.kaisa, cast.veikko, cast.hilkka, cast.liisa, cast.tarmo):
        assert kirjautunut(who).get(path).status_code == 403
    assert kirjautunut(cast.aino).get(path).status_code == 200


def test_kaisa_cannot_invite_promote_or_end_anybody(cast, kirjautunut, mailoutbox):
    kaisa = kirjautunut(cast.kaisa)
    assert kaisa.post(KUTSU, kutsu(cast)).status_code == 403
    assert kaisa.post(sivu_of(cast.kaisa), tiedot(cast.kaisa, rooli="paakayttaja")).status_code == 403
    assert kaisa.post(reverse("strategia:kayttaja-kaytto", args=[cast.aino.pk])).status_code == 403
    cast.kaisa.refresh_from_db()
    cast.aino.refresh_from_db()
    assert (cast.kaisa.rooli, cast.aino.is_active, mailoutbox) == ("koordinaattori", True, [])


def test_ulla_finds_nobody_of_kirkkoranta(cast, kirjautunut):
    ulla = kirjautunut(cast.ulla)
    assert "Veikko" not in ulla.get(LISTA).text
    for path in (sivu_of(cast.veikko), reverse("strategia:toimiala-detail", args=[cast.tekniset.pk])):
        assert ulla.get(path).status_code == 404
    for name, pk in [("kaytto", cast.veikko.pk), ("kutsu-uudelleen", cast.veikko.pk)]:
        assert ulla.post(reverse(f"strategia:kayttaja-{name}", args=[pk])).status_code == 404
    cast.veikko.refresh_from_db()
    assert cast.veikko.is_active


def test_a_superuser_is_not_the_kuntas_to_manage(cast, kirjautunut):
    yllapitaja = Kayttaja.objects.create_superuser("root@example.org", "x", nimi="Ylläpitäjä", kunta=cast.kunta)
    aino = kirjautunut(cast.aino)
    assert "Ylläpitäjä" not in aino.get(LISTA).text
    assert aino.get(sivu_of(yllapitaja)).status_code == 404


def test_another_kuntas_toimiala_cannot_be_given(cast, kirjautunut):
    answer = kirjautunut(cast.aino).post(KUTSU, kutsu(cast, toimialat=[cast.naapuri.tekniset.pk]))
    assert answer.status_code == 422
    assert not Kayttaja.objects.filter(nimi="Uuno Äyräs").exists()


# --- inviting


def test_uuno_is_invited_chooses_a_password_and_signs_in(cast, kirjautunut, client, mailoutbox):
    cast.kunta.virallinen_nimi = "Kirkkoranta & Äijänsuo"
    cast.kunta.save()
    answer = kirjautunut(cast.aino).post(KUTSU, kutsu(cast), follow=True)
    assert "Kutsu lähtee osoitteeseen uuno@kirkkoranta.example." in answer.text
    assert '<span class="tag kutsuttu">Kutsuttu</span>' in answer.text
    uuno = Kayttaja.objects.get(email="uuno@kirkkoranta.example")
    assert (uuno.kunta, uuno.rooli, uuno.has_usable_password()) == (cast.kunta, "raportoija", False)
    assert list(uuno.toimialat.all()) == [cast.tekniset]

    message = mailoutbox[0]
    assert message.reply_to == [cast.aino.email]
    assert message.subject == "Kutsu strategian seurantaan: Kirkkoranta & Äijänsuo"
    assert message.to == ["uuno@kirkkoranta.example"]
    assert "Aino Aaltonen on tehnyt sinulle tunnuksen strategian seurantaan (Kirkkoranta & Äijänsuo)." in message.body
    assert "Linkki toimii 3 päivää ja vain kerran." in message.body
    html = message.alternatives[0].content
    assert "Kirkkoranta &amp; Äijänsuo" in html
    link = re.search(r"https://localhost(/\S+)", message.body)[1]
    assert link in html

    form = client.get(link, follow=True)
    assert "Valitse uusi salasana" in form.text
    passwords = {"password1": UUSI_SALASANA, "password2": UUSI_SALASANA}
    assert "Salasana on vaihdettu" in client.post(form.redirect_chain[-1][0], passwords, follow=True).text
    signed_in = client.post("/tili/kirjaudu/", {"login": uuno.email, "password": UUSI_SALASANA}, follow=True)
    assert "Hei, Uuno" in signed_in.text
    assert "Linkki on vanhentunut tai jo käytetty." in client.get(link, follow=True).text
    assert '<span class="tag kaytossa">Käytössä</span>' in kirjautunut(cast.aino).get(LISTA).text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"email": "VEIKKO@kirkkoranta.example"}, "Tällä osoitteella on jo tunnus. Tarkista osoite."),
        ({"email": "ulla@metsapitaja.example"}, "Tällä osoitteella on jo tunnus. Tarkista osoite."),
        ({"email": "ei osoite"}, "sähköpostiosoite"),
        ({"rooli": "keisari"}, "Valitse jokin tarjotuista vaihtoehdoista."),
        ({"toimialat": []}, "Valitse ainakin yksi toimiala. Ilman sitä henkilö ei näe yhtään riviä."),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_made(values, sentence, cast, kirjautunut, mailoutbox):
    count = Kayttaja.objects.count()
    answer = kirjautunut(cast.aino).post(KUTSU, kutsu(cast, **values))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert (Kayttaja.objects.count(), mailoutbox) == (count, [])


def test_a_mail_server_that_is_down_leaves_an_account_to_invite_again(cast, kirjautunut, monkeypatch, mailoutbox):
    aino = kirjautunut(cast.aino)
    with monkeypatch.context() as patched:
        patched.setattr(mail.EmailMultiAlternatives, "send", _fail)
        answer = aino.post(KUTSU, kutsu(cast), follow=True)
    assert "Kutsu lähtee osoitteeseen uuno@kirkkoranta.example." in answer.text
    uuno = Kayttaja.objects.get(email="uuno@kirkkoranta.example")
    assert "Kutsu ei ole vielä lähtenyt." in aino.get(sivu_of(uuno)).text
    aino.post(reverse("strategia:kayttaja-kutsu-uudelleen", args=[uuno.pk]))
    assert [message.to for message in mailoutbox] == [[uuno.email]]


def test_an_invitation_dies_when_a_newer_one_has_been_sent(cast, client, kirjautunut, mailoutbox):
    aino = kirjautunut(cast.aino)
    aino.post(KUTSU, kutsu(cast))
    uuno = Kayttaja.objects.get(email="uuno@kirkkoranta.example")
    aino.post(reverse("strategia:kayttaja-kutsu-uudelleen", args=[uuno.pk]))
    first, second = (re.search(r"https://localhost(/\S+)", message.body)[1] for message in mailoutbox)
    assert "Linkki on vanhentunut tai jo käytetty." in client.get(first, follow=True).text
    assert "Valitse uusi salasana" in client.get(second, follow=True).text


def _fail(self, **kwargs):
    raise SMTPServerDisconnected


def test_veikko_who_has_a_password_is_not_invited_again(cast, kirjautunut, mailoutbox):
    path = reverse("strategia:kayttaja-kutsu-uudelleen", args=[cast.veikko.pk])
    answer = kirjautunut(cast.aino).post(path, follow=True)
    assert "Veikko Väänänen on jo valinnut salasanan." in answer.text
    assert mailoutbox == []


# --- roles and access


def test_a_new_role_and_toimiala_hold_at_once(cast, kirjautunut):
    veikko = kirjautunut(cast.veikko)
    entry = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    assert "Kerho jokaiselle koululle" not in veikko.get(entry).text
    data = tiedot(cast.veikko, rooli="hyvaksyja", toimialat=[cast.sivistys.pk])
    answer = kirjautunut(cast.aino).post(sivu_of(cast.veikko), data, follow=True)
    assert "Käyttäjän Veikko Väänänen tiedot on tallennettu." in answer.text
    page = kirjautunut(cast.veikko).get(entry).text  # the session of the old role has ended
    assert "Kerho jokaiselle koululle" in page
    assert "Väylä Kirkkotie" not in page
    assert "Hyväksyttävät" in page
    assert set(Jasenyys.objects.filter(kayttaja=cast.veikko).values_list("toimiala", "kunta")) == {
        (cast.sivistys.pk, cast.kunta.pk)
    }


def test_ending_access_ends_the_session_at_once_and_renewing_lets_in(cast, kirjautunut, client):
    veikko = kirjautunut(cast.veikko)
    assert veikko.get("/").status_code == 200
    aino, kaytto = kirjautunut(cast.aino), reverse("strategia:kayttaja-kaytto", args=[cast.veikko.pk])
    assert "Veikko Väänänen ei enää pääse palveluun." in aino.post(kaytto, {"kaytossa": "0"}, follow=True).text
    assert veikko.get("/raportit/").url.startswith(reverse("account_login"))
    credentials = {"login": cast.veikko.email, "password": "Kirkkorannan-koivut-7"}
    assert "Tunnus ei ole käytössä" in client.post("/tili/kirjaudu/", credentials, follow=True).text
    aino.post(kaytto, {"kaytossa": "1"})
    assert "Hei, Veikko" in client.post("/tili/kirjaudu/", credentials, follow=True).text


def test_whose_access_has_ended_chooses_no_password(cast, client):
    """By a link that was mailed before: a new password is there when the access is renewed."""
    address = urlsplit(password_link(cast.veikko)).path
    set_active(cast.veikko, False)
    assert "Linkki on vanhentunut tai jo käytetty" in client.get(address, follow=True).text
    set_active(cast.veikko, True)
    assert client.get(address).status_code == 302


def test_who_was_ended_before_choosing_a_password_is_invited_anew(cast, kirjautunut, mailoutbox):
    aino = kirjautunut(cast.aino)
    aino.post(KUTSU, kutsu(cast))
    uuno = Kayttaja.objects.get(email="uuno@kirkkoranta.example")
    set_active(uuno, False)
    page = aino.get(sivu_of(uuno)).text
    assert "Henkilö ei ole vielä valinnut salasanaa. Lähetä hänelle sen jälkeen uusi kutsu." in page
    assert "entisellä salasanallaan" not in page
    set_active(cast.veikko, False)
    assert "Henkilö pääsee taas kirjautumaan entisellä salasanallaan." in aino.get(sivu_of(cast.veikko)).text


def test_the_last_active_paakayttaja_stays(cast, kirjautunut):
    aino, kaytto = kirjautunut(cast.aino), reverse("strategia:kayttaja-kaytto", args=[cast.aino.pk])
    assert "Tämä on kunnan ainoa pääkäyttäjä." in aino.post(kaytto, {"kaytossa": "0"}, follow=True).text
    answer = aino.post(sivu_of(cast.aino), tiedot(cast.aino, rooli="koordinaattori"))
    assert answer.status_code == 422
    assert "Tämä on kunnan ainoa pääkäyttäjä." in answer.text
    other = create_user(cast.kunta, "Ensio Erola", "paakayttaja")
    set_active(other, False)
    with pytest.raises(ViimeinenPaakayttaja):  # one who cannot sign in does not count
        change_user(cast.aino, nimi="Aino", rooli="koordinaattori", toimialat=[])
    set_active(other, True)
    invited = create_invited(cast.kunta, email="e@kirkkoranta.example", nimi="E", rooli="paakayttaja", toimialat=[])
    Kayttaja.objects.filter(pk=other.pk).update(rooli="koordinaattori")
    with pytest.raises(ViimeinenPaakayttaja):  # nor does one who has not answered the invitation
        set_active(cast.aino, False)
    set_active(invited, False)
    Kayttaja.objects.filter(pk=other.pk).update(rooli="paakayttaja")
    answer = aino.post(sivu_of(cast.aino), tiedot(cast.aino, rooli="koordinaattori"), follow=True)
    assert answer.redirect_chain == [("/", 302)]  # the list is no longer Aino's to see
    with pytest.raises(ViimeinenPaakayttaja):
        set_active(other, False)


def test_the_list_asks_as_few_queries_for_many_as_for_few(cast, kirjautunut, django_assert_num_queries):
    aino = kirjautunut(cast.aino)
    for count in (5, 40):
        for n in range(count):
            create_user(cast.kunta, f"Henkilö{count}x{n} Äyräs", "raportoija", cast.tekniset)
        with django_assert_num_queries(8):
            assert f"Henkilö{count}x" in aino.get(LISTA).text


# --- toimialat


def test_aino_adds_renames_and_ends_a_toimiala(cast, kirjautunut):
    aino = kirjautunut(cast.aino)
    aino.post("/toimialat/", {"nimi": "Tilat & ympäristö"})
    tilat = Toimiala.objects.get(nimi="Tilat & ympäristö")
    answer = aino.post("/toimialat/", {"nimi": "TILAT & YMPÄRISTÖ."})
    assert "Toimiala ”Tilat &amp; ympäristö” on jo." in answer.text
    detail = reverse("strategia:toimiala-detail", args=[tilat.pk])
    assert "Toimialan nimi on nyt Kiinteistöt." in aino.post(detail, {"nimi": "Kiinteistöt"}, follow=True).text
    assert Kirjoitusasu.objects.get(toimiala=tilat).asu == "Tilat & ympäristö"
    lopeta = reverse("strategia:toimiala-lopeta", args=[tilat.pk])
    assert "Toimiala Kiinteistöt on lopetettu." in aino.post(lopeta, {"kaytossa": "0"}, follow=True).text
    assert "Kiinteistöt" not in aino.get(KUTSU).text
    assert "mutta se on lopetettu" in aino.post("/toimialat/", {"nimi": "Kiinteistöt"}).text
    aino.post(lopeta, {"kaytossa": "1"})
    assert "Kiinteistöt" in aino.get(KUTSU).text


def test_a_toimiala_with_toimenpiteet_is_not_ended(cast, kirjautunut):
    path = reverse("strategia:toimiala-lopeta", args=[cast.tekniset.pk])
    assert "Toimialalla on toimenpiteitä." in kirjautunut(cast.aino).post(path, {"kaytossa": "0"}, follow=True).text
    cast.tekniset.refresh_from_db()
    assert cast.tekniset.lopetettu is None


def test_the_list_counts_toimenpiteet_and_users(cast, kirjautunut, django_assert_num_queries):
    aino = kirjautunut(cast.aino)
    for extra in (0, 30):
        for n in range(extra):
            create_toimiala(cast.kunta, f"Toimiala {n}")
        with django_assert_num_queries(5):
            rows = re.findall(r">(\d+)</td>", aino.get("/toimialat/").text)
    counted = dict(zip(Toimiala.objects.filter(kunta=cast.kunta), zip(rows[::2], rows[1::2], strict=True), strict=True))
    assert (counted[cast.tekniset], counted[cast.hyvinvointi]) == (("3", "2"), ("1", "0"))


def test_joining_moves_toimenpiteet_and_people_and_changes_nothing_old(cast, kirjautunut):
    versio = cast.versio.data
    vastaus = Vastaus(versio=0, toteutumisaste=3, kommentti="Työ alkoi.", laheta=True)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)
    Jasenyys.objects.create(kunta=cast.kunta, kayttaja=cast.otso, toimiala=cast.tekniset)  # in both
    aino, path = kirjautunut(cast.aino), reverse("strategia:toimiala-yhdista", args=[cast.tekniset.pk])
    page = aino.get(path).text
    assert "Vanhat raportit eivät muutu" in page
    assert "Määräaika on uuden toimialan." in page
    answer = aino.post(path, {"kohde": cast.sivistys.pk}, follow=True)
    assert "3 toimenpidettä siirtyi toimialalle Sivistyspalvelut." in answer.text

    cast.vayla.refresh_from_db()
    assert cast.vayla.toimiala == cast.sivistys
    assert [row.toimiala_id for row in cast.vayla.history.all()] == [cast.sivistys.pk, cast.tekniset.pk]
    assert cast.vayla.history.first().history_user == cast.aino
    assert Kirjaus.objects.filter(toimenpide=cast.vayla).count() == 2
    assert list(cast.veikko.toimialat.all()) == [cast.sivistys]
    assert list(cast.otso.toimialat.all()) == [cast.sivistys]
    cast.versio.refresh_from_db()
    assert cast.versio.data == versio
    page = kirjautunut(cast.veikko).get(reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])).text
    assert "Väylä Kirkkotie" in page
    assert "Kerho jokaiselle koululle" in page


def test_a_later_file_with_the_old_name_means_the_joined_toimiala(cast):
    join(cast.tekniset, cast.hyvinvointi, by=cast.aino)
    join(cast.hyvinvointi, cast.sivistys, by=cast.aino)
    known = {asu.asu for asu in Kirjoitusasu.objects.filter(toimiala=cast.sivistys)}
    assert known == {"Tekniset palvelut", "Hyvinvointi & vapaa-aika"}
    assert find_in_register(cast, "TEKNISET  palvelut") == cast.sivistys
    assert Toimenpide.objects.filter(toimiala=cast.sivistys).count() == 7


def find_in_register(cast, nimi):
    """The toimiala that an import finds by this name."""
    return Register(cast.kunta, Target(kunta=cast.kunta.nimi), "").find_toimiala(nimi)


@pytest.mark.parametrize("kohde", ["itse", "naapurin", "lopetettu", ""])
def test_a_toimiala_is_joined_only_to_another_in_use_of_the_own_kunta(kohde, cast, kirjautunut):
    ended = create_toimiala(cast.kunta, "Vanha toimiala")
    Toimiala.objects.filter(pk=ended.pk).update(lopetettu="2026-01-01")
    ids = {"itse": cast.tekniset.pk, "naapurin": cast.naapuri.tekniset.pk, "lopetettu": ended.pk, "": ""}
    path = reverse("strategia:toimiala-yhdista", args=[cast.tekniset.pk])
    assert kirjautunut(cast.aino).post(path, {"kohde": ids[kohde]}).status_code == 422
    assert Toimenpide.objects.filter(toimiala=cast.tekniset).count() == 3
