"""What a process of the server has done before anybody asks it for anything."""

import subprocess
import sys

from tests.ymparisto import JUURI

LOADED = "import sys, strategia.wsgi; print({'strategia.urls', 'raportit.sulkeminen.views'} <= sys.modules.keys())"


def test_a_fresh_process_has_read_every_page_before_its_first_visitor():
    told = subprocess.run([sys.executable, "-c", LOADED], cwd=JUURI, capture_output=True, check=True, text=True)
    assert told.stdout.strip() == "True"
