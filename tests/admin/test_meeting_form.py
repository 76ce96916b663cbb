"""A whole article in one step of the meeting form: the 13th session of the Pakistan–Sri Lanka commission."""

import pytest

from agreements.models import AgreementCitation
from meetings.admin.meeting import MeetingAdmin
from meetings.models import Commitment, Delegate, Meeting, MeetingFigure, Outcome
from tests.admin.desk import address, errors, fill_row, messages, shown
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
)
from tracker.records.models import Publishable, Revision

pytestmark = pytest.mark.usefixtures("undrawn")

State = Publishable.State
MUTUAL = {"mutual": True}
# Title, strength, parties where they are not “all sides, to each other”, paragraph.
PROMISES = [
    ("Set up a joint working group on IT and the digital economy", "agreed", {}, 4),
    ("Use the group for infrastructure, IT services, e-government and skills", "intention", {}, 7),
    ("Keep strengthening economic ties", "agreed", {}, 5),
    (
        "Move beyond traditional fields",
        "intention",
        {"by_words": "officials of both countries", "to": ["LKA", "PAK"]},
        7,
    ),
    ("Enhance industrial cooperation and trade", "discussed", {}, 8),
    ("Explore investing in Sri Lanka", "invited", {"by": ["LKA"], "to_words": "Pakistani pharmaceutical companies"}, 8),
    ("Joint ventures in health", "invited", {"by": ["LKA"], "to_words": "Pakistani pharmaceutical companies"}, 8),
    ("Strengthen cooperation among small enterprises", "agreed", {}, 9),
    ("Links of small enterprises and sharing of knowledge", "discussed", {}, 9),
    ("Continue through institutional mechanisms", "agreed", {}, 10),
]


@pytest.fixture
def article(db):
    """What the editor finds: the countries, the forum, its source, a theme, a person and the agreed minutes."""
    return {
        "PAK": make_country("PAK"),
        "LKA": make_country("LKA"),
        "forum": make_forum("jec", members=["LKA", "PAK"]),
        "source": make_source(title="Sri Lanka, Pakistan launch digital partnership"),
        "theme": make_theme("digital-economy"),
        "head": make_person("Haroon Akhtar Khan"),
        "minutes": make_agreement(("LKA", "PAK"), type="minutes", state=State.DRAFT, cited=False),
    }


def jec_13(client, article, promises=PROMISES[:2]):
    """The data that an editor sends, starting from the empty form; two promises do for most questions."""
    data = shown(client.get(address(Meeting, "add")))
    data |= {"forum": article["forum"].pk, "session_number": 13, "held": "../2026-01-29", "held_basis": "inferred"}
    data |= {"held_reason": "reported on that day", "place": "Colombo", "themes": [article["theme"].pk]}
    fill_row(data, "citations", 0, source=article["source"], locator="paragraph 5")
    pakistan = {"head": article["head"], "head_office": "Special Assistant to the Prime Minister"}
    fill_row(data, "delegations", 0, country=article["PAK"], **pakistan)
    fill_row(data, "delegations", 1, country=article["LKA"])
    fill_row(data, "outcomes", 0, kind="establishment", text="A joint working group on IT", realisation="expected")
    fill_row(data, "outcomes", 0, position=0)
    fill_row(data, "agreement_links", 0, agreement=article["minutes"], role="signed")
    for index, (title, strength, parties, paragraph) in enumerate(promises):
        named = {side: [article[code].pk for code in parties.get(side, [])] for side in ("by", "to")}
        words = {side: parties.get(side, "") for side in ("by_words", "to_words")}
        row = MUTUAL | {"title": title, "kind": "other", "strength": strength, "locator": f"paragraph {paragraph}"}
        fill_row(data, "commitments", index, **row, **named, **words, themes=[article["theme"].pk])
    return data


def saved(client, data, model=Meeting):
    response = client.post(address(model, "add"), data)
    assert response.status_code == 302, errors(response)
    return model.objects.latest("pk")


