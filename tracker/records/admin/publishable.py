"""The admin of records that are published: the states an editor may set, and those only a reviewer may."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.records.models import NOT_CONTENT, Publishable, Revision
from tracker.records.publication import obstacles, waits

from .base import RecordAdmin
from .citations import CitationInline
from .forms import RecordForm
from .proposing import is_proposed
from .publication import LAST_EDITOR, is_locked, is_own_draft, may_publish, needs_another_reader

State = Publishable.State
EDITORS_STATES = (State.DRAFT, State.IN_REVIEW)
PUBLICATION: tuple[Any, dict[str, Any]] = (
    _("Publication"),
    {
        "classes": ["at-end"],
        "fields": [("state", "publish_at"), "withdrawal_reason", "is_withdrawn_by_law", "editors_note"],
        "description": _(
            "Draft: being prepared. In review: ready for a reviewer, who may set a moment at which it is published. "
            "Published: for everyone, and locked for editors. Withdrawn: no longer public, its reference kept. "
            "Publishing takes a reviewer who did not make the last change, and at least one citation."
        ),
    },
)
PAST = _("This moment has passed: publish it now.")
NOW_OR_THEN = _("Publish it now, or keep it in review and set the moment: not both.")


class PublishableForm(RecordForm):
    """Refuses publication where a rule stands against it, before anything is saved. ``user`` is set per request."""

    user = None
    not_content = NOT_CONTENT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.state_before = self.instance.state if self.instance.pk else ""

    def clean(self):
        """A moment holds while the record waits for it: to move it on by hand does away with it."""
        cleaned = super().clean() or self.cleaned_data
        # Only a reviewer's form has the field.
        moment, is_new = cleaned.get("publish_at", self.instance.publish_at), "publish_at" in self.changed_data
        if moment and cleaned.get("state") == State.PUBLISHED and is_new:
            self.add_error("publish_at", NOW_OR_THEN)
        elif moment and is_new and moment <= timezone.now():
            self.add_error("publish_at", PAST)
        elif moment and not is_new and cleaned.get("state") != State.IN_REVIEW:
            cleaned["publish_at"] = self.instance.publish_at = None
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if "state" in self.cleaned_data and self.instance.is_being_approved:
            for objection in self._objections():
                self.add_error("state", objection)

    def _objections(self):
        """Citations are rows: their own formset counts them, and the others see whether they changed."""
        if self.instance.is_public:
            yield from waits(self.instance)
        changed = set(self.changed_data) - self.not_content and settings.FOUR_EYES
        if changed or needs_another_reader(self.instance, self.user):
            yield LAST_EDITOR


class PublicationSteps:
    """States and list actions, for everything that has a ``state``: records, and progress updates."""

    actions = ["send_to_review", "publish", "withdraw", "have_read"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if db_field.name == "state" and not may_publish(request.user, self.model):
            field.choices = [(state.value, state.label) for state in EDITORS_STATES]
            field.error_messages["invalid_choice"] = _("Only a reviewer may publish and withdraw.")
        return field

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if may_publish(request.user, self.model) else (*fields, "publish_at")

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

    @admin.action(description=_("Submit for review"), permissions=["change"])
    def send_to_review(self, request, queryset):
        drafts = list(queryset.filter(state=State.DRAFT))
        self._move(request, drafts, State.IN_REVIEW)
        self._report_rest(request, queryset.count() - len(drafts))

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish(self, request, queryset):
        waiting = queryset.exclude(state=State.PUBLISHED)
        already = queryset.count() - waiting.count()
        self.publish_all(request, waiting)
        self._report_rest(request, already)

    @admin.action(description=_("Withdraw"), permissions=["publish"])
    def withdraw(self, request, queryset):
        published = list(queryset.filter(state=State.PUBLISHED))
        self._move(request, published, State.WITHDRAWN)
        self._report_rest(request, queryset.count() - len(published))

    @admin.action(description=_("I have read what was changed"), permissions=["publish"])
    def have_read(self, request, queryset):
        """A second person's word for what somebody changed in a published record; one's own changes do not count."""
        changed = Revision.objects.unread().filter(kind=self.model._meta.label_lower, record__in=queryset.values("pk"))
        own = changed.filter(account=request.user).count()
        read = changed.exclude(account=request.user).update(reader=request.user, read_at=timezone.now())
        if read:
            text = ngettext("%(count)s change is read.", "%(count)s changes are read.", read)
            self.message_user(request, text % {"count": read}, messages.SUCCESS)
        if own:
            text = ngettext(
                "%(count)s change is your own: somebody else must read it.",
                "%(count)s changes are your own: somebody else must read them.",
                own,
            )
            self.message_user(request, text % {"count": own}, messages.WARNING)

    def publish_all(self, request, records):
        """Publish those records that nothing stands against, and say of the others what does."""
        self._move(request, self._clear(request, records, obstacles), State.PUBLISHED)

    def publish_all_at(self, request, records, moment):
        """Approve those records that lack nothing for the moment at which they are to be published."""
        clear = self._clear(request, records, lambda record: record.shortcomings())
        for record in clear:
            record.state, record.publish_at = State.IN_REVIEW, moment
            record.save()
        if clear:
            text = ngettext(
                "%(count)s record is to be published at the same moment.",
                "%(count)s records are to be published at the same moment.",
                len(clear),
            )
            self.message_user(request, text % {"count": len(clear)}, messages.SUCCESS)

    def _clear(self, request, records, obstacles):
        """The records that this user may approve; of the others it is said what stands against it."""
        clear = []
        for record in records:
            found = obstacles(record) + ([LAST_EDITOR] if needs_another_reader(record, request.user) else [])
            if found:
                text = _("Not published: %(record)s. %(reasons)s")
                text = text % {"record": record, "reasons": " ".join(map(str, found))}
                self.message_user(request, text, messages.WARNING)
            else:
                clear.append(record)
        return clear

    def _move(self, request, records, state):
        for record in records:
            record.state, record.publish_at = state, None
            record.save()
            if state == State.PUBLISHED:
                record.was_published(timezone.localdate())
        if records:
            text = ngettext("%(count)s record is now %(state)s.", "%(count)s records are now %(state)s.", len(records))
            self.message_user(request, text % {"count": len(records), "state": State(state).label}, messages.SUCCESS)

    def _report_rest(self, request, number):
        if number:
            text = ngettext(
                "%(count)s record was in another state and stays as it is.",
                "%(count)s records were in another state and stay as they are.",
                number,
            )
            self.message_user(request, text % {"count": number}, messages.INFO)


class PublishableAdmin(PublicationSteps, RecordAdmin):
    """A record that editors prepare, reviewers publish and the public reads."""

    form = PublishableForm

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

    def get_view_on_site_url(self, obj=None):
        """Only what the public sees has a public page."""
        if obj is None or not self.model.objects.published().filter(pk=obj.pk).exists():
            return None
        return super().get_view_on_site_url(obj)
