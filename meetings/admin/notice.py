"""The history of follow-ups: who was told of what, by which mail, and what they answered. The planner writes it."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agreements.models import Person
from meetings.models import AgreementNotice, MeetingNotice, Notice

from .tomorrow import respond, stage_in_words


class PersonFilter(admin.SimpleListFilter):
    """One person's history: reached from their page, named here while it lasts. A list of all would never end."""

    title = _("person")
    parameter_name = "person__id__exact"

    def lookups(self, request, model_admin):
        if not self.value():
            return []
        return Person.objects.filter(pk=self._number()).values_list("pk", "name")

    def has_output(self):
        return bool(self.value())

    def queryset(self, request, queryset):
        return queryset.filter(person=self._number()) if self.value() else queryset

    def _number(self):
        if not self.value().isdecimal() or len(self.value()) > 18:
            raise IncorrectLookupParameters
        return int(self.value())


class AnsweredFilter(admin.SimpleListFilter):
    title = _("answered")
    parameter_name = "answered"

    def lookups(self, request, model_admin):
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(answer__isnull=self.value() == "no")


class NoticeDesk(admin.ModelAdmin):
    """To be read only. ``about`` is what the headline of a record needs beside the record."""

    about = ()
    list_filter = [PersonFilter, "role", "delivery__state", "day"]
    list_per_page = 50
    show_full_result_count = False

    def get_list_display(self, request):
        return ["person", "record", "role", "counted", "day", self._mail_column(request)]

    def get_fields(self, request, obj=None):
        return ["person", "record", "role", "counted", "due_on", "day", self._mail_column(request), "created_at"]

    def _mail_column(self, request):
        """A link only for those whom it leads somewhere."""
        return "mail_link" if request.user.has_perm("mail.view_delivery") else "mail_state"

    @property
    def list_select_related(self):
        subject = self.model.subject_name
        return ["person", "delivery", subject, *(f"{subject}__{name}" for name in self.about)]

    @property
    def search_fields(self):
        return ["person__name", f"{self.model.subject_name}__reference", f"{self.model.subject_name}__title"]

    @admin.display(description=_("record"))
    def record(self, notice):
        subject = notice.subject
        address = reverse(f"admin:{subject._meta.app_label}_{subject._meta.model_name}_change", args=[subject.pk])
        return format_html('<a href="{}">{}</a> {}', address, subject.reference, subject.headline)

    @admin.display(description=_("stage"), ordering="stage")
    def counted(self, notice):
        return stage_in_words(notice.stage)

    @admin.display(description=_("mail"), ordering="delivery__state")
    def mail_state(self, notice):
        return notice.delivery.get_state_display()

    @admin.display(description=_("mail"), ordering="delivery__state")
    def mail_link(self, notice):
        address = reverse("admin:mail_delivery_change", args=[notice.delivery_id])
        return format_html('<a href="{}">{}</a>', address, notice.delivery.get_state_display())

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Notice)
class NoticeAdmin(NoticeDesk):
    list_filter = [PersonFilter, "role", AnsweredFilter, "delivery__state", "day"]

    def get_list_display(self, request):
        return [*super().get_list_display(request), "answer_link"]

    def get_fields(self, request, obj=None):
        return [*super().get_fields(request, obj), "answer_link"]

    @property
    def list_select_related(self):
        return [*super().list_select_related, "answer"]

    def get_urls(self):
        address = path("tomorrow/", self.admin_site.admin_view(self.tomorrow_view), name="meetings_notice_tomorrow")
        return [address, *super().get_urls()]

    def tomorrow_view(self, request):
        return respond(request, self)

    @admin.display(description=_("answer"), empty_value="–")
    def answer_link(self, notice):
        answer = getattr(notice, "answer", None)
        if answer is None:
            return None
        address = reverse("admin:meetings_progressupdate_change", args=[answer.pk])
        return format_html('<a href="{}">{}</a>', address, answer.get_answer_display())


@admin.register(MeetingNotice)
class MeetingNoticeAdmin(NoticeDesk):
    about = ("forum", "working_group")


@admin.register(AgreementNotice)
class AgreementNoticeAdmin(NoticeDesk):
    pass
