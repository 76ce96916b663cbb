"""Agreements: parties and the countries they involve, relations, titles, and what sums count."""

import pytest
from django.db.models import ProtectedError

from agreements.models import Agreement, AgreementParty, AgreementRelation, AgreementTitle, Country
from meetings.models import CommitmentParty, Delegation
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
)

pytestmark = pytest.mark.django_db


def codes(record):
    return sorted(record.countries.values_list("code", flat=True))


def test_countries_are_those_of_the_parties_and_of_the_organisations_among_them():
    agreement = make_agreement(parties=["CHN"])
    ministry = make_organisation(country=make_country("PAK"))
    AgreementParty.objects.create(agreement=agreement, organisation=ministry)
    AgreementParty.objects.create(agreement=agreement, organisation=make_organisation(country=None))
    AgreementParty.objects.create(agreement=agreement, words="enterprises")
    assert codes(agreement) == ["CHN", "PAK"]


def test_country_that_is_party_itself_and_by_an_organisation_is_involved_once():
    agreement = make_agreement(parties=["PAK"])
    ministry = make_organisation(country=make_country("PAK"))
    AgreementParty.objects.create(agreement=agreement, organisation=ministry)
    assert codes(agreement) == ["PAK"]


def test_countries_when_a_party_leaves_or_changes_follow():
    agreement = make_agreement(parties=["CHN", "PAK"])
    party = agreement.parties.get(country__code="PAK")
    party.country = make_country("LKA")
    party.save()
    assert codes(agreement) == ["CHN", "LKA"]
    party.delete()
    assert codes(agreement) == ["CHN"]


def test_countries_of_all_records_when_an_organisation_gets_its_country_follow():
    ministry = make_organisation(country=None)
    agreement, meeting, commitment = make_agreement(["CHN"]), make_meeting(["CHN"]), make_commitment((), ("CHN",))
    AgreementParty.objects.create(agreement=agreement, organisation=ministry)
    Delegation.objects.create(meeting=meeting, organisation=ministry)
    CommitmentParty.objects.create(commitment=commitment, side="by", organisation=ministry)
    assert [codes(record) for record in (agreement, meeting, commitment)] == [["CHN"]] * 3
    ministry.country = make_country("PAK")
    ministry.save()
    assert [codes(record) for record in (agreement, meeting, commitment)] == [["CHN", "PAK"]] * 3


def test_involving_several_countries_finds_what_involves_all_of_them():
    both, one, three = make_agreement(["CHN", "PAK"]), make_agreement(["CHN"]), make_agreement(["CHN", "LKA", "PAK"])
    china, pakistan, lanka = (make_country(code) for code in ("CHN", "PAK", "LKA"))
    find = Agreement.objects.involving
    assert set(find(china)) == {both, one, three}
    assert set(find(china, pakistan)) == set(find(pakistan, china)) == {both, three}
    assert set(find(china, pakistan, lanka)) == {three}
    assert set(find(make_country("UZB"))) == set()
    assert set(find()) == {both, one, three}


def test_signatories_of_one_country_may_be_several():
    agreement = make_agreement(parties=())
    for _ in range(2):
        AgreementParty.objects.create(agreement=agreement, country=make_country("PAK"), signatory=make_person())
    assert (agreement.parties.count(), codes(agreement)) == (2, ["PAK"])


@pytest.mark.parametrize("kind", AgreementRelation.Kind.values)
def test_relation_of_each_kind_is_seen_from_both_agreements(kind):
    older, newer = make_agreement(title="Old"), make_agreement(title="New")
    relation = AgreementRelation.objects.create(agreement=newer, kind=kind, other=older)
    assert list(newer.relations.all()) == list(older.related_from.all()) == [relation]
    assert str(relation) == f"{relation.get_kind_display()} {older.reference} Old"


def test_two_agreements_may_stand_in_two_relations():
    older, newer = make_agreement(), make_agreement()
    for kind in ("amends", "extends"):
        AgreementRelation.objects.create(agreement=newer, kind=kind, other=older)
    assert newer.relations.count() == 2


def test_agreement_that_others_relate_to_is_not_deleted():
    older, newer = make_agreement(), make_agreement()
    AgreementRelation.objects.create(agreement=newer, kind="amends", other=older)
    with pytest.raises(ProtectedError):
        older.delete()


@pytest.mark.parametrize(
    ("fields", "headline"),
    [
        ({"title": "Memorandum on ICT"}, "Memorandum on ICT"),
        ({"title": "", "description": "A document on ICT. It has five pages."}, "A document on ICT"),
        ({"title": "", "description": "A document on ICT."}, "A document on ICT"),
    ],
)
def test_headline_is_the_title_or_what_we_know_of_the_document(fields, headline):
    agreement = make_agreement(**fields)
    assert (agreement.headline, str(agreement)) == (headline, f"{agreement.reference} {headline}")


def test_titles_in_several_languages_stand_side_by_side():
    agreement = make_agreement()
    for language, title, is_authentic in (("zh", "协定", True), ("ur", "معاہدہ", None)):
        AgreementTitle.objects.create(agreement=agreement, language=language, title=title, is_authentic=is_authentic)
    found = agreement.titles.order_by("language").values_list("language", "title", "is_authentic")
    assert list(found) == [("ur", "معاہدہ", None), ("zh", "协定", True)]


def test_party_is_called_by_its_country_organisation_or_words():
    agreement = make_agreement(parties=["CHN"])
    AgreementParty.objects.create(agreement=agreement, organisation=make_organisation("moitt"))
    AgreementParty.objects.create(agreement=agreement, words="enterprises")
    assert [str(party) for party in agreement.parties.all()] == ["China", "moitt", "enterprises"]


def test_commitments_of_an_agreement_when_its_forum_changes_follow():
    agreement = make_agreement(forum=make_forum("first"))
    commitment = make_commitment(agreement=agreement)
    assert commitment.forum.slug == "first"
    agreement.forum = make_forum("second")
    agreement.save()
    commitment.refresh_from_db()
    assert commitment.forum.slug == "second"


def test_country_with_agreements_is_not_deleted():
    make_agreement(parties=["CHN"])
    with pytest.raises(ProtectedError):
        Country.objects.get(code="CHN").delete()
