"""claims -> the person of the kunta, with the rooli and toimialat that the groups give, signed in.

Identity is issuer and subject. The e-mail joins the two once: for an open invitation of this kunta, and by domain for
those that the superuser gave it; never for who has a tunnus already, and never outside the kunta.
"""

import time
from hmac import compare_digest

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import perform_login
from django.contrib import messages
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ..istunnot import end_sessions
from ..kayttaja.tunnus import ViimeinenPaakayttaja, change_user
from ..models import Kayttaja, Rooli, Tapahtuma, Tunnistaja, Tunnistajaryhma, Ulkotunnus
from ..tapahtuma import digest_of, record, record_refusal
from ..vaatimus import mark_passed_elsewhere
from ..vuoro import lock_kunta
from .vaitteet import Evatty, is_more_than_password, read_amr, read_email, read_groups, read_identity

TAPA = "socialaccount"  # allauth's word for it in the session
TUORE = 5 * 60  # seconds: how long ago the person may have shown there who they are, when asked anew
# The greater of two roles that the groups give.
SUURUUS = (
    *("", Rooli.LUOTTAMUSHENKILO, Rooli.TARKASTAJA, Rooli.RAPORTOIJA),
    *(Rooli.HYVAKSYJA, Rooli.KOORDINAATTORI, Rooli.PAAKAYTTAJA),
)


def finish(request, tarjoaja, claims, state):
    """The answer to who has come back. state: what we kept when they left. Raises Evatty."""
    kept = state.get("data") or {}
    if not compare_digest(str(claims.get("nonce", "")).encode(), str(kept.get("nonce")).encode()):
        raise Evatty("nonce", _("Kirjautuminen on vanhentunut tai jo käytetty. Aloita alusta."))
    if kept.get("vahvistaja"):
        return _confirm(request, tarjoaja, claims, state)
    with transaction.atomic():
        user, kept_role = recognise(tarjoaja, claims)
    if request.user.is_authenticated:
        get_adapter().logout(request)
    if kept_role:
        messages.warning(
            request, _("Olet kunnan ainoa pääkäyttäjä. Ryhmäsi antaisivat muun roolin, mutta se on ennallaan.")
        )
    _note(request, tarjoaja, user, claims)
    answer = perform_login(request, user, redirect_url=state.get("next"))
    if request.user == user and counts_as_second_factor(request, user):
        mark_passed_elsewhere(request)
    return answer


def _note(request, tarjoaja, user, claims, **known):
    told = {"provider": tarjoaja.slug, "uid": read_identity(tarjoaja.issuer, claims), "amr": read_amr(claims)}
    record_authentication(request, user, TAPA, **told, **known)


def _confirm(request, tarjoaja, claims, state):
    """The same person, who has just shown it there again."""
    user = _find_known(tarjoaja, read_identity(tarjoaja.issuer, claims))
    is_same = user is not None and user == request.user and user.pk == state["data"]["vahvistaja"]
    when = claims.get("auth_time")
    if is_same and not isinstance(when, int):
        sentence = _(
            "Kunnan kirjautumispalvelu ei kertonut, milloin tunnistauduit (auth_time). Kerro kunnan IT-tuelle."
        )
        raise Evatty("auth_time puuttuu", sentence)
    if not is_same or abs(time.time() - when) > TUORE:
        raise Evatty("vahvistus", _("Et vahvistanut tunnustasi uudelleen. Yritä uudelleen samalla tunnuksella."))
    _note(request, tarjoaja, user, claims, reauthenticated=True)
    record(Tapahtuma.Laji.VAHVISTETTU, by=user, kunta=user.kunta, kohde=user, mihin=_("kunnan tunnus"))
    request.GET = QueryDict(mutable=True)
    request.GET["next"] = state.get("next") or "/"
    return resume_request(request) or redirect("raportit:etusivu")


def recognise(tarjoaja, claims):
    """(the person, was the last pääkäyttäjä's role kept), the role and toimialat as the groups say. Raises Evatty.

    All or nothing: who is refused keeps the role, and is not linked.
    """
    lock_kunta(tarjoaja.kunta.pk)
    tunniste, groups = read_identity(tarjoaja.issuer, claims), read_groups(claims, tarjoaja.rivi.ryhmavaite)
    user = _find_known(tarjoaja, tunniste)
    is_new = user is None
    if is_new:
        user = _find_by_email(tarjoaja, read_email(claims))
    if not user.is_active:
        return user, False  # told so by the sign-in itself
    rooli, toimialat = what_groups_give(tarjoaja.kunta, groups)
    if is_new:
        Ulkotunnus.objects.create(kunta=tarjoaja.kunta, kayttaja=user, issuer=tarjoaja.issuer, tunniste=tunniste)
        record(Tapahtuma.Laji.KERTAKIRJAUTUMINEN_LIITETTY, by=user, kunta=tarjoaja.kunta, kohde=user, mihin=tunniste)
    keep_amr(tarjoaja.kunta, read_amr(claims))
    try:
        _set_role(user, rooli, toimialat)
    except ViimeinenPaakayttaja:
        return user, True
    return Kayttaja.objects.get(pk=user.pk), False


