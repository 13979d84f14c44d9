"""Mail is never sent twice: that a letter went out is noted behind its last line and before the dot that makes the server keep it.

A worker that is killed before that leaves half a conversation, which the server forgets, and the letter is sent by the next one.
Killed after it, the letter is not sent again. Between the two lies the time of one small write to a socket.
"""

import smtplib
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.mail.backends import smtp

# The name of the back end by which settings send mail to a server.
BACKEND = f"{__name__}.EmailBackend"
END, LINE_END = b".\r\n", b"\r\n"
_note: ContextVar[Callable[[], None] | None] = ContextVar("note_before_the_end", default=None)


@contextmanager
def noting(note: Callable[[], None]):
    """Call `note` when all of a letter but its end has been sent; what it raises keeps the letter from being sent."""
    token = _note.set(note)
    try:
        yield
    finally:
        _note.reset(token)


class _Noting:
    """A conversation that stops for a moment before the end of a letter."""

    def data(self, msg):
        """Hand over the letter, note it, end it."""
        note = _note.get()
        if note is None:
            return super().data(msg)
        self.putcmd("data")
        code, reply = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, reply)
        lines = msg.replace(b"\n.", b"\n..")
        lines = b"." + lines if lines.startswith(b".") else lines
        self.send(lines if lines.endswith(LINE_END) else lines + LINE_END)
        try:
            note()
        except BaseException:
            self.close()  # a polite goodbye would be a line of the letter
            raise
        self.send(END)
        return self.getreply()


class _Plain(_Noting, smtplib.SMTP):
    pass


class _Secure(_Noting, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Mail by SMTP, each letter once."""

    @property
    def connection_class(self):
        """How it speaks to the server."""
        return _Secure if self.use_ssl else _Plain
