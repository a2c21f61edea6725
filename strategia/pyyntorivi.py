"""A request that has been answered -> its line in the log."""

import logging

from .lokirivi import PYYNNOT

SALAISET = {"key", "uidb36", "avain", "tunniste"}  # parts of an address that open what they name

logger = logging.getLogger(PYYNNOT)


def tell_request(request, status, seconds):
    """One line a request. Who asked is told if the page had to know it: nothing is asked for the log's sake."""
    user = getattr(request, "_cached_user", None)
    path, match = request.path_info, getattr(request, "resolver_match", None)
    for name in SALAISET.intersection(match.kwargs if match else ()):
        path = path.replace(str(match.kwargs[name]), "…")
    told = {
        "kayttaja": user.pk if user else None,
        "kunta": user.kunta_id if user and user.pk else None,
        "osoite": request.pyynto.osoite or None,
        "menetelma": request.method,
        "polku": path,  # without the query
        "tila": status,
        "ms": round(seconds * 1000),
    }
    logger.info("pyyntö", extra=told)
