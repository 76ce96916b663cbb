"""Sessions for the tests of their reports, and how a report is read."""

from tests.factories import make_commitment, make_meeting
from tests.registers.reading import parse, words


def make_session(forum, number, **fields):
    held = {"held": f"20{number + 13}-01-28", "title": "", "session_number": number}
    return make_meeting(("LKA", "PAK"), forum=forum, **(held | fields))


def promise(session, title="Share data", **fields):
    return make_commitment(by=["LKA", "PAK"], to=[], meeting=session, title=title, **fields)


def report_of(client, meeting, prefix=""):
    response = client.get(f"{prefix}/meetings/{meeting.reference}/report/")
    assert response.status_code == 200
    return parse(response.content.decode())


def summary(page):
    return words(page.find(".//p[@class='paper-sum']"))


def part(page, name):
    """``[[what each cell of a row says]]`` of a part."""
    section = page.find(f".//section[@aria-labelledby='{name}']")
    return [[words(cell) for cell in row] for row in section.findall(".//tbody/tr")]


def headings(page):
    return [words(heading) for heading in page.findall(".//section/h2")]
