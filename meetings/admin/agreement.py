"""What follow-ups add to the desk of agreements: the question which notice periods end."""

from django.contrib import admin

from agreements.admin.agreement import AgreementAdmin
from agreements.models import Agreement

from .filters import AgreementToDoFilter

admin.site.unregister(Agreement)


@admin.register(Agreement)
class FollowedAgreementAdmin(AgreementAdmin):
    list_filter = [AgreementToDoFilter, *AgreementAdmin.list_filter[1:]]
