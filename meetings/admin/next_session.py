"""The next session of a forum: the form of a meeting that starts with what is usual there, and asks what became of the
open commitments of the last one. Nothing is saved until the form is."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agreements.models import Forum, numbered
from meetings.models import Commitment, Delegate, Delegation, Meeting, ProgressUpdate
from tracker.records import edtf
from tracker.records.admin.dates import PlaceInput
from tracker.records.admin.keys import is_readable
from tracker.records.form_fields import PlaceFormField

from .delegation import LEADING

PARAMETER = "next_of"
REVIEWED = ("progress", "text", "locator")
INPUTS: dict[str, dict[str, Any]] = {
    "text": {"widget": forms.Textarea(attrs={"rows": 2, "cols": 50})},
    "locator": {"form_class": PlaceFormField, "widget": PlaceInput},
}
# A session that left more open is followed up on the pages of its commitments.
MOST_REVIEWED = 60
# Of no more digits than a key has.
INPUT = re.compile(r"_review_(?P<key>[0-9]{1,18})_[a-z]+")
NOT_SAID = _("Say how far the commitment has progressed.")


@dataclass
class NextSession:
    """What the form of the next session of a forum starts with. ``said_of`` are the keys of the commitments of which
    the form that was sent says something."""

    forum: Forum
    said_of: frozenset[int] = frozenset()
    last: Meeting | None = field(init=False)

    def __post_init__(self):
        sessions = Meeting.objects.filter(forum=self.forum, working_group=None, session_number__isnull=False)
        self.last = sessions.order_by("-session_number", "-held_latest").first()

    @property
    def number(self) -> int:
        return self.last.session_number + 1 if self.last and self.last.session_number else 1

    @property
    def in_words(self) -> str:
        return numbered(self.forum.session_word, self.number)

    def initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {"forum": self.forum, "session_number": self.number}
        found["organisers"] = list(self.last.organisers.all()) if self.last else []
        found["organisers"] = found["organisers"] or list(self.forum.lead_organisations.all())
        found["themes"] = list(self.last.themes.all()) if self.last else []
        return found

    @cached_property
    def sides(self) -> list[dict[str, Any]]:
        """A row for each member of today, else for each that came last time, with whoever led it then."""
        members = [row for row in self.forum.memberships.all() if row.belongs and not row.left_latest]
        came = list(self.last.delegations.prefetch_related("delegates__person")) if self.last else []
        heads = {(row.country_id, row.organisation_id): self._head(row) for row in came}
        rows = members or [row for row in came if row.role == Delegation.Role.PARTY]
        return [
            {"country": row.country_id, "organisation": row.organisation_id}
            | heads.get((row.country_id, row.organisation_id), {})
            for row in rows
        ]

    def _head(self, delegation):
        leader = next((each for each in delegation.delegates.all() if each.role in LEADING), None)
        if leader is None or self._has_left(leader):
            return {}
        found = {"head": leader.person_id, "head_office": leader.office, "head_role": leader.role}
        return found | {"as_at": self.last.full_session_in_words}

    def _has_left(self, leader):
        """Whether the records name somebody else in the same office at a later meeting."""
        if not leader.office or self.last.held_latest is None:
            return False
        later = Delegate.objects.filter(delegation__meeting__held_earliest__gt=self.last.held_latest)
        same = later.filter(office__iexact=leader.office, delegation__country=leader.delegation.country_id)
        return same.exclude(person=leader.person_id).exists()

    @cached_property
    def open_commitments(self) -> list[Commitment]:
        """With those of which something was typed while they were still open, or that session was still the last."""
        if self.last is None:
            return []
        found = list(self.last.commitments.open().order_by("position", "pk")[:MOST_REVIEWED])
        others = Commitment.objects.filter(pk__in=self.said_of - {each.pk for each in found})
        return found + list(others.filter(meeting__forum=self.forum).order_by("position", "pk")[:MOST_REVIEWED])


def next_session(request) -> NextSession | None:
    """That which the address asks for; read once for each request."""
    if not hasattr(request, "next_session"):
        key = request.GET.get(PARAMETER, "")
        forum = Forum.objects.filter(pk=key).first() if is_readable(Forum._meta.pk, key) else None
        request.next_session = NextSession(forum, _said_of(request.POST)) if forum is not None else None
    return request.next_session


def _said_of(post):
    inputs = (INPUT.fullmatch(name) for name, text in post.items() if text.strip())
    return frozenset(int(found["key"]) for found in inputs if found)


class ReviewForm(forms.ModelForm):
    """Words of a commitment do not stand alone: they are said of how far it is."""

    session: NextSession

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for commitment in self.session.open_commitments:
            progress, *others = (f"_review_{commitment.pk}_{name}" for name in REVIEWED)
            if progress not in self.errors and not cleaned.get(progress) and any(map(cleaned.get, others)):
                self.add_error(progress, NOT_SAID)
        return cleaned


def review_fields(session: NextSession) -> dict[str, forms.Field]:
    """A row for each open commitment of the last session: how far it is, in what words, and where that stands."""
    columns: list[Any] = [ProgressUpdate._meta.get_field(name) for name in REVIEWED]
    found: dict[str, forms.Field] = {}
    for commitment in session.open_commitments:
        for column in columns:
            made = column.formfield(required=False, **INPUTS.get(column.name, {}))
            made.label = str(commitment) if column.name == "progress" else column.verbose_name
            made.help_text = ""
            found[f"_review_{commitment.pk}_{column.name}"] = made
    return found


def save_reviews(session: NextSession, meeting: Meeting, cleaned: dict[str, Any]) -> None:
    """What the new session says of the commitments of the last one, as drafts of progress updates."""
    first = meeting.citations.first()
    for commitment in session.open_commitments:
        progress, text, locator = (cleaned.get(f"_review_{commitment.pk}_{name}") or "" for name in REVIEWED)
        if progress:
            ProgressUpdate.objects.create(
                commitment=commitment,
                as_of=meeting.held,
                progress=progress,
                text=text,
                source=first and first.source,
                locator=locator if first else "",
                state=ProgressUpdate.State.DRAFT,
            )


class StartsFromLastSession(admin.ModelAdmin):
    """The admin of meetings, as far as a form starts with the next session of a forum."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.next_session_view)
        return [path("next-session/", view, name="meetings_meeting_next_session"), *super().get_urls()]

    def next_session_view(self, request):
        """The forums, that with the latest session first: each leads to the form of its next one."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        number = Max("meetings__session_number", filter=Q(meetings__working_group=None))
        forums = Forum.objects.annotate(last=number, met=Max("meetings__held_latest"))
        forums = sorted(forums, key=lambda forum: (forum.met or date.min, forum.last or 0), reverse=True)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Next session of a forum"),
            "opts": self.opts,
            "forums": [(_headline(forum), _last_met(forum), address_of_next(forum)) for forum in forums],
        }
        return TemplateResponse(request, "admin/meetings/meeting/next_session.html", context)

    def get_changeform_initial_data(self, request):
        session = next_session(request)
        return super().get_changeform_initial_data(request) | (session.initial() if session else {})

    def get_form(self, request, obj=None, change=False, **kwargs):
        session = self._reviewed(request, obj)
        if session is not None:
            further = {**review_fields(session), "session": session}
            kwargs["form"] = type(self.form.__name__, (ReviewForm, self.form), further)
        return super().get_form(request, obj, change=change, **kwargs)

    def get_formsets_with_inlines(self, request, obj=None):
        session = next_session(request) if obj is None else None
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if session is not None and inline.model is Delegation:
                formset.extra = len(session.sides) or formset.extra
            yield formset, inline

    def get_fieldsets(self, request, obj=None):
        """The rows of the review come last, as the meeting itself is told first."""
        fieldsets = list(super().get_fieldsets(request, obj))
        session = self._reviewed(request, obj)
        if session is None:
            return fieldsets
        rows = [
            tuple(f"_review_{commitment.pk}_{name}" for name in REVIEWED) for commitment in session.open_commitments
        ]
        told = _(
            "What this meeting says of them becomes a draft of a progress update; leave empty what it does not say."
        )
        title = _("Still open of %(session)s") % {"session": session.last.full_session_in_words}
        fieldsets.insert(-1, (title, {"fields": rows, "description": told, "classes": ["review"]}))
        return fieldsets

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """On showing only: a row that was shown filled in and comes back unchanged must still be saved."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        session = next_session(request) if request.method == "GET" and obj.pk is None else None
        if session is not None and inline.model is Delegation:
            kwargs["initial"] = session.sides
        return kwargs

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        session = self._reviewed(request, form.instance if change else None)
        if session is not None:
            save_reviews(session, form.instance, form.cleaned_data)

    def _reviewed(self, request, obj):
        """The session whose form asks for a review: of one that left something open, by who may say what became."""
        may_review = obj is None and request.user.has_perm("meetings.add_progressupdate")
        session = next_session(request) if may_review else None
        return session if session is not None and session.open_commitments else None


def _headline(forum):
    return Meeting(forum=forum, session_number=(forum.last or 0) + 1).full_headline


def _last_met(forum):
    return edtf.in_words(forum.met.isoformat()) if forum.met else ""


def address_of_next(forum: Forum) -> str:
    return f"{reverse('admin:meetings_meeting_add')}?{PARAMETER}={forum.pk}"
