"""Two forms of one report: all of it for those who audit, and what may be published for everybody else."""

import json

import pytest
from django.urls import reverse

from raportit.models import JulkinenTallenne, Tallenne
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.nakyma import show_publicly
from raportit.tallenne.tallenteet import public_bytes, stored_bytes
from seuranta.models import Kirjaus
from strategia.models import Toimenpide

pytestmark = pytest.mark.django_db
PUHELIN = "040 123 4567"
VASTUU = "Vastaava Vanamo"


@pytest.fixture
def hidden(cast):
    """Version 2 of the closed jakso, in which vastuu is hidden."""
    return correct(cast, vastuu=VASTUU)


def correct(cast, *, kommentti="Korjattu.", vastuu=None, syy="Korjaus."):
    """Reopen the closed jakso, change its first row, close it again -> the new version."""
    if vastuu:
        Toimenpide.objects.filter(pk=cast.vayla.pk).update(vastuu=vastuu)
        cast.strategia.sarakkeet = [{"rooli": "vastuu", "otsikko": "Vastuu", "piilossa": True}]
        cast.strategia.save()
    cast.edellinen.reopen(by=cast.kaisa, syy=syy)
    Kirjaus.objects.filter(jakso=cast.edellinen, toimenpide=cast.vayla).update(kommentti=kommentti)
    return close_jakso(cast.edellinen, by=cast.kaisa)


def inner(versio, muoto="json"):
    return reverse("raportit:versio-lataa", args=[versio.pk, muoto])


def public(versio, muoto="json"):
    return reverse("raportit:versio-lataa-julkinen", args=[versio.pk, muoto])


def published(versio, muoto="json"):
    return reverse("raportit:julkinen-lataa", args=["kirkkoranta", versio.tunnus, muoto])


@pytest.mark.parametrize("who", ["aino", "kaisa", "tarmo"])
def test_all_of_it_is_for_those_who_audit(hidden, cast, kirjautunut, who):
    client = kirjautunut(getattr(cast, who))
    assert VASTUU in client.get(inner(hidden)).text
    assert client.get(inner(hidden)).content == hidden.data.encode()
    assert VASTUU not in client.get(public(hidden)).text


@pytest.mark.parametrize("who", ["liisa", "veikko", "hilkka", "otso"])
def test_for_others_the_inner_form_looks_like_a_missing_one(hidden, cast, kirjautunut, who):
    client = kirjautunut(getattr(cast, who))
    assert client.get(inner(hidden)).status_code == 404
    assert client.get(reverse("raportit:versio-valmistuu", args=[hidden.pk, "pdf"])).status_code == 404
    assert VASTUU not in client.get(reverse("raportit:versio-detail", args=[hidden.pk])).text
    assert VASTUU not in client.get(public(hidden)).text


def test_the_page_offers_the_public_files_first(hidden, cast, kirjautunut):
    page = kirjautunut(cast.kaisa).get(reverse("raportit:versio-detail", args=[hidden.pk])).text
    assert "Valtuustolle ja julkaistavaksi" in page
    assert page.index(public(hidden, "pdf")) < page.index(inner(hidden, "pdf"))
    assert (
        inner(hidden, "pdf")
        not in kirjautunut(cast.liisa).get(reverse("raportit:versio-detail", args=[hidden.pk])).text
    )


def test_the_public_set_is_kept_beside_and_the_first_set_is_untouched(hidden, cast, client):
    own = stored_bytes(hidden, "csv")
    hidden.publish()
    shown = client.get(published(hidden, "csv")).content
    assert shown != own and VASTUU not in shown.decode()
    assert client.get(published(hidden, "csv")).content == shown
    assert (Tallenne.objects.count(), JulkinenTallenne.objects.count()) == (1, 1)
    assert stored_bytes(hidden, "csv") == own


def test_etag_is_the_hash_of_the_bytes(hidden, client):
    hidden.publish()
    answer = client.get(published(hidden))
    tallenne = JulkinenTallenne.objects.get(muoto="json")
    assert answer.headers["ETag"] == f'"{tallenne.sha256}"'
    again = client.get(published(hidden), headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.headers["ETag"]) == (304, answer.headers["ETag"])


