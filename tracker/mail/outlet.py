"""The way out: one connection to the mail server for many messages, and what its refusals mean."""

import re
from collections.abc import Callable
from contextlib import contextmanager, suppress
from email.errors import MessageError
from email.generator import BytesGenerator
from email.policy import Compat32
from functools import lru_cache
from io import BytesIO
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext as _

from .addresses import check_message, in_ascii

CLOSING = 421
# RFC 3463: the codes of class 5 whose subject is the address or the mailbox.
ABOUT_THE_ADDRESS = re.compile(rb"5\.[12]\.\d")


class Unreachable(Exception):
    """There is no connection to the mail server: no other message would fare better."""


class Interrupted(Exception):
    """The connection was lost, or ran out of time, over this message: nobody knows whether it was taken."""


class Undeliverable(Exception):
    """This message will never be taken; trying again is of no use. ``is_address``: nor would any other to there."""

    def __init__(self, reason, is_address=False):
        super().__init__(reason)
        self.is_address = is_address


class Outlet:
    """Opens its connection when the first message goes out, and again after it was lost."""

    def __init__(self):
        self._connection = None

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            self._drop()
        self._close()

    def send(self, message: EmailMessage, last_look: Callable[[], None]):
        """Hand the message over, to its one address.

        ``last_look`` raises if it must not go out after all. It is asked before the server hears of the message, and
        again when the server waits for the first byte of it: so no change that was complete before the server was told
        "DATA" can be missed.

        Raise ``Undeliverable``, ``Unreachable``, ``Interrupted``, what ``last_look`` raised, or the server's answer
        where it only asks for patience.
        """
        with self._judged():
            check_message(message)
        self._open()
        last_look()
        if isinstance(self._connection, EmailBackend):
            self._transact(message, last_look)
        else:
            with self._judged():
                self._connection.send_messages([message])

    def _open(self):
        if self._connection is not None:
            return
        connection = get_connection()
        try:
            connection.open()
        except (SMTPException, OSError) as error:
            raise Unreachable(in_words(error)) from error
        self._connection = connection

    def _transact(self, message, last_look):
        """A mail transaction of RFC 5321, 3.3."""
        smtp = self._connection.connection
        with self._judged():
            content = in_bytes(message)
            begin(smtp, envelope_sender(message.from_email), in_ascii(message.to[0]), len(content))
        try:
            last_look()
        except BaseException:
            # Whatever comes over this connection now is the message, unless there is no connection.
            self._drop()
            raise
        with self._judged():
            finish(smtp, content)

    @contextmanager
    def _judged(self):
        """Say of whatever goes wrong inside what it means; be ready for another message afterwards."""
        try:
            yield
        except Exception as error:
            if is_lost(error):
                self._drop()
                raise Interrupted(in_words(error)) from error
            self._reset()
            if is_permanent(error):
                raise Undeliverable(in_words(error), is_about_the_address(error)) from error
            raise

    def _reset(self):
        if isinstance(self._connection, EmailBackend):
            try:
                self._connection.connection.rset()
            except (SMTPException, OSError):
                self._drop()

    def _drop(self):
        """Close without a word, and without the wait for an answer."""
        if isinstance(self._connection, EmailBackend) and self._connection.connection is not None:
            self._connection.connection.close()
        self._close()

    def _close(self):
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SMTPException, OSError):
                connection.close()


class ShortLines(Compat32):
    """Writes a header that needs no folding as it is. To find out how to fold it takes longer than all the rest."""

    def fold_binary(self, name, value):
        line = f"{name}: {value}" if isinstance(value, str) else ""
        if line and len(line) <= self.max_line_length and line.isascii() and line.isprintable():
            return f"{line}{self.linesep}".encode()
        return super().fold_binary(name, value)


def in_bytes(message: EmailMessage) -> bytes:
    """The message as it goes over the wire, but for its dots."""
    content = BytesIO()
    BytesGenerator(content, mangle_from_=False, policy=ShortLines()).flatten(message.message(), linesep="\r\n")
    return content.getvalue()


@lru_cache(maxsize=16)
def envelope_sender(from_email: str) -> str:
    return sanitize_address(from_email, settings.DEFAULT_CHARSET)


def begin(smtp, sender: str, recipient: str, size: int):
    """Bring the server to the point where it waits for the message; raise its answer if it does not."""
    smtp.ehlo_or_helo_if_needed()
    code, answer = smtp.mail(sender, [f"size={size}"] if smtp.has_extn("size") else [])
    if code != 250:
        raise SMTPSenderRefused(code, answer, sender)
    code, answer = smtp.rcpt(recipient)
    if code not in (250, 251):
        raise SMTPRecipientsRefused({recipient: (code, answer)})
    code, answer = smtp.docmd("DATA")
    if code != 354:
        raise SMTPDataError(code, answer)


def finish(smtp, content: bytes):
    """Send the message, with its dots doubled (RFC 5321, 4.5.2), and wait until the server has taken it."""
    end = b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
    smtp.send(re.sub(rb"(?m)^\.", b"..", content) + end)
    code, answer = smtp.getreply()
    if code != 250:
        raise SMTPDataError(code, answer)


def is_lost(error: Exception) -> bool:
    """Whether the connection is gone: broken, out of time, or closed by the server (421)."""
    if isinstance(error, (SMTPResponseException, SMTPRecipientsRefused)):
        return answer_of(error)[0] == CLOSING
    return isinstance(error, SMTPServerDisconnected) or (
        isinstance(error, OSError) and not isinstance(error, SMTPException)
    )


def is_permanent(error: Exception) -> bool:
    """Whether the server said that this message or its recipient is no good (5xx, RFC 5321, 4.2.1), rather than busy.

    A sender or a login that it refuses is our own fault and mended by us: the message waits.
    """
    if isinstance(error, (SMTPDataError, SMTPRecipientsRefused)):
        return 500 <= answer_of(error)[0] < 600
    # An address or a header that cannot be written down at all.
    return isinstance(error, (ValueError, MessageError))


def is_about_the_address(error: Exception) -> bool:
    """Whether a permanent refusal would meet every message to this address."""
    if isinstance(error, SMTPDataError):
        return ABOUT_THE_ADDRESS.match(answer_of(error)[1]) is not None
    return isinstance(error, SMTPRecipientsRefused)


def answer_of(error) -> tuple[int, bytes]:
    """The server's code and words in an error of smtplib."""
    if isinstance(error, SMTPRecipientsRefused):
        ((code, words),) = error.recipients.values()
    else:
        code, words = error.smtp_code, error.smtp_error
    return code, words if isinstance(words, bytes) else str(words).encode()


def in_words(error: Exception) -> str:
    """What went wrong, for an administrator to read."""
    if isinstance(error, (SMTPResponseException, SMTPRecipientsRefused)):
        code, words = answer_of(error)
        answer = f"{code} {' '.join(words.decode(errors='replace').split())}"
        return _("The mail server says: %(answer)s") % {"answer": answer}
    return str(error) or type(error).__name__
