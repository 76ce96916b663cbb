"""How many documents records stand for: never a total that they forbid."""

from datetime import date
from itertools import permutations

import pytest

from agreements.documents import documents_of
from agreements.models import Agreement, AgreementEvent, AgreementRelation
from tests.agreements.test_pages import entries, open_page
from tests.factories import make_agreement
from tests.registers.reading import ListPage, exported, parse, words

pytestmark = pytest.mark.django_db


def make(count, **fields):
    return make_agreement(signed="2020", count=count, **fields)


def overlap(one, other):
    AgreementRelation.objects.create(agreement=one, kind="may_overlap", other=other)


def documents(**which):
    return documents_of(Agreement.objects.filter(**which).with_status(date(2026, 11, 26)))


def bounds(**which):
    found = documents(**which)
    return found.least, found.most


def test_records_that_may_overlap_give_a_range():
    large, small, _other = make(24), make(9), make(5)
    assert (bounds(), documents().in_words) == ((38, 38), "38")
    overlap(small, large)
    assert (bounds(), documents().in_words) == ((29, 38), "at least 29, at most 38")


def test_of_a_chain_of_overlaps_the_largest_counts_in_whichever_order_it_was_entered():
    for order in permutations(range(4)):
        AgreementRelation.objects.all().delete()
        Agreement.objects.all().delete()
        records = [make(number) for number in (3, 7, 5, 4)]
        links = [(records[0], records[1]), (records[1], records[2]), (records[2], records[3]), (records[3], records[0])]
        for place in order:
            overlap(*links[place])
        assert bounds() == (7, 19)
        break_off = make(10)
        assert bounds() == (17, 29)
        overlap(break_off, records[3])
        assert bounds() == (10, 29)


def test_other_relations_overlap_nothing():
    AgreementRelation.objects.create(agreement=make(2), kind="amends", other=make(3))
    assert bounds() == (5, 5)


def test_named_child_is_in_the_number_of_its_parent_and_overlaps_as_its_parent():
    parent, other = make(5), make(4)
    child = make(1, parent=parent)
    grandchild = make(1, parent=child)
    assert bounds() == (9, 9)
    overlap(grandchild, other)
    assert bounds() == (5, 9)
    # Without the parent each counts for itself.
    assert bounds(pk__in=[grandchild.pk, other.pk]) == (4, 5)


def test_record_that_may_overlap_with_one_outside_the_sum_counts_in_full():
    one, other = make(2), make(3)
    overlap(one, other)
    assert bounds(pk=one.pk) == (2, 2)


def test_records_of_unknown_status_are_left_out_but_planned_ones_are_not():
    make(2)
    _unknown, planned = make_agreement(count=4), make_agreement(count=8)
    AgreementEvent.objects.create(agreement=planned, kind="signed", on="2030", is_planned=True)
    found = documents()
    assert ((found.least, found.most), found.left_out, found.records) == ((10, 10), 1, 2)


def test_parent_of_unknown_status_does_not_hide_a_signed_child():
    make(1, parent=make_agreement(count=5))
    assert bounds() == (1, 1)


def test_page_of_a_pair_gives_the_range_and_says_what_it_leaves_out(client):
    overlap(make(24), make(9))
    make_agreement()
    page = parse(client.get("/pairs/CHN-PAK/").content.decode())
    assert words(page.find(".//section[@aria-labelledby='agreements']/p[@class='say']")) == (
        "At least 24, at most 33 documents signed, adopted or in preparation, in 2 records "
        "not counted: 1 record of unknown status"
    )


def test_overlap_stands_on_both_pages_and_in_the_export_of_both(client):
    one, other = make(2, title="One"), make(3, title="Other")
    overlap(one, other)
    assert entries(open_page(client, one), "links") == ["may overlap with Other"]
    assert entries(open_page(client, other), "links") == ["One may overlap with this agreement"]
    rows = {row["title"]: row for row in exported(client, "agreements")}
    assert rows["One"]["may_overlap_with"] == [other.reference]
    assert rows["Other"]["may_overlap_with"] == [one.reference]
    one.state = "draft"
    one.save()
    assert entries(open_page(client, other), "links") == []
    assert exported(client, "agreements")[0]["may_overlap_with"] == []


def test_caution_is_public_on_the_page_in_lists_and_in_exports(client):
    agreement = make(2, title="Paper", caution="They may be the nine of September.")
    make(2, title="Other")
    assert words(open_page(client, agreement).find(".//p[@class='caution']")) == (
        "Caution: They may be the nine of September."
    )
    rows = ListPage(client.get("/agreements/")).root.findall(".//th[@class='row-title']")
    assert [("with a caution" in words(row)) for row in rows] == [False, True]
    assert {row["title"]: row["caution"] for row in exported(client, "agreements")} == {
        "Paper": "They may be the nine of September.",
        "Other": "",
    }
