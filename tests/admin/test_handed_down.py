"""One thing entered once: what agreements and commitments take from the meeting in whose form they are entered."""

import pytest

from agreements.models import Agreement
from meetings.models import Commitment, Meeting
from tests.admin.desk import address, errors, fill_row, shown
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_source,
    make_theme,
)
from tracker.records.models import Publishable

State = Publishable.State
BOTH_OR_NEITHER = [
    "Choose one that exists, or describe a new one: not both.",
    "Choose an agreement, or give the title of a new one, or what it is.",
]


@pytest.fixture
def data(editor):
    """A meeting of two sides on a day, with a source and themes."""
    sides = [make_country("CHN"), make_country("PAK")]
    data = shown(editor.get(address(Meeting, "add")))
    data |= {"forum": make_forum("jcc", members=["CHN", "PAK"]).pk, "session_number": 10, "held": "23 Sep 2021"}
    data |= {"held_basis": "outside", "held_reason": "The article prints Thursday.", "themes": [make_theme("ports").pk]}
    fill_row(data, "citations", 0, source=make_source(title="An article"), locator="paragraph 3")
    for number, side in enumerate(sides):
        fill_row(data, "delegations", number, country=side)
    return data


def fill_agreement(data, **values):
    fill_row(data, "agreement_links", 0, **{"role": "signed", "type": "mou", "count": 1, "as_outcome": True} | values)


def save(client, data):
    response = client.post(address(Meeting, "add"), data)
    assert response.status_code == 302, errors(response)
    return Meeting.objects.get()


def test_new_agreement_knows_forum_day_sides_themes_and_source_of_its_meeting(editor, data):
    fill_agreement(data, title="Memorandum on ports", count=5, place="paragraph 10")
    meeting = save(editor, data)
    agreement = Agreement.objects.get()
    assert (agreement.title, agreement.type, agreement.count, agreement.state) == (
        "Memorandum on ports",
        "mou",
        5,
        "draft",
    )
    assert (agreement.forum, agreement.signed) == (meeting.forum, "2021-09-23")
    assert sorted(each.country.code for each in agreement.parties.all()) == ["CHN", "PAK"]
    assert [theme.slug for theme in agreement.themes.all()] == ["ports"]
    [event] = agreement.events.all()
    assert (event.kind, event.basis, event.reason) == ("signed", "outside", "The article prints Thursday.")
    assert [(each.source.title, each.locator) for each in agreement.citations.all()] == [("An article", "paragraph 10")]
    assert [(link.agreement, link.role) for link in meeting.agreement_links.all()] == [(agreement, "signed")]
    [outcome] = meeting.outcomes.all()
    assert (outcome.text, outcome.kind, outcome.locator) == ("Agreements were signed.", "signature", "paragraph 10")
    assert outcome.agreement == agreement


def test_what_was_only_announced_is_no_event_and_enterprises_are_no_states(editor, data):
    fill_agreement(
        data, about="Three agreements between enterprises. None is named.", type="enterprise", role="announced", count=3
    )
    meeting = save(editor, data)
    agreement = Agreement.objects.get()
    assert (agreement.title, agreement.level) == ("", "enterprise")
    assert (agreement.events.count(), agreement.parties.count()) == (0, 0)
    [outcome] = meeting.outcomes.all()
    assert outcome.text == "The signing of agreements was announced."
    assert (outcome.kind, outcome.agreement) == ("information", agreement)


def test_own_words_win_and_nothing_more_is_listed_where_nobody_wants_it(editor, data):
    fill_agreement(data, title="Plan", parties_words="banks of both sides", as_outcome=False)
    meeting = save(editor, data)
    assert [each.words for each in Agreement.objects.get().parties.all()] == ["banks of both sides"]
    assert meeting.outcomes.count() == 0


