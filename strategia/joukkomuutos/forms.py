"""Which rows of the plan are chosen, and what they get: a form for each kind of act."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..kentat import MonivalintaField, RajattuPvmField
from ..models import Joukkomuutos, Kayttaja, Sitovuus, StrateginenTavoite, Toimenpide, Toimiala, Toimielin
from ..nimet import avain, searchable
from ..permissions import recording_people
from ..teksti import read_id
from .vastuusta import ENNALLAAN, UUSI

PUUTTUU = "ei"
Laji = Joukkomuutos.Laji


def list_rows(strategia):
    """The toimenpiteet of the plan in its order."""
    rows = Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia)
    return rows.order_by("tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk")


class RivirajausForm(forms.Form):
    """Narrows the plan to some of its rows. What it does not know is as if it had not been asked."""

    VOIMASSA = [("", _("Kaikki")), ("nyt", _("Voimassa tänään")), ("paattynyt", _("Päättynyt"))]

    haku = forms.CharField(label=_("Hae toimenpiteistä"), required=False, max_length=200)
    tavoite = forms.ChoiceField(label=_("Tavoite"), required=False)
    toimiala = forms.ChoiceField(label=_("Toimiala"), required=False)
    toimielin = forms.ChoiceField(label=_("Toimielin"), required=False)
    vastuuhenkilo = forms.ChoiceField(label=_("Vastuuhenkilö"), required=False)
    sitovuus = forms.ChoiceField(label=_("Sitovuus"), required=False)
    voimassa = forms.ChoiceField(label=_("Voimassaolo"), required=False, choices=VOIMASSA)

    def __init__(self, data, *, strategia):
        super().__init__(data)
        self.strategia, kunta = strategia, strategia.kunta_id
        everyone = [("", _("Kaikki")), (PUUTTUU, _("Ei annettu"))]
        own = {
            "toimiala": Toimiala.objects.filter(kunta=kunta).values_list("pk", "nimi"),
            "toimielin": Toimielin.objects.filter(kunta=kunta).values_list("pk", "nimi"),
            "vastuuhenkilo": recording_people(kunta).filter(is_active=True).values_list("pk", "nimi"),
            "sitovuus": Sitovuus.choices,
        }
        for name, choices in own.items():
            self.fields[name].choices = [*everyone, *choices]
        if "tavoite" in self.fields:
            self.fields["tavoite"].label = strategia.sana("tavoite")
            self.fields["tavoite"].choices = self._list_tavoitteet()

    def _list_tavoitteet(self):
        tavoitteet = StrateginenTavoite.objects.filter(painopiste__strategia=self.strategia)
        ordered = tavoitteet.order_by("painopiste__jarjestys", "jarjestys", "pk").values_list("pk", "nimi")
        return [("", _("Kaikki")), *((pk, nimi or _("Ilman tavoitetta")) for pk, nimi in ordered)]

    def rows(self):
        """The toimenpiteet that match, in the plan's order."""
        self.full_clean()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        rows = list_rows(self.strategia)
        columns = {"toimiala": "toimiala", "toimielin": "toimielin", "vastuuhenkilo": "vastuuhenkilot"}
        for name, column in {"tavoite": "tavoite", **columns}.items():
            if name in chosen:
                rows = rows.filter(**{column: None if chosen[name] == PUUTTUU else read_id(chosen[name])})
        if "sitovuus" in chosen:
            rows = self.of_sitovuus(rows, "" if chosen["sitovuus"] == PUUTTUU else chosen["sitovuus"])
        for word in chosen.get("haku", "").split():
            rows = rows.filter(haku__contains=searchable(word))
        ended = Q(voimassa_asti__lt=timezone.localdate())
        if chosen.get("voimassa") == "paattynyt":
            rows = rows.filter(ended)
        elif chosen.get("voimassa") == "nyt":
            rows = rows.exclude(ended).exclude(voimassa_alkaen__gt=timezone.localdate())
        return rows

    def of_sitovuus(self, rows, sitovuus):
        """Those that say this themselves: it is what is changed here."""
        return rows.filter(sitovuus=sitovuus)

    @property
    def is_narrowed(self):
        return any(self.cleaned_data.values())


