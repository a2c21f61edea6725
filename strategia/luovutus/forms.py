"""To whom the toimenpiteet of a person go."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Kayttaja
from ..permissions import recording_people


class LuovutusForm(forms.Form):
    kenelle = forms.ModelChoiceField(
        queryset=Kayttaja.objects.none(),
        required=False,
        label=_("Kenelle"),
        empty_label=_("Ei kenellekään: rivit jäävät toimialan yhteisiksi"),
        help_text=_("Toisen nimi tulee entisen tilalle. Muut vastuuhenkilöt säilyvät."),
    )

    def __init__(self, *args, luovuttaja, **kwargs):
        super().__init__(*args, **kwargs)
        able = recording_people(luovuttaja.kunta_id).filter(is_active=True, is_superuser=False)
        self.fields["kenelle"].queryset = able.exclude(pk=luovuttaja.pk)
        self.fields["kenelle"].tyhja_on_valinta = True
