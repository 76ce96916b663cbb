"""Administrators learn of what was given up or refused, once a day, and of nothing twice."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from tests.mail.side_by_side import side_by_side
from tests.mail.writers import NOW, PlainWriter, State, make_delivery, recipients
from tracker.accounts.models import User
from tracker.mail import problems
from tracker.mail.models import Delivery, RefusedAddress
from tracker.mail.relay import relay

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def make_administrator(name="ada", **fields):
    user = User.objects.create_user(name, f"{name}@example.org", "x", **fields)
    user.groups.add(Group.objects.get(name="administrator"))
    return user


def make_dead(key, moment=NOW, **fields):
    error = "550 5.1.1 no such mailbox"
    return make_delivery(key, state=State.DEAD, dead_at=moment, error=error, address=f"{key}@example.org", **fields)


def refuse(address, moment=NOW, delivery=None):
    RefusedAddress.objects.mark(address, "550 5.1.1 unknown", moment, delivery)


def send(moment=NOW):
    writers = {problems.KIND: problems.ReportWriter, "test": PlainWriter}
    return dict(relay(writers, now=lambda: moment).counts)


def text_of(received):
    return received.message.get_content().replace("\r\n", "\n")


def waiting():
    return sorted(Delivery.objects.filter(kind=problems.KIND).unsent().values_list("key", flat=True))


def test_plan_when_nothing_is_wrong_queues_nothing(django_assert_num_queries):
    make_administrator()
    make_delivery("sent", state=State.SENT, sent_at=NOW)
    with django_assert_num_queries(2):
        assert problems.plan(NOW) == 0


def test_plan_queues_one_mail_for_each_administrator_who_can_be_written_to():
    ada = make_administrator("ada")
    make_administrator("gone", is_active=False)
    User.objects.create_superuser("root", "root@example.org", "x").groups.set(Group.objects.all())
    User.objects.create_superuser("mute", "", "x")
    User.objects.create_user("eve", "eve@example.org", "x").groups.add(Group.objects.get(name="editor"))
    root = User.objects.get(username="root")
    make_dead("d")
    assert (problems.plan(NOW), problems.plan(NOW)) == (2, 0)
    assert waiting() == sorted(f"mail-problems:{user.pk}:2026-11-23" for user in (ada, root))
    delivery = Delivery.objects.get(recipient=f"user:{ada.pk}")
    assert (delivery.kind, str(delivery.day), delivery.not_before) == ("mail-problems", "2026-11-23", NOW)


def test_plan_by_many_at_once_queues_one_mail_each():
    make_administrator("ada")
    make_administrator("bob")
    make_dead("d")
    assert sum(side_by_side(4, lambda: problems.plan(NOW))) == 2


def test_mail_lists_each_problem_with_its_error_and_the_address_to_mend_it(smtp_sink, settings):
    settings.SITE_URL = "https://tracker.example.org"
    make_administrator("ada", first_name="Ada", last_name="Lovelace")
    dead = make_dead("d", subject="2 commitments <due>")
    refuse("gone@example.org", NOW)
    mark = RefusedAddress.objects.get()
    assert (problems.plan(NOW), send()) == (1, {"sent": 1})
    (received,) = smtp_sink.messages
    assert received.recipients == ("ada@example.org",)
    assert received.message["Subject"] == "Mail: 2 problems to look at"
    assert (
        text_of(received)
        == f"""\
Dear Ada Lovelace,

Some mail of the Digital Cooperation Tracker was not delivered. Nothing
is lost: what is listed here remains until you have dealt with it.


======== Messages that could not be delivered: 1 ========

1. d@example.org: 2 commitments <due>
   550 5.1.1 no such mailbox
   https://tracker.example.org/admin/mail/delivery/{dead.pk}/change/

Once the reason is gone, choose the message in this list and “Try
again”:
https://tracker.example.org/admin/mail/delivery/?state=dead


======== Addresses that were refused: 1 ========

1. gone@example.org
   550 5.1.1 unknown
   https://tracker.example.org/admin/mail/refusedaddress/{mark.pk}/change/

Correct the address where it is written down. If it was right all along,
and works again, delete the record of the refusal in this list:
https://tracker.example.org/admin/mail/refusedaddress/

