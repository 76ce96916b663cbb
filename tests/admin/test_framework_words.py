"""What the framework says on pages of the desk is said in the language of whoever reads them."""

import html
import re
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.urls import reverse
from django.utils.translation import override

from agreements.models import Agreement
from meetings.models import Commitment, Meeting, ProgressUpdate
from tests.admin.desk import address, shown
from tests.factories import make_agreement, make_meeting
from tracker.accounts.models import User
from tracker.records.models import Source

pytestmark = pytest.mark.django_db

CATALOGUES = [
    Path(django.__file__).parent / room / "locale/en/LC_MESSAGES/django.po"
    for room in ("conf", "contrib/admin", "contrib/auth")
]
PLACE = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}")
HIDDEN = re.compile(r"<(script|style|noscript|template)\b.*?</\1>", re.S)
# Which is called so in every language.
NAME_OF_A_LANGUAGE = "English"
TEXT = re.compile(r">([^<>]+)<|(?:title|aria-label|placeholder)=\"([^\"]+)\"")


def sentences():
    """What Django may say, as patterns; of one word, capitalised as labels are."""
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file):
                words = (message.id,) if isinstance(message.id, str) else message.id
                for each in filter(None, words):
                    if re.search("[A-Za-z]{3}", PLACE.sub("", each)):
                        yield ".{1,90}?".join(map(re.escape, PLACE.split(each)))


def in_english(page, said):
    text = re.sub(
        r"<(script|style|noscript|template)\b.*?</\1>|<([a-z]+)[^>]* lang=\"en\"[^>]*>.*?</\2>", "", page, flags=re.S
    )
    texts = {" ".join(html.unescape(one or other).split()) for one, other in TEXT.findall(text)}
    return sorted(each for each in texts if said.fullmatch(each.rstrip(":*")) and each != NAME_OF_A_LANGUAGE)


@pytest.mark.parametrize("language", ["ur", "zh-hans"])
def test_no_page_of_the_desk_says_in_english_what_the_framework_says(superuser, language):
    said = re.compile("|".join(sentences()), re.IGNORECASE)
    User.objects.update(language=language)
    meeting, agreement = make_meeting(state="draft"), make_agreement(state="draft")
    pages = [
        reverse("admin:index"),
        reverse("admin:app_list", args=["meetings"]),
        reverse("admin:password_change"),
        address(User, "changelist"),
        address(User, "add"),
        address(User, "change", superuser.user.pk),
        address(Source, "add"),
        address(Source, "changelist"),
        address(Meeting, "changelist") + "?o=1",
        address(Meeting, "add"),
        address(Meeting, "change", meeting.pk),
        address(Commitment, "add"),
        address(Agreement, "delete", agreement.pk),
        address(Agreement, "history", agreement.pk),
    ]
    found = {page: in_english(superuser.get(page).content.decode(), said) for page in pages}
    form = shown(superuser.get(address(Agreement, "change", agreement.pk)))
    saved = superuser.post(
        address(Agreement, "change", agreement.pk), form | {"title": "Other", "_continue": "1"}, follow=True
    )
    refused = superuser.post(address(User, "add"), {"username": "a b", "password1": "1", "password2": "2"})
    found |= {"saved": in_english(saved.content.decode(), said), "refused": in_english(refused.content.decode(), said)}
    assert {page: texts for page, texts in found.items() if texts} == {}


def test_relation_that_is_called_as_what_it_leads_to_bears_its_name():
    with override("ur"):
        of_updates = ProgressUpdate._meta.get_field("commitment").verbose_name
        assert str(of_updates) == str(Commitment._meta.verbose_name) != "commitment"
    assert str(of_updates) == "commitment"


def test_text_that_is_typed_has_the_direction_of_its_own_language(superuser):
    superuser.user.language = "ur"
    superuser.user.save()
    form = superuser.get(address(Agreement, "add")).context["adminform"].form
    assert [form[name].field.widget.attrs["dir"] for name in ("title", "description")] == ["auto", "auto"]
