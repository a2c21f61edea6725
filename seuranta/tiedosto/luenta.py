"""Bytes -> the Tuonti that keeps them -> their rows, read once."""

import hashlib
import json

from django.core.files.base import ContentFile
from django.db import Error, transaction
from django.utils import timezone

from strategia.models import Tapahtuma
from strategia.tapahtuma import record
from strategia.teksti import clean_text
from strategia.varasto import turns_folder

from ..models import Tuonti
from ..taulukko.rows import Luettu
from ..taulukko.sandbox import read_in_turn

JASENTIMEN_VERSIO = 25  # grows when the same file would be read otherwise: stored rows are then read anew


def read_file(data: bytes, name: str, **choices) -> Luettu:
    """The file as read in a limited process, when its turn comes. choices: as the flow's reader takes them."""
    return read_in_turn(data, name, folder=turns_folder("luenta"), **choices)


def receive_file(kunta, data: bytes, name: str, choices: dict, *, by, **more) -> tuple[Luettu, Tuonti | None]:
    """A file as it comes in -> what it holds, and the Tuonti that now keeps it; a refused file is not kept."""
    luettu = read_file(data, name, **choices)
    if luettu.status == "reject":
        return luettu, None
    with transaction.atomic():
        tuonti = store_file(kunta, data, name, by=by, reading=(luettu, choices), **more)
        record(Tapahtuma.Laji.TUOTU, by=by, kunta=kunta, kohde=tuonti)
    return luettu, tuonti


def store_file(kunta, data: bytes, name: str, *, by, reading=None, on_luettelo=False, **more) -> Tuonti:
    """The file as a Tuonti that has written nothing yet. On disk its name is its digest, whatever it was called.

    reading: (Luettu, the choices it was read by), remembered with it. more: jakso and toimiala of a workbook of
    answers, muistettu of a table. Only a pasted list of the plan has the name that opens it to the koordinaattori.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    shown = clean_text(name)[-Tuonti._meta.get_field("tiedostonimi").max_length :]  # its end tells how it is read
    if shown == Tuonti.LUETTELO and not on_luettelo:
        shown = "luettelo.csv"
    tuonti = Tuonti(kunta=kunta, tiedostonimi=shown, sha256=sha256, tekija=by, **more)
    if reading:
        _remember(tuonti, *reading)
    tuonti.tiedosto.save(sha256, ContentFile(data), save=False)
    try:
        tuonti.save()
    except Error:  # no row names the file: nobody would find it again
        tuonti.tiedosto.delete(save=False)
        raise
    return tuonti


def read_once(tuonti: Tuonti, **choices) -> Luettu:
    """The rows of the stored file by these choices: from the row itself when nothing has changed."""
    if tuonti.jasennyksen_avain == _key(tuonti, choices):
        return Luettu.from_dict(tuonti.jasennetty)
    luettu = read_file(tuonti.tiedosto.read(), tuonti.tiedostonimi, **choices)
    if luettu.status != "reject" or luettu.ruudukot:  # a refusal may be the server's hurry: it is tried again
        _remember(tuonti, luettu, choices)
        tuonti.save(update_fields=["jasennetty", "jasennyksen_avain"])
    return luettu


def _remember(tuonti, luettu, choices):
    tuonti.jasennyksen_avain, tuonti.jasennetty = _key(tuonti, choices), luettu.to_dict()


def _key(tuonti, choices):
    told = json.dumps([tuonti.sha256, choices, JASENTIMEN_VERSIO], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def is_previewed(tuonti: Tuonti) -> bool:
    """Has nobody saved or discarded it meanwhile?"""
    return Tuonti.objects.filter(pk=tuonti.pk, tila=Tuonti.Tila.ESIKATSELU).exists()


def discard(tuonti: Tuonti, *, by=None) -> bool:
    """Put a file that waits aside for good; was there one? Nothing of it was saved."""
    with transaction.atomic():
        waits = Tuonti.objects.filter(pk=tuonti.pk, tila=Tuonti.Tila.ESIKATSELU)
        is_done = bool(waits.update(tila=Tuonti.Tila.HYLATTY))
        if is_done:
            record(Tapahtuma.Laji.HYLATTY, by=by, kunta=tuonti.kunta_id, kohde=tuonti)
    return is_done


def drop_discarded() -> int:
    """Delete what was put aside, bytes and rows alike -> how many files. Nothing of them was ever saved."""
    discarded = list(Tuonti.objects.filter(tila=Tuonti.Tila.HYLATTY).only("tiedosto"))
    for tuonti in discarded:
        tuonti.delete()  # the row first: a row whose file is gone could not be read
        tuonti.tiedosto.delete(save=False)
    return len(discarded)


def mark_saved(tuonti: Tuonti, plan, muutokset) -> None:
    """The file has been written: what it changed, and the plan that a person was shown; a command shows none."""
    shown = vars(plan).get("fingerprint", "")  # there once it has been asked for, and dear to ask for
    tuonti.muutokset, tuonti.sormenjalki, tuonti.luvut = muutokset, shown, plan.counts
    tuonti.tila, tuonti.tallennettu = Tuonti.Tila.TALLENNETTU, timezone.now()
    tuonti.save(update_fields=["strategia", "muutokset", "sormenjalki", "luvut", "tila", "tallennettu"])
