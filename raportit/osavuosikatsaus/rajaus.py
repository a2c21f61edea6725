"""Osavuosikatsaus + what to keep of it -> a smaller one that says what it has been cut to. The frozen whole stays."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from seuranta.models import Kirjaus
from strategia.models import RAPORTIN_OSAT, Sitovuus

from .model import ASTEET, Osavuosikatsaus, Rivi, sitovuus_name

MUUTTUNEET, KESKENERAISET = "muuttuneet", "keskeneraiset"


@dataclass(frozen=True)
class Rajaus:
    """Names as they stand in the report, "" for no limit; vain: "", "muuttuneet" or "keskeneraiset"."""

    toimiala: str = ""
    toimielin: str = ""
    painopiste: str = ""
    vain: str = ""
    sitovuus: str = ""

    def __bool__(self):
        return self != Rajaus()

    def keeps(self, rivi: Rivi) -> bool:
        """Does the row belong to this part? (Its painopiste is not told by the row.)"""
        if self.toimiala not in ("", rivi.toimiala) or self.toimielin not in ("", rivi.toimielin):
            return False
        if self.sitovuus not in ("", rivi.sitovuus):
            return False
        if self.vain == MUUTTUNEET:
            return rivi.muutos in ("nousi", "laski", "uusi")
        is_done = rivi.toteutumisaste == ASTEET[0] or rivi.syy == Kirjaus.Syy.LUOVUTTU
        return self.vain != KESKENERAISET or not is_done

    def in_words(self, raportti: Osavuosikatsaus) -> tuple[str, ...]:
        """What the part is: ("Toimiala: Tekniikka", "Vain keskeneräiset toimenpiteet")."""
        sana = raportti.strategia.sanasto
        named = [f"{sana[rooli]}: {nimi}" for rooli in _ROOLIT if (nimi := getattr(self, rooli))]
        only = {
            MUUTTUNEET: _("Vain toimenpiteet, joiden toteutumisaste muuttui"),
            KESKENERAISET: _("Vain keskeneräiset toimenpiteet"),
        }.get(self.vain)
        if self.sitovuus:
            named.append(f"{RAPORTIN_OSAT['sitovuus']}: {sitovuus_name(self.sitovuus)}")
        return (*named, *([only] if only else []))


_ROOLIT = ("painopiste", "toimiala", "toimielin")


def choices(raportti: Osavuosikatsaus, *, every: bool = False) -> dict[str, tuple[str, ...]]:
    """{field of Rajaus: the values that this report can be cut by}.

    A field with one name is left out, for it would cut nothing, unless every field is asked for.
    """
    names = {
        "painopiste": tuple(painopiste.nimi for painopiste in raportti.painopisteet),
        "toimiala": raportti.toimialat,
        "toimielin": raportti.toimielimet,
    }
    scored = (KESKENERAISET,) if raportti.nayttaa_asteet else ()
    sitovat = {rivi.sitovuus for rivi in raportti.rivit}
    names["sitovuus"] = tuple(sitovuus for sitovuus in Sitovuus.values if sitovuus in sitovat)
    found = {rooli: nimet for rooli, nimet in names.items() if every or len(nimet) > 1}
    return found | {"vain": ((MUUTTUNEET,) if raportti.nayttaa_muutokset else ()) + scored}


def rajaa(raportti: Osavuosikatsaus, rajaus: Rajaus) -> Osavuosikatsaus:
    """The report of the rows that the rajaus keeps, counted anew. Texts about the whole are left out of a part.

    The part has no hash of its own and lists no corrections: both belong to the frozen whole.
    """
    if not rajaus:
        return raportti
    painopisteet = tuple(
        kept
        for painopiste in raportti.painopisteet
        if rajaus.painopiste in ("", painopiste.nimi)
        and ((kept := _keep(painopiste, rajaus)).tavoitteet or kept.mittarit)
    )
    rivit = [rivi for painopiste in painopisteet for rivi in painopiste.rivit]
    # Those of another painopiste or without an answer are no part, nor is it told whom they bind.
    is_whole = not (rajaus.painopiste or rajaus.vain or rajaus.sitovuus)
    gone = {
        name: tuple(filter(rajaus.keeps, getattr(raportti, name))) if is_whole else ()
        for name in ("paattyneet", "eivat_mukana")
    }
    return replace(
        raportti,
        painopisteet=painopisteet,
        **gone,
        toimialat=_used(raportti.toimialat, {rivi.toimiala for rivi in rivit}),
        toimielimet=_used(raportti.toimielimet, {rivi.toimielin for rivi in rivit}),
        avaus="",
        korjaus=None,
        tiiviste="",
        rajaus=rajaus.in_words(raportti),
    )


def _keep(painopiste, rajaus):
    whole = rajaus == Rajaus(painopiste=painopiste.nimi)
    kept = (_keep_tavoite(tavoite, rajaus, whole=whole) for tavoite in painopiste.tavoitteet)
    return replace(
        painopiste,
        tavoitteet=tuple(t for t in kept if t.rivit or t.mittarit or t.riskit),
        teksti=painopiste.teksti if whole else "",
        mittarit=_keep_mittarit(painopiste.mittarit, rajaus, whole=whole),
    )


def _keep_tavoite(tavoite, rajaus, *, whole):
    return replace(
        tavoite,
        rivit=tuple(filter(rajaus.keeps, tavoite.rivit)),
        mittarit=_keep_mittarit(tavoite.mittarit, rajaus, whole=whole),
        riskit=tavoite.riskit if whole else (),
    )


def _keep_mittarit(mittarit, rajaus, *, whole):
    """Of the measures of a heading a part has those that its toimiala records."""
    if whole:
        return mittarit
    is_of_toimiala = rajaus.toimiala and not (rajaus.toimielin or rajaus.vain or rajaus.sitovuus)
    return tuple(each for each in mittarit if is_of_toimiala and each.toimiala == rajaus.toimiala)


def _used(names, used):
    return tuple(nimi for nimi in names if nimi in used)
