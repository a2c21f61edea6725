"""The rows and the days of reminding."""

from datetime import date, timedelta

from seuranta.models import Kirjaus
from seuranta.muistutus.viestit import remind_due
from tests.cast import create_kirjaus

DAY = timedelta(days=1)
MAARAPAIVA = date(2026, 9, 15)  # of the cast's open jakso


def answer(cast, toimenpide, tila=Kirjaus.Tila.LAHETETTY, **values):
    kirjaus = create_kirjaus(cast.jakso, toimenpide, 3, "Etenee.")
    kirjaus.tila = tila
    for name, value in values.items():
        setattr(kirjaus, name, value)
    kirjaus.save()
    return kirjaus


def veikon_rivit(cast):
    return [t for t in cast.toimenpiteet if t.toimiala == cast.tekniset]


def run_days(first, last, **options):
    """Cron every morning from the first day to the last -> {day: the addresses that got a message}"""
    days = {}
    for n in range((last - first).days + 1):
        day = first + n * DAY
        if gone := remind_due(today=day, **options).lahteneet:
            days[day] = sorted(muistutus.kayttaja.email.split("@")[0] for muistutus in gone)
    return days
