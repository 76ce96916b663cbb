"""The forms of the admin as a browser would send them: what the page shows, with some of it changed."""

from django.forms import CheckboxInput, MultiWidget, NullBooleanSelect
from django.urls import reverse


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def shown(response):
    """What the form on this page would send if nothing were touched."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {"_opened": response.context["opened"]} if "opened" in response.context else {}
    if response.context.get("is_proposed"):
        data |= {"_proposing": "1"} | ({"_proposal": reworked} if (reworked := response.context["reworked"]) else {})
    for form in forms:
        for field in form:
            if not field.field.disabled:
                data |= _sent(field)
    return data


def _sent(bound):
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, CheckboxInput):
        return {bound.html_name: "on"} if value else {}
    if isinstance(widget, NullBooleanSelect):
        return {bound.html_name: widget.format_value(value)}
    if isinstance(widget, MultiWidget):
        parts = widget.decompress(value)
        return {f"{bound.html_name}_{number}": part or "" for number, part in enumerate(parts)}
    if getattr(getattr(widget, "widget", widget), "allow_multiple_selected", False):
        return {bound.html_name: [getattr(each, "pk", each) for each in value]} if value else {}
    return {bound.html_name: "" if value is None else getattr(value, "pk", value)}


def fill_row(data, prefix, index, **values):
    """Fill in row ``index`` of the inline ``prefix``; a row that the page does not show yet is added."""
    total = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = max(total, index + 1)
    for name, value in values.items():
        key = f"{prefix}-{index}-{name}"
        if value is None or value is False:
            data.pop(key, None)
        else:
            data[key] = "on" if value is True else getattr(value, "pk", value)


def errors(response):
    """Every message beside the form and its rows, in order."""
    context = response.context
    found = [str(text) for texts in context["adminform"].form.errors.values() for text in texts]
    for inline in context["inline_admin_formsets"]:
        found += [str(text) for text in inline.formset.non_form_errors()]
        found += [str(text) for row in inline.formset.errors for texts in row.values() for text in texts]
    return found


def messages(response):
    return [str(message) for message in response.context["messages"]]


# The step that leads to a state.
STEPS = {"draft": "draft", "in_review": "review", "published": "publish", "withdrawn": "withdraw"}


def moved(before, after, moment=()):
    """What the bar above the form sends to bring a record from one state to another, or, with a day and an hour, to be
    published at a moment; nothing where it is there."""
    if moment:
        return {"_step": "publish_at", "_day": moment[0], "_time": moment[1]}
    if before == "in_review" and after == "withdrawn":
        return {"_step": "set_aside"}
    return {"_step": STEPS[after]} if after != before else {}


def taken(action):
    """What the page sends on which a list action tells what would follow."""
    steps = {"send_to_review": "review", "publish": "publish", "withdraw": "withdraw", "set_aside": "set_aside"}
    return {"action": action} | ({"_step": steps[action]} if action in steps else {})
