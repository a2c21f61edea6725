"""POST -> the sentence that the koordinaattori adds to a message."""

from django import forms

from strategia.models import Ilmoitusviesti


class LauseForm(forms.Form):
    lause = Ilmoitusviesti._meta.get_field("lause").formfield()
