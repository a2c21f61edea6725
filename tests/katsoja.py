"""Sivu -> what is wrong with it, in words: looked at in Chromium, by axe and by the Tab key.

tests/axe.min.js is axe-core 4.14.1 by Deque Systems as published, under the Mozilla Public License 2.0
(https://mozilla.org/MPL/2.0/). Only these tests use it.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

AXE = (Path(__file__).parent / "axe.min.js").read_text()
NAPPAIMISTO = (Path(__file__).parent / "nappaimisto.js").read_text()
TASO = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
RUN_AXE = """async tags => (await axe.run({runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}))
    .violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary.replaceAll("\\n", " ")}`))"""
OPEN_DETAILS = "document.querySelectorAll('details').forEach(each => { each.open = true })"
LEVEYDET = (1280, 320)
MAX_INNER_STOPS = 5  # a date field has a stop for its day, month, year and picker


class Katsoja:
    """A person at a browser who is shown one Sivu at a time, exactly as it was answered, headers and all."""

    def __init__(self, browser, kokoelma):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Tarjoilija)
        self.server.kokoelma = kokoelma
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.own_host = f"localhost:{self.server.server_port}"
        self.context = browser.new_context(locale="fi-FI", timezone_id="Europe/Helsinki")
        self.context.set_default_timeout(30_000)
        self.context.add_init_script(AXE)
        self.context.add_init_script(NAPPAIMISTO)
        self.page = self.context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"virhe: {error}"))
        self.page.on("request", self._on_request)

    def close(self):
        self.context.close()
        self.server.shutdown()
        self.server.server_close()

    def inspect(self, sivu, by_keyboard=LEVEYDET):
        """Wide and light with the folded parts folded, then narrow and dark with them open.

        by_keyboard: at which of the widths Tab goes through the page, which takes longer than all else.
        """
        self.open(sivu, width=1280, height=800)
        self.faults += self._axe() + self._check_width(1280) + self._check_autofocus(sivu)
        self.faults += self._walk_by_keyboard() if 1280 in by_keyboard else []
        self.page.set_viewport_size({"width": 320, "height": 640})
        self.page.emulate_media(color_scheme="dark")
        self.page.evaluate(OPEN_DETAILS)
        narrow = self._axe() + self._check_width(320) + (self._walk_by_keyboard() if 320 in by_keyboard else [])
        return self.faults + [f"tumma, 320 px: {fault}" for fault in narrow]

    def open(self, sivu, *, width, height, scheme="light"):
        self.server.sivu, self.faults = sivu, []
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=scheme)
        self.page.goto(f"http://{self.own_host}{sivu.osoite}")

    def _axe(self):
        return self.page.evaluate(RUN_AXE, TASO)

    def _check_width(self, width):
        scrolled = self.page.evaluate("document.scrollingElement.scrollWidth")
        return [f"sivu vierii sivulle: {scrolled} px"] if scrolled > width else []

    def _check_autofocus(self, sivu):
        """An error summary takes the focus, so that it is the first thing a screen reader says."""
        asked = "autofocus" in sivu.html
        taken = self.page.evaluate("document.activeElement.matches('[autofocus]')")
        return ["virheiden kooste ei saa kohdistusta"] if asked and not taken else []

    def _walk_by_keyboard(self):
        """Press Tab from the first stop to the last: each in the order of the text, in sight and marked."""
        stops, faults = self.page.evaluate("nappaimisto.start()"), []
        for number, (expected, here) in enumerate(zip(stops, self._visit(len(stops)), strict=True)):
            if here["stop"] != number:
                return [*faults, f"Tab: odotettiin {expected}, tuli {here['words']}"]
            if here["fault"]:
                faults.append(f"Tab: {here['words']} {here['fault']}")
        return faults

    def _visit(self, count):
        """What is met on the way, `count` of it. The page takes notes: to ask it after each press is dear."""
        visits = self.page.evaluate("nappaimisto.notes()")
        while len(once := _without_inner_stops(visits)) < count:
            for _missing in range(count - len(once)):
                self.page.keyboard.press("Tab")
            # Without a note of any press the focus has left the page.
            visits += self.page.evaluate("nappaimisto.notes()") or [self.page.evaluate("nappaimisto.present()")]
        return once[:count]

    def _on_console(self, message):
        # The browser itself reports the status of an error page; that is no fault of the page.
        own_status = self.server.sivu.vastaus.status_code >= 400 and message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not own_status:
            self.faults.append(f"konsoli: {message.text}")

    def _on_request(self, request):
        if urlsplit(request.url).netloc not in ("", self.own_host):
            self.faults.append(f"pyyntö muualle: {request.url}")


def _without_inner_stops(visits):
    """Each stop once, where Tab stayed in it for a few presses."""
    once, inner = [], 0
    for here in visits:
        inner = inner + 1 if once and here["stop"] == once[-1]["stop"] else 0
        if not 1 <= inner <= MAX_INNER_STOPS:
            once.append(here)
    return once


class Tarjoilija(BaseHTTPRequestHandler):
    """Answers a page's address with the Sivu at hand and the rest from what the pages load."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):  # noqa: N802  the name http.server looks for
        sivu, parts = self.server.sivu, self.server.kokoelma.tarvikkeet
        path = urlsplit(self.path).path
        answer = sivu.vastaus if path == sivu.osoite else parts.get(path)
        if answer is None:
            return self.send_error(404)
        self.send_response(answer.status_code)
        for name, value in {**answer.headers, "Content-Length": len(answer.content)}.items():
            if name != "Refresh":  # a page that looks again by itself would go away in the middle of the inspection
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.content)
        return None

    def log_message(self, *args):
        """Quiet: a missing file shows as an error in the page's console."""
