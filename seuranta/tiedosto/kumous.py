"""Tuonti -> the values that were there before it: what it made goes, what it changed comes back."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from seuranta.models import Kirjaus, Lukutapa, MittariArvo, Osavastaus, Riski, Rivikysymys, Seurantajakso, Tuonti
from strategia.models import (
    Kirjoitusasu,
    Mittari,
    MuuToimiala,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Tapahtuma,
    Tavoitearvo,
    Toimenpide,
    ToimenpideLinkki,
    Toimiala,
    Toimielin,
)
from strategia.tapahtuma import record
from strategia.vuoro import lock_kunta

# In the order they can be deleted: each before what it hangs under.
LUODUT = (
    MittariArvo,
    Osavastaus,
    Riski,
    Lukutapa,
    Kirjaus,
    Kirjoitusasu,
    MuuToimiala,
    Tavoitearvo,
    Mittari,
    MuuToimiala,
    Toimenpide,
    StrateginenTavoite,
    Painopiste,
    Seurantajakso,
    Toimiala,
    Toimielin,
    Strategia,
)
PALAUTETTAVAT = {  # with a history of their own -> "so many of these": the word of a sentence
    Kirjaus: "kirjausta",
    MittariArvo: "mittarin arvoa",
    Osavastaus: "osavastausta",
    Riski: "riskiä",
    Toimenpide: "toimenpidettä",
    Mittari: "mittaria",
    Tavoitearvo: "tavoitearvoa",
}
LISATYT = {ToimenpideLinkki: "linkitystä toiseen suunnitelmaan", Rivikysymys: "viestiä"}  # only ever added


@dataclass(frozen=True)
class Este:
    """Something that depends on the import: a sentence for a person."""

    sana: str


class TuontiaEiVoiKumota(Exception):
    def __init__(self, esteet):
        super().__init__(" ".join(este.sana for este in esteet))
        self.esteet = esteet


def undo_import(tuonti: Tuonti, *, by) -> None:
    """Put back every value the import changed and take away what it made, in one transaction.

    History, versio and the log remain. A toimiala or board that others have begun to use stays in the register.
    Raises TuontiaEiVoiKumota with what depends on the import.
    """
    try:
        _undo_once(tuonti, by)
    except IntegrityError:
        # An answer to a toimenpide that is being taken away was saved at the same moment: now it is seen.
        _undo_once(tuonti, by)


def _undo_once(tuonti, by):
    with transaction.atomic():
        lock_kunta(tuonti.kunta_id)
        tuonti.refresh_from_db()
        for model in PALAUTETTAVAT:
            _hold(model, tuonti)
        if esteet := list_obstacles(tuonti, by=by):
            raise TuontiaEiVoiKumota(esteet)
        for model in PALAUTETTAVAT:
            _restore(model, tuonti, by)
        _restore_plain(tuonti)
        for model in LUODUT:
            _delete(model, tuonti)
        tuonti.refresh_from_db(fields=["strategia"])  # it may have gone with its last row
        tuonti.tila, tuonti.kumottu, tuonti.kumoaja = Tuonti.Tila.KUMOTTU, timezone.now(), by
        tuonti.save()
        record(Tapahtuma.Laji.KUMOTTU, by=by, kunta=tuonti.kunta_id, kohde=tuonti)


def _hold(model, tuonti):
    """Whoever is saving a row of the import is waited for, and then seen; whoever comes later waits for us."""
    list(model.objects.select_for_update(of=("self",)).filter(pk__in=_ids(tuonti, model)).order_by("pk").only("pk"))


def list_obstacles(tuonti: Tuonti, *, by) -> list[Este]:
    """What has happened since that an undo by this user would lose; an empty list when it may be undone."""
    if tuonti.tila != Tuonti.Tila.TALLENNETTU:
        return [Este("Tuontia ei ole tallennettu, tai se on jo kumottu.")]
    if not tuonti.is_open_to(by):
        return [Este(f"Jakso {tuonti.jakso.nimi} ei ota enää vastaan kirjauksia.")]
    return [
        *_closed_jaksot(tuonti),
        *_later_changes(tuonti),
        *_lost_places(tuonti),
        *_later_kirjaukset(tuonti),
        *_later_mittarit(tuonti),
        *_followers(tuonti),
    ]


def _closed_jaksot(tuonti):
    touched = Q(pk__in=Kirjaus.objects.filter(pk__in=_ids(tuonti, Kirjaus)).values("jakso"))
    for model in (MittariArvo, Riski):
        touched |= Q(pk__in=model.objects.filter(pk__in=_ids(tuonti, model)).values("jakso"))
    closed = Seurantajakso.objects.filter(touched, tila=Seurantajakso.Tila.SULJETTU)
    reported = Seurantajakso.objects.filter(
        pk__in=_ids(tuonti, Seurantajakso, made=True), raporttiversiot__isnull=False
    )
    return [
        *(Este(f"Jakso {jakso.nimi} on suljettu. Avaa se ensin uudelleen.") for jakso in closed),
        *(Este(f"Jaksosta {jakso.nimi} on jo raportti.") for jakso in reported.distinct() if jakso not in closed),
    ]


def _later_changes(tuonti):
    """Rows whose newest history is not this import's: somebody, or a later import, has changed them since."""
    found = []
    for model, word in PALAUTETTAVAT.items():
        ids = _ids(tuonti, model)
        if not ids:
            continue
        newest = {row["id"]: row for row in model.history.filter(id__in=ids).order_by("history_id").values(*_HISTORY)}
        later = sum(row["history_change_reason"] != tuonti.merkki for row in newest.values())
        if later:
            found.append(Este(f"{later} {word} on muutettu tuonnin jälkeen."))
    return found


