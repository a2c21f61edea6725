"""Jakso + toimiala -> the sheet of mittarit in the workbook of answers: one a row, its value and note to fill in."""

from django.db.models import Q
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from strategia.models import Mittari
from strategia.permissions import own_mittarit

from .. import tulos
from ..jakson_mittarit import mittarit_of
from ..models import MittariArvo
from ..solut import write_row
from .asu import dress_sheet
from .mittaririvit import ARVO, MITTARILEHTI
from .mittaritunniste import make_mittaritunniste

LEVEYDET = {"tunniste": 12, "kohde": 40, "mittari": 40, "yksikko": 12, "tavoite": 16, "ennen": 16, ARVO: 20}


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
    write_row(sheet, 1, MITTARILEHTI.otsikot.values())
    for number, mittari in enumerate(mittarit, 2):
        nyt = stored.get((jakso.pk, mittari.pk)) or MittariArvo(jakso=jakso, mittari=mittari)
        write_row(sheet, number, _values(mittari, nyt, stored.get((edellinen.pk, mittari.pk)) if edellinen else None))
    _add_choices(sheet, mittarit)
    asked = MITTARILEHTI.kysytyt
    columns = [(LEVEYDET.get(rooli, 50), rooli in asked, False) for rooli in MITTARILEHTI.otsikot]
    dress_sheet(sheet, columns, len(mittarit))


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


def _add_choices(sheet, mittarit):
    """Kyllä and ei of those that ask it."""
    check = DataValidation("list", formula1=f'"{tulos.KYLLA},{tulos.EI}"', allow_blank=True)
    letter = get_column_letter(list(MITTARILEHTI.otsikot).index(ARVO) + 1)
    for number, mittari in enumerate(mittarit, 2):
        if mittari.laji == Mittari.Laji.KYLLA_EI:
            check.add(f"{letter}{number}")
    if check.sqref:
        sheet.add_data_validation(check)
