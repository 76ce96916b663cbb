"""Forms of what is or was public: whoever may not change it at once proposes what they typed; a reviewer decides."""

import secrets
from dataclasses import asdict

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import all_valid
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.records.models import NOT_CONTENT, ProposedChange

from .choosing import with_names
from .comments import keep_comments
from .kept import address_of
from .made import made_here
from .meanwhile import CORRECTION
from .opened import INPUT, Opened, current_version, opened
from .publication import may_change_at_once, may_publish
from .steps import Panel
from .typed import Typed, as_post, sent, typed_from

# Inputs of a form that is sent as a proposal: that it is one, why, and which earlier one it takes the place of.
PROPOSING, WHY, REWORKED = "_proposing", "_why", "_proposal"
PARAMETER = "proposal"
MOST_OF_A_REASON = 2000
# What moves a record through publication is no part of a proposal.
MOVES = NOT_CONTENT - {"editors_note", "question"}
PROPOSED = _("Your proposal waits for a reviewer. Until it is switched the public reads what it read before.")
NO_STEP = _("No other step was taken. Take it with a form in which nothing is changed.")
BACK = _("It is to say again what it said before.")


def is_proposed(request, record):
    """Whether the form of the record is sent, or to be sent, as a proposal in this request."""
    return record is not None and getattr(request, "proposed_record", None) == record


class OnlyTried(Exception):
    """To see whether a proposal is valid made records by their names: they go, and it is kept with the names."""


def filled_in(desk, request: HttpRequest, record):
    """The form and the formsets of a record with what was sent."""
    fields = flatten_fieldsets(desk.get_fieldsets(request, record))
    form = desk.get_form(request, record, change=True, fields=fields)(request.POST, request.FILES, instance=record)
    return form, desk._create_formsets(request, form.instance, change=True)[0]


def bound(desk, request: HttpRequest, record):
    """The same, and whether all of it is valid."""
    form, formsets = filled_in(desk, request, record)
    is_valid = form.is_valid()
    if is_valid:
        desk.save_form(request, form, change=True)
    return form, formsets, all_valid(formsets) and is_valid


def changes_content(form, formsets) -> bool:
    """Whether what was typed changes what the record says, and not only its state or the editors' note."""
    own = set(form.changed_data) - getattr(form, "not_content", NOT_CONTENT)
    return bool(own) or any(each.has_changed() and getattr(each.model, "is_content", True) for each in formsets)


