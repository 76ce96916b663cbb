"""Every rule of the database that a form can break answers beside the form, in words, and saves nothing."""

import pytest

from agreements.models import Agreement, Forum, Person, Theme
from meetings.models import Commitment, Delegation, FocalPoint, FollowUpPolicy, Meeting, ProgressUpdate
from tests.admin.desk import address, errors, fill_row, shown
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
    make_theme,
    make_working_group,
)
from tracker.records.models import Source

pytestmark = pytest.mark.usefixtures("undrawn")

NOT_A_DATE = (
    "“tomorrow” is not a date we can read. Write 2021-09-23, 2025-07, 2026, 2026-21 (spring), 2026-33 (first quarter), "
    "2026-40 (first half), 2025?-07-02 (year inferred), ../2026-01-29 (on or before), 2011-07-04/2011-07-05 (from one "
    "to the other), [2022-05-03,2022-05-05] (one of the two) or XXXX-07-02."
)


EMPTY_FORMS = {}


def empty_form(client, model):
    """What an untouched new form sends; it is the same each time, and slow to draw."""
    if model not in EMPTY_FORMS:
        EMPTY_FORMS[model] = shown(client.get(address(model, "add")))
        del EMPTY_FORMS[model]["_opened"]  # which is another one each time
    return dict(EMPTY_FORMS[model])


def refused(client, model, changes, rows=(), record=None):
    """The messages after sending the form with these changes and rows ``(inline, index, values)``."""
    page = address(model, "change", record.pk) if record else address(model, "add")
    data = (shown(client.get(page)) if record else empty_form(client, model)) | changes
    for prefix, index, values in rows:
        fill_row(data, prefix, index, **values)
    before = model.objects.count()
    response = client.post(page, data)
    assert response.status_code == 200
    assert model.objects.count() == before
    return errors(response)


def sent(**changes):
    return changes


MEETING = [
    (sent(), "Give a title, or the forum and the session number."),
    (sent(title="Talks", session_number=2), "Only a meeting of a forum or a group has a session number."),
    (sent(title="Talks", held="tomorrow"), NOT_A_DATE),
    (sent(title="Talks", held="2026-02-30"), "“2026-02-30” is not a day of the calendar."),
    (sent(title="Talks", held="2026-03-02/2026-03-01"), "“2026-03-02/2026-03-01” ends before it starts."),
]


@pytest.mark.parametrize(("changes", "message"), MEETING)
def test_a_meeting_that_breaks_a_rule_says_which(editor, changes, message):
    assert refused(editor, Meeting, changes) == [message]


def test_a_session_number_stands_once_in_a_forum(editor):
    forum = make_forum()
    make_meeting(forum=forum, session_number=13, title="")
    message = "The forum already has a session of this number and suffix."
    assert refused(editor, Meeting, sent(forum=forum.pk, session_number=13)) == [message]


def test_a_number_stands_once_in_a_working_group(editor):
    group = make_working_group()
    make_meeting(working_group=group, session_number=2, title="")
    message = "The group already has a meeting of this number and suffix."
    assert refused(editor, Meeting, sent(working_group=group.pk, session_number=2)) == [message]


def test_a_meeting_does_not_prepare_itself(editor):
    meeting = make_meeting(state="draft")
    message = "A meeting cannot prepare itself."
    assert refused(editor, Meeting, sent(preparatory_for=meeting.pk), record=meeting) == [message]


def country(code):
    return lambda: {"country": make_country(code)}


MEETING_ROWS = [
    (
        "delegations",
        [{"head_role": "co_chair"}],
        "A delegation is of a country or of an organisation, exactly one of them.",
    ),
    ("delegations", [country("PAK"), country("PAK")], "“Pakistan” appears twice."),
    ("agenda", [{"number": 1, "title": "A"}, {"number": 1, "title": "B"}], "The same row appears twice."),
    (
        "schedule_changes",
        [{"kind": "announced", "reason": "why"}],
        "Give the date that was announced, unless the meeting was put off.",
    ),
    ("figures", [{"what": "jobs", "unit": "jobs"}], "A figure is a number or words, exactly one of them."),
    (
        "figures",
        [{"what": "jobs", "unit": "jobs", "amount": 3, "words": "three"}],
        "A figure is a number or words, exactly one of them.",
    ),
    (
        "citations",
        [lambda: {"source": make_source(), "field": "date"}],
        "A claim needs both: the field and the value as stated.",
    ),
    ("citations", [{"locator": "page 2"}], "This field is required."),
]


