"""The report's words, pictures and tables for its templates."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from raportit.muodot.mittaritaulukko import Mittaritaulukot
from raportit.muodot.otsikoittain import lyhenna, render_osat
from raportit.muodot.palkki import VARIT, draw_stack
from raportit.muodot.palstoitus import fit_columns
from raportit.muodot.ruudukko import Ruudukko
from raportit.muodot.saavuttamatta import list_missed, render_missed
from raportit.muodot.vertailuruudukko import Vertailuruudukko
from raportit.osavuosikatsaus import yhteenveto
from raportit.osavuosikatsaus.mittarisanat import count_mittarit
from raportit.osavuosikatsaus.mittarit_rinnakkain import compare_mittarit
from raportit.osavuosikatsaus.rinnakkain import MUUTTUI
from raportit.osavuosikatsaus.sdg_osa import list_goals
from raportit.osavuosikatsaus.tiedot import list_facts
from strategia.linkit import linkify
from strategia.luvut import luku
from strategia.sahkoposti import absolute_url

register = template.Library()
BAR_ALONE, BAR_LESS = 412, 33.6  # CSS pixels of a bar: what a column of each score leaves of the page for it
LASKETUT = ("muutos", "syy", "edellinen", "edelliskaudella", "samana")  # no role of the kunta's own table

for function in (yhteenveto.lead, yhteenveto.moves, yhteenveto.reasons, yhteenveto.key_figures):
    register.filter(function.__name__, function)
register.filter("count_mittarit", count_mittarit)
register.filter("kannen_tiedot", list_facts)
register.filter("luku", luku)
register.filter("lyhenna", lyhenna)


register.simple_tag(absolute_url, name="julkinen_osoite")


@register.simple_tag
def palkki(raportti, jakauma, leveys):
    """A stacked bar of the counts, leveys units wide."""
    return draw_stack(jakauma.kpl, leveys, yhteenveto.bar_title(raportti.strategia, jakauma))


@register.simple_tag
def jakauman_rivit(raportti, jakaumat, asteikko, ilman):
    """The rows of a table of counts, each with its bar."""
    asteet = [aste for aste, _nimi, _vari in asteikko]
    bar = round(BAR_ALONE - BAR_LESS * len(asteet))
    labels = [nimi if sanoina(raportti) or not aste else aste for aste, nimi, _vari in asteikko]
    return format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="luku kaikki" data-label="{}">{}</td>{}<td>{}</td></tr>\n',
        (
            (
                jakauma.nimi or ilman,
                _("Kpl"),
                luku(jakauma.yhteensa),
                format_html_join(
                    "",
                    '<td class="luku" data-label="{}">{}</td>',
                    zip(labels, map(luku, map(jakauma.kpl.get, asteet)), strict=True),
                ),
                palkki(raportti, jakauma, bar),
            )
            for jakauma in jakaumat
        ),
    )


@register.simple_tag
def count_line(raportti, jakauma):
    return yhteenveto.count_line(raportti.strategia, jakauma, show_scores=raportti.nayttaa_asteet)


@register.simple_tag
def selite(raportti):
    """[(score or None, its title, its colour)] of the scale, in the order of the bars."""
    strategia = raportti.strategia
    return [(aste, yhteenveto.aste_title(strategia, aste), VARIT[aste]) for aste in raportti.asteikon_asteet]


@register.simple_tag
def asteen_otsikko(raportti, aste):
    """A score as a heading has it: "5 Toteutunut", or its words alone."""
    return yhteenveto.aste_title(raportti.strategia, aste)


@register.simple_tag
def asteen_nimi(raportti, aste):
    """Its words alone; "" where it has none."""
    return yhteenveto.aste_name(raportti.strategia, aste)


@register.simple_tag
def askel(raportti, rivi):
    """From which score to which: "4 → 5", in words where the scale has no numbers."""
    strategia, scores = raportti.strategia, (rivi.edellinen, rivi.toteutumisaste)
    return " → ".join(yhteenveto.aste_title(strategia, aste) if sanoina(raportti) else str(aste) for aste in scores)


@register.simple_tag
def jakauman_otsikko(raportti, rooli):
    return yhteenveto.distribution_title(raportti.strategia, rooli)


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
        elif sarake.rooli == "toteutumisaste" and raportti.edelliskausi:
            roolit.append("edelliskaudella")
    return Ruudukko(raportti, fit_columns(raportti, roolit), **_drawn_for(context))


@register.simple_tag(takes_context=True)
def lyhyt_taulukko(context, raportti, *roolit, rivit=None, on_pysty=True):
    """A table of these columns only, as far as they are in use: in the report, or in `rivit` where they are given.

    on_pysty: the part it stands in is never turned.
    """
    used = tuple(r for r in roolit if r in LASKETUT or raportti.is_used(r))
    if rivit is not None:
        used = tuple(r for r in used if r in LASKETUT or any(getattr(rivi, r) for rivi in rivit))
    return Ruudukko(raportti, fit_columns(raportti, used, on_pysty=on_pysty), **_drawn_for(context))


def _drawn_for(context):
    """A page leads to the page of each row; the paper's marks are letters."""
    osoite = context.get("toimenpiteen_osoite", "")
    return {"osoite": osoite, "merkit_tekstina": context.get("merkit_tekstina", False)}


