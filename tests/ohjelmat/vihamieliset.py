"""`python -m tests.ohjelmat.vihamieliset FOLDER N`: every Nth hostile file of the manifest, each in a child of its own.

Prints as JSON the ids of those that took too long, and the megabytes of the largest child: a process counts its own.
"""

import json
import resource
import sys
import time
from pathlib import Path

from seuranta.taulukko.sandbox import read_in_child

folder, every = Path(sys.argv[1]), int(sys.argv[2])
slow = []
for entry in json.loads((folder / "manifest.json").read_text())["entries"][::every]:
    started = time.monotonic()
    read_in_child((folder / entry["file"]).read_bytes(), entry.get("upload_name", entry["file"]))
    slow += [entry["id"]] if time.monotonic() - started > entry["max_s"] else []
print(json.dumps([slow, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
