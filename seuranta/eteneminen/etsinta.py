"""What the address asks to see of the plan -> the rows that match it; the plan's own questions and those of scores."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategia.joukkomuutos.forms import PUUTTUU, RivirajausForm
from strategia.nimet import searchable
from strategia.permissions import sees_closed_only

VASTAAMATTA = "vastaamatta"
SUUNNAT = [
    ("", gettext_lazy("Kaikki")),
    ("nousi", gettext_lazy("Nousi")),
    ("laski", gettext_lazy("Laski")),
    ("ennallaan", gettext_lazy("Ei muutosta edelliseen")),
    (VASTAAMATTA, gettext_lazy("Ei vastattu")),
]
HAETAAN = ("koodi", "nimi", "vastuu")


class EtenemisrajausForm(RivirajausForm):
    """Narrows the plan to some of its rows, by how they are going too."""

    tavoite = None  # they are headings of the page
    aste = forms.ChoiceField(label=gettext_lazy("Toteutumisaste"), required=False)
    muutos = forms.ChoiceField(label=gettext_lazy("Muutos"), required=False, choices=SUUNNAT)

    def __init__(self, data, *, strategia, user, asteet):
        """asteet: are there scores for the user to see?"""
        super().__init__(data, strategia=strategia)
        self.hidden = strategia.piilotetut if sees_closed_only(user) else set()
        without = self.hidden & self.fields.keys()
        without |= {"vastuuhenkilo"} if "vastuu" in self.hidden else set()
        without |= set() if asteet else {"aste", "muutos"}
        for name in without:
            del self.fields[name]
        for name in ("toimiala", "toimielin", "aste"):
            if name in self.fields:
                self.fields[name].label = strategia.sana("toteutumisaste" if name == "aste" else name)
        if asteet:
            names = [(str(aste), f"{aste} {nimi}".strip()) for aste, nimi in strategia.asteen_nimet.items()]
            self.fields["aste"].choices = [("", _("Kaikki")), *reversed(names), (PUUTTUU, _("Ei arviota"))]

    @property
    def haettavat(self):
        """The fields in which words may be found of a row that the user does not follow; () where none are asked."""
        return tuple(n for n in HAETAAN if n not in self.hidden) if self.cleaned_data.get("haku") else ()

    @property
    def asks_moves(self):
        return self.cleaned_data.get("muutos", "") not in ("", VASTAAMATTA)

    def of_sitovuus(self, rows, sitovuus):
        """What the row says, and of one that says nothing what its tavoite does."""
        tavoitteen = Q(sitovuus="", tavoite__sitovuus=sitovuus)
        return rows.filter(tavoitteen if sitovuus == "" else tavoitteen | Q(sitovuus=sitovuus))

    def select(self, paikat):
        """Of the places of rows() those that the words of what is not hidden, the score and its move let through."""
        rules = list(self._rules())
        return [paikka for paikka in paikat if all(lets(paikka) for lets in rules)] if rules else paikat

    def _rules(self):
        chosen = self.cleaned_data
        if words := searchable(chosen.get("haku", "")).split():
            yield lambda p: p.teksti is None or all(word in searchable(p.teksti) for word in words)
        if aste := chosen.get("aste"):
            yield lambda p: str(p.aste or PUUTTUU) == aste
        if (muutos := chosen.get("muutos")) == VASTAAMATTA:
            yield lambda p: p.on_vastaamatta
        elif muutos:
            yield lambda p: p.suunta == muutos