def parties(commitment):
    return sorted((party.side, party.name) for party in commitment.parties.all())


def test_one_post_writes_every_row_of_the_article(editor, article):
    meeting = saved(editor, jec_13(editor, article, PROMISES))

    assert (meeting.state, str(meeting.held_latest), meeting.held_earliest) == ("draft", "2026-01-29", None)
    assert sorted(country.code for country in meeting.countries.all()) == ["LKA", "PAK"]
    assert [(row.name, row.role) for row in meeting.delegations.all()] == [
        ("Pakistan", "party"),
        ("Sri Lanka", "party"),
    ]
    delegate = Delegate.objects.get()
    assert (delegate.delegation.name, delegate.person, delegate.role) == ("Pakistan", article["head"], "head")
    assert delegate.office == "Special Assistant to the Prime Minister"
    assert [(row.kind, row.source, row.realisation) for row in Outcome.objects.all()] == [
        ("establishment", article["source"], "expected")
    ]
    assert list(meeting.agreements.all()) == [article["minutes"]]
    assert [(row.source, row.locator) for row in AgreementCitation.objects.all()] == [
        (article["source"], "paragraph 5")
    ]
    rows = meeting.commitments.order_by("pk")
    assert [(row.title, row.strength, row.state) for row in rows] == [(one[0], one[1], "draft") for one in PROMISES]
    assert [[(each.source, each.locator) for each in row.citations.all()] for row in rows] == [
        [(article["source"], f"paragraph {one[3]}")] for one in PROMISES
    ]
    both = [("by", "Pakistan"), ("by", "Sri Lanka"), ("to", "Pakistan"), ("to", "Sri Lanka")]
    officials = [("by", "officials of both countries"), ("to", "Pakistan"), ("to", "Sri Lanka")]
    invited = [("by", "Sri Lanka"), ("to", "Pakistani pharmaceutical companies")]
    expected = [both, both, both, officials, both, invited, invited, both, both, both]
    assert [parties(row) for row in rows] == expected
    assert [[theme.slug for theme in row.themes.all()] for row in rows] == [["digital-economy"]] * 10
    assert {row.forum for row in rows} == {article["forum"]}


def test_rows_take_after_sources_and_sides_wherever_the_form_shows_these(editor, article, monkeypatch):
    monkeypatch.setattr(MeetingAdmin, "inlines", MeetingAdmin.inlines[::-1])
    meeting = saved(editor, jec_13(editor, article))
    assert [row.source for row in meeting.outcomes.all()] == [article["source"]]
    both = [("by", "Pakistan"), ("by", "Sri Lanka"), ("to", "Pakistan"), ("to", "Sri Lanka")]
    assert [parties(row) for row in meeting.commitments.all()] == [both, both]


def test_the_article_goes_to_review_and_is_published_with_its_results(editor, reviewer, article):
    meeting = saved(editor, jec_13(editor, article, PROMISES))
    page = address(Meeting, "change", meeting.pk)

    response = editor.post(page, shown(editor.get(page)) | {"_step": "review"}, follow=True)
    assert messages(response)[0] == "12 records are now in review."

    response = reviewer.post(page, shown(reviewer.get(page)) | {"_step": "publish"}, follow=True)
    assert messages(response)[0] == "12 records are now published."
    assert Meeting.objects.get().state == "published"
    assert list(Commitment.objects.values_list("state", flat=True)) == ["published"] * 10
    article["minutes"].refresh_from_db()
    assert article["minutes"].state == "published"
    last, before = Revision.objects.of(meeting).newest_first()[:2]
    assert [each.content["fields"]["state"] for each in (last, before)] == ["published", "in_review"]
    assert (last.account, before.account) == (reviewer.user, editor.user)
    made = Revision.objects.filter(kind="meetings.commitment", number=1)
    assert [each.account for each in made] == [editor.user] * 10


