"""Forms of the plan: painopiste, tavoite and toimenpide."""

from django import forms
from django.db import transaction
from django.db.models import Q
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ..kentat import MonivalintaField, PvmInput, RajattuPvmField, SdgField, goals_of
from ..models import (
    LISAKENTAT,
    OMA_KIRJAUS,
    Kayttaja,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    Toimiala,
    Toimielin,
    Vastuuhenkilo,
    own_role,
)
from ..nimet import avain
from ..permissions import recording_people
from ..versio import VersioituLomake
from .omat import OmatKentat


class LisakenttaForm(VersioituLomake, forms.Form):
    """What is asked on every kirjaus besides the score and the comment, the kunta's own columns among it."""

    SELITTEET = {
        "ennuste": _("toteutuuko toimenpide suunnitellusti"),
        "poikkeaman_syy": _("miksi toimenpide ei etene suunnitellusti"),
        "korjaavat_toimet": _("mitä tehdään ja mihin mennessä"),
    }
    lisakentat = forms.MultipleChoiceField(
        label=_("Kirjauksessa kysytään myös"), required=False, widget=forms.CheckboxSelectMultiple
    )

    omat = forms.MultipleChoiceField(
        label=_("Taulukkonne omista sarakkeista kysytään"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, strategia, **kwargs):
        own = {own_role(OMA_KIRJAUS, otsikko): otsikko for otsikko in strategia.omat_otsikot(OMA_KIRJAUS)}
        asked = [name for name, otsikko in own.items() if otsikko in strategia.kysytyt_omat]
        super().__init__(*args, initial={"lisakentat": strategia.lisakentat, "omat": asked}, **kwargs)
        self.strategia, self.otsikot = strategia, own
        self.fields["omat"].choices = list(own.items())
        if not own:
            del self.fields["omat"]
        names = {rooli: f"{strategia.sana(rooli)} ({self.SELITTEET[rooli]})" for rooli in LISAKENTAT}
        self.fields["lisakentat"].choices = list(names.items())

    def save(self):
        """The strategia with them; its columns are read anew, for another may have changed them meanwhile."""
        with transaction.atomic():
            strategia = Strategia.objects.select_for_update().get(pk=self.strategia.pk)
            strategia.use_lisakentat(self.cleaned_data["lisakentat"])
            strategia.ask_omat([self.otsikot[name] for name in self.cleaned_data.get("omat", ())])
            strategia.save(update_fields=["sarakkeet"])
        return strategia


class TavoiteField(forms.ModelChoiceField):
    def label_from_instance(self, tavoite):
        path = [tavoite.painopiste.nimi, tavoite.nimi]
        return " › ".join(Truncator(nimi).chars(70) for nimi in path if nimi)


class EdeltajaSelect(forms.Select):
    """Drawn by hand: a plan has thousands of toimenpiteet, and a template for each takes a page's whole time."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = str(value or "")
        drawn = [(flatatt({"value": str(pk), "selected": str(pk) == chosen}), nimi) for pk, nimi in self.choices]
        options = format_html_join("", "<option{}>{}</option>", drawn)
        return format_html("<select{}>{}</select>", flatatt(self.build_attrs(attrs or {}, {"name": name})), options)


class EdeltajaField(forms.ModelChoiceField):
    def label_from_instance(self, toimenpide):
        path = [toimenpide.tavoite.painopiste.strategia.nimi, f"{toimenpide.koodi} {toimenpide.nimi}".strip()]
        return " › ".join(Truncator(nimi).chars(70) for nimi in path)


class ToimenpideForm(OmatKentat, VersioituLomake, forms.ModelForm):
    """A toimenpide of one strategia: what it is, where it belongs and whose it is."""

    tavoite = TavoiteField(queryset=StrateginenTavoite.objects.none(), empty_label=_("Valitse tavoite"))
    muut_toimialat = MonivalintaField(
        queryset=Toimiala.objects.none(),
        required=False,
        label=_("Muut toimialat"),
        widget=forms.CheckboxSelectMultiple,
        help_text=Toimenpide._meta.get_field("muut_toimialat").help_text,
    )
    sdg = SdgField()
    edeltaja = EdeltajaField(
        queryset=Toimenpide.objects.none(),
        required=False,
        label=_("Edeltäjä"),
        empty_label=_("Ei edeltäjää"),
        widget=EdeltajaSelect,
        help_text=Toimenpide._meta.get_field("edeltaja").help_text,
    )
    vastuuhenkilot = MonivalintaField(
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
            "muut_toimialat",
            "toimielin",
            "vastuu",
            "riski",
            "mittari",
            "sdg",
            "sitovuus",
            "voimassa_alkaen",
            "voimassa_asti",
            "edeltaja",
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
        self.add_omat(strategia)
        mine.kunta_id = kunta
        in_use = Q(lopetettu=None) | Q(pk=mine.toimiala_id)
        current = Vastuuhenkilo.objects.filter(kunta=kunta, toimenpide=mine.pk).values("kayttaja")
        self.fields["tavoite"].label = strategia.sana("tavoite")
        self.fields["tavoite"].queryset = (
            StrateginenTavoite.objects.filter(painopiste__strategia=strategia)
            .select_related("painopiste")
            .order_by("painopiste__jarjestys", "jarjestys", "pk")
        )
        self.fields["toimiala"].queryset = Toimiala.objects.filter(in_use, kunta=kunta)
        others = list(mine.muut_toimialat.values_list("pk", flat=True)) if mine.pk else []
        taking_part = Q(lopetettu=None) | Q(pk__in=others)
        self.fields["muut_toimialat"].queryset = Toimiala.objects.filter(taking_part, kunta=kunta)
        self.fields["toimielin"].queryset = Toimielin.objects.filter(
            Q(lopetettu=None) | Q(pk=mine.toimielin_id), kunta=kunta
        )
        self.fields["toimiala"].empty_label = self.fields["toimielin"].empty_label = "–"
        self._offer_edeltajat(strategia)
        self.fields["vastuuhenkilot"].queryset = recording_people(kunta).filter(Q(is_active=True) | Q(pk__in=current))
        if mine.pk:
            self.initial["muut_toimialat"] = others
            self.initial["vastuuhenkilot"] = [row["kayttaja"] for row in current]
            self._leave_out_cells()

    def _offer_edeltajat(self, strategia):
        """Those of the kunta's other plans; a kunta of one plan is not asked."""
        others = Toimenpide.objects.filter(kunta=strategia.kunta_id).exclude(tavoite__painopiste__strategia=strategia)
        if not Strategia.objects.filter(kunta=strategia.kunta_id).exclude(pk=strategia.pk).exists():
            del self.fields["edeltaja"]
            return
        path = "tavoite__painopiste"
        order = (f"{path}__strategia__jarjestys", f"{path}__jarjestys", "tavoite__jarjestys", "jarjestys", "pk")
        named = (f"{path}__strategia__nimi", "nimi", "koodi", f"{path}__strategia_id", "tavoite__painopiste_id")
        self.fields["edeltaja"].queryset = others.select_related(f"{path}__strategia").only(*named).order_by(*order)

    def _leave_out_cells(self):
        """A cell that came in as measures or risks is changed by changing those: its text is what the source said."""
        for name, rows in (("mittari", self.instance.mittarit), ("riski", self.instance.riskit)):
            if rows.exclude(alkuperainen="").exists():
                del self.fields[name]

    def clean_sdg(self):
        return goals_of(self)

    def clean_nimi(self):
        return " ".join(self.cleaned_data["nimi"].split())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("muut_toimialat") and not cleaned.get("toimiala"):
            self.add_error("toimiala", _("Valitse toimiala, joka johtaa. Muut toimialat ovat sen rinnalla."))
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
            is_new = toimenpide._state.adding
            if is_new:
                last = Toimenpide.objects.filter(tavoite=toimenpide.tavoite).order_by("jarjestys").last()
                toimenpide.jarjestys = last.jarjestys + 1 if last else 1
            toimenpide.skip_history_when_saving = True  # its row is written below, when it can tell the people
            self.put_omat()
            toimenpide.save()
            own = {"kunta_id": toimenpide.kunta_id}
            others = [each for each in self.cleaned_data["muut_toimialat"] if each.pk != toimenpide.toimiala_id]
            toimenpide.muut_toimialat.set(others, through_defaults=own)
            people = self.cleaned_data["vastuuhenkilot"]
            toimenpide.vastuuhenkilot.set(people, through_defaults=own)
            told = {"vastuussa": sorted(person.pk for person in people)}
            del toimenpide.skip_history_when_saving
            Toimenpide.history.bulk_history_create(
                [toimenpide], update=not is_new, default_user=by, custom_historical_attrs=told
            )
        return toimenpide


class LopetusForm(forms.Form):
    """The last day a toimenpide is in force."""

    voimassa_asti = RajattuPvmField(label=_("Viimeinen voimassaolopäivä"))

    def __init__(self, *args, toimenpide, **kwargs):
        super().__init__(*args, initial={"voimassa_asti": timezone.localdate()}, **kwargs)
        self.alkaen = toimenpide.voimassa_alkaen

    def clean_voimassa_asti(self):
        day = self.cleaned_data["voimassa_asti"]
        if self.alkaen and day < self.alkaen:
            raise forms.ValidationError(_("Toimenpide päättyy ennen kuin se alkaa. Korjaa päivä."))
        return day