@register.filter
def taulukkona(taulukko, rivit):
    return taulukko.html(rivit)


@register.simple_tag
def mittaritaulukot(raportti):
    """The tables of measures of the whole report."""
    return Mittaritaulukot(raportti)


@register.simple_tag
def painopisteen_osat(painopiste, taulukko, mittarit):
    return render_osat(painopiste, taulukko, mittarit.html)


@register.filter
def mittaritaulukkona(osa, mittarit):
    """What is told of the measures of a painopiste itself."""
    return mittarit.html(osa)


@register.simple_tag
def saavuttamatta(raportti, *tulokset):
    """[(painopiste, tavoite, row, measure)] of those that have one of these results."""
    return list_missed(raportti, *tulokset)


@register.simple_tag(takes_context=True)
def saavuttamattomat(context, raportti, missed, with_tulos=False):
    sivu = context.get("sivu")
    return render_missed(raportti, missed, with_tulos=with_tulos, on_osissa=bool(sivu and sivu.on_osissa))


@register.simple_tag
def riskin_luokka(todennakoisyys, vaikutus):
    """How grave the square is, as its shade tells; the numbers at its sides tell the same."""
    suuruus = todennakoisyys * vaikutus
    return "suuri" if suuruus >= 15 else "kohtalainen" if suuruus >= 6 else "pieni"


@register.simple_tag
def riskien_rivit(raportti):
    """The rows of the list of risks. By hand, as the other long tables."""
    words = [_("Mitä koskee"), _("Todennäköisyys"), _("Vaikutus"), _("Suuruus")]
    rows = (
        [number, riski.teksti, words[0], rivi.toimenpide if rivi else tavoite.nimi or painopiste.nimi]
        + [
            each
            for word, value in zip(words[1:], (riski.todennakoisyys, riski.vaikutus, riski.suuruus), strict=True)
            for each in (word, value or "–")
        ]
        for number, riski, painopiste, tavoite, rivi in raportti.kerrottavat_riskit
    )
    numbers = '<td class="luku" data-label="{}">{}</td>' * 3
    return format_html_join(
        "", f'<tr><th scope="row">{{}}. {{}}</th><td data-label="{{}}">{{}}</td>{numbers}</tr>\n', rows
    )


@register.simple_tag
def sdg_tavoitteet(raportti):
    return list_goals(raportti)


@register.filter
def sisallon_tavoitteet(painopiste):
    """The named tavoitteet of a painopiste as a list of links, under their toimielimet where those are headings."""
    parts = []
    for toimielin, tavoitteet in painopiste.osat:
        links = [format_html('<li><a href="#{}">{}</a></li>\n', anchor, t.nimi) for anchor, t in tavoitteet if t.nimi]
        if toimielin:
            parts.append(format_html('<li><span class="valissa">{}</span>{}</li>\n', toimielin, _list_of(links)))
        else:
            parts += links
    return _list_of(parts)


def _list_of(items):
    return format_html("<ul>{}</ul>", format_html_join("", "{}", ((item,) for item in items))) if items else ""


