"""What leads straight to a page when typed into the search: a reference, the code of a country, those of a pair."""

import re
from datetime import date

from django.urls import reverse

from agreements.registers import AGREEMENTS, COUNTRIES
from meetings.registers import COMMITMENTS, MEETINGS

REFERENCE = re.compile(r"([A-Za-z]{3})[-–\s]?([0-9]{1,9})")
# In capitals alone: “can” and “per” are words.
CODES = re.compile(r"([A-Z]{3})(?:[-–/\s]([A-Z]{3}))?")


def straight_to(text: str, today: date) -> str:
    """Return the address; empty where there is no such record in public."""
    text = text.strip()
    if match := REFERENCE.fullmatch(text):
        return _record(match[1].upper(), int(match[2]), today)
    if match := CODES.fullmatch(text):
        return _country_or_pair(sorted(filter(None, match.groups())), today)
    return ""


def _record(prefix, number, today):
    for register in (AGREEMENTS, MEETINGS, COMMITMENTS):
        records = register.records(today)
        if prefix == records.model.REFERENCE_PREFIX:
            record = records.filter(reference=f"{prefix}-{number:04}").first()
            return record.get_absolute_url() if record else ""
    return ""


def _country_or_pair(codes, today):
    countries = list(COUNTRIES.records(today).filter(code__in=codes))
    if len(countries) != len(codes):
        return ""
    return countries[0].get_absolute_url() if len(codes) == 1 else reverse("pair-detail", args=codes)
