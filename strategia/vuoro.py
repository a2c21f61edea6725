"""Two people at once: whose turn it is in a kunta, and what a database refuses only because of another's write."""

from functools import wraps

from django.db import IntegrityError, OperationalError, transaction

from .models import Kunta

_AS_IF_NOT_TRIED = ("40001", "40P01")  # SQLSTATE: could not be serialised, was the one to yield in a deadlock


def lock_kunta(kunta_id):
    """The Kunta, for the rest of the transaction one writer's alone.

    Not of its key: every row of the kunta refers to it, and recording goes on meanwhile.
    """
    return Kunta.objects.select_for_update(no_key=True).get(pk=kunta_id)


def in_turn(view):
    """The view; what it is sent is looked at once those sent before in the same kunta have been written.

    So what its form checks (a name not taken, a toimiala in use) still holds when it is saved, and of a form sent
    twice the second one is told what the first one did.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            if request.user.kunta_id:
                lock_kunta(request.user.kunta_id)
            return view(request, *args, **kwargs)

    return answer


def is_of_another(error):
    """Did the database refuse this for what another wrote at the same moment? Then it can be tried again."""
    code = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error, IntegrityError) or (isinstance(error, OperationalError) and code in _AS_IF_NOT_TRIED)
