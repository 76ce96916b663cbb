"""Random notations of dates are read or refused, and their words name no day that they do not."""

import re
from collections.abc import Iterable
from random import Random

from django.core.exceptions import ValidationError

from tracker.records import edtf


def random_notation(chance: Random) -> str:
    year = chance.choice(["2019", "2020", "2021?", "2021~", "20XX", "XXXX", "2024"])
    month = chance.choice(["", "-02", "-07", "-11?", "-XX", "-21", "-24", "-33", "-36", "-41"])
    day = chance.choice(["", "-01", "-29", "-31", "-XX", "-~15"]) if month else ""
    return year + month + day


def run(chance: Random, rounds: Iterable[int]) -> int:
    """One notation a round; return how many could be read."""
    read = 0
    for _round in rounds:
        sides = [random_notation(chance) for _ in range(chance.choice([1, 1, 2]))]
        notation = chance.choice(["", "", "../"]) + "/".join(sides)
        try:
            earliest, latest = edtf.bounds(notation)
        except ValidationError:
            continue
        read += 1
        assert not (earliest and latest) or earliest <= latest, notation
        words = edtf.in_words(notation)
        stated_days = len(re.findall(r"-[0-9]{2}\??-~?[0-9]{2}", notation))
        worded_days = len(re.findall(r"\b[0-9]{1,2}\b", words))
        assert worded_days <= stated_days, (notation, words)
        if earliest and earliest == latest:
            assert stated_days, (notation, words)
    return read
