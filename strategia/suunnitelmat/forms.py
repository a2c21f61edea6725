"""A plan of the kunta, and the place of a toimenpide in another plan."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ..models import NIMEN_PITUUS, SANASTO, TARJOTUT_NIMET, Strategia, StrateginenTavoite, ToimenpideLinkki
from ..nimet import avain, word_key
from ..versio import VersioituLomake
from .nimeaminen import TASOT, draw_scores, name_level, name_scores


class StrategiaForm(VersioituLomake, forms.ModelForm):
    """What the plan is called, of what kind it is and which years it covers."""

    class Meta:
        model = Strategia
        fields = ["nimi", "laji", "alkuvuosi", "loppuvuosi", "otsikko"]
        widgets = {"nimi": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"otsikko": _("Lukee raportin kannessa. Tyhjänä siinä lukee suunnitelman nimi.")}

    def clean_nimi(self):
        nimi = " ".join(self.cleaned_data["nimi"].split())
        same = Strategia.objects.filter(kunta=self.instance.kunta_id, avain=avain(nimi))
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Tämän niminen suunnitelma on jo. Anna toinen nimi."))
        return nimi

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("alkuvuosi"), cleaned.get("loppuvuosi")
        if first and last and first > last:
            self.add_error("loppuvuosi", _("Suunnitelma päättyy ennen kuin se alkaa. Korjaa vuodet."))
        return cleaned

    def save(self, commit=True):
        if self.instance._state.adding:
            last = Strategia.objects.filter(kunta=self.instance.kunta_id).order_by("jarjestys").last()
            self.instance.jarjestys = last.jarjestys + 1 if last else 0
        return super().save(commit)


class TiedotForm(StrategiaForm):
    """The same of a stored plan, with what it calls its levels and its scores and how the scores are shown."""

    class Meta(StrategiaForm.Meta):
        fields = [*StrategiaForm.Meta.fields, "esitys", "nayta_keskiarvo"]
        widgets = {**StrategiaForm.Meta.widgets, "esitys": forms.RadioSelect}
        labels = {"esitys": _("Miten toteutumisaste näytetään"), "nayta_keskiarvo": _("Näytä raportissa keskiarvo")}
        help_texts = {
            **StrategiaForm.Meta.help_texts,
            "nayta_keskiarvo": _("Vain numeroista. Lukumäärät kertovat enemmän: keskiarvo kätkee ääripäät."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        short = {"required": False, "max_length": NIMEN_PITUUS}
        self.tasot = {rooli: f"sana_{rooli}" for rooli in TASOT}
        for rooli, name in self.tasot.items():
            self.fields[name] = forms.CharField(label=SANASTO[rooli], **short)
            self.initial[name] = self.instance.sana(rooli)
        self.asteet = {int(aste): f"aste_{aste}" for aste in sorted(TARJOTUT_NIMET, reverse=True)}
        for aste, name in self.asteet.items():
            self.fields[name] = forms.CharField(label=_("Aste %(aste)s") % {"aste": aste}, **short)
            self.initial[name] = self.instance.asteen_nimi(aste)
        self.fields["aste_5"].help_text = _("Esimerkiksi %(nimi)s.") % {"nimi": TARJOTUT_NIMET["5"]}

    @property
    def perustiedot(self):
        return [self[name] for name in StrategiaForm.Meta.fields]

    @property
    def tasokentat(self):
        return [self[name] for name in self.tasot.values()]

    @property
    def astekentat(self):
        """[(score, its field)]"""
        return [(aste, self[name]) for aste, name in self.asteet.items()]

    @property
    def nimet(self):
        """{score: its label} as the form now has it."""
        return {aste: " ".join((self[name].value() or "").split()) for aste, name in self.asteet.items()}

    @property
    def naytteet(self):
        return draw_scores(self["esitys"].value(), self.nimet)

    def clean(self):
        cleaned = super().clean()
        named, esitys = {}, cleaned.get("esitys")
        for aste, nimi in self.nimet.items():
            same = named.setdefault(word_key(nimi), aste) if nimi else aste
            if same != aste:
                text = _("Asteella %(toinen)s on sama nimi. Anna eri nimi.") % {"toinen": same}
                self.add_error(self.asteet[aste], text)
        if esitys == Strategia.Esitys.SANAT and not named:
            self.add_error("aste_5", _("Anna asteille nimet, kun ne näytetään sanoina."))
        if cleaned.get("nayta_keskiarvo") and esitys and esitys != Strategia.Esitys.NUMEROT:
            self.add_error("nayta_keskiarvo", _("Keskiarvon voi näyttää vain, kun asteet näytetään numeroina."))
        return cleaned

    def save(self, commit=True):
        for rooli, name in self.tasot.items():
            name_level(self.instance, rooli, self.cleaned_data[name])
        name_scores(self.instance, self.nimet)
        return super().save(commit)


class TavoitePaikkaField(forms.ModelChoiceField):
    """A tavoite of any plan, told with the plan it is of."""

    def label_from_instance(self, tavoite):
        painopiste = tavoite.painopiste
        path = [painopiste.strategia.nimi, painopiste.nimi, tavoite.nimi]
        return " › ".join(Truncator(nimi).chars(60) for nimi in path if nimi)


class LinkkiForm(forms.Form):
    """The tavoite of another plan of the same kunta under which the toimenpide is shown."""

    tavoite = TavoitePaikkaField(
        queryset=StrateginenTavoite.objects.none(), label=_("Mihin kohtaan"), empty_label=_("Valitse kohta")
    )

    def __init__(self, *args, toimenpide, **kwargs):
        super().__init__(*args, **kwargs)
        self.toimenpide = toimenpide
        own = toimenpide.tavoite.painopiste.strategia_id
        others = StrateginenTavoite.objects.filter(kunta=toimenpide.kunta_id).exclude(painopiste__strategia=own)
        self.fields["tavoite"].queryset = (
            others.exclude(linkit__toimenpide=toimenpide)
            .select_related("painopiste__strategia")
            .order_by("painopiste__strategia__jarjestys", "painopiste__jarjestys", "jarjestys", "pk")
        )

    def save(self):
        """The link, last of its tavoite."""
        tavoite = self.cleaned_data["tavoite"]
        last = tavoite.linkit.order_by("jarjestys").last()
        return ToimenpideLinkki.objects.create(
            kunta_id=self.toimenpide.kunta_id,
            toimenpide=self.toimenpide,
            tavoite=tavoite,
            jarjestys=last.jarjestys + 1 if last else 0,
        )
