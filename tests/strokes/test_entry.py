"""The tenth meeting of the JCC, entered from its article in the shortest way, and saved as in the starter data."""

import pytest

from agreements.models import Agreement, Person
from meetings.models import Commitment, Meeting
from tests.admin.conftest import make_user
from tests.admin.test_browser import log_in
from tests.strokes.article import (
    AGREEMENTS,
    ANNOUNCED,
    ARTICLE,
    COMMITMENTS,
    FIGURES,
    MEETING,
    facts,
    load_what_stood_before,
)
from tests.strokes.hand import Hand
from tracker.records.models import Source

pytestmark = pytest.mark.django_db(transaction=True)
MOST_CLICKS, MOST_KEYS = 60, 1_100
SENTENCES = {"statement": "st", "information": "i"}


def test_article_is_entered_in_few_strokes_and_saved_as_the_starter_data_have_it(browser_page, tmp_path):
    load_what_stood_before(tmp_path)
    make_user("editor", "editor")
    log_in(browser_page, "editor")
    hand = Hand(browser_page)
    enter(hand)
    browser_page.locator(".messagelist, .errornote").wait_for()
    assert browser_page.locator(".error-summary, .errornote").all_inner_texts() == []
    report(hand)
    compare()
    assert hand.clicks <= MOST_CLICKS and hand.keys + 2 * hand.pastes <= MOST_KEYS


def enter(hand):
    page = hand.page
    page.goto("/admin/meetings/meeting/")
    hand.click("text=Next session of a forum")
    hand.click("text=Joint Cooperation Committee for the China-Pakistan Economic Corridor, meeting 10")
    page.wait_for_url("**/add/**")
    page.wait_for_load_state("networkidle")
    enter_meeting(hand)
    enter_outcomes(hand)
    enter_agreements(hand)
    enter_commitments(hand)
    enter_figures(hand)
    hand.click("input[name=_save]")


def enter_meeting(hand):
    [source] = facts("records.source", slug=ARTICLE[0])
    hand.fill("held", "23 Sep 2021")
    hand.select("held_basis", "f", "from another source")
    hand.fill("place", "Beijing")
    hand.select("mode", "v", "virtual")
    hand.select("participants_comparator", "a", "about")
    hand.fill("participants", "200")
    text = f"{source['url']} {source['title']}"
    hand.find("citations-0-source", text, f"add “{text}”", is_pasted=True)
    hand.pastes, hand.clicks = hand.pastes + 1, hand.clicks + 1  # the title is copied by itself
    hand.fill("citations-0-locator", "3, 9")
    for row, (_side, name, office) in enumerate(heads()):
        if name not in hand.page.locator(f"#id_delegations-{row}-head option:checked").inner_text():
            hand.find(f"delegations-{row}-head", name, f"add “{name}”")
        hand.field(f"delegations-{row}-head_office")
        hand.paste(office)
        if hand.page.locator(f"#id_delegations-{row}-head_role").input_value() != "co_chair":
            hand.select(f"delegations-{row}-head_role", "co", "co-chair")


def heads():
    """Side, name and office, in the order of the members of the forum."""
    rows = facts("meetings.delegate")
    found = {row["delegation"][1]: row for row in rows if row["delegation"][0] == MEETING[0]}
    people = {row["slug"]: row["name"] for row in facts("agreements.person")}
    return [(side, people[found[side]["person"][0]], found[side]["office"]) for side in ("CHN", "PAK")]


def enter_outcomes(hand):
    """What was signed and announced comes with the agreements."""
    row = 0
    for outcome in facts("meetings.outcome", meeting=MEETING, source=ARTICLE):
        if outcome["position"] in (2, 3):
            continue
        if row:
            hand.add_row("outcomes")
        if group := outcome.get("working_group"):
            [known] = facts("agreements.workinggroup", slug=group[0])
            hand.select(f"outcomes-{row}-kind", "e", "establishment")
            hand.find(f"outcomes-{row}-working_group", known["name"], f"add “{known['name']}”")
        else:
            hand.fill(f"outcomes-{row}-text", outcome["text"])
            hand.select(f"outcomes-{row}-kind", SENTENCES[outcome["kind"]], outcome["kind"])
        hand.fill(f"outcomes-{row}-locator", numbers(outcome["locator"]))
        row += 1


