"""Reports of errors on the desk: who waits longest stands first; each is answered by mail, or closed without one."""

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from tracker.mail.models import Delivery
from tracker.mail.recipients import NamedRecipient, names_recipients
from tracker.records.admin import ListsWhatIsAskedFor, WaitingFirstFilter
from tracker.records.ages import age_in_words
from tracker.records.merging.addresses import present_key

from .answering import answer, dismiss, recipient
from .models import ErrorReport

State = ErrorReport.State
SEND, DISMISS = "_send", "_dismiss"


@names_recipients("error-report")
def _reports(keys):
    return {
        key: NamedRecipient(str(report), reverse("admin:site_errorreport_change", args=[key]), "site.view_errorreport")
        for key, report in ErrorReport.objects.in_bulk(keys).items()
    }


class InTurnFilter(WaitingFirstFilter):
    """Those that wait come first; what was handled is a click away."""

    title = _("state")
    parameter_name = "state"
    waiting, ALL = State.NEW, "all"

    def lookups(self, request, model_admin):
        return [*State.choices, (self.ALL, pgettext_lazy("error report", "all"))]

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in State else queryset


class AnswerToReportForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean()
        if "answer" in self.fields and SEND in self.data and not self.cleaned_data.get("answer", "").strip():
            self.add_error("answer", _("Write the answer, or close the report without one."))
        return cleaned


@admin.register(ErrorReport)
class ErrorReportAdmin(ListsWhatIsAskedFor):
    form = AnswerToReportForm
    change_form_template = "admin/site/errorreport/change_form.html"
    list_display = ["name", "beginning", "received_at", "waits_for", "state", "handled_by"]
    list_display_links = ["name", "beginning"]
    list_filter = [InTurnFilter]
    list_select_related = ["handled_by"]
    list_per_page = 50
    search_fields = ["name", "text"]
    ordering = ["received_at", "pk"]
    actions = ["close_without_answer"]

    def get_queryset(self, request):
        return super().get_queryset(request).about_what(request.user)

    def has_add_permission(self, request):
        return False

    def get_fields(self, request, obj=None):
        """The address is for those who may answer; the field of the answer for where there is one to answer to."""
        may_answer = self.has_change_permission(request, obj)
        fields = ["record_in_question", "received_at", "data_version", "language", "text", "source_url"]
        fields += ["email"] if may_answer else []
        fields += ["state"]
        if obj is None or not obj.is_waiting:
            fields += ["handled_by", "handled_at", "answer", "message"]
        elif obj.email and may_answer:
            fields += ["answer"]
        return fields

    def get_readonly_fields(self, request, obj=None):
        fields = self.get_fields(request, obj)
        return [name for name in fields if name != "answer"] if obj is not None and obj.is_waiting else fields

    @admin.display(description=_("what is wrong"))
    def beginning(self, report):
        return report.text if len(report.text) <= 80 else f"{report.text[:80]}…"

    @admin.display(description=_("waits for"))
    def waits_for(self, report):
        if not report.is_waiting:
            return None
        return age_in_words(timezone.localdate(report.received_at), timezone.localdate())

    @admin.display(description=_("record"))
    def record_in_question(self, report):
        """The way to its form, which an editor mends it on."""
        model = apps.get_model(report.kind)
        record = model._base_manager.filter(pk=present_key(model, report.record)).first()
        if record is None:
            return report.name
        try:
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record.pk])
        except NoReverseMatch:
            return str(record)
        return format_html('<a href="{}">{}</a>', address, record)

    @admin.display(description=_("message"))
    def message(self, report):
        delivery = Delivery.objects.filter(recipient=recipient(report.pk)).first()
        return delivery.get_state_display() if delivery else None

    @admin.action(description=_("Close without an answer"), permissions=["change"])
    def close_without_answer(self, request, queryset):
        closed = sum(dismiss(report, request.user, timezone.now()) for report in queryset)
        text = ngettext("%(count)s report is closed.", "%(count)s reports are closed.", closed)
        self.message_user(request, text % {"count": closed}, messages.SUCCESS)

    def save_model(self, request, obj, form, change):
        """Whoever comes second changes nothing, and gets back what they typed."""
        text, now = form.cleaned_data.get("answer", ""), timezone.now()
        if SEND in request.POST and obj.email and text.strip():
            is_done, said = answer(obj, text, request.user, now), _("The answer is on its way.")
        elif DISMISS in request.POST:
            is_done, said = dismiss(obj, request.user, now), _("The report is closed without an answer.")
        else:
            is_done, said = False, ""
        if is_done:
            self.message_user(request, said, messages.SUCCESS)
        else:
            self._say_too_late(request)

    def _say_too_late(self, request):
        text = _("The report was handled meanwhile: nothing was sent.")
        self.message_user(request, text, messages.WARNING)
        if typed := request.POST.get("answer", "").strip():
            text = _("What you typed: %(text)s") % {"text": typed}
            self.message_user(request, text, messages.WARNING)

    def response_change(self, request, obj):
        """Without Django's words that it was changed."""
        return self.response_post_save_change(request, obj)
