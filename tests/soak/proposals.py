"""Three people at one desk propose, switch, return, withdraw and bring back, in any order: the public reads what the
accepted steps allow and nothing else, and nobody's own word is public by their own hand."""

import json
from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, datetime
from random import Random
from unittest.mock import patch

from django.db import transaction
from django.template import Template
from django.template.response import SimpleTemplateResponse
from django.test import Client, override_settings

from agreements.models import Forum, ForumName
from tests.admin.conftest import context_alone, logged_in, make_user
from tests.admin.desk import address, fill_row, shown, taken
from tests.admin.proposing import act_on, opened
from tests.admin.two_editors import page, send
from tests.factories import make_forum
from tests.soak.editors import RENDERER
from tests.soak.proposed import Draft, Said, new_rows, towards
from tracker.records.admin.meanwhile import CONFLICT
from tracker.records.admin.switching import switch_due
from tracker.records.models import DataVersion, ProposedChange, Revision

STEPS = 20
COLUMNS = ("name", "abbreviation", "description")
LATER, MUCH_LATER = ("2099-01-01", "10:00"), datetime(2100, 1, 1, tzinfo=UTC)
State = ProposedChange.State
DRAWN = SimpleTemplateResponse.rendered_content.fget  # type: ignore[attr-defined]


def run(chance: Random, rounds: Iterable[int]) -> int:
    """A forum a round, in an empty database, which is left as it was; how many times the public asked."""
    asked = 0
    for _round in rounds:
        with (
            transaction.atomic(),
            patch.object(Template, "_render", RENDERER),
            patch.object(SimpleTemplateResponse, "rendered_content", property(content)),
            override_settings(FOUR_EYES=True, FOUR_EYES_CHANGES=True),
        ):
            asked += Desk(chance).work()
            transaction.set_rollback(True)
    return asked


def content(response):
    """Of the pages only those that show both sides are drawn: what they send stands in their HTML alone."""
    return DRAWN(response) if response.status_code == CONFLICT else context_alone(response)


class Person:
    """``held`` is a form that is open, with what was typed into it."""

    def __init__(self, name: str, role: str):
        self.client, self.name, self.is_reviewer = logged_in(make_user(name, role)), name, role == "reviewer"
        self.held: tuple[dict, Draft, ProposedChange | None] | None = None