def test_publishing_leaves_the_results_alone_where_the_box_says_so(editor, reviewer, article):
    meeting = saved(editor, jec_13(editor, article))
    page = address(Meeting, "change", meeting.pk)
    data = shown(reviewer.get(page)) | {"_step": "publish", "_alone": "on"}
    assert reviewer.post(page, data).status_code == 302
    assert Meeting.objects.get().state == "published"
    assert set(Commitment.objects.values_list("state", flat=True)) == {"draft"}


def test_results_that_something_stands_against_stay_back_and_are_named(editor, reviewer, article):
    meeting = saved(editor, jec_13(editor, article))
    first = meeting.commitments.order_by("pk").first()
    first.citations.all().delete()
    page = address(Meeting, "change", meeting.pk)
    response = reviewer.post(page, shown(reviewer.get(page)) | {"_step": "publish"}, follow=True)
    assert messages(response)[:2] == [
        f"Not published: {first}. A published record needs at least one citation.",
        "3 records are now published.",
    ]
    first.refresh_from_db()
    assert first.state == "draft"


def test_a_draft_meeting_sends_nothing_along(editor, article):
    meeting = saved(editor, jec_13(editor, article))
    page = address(Meeting, "change", meeting.pk)
    assert editor.post(page, shown(editor.get(page)) | {"place": "Kandy"}).status_code == 302
    assert set(Commitment.objects.values_list("state", flat=True)) == {"draft"}


def test_saving_the_untouched_form_changes_nothing(editor, article):
    meeting = saved(editor, jec_13(editor, article))
    before = Revision.objects.count()
    page = address(Meeting, "change", meeting.pk)
    assert editor.post(page, shown(editor.get(page))).status_code == 302
    assert Revision.objects.count() == before
    assert [parties(row) for row in meeting.commitments.all()].count([]) == 0


def test_results_without_a_source_take_all_sources_of_the_meeting(editor, article):
    other = make_source()
    data = shown(editor.get(address(Meeting, "add"))) | {"title": "Talks", "held": "2026"}
    fill_row(data, "citations", 0, source=article["source"], locator="page 2")
    fill_row(data, "citations", 1, source=other, field="date", value="2026")
    fill_row(data, "commitments", 0, title="Train people", kind="train", strength="agreed", by=[article["PAK"].pk])
    figure = {"what": "people to be trained", "amount": "300", "unit": "people", "comparator": "up_to"}
    fill_row(data, "figures", 0, **figure)
    meeting = saved(editor, data)
    assert [(row.source, row.locator) for row in meeting.commitments.get().citations.all()] == [
        (article["source"], "page 2"),
        (other, ""),
    ]
    assert MeetingFigure.objects.get().source == article["source"]


def test_a_row_with_its_own_source_keeps_it(editor, article):
    other = make_source()
    data = shown(editor.get(address(Meeting, "add"))) | {"title": "Talks"}
    fill_row(data, "citations", 0, source=article["source"])
    row = {"title": "Train", "kind": "train", "strength": "agreed", "by_words": "both sides", "source": other}
    fill_row(data, "commitments", 0, **row)
    commitment = saved(editor, data).commitments.get()
    assert [(each.source, each.locator) for each in commitment.citations.all()] == [(other, "")]


def test_the_parties_of_a_row_can_be_corrected_and_its_organisations_stay(editor):
    commitment = make_commitment(by=["PAK"], to=["LKA"], state=State.DRAFT, meeting=make_meeting(state=State.DRAFT))
    commitment.parties.create(side="by", organisation=make_organisation("ministry-of-it"))
    page = address(Meeting, "change", commitment.meeting.pk)
    data = shown(editor.get(page))
    fill_row(data, "commitments", 0, by=[make_country("CHN").pk], to=[], to_words="companies; universities")
    assert editor.post(page, data).status_code == 302
    assert parties(commitment) == [
        ("by", "China"),
        ("by", "ministry of it"),
        ("to", "companies"),
        ("to", "universities"),
    ]


