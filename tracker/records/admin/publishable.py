"""The admin of records that are published: the steps that an editor may take, and those only a reviewer may."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tracker.records.models import NOT_CONTENT, Publishable, one_change
from tracker.records.publication import obstacles, waits

from .base import RecordAdmin
from .citations import CitationInline
from .comments import Comments, keep_comments
from .forms import RecordForm
from .list_steps import StepsInLists
from .lists import ListCell, listed
from .preview import PreviewsRecord
from .proposing import is_proposed
from .publication import LAST_EDITOR, is_locked, is_own_draft, may_publish, needs_another_reader
from .returned import TellsSinceReturn
from .steps import Bar, Step, StepWords, Taken, carry, say, why_not
from .steps.asked import errors_in, step_asked, told_with
from .steps.taking import put
from .views_of_lists import ListView

State = Publishable.State
# For the desk alone; last, next to the buttons.
EDITORS_NOTE: tuple[Any, dict[str, Any]] = (_("Editors’ note"), {"classes": ["at-end"], "fields": ["editors_note"]})
WITHDRAWAL = (
    _("Withdrawal"),
    {"classes": ["at-end"], "fields": ["withdrawal_reason", "is_withdrawn_by_law"]},
)


class StateSeen(forms.ChoiceField):
    """The state in which the form showed the record: where somebody moved it meanwhile, that is seen like any change
    of theirs. It is no column, and nothing follows from what is sent."""

    def __init__(self, record):
        super().__init__(
            choices=State, label=_("state"), required=False, initial=record.state, widget=forms.HiddenInput()
        )

    def has_changed(self, initial, data):
        return False

    def validate(self, value):
        pass


class PublishableForm(RecordForm):
    """A form with which a ``step`` may be asked for. Refuses one where a rule stands against it, before anything is
    saved. ``user`` and ``step`` are set for each request."""

    user: Any = None
    step: Step | None = None
    not_content = NOT_CONTENT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state_seen"] = StateSeen(self.instance)
        self.state_before = self.instance.state if self.instance.pk else ""
        self.moment_before = self.instance.publish_at
        self.told = told_with(self.step, self.data) if self.step else StepWords()

    @cached_property
    def changed_data(self):
        """With the state, where the step changes it, or the moment at which it will."""
        return [*super().changed_data, *(["state"] if self.step and self._moves else [])]

    @property
    def _moves(self):
        moment = self.told.moment if self.step == Step.PUBLISH_AT else None
        return (self.step.leads_to, moment) != (self.state_before or State.DRAFT, self.moment_before)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if self.step:
            refused = why_not(self.step, self.instance, self.user)
            errors = errors_in(self.step, self.told, timezone.now(), self.moment_before)
            for text in [refused] if refused else errors:
                self.add_error(None, text)
        return cleaned

    def _post_clean(self):
        if self.step and not self.errors:
            put(self.instance, self.step, self.told)
            self.instance.is_approved_again = self.step.is_approval
        super()._post_clean()
        if self.step and self.instance.is_being_approved:
            for objection in self._objections():
                self.add_error(None, objection)

    def _objections(self):
        """Citations are rows: their own formset counts them, and the others see whether they changed."""
        if self.instance.is_public:
            yield from waits(self.instance)
        changed = set(self.changed_data) - self.not_content and settings.FOUR_EYES
        if changed or needs_another_reader(self.instance, self.user):
            yield LAST_EDITOR


def _lack_of_source(record):
    return "" if record.has_source else _("no source")


@listed(_("state"), below=[ListCell(_("Without a source"), _lack_of_source)], order_by="state")
def state_column(record):
    return record.get_state_display()


class PublicationSteps(StepsInLists):
    """The bar of steps and the list actions, for everything that has a ``state``: records, and progress updates."""

    # Steps that its bar does not offer.
    steps_left_out: Sequence[Step] = ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user, form.step = request.user, step_asked(request.POST) if request.method == "POST" else None
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The form has written into the object what was typed: the bar tells of the record as it is stored."""
        stored = self.model._base_manager.filter(pk=obj.pk).first() if obj is not None else self.model()
        if not context.get("is_popup") and stored is not None and self._may_step(request, obj):
            context["bar"] = Bar(request, stored, self.steps_left_out, self.further_panels(request, stored))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _may_step(self, request, obj):
        return self.has_change_permission(request, obj) or self.has_view_permission(request, obj)

    def _page(self, request, *args, **kwargs):
        """What is saved from the page of both sides is followed by the step that was asked for: it says so."""
        response = super()._page(request, *args, **kwargs)
        response.context_data["step"] = step_asked(request.POST)
        return response

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.rows_saved(form, formsets)
        if form.step and self._still_stands(form):
            say(form.instance, form.step, form.told, request.user, timezone.now())
            taken = carry(form.instance, form.step, form.told, request.user, timezone.now())
            self.step_taken(request, form.step, Taken([form.instance, *taken.moved], taken.stayed))

    def rows_saved(self, form, formsets):
        """For what follows from the rows, before the step is taken with what goes along."""

    def _still_stands(self, form):
        """What is changed in the same form, where one person may, cancels a moment: then nothing goes along with it."""
        with one_change() as change:
            record = form.instance
            is_cancelled = change.has_changed(record) and not change.has_changed(record, "publish_at")
        return form.step != Step.PUBLISH_AT or not is_cancelled

    def has_publish_permission(self, request):
        return may_publish(request.user, self.model)

    def has_change_permission(self, request, obj=None):
        locked = obj is not None and is_locked(request.user, obj) and not is_proposed(request, obj)
        return super().has_change_permission(request, obj) and not locked

    def publication_of(self, obj):
        return obj

    def has_delete_permission(self, request, obj=None):
        """Records are withdrawn, not deleted; but who mistyped a draft may take it back."""
        if obj is not None and is_own_draft(request.user, obj) and self.has_change_permission(request, obj):
            return True
        locked = obj is not None and is_locked(request.user, obj)
        return super().has_delete_permission(request, obj) and not locked

    def get_formset_kwargs(self, request, obj, inline, prefix):
        return super().get_formset_kwargs(request, obj, inline, prefix) | {"user": request.user}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Also tells what became of the moment of publication: cancelled by this change, or passed in vain."""
        key = unquote(object_id) if object_id else ""
        records = self.model._base_manager.filter(pk=key if key.isdecimal() else None, publish_at__isnull=False)
        record = records.first()
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if record is not None and request.method == "POST":
            self._tell_of_cancelled(request, record)
        elif record is not None and record.publish_at <= timezone.now():
            text = _("It was to be published by now. %(reasons)s") % {"reasons": " ".join(map(str, obstacles(record)))}
            self.message_user(request, text, messages.WARNING)
        return response

    def _tell_of_cancelled(self, request, before):
        waits = self.model._base_manager.filter(pk=before.pk, state=State.IN_REVIEW)
        if waits.filter(publish_at__isnull=True).exists():
            text = _("It will no longer be published at the moment that was set.")
            self.message_user(request, text, messages.WARNING)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if obj.is_public and form.state_before != State.PUBLISHED:
            obj.was_published(timezone.localdate())


class PublishableAdmin(TellsSinceReturn, PreviewsRecord, PublicationSteps, RecordAdmin):
    """A record that editors prepare, reviewers publish and the public reads."""

    form = PublishableForm
    list_views = (
        ListView(_("All")),
        ListView(_("My drafts"), "todo=my_drafts"),
        ListView(_("Waits for review"), "todo=in_review_not_mine"),
        ListView(_("Without a source"), "todo=published_without_source"),
    )

    def get_queryset(self, request):
        """With ``has_source``, for the list."""
        citations = self.model.citations.rel.related_model.objects.filter(record=OuterRef("pk"))
        return super().get_queryset(request).annotate(has_source=Exists(citations))

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """On showing only: a row that was shown filled in and comes back unchanged must still be saved."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        source = request.GET.get("source", "")
        if isinstance(inline, CitationInline) and request.method == "GET" and obj.pk is None and source.isdecimal():
            kwargs["initial"] = [{"source": source}]
        return kwargs

    def get_fieldsets(self, request, obj=None):
        """Why it was withdrawn is asked for with that step, and can be mended later."""
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, WITHDRAWAL] if obj is not None and obj.state == State.WITHDRAWN else fieldsets

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and not context.get("is_popup"):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            comments = Comments(obj, context["adminform"].form, formsets, request.POST)
            comments.stand_beside()
            context["comments"], context["may_say"] = comments, self.has_change_permission(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        keep_comments(request, form.instance, form, formsets)

    def get_view_on_site_url(self, obj=None):
        """Only what the public sees has a public page."""
        if obj is None or not self.model.objects.published().filter(pk=obj.pk).exists():
            return None
        return super().get_view_on_site_url(obj)
