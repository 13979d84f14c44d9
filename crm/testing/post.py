"""A mail server of one test on loopback: it speaks enough SMTP to take letters, and keeps them."""

import socketserver
import threading
from email import message_from_bytes, policy

import pytest

from crm.notifications.mailing import BACKEND


class PostOffice(socketserver.ThreadingTCPServer):
    """Takes letters; `letters` are those that arrived.

    `refusing` makes it turn the next ones away, `losing` at their end; without `answers` it keeps a letter and says nothing.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Counter)
        self.letters, self.refusing, self.losing, self.answers = [], False, False, threading.Event()
        self.answers.set()


class _Counter(socketserver.StreamRequestHandler):
    """One conversation."""

    def handle(self):
        self.say("220 post office")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self.take()
            elif verb == b"QUIT":
                return self.say("221 bye")
            elif verb == b"MAIL" and self.server.refusing:
                self.say("451 later")
            else:
                self.say("250 ok")
        return None

    def take(self):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return None  # half a letter is no letter
            lines.append(line[1:] if line.startswith(b"..") else line)
        if self.server.losing:
            return self.say("451 could not keep it")
        self.server.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.server.answers.wait(60)
        return self.say("250 kept")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def post_office(settings):
    """A mail server that this test sends to; its `letters` are parsed messages."""
    with PostOffice() as office:
        thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = BACKEND
        settings.EMAIL_HOST, settings.EMAIL_PORT = office.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield office
        office.shutdown()
        thread.join()
