"""A frozen version + the earlier one that is public -> the form that the council and the public get.

Made in one place, before any format is rendered. What the koordinaattori hid is in no column and in no chapter of its
own; the list of corrections compares with what the same reader could read before, and tells no text that was taken
away. What a frozen text says of itself (its number, its day, its hash) stays.
"""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from seuranta.tarkistus import find_personal_data
from strategia.models import LISAKENTAT, MITTARIN_LUVUT, RAPORTIN_OSAT

from .korjaus import compare
from .model import ALWAYS_SHOWN, MUOTOVERSIO, Korjaus, Muutos, Osavuosikatsaus, Painopiste, Rivi, is_own
from .piilotus import hide_hanging, hide_osavastaukset, map_hanging

# What can be unticked of the columns: the rest are headings, or stand with the name.
PIILOTETTAVAT = (
    "toimielin",
    "toimiala",
    "vastuu",
    "riski",
    "mittari",
    "sdg",
    "toteutumisaste",
    "kommentti",
    *LISAKENTAT,
)


def make_public(
    raportti: Osavuosikatsaus,
    *,
    aiempi: Osavuosikatsaus | None = None,
    nayta_vanhat: bool = True,
    korvaava: int | None = None,
) -> Osavuosikatsaus:
    """The public form.

    aiempi: the newest earlier version that is public, None where there is none: then there is no list of corrections.
    nayta_vanhat: may the list tell what stood in a place before? korvaava: the number of the later public version.
    """
    piilossa = list_hidden(raportti)
    shown = replace(
        _hide(raportti, piilossa),
        korjaus=None,
        muotoversio=MUOTOVERSIO,
        piilotetut=piilossa,
        julkinen=True,
        korvaava=korvaava,
    )
    if aiempi is None:
        return shown
    before = _mask_removed(_hide(_hide(aiempi, list_hidden(aiempi)), piilossa), shown, nayta_vanhat=nayta_vanhat)
    korjaus = compare(before, shown, raportti.korjaus.syy if raportti.korjaus else "")
    return replace(shown, korjaus=_redact(korjaus, nayta_vanhat=nayta_vanhat))


def list_hidden(raportti: Osavuosikatsaus) -> tuple[str, ...]:
    """The roles that are not shown, though rows have something of them.

    A report frozen before it told them (muotoversio 1) tells it by the columns that it lacks.
    """
    shown = {sarake.rooli for sarake in raportti.sarakkeet}
    rows = raportti.kaikki_rivit
    columns = (
        rooli
        for rooli in PIILOTETTAVAT
        if rooli in raportti.piilotetut
        or (rooli not in shown and (rooli in ALWAYS_SHOWN or any(getattr(rivi, rooli) for rivi in rows)))
    )
    return (*columns, *(osa for osa in RAPORTIN_OSAT if osa in raportti.piilotetut and _holds(raportti, osa)))


def _holds(raportti, osa):
    """Is there anything of this part in the report?"""
    return {
        "mittarit": bool(raportti.mittaristo),
        "riskit": bool(raportti.riskit),
        "muut_toimialat": any(
            rivi.muut_toimialat or any(osa.muu_toimiala for osa in rivi.osavastaukset) for rivi in raportti.rivit
        ),
        "luku": True,
    }.get(osa.partition(".")[0], False)


def _hide(raportti: Osavuosikatsaus, roolit: tuple[str, ...]) -> Osavuosikatsaus:
    """The report without the values of these roles, and without what is counted from them."""
    if not roolit:
        return raportti
    columns = [rooli for rooli in roolit if rooli in PIILOTETTAVAT]
    empty = {name: value for rooli in columns for name, value in _EMPTY.get(rooli, {rooli: ""}).items()}
    if "muut_toimialat" in roolit or "toimiala" in roolit:
        empty["muut_toimialat"] = ()

    def hide_row(rivi):
        return replace(rivi, **empty, osavastaukset=hide_osavastaukset(rivi.osavastaukset, roolit))

    emptied = hide_hanging(map_rows(raportti, hide_row), roolit)
    return replace(
        emptied,
        painopisteet=tuple(_hide_levels(painopiste, roolit) for painopiste in emptied.painopisteet),
        sarakkeet=tuple(sarake for sarake in raportti.sarakkeet if sarake.rooli not in roolit),
        toimialat=() if "toimiala" in roolit else raportti.toimialat,
        toimielimet=() if "toimielin" in roolit else raportti.toimielimet,
        osat=tuple(osa for osa in raportti.osat if osa.partition(".")[0] not in roolit),
        lukusarakkeet=_told_luvut(emptied),
        edelliskausi="" if "toteutumisaste" in roolit else raportti.edelliskausi,
    )


