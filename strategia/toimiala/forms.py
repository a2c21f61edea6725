"""Forms of the toimialat: giving, naming, joining, splitting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..kentat import MonivalintaField
from ..models import Kayttaja, Toimenpide, Toimiala
from ..nimet import avain
from ..versio import VersioituLomake


class NimiForm(VersioituLomake, forms.Form):
    """The name of a toimiala or a toimielin, new or renamed. sanat: what is said of its kind."""

    def __init__(self, *args, kunta, sanat, row=None, **kwargs):
        super().__init__(*args, initial={"nimi": row.nimi} if row else None, **kwargs)
        self.sanat = sanat
        self.fields["nimi"] = sanat.model._meta.get_field("nimi").formfield(label=sanat.nimi)
        self.others = sanat.model.objects.filter(kunta=kunta).exclude(pk=row.pk if row else None)

    def clean_nimi(self):
        nimi = " ".join(self.cleaned_data["nimi"].split())
        if same := self.others.filter(avain=avain(nimi)).first():
            text = self.sanat.on_lopetettu if same.lopetettu else self.sanat.on_jo
            raise forms.ValidationError(text, params={"nimi": same.nimi})
        return nimi


class YhdistamisForm(forms.Form):
    """Into which other one of its kind a toimiala or a toimielin is joined."""

    def __init__(self, *args, sanat, row, **kwargs):
        super().__init__(*args, **kwargs)
        others = sanat.model.objects.filter(kunta=row.kunta_id, lopetettu=None).exclude(pk=row.pk)
        self.fields["kohde"] = forms.ModelChoiceField(others, label=sanat.mihin, empty_label=sanat.valitse)


class JakoForm(forms.Form):
    """Which toimenpiteet of a toimiala go to which other one, known or new, and who comes along."""

    toimenpiteet = MonivalintaField(
        queryset=Toimenpide.objects.none(),
        label=_("Siirtyvät toimenpiteet"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Valitse ainakin yksi toimenpide.")},
    )
    kohde = forms.ModelChoiceField(
        queryset=Toimiala.objects.none(),
        required=False,
        label=_("Mihin toimialaan?"),
        empty_label=_("Valitse toimiala"),
    )
    uusi = Toimiala._meta.get_field("nimi").formfield(required=False, label=_("tai uuden toimialan nimi"))
    kayttajat = MonivalintaField(
        queryset=Kayttaja.objects.none(),
        required=False,
        label=_("Ketkä pääsevät myös sinne?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("He pitävät myös nykyisen toimialansa. Siirtyvien toimenpiteiden vastuuhenkilöt pääsevät aina."),
    )

    def __init__(self, *args, toimiala, **kwargs):
        super().__init__(*args, **kwargs)
        self.toimiala = toimiala
        self.fields["toimenpiteet"].queryset = toimiala.toimenpiteet.order_by(
            "tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk"
        )
        others = Toimiala.objects.filter(kunta=toimiala.kunta_id, lopetettu=None)
        self.fields["kohde"].queryset = others.exclude(pk=toimiala.pk)
        self.fields["kayttajat"].queryset = toimiala.kayttajat.filter(is_active=True)

    def clean_uusi(self):
        nimi = " ".join(self.cleaned_data["uusi"].split())
        same = Toimiala.objects.filter(kunta=self.toimiala.kunta_id, avain=avain(nimi)).first() if nimi else None
        if same:
            raise forms.ValidationError(_("Toimiala ”%(nimi)s” on jo. Anna toinen nimi."), params={"nimi": same.nimi})
        return nimi

    def clean(self):
        cleaned = super().clean()
        if "uusi" not in self.errors and bool(cleaned.get("kohde")) == bool(cleaned.get("uusi")):
            self.add_error("kohde", _("Valitse toimiala listasta tai kirjoita uuden nimi, mutta vain toinen."))
        return cleaned

    @property
    def target(self):
        """The chosen toimiala; a new one is not yet saved."""
        cleaned = self.cleaned_data
        return cleaned["kohde"] or Toimiala(kunta_id=self.toimiala.kunta_id, nimi=cleaned["uusi"])
