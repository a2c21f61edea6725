"""`python -m tests.ohjelmat.vuoron_pitaja FOLDER`: takes the only turn there, says "on" and keeps it for a minute."""

import sys
import time
from pathlib import Path

from strategia.lukko import turn

with turn(Path(sys.argv[1]), turns=1):
    print("on", flush=True)
    time.sleep(60)