class ProposesChanges:
    """The page of a record whose ``publication_of`` says what is public of it."""

    def publication_of(self, obj):
        """The record whose state says whether the public reads this; None where no state says so."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is not None:
            request.is_opened_here = request.method == "GET"
            self._mark(request, object_id)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except OnlyTried:
            request.was_tried = True
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if not is_proposed(request, obj):
            return fields
        return (*fields, *(field.name for field in self.opts.fields if field.name in MOVES and field.editable))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        publication = self.publication_of(obj) if obj is not None else None
        if publication is not None:
            context["is_proposed"] = is_proposed(request, obj)
            context["may_propose"] = is_proposed(request, obj) or self._may_propose(request, publication)
            context["why"], context["reworked"] = (request.POST.get(name, "") for name in (WHY, REWORKED))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def further_panels(self, request, record):
        """For the bar of steps: what is proposed for the record. Rooms above may have more that is no step."""
        found = list(ProposedChange.objects.of(record).pending().select_related("author").order_by("sent_at"))
        label = ngettext("%(count)s proposed change", "%(count)s proposed changes", len(found)) % {"count": len(found)}
        return [Panel(label, "admin/steps/proposals.html", values={"proposals": found})] if found else []

    def _mark(self, request, object_id):
        """Note in the request whether the record is changed by a proposal: here editors may fill in what is locked."""
        request.proposed_record = None
        record = self.get_object(request, unquote(object_id))
        publication = self.publication_of(record) if record is not None else None
        if publication is None or not self._may_propose(request, publication):
            return
        if may_publish(request.user, publication):
            proposes = not may_change_at_once(request.user, publication) or PROPOSING in request.POST
        else:
            proposes = request.is_opened_here or PROPOSING in request.POST
        if proposes or (request.is_opened_here and PARAMETER in request.GET):
            request.proposed_record = record

    def _may_propose(self, request, publication):
        """Whoever may change such records, in general, may propose to change one that is or was public."""
        is_or_was_public = publication.is_public or publication.state == publication.State.WITHDRAWN
        return is_or_was_public and self.has_change_permission(request)

    def page_of_proposal(self, request, record, kept):
        publication = self.publication_of(record)
        may_propose = publication is not None and self._may_propose(request, publication)
        return address_of(kept) if may_propose else None

    def _take_up_kept(self, request):
        """``?proposal=`` names an own proposal: its form is shown as it was sent, to be sent again."""
        if self._take_up_proposal(request):
            return True
        is_taken_up = super()._take_up_kept(request)
        if is_taken_up and getattr(request, "proposed_record", None) is not None:
            request.POST[PROPOSING] = "1"  # whatever it was when it was sent
        return is_taken_up

    def _take_up_proposal(self, request):
        record, key = getattr(request, "proposed_record", None), request.GET.get(PARAMETER, "")
        if record is None or not key.isdecimal() or len(key) > 18:
            return False
        proposal = ProposedChange.objects.of(record).of_author(request.user).filter(pk=key).first()
        if proposal is None:
            return False
        typed = Typed(**proposal.opened)
        carried = Opened(
            secrets.token_urlsafe(16), request.user.pk, proposal.data_version, proposal.sent_at, str(record), typed
        )
        post = proposal.as_post()
        post[INPUT], post[REWORKED], post[PROPOSING], post[WHY] = carried.signed(), proposal.mark, "1", proposal.why
        bool(request.FILES)  # as in JoinsForms
        request.method, request.POST, request.is_shown_only = "POST", post, True
        return True

    def _before_saving(self, request, object_id):
        """From here on nobody changes the record: whether it is a matter of proposals is asked once more."""
        if object_id is not None:
            self._mark(request, object_id)
        answer = super()._before_saving(request, object_id)
        if answer is not None or getattr(request, "is_shown_only", False):
            return answer
        record = getattr(request, "proposed_record", None)
        return self._proposed(request, record) if record is not None else None

    def _proposed(self, request, record):
        """The answer to a form that is a proposal; None where Django is to say what is wrong with it, or where it
        changes nothing that the record says and whoever sent it may do so."""
        publication = self.publication_of(record)
        if getattr(request, "was_tried", False):
            return self._propose(request, record, *filled_in(self, request, self.get_object(request, str(record.pk))))
        form, formsets, is_valid = bound(self, request, self.get_object(request, str(record.pk)))
        if is_valid and not changes_content(form, formsets) and may_publish(request.user, publication):
            return None
        if not is_valid:
            request.is_shown_only = True
            return None
        if made_here():
            raise OnlyTried
        return self._propose(request, record, form, formsets)

    def _propose(self, request, record, form, formsets):
        """What is said beside it is kept at once, whether anything is proposed or not."""
        keep_comments(request, record, form, formsets)
        if not form.has_changed() and not any(each.has_changed() for each in formsets):
            self.note_sent(request, record)
            return self._nothing_proposed(request, record)
        request.POST = with_names(request.POST, [form, *(row for each in formsets for row in each.forms)])
        carried, typed = opened(request), sent(request.POST, formsets)
        before = carried.typed if carried is not None else self._now(request, record)[1]
        version = carried.version if carried is not None else current_version()
        answer = self._kept(request, record, before, typed, version, request.POST.get(WHY, ""))
        self.note_sent(request, record)
        return answer

    def _kept(self, request, record, before, typed, version, why):
        """Keep what was typed into a form that said ``before``, and lead to it."""
        typed.own = {name: texts for name, texts in typed.own.items() if not _is_left_out(name)}
        values = {
            "opened": asdict(before),
            "values": dict(as_post(typed).lists()),
            "data_version": version,
            "why": why.strip()[:MOST_OF_A_REASON],
            "title": str(record)[:500],
        }
        proposal = self._reworked(request, record)
        if proposal is not None:
            proposal.send_again(timezone.now(), **values)
        else:
            named = {"kind": record._meta.label_lower, "record": record.pk, "author": request.user}
            proposal = ProposedChange.objects.create(**named, **values, sent_at=timezone.now())
        self.message_user(request, PROPOSED, messages.SUCCESS)
        if "_step" in request.POST:
            self.message_user(request, NO_STEP, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:records_proposedchange_change", args=[proposal.pk]))

    def _nothing_proposed(self, request, record):
        self.message_user(request, _("Nothing was changed, so nothing is proposed."), messages.INFO)
        return HttpResponseRedirect(self._page_of(record))

    def may_bring_back(self, request, record):
        publication = self.publication_of(record)
        may_propose = publication is not None and self._may_propose(request, publication)
        return super().may_bring_back(request, record) or may_propose

    def _to_restore(self, request, object_id, number):
        record = self.get_object(request, unquote(object_id))
        publication = self.publication_of(record) if record is not None else None
        if publication is not None and self._may_propose(request, publication):
            request.proposed_record = None if may_change_at_once(request.user, publication) else record
        return super()._to_restore(request, object_id, number)

    def _bring_back(self, request, record, bring_back):
        """What is public is brought back by a proposal."""
        if not is_proposed(request, record):
            return super()._bring_back(request, record, bring_back)
        try:
            return self.propose_act(request, record, bring_back, str(BACK))
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(self._page_of(record))

    def propose_act(self, request, record, act, why):
        """Propose what ``act`` does to the record, as the form would say it then. Never part of a change."""
        request.proposed_record = record
        before, version = self._now(request, record)[1], current_version()
        with transaction.atomic():
            act()
            after = self._now(request, self.get_object(request, str(record.pk)))[1]
            transaction.set_rollback(True)
        typed = typed_from(before, after)
        if typed == Typed(before.own, before.rows, typed.added) and not any(typed.added.values()):
            return self._nothing_proposed(request, record)
        return self._kept(request, record, before, typed, version, why)

    def _reworked(self, request, record):
        """The own proposal that this form takes the place of; none where something became of it meanwhile: then this is
        one beside it."""
        key, _mark, number = request.POST.get(REWORKED, "").partition(".")
        if not (key.isdecimal() and number.isdecimal() and len(key) < 19 and len(number) < 10):
            return None
        found = ProposedChange.objects.of(record).of_author(request.user).filter(pk=key, number=number).first()
        if found is None:
            text = _("Something became of your proposal meanwhile: this is another one beside it.")
            self.message_user(request, text, messages.WARNING)
        return found


def _is_left_out(name):
    """What a proposal does not keep: its own marks, and the buttons."""
    return name == "csrfmiddlewaretoken" or (name.startswith("_") and name != CORRECTION)
