"""What editors do with an answer besides accepting it or setting it aside: return it with a question, move the due date
as agreed, name the person it points at."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meetings.models import Commitment, ProgressUpdate
from tracker.records.admin import may_change_at_once
from tracker.records.admin.opened import current_version
from tracker.records.admin.seen import CHANGED_MEANWHILE, changes_since_seen
from tracker.records.models import one_change, one_writer

from .extension import FIELDSETS, ExtensionForm, obstacle

Answer, State = ProgressUpdate.Answer, ProgressUpdate.State


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Your question"),
        max_length=ProgressUpdate._meta.get_field("question").max_length,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80, "class": "vLargeTextField"}),
        help_text=_("Goes to whoever gave the answer, with the next message."),
        error_messages={"required": _("Write what you want to know.")},
    )


class ReturnsAnswers:
    """Answers go back with a question. That publishes nothing, so whoever may change them may do it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.return_view)
        return [path("return/", view, name="meetings_progressupdate_return"), *super().get_urls()]

    @admin.action(description=_("Return with a question"), permissions=["change"])
    def return_with_question(self, request, queryset):
        """A page that asks for the question; it posts to ``return_view``."""
        chosen = list(queryset.values_list("pk", flat=True))
        if returnable(queryset).exists():
            return self._question_page(request, chosen, QuestionForm())
        self.report_returned(request, [], len(chosen))
        return None

    def return_view(self, request):
        """One answer by its address, ``?answer=7``, or those that the form names."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        chosen = [int(key) for key in sent.getlist("answer") if key.isdecimal() and len(key) < 19]
        form = QuestionForm(request.POST if request.method == "POST" else None)
        if request.method != "POST" or not form.is_valid():
            if not returnable(self.get_queryset(request).filter(pk__in=chosen)).exists():
                raise Http404
            return self._question_page(request, chosen, form)
        with one_change():  # which lets nobody else accept them meanwhile
            if changes_since_seen(request, ProgressUpdate.objects.filter(pk__in=chosen)).exists():
                self.message_user(request, CHANGED_MEANWHILE, messages.WARNING)
                return self._question_page(request, chosen, form)
            chosen_answers = self.get_queryset(request).filter(pk__in=chosen)
            answers = list(returnable(chosen_answers).select_related("commitment", "answered_by"))
            for answer in answers:
                answer.question, answer.state = form.cleaned_data["question"], State.WITHDRAWN
                answer.save()
        self.report_returned(request, answers, len(chosen) - len(answers))
        return HttpResponseRedirect(reverse("admin:meetings_progressupdate_changelist"))

    def _question_page(self, request, chosen, form):
        found = returnable(self.get_queryset(request).filter(pk__in=chosen))
        answers = list(found.select_related("commitment", "answered_by", "responsible"))
        for each in answers:
            each.obstacle_to_question = obstacle_to_question(each)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Return with a question"),
            "opts": self.opts,
            "form": form,
            "answers": answers,
            "left_out": len(chosen) - len(answers),
            "seen": current_version(),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/meetings/progressupdate/return.html", context)

    def report_returned(self, request, answers, rest):
        if number := len(answers):
            text = ngettext("%(count)s answer is returned.", "%(count)s answers are returned.", number)
            self.message_user(request, text % {"count": number}, messages.SUCCESS)
            obstacles = [obstacle_to_question(each) for each in answers]
            if not all(obstacles):
                self.message_user(request, _("The question goes out with the next message."))
            for text in filter(None, dict.fromkeys(obstacles)):
                self.message_user(request, text, messages.WARNING)
        if rest:
            text = ngettext(
                "%(count)s stays as it is: only answers to a message that are in review can be returned.",
                "%(count)s stay as they are: only answers to a message that are in review can be returned.",
                rest,
            )
            self.message_user(request, text % {"count": rest}, messages.WARNING)


def returnable(updates):
    """Those of the updates that a person gave in answer to a message and nobody has decided on."""
    return updates.awaiting_review().filter(reminder__isnull=False)


def obstacle_to_question(answer: ProgressUpdate) -> str:
    """Why a question about this answer does not go out with the next message, in words; empty where nothing is known
    to stand against it."""
    person, commitment = answer.answered_by, answer.commitment
    if person is None:
        return str(_("Nobody is named who gave the answer: the question reaches nobody."))
    if person.unsubscribed_at is not None:
        text = _("%(name)s has stopped the mail: the question will not reach them that way.")
        return text % {"name": person}
    if not commitment.is_public:
        text = _("%(record)s is not published: nobody is asked about it, and the question waits.")
        return text % {"record": commitment.reference}
    if commitment.is_closed:
        text = _("%(record)s is complete or closed: nobody is asked about it, and the question waits.")
        return text % {"record": commitment.reference}
    return ""


class LeadsOn:
    """What an answer calls for next, as links: nothing follows from accepting it by itself."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.extension_view)
        extension = path("<path:object_id>/extension/", view, name="meetings_progressupdate_extension")
        return [extension, *super().get_urls()]

    def steps(self, request, update):
        """Return ``[(address, words)]`` for an answer on which there is something to do besides deciding."""
        is_open = obstacle(update) is None and update.expected != update.commitment.due
        if is_open and self.may_extend(request, update):
            yield reverse("admin:meetings_progressupdate_extension", args=[update.pk]), _("Agreed extension …")
        if request.user.has_perm("meetings.add_focalpoint") and self._points_at_somebody_new(update):
            prefilled = {"commitment": update.commitment_id, "person": update.responsible_id, "side": update.side_id}
            query = urlencode({name: key for name, key in prefilled.items() if key})
            words = _("Name %(person)s as focal point …") % {"person": update.responsible}
            yield f"{reverse('admin:meetings_focalpoint_add')}?{query}", words

    def may_extend(self, request, update):
        """Whoever may change the commitment; published ones are locked for plain editors."""
        desk = self.admin_site.get_model_admin(Commitment)
        may_add = request.user.has_perm("meetings.add_duechange")
        return may_add and desk.has_change_permission(request, update.commitment)

    def _points_at_somebody_new(self, update):
        if update.answer != Answer.NOT_MINE or update.state != State.PUBLISHED or update.responsible_id is None:
            return False
        return not update.commitment.focal_points.filter(person=update.responsible_id).exists()

    def tell_steps(self, request, update):
        """Say after accepting an answer what it leads to."""
        for address, words in self.steps(request, update):
            text = _("{}: nothing follows from it by itself. <a href='{}'>{}</a>")
            text = format_html(text, update.commitment, address, words)
            self.message_user(request, text, messages.INFO)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["steps"] = list(self.steps(request, obj)) if obj is not None and obj.pk else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def extension_view(self, request, object_id):
        """Move the due date as the sides agreed, or propose that. What an answer expects is one side's word and moves
        nothing."""
        with transaction.atomic():
            if request.method == "POST":
                one_writer()  # the due date stays as it was read
            update = self.get_object(request, unquote(object_id))
            if update is None:
                raise Http404
            if not self.may_extend(request, update):
                raise PermissionDenied
            back = HttpResponseRedirect(reverse("admin:meetings_progressupdate_change", args=[update.pk]))
            reason = obstacle(update)
            if reason:
                self.message_user(request, reason, messages.WARNING)
                return back
            data = request.POST if request.method == "POST" else None
            form = ExtensionForm(data, update=update, today=timezone.localdate())
            is_changed = changes_since_seen(request, Commitment.objects.filter(pk=update.commitment_id)).exists()
            if is_changed:
                self.message_user(request, CHANGED_MEANWHILE, messages.WARNING)
            if is_changed or not form.is_valid():
                return self._extension_page(request, update, form)
            if not may_change_at_once(request.user, update.commitment):
                desk = self.admin_site.get_model_admin(Commitment)
                return desk.propose_act(request, update.commitment, form.save, str(_("Agreed extension")))
            with one_change():
                change = form.save()
        text = _("The due date of %(commitment)s has moved: %(change)s.")
        self.message_user(request, text % {"commitment": update.commitment, "change": change}, messages.SUCCESS)
        return back

    def _extension_page(self, request, update, form):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Agreed extension"),
            "opts": self.opts,
            "original": update,
            "seen": current_version(),
            "adminform": helpers.AdminForm(form, FIELDSETS, {}, model_admin=self),
            "errors": form.errors,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/meetings/progressupdate/extension.html", context)
