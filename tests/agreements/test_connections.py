"""What belongs together says so on both pages: one act, founding, succession, conveners, amounts before."""

import pytest
from django.utils import translation

from agreements.models import AgreementEvent, AgreementRelation
from meetings.models import AgreementFigure, CommitmentLineage
from tests.agreements.test_pages import entries, facts, open_page
from tests.factories import make_agreement, make_country, make_forum, make_organisation, make_person, make_working_group
from tests.registers.reading import ListPage, words

pytestmark = pytest.mark.django_db


def act_lines(client, agreement):
    timeline = open_page(client, agreement).findall(".//section[@aria-labelledby='events']//p")
    return [words(line) for line in timeline if "By the same act" in words(line)]


def test_one_act_on_several_records_stands_on_each_of_them(client):
    one, two, three, hidden = (make_agreement(title=title) for title in ("One", "Two", "Three", "Hidden"))
    for agreement in (one, two, hidden):
        AgreementEvent.objects.create(agreement=agreement, kind="signed", on="2020-01-01", act="ceremony")
    AgreementEvent.objects.create(agreement=two, kind="exchanged", on="2020-01-01", act="ceremony")
    AgreementEvent.objects.create(agreement=three, kind="signed", on="2020-01-01")
    hidden.state = "draft"
    hidden.save()
    assert act_lines(client, one) == ["By the same act: Two"]
    assert act_lines(client, two) == ["By the same act: One"] * 2
    assert act_lines(client, three) == []


def test_event_of_a_person_names_them(client):
    agreement = make_agreement()
    AgreementEvent.objects.create(agreement=agreement, kind="signed", person=make_person("Xiao Yaqing"))
    assert words(open_page(client, agreement).find(".//p[@class='timeline-title']")) == "signature: Xiao Yaqing"


def test_figure_shows_the_amount_before(client):
    agreement = make_agreement()
    AgreementFigure.objects.create(agreement=agreement, what="trade", amount=22000, previous_amount=19000, unit="USD")
    assert entries(open_page(client, agreement), "figures") == ["22,000 USD: trade 19,000 before"]


def test_successors_of_forums_and_groups_stand_on_both_pages(client):
    for make, hidden in ((make_forum, make_forum), (make_working_group, make_working_group)):
        old, new = make(name="Old"), make(name="New")
        old.successors.add(new, hidden(name="Hidden", state="draft"))
        assert entries(open_page(client, old), "succession") == ["succeeded by New"]
        assert entries(open_page(client, new), "succession") == ["succeeds Old"]


def test_organisation_names_what_it_runs_and_what_belongs_to_it(client):
    ministry = make_organisation("ministry", name="Ministry", country=make_country("PAK"))
    make_organisation("board", name="Board", parent=ministry)
    forum = make_forum("jec", ["PAK"], name="Commission", secretariat=ministry)
    make_forum(name="Itself", organisation=ministry)
    make_working_group("it", name="IT group", forum=forum, convener=ministry)
    page = open_page(client, ministry)
    found = {name: entries(page, name) for name in ("secretariat-of", "groups", "divisions")}
    assert found == {
        "secretariat-of": ["Commission joint economic commission"],
        "groups": ["IT group Commission"],
        "divisions": ["Board ministry"],
    }
    assert facts(page)["Forum"] == "Itself"


def test_adopted_declaration_says_when_and_is_not_called_signed(client):
    declaration = make_agreement(title="Declaration", type="declaration")
    AgreementEvent.objects.create(agreement=declaration, kind="adopted", on="2023-06-01")
    page = open_page(client, declaration)
    found = facts(page)
    assert (found["Adopted"], "Signed" in found, found["Type"]) == ("1 June 2023", False, "Declaration")
    found = ListPage(client.get("/agreements/?status=adopted&signed_after=2023-06&signed_before=2023-06"))
    assert [words(cell) for cell in found.all(".//td")] == ["China, Pakistan", "adopted 1 June 2023", "Adopted", ""]


@pytest.mark.parametrize("kind", ["intent", "declaration", "strategy", "arrangement"])
def test_each_new_type_can_be_chosen_and_found(client, kind):
    make_agreement(type=kind, title="Paper")
    make_agreement()
    assert ListPage(client.get(f"/agreements/?type={kind}")).titles == ["Paper"]


def test_presidencies_stand_in_order_and_the_present_one_is_marked(client):
    forum = make_forum()
    terms = {"PAK": "2000/2199", "BHR": "../1980-01-31", "SAU": "1971-04-13/", "JOR": "1980"}
    for code, term in terms.items():
        forum.presidencies.create(country=make_country(code, name=code.title()), term=term)
    assert [entry.split(": ")[1] for entry in entries(open_page(client, forum), "presidencies")] == [
        "Sau",
        "Bhr",
        "Jor",
        "Pak now",
    ]


def test_relation_in_urdu_has_the_name_before_the_verb(client):
    one, other = make_agreement(title="One"), make_agreement(title="Other & more")
    other.relations.create(kind="replaces", other=one)
    with translation.override("ur"):
        assert entries(open_page(client, other), "links") == ["One کی جگہ لیتا ہے"]
        assert entries(open_page(client, one), "links") == ["Other & more اس کی جگہ لیتا ہے"]


@pytest.mark.parametrize("relation", [AgreementRelation, CommitmentLineage])
def test_relation_of_each_kind_is_a_sentence_on_either_page(relation):
    with translation.override("en"):
        for kind in relation.Kind:
            here, there = (str(sentence) % {"other": "X"} for sentence in relation.SENTENCES[kind])
            assert (here, there.rpartition(" this ")[0]) == (f"{kind.label} X", f"X {kind.label}")
