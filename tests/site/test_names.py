"""Whoever is not published is not named: in no relation, page, export, search, mail or calendar, in no language."""

from collections.abc import Iterable
from contextlib import contextmanager, nullcontext

import pytest
from django.apps import apps
from django.db import models, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.timezone import localdate

from agreements.models import Country, Forum, Person, Theme
from meetings.followups import answers, digest, letter, planner, sheet, sheet_mail
from meetings.followups.digest import DigestWriter
from meetings.followups.sheet_mail import SheetWriter
from meetings.models import Commitment, Coordinator, FocalPoint, Reminder
from tests.parts import ENGLISH_FIRST
from tests.registers.reading import ListPage, parse
from tests.site.canaries import FIRST, HIDDEN, LEFT_EMPTY, WORD, World, kinds
from tests.site.crawl import API, CITED_AS, api_addresses, citations, crawl_api
from tests.site.leaks import Leaks, ask
from tests.site.public_addresses import (
    ERROR_REPORTS,
    FOLLOWED,
    REPORTS,
    TABLES,
    TAKEN_AWAY,
    drawings,
    error_reports,
    files,
    lists,
    pairs,
    reports,
    told_of_all,
)
from tests.test_architecture import ROOT, product_files
from tracker.mail.models import Delivery
from tracker.records.fields import DurationField, EDTFField
from tracker.records.models import Publishable, Source
from tracker.records.models.publication import Publication
from tracker.records.public import ways_to_name
from tracker.registers import feed, keeping
from tracker.registers.listing import Listing
from tracker.registers.plan import model_of
from tracker.registers.record import json_address
from tracker.site import changes
from tracker.site.package.releases import make_release
from tracker.site.registers import CITING, REGISTERS
from tracker.site.sitemaps import SITEMAPS

