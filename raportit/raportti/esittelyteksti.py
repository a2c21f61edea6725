"""Osavuosikatsaus -> the short text of a meeting's agenda item, to copy into case management."""

from django.utils.translation import gettext as _

from ..osavuosikatsaus import Osavuosikatsaus, split_meeting, yhteenveto

NOSTOJA = 5  # of the largest rises, and of the falls


def write_text(raportti: Osavuosikatsaus) -> str:
    """Paragraphs apart by an empty line: what this is, the opening text, the figures, the largest moves, what is
    missing, and what is proposed to be decided.
    """
    opening, proposal = _opening(raportti), _proposal(raportti)
    kappaleet = [opening, " ".join(yhteenveto.lead(raportti))]
    if raportti.avaus.strip():
        kappaleet.insert(1, raportti.avaus.strip())
    if raportti.nayttaa_muutokset and raportti.luvut["muutokset"]:
        kappaleet += [yhteenveto.moves(raportti), *_largest(raportti)]
    if raportti.luvut["arviotta"]:
        kappaleet.append(yhteenveto.reasons(raportti))
    return "\n\n".join([*kappaleet, proposal]).replace(yhteenveto.NBSP, " ")


def _proposal(raportti):
    """The decision that a body makes of a report: it takes note of it. Who decides otherwise writes otherwise."""
    told = {"nimi": f"{raportti.otsikko}, {raportti.jakson_otsikko}", "toimielin": split_meeting(raportti.kokous)[0]}
    if told["toimielin"]:
        return _("Päätösehdotus: %(toimielin)s merkitsee tiedoksi raportin ”%(nimi)s”.") % told
    return _("Päätösehdotus: Merkitään tiedoksi raportti ”%(nimi)s”.") % told


def _opening(raportti):
    parts = [f"{raportti.kunta.virallinen_nimi or raportti.kunta.nimi}: {raportti.otsikko}, {raportti.jakson_otsikko}."]
    if raportti.tilanne:
        parts.append(_("Tilanne %(pvm)s.") % {"pvm": _day(raportti.tilanne)})
    if raportti.korjaus:
        parts.append(_("Korjattu versio %(versio)s.") % {"versio": raportti.versio})
    elif raportti.on_luonnos:
        parts.append(_("Luonnos."))
    return " ".join(parts)


def _day(day):
    return f"{day.day}.{day.month}.{day.year}"


def _largest(raportti):
    for otsikko, rivit in (
        (_("Suurimmat nousut:"), raportti.isoimmat_nousut),
        (_("Suurimmat laskut:"), raportti.laskeneet),
    ):
        if rivit:
            told = [f"{_name(rivi)} ({rivi.edellinen} → {rivi.toteutumisaste})" for rivi in rivit[:NOSTOJA]]
            yield f"{otsikko} {'; '.join(told)}."


def _name(rivi):
    return f"{rivi.koodi} {' '.join(rivi.toimenpide.split())}".strip().rstrip(".")
