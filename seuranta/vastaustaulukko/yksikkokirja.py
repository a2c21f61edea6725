"""Jakso + toimiala -> the sheet of units in the workbook of answers: what each unit answers, and what the toimiala says
of the toimenpiteet that another leads.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from strategia.models import Toimenpide
from strategia.nimet import avain
from strategia.permissions import commented_for

from ..models import Kirjaus, Osavastaus
from ..solut import write_row
from .asu import dress_sheet, lock_cell
from .yksikkorivit import YKSIKKOLEHTI
from .yksikkotunniste import make_yksikkotunniste

LEVEYDET = {"tunniste": 12, "johtava": 24, "edellinen_aste": 12, "toteutumisaste": 16, "kommentti": 50}
MUUN_LEVEYS = 36


@dataclass(frozen=True)
class Yksikkorivi:
    """A row: the answer as it is stored (one without a pk where there is none), and that of the last jakso.

    kysytyt: what is asked of it: of another toimiala's comment the score alone, of the toimiala's own the comment.
    """

    toimenpide: Toimenpide
    nimi: str
    osa: Osavastaus
    ennen: Osavastaus | None = None
    kysytyt: tuple[str, ...] = YKSIKKOLEHTI.kysytyt
    on_kommentti: bool = False


def list_commented(jakso, toimiala, user):
    """The toimenpiteet of the jakso that another toimiala leads and of which this one says its word."""
    found = jakso.toimenpiteet() & commented_for(user, toimiala)
    return list(found.select_related("tavoite__painopiste", "toimiala"))


def list_yksikot(jakso, edellinen, toimenpiteet, commented, toimiala) -> list[Yksikkorivi]:
    """The units of each of the toimenpiteet, with those that answered last time, then the toimiala's comments."""
    nyt, ennen = (_osat_of(each, [*toimenpiteet, *commented]) for each in (jakso, edellinen))
    found = []
    for toimenpide in toimenpiteet:
        found += _units(jakso, toimenpide, nyt.get(toimenpide.pk, ()), ennen.get(toimenpide.pk, ()))
    for toimenpide in commented:
        osat = (comment_of(toimiala, each.get(toimenpide.pk, ())) for each in (nyt, ennen))
        osa, last = ((osa or Osavastaus()) if n == 0 else osa for n, osa in enumerate(osat))
        found.append(Yksikkorivi(toimenpide, toimiala.nimi, osa, last, ("kommentti",), on_kommentti=True))
    return found


def _osat_of(jakso, toimenpiteet):
    """{toimenpide's id: [Osavastaus]}"""
    if jakso is None or not toimenpiteet:
        return {}
    found = {}
    rows = Osavastaus.objects.filter(kirjaus__in=Kirjaus.objects.filter(jakso=jakso, toimenpide__in=toimenpiteet))
    for osa in rows.select_related("kirjaus"):
        found.setdefault(osa.kirjaus.toimenpide_id, []).append(osa)
    return found


def _units(jakso, toimenpide, osat, last):
    before = {osa.avain: osa for osa in last}
    told = [Yksikkorivi(toimenpide, osa.nimi, osa, before.pop(osa.avain, None), asked_of(osa, jakso)) for osa in osat]
    lacking = [osa for osa in before.values() if osa.toimiala_id is None]
    return told + [Yksikkorivi(toimenpide, osa.nimi, Osavastaus(), osa) for osa in lacking]


def asked_of(osa, jakso):
    """What is asked of it of the leading toimiala: another's comment is reworded in viimeistely alone."""
    is_asked = osa.toimiala_id is None or jakso.is_in_finishing
    return YKSIKKOLEHTI.kysytyt if is_asked else ("toteutumisaste",)


def comment_of(toimiala, osat):
    """What the toimiala says: known by it, or a unit's answer of the same name; None where there is neither."""
    own = [osa for osa in osat if osa.toimiala_id == toimiala.pk]
    named = [osa for osa in osat if osa.toimiala_id is None and osa.avain == avain(toimiala.nimi)]
    return next(iter((*own, *named)), None)


def write_yksikot(book, jakso, yksikot):
    """The sheet; none where there are no units and nothing to comment on."""
    if not yksikot:
        return
    sheet, roolit = book.create_sheet(_("Yksiköt ja kommentit")), list(YKSIKKOLEHTI.otsikot)
    write_row(sheet, 1, YKSIKKOLEHTI.otsikot.values())
    for number, yksikko in enumerate(yksikot, 2):
        write_row(sheet, number, _values(jakso, yksikko))
    asteet = ("toteutumisaste", "edellinen_aste")
    asked = YKSIKKOLEHTI.kysytyt
    columns = [(LEVEYDET.get(rooli, MUUN_LEVEYS), rooli in asked, rooli in asteet) for rooli in roolit]
    dress_sheet(sheet, columns, len(yksikot))
    for number, yksikko in enumerate(yksikot, 2):
        for rooli in set(asked) - set(yksikko.kysytyt):
            lock_cell(sheet.cell(number, roolit.index(rooli) + 1))
    _add_choices(sheet, get_column_letter(roolit.index("toteutumisaste") + 1), len(yksikot))


def _values(jakso, yksikko):
    osa, last = yksikko.osa, yksikko.ennen
    return (
        str(make_yksikkotunniste(jakso, yksikko.toimenpide, osa, on_kommentti=yksikko.on_kommentti)),
        yksikko.toimenpide.nimi,
        yksikko.nimi,
        yksikko.toimenpide.toimiala.nimi if yksikko.toimenpide.toimiala else "",
        last.toteutumisaste if last else "",
        last.kommentti if last else "",
        osa.toteutumisaste,
        osa.kommentti,
    )


def _add_choices(sheet, letter, count):
    check = DataValidation("list", formula1='"1,2,3,4,5"', allow_blank=True)
    check.errorTitle, check.error = _("Toteutumisaste"), _("Valitse kokonaisluku 1–5 tai jätä solu tyhjäksi.")
    check.showErrorMessage = True
    check.add(f"{letter}2:{letter}{count + 1}")
    sheet.add_data_validation(check)