@register.filter
def ruudukko(vertailu):
    """The columns of a comparison's table on paper."""
    return Vertailuruudukko(vertailu)


@register.simple_tag(takes_context=True)
def vertailutaulukko(context, ruudukko, rivit):
    """Rows with a column for each jakso. By hand, as the other long tables."""
    vertailu = ruudukko.vertailu
    jaksot = [raportti.jakso.nimi for raportti in vertailu.raportit]
    sana = vertailu.strategia.sanasto["toimenpide"]
    osoite = context.get("toimenpiteen_osoite", "")
    widths = [100 - ruudukko.leveys * len(jaksot), *[ruudukko.leveys] * len(jaksot)]
    return format_html(
        '<table class="{}"><colgroup>{}</colgroup>\n<thead><tr><th scope="col">{}</th>{}</tr></thead>\n'
        "<tbody>\n{}</tbody></table>",
        "toimenpiteet tiivis" if ruudukko.on_vaaka else "toimenpiteet",
        format_html_join("", '<col class="l{}">', ((width,) for width in widths)),
        sana,
        format_html_join("", '<th scope="col">{}</th>', ((nimi,) for nimi in jaksot)),
        format_html_join("", "{}", ((_comparison_row(rivi, jaksot, osoite, ruudukko),) for rivi in rivit)),
    )


@register.simple_tag
def mittarit_rinnakkain(vertailu):
    return compare_mittarit(vertailu)


@register.simple_tag
def mittarivertailu(ruudukko, rivit):
    """Measures with a column for each jakso: its value, and under it what had been reached."""
    jaksot = [raportti.jakso.nimi for raportti in ruudukko.vertailu.raportit]
    widths = [100 - ruudukko.leveys * len(jaksot), *[ruudukko.leveys] * len(jaksot)]
    cell = '<td data-label="{}">{}\n<small>{}</small></td>'
    return format_html(
        '<table class="mittarit"><colgroup>{}</colgroup>\n<thead><tr><th scope="col">{}</th>{}</tr></thead>\n'
        "<tbody>\n{}</tbody></table>",
        format_html_join("", '<col class="l{}">', ((width,) for width in widths)),
        _("Mittari"),
        format_html_join("", '<th scope="col">{}</th>', ((nimi,) for nimi in jaksot)),
        format_html_join(
            "",
            '<tr><th scope="row">{}\n<small>{}</small></th>{}</tr>\n',
            (
                (
                    rivi.nimi,
                    rivi.alla,
                    format_html_join("", cell, ((j, s.arvo, s.tulos) for j, s in zip(jaksot, rivi.solut, strict=True))),
                )
                for rivi in rivit
            ),
        ),
    )


def _comparison_row(rivi, jaksot, osoite, ruudukko):
    name = format_html('<span class="koodi">{}</span> {}', rivi.koodi, rivi.nimi) if rivi.koodi else rivi.nimi
    if osoite:
        name = format_html('<a href="{}">{}</a>', osoite.replace("/0/", f"/{rivi.id}/"), name)
    with_comments = ruudukko.vertailu.nayttaa_kommentit
    cells = format_html_join(
        "",
        '<td data-label="{}">{}</td>',
        ((jakso, _comparison_cell(solu, with_comments)) for jakso, solu in zip(jaksot, rivi.solut, strict=True)),
    )
    begins = '<tr class="korkea">' if ruudukko.is_tall(rivi) else "<tr>"
    return format_html(begins + '<th scope="row">{}</th>{}</tr>\n', name, cells)


def _comparison_cell(solu, with_comments):
    """The score, how it moved from the column before (what stayed is silent), and under them the comment."""
    first = format_html("<b>{}</b>", solu.teksti) if solu.aste else solu.teksti
    if solu.muutos in MUUTTUI:
        mark = "▲" if solu.muutos == "nousi" else "▼"
        word = yhteenveto.muutos_name(solu.muutos)
        moved = format_html('<span class="muutos {}">{} {}</span>', solu.muutos, mark, word)
        first = format_html("{} {}", first, moved)
    comment = linkify(solu.kommentti) if with_comments else ""
    return format_html("{}\n{}", first, comment) if first and comment else first or comment
