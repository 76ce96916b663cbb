"""What letters of every kind share: their frame, the way out of them, and the last look at the data before they go."""

import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.template.loader import render_to_string
from django.utils import translation

from agreements.models import Person
from tracker.mail.queue import message_id
from tracker.records.models import DataVersion

from .recipients import address
from .unsubscribe import stop_link

# The data version, for a person without a closed account. In SQL: it is asked twice a message, thousands of times.
LAST_LOOK = """
    SELECT version.number FROM records_dataversion version, agreements_person person
    LEFT JOIN accounts_user account ON account.id = person.user_id
    WHERE version.id = 1 AND person.id = %s AND (account.id IS NULL OR account.is_active)
"""


class Look:
    """The state of the data at which letters are read. Take it first: whatever changes from then on is seen."""

    def __init__(self):
        self._version = DataVersion.current()

    def still_holds(self, person_id: int) -> bool:
        """Whether no record, answer, hold or person has changed, and no account was closed: one query."""
        with connection.cursor() as cursor:
            cursor.execute(LAST_LOOK, [person_id])
            return cursor.fetchall() == [(self._version,)]


def letter(person: Person, template: str, context: dict, thread: str) -> EmailMultiAlternatives:
    """Return the mail with the context's ``subject``, from both parts of ``template``, in the language in force."""
    # Mail programs know no logical "start" and "end".
    near, far = ("right", "left") if translation.get_language_bidi() else ("left", "right")
    shared = {"person": person, "site_url": settings.SITE_URL, "stop_link": stop_link(person), "near": near, "far": far}
    context = shared | context
    message = EmailMultiAlternatives(
        context["subject"],
        _text(template, context),
        to=[address(person)],
        headers=_headers(thread, context["stop_link"]),
    )
    message.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    return message


def _headers(thread, stop):
    """One thread (RFC 5322, 3.6.4), and the way out of it that mail programs show (RFC 8058)."""
    first = message_id(thread)
    return {
        "In-Reply-To": first,
        "References": first,
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _text(template, context):
    """The plain text. Where the template leaves something out, it leaves an empty line too many."""
    return re.sub(r"\n{3,}", "\n\n", render_to_string(f"mail/{template}.txt", context)).strip() + "\n"
