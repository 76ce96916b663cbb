"""Proposed changes on the desk: the list, and the page on which one is read and decided."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.records.ages import age_in_words
from tracker.records.models import Comment, ProposedChange, one_writer

from .filters import WaitingFirstFilter
from .moments import read_moment
from .preview import public_page
from .proposal_page import ProposalPage
from .proposing import MOST_OF_A_REASON
from .seen import CHANGED_MEANWHILE
from .switching import CannotSwitch, switch, tried
from .unread import ListsWhatIsAskedFor

State = ProposedChange.State
NO_REASON = _("Write why: whoever proposed it reads it.")
NO_MOMENT = _("Give the day and the hour at which it is to be switched.")
PAST = _("This moment has passed: switch it now, or set one to come.")


class ProposalFilter(WaitingFirstFilter):
    """What waits for whoever looks comes first."""

    title = _("to do")
    parameter_name = "todo"
    waiting, ALL = "waiting", "all"

    def lookups(self, request, model_admin):
        return [
            (self.waiting, _("waiting for me")),
            ("returned", _("returned to me")),
            ("mine", _("my proposals")),
            ("pending", _("all that are not decided")),
            ("overdue", _("to be switched by now, and not done")),
            (self.ALL, pgettext_lazy("proposed change", "all")),
        ]

    def queryset(self, request, queryset):
        asked = {
            self.waiting: lambda: queryset.waiting_for(request.user),
            "returned": lambda: queryset.returned_to(request.user),
            "mine": lambda: queryset.of_author(request.user),
            "pending": queryset.pending,
            "overdue": lambda: queryset.to_be_switched(timezone.now()),
        }
        return asked.get(self.value(), lambda: queryset)()


class ReasonForm(forms.Form):
    """Why it is returned or declined."""

    reason = forms.CharField(max_length=MOST_OF_A_REASON, error_messages={"required": NO_REASON})


class MomentForm(forms.Form):
    """When it is to be switched, in the time zone in force."""

    moment_0 = forms.CharField(max_length=40, required=False)
    moment_1 = forms.CharField(max_length=40, required=False)

    def __init__(self, *args: Any, now: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        moment = read_moment(cleaned.get("moment_0", ""), cleaned.get("moment_1", ""), timezone.get_current_timezone())
        if moment is None:
            raise forms.ValidationError(NO_MOMENT)
        if moment <= self.now:
            raise forms.ValidationError(PAST)
        return {"moment": moment}


@admin.register(ProposedChange)
class ProposedChangeAdmin(ListsWhatIsAskedFor):
    """Whoever may see a record may see what is proposed for it; what they may do rests on what they may do there."""

    page_template = "admin/proposal.html"
    list_display = ["title", "what", "author", "waits_since", "state", "switch_at", "beginning"]
    list_filter = [ProposalFilter]
    list_select_related = ["author"]
    list_per_page = 50
    search_fields = ["title", "why"]
    ordering = ["sent_at", "pk"]

    def get_queryset(self, request):
        site = self.admin_site
        seen = [site.get_model_admin(model) for model in site._registry]
        kinds = [desk.model._meta.label_lower for desk in seen if desk.has_view_permission(request)]
        return super().get_queryset(request).filter(kind__in=kinds)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        name = "records_proposedchange_preview"
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request, object_id):
        """The public page of the record as it would be, by the view that the public gets it from; kept nowhere."""
        proposal, now = self._seen(request, object_id), timezone.now()
        try:
            with tried(proposal, request.user, now):
                record = ProposalPage(proposal, request.user, now).beside.publication
                response = public_page(request, record)
        except CannotSwitch as error:
            self.message_user(request, " ".join(map(str, error.reasons)), messages.WARNING)
            return HttpResponseRedirect(reverse("admin:records_proposedchange_change", args=[proposal.pk]))
        response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex"
        return response

    def _seen(self, request, object_id):
        """One is made from the form of its record, so there is no page to add one."""
        if object_id is None or not self.has_view_permission(request):
            raise PermissionDenied
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None:
            raise Http404
        return proposal

    @admin.display(description=_("kind"), ordering="kind")
    def what(self, proposal):
        return proposal.model._meta.verbose_name

    @admin.display(description=_("waits for"), ordering="sent_at")
    def waits_since(self, proposal):
        if not proposal.is_pending:
            return None
        return age_in_words(timezone.localdate(proposal.sent_at), timezone.localdate())

    @admin.display(description=_("why"))
    def beginning(self, proposal):
        return proposal.why if len(proposal.why) <= 80 else f"{proposal.why[:80]}…"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        proposal = self._seen(request, object_id)
        if request.method == "POST":
            return self._act(request, proposal.pk)
        return self._page(request, ProposalPage(proposal, request.user, timezone.now()))

    def _act(self, request, key):
        """From here on nobody else acts on it, or on its record."""
        with transaction.atomic():
            one_writer()
            proposal = self.get_queryset(request).get(pk=key)
            page = ProposalPage(proposal, request.user, timezone.now())
            is_seen = request.POST.get("_proposal") == proposal.mark and request.POST.get("_shown") == page.shown
            act = getattr(self, f"_{request.POST.get('_step', '')}", None) if self._offers(request, page) else None
            if act is None and (is_seen or "_proposal" not in request.POST):
                raise PermissionDenied
            # What is offered no more, since somebody decided, is no crafted act: what was typed with it stands.
            problem = act(request, page) if is_seen else CHANGED_MEANWHILE
        if problem:
            self.message_user(request, problem, messages.WARNING)
            proposal = self.get_queryset(request).get(pk=key)
            return self._page(request, ProposalPage(proposal, request.user, timezone.now()))
        return HttpResponseRedirect(reverse("admin:records_proposedchange_change", args=[key]))

    def _offers(self, request, page):
        """Whether this person may take the step that was asked for."""
        step = request.POST.get("_step")
        if step == "comment":
            return page.beside.record is not None and page.beside.desk.has_change_permission(request)
        if step == "take_back":
            return page.is_own and page.proposal.is_pending
        if step == "decline":
            return page.may_decline
        return step in ("switch", "switch_at", "keep_open", "return") and page.may_decide

    def _switch(self, request, page):
        try:
            switch(page.proposal, request.user, page.now, request.POST, request._messages)
        except CannotSwitch as error:
            return " ".join(map(str, error.reasons))
        text = _("Switched: what was proposed is now what the record says.")
        return self._done(request, text)

    def _switch_at(self, request, page):
        form = MomentForm(request.POST, now=page.now)
        if not form.is_valid():
            return " ".join(text for texts in form.errors.values() for text in texts)
        try:
            with tried(page.proposal, request.user, page.now):
                pass
        except CannotSwitch as error:
            return " ".join(map(str, error.reasons))
        page.proposal.approve(form.cleaned_data["moment"], request.user, page.now)
        return self._done(request, _("It is switched at the moment that you set."))

    def _keep_open(self, request, page):
        if page.proposal.switch_at is None:
            return _("No moment is set for it.")
        page.proposal.approve(None, request.user, page.now)
        return self._done(request, _("It waits for a reviewer again, and is not switched by itself."))

    def _return(self, request, page):
        return self._decide(request, page, State.RETURNED, _("Returned, with your reason."))

    def _decline(self, request, page):
        return self._decide(request, page, State.DECLINED, _("Declined, with your reason. The record stays as it is."))

    def _decide(self, request, page, state, text):
        form = ReasonForm({"reason": request.POST.get(f"_reason_{state}", "")})
        if not form.is_valid():
            return " ".join(form.errors["reason"])
        page.proposal.decide(state, request.user, page.now, form.cleaned_data["reason"])
        return self._done(request, text)

    def _take_back(self, request, page):
        page.proposal.decide(State.TAKEN_BACK, request.user, page.now)
        return self._done(request, _("Taken back. The record stays as it is."))

    def _comment(self, request, page):
        text = request.POST.get("_comment", "").strip()
        if not text:
            return _("Write what you have to say.")
        record = page.beside.record.main_record
        named = {"kind": record._meta.label_lower, "record": record.pk, "account": request.user}
        Comment.objects.create(**named, text=text[:MOST_OF_A_REASON], made_at=page.now)
        return self._done(request, _("Your comment stands below."))

    def _comment_typed(self, request, page):
        """With the reason that nobody can give any more: it can still be said."""
        reasons = [] if page.proposal.is_pending else [f"_reason_{State.RETURNED}", f"_reason_{State.DECLINED}"]
        texts = (request.POST.get(name, "").strip() for name in ("_comment", *reasons))
        return "\n\n".join(filter(None, texts))

    def _done(self, request, text):
        self.message_user(request, text, messages.SUCCESS)

    def _page(self, request, page):
        desk, record = page.beside.desk, page.beside.record
        name = f"admin:{desk.opts.app_label}_{desk.opts.model_name}"
        context = {
            **self.admin_site.each_context(request),
            "title": _("Proposed: %(record)s") % {"record": page.proposal.title},
            "opts": self.opts,
            "record_opts": desk.opts,
            "page": page,
            "shown": page.shown,
            "proposal": page.proposal,
            "record": record,
            "page_of_record": reverse(f"{name}_change", args=[record.pk]) if record is not None else "",
            "history_of_record": reverse(f"{name}_history", args=[record.pk]) if record is not None else "",
            "may_preview": page.may_preview,
            "moment": MomentForm(request.POST if request.POST.get("_step") == "switch_at" else None, now=page.now),
            "typed": {name: request.POST.get(f"_reason_{name}", "") for name in (State.RETURNED, State.DECLINED)},
            "comment": self._comment_typed(request, page),
            "media": self.media,
        }
        return TemplateResponse(request, self.page_template, context)
