"""A file, or a table pasted from a spreadsheet."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..taulukko.guard.limits import MAX_BYTES, MEGABYTE


class TuontiForm(forms.Form):
    """A file, or a table pasted from a spreadsheet."""

    tiedosto = forms.FileField(
        label=_("Tiedosto"),
        required=False,
        help_text=format_lazy(
            _(
                "Excel, LibreOffice, CSV tai teksti, enintään {raja} Mt. "
                "Käy sellaisenaan, otsikoita ei tarvitse muuttaa."
            ),
            raja=MAX_BYTES // MEGABYTE,
        ),
    )
    liite = forms.CharField(
        label=_("tai liitä taulukko tähän"),
        required=False,
        strip=False,
        max_length=5_000_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Valitse taulukon solut otsikoineen, kopioi ja liitä."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.tyhja_on_valinta = True  # one of the two is needed, so neither is called optional

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("tiedosto")) == bool((cleaned.get("liite") or "").strip()):
            self.add_error("tiedosto", _("Valitse tiedosto tai liitä taulukko, mutta vain toinen."))
        return cleaned

    def content(self):
        """-> (bytes, name). Only the last part of the name counts, and only to tell what kind of file it is."""
        if upload := self.cleaned_data["tiedosto"]:
            return upload.read(), upload.name
        return self.cleaned_data["liite"].encode(), "liitetty taulukko.txt"