@pytest.mark.parametrize(("prefix", "values", "message"), MEETING_ROWS)
def test_a_row_of_a_meeting_that_breaks_a_rule_says_which(editor, prefix, values, message):
    rows = [(prefix, index, value() if callable(value) else value) for index, value in enumerate(values)]
    assert message in refused(editor, Meeting, sent(title="Talks"), rows)


def test_the_same_place_of_a_source_is_cited_once(editor):
    source = make_source()
    rows = [("citations", index, {"source": source, "locator": "page 2"}) for index in (0, 1)]
    message = "The record already cites this place of this source."
    assert message in refused(editor, Meeting, sent(title="Talks"), rows)


def test_an_agreement_is_listed_once_at_a_meeting(editor):
    agreement = make_agreement()
    rows = [("agreement_links", index, {"agreement": agreement, "role": "signed"}) for index in (0, 1)]
    assert "The same row appears twice." in refused(editor, Meeting, sent(title="Talks"), rows)


COMMITMENT = [
    (sent(meeting=""), "A commitment was made at a meeting or in an agreement: name one."),
    (sent(due_rule="date"), "Give the date that it is due by."),
    (sent(closed_on="2026"), "Say why it was closed."),
    (sent(due="soon"), NOT_A_DATE.replace("tomorrow", "soon")),
]


@pytest.mark.parametrize(("changes", "message"), COMMITMENT)
def test_a_commitment_that_breaks_a_rule_says_which(editor, changes, message):
    valid = sent(title="Train", strength="agreed", meeting=make_meeting().pk)
    assert refused(editor, Commitment, valid | changes) == [message]


def test_rows_of_a_commitment_that_break_a_rule_say_which(editor):
    older = make_commitment(state="draft")
    person = make_person()
    found = [
        refused(editor, Commitment, {}, [row], record=older)[0]
        for row in (
            ("parties", 2, {"side": "by", "country": make_country("PAK")}),
            ("parties", 2, {"side": "by", "words": "companies", "organisation": make_organisation()}),
            ("focal_points", 0, {"person": person, "deputy": person}),
            ("focal_points", 0, {"person": person, "starts": "2026-02-01", "ends": "2026-01-01"}),
            ("due_changes", 0, {"due_before": "2026", "due_after": "2026", "reason": "none"}),
            ("due_changes", 0, {"reason": "none"}),
            ("lineage", 0, {"kind": "repeats", "earlier": older}),
        )
    ]
    assert found == [
        "“Pakistan” appears twice.",
        "A party is a country, an organisation or words, exactly one of them.",
        "Nobody can be their own deputy.",
        "The term ends before it starts.",
        "The two dates are the same.",
        "Give the due date before or after the change.",
        "A commitment cannot repeat itself.",
    ]


def test_an_agreement_that_breaks_a_rule_says_which(editor):
    agreement = make_agreement(("PAK",), state="draft")
    person = make_person()
    signature = {"country": make_country("CHN"), "signatory": person, "organisation": make_organisation()}
    found = [
        refused(editor, Agreement, changes, rows, record=agreement)[0]
        for changes, rows in (
            (sent(title=""), []),
            (sent(count=0), []),
            (sent(parent=agreement.pk), []),
            ({}, [("parties", 1, {"country": make_country("PAK")})]),
            ({}, [("parties", 1, signature)]),
            (
                {},
                [
                    (
                        "events",
                        0,
                        {
                            "kind": "signed",
                            "basis": "stated",
                            "country": make_country("PAK"),
                            "organisation": make_organisation(),
                        },
                    )
                ],
            ),
            ({}, [("relations", 0, {"kind": "amends", "other": agreement})]),
            ({}, [("titles", index, {"language": "zh", "title": f"{index}"}) for index in (0, 1)]),
        )
    ]
    assert found == [
        "Give the title, or describe the document where the title is unknown.",
        "A record stands for at least one document.",
        "A document cannot be counted within itself.",
        "“Pakistan” appears twice.",
        "A party is a country, an organisation or words, exactly one of them.",
        "An event has one actor: a country, an organisation or a person.",
        "An agreement cannot be related to itself.",
        "The same row appears twice.",
    ]


