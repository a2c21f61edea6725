"""`python lukittu.py CHILD CODE`: the code after the child of the sandbox has given up its rights.

Prints what the code does, else the name of its exception. The names that a code may use are imported before the lock.
"""

import ctypes  # noqa: F401
import importlib.util
import os  # noqa: F401
import socket  # noqa: F401
import subprocess  # noqa: F401
import sys

_PATH, CODE = sys.argv[1:]
spec = importlib.util.spec_from_file_location("child", _PATH)
child = importlib.util.module_from_spec(spec)
spec.loader.exec_module(child)
child.lock()
try:
    exec(CODE)  # noqa: S102  it comes from the test
except BaseException as error:  # noqa: BLE001  whatever it is, its name is the answer
    print(type(error).__name__)
