"""The workbook of answers as a file with a name, and as a message to who answers."""

from django.urls import reverse

from strategia.models import Kayttaja, Toimiala
from strategia.nimet import file_name
from strategia.sahkoposti import absolute_url, build_message

from ..models import Seurantajakso
from .kirja import answer_table_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_name(jakso, toimiala):
    return f"vastaustaulukko-{file_name(toimiala.nimi)[:60]}-{file_name(jakso.nimi)[:60]}.xlsx"


def send_table(jakso_pk, toimiala_pk, kayttaja_pk, lahettaja_pk, *, connection):
    """Mail the toimiala's table to one person, who answers by sending it back filled in."""
    jakso = Seurantajakso.objects.select_related("strategia__kunta").get(pk=jakso_pk)
    toimiala = Toimiala.objects.get(pk=toimiala_pk)
    people = Kayttaja.objects.in_bulk([kayttaja_pk, lahettaja_pk])
    kayttaja, lahettaja = people[kayttaja_pk], people[lahettaja_pk]
    context = {
        "jakso": jakso,
        "toimiala": toimiala,
        "kayttaja": kayttaja,
        "lahettaja": lahettaja,
        "maaraaika": jakso.maaraaika(toimiala),
        "linkki": absolute_url(reverse("seuranta:vastaustaulukko-lista", args=[jakso.pk])),
        "kunta": jakso.strategia.kunta,
    }
    name, told = "seuranta/vastaustaulukko/viestit/vastaustaulukko", {"to": kayttaja.email}
    message = build_message(name, context, subject=f"{jakso.nimi}: {toimiala.nimi}", reply_to=[lahettaja.email], **told)
    message.attach(table_name(jakso, toimiala), answer_table_bytes(jakso, toimiala, kayttaja), XLSX)
    message.connection = connection
    message.send()
