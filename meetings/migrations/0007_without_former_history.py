"""The tables of the former history, which revisions have taken over."""

from django.db import migrations

# Those of relations to many first: they point at the others.
MODELS = [
    "HistoricalCommitment_themes",
    "HistoricalMeeting_themes",
    "HistoricalAgendaItem",
    "HistoricalAgreementFigure",
    "HistoricalCommitment",
    "HistoricalCommitmentCitation",
    "HistoricalCommitmentFigure",
    "HistoricalCommitmentLineage",
    "HistoricalCommitmentParty",
    "HistoricalCoordinator",
    "HistoricalDelegate",
    "HistoricalDelegation",
    "HistoricalDueChange",
    "HistoricalFocalPoint",
    "HistoricalFollowUpHold",
    "HistoricalFollowUpPolicy",
    "HistoricalMeeting",
    "HistoricalMeetingAgreement",
    "HistoricalMeetingCitation",
    "HistoricalMeetingFigure",
    "HistoricalOrganisationFocalPoint",
    "HistoricalOutcome",
    "HistoricalProgressUpdate",
    "HistoricalScheduleChange",
]


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0006_revisions_of_the_past"),
    ]

    operations = [migrations.DeleteModel(name) for name in MODELS]
