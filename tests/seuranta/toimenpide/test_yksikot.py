"""The page of a toimenpide tells what its units answered in each jakso, and who changed it."""

from django.urls import reverse

from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, Osavastaus, Vastaus, Yksikkovastaus


def page(client, cast):
    return " ".join(client.get(reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])).text.split())


def answer(cast):
    units = [Yksikkovastaus("Katuosa", 4, "Valettu."), Yksikkovastaus("Puistot", 2)]
    katu, puistot = Osavastaus.objects.record(cast.jakso, cast.vayla, units, by=cast.veikko)[0]
    again = Yksikkovastaus("Katuosa", 5, "Valmis.", pk=katu.pk, versio=1)
    away = Yksikkovastaus("Puistot", 2, pk=puistot.pk, versio=1, poista=True)
    Osavastaus.objects.record(cast.jakso, cast.vayla, [again, away], by=cast.hilkka)


def test_who_follows_sees_the_answers_and_each_save(cast, kirjautunut):
    answer(cast)
    told = page(kirjautunut(cast.veikko), cast)
    assert "<b>Katuosa:</b> 5 Valmis." in told
    assert "Katuosa: toteutumisaste:" in told
    assert "Hilkka Hyvönen" in told
    assert "Poistettu" in told


def test_a_councillor_sees_them_once_the_jakso_is_closed_and_what_is_hidden_never(cast, kirjautunut):
    answer(cast)
    liisa = kirjautunut(cast.liisa)
    assert "Katuosa" not in page(liisa, cast)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(1, 3, "", "Kesken.", laheta=True)}, by=cast.veikko)
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    told = page(liisa, cast)
    assert "<b>Katuosa:</b> 5 Valmis." in told
    assert "Katuosa: toteutumisaste:" not in told
    cast.strategia.sarakkeet = [{"rooli": "kommentti", "otsikko": "Kommentti", "piilossa": True}]
    cast.strategia.save()
    told = page(liisa, cast)
    assert "<b>Katuosa:</b> 5" in told
    assert "Valmis." not in told
