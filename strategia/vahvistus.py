"""Before an act by which others could come in: whoever sits at the browser shows anew who they are."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required


def ask_again(request):
    """Go on where the person has shown it in the last five minutes. Else allauth's middleware asks, and what was sent
    is done once it has been shown. Call it when the act is permitted and its form valid, before anything is written.
    """
    raise_if_reauthentication_required(request, app="")
