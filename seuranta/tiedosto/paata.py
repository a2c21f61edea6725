"""What a preview posts -> decisions that are stored, or what could not be taken and who had decided otherwise."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from ..models import Paatos, Tuonti
from .paatokset import Kirjattu, Laji, make_decision, read_decisions, take_decisions
from .ratkaistavat import PaatosForm

KORJAUKSET = "solut"  # every cell that was typed over, to be taken back at once


class SivuForm(forms.Form):
    """What the page that was posted stood on, and which decisions are taken back there.

    versio: the decisions that it showed. sijaan: decisions of others that an own choice now replaces. peru: one
    decision, or every cell that was typed over.
    """

    versio = forms.IntegerField(min_value=0)
    sijaan = forms.MultipleChoiceField(required=False)
    peru = forms.ChoiceField(required=False)

    def __init__(self, data, *, paatokset):
        super().__init__(data)
        self.nyt = paatokset
        annetut = [(str(each.pk), str(each)) for each in paatokset.annetut]
        self.fields["sijaan"].choices = annetut
        self.fields["peru"].choices = [(KORJAUKSET, ""), *annetut]
        gone = _("Päätöstä ei enää ole: se on jo peruttu.")
        self.fields["sijaan"].error_messages["invalid_choice"] = gone
        self.fields["peru"].error_messages["invalid_choice"] = gone

    def clean_versio(self):
        versio = self.cleaned_data["versio"]
        if versio > self.nyt.versio:
            raise forms.ValidationError("")
        return versio

    @property
    def problems(self):
        """[sentence]. Without the version nobody knows what the person saw, so nothing is taken."""
        if "versio" in self.errors:
            return [_("Sivu, jolta lähetit, ei ole tämän tiedoston esikatselu. Tee päätökset uudelleen tällä sivulla.")]
        return [each for errors in self.errors.values() for each in errors]

    def paatokset(self, by):
        """The decisions as if others had decided nothing since the page was shown: what it asked is asked still."""
        seen, replaced = self.cleaned_data["versio"], set(self.cleaned_data["sijaan"])
        gone = [
            each for each in self.nyt.annetut if (each.versio > seen and each.kuka != by) or str(each.pk) in replaced
        ]
        return self.nyt.without(gone) if gone else self.nyt

    def taken_back(self):
        """{(laji, paikka): None} of what is taken back."""
        wanted = self.cleaned_data["peru"]
        if wanted == KORJAUKSET:
            return {(Laji.SOLU, solu): None for solu in self.nyt.arvot[Laji.SOLU]}
        gone = [each for each in self.nyt.annetut if str(each.pk) == wanted]
        made = {kohta: None for each in gone for kohta in (each.kohta, *each.tehdyt)}
        for each in gone:
            made |= self.nyt.typed_on_row(each.paikka) if each.laji == Laji.SIIRTO else {}
        return made


@dataclass(frozen=True)
class Erimielisyys:
    """A choice that was not taken, for another person had meanwhile decided otherwise, and how to make it again."""

    muiden: list[Paatos]
    oma: Paatos  # what would stand instead of the first of them
    lahetys: tuple  # ((name, value), …) to post again


@dataclass(frozen=True)
class Paatostulos:
    """What came of a POST: what could not be taken, and where another person's decision stayed."""

    kirjattu: Kirjattu = Kirjattu()
    ongelmat: tuple[str, ...] = ()
    lomake: PaatosForm | None = None
    toisin: tuple[Erimielisyys, ...] = ()

    @property
    def status(self):
        """Of the page that shows it: 200 when everything was taken."""
        return 422 if self.ongelmat else 409 if self.toisin else 200


def decide(tuonti: Tuonti, data, read_form, *, by) -> Paatostulos:
    """Check and store what was posted on a preview. read_form: Paatokset -> the flow's checked form."""
    if tuonti.tila != Tuonti.Tila.ESIKATSELU:
        return Paatostulos(Kirjattu(on_ohi=True))
    sivu = SivuForm(data, paatokset=read_decisions(tuonti))
    if not sivu.is_valid():
        return Paatostulos(ongelmat=tuple(sivu.problems))
    if sivu.cleaned_data["peru"]:
        form, kept, ongelmat, decided = None, (), (), sivu.taken_back()
    else:
        form = read_form(sivu.paatokset(by))
        kept, ongelmat, decided = form.kept, tuple(form.problems), form.decided()
    kirjattu = take_decisions(tuonti, decided, seen=sivu.cleaned_data["versio"], by=by, kept=kept)
    toisin = _offer_again(kirjattu.toisin, form, decided, by) if kirjattu.toisin else ()
    return Paatostulos(kirjattu, ongelmat, form, toisin)


def _offer_again(toisin, form, own, by):
    """One offer for each field whose choice was not taken."""
    found = {}
    for kohta, paatos in toisin.items():
        lahetys = form.sent_for(kohta) if form else (("peru", str(paatos.pk)),)
        found.setdefault(lahetys, []).append(paatos)
    return tuple(
        Erimielisyys(muiden, make_decision(muiden[0].tuonti, *muiden[0].kohta, own.get(muiden[0].kohta), by), lahetys)
        for lahetys, muiden in found.items()
    )