LANGUAGES = ("en", "ur", "zh-hans")
GONE = {404, 410}
# They stand open to everybody, and show no record: what a signed link leads to is tried below.
WITHOUT_RECORDS = {"alive", "ready", "at-work", "follow-up", "follow-up-list", "follow-up-stop"}
OF_PROGRAMS = {"robots", "security-contact", "icon"}
OF_ACCOUNTS = {
    *("forgotten", "asked", "password", "password-set", "admin_password_reset", "second-factor", "recovery-codes"),
}
# What they show is tried in tests/site/subscriptions/test_hidden_names.py.
OF_SUBSCRIPTIONS = {f"subscription-{page}" for page in ("new", "asked", "confirm", "stop", "manage")}
WITHOUT_RECORDS |= OF_SUBSCRIPTIONS | OF_PROGRAMS | OF_ACCOUNTS | {"api-nothing-there"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World().build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def told(world):
    """The mail about all of it, in each language and whatever its length: ``{what it is: its text}``."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        for module, name in ((digest, "MOST_ITEMS"), (sheet_mail, "MOST_ROWS"), (letter, "LARGEST")):
            patch.setattr(module, name, 10**9)
        yield dict(_letters(world))
        transaction.set_rollback(True)


# The rule stands in one place, and the world is what it should be


def test_whether_something_is_public_is_asked_in_one_place():
    """Beside the rule itself, the desk, columns that are derived (by sample data too), and a mail that is about to go
    out."""
    asking = [
        path.relative_to(ROOT).as_posix()
        for path in [*product_files(), *sorted((ROOT / "templates").rglob("*.html"))]
        if "is_public" in path.read_text()
    ]
    allowed = ("tracker/records/", "tracker/site/sample/", "templates/admin/")
    known = ["agreements/models/names.py", "meetings/followups/history.py", "meetings/followups/why.py"]
    known[1:1] = ["meetings/admin/answers.py", "meetings/admin/said.py"]
    assert [path for path in asking if not path.startswith(allowed)] == known


def test_register_of_sources_knows_all_that_names_a_source():
    assert {model for model, _column, _shown in ways_to_name(Source)} == CITING.keys()


def pointing_at(kind) -> Iterable[tuple[type[models.Model], str]]:
    """The models, with the names of their columns or relations to many, that lead to a kind; found from its end."""
    for relation in kind._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.is_relation:
            yield relation.related_model, relation.field.name


@pytest.mark.parametrize("state", HIDDEN)
def test_every_relation_leads_to_a_hidden_record(world, state):
    fields = {"publish_at__isnull": "publish_at" not in HIDDEN[state], "state": HIDDEN[state]["state"]}
    missed = [
        f"{model.__name__}.{name}"
        for kind in kinds()
        for model, name in pointing_at(kind)
        if not model._base_manager.filter(**{f"{name}__{field}": value for field, value in fields.items()}).exists()
    ]
    for kind, name in rows_led_to():
        owner = f"{name}__{kind._meta.get_field(name).related_model.owner_name}"
        if not kind.objects.filter(**{f"{owner}__{field}": value for field, value in fields.items()}).exists():
            missed.append(f"{kind.__name__}.{name}")
    assert missed == []


def rows_led_to():
    """The columns by which records lead to a row of another record."""
    for kind in kinds():
        for field in kind._meta.concrete_fields:
            if field.is_relation and getattr(field.related_model, "is_row", False):
                yield kind, field.name


def texts(record):
    fields = [field for field in record._meta.concrete_fields if isinstance(field, models.CharField | models.TextField)]
    notations = EDTFField, DurationField
    return [field for field in fields if field.editable and not field.choices and not isinstance(field, notations)]


def test_every_text_of_a_hidden_record_and_of_its_rows_holds_a_canary(world):
    owned = [
        model
        for model in apps.get_models()
        if getattr(model, "is_row", False)
        and model.is_content
        and model._meta.get_field(model.owner_name).related_model in kinds()
    ]
    empty = set()
    for model in [*kinds(), *owned]:
        path = "" if issubclass(model, Publication) else f"{model.owner_name}__"
        hidden = model._base_manager.exclude(**{f"{path}state": "published"})
        for field in texts(model):
            if field.name not in LEFT_EMPTY and not hidden.filter(**{f"{field.name}__icontains": WORD}).exists():
                empty.add(f"{model.__name__}.{field.name}")
    assert empty == set()


# Pages and exports


def records(world, language):
    """All published records in English; in other languages the hub, and those beside one state of what is hidden."""
    if language == "en":
        return [record for register in REGISTERS for record in register.records(localdate())]
    return [*(world.hub[kind] for kind in (Country, Source, Theme)), *world.shown[""], *world.shown[FIRST]]


@pytest.mark.parametrize("language", ENGLISH_FIRST)
def test_no_page_and_no_export_names_what_is_hidden(world, language, monkeypatch):
    for module in (feed, changes):
        monkeypatch.setattr(module, "MOST", 10**6)
    monkeypatch.setattr(feed, "NOTED", 10**6)
    client, leaks = Client(), Leaks(world)
    shown = records(world, language)
    own = [record.get_absolute_url() for record in shown]
    addresses = [*own, *map(json_address, own), *reports(shown), *error_reports(shown)]
    addresses += [each for page in [*own, *pairs()] for each in citations(page)]
    starts = ["/", "/about/", "/api/docs/", "/pairs/", *files("pair"), *lists(), *pairs(), *told_of_all()]
    for address in [*starts, *addresses, *drawings()]:
        status, body = ask(client, address, language)
        leaks.look(body.replace(address, ""), address)
        assert status == 200 or "ZQX" in address or "/sessions/" in address
    assert leaks.found == {}


def narrowed(register):
    """The list whole, and by each value of each facet."""
    yield ""
    listing = Listing(register, QueryDict(), localdate())
    for facet in listing.facets:
        yield from (f"?{facet['name']}={option['value']}" for option in facet["options"])


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_no_feed_and_no_calendar_of_any_filter_names_what_is_hidden(world, register, monkeypatch):
    """Of all records, not only of those that changed last."""
    monkeypatch.setattr(feed, "MOST", 10**6)
    monkeypatch.setattr(feed, "NOTED", 10**6)
    client, leaks, told = Client(), Leaks(world), 0
    for query in narrowed(register):
        for kind in FOLLOWED[register.noun]:
            status, body = ask(client, reverse(f"{register.noun}-{kind}") + query, "en")
            leaks.look(body.replace("\r\n ", ""), query)
            told += body.count("<entry>") + body.count("BEGIN:VEVENT")
            assert status == 200
    assert (leaks.found, told >= register.records(localdate()).count()) == ({}, True)


def test_release_of_the_data_package_names_nothing_that_is_hidden(world, files):
    leaks, client = Leaks(world), Client()
    with transaction.atomic():
        made = [make_release(timezone.now()) for _release in range(2)]
        for address in ("data", "releases", *(("release", each.number) for each in made)):
            name, *arguments = [address] if isinstance(address, str) else address
            status, body = ask(client, reverse(name, args=arguments), "en")
            leaks.look(body, name)
            assert status == 200
        status, body = ask(client, reverse("release-differences", args=[made[1].number]), "en")
        leaks.look(body, "differences")
        transaction.set_rollback(True)
    assert (status, leaks.found) == (200, {})


@pytest.mark.parametrize("language", ENGLISH_FIRST)
def test_api_names_nobody_who_is_hidden(world, language):
    leaks, found = Leaks(world), crawl_api(Client(), language, size=200)
    for address, response in found.items():
        leaks.look(response.body.replace(address.partition("?")[0], ""), address)
    assert {response.status_code for response in found.values()} == {200}
    public = sum(register.records(localdate()).count() for register in REGISTERS)
    assert (leaks.found, len(found)) == ({}, public + len(REGISTERS) + len(API))


def test_address_of_what_is_hidden_says_nothing(world):
    client, leaks = Client(), Leaks(world)
    hidden = [canary.record for canary in world.canaries.values()] + list(world.secret.values())
    own = [record.get_absolute_url() for record in hidden if hasattr(record, "get_absolute_url")]
    forums = [reverse("forum-report", args=[forum.slug]) for forum in hidden if isinstance(forum, Forum)]
    cited = [each for page in own for each in citations(page)]
    today = [f"{page}{localdate()}{ending}" for page in own for ending in ("/", ".json")]
    past = [f"{page}{ending}" for page in own for ending in ("history/", "2020-01-01/", "2020-01-01.json")] + today
    addresses = [*own, *map(json_address, own), *cited, *past, *api_addresses(hidden), *reports(hidden), *forums]
    addresses = [*own, *map(json_address, own), *cited, *api_addresses(hidden), *reports(hidden), *forums]
    addresses += error_reports(hidden)
    for address in addresses:
        status, body = ask(client, address, "en")
        leaks.look(body.replace(address, ""), address)
        assert status in GONE, address
    assert leaks.found == {}


def names_of_addresses(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names_of_addresses(pattern.url_patterns) if pattern.namespace != "admin" else ()
        else:
            yield pattern.name


def test_every_public_address_is_looked_at():
    looked_at = {"home", "about", "search", "sitemap", "sitemap-index"}
    looked_at |= {"statistics", "compare", "changes", "calendar", *(f"statistics-{kind}" for kind in TAKEN_AWAY)}
    looked_at |= {"data", "releases", "release", "release-newest", "release-differences"}
    for noun in ("pair", *(register.noun for register in REGISTERS)):
        kinds = ("list", "detail", *TAKEN_AWAY, *FOLLOWED.get(noun, ()))
        looked_at |= {f"{noun}-{kind}" for kind in kinds} | set(TABLES.get(noun, ()))
    cited = [f"{page}-{kind}" for page in ("list", "detail") for kind in CITED_AS]
    looked_at |= {f"{register.noun}-{kind}" for register in REGISTERS for kind in ("detail-json", *cited)}
    looked_at |= {f"{page}-{kind}" for page in ("pair-detail", "source-document") for kind in CITED_AS}
    on_a_day = ("on-day", "on-day-json", *(f"on-day-{kind}" for kind in CITED_AS))
    looked_at |= {f"{register.noun}-{kind}" for register in REGISTERS for kind in on_a_day}
    looked_at |= {f"{register.noun}-history" for register in REGISTERS if issubclass(model_of(register), Publishable)}
    looked_at |= {f"api-{register.noun}-{kind}" for register in REGISTERS for kind in ("list", "detail")}
    looked_at |= {"api-root", "api-schema", "api-docs", *REPORTS, "forum-report", *ERROR_REPORTS}
    looked_at |= {f"{page}-svg" for page in ("statistics", "pair", "pair-timeline", "pair-sessions")}
    assert set(names_of_addresses(get_resolver().url_patterns)) == looked_at | WITHOUT_RECORDS


# Search and filters


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_search_finds_nothing_by_what_is_hidden(world, register):
    page = ListPage(Client().get(reverse(f"{register.noun}-list"), {"q": WORD}))
    assert (page.titles, page.count.split()[0]) == ([], "0")


@pytest.mark.parametrize("is_indexed", [False, True])
def test_search_of_everything_names_nobody_who_is_hidden(world, settings, is_indexed):
    """All that is found by the beginning of a word, with why, and by what it can be narrowed."""
    settings.INDEX_REGISTERS = is_indexed
    leaks, client, found = Leaks(world), Client(), 0
    with everything_indexed() if is_indexed else nullcontext():
        assert "0 records" in client.get("/search/", {"q": WORD}).content.decode()
        assert "Did you mean" not in client.get("/search/", {"q": f"{WORD}1"}).content.decode()
        for letter in "abcdefghijklmnopqrstuvwy0123456789":
            address = f"/search/?q={letter}"
            while address:
                response = client.get(address)
                leaks.look(response.content.decode(), address)
                page = parse(response.content.decode())
                found += len(page.findall(".//li[@class='search-result']"))
                following = page.find(".//a[@rel='next']")
                address = following is not None and f"/search/{following.get('href')}"
    assert (leaks.found, found > 200) == ({}, True)


def test_maps_for_search_engines_name_nobody_who_is_hidden(world):
    leaks = Leaks(world)
    for section in SITEMAPS:
        leaks.look(Client().get(reverse("sitemap", args=[section])).content.decode(), section)
    assert leaks.found == {}


@contextmanager
def everything_indexed():
    keeping.forget()
    for register in REGISTERS:
        keeping.prepare(register, localdate())
    yield
    keeping.forget()


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_filter_by_what_is_hidden_is_as_unknown_as_nonsense(world, register):
    hidden = [canary.record for canary in world.canaries.values()] + list(world.secret.values())
    for name, field in register.filterset({}, register.records(localdate())).form.fields.items():
        if hasattr(field, "queryset"):
            key = field.to_field_name
            values = [getattr(record, key) for record in hidden if type(record) is field.queryset.model]
            assert values and not field.queryset.filter(**{f"{key}__in": values}).exists(), name
            asked = register.filterset({name: values[:1]}, register.records(localdate()))
            assert asked.form.errors == {name: [f"“{values[0]}” is not a known value here."]}


# Mail, its calendar, and where its links lead


def in_charge(language):
    return Person.objects.create(
        slug=f"in-charge-{language}",
        name=f"Reader {language}",
        email=f"{language}@example.org",
        language=language,
        send_hour=0,
        working_week=Person.WorkingWeek.EVERY_DAY,
    )


def _letters(world):
    now = timezone.now()
    for language in LANGUAGES:
        person = in_charge(language)
        for commitment in (each for each in records(world, language) if isinstance(each, Commitment)):
            FocalPoint.objects.create(commitment=commitment, person=person)
        for forum in (None, *Forum.objects.all()) if language == "en" else (None, world.hub[Forum]):
            Coordinator.objects.create(forum=forum, person=person)
    planner.plan_digests(now)
    planner.plan_sheets(now)
    for delivery in Delivery.objects.unsent():
        writer = {digest.KIND: DigestWriter, sheet.KIND: SheetWriter}[delivery.kind]([delivery], now)
        message = writer.write(delivery)
        parts = [message.subject, message.body, *(part.content for part in message.alternatives)]
        files = [
            content if isinstance(content, str) else content.decode() for _name, content, _type in message.attachments
        ]
        yield f"{delivery.key} {message.to}", "\n".join([*parts, *files])


def test_no_mail_names_what_is_hidden(world, told):
    leaks = Leaks(world)
    for what, text in told.items():
        leaks.look(text, what)
    assert leaks.found == {}
    kinds_of_mail = {what.partition(":")[0] for what in told}
    assert kinds_of_mail == {digest.KIND, sheet.KIND}
    assert any("BEGIN:VEVENT" in text for text in told.values())


def test_no_answer_page_names_what_is_hidden(world, told):
    client, leaks = Client(), Leaks(world)
    for reminder in Reminder.objects.filter(commitment__isnull=False):
        address = answers.link(reminder)
        _status, body = ask(client, address, reminder.person.language)
        leaks.look(body, f"answer page of {reminder}")
    assert leaks.found == {}


def test_no_page_with_all_that_a_message_says_names_what_is_hidden(world, told):
    client, leaks, opened = Client(), Leaks(world), set()
    for delivery in Delivery.objects.unsent().filter(kind=digest.KIND):
        person = delivery.reminders.first().person
        status, body = ask(client, answers.list_link(delivery, person), person.language)
        leaks.look(body, f"list of {delivery}")
        opened |= {person.language} if status == 200 else set()
    assert leaks.found == {}
    assert opened == set(LANGUAGES)
