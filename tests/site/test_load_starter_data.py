"""Loading the starter data: all or nothing, into an empty database, with errors that name the file and the record."""

from pathlib import Path
from textwrap import dedent

import pytest
from django.core.management import CommandError, call_command

from agreements.models import Agreement, Country, Forum, Organisation
from meetings.models import Commitment, Meeting
from tests.factories import make_country
from tracker.records.models import DataVersion, Revision, Source

pytestmark = pytest.mark.django_db

COUNTRIES = """
- model: agreements.country
  fields: {code: CHN, alpha2: CN, name: China}
- model: agreements.country
  fields: {code: PAK, alpha2: PK, name: Pakistan}
"""
SOURCES = """
- model: records.source
  fields: {slug: report, title: Report}
"""
AGREEMENT = """
- model: agreements.agreement
  fields: {reference: AGR-0007, title: Memorandum, type: mou, state: published}
- model: agreements.agreementparty
  fields: {agreement: [AGR-0007], country: [CHN]}
- model: agreements.agreementparty
  fields: {agreement: [AGR-0007], country: [PAK]}
- model: agreements.agreementevent
  fields: {agreement: [AGR-0007], kind: signed, 'on': 2020-05}
- model: agreements.agreementcitation
  fields: {record: [AGR-0007], source: [report]}
"""

AGREEMENT_ONLY = """
- model: agreements.agreement
  fields: {reference: AGR-0001, title: Memorandum, type: mou}
"""


@pytest.fixture
def fixtures(settings, tmp_path):
    """Writes the fixtures that the command will find, by name."""
    settings.FIXTURE_DIRS = [tmp_path]

    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")

    return write


def nothing_loaded():
    models = (Country, Source, Organisation, Forum, Agreement, Meeting, Commitment)
    return [model._meta.label for model in models if model.objects.exists()] == [] and DataVersion.current() == 0


@pytest.fixture(autouse=True)
def _fresh_version():
    DataVersion.objects.update(number=0)


def refusal(*arguments):
    with pytest.raises(CommandError) as error:
        call_command("load_starter_data", *arguments)
    return str(error.value)


def test_command_loads_all_files_in_order_and_derives_what_follows(fixtures, capsys):
    fixtures(b_sources=SOURCES, a_countries=COUNTRIES, c_agreements=AGREEMENT)
    call_command("load_starter_data")
    agreement = Agreement.objects.get(reference="AGR-0007")
    assert sorted(agreement.countries.values_list("code", flat=True)) == ["CHN", "PAK"]
    assert (agreement.signed, str(agreement.signed_latest)) == ("2020-05", "2020-05-31")
    assert list(agreement.status_periods.values_list("status", flat=True)) == ["signed"]
    (revision,) = Revision.objects.of(agreement)
    assert len(revision.content["rows"]["agreements.agreementparty"]) == 2
    assert capsys.readouterr().out == "Loaded 8 rows.\n"
    assert Agreement.objects.create(title="Next", type="mou").reference == "AGR-0008"


def test_command_when_there_are_data_refuses(fixtures):
    fixtures(a_countries=COUNTRIES)
    make_country("UZB")
    assert refusal() == "The database holds data already; the starter data are for an empty one."
    assert list(Country.objects.values_list("code", flat=True)) == ["UZB"]


def test_command_if_empty_when_there_are_data_is_silent(fixtures, capsys):
    fixtures(a_countries=COUNTRIES)
    make_country("UZB")
    call_command("load_starter_data", "--if-empty")
    assert (capsys.readouterr().out, Country.objects.count()) == ("", 1)


def test_command_if_empty_when_the_database_is_empty_loads(fixtures):
    fixtures(a_countries=COUNTRIES)
    call_command("load_starter_data", "--if-empty")
    assert Country.objects.count() == 2