class Desk:
    def __init__(self, chance: Random):
        self.chance, self.public, self.typed = chance, Client(), 0
        self.forum = make_forum("forum", ["CHN", "PAK"], name="Name", abbreviation="F", description="Described")
        rows = new_rows("First name", "Second name")
        for text in rows.values():
            ForumName.objects.create(body=self.forum, name=text)
        self.people = [Person("editor", "editor"), Person("one", "reviewer"), Person("two", "reviewer")]
        self.now = Said({"name": "Name", "abbreviation": "F", "description": "Described"}, rows)
        self.is_public, self.last_author = True, ""
        self.drafts: dict[int, Draft] = {}
        self.said: dict[int, Said] = {}
        self.history: list[object] = []

    def work(self) -> int:
        self.remember()
        first = Revision.objects.of(self.forum).newest_first()[0].number
        for _step in range(STEPS):
            steps = (self.open, self.open, self.send, self.decide, self.decide, self.decide, self.time_passes)
            self.chance.choice([*steps, self.take_back, self.move, self.bring_back])()
            self.check()
        own = Revision.objects.of(self.forum).filter(number__gt=first, is_content=True)
        for each in own.filter(content__fields__state="published"):
            assert None not in (each.account, each.reader) and each.account != each.reader, self.history
        return STEPS

    def check(self):
        self.remember()
        response = self.public.get("/forums/forum.json")
        if not self.is_public:
            assert response.status_code in (404, 410), self.history
            return
        found = json.loads(response.getvalue())["record"]
        expected = self.now.own | {"names": sorted(self.now.rows.values())}
        names = sorted(row["name"] for row in found["rows"]["names"])
        assert {name: found[name] for name in COLUMNS} | {"names": names} == expected, self.history

    def remember(self):
        self.said.setdefault(Revision.objects.of(self.forum).newest_first()[0].number, deepcopy(self.now))

    # Forms

    def open(self):
        """A form of the record, or of an own proposal, with something typed into it."""
        person = self.chance.choice(self.people if self.is_public else self.people[:1])
        own = [each for each in self.pending() if each.author == person.client.user]
        proposal = self.chance.choice(own) if own and self.chance.random() < 0.4 else None
        query = f"?proposal={proposal.pk}" if proposal else ""
        response = person.client.get(address(Forum, "change", self.forum.pk) + query)
        draft = Draft(deepcopy(self.now))
        if proposal and response.status_code == 409:
            chosen, draft = self.chosen(response.context["collisions"], self.drafts[proposal.pk])
            person.held = page(response) | chosen, draft, proposal
        else:
            draft = deepcopy(self.drafts[proposal.pk]) if proposal else draft
            data = shown(response)
            self.type(data, draft)
            person.held = data, draft, proposal
        self.history.append((person.name, "opens", proposal and proposal.pk, draft))

    def type(self, data, draft):
        for _time in range(self.chance.randint(1, 3)):
            self.typed += 1
            text, where = f"Text {self.typed}", self.chance.random()
            rows = {data[f"names-{place}-id"]: place for place in range(int(data["names-INITIAL_FORMS"]))}
            untouched = [
                (place, draft.base.number_of(data[f"names-{place}-name"]))
                for place in rows.values()
                if data[f"names-{place}-name"] in draft.base.rows.values() and f"names-{place}-DELETE" not in data
            ]
            if where < 0.4 or not untouched:
                name = self.chance.choice(COLUMNS)
                data[name] = draft.own[name] = text
            elif where < 0.6:
                fill_row(data, "names", int(data["names-TOTAL_FORMS"]), name=text, language="en")
                draft.added.append(text)
            else:
                place, number = self.chance.choice(untouched)
                if where < 0.85:
                    data[f"names-{place}-name"] = draft.rewritten[number] = text
                else:
                    data[f"names-{place}-DELETE"] = "on"
                    draft.removed.add(number)

    def send(self):
        person = self.chance.choice(self.people)
        if person.held is None:
            return
        (data, draft, proposal), person.held = person.held, None
        last = ProposedChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        is_same = proposal is not None and ProposedChange.objects.get(pk=proposal.pk).mark == proposal.mark
        before = DataVersion.current()
        response = send(person.client, self.forum, data)
        while response.status_code == 409:
            chosen, draft = self.chosen(response.context["collisions"], draft)
            response = send(person.client, self.forum, page(response) | chosen)
        assert (response.status_code, DataVersion.current()) == (302, before), self.history
        made = ProposedChange.objects.filter(pk__gt=last).first()
        self.history.append((person.name, "sends", draft, made and made.pk))
        if draft:
            assert (made is None) == is_same, self.history
            self.drafts[proposal.pk if is_same else made.pk] = draft
        else:
            assert made is None, self.history

    def chosen(self, collisions, draft):
        """What is chosen on a page that shows both sides, and what is left of the draft beside what is there now."""
        sides, chosen = {}, {}
        for described in collisions:
            place, side = described.place, self.chance.choice(["mine", "theirs"])
            key = ("row", draft.base.number_of(place.before["name"][0])) if place.prefix else ("own", place.name)
            sides[key], chosen[f"_choice:{place.choice}"] = side, [side]
        assert set(sides) == set(draft.collisions(self.now)), self.history
        return chosen, draft.beside(self.now, lambda key: sides[key])

    # Decisions

    def pending(self):
        return list(ProposedChange.objects.pending().select_related("author").order_by("pk"))

    def decide(self):
        if not (pending := self.pending()):
            return
        proposal, person = self.chance.choice(pending), self.chance.choice(self.people)
        step = self.chance.choice(["switch", "switch", "switch", "switch_at", "keep_open", "return", "decline"])
        may = person.is_reviewer and proposal.author != person.client.user
        seen, draft = opened(person.client, proposal), self.drafts[proposal.pk]
        chosen, beside = self.chosen(seen.context["page"].collisions, draft)
        collides = bool(chosen)
        values = {"moment_0": LATER[0], "moment_1": LATER[1], "_reason_returned": "x", "_reason_declined": "x"}
        response = act_on(person.client, seen, step, **values, **chosen)
        self.history.append((person.name, step, proposal.pk, beside, may))
        assert (response.status_code == 403) is (not may), self.history
        after = ProposedChange.objects.get(pk=proposal.pk)
        if not may:
            assert after.mark == proposal.mark, self.history
        elif step == "switch" and proposal.is_open:
            assert after.state == State.ACCEPTED, self.history
            self.accept(proposal, beside)
        elif step == "switch_at" and proposal.is_open:
            assert (after.switch_at is None) is collides, self.history
        elif step in ("return", "decline"):
            assert after.state == {"return": State.RETURNED, "decline": State.DECLINED}[step], self.history

    def accept(self, proposal, draft):
        if draft:
            self.last_author = proposal.author.username
        self.now = draft.switched(self.now, lambda key: "mine")

    def time_passes(self):
        done = []
        for proposal in ProposedChange.objects.filter(switch_at__isnull=False).order_by("pk"):
            draft = self.drafts[proposal.pk]
            if not list(draft.collisions(self.now)):
                done.append(proposal)
                self.accept(proposal, draft.beside(self.now, lambda key: "mine"))
        self.history.append(("time passes", [each.pk for each in done]))
        assert list(switch_due(MUCH_LATER)) == done, self.history

    def take_back(self):
        if pending := self.pending():
            proposal, person = self.chance.choice(pending), self.chance.choice(self.people)
            act_on(person.client, opened(person.client, proposal), "take_back")
            is_own = proposal.author == person.client.user
            after = ProposedChange.objects.get(pk=proposal.pk)
            assert (after.state == State.TAKEN_BACK) is is_own, self.history
            self.history.append((person.name, "take_back", proposal.pk, is_own))

    # The record

    def move(self):
        """Withdrawn, or public again by whoever did not write what it says."""
        person = self.chance.choice(self.people)
        data = taken("withdraw" if self.is_public else "publish") | {"_public_reason": "x"}
        person.client.post(address(Forum, "changelist"), data | {"_selected_action": [self.forum.pk]})
        if person.is_reviewer:
            self.is_public = not self.is_public and self.last_author != person.name
        self.history.append((person.name, "moves", self.is_public))

    def bring_back(self):
        person, number = self.chance.choice(self.people), self.chance.choice(list(self.said))
        last = ProposedChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        way = address(Forum, "restore", self.forum.pk, number)
        person.client.post(way, {"_seen": DataVersion.current()})
        draft = towards(self.now, self.said[number])
        made = ProposedChange.objects.filter(pk__gt=last).first()
        self.history.append((person.name, "brings back", number, draft, made and made.pk))
        if person.is_reviewer and not self.is_public:
            assert made is None, self.history
            if draft:
                self.now, self.last_author = deepcopy(self.said[number]), person.name
        else:
            assert (made is not None) is bool(draft), self.history
            if made is not None:
                self.drafts[made.pk] = draft
