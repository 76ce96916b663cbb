"""Two editors with the same meeting open, in any order: whatever either typed is in the record, in its history, or was
shown to whoever typed it."""

import html
import re
from collections.abc import Iterable
from random import Random
from unittest.mock import patch

from django.db import transaction
from django.template import Template
from django.test import Client, utils

from meetings.models import Meeting, Outcome
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import errors, fill_row
from tests.admin.two_editors import form, page, send
from tests.factories import make_commitment, make_meeting
from tracker.records.models import Publishable, Revision

STEPS = 6
RENDERER = utils.instrumented_test_render  # type: ignore[attr-defined]
TEXTS = ("summary", "place", "place_note", "editors_note")


def run(chance: Random, rounds: Iterable[int]) -> int:
    """A meeting a round, in an empty database, which is left as it was; how many texts were typed."""
    number_of_texts = 0
    for _round in rounds:
        # The tests' client learns of the forms on a page only where templates tell it.
        with transaction.atomic(), patch.object(Template, "_render", RENDERER):
            number_of_texts += work(chance)
            transaction.set_rollback(True)
    return number_of_texts


def work(chance: Random) -> int:
    meeting = make_meeting(state=Publishable.State.DRAFT)
    for number in range(2):
        Outcome.objects.create(meeting=meeting, text=f"Decision {number}", kind="decision", position=number)
    make_commitment(meeting=meeting, state=Publishable.State.DRAFT, title="Promise")
    editors = [Editor(logged_in(make_user(name, "editor")), name) for name in ("one", "two")]
    for step in range(STEPS):
        chance.choice(editors).act(chance, meeting, step)
    for editor in editors:
        editor.send(chance, meeting)
    kept = everything(meeting)
    for editor in editors:
        lost = [text for text in editor.typed if text not in kept and text not in editor.seen]
        assert not lost, (editor.name, lost)
    return sum(len(editor.typed) for editor in editors)


class Editor:
    """``typed``: texts that were sent; ``seen``: all that the pages of a conflict showed."""

    def __init__(self, client: Client, name: str):
        self.client, self.name = client, name
        self.data: dict | None = None
        self.typed: list[str] = []
        self.pending: list[str] = []
        self.seen = ""

    def act(self, chance, meeting, step):
        """Open the form, type into it, or send it."""
        if self.data is None:
            self.data = form(self.client, meeting)
        elif chance.random() < 0.7:
            self.type(chance, f"{self.name} wrote this in step {step}")
        else:
            self.send(chance, meeting)

    def type(self, chance, text):
        data, where = self.data, chance.random()
        rows = int(data["outcomes-INITIAL_FORMS"])
        if where < 0.4:
            data[chance.choice(TEXTS)] = text
        elif where < 0.6 and rows:
            data[f"outcomes-{chance.randrange(rows)}-text"] = text
        elif where < 0.7 and rows:
            data[f"outcomes-{chance.randrange(rows)}-DELETE"] = "on"
            return
        elif where < 0.85 and int(data["commitments-INITIAL_FORMS"]):
            data["commitments-0-title"] = text
        else:
            row = int(data["outcomes-TOTAL_FORMS"])
            fill_row(data, "outcomes", row, kind="decision", text=text, position=row + 90, realisation="expected")

    def send(self, chance, meeting):
        """Send what was typed; of two sides choose one by chance, or write both anew."""
        if self.data is None:
            return
        given_up = tuple(name.removesuffix("DELETE") for name in self.data if name.endswith("DELETE"))
        kept = {name: text for name, text in self.data.items() if isinstance(text, str)}
        self.typed += [
            text
            for name, text in kept.items()
            if f"{self.name} wrote this" in text and not (given_up and name.startswith(given_up))
        ]
        response = send(self.client, meeting, self.data)
        while response.status_code == 409:
            self.seen += html.unescape(re.sub(r"</?(ins|del)>", "", response.content.decode()))
            data = page(response)
            for name in [name for name in data if name.startswith("_choice:")]:
                data[name] = [chance.choice(["mine", "theirs"])]
            response = send(self.client, meeting, data)
        assert response.status_code == 302, errors(response)
        self.data = None


def everything(meeting) -> str:
    """All that the record and its history hold, those of its commitments too."""
    return repr(list(Revision.objects.values_list("content", flat=True))) + repr(Meeting.objects.get(pk=meeting.pk))
