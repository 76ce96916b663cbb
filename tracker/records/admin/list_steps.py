"""The same steps for many records of a list: the first press tells what would follow, the second one does it."""

from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.records.models import Revision

from .opened import current_version
from .seen import version_seen
from .steps import Step, take
from .steps.asked import errors_in, step_asked, told_with, unread_along
from .steps.in_lists import MOST_AT_ONCE, ListStep
from .steps.telling import tell


class StepsInLists:
    """List actions, for everything that has a ``state``."""

    actions = ["send_to_review", "publish", "publish_at_a_moment", "return_with_reason", "withdraw", "have_read"]

    @admin.action(description=_("Send to review"), permissions=["change"])
    def send_to_review(self, request, queryset):
        return self.ask_or_take(request, queryset, Step.REVIEW)

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish(self, request, queryset):
        return self.ask_or_take(request, queryset, Step.PUBLISH)

    @admin.action(description=_("Publish at …"), permissions=["publish"])
    def publish_at_a_moment(self, request, queryset):
        return self.ask_or_take(request, queryset, Step.PUBLISH_AT)

    @admin.action(description=_("Return with a reason"), permissions=["publish"])
    def return_with_reason(self, request, queryset):
        return self.ask_or_take(request, queryset, Step.RETURN)

    @admin.action(description=_("Withdraw"), permissions=["publish"])
    def withdraw(self, request, queryset):
        return self.ask_or_take(request, queryset, Step.WITHDRAW)

    def ask_or_take(self, request, queryset, step):
        """The first press tells what would follow, the second one does it, with the records that were told of."""
        if step_asked(request.POST) != step:
            return self._step_page(request, queryset, step)
        told = told_with(step, request.POST)
        errors = errors_in(step, told, timezone.now())
        if errors := errors or unread_along(step, told, list(queryset), request.user, version_seen(request)):
            return self._step_page(request, queryset, step, errors)
        self.step_taken(request, step, take(list(queryset), step, told, request.user, timezone.now()))
        return None

    def _step_page(self, request, queryset, step, errors=()):
        if queryset.count() > MOST_AT_ONCE:
            text = _("Choose no more than %(most)s records at once.") % {"most": MOST_AT_ONCE}
            return self.message_user(request, text, messages.WARNING)
        page = ListStep(step, list(queryset), request)
        context = {
            **self.admin_site.each_context(request),
            "title": step.label,
            "opts": self.opts,
            "panel": page,
            "errors": errors,
            "action": request.POST.get("action"),
            "seen": current_version(),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/steps/list.html", context)

    def step_taken(self, request, step, taken):
        """Say what it did."""
        tell(request, step, taken)

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
