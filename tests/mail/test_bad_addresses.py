"""A bad address costs nobody else their mail, injects nothing, and is written to no more until somebody says so."""

from datetime import timedelta

import pytest

from tests.mail.writers import NOW, State, make_delivery, recipients, run, states, writer
from tracker.mail.messages import OutgoingMessage
from tracker.mail.models import Delivery, RefusedAddress

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "x" * 400
MALFORMED = {
    "": "There is no e-mail address.",
    "nobody": "Not an e-mail address: 'nobody'",
    "a b@example.org": "Not an e-mail address: 'a b@example.org'",
    "a@example.org, b@example.org": "Not an e-mail address: 'a@example.org, b@example.org'",
    "a@example.org,b@example.org": "Not an e-mail address: 'a@example.org,b@example.org'",
    "a@example.org;b@example.org": "Not an e-mail address: 'a@example.org;b@example.org'",
    "a@example.org\r\nBcc: b@example.org": r"Not an e-mail address: 'a@example.org\r\nBcc: b@example.org'",
    "a@example.org\nSubject: x": r"Not an e-mail address: 'a@example.org\nSubject: x'",
    "a@example.org>\r\nDATA": r"Not an e-mail address: 'a@example.org>\r\nDATA'",
    "a\x00@example.org": r"Not an e-mail address: 'a\x00@example.org'",
    '"a\x01b"@example.org': r"""Not an e-mail address: '"a\x01b"@example.org'""",
    "A <a@example.org>": "Not an e-mail address: 'A <a@example.org>'",
    "<a@example.org>": "Not an e-mail address: '<a@example.org>'",
    "a@-": "Not an e-mail address: 'a@-'",
    "a@example..org": "Not an e-mail address: 'a@example..org'",
    "@example.org": "Not an e-mail address: '@example.org'",
    f"{'x' * 65}@example.org": f"Not an e-mail address: '{'x' * 65}@example.org'",
    f"{LONG}@example.org": f"Not an e-mail address: '{'x' * 100}…'",
    "اے@example.org": "Before the @, an address may only have Latin letters without accents: 'اے@example.org'",
    "jürgen@münchen.example": (
        "Before the @, an address may only have Latin letters without accents: 'jürgen@münchen.example'"
    ),
}


def test_relay_when_addresses_are_malformed_gives_them_up_injects_nothing_and_sends_the_others(smtp_sink):
    addresses = {f"bad{number}": address for number, address in enumerate(MALFORMED)}
    addresses |= {"good": "good@example.org", "idn": "info@münchen.example", "quoted": "o'neil+x@example.org"}

    def write(self, delivery):
        return OutgoingMessage("About it", "Please tell us.", to=[addresses[delivery.key]])

    for key in addresses:
        make_delivery(key, recipient=f"person:{key}")
    assert run(writer(write=write)) == {"dead": len(MALFORMED), "sent": 3}
    found = {addresses[key]: error for key, error in Delivery.objects.dead().values_list("key", "error")}
    assert found == MALFORMED
    assert recipients(smtp_sink) == ["good@example.org", "info@xn--mnchen-3ya.example", "o'neil+x@example.org"]
    assert len({received.connection for received in smtp_sink.messages}) == 1
    for received in smtp_sink.messages:
        assert (len(received.recipients), received.message["Subject"]) == (1, "About it")
        assert [received.message[name] for name in ("To", "Cc", "Bcc")] == [received.recipients[0], None, None]
    assert RefusedAddress.objects.addresses() == set()


@pytest.mark.parametrize(
    "fields",
    [
        {"to": ["a@example.org", "b@example.org"]},
        {"to": ["a@example.org"], "cc": ["b@example.org"]},
        {"to": ["a@example.org"], "bcc": ["b@example.org"]},
    ],
)
def test_relay_of_a_message_to_more_than_one_address_gives_it_up(smtp_sink, fields):
    def write(self, delivery):
        return OutgoingMessage("About it", "Please tell us.", **fields)

    make_delivery()
    assert (run(writer(write=write)), smtp_sink.messages) == ({"dead": 1}, [])
    assert Delivery.objects.get().error == "More than one e-mail address: 'a@example.org', 'b@example.org'"


BREAKS = ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\x00", "\t"]


@pytest.mark.parametrize("end", BREAKS)
def test_relay_when_a_subject_would_inject_a_header_sends_it_in_one_line(smtp_sink, end):
    def write(self, delivery):
        subject = f"Hello{end}Bcc: spy@example.org{end}{end}Body"
        return OutgoingMessage(subject, "Please tell us.", to=["a@example.org"])

    make_delivery()
    assert run(writer(write=write)) == {"sent": 1}
    (received,) = smtp_sink.messages
    assert (received.recipients, received.message["Bcc"]) == (("a@example.org",), None)
    assert " ".join(received.message["Subject"].split()) == "Hello Bcc: spy@example.org Body"
    assert received.message.get_content().strip() == "Please tell us."


