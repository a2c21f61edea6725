"""Every row's kunta is its parent's: one filter scopes everything, and no row hangs under a stranger's."""

import datetime

import pytest
from django.apps import apps
from django.utils import timezone

from raportit.models import JulkinenTallenne, Kasittely, Saate, Tallenne, Tilaus, Tilausviesti
from seuranta.models import (
    Joukkokirjaus,
    Kirjaus,
    Kokous,
    Lukutapa,
    MittariArvo,
    Mittaus,
    Osavastaus,
    Paatos,
    Riski,
    Rivikysymys,
    ToimialanMaaraaika,
    Tuonti,
    Vastaus,
)
from strategia.joukkomuutos.teko import do, undo
from strategia.models import (
    Avain,
    Ilmoitusviesti,
    Istunto,
    Kalenteriavain,
    Kirjoitusasu,
    Kunta,
    MuuToimiala,
    Painopiste,
    Sijaisuus,
    Strategia,
    StrateginenTavoite,
    Tapahtuma,
    Toimenpide,
    ToimenpideLinkki,
    Toimielinjasenyys,
    Tunnistaja,
    Tunnistajaryhma,
    TunnistajaryhmanToimiala,
    Ulkotunnus,
    Vastuuhenkilo,
)

MODELS = [
    model
    for app in ("strategia", "seuranta", "raportit")
    for model in apps.get_app_config(app).get_models()
    if model not in (Kunta, Istunto)  # a session is a person's
]
LINKS = [
    (model, field.name)
    for model in MODELS
    for field in model._meta.concrete_fields
    if field.many_to_one and "kunta" in {f.name for f in field.related_model._meta.fields}
]


@pytest.fixture
def full_cast(cast):
    """The cast with a row in every table."""
    return fill(cast)


def fill(cast):
    day = datetime.date(2026, 9, 15)
    tuonti = Tuonti.objects.create(
        kunta=cast.kunta,
        strategia=cast.strategia,
        jakso=cast.jakso,
        toimiala=cast.tekniset,
        tekija=cast.aino,
        kumoaja=cast.aino,
        tiedostonimi="seuranta.xlsx",
        sha256="0" * 64,
    )
    Paatos.objects.create(kunta=cast.kunta, tuonti=tuonti, laji=Paatos.Laji.JAKSO, arvo="Syksy", kuka=cast.aino)
    Lukutapa.objects.create(kunta=cast.kunta, avain="0" * 64, kuka=cast.aino)
    Toimielinjasenyys.objects.create(kunta=cast.kunta, kayttaja=cast.liisa, toimielin=cast.lautakunta)
    people = {"sijaistettava": cast.hilkka, "sijainen": cast.veikko, "tekija": cast.hilkka}
    Sijaisuus.objects.create(kunta=cast.kunta, alkaa=day, paattyy=day, **people)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3)}, by=cast.veikko)
    Kirjaus.objects.update_or_create(jakso=cast.jakso, toimenpide=cast.vayla, defaults={"tuonti": tuonti})
    cast.vayla.toimielin, cast.vayla._history_user = cast.lautakunta, cast.kaisa
    cast.vayla.edeltaja = create_predecessor(cast)
    cast.vayla.save()
    Vastuuhenkilo.objects.create(kunta=cast.kunta, toimenpide=cast.vayla, kayttaja=cast.veikko)
    ToimialanMaaraaika.objects.create(
        kunta=cast.kunta, jakso=cast.jakso, toimiala=cast.tekniset, vastaus_viimeistaan=day
    )
    for name, target in (
        ("toimiala", cast.tekniset),
        ("toimielin", cast.lautakunta),
        ("painopiste", cast.painopisteet[0]),
        ("tavoite", cast.tavoitteet[0]),
        ("toimenpide", cast.vayla),
    ):
        Kirjoitusasu.objects.create(kunta=cast.kunta, asu=f"Toinen {target.nimi}", **{name: target})
    Kasittely.objects.create(kunta=cast.kunta, versio=cast.versio, toimielin="Valtuusto", pvm=timezone.localdate())
    Kokous.objects.create(kunta=cast.kunta, jakso=cast.jakso, toimielin="Valtuusto", pvm=day)
    Kalenteriavain.objects.make(cast.veikko)
    ryhma = Tunnistajaryhma.objects.create(kunta=cast.kunta, ryhma="Seuranta-raportoijat", rooli="raportoija")
    TunnistajaryhmanToimiala.objects.create(kunta=cast.kunta, ryhma=ryhma, toimiala=cast.tekniset)
    Tunnistaja.objects.create(kunta=cast.kunta, issuer="https://tunnistaja.example")
    Ulkotunnus.objects.create(kunta=cast.kunta, kayttaja=cast.veikko, issuer="https://tunnistaja.example", tunniste="1")
    Ilmoitusviesti.objects.claim(cast.jakso, cast.veikko, "muistutus", paiva=day, tekija=cast.kaisa)
    add_mittarit(cast, tuonti)
    Rivikysymys.objects.write(cast.jakso, cast.vayla, "Montako metriä?", by=cast.hilkka)
    Joukkokirjaus.objects.send(cast.jakso, {}, by=cast.veikko)
    cast.versio.publish(by=cast.kaisa)
    for model in (Tallenne, JulkinenTallenne):
        model.objects.create(kunta=cast.kunta, versio=cast.versio, muoto="csv", sha256="0" * 64, koko=1)
    done = {"laji": Tapahtuma.Laji.KIRJAUTUI, "kuka": cast.otso, "sijaisena": cast.veikko}
    Tapahtuma.objects.create(kunta=cast.kunta, **done)
    saate = Saate(kunta=cast.kunta, jakso=cast.jakso, avaus="Alku")
    saate._history_user = cast.kaisa
    saate.save()
    return cast


