"""A plan of the kunta, and the place of a toimenpide in another plan."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ..models import Strategia, StrateginenTavoite, ToimenpideLinkki
from ..nimet import avain
from ..versio import VersioituLomake


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
