"""What is proposed is nowhere in public, whatever is asked for, until it is switched; and then it is."""

import pytest
from django.test import Client

from meetings.models import Meeting
from tests.admin.proposing import act, propose
from tests.admin.two_editors import form
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting
from tests.site.public_addresses import lists, told_of_all
from tracker.site.registers import REGISTERS

pytestmark = pytest.mark.usefixtures("undrawn")

# A search repeats the word that was asked for, and nothing more.
WORD, CANARY = "Zyzzyva", "Zyzzyva hidden"


def texts(client, record):
    """A word of its own in each field of the form that takes any text; the columns of rows too."""
    page = client.get(f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/")
    forms = [page.context["adminform"].form]
    forms += [row for inline in page.context["inline_admin_formsets"] for row in inline.formset.initial_forms]
    return {
        bound.html_name: f"{CANARY} {bound.html_name}"
        for each in forms
        for bound in each
        if type(bound.field).__name__ == "CharField"
        and not bound.field.disabled
        and not {"slug", "citations", "parties", "recurrence"} & set(bound.html_name.split("-"))
        and "words" not in bound.html_name
        if (bound.field.max_length or 1000) > 60
    }


def public_texts(records):
    client = Client()
    own = [record.get_absolute_url() for record in records]
    addresses = [*lists(), *told_of_all(), *own, *(f"{address}history/" for address in own)]
    addresses += [f"{address.rstrip('/')}.json" for address in own]
    addresses += [f"/api/v1/{register.name}/" for register in REGISTERS]
    addresses += ["/", "/changes/", f"/search/?q={WORD}", "/sitemap.xml"]
    addresses += [f"/{register.name}/?q={WORD}" for register in REGISTERS]
    for address in addresses:
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        yield address, response.status_code, body.decode(errors="replace")


def test_what_is_proposed_is_in_no_page_export_feed_api_search_and_history(editor, reviewer):
    forum = make_forum("jcc", ["CHN", "PAK"])
    agreement = make_agreement(forum=forum, signed="2020")
    meeting = make_meeting(["CHN", "PAK"], forum=forum, held="2021-09-23")
    records = [forum, agreement, meeting, make_commitment(meeting=meeting, agreement=agreement)]
    proposals = [propose(editor, record, CANARY, **texts(editor, record)) for record in records]
    assert all(sum(CANARY in str(text) for text in each.values.values()) > 3 for each in proposals)
    found = list(public_texts(records))
    assert [address for address, _status, body in found if CANARY in body] == []
    assert {status for _address, status, _body in found} <= {200, 404}
    act(reviewer, proposals[2], "switch")
    assert CANARY in Client().get(meeting.get_absolute_url()).content.decode()
    assert CANARY in form(editor, Meeting.objects.get())["summary"]