def enter_agreements(hand):
    for row, reference in enumerate(AGREEMENTS):
        [agreement] = facts("agreements.agreement", reference=reference)
        hand.add_row("agreement_links")
        if reference == ANNOUNCED:  # the form says “signed” by itself
            hand.select(f"agreement_links-{row}-role", "signing", "signing announced at the meeting")
        hand.fill(f"agreement_links-{row}-about", first_sentence(agreement["description"]))
        if agreement["type"] != "unspecified":
            hand.select(f"agreement_links-{row}-type", "en", "enterprise agreement")
        hand.field(f"agreement_links-{row}-count")
        hand.move("Control+a")
        hand.type(str(agreement["count"]))
        hand.fill(f"agreement_links-{row}-place", "10")


def enter_commitments(hand):
    kinds = {"establish": ("es", "establish a body"), "cooperate": ("c", "cooperate"), "other": ("", "other")}
    strengths = {"announced": ("an", "announced"), "intention": ("int", "intention")}
    for row, reference in enumerate(COMMITMENTS):
        [commitment] = facts("meetings.commitment", reference=reference)
        if row:
            hand.add_row("commitments")
        hand.fill(f"commitments-{row}-title", commitment["title"])
        if kinds[commitment["kind"]][0]:
            hand.select(f"commitments-{row}-kind", *kinds[commitment["kind"]])
        hand.select(f"commitments-{row}-strength", *strengths[commitment["strength"]])
        enter_parties(hand, row, reference)
        [citation] = facts("meetings.commitmentcitation", record=[reference], source=ARTICLE)
        hand.fill(f"commitments-{row}-locator", numbers(citation["locator"]))


def enter_parties(hand, row, reference):
    parties = facts("meetings.commitmentparty", commitment=[reference])
    if len(parties) == 4:  # all sides, to each other: as the form has it
        return
    names = {"CHN": ("chi", "China"), "PAK": ("pak", "Pakistan")}
    for party in parties:
        if "country" in party:
            hand.find(f"commitments-{row}-{party['side']}", *names[party["country"][0]])
        else:
            hand.fill(f"commitments-{row}-{party['side']}_words", party["words"])


def enter_figures(hand):
    for row, what in enumerate(FIGURES):
        [figure] = facts("meetings.meetingfigure", meeting=MEETING, what=what)
        hand.add_row("figures")
        hand.fill(f"figures-{row}-what", what)
        if "amount" in figure:
            hand.fill(f"figures-{row}-amount", figure["amount"])
        hand.fill(f"figures-{row}-unit", figure["unit"])
        if "words" in figure:
            hand.fill(f"figures-{row}-words", figure["words"])
        hand.find(f"figures-{row}-said_by", "ning", "Ning Jizhe")
        hand.fill(f"figures-{row}-locator", numbers(figure["locator"]))


def numbers(locator):
    return locator.partition(" ")[2].replace(" and ", ", ")


def first_sentence(text):
    return text.partition(". ")[0]


def report(hand):
    print(
        f"\n{hand.fields} fields, {hand.clicks} clicks, {hand.keys} characters typed, {hand.moves} of Tab, Enter and "
        f"the like, {hand.pastes} texts copied from the article and pasted ({2 * hand.pastes} strokes): "
        f"{hand.strokes} strokes, {hand.minutes:.1f} minutes"
    )


