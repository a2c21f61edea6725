"""Jakso + toimiala -> .xlsx: a table to answer in for those who will not log in, which reads back as their kirjaukset.

The sheet itself is not protected, for that would stop sorting and filtering; what a row is stands in a hidden
column, and without it the row is known by its code or name.
"""

import io

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from strategia.models import LISAKENTAT, OMA_KIRJAUS, SANASTO
from strategia.permissions import own_toimenpiteet

from ..models import Kirjaus
from ..solut import KIRJASIN, readable, set_heights, set_paper, sheet_name, write_row
from .asu import dress_sheet
from .mittarikirja import list_mittarit, write_mittarit
from .rows import ANSWERS, CONTEXT, OMA, is_answer
from .tunniste import make_tunniste
from .yksikkokirja import list_commented, list_yksikot, write_yksikot

# Our own headings, the same for every kunta: the reader knows these words, so they are not translated.
OTSIKOT = {
    "tunniste": "Rivin tunniste",
    "edellinen_aste": "Edellinen arvio",
    "edellinen_kommentti": "Edellinen kommentti",
    "toteutumisaste": "Toteutumisaste",
    "syy": "Ei arvioida (syy)",
    "kommentti": "Kommentti",
    **LISAKENTAT,
    "sisainen_huomio": "Sisäinen huomio",
    "tila": "Tila",
}
NIMET = ("painopiste", "tavoite", "koodi", "toimenpide", "vastuu")  # in the kunta's own words
LEVEYDET = {
    "tunniste": 12, "painopiste": 16, "tavoite": 20, "koodi": 10, "toimenpide": 34, "vastuu": 18, "edellinen_aste": 11,
    "edellinen_kommentti": 30, "toteutumisaste": 17, "syy": 15, "kommentti": 44, "sisainen_huomio": 20, "tila": 13,
}  # fmt: skip
OMAN_LEVEYS = 26  # and that of LISAKENTAT
LEVEIN_A4 = 270  # characters: more columns than that are too small to read on A4
YKSIKOISTA = gettext_lazy(
    "Välilehdellä Yksiköt ja kommentit on jokaisella yksiköllä oma rivi: arvio ja kommentti. Uuden yksikön voit lisätä "
    "viimeisen rivin alle: kirjoita toimenpide ja yksikön nimi. Jos toinen toimiala johtaa toimenpidettä, kirjoita "
    "vain kommentti."
)
SYYT = [syy for syy in Kirjaus.Syy if syy != Kirjaus.Syy.EI_VASTATTU]


def answer_table_bytes(jakso, toimiala, user) -> bytes:
    """A workbook: the toimenpiteet that the user may record, one a row, their mittarit, and how to fill it in."""
    toimenpiteet = list(list_toimenpiteet(jakso, toimiala, user))
    edellinen = jakso.edellinen()
    book, kirjaukset = Workbook(), _kirjaukset_of([jakso, edellinen], toimenpiteet)
    roolit = _list_columns(toimenpiteet, edellinen, jakso.strategia)
    sheet = book.active
    sheet.title = sheet_name(toimiala.nimi) or "Vastaukset"
    headings = headings_of(jakso.strategia)
    write_row(sheet, 1, [headings[rooli] for rooli in roolit])
    for number, toimenpide in enumerate(toimenpiteet, 2):
        nyt = kirjaukset.get((jakso.pk, toimenpide.pk)) or Kirjaus(jakso=jakso, toimenpide=toimenpide)
        ennen = kirjaukset.get((edellinen.pk, toimenpide.pk)) if edellinen else None
        nyt.jakso = jakso  # known already: its strategia tells what is asked
        values = _values(toimenpide, nyt, ennen)
        write_row(sheet, number, [values[rooli] for rooli in roolit])
    asteet = ("toteutumisaste", "edellinen_aste")
    columns = [(LEVEYDET.get(rooli, OMAN_LEVEYS), is_answer(rooli), rooli in asteet) for rooli in roolit]
    dress_sheet(sheet, columns, len(toimenpiteet))
    _add_checks(sheet, roolit, len(toimenpiteet), jakso.strategia)
    _set_page(book, sheet, jakso, toimiala)
    mittarit = list(list_mittarit(jakso, toimiala, user, toimenpiteet))
    write_mittarit(book, jakso, edellinen, mittarit)
    yksikot = list_yksikot(jakso, edellinen, toimenpiteet, list_commented(jakso, toimiala, user), toimiala)
    write_yksikot(book, jakso, yksikot)
    told = {"on_mittareita": bool(mittarit), "on_yksikoita": bool(yksikot)}
    _write_guide(book.create_sheet(_("Ohje")), jakso, toimiala, **told)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def list_toimenpiteet(jakso, toimiala, user):
    """The toimenpiteet of the table: those of the jakso and toimiala that the user may record."""
    return (jakso.toimenpiteet() & own_toimenpiteet(user)).filter(toimiala=toimiala)


