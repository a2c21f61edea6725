"""A mittari with its targets, and the measures that a text is made into."""

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ..kentat import PvmInput
from ..lukuteksti import is_same_unit, read_luku, read_vali, read_yksikko
from ..models import NIMEN_PITUUS, TEKSTIN_PITUUS, Mittari, Tavoitearvo, Toimiala
from ..nimet import avain
from ..versio import VersioituLomake
from .luettelo import place_last, siblings_of
from .osat import list_parts

VUOSIA = 4  # shown beside those that have a target, where the plan has no years of its own
ENINTAAN_VUOSIA = 15
ENINTAAN_OSIA = 50
AVOIN = "avoin"
KYLLA_TAI_EI = ("kyllä", "ei")


class MittariForm(VersioituLomake, forms.ModelForm):
    """What is measured, how, from where it starts and what is aimed at each year."""

    class Meta:
        model = Mittari
        fields = [
            *("nimi", "laji", "yksikko", "suunta", "desimaalit", "lahto_teksti", "lahto_vuosi", "toimiala"),
            *("lahde", "palvelu", "ulkoinen_tunnus", "voimassa_alkaen", "voimassa_asti"),
        ]
        widgets = {
            "nimi": forms.Textarea(attrs={"rows": 2}),
            "lahto_teksti": forms.TextInput(),
            "voimassa_alkaen": PvmInput(),
            "voimassa_asti": PvmInput(),
        }
        help_texts = {
            "nimi": _("Mitä mitataan, esimerkiksi Sähköisesti hoidettu asiointi."),
            "laji": _("Kyllä/ei ja teksti eivät tarvitse yksikköä."),
            "suunta": _("Kertoo, milloin tavoite on saavutettu."),
            "lahto_teksti": _("Mistä lähdettiin, esimerkiksi 41 %."),
            "ulkoinen_tunnus": _("Esimerkiksi 3113. Täytä, jos valitsit tilastopalvelun."),
            "voimassa_asti": _("Päätä seuranta tähän päivään. Annetut arvot säilyvät."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine, in_use = self.instance, Q(lopetettu=None) | Q(pk=self.instance.toimiala_id)
        if mine.toimenpide_id:
            del self.fields["toimiala"]
        else:
            self.fields["toimiala"].queryset = Toimiala.objects.filter(in_use, kunta=mine.kunta_id)
            self.fields["toimiala"].empty_label = _("Koordinaattori")
        self.fields["palvelu"].choices = [("", "–"), *Mittari.Palvelu.choices]
        self.aiemmat = {each.vuosi: each for each in mine.tavoitteet.all()} if mine.pk else {}
        for vuosi in self.vuodet:
            self._add_target(vuosi)
        first = ["nimi", "laji", "yksikko", "suunta", "desimaalit", "lahto_teksti", "lahto_vuosi"]
        self.order_fields([*first, *map(self._name_of, self.vuodet)])  # the rest after them, as they are

    @cached_property
    def vuodet(self):
        """The years that are asked, in order, and None: until further notice."""
        plan, this = self.instance.strategia, timezone.localdate().year
        first, last = plan.alkuvuosi or this, plan.loppuvuosi or (plan.alkuvuosi or this) + VUOSIA - 1
        asked = {*range(first, min(last, first + ENINTAAN_VUOSIA - 1) + 1), *self.aiemmat} - {None}
        return [*sorted(asked), None]

    def _add_target(self, vuosi):
        name, known = self._name_of(vuosi), self.aiemmat.get(vuosi)
        self.fields[name] = forms.CharField(
            required=False,
            max_length=TEKSTIN_PITUUS,
            label=_("Tavoite toistaiseksi") if vuosi is None else format_lazy("{} {}", _("Tavoite"), vuosi),
        )
        self.initial[name] = known.teksti if known else ""
        if vuosi == self.vuodet[0]:
            self.fields[name].help_text = _("Luku, väli (10–20), kyllä, ei tai teksti. Tyhjänä vuodella ei ole omaa.")

    @staticmethod
    def _name_of(vuosi):
        return f"tavoite_{vuosi or AVOIN}"

    def clean_nimi(self):
        return " ".join(self.cleaned_data["nimi"].split())

    def clean(self):
        cleaned = super().clean()
        alkaen, asti = cleaned.get("voimassa_alkaen"), cleaned.get("voimassa_asti")
        if alkaen and asti and alkaen > asti:
            self.add_error("voimassa_asti", _("Seuranta päättyy ennen kuin se alkaa. Korjaa päivät."))
        if bool(cleaned.get("palvelu")) != bool(cleaned.get("ulkoinen_tunnus")):
            self.add_error("ulkoinen_tunnus", _("Anna sekä tilastopalvelu että tunnus, tai ei kumpaakaan."))
        if cleaned.get("laji") == Mittari.Laji.KYLLA_EI:
            self._check_kylla_ei(cleaned)
        alike = siblings_of(self.instance).filter(avain=avain(cleaned.get("nimi") or ""), kerta=self.instance.kerta)
        if not self.instance._state.adding and alike.exclude(pk=self.instance.pk).exists():
            self.add_error("nimi", _("Tämän niminen mittari on jo. Anna toinen nimi."))
        return cleaned

    def _check_kylla_ei(self, cleaned):
        for name in ("lahto_teksti", *map(self._name_of, self.vuodet)):
            if (cleaned.get(name) or "").strip().casefold() not in ("", *KYLLA_TAI_EI):
                self.add_error(name, _("Kirjoita kyllä tai ei."))

    def save_by(self, by):
        """Save the mittari and its targets with history; a new one comes last under its kohde."""
        mittari = self.instance
        with transaction.atomic():
            if mittari._state.adding:
                place_last(mittari)
            mittari._history_user = by
            mittari.save()
            for vuosi in self.vuodet:
                self._save_target(vuosi, by)
        return mittari

    def _save_target(self, vuosi, by):
        teksti, known = self.cleaned_data[self._name_of(vuosi)].strip(), self.aiemmat.get(vuosi)
        if teksti == (known.teksti if known else ""):
            return
        row = known or Tavoitearvo(kunta_id=self.instance.kunta_id, mittari=self.instance, vuosi=vuosi)
        row._history_user = by
        if not teksti:
            row.delete()
            return
        row.teksti, row.alkuperainen = teksti, ""
        row.save()

    def list_incomparable(self):
        """[sentence] of the targets by which nobody can tell whether a number reaches them."""
        if not self.instance.is_numeric:
            return []
        texts = [self.cleaned_data[self._name_of(vuosi)].strip() for vuosi in self.vuodet]
        return [sentence for text in texts if text and (sentence := self._why_incomparable(text))]

    def _why_incomparable(self, text):
        if read_luku(text) is None and read_vali(text) is None:
            return _g("Tavoite ”%(teksti)s” ei ole luku. Saavuttamista ei voi verrata.") % {"teksti": text}
        unit, own = read_yksikko(text), self.instance.mitta
        if unit and own and not is_same_unit(unit, own):
            told = {"teksti": text, "yksikko": own}
            return _g("Tavoite ”%(teksti)s” ei ole yksikössä %(yksikko)s. Saavuttamista ei voi verrata.") % told
        return ""


class TekstinJakoForm(forms.Form):
    """The measures that a text is made into, one a line."""

    osat = forms.CharField(
        label=_("Mittarit, yksi rivillä"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=TEKSTIN_PITUUS,
        help_text=_("Rivin lopun kyllä/ei, kpl, % tai € kertoo mittarin lajin ja yksikön."),
    )

    def __init__(self, *args, teksti, **kwargs):
        super().__init__(*args, initial={"osat": "\n".join(list_parts(teksti))}, **kwargs)

    def clean_osat(self):
        """[text] of the lines that hold something."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["osat"].splitlines() if line.strip()]
        if len(lines) > ENINTAAN_OSIA:
            raise forms.ValidationError(_("Enintään %(n)s mittaria kerralla.") % {"n": ENINTAAN_OSIA})
        too_long = max(map(len, lines), default=0)
        if too_long > NIMEN_PITUUS:
            told = {"n": too_long, "enintaan": NIMEN_PITUUS}
            raise forms.ValidationError(_("Rivi on liian pitkä: %(n)s merkkiä, enintään %(enintaan)s.") % told)
        return lines
