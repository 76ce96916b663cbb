"""Random notations of dates are read or refused, and their words name no day that they do not."""

import re
from collections.abc import Iterable
from random import Random

from django.core.exceptions import ValidationError

from tracker.records import edtf

TYPED = [
    *["3", "12", "31", "2021", "2022", "May", "Sept", "مئی", "5月", "3日", "2022年", "Q1", "X", "٣", "３", "st"],
    *[" ", " ", " ", ",", ".", "/", "-", "–", "..", "[", "]", "?", "~", "%", "(", "\u200f", "\n", "\x00", "%(date)s"],
    *[" or ", " یا ", "或", " to ", "至", "the ", "about ", "(uncertain)", "first half of ", "on or before "],
]


def random_notation(chance: Random) -> str:
    year = chance.choice(["2019", "2020", "2021?", "2021~", "20XX", "XXXX", "2024"])
    month = chance.choice(["", "-02", "-07", "-11?", "-XX", "-21", "-24", "-33", "-36", "-41"])
    day = chance.choice(["", "-01", "-29", "-31", "-XX", "-~15"]) if month else ""
    return year + month + day


def random_whole(chance: Random) -> str:
    """A date, an interval or a set of random dates."""
    sides = [random_notation(chance) for _ in range(chance.choice([1, 1, 2, 3]))]
    if len(sides) > 1 and chance.random() < 0.5:
        return f"[{chance.choice([',', ',', '..']).join(sides)}]"
    return chance.choice(["", "", "../"]) + "/".join(sides)


def random_text(chance: Random) -> str:
    """What somebody might type, with a date in it more often than not."""
    if chance.random() < 0.3:
        return random_whole(chance)
    return "".join(chance.choice(TYPED) for _ in range(chance.randrange(8)))


def run(chance: Random, rounds: Iterable[int]) -> int:
    """One notation a round; return how many could be read."""
    read = 0
    for _round in rounds:
        notation = random_whole(chance)
        try:
            earliest, latest = edtf.bounds(notation)
        except ValidationError:
            continue
        read += 1
        assert not (earliest and latest) or earliest <= latest, notation
        assert edtf.agree(notation, notation) is True
        words = edtf.in_words(notation)
        stated_days = len(re.findall(r"-[0-9]{2}\??-~?[0-9]{2}", notation))
        worded_days = len(re.findall(r"\b[0-9]{1,2}\b", words))
        assert worded_days <= stated_days, (notation, words)
        if earliest and earliest == latest:
            assert stated_days, (notation, words)
        if notation.startswith("["):
            _check_set(notation, earliest, latest)
    return read


def _check_set(notation, earliest, latest):
    """Each member lies within the bounds and agrees with the set; the bounds are those of members."""
    members = [edtf.bounds(member) for member in re.split(r",|\.\.", notation.strip("[]"))]
    assert (min(one.earliest for one in members), max(one.latest for one in members)) == (earliest, latest), notation
    assert edtf.exactness(notation) is edtf.Exactness.INEXACT
    assert all(edtf.agree(notation, member) for member in re.split(r",|\.\.", notation.strip("[]"))), notation
