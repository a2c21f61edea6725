"""Two people at once, in an order that the test chooses: one acts just before the other's first write."""

import threading

from django.db import connection

ODOTUS = 0.7  # seconds that the first one stands still; who waits for the first one's lock does not get done in it
KIRJOITTAVAT = ("INSERT", "UPDATE", "DELETE")
OMAT = ("django_session", "last_login")  # what signing in writes


def just_before_writing(table, *, act, meanwhile):
    """(what `act` gives, what `meanwhile` gives): the latter begins when the former is about to write in the table.

    `meanwhile` is another's, in a thread and a connection of its own. It is done before that write, or after `act`
    where the locks of `act` keep it waiting.
    """
    told, other = {}, None

    def run():
        try:
            told["meanwhile"] = meanwhile()
        finally:
            connection.close()

    def watch(execute, sql, params, many, context):
        nonlocal other
        is_first = other is None and sql.startswith(KIRJOITTAVAT) and f'"{table}"' in sql
        if is_first and not any(word in sql for word in OMAT):
            other = threading.Thread(target=run)
            other.start()
            other.join(ODOTUS)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        told["act"] = act()
    assert other is not None, f"{table}: mitään ei kirjoitettu"
    other.join()
    return told["act"], told["meanwhile"]
