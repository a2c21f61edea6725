"""What a POST of a preview decides -> rows of Paatos -> typed values. A decision is checked before it is stored."""

from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import KOMMENTIN_PITUUS, Paatos, Tuonti

Laji = Paatos.Laji
UUSI = "uusi"  # a toimiala that is not there yet
EI_KUMPAAKAAN = "ei"  # the answer to a question: none of the readings offered
TIEDOSTO, NYKYINEN, MOLEMMAT = "tiedosto", "nykyinen", "molemmat"


# --- as they are stored


@dataclass(frozen=True)
class Paatokset:
    """All that has been decided of one file: {laji: {paikka: value}}, and the version that this is."""

    versio: int = 0
    arvot: dict = field(default_factory=dict)

    def of(self, laji):
        return self.arvot.get(laji, {})

    def one(self, laji, default=None):
        """The value of a kind that has one place."""
        return self.of(laji).get("", default)


def read_decisions(tuonti: Tuonti) -> Paatokset:
    """A stored value that does not parse is as if it had not been given: it is asked for anew."""
    arvot = {}
    for paatos in tuonti.paatokset.all() if tuonti.pk else ():
        value = _parse(paatos)
        if value is not None:
            arvot.setdefault(paatos.laji, {})[paatos.paikka] = value
    return Paatokset(tuonti.paatosversio, arvot)


def _parse(paatos):
    try:
        return _PARSERS[paatos.laji](paatos.arvo)
    except (KeyError, TypeError, ValueError):
        return None


def _text(value):
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _id(value):
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _yes(value):
    return True if value is True else None


def _toimiala(value):
    return value if value == UUSI else _id(value)


def _way(value):
    return value if value in (TIEDOSTO, NYKYINEN, MOLEMMAT) else None


_PARSERS = {
    **dict.fromkeys((Laji.JAKSO, Laji.STRATEGIA, Laji.SARAKE, Laji.KYSYMYS, Laji.SOLU), _text),
    **dict.fromkeys((Laji.ASTEIKKO, Laji.OHITUS, Laji.PAATTYY), _yes),
    Laji.TILANNE: date.fromisoformat,
    Laji.RISTIRIITA: _way,
    Laji.TOIMIALA: _toimiala,
    Laji.TOIMENPIDE: _id,
}


def store_decisions(tuonti: Tuonti, decided: dict, *, seen: int, by, kept=frozenset()) -> tuple[list[Paatos], bool]:
    """Write {(laji, paikka): value, None takes it back}, decided on a page of the version `seen`.

    -> (what another person has meanwhile decided otherwise: it stays so, has another decided anything meanwhile).
    kept: the places that were sent along as the page showed them: what another decided of them is no disagreement.
    """
    with transaction.atomic():
        locked = Tuonti.objects.select_for_update(of=("self",)).get(pk=tuonti.pk)
        if locked.tila != Tuonti.Tila.ESIKATSELU:
            return [], False
        stored = {(each.laji, each.paikka): each for each in locked.paatokset.select_related("kuka")}
        of_others = {key for key, old in stored.items() if old.versio > seen and old.kuka != by}
        new, disagreed = [], []
        for key, arvo in decided.items():
            old = stored.get(key)
            if arvo == (old.arvo if old else None) or (key in of_others and key in kept):
                continue
            if key in of_others:
                disagreed.append(old)
            else:
                new.append(_decision(locked, *key, arvo, by))
        if new:
            Paatos.objects.bulk_create(
                new,
                update_conflicts=True,
                unique_fields=["tuonti", "laji", "paikka"],
                update_fields=["arvo", "kuka", "milloin", "versio"],
            )
            Tuonti.objects.filter(pk=locked.pk).update(paatosversio=locked.paatosversio + 1)
    tuonti.refresh_from_db(fields=["paatosversio"])
    return disagreed, bool(of_others)


def _decision(tuonti, laji, paikka, arvo, by):
    return Paatos(
        kunta_id=tuonti.kunta_id,
        tuonti=tuonti,
        laji=laji,
        paikka=paikka,
        arvo=arvo,
        kuka=by,
        milloin=timezone.now(),
        versio=tuonti.paatosversio + 1,
    )


