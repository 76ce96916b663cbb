"""The admin of records that are published: the states an editor may set, and those only a reviewer may."""

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.manager import SIMPLE_HISTORY_REVERSE_ATTR_NAME

from tracker.records.models import Publishable

from .base import RecordAdmin
from .citations import CitationFormSet, CitationInline
from .forms import RecordForm
from .history import NOT_CONTENT
from .publication import is_locked, may_publish, obstacles

State = Publishable.State
EDITORS_STATES = (State.DRAFT, State.IN_REVIEW)
PUBLICATION = (
    _("Publication"),
    {
        "classes": ["at-end"],
        "fields": [("state", "embargoed_until"), "editors_note"],
        "description": _(
            "Draft: being prepared. In review: ready for a reviewer. Published: for everyone, and locked for editors. "
            "Withdrawn: taken from the public, its reference kept. To publish takes a reviewer who did not make the "
            "last change, and at least one citation."
        ),
    },
)


class PublishableForm(RecordForm):
    """Refuses publication where a rule stands against it, before anything is saved. ``user`` is set per request."""

    user = None
    not_content = NOT_CONTENT

    def __init__(self, *args, **kwargs):
        instance = kwargs.get("instance")
        reverting = instance is not None and hasattr(instance, SIMPLE_HISTORY_REVERSE_ATTR_NAME)
        if reverting:
            _take_publication_of_today(instance)
        super().__init__(*args, **kwargs)
        if reverting:
            for name in ("state", "embargoed_until"):
                if name in self.fields:
                    self.fields[name].disabled = True
        self.state_before = self.instance.state if self.instance.pk else ""

    def _post_clean(self):
        super()._post_clean()
        if "state" in self.cleaned_data and self.instance.state == State.PUBLISHED:
            for obstacle in self._obstacles():
                self.add_error("state", obstacle)

    def _obstacles(self):
        formsets = getattr(self.instance, "submitted_formsets", None)
        if formsets is None:
            return []
        citations = next((each for each in formsets if isinstance(each, CitationFormSet)), None)
        number = len(citations.living_forms()) if citations else None
        if self.state_before == State.PUBLISHED:
            return obstacles(self.instance, self.user, citations=number)[:1] if number == 0 else []
        changed = set(self.changed_data) - self.not_content or any(each.has_changed() for each in formsets)
        return obstacles(self.instance, self.user, citations=number, changed_now=bool(changed))


def _take_publication_of_today(version):
    """Going back to what a record said does not take back that it was published."""
    names = [field.name for field in version._meta.fields if field.name in ("state", "embargoed_until")]
    today = type(version).objects.filter(pk=version.pk).values(*names).first() or {}
    for name, value in today.items():
        setattr(version, name, value)


class PublicationSteps:
    """States and list actions, for everything that has a ``state``: records, and progress updates."""

    actions = ["send_to_review", "publish", "withdraw"]

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
        return fields if may_publish(request.user, self.model) else (*fields, "embargoed_until")

    def has_publish_permission(self, request):
        return may_publish(request.user, self.model)

    def has_change_permission(self, request, obj=None):
        locked = obj is not None and is_locked(request.user, obj)
        return super().has_change_permission(request, obj) and not locked

    def has_delete_permission(self, request, obj=None):
        locked = obj is not None and is_locked(request.user, obj)
        return super().has_delete_permission(request, obj) and not locked

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        obj.submitted_formsets = formsets
        return formsets, inlines

    @admin.action(description=_("Send to review"), permissions=["change"])
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

    def publish_all(self, request, records):
        """Publish those records that nothing stands against, and say of the others what does."""
        clear = []
        for record in records:
            found = obstacles(record, request.user)
            if found:
                reasons = " ".join(map(str, found))
                self.message_user(
                    request,
                    _("Not published: %(record)s. %(reasons)s") % {"record": record, "reasons": reasons},
                    messages.WARNING,
                )
            else:
                clear.append(record)
        self._move(request, clear, State.PUBLISHED)

    def _move(self, request, records, state):
        for record in records:
            record.state = state
            record.save()
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
        if isinstance(inline, CitationInline) and request.method == "GET" and obj.pk is None and source.isdigit():
            kwargs["initial"] = [{"source": source}]
        return kwargs

    def get_view_on_site_url(self, obj=None):
        """Only what the public sees has a public page."""
        if obj is None or not self.model.objects.published(timezone.now()).filter(pk=obj.pk).exists():
            return None
        return super().get_view_on_site_url(obj)
