"""The cast, built once for the tests of a module that follow one another; each of them has it as it was built.

Building it takes as long as many a test. Its rows lie in a transaction around those of the tests, each of which rolls
its own back, and each test has a copy of its objects, to change as it likes.
"""

import copy
from contextlib import ExitStack

from django.db import transaction

from .cast import build_cast


class Lavastus:
    """Of one module at a time: in a transaction that went on for all the tests PostgreSQL would grow slower."""

    def __init__(self):
        self._module = self._cast = None
        self._around = ExitStack()

    def open(self, module):
        """The cast is in the database when this is done; to be called outside the transaction of a test."""
        if module != self._module:
            self.close()
            with ExitStack() as around:
                around.enter_context(transaction.atomic())
                around.callback(transaction.set_rollback, True)
                self._cast = build_cast()
                self._module, self._around = module, around.pop_all()

    def close(self):
        """There is nothing in the database when this is done."""
        self._module = None
        self._around.close()

    def copy_cast(self):
        return copy.deepcopy(self._cast)
