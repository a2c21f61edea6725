"""What a probe asks is answered before the session, the host's name and all else of a page."""

from django.urls import resolve

OSOITTEET = ("/terveys", "/terveys/valmis")


def answer_probe(get_response):
    """A probe asks by the machine's own address, without https."""

    def answer(request):
        is_probe = request.path_info in OSOITTEET
        return resolve(request.path_info).func(request) if is_probe else get_response(request)

    return answer