def test_either_sets_files_are_known_by_their_hash(hidden, cast, client):
    hidden.publish()
    for content in (stored_bytes(hidden, "csv"), public_bytes(show_publicly(hidden), "csv")):
        answer = client.post("/tarkista/", {"tunniste": _digest(content)})
        assert "versio 2" in answer.text and "CSV" in answer.text


def _digest(content):
    import hashlib

    return hashlib.sha256(content).hexdigest()


# --- corrections
def told(client, versio):
    korjaus = json.loads(client.get(published(versio)).content)["korjaus"]
    return korjaus and (korjaus["versio"], [(m["ennen"], m["nyt"]) for m in korjaus["muutokset"]])


def test_a_correction_of_what_was_never_public_has_no_list(cast, client):
    second = correct(cast)
    second.publish()
    assert told(client, second) is None


def test_the_list_compares_with_the_newest_earlier_version_that_is_public_at_that_moment(cast, client):
    cast.versio.publish()
    correct(cast, kommentti="Vain sisäinen.")
    third = correct(cast, kommentti="Kolmas.")
    third.publish()
    first = "Suunnitelma valmis – kilpailu syksyllä."
    assert told(client, third) == (1, [(first, "Kolmas.")])
    cast.versio.withdraw()
    assert told(client, third) is None
    cast.versio.publish()
    assert told(client, third) == (1, [(first, "Kolmas.")])


@pytest.mark.parametrize("muoto", ["html", "json", "csv", "xlsx", "docx", "pdf"])
def test_a_phone_number_that_was_corrected_away_is_in_no_public_format(cast, client, muoto):
    second = correct(cast, kommentti=f"Soita {PUHELIN}.", syy=f"Poistetaan {PUHELIN}.")
    second.publish()
    third = correct(cast, kommentti="Soita vaihteeseen.", syy=f"Poistettiin {PUHELIN}.")
    third.publish()
    assert PUHELIN not in client.get(reverse("raportit:julkinen-versio", args=["kirkkoranta", third.tunnus])).text
    if muoto in ("html", "json", "csv"):
        assert PUHELIN not in client.get(published(third, muoto)).text
    elif muoto == "pdf":
        assert PUHELIN not in _text_of_pdf(client.get(published(third, muoto)).content)
    assert "Soita vaihteeseen." in client.get(published(third)).text


def _text_of_pdf(content):
    import subprocess

    return subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


def test_the_koordinaattori_hides_old_texts_and_they_stay_hidden_in_later_lists(cast, client, kirjautunut):
    cast.versio.publish()
    second = correct(cast, kommentti="Toinen.")
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(reverse("raportit:versio-julkaisu", args=[second.pk])).text
    assert "Älä näytä vanhaa tekstiä" in page
    kaisa.post(reverse("raportit:versio-julkaisu", args=[second.pk]), {"toimi": "julkaise", "piilota_vanhat": "1"})
    assert told(client, second) == (1, [("", "Toinen.")])
    third = correct(cast, kommentti="Kolmas.")
    third.publish()
    second.withdraw()
    assert told(client, third) == (1, [("", "Kolmas.")]), "luettelo ulottuu piilotetun korjauksen yli"


def test_old_texts_stay_hidden_when_it_is_published_again_without_a_list_to_choose_of(cast, client, kirjautunut):
    cast.versio.publish()
    second = correct(cast, kommentti="Toinen.")
    second.publish(piilota_vanhat=True)
    cast.versio.withdraw()
    second.withdraw()
    path, kaisa = reverse("raportit:versio-julkaisu", args=[second.pk]), kirjautunut(cast.kaisa)
    assert "piilota_vanhat" not in kaisa.get(path).text
    kaisa.post(path, {"toimi": "julkaise"})
    cast.versio.publish()
    assert told(client, second) == (1, [("", "Toinen.")])


