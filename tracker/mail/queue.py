"""How a message enters the queue: once for each key, however many planners run at the same time."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from .messages import message_id
from .models import Delivery


def enqueue(deliveries: Iterable[Delivery]) -> dict[str, Delivery]:
    """Insert the deliveries whose key is new; return by key those that this call inserted, and no others.

    Call it inside the transaction that also writes what the deliveries are about: nobody can send one before both
    are there.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("enqueue() belongs in the transaction of its planner.")
    plan = uuid.uuid4()
    # In one order everywhere, so that two planners wait for each other instead of locking each other out.
    rows = sorted(deliveries, key=lambda delivery: delivery.key)
    for row in rows:
        row.plan, row.message_id = plan, message_id(row.key)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return {delivery.key: delivery for delivery in Delivery.objects.filter(plan=plan)}