@pytest.mark.parametrize("end", BREAKS)
def test_relay_when_another_header_has_a_line_break_gives_the_message_up(smtp_sink, end):
    def write(self, delivery):
        headers = {"List-Unsubscribe": f"<https://example.org/>{end}Bcc: spy@example.org"}
        return OutgoingMessage("Hello", "Please tell us.", to=["a@example.org"], headers=headers)

    make_delivery()
    assert (run(writer(write=write)), smtp_sink.messages) == ({"dead": 1}, [])
    assert Delivery.objects.get().error == "The header “'List-Unsubscribe'” has a line break in it."


def test_relay_when_a_message_has_a_character_that_cannot_be_written_gives_it_up(smtp_sink):
    def write(self, delivery):
        return OutgoingMessage("Hello \ud800", "Please tell us.", to=["a@example.org"])

    make_delivery()
    assert (run(writer(write=write)), smtp_sink.messages) == ({"dead": 1}, [])


def test_relay_when_an_address_is_refused_for_good_marks_it_gives_up_and_sends_the_others(smtp_sink):
    for key in ("Gone", "one", "two"):
        make_delivery(key)
    smtp_sink.refuse("Gone@example.org", "550 5.1.1 no such mailbox")
    assert run() == {"dead": 1, "sent": 2}
    assert states() == {"Gone": State.DEAD, "one": State.SENT, "two": State.SENT}
    dead = Delivery.objects.dead().get()
    error = "The mail server says: 550 5.1.1 no such mailbox"
    assert (dead.error, dead.dead_at, dead.address, dead.subject) == (error, NOW, "Gone@example.org", "About Gone")
    marks = RefusedAddress.objects.values_list("address", "error", "refused_at", "delivery__key")
    assert list(marks) == [("gone@example.org", error, NOW, "Gone")]
    assert len({received.connection for received in smtp_sink.messages}) == 1


def test_relay_to_a_refused_address_gives_up_at_once_without_asking_the_server(smtp_sink):
    RefusedAddress.objects.mark("A@Example.org", "550 5.1.1 gone", NOW, None)
    make_delivery()
    later = NOW + timedelta(days=3)
    assert (run(now=lambda: later), smtp_sink.messages) == ({"dead": 1}, [])
    assert Delivery.objects.get().error == (
        "This address was refused on Nov. 23, 2026: 550 5.1.1 gone; "
        "delete the record of the refusal once it works again."
    )
    assert list(RefusedAddress.objects.values_list("refused_at", flat=True)) == [NOW]


def test_relay_when_an_address_is_refused_asks_the_server_once_for_many_messages_to_it(smtp_sink):
    for key in ("one", "two", "three"):
        make_delivery(key, recipient="gone@example.org")
    asked = []
    smtp_sink.refuse("gone@example.org")
    real = smtp_sink.handle_RCPT

    async def counting(server, session, envelope, address, options):
        asked.append(address)
        return await real(server, session, envelope, address, options)

    smtp_sink.handle_RCPT = counting
    assert (run(), set(states().values())) == ({"dead": 3}, {State.DEAD})
    assert len(asked) <= 1 and RefusedAddress.objects.count() == 1


def test_refused_address_when_refused_again_keeps_the_last_answer():
    first, second = make_delivery("a"), make_delivery("b")
    RefusedAddress.objects.mark("X@example.org", "first", NOW, first)
    RefusedAddress.objects.mark("x@Example.ORG", "second", NOW + timedelta(days=1), second)
    marks = RefusedAddress.objects.values_list("address", "error", "refused_at", "delivery")
    assert list(marks) == [("x@example.org", "second", NOW + timedelta(days=1), second.pk)]
    assert RefusedAddress.objects.addresses() == {"x@example.org"}
    second.delete()
    assert RefusedAddress.objects.get().delivery is None


@pytest.mark.parametrize(
    ("answer", "is_marked"),
    [
        ("554 5.7.1 looks like spam", False),
        ("550 too long", False),
        ("552 5.3.4 too big", False),
        ("550 5.1.1 no such mailbox", True),
        ("552 5.2.2 mailbox full", True),
        ("550 5.10.1 no such code", False),
    ],
)
def test_relay_when_a_message_is_refused_for_good_gives_it_up_and_marks_what_is_about_the_address(
    smtp_sink, answer, is_marked
):
    make_delivery()
    smtp_sink.answer_next(answer)
    assert run() == {"dead": 1}
    assert (states(), smtp_sink.messages) == ({"a": State.DEAD}, [])
    assert Delivery.objects.get().error == f"The mail server says: {answer}"
    assert RefusedAddress.objects.addresses() == ({"a@example.org"} if is_marked else set())


def test_relay_when_the_server_answers_with_what_no_database_stores_keeps_the_rest(smtp_sink):
    make_delivery()
    smtp_sink.refuse("a@example.org", "550 5.1.1 no \x00 such mailbox")
    assert run() == {"dead": 1}
    assert Delivery.objects.get().error == "The mail server says: 550 5.1.1 no  such mailbox"
