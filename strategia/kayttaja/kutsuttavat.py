"""Cells of a list of people -> who would be invited, who is there already, and what is wrong on which line."""

import re
from dataclasses import dataclass, field
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Kayttaja, Kirjoitusasu, Rooli, Toimiala
from ..nimet import avain, normalise
from ..permissions import TOIMIALAN_ROOLIT
from ..sahkoposti import send_after
from ..vuoro import lock_kunta
from .forms import KutsuForm
from .tunnus import create_invited, send_invitations

OTSIKOT = {
    "email": "sähköposti sähköpostiosoite email e-mail e-post e-postadress emailaddress",
    "nimi": "nimi name namn henkilö käyttäjä displayname",
    "etunimi": "etunimi etunimet förnamn firstname givenname",
    "sukunimi": "sukunimi efternamn lastname surname",
    "rooli": "rooli roll role",
    "toimialat": "toimiala toimialat yksikkö yksiköt sektori sektor department",
}
_SANAT = {word: rooli for rooli, words in OTSIKOT.items() for word in words.split()}
_BETWEEN = re.compile(r"[/;,\n]")
_EMAIL, _NIMI = (Kayttaja._meta.get_field(name) for name in ("email", "nimi"))


@dataclass
class Kutsurivi:
    """One line: its number, what was read of it, why it cannot be invited, and who has the address already."""

    numero: int
    nimi: str
    email: str
    rooli: str = ""
    toimialat: list = field(default_factory=list)
    virheet: list[str] = field(default_factory=list)
    on_jo: str = ""

    @property
    def is_ready(self):
        return not self.virheet and not self.on_jo

    @property
    def roolin_nimi(self):
        return Rooli(self.rooli).label if self.rooli else ""


@dataclass(frozen=True)
class Kutsulista:
    rivit: list[Kutsurivi]
    lukematta: list[str]  # the columns of which nothing was read, by heading or letter

    @property
    def nahtavaksi(self):
        """The faulty first."""
        return sorted(self.rivit, key=lambda rivi: not rivi.virheet)

    @property
    def valmiit(self):
        return [rivi for rivi in self.rivit if rivi.is_ready]

    @property
    def virheelliset(self):
        return [rivi for rivi in self.rivit if rivi.virheet]

    @property
    def jo_olevat(self):
        return [rivi for rivi in self.rivit if rivi.on_jo and not rivi.virheet]


def read_lista(solut, kunta) -> Kutsulista:
    """Of [(line, {letter: text})]; three queries whatever the number of lines."""
    toimialat = _Toimialat(kunta)
    columns, head, rest = _columns_of(solut, toimialat)
    rivit = [_read(numero, cells, columns, toimialat) for numero, cells in rest]
    _mark_known(rivit, kunta)
    unread = sorted({letter for _numero, cells in rest for letter in cells} - set(columns.values()))
    return Kutsulista(rivit, [head.get(letter, letter) for letter in unread])


def invite_listed(solut, kunta, *, by):
    """(how many are invited, the list with what kept the others): those without a fault, at once."""
    made = []
    with transaction.atomic():
        lock_kunta(kunta.pk)
        lista = read_lista(solut, kunta)
        for rivi in lista.valmiit:
            known = {"email": rivi.email, "nimi": rivi.nimi, "rooli": rivi.rooli, "toimialat": rivi.toimialat}
            try:
                made.append(create_invited(kunta, by=by, **known).pk)
            except IntegrityError:  # invited at the same moment in another kunta
                rivi.virheet.append(str(KutsuForm.ON_JO))
        if made:
            send_after(send_invitations, by.pk, *made)
    return len(made), lista


class _Toimialat:
    """The toimialat in use by each name that they are known by."""

    def __init__(self, kunta):
        in_use = Toimiala.objects.filter(kunta=kunta, lopetettu=None)
        self.by_id = {toimiala.pk: toimiala for toimiala in in_use}
        spelt = Kirjoitusasu.objects.filter(kunta=kunta, toimiala__in=self.by_id).values_list("avain", "toimiala_id")
        self.by_key = {key: self.by_id[pk] for key, pk in spelt} | {t.avain: t for t in self.by_id.values()}

    def find(self, text):
        """([toimiala], [names that none has]): the whole cell may be one name, whatever signs it holds."""
        if whole := self.by_key.get(avain(text)):
            return [whole], []
        names = [name.strip() for name in _BETWEEN.split(text) if name.strip()]
        found = {name: self.by_key.get(avain(name)) for name in names}
        return [t for t in dict.fromkeys(found.values()) if t], [name for name, t in found.items() if t is None]


