"""The pages by which somebody asks to be told, confirms it, changes it and stops it. Opening one changes nothing; only
its form does."""

from django import forms
from django.core import signing
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from meetings.followups.pages import GONE, by_signed_link
from tracker.mail.messages import check_address
from tracker.mail.models import LONGEST_ADDRESS
from tracker.registers.record import Moved

from .. import open_forms
from . import asking, links
from .alerts import followed_by
from .followed import LIST, asked_for, following
from .letters import day_in_words
from .models import KEPT_FOR, LONGEST_QUERY, Subscription

Frequency = Subscription.Frequency


def address_that_mail_reaches(value: str) -> None:
    try:
        check_address(value)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


class SubscribeForm(open_forms.OpenForm):
    purpose = "subscription"
    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=LONGEST_ADDRESS,
        validators=[address_that_mail_reaches],
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "required": gettext_lazy("Give the address to which the mail is to go."),
            "invalid": gettext_lazy("This is not an e-mail address."),
        },
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=Frequency,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how often.")},
    )

    def clean_address(self):
        """As it is kept; there are letters of which the small one is longer."""
        address = self.cleaned_data["address"].lower()
        if len(address) > LONGEST_ADDRESS:
            raise forms.ValidationError(open_forms.TOO_LONG, params={"limit_value": LONGEST_ADDRESS})
        return address


def _kept():
    return {"kept": KEPT_FOR.days, "days": links.DAYS_TO_CONFIRM, "most_a_day": asking.MOST_MAILS_A_DAY}


@open_forms.open_form_page
def subscribe(request):
    """Ask to be told of what the address names. What is answered is the same for any address that mail can reach."""
    now = timezone.now()
    try:
        followed = asked_for(request.GET, timezone.localdate(now))
    except Moved as moved:
        return redirect(f"{request.path}?{following(request.GET[LIST], record=moved.name)}", permanent=True)
    errors = followed.errors or _too_long(followed)
    context = {"followed": followed, "errors": errors} | _kept()
    if errors:
        return render(request, "subscriptions/new.html", context)
    form = SubscribeForm(request, now)
    if form.is_valid():
        chosen = form.cleaned_data
        asking.ask(followed, chosen["address"], chosen["frequency"], translation.get_language(), now)
        return HttpResponseRedirect(reverse("subscription-asked"))
    return form.answer("subscriptions/new.html", context)


def _too_long(followed):
    return [_("These are more filters than can be followed.")] if len(followed.query) > LONGEST_QUERY else []


@open_forms.open_form_page
@require_safe
def asked(request):
    return render(request, "subscriptions/asked.html", _kept())


def with_link_of(read):
    """A page that a signed link leads to; ``read`` returns what the link was made for. Where that is gone, the link too
    old or none of ours, the page says so."""

    def decorated(view):
        @by_signed_link
        def answer(request, token):
            try:
                found = read(token)
            except signing.SignatureExpired:
                return _closed(request, "expired", GONE)
            except (signing.BadSignature, ValueError):
                return _closed(request, "unknown", 404)
            return view(request, found) if found else _closed(request, "gone", GONE)

        return answer

    return decorated


def _closed(request, reason, status):
    return render(request, "subscriptions/closed.html", {"reason": reason, **_kept()}, status=status)


@with_link_of(links.to_confirm)
def confirm(request, subscription):
    """Ask (GET, HEAD) and begin (POST); once it has begun, or was stopped, say so."""
    now, is_too_many = timezone.now(), False
    if request.method == "POST":
        try:
            asking.confirm(subscription, now)
        except asking.TooMany:
            is_too_many = True
    context = _of_one(subscription, now) | {"is_too_many": is_too_many, "most": asking.MOST_OF_AN_ADDRESS}
    return render(request, "subscriptions/confirm.html", context, status=409 if is_too_many else 200)


@with_link_of(links.to_stop)
def stop(request, subscription):
    """Say what the link does (GET, HEAD); stop (POST): as often as anybody likes. A mail program posts
    ``List-Unsubscribe=One-Click`` and looks at the status alone, which must not redirect (RFC 8058, section 3.1)."""
    now = timezone.now()
    if request.method == "POST":
        asking.stop(subscription, now)
        subscription.refresh_from_db()
    return render(request, "subscriptions/stop.html", _of_one(subscription, now))


@with_link_of(links.to_manage)
def manage(request, subscriber):
    """All that one address is told of (GET, HEAD); change how often, stop one or all of it (POST)."""
    now = timezone.now()
    if request.method == "POST":
        _change(request.POST, subscriber, now)
        return redirect(request.path)
    found = subscriber.subscriptions.active().order_by("confirmed_at", "pk")
    subscriptions = [_of_one(each, now) for each in found]
    context = {"subscriptions": subscriptions, "frequencies": Frequency.choices, **_kept()}
    return render(request, "subscriptions/manage.html", context)


def _change(posted, subscriber, now):
    """What a form of the page asks for, of a subscription of this address and no other."""
    if "stop_all" in posted:
        asking.stop_all(subscriber, now)
        return
    key = posted.get("subscription", "")
    is_key = key.isdecimal() and len(key) < 19
    subscription = subscriber.subscriptions.active().filter(pk=key).first() if is_key else None
    if subscription and "stop" in posted:
        asking.stop(subscription, now)
    elif subscription and posted.get("frequency") in Frequency:
        asking.change_frequency(subscription, posted["frequency"])


def _of_one(subscription, now):
    return {
        "subscription": subscription,
        "followed": followed_by(subscription, timezone.localdate(now)),
        "since": day_in_words(subscription.confirmed_at),
        "manage_link": links.manage_link(subscription),
        **_kept(),
    }
