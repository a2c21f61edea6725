"""A choice of several rows."""

from django import forms

PISIN_TUNNISTE = 18  # digits: a longer id fits no database, and asking for it fails


class MonivalintaField(forms.ModelMultipleChoiceField):
    """Several rows of a queryset. An id that no row can have is not among the choices, as any other wrong one."""

    def clean(self, value):
        for pk in value or ():
            if len(str(pk)) > PISIN_TUNNISTE:
                wrong = self.error_messages["invalid_choice"]
                raise forms.ValidationError(wrong, code="invalid_choice", params={"value": pk})
        return super().clean(value)
