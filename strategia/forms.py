"""Forms of the strategia, and how allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_update_with_history

from .models import (
    Kayttaja,
    Kunta,
    Painopiste,
    Palaute,
    Rooli,
    StrateginenTavoite,
    Toimenpide,
    Toimiala,
    Toimielin,
    Vastuuhenkilo,
)
from .nimet import avain
from .permissions import KOORDINOIVAT, TOIMIALAN_ROOLIT
from .rakenne import place_last


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made by a pääkäyttäjä: nobody signs up."""
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("raportit:etusivu")


class ToimialaForm(forms.Form):
    """Give the chosen toimenpiteet one toimiala, known or new."""

    toimenpiteet = forms.ModelMultipleChoiceField(
        queryset=Toimenpide.objects.none(),
        error_messages={"required": _("Valitse ainakin yksi toimenpide.")},
    )
    toimiala = forms.ModelChoiceField(
        queryset=Toimiala.objects.none(), required=False, label=_("Toimiala"), empty_label=_("Valitse toimiala")
    )
    uusi_toimiala = forms.CharField(required=False, max_length=1000, label=_("tai uuden toimialan nimi"))

    def __init__(self, *args, strategia, **kwargs):
        super().__init__(*args, **kwargs)
        self.strategia = strategia
        mine = Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia)
        self.fields["toimenpiteet"].queryset = mine
        self.fields["toimiala"].queryset = Toimiala.objects.filter(kunta=strategia.kunta_id, lopetettu=None)

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("toimiala")) == bool(cleaned.get("uusi_toimiala")):
            self.add_error("toimiala", _("Valitse toimiala listasta tai kirjoita uuden nimi, mutta vain toinen."))
        return cleaned

    def save(self, *, by):
        """Set the toimiala of the chosen toimenpiteet, with history; returns (toimiala, how many)."""
        nimi = self.cleaned_data["uusi_toimiala"]
        toimiala = self.cleaned_data["toimiala"] or self._find_or_create(nimi)
        chosen = list(self.cleaned_data["toimenpiteet"])
        for toimenpide in chosen:
            toimenpide.toimiala = toimiala
        bulk_update_with_history(chosen, Toimenpide, ["toimiala"], default_user=by)
        return toimiala, len(chosen)

    def _find_or_create(self, nimi):
        toimiala, _created = Toimiala.objects.get_or_create(
            kunta=self.strategia.kunta, avain=avain(nimi), defaults={"nimi": nimi}
        )
        return toimiala


class LogoInput(forms.ClearableFileInput):
    """Shows the logo itself: an uploaded file has no address of its own to link to."""

    template_name = "strategia/_logo_kentta.html"


class KuntaForm(forms.ModelForm):
    """How the kunta looks and what its statements say."""

    LOGON_KOKO = 1024 * 1024  # bytes

    class Meta:
        model = Kunta
        fields = [
            "virallinen_nimi",
            "genetiivi",
            "muoto",
            "korostusvari",
            "logo",
            "saavutettavuusseloste",
            "tietosuojaseloste",
        ]
        widgets = {
            "logo": LogoInput,
            "saavutettavuusseloste": forms.Textarea(attrs={"rows": 6}),
            "tietosuojaseloste": forms.Textarea(attrs={"rows": 12}),
        }
        help_texts = {
            "saavutettavuusseloste": _(
                "Kerro puutteista, joista tiedät, ja kuka vastaa. Valmis teksti näkyy sivulla aina."
            ),
            "tietosuojaseloste": _("Tyhjänä sivulla näkyy valmis teksti."),
        }

    def clean_logo(self):
        logo = self.cleaned_data["logo"]
        if logo and logo.size > self.LOGON_KOKO:
            raise forms.ValidationError(_("Kuva on liian suuri. Pienennä se alle 1 megatavuun."))
        return logo


class PalauteForm(forms.ModelForm):
    class Meta:
        model = Palaute
        fields = ["viesti", "sahkoposti"]
        labels = {"viesti": _("Mitä haluat kertoa?"), "sahkoposti": _("Sähköpostisi")}
        widgets = {"viesti": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"viesti": _("Älä kirjoita salassa pidettävää.")}