def test_bodies_that_break_a_rule_say_which(editor):
    group = make_working_group(state="draft")
    forum = make_forum(members=["PAK"], state="draft")
    theme = make_theme()
    found = [
        refused(editor, type(record), changes, rows, record=record)[-1]
        for record, changes, rows in (
            (group, sent(parent=group.pk), []),
            (group, sent(parent=make_working_group().pk), []),
            (group, {}, [("names", 0, {"name": "Old", "used_from": "2020", "used_until": "2019"})]),
            (forum, {}, [("memberships", 1, {"country": make_country("PAK"), "role": "member"})]),
            (forum, {}, [("memberships", 1, {"role": "member", "note": "who?"})]),
            (forum, {}, [("memberships", 1, {"country": make_country("LKA"), "joined": "2020", "left": "2019"})]),
            (theme, sent(parent=theme.pk), []),
        )
    ]
    assert found == [
        "A group cannot be its own parent.",
        "That group belongs to another forum.",
        "The name ends before it starts.",
        "“Pakistan – member” appears twice.",
        "A member is a country or an organisation, exactly one of them.",
        "The membership ends before it starts.",
        "A theme cannot be its own parent.",
    ]


def test_people_policies_and_updates_that_break_a_rule_say_which(reviewer):
    person, commitment = make_person(), make_commitment()
    found = [
        refused(reviewer, model, changes)[-1]
        for model, changes in (
            (Person, sent(name="A", send_hour=24)),
            (Person, sent(name="A", time_zone="Mars/Olympus")),
            (FollowUpPolicy, sent(forum=make_forum().pk, days_before="soon")),
            (FocalPoint, sent(commitment=commitment.pk, person=person.pk, starts="2026-02-01", ends="2026-01-01")),
            (ProgressUpdate, sent(commitment=commitment.pk)),
            (Source, sent(title="A", url="ftp://example.org/a")),
            (Source, sent(title="A", published_on="yesterday")),
            (Source, sent(publisher="Ministry")),
            (Delegation, sent(meeting=make_meeting(state="draft").pk)),
        )
    ]
    assert found == [
        "The hour is 0 to 23.",
        "Mars/Olympus is not a known time zone, such as Asia/Karachi.",
        "Write whole numbers of days, separated by commas: 30, 7, 1.",
        "The term ends before it starts.",
        "Say how far the commitment has progressed.",
        "Enter a valid URL.",
        NOT_A_DATE.replace("tomorrow", "yesterday"),
        "A source needs a title or an address.",
        "A delegation is of a country or of an organisation, exactly one of them.",
    ]


def test_a_second_default_policy_is_refused(reviewer):
    if not FollowUpPolicy.objects.filter(forum=None).exists():
        FollowUpPolicy.objects.create()
    assert refused(reviewer, FollowUpPolicy, {}) == ["There is a default policy already."]


@pytest.mark.parametrize(
    ("model", "changes", "slug"),
    [
        (Source, {"title": "A report, page 1"}, "a-report-page-1"),
        (Source, {"url": "https://example.org/a"}, "httpsexampleorga"),
        (Person, {"name": "محمد"}, "person"),
        (Theme, {"name": "Cloud services", "kind": "finer"}, "cloud-services"),
        (Forum, {"name": "Joint Commission", "kind": "jec"}, "joint-commission"),
    ],
)
def test_an_empty_slug_is_made_from_the_name_and_numbered_where_it_is_taken(editor, model, changes, slug):
    before = set(model.objects.values_list("slug", flat=True))
    for suffix in ("", "-2"):
        name = next(iter(changes))
        values = changes | ({} if model is not Theme or not suffix else {"name": "Cloud-services"})
        values |= {"url": "https://example.org/A"} if "url" in values and suffix else {}
        assert name in values
        assert editor.post(address(model, "add"), empty_form(editor, model) | values).status_code == 302
    assert set(model.objects.values_list("slug", flat=True)) - before == {slug, f"{slug}-2"}
