"""The whole way, over a real mail server: asked for, confirmed, told, changed, stopped."""

import pytest
from django.test import Client
from django.utils import timezone

from meetings.followups import planner
from tests.factories import make_agreement
from tests.site.subscriptions.readers import LINK, ONE_CLICK, READER, SITE, alerts_of, ask, tomorrow
from tracker.mail.models import Delivery
from tracker.site.subscriptions import alerts
from tracker.site.subscriptions.models import Subscription

pytestmark = pytest.mark.django_db(transaction=True)


def text_of(received):
    return received.message.get_body(("plain",)).get_content()


def path(received, purpose):
    (found,) = {path for path, name in LINK.findall(text_of(received)) if name == purpose}
    return found


def test_reader_is_told_from_the_first_click_to_the_last(smtp_sink):
    client = Client(enforce_csrf_checks=True)
    make_agreement(("CHN", "PAK"), title="There before")
    page = client.get("/agreements/?country=PAK&sort=title&page=1").content.decode()
    assert 'href="/subscriptions/new/?list=agreements&amp;country=PAK"' in page
    form = client.get("/subscriptions/new/?list=agreements&country=PAK")
    assert "Pakistan" in form.content.decode() and form["Cache-Control"] == "private, no-store"

    answer = ask(client, "?list=agreements&country=PAK")
    assert (answer.status_code, answer["Location"]) == (302, "/subscriptions/asked/")
    planner.send()
    (request,) = smtp_sink.wait_for(1)
    assert request.recipients == (READER,)
    assert "Agreements: Pakistan (every day)" in text_of(request)
    make_agreement(("CHN", "PAK"), title="Before it was confirmed")
    assert client.get(path(request, "confirm")).status_code == 200
    assert not Subscription.objects.active().exists()
    assert "You will be told of changes" in client.post(path(request, "confirm")).content.decode()

    make_agreement(("LKA", "CHN"), title="Of others")
    new = make_agreement(("CHN", "PAK"), title="Signed and published")
    assert alerts.plan(timezone.now()) == 0
    assert alerts.plan(tomorrow()) == 1
    assert alerts.plan(tomorrow()) == 0
    Delivery.objects.unsent().update(not_before=timezone.now())
    planner.send()
    _request, alert = smtp_sink.wait_for(2)
    told = text_of(alert)
    assert alert.message["Subject"] == "1 change: Agreements: Pakistan"
    assert "Signed and published" in told and "newly published" in told and SITE + new.get_absolute_url() in told
    assert [word for word in ("There before", "Before it was", "Of others") if word in told] == []
    html = alert.message.get_body(("html",)).get_content()
    assert "Signed and published" in html and "newly published" in html

    client.post(path(alert, "manage"), {"subscription": Subscription.objects.get().pk, "frequency": "weekly"})
    assert Subscription.objects.get().frequency == "weekly"
    assert alert.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = alert.message["List-Unsubscribe"].strip(" <>").removeprefix(SITE)
    assert client.post(stop, ONE_CLICK).status_code == 200
    new.title = "Changed"
    new.save()
    assert alerts_of(9) == {}
