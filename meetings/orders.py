"""Orders of commitments that no column gives."""

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from tracker.registers.register import by_day

from .models import Schedule

LATE, IN_TIME = "0", "1"
# After every day that is known; of what is not even late, nothing is known that could be sorted.
NO_DAY = "9999-99-99"

# What is overdue first, then what was longest not heard of; last, that of which nobody can tell. One value, as every
# order has: an index sorts by it, and a page of the API begins at it.
OVERDUE_THEN_SILENT = NullIf(
    Concat(
        Case(When(schedule=Schedule.OVERDUE, then=Value(LATE)), default=Value(IN_TIME), output_field=CharField()),
        Coalesce(Cast(by_day("heard"), CharField()), Value(NO_DAY)),
    ),
    Value(IN_TIME + NO_DAY),
)