def test_the_head_of_a_delegation_can_be_changed_and_taken_out(editor, article):
    meeting = saved(editor, jec_13(editor, article))
    page = address(Meeting, "change", meeting.pk)
    other = make_person("Somebody Else")
    data = shown(editor.get(page))
    fill_row(data, "delegations", 0, head=other, head_office="Minister", head_role="co_chair")
    assert editor.post(page, data).status_code == 302
    rows = list(Delegate.objects.values_list("person", "office", "role"))
    assert rows == [(other.pk, "Minister", "co_chair")]

    data = shown(editor.get(page))
    fill_row(data, "delegations", 0, head="", head_office="")
    assert editor.post(page, data).status_code == 302
    assert list(Delegate.objects.all()) == []


def test_a_due_date_in_a_row_sets_and_clears_the_rule(editor):
    commitment = make_commitment(state=State.DRAFT, meeting=make_meeting(state=State.DRAFT))
    page = address(Meeting, "change", commitment.meeting.pk)
    for due, rule in (("2026-12", "date"), ("", "none")):
        data = shown(editor.get(page))
        fill_row(data, "commitments", 0, due=due)
        assert editor.post(page, data).status_code == 302
        commitment.refresh_from_db()
        assert (commitment.due, commitment.due_rule) == (due, rule)


def test_an_editor_cannot_change_a_published_commitment_through_its_draft_meeting(editor):
    commitment = make_commitment(meeting=make_meeting(state=State.DRAFT), title="As published")
    page = address(Meeting, "change", commitment.meeting.pk)
    data = shown(editor.get(page))
    fill_row(data, "commitments", 0, id=commitment.pk, title="Changed", strength="intention", by=[])
    assert editor.post(page, data).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title, commitment.strength, parties(commitment)) == (
        "As published",
        "agreed",
        [("by", "Pakistan"), ("to", "China")],
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"mutual": False, "by": []}, "Say who promised: countries, words, or all sides."),
        ({"by_words": "", "to_words": "companies"}, "Say who promised: countries, words, or all sides."),
        ({"title": ""}, "This field is required."),
    ],
)
def test_an_incomplete_row_says_what_is_missing(editor, article, row, message):
    data = jec_13(editor, article)
    fill_row(data, "commitments", 0, **row)
    response = editor.post(address(Meeting, "add"), data)
    assert errors(response) == [message]
    assert Meeting.objects.count() == 0


def test_save_and_add_next_keeps_the_forum(editor, article):
    response = editor.post(address(Meeting, "add"), jec_13(editor, article) | {"_addanother": "1"})
    assert response["Location"] == f"{address(Meeting, 'add')}?forum={article['forum'].pk}"


def test_save_and_add_next_keeps_meeting_and_source_of_a_commitment(editor):
    meeting, source = make_meeting(), make_source()
    page = f"{address(Commitment, 'add')}?meeting={meeting.pk}&source={source.pk}"
    data = shown(editor.get(page)) | {"title": "Meet again", "strength": "agreed", "_addanother": "1"}
    fill_row(data, "parties", 0, side="by", country=make_country("PAK"))
    response = editor.post(page, data)
    assert response.status_code == 302, errors(response)
    commitment = Commitment.objects.get()
    assert [each.source for each in commitment.citations.all()] == [source]
    assert response["Location"] == (
        f"{address(Commitment, 'add')}?meeting={meeting.pk}&source={source.pk}&strength=agreed"
    )


@pytest.mark.drawn
def test_a_long_form_names_every_error_at_the_top_with_a_way_to_it(editor, article):
    data = jec_13(editor, article) | {"held": "tomorrow"}
    fill_row(data, "commitments", 1, title="")
    content = editor.post(address(Meeting, "add"), data).content.decode()
    summary = " ".join(content.split("error-summary")[1].split("</ul>")[0].split())
    assert '<a href="#id_held">Date</a>: “tomorrow” is not a date we can read.' in summary
    assert '<a href="#id_commitments-1-title">Commitments 2, Short title</a>: This field is required.' in summary
    assert 'id="id_commitments-1-title"' in content