class ArvoForm(forms.Form):
    """What the chosen rows get. changes: {name: new value as JSON has it}; kuvaus: the act in words."""

    def __init__(self, *args, strategia, toimenpiteet, **kwargs):
        super().__init__(*args, **kwargs)
        self.strategia, self.toimenpiteet = strategia, toimenpiteet


class ToimialaArvoForm(ArvoForm):
    toimiala = forms.ModelChoiceField(
        queryset=Toimiala.objects.none(), required=False, label=_("Toimiala"), empty_label=_("Valitse toimiala")
    )
    uusi = Toimiala._meta.get_field("nimi").formfield(required=False, label=_("tai uuden toimialan nimi"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["toimiala"].queryset = Toimiala.objects.filter(kunta=self.strategia.kunta_id, lopetettu=None)

    def clean(self):
        cleaned = super().clean()
        if "uusi" not in self.errors and bool(cleaned.get("toimiala")) == bool(cleaned.get("uusi")):
            self.add_error("toimiala", _("Valitse toimiala listasta tai kirjoita uuden nimi, mutta vain toinen."))
        ended = Toimiala.objects.filter(kunta=self.strategia.kunta_id, lopetettu__isnull=False)
        if ended.filter(avain=avain(cleaned.get("uusi") or "")).exists():
            self.add_error("uusi", _("Tämän niminen toimiala on lopetettu. Pääkäyttäjä voi ottaa sen käyttöön."))
        return cleaned

    @property
    def kohde(self):
        return self.cleaned_data["toimiala"] or find_or_create(self.strategia, self.cleaned_data["uusi"])

    def changes(self):
        return {"toimiala": self.kohde.pk}

    def kuvaus(self):
        return _("Toimiala: %(nimi)s") % {"nimi": self.kohde}


def find_or_create(strategia, nimi):
    """The toimiala of this name, made where there is none; last in order."""
    last = Toimiala.objects.filter(kunta=strategia.kunta_id).order_by("jarjestys").last()
    new = {"nimi": nimi, "jarjestys": last.jarjestys + 1 if last else 0}
    return Toimiala.objects.get_or_create(kunta_id=strategia.kunta_id, avain=avain(nimi), defaults=new)[0]


class ToimielinArvoForm(ArvoForm):
    toimielin = forms.ModelChoiceField(
        queryset=Toimielin.objects.none(), required=False, label=_("Toimielin"), empty_label=_("Ei toimielintä")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["toimielin"].tyhja_on_valinta = True
        self.fields["toimielin"].queryset = Toimielin.objects.filter(kunta=self.strategia.kunta_id, lopetettu=None)

    def changes(self):
        toimielin = self.cleaned_data["toimielin"]
        return {"toimielin": toimielin.pk if toimielin else None}

    def kuvaus(self):
        return _("Toimielin: %(nimi)s") % {"nimi": self.cleaned_data["toimielin"] or "–"}


class VastuuhenkilotArvoForm(ArvoForm):
    vastuuhenkilot = MonivalintaField(
        queryset=Kayttaja.objects.none(),
        required=False,
        label=_("Vastuuhenkilöt"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nämä korvaavat entiset. Jos et valitse ketään, toimenpiteet ovat koko toimialan listalla."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = recording_people(self.strategia.kunta_id).filter(is_active=True)
        self.fields["vastuuhenkilot"].queryset = people

    def changes(self):
        return {"vastuuhenkilot": sorted(person.pk for person in self.cleaned_data["vastuuhenkilot"])}

    def kuvaus(self):
        names = ", ".join(str(person) for person in self.cleaned_data["vastuuhenkilot"])
        return _("Vastuuhenkilöt: %(nimet)s") % {"nimet": names or "–"}


class VoimassaArvoForm(ArvoForm):
    """An empty day leaves the rows as they are."""

    voimassa_alkaen = RajattuPvmField(label=_("Voimassa alkaen"), required=False)
    voimassa_asti = RajattuPvmField(
        label=_("Voimassa asti"),
        required=False,
        help_text=_("Viimeinen voimassaolopäivä. Sen jälkeen alkavissa jaksoissa toimenpiteitä ei enää kysytä."),
    )

    def clean(self):
        cleaned = super().clean()
        self.dates = {name: cleaned[name] for name in ("voimassa_alkaen", "voimassa_asti") if cleaned.get(name)}
        if not self.errors and not self.dates:
            self.add_error("voimassa_asti", _("Anna ainakin toinen päivä."))
        wrong = [each for each in self.toimenpiteet if self._ends_before_it_begins(each)]
        if wrong:
            text = _("Osa päättyisi ennen kuin alkaa (%(kpl)s), esimerkiksi %(nimi)s. Korjaa päivä.")
            self.add_error("voimassa_asti", text % {"kpl": len(wrong), "nimi": wrong[0].nimi[:80]})
        return cleaned

    def _ends_before_it_begins(self, toimenpide):
        first = self.dates.get("voimassa_alkaen", toimenpide.voimassa_alkaen)
        last = self.dates.get("voimassa_asti", toimenpide.voimassa_asti)
        return first is not None and last is not None and first > last

    def changes(self):
        return {name: day.isoformat() for name, day in self.dates.items()}

    def kuvaus(self):
        return ", ".join(f"{self.fields[name].label} {date_format(day, 'j.n.Y')}" for name, day in self.dates.items())


class SitovuusArvoForm(ArvoForm):
    sitovuus = forms.ChoiceField(
        label=_("Sitovuus"), required=False, choices=[("", _("Ei annettu")), *Sitovuus.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sitovuus"].tyhja_on_valinta = True

    def changes(self):
        return {"sitovuus": self.cleaned_data["sitovuus"]}

    def kuvaus(self):
        sitovuus = self.cleaned_data["sitovuus"]
        return _("Sitovuus: %(sitovuus)s") % {"sitovuus": Sitovuus(sitovuus).label if sitovuus else "–"}


LOMAKKEET = {
    Laji.TOIMIALA: ToimialaArvoForm,
    Laji.TOIMIELIN: ToimielinArvoForm,
    Laji.VASTUUHENKILOT: VastuuhenkilotArvoForm,
    Laji.VOIMASSA: VoimassaArvoForm,
    Laji.SITOVUUS: SitovuusArvoForm,
}


class VastuustaForm(forms.Form):
    """For each proposal: a new toimiala of its name, one in use, or nothing."""

    def __init__(self, *args, strategia, ehdotukset, **kwargs):
        super().__init__(*args, **kwargs)
        self.strategia, self.ehdotukset = strategia, ehdotukset
        in_use = list(Toimiala.objects.filter(kunta=strategia.kunta_id, lopetettu=None).values_list("pk", "nimi"))
        for number, ehdotus in enumerate(ehdotukset):
            new = [] if ehdotus.lopetettu else [(UUSI, _("Uusi: %(nimi)s") % {"nimi": ehdotus.nimi})]
            choices = [*new, (ENNALLAAN, _("Jätä ennalleen")), *in_use]
            field = forms.ChoiceField(label=ehdotus.nimi, required=False, choices=choices, initial=ehdotus.valinta)
            field.widget.attrs["aria-label"] = _("Toimiala: %(nimi)s") % {"nimi": ehdotus.nimi}
            self.fields[f"nimi_{number}"] = field

    @property
    def rivit(self):
        """[(Ehdotus, its field)]"""
        return [(each, self[f"nimi_{number}"]) for number, each in enumerate(self.ehdotukset)]

    def changes(self):
        """{toimenpide: {"toimiala": id}}; the new toimialat are made."""
        found = {}
        for number, ehdotus in enumerate(self.ehdotukset):
            valinta = self.cleaned_data[f"nimi_{number}"]
            if valinta == ENNALLAAN:
                continue
            pk = find_or_create(self.strategia, ehdotus.nimi).pk if valinta == UUSI else int(valinta)
            found |= {toimenpide: {"toimiala": pk} for toimenpide in ehdotus.toimenpiteet}
        return found

    def kuvaus(self):
        return _("Toimialat vastuun mukaan")
