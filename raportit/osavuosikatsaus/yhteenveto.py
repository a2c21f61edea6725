"""Osavuosikatsaus -> its figures in words. Every toimenpide is counted, every percentage says its base.

No name and no label is inflected: counts stand beside words in their basic form.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategia.luvut import luku
from strategia.models import SANASTO
from strategia.valot import light_name

from . import ASTEET, Jakauma, Osavuosikatsaus, Strategia, syy_name

NBSP = "\u00a0"


def aste_name(strategia: Strategia, aste: int | None) -> str:
    """What a score is called: its label, in traffic lights the colour, else ""; None is "ei arviota"."""
    if aste is None:
        return _("Ei arviota")
    nimi = strategia.asteikko.get(str(aste), "")
    return nimi or (light_name(aste) if strategia.esitys == "liikennevalo" else "")


def aste_title(strategia: Strategia, aste: int | None) -> str:
    """A score for a legend or a heading: "5 Toteutunut", "Toteutunut" where numbers are not used, or "5"."""
    name = aste_name(strategia, aste)
    if aste is None or (name and strategia.esitys in ("sanat", "liikennevalo")):
        return name
    return f"{aste} {name}".strip()


def lead(raportti: Osavuosikatsaus) -> list[str]:
    """The sentences that open the summary."""
    strategia, jakauma = raportti.strategia, raportti.jakauma
    n, kpl = jakauma.yhteensa, jakauma.kpl
    if not n:
        if raportti.rajaus:
            return [_("Tässä osassa ei ole yhtään toimenpidettä.")]
        return [_("Strategiassa ei ole yhtään toimenpidettä, joka olisi voimassa tällä jaksolla.")]
    sentences = [_count_sentence(raportti, n)]
    if not raportti.nayttaa_asteet:
        return sentences + _not_scored(raportti)
    sentences.append(_per_score(strategia, kpl, n))
    if kpl[None]:
        sentences.append(_("Arviotta: %(kpl)s.") % {"kpl": _share(kpl[None], n)})
    sentences.append(_mean(strategia, jakauma))
    if n > 1:
        base = _("tämän osan") if raportti.rajaus else _("kaikista")
        sentences.append(_("Prosentit on laskettu %(base)s %(kpl)s toimenpiteestä.") % {"base": base, "kpl": luku(n)})
    return [sentence for sentence in sentences if sentence]


def _count_sentence(raportti, n):
    if raportti.rajaus:
        return ngettext("Tässä osassa on yksi toimenpide.", "Tässä osassa on %(n)s toimenpidettä.", n) % {"n": luku(n)}
    # Not of the strategia: those that have ended or not begun are in it too.
    return ngettext("Raportissa on yksi toimenpide.", "Raportissa on %(n)s toimenpidettä.", n) % {"n": luku(n)}


def _not_scored(raportti):
    """What is told where there are no scores: how many have been told of in words."""
    n, base = raportti.jakauma.kommentoitu, raportti.jakauma.yhteensa
    told = ngettext(
        "Toteutuminen on kerrottu sanoin yhdestä toimenpiteestä (%(osuus)s).",
        "Toteutuminen on kerrottu sanoin %(n)s toimenpiteestä (%(osuus)s).",
        n,
    ) % {"n": luku(n), "osuus": percent_of(n, base)}
    missing = [] if raportti.strategia.esitys == "ei" and n else [_("Toteutumisastetta ei ole arvioitu.")]
    return [*missing, told] if n else [*missing, _("Kommentteja ei ole.")]


def _per_score(strategia, kpl, base):
    """ "Toteutunut 42 (22 %), lähes valmis 28 (15 %) …", or with bare numbers "Toteutumisaste 5: 42 kpl (22 %) …" """
    between, parts = _between(strategia), []
    for aste in ASTEET:
        if n := kpl[aste]:
            figure = _share(n, base) if base > 1 else luku(n)
            parts.append(_score_part(strategia, aste, figure, n, first=not parts))
    return between.join(parts) + "." if parts else ""


def _between(strategia):
    """What keeps the parts of a list apart: labels with commas of their own need more."""
    return "; " if any("," in name for name in strategia.asteikko.values()) else ", "


def _score_part(strategia, aste, figure, n, *, first):
    name = aste_name(strategia, aste)
    if not name:
        figure = figure.replace(luku(n), f"{luku(n)}{NBSP}{_('kpl')}", 1)
        told = f"{aste}:{NBSP}{figure}"
        return f"{_('Toteutumisaste')} {told}" if first else told
    return f"{name[:1].upper() + name[1:] if first else mid_sentence(name)}{NBSP}{figure}"


def mid_sentence(name: str) -> str:
    """The label as it stands inside a sentence: "Ei aloitettu" -> "ei aloitettu"; names and acronyms stay."""
    return name[:1].lower() + name[1:] if name[1:] == name[1:].lower() and len(name) > 1 else name


def _mean(strategia, jakauma):
    """The mean of the scores with how many it is of, where the koordinaattori has chosen to tell it; else "".

    A mean is of numbers: where words or lights are shown there is none to read it by.
    """
    is_told = strategia.nayta_keskiarvo and strategia.esitys == "numerot"
    if not is_told or jakauma.keskiarvo is None:
        return ""
    told = {"keskiarvo": str(jakauma.keskiarvo).replace(".", ","), "n": luku(jakauma.arvioitu)}
    return _("Keskiarvo: %(keskiarvo)s (arvioituja %(n)s).") % told


def _share(n, base):
    return f"{luku(n)}{NBSP}({percent_of(n, base)})"


def percent_of(n: int, base: int) -> str:
    """The share as whole per cents; never 0 % of something nor 100 % of less than all."""
    if 0 < n * 200 < base:
        return _("alle 1 prosentti")
    share = (200 * n + base) // (2 * base)
    return f"{min(share, 99) if n < base else share}{NBSP}%"


def count_line(strategia: Strategia, jakauma: Jakauma, *, show_scores: bool) -> str:
    """The sentence of one painopiste: "32 toimenpidettä: toteutunut 8 …" or "… Toteutumisaste 5: 8 kpl …"."""
    n = jakauma.yhteensa
    count = ngettext("%(n)s toimenpide", "%(n)s toimenpidettä", n) % {"n": luku(n)}
    if not show_scores:
        return f"{count}."
    named = any(aste_name(strategia, aste) for aste in ASTEET)
    told = f"{count}{':' if named else '. ' + _('Toteutumisaste')} {bar_title(strategia, jakauma)}."
    return f"{told} {_mean(strategia, jakauma)}".strip()


def bar_title(strategia: Strategia, jakauma: Jakauma) -> str:
    """What a bar shows, in words: "toteutunut 8, lähes valmis 6, ei arviota 1" or "5: 8 kpl, 4: 6 kpl"."""
    between = _between(strategia)
    named = [(aste, mid_sentence(aste_name(strategia, aste)), n) for aste, n in jakauma.kpl.items() if n]
    return between.join(
        f"{name}{NBSP}{luku(n)}" if name else f"{aste}:{NBSP}{luku(n)}{NBSP}{_('kpl')}" for aste, name, n in named
    )


def distribution_title(strategia: Strategia, rooli: str) -> str:
    """What a table or a chart of the scores is called: by the kunta's own word for the role, which is not inflected."""
    usual = {
        "painopiste": _("Toteutuminen painopisteittäin"),
        "toimiala": _("Toteutuminen toimialoittain"),
        "toimielin": _("Toteutuminen toimielimittäin"),
    }
    sana = strategia.sanasto.get(rooli, "")
    return usual[rooli] if sana in ("", SANASTO[rooli]) else _("Toteutuminen: %(sana)s") % {"sana": sana}


