"""Rows and fields of a form of the desk: how wide, how many, how many of them are wrong, and what a folded row says."""

from django import template
from django.utils.translation import gettext as _

from tracker.records.admin.pasting import LIST

register = template.Library()
TWELFTHS = 12


@register.simple_tag
def width(line, field):
    """``{% width line field %}``: the class of a field that shares a line with others."""
    given = getattr(line.model_admin, "widths", {}).get(name_of(field))
    return f"w{given or max(2, TWELFTHS // len(line.fields))}"


@register.simple_tag
def width_of_column(inline, field):
    """``{% width_of_column inline_admin_formset field %}``: the class of a column of a table of rows."""
    given = inline.opts.widths.get(field["name"])
    required = " required" if field["required"] else ""
    return f"column-{field['name']}{f' w{given}' if given else ''}{required}"


@register.filter
def cells(inline, form):
    """``{{ inline_admin_formset.opts|cells:form }}``: the line of a row."""
    return inline.cells(form)


@register.filter
def is_open(row):
    """``{{ inline_admin_form|is_open }}``: whether a row is shown with its inputs: a new one that was only proposed, or
    that nothing tells from others yet, and one in which something is wrong."""
    if row.form.errors:
        return True
    return row.original is None and not (row.form.is_bound and row.model_admin.is_told_apart(row.form))


@register.filter
def rows_in(formset):
    """``{{ formset|rows_in }}``: how many rows are stored, or filled in."""
    return formset.initial_form_count() + sum(form.has_changed() for form in formset.extra_forms)


@register.filter
def errors_in(group):
    """``{{ group|errors_in }}``: how many messages stand in a formset, or in a fieldset of the form."""
    if hasattr(group, "non_form_errors"):
        rows = [error for errors in group.errors for each in errors.values() for error in each]
        return len(rows) + len(group.non_form_errors())
    return sum(len(field.field.errors) for line in group for field in line if not field.is_readonly)


@register.simple_tag(takes_context=True)
def pasted_list(context, prefix):
    """``{% pasted_list prefix %}``: the list that was sent and that not all rows could be made of."""
    return context["request"].POST.get(f"{LIST}{prefix}", "")


@register.filter
def is_model(place):
    """``{{ place|is_model }}``: whether it is the row that a script copies to make a new one."""
    return place == "empty"


@register.filter
def is_shared(line):
    return len(line.fields) > 1


@register.filter
def classes_of_line(line):
    found = [f" field-{name}" for name in line.fields if isinstance(name, str)]
    if not line.has_visible_field:
        found.append(" hidden")
    if not is_shared(line) and line.errors():
        found.append(" errors")
    return "".join(found)


@register.filter
def classes_of_field(field, is_one_of_several):
    """As Django's own template has them."""
    found = ["flex-container"]
    if is_one_of_several:
        found += ["fieldBox", f"field-{name_of(field)}"]
        found += ["errors"] if not field.is_readonly and field.field.errors else []
        found += ["hidden"] if getattr(field.field, "is_hidden", False) else []
    return " ".join([*found, "checkbox-row"] if field.is_checkbox else found)


def name_of(field):
    return field.field["name"] if field.is_readonly else field.field.name


@register.filter
def points_of(opts):
    """``{% url opts|points_of %}``: where a script asks how a list is taken apart."""
    return f"admin:{opts.app_label}_{opts.model_name}_points"


@register.simple_tag
def sentences_of_rows():
    """``{% sentences_of_rows as sentences %}``: what scripts say of rows, with places for what they know."""
    return {
        "added": _("Row %(number)s was added."),
        "copied": _("Row %(number)s is a copy: %(row)s"),
        "moved": _("Row %(number)s now: %(row)s"),
        "end": _("It cannot be moved further: %(row)s"),
        "removed": _("The row was removed."),
        "made": _("Rows made of the list: %(number)s"),
        "full": _("The form has no room for more rows of this kind."),
        "offer": _("Make %(count)s rows of them"),
        "arrow": _("%(old)s → %(new)s"),
        "mutual": _("%(sides)s, to each other"),
    }
