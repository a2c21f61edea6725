"""The name of who closed and who published, beside a frozen version: after its time a role. What is frozen stays."""

from django.db import connection

from .models import Julkaisu, Raporttiversio


def forget_maker(person):
    """Where the versions name the person, they tell the role. On PostgreSQL only the owner's function may."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.nimi_rooliksi(%s)", [person.pk])
        return
    for model in (Raporttiversio, Julkaisu):
        model.objects.filter(tekija=person).update(tekijan_nimi=person.nimi)