def compare():
    """What was saved, beside what the starter data say."""
    meeting, source = Meeting.objects.get(session_number=10), Source.objects.get(url__contains="pakistaneconomicnet")
    [expected] = facts("meetings.meeting", reference=MEETING[0])
    names = (
        "session_number",
        "held",
        "held_basis",
        "status",
        "mode",
        "place",
        "participants",
        "participants_comparator",
    )
    assert {name: getattr(meeting, name) for name in names} == {name: expected[name] for name in names}
    assert meeting.participants_comparator == expected["participants_comparator"]
    assert meeting.forum.slug == expected["forum"][0]
    assert sorted(each.slug for each in meeting.organisers.all()) == ["cn-ndrc", "pk-mopdsi"]
    [document] = facts("records.source", slug=ARTICLE[0])
    assert (source.url, source.title) == (document["url"], document["title"])
    assert [(each.source, each.locator) for each in meeting.citations.all()] == [(source, "paragraphs 3 and 9")]
    came = {each.country.code: each.delegates.get() for each in meeting.delegations.all()}
    led = [(side, each.person.name, each.office, each.role) for side, each in sorted(came.items())]
    assert led == [(side, name, office, "co_chair") for side, name, office in heads()]
    assert Person.objects.get(name="Asad Umar").country.code == "PAK"
    compare_outcomes(meeting, source)
    compare_agreements(meeting, source)
    compare_commitments(meeting, source)


def compare_outcomes(meeting, source):
    """The words of those that come with a group or an agreement are theirs; all else is as it was typed."""
    saved = sorted((each.kind, each.locator, each.source_id) for each in meeting.outcomes.all())
    expected = facts("meetings.outcome", meeting=MEETING, source=ARTICLE)
    assert saved == sorted((each["kind"], each["locator"], source.pk) for each in expected)
    texts = {each.text for each in meeting.outcomes.all()}
    assert {each["text"] for each in expected if each["kind"] == "statement"} <= texts
    assert (
        meeting.outcomes.get(kind="establishment").working_group.name == "Joint Working Group on Information Technology"
    )
    figures = [
        (each.what, each.amount_in_words, each.unit, each.said_by.slug, each.locator) for each in meeting.figures.all()
    ]
    known = [facts("meetings.meetingfigure", meeting=MEETING, what=what)[0] for what in FIGURES]
    assert figures == [
        (each["what"], each.get("amount") or each["words"], each["unit"], each["said_by"][0], each["locator"])
        for each in known
    ]


def compare_agreements(meeting, source):
    for reference in AGREEMENTS:
        [expected] = facts("agreements.agreement", reference=reference)
        agreement = Agreement.objects.get(count=expected["count"])
        assert (agreement.headline, agreement.type) == (first_sentence(expected["description"]), expected["type"])
        assert (agreement.level, agreement.forum) == (expected.get("level", "unstated"), meeting.forum)
        [link] = facts("meetings.meetingagreement", agreement=[reference])
        assert agreement.meeting_links.get(meeting=meeting).role == link["role"]
        events = facts("agreements.agreementevent", agreement=[reference])
        assert [(each.kind, each.on, each.basis) for each in agreement.events.all()] == [
            (each["kind"], each["on"], each["basis"]) for each in events
        ]
        parties = facts("agreements.agreementparty", agreement=[reference])
        named = sorted(each["country"][0] for each in parties if "country" in each)
        assert sorted(each.country.code for each in agreement.parties.all() if each.country) == named
        assert [(each.source, each.locator) for each in agreement.citations.all()] == [(source, "paragraph 10")]


def compare_commitments(meeting, source):
    for reference in COMMITMENTS:
        [expected] = facts("meetings.commitment", reference=reference)
        commitment = Commitment.objects.get(title=expected["title"])
        assert (commitment.kind, commitment.strength) == (expected["kind"], expected["strength"])
        saved = sorted(
            (each.side, each.country.code if each.country else each.words) for each in commitment.parties.all()
        )
        parties = facts("meetings.commitmentparty", commitment=[reference])
        assert saved == sorted((each["side"], each.get("country", [""])[0] or each["words"]) for each in parties)
        [citation] = facts("meetings.commitmentcitation", record=[reference], source=ARTICLE)
        assert [(each.source, each.locator) for each in commitment.citations.all()] == [(source, citation["locator"])]
