"""The cast, or the demo, built once for the tests of a module that follow one another; each has it as it was built.

Building it takes as long as many a test. Its rows lie in a transaction around those of the tests, each of which rolls
its own back, and each test has a copy of its objects, to change as it likes.
"""

import pickle
from contextlib import ExitStack

from django.db import transaction


class Lavastus:
    """Of one module at a time: in a transaction that went on for all the tests PostgreSQL would grow slower."""

    def __init__(self):
        self._what = self._built = None
        self._around = ExitStack()

    def open(self, module, build):
        """What `build` makes is in the database when this is done; to be called outside the transaction of a test."""
        if (module, build) != self._what:
            self.close()
            with ExitStack() as around:
                around.enter_context(transaction.atomic())
                around.callback(transaction.set_rollback, True)
                self._built = pickle.dumps(build())
                self._what, self._around = (module, build), around.pop_all()

    def close(self):
        """There is nothing in the database when this is done."""
        self._what = None
        self._around.close()

    def copy_built(self):
        return pickle.loads(self._built)  # noqa: S301  our own; a sixth of the time of copy.deepcopy
