"""Commands of manage.py, one a line of the input -> their answers, a line each: the application starts once for all.

Its start takes longer than most of them.
"""

import io
import json
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout

from django.core.management import execute_from_command_line
from django.db import connections


def answer(command):
    """[exit status, what it printed, what it complained of], as of a process of its own."""
    told, complained = io.StringIO(), io.StringIO()
    with redirect_stdout(told), redirect_stderr(complained):
        status = _run(command)
    connections.close_all()
    return [status, told.getvalue(), complained.getvalue()]


def _run(command):
    try:
        execute_from_command_line(["manage.py", *command])
    except SystemExit as ended:
        return ended.code or 0
    except Exception:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
