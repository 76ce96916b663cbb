"""Mail as it would go out, to be read on the desk: written by the writer that writes it, and then undone. What makes a
link in it good for one person is taken out. As mail programs show it, it is a page that may load and do nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import HttpResponse

from . import links
from .models import Delivery
from .relay import Withdraw, described, finished
from .writers import WRITERS

# In place of the policy of the site: it may neither run, nor load, nor send anything, nor be framed.
NOTHING_BUT_STYLE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"


@dataclass(frozen=True)
class MailPreview:
    """Both parts of a message, of which ``html`` may be empty, and what its head says."""

    subject: str
    to: str
    text: str
    html: str
    language: str


def of_delivery(delivery: Delivery, now: datetime) -> MailPreview:
    """The message of a delivery that waits, as things stand; whatever is stored for it is rolled back. Raise
    ``Withdraw``, with why, where nothing would go out."""
    with transaction.atomic(), links.taken_out():
        try:
            message = finished(WRITERS[delivery.kind]([delivery], now).write(delivery), delivery)
        finally:
            transaction.set_rollback(True)
    html = [str(content) for content, kind in message.alternatives if kind == "text/html"]
    return MailPreview(str(message.subject), ", ".join(message.to), str(message.body), "".join(html), message.language)


def written_or_why_not(delivery: Delivery, now: datetime) -> tuple[MailPreview | None, str]:
    """The message, or why there is none: nothing is left to say, or it cannot be written."""
    try:
        return of_delivery(delivery, now), ""
    except Withdraw as reason:
        return None, str(reason)
    except Exception as error:  # as the relay puts it off, whatever is wrong with it
        return None, described(error)


def as_a_page(mail: MailPreview) -> HttpResponse:
    """What mail programs show of it."""
    response = HttpResponse(mail.html)
    response["Content-Security-Policy"] = NOTHING_BUT_STYLE
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
