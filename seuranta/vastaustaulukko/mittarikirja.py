"""Jakso + toimiala -> the sheet of mittarit in the workbook of answers: one a row, its value and note to fill in."""

from django.db.models import Q
from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from strategia.models import Mittari
from strategia.permissions import own_mittarit

from .. import tulos
from ..jakson_mittarit import mittarit_of
from ..models import MittariArvo
from ..solut import KIRJASIN, set_heights, set_paper, write_row
from .mittaririvit import ARVO, HUOMAUTUS, OTSIKOT
from .mittaritunniste import make_mittaritunniste

LEVEYDET = {"tunniste": 12, "kohde": 40, "mittari": 40, "yksikko": 12, "tavoite": 16, "ennen": 16, ARVO: 20}
_GREY, _WHITE, _HEAD = (PatternFill("solid", fgColor=colour) for colour in ("F2F4F5", "FFFFFF", "E6EBF0"))
_LINE = Border(*(Side("thin", color="C9CFD2") for _side in range(4)))


def list_mittarit(jakso, toimiala, user, toimenpiteet):
    """Those of these toimenpiteet, and the toimiala's own of a tavoite or a painopiste that the user may record."""
    own = Q(pk__in=own_mittarit(user).filter(toimiala=toimiala).values("pk"))
    mine = mittarit_of(jakso).filter(own | Q(toimenpide__in=[toimenpide.pk for toimenpide in toimenpiteet]))
    related = ("toimenpide", "tavoite__painopiste", "painopiste")
    return mine.select_related(*related).prefetch_related("tavoitteet").in_order()


def write_mittarit(book, jakso, edellinen, mittarit):
    """The sheet "Mittarit"; none where there are none to answer."""
    if not mittarit:
        return
    sheet = book.create_sheet(_("Mittarit"))
    arvot = MittariArvo.objects.filter(jakso__in=[j for j in (jakso, edellinen) if j], mittari__in=mittarit)
    stored = {(arvo.jakso_id, arvo.mittari_id): arvo for arvo in arvot}
    write_row(sheet, 1, OTSIKOT.values())
    for number, mittari in enumerate(mittarit, 2):
        nyt = stored.get((jakso.pk, mittari.pk)) or MittariArvo(jakso=jakso, mittari=mittari)
        write_row(sheet, number, _values(mittari, nyt, stored.get((edellinen.pk, mittari.pk)) if edellinen else None))
    _dress(sheet, mittarit)


def _values(mittari, nyt, ennen):
    tavoite = tulos.target_in_force(mittari.tavoitteet.all(), nyt.jakso.vuosi)
    return (
        str(make_mittaritunniste(nyt)),
        mittari.kohde.nimi or mittari.kohde.painopiste.nimi,
        mittari.nimi,
        _("kyllä/ei") if mittari.laji == Mittari.Laji.KYLLA_EI else mittari.mitta,
        tulos.show_target(mittari, tavoite) if tavoite else "",
        tulos.show_value(mittari, ennen) if ennen else "",
        nyt.teksti,
        nyt.huomautus,
    )


def _dress(sheet, mittarit):
    top = Alignment(wrap_text=True, vertical="top")
    for place, rooli in enumerate(OTSIKOT, 1):
        letter, is_asked = get_column_letter(place), rooli in (ARVO, HUOMAUTUS)
        sheet.column_dimensions[letter].width = LEVEYDET.get(rooli, 50)
        for (cell,) in sheet.iter_rows(min_row=2, max_row=len(mittarit) + 1, min_col=place, max_col=place):
            cell.alignment, cell.fill, cell.border = top, _WHITE if is_asked else _GREY, _LINE
            cell.protection = Protection(locked=not is_asked)
    for cell in sheet[1]:
        cell.font, cell.fill, cell.border = Font(KIRJASIN, 11, bold=True), _HEAD, _LINE
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    _add_choices(sheet, mittarit)
    sheet.column_dimensions["A"].hidden = True
    set_heights(sheet)
    set_paper(sheet)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _add_choices(sheet, mittarit):
    """Kyllä and ei of those that ask it."""
    check = DataValidation("list", formula1=f'"{tulos.KYLLA},{tulos.EI}"', allow_blank=True)
    letter = get_column_letter(list(OTSIKOT).index(ARVO) + 1)
    for number, mittari in enumerate(mittarit, 2):
        if mittari.laji == Mittari.Laji.KYLLA_EI:
            check.add(f"{letter}{number}")
    if check.sqref:
        sheet.add_data_validation(check)
