"""How often a password may be refused; apart from what counts it, as the settings read them."""

from datetime import timedelta

MOST_FAILURES = 5
COOL_OFF = timedelta(minutes=15)
# How many refusals within that time it takes. Of one account from one address, few; of whoever is behind one address,
# more: it may be an office; of one account from anywhere, many: else a stranger could keep its owner out.
LIMITS = ((["username", "ip_address"], MOST_FAILURES), (["ip_address"], 30), (["username"], 100))
