"""An error that a reader reports: from the foot of the record to the desk, and an answer by mail."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.admin.conftest import logged_in, make_user
from tests.factories import make_agreement, make_organisation, make_source
from tests.registers import world
from tests.registers.reading import parse, words
from tests.site.api.test_throttling import cache_at
from tests.site.packages import withdraw
from tests.site.reporting import TYPED, open_form, report, send_mail
from tests.site.secrets import HIDDEN, add
from tracker.mail.models import Delivery
from tracker.records.models import DataVersion, one_change
from tracker.site import counting
from tracker.site.error_reports.answering import answer
from tracker.site.error_reports.models import ErrorReport
from tracker.site.registers import REGISTERS

pytestmark = pytest.mark.django_db

ADDRESS = "/report-an-error/agreements/AGR-0001/"


@pytest.fixture
def editor(db):
    return logged_in(make_user("editor", "editor"))


@pytest.fixture
def agreement():
    return make_agreement(title="Cable treaty")


def kept():
    fields = ("kind", "record", "name", "text", "source_url", "email", "language", "state")
    return list(ErrorReport.objects.values_list(*fields))


def messages(response):
    """What stands out on the page: at the top and beside the fields."""
    page = parse(response.content.decode())
    found = page.findall(".//div[@role='alert']/p") + page.findall(".//p[@class='field-error']/span")
    return [words(each) for each in found]


def typed_in(response):
    page = parse(response.content.decode())
    texts = {each.get("name"): (each.text or "").replace("\r\n", "\n") for each in page.iter("textarea")}
    return texts | {each.get("name"): each.get("value", "") for each in page.findall(".//div[@class='field']/input")}


def test_report_reaches_the_desk_with_what_was_typed_and_the_data_that_were_seen(client, agreement):
    seen = DataVersion.current()
    sent = open_form(ADDRESS) | TYPED | {"source_url": "example.org/act", "email": "amina@example.org"}
    with one_change():
        make_organisation()
    response = client.post(ADDRESS, sent)
    assert (response.status_code, response["Location"]) == (302, f"{ADDRESS}received/")
    text = "It was signed in Lahore.\nNot in Karachi."
    record = "agreements.agreement", agreement.pk, "AGR-0001"
    assert kept() == [(*record, text, "https://example.org/act", "amina@example.org", "en", "new")]
    found = ErrorReport.objects.get()
    assert (found.data_version, seen < DataVersion.current()) == (seen, True)
    assert abs(found.received_at - timezone.now()) < timedelta(minutes=1)
    thanks = client.get(response["Location"])
    assert "It is with the editors." in words(parse(thanks.content.decode()))
    assert not client.cookies


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_every_record_leads_from_its_foot_to_the_form_about_it(client, register):
    world.build()
    record = register.records(localdate()).first()
    page = parse(client.get(record.get_absolute_url()).content.decode())
    (link,) = [each.get("href") for each in page.iter("a") if "/report-an-error/" in (each.get("href") or "")]
    assert link == f"/report-an-error/{register.name}/{getattr(record, register.key)}/"
    form = client.get(link)
    assert (form.status_code, form["Cache-Control"]) == (200, "private, no-store")
    back = [each.get("href") for each in parse(form.content.decode()).find(".//main").iter("a")]
    assert back == [record.get_absolute_url()]
    assert report(link).status_code == 302
    assert kept()[0][:3] == (record._meta.label_lower, record.pk, getattr(record, register.key))


def test_page_of_the_form_is_never_kept_in_memory(client, agreement, settings, monkeypatch):
    settings.CACHE_PAGES_BYTES = 1024 * 1024
    pages = [Client().get(ADDRESS) for _time in range(2)]
    assert pages[0].content != pages[1].content and "ETag" not in pages[0]
    assert pages[0]["X-Robots-Tag"] == "noindex, nofollow"
    assert b"Disallow: /ur/report-an-error/" in client.get("/robots.txt").content


def test_report_is_taken_without_a_cookie_where_forms_are_checked(agreement):
    strict = Client(enforce_csrf_checks=True)
    assert report(ADDRESS, strict).status_code == 302 and not strict.cookies
    sent = open_form(ADDRESS) | TYPED
    refused = strict.post(ADDRESS, sent, headers={"sec-fetch-site": "cross-site"})
    assert messages(refused) == [
        "The form came from a page of another site. Please look it over, and send it once more from here."
    ]
    assert len(kept()) == 1


WRONG = {
    "no text": ({"text": " "}, ["Say what is wrong."]),
    "a long text": (
        {"text": "x" * 2001},
        ["This is too long: 2000 characters are the most that can be taken."],
    ),
    "no web address": ({"source_url": "ftp//x y"}, ["Enter a valid URL."]),
    "a script as an address": ({"source_url": "javascript:alert(1)"}, ["Enter a valid URL."]),
    "no mail address": ({"email": "amina at home"}, ["Not an e-mail address: 'amina at home'"]),
    "two mail addresses": (
        {"email": "a@example.org,b@example.org"},
        ["Not an e-mail address: 'a@example.org,b@example.org'"],
    ),
    "a header in the address": ({"email": "a@example.org\nBcc: b@example.org"}, None),
}


@pytest.mark.parametrize(("typed", "said"), WRONG.values(), ids=WRONG)
def test_report_with_a_mistake_comes_back_with_all_that_was_typed(agreement, typed, said):
    sent = TYPED | {"email": "amina@example.org", "source_url": "https://example.org/act"} | typed
    response = report(ADDRESS, **sent)
    assert (response.status_code, kept()) == (200, [])
    if said is not None:
        assert messages(response)[1:] == said
        given_back = {name: text.replace("\r\n", "\n") for name, text in sent.items()}
        assert typed_in(response) == given_back


def test_text_with_as_many_letters_as_the_page_says_is_taken_however_its_lines_end(agreement):
    assert report(ADDRESS, text="x\r\n" * 999 + "yy").status_code == 302


@pytest.mark.parametrize("trick", [{"homepage": "x"}, {"opened": "no mark"}])
def test_report_that_a_program_sent_comes_back_with_what_was_typed(agreement, trick):
    response = report(ADDRESS, **trick)
    assert (response.status_code, kept()) == (200, [])
    assert typed_in(response)["text"] == "It was signed in Lahore.\nNot in Karachi."
    assert len(messages(response)) == 1


def test_report_beyond_the_limit_comes_back_with_what_was_typed_and_says_when(agreement, settings, valkey, monkeypatch):
    settings.CACHES = cache_at(valkey)
    monkeypatch.setattr(counting, "_valkey", counting.Away())
    settings.OPEN_FORMS_PER_HOUR = 2
    answers = [report(ADDRESS) for _time in range(3)]
    assert [each.status_code for each in answers] == [302, 302, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 3600
    assert typed_in(answers[2])["text"] == "It was signed in Lahore.\nNot in Karachi."
    assert len(kept()) == 2


def test_form_sent_twice_is_one_report(client, agreement):
    sent = open_form(ADDRESS) | TYPED
    assert [client.post(ADDRESS, sent).status_code for _time in range(2)] == [302, 302]
    assert len(kept()) == 1


def test_form_changed_and_sent_again_is_another_report(client, agreement):
    sent = open_form(ADDRESS) | TYPED
    for text in ("First text.", "One more thing."):
        assert client.post(ADDRESS, sent | {"text": text}).status_code == 302
    texts = ErrorReport.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["First text.", "One more thing."]


def test_markup_in_a_report_is_text_on_every_page(client, editor, agreement):
    text = "<script>alert(1)</script><b>&amp;"
    sent = {"text": text, "email": '"><script>x</script>', "source_url": '"><img src=x>'}
    response = report(ADDRESS, **sent)
    assert b"<script>alert" not in response.content and b"<img src=x" not in response.content
    assert typed_in(response)["text"] == text
    report(ADDRESS, text=text)
    (found,) = ErrorReport.objects.all()
    for page in ("", f"{found.pk}/change/"):
        drawn = editor.get(f"/admin/site/errorreport/{page}").content.decode()
        assert "<script>alert" not in drawn and "&lt;script&gt;alert(1)" in drawn


@pytest.mark.parametrize("method", ["get", "post"])
def test_hidden_record_is_answered_like_one_that_does_not_exist(client, method):
    world.build()
    hidden = [record for tag, fields in HIDDEN.items() if tag != "withdrawn" for record in add(fields, tag).values()]
    registers = {register.records(localdate()).model: register for register in REGISTERS}
    for record in hidden:
        register = registers[type(record)]
        name, nothing = getattr(record, register.key), "ZZZ-0000"
        answers = []
        for each in (name, nothing):
            address = f"/report-an-error/{register.name}/{each}/"
            for page in (address, f"{address}received/"):
                response = getattr(client, method)(page, TYPED)
                assert response.status_code in (404, 405)
                answers.append(response.content.decode().replace(each, "…").replace(each.lower(), "…"))
        assert answers[:2] == answers[2:]
    assert kept() == []


def test_withdrawn_record_is_answered_like_its_own_page(client, agreement):
    withdraw(agreement, withdrawal_reason="It was a misreading.")
    own, form = client.get("/agreements/AGR-0001/"), client.get(ADDRESS)
    assert (own.status_code, form.status_code) == (410, 410)
    assert words(parse(own.content.decode()).find(".//main")) == words(parse(form.content.decode()).find(".//main"))
    assert "Cable" not in form.content.decode()


def test_former_name_and_other_case_lead_to_the_form(client, agreement):
    organisation = make_organisation("old-name")
    with one_change():
        organisation.slug = "new-name"
        organisation.save()
    moved = [client.get(f"/ur/report-an-error/{each}/") for each in ("organisations/old-name", "agreements/agr-0001")]
    assert [(each.status_code, each["Location"]) for each in moved] == [
        (301, "/ur/report-an-error/organisations/new-name/"),
        (301, "/ur/report-an-error/agreements/AGR-0001/"),
    ]


@pytest.mark.parametrize("address", ["/report-an-error/", "/report-an-error/nothing/AGR-0001/"])
def test_form_about_nothing_is_not_there(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("sent", "is_present"), [("5", False), ("99999999", True), ("-1", True), ("x" * 20, True)])
def test_data_version_that_a_form_names_is_never_one_still_to_come(agreement, sent, is_present):
    with one_change():
        for _time in range(9):
            DataVersion.bump()
    report(ADDRESS, data_version=sent)
    assert ErrorReport.objects.get().data_version == (DataVersion.current() if is_present else 5)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("prefix", "language", "lines"),
    [
        ("", "en", ["Your report of an error, AGR-0001", "An editor answers:"]),
        ("/ur", "ur", None),
        ("/zh-hans", "zh-hans", None),
    ],
)
def test_answer_goes_out_in_the_language_of_the_report_as_text_and_html(editor, smtp_sink, prefix, language, lines):
    make_agreement(title="Cable treaty")
    report(prefix + ADDRESS, email="amina@example.org")
    (found,) = ErrorReport.objects.all()
    sent = {"answer": "You are right: <Lahore>.\nThank you.", "_send": "1"}
    response = editor.post(f"/admin/site/errorreport/{found.pk}/change/", sent)
    assert response.status_code == 302
    found.refresh_from_db()
    assert (found.state, found.handled_by, found.language) == ("answered", editor.user, language)
    assert send_mail() == {"sent": 1}
    (received,) = smtp_sink.messages
    mail = received.message
    assert received.recipients == ("amina@example.org",)
    delivery = Delivery.objects.get()
    assert (mail["Message-ID"], delivery.key) == (delivery.message_id, f"error-report:{found.pk}")
    text, html = (mail.get_body([kind]).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    assert "You are right: <Lahore>.\nThank you." in text and "It was signed in Lahore.\nNot in Karachi." in text
    assert f"http://testserver{prefix}/agreements/AGR-0001/" in text
    assert "You are right: &lt;Lahore&gt;.<br>Thank you." in html and f'lang="{language}"' in html
    assert "Cable treaty" in text and "Cable treaty" in html
    for line in lines or ():
        assert line in [mail["Subject"], *text.splitlines()] or line in text
    if language != "en":
        assert "error" not in mail["Subject"] and "An editor answers" not in text + html
    assert send_mail() == {}


@pytest.mark.django_db(transaction=True)
def test_answer_about_a_record_that_is_hidden_by_then_does_not_name_it(editor, smtp_sink):
    agreement = make_agreement(title="Cable treaty")
    report(ADDRESS, email="amina@example.org")
    (found,) = ErrorReport.objects.all()
    answer(found, "It was withdrawn.", editor.user, timezone.now())
    withdraw(agreement)
    assert send_mail() == {"sent": 1}
    (received,) = smtp_sink.messages
    assert b"Cable" not in received.content and b"/agreements/" not in received.content
    assert "a record, AGR-0001." in received.message.get_body(["plain"]).get_content()


def test_form_about_a_source_that_nothing_public_cites_is_not_there(client):
    world.build()
    source = make_source(slug="uncited")
    assert client.get(f"/report-an-error/sources/{source.slug}/").status_code == 404
