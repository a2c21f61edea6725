"""The fields of a toimenpide's own columns: one for each heading of the kunta's own table."""

from django import forms

from ..models import OMA, TEKSTIN_PITUUS, own_role, put_omat


class OmatKentat:
    """Beside a ModelForm of a toimenpide and before VersioituLomake: what two wrote of one is told as of any field."""

    def add_omat(self, strategia):
        """A field for each column of the strategia, and for what the toimenpide has besides."""
        stored = self.instance.omat
        known = strategia.omat_otsikot(OMA)
        self.otsikot = {own_role(OMA, otsikko): otsikko for otsikko in (*known, *sorted(stored.keys() - known))}
        for name, otsikko in self.otsikot.items():
            self.fields[name] = forms.CharField(
                label=otsikko, required=False, max_length=TEKSTIN_PITUUS, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.initial[name] = stored.get(otsikko, "")
        others = [name for name in self.fields if name not in self.otsikot]
        before = others.index("mittari") + 1
        self.order_fields([*others[:before], *self.otsikot, *others[before:]])

    def put_omat(self):
        """The cleaned texts into the instance. Does not save."""
        told = {otsikko: self.cleaned_data[name] for name, otsikko in self.otsikot.items()}
        lines = {otsikko: text.replace("\r\n", "\n") for otsikko, text in told.items()}
        self.instance.omat = put_omat(self.instance.omat, lines)