def _columns_of(solut, toimialat):
    """({what: letter}, {letter: heading}, the lines of people): by the headings, else by what the cells hold."""
    for place, (_numero, cells) in enumerate(solut[:5]):
        named = {rooli: letter for letter, text in cells.items() if (rooli := _SANAT.get(normalise(text)))}
        if "email" in named or len(named) > 1:
            return named, cells, solut[place + 1 :]
    return _by_values(solut, toimialat), {}, solut


def _by_values(solut, toimialat):
    tests = {
        "email": lambda text: "@" in text,
        "rooli": lambda text: bool(_rooli(text)),
        "toimialat": lambda text: bool(toimialat.find(text)[0]),
    }
    letters = sorted({letter for _numero, cells in solut for letter in cells}, key=lambda each: (len(each), each))
    found = {}
    for what, test in tests.items():
        counts = {x: sum(test(cells.get(x, "")) for _n, cells in solut) for x in letters if x not in found.values()}
        if counts and max(counts.values()):
            found[what] = max(counts, key=counts.get)
    rest = [letter for letter in letters if letter not in found.values()]
    for what in ("nimi", "toimialat"):
        if rest and what not in found:
            found[what] = rest.pop(0)
    return found


def _rooli(text):
    asked = normalise(text)
    return next((r.value for r in Rooli if asked and asked in (r.value, normalise(str(r.label)))), "")


def _read(numero, cells, columns, toimialat):
    told = {what: cells.get(letter, "") for what, letter in columns.items()}
    shown, address = parseaddr(" ".join(told.get("email", "").split()))  # Outlook copies both in one cell
    given = " ".join(told[part] for part in ("etunimi", "sukunimi") if told.get(part))
    nimi = " ".join((told.get("nimi") or given or shown).split())
    rivi = Kutsurivi(numero, nimi, (address or told.get("email", "")).strip().lower())
    rivi.virheet += _field_errors(_EMAIL, rivi.email, _("Sähköpostiosoite puuttuu."))
    rivi.virheet += _field_errors(_NIMI, rivi.nimi, _("Nimi puuttuu."))
    _read_rooli(rivi, told.get("rooli", ""))
    _read_toimialat(rivi, told.get("toimialat", ""), toimialat)
    return rivi


def _field_errors(model_field, text, missing):
    if not text:
        return [missing]
    try:
        model_field.formfield().clean(text)
    except ValidationError as wrong:
        return list(wrong.messages)
    return []


def _read_rooli(rivi, text):
    rivi.rooli = _rooli(text)
    if not rivi.rooli:
        known = {"roolit": ", ".join(str(rooli.label) for rooli in Rooli), "rooli": text}
        told = _("Roolia ”%(rooli)s” ei ole. Roolit: %(roolit)s.") if text else _("Rooli puuttuu. Roolit: %(roolit)s.")
        rivi.virheet.append(told % known)


def _read_toimialat(rivi, text, toimialat):
    rivi.toimialat, unknown = toimialat.find(text)
    rivi.virheet += [_("Toimialaa ”%(nimi)s” ei ole kunnassa.") % {"nimi": name} for name in unknown]
    if rivi.rooli in TOIMIALAN_ROOLIT and toimialat.by_id and not rivi.toimialat and not unknown:
        rivi.virheet.append(_("Toimiala puuttuu. Ilman sitä henkilö ei näe yhtään riviä."))


def _mark_known(rivit, kunta):
    """An address that is known, and the second line of the same address."""
    known = {user.email.lower(): user for user in Kayttaja.objects.filter(email__in=[rivi.email for rivi in rivit])}
    first = {}
    for rivi in rivit:
        user, before = known.get(rivi.email), first.setdefault(rivi.email, rivi)
        if user is not None and user.kunta_id == kunta.pk:
            rivi.on_jo, rivi.virheet = _state_of(user), []  # nothing of the line is used: nothing of it is to be mended
        elif user is not None:
            rivi.virheet.append(str(KutsuForm.ON_JO))
        elif before is not rivi and rivi.email:
            rivi.virheet.append(_("Sama osoite on jo rivillä %(numero)s.") % {"numero": before.numero})


def _state_of(user):
    key, word = user.tila
    if key == "kutsuttu" and user.kutsuttu:
        day = date_format(user.kutsuttu, "j.n.Y")
        return _("Kutsuttu %(pvm)s, ei ole vielä valinnut salasanaa") % {"pvm": day}
    return str(word)
