"""The tables of the former history, which revisions have taken over."""

from django.db import migrations

# Those of relations to many first: they point at the others.
MODELS = [
    "HistoricalAgreement_themes",
    "HistoricalForum_lead_organisations",
    "HistoricalForum_successors",
    "HistoricalOrganisation_successors",
    "HistoricalWorkingGroup_successors",
    "HistoricalWorkingGroup_themes",
    "HistoricalAbsence",
    "HistoricalAgreement",
    "HistoricalAgreementCitation",
    "HistoricalAgreementEvent",
    "HistoricalAgreementParty",
    "HistoricalAgreementRelation",
    "HistoricalAgreementTitle",
    "HistoricalCountry",
    "HistoricalForum",
    "HistoricalForumCitation",
    "HistoricalForumName",
    "HistoricalMembership",
    "HistoricalOrganisation",
    "HistoricalOrganisationCitation",
    "HistoricalOrganisationName",
    "HistoricalPerson",
    "HistoricalPresidency",
    "HistoricalTheme",
    "HistoricalWorkingGroup",
    "HistoricalWorkingGroupCitation",
    "HistoricalWorkingGroupName",
    "HistoricalWorkingGroupStage",
]


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0003_moment_of_publication"),
        ("meetings", "0006_revisions_of_the_past"),
    ]

    operations = [migrations.DeleteModel(name) for name in MODELS]
