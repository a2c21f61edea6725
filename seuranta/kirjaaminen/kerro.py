"""Rows that were just saved -> what the page says of it: how many, how many were sent, and which were left and why."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Kirjaus

NIMETAAN = 12  # rows that are named; of a longer list the rest are counted


def tell_saved_rows(rows, *, sends_ready):
    """[("success" or "warning", what is said)].

    sends_ready: the button that sends all ready rows was pressed. It chooses them itself, so it says which.
    """
    if saved := sum(row.tallentui for row in rows):
        yield "success", _saved_message(saved)
    if same := sum(row.on_kopio and row.lahti for row in rows):
        yield "success", same_message(same)
    if sends_ready:
        yield _sent_message(sum(row.lahti for row in rows))
        if left := list_left(rows):
            yield "warning", _name_left(left)


def _saved_message(count):
    text = ngettext("Tallennettu klo %(time)s: %(count)s rivi.", "Tallennettu klo %(time)s: %(count)s riviä.", count)
    return text % {"time": date_format(timezone.localtime(), "H.i"), "count": count}


def same_message(count):
    """How many rows were sent as they were in the jakso before."""
    text = ngettext(
        "%(count)s rivi on lähetetty samanlaisena kuin edellisellä jaksolla.",
        "%(count)s riviä on lähetetty samanlaisina kuin edellisellä jaksolla.",
        count,
    )
    return text % {"count": count}


def _sent_message(count):
    if count:
        text = ngettext("%(count)s rivi on lähetetty.", "%(count)s riviä on lähetetty.", count)
        return "success", text % {"count": count}
    return "warning", _("Yhtään riviä ei lähetetty. Valmis rivi on sellainen, jolla on toteutumisaste ja kommentti.")


def _name_left(left):
    text = ngettext("%(count)s rivi jäi lähettämättä:", "%(count)s riviä jäi lähettämättä:", len(left))
    named = [(row.prefix, row.lyhyt_nimi, syy) for row, syy in left[:NIMETAAN]]
    lines = format_html_join("", '<br><a href="#{}">{}</a>: {}', named)
    more = len(left) - len(named)
    rest = ngettext("Lisäksi %(count)s rivi.", "Lisäksi %(count)s riviä.", more) % {"count": more} if more else ""
    return format_html("{}{}{}", text % {"count": len(left)}, lines, format_html("<br>{}", rest) if rest else "")


def list_left(rows):
    """[(row, why it was not sent)] of those on which something is said; those that wait for the person are told apart.

    A row on which nothing is said has not been answered: the page counts those already.
    """
    drafts = (row for row in rows if not row.is_unsettled and _is_begun(row))
    return [(row, why) for row in drafts if (why := _why_left(row))]


def _is_begun(row):
    return row.tila in (Kirjaus.Tila.LUONNOS, Kirjaus.Tila.PALAUTETTU)


def _why_left(row):
    if row.on_kortti:
        return "" if row.is_sent else _("Kaikilla mittareilla ei ole arvoa.")
    has_score, has_words = row.aste or row.on_sanallinen, row.kommentti.strip()
    if not has_score:
        return _("Toteutumisaste puuttuu.") if has_words else _("Toteutumisaste ja kommentti puuttuvat.")
    if not has_words:
        return _("Kommentti puuttuu.")
    return _("Palautettua riviä ei ole täydennetty.") if row.tila == Kirjaus.Tila.PALAUTETTU else ""