def _people_of(kunta):
    """Whom its provider may sign in: not those who keep the installation, whatever it says of them."""
    return Kayttaja.objects.filter(kunta=kunta, is_superuser=False, is_staff=False)


def _find_known(tarjoaja, tunniste):
    known = Ulkotunnus.objects.filter(kunta=tarjoaja.kunta, issuer=tarjoaja.issuer, tunniste=tunniste)
    return _people_of(tarjoaja.kunta).filter(pk__in=known.values("kayttaja")).first()


def _find_by_email(tarjoaja, email):
    """Who has this address and may be linked by it. Raises Evatty, the same for all who may not."""
    mine = _people_of(tarjoaja.kunta).filter(ulkotunnukset=None)
    user = mine.filter(email__iexact=email).first() if email else None
    if user is None or not (_is_invited(user) or _is_of_domain(tarjoaja, email)):
        sentence = _(
            "Kunnan tunnuksellasi ei ole vielä pääsyä palveluun. Pyydä kuntasi pääkäyttäjältä kutsu osoitteeseen "
            "%(email)s ja kirjaudu sen jälkeen uudelleen."
        )
        raise Evatty("ei tunnusta", sentence % {"email": email or _("sähköpostisi")})
    return user


def _is_invited(user):
    """Has an open invitation: the first, or one after the last sign-in (see unlink)."""
    return user.has_to_choose_password or (user.last_login and user.kutsuttu and user.kutsuttu > user.last_login)


def _is_of_domain(tarjoaja, email):
    return email.rpartition("@")[2] in tarjoaja.rivi.verkkotunnukset


def what_groups_give(kunta, groups):
    """(rooli, [toimiala]): the greatest role, the toimialat of the groups that give it and of those that give none.

    Those of a lesser role's group stay out: a raportoija there is no hyväksyjä. Raises Evatty where no group gives a
    role.
    """
    given = list(Tunnistajaryhma.objects.filter(kunta=kunta, ryhma__in=groups).prefetch_related("toimialat"))
    rooli = max((each.rooli for each in given), key=SUURUUS.index, default="")
    if not rooli:
        sentence = _(
            "Mikään ryhmistäsi ei anna pääsyä palveluun. Pyydä oikeus kuntasi pääkäyttäjältä. Roolisi on ennallaan."
        )
        raise Evatty("ei ryhmää", sentence)
    giving = [each for each in given if each.rooli in ("", rooli)]
    return rooli, list({t.pk: t for each in giving for t in each.toimialat.all() if t.lopetettu is None}.values())


def _set_role(user, rooli, toimialat):
    """Raises ViimeinenPaakayttaja."""
    if user.rooli == rooli and set(user.toimialat.all()) == set(toimialat):
        return
    rights = {"rooli": rooli, "toimialat": toimialat, "toimielimet": user.toimielimet.all()}
    change_user(user, nimi=user.nimi, **rights, by=user)


def keep_amr(kunta, amr):
    """For the pääkäyttäjä, who decides whether it is a second factor."""
    rivi, _made = Tunnistaja.objects.get_or_create(kunta=kunta)
    if amr and rivi.amr != amr:
        Tunnistaja.objects.filter(pk=rivi.pk).update(amr=amr)


def unlink(user, *, by):
    """The person is nobody to the provider any more, and may be linked once anew by the e-mail. How many links went.

    It may have been another who was linked: whoever is in as the person is in no more.
    """
    with transaction.atomic():
        lock_kunta(user.kunta_id)
        gone, _kinds = Ulkotunnus.objects.filter(kayttaja=user).delete()
        if gone:
            end_sessions(user)
            Kayttaja.objects.filter(pk=user.pk).update(kutsuttu=timezone.now())
            record(Tapahtuma.Laji.POISTETTU, by=by, kunta=user.kunta, kohde=user, mista="kertakirjautumisen liitos")
    return gone


def note_refusal(tarjoaja, refused):
    """The audit's row of a refused sign-in: one for each reason in a quarter of an hour."""
    tili = digest_of(f"{tarjoaja.issuer} {refused.koodi}")
    record_refusal(Tapahtuma.Laji.KIRJAUTUMINEN_EI, by=None, kunta=tarjoaja.kunta, tili=tili, mihin=refused.koodi)


def has_come_from(request, user):
    """What allauth recorded when this session's user came from the own kunta's provider, or None."""
    told = [each for each in get_authentication_records(request, user) if each.get("method") == TAPA]
    mine = user.kunta.slug if user.kunta_id else None
    return told[-1] if told and told[-1].get("provider") == mine else None


def counts_as_second_factor(request, user):
    """Has this session's user signed in at the kunta's provider, whose sign-in the kunta says to be enough?"""
    told = has_come_from(request, user)
    if told is None or not is_more_than_password(told.get("amr")):
        return False
    return Tunnistaja.objects.filter(kunta=user.kunta_id, on_toinen_tekija=True).exists()
