"""Codes of an authenticator app: the secret while it is being taken into use, its picture, each code once."""

import qrcode
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from django.db import transaction

from .. import salaus

VIIMEISIN = "askel"  # of the row's data: the time step of the last code that was taken


def pending_secret(session, *, new: bool) -> str:
    """The secret that is offered and not yet in use. It lies in the session, a table too, encrypted."""
    kept = session.get(auth.SECRET_SESSION_KEY)
    if kept and not new:
        return salaus.decrypt(kept)
    secret = auth.generate_totp_secret()
    session[auth.SECRET_SESSION_KEY] = salaus.encrypt(secret)
    return secret


def in_fours(secret: str) -> str:
    """As a person copies it: GEZD GNBV …"""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


@transaction.atomic
def take_code(user, code) -> bool:
    """Is the code one of now, and later than any taken before? Two at once queue at the row: one gets it.

    allauth's own mark lies in the cache for 30 seconds, where its code lives longer and a full cache forgets.
    """
    row = Authenticator.objects.select_for_update().get(user=user, type=Authenticator.Type.TOTP)
    step = _step_of(decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get(VIIMEISIN, 0):
        return False
    row.data[VIIMEISIN] = step
    row.save(update_fields=["data"])
    return True


def _step_of(secret, code):
    for step in auth.yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=auth.format_hotp_value(auth.hotp_value(secret, step))):
            return step
    return None


def draw_qr(text):
    """{"koko": how many squares wide, "viiva": the dark ones as the path of an SVG}."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return {"koko": len(rows), "viiva": "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)}