# name: (text of the second file, what the message must name)
BROKEN = {
    "not YAML": ("- model: [unclosed", ["expected ',' or ']'"]),
    "not a list": ("model: records.source", ["list of rows"]),
    "a list of words": ("- source\n- agreement", ["list of rows"]),
    "unknown model": ("- model: records.sauce\n  fields: {slug: x}", ["row 1", "records.sauce"]),
    "no model": ("- fields: {slug: x}", ["not a list of rows"]),
    "no fields": ("- model: records.source", ["not a list of rows"]),
    "unknown field": ("- model: records.source\n  fields: {slug: x, colour: red}", ["colour"]),
    "unknown country": (
        "- model: agreements.organisation\n  fields: {slug: x, name: X, kind: agency, country: [XXX]}",
        ["XXX", "organisation"],
    ),
    "bad choice": (
        "- model: agreements.organisation\n  fields: {slug: navy, name: Navy, kind: boat}",
        ["organisation navy", "Value 'boat' is not a valid choice."],
    ),
    "bad date": (
        "- model: records.source\n  fields: {slug: leap, published_on: 2021-02-30x}",
        ["source leap", "“2021-02-30x” is not a date we can read."],
    ),
    "bad address": (
        "- model: records.source\n  fields: {slug: odd, url: 'javascript:alert(1)'}",
        ["source odd", "Enter a valid URL."],
    ),
    "the same slug twice": (SOURCES + SOURCES, ["row 2", "source report", "There is one of this name already."]),
    "a rule of the database": (
        "- model: agreements.agreement\n  fields: {reference: AGR-0001, title: X, type: mou, count: 0}",
        ["agreement AGR-0001", "agreement_counts_something"],
    ),
    "dates that contradict each other": (
        """
        - model: agreements.forum
          fields: {slug: jec, name: JEC, kind: jec}
        - model: agreements.membership
          fields: {forum: [jec], country: [PAK], joined: '2020', left: '2018'}
        """,
        ["membership", "membership_ends_after_start"],
    ),
    "a commitment made nowhere": (
        "- model: meetings.commitment\n  fields: {reference: COM-0001, title: X, strength: agreed}",
        ["commitment COM-0001", "commitment_has_meeting_or_agreement"],
    ),
    "a bad number": (
        "- model: agreements.agreement\n  fields: {reference: AGR-0001, title: X, type: mou, count: many}",
        ["agreement AGR-0001", "“many” value must be an integer"],
    ),
    "a bad reference": (
        "- model: agreements.agreement\n  fields: {reference: FIVE, title: X, type: mou}",
        ["agreement FIVE", "A reference is written AGR-0001."],
    ),
    "a reference of another kind": (
        "- model: agreements.agreement\n  fields: {reference: MTG-0001, title: X, type: mou}",
        ["agreement MTG-0001", "A reference is written AGR-0001."],
    ),
    "the same reference twice": (AGREEMENT_ONLY + AGREEMENT_ONLY, ["row 2, agreement AGR-0001", "already"]),
    "a date without quotes that YAML reads as a switch": (
        AGREEMENT_ONLY
        + "- model: agreements.agreementevent\n  fields: {agreement: [AGR-0001], kind: signed, on: 2020-05}",
        ["row 2, agreementevent", "True"],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_command_with_a_broken_fixture_names_file_and_record_and_loads_nothing(fixtures, name):
    text, expected = BROKEN[name]
    fixtures(a_countries=COUNTRIES, b_broken=text, c_agreements=SOURCES + AGREEMENT)
    message = refusal()
    assert message.startswith("b_broken.yaml")
    assert [words for words in expected if words not in message] == [], message
    assert nothing_loaded()


def test_command_with_a_published_record_without_citation_names_it_and_loads_nothing(fixtures):
    bare = (
        "- model: agreements.organisation\n  fields: {slug: x, name: Ministry of X, kind: ministry, state: published}"
    )
    fixtures(a_countries=COUNTRIES, b_bare=bare)
    assert refusal() == "Ministry of X is published without a citation."
    assert nothing_loaded()


def test_command_with_a_draft_without_citation_loads_it(fixtures):
    draft = "- model: agreements.organisation\n  fields: {slug: x, name: X, kind: ministry}"
    fixtures(a_countries=COUNTRIES, b_draft=draft)
    call_command("load_starter_data")
    assert Organisation.objects.get().state == "draft"


def test_command_with_an_empty_file_loads_the_others(fixtures):
    fixtures(a_countries=COUNTRIES, b_empty="# nothing yet\n")
    call_command("load_starter_data")
    assert Country.objects.count() == 2


def test_fixtures_that_the_command_finds_are_those_of_the_repository(settings):
    assert Path(settings.FIXTURE_DIRS[0]) == Path(settings.BASE_DIR, "fixtures")
