"""A database of the former version: its months become periods, its history too, and what is derived follows."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from agreements.models import Agreement, AgreementEvent, AgreementStatusPeriod, WorkingGroup
from tests.factories import make_agreement, make_forum, make_organisation, make_working_group
from tracker.records.models import Revision

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("agreements", "0010_claims_on_parts")]
LIVES = {
    "runs out": ["in_force 2018-01-01"],
    "agreed": ["negotiated 2015", "concluded 2017-01-10"],
    "resumed": ["signed 2018-01-01", "paused 2019-01-01", "resumed 2020-01-01"],
    "extended": ["in_force 2018-01-01", "extended 2020-01-01"],
    "revived": ["in_force 2018-01-01", "expired 2023-01-01", "extended 2023-03-01"],
    "undated": ["in_force", "terminated", "signed 2017"],
    "planned": ["signed 2017", "planned in_force 2019", "planned ratified 2018", "planned amended 2030"],
    "happened": ["signed 2017", "planned signed 2016-05", "in_force 2018", "planned signed 2020"],
}


@pytest.fixture
def newest():
    """The database has its newest tables again when the test ends."""
    yield
    migrate()


def migrate(targets=None):
    """Migrate there, else to the newest state; return the models of a former one."""
    executor = MigrationExecutor(connection)
    state = executor.migrate(targets or executor.loader.graph.leaf_nodes())
    return state.apps if targets else None


def add_events(agreement):
    for said in LIVES[agreement.title]:
        *planned, kind, on = said.split() if " " in said else (said, "")
        AgreementEvent.objects.create(agreement=agreement, kind=kind, on=on, is_planned=bool(planned))
    *_rest, last = agreement.events.order_by("pk")
    if agreement.title == "happened":
        last.previous_target = agreement.events.get(on="2016-05")
        last.save()


def derived():
    names = ("signed_or_adopted", "signed_or_adopted_earliest", "signed_or_adopted_latest", "target_kind", "target")
    periods = AgreementStatusPeriod.objects.order_by("agreement", "start")
    return (
        list(Agreement.objects.order_by("pk").values_list("pk", *names, "target_earliest", "target_latest")),
        list(AgreementEvent.objects.order_by("pk").values_list("pk", "is_open")),
        list(periods.values_list("agreement", "status", "start", "end")),
        list(WorkingGroup.objects.order_by("pk", "countries").values_list("pk", "countries")),
    )


def test_migration_turns_months_into_periods_in_the_history_too_and_derives_by_the_new_rules(newest):
    periods = dict(zip(LIVES, ["P1Y6M", "P3Y", "P18D", "", "P0D", "P1M", "P1Y", "P2Y"], strict=True))
    for title in LIVES:
        agreement = make_agreement(title=title, validity=periods[title], notice="P6M")
        add_events(agreement)
    make_working_group(forum=make_forum(members=["CHN", "PAK"]))
    make_working_group(forum=make_forum(members=["CHN", "PAK"], state="draft"))
    make_organisation()
    limited = Agreement.objects.get(title="runs out")
    limited.validity = "P2Y"
    limited.save()
    expected, revisions = derived(), list(Revision.objects.order_by("pk").values_list("pk", "content"))
    former = migrate(BEFORE)
    model = former.get_model("agreements", "Agreement")
    months = dict(model.objects.values_list("title", "validity_months"))
    assert months == dict(zip(LIVES, [24, 36, None, None, 0, 1, 12, 24], strict=True))
    assert set(model.objects.values_list("notice_months", flat=True)) == {6}
    former.get_model("agreements", "AgreementStatusPeriod").objects.update(status="unknown")
    WorkingGroup.countries.through.objects.all().delete()
    migrate()
    assert derived() == expected
    found = {**dict(Agreement.objects.values_list("title", "validity")), "resumed": "P18D"}
    assert found == {**periods, "runs out": "P2Y"}
    assert set(Agreement.objects.values_list("notice", flat=True)) == {"P6M"}
    for (_key, before), (_same, after) in zip(
        revisions, Revision.objects.order_by("pk").values_list("pk", "content"), strict=True
    ):
        if before.get("fields", {}).get("validity") == "P18D":  # months cannot say it
            before["fields"]["validity"] = ""
        assert after == before
