"""Osavuosikatsaus -> its slides in the order of the page: cover, figures, distribution, moves, deviations, measures,
and one of each painopiste.
"""

from base64 import b64decode

from django.utils.translation import gettext as _

from strategia import varit
from strategia.luvut import luku

from ...osavuosikatsaus import Osavuosikatsaus, Painopiste, yhteenveto
from ...osavuosikatsaus.mittarisanat import count_mittarit
from ...osavuosikatsaus.tiedot import list_facts
from ..kaavio import list_charts
from ..saavuttamatta import list_missed, list_valued
from . import diarivit
from .dia import Dia, fill, put_logo
from .diapohja import KANNEN_ALAOTSIKKO, KANNEN_KOOT, KANNEN_LOGO, KANNEN_OTSIKKO, KANNEN_TIEDOT, KANSI, SISALTO
from .jakaumat import by_tavoite, count_tavoitteet, draw_counts, draw_distribution, draw_moves

PALKKEJA = 8  # on one slide
RIVEJA = 5  # of a table
TEKSTI_VIERESSA = 330  # points: how wide a text is that has a chart beside it
MITTARIT = ("ei_viela", "arvo_puuttuu", "ei_lahetetty", "ei_verrata")


def write_slides(presentation, raportti: Osavuosikatsaus) -> None:
    """Every slide that the report has something for."""
    esitys = Esitys(presentation, raportti)
    esitys.cover()
    for write in (
        esitys.correction,
        esitys.opening,
        esitys.figures,
        esitys.distributions,
        esitys.moves,
        esitys.largest,
        esitys.deviations,
        esitys.measures,
    ):
        write()
    for painopiste in raportti.painopisteet:
        esitys.painopiste(painopiste)


