"""The history of follow-ups: who was told of what, by which mail, and what they answered. The planner writes it."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agreements.models import Person
from meetings.models import Reminder
from tracker.mail.recipients import NamedRecipient, names_recipients
from tracker.records.admin import ListsWhatIsAskedFor

from .previews import show_mail
from .tomorrow import respond, stage_in_words


@names_recipients("person")
def _people(keys):
    return {
        key: NamedRecipient(name, reverse("admin:agreements_person_change", args=[key]), "agreements.view_person")
        for key, name in Person.objects.filter(pk__in=keys).values_list("pk", "name")
    }


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


SUBJECTS = ("commitment", "meeting", "agreement")


class SubjectFilter(admin.SimpleListFilter):
    title = _("record")
    parameter_name = "about"

    def lookups(self, request, model_admin):
        return [
            ("commitment", _("about commitments")),
            ("meeting", _("about meetings")),
            ("agreement", _("about agreements")),
        ]

    def queryset(self, request, queryset):
        return queryset.filter(**{f"{self.value()}__isnull": False}) if self.value() in SUBJECTS else queryset


@admin.register(Reminder)
class ReminderAdmin(ListsWhatIsAskedFor):
    """To be read only: the planner writes them."""

    list_filter = [PersonFilter, SubjectFilter, "role", AnsweredFilter, "delivery__state", "day"]
    # The headline of a session names the body that met.
    list_select_related = ["person", "delivery", "answer", *SUBJECTS, "meeting__forum", "meeting__working_group"]
    search_fields = ["person__name", *(f"{name}__{field}" for name in SUBJECTS for field in ("reference", "title"))]
    list_per_page = 50
    show_full_result_count = False

    def get_list_display(self, request):
        return ["person", "record", "role", "counted", "day", self._mail_column(request), "answer_link"]

    def get_fields(self, request, obj=None):
        mail = self._mail_column(request)
        return ["person", "record", "role", "counted", "due_on", "day", mail, "created_at", "answer_link"]

    def _mail_column(self, request):
        """A link only for those whom it leads somewhere."""
        return "mail_link" if request.user.has_perm("mail.view_delivery") else "mail_state"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        preview = wrap(self.preview_view)
        ways = [
            path("tomorrow/", wrap(self.tomorrow_view), name="meetings_reminder_tomorrow"),
            path("tomorrow/<int:person>/", preview, {"part": "text"}, name="meetings_reminder_preview"),
            path("tomorrow/<int:person>/page/", preview, {"part": "html"}, name="meetings_reminder_preview_page"),
        ]
        return [*ways, *super().get_urls()]

    def tomorrow_view(self, request):
        return respond(request, self)

    def preview_view(self, request, person, part):
        return show_mail(request, self, person, part)

    @admin.display(description=_("record"))
    def record(self, reminder):
        subject = reminder.subject
        address = reverse(f"admin:{subject._meta.app_label}_{subject._meta.model_name}_change", args=[subject.pk])
        return format_html('<a href="{}">{}</a> {}', address, subject.reference, subject.headline)

    @admin.display(description=_("stage"), ordering="stage")
    def counted(self, reminder):
        return stage_in_words(reminder.stage)

    @admin.display(description=_("mail"), ordering="delivery__state")
    def mail_state(self, reminder):
        return reminder.delivery.get_state_display()

    @admin.display(description=_("mail"), ordering="delivery__state")
    def mail_link(self, reminder):
        address = reverse("admin:mail_delivery_change", args=[reminder.delivery_id])
        return format_html('<a href="{}">{}</a>', address, reminder.delivery.get_state_display())

    @admin.display(description=_("answer"), empty_value="–")
    def answer_link(self, reminder):
        answer = getattr(reminder, "answer", None)
        if answer is None:
            return None
        address = reverse("admin:meetings_progressupdate_change", args=[answer.pk])
        return format_html('<a href="{}">{}</a>', address, answer.get_answer_display())

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
