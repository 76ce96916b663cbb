"""What is said of a record in one line, in words that its row in the list has too: for whoever reads no table."""

from django.utils.translation import gettext as _

from tracker.records.languages import capfirst
from tracker.records.public import public_name
from tracker.records.typography import clauses, labelled, names

from .models import Agreement, AgreementEvent
from .models.target import what_is_missed_of

BETWEEN = " · "


def in_a_line(parts):
    """Those that are not empty, the first with a capital letter."""
    said = [str(part) for part in parts if part]
    return BETWEEN.join([capfirst(said[0]), *said[1:]]) if said else ""


def line_of_agreement(agreement, today):
    """“Memorandum of understanding · in force · Next target: extension, 2027”."""
    status = Agreement.Status(agreement.status).label
    return in_a_line([agreement.get_type_display(), status, *_target(agreement, today)])


def _target(agreement, today):
    if agreement.target_kind:
        kind = AgreementEvent.Kind(agreement.target_kind).label
        yield labelled(_("Next target"), clauses([kind, agreement.target_in_words or _("date not stated")]))
        yield what_is_missed_of(agreement, today)


def line_of_forum(forum, _today):
    return in_a_line([forum.get_kind_display(), _countries(forum)])


def line_of_group(group, _today):
    return in_a_line([group.get_stage_display(), public_name(group.forum), _countries(group)])


def _countries(record):
    return names(country.local_name for country in record.countries.all())


def line_of_organisation(organisation, _today):
    return in_a_line([organisation.get_kind_display(), organisation.country and organisation.country.local_name])


def line_of_country(country, _today):
    return country.code


def line_of_theme(theme, _today):
    return in_a_line([theme.get_kind_display(), theme.parent and theme.parent.name])
