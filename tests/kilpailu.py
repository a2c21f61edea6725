"""Two people at once, in an order that the test chooses: one acts just before the other's first write."""

import threading

from django.db import connection

ODOTUS = 0.7  # seconds that the first one stands still; who waits for the first one's lock does not get done in it
KIRJOITTAVAT = ("INSERT", "UPDATE", "DELETE")
OMAT = ("strategia_istunto", "last_login")  # what signing in writes


class Etumatka:
    """Seconds that one of two gets before the other (after, when negative): longer and longer to the one that loses.

    So both win now and then, on any machine: a race that the same one always wins would show nothing.
    """

    ALUSSA, ENINTAAN = 0.0005, 2.0

    def __init__(self):
        self.seconds, self._step, self._last = 0.0, self.ALUSSA, None

    def tell(self, won):
        """Did the one with the head start win this time?"""
        self._step = self._step * 2 if won == self._last else self.ALUSSA
        self._last = won
        seconds = self.seconds + (-self._step if won else self._step)
        self.seconds = max(-self.ENINTAAN, min(self.ENINTAAN, seconds))


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
