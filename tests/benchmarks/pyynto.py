"""A request of somebody who has signed in, as a view gets it: no middleware is measured, the frame asks for these."""

from django.test import RequestFactory

from strategia.models import Kayttaja


def make_request(user, path="/", asked=None):
    """With the user as the middleware reads them, and a session in which nothing is."""
    request = RequestFactory().get(path, asked)
    request.user, request.session = Kayttaja.objects.select_related("kunta").get(pk=user.pk), {}
    request.htmx = False
    return request