class Esitys:
    """The slides of one report."""

    def __init__(self, presentation, raportti):
        self.presentation, self.raportti = presentation, raportti
        self.vari = varit.accent(raportti.kunta.korostusvari)
        kunta = raportti.kunta.virallinen_nimi or raportti.kunta.nimi
        parts = [_("Luonnos") if raportti.on_luonnos else "", kunta, raportti.jakson_otsikko, *raportti.rajaus]
        self.alatunniste = " · ".join(part for part in parts if part)

    def cover(self):
        raportti = self.raportti
        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[KANSI])
        kunta = raportti.kunta.virallinen_nimi or raportti.kunta.nimi
        marks = [_("Luonnos")] if raportti.on_luonnos else []
        facts = [f"{nimi}: {tieto}" for nimi, tieto in list_facts(raportti)]
        texts = (
            raportti.otsikko,
            f"{kunta}\n{raportti.jakson_otsikko}",
            "\n".join([*marks, ". ".join(raportti.rajaus), *facts]),
        )
        boxes = (KANNEN_OTSIKKO, KANNEN_ALAOTSIKKO, KANNEN_TIEDOT)
        for placeholder, text, box, koko in zip(slide.placeholders, texts, boxes, KANNEN_KOOT, strict=True):
            fill(placeholder, text, box, koko)
        if raportti.kunta.logo:
            put_logo(slide, b64decode(raportti.kunta.logo.partition(",")[2]), KANNEN_LOGO, kunta)

    def _dia(self, otsikko):
        dia = Dia(self.presentation.slides.add_slide(self.presentation.slide_layouts[SISALTO]))
        dia.title(otsikko)
        return dia

    def correction(self):
        """What a corrected version says of itself: of which it is a correction, why, and the first of the changes."""
        korjaus = self.raportti.korjaus
        if korjaus is None:
            return
        dia = self._dia(_("Korjattu versio %(versio)s") % {"versio": self.raportti.versio})
        told = [_("Tämä raportti korvaa version %(versio)s.") % {"versio": korjaus.versio}]
        if korjaus.syy:
            told.append(f"{_('Korjauksen syy:')} {korjaus.syy}")
        if not korjaus.muutokset:
            told.append(_("Tiedot ovat samat kuin edellisessä versiossa."))
        elif len(korjaus.muutokset) > RIVEJA:
            told.append(diarivit.first_of(RIVEJA, len(korjaus.muutokset), _("Mitä korjattiin")))
        dia.body("\n".join(told), 130)
        if korjaus.muutokset:
            dia.table(*diarivit.list_corrections(korjaus.muutokset[:RIVEJA]))
        dia.end(self.alatunniste, _("Mitä korjattiin"))

    def opening(self):
        if self.raportti.avaus.strip():
            dia = self._dia(_("Saatteeksi"))
            dia.body(self.raportti.avaus, dia.tila)
            dia.end(self.alatunniste, _("Yhteenveto"))

    def figures(self):
        raportti = self.raportti
        dia = self._dia(_("Yhteenveto"))
        if raportti.nayttaa_asteet:
            dia.figures([(luku(n), nimi) for n, nimi in yhteenveto.key_figures(raportti)], self.vari)
        told = [" ".join(yhteenveto.lead(raportti))]
        if raportti.nayttaa_tulokset:
            told.append(count_mittarit(raportti.kerrottava_mittaristo))
        dia.body("\n".join(told), dia.tila)
        dia.end(self.alatunniste, _("Yhteenveto"))

    def distributions(self):
        """By painopiste, toimiala and toimielin; in words alone how many toimenpidettä each has."""
        raportti, tyhjat = self.raportti, {"toimialat": _("Ilman toimialaa"), "toimielimet": _("Ilman toimielintä")}
        charts = list_charts(raportti) or self._counted()
        for name, (otsikko, jakaumat) in charts.items():
            nameless = tyhjat.get(name, _("Nimetön"))
            for start in range(0, len(jakaumat), PALKKEJA):
                pages = -(-len(jakaumat) // PALKKEJA)
                page = f" ({start // PALKKEJA + 1}/{pages})" if pages > 1 else ""
                dia = self._dia(f"{otsikko}{page}")
                draw = draw_distribution if raportti.nayttaa_asteet else draw_counts
                draw(dia, raportti, otsikko, jakaumat[start : start + PALKKEJA], nameless)
                dia.end(self.alatunniste, _("Yhteenveto"))

    def _counted(self):
        sanasto, raportti = self.raportti.strategia.sanasto, self.raportti
        found = {
            "painopisteet": ("painopiste", raportti.painopisteittain),
            "toimialat": ("toimiala", raportti.toimialoittain),
            "toimielimet": ("toimielin", raportti.toimielimittain),
        }
        return {
            name: (_("Toimenpiteet: %(sana)s") % {"sana": sanasto[rooli]}, jakaumat)
            for name, (rooli, jakaumat) in found.items()
            if jakaumat and raportti.rivit
        }

    def moves(self):
        raportti = self.raportti
        if not (raportti.luvut["muutokset"] and raportti.nayttaa_muutokset and raportti.rivit):
            return
        dia = self._dia(_("Muutos edellisestä jaksosta"))
        told = [yhteenveto.moves(raportti)]
        if not raportti.laskeneet:
            told.append(_("Minkään toimenpiteen toteutumisaste ei laskenut."))
        if not raportti.isoimmat_nousut:
            told.append(_("Minkään toimenpiteen toteutumisaste ei noussut kahta askelta."))
        dia.body("\n".join(told), 130)
        draw_moves(dia, raportti)
        dia.end(self.alatunniste, _("Poikkeamat ja suurimmat muutokset"))

    def largest(self):
        """What fell, what rose the most and what stands still: the first of each."""
        raportti = self.raportti
        kohta = _("Poikkeamat ja suurimmat muutokset")
        if not raportti.luvut["muutokset"]:
            return
        if raportti.nayttaa_muutokset:
            self._rows(_("Laski edellisestä jaksosta"), raportti.laskeneet, kohta, diarivit.list_moves)
            self._rows(_("Nousi vähintään kaksi askelta"), raportti.isoimmat_nousut, kohta, diarivit.list_moves)
        if raportti.nayttaa_asteet:
            otsikko = _("Sama toteutumisaste vähintään kolmella jaksolla")
            self._rows(otsikko, raportti.pysyneet, kohta, diarivit.list_standing)

    def deviations(self):
        otsikko = _("Ennusteet, poikkeamat ja korjaavat toimet")
        if self.raportti.luvut["poikkeamat"]:
            self._rows(otsikko, self.raportti.poikkeamat, otsikko, diarivit.list_deviations)

    def measures(self):
        raportti, otsikko = self.raportti, _("Mittarit ja tavoitteet")
        if raportti.luvut["mittarit"]:
            shown = list_missed(raportti, *MITTARIT) or list_valued(raportti)
            self._rows(otsikko, shown, otsikko, diarivit.list_measures, count_mittarit(raportti.kerrottava_mittaristo))

    def _rows(self, otsikko, rows, kohta, table, johdanto=""):
        """A slide of the first rows; nothing where there are none and nothing else is told."""
        if not rows and not johdanto:
            return
        dia = self._dia(otsikko)
        told = [johdanto] if johdanto else []
        if len(rows) > RIVEJA:
            told.append(diarivit.first_of(RIVEJA, len(rows), kohta))
        if told:
            dia.body("\n".join(told), 90)
        if rows:
            dia.table(*table(self.raportti, rows[:RIVEJA], otsikko))
        dia.end(self.alatunniste, kohta)

    def painopiste(self, painopiste: Painopiste):
        """Its own text on the left and its tavoitteet in bars; where nothing is scored, the tavoitteet by name."""
        raportti = self.raportti
        dia = self._dia(painopiste.nimi)
        has_chart = raportti.nayttaa_asteet and painopiste.rivit
        dia.body(
            yhteenveto.count_line(raportti.strategia, painopiste.jakauma, show_scores=raportti.nayttaa_asteet), 100
        )
        told = [painopiste.teksti.strip()]
        if not has_chart:
            named = [each for each in count_tavoitteet(painopiste) if each.nimi]
            told += [f"• {' '.join(each.nimi.split())} ({luku(each.yhteensa)})" for each in named]
        if any(told):
            dia.text_beside("\n".join(told), TEKSTI_VIERESSA if has_chart else dia.leveys)
        if has_chart:
            draw_distribution(dia, raportti, painopiste.nimi, by_tavoite(painopiste), _("Ilman tavoitetta"))
        dia.end(self.alatunniste, painopiste.nimi)