class KayttajaForm(forms.Form):
    """What a person may do: rooli and toimialat."""

    nimi = forms.CharField(label=_("Nimi"), max_length=200)
    rooli = forms.ChoiceField(
        label=_("Rooli"),
        choices=[(rooli.value, rooli.label.capitalize()) for rooli in Rooli],
        help_text=_("Rooli ratkaisee, mitä sivuja henkilö näkee."),
    )
    toimialat = forms.ModelMultipleChoiceField(
        queryset=Toimiala.objects.none(),
        required=False,
        label=_("Toimialat"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Raportoija ja hyväksyjä näkevät toimialojensa rivit. Muut roolit eivät tarvitse toimialaa."),
    )

    def __init__(self, *args, kunta, user=None, **kwargs):
        if user:
            mine = list(user.toimialat.all())
            kwargs["initial"] = {"nimi": user.nimi, "rooli": user.rooli, "toimialat": mine}
        super().__init__(*args, **kwargs)
        in_use = Toimiala.objects.filter(kunta=kunta, lopetettu=None)
        self.fields["toimialat"].queryset = in_use | Toimiala.objects.filter(kayttajat=user) if user else in_use
        self.fields["toimialat"].queryset = self.fields["toimialat"].queryset.distinct()

    def clean(self):
        cleaned = super().clean()
        needs_one = cleaned.get("rooli") in TOIMIALAN_ROOLIT and self.fields["toimialat"].queryset.exists()
        if needs_one and "toimialat" not in self.errors and not cleaned.get("toimialat"):
            self.add_error("toimialat", _("Valitse ainakin yksi toimiala. Ilman sitä henkilö ei näe yhtään riviä."))
        return cleaned


class KutsuForm(KayttajaForm):
    email = forms.EmailField(label=_("Sähköposti"), help_text=_("Kutsu lähtee tähän osoitteeseen."))
    field_order = ["email", "nimi", "rooli", "toimialat"]

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if Kayttaja.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Tällä osoitteella on jo tunnus. Tarkista osoite."))
        return email


class ToimialanNimiForm(forms.Form):
    """The name of a toimiala, new or renamed."""

    nimi = forms.CharField(label=_("Toimialan nimi"), max_length=1000)

    def __init__(self, *args, kunta, toimiala=None, **kwargs):
        super().__init__(*args, initial={"nimi": toimiala.nimi} if toimiala else None, **kwargs)
        self.others = Toimiala.objects.filter(kunta=kunta).exclude(pk=toimiala.pk if toimiala else None)

    def clean_nimi(self):
        nimi = self.cleaned_data["nimi"]
        if same := self.others.filter(avain=avain(nimi)).first():
            raise forms.ValidationError(
                _("Toimiala ”%(nimi)s” on jo, mutta se on lopetettu. Ota se uudelleen käyttöön.")
                if same.lopetettu
                else _("Toimiala ”%(nimi)s” on jo. Anna toinen nimi tai yhdistä toimialat."),
                params={"nimi": same.nimi},
            )
        return nimi


class YhdistamisForm(forms.Form):
    kohde = forms.ModelChoiceField(
        queryset=Toimiala.objects.none(), label=_("Mihin toimialaan yhdistetään?"), empty_label=_("Valitse toimiala")
    )

    def __init__(self, *args, toimiala, **kwargs):
        super().__init__(*args, **kwargs)
        others = Toimiala.objects.filter(kunta=toimiala.kunta_id, lopetettu=None)
        self.fields["kohde"].queryset = others.exclude(pk=toimiala.pk)


class PvmInput(forms.DateInput):
    """The browser's own date picker; its value is always in ISO form."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class PainopisteForm(forms.ModelForm):
    """The name of a painopiste in the strategia."""

    class Meta:
        model = Painopiste
        fields = ["nimi"]
        widgets = {"nimi": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, strategia, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nimi"].label = strategia.sana("painopiste")

    def clean_nimi(self):
        nimi = " ".join(self.cleaned_data["nimi"].split())
        same = Painopiste.objects.filter(strategia=self.instance.strategia, avain=avain(nimi))
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Tämän niminen on jo. Anna toinen nimi."))
        return nimi

    def save(self, commit=True):
        if self.instance._state.adding:
            place_last(self.instance)
        return super().save(commit)


class TavoiteForm(forms.ModelForm):
    """The name of a tavoite and the painopiste it is under; in a new one it comes last."""

    class Meta:
        model = StrateginenTavoite
        fields = ["nimi", "painopiste", "sitovuus"]
        widgets = {"nimi": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, strategia, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nimi"].label = strategia.sana("tavoite")
        # The one that holds what hangs straight under its painopiste may stay nameless.
        self.fields["nimi"].required = self.instance._state.adding or bool(self.instance.nimi)
        self.fields["painopiste"].label = strategia.sana("painopiste")
        self.fields["painopiste"].queryset = Painopiste.objects.filter(strategia=strategia)
        self.fields["painopiste"].empty_label = None

    def clean_nimi(self):
        return " ".join(self.cleaned_data["nimi"].split())

    def clean(self):
        cleaned = super().clean()
        place = {"painopiste": cleaned.get("painopiste"), "avain": avain(cleaned.get("nimi") or "")}
        if StrateginenTavoite.objects.filter(**place).exclude(pk=self.instance.pk).exists():
            self.add_error("nimi", _("Tämän niminen on jo. Anna toinen nimi."))
        return cleaned

    def save(self, commit=True):
        if self.instance._state.adding or "painopiste" in self.changed_data:
            place_last(self.instance)
        return super().save(commit)


class TavoiteField(forms.ModelChoiceField):
    def label_from_instance(self, tavoite):
        path = [tavoite.painopiste.nimi, tavoite.nimi]
        return " › ".join(Truncator(nimi).chars(70) for nimi in path if nimi)


class ToimenpideForm(forms.ModelForm):
    """A toimenpide of one strategia: what it is, where it belongs and whose it is."""

    tavoite = TavoiteField(queryset=StrateginenTavoite.objects.none(), empty_label=_("Valitse tavoite"))
    vastuuhenkilot = forms.ModelMultipleChoiceField(
        queryset=Kayttaja.objects.none(),
        required=False,
        label=_("Vastuuhenkilöt"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Jos valitset henkilöitä, toimenpide on vain heidän listallaan. Muuten se on koko toimialan."),
    )

    class Meta:
        model = Toimenpide
        fields = [
            "tavoite",
            "nimi",
            "koodi",
            "toimiala",
            "toimielin",
            "vastuu",
            "riski",
            "mittari",
            "voimassa_alkaen",
            "voimassa_asti",
        ]
        widgets = {
            "nimi": forms.Textarea(attrs={"rows": 2}),
            **{name: forms.Textarea(attrs={"rows": 2}) for name in ("vastuu", "riski", "mittari")},
            "voimassa_alkaen": PvmInput(),
            "voimassa_asti": PvmInput(),
        }
        labels = {"vastuu": _("Vastuu")}
        help_texts = {"koodi": _("Esimerkiksi 01.02.03. Tuonti tunnistaa toimenpiteen koodista.")}

    def __init__(self, *args, strategia, **kwargs):
        super().__init__(*args, **kwargs)
        kunta, mine = strategia.kunta_id, self.instance
        mine.kunta_id = kunta
        in_use = Q(lopetettu=None) | Q(pk=mine.toimiala_id)
        people = Kayttaja.objects.filter(kunta=kunta, rooli__in=(*TOIMIALAN_ROOLIT, *KOORDINOIVAT))
        current = Vastuuhenkilo.objects.filter(toimenpide=mine.pk).values("kayttaja")
        self.fields["tavoite"].label = strategia.sana("tavoite")
        self.fields["tavoite"].queryset = (
            StrateginenTavoite.objects.filter(painopiste__strategia=strategia)
            .select_related("painopiste")
            .order_by("painopiste__jarjestys", "jarjestys", "pk")
        )
        self.fields["toimiala"].queryset = Toimiala.objects.filter(in_use, kunta=kunta)
        self.fields["toimielin"].queryset = Toimielin.objects.filter(kunta=kunta)
        self.fields["toimiala"].empty_label = self.fields["toimielin"].empty_label = "–"
        self.fields["vastuuhenkilot"].queryset = people.filter(Q(is_active=True) | Q(pk__in=current))
        if mine.pk:
            self.initial["vastuuhenkilot"] = [row["kayttaja"] for row in current]

    def clean_nimi(self):
        return " ".join(self.cleaned_data["nimi"].split())

    def clean(self):
        cleaned = super().clean()
        alkaen, asti = cleaned.get("voimassa_alkaen"), cleaned.get("voimassa_asti")
        if alkaen and asti and alkaen > asti:
            self.add_error("voimassa_asti", _("Toimenpide päättyy ennen kuin se alkaa. Korjaa päivät."))
        same = Toimenpide.objects.filter(
            tavoite=cleaned.get("tavoite"),
            avain=avain(cleaned.get("nimi") or ""),
            koodi=cleaned.get("koodi", ""),
            kerta=self.instance.kerta,
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("nimi", _("Tavoitteella on jo samanniminen toimenpide. Anna toinen nimi tai koodi."))
        return cleaned

    def save_by(self, by):
        """Save with history and the vastuuhenkilöt; a new one comes last under its tavoite."""
        toimenpide = self.instance
        with transaction.atomic():
            if toimenpide._state.adding:
                last = Toimenpide.objects.filter(tavoite=toimenpide.tavoite).order_by("jarjestys").last()
                toimenpide.jarjestys = last.jarjestys + 1 if last else 1
            toimenpide._history_user = by
            toimenpide.save()
            toimenpide.vastuuhenkilot.set(
                self.cleaned_data["vastuuhenkilot"], through_defaults={"kunta_id": toimenpide.kunta_id}
            )
        return toimenpide


class LopetusForm(forms.Form):
    """The last day a toimenpide is in force."""

    voimassa_asti = forms.DateField(label=_("Viimeinen voimassaolopäivä"), widget=PvmInput())

    def __init__(self, *args, toimenpide, **kwargs):
        super().__init__(*args, initial={"voimassa_asti": timezone.localdate()}, **kwargs)
        self.alkaen = toimenpide.voimassa_alkaen

    def clean_voimassa_asti(self):
        day = self.cleaned_data["voimassa_asti"]
        if self.alkaen and day < self.alkaen:
            raise forms.ValidationError(_("Toimenpide päättyy ennen kuin se alkaa. Korjaa päivä."))
        return day
