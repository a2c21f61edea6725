"""user + kunta or row -> bool: who may do what; then the same as querysets.

Each role does what the ones before it do: raportoija, hyväksyjä, koordinaattori, pääkäyttäjä. A hyväksyjä and a
raportoija do it in their own toimialat, and on the days of a sijaisuus in those of whom they stand in for. The
luottamushenkilö and the tarkastaja only read.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .models import (
    KIRJAUTUMISET,
    SIJAISTETTAVAT,
    Jasenyys,
    Kayttaja,
    Kunta,
    Mittari,
    MuuToimiala,
    Rooli,
    Sijaisuus,
    Tapahtuma,
    Toimenpide,
    Toimiala,
    Vastuuhenkilo,
)

KOORDINOIVAT = (Rooli.KOORDINAATTORI, Rooli.PAAKAYTTAJA)
TOIMIALAN_ROOLIT = SIJAISTETTAVAT
HYVAKSYVAT = (Rooli.HYVAKSYJA, *KOORDINOIVAT)
KIRJAAVAT = (*TOIMIALAN_ROOLIT, *KOORDINOIVAT)

# --- of the role alone, where no row is asked about: the menu, a page of one's own, whom a message reaches


def records(user):
    return user.rooli in KIRJAAVAT


def approves(user):
    """By the own role, or today for another."""
    return approves_by_role(user) or any(each.hyvaksyy for each in user.sijaisuudet)


def approves_by_role(user):
    return user.rooli in HYVAKSYVAT


def coordinates(user):
    return user.rooli in KOORDINOIVAT


def administers(user):
    """Has the kunta itself, its users and toimialat and the tuonnit to keep."""
    return user.rooli == Rooli.PAAKAYTTAJA


def audits(user):
    return coordinates(user) or user.rooli == Rooli.TARKASTAJA


def reads_tapahtumat(user):
    """Who did what: the kunta's pääkäyttäjä and tarkastaja; of the installation, its superuser."""
    return administers(user) or user.rooli == Rooli.TARKASTAJA or user.is_superuser


def readable_lajit(user):
    """The kinds of acts that one may read: sign-ins are the pääkäyttäjä's and the superuser's."""
    every = set(Tapahtuma.Laji.values)
    return every if administers(user) or user.is_superuser else every - set(KIRJAUTUMISET)


def readable_tapahtumat(user):
    """The acts in the own kunta; of who has none, those on the installation."""
    mine = Tapahtuma.objects.filter(kunta=user.kunta_id) if reads_tapahtumat(user) else Tapahtuma.objects.none()
    return mine if readable_lajit(user) >= set(KIRJAUTUMISET) else mine.exclude(laji__in=KIRJAUTUMISET)


def is_bound_to_toimialat(user):
    """Records, and approves if at all, in the own toimialat only."""
    return user.rooli in TOIMIALAN_ROOLIT


def sees_closed_only(user):
    return user.rooli == Rooli.LUOTTAMUSHENKILO


# --- of a kunta or a row: whoever is of another kunta may do nothing here, and nobody may with None


def is_member(user, row):
    """Does the user belong to this Kunta, or to the kunta of this row?"""
    kunta_id = row.pk if isinstance(row, Kunta) else getattr(row, "kunta_id", None)
    return kunta_id is not None and user.is_active and user.kunta_id == kunta_id


def can_coordinate(user, row):
    """The koordinaattori opens, extends, finishes and closes a jakso, edits the plan and makes the reports."""
    return is_member(user, row) and coordinates(user)


def can_reopen(user, jakso):
    """Takes a closed jakso back to viimeistely."""
    return can_coordinate(user, jakso)


def can_import(user, row):
    """Tables are the pääkäyttäjä's; a list of the plan is the koordinaattori's too."""
    return is_member(user, row) and (administers(user) or coordinates(user) and getattr(row, "on_luettelo", False))


def can_edit_kunta(user, kunta):
    return is_member(user, kunta) and administers(user)


