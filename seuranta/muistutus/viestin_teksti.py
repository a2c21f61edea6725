"""Ilmoitusviesti + its rows -> the message of a reminder or a return, as it is sent."""

from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from strategia.ilmoittaminen import choices_url
from strategia.models import Ilmoitusviesti
from strategia.sahkoposti import absolute_url, build_message

from .rivit import count_in_words


def build_reminder(jakso, muistutus, rivit, reply_to):
    """The message of an Ilmoitusviesti, of a reminder or a return, that tells of these rows."""
    page, laji = reverse("seuranta:kirjaus-lista", args=[jakso.pk]), muistutus.laji
    today = muistutus.paiva
    deadlines = sorted({rivi.maaraaika for rivi in rivit if rivi.maaraaika})
    context = {
        "jakso": jakso,
        "kunta": jakso.kunta,
        "kayttaja": muistutus.kayttaja,
        "lahettaja": muistutus.tekija,
        "palautettu": laji == Ilmoitusviesti.Laji.PALAUTUS,
        "maara": len(rivit),
        "mita": count_in_words(rivit),
        "osat": _by_deadline(rivit, page),
        "aika": _tell_deadline(deadlines[0], today) if deadlines else "",
        "sivu": absolute_url(page),
        "kysy": bool(reply_to),
        "lause": muistutus.lause,
        "valinnat": choices_url(),
    }
    subject = _subject_of(laji, jakso, deadlines, today)
    return build_message(
        "seuranta/muistutus/viestit/muistutus", context, subject=subject, to=muistutus.kayttaja.email, reply_to=reply_to
    )


def _by_deadline(rivit, page):
    """[(a heading, or "" where every row has the same deadline, [row for the template])]"""
    rows = sorted(rivit, key=lambda rivi: rivi.maaraaika or date.max)
    osat = [(deadline, list(part)) for deadline, part in groupby(rows, key=lambda rivi: rivi.maaraaika)]
    one = len(osat) == 1
    return [
        {
            "otsikko": "" if one else _title_of(deadline),
            "rivit": [_row(rivi, page) for rivi in part],
        }
        for deadline, part in osat
    ]


def _title_of(deadline):
    return _("Vastaa viimeistään %(pvm)s") % {"pvm": _day(deadline)} if deadline else _("Ei määräaikaa")


def _row(rivi, page):
    return {"nimi": rivi.nimi, "tila": rivi.tilan_nimi, "syy": rivi.syy, "linkki": absolute_url(f"{page}{rivi.kohta}")}


def _day(day):
    return date_format(day, "j.n.Y")


def _tell_deadline(deadline, today):
    if deadline > today:
        return _("Vastaa viimeistään %(pvm)s.") % {"pvm": _day(deadline)}
    if deadline == today:
        return _("Tänään %(pvm)s on viimeinen vastauspäivä.") % {"pvm": _day(deadline)}
    return _("Vastausaika päättyi %(pvm)s. Voit vielä vastata.") % {"pvm": _day(deadline)}


def _subject_of(laji, jakso, deadlines, today):
    deadline = deadlines[0] if deadlines else None
    if laji == Ilmoitusviesti.Laji.PALAUTUS:
        text = _("Täydennä palautetut rivit: %(jakso)s")
    elif deadline is None:
        text = _("%(jakso)s odottaa vastaustasi")
    elif deadline == today:
        text = _("Tänään on viimeinen vastauspäivä: %(jakso)s")
    elif deadline < today:
        text = _("Vastausaika päättyi %(pvm)s: %(jakso)s")
    else:
        text = _("Vastaa viimeistään %(pvm)s: %(jakso)s")
    return text % {"jakso": jakso.nimi, "pvm": _day(deadline) if deadline else ""}
