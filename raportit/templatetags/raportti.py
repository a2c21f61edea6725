"""The report's words, pictures and tables for its templates."""

from django import template

from raportit import charts, yhteenveto
from raportit.osavuosikatsaus import ASTEET
from raportit.taulukko import Taulukko

register = template.Library()

for function in (yhteenveto.lead, yhteenveto.moves, yhteenveto.reasons, yhteenveto.key_figures):
    register.filter(function.__name__, function)


@register.inclusion_tag("raportit/osavuosikatsaus/palkki.html")
def palkki(raportti, jakauma, leveys):
    """A stacked bar of the counts, leveys units wide."""
    return {
        "leveys": leveys,
        "korkeus": charts.KORKEUS,
        "otsikko": yhteenveto.bar_title(raportti.strategia, jakauma),
        "palat": charts.stack(jakauma.kpl, leveys),
    }


@register.simple_tag
def count_line(raportti, jakauma):
    return yhteenveto.count_line(raportti.strategia, jakauma, show_scores=raportti.nayttaa_asteet)


@register.simple_tag
def selite(raportti):
    """[(score or None, its title, its colour)] of the scale, in the order of the bars."""
    asteet = (*ASTEET, None) if raportti.arviotta else ASTEET
    return [(aste, yhteenveto.aste_title(raportti.strategia, aste), charts.VARIT[aste]) for aste in asteet]


@register.simple_tag
def sanoina(raportti):
    """Is the scale shown without its numbers?"""
    return raportti.strategia.esitys in ("sanat", "liikennevalo")


@register.simple_tag(takes_context=True)
def taulukko(context, raportti):
    """The table of a tavoite: the kunta's own columns, and after the score how it moved."""
    roolit = []
    for sarake in raportti.taulukon_sarakkeet:
        roolit.append(sarake.rooli)
        if sarake.rooli == "toteutumisaste" and raportti.nayttaa_muutokset:
            roolit.append("muutos")
    return Taulukko(raportti, tuple(roolit), osoite=context.get("toimenpiteen_osoite", ""))


@register.simple_tag(takes_context=True)
def lyhyt_taulukko(context, raportti, *roolit):
    """A table of these columns only, as far as they are in use."""
    used = tuple(r for r in roolit if r in ("muutos", "syy") or raportti.is_used(r))
    return Taulukko(raportti, used, osoite=context.get("toimenpiteen_osoite", ""))


@register.filter
def taulukon_rivit(rivit, taulukko):
    return taulukko.rivit(rivit)
