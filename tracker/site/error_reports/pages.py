"""The pages on which a reader reports an error in a public record, and is thanked for it."""

from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from tracker.records.public import public_name
from tracker.registers.record import Moved, find

from ..open_forms import open_form_page
from ..registers import REGISTERS
from .form import ErrorReportForm
from .models import ADDRESS_IS_KEPT_FOR, LONGEST_TEXT

PAGE, RECEIVED = "error-report", "error-report-received"


@open_form_page
def report_error(request, register, name):
    """Show the form (GET, HEAD) and take it (POST). Of a record that the public does not see there is as little as on
    its own page."""
    declared = _register(register)
    try:
        record = _record(declared, name)
    except Moved as moved:
        return HttpResponsePermanentRedirect(reverse(PAGE, args=[register, moved.name]))
    form = ErrorReportForm(request, timezone.now())
    if form.is_valid():
        form.keep(record, getattr(record, declared.key))
        return HttpResponseRedirect(reverse(RECEIVED, args=[register, name]))
    return form.answer("site/error_report.html", _context(record) | {"most": LONGEST_TEXT})


@open_form_page
def received(request, register, name):
    """Where a form that was taken leads: to load it again sends nothing again."""
    declared = _register(register)
    try:
        record = _record(declared, name)
    except Moved as moved:
        return HttpResponsePermanentRedirect(reverse(RECEIVED, args=[register, moved.name]))
    return render(request, "site/error_report_received.html", _context(record))


def _register(name):
    for register in REGISTERS:
        if register.name == name:
            return register
    raise Http404


def _record(register, name):
    return find(register.records(localdate()), **{register.key: name})


def _context(record):
    return {"record": record, "name": public_name(record), "days": ADDRESS_IS_KEPT_FOR.days}
