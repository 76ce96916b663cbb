"""Where work waits: the lists of the admin that the editors' desk leads to."""

from django import template

from tracker.records.models import Publication

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
