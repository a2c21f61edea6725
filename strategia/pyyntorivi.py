"""A request that has been answered -> its line in the log."""

import logging

from .lokirivi import PYYNNOT

logger = logging.getLogger(PYYNNOT)


def tell_request(request, status, seconds):
    """One line a request. Who asked is told if the page had to know it: nothing is asked for the log's sake."""
    user = getattr(request, "_cached_user", None)
    told = {
        "kayttaja": user.pk if user else None,
        "kunta": user.kunta_id if user and user.pk else None,
        "osoite": request.pyynto.osoite or None,
        "menetelma": request.method,
        "polku": request.path_info,  # without the query
        "tila": status,
        "ms": round(seconds * 1000),
    }
    logger.info("pyyntö", extra=told)
