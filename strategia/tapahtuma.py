"""An act -> its row in the audit's table, in the act's own transaction."""

import hmac

from django.conf import settings
from django.utils import timezone

from .models import LYHYT, Tapahtuma
from .pyyntotieto import PYYNTO

ESTON_JAKSO = 15 * 60  # seconds: refused tries of one account leave one row in each


def record(laji, *, by, kunta, kohde=None, mista="", mihin="", request=None, kerta=None):
    """Write the row of an act. Call it inside the transaction of the act: what is rolled back leaves no row.

    laji: of Tapahtuma.Laji. by: the person, None of a command or an outsider. kunta: None of an act on the
    installation. kohde: the row that it concerns, told by its name. mista, mihin: short texts, never a secret nor
    anything typed as a password. request: told where the request in hand is not known without it.
    kerta: of what may happen many times and is told once; where such a row is there, none is written.
    """
    row = _build_row(laji, by, kunta, kohde, mista, mihin, getattr(request, "pyynto", None) or PYYNTO.get())
    if kerta is None:
        row.save(force_insert=True)
    else:
        row.kerta = kerta[:120]
        Tapahtuma.objects.bulk_create([row], ignore_conflicts=True)


def record_refusal(laji, *, by, kunta, tili, mihin="", request=None):
    """The row of a refused try: one for each kind and account in a quarter of an hour, however many the tries.

    tili: of whose account, a person's pk or what `digest_of` gives of an address that nobody has.
    """
    jakso = int(timezone.now().timestamp()) // ESTON_JAKSO
    record(laji, by=by, kunta=kunta, mihin=mihin, request=request, kerta=f"{laji}:{tili}:{jakso}")


def digest_of(typed):
    """An address that nobody has, typed at sign-in, as what tells only that it is the same: it may be a password."""
    return hmac.digest(settings.SECRET_KEY.encode(), typed.strip().lower().encode(), "sha256").hex()[:32]


def _build_row(laji, by, kunta, kohde, mista, mihin, pyynto):
    who = by if getattr(by, "pk", None) else None
    return Tapahtuma(
        laji=laji,
        kunta=kunta,
        kuka=who,
        rooli=who.rooli if who and who.kunta_id else "",
        sijaisena_id=_stood_in_for(who, kohde),
        kohteen_laji=kohde._meta.label_lower if kohde is not None else "",
        kohteen_id=kohde.pk if kohde is not None else None,
        kohteen_nimi=_short(kohde) if kohde is not None else "",
        mista=_short(mista),
        mihin=_short(mihin),
        pyynto_id=pyynto.tunnus if pyynto else "",
        osoite=pyynto.osoite if pyynto else "",
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