def can_manage_users(user, row):
    """Users and toimialat are the pääkäyttäjä's."""
    return is_member(user, row) and administers(user)


def can_set_sijainen(user, person):
    """Who stands in for this person is told by the person and by the pääkäyttäjä."""
    return can_end_sijaisuus(user, person) and is_bound_to_toimialat(person) and person.is_active


def can_end_sijaisuus(user, person):
    """Of one who has left or changed roles too: who is back, in use again, is not stood in for unawares."""
    return is_member(user, person) and (administers(user) or user == person)


def can_approve(user, toimenpide):
    """A hyväksyjä approves in the own toimialat; a toimenpide without one is the koordinaattori's."""
    return can_coordinate(user, toimenpide) or (
        is_member(user, toimenpide) and approves(user) and _is_among(approving_toimialat(user), toimenpide)
    )


def can_record(user, toimenpide):
    return can_coordinate(user, toimenpide) or (
        is_member(user, toimenpide) and records(user) and _is_among(recording_toimialat(user), toimenpide)
    )


def can_comment(user, toimenpide):
    """Of another toimiala of the toimenpide than the one that leads and scores it: sees it and comments on it."""
    if not (is_member(user, toimenpide) and is_bound_to_toimialat(user)):
        return False
    mine = recording_toimialat(user)
    return not _is_among(mine, toimenpide) and _is_in_other_toimiala(mine, toimenpide)


def can_record_mittari(user, mittari):
    """Its value: who records the toimenpide it hangs under; else its own toimiala's people, and the koordinaattori."""
    if getattr(mittari, "toimenpide_id", None) is not None:
        return can_record(user, mittari.toimenpide)
    return can_coordinate(user, mittari) or (
        is_member(user, mittari) and records(user) and _is_among(recording_toimialat(user), mittari)
    )


def can_approve_mittari(user, mittari):
    """Its value: a toimenpide's with its kirjaus, one of no toimenpide by itself."""
    if getattr(mittari, "toimenpide_id", None) is not None:
        return can_approve(user, mittari.toimenpide)
    return can_coordinate(user, mittari) or (
        is_member(user, mittari) and approves(user) and _is_among(approving_toimialat(user), mittari)
    )


def can_edit_mittari(user, row):
    """The mittarit and their targets are plan: the koordinaattori's."""
    return can_coordinate(user, row)


def can_edit_riski(user, kohde):
    """The risks of this toimenpide or tavoite: who records the toimenpide; of a tavoite the koordinaattori."""
    return can_record(user, kohde) if isinstance(kohde, Toimenpide) else can_coordinate(user, kohde)


def can_manage_avaimet(user, row):
    """The keys of the API are the pääkäyttäjä's."""
    return is_member(user, row) and administers(user)


def can_see_palvelu(user, row):
    """How the service is doing, and which of the kunta's messages did not leave."""
    return is_member(user, row) and administers(user)


def can_answer_for(user, toimiala):
    """May hand in the answers of this toimiala as a table: the koordinaattori, and those who record in it."""
    return can_coordinate(user, toimiala) or (
        is_member(user, toimiala) and records(user) and recording_toimialat(user).filter(pk=toimiala.pk).exists()
    )


def can_handle_answers(user, tuonti):
    """A workbook of answers that came in: its sender while the toimiala is the own one, and the koordinaattori."""
    return can_coordinate(user, tuonti) or (
        is_member(user, tuonti) and tuonti.tekija_id == user.pk and can_answer_for(user, tuonti.toimiala)
    )


def can_audit(user, row):
    return is_member(user, row) and audits(user)


def can_follow(user, toimenpide):
    """May see what is still being written: open jaksot, drafts, sisäinen huomio, and the history of every save."""
    return can_audit(user, toimenpide) or can_record(user, toimenpide) or can_comment(user, toimenpide)


