"""The connection to the mail server, which many messages share, and what the server's answers mean."""

import re
from collections.abc import Callable
from contextlib import contextmanager, suppress
from email.errors import MessageError
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from .messages import check_message

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


class MailServer:
    """Django's mail backend, connected when the first message goes out, and again after the connection was lost."""

    def __init__(self):
        self._backend = None

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            self._hang_up()
        self._close()

    def send(self, message: EmailMessage, last_look: Callable[[], None]):
        """Hand the message over, to its one address, unless ``last_look`` raises: it is asked when all else is ready.

        Raise ``Undeliverable``, ``Unreachable``, ``Interrupted``, what ``last_look`` raised, or the server's answer
        where it only asks for patience.
        """
        with self._explaining_errors():
            check_message(message)
        self._open()
        last_look()
        with self._explaining_errors():
            self._backend.send_messages([message])

    def _open(self):
        if self._backend is not None:
            return
        backend = get_connection()
        try:
            backend.open()
        except (SMTPException, OSError) as error:
            raise Unreachable(in_words(error)) from error
        self._backend = backend

    @contextmanager
    def _explaining_errors(self):
        """Say of whatever goes wrong inside what it means. ``smtplib`` has reset the connection, or closed it."""
        try:
            yield
        except Exception as error:
            if is_lost(error):
                self._close()
                raise Interrupted(in_words(error)) from error
            if is_permanent(error):
                raise Undeliverable(in_words(error), is_about_the_address(error)) from error
            raise
        finally:
            if self._smtp is not None and self._smtp.sock is None:
                self._close()

    @property
    def _smtp(self):
        """The SMTP conversation; None where there is none, or where mail goes to files."""
        return getattr(self._backend, "connection", None)

    def _hang_up(self):
        """Close without a word, and without the wait for an answer: the server may be in the middle of a message."""
        if self._smtp is not None:
            self._smtp.close()

    def _close(self):
        backend, self._backend = self._backend, None
        if backend is not None:
            with suppress(SMTPException, OSError):
                backend.close()


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
