"""Where work waits: the lists of the admin that the editors' desk leads to."""

from django import template
from django.conf import settings
from django.utils import timezone

from tracker.records.admin.kept import address_of
from tracker.records.models import Publication, SentForm

register = template.Library()


@register.simple_tag
def lists_of_publications(app_list):
    """Return ``[(name, address)]`` of the lists of all that is published, as far as this user may see them.

    ``app_list`` is what the index of the admin has for the user.
    """
    shown = [each for app in app_list for each in app["models"] if each["admin_url"]]
    return [
        (each["model"]._meta.verbose_name_plural, each["admin_url"])
        for each in shown
        if issubclass(each["model"], Publication)
    ]


@register.simple_tag
def lists_in_front(app_list, names):
    """Return those entries of ``app_list`` whose models are named, in this order and as far as this user may see them.

    ``names`` are class names, with spaces between them.
    """
    shown = {each["object_name"]: each for app in app_list for each in app["models"] if each["admin_url"]}
    return [shown[name] for name in names.split() if name in shown]


@register.simple_tag
def four_eyes():
    """Whether a second person has to read what is published here."""
    return settings.FOUR_EYES


@register.simple_tag(takes_context=True)
def kept_forms(context):
    """``[(title, address, moment)]`` of what the account typed and could not save, newest first."""
    request = context["request"]
    kept = SentForm.objects.kept_for(request.user, timezone.now())
    return [(each.title, address_of(each), each.sent_at) for each in kept]
