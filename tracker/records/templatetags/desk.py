"""The lists of the admin as the frame of the editors' desk leads to them."""

from django import template

register = template.Library()


@register.simple_tag
def lists_in_front(app_list, names):
    """Return those entries of ``app_list`` whose models are named, in this order and as far as this user may see them.

    ``names`` are class names, with spaces between them.
    """
    shown = {each["object_name"]: each for app in app_list for each in app["models"] if each["admin_url"]}
    return [shown[name] for name in names.split() if name in shown]
