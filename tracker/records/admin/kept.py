"""Forms that could not be saved: kept for the account that had opened them, and given back to nobody else."""

from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from tracker.records.models import SentForm
from tracker.records.models.sent_form import MOST_KEPT

from .opened import Opened, opened

PARAMETER = "kept"
NOT_KEPT = frozenset({"csrfmiddlewaretoken"})


def keep(request: HttpRequest, carried: Opened) -> SentForm | None:
    """Keep what was sent, for the account that had opened the form, whoever sends it now; None where that is gone."""
    if not get_user_model().objects.filter(pk=carried.account).exists():
        return None
    values = {name: texts for name, texts in request.POST.lists() if name not in NOT_KEPT}
    fields = {"account_id": carried.account, "address": _without_kept(request), "title": carried.title}
    kept, _is_new = SentForm.objects.update_or_create(
        token=carried.token, defaults={**fields, "sent_at": timezone.now(), "values": values, "saved": None}
    )
    oldest = SentForm.objects.kept_for(carried.account, timezone.now())[MOST_KEPT:]
    SentForm.objects.filter(pk__in=[each.pk for each in oldest]).delete()
    return kept


def keep_if_signed(request: HttpRequest) -> SentForm | None:
    """Keep a form that was sent without the right to it: only one that the product itself gave to an account."""
    carried = opened(request)
    return keep(request, carried) if carried is not None and carried.account else None


def address_of(kept: SentForm) -> str:
    """Where the form can be taken up again."""
    mark = "&" if "?" in kept.address else "?"
    return f"{kept.address}{mark}{urlencode({PARAMETER: kept.token})}"


def kept_form(request: HttpRequest) -> QueryDict | None:
    """What the request asks to take up again, as it was sent; None where that is not for this account, or too old."""
    token = request.GET.get(PARAMETER, "")
    kept = SentForm.objects.kept_for(request.user, timezone.now()).filter(token=token).first() if token else None
    if kept is None:
        return None
    post = QueryDict(mutable=True)
    for name, texts in kept.values.items():
        post.setlist(name, texts)
    return post


def _without_kept(request):
    query = request.GET.copy()
    query.pop(PARAMETER, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
