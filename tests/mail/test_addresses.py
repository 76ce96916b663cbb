"""How long an address may be: RFC 5321 gives what stands before the @ 64 characters, and so do we."""

import pytest

from tracker.mail.messages import LONGEST_LOCAL_PART, check_address


def test_address_may_be_as_long_as_the_standard_lets_it():
    assert LONGEST_LOCAL_PART == 64
    check_address(f"{'x' * 64}@example.org")
    with pytest.raises(ValueError, match="Not an e-mail address"):
        check_address(f"{'x' * 65}@example.org")
