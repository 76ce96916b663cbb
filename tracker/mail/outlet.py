"""The way out: one connection to the mail server for many messages, and what its refusals mean."""

from contextlib import suppress
from smtplib import SMTPDataError, SMTPException, SMTPNotSupportedError, SMTPRecipientsRefused

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email


class Unreachable(Exception):
    """There is no connection to the mail server: no other message would fare better."""


class Undeliverable(Exception):
    """This message will never be taken; trying again is of no use."""


class Outlet:
    """Opens its connection when the first message goes out, and again after an error."""

    def __init__(self):
        self._connection = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def open(self):
        """Connect where there is no connection; raise ``Unreachable``."""
        if self._connection is not None:
            return
        connection = get_connection()
        try:
            connection.open()
        except (SMTPException, OSError) as error:
            raise Unreachable(error) from error
        self._connection = connection

    def send(self, message: EmailMessage):
        """Hand the message over; raise ``Undeliverable`` if that can never be done, else whatever went wrong."""
        check_address(message)
        self.open()
        try:
            self._connection.send_messages([message])
        except Exception as error:
            self.close()
            if is_permanent(error):
                raise Undeliverable(error) from error
            raise

    def close(self):
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SMTPException, OSError):
                connection.close()


def check_address(message: EmailMessage):
    """Raise ``Undeliverable`` unless the message goes to exactly one well-formed address."""
    recipients = message.recipients()
    if not recipients:
        raise Undeliverable("There is no e-mail address.")
    try:
        (address,) = recipients
        validate_email(address)
    except (ValueError, ValidationError) as error:
        raise Undeliverable(f"Not an e-mail address: {', '.join(recipients)!r}") from error


def is_permanent(error: Exception) -> bool:
    """Whether the server said that this message or its recipient is no good (5xx, RFC 5321, 4.2.1), rather than busy.

    A sender or a login that it refuses is our own fault and mended by us: the message waits.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return 500 <= error.smtp_code < 600
    # An address or a header that cannot be written down at all.
    return isinstance(error, (SMTPNotSupportedError, ValueError))
