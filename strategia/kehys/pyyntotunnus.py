"""What stands before everything else: who asks and by which id, told in the answer, in the audit and in the log."""

import secrets
import time

from ..kavija import client_address, shorten
from ..pyyntorivi import tell_request
from ..pyyntotieto import PYYNTO, Pyynto


def identify(get_response):
    """Each request has an id of ours: in its answer, on the page of a fault, and in the row of what it did.

    Before anything else, so that every answer has it.
    """

    def answer(request):
        request.pyynto = pyynto = Pyynto(shorten(client_address(request)), secrets.token_hex(8))
        token, began = PYYNTO.set(pyynto), time.monotonic()
        try:
            response = get_response(request)
            tell_request(request, response.status_code, time.monotonic() - began)
        finally:
            PYYNTO.reset(token)
        response.headers["X-Request-ID"] = pyynto.tunnus
        return response

    return answer
