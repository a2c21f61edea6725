"""What every answer gets on its way out."""

from django.middleware.gzip import GZipMiddleware
from django.utils.cache import add_never_cache_headers


def never_store(get_response):
    """No browser or proxy keeps an answer, unless its view says otherwise: the next person at the desk sees nothing."""

    def answer(request):
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return answer


class TekstinPakkaus(GZipMiddleware):
    """Text travels compressed. PDF, Excel and pictures are compressed already: again would only cost time.

    A page's CSRF token is masked anew in every answer and Django adds a random length, so that the length of an
    answer tells nothing of what is secret in it (BREACH).
    """

    def process_response(self, request, response):
        is_text = response.get("Content-Type", "").startswith(("text/", "application/json"))
        return super().process_response(request, response) if is_text else response
