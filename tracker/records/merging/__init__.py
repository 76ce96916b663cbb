"""Two records that are one thing, made one, and parted again; and a record that is renamed.

``ways`` finds what leads to a record, ``ledger`` writes down each act, ``joining`` moves what pointed at the one that
goes, ``merge`` is all of it in one change, ``undoing`` takes it back, ``names`` keeps what a record was called,
``addresses`` knows where former addresses lead (``docs/decisions/merging.md``).
"""
