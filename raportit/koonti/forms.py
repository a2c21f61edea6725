"""The koordinaattori's texts and columns of a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from seuranta.models import KOMMENTIN_PITUUS
from seuranta.tarkistus import find_personal_data
from strategia.kentat import PvmInput
from strategia.models import NIMEN_PITUUS, RAPORTIN_OSAT, Strategia
from strategia.versio import VersioituLomake

from ..models import Saate
from ..osavuosikatsaus.columns import ROOLIT
from ..osavuosikatsaus.model import is_own
from .sarakkeet import LEVELS, NAME, Valinta, read_place


class SaateForm(forms.ModelForm):
    """The opening text, the meeting, and a text for each painopiste. Its versio tells what was on the page."""

    avaus = Saate._meta.get_field("avaus").formfield(
        max_length=KOMMENTIN_PITUUS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Näkyy yhteenvedon alussa. Tyhjä rivi aloittaa uuden kappaleen."),
    )
    versio = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Saate
        fields = ["avaus", "kokous_toimielin", "kokous_pvm"]
        widgets = {"kokous_pvm": PvmInput()}
        help_texts = {"kokous_toimielin": _("Näkyy kannessa, jos täytät sen.")}

    def __init__(self, *args, painopisteet, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["versio"] = self.instance.versio
        self.painopisteet = {f"painopiste_{painopiste.pk}": painopiste for painopiste in painopisteet}
        for name, painopiste in self.painopisteet.items():
            self.fields[name] = forms.CharField(
                label=painopiste.nimi,
                required=False,
                max_length=KOMMENTIN_PITUUS,
                widget=forms.Textarea(attrs={"rows": 4}),
                initial=self.instance.painopisteet.get(str(painopiste.pk), ""),
            )

    @property
    def painopistekentat(self):
        return [self[name] for name in self.painopisteet]

    def save(self, commit=True):
        texts = {str(p.pk): self.cleaned_data[name] for name, p in self.painopisteet.items()}
        self.instance.painopisteet = {pk: text for pk, text in texts.items() if text}
        self.instance.versio += 1
        return super().save(commit)


class EsittelyForm(VersioituLomake, forms.ModelForm):
    """What the strategia is, in words for everybody: public as soon as it is saved, so with nobody's data in it."""

    class Meta:
        model = Strategia
        fields = ["esittely"]
        widgets = {"esittely": forms.Textarea(attrs={"rows": 10})}

    def clean_esittely(self):
        esittely = self.cleaned_data["esittely"]
        if found := find_personal_data(esittely):
            told = {"teksti": found[0].teksti}
            raise forms.ValidationError(_("Tekstissä näyttää olevan henkilötieto: %(teksti)s. Ota se pois.") % told)
        return esittely


class SarakeForm(forms.Form):
    """One column of the report: shown or not, its place, its heading; of another part whether it is shown."""

    otsikko = forms.CharField(
        label=_("Otsikko"),
        max_length=NIMEN_PITUUS,  # a heading of the kunta's own table is not shortened to less
        error_messages={"required": _("Anna sarakkeelle otsikko.")},
    )
    nakyy = forms.BooleanField(label=_("Näytä"), required=False)
    valiotsikko = forms.BooleanField(label=_("Väliotsikkona"), required=False)
    jarjestys = forms.IntegerField(
        label=_("Järjestys"),
        min_value=1,
        max_value=99,
        error_messages={"invalid": _("Anna järjestys numerona 1–99."), "required": _("Anna järjestys numerona 1–99.")},
    )

    def __init__(self, data, *, valinta, paikka):
        self.valinta, rooli = valinta, valinta.rooli
        initial = {
            "otsikko": valinta.otsikko,
            "nakyy": valinta.nakyy,
            "valiotsikko": valinta.valiotsikko,
            "jarjestys": paikka,
        }
        super().__init__(data, prefix=rooli, initial=initial)
        self.on_osa, self.on_luku = rooli in RAPORTIN_OSAT, rooli.startswith("luku.")
        self.fields["otsikko"].widget.attrs["aria-label"] = _("Otsikko: %(nimi)s") % {"nimi": self.nimi}
        self.fields["jarjestys"].widget.attrs["aria-label"] = _("Järjestys: %(nimi)s") % {"nimi": self.nimi}
        if rooli in LEVELS or self.on_osa:
            del self.fields["jarjestys"]
        if self.on_osa:
            del self.fields["otsikko"]
        if rooli in (*LEVELS, NAME):
            del self.fields["nakyy"]
        if rooli != "toimielin":
            del self.fields["valiotsikko"]
        if is_own(rooli):
            del self.fields["otsikko"]  # it is known by it

    @property
    def paikka(self):
        """The place that it has on the page: as it was posted, where that is a number; the levels first."""
        if "jarjestys" not in self.fields:
            return 0
        told = read_place(str(self["jarjestys"].value() or ""))
        return self.initial["jarjestys"] if told is None else told

    @property
    def nimi(self):
        """What the column holds, in our own neutral word."""
        osa, _point, column = self.valinta.rooli.partition(".")
        if osa == "mittarit" and column:
            return f"{_('Mittareista')}: {RAPORTIN_OSAT[self.valinta.rooli]}"
        return (ROOLIT | RAPORTIN_OSAT).get(self.valinta.rooli, self.valinta.otsikko)

    def valittu(self):
        """The valid row as a Valinta."""
        cleaned = self.cleaned_data
        return Valinta(
            self.valinta.rooli,
            cleaned.get("otsikko", self.valinta.otsikko),
            cleaned.get("nakyy", True),
            cleaned.get("valiotsikko", False),
        )
