"""The people of a kunta: inviting them, changing what they may do, ending and renewing their access."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..istunnot import end_sessions
from ..models import Jasenyys, Kalenteriavain, Kayttaja, Rooli, Tapahtuma, Toimielinjasenyys, Tunnistaja
from ..sahkoposti import absolute_url, build_message, send_after
from ..tapahtuma import record
from ..vuoro import lock_kunta
from .turvaviestit import send_new_role


class ViimeinenPaakayttaja(Exception):
    """Without this person nobody could manage the users of the kunta."""

    def __init__(self):
        super().__init__(
            _("Tämä on kunnan ainoa pääkäyttäjä. Anna pääkäyttäjän rooli ensin toiselle, jolla on tunnus käytössä.")
        )


def create_invited(kunta, *, email, nimi, rooli, toimialat, toimielimet=(), by=None):
    """A new account without a password: its owner chooses one through the link of the invitation."""
    with transaction.atomic():
        user = Kayttaja.objects.create_user(email, nimi=nimi, kunta=kunta, rooli=rooli)
        _set_links(user, Jasenyys, "toimiala", toimialat)
        _set_links(user, Toimielinjasenyys, "toimielin", toimielimet)
        record(Tapahtuma.Laji.KUTSUTTU, by=by, kunta=kunta, kohde=user, mihin=_rights_of(user))
    return user


def send_invitation(pk, kutsuja_pk, *, connection):
    """Mail the one-time link to who still has to choose a password."""
    user = Kayttaja.objects.filter(pk=pk, is_active=True).select_related("kunta").first()
    if user is None or not user.has_to_choose_password:
        return
    user.kutsuttu = timezone.now()  # part of the link: once it is stored, those of earlier invitations are dead
    kutsuja = Kayttaja.objects.get(pk=kutsuja_pk)
    context = {
        "kayttaja": user,
        "kutsuja": kutsuja,
        "kunta": user.kunta,
        "kunnan_tunnus": Tunnistaja.objects.kunnat().filter(pk=user.kunta_id).exists(),
        "suljettu": Tunnistaja.objects.closes_passwords(user),
        "linkki": password_link(user),
        "paivia": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
    }
    subject = _("Kutsu strategian seurantaan: %(kunta)s") % {"kunta": user.kunta}
    name, told = "strategia/kayttaja/viestit/kutsu", {"to": user.email, "reply_to": [kutsuja.email]}
    message = build_message(name, context, subject=subject, **told)
    message.connection = connection
    message.send()
    Kayttaja.objects.filter(pk=pk).update(kutsuttu=user.kutsuttu)


def send_invitations(kutsuja_pk, *pks, connection):
    """Many at once over one connection. Tried again it goes on from those who have got none."""
    left = Kayttaja.objects.filter(pk__in=pks, kutsuttu=None).order_by("pk").values_list("pk", flat=True)
    connection.open()
    for pk in list(left):
        send_invitation(pk, kutsuja_pk, connection=connection)
    connection.close()


def password_link(user):
    """The address at which the person alone may choose a password, once; the kunta's sign-in where those are closed."""
    if Tunnistaja.objects.closes_passwords(user):
        return absolute_url(reverse("kertakirjautuminen_kunta", args=[user.kunta.slug]))
    key = default_token_generator.make_token(user)
    return absolute_url(reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key]))


def change_user(user, *, nimi, rooli, toimialat, toimielimet=(), by=None):
    """Set the name, rooli, toimialat and toimielimet; a new role ends the person's sessions.

    Raises ViimeinenPaakayttaja.
    """
    with transaction.atomic():
        current = _lock(user)
        before, rooli_before = _rights_of(current), current.rooli
        current.nimi, current.rooli = nimi, rooli
        refuse_last(current)
        if rooli != rooli_before:
            send_after(send_new_role, current.pk, rooli_before, rooli)
            end_sessions(current)
        current.save(update_fields=["nimi", "rooli"])
        _set_links(current, Jasenyys, "toimiala", toimialat)
        _set_links(current, Toimielinjasenyys, "toimielin", toimielimet)
        if (after := _rights_of(current)) != before:
            told = {"mista": before, "mihin": after}
            record(Tapahtuma.Laji.ROOLI, by=by, kunta=current.kunta_id, kohde=current, **told)


def refuse_last(user):
    """Whichever door a person is changed through, the kunta keeps one who can manage its users. user: as it would be.

    Raises ViimeinenPaakayttaja. In a transaction: another who is changed meanwhile waits.
    """
    before = Kayttaja.objects.filter(pk=user.pk, rooli=Rooli.PAAKAYTTAJA, is_active=True).first()
    if before is None or (user.is_active and user.rooli == before.rooli and user.kunta_id == before.kunta_id):
        return
    lock_kunta(before.kunta_id)
    others = Kayttaja.objects.filter(kunta=before.kunta_id, rooli=before.rooli, is_active=True).exclude(pk=user.pk)
    if all(other.has_to_choose_password for other in others):  # an invitation may never be answered
        raise ViimeinenPaakayttaja


PERUSTEET = ("is_active", "is_staff", "is_superuser", "rooli", "kunta_id")  # of a session


def follow_change(user, before) -> bool:
    """What follows where a person was changed past the pages, by the admin or a table: the sessions end, for good, and
    of another role the person is told. Did it? before: the row as it was.
    """
    if all(getattr(user, name) == getattr(before, name) for name in PERUSTEET):
        return False
    end_sessions(user)
    if user.rooli != before.rooli:
        send_after(send_new_role, user.pk, before.rooli, user.rooli)
    return True


def _rights_of(user):
    """The name, role and units in words."""
    units = [str(row) for rows in (user.toimialat, user.toimielimet) for row in rows.all()]
    return ", ".join([user.nimi, user.get_rooli_display(), *units])


def set_active(user, active, *, by=None):
    """End or renew the person's access. An ended account's sessions and calendar's key end for good: renewing it
    revives none.

    Raises ViimeinenPaakayttaja.
    """
    with transaction.atomic():
        current = _lock(user)
        if current.is_active == active:
            return
        current.is_active = active
        refuse_last(current)
        if not active:
            end_sessions(current)
            Kalenteriavain.objects.filter(kayttaja=current).delete()
        current.save(update_fields=["is_active"])
        laji = Tapahtuma.Laji.KAYTTOON if active else Tapahtuma.Laji.KAYTOSTA
        record(laji, by=by, kunta=current.kunta_id, kohde=current)


def _lock(user):
    """The row as it is now. The lock on the kunta keeps two pääkäyttäjät from ending each other at once."""
    lock_kunta(user.kunta_id)
    return Kayttaja.objects.get(pk=user.pk)


def _set_links(user, model, name, rows):
    """The person's rows of the model are these. name: of its link to them."""
    wanted = {row.pk for row in rows}
    mine = model.objects.filter(kayttaja=user)
    mine.exclude(**{f"{name}__in": wanted}).delete()
    new = wanted - set(mine.values_list(name, flat=True))
    known = {"kunta_id": user.kunta_id, "kayttaja": user}
    model.objects.bulk_create(model(**known, **{f"{name}_id": pk}) for pk in new)
