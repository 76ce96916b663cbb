"""Whoever is not published is named in no alert and on no page of a subscription, in no language."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation

from tests.parts import ENGLISH_FIRST
from tests.site.canaries import WORD, World
from tests.site.leaks import Leaks, ask
from tests.site.subscriptions.readers import make, tomorrow
from tracker.mail.models import Delivery
from tracker.registers.plan import model_of
from tracker.site.registers import REGISTERS
from tracker.site.subscriptions import alerts, links, told
from tracker.site.subscriptions.letters import AlertWriter

LANGUAGES = ("en", "ur", "zh-hans")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World().build()
        transaction.set_rollback(True)


def follow_everything(world, language):
    """Each list, the changes, searches for what is hidden and what is not, and each record, hidden ones too."""
    address = f"{language}@example.org"
    for name in (*(register.name for register in REGISTERS), "changes"):
        make(address, name, language=language, told_version=0)
    for words in (WORD, "hub", "a"):
        make(address, "search", f"q={words}", language=language, told_version=0)
    if language == "en":
        for register in REGISTERS:
            for key in model_of(register)._base_manager.values_list("pk", flat=True)[:200]:
                make(address, register.name, record=key, language=language, told_version=0)


def test_no_alert_names_what_is_hidden(world, monkeypatch):
    leaks, told_of = Leaks(world), set()
    monkeypatch.setattr(told, "MOST_LINES", 10**6)
    for language in LANGUAGES:
        follow_everything(world, language)
    alerts.plan(tomorrow())
    deliveries = list(Delivery.objects.filter(kind=alerts.KIND))
    writer = AlertWriter(deliveries, timezone.now())
    for delivery in deliveries:
        message = writer.write(delivery)
        text = "\n".join([message.subject, message.body, *(part.content for part in message.alternatives)])
        # What a reader searched for themselves is theirs to read.
        leaks.look(text.replace(f"“{WORD}”", "").replace(f"q={WORD}", ""), f"alert {message.subject}")
        told_of |= {delivery.key.partition(":")[0]} if "newly published" in text else set()
    assert leaks.found == {}
    assert told_of == {alerts.KIND} and len(deliveries) > 100


def registers_of(record):
    return [register for register in REGISTERS if model_of(register) is type(record)]


@pytest.mark.parametrize("language", ENGLISH_FIRST)
def test_no_page_of_a_subscription_names_what_is_hidden(world, language):
    client, leaks = Client(), Leaks(world)
    followed = [(register, 0) for register in REGISTERS]
    hidden = [canary.record for canary in world.canaries.values()][:200]
    followed += [(register, record.pk) for record in hidden for register in registers_of(record)]
    subscriptions = [make("p@example.org", each.name, record=key, language=language) for each, key in followed]
    with translation.override(language):
        pages = [links.manage_link(subscriptions[0]), *(links.stop_link(each) for each in subscriptions)]
    for page in pages:
        status, body = ask(client, page, language)
        assert status == 200
        leaks.look(body, page)
    assert leaks.found == {} and len(pages) > 100


def test_form_for_what_is_hidden_says_nothing(world):
    client, leaks = Client(), Leaks(world)
    for canary in world.canaries.values():
        for register in registers_of(canary.record):
            name = getattr(canary.record, register.key)
            status, body = ask(client, f"/subscriptions/new/?list={register.name}&record={name}", "en")
            assert status in (404, 410)
            if status == 404:  # what is withdrawn is named, with the reason
                leaks.look(body, f"form of {canary.relation}")
    assert leaks.found == {}