def headings_of(strategia):
    """{role: heading}: the kunta's own words, where each means one thing only; the neutral ones otherwise."""
    own = {rooli: " ".join(strategia.sana(rooli).split()) for rooli in NIMET}
    words = [word.casefold() for word in (*own.values(), *OTSIKOT.values())]
    clear = all(words.count(word.casefold()) == 1 for word in own.values())
    return {
        **(own if clear else {rooli: SANASTO[rooli] for rooli in NIMET}),
        **OTSIKOT,
        **_own_headings(strategia, words),
    }


def _own_headings(strategia, words):
    """{role: heading} of the kunta's own columns of the kirjaus; one that is another column's word is told apart."""
    found, taken = {}, {word.casefold() for word in (*words, *SANASTO.values())}
    for otsikko in strategia.omat_otsikot(OMA_KIRJAUS):
        heading = " ".join(readable(otsikko).split())
        while heading.casefold() in taken:
            heading = f"{_('Oma sarake')}: {heading}"
        taken.add(heading.casefold())
        found[OMA + otsikko] = heading
    return found


def reading_of(strategia):
    """{heading: role} for the reader. The neutral words are known too: the kunta's own may have changed since."""
    own = {heading: rooli for rooli, heading in headings_of(strategia).items()}
    roles = {SANASTO[rooli]: rooli for rooli in NIMET} | own
    read = {*NIMET[:-1], *ANSWERS, "tunniste"}
    return {heading: rooli if rooli in read or is_answer(rooli) else CONTEXT for heading, rooli in roles.items()}


def scale_words(strategia):
    """1-5 -> the words of the strategia's own scale."""
    return {int(aste): sana for aste, sana in strategia.asteikko.items()}


def _kirjaukset_of(jaksot, toimenpiteet):
    rows = Kirjaus.objects.filter(jakso__in=[j for j in jaksot if j], toimenpide__in=toimenpiteet)
    return {(kirjaus.jakso_id, kirjaus.toimenpide_id): kirjaus for kirjaus in rows}


def _list_columns(toimenpiteet, edellinen, strategia):
    """The roles in order; what no row has is left out."""
    empty = {rooli for rooli in ("koodi", "vastuu") if not any(getattr(t, rooli) for t in toimenpiteet)}
    if not any(toimenpide.tavoite.nimi for toimenpide in toimenpiteet):
        empty.add("tavoite")
    if edellinen is None:
        empty |= {"edellinen_aste", "edellinen_kommentti"}
    empty |= LISAKENTAT.keys() - set(strategia.lisakentat)
    own = [OMA + otsikko for otsikko in strategia.kysytyt_omat]
    before, last = list(OTSIKOT)[1:-2], list(OTSIKOT)[-2:]
    return [rooli for rooli in ("tunniste", *NIMET, *before, *own, *last) if rooli not in empty]


def _values(toimenpide, nyt, ennen):
    tavoite = toimenpide.tavoite
    return {
        "tunniste": str(make_tunniste(nyt)),
        "painopiste": tavoite.painopiste.nimi,
        "tavoite": tavoite.nimi,
        "koodi": toimenpide.koodi,
        "toimenpide": toimenpide.nimi,
        "vastuu": toimenpide.vastuu,
        "edellinen_aste": (ennen.toteutumisaste or _reason(ennen)) if ennen else "",
        "edellinen_kommentti": ennen.kommentti if ennen else "",
        "toteutumisaste": nyt.toteutumisaste,
        "syy": _reason(nyt),
        "kommentti": nyt.kommentti,
        **{nimi: getattr(nyt, nimi) for nimi in LISAKENTAT},
        **{OMA + otsikko: nyt.omat.get(otsikko, "") for otsikko in nyt.jakso.strategia.kysytyt_omat},
        "sisainen_huomio": nyt.sisainen_huomio,
        "tila": str(nyt.get_tila_display()) + (f": {nyt.palautuksen_syy}" if nyt.palautuksen_syy else ""),
    }


def _reason(kirjaus):
    return "" if kirjaus.syy in ("", Kirjaus.Syy.EI_VASTATTU) else str(Kirjaus.Syy(kirjaus.syy).label)