@pytest.mark.parametrize("is_new", [True, False])
def test_figure_given_for_an_agreement_is_entered_in_its_row(editor, data, is_new):
    chosen = {} if is_new else {"agreement": make_agreement(title="Plan", state=State.DRAFT)}
    figure = {"what": "value of the plan", "amount": "4.5", "unit": "billion USD", "place": "paragraph 2"}
    fill_agreement(data, **(chosen or {"title": "Plan"}), **figure)
    meeting = save(editor, data)
    [figure] = meeting.figures.all()
    assert (figure.agreement, str(figure), figure.what) == (
        Agreement.objects.get(),
        "4.5 billion USD",
        "value of the plan",
    )
    assert (figure.source.title, figure.locator) == ("An article", "paragraph 2")
    # Stored, the row gives it no second time.
    page = address(Meeting, "change", meeting.pk)
    assert editor.post(page, shown(editor.get(page)) | {"place": "Beijing"}).status_code == 302
    assert (meeting.figures.count(), Meeting.objects.get().place) == (1, "Beijing")


@pytest.mark.parametrize(
    ("figure", "messages"),
    [
        ({"amount": "4.5"}, ["This field cannot be blank.", "This field cannot be blank."]),
        ({"what": "value", "unit": "USD"}, ["A figure is a number or words, exactly one of them."]),
        ({"what": "value", "amount": "much", "unit": "USD"}, ["Enter a number."]),
    ],
)
def test_figure_of_an_agreement_is_whole_or_refused(editor, data, figure, messages):
    fill_agreement(data, title="Plan", **figure)
    assert errors(editor.post(address(Meeting, "add"), data)) == messages
    assert (Meeting.objects.count(), Agreement.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "realisation", "text"),
    [
        ("signature", "realised", "An agreement was signed."),
        ("adoption", "realised", "An agreement was adopted."),
        ("extension", "realised", "An agreement was extended."),
        ("signature", "expected", None),
        ("statement", "realised", None),
    ],
)
def test_outcome_that_names_an_agreement_needs_no_words_where_its_kind_says_it(editor, data, kind, realisation, text):
    agreement = make_agreement(state=State.DRAFT)
    fill_row(data, "outcomes", 0, kind=kind, realisation=realisation, agreement=agreement)
    if text is None:
        assert len(errors(editor.post(address(Meeting, "add"), data))) == 1
    else:
        [outcome] = save(editor, data).outcomes.all()
        assert (outcome.text, outcome.agreement) == (text, agreement)


@pytest.mark.parametrize(("is_chosen", "title", "message"), [(True, "Plan", 0), (False, "", 1)])
def test_agreement_is_chosen_or_described_one_of_them(editor, data, is_chosen, title, message):
    chosen = make_agreement(state=State.DRAFT) if is_chosen else ""
    fill_agreement(data, agreement=chosen, title=title, role="adopted")
    assert errors(editor.post(address(Meeting, "add"), data)) == [BOTH_OR_NEITHER[message]]
    assert Meeting.objects.count() == 0


def test_new_commitment_takes_the_themes_of_the_meeting_unless_it_has_own(editor, data):
    row = {"kind": "other", "strength": "agreed", "mutual": True}
    fill_row(data, "commitments", 0, title="Build ports", **row)
    fill_row(data, "commitments", 1, title="Train people", **row, themes=[make_theme("skills").pk])
    save(editor, data)
    themes = {each.title: [theme.slug for theme in each.themes.all()] for each in Commitment.objects.all()}
    assert themes == {"Build ports": ["ports"], "Train people": ["skills"]}


def test_what_is_as_the_meeting_has_it_is_marked(editor, db):
    ports, skills, source = make_theme("ports"), make_theme("skills"), make_source(title="An article")
    meeting = make_meeting(state=State.DRAFT, themes=[ports], cited=False)
    meeting.citations.create(source=source)
    commitment = make_commitment(state=State.DRAFT, meeting=meeting, themes=[ports, skills], cited=False)
    commitment.citations.create(source=source)
    page = editor.get(address(Meeting, "change", meeting.pk)).content.decode()
    labels = [
        f'value="{each.pk}" selected>{label}</option>'
        for each, label in ((ports, f"↑ {ports}"), (skills, str(skills)), (source, f"↑ {source}"))
    ]
    assert [label in page for label in labels] == [True, True, True]
