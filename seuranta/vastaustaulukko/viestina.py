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
    people = Kayttaja.objects.in_bulk([kayttaja_pk, lahettaja_pk])
    kayttaja = people[kayttaja_pk]
    _send(jakso_pk, toimiala_pk, kayttaja.email, people[lahettaja_pk], kayttaja, connection)


def send_table_to_address(jakso_pk, toimiala_pk, osoite, lahettaja_pk, *, connection):
    """The same to an address of nobody here: the rows that the sender records, to be sent back to the sender."""
    _send(jakso_pk, toimiala_pk, osoite, Kayttaja.objects.get(pk=lahettaja_pk), None, connection)


def _send(jakso_pk, toimiala_pk, osoite, lahettaja, kayttaja, connection):
    jakso = Seurantajakso.objects.select_related("strategia__kunta").get(pk=jakso_pk)
    toimiala = Toimiala.objects.get(pk=toimiala_pk)
    context = {
        "jakso": jakso,
        "toimiala": toimiala,
        "kayttaja": kayttaja,
        "lahettaja": lahettaja,
        "maaraaika": jakso.maaraaika(toimiala),
        "linkki": absolute_url(reverse("seuranta:vastaustaulukko-lista", args=[jakso.pk])),
        "kunta": jakso.strategia.kunta,
    }
    name, told = "seuranta/vastaustaulukko/viestit/vastaustaulukko", {"to": osoite}
    message = build_message(name, context, subject=f"{jakso.nimi}: {toimiala.nimi}", reply_to=[lahettaja.email], **told)
    message.attach(table_name(jakso, toimiala), answer_table_bytes(jakso, toimiala, kayttaja or lahettaja), XLSX)
    message.connection = connection
    message.send()
