"""The two steps of an act on many rows, as a browser takes them."""

from django.urls import reverse

from tests.lomakkeet import read_forms


def choose(client, cast, teko, toimenpiteet, kysely=""):
    """The page that asks what the chosen rows get; toimenpiteet "kaikki": all that match the query."""
    path = reverse("strategia:rivit-muuta", args=[cast.strategia.pk]) + kysely
    chosen = {"kaikki": "1"} if toimenpiteet == "kaikki" else {"toimenpiteet": [each.pk for each in toimenpiteet]}
    return client.post(path, {"teko": teko, **chosen})


def sent_form(page):
    """(where it is sent, {name: what it holds untouched}) of the form of the second step."""
    path = page.wsgi_request.path
    (form,) = (form for form in read_forms(page.text, path) if any(k.nimi == "vahvista" for k in form.kentat))
    hidden = {kentta.nimi: kentta.arvo for kentta in form.kentat if kentta.laji in ("hidden", "select")}
    return path, hidden


def change_many(client, cast, teko, toimenpiteet, kysely="", **values):
    """Both steps; the answer after the act."""
    page = choose(client, cast, teko, toimenpiteet, kysely)
    assert page.status_code == 200
    path, hidden = sent_form(page)
    hidden = {name: value for name, value in hidden.items() if name in ("teko", "rivit", "tunniste", "vahvista")}
    return client.post(path, hidden | values, follow=True)
