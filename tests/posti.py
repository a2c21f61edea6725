"""A real SMTP server on this machine: it takes messages over the wire, and can be down or refuse an address."""

import socket
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Posti:
    """`with Posti() as posti`: posti.viestit holds what has arrived, parsed, in order."""

    host = "127.0.0.1"

    def __init__(self):
        with socket.socket() as probe:
            probe.bind((self.host, 0))
            self.port = probe.getsockname()[1]
        self.viestit, self.torjutut, self._controller = [], set(), None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.stop()

    def start(self):
        self._controller = Controller(self, hostname=self.host, port=self.port)
        self._controller.start()

    def stop(self):
        """From now on nobody answers at the port."""
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802  aiosmtpd's name
        if address in self.torjutut:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        message.vastaanottajat = list(envelope.rcpt_tos)
        self.viestit.append(message)
        return "250 OK"

    def sent_to(self, user):
        return [viesti for viesti in self.viestit if user.email in viesti.vastaanottajat]


def text_of(viesti):
    return viesti.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(viesti):
    return viesti.get_body(("html",)).get_content()