def can_follow_mittari(user, mittari):
    """The same of a mittari's values."""
    if getattr(mittari, "toimenpide_id", None) is not None:
        return can_follow(user, mittari.toimenpide)
    return can_audit(user, mittari) or can_record_mittari(user, mittari)


def _is_in_other_toimiala(toimialat, toimenpide):
    return MuuToimiala.objects.filter(toimenpide=toimenpide, toimiala__in=toimialat).exists()


def _is_among(toimialat, row):
    return row.toimiala_id is not None and toimialat.filter(pk=row.toimiala_id).exists()


# --- the same as querysets


def recording_toimialat(user):
    """The toimialat that decide what a raportoija or a hyväksyjä records today: the own ones and those stood in for."""
    return _own_and_stood_in(user, user.sijaisuudet)


def approving_toimialat(user):
    """Those in which a raportoija or a hyväksyjä approves today: nobody's approval comes with a raportoija's rows."""
    if approves_by_role(user):
        return _own_and_stood_in(user, [each for each in user.sijaisuudet if each.hyvaksyy])
    return Toimiala.objects.filter(kunta=user.kunta_id, pk__in=[e.toimiala for e in user.sijaisuudet if e.hyvaksyy])


def _own_and_stood_in(user, sijaisuudet):
    if not sijaisuudet:
        return user.toimialat.all()
    own = Q(pk__in=Jasenyys.objects.filter(kayttaja=user).values("toimiala"))
    return Toimiala.objects.filter(own | Q(pk__in=[each.toimiala for each in sijaisuudet]), kunta=user.kunta_id)


def answerable_toimialat(user):
    """The toimialat of can_answer_for."""
    mine = Toimiala.objects.filter(kunta=user.kunta_id)
    if coordinates(user):
        return mine
    return mine.filter(pk__in=recording_toimialat(user)) if records(user) else mine.none()


def recordable_toimenpiteet(user):
    """The queryset form of can_record, whoever is named on them."""
    mine = Toimenpide.objects.filter(kunta=user.kunta_id)
    if coordinates(user):
        return mine
    return mine.filter(toimiala__in=recording_toimialat(user)) if records(user) else mine.none()


def own_toimenpiteet(user):
    """The toimenpiteet the user may record, narrowed by vastuuhenkilöt.

    A raportoija is not shown what has been given to other persons of the same toimiala, as long as one of them is
    in use.
    """
    mine = recordable_toimenpiteet(user)
    if coordinates(user) or not records(user):
        return mine
    if approves_by_role(user) and all(each.hyvaksyy or each.on_oma for each in user.sijaisuudet):
        return mine
    # EXISTS twice: PostgreSQL runs a NOT IN of the same meaning once for each row, and that for seconds.
    given = Vastuuhenkilo.objects.filter(toimenpide=OuterRef("pk"), kayttaja__is_active=True)
    people = [user.pk, *(each.henkilo for each in user.sijaisuudet)]
    is_shown = ~Exists(given) | Exists(given.filter(kayttaja__in=people))
    if approves(user):
        is_shown |= Q(toimiala__in=approving_toimialat(user))
    return mine.filter(is_shown)


def commented_toimenpiteet(user):
    """The queryset form of can_comment: led by another toimiala, and in no count of what the user has to answer."""
    mine = Toimenpide.objects.filter(kunta=user.kunta_id)
    if not is_bound_to_toimialat(user):
        return mine.none()
    toimialat = recording_toimialat(user)
    part = MuuToimiala.objects.filter(toimenpide=OuterRef("pk"), toimiala__in=toimialat)
    return mine.filter(Exists(part)).exclude(toimiala__in=toimialat)


def commented_for(user, toimiala):
    """The toimenpiteet of which the user may hand in the comments of the toimiala, led by another: those that the user
    comments on, and of anybody's the koordinaattori.
    """
    part = MuuToimiala.objects.filter(toimenpide=OuterRef("pk"), toimiala=toimiala)
    if coordinates(user):
        return Toimenpide.objects.filter(Exists(part), kunta=user.kunta_id).exclude(toimiala=toimiala)
    return commented_toimenpiteet(user).filter(Exists(part.filter(toimiala__in=recording_toimialat(user))))


