"""Measures, risks and the answers of units -> the same without what is hidden. Who may hide what: julkinen.py."""

from collections.abc import Callable, Collection
from dataclasses import replace

from .mitattu import NAYTETTAVIA, Mittari, MittariArvo, Osavastaus, Riski
from .model import Osavuosikatsaus, Painopiste, Rivi, Tavoite

Mittarit, Riskit = tuple[Mittari, ...], tuple[Riski, ...]


def map_hanging(
    raportti: Osavuosikatsaus,
    mittarit: Callable[[Mittarit], Mittarit] = lambda own: own,
    riskit: Callable[[Riskit], Riskit] = lambda own: own,
) -> Osavuosikatsaus:
    """The report with the measures and the risks of each row and each heading changed."""

    def change(part: Painopiste | Tavoite | Rivi, **others):
        own = {
            name: f(getattr(part, name)) for name, f in (("mittarit", mittarit), ("riskit", riskit)) if has(part, name)
        }
        return replace(part, **own, **others) if own or others else part

    def has(part, name):
        return bool(getattr(part, name, ()))

    def change_tavoite(tavoite):
        return change(tavoite, rivit=tuple(map(change, tavoite.rivit)))

    painopisteet = (change(p, tavoitteet=tuple(map(change_tavoite, p.tavoitteet))) for p in raportti.painopisteet)
    return replace(raportti, painopisteet=tuple(painopisteet))


def hide_hanging(raportti: Osavuosikatsaus, roolit: Collection[str]) -> Osavuosikatsaus:
    """Without what the hidden roles tell of measures and risks, and without the columns that told it."""
    hides = [rooli for rooli in roolit if rooli.partition(".")[0] in ("mittarit", "riskit") or rooli == "toimiala"]
    if not hides:
        return raportti

    def hide_mittarit(own):
        return () if "mittarit" in roolit else tuple(hide_mittari(mittari, roolit) for mittari in own)

    shown = map_hanging(raportti, hide_mittarit, (lambda own: ()) if "riskit" in roolit else lambda own: own)
    if "mittarit" in roolit:
        return replace(shown, mittarisarakkeet=(), aiemmat=())
    sarakkeet = tuple(sarake for sarake in raportti.mittarisarakkeet if sarake.rooli not in roolit)
    return replace(shown, mittarisarakkeet=sarakkeet)


def hide_mittari(mittari: Mittari, roolit: Collection[str]) -> Mittari:
    """What tells of a hidden value goes with it: a reached state tells of the target and of the value."""
    hidden = {rooli.partition(".")[2] for rooli in roolit if rooli.startswith("mittarit.")}
    empty = {name: value for rooli in hidden for name, value in _TYHJAT.get(rooli, {}).items()}
    if "toimiala" in roolit:
        empty["toimiala"] = ""
    aiemmat = mittari.aiemmat[-NAYTETTAVIA:] if "kehitys" in hidden else mittari.aiemmat
    told = (hide_value(arvo, hidden) for arvo in aiemmat)
    return replace(
        mittari,
        arvo=mittari.arvo and hide_value(mittari.arvo, hidden),
        aiemmat=tuple(arvo for arvo in told if arvo),
        **empty,
    )


_TYHJAT = {
    "lahto": {"lahto_teksti": "", "lahto_luku": None, "lahto_vuosi": None},
    "arvot": {"tulos": "", "muutos": ""},
    "tavoite": {"tavoite": None, "tavoitteet": (), "tulos": ""},
    "tulos": {"tulos": "", "muutos": ""},
}


def hide_value(arvo: MittariArvo, hidden: Collection[str]) -> MittariArvo | None:
    """The value without what is hidden of it, None where nothing is left."""
    if "arvot" in hidden:
        arvo = replace(arvo, teksti="", luku=None)
    if "huomautus" in hidden:
        arvo = replace(arvo, huomautus="")
    return arvo if arvo.teksti or arvo.huomautus else None


def hide_osavastaukset(osat: tuple[Osavastaus, ...], roolit: Collection[str]) -> tuple[Osavastaus, ...]:
    """Their scores are hidden with the column of scores, their comments with that of comments.

    What another toimiala says goes with the names of the others.
    """
    if "muut_toimialat" in roolit or "toimiala" in roolit:
        osat = tuple(osa for osa in osat if not osa.muu_toimiala)
    if "toteutumisaste" in roolit:
        osat = tuple(replace(osa, toteutumisaste=None) for osa in osat)
    if "kommentti" in roolit:
        osat = tuple(replace(osa, kommentti="") for osa in osat)
    return () if {"toteutumisaste", "kommentti"} <= set(roolit) else osat
