"""Forms that somebody else may have changed under: joined by field and row, shown where that needs to be seen, never
saved twice, and kept where they cannot be saved."""

from copy import copy
from hashlib import sha256

from django.contrib import messages
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.records.models import SentForm, one_change

from .join import join
from .kept import NOT_KEPT, keep, kept_form
from .limits import MOST_ROWS, refuse_too_many_rows
from .made import NotSaved, making
from .opened import INPUT, current_version, opened, opening
from .places import Forms
from .since import ChangesSince
from .typed import Typed, Values, as_post, sent, shown, with_choices

CONFLICT = 409
# Why what is public is corrected; no column of the record.
CORRECTION, MOST_OF_A_CORRECTION = "_correction", 400
CHANGED = _("It was changed while you were typing")
LOCKED = _("It was locked while you were typing")
REMOVED = _("It was removed while you were typing")
MADE = _("A record was already made from this form")
NOT_SENT_AGAIN = NOT_KEPT | {INPUT, "_save", "_continue", "_addanother", "_edit", "_chosen"}


class ShownOnly:
    """A form that was sent, and is to be shown again as it is, not saved."""

    def is_valid(self):
        super().is_valid()
        return False


class JoinsForms:
    """The pages of one record: each form carries what it was opened with, and is compared with what is there now."""

    meanwhile_template = "admin/meanwhile.html"
    # Whether the form of a new record is known again and may be kept: not where a password is typed into it.
    keeps_new = True

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """One form is one change: from the comparison on nobody changes the record, and what follows from its many rows
        is worked out once, when all are saved."""
        if object_id is None and not self.keeps_new:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method != "POST" and not self._take_up_kept(request):
            request.version_on_opening = current_version()
            return super().changeform_view(request, object_id, form_url, extra_context)
        refuse_too_many_rows(request)
        try:
            with one_change() as change, making(request.user) as made:
                change.correction = request.POST.get(CORRECTION, "").strip()[:MOST_OF_A_CORRECTION]
                answer = self._before_saving(request, object_id)
                answer = answer or super().changeform_view(request, object_id, form_url, extra_context)
                if made.records and not getattr(request, "was_saved", False):
                    raise NotSaved(answer)
                return answer
        except NotSaved as refusal:
            return refusal.response

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        is_shown_only = getattr(request, "is_shown_only", False)
        return type(form.__name__, (ShownOnly, form), {}) if is_shown_only else form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        is_new = obj is None
        if (is_new and self.keeps_new) or (not is_new and self.has_change_permission(request, obj)):
            context["opened"] = self._opening_of(request, context, obj).signed()
            context["is_unsaved"] = request.method == "POST"
            context["most_rows"] = MOST_ROWS
            context["may_correct"] = getattr(obj, "is_public", False)
            context["correction"] = request.POST.get(CORRECTION, "")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.was_saved = True
        self.note_sent(request, form.instance)

    def note_sent(self, request, record):
        """The form of this request has done its work: sent once more, it does nothing."""
        carried = opened(request)
        if carried is not None and carried.account == request.user.pk:
            saved = {"saved": record.pk, "values": None, "digest": request.digest, "sent_at": timezone.now()}
            named = {"account": request.user, "address": request.path, "title": str(record)[:300]}
            SentForm.objects.update_or_create(token=carried.token, defaults=saved | named)

    def _opening_of(self, request, context, obj):
        """What the form on this page is opened with: the record as it is, however the form is filled in."""
        if request.method != "POST":
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            typed = shown(context["adminform"].form, formsets) if obj is not None else Typed()
            return opening(request, typed, str(obj or ""), request.version_on_opening)
        # The form has written into the object what was typed.
        stored = self.get_object(request, str(obj.pk)) if obj is not None else None
        typed = self._now(request, stored)[1] if stored is not None else Typed()
        return opening(request, typed, str(obj or ""), current_version(), former=opened(request))

    def _take_up_kept(self, request):
        """``?kept=`` names a form that could not be saved: it is shown as if it had just been sent, and not saved."""
        kept = kept_form(request)
        if kept is not None:
            bool(request.FILES)  # reads the body, an empty one, which Django would else do later, in place of this
            request.method, request.POST, request.is_shown_only = "POST", kept, True
        return kept is not None

    def _before_saving(self, request, object_id):
        """The answer to a form that must not simply be saved; None for any other, joined with what is there now."""
        request.digest, carried = _digest(request), opened(request)
        if "_edit" in request.POST:
            request.is_shown_only = True
        if carried is None:
            return None
        carried.account = carried.account or request.user.pk
        before = SentForm.objects.filter(token=carried.token, account=request.user, saved__isnull=False).first()
        made = self.get_object(request, str(before.saved)) if before is not None else None
        if made is not None and before.digest == request.digest:
            self.message_user(request, _("This form had been sent before: it was saved once."), messages.INFO)
            return self.response_change(request, made) if object_id else self.response_add(request, made)
        if before is not None:
            carried.start_anew()
        if object_id is None:
            return self._not_to_be_saved(request, carried, made, MADE) if made is not None else None
        return self._joined(request, object_id, carried)

    def _joined(self, request, object_id, carried):
        record = self.get_object(request, unquote(object_id), request.POST.get(TO_FIELD_VAR))
        if record is None:
            return self._not_to_be_saved(request, carried, None, REMOVED) if carried.title else None
        if not self.has_change_permission(request, record):
            may_see = carried.account == request.user.pk and self.has_view_permission(request, record)
            return self._not_to_be_saved(request, carried, record, LOCKED) if may_see else None
        forms, now = self._now(request, record)
        typed = with_choices(sent(request.POST, forms.formsets.values()), carried.typed)
        joined = join(carried.typed, typed, now)
        if joined.is_to_be_seen:
            keep(request, carried)
        if joined.is_to_be_seen or "_chosen" in request.POST:
            request.POST = as_post(joined.typed)
        if not joined.is_to_be_seen:
            return None
        since = ChangesSince(record, carried.version, {name: each.model for name, each in forms.formsets.items()})
        anew = opening(request, now, carried.title, current_version(), former=carried)
        return self._page(request, carried, record, CHANGED, joined, forms, since=since, opened=anew.signed())

    def _not_to_be_saved(self, request, carried, record, title):
        """What was typed can only be seen: beside nothing, since the form is no more, or is not this account's now."""
        kept = keep(request, carried)
        forms, _blank = self._now(request, None)
        typed = sent(request.POST, forms.formsets.values())
        joined = join(carried.typed, typed, as_opened(carried.typed, typed, _blank))
        since = ChangesSince(record, carried.version, {}) if record is not None else None
        # A second record is made from it only where somebody says so.
        anew = opening(request, Typed(), "", current_version(), former=carried) if title is MADE else None
        page = self._page(request, carried, record, title, joined, forms, since=since, opened=anew and anew.signed())
        if title is LOCKED and kept is not None:
            page.context_data["page_of_proposal"] = self.page_of_proposal(request, record, kept)
        return page

    def page_of_proposal(self, request, record, kept):
        """Where what was typed into a form that is locked by now can be proposed."""

    def _now(self, request, obj):
        """The forms of the record as they would be shown, and what they would send."""
        reading = copy(request)
        reading.method = "GET"
        fields = flatten_fieldsets(self.get_fieldsets(reading, obj))
        form_class = self.get_form(reading, obj, change=obj is not None, fields=fields)
        form = form_class(instance=obj) if obj is not None else form_class()
        formsets, _inlines = self._create_formsets(reading, form.instance, change=obj is not None)
        return Forms(form, formsets), shown(form, formsets)

    def _page(self, request, carried, record, title, joined, forms, *, since, opened):
        author = since.author_of if since is not None and title is CHANGED else lambda place: None
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": carried.title or None,
            "opts": self.opts,
            "original": record,
            "carried": carried,
            "saved_since": since.revisions if since is not None and title is not MADE else [],
            "is_joined": title is CHANGED,
            "is_made": title is MADE,
            "is_removed": title is REMOVED,
            "is_proposed": record is not None and getattr(request, "proposed_record", None) == record,
            "collisions": [forms.describe(place, author(place)) for place in joined.collisions],
            "locked": [forms.describe(place) for place in joined.locked],
            "mine": [forms.describe(place) for place in joined.mine],
            "theirs": [forms.describe(place, author(place)) for place in joined.theirs],
            "sent": [(name, texts) for name, texts in request.POST.lists() if name not in NOT_SENT_AGAIN],
            "opened_input": INPUT,
            "opened": opened,
            "button": next((name for name in ("_continue", "_addanother") if name in request.POST), "_save"),
            "page_of_record": self._page_of(record),
            "media": self.media,
        }
        return TemplateResponse(request, self.meanwhile_template, context, status=CONFLICT)

    def _page_of(self, record):
        """Where to go on: the record, or the list where it is no more."""
        page, args = ("change", [record.pk]) if record is not None else ("changelist", [])
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)


def _digest(request):
    """Of what was sent, without what changes each time."""
    values = sorted((name, texts) for name, texts in request.POST.lists() if name not in NOT_KEPT | {INPUT})
    return sha256(repr(values).encode()).hexdigest()


def as_opened(opened: Typed, typed: Typed, blank: Typed) -> Typed:
    """The form as it was opened, with all its inputs: whatever else was sent is what was typed."""
    rows: dict[str, dict[str, Values]] = {}
    for prefix in blank.rows:
        rows[prefix] = {}
        for key, former in opened.rows.get(prefix, {}).items():
            names = {**former, **typed.rows.get(prefix, {}).get(key, {})}
            rows[prefix][key] = {name: former.get(name, []) for name in names}
    return Typed({name: opened.own.get(name, []) for name in blank.own}, rows, blank=blank.blank)
