"""The form by which a reader reports an error, and what is kept of it."""

from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.mail.messages import check_address
from tracker.mail.models import LONGEST_ADDRESS
from tracker.records.models import DataVersion

from ..open_forms import OpenForm
from .models import LONGEST_TEXT, ErrorReport


class TypedText(forms.CharField):
    """A text of several lines: browsers count the end of a line once, and send two letters for it."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class ErrorReportForm(OpenForm):
    purpose = "error-report"

    text = TypedText(
        label=_("What is wrong, and what would be right?"),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Say what is wrong.")},
    )
    source_url = forms.URLField(
        label=_("Address of a source that shows it"), max_length=1000, required=False, assume_scheme="https"
    )
    email = forms.CharField(label=_("Your e-mail address, for an answer"), max_length=LONGEST_ADDRESS, required=False)

    def clean_email(self):
        address = self.cleaned_data["email"]
        try:
            check_address(address or "nobody@example.org")
        except ValueError as error:
            raise ValidationError(str(error)) from None
        return address

    @property
    def data_version(self) -> int:
        """That of the page on which the form was opened, as it carries with it; never one that is still to come."""
        sent, present = self.data.get("data_version", ""), DataVersion.current()
        known = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 19 else present
        return min(known, present)

    def keep(self, record, name: str) -> None:
        """Once, however often the form is sent; what was changed before it was sent again is another report."""
        said = repr((self.key, sorted(self.cleaned_data.items())))
        report = ErrorReport(
            key=sha256(said.encode()).hexdigest()[:22],
            kind=record._meta.label_lower,
            record=record.pk,
            name=name,
            data_version=self.data_version,
            language=get_language(),
            received_at=self.now,
            **self.cleaned_data,
        )
        ErrorReport.objects.bulk_create([report], ignore_conflicts=True)