def moves(raportti: Osavuosikatsaus) -> str:
    """How the scores moved: "Muutos edellisestä jaksosta (…): nousi 48, laski 4, ennallaan 124, uusi 11."."""
    counts = {**raportti.muutokset, "paattynyt": len(raportti.paattyneet), "ei_mukana": len(raportti.eivat_mukana)}
    parts = [f"{muutos_name(muutos)}{NBSP}{luku(n)}" for muutos, n in counts.items() if n]
    return _("Muutos edellisestä jaksosta (%(jakso)s): %(muutokset)s.") % {
        "jakso": raportti.edellinen.nimi,
        "muutokset": ", ".join(parts),
    }


def muutos_name(muutos: str) -> str:
    return {
        "nousi": _("nousi"),
        "laski": _("laski"),
        "ennallaan": _("ennallaan"),
        "uusi": _("uusi"),
        "ei_arviota": _("ei arviota"),
        "paattynyt": _("päättynyt"),
        "ei_mukana": _("ei mukana"),
    }[muutos]


def reasons(raportti: Osavuosikatsaus) -> str:
    """Why there is no score, in numbers: "3 toimenpiteellä ei ole arviota. Syyt: ei vastattu 1, luovuttu 2."."""
    n, syyt = len(raportti.arviotta), raportti.syyt
    count = ngettext("Yhdellä toimenpiteellä ei ole arviota.", "%(n)s toimenpiteellä ei ole arviota.", n)
    count %= {"n": luku(n)}
    if len(syyt) == 1:
        return f"{count} {_('Syy: %(syy)s.') % {'syy': syy_name(next(iter(syyt)))}}"
    told = ", ".join(f"{syy_name(syy)}{NBSP}{luku(n)}" for syy, n in syyt.items())
    return f"{count} {_('Syyt: %(syyt)s.') % {'syyt': told}}"


def key_figures(raportti: Osavuosikatsaus) -> list[tuple[int, str]]:
    """[(count, what it counts)]: four figures that tell the state at a glance."""
    kpl, strategia = raportti.jakauma.kpl, raportti.strategia
    ends = [(kpl[aste], _figure_name(strategia, aste)) for aste in (5, 1)]
    if raportti.nayttaa_muutokset:
        moved = raportti.muutokset
        return [
            ends[0],
            (moved["nousi"], _("nousi edellisestä")),
            (moved["laski"], _("laski edellisestä")),
            ends[1],
        ]
    total = len(raportti.rivit)
    return [(total, ngettext("toimenpide", "toimenpidettä", total)), *ends, (kpl[None], _("ei arviota"))]


def _figure_name(strategia, aste):
    name = aste_name(strategia, aste)
    return mid_sentence(name) if name else _("toteutumisaste %(aste)d") % {"aste": aste}