def create_predecessor(cast):
    """A toimenpide of the term before."""
    told = {"kunta": cast.kunta}
    strategia = Strategia.objects.create(**told, nimi="Edellinen kausi")
    painopiste = Painopiste.objects.create(**told, strategia=strategia, nimi="Arki")
    tavoite = StrateginenTavoite.objects.create(**told, painopiste=painopiste, nimi="Reitit")
    return Toimenpide.objects.create(**told, tavoite=tavoite, nimi="Väylä aloitetaan", toimiala=cast.tekniset)


def add_mittarit(cast, tuonti):
    """A row in each table around the measures that the cast leaves empty, and in each of their links."""
    MittariArvo.objects.record(cast.jakso, {cast.mittarit[0]: Mittaus(0, "12")}, by=cast.veikko, tuonti=tuonti)
    cast.mittarit[1]._history_user = cast.kaisa
    cast.mittarit[1].save()
    tavoite = cast.mittarit[1].tavoitteet.first()
    tavoite._history_user = cast.kaisa
    tavoite.save()
    MuuToimiala.objects.create(kunta=cast.kunta, toimenpide=cast.vayla, toimiala=cast.sivistys)
    ToimenpideLinkki.objects.create(kunta=cast.kunta, toimenpide=cast.vayla, tavoite=cast.tavoitteet[1])
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    osa = Osavastaus(kunta=cast.kunta, kirjaus=kirjaus, nimi="Lomitus", toteutumisaste=4)
    sanoja = Osavastaus(kunta=cast.kunta, kirjaus=kirjaus, nimi="Sivistys", toimiala=cast.sivistys, kommentti="Mukana.")
    riskit = [
        Riski(kunta=cast.kunta, strategia=cast.strategia, jakso=cast.jakso, teksti="Raha ei riitä", **{name: target})
        for name, target in (("toimenpide", cast.vayla), ("tavoite", cast.tavoitteet[0]))
    ]
    for row in (osa, sanoja, *riskit):
        row._history_user = cast.kaisa
        row.save()
    for row in (osa, kirjaus, riskit[0], MittariArvo.objects.filter(kunta=cast.kunta).first()):
        row.history.update(sijaisena=cast.veikko)
    act = do(cast.strategia, "sitovuus", {cast.kerho: {"sitovuus": "muu"}}, kuvaus="Sitovuus: muu", by=cast.kaisa)
    undo(act, by=cast.kaisa)
    tilaus = Tilaus.objects.create(kunta=cast.kunta, tunniste="0" * 64, osoite="")
    Tilausviesti.objects.create(kunta=cast.kunta, tilaus=tilaus, versio=cast.versio)
    avain, _key = Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)
    avain.end(by=cast.aino)


def strangers(model, link):
    """How many linked rows there are, and those whose kunta is not their parent's."""
    linked = model._base_manager.filter(**{f"{link}__kunta__isnull": False})
    pairs = list(linked.values_list("pk", "kunta", f"{link}__kunta"))
    return len(pairs), [pk for pk, own, parents in pairs if own != parents]


@pytest.mark.parametrize(("model", "link"), LINKS, ids=lambda part: getattr(part, "__name__", part))
def test_every_row_has_the_kunta_of_its_parent(full_cast, model, link):
    count, wrong = strangers(model, link)
    assert count, "cast ei kata tätä: lisää rivi full_castiin"
    assert wrong == []


def test_a_row_under_a_stranger_is_found(cast):
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(toimiala=cast.naapuri.tekniset)
    assert strangers(Toimenpide, "toimiala") == (8, [cast.vayla.pk])
