"""Bytes -> the Tuonti that keeps them -> their rows, read once."""

import hashlib
import json
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile

from ..models import Tuonti
from ..taulukko.rows import Luettu
from ..taulukko.sandbox import read_in_turn

JASENTIMEN_VERSIO = 3  # grows when the same file would be read otherwise: stored rows are then read anew


def reading_key(tuonti, labels, answers):
    choices = {name: tuonti.valinnat.get(name) for name in ("jakso", "sarakkeet", "solut")}
    told = json.dumps([tuonti.sha256, choices, labels, answers, JASENTIMEN_VERSIO], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def keep_reading(tuonti, luettu, key):
    tuonti.jasennetty, tuonti.jasennyksen_avain = luettu.to_dict(), key
    tuonti.save(update_fields=["jasennetty", "jasennyksen_avain"])


def read_file(data: bytes, name: str, valinnat=None, labels=None, answers=None) -> Luettu:
    """The file as read, by a person's choices of columns, cells typed over and the jakso's name.

    answers: heading -> role, for a vastaustaulukko.
    """
    valinnat = valinnat or {}
    names = {"jakso": "jakso", "columns": "sarakkeet", "cells": "solut"}
    choices = {option: valinnat[ours] for option, ours in names.items() if valinnat.get(ours)}
    choices |= {"answers": answers} if answers else {}
    return read_in_turn(data, name, folder=_turns(), labels=labels, **choices)


def _turns():
    """Where the processes of this installation find their turns: not in MEDIA_ROOT, a refused file leaves no trace."""
    own = hashlib.sha256(str(settings.MEDIA_ROOT).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"strategian-seuranta-{os.getuid()}-{own}"


def is_previewed(tuonti):
    """Has nobody saved or discarded it meanwhile?"""
    return Tuonti.objects.filter(pk=tuonti.pk, tila=Tuonti.Tila.ESIKATSELU).exists()


def store_file(kunta, data: bytes, name: str, *, by, valinnat=None, jakso=None, toimiala=None) -> Tuonti:
    """The file as a Tuonti that has written nothing yet. On disk its name is its digest, whatever it was called."""
    sha256 = hashlib.sha256(data).hexdigest()
    tuonti = Tuonti(
        kunta=kunta, tiedostonimi=name[:255], sha256=sha256, tekija=by, valinnat=valinnat or {}, jakso=jakso,
        toimiala=toimiala,
    )  # fmt: skip
    tuonti.tiedosto.save(sha256, ContentFile(data), save=False)
    tuonti.save()
    return tuonti
