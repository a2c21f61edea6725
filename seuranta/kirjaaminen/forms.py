"""The rows of the entry page as they were posted -> a Vastaus of each."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from strategia.models import LISAKENTAT

from ..models import KOMMENTIN_PITUUS, Kirjaus, Toteutumisaste, Vastaus
from .rivi import EI_ARVIOIDA

LAHETA_VALMIIT = "valmiit"
# The fields of a row in the POST: those it always has, and those that some strategiat or two texts side by side bring.
KENTAT = ("aste", "syy", "kommentti", "sisainen_huomio", "nahty")
LISANA = (*LISAKENTAT, "yhdistetty", "yhdistetty_huomio", *(f"yhdistetty_{name}" for name in LISAKENTAT))


class KirjausForm(forms.Form):
    """One row as it was posted. The page draws its fields itself: 250 rows of widgets would be slow.

    Of LISAKENTAT and of the kunta's own columns (omat: {field's name: Omasarake}) the form has those that the page had:
    one that was turned off meanwhile loses no text.
    """

    versio = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    nahty = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)  # the other text that was shown
    aste = forms.ChoiceField(
        choices=[("", ""), *Toteutumisaste.choices, (EI_ARVIOIDA, "")],
        required=False,
        error_messages={"invalid_choice": _("Valitse toteutumisaste 1–5 tai Ei arvioida.")},
    )
    syy = forms.ChoiceField(
        choices=[(s.value, s.label) for s in Kirjaus.Syy if s != Kirjaus.Syy.EI_VASTATTU],
        required=False,
        initial=Kirjaus.Syy.EI_ARVIOIDA,
    )
    kommentti = forms.CharField(required=False, max_length=KOMMENTIN_PITUUS)
    sisainen_huomio = forms.CharField(required=False, max_length=KOMMENTIN_PITUUS)
    yhdistetty = forms.CharField(required=False, max_length=KOMMENTIN_PITUUS)
    yhdistetty_huomio = forms.CharField(required=False, max_length=KOMMENTIN_PITUUS)

    def __init__(self, *args, laheta=False, on_sanallinen=False, omat=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.laheta, self.on_sanallinen = laheta, on_sanallinen
        self.lisakentat = [name for name in LISAKENTAT if self.add_prefix(name) in self.data]
        self.omat = {name: omat[name].otsikko for name in omat if self.add_prefix(name) in self.data}
        for name in (*self.lisakentat, *self.omat):
            for key in (name, f"yhdistetty_{name}"):
                self.fields[key] = forms.CharField(required=False, max_length=KOMMENTIN_PITUUS)

    def clean(self):
        cleaned = super().clean()
        if (
            self.laheta
            and not cleaned.get("aste")
            and "aste" not in self.errors
            and not self._is_told_in_words(cleaned)
        ):
            text = _("Valitse toteutumisaste 1–5 tai Ei arvioida, ja lähetä sitten.")
            if self.on_sanallinen:
                text = _("Kirjoita kommentti tai valitse toteutumisaste 1–5 tai Ei arvioida, ja lähetä sitten.")
            self.add_error("aste", ValidationError(text, code="puuttuu"))
        return cleaned

    def _is_told_in_words(self, cleaned):
        return self.on_sanallinen and bool(cleaned.get("kommentti", "").strip())

    def lacks_only_aste(self):
        """Could it be saved, only not sent?"""
        return set(self.errors) == {"aste"} and self.has_error("aste", code="puuttuu")

    def vastaus(self):
        """The cleaned row as a Vastaus."""
        cleaned = self.cleaned_data
        aste = cleaned.get("aste", "")  # not there when it lacks only that
        assessed = aste not in ("", EI_ARVIOIDA)
        reason = (cleaned["syy"] or Kirjaus.Syy.EI_ARVIOIDA) if aste == EI_ARVIOIDA else ""
        return Vastaus(
            versio=cleaned["versio"],
            toteutumisaste=int(aste) if assessed else None,
            syy=reason,
            kommentti=plain_newlines(cleaned["kommentti"]),
            sisainen_huomio=plain_newlines(cleaned["sisainen_huomio"]),
            laheta=self.laheta,
            **{name: plain_newlines(cleaned[name]) for name in self.lisakentat},
            omat={otsikko: plain_newlines(cleaned[name]) for name, otsikko in self.omat.items()},
        )

    def joined(self, vastaus):
        """The same Vastaus with the texts that two were joined into."""
        huomio = self.cleaned_data["yhdistetty_huomio"] or vastaus.sisainen_huomio
        return replace(
            vastaus,
            kommentti=plain_newlines(self.cleaned_data["yhdistetty"]),
            sisainen_huomio=plain_newlines(huomio),
            **{name: plain_newlines(self._joined_lisa(name)) for name in self.lisakentat},
            omat={otsikko: plain_newlines(self._joined_lisa(name)) for name, otsikko in self.omat.items()},
        )

    def _joined_lisa(self, name):
        """Where the two do not differ there was nothing to join."""
        is_asked = self.add_prefix(f"yhdistetty_{name}") in self.data
        return self.cleaned_data[f"yhdistetty_{name}" if is_asked else name]


def plain_newlines(text):
    """A browser sends line breaks as CRLF; stored so, an untouched text would look edited."""
    return text.replace("\r\n", "\n")


def read_posted(rows, data):
    """What `data` (a POST) says of these rows -> {toimenpide: Vastaus} of those that can be saved; of cards nothing.

    Every row that was posted gets its form. Until it is settled its fields keep what was posted, and the next save is
    still based on what the person had seen.
    """
    rows = [row for row in rows if not row.on_kortti]
    vastaukset, untouched = {}, _untouched(rows, data)
    for row in rows:
        if f"{row.prefix}-versio" not in data or _choice(row, data) == "tallennettu":
            continue
        asked = {"on_sanallinen": row.on_sanallinen, "omat": row.omat}
        row.form = KirjausForm(data, prefix=row.prefix, laheta=_is_sent(row, data), **asked)
        if row.form.is_valid():
            vastaukset[row.toimenpide] = _hold_back(row, _settled(row, data), untouched)
        elif row.form.lacks_only_aste():
            vastaukset[row.toimenpide] = replace(_settled(row, data), laheta=False)
        row.posted, row.posted_versio = _posted(row, data), row.form.cleaned_data.get("versio", row.kirjaus.versio)
        row.on_kopio = data.get("ei_muutosta") == str(row.toimenpide.pk)
    return vastaukset


def _untouched(rows, data):
    """The ids of the kirjaukset that the button for all ready ones leaves: sent back, and not completed since."""
    if data.get("laheta") != LAHETA_VALMIIT:
        return set()
    return Kirjaus.objects.untouched_since_return([row.kirjaus for row in rows])


def _choice(row, data):
    """What was chosen of two texts on this row: "oma", "tallennettu", "yhdista" or ""."""
    pk, _colon, choice = data.get("ratkaise", "").partition(":")
    return choice if pk == str(row.toimenpide.pk) else ""


def _is_sent(row, data):
    """One row's own button, or the button that sends every row with a score and a comment.

    A row whose mittari or unit waits for the person is not sent without it.
    """
    waits = (row.mitat and row.has_unsettled_mitat) or (row.osat and row.has_unsettled_osat)
    send = "" if waits else data.get("laheta", "")
    if send == LAHETA_VALMIIT:
        has_score = data.get(f"{row.prefix}-aste") or row.on_sanallinen
        filled = has_score and data.get(f"{row.prefix}-kommentti", "").strip()
        return bool(filled) and row.kirjaus.tila not in Kirjaus.LAHETETYT
    return send == str(row.toimenpide.pk)


def _settled(row, data):
    """The row's Vastaus; of two texts that were seen side by side the one that was chosen, or both joined."""
    vastaus, choice = row.form.vastaus(), _choice(row, data)
    if choice not in ("oma", "yhdista"):
        return vastaus
    vastaus = replace(vastaus, versio=row.form.cleaned_data["nahty"] or 0)
    return row.form.joined(vastaus) if choice == "yhdista" else vastaus


def _hold_back(row, vastaus, untouched):
    unsent = replace(vastaus, laheta=False)
    return unsent if row.kirjaus.pk in untouched and not row.kirjaus.differs_from(unsent) else vastaus


def _posted(row, data):
    posted = {name: data.get(f"{row.prefix}-{name}", "") for name in KENTAT}
    more = (*LISANA, *row.omat, *(f"yhdistetty_{name}" for name in row.omat))
    return posted | {name: data[f"{row.prefix}-{name}"] for name in more if f"{row.prefix}-{name}" in data}