--{" "}
You are informed at most once a day, because you are an administrator.
"""
    )


def test_mail_when_more_goes_wrong_the_same_day_waits_for_the_next_and_tells_nothing_twice(smtp_sink):
    make_administrator()
    make_dead("first", NOW)
    assert (problems.plan(NOW), send()) == (1, {"sent": 1})
    make_dead("second", NOW + HOUR)
    assert problems.plan(NOW + 2 * HOUR) == 0
    assert problems.plan(NOW + DAY) == 1
    make_dead("third", NOW + DAY + HOUR)
    assert (send(NOW + DAY + 2 * HOUR), problems.plan(NOW + 2 * DAY), send(NOW + 2 * DAY)) == (
        {"sent": 1},
        1,
        {"sent": 1},
    )
    assert problems.plan(NOW + 3 * DAY) == 0
    texts = [text_of(mail) for mail in smtp_sink.messages]
    assert [[key for key in ("first", "second", "third") if f"{key}@" in text] for text in texts] == [
        ["first"],
        ["second"],
        ["third"],
    ]


def test_plan_while_an_older_mail_waits_queues_no_second_one():
    make_administrator()
    make_dead("d")
    problems.plan(NOW)
    make_dead("e", NOW + HOUR)
    assert problems.plan(NOW + DAY) == 0
    assert len(waiting()) == 1


def test_mail_when_all_was_mended_meanwhile_is_withdrawn(smtp_sink):
    make_administrator()
    dead = make_dead("d")
    problems.plan(NOW)
    Delivery.objects.filter(pk=dead.pk).update(state=State.WITHDRAWN)
    assert (send(), smtp_sink.messages) == ({"withdrawn": 1}, [])
    assert Delivery.objects.get(kind=problems.KIND).error == "All problems have since been resolved."


def test_mail_to_an_account_that_is_no_administrator_s_any_more_is_withdrawn(smtp_sink):
    ada = make_administrator()
    make_dead("d")
    problems.plan(NOW)
    ada.groups.clear()
    assert (send(), smtp_sink.messages) == ({"withdrawn": 1}, [])


def test_mail_when_a_problem_is_mended_before_the_sending_began_leaves_it_out(smtp_sink):
    make_administrator()
    make_dead("one")
    dead = make_dead("two")

    class Slow(problems.ReportWriter):
        def write(self, delivery):
            message = super().write(delivery)
            Delivery.objects.filter(pk=dead.pk).update(state=State.QUEUED, dead_at=None, not_before=NOW + DAY)
            return message

    problems.plan(NOW)
    assert dict(relay({problems.KIND: Slow}, now=lambda: NOW).counts) == {"sent": 1}
    (received,) = smtp_sink.messages
    assert ("one@" in text_of(received), "two@" in text_of(received)) == (True, False)


def test_problems_with_mail_about_problems_cause_no_further_mail(smtp_sink):
    make_administrator("ada")
    make_administrator("bob")
    make_dead("d")
    smtp_sink.refuse("ada@example.org")
    problems.plan(NOW)
    assert send() == {"dead": 1, "sent": 1}
    assert list(RefusedAddress.objects.values_list("address", "delivery__kind")) == [("ada@example.org", problems.KIND)]
    Delivery.objects.filter(key="d").update(state=State.WITHDRAWN)
    assert (problems.plan(NOW + DAY), recipients(smtp_sink)) == (0, ["bob@example.org"])


def test_mail_that_was_given_up_has_told_nothing(smtp_sink):
    make_administrator("ada")
    make_dead("d")
    smtp_sink.refuse("ada@example.org")
    problems.plan(NOW)
    send()
    RefusedAddress.objects.all().delete()
    smtp_sink._refused.clear()
    assert (problems.plan(NOW + DAY), send(NOW + DAY)) == (1, {"sent": 1})
    assert "d@example.org" in text_of(smtp_sink.messages[0])


def test_mail_about_very_many_problems_lists_fifty_and_counts_the_rest(smtp_sink):
    make_administrator()
    for number in range(53):
        make_dead(f"d{number}")
    problems.plan(NOW)
    assert send() == {"sent": 1}
    text = text_of(smtp_sink.messages[0])
    assert (text.count("/change/"), "Messages that could not be delivered: 53" in text, "and 3 more:" in text) == (
        50,
        True,
        True,
    )
