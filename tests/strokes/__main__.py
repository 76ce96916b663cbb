"""`python -m tests.strokes`: how many clicks and keys one article costs in the form of a meeting."""

import sys

import pytest

sys.exit(pytest.main(["-n", "0", "-q", "-s", "--no-header", "tests/strokes/test_entry.py", *sys.argv[1:]]))
