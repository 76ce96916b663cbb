"""What a message must be like before a mail server hears of it: one address that can be written to, clean headers."""

import re

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

# Whatever ends a line for some program or other: within a header it could begin another header.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1


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


def in_ascii(address: str) -> str:
    """A checked address as mail servers write it: a domain of another script in its second form."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{punycode(domain)}"


def shown(texts: list[str]) -> str:
    """Texts from elsewhere, of any length and with any character, in a line."""
    return ", ".join(repr(text if len(text) <= 100 else f"{text[:100]}…") for text in texts)


def in_one_line(text: str) -> str:
    """``text`` as a header can hold it; a line that breaks in the middle goes on after a space."""
    return CONTROL.sub(" ", text.strip()) if CONTROL.search(text) else text