def _lost_places(tuonti):
    """Toimenpiteet that it moved from a tavoite which is no more: they cannot go back there."""
    earlier = [change["ennen"].get("tavoite") for change in tuonti.muutokset if "tavoite" in change.get("ennen", {})]
    there = set(StrateginenTavoite.objects.filter(pk__in=earlier).values_list("pk", flat=True))
    count = sum(pk not in there for pk in earlier if pk)
    return [Este(f"Tavoite, jonka alta tuonti siirsi {count} toimenpidettä, on poistettu tai yhdistetty.")] * bool(
        count
    )


_HISTORY = ("id", "history_change_reason")


def _later_kirjaukset(tuonti):
    mine = Kirjaus.objects.filter(pk__in=_ids(tuonti, Kirjaus, made=True))
    others = Kirjaus.objects.exclude(pk__in=mine)
    made = Toimenpide.objects.filter(pk__in=_ids(tuonti, Toimenpide, made=True))
    jaksot = Seurantajakso.objects.filter(pk__in=_ids(tuonti, Seurantajakso, made=True))
    count = (others.filter(toimenpide__in=made) | others.filter(jakso__in=jaksot)).count()
    found = [Este(f"Tuotuihin toimenpiteisiin tai jaksoihin on tehty {count} uutta kirjausta.")] if count else []
    if Tuonti.objects.filter(jakso__in=jaksot).exists():
        found.append(Este("Tuotuun jaksoon on lähetetty vastaustaulukko."))
    return found


def _later_mittarit(tuonti):
    """What hangs on the rows that it made, and is not its own: deleting those would take it along."""
    jaksot, toimenpiteet, kirjaukset, mittarit = (
        _ids(tuonti, model, made=True) for model in (Seurantajakso, Toimenpide, Kirjaus, Mittari)
    )
    hanging = (
        (MittariArvo, Q(jakso__in=jaksot) | Q(mittari__in=mittarit)),
        (Osavastaus, Q(kirjaus__in=kirjaukset)),
        (Riski, Q(jakso__in=jaksot) | Q(toimenpide__in=toimenpiteet)),
        (Mittari, Q(toimenpide__in=toimenpiteet)),
        (Tavoitearvo, Q(mittari__in=mittarit)),
        (ToimenpideLinkki, Q(toimenpide__in=toimenpiteet)),
        (Rivikysymys, Q(jakso__in=jaksot) | Q(toimenpide__in=toimenpiteet)),
    )
    found = []
    for model, hangs in hanging:
        own = _ids(tuonti, model, made=True)
        count = model.objects.filter(hangs, kunta=tuonti.kunta_id).exclude(pk__in=own).count()
        if count:
            word = (PALAUTETTAVAT | LISATYT)[model]
            found.append(Este(f"Tuotuihin riveihin on lisätty {count} {word}."))
    return found


def _followers(tuonti):
    """Toimenpiteet of another plan that continue what it made."""
    made = _ids(tuonti, Toimenpide, made=True)
    count = Toimenpide.objects.filter(edeltaja__in=made).exclude(pk__in=made).count()
    return [Este(f"Tuotuja toimenpiteitä jatkaa toisessa suunnitelmassa {count} toimenpidettä.")] if count else []


def _ids(tuonti, model, *, made=None):
    return [
        change["id"]
        for change in tuonti.muutokset
        if change["malli"] == model._meta.model_name and made in (None, change["luotu"])
    ]


def _restore(model, tuonti, by):
    before = {
        change["id"]: change["ennen"]
        for change in tuonti.muutokset
        if change["malli"] == model._meta.model_name and not change["luotu"]
    }
    rows = list(model.objects.filter(pk__in=before))
    fields = sorted({name for values in before.values() for name in values})
    for row in rows:
        for name, value in before[row.pk].items():
            field = model._meta.get_field(name)
            # versio only grows: whoever has the row open must see that it changed.
            setattr(row, field.attname, row.versio + 1 if name == "versio" else field.to_python(value))
    if rows:
        reason = f"{tuonti.merkki} kumottu"
        bulk_update_with_history(rows, model, fields, default_user=by, default_change_reason=reason)


def _restore_plain(tuonti):
    """What has no history. A reading that a later file has changed stays as that one left it."""
    for change in tuonti.muutokset:
        if change["luotu"]:
            continue
        if change["malli"] == "strategia":
            Strategia.objects.filter(pk=change["id"]).update(**change["ennen"])
        elif change["malli"] == "lukutapa":
            mine = Lukutapa.objects.filter(pk=change["id"], versio=change["versio"])
            mine.update(**change["ennen"], versio=change["versio"] + 1)


def _delete(model, tuonti):
    rows = model.objects.filter(pk__in=_ids(tuonti, model, made=True))
    if model is Lukutapa:
        rows = rows.filter(versio=1)
    if model not in (Toimiala, Toimielin, StrateginenTavoite, Painopiste, Strategia):
        rows.delete()
        return
    for row in rows:
        try:
            with transaction.atomic():
                if model is Strategia:
                    _let_go(row, tuonti)
                row.delete()
        except ProtectedError:
            continue  # another row has begun to use it: the name stays in the register


def _let_go(strategia, tuonti):
    """The files that name it and hold nothing of it: this one, and those that wait or have been taken back."""
    saved = Tuonti.objects.filter(strategia=strategia, tila=Tuonti.Tila.TALLENNETTU).exclude(pk=tuonti.pk)
    Tuonti.objects.filter(strategia=strategia).exclude(pk__in=saved.values("pk")).update(strategia=None)


def as_json(change):
    """A change of an import as undo keeps it."""
    before = change.get("ennen")
    return {**change, "ennen": {name: plain(value) for name, value in before.items()}} if before else change


def plain(value):
    """As JSON keeps it."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
