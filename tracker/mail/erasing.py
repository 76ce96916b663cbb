"""What is kept of an address once nobody is to know it any more: that a message went out, and not where to."""

from django.db.models import QuerySet

from .models import RefusedAddress


def forget_addresses(deliveries: QuerySet) -> None:
    """Erase the address of these messages wherever the mail keeps it: with the message, with what the mail server said
    of it, and among the addresses that it refused."""
    RefusedAddress.objects.filter(delivery__in=deliveries).delete()
    deliveries.update(address="", error="")
