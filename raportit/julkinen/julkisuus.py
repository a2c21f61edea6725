"""What anybody may see: the published versions of a kunta, and which version a hash belongs to."""

from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from strategia.models import Julkaisunumero, KunnanOsoite, Kunta, Strategia

from ..models import Raporttiversio, is_public_at

# A kunta's strategia goes before its other plans, and of one the newest jakso. Of whatever has a jakso.
UUSIN_JAKSO_ENSIN = (
    Case(
        When(jakso__strategia__laji=Strategia.Laji.STRATEGIA, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    ),
    F("jakso__paattyy").desc(nulls_last=True),
    "-jakso__jarjestys",
)
UUSIN_ENSIN = (*UUSIN_JAKSO_ENSIN, "-numero")  # and of that the newest version


def find_kunta(slug: str) -> Kunta | None:
    """The kunta of a public address, an old one too."""
    return KunnanOsoite.objects.find_kunta(slug)


def published(kunta: Kunta):
    """Its published versions, the newest first; what was frozen of them apart."""
    return Raporttiversio.objects.public_at().filter(kunta=kunta).select_related("jakso")


def next_publishing() -> Subquery:
    """Of an outer Kunta the time at which something more becomes public; null where nothing waits."""
    waiting = Raporttiversio.objects.filter(kunta=OuterRef("pk"), julkaistaan__gt=timezone.now())
    return Subquery(waiting.order_by("julkaistaan").values("julkaistaan")[:1])


def tell_published(versio: Raporttiversio) -> None:
    """No public page of before is given any more."""
    Julkaisunumero.objects.bump(versio.kunta_id)


def find_versions(tiiviste: str, user):
    """[(version, format or "")] that the sha256 is of: published ones, and to a user what the user may read.

    The format is "" for the hash of the frozen text itself, which is also that of its JSON file.
    """
    visible = is_public_at(timezone.now())
    if user.is_authenticated and user.kunta_id:
        visible |= Q(pk__in=Raporttiversio.objects.readable_by(user).values("pk"))
    versiot = Raporttiversio.objects.filter(visible).select_related("jakso", "kunta").defer("data")
    found = [(versio, "") for versio in versiot.filter(sha256=tiiviste)]
    formats = {}
    for tallenteet in ("tallenteet", "julkiset_tallenteet"):
        files = versiot.filter(**{f"{tallenteet}__sha256": tiiviste})
        formats |= dict(files.values_list("pk", f"{tallenteet}__muoto"))
    return found + [(versio, formats[versio.pk]) for versio in versiot.filter(pk__in=formats)]
