"""A risk: what may happen, how likely it is and how much it would matter."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from strategia.versio import VersioituLomake

from ..models import Riski, Seurantajakso
from .taulu import ASTEET


class RiskiForm(VersioituLomake, forms.ModelForm):
    """A risk of the plan, or of a jakso that still takes what the user writes."""

    class Meta:
        model = Riski
        fields = ["teksti", "todennakoisyys", "vaikutus", "jakso"]
        widgets = {"teksti": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "todennakoisyys": _("1 epätodennäköinen, 5 lähes varma."),
            "vaikutus": _("1 vähäinen, 5 erittäin suuri."),
            "jakso": _("Tyhjänä riski koskee koko suunnitelmaa."),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("todennakoisyys", "vaikutus"):
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                choices=[("", "–"), *((str(aste), str(aste)) for aste in ASTEET)],
                coerce=int,
                empty_value=None,
                required=False,
            )
        current = Q(pk=self.instance.jakso_id)
        open_ones = Q(pk__in=Seurantajakso.objects.open_to(user).values("pk"))
        mine = Seurantajakso.objects.filter(open_ones | current, strategia=self.instance.strategia)
        self.fields["jakso"].queryset = mine
        self.fields["jakso"].empty_label = _("Koko suunnitelma")
