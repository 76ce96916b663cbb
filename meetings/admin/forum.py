"""What meetings add to the desk of forums: the way to the next session."""

from django.contrib import admin

from agreements.admin.forum import ForumAdmin
from agreements.models import Forum

from .next_session import NextSession, address_of_next

admin.site.unregister(Forum)


@admin.register(Forum)
class MeetingForumAdmin(ForumAdmin):
    change_form_template = "admin/agreements/forum/next_session.html"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and request.user.has_perm("meetings.add_meeting"):
            context["next_session"] = NextSession(obj).in_words
            context["next_session_url"] = address_of_next(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)
