"""To whom the toimenpiteet of a person go."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..permissions import recording_people

EI_KENELLEKAAN = "ei"


class LuovutusForm(forms.Form):
    """kenelle: a person who records in the kunta, None for nobody. Nothing is chosen beforehand."""

    kenelle = forms.ChoiceField(
        label=_("Kenelle"),
        help_text=_("Toisen nimi tulee entisen tilalle. Muut vastuuhenkilöt säilyvät."),
    )

    def __init__(self, *args, luovuttaja, **kwargs):
        super().__init__(*args, **kwargs)
        able = recording_people(luovuttaja.kunta_id).filter(is_active=True, is_superuser=False)
        self.people = {str(person.pk): person for person in able.exclude(pk=luovuttaja.pk)}
        self.fields["kenelle"].choices = [
            ("", _("Valitse henkilö")),
            *((pk, str(person)) for pk, person in self.people.items()),
            (EI_KENELLEKAAN, _("Ei kenellekään: rivit jäävät toimialan yhteisiksi")),
        ]

    def clean_kenelle(self):
        return self.people.get(self.cleaned_data["kenelle"])
