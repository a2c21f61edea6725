"""A real S3 server for the tests: OpenStack Swift with its S3 interface, on this machine and in one folder.

`s3_palvelin.py FOLDER`, run by the Python where Swift is installed. Its four servers live as long as this one. Where it
answers is told on the first line, as address:port, once it does.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from swift.common.ring import RingBuilder

PALVELIMET = ("account", "container", "object", "proxy")
ASETUKSET = """
[DEFAULT]
bind_ip = {address}
bind_port = {port}
swift_dir = {folder}
devices = {folder}/levyt
mount_check = false
workers = 0
user = {user}
log_level = ERROR

[pipeline:main]
pipeline = {pipeline}

[app:{name}-server]
use = egg:swift#{name}
allow_account_management = true
account_autocreate = true

[filter:catch_errors]
use = egg:swift#catch_errors

[filter:s3api]
use = egg:swift#s3api

[filter:slo]
use = egg:swift#slo

[filter:tempauth]
use = egg:swift#tempauth
user_seuranta_testi = salaisuus .admin
"""


def main(folder):
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit())  # what is below is ended with it
    (folder / "levyt" / "levy").mkdir(parents=True)
    (folder / "swift.conf").write_text("[swift-hash]\nswift_hash_path_suffix = testi\nswift_hash_path_prefix = testi\n")
    places = {name: _free_place(nth) for nth, name in enumerate(PALVELIMET, 1)}
    for name, (address, port) in places.items():
        pipeline = "catch_errors s3api tempauth slo proxy-server" if name == "proxy" else f"{name}-server"
        if name != "proxy":
            _write_ring(folder, name, address, port)
        told = {"address": address, "port": port, "folder": folder, "name": name, "pipeline": pipeline, "user": "root"}
        (folder / f"{name}.conf").write_text(ASETUKSET.format(**told))
    programs = Path(sys.executable).parent
    servers = [
        subprocess.Popen([sys.executable, programs / f"swift-{name}-server", folder / f"{name}.conf"])
        for name in PALVELIMET
    ]
    try:
        for place in places.values():
            _wait_for(place)
        print("{}:{}".format(*places["proxy"]), flush=True)
        for server in servers:
            server.wait()
    finally:
        for server in servers:
            server.kill()


def _write_ring(folder, name, address, port):
    """Where the files are: on the one disk that there is."""
    ring = RingBuilder(part_power=4, replicas=1, min_part_hours=0)
    place = {"ip": address, "port": port, "replication_ip": address, "replication_port": port}
    ring.add_dev({"id": 0, "region": 1, "zone": 1, "device": "levy", "weight": 1.0, "meta": "", **place})
    ring.rebalance(seed=1)
    ring.get_ring().save(str(folder / f"{name}.ring.gz"))


def _free_place(nth):
    """(address, port) where nobody else is.

    Swift listens beside whoever has the port already, and each gets a part of what is sent: so each server of each run
    has an address of its own.
    """
    pid = os.getpid()
    address = f"127.{nth}.{pid // 256 % 256}.{pid % 256}"
    with socket.socket() as taken:
        taken.bind((address, 0))
        return address, taken.getsockname()[1]


def _wait_for(place):
    for _try in range(300):
        with socket.socket() as trial:
            if trial.connect_ex(place) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"S3-palvelin ei vastaa osoitteessa {place}.")


main(Path(sys.argv[1]))
