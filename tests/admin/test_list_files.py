"""Lists of the desk taken away: the same records, in the same order, with the columns that the list has."""

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from agreements.models import Agreement
from meetings.models import Commitment, FocalPoint, Meeting
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address
from tests.factories import make_agreement, make_commitment, make_meeting, make_person, make_source
from tracker.records.models import Source, one_change

pytestmark = pytest.mark.django_db


def file(client, model, query="", extension="csv"):
    response = client.get(address(model, "list_file", extension) + query)
    assert response.status_code == 200
    return b"".join(response.streaming_content), response


def rows(client, model, query=""):
    body, _response = file(client, model, query)
    return list(csv.DictReader(StringIO(body.decode().removeprefix("\ufeff"))))


def make_named_commitment(**fields):
    commitment = make_commitment(title="Share the list", due="2020-05", to=(), **fields)
    commitment.parties.create(side="to", words="Companies of the region, large and small")
    FocalPoint.objects.create(commitment=commitment, person=make_person("Ayesha Khan"))
    return commitment


def test_file_has_what_the_list_says_each_thing_in_a_column_of_its_own(editor):
    commitment = make_named_commitment(meeting=make_meeting(title="Talks in Islamabad"))
    assert rows(editor, Commitment) == [
        {
            "Commitment": "Share the list",
            "Reference": commitment.reference,
            "Made in": "Talks in Islamabad",
            "By and to": "PAK → Companies of the region…",
            "Strength": "agreed",
            "Due": "May 2020",
            "Schedule today": "overdue",
            "Progress": "no information",
            "Focal points": "Ayesha Khan",
            "State": "published",
            "Without a source": "",
        }
    ]


def test_file_holds_what_is_filtered_searched_and_sorted_and_no_page_of_it(editor):
    with one_change():
        for number in range(60):
            make_commitment(title=f"Promise {number:02}", due="2020")
        make_commitment(title="Promise without a date")
        make_commitment(title="Something else", due="2020")
    found = rows(editor, Commitment, "?schedule=overdue&q=promise&o=1")
    assert [row["Commitment"] for row in found] == [f"Promise {number:02}" for number in range(60)]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "＝1"])
def test_text_that_a_spreadsheet_would_run_is_quoted(editor, text):
    make_source(title=text)
    assert [row["Source"] for row in rows(editor, Source)] == [f"'{text}"]


def test_workbook_holds_the_same_as_text(editor):
    make_agreement(title="=cmd()", signed="2020")
    body, response = file(editor, Agreement, extension="xlsx")
    sheet = load_workbook(BytesIO(body)).worksheets[0]
    head, row = ([cell.value for cell in each] for each in sheet.iter_rows())
    assert dict(zip(head, row, strict=True))["Agreement"] == "=cmd()"
    assert sheet.cell(2, 1).data_type == "s"
    assert response["Content-Disposition"].startswith('attachment; filename="agreements-agreement-')


def test_file_is_in_the_language_of_the_account(editor):
    editor.user.language = "ur"
    editor.user.save()
    make_meeting()
    body, _response = file(editor, Meeting)
    assert body.decode().splitlines()[0].isascii() is False


def test_file_asks_as_often_for_many_as_for_few(editor, django_assert_num_queries):
    make_named_commitment()
    # Session and account; permissions, count and the data of the filters, as of the page; the rows, and two of theirs.
    with django_assert_num_queries(13):
        assert len(rows(editor, Commitment)) == 1
    with one_change():
        for _number in range(30):
            make_named_commitment()
    with django_assert_num_queries(13):
        assert len(rows(editor, Commitment)) == 31


def test_file_is_for_those_who_may_see_the_list():
    make_commitment()
    there = address(Commitment, "list_file", "csv")
    assert logged_in(make_user("stranger")).get(there).status_code == 403
    assert reverse("admin:login") in Client().get(there)["Location"]


def test_file_that_there_is_not_is_not_found(editor):
    assert editor.get(address(Commitment, "changelist") + "list.pdf").status_code == 404


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("gone__exact=1", "gone__exact=1: the list has no such filter"),
        ("todo=nonsense&standing=firm", "todo=nonsense: the filter has no such value"),
    ],
)
def test_file_of_what_cannot_be_read_is_refused_with_what_that_is(editor, query, told):
    make_commitment()
    response = editor.get(address(Commitment, "changelist") + f"list.csv?{query}")
    assert (response.status_code, response.content.decode()) == (400, told)


def test_list_names_its_files_with_what_is_filtered(editor):
    page = editor.get(address(Commitment, "changelist") + "?schedule=overdue&p=1")
    there = address(Commitment, "list_file", "csv")
    assert page.context["list_files"] == [
        ("CSV", f"{there}?schedule=overdue"),
        ("XLSX", f"{there.removesuffix('csv')}xlsx?schedule=overdue"),
    ]
