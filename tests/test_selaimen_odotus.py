"""What tests of pages stand on: an act in the browser has happened, with all that it opens, when it returns."""

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

pytestmark = [pytest.mark.selain, pytest.mark.ei_kantaa]


class Verkkainen(BaseHTTPRequestHandler):
    """Its front page leads to one whose end comes long after its beginning, as on a machine with much to do."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/":
            self.wfile.write(b"<!doctype html><title>Alku</title><a href='/hidas'>Mittarit</a>")
            return
        self.wfile.write(b"<!doctype html><title>Mittarit</title><h1>Mittarit</h1>" + b"<!-- -->" * 500)
        self.wfile.flush()
        time.sleep(0.5)
        self.wfile.write(b"<p>41 %</p>")

    def log_message(self, *_):
        pass


@pytest.fixture
def verkkainen():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Verkkainen)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("act", [lambda link: link.click(), lambda link: link.press("Enter")], ids=["click", "press"])
def test_a_page_is_whole_when_the_act_that_opened_it_returns(selain, verkkainen, act):
    sivu = selain.new_page()
    sivu.goto(verkkainen)
    act(sivu.get_by_role("link", name="Mittarit"))
    assert sivu.get_by_text("41 %").count() == 1
    sivu.close()
