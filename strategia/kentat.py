"""Fields and widgets that the forms of all apps share: a choice of several rows, a date."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import MUODOT, PVM_VIRHE, check_pvm
from .sdg import KESTAVAN_KEHITYKSEN_TAVOITTEET, read_goals, with_goals, write_goal
from .teksti import PISIN_TUNNISTE


class SdgField(forms.MultipleChoiceField):
    """The UN's goals of a row. Given and taken as the row's own texts: what is no goal, or stays, keeps its words."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        choices = [(str(number), write_goal(number)) for number in KESTAVAN_KEHITYKSEN_TAVOITTEET]
        words = {"label": _("Kestävän kehityksen tavoitteet"), "help_text": _("YK:n 17 tavoitetta.")}
        super().__init__(**{"choices": choices, "required": False, **words, **kwargs})

    def prepare_value(self, value):
        return [str(goal) for goal in read_goals(value or [])]

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != self.prepare_value(data)


def goals_of(form):
    """What the row's `sdg` will hold once the form is saved."""
    return with_goals(form.initial.get("sdg") or [], {int(goal) for goal in form.cleaned_data["sdg"]})


class MonivalintaField(forms.ModelMultipleChoiceField):
    """Several rows of a queryset. An id that no row can have is not among the choices, as any other wrong one."""

    def clean(self, value):
        for pk in value or ():
            if len(str(pk)) > PISIN_TUNNISTE:
                wrong = self.error_messages["invalid_choice"]
                raise forms.ValidationError(wrong, code="invalid_choice", params={"value": pk})
        return super().clean(value)


class RajattuPvmField(forms.DateField):
    """A day within the bounds, of a form that is no model's."""

    default_validators = [check_pvm]
    default_error_messages = {"invalid": PVM_VIRHE}

    def __init__(self, **kwargs):
        super().__init__(**{"widget": PvmInput(), "input_formats": MUODOT, **kwargs})


class PvmInput(forms.DateInput):
    """The browser's own date picker; its value is always in ISO form."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")

    def format_value(self, value):
        """What was sent and is no date is left out: the picker could show nothing of it."""
        if isinstance(value, str):
            try:
                datetime.date.fromisoformat(value)
            except ValueError:
                return ""
        return super().format_value(value)
