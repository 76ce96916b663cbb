"""What a message must be like before a mail server hears of it: one address that can be written to, headers of one line
each, and no byte that needs more than seven bits."""

import binascii
import hashlib
import re
from email.charset import BASE64, Charset
from email.encoders import encode_base64
from email.message import Message
from email.policy import Compat32
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

# Whatever ends a line for some program or other: within a header it could begin another header.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1
LONGEST_LINE = 998  # RFC 5322, 2.1.1
BASE64_GROWTH = 1.35  # four characters for three bytes, and the ends of lines


class ShortHeaders(Compat32):
    """Writes a header that needs no folding as it is. To find out how to fold it takes longer than all the rest."""

    def fold_binary(self, name, value):
        line = f"{name}: {value}" if isinstance(value, str) else ""
        if line and len(line) <= self.max_line_length and line.isascii() and line.isprintable():
            return f"{line}{self.linesep}".encode()
        return super().fold_binary(name, value)


class SevenBitCharset(Charset):
    """UTF-8 in a form that every mail server takes (RFC 2045, 6): a server without 8BITMIME refuses anything else."""

    def __init__(self):
        super().__init__("utf-8")
        self.header_encoding = BASE64  # to find out whether another is shorter takes longer than to write the body

    def get_body_encoding(self):
        return encode_in_seven_bits


SEVEN_BIT_UTF8 = SevenBitCharset()
SHORT_HEADERS = ShortHeaders()


class OutgoingMessage(EmailMultiAlternatives):
    """A message of Django's, made for the way through any mail server, in the language that is active."""

    encoding = SEVEN_BIT_UTF8

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.language = translation.get_language()

    def message(self):
        message = super().message()
        message.policy = SHORT_HEADERS
        return message


def encode_in_seven_bits(part: Message) -> None:
    """Leave plain ASCII as it is; else take quoted-printable or base64, whichever is shorter."""
    content: Any = part.get_payload(decode=True)
    if content.isascii() and all(len(line) <= LONGEST_LINE for line in content.splitlines()):
        part["Content-Transfer-Encoding"] = "7bit"
        return
    quoted = binascii.b2a_qp(content)
    if len(quoted) > len(content) * BASE64_GROWTH:
        encode_base64(part)
    else:
        part.set_payload(quoted.decode("ascii"))
        part["Content-Transfer-Encoding"] = "quoted-printable"


def message_id(key: str) -> str:
    """Return the Message-ID (RFC 5322, 3.6.4) of the message ``key``: the same at every attempt, so that a mailbox
    can tell a repeat from a second message."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{urlsplit(settings.SITE_URL).hostname}>"


def check_message(message: EmailMessage):
    """Raise ``ValueError``, with words for an administrator, unless the message can go out as it is."""
    recipients = [*message.to, *message.cc, *message.bcc]
    if not any(recipients):
        raise ValueError(_("There is no e-mail address."))
    if len(recipients) > 1:
        raise ValueError(_("More than one e-mail address: %(addresses)s") % {"addresses": shown(recipients)})
    check_address(recipients[0])
    for name, value in {"From": message.from_email, "Subject": message.subject, **message.extra_headers}.items():
        if CONTROL.search(f"{name}{value}"):
            raise ValueError(_("The header “%(name)s” has a line break in it.") % {"name": shown([name])})


def check_address(address: str):
    """Raise ``ValueError`` unless this is one address that every mail server can take.

    A domain may be of any script, since it has a second form in ASCII (RFC 5891); what stands before the @ may not.
    """
    local, _at, domain = address.rpartition("@")
    if _at and domain.isprintable() and not local.isascii():
        text = _("Before the @, an address may only have Latin letters without accents: %(address)s")
        raise ValueError(text % {"address": shown([address])})
    try:
        validate_email(address)
    except ValidationError:
        is_good = False
    else:
        is_good = not CONTROL.search(address) and len(local) <= LONGEST_LOCAL_PART
    if not is_good:
        raise ValueError(_("Not an e-mail address: %(address)s") % {"address": shown([address])})


def shown(texts: list[str]) -> str:
    """Texts from elsewhere, of any length and with any character, in a line."""
    return ", ".join(repr(text if len(text) <= 100 else f"{text[:100]}…") for text in texts)


def in_one_line(text: str) -> str:
    """``text`` as a header can hold it; a line that breaks in the middle goes on after a space."""
    return CONTROL.sub(" ", text.strip()) if CONTROL.search(text) else text
