"""[Kalenterimerkinta] -> a calendar (iCalendar, RFC 5545) whose links follow SITE_URL."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from strategia.sahkoposti import absolute_url

from .tapahtumat import Kalenterimerkinta


def render_calendar(events: list[Kalenterimerkinta], nimi: str) -> bytes:
    """Whole days: names, dates and the jakso's address, and no other text."""
    calendar = Calendar()
    calendar.add("prodid", "-//Strategian seuranta//FI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Strategian seuranta, %(kunta)s") % {"kunta": nimi})
    host = settings.SITE_URL.partition("://")[2]
    for tapahtuma in events:
        event = Event()
        event.add("uid", f"{tapahtuma.tunnus}@{host}")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", tapahtuma.pvm)
        event.add("dtend", tapahtuma.pvm + timedelta(days=1))
        event.add("summary", tapahtuma.otsikko)
        event.add("url", absolute_url(reverse("seuranta:jakso-detail", args=[tapahtuma.jakso.pk])))
        calendar.add_component(event)
    return calendar.to_ical()
