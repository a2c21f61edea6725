"""The cells of a row's measures beside what is stored now: where each began, its targets and its values."""

from strategia.models import Mittari
from strategia.nimet import avain

from ..taulukko.rows import Luettu, Tiedostorivi
from ..taulukko.soluviite import Soluviite, letters_of
from .plan import find_mittari


def list_columns_of_measures(luettu: Luettu) -> dict[str, str]:
    """{letter: heading} of the columns that hold numbers of measures, in the sheet's order."""
    headings = {sarake.kirjain: sarake.otsikko for sheet in luettu.reading for sarake in sheet.sarakkeet}
    mittarit = [mittari for rivi in luettu.rows for mittari in rivi.mittarit]
    columns = {Soluviite.parse(luku.cell).column for mittari in mittarit for luku in _luvut(mittari) if luku.cell}
    return {letters_of(each): headings.get(letters_of(each)) or letters_of(each) for each in sorted(columns)}


def _luvut(mittari):
    return [*([mittari.lahto] if mittari.lahto else ()), *mittari.tavoitteet, *mittari.arvot]


def pair_cells(rivi: Tiedostorivi, mittarit: list[Mittari]) -> dict[str, tuple[str, str, str]]:
    """{letter: (cell, the source's text, the stored one)}; of several measures in one column a line each."""
    found, taken = {}, set()
    for luettu in rivi.mittarit:
        match = find_mittari(luettu, mittarit, taken)
        taken.add(match.pk if match else None)
        stored = _stored(match) if match else {}
        for luku, key in _keyed(luettu):
            cell, before, now = found.get(_letter(luku), (luku.cell, "", ""))
            told = stored.get(key, ("", ""))
            shown = luku.teksti if luku.teksti in told else told[0]
            found[_letter(luku)] = (cell, _joined(before, luku.teksti), _joined(now, shown))
    return found


def _keyed(luettu):
    """[(luku, what it is and when)] of those that have a cell."""
    told = [(luettu.lahto, ("lahto",))] if luettu.lahto else []
    told += [(tavoite, ("tavoite", tavoite.vuosi)) for tavoite in luettu.tavoitteet]
    told += [(arvo, ("arvo", arvo.vuosi, arvo.paiva, avain(arvo.jakso or ""))) for arvo in luettu.arvot]
    return [(luku, key) for luku, key in told if luku.cell]


def _stored(mittari):
    """{what it is and when: (its text, its cell)}"""
    told = {("lahto",): (mittari.lahto_teksti, "")}
    told |= {("tavoite", each.vuosi): (each.teksti, each.alkuperainen) for each in mittari.tavoitteet.all()}
    for arvo in mittari.arvot.all():
        paiva, jakso = arvo.paiva and arvo.paiva.isoformat(), avain(arvo.jakso.nimi if arvo.jakso else "")
        told["arvo", arvo.vuosi, paiva, jakso] = (arvo.teksti, arvo.alkuperainen)
    return told


def _letter(luku):
    return letters_of(Soluviite.parse(luku.cell).column)


def _joined(before, text):
    return f"{before}\n{text}" if before else text
