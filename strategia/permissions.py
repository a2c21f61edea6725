"""user + object -> bool: who may do what. A user of another kunta may do nothing here."""

from django.db.models import Exists, OuterRef

from .models import Jasenyys, Kayttaja, Rooli, Toimenpide, Toimiala, Vastuuhenkilo

KOORDINOIVAT = (Rooli.KOORDINAATTORI, Rooli.PAAKAYTTAJA)
TOIMIALAN_ROOLIT = (Rooli.RAPORTOIJA, Rooli.HYVAKSYJA)
HYVAKSYVAT = (Rooli.HYVAKSYJA, *KOORDINOIVAT)
KIRJAAVAT = (*TOIMIALAN_ROOLIT, *KOORDINOIVAT)


def is_member(user, row):
    """Does the user belong to the kunta of this row (or to this Kunta)?"""
    kunta_id = getattr(row, "kunta_id", None) or row.pk
    return user.is_active and user.kunta_id is not None and user.kunta_id == kunta_id


def can_coordinate(user, row):
    return is_member(user, row) and user.rooli in KOORDINOIVAT


def can_import(user, row):
    return is_member(user, row) and user.rooli == Rooli.PAAKAYTTAJA


def can_manage_users(user, row):
    """Users and toimialat are the pääkäyttäjä's."""
    return is_member(user, row) and user.rooli == Rooli.PAAKAYTTAJA


def can_approve(user, toimenpide):
    """A hyväksyjä approves in the own toimialat; a toimenpide without one is the koordinaattori's."""
    return can_coordinate(user, toimenpide) or (
        is_member(user, toimenpide) and user.rooli == Rooli.HYVAKSYJA and _shares_toimiala(user, toimenpide)
    )


def can_record(user, toimenpide):
    return can_coordinate(user, toimenpide) or (
        is_member(user, toimenpide) and user.rooli in TOIMIALAN_ROOLIT and _shares_toimiala(user, toimenpide)
    )


def can_answer_for(user, toimiala):
    """May hand in the answers of this toimiala as a table: the koordinaattori, and those who record in it."""
    return can_coordinate(user, toimiala) or (
        is_member(user, toimiala) and user.rooli in TOIMIALAN_ROOLIT and user.toimialat.filter(pk=toimiala.pk).exists()
    )


def can_handle_answers(user, tuonti):
    """A workbook of answers that came in: its sender while the toimiala is the own one, and the koordinaattori."""
    is_own = tuonti.tekija_id == user.pk and can_answer_for(user, tuonti.toimiala)
    return is_own or can_coordinate(user, tuonti)


def answerable_toimialat(user):
    """The toimialat of can_answer_for as a queryset."""
    mine = Toimiala.objects.filter(kunta=user.kunta_id)
    if user.rooli in KOORDINOIVAT:
        return mine
    return mine.filter(kayttajat=user) if user.rooli in TOIMIALAN_ROOLIT else mine.none()


def can_audit(user, row):
    return can_coordinate(user, row) or (is_member(user, row) and user.rooli == Rooli.TARKASTAJA)


def can_follow(user, toimenpide):
    """May see what is still being written: open jaksot, drafts, sisäinen huomio, and the history of every save."""
    return can_audit(user, toimenpide) or can_record(user, toimenpide)


def _shares_toimiala(user, toimenpide):
    return toimenpide.toimiala_id is not None and user.toimialat.filter(pk=toimenpide.toimiala_id).exists()


def own_toimenpiteet(user):
    """The toimenpiteet the user may record: the queryset form of can_record, narrowed by vastuuhenkilöt.

    A raportoija is not shown what has been given to other persons of the same toimiala, as long as one of them is
    in use.
    """
    mine = Toimenpide.objects.filter(kunta=user.kunta_id)
    if user.rooli in KOORDINOIVAT:
        return mine
    if user.rooli not in TOIMIALAN_ROOLIT:
        return mine.none()
    mine = mine.filter(toimiala__in=user.toimialat.all())
    if user.rooli == Rooli.RAPORTOIJA:
        # EXISTS twice: PostgreSQL runs a NOT IN of the same meaning once for each row, and that for seconds.
        given = Vastuuhenkilo.objects.filter(toimenpide=OuterRef("pk"), kayttaja__is_active=True)
        mine = mine.filter(~Exists(given) | Exists(given.filter(kayttaja=user)))
    return mine


def approvable_toimenpiteet(user):
    """The toimenpiteet whose kirjaukset the user may approve: the queryset form of can_approve."""
    mine = Toimenpide.objects.filter(kunta=user.kunta_id)
    if user.rooli in KOORDINOIVAT:
        return mine
    return mine.filter(toimiala__in=user.toimialat.all()) if user.rooli == Rooli.HYVAKSYJA else mine.none()


def followed_toimenpiteet(user):
    """The queryset form of can_follow."""
    mine = Toimenpide.objects.filter(kunta=user.kunta_id)
    if user.rooli in (*KOORDINOIVAT, Rooli.TARKASTAJA):
        return mine
    return mine.filter(toimiala__in=user.toimialat.all()) if user.rooli in TOIMIALAN_ROOLIT else mine.none()


def named_outside(toimenpiteet):
    """The people who are named on one of these toimenpiteet and do not belong to its toimiala: they do not see it."""
    named = Vastuuhenkilo.objects.filter(
        toimenpide__in=toimenpiteet, kayttaja__is_active=True, kayttaja__rooli__in=TOIMIALAN_ROOLIT
    )
    member = Jasenyys.objects.filter(kayttaja=OuterRef("kayttaja"), toimiala=OuterRef("toimenpide__toimiala"))
    outside = named.exclude(Exists(member)).filter(toimenpide__toimiala__isnull=False)
    return list(Kayttaja.objects.filter(pk__in=outside.values("kayttaja")).order_by("nimi"))
