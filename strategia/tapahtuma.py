"""An act -> its row in the audit's table, in the act's own transaction."""

import hmac

from django.conf import settings
from django.forms import PasswordInput
from django.utils import timezone

from .models import LYHYT, Tapahtuma
from .pyyntotieto import PYYNTO
from .versio import in_words

ESTON_JAKSO = 15 * 60  # seconds: refused tries of one account leave one row in each


def record(laji, *, by, kunta, kohde=None, mista="", mihin="", request=None, kerta=None):
    """Write the row of an act. Call it inside the transaction of the act: what is rolled back leaves no row.

    laji: of Tapahtuma.Laji. by: the person, None of a command or an outsider. kunta: the row or its id, None of an act
    on the installation. kohde: the row that it concerns, told by its name. mista, mihin: short texts, never a secret
    nor anything typed as a password. request: told where the request in hand is not known without it.
    kerta: of what may happen many times and is told once; where such a row is there, none is written.
    """
    row = _build_row(laji, by, kunta, kohde, mista, mihin, getattr(request, "pyynto", None) or PYYNTO.get())
    if kerta is None:
        row.save(force_insert=True)
    else:
        row.kerta = kerta[:120]
        Tapahtuma.objects.bulk_create([row], ignore_conflicts=True)


def record_act(request, laji, kohde, **told):
    """The row of what the signed-in person did in this request. told: mista, mihin, form.

    form: a sent form of the row that was saved: the row tells what changed, from and to; of no change there is none.
    """
    form = told.pop("form", None)
    if form is not None:
        if laji in (Tapahtuma.Laji.MUUTETTU, Tapahtuma.Laji.ASETUS) and set(form.changed_data) <= {"versio"}:
            return
        told = changed_words(form) | told
    record(laji, by=request.user, kunta=request.user.kunta_id, kohde=kohde, request=request, **told)


def record_download(request, kohde, mihin):
    """The row of a file that a signed-in person was given. Who reads what is public is written nowhere."""
    if request.method != "HEAD" and request.user.is_authenticated:
        record_act(request, Tapahtuma.Laji.LADATTU, kohde, mihin=mihin)


def changed_words(form):
    """{"mista", "mihin"} of what a valid form changed, secrets apart: "Nimi: Vanha", "Nimi: Uusi"."""
    told = {"mista": [], "mihin": []}
    for name in form.changed_data:
        if name != "versio" and name in form.fields and not isinstance(form.fields[name].widget, PasswordInput):
            field, word = form.fields[name], form[name].label or name
            told["mista"].append(f"{word}: {in_words(field, form.get_initial_for_field(field, name))}")
            told["mihin"].append(f"{word}: {in_words(field, form.cleaned_data.get(name))}")
    return {key: "; ".join(values) for key, values in told.items()}


def record_refusal(laji, *, by, kunta, tili, kohde=None, mihin="", request=None):
    """The row of a refused try: one for each kind and account in a quarter of an hour, however many the tries.

    tili: of whose account, a person's pk or what `digest_of` gives of an address that nobody has.
    """
    jakso = int(timezone.now().timestamp()) // ESTON_JAKSO
    record(laji, by=by, kunta=kunta, kohde=kohde, mihin=mihin, request=request, kerta=f"{laji}:{tili}:{jakso}")


def digest_of(typed):
    """An address that nobody has, typed at sign-in, as what tells only that it is the same: it may be a password."""
    return hmac.digest(settings.SECRET_KEY.encode(), typed.strip().lower().encode(), "sha256").hex()[:32]


def _build_row(laji, by, kunta, kohde, mista, mihin, pyynto):
    who = by if getattr(by, "pk", None) else None
    return Tapahtuma(
        laji=laji,
        kunta_id=getattr(kunta, "pk", kunta),
        kuka=who,
        rooli=who.rooli if who and who.kunta_id else "",
        sijaisena_id=_stood_in_for(who, kohde),
        kohteen_laji=kohde._meta.label_lower if kohde is not None else "",
        kohteen_id=kohde.pk if kohde is not None else None,
        mista=_short(mista),
        mihin=_short(mihin),
        pyynto_id=pyynto.tunnus if pyynto else "",
        osoite=pyynto.osoite if pyynto else "",
        kohteen_nimi=_short(kohde) if kohde is not None else "",  # the last, for it asks the row itself
    )


def _stood_in_for(who, kohde):
    """Whom one stood in for: the toimiala of the row, or the row itself, is not one's own but the other's."""
    toimiala = kohde.pk if kohde is not None and kohde._meta.model_name == "toimiala" else None
    toimiala = toimiala or getattr(kohde, "toimiala_id", None)
    if not (who and toimiala and who.sijaisuudet):
        return None
    return next((e.henkilo for e in who.sijaisuudet if e.toimiala == toimiala and not e.on_oma), None)


def _short(value):
    text = " ".join(str(value).split())
    return text if len(text) <= LYHYT else text[: LYHYT - 1] + "…"