def own_mittarit(user):
    """The mittarit of no toimenpide whose values the user may record; a toimenpide's follow own_toimenpiteet."""
    mine = Mittari.objects.filter(kunta=user.kunta_id, toimenpide=None)
    if coordinates(user):
        return mine
    return mine.filter(toimiala__in=recording_toimialat(user)) if records(user) else mine.none()


def approvable_mittarit(user):
    """The queryset form of can_approve_mittari: those of no toimenpide."""
    mine = own_mittarit(user)
    if coordinates(user):
        return mine
    return mine.filter(toimiala__in=approving_toimialat(user)) if approves(user) else mine.none()


def followed_mittarit(user):
    """The mittarit of no toimenpide that the user may follow: the queryset form of can_follow_mittari."""
    return Mittari.objects.filter(kunta=user.kunta_id, toimenpide=None) if audits(user) else own_mittarit(user)


def approvable_toimenpiteet(user):
    """The toimenpiteet whose kirjaukset the user may approve: the queryset form of can_approve."""
    mine = Toimenpide.objects.filter(kunta=user.kunta_id)
    if coordinates(user):
        return mine
    return mine.filter(toimiala__in=approving_toimialat(user)) if approves(user) else mine.none()


def followed_toimenpiteet(user):
    """The queryset form of can_follow."""
    mine = Toimenpide.objects.filter(kunta=user.kunta_id)
    if audits(user):
        return mine
    if not records(user):
        return mine.none()
    toimialat = recording_toimialat(user)
    part = MuuToimiala.objects.filter(toimiala__in=toimialat).values("toimenpide")
    return mine.filter(Q(toimiala__in=toimialat) | Q(pk__in=part))


def coordinating_people(kunta):
    """Those of the kunta, in use or not, who coordinate."""
    return Kayttaja.objects.filter(kunta=kunta, rooli__in=KOORDINOIVAT)


def recording_people(kunta):
    """Those of the kunta, in use or not, who record."""
    return Kayttaja.objects.filter(kunta=kunta, rooli__in=KIRJAAVAT)


def answering_people(toimiala):
    """Those of the kunta, in use or not, who may hand in the answers of the toimiala: can_answer_for by person."""
    today = Sijaisuus.objects.on(timezone.localdate()).filter(sijaistettava__jasenyys__toimiala=toimiala)
    may = Q(rooli__in=KOORDINOIVAT) | Q(jasenyys__toimiala=toimiala) | Q(pk__in=today.values("sijainen"))
    return recording_people(toimiala.kunta_id).filter(may).distinct()


def named_toimenpiteet(person):
    """The toimenpiteet on which the person is named."""
    return Toimenpide.objects.filter(kunta=person.kunta_id, vastuuhenkilot=person)


def lost_toimenpiteet(person):
    """Those of them that the person may not record any more: out of use, of another role or of other toimialat."""
    named = named_toimenpiteet(person)
    if not person.is_active or not records(person):
        return named
    return named.none() if coordinates(person) else named.exclude(toimiala__in=person.toimialat.all())


def named_outside(toimenpiteet):
    """The people who are named on one of these toimenpiteet and do not belong to its toimiala: they do not see it."""
    named = Vastuuhenkilo.objects.filter(
        toimenpide__in=toimenpiteet, kayttaja__is_active=True, kayttaja__rooli__in=TOIMIALAN_ROOLIT
    )
    member = Jasenyys.objects.filter(kayttaja=OuterRef("kayttaja"), toimiala=OuterRef("toimenpide__toimiala"))
    outside = named.exclude(Exists(member)).filter(toimenpide__toimiala__isnull=False)
    return list(Kayttaja.objects.filter(pk__in=outside.values("kayttaja")).order_by("nimi"))