def tell_decided(disagreed: list[Paatos], has_others: bool) -> list[str]:
    """[sentence] of what other people have decided meanwhile."""
    told = [
        _("%(kuka)s päätti toisin klo %(klo)s: %(mita)s. Se päätös jäi voimaan. Katso se ja muuta tarvittaessa.")
        % {"kuka": each.kuka, "klo": date_format(timezone.localtime(each.milloin), "H.i"), "mita": each}
        for each in disagreed
    ]
    if has_others and not told:
        told.append(_("Myös toinen käyttäjä on tehnyt päätöksiä tähän tiedostoon. Ne näkyvät alla."))
    return told


# --- as they are posted


class PaatosForm(forms.Form):
    """What a preview lets a person decide of single cells: a field for each place that the plan asks about.

    Its fields are named laji|paikka. A field that was not posted decides nothing; the fields of the part of the page
    that was posted (`osa`) are all there, so an unticked box takes back.
    """

    versio = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    peru = forms.ChoiceField(choices=[("solut", "")], required=False)

    def __init__(self, data=None, *, plan, kohdat, paatokset, solut=()):
        super().__init__(data)
        self.paatokset, self.paikat = paatokset, {}
        for kohta in kohdat:
            self._add_decision(kohta)
        for solu in solut:
            self.add(Laji.SOLU, solu, CellField())

    def _add_decision(self, kohta):
        solu = kohta.issue.cell
        if kohta.tavat:
            self.add(Laji.RISTIRIITA, solu, forms.ChoiceField(choices=kohta.tavat, required=False))
            return
        if kohta.on_korjattava:
            self.add(Laji.SOLU, solu, CellField())
        if kohta.on_luettavissa_nimella:
            self.add("nimella", solu, forms.BooleanField(required=False))
        self.add(Laji.OHITUS, solu, forms.BooleanField(required=False))

    def add(self, laji, paikka, field):
        name = f"{laji}|{paikka}" if paikka else str(laji)
        if not field.label:
            field.label = _("Solu %(solu)s") % {"solu": paikka} if paikka else laji
        self.fields[name], self.paikat[name] = field, (laji, paikka)

    @property
    def seen(self):
        """The version of the decisions that the page showed."""
        versio = self.cleaned_data.get("versio")
        return self.paatokset.versio if versio is None else versio

    @property
    def problems(self):
        """[sentence] of what could not be taken, each with its place."""
        return [f"{self.fields[name].label}: {' '.join(errors)}" for name, errors in self.errors.items()]

    @property
    def kept(self):
        """The places that were posted as the page showed them."""
        told = {name: self.data.get(f"oli|{name}") for name in self.paikat}
        return {self.paikat[name] for name, was in told.items() if was is not None and was == self.data.get(name)}

    def decided(self):
        """{(laji, paikka): value as JSON keeps it} of the valid fields that were posted."""
        found = {}
        if self.cleaned_data.get("peru"):
            found |= {(Laji.SOLU, solu): None for solu in self.paatokset.of(Laji.SOLU)}
        for name, (laji, paikka) in self.paikat.items():
            if name in self.cleaned_data and self._is_posted(name, laji):
                found |= self.decide(laji, paikka, self.cleaned_data[name])
        return found

    def _is_posted(self, name, laji):
        return name in self.data or (laji == Laji.OHITUS and self.data.get("osa") == "ratkaistavat")

    def decide(self, laji, paikka, value):
        """What the cleaned value of one field decides."""
        if laji == Laji.SOLU:
            return self._decide_cell(paikka, value)
        if laji == "nimella":  # without its id the row is known by its name
            return {(Laji.SOLU, paikka): "", (Laji.OHITUS, paikka): None} if value else {}
        if laji == Laji.OHITUS:
            return {(laji, paikka): True if value else None}
        return {(laji, paikka): value} if value else {}

    def _decide_cell(self, paikka, value):
        """Only a change counts, where the page told what the cell held; elsewhere an empty field says nothing."""
        was = self.data.get(f"oli|{paikka}")
        if value == CellField.plain(was or ""):
            return {}
        return {(Laji.SOLU, paikka): value, (Laji.OHITUS, paikka): None}


class CellField(forms.CharField):
    """The text of a cell as a browser sends it, with the line breaks of a cell."""

    def __init__(self):
        super().__init__(required=False, max_length=KOMMENTIN_PITUUS)

    @staticmethod
    def plain(text):
        return text.replace("\r\n", "\n").strip()

    def to_python(self, value):
        return self.plain(super().to_python(value))