def _told_luvut(raportti):
    """The columns of numbers of which the tables of measures tell too."""
    told = {sarake.rooli for sarake in raportti.mittarisarakkeet}
    return tuple(sarake for sarake in raportti.lukusarakkeet if MITTARIN_LUVUT[sarake.rooli] in told)


_EMPTY = {
    "sdg": {"sdg": ()},
    "toteutumisaste": {
        **{"toteutumisaste": None, "syy": "", "alkuperainen": ""},
        **{"edellinen": None, "samana": 0, "edelliskaudella": ""},
    },
}


def _hide_levels(painopiste: Painopiste, roolit) -> Painopiste:
    """What a heading has of the roles."""
    tavoitteet = painopiste.tavoitteet
    if "toimielin" in roolit:
        tavoitteet = tuple(replace(tavoite, toimielin="") for tavoite in tavoitteet)
    if "sdg" in roolit:
        tavoitteet = tuple(replace(tavoite, sdg=()) for tavoite in tavoitteet)
    return replace(painopiste, sdg=() if "sdg" in roolit else painopiste.sdg, tavoitteet=tavoitteet)


def map_rows(raportti: Osavuosikatsaus, change: Callable[[Rivi], Rivi]) -> Osavuosikatsaus:
    """The report with each of its rows changed, those of the previous jakso too."""
    painopisteet = (
        replace(
            painopiste,
            tavoitteet=tuple(
                replace(tavoite, rivit=tuple(map(change, tavoite.rivit))) for tavoite in painopiste.tavoitteet
            ),
        )
        for painopiste in raportti.painopisteet
    )
    others = {name: tuple(map(change, getattr(raportti, name))) for name in ("paattyneet", "eivat_mukana")}
    return replace(raportti, painopisteet=tuple(painopisteet), **others)


def _mask_removed(old: Osavuosikatsaus, new: Osavuosikatsaus, *, nayta_vanhat) -> Osavuosikatsaus:
    """The earlier report, with no name for what has gone from its table, where it may not be told."""

    def is_told(text):
        return nayta_vanhat and not find_personal_data(text)

    def mask(left, rivi):
        if rivi.id in left or is_told(f"{rivi.koodi} {rivi.toimenpide}"):
            return rivi
        return replace(rivi, koodi="", toimenpide=_("Poistettu toimenpide"))

    def mask_table(name):
        left = {rivi.id for rivi in getattr(new, name)}
        return tuple(mask(left, rivi) for rivi in getattr(old, name))

    def mask_hanging(part, left, **masked):
        return part if part.id in left or is_told(getattr(part, *masked)) else replace(part, **masked)

    mittarit, riskit = ({each.id for each in parts} for parts in (new.mittaristo.mittarit, new.riskit))
    old = map_hanging(
        old,
        lambda own: tuple(mask_hanging(each, mittarit, nimi=_("Poistettu mittari")) for each in own),
        lambda own: tuple(mask_hanging(each, riskit, teksti=_("Poistettu riski")) for each in own),
    )
    shown, kept = {rivi.id for rivi in new.rivit}, {sarake.rooli for sarake in new.sarakkeet}
    headings = {sarake.otsikko for sarake in new.sarakkeet if is_own(sarake.rooli)}
    return replace(
        map_rows(old, lambda rivi: mask(shown, _keep_omat(rivi, headings))),
        paattyneet=mask_table("paattyneet"),
        eivat_mukana=mask_table("eivat_mukana"),
        sarakkeet=tuple(
            sarake
            if sarake.rooli in kept or is_told(sarake.otsikko)
            else replace(sarake, otsikko=_("Poistettu sarake"))
            for sarake in old.sarakkeet
        ),
    )


def _keep_omat(rivi: Rivi, headings) -> Rivi:
    """Without the columns of the kunta's own that have gone from the table: that they have is told, no text of them."""
    return replace(rivi, omat={heading: text for heading, text in rivi.omat.items() if heading in headings})


def _redact(korjaus: Korjaus, *, nayta_vanhat: bool) -> Korjaus:
    """The list without what was corrected away: what changed and where is told, the old text only where it may be."""
    muutokset = tuple(_redact_change(muutos, nayta_vanhat=nayta_vanhat) for muutos in korjaus.muutokset)
    return replace(korjaus, muutokset=muutokset, syy=publishable_reason(korjaus.syy, nayta_vanhat=nayta_vanhat))


def _redact_change(muutos: Muutos, *, nayta_vanhat):
    if muutos.ennen and (not nayta_vanhat or find_personal_data(muutos.ennen)):
        return replace(muutos, ennen="", piilossa=True)
    return muutos


def publishable_reason(syy: str, *, nayta_vanhat: bool = True) -> str:
    """Why the jakso was opened again, where it may be told to everybody; else ""."""
    return "" if not nayta_vanhat or find_personal_data(syy) else syy
