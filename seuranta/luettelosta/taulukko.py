"""Rows of a list + the strategia -> a table that waits in the import's preview, as any other that is sent there."""

import csv
import io

from strategia.models import Strategia

from ..models import Tuonti
from ..taulukko.rows import Luettu
from ..tiedosto.luenta import receive_file
from ..tiedosto.paatokset import Laji, store_decisions
from ..tuonti.luku import by_laji, reader_choices
from ..tuonti.plan import known_words

TASOT = ("painopiste", "tavoite", "toimenpide")


def send_list(rivit, strategia: Strategia, *, by) -> tuple[Luettu, Tuonti | None]:
    """The table of the list, sent in; what its columns are and where it goes is decided with it."""
    taken = [taso for place, taso in enumerate(TASOT) if any(rivi[place] for rivi in rivit)]
    kunta = strategia.kunta
    decided = {
        (Laji.STRATEGIA, ""): strategia.nimi,
        (Laji.OTSIKKORIVI, ""): 0,
        **{(Laji.SARAKE, letter): taso for letter, taso in zip("ABC", taken, strict=False)},
    }
    choices = reader_choices(known_words(kunta.nimi, strategia.nimi), by_laji(decided))
    told = {"by": by, "on_luettelo": True}
    luettu, tuonti = receive_file(kunta, _table_bytes(rivit, taken), Tuonti.LUETTELO, choices, **told)
    if tuonti:
        store_decisions(tuonti, decided, seen=tuonti.paatosversio, by=by)
    return luettu, tuonti


def _table_bytes(rivit, taken):
    """Without headings: words of a council's plan ("Uusi kärki", "Tavoite 1") would be taken for another table's."""
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([rivi[TASOT.index(taso)] for taso in taken] for rivi in rivit)
    return file.getvalue().encode()
