"""The page of a person."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.records import typography
from tracker.records.languages import written
from tracker.registers.past.days import day_of
from tracker.registers.record import fact, find, redirects_moved, render_record

from ..linked_data import person_as_thing
from ..people import PEOPLE
from ..person_page import PersonPage


@require_safe
@redirects_moved
def person_detail(request, slug):
    today = day_of(request)
    person = find(PEOPLE.records(today), slug=slug)
    page = PersonPage(person, today)
    return render_record(
        request,
        "site/person_detail.html",
        person,
        register=PEOPLE,
        thing=person_as_thing(person),
        today=today,
        facts=_facts(person, page),
        page=page,
    )


def _facts(person, page):
    spellings = [written(name, "") for name in person.other_names.splitlines()]
    facts = [
        fact(_("Family name"), written(person.family_name, "")),
        fact(_("Other spellings"), typography.names(spellings)) if spellings else None,
        fact(_("On the side of"), typography.names(page.sides)) if page.sides else None,
    ]
    return [line for line in facts if line]