def _add_checks(sheet, roolit, count, strategia):
    """The allowed values as lists, and a word of warning where something else than an answer is typed."""
    score = DataValidation("list", formula1='"1,2,3,4,5"', allow_blank=True)
    score.errorTitle, score.error = "Toteutumisaste", _("Valitse kokonaisluku 1–5 tai jätä solu tyhjäksi.")
    names = ", ".join(f"{aste} {nimi}" for aste, nimi in sorted(strategia.asteikko.items()))
    score.promptTitle, score.prompt = "Toteutumisaste", (names or _("1–5. Tyhjä: ei vastattu."))[:255]
    syy = DataValidation("list", formula1='"{}"'.format(",".join(str(syy.label) for syy in SYYT)), allow_blank=True)
    syy.errorTitle, syy.error = OTSIKOT["syy"], _("Valitse syy luettelosta tai jätä solu tyhjäksi.")
    huomio = DataValidation("textLength", operator="lessThanOrEqual", formula1="32767", allow_blank=True)
    huomio.promptTitle = OTSIKOT["sisainen_huomio"]
    huomio.prompt = _("Ei raporttiin. Voi silti olla julkinen asiakirja. Älä kirjoita salassa pidettävää.")
    other = DataValidation("custom", formula1="FALSE", allow_blank=True)
    other.errorTitle, other.error = _("Tätä saraketta ei lueta"), _("Kirjoita vastauksesi valkoisiin sarakkeisiin.")
    checks = {"toteutumisaste": score, "syy": syy, "sisainen_huomio": huomio}
    for place, rooli in enumerate(roolit, 1):
        if check := checks.get(rooli, None if is_answer(rooli) else other):
            letter = get_column_letter(place)
            check.add(f"{letter}2:{letter}{max(count, 1) + 1}")
    for check in (score, syy, huomio, other):
        check.showErrorMessage = check.showInputMessage = True
        sheet.add_data_validation(check)


def _set_page(book, sheet, jakso, toimiala):
    set_paper(sheet)
    if sum(column.width for column in sheet.column_dimensions.values()) > LEVEIN_A4:
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    told = readable(f"{jakso.strategia.kunta}: {jakso.nimi}, {toimiala.nimi}")
    book.properties.title = told
    sheet.oddHeader.left.text = told.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"


def _write_guide(sheet, jakso, toimiala, *, on_mittareita, on_yksikoita):
    """One line in one cell each, so that nothing here is taken for a table."""
    maaraaika = jakso.maaraaika(toimiala)
    until = _("Vastaa viimeistään %(day)s.") % {"day": date_format(maaraaika, "j.n.Y")} if maaraaika else ""
    made = date_format(timezone.localtime(), r"j.n.Y \k\l\o H.i")
    lines = (
        f"{jakso.nimi}: {toimiala.nimi}",
        until,
        _("Kirjoita vastauksesi valkoisiin sarakkeisiin. Harmaat sarakkeet ovat luettaviksi."),
        _("Toteutumisaste on kokonaisluku 1–5. Valitse se luettelosta tai kirjoita numero."),
        _("Jos et arvioi toimenpidettä, jätä toteutumisaste tyhjäksi ja valitse syy."),
        _("Kommentti julkaistaan raportissa: mitä on tehty, mikä on tulos, mitä seuraavaksi?"),
        _("Sisäinen huomio ei tule raporttiin. Se voi silti olla julkinen asiakirja. Älä kirjoita salassa pidettävää."),
        _("Tyhjä solu ei poista mitään. Jos haluat poistaa tekstin, tee se sovelluksessa."),
        _("Voit järjestää, suodattaa ja poistaa rivejä. Poistettu rivi jää ennalleen."),
        _("Uusia toimenpiteitä ei voi lisätä. Pyydä niitä koordinaattorilta."),
        _("Mittarien arvot annat välilehdellä Mittarit: arvo ja tarvittaessa huomautus.") if on_mittareita else "",
        str(YKSIKOISTA) if on_yksikoita else "",
        _("Järjestä aina koko taulukko, älä yhtä saraketta. Älä muuta otsikoita."),
        _("Tallenna tiedosto ja palauta se koordinaattorille tai lähetä se itse sovelluksessa."),
        _("Rivi, jolla on arvio tai syy, merkitään lähetetyksi."),
        _("Taulukko on tehty %(made)s.") % {"made": made},
    )
    for number, line in enumerate(filter(None, lines), 1):
        write_row(sheet, number, [line])
    for (cell,) in sheet.iter_rows(max_col=1):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(KIRJASIN, 11, bold=True)
    sheet.column_dimensions["A"].width = 110
    set_heights(sheet)
    set_paper(sheet)
    sheet.protection.sheet = True