def test_a_public_file_is_made_anew_when_what_is_visible_changes_and_given_again_when_it_is_the_same(cast, client):
    cast.versio.publish()
    second = correct(cast, kommentti="Toinen.")
    second.publish()
    files = [client.get(published(second)).content]
    second.withdraw()
    second.publish(piilota_vanhat=True)
    files.append(client.get(published(second)).content)
    cast.versio.withdraw()
    files.append(client.get(published(second)).content)
    correct(cast, kommentti="Kolmas.").publish()
    files.append(client.get(published(second)).content)
    assert len(set(files)) == 4
    cast.edellinen.raporttiversiot.get(numero=3).withdraw()
    assert client.get(published(second)).content == files[2]
    cast.versio.publish()
    assert client.get(published(second)).content == files[1]


def test_a_replaced_version_says_so_on_every_page_and_to_the_public_when_the_later_one_is_public(
    cast, client, kirjautunut
):
    cast.versio.publish()
    second = correct(cast)
    lista, sivu = (
        "/julkinen/kirkkoranta/",
        reverse("raportit:julkinen-versio", args=["kirkkoranta", cast.versio.tunnus]),
    )
    own = (reverse("raportit:versio-lista"), reverse("raportit:versio-detail", args=[cast.versio.pk]), "/")
    own += (reverse("seuranta:jakso-detail", args=[cast.edellinen.pk]),)
    korvattu = "Korvattu versiolla 2"
    assert all(korvattu in kirjautunut(cast.kaisa).get(path).text for path in own)
    assert not any(korvattu in client.get(path).text for path in (lista, sivu))
    assert not any(korvattu in kirjautunut(cast.liisa).get(path).text for path in own)
    second.publish()
    assert all(korvattu in client.get(path).text for path in (lista, sivu))
    assert all(korvattu in kirjautunut(cast.liisa).get(path).text for path in own)
    assert "orvattu versiolla 2" in client.get(published(cast.versio, "html")).text


def test_of_many_later_versions_the_newest_has_taken_its_place(cast, client):
    for versio in (cast.versio, correct(cast, kommentti="Toinen."), correct(cast, kommentti="Kolmas.")):
        versio.publish()
    page = client.get(reverse("raportit:julkinen-versio", args=["kirkkoranta", cast.versio.tunnus])).text
    assert "Korvattu versiolla 3" in page and "Korvattu versiolla 2" not in page


def test_the_reason_of_reopening_is_told_to_others_only_without_personal_data(cast, kirjautunut):
    cast.edellinen.reopen(by=cast.kaisa, syy=f"Poistetaan {PUHELIN}.")
    path = reverse("seuranta:jakso-detail", args=[cast.edellinen.pk])
    assert PUHELIN in kirjautunut(cast.kaisa).get(path).text
    assert PUHELIN not in kirjautunut(cast.veikko).get(path).text


def test_the_reason_is_hidden_with_the_old_texts_on_the_jaksos_page_too(cast, kirjautunut):
    second = correct(cast, syy="Esko pyysi.")
    path = reverse("seuranta:jakso-detail", args=[cast.edellinen.pk])
    assert "Esko pyysi." in kirjautunut(cast.liisa).get(path).text
    second.publish(piilota_vanhat=True)
    assert "Esko pyysi." not in kirjautunut(cast.liisa).get(path).text
    assert "Esko pyysi." in kirjautunut(cast.tarmo).get(path).text


def test_the_draft_of_a_closed_jakso_leads_to_its_version(cast, kirjautunut):
    answer = kirjautunut(cast.kaisa).get(reverse("raportit:luonnos", args=[cast.edellinen.pk]))
    assert (answer.status_code, answer.url) == (302, reverse("raportit:versio-detail", args=[cast.versio.pk]))


def test_the_command_gives_either_form(hidden, cast, tmp_path):
    from django.core.management import call_command

    def give(*options):
        file = tmp_path / "raportti.csv"
        call_command(
            "raportti", kunta=cast.kunta.nimi, jakso=cast.edellinen.nimi, muoto="csv", output=file, **dict(options)
        )
        return file.read_text("utf-8-sig")

    assert VASTUU in give()
    assert VASTUU not in give(("julkinen", True))
