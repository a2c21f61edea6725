"""A form of a stored row -> was it begun from what is stored now? Two people never overwrite each other unseen.

The version is what the row says, in short: whoever writes it, an import, an undo, a join or the admin, raises it.
"""

import hashlib
import json

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

MUUTTUI = "muuttui"


class VersioituLomake:
    """Beside forms.Form or forms.ModelForm, before it. A form of a new row has no version.

    A form that sends another version than what is stored is not valid: `toisen` tells what the other person saved, and
    sent once more it replaces that. It has to be looked at in the kunta's turn: see vuoro.in_turn.
    """

    VIESTI = _(
        "Toinen käyttäjä on tallentanut nämä tiedot sillä välin. Omasi ovat kentissä, eikä niitä ole tallennettu. "
        "Kun tallennat uudelleen, ne korvaavat toisen tiedot."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.toisen = []
        if self.is_of_stored():
            self.fields["versio"] = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
            self.initial["versio"] = self._version  # asked when it is drawn: a form may yet give its fields values

    def is_of_stored(self):
        return bool(self.instance.pk if hasattr(self, "instance") else self.initial)

    def stored(self):
        """{field's name: its value as it is stored} of what a person edits here."""
        names = (name for name in self.fields if name != "versio")
        return {name: self.get_initial_for_field(self.fields[name], name) for name in names}

    def _version(self):
        told = {name: _plain(self.fields.get(name), value) for name, value in self.stored().items()}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]

    def _post_clean(self):
        super()._post_clean()
        sent = self.cleaned_data.pop("versio", "")
        if not sent or sent == (now := self._version()):
            return
        self.toisen = self._differing()
        if self.toisen:
            self.data = self.data.copy()
            self.data[self.add_prefix("versio")] = now
            self.add_error(None, ValidationError(self.VIESTI, code=MUUTTUI))

    def _differing(self):
        """[(field's word, what is stored)] of the fields in which the two say otherwise."""
        shown = []
        for name, value in self.stored().items():
            field = self.fields.get(name)
            if field is None or isinstance(field, forms.FileField) or field.disabled:
                continue
            if _plain(field, value) != _plain(field, self[name].value()):
                shown.append((self[name].label, in_words(field, value)))
        return shown

    @property
    def status(self):
        """The HTTP status of the page that shows it again."""
        return 409 if self.has_error(NON_FIELD_ERRORS, code=MUUTTUI) else 422 if self.errors else 200


def _plain(field, value):
    """A value as text, however it came: of the database, of a form's initial, or of what was sent."""
    if hasattr(value, "all"):
        value = list(value.all())
    if isinstance(value, list | tuple):
        return sorted(_plain(None, each) for each in value)
    if field is not None and not isinstance(field, forms.FileField):
        prepared = field.prepare_value(value)
        return _plain(None, prepared) if isinstance(prepared, list | tuple) else _text(_date_of(field, prepared))
    return _text(getattr(value, "pk", value))


def _date_of(field, value):
    """A day that was typed is the day that it means."""
    if isinstance(field, forms.DateField) and isinstance(value, str):
        try:
            return field.to_python(value)
        except ValidationError:
            return value
    return value


def _text(value):
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def in_words(field, value):
    """A stored value as a person reads it: the words of a choice, a day as we write it."""
    if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
        words = {str(key): str(word) for key, word in field.choices if not isinstance(word, list | tuple)}
        chosen = _plain(field, value)
        return ", ".join(words.get(each, each) for each in (chosen if isinstance(chosen, list) else [chosen])) or "–"
    if hasattr(value, "isoformat"):
        return date_format(value, "j.n.Y")
    return _text(value) or "–"
