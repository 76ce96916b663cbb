"""What a hostile or a careless stranger puts where something else is expected: values, keys, whole addresses."""

from urllib.parse import quote

# As bytes of an address, where text could not hold them.
VALUES: dict[str, str | bytes] = {
    "open start": "../2020",
    "open end": "2020/..",
    "half an interval": "/2020",
    "other half": "2020/",
    "any year": "XXXX-12-25",
    "a set": "[2020,2021]",
    "year 0": "0000",
    "far year": "9999-12-31",
    "farther year": "99999",
    "no day": "2023-02-29",
    "superscript": "²",
    "Arabic digits": "١٢٣",
    "wide digits": "２０２０",
    "negative": "-1",
    "fraction": "1.5",
    "exponent": "1e9",
    "65 bits": "18446744073709551616",
    "4,300 digits and more": "9" * 5000,
    "a word": "abc",
    "spaces": "  ",
    "line breaks": "a\r\nSet-Cookie: a=b",
    "control characters": "\x01\x1b\x7f",
    "NUL": "\x00",
    "surrogate": b"\xed\xa0\x80",
    "no UTF-8": b"\xff\xfe",
    "cut UTF-8": b"\xe2\x82",
    "turned round": "\u202eabc",
    "joined": "\u200d\ufeff",
    "astral": "😀" * 50,
    "long": "x" * 20_000,
    "SQL": "' OR 1=1; --",
    "pattern": "%_\\",
    "markup": "<script>alert(1)</script>",
    "template": "{{7*7}}{% load %}",
    "format": "%(value)s%s{0}",
    "path": "../../etc/passwd",
    "list": "[]",
    "object": '{"a":1}',
    "none": "None",
    "commas": "1,2,3",
    "formula": "=1+1",
}


def quoted(value: str | bytes) -> str:
    """As a browser would never send it, perhaps, but a program would."""
    return quote(value if isinstance(value, bytes) else value.encode(), safe="")


def queries(name: str) -> dict[str, str]:
    """Query strings by what is wrong with them: one parameter, with each value, twice, as an array."""
    found = {kind: f"{name}={quoted(value)}" for kind, value in VALUES.items()}
    return found | {
        "empty": f"{name}=",
        "no value": name,
        "two": f"{name}=abc&{name}=xyz",
        "array": f"{name}[]=1&{name}[0]=1&{name}[a]=b",
        "many": "&".join(f"{name}=v{number}" for number in range(30)),
        "semicolons": f"{name}=1;{name}=2",
        "half an escape": f"{name}=%E&{name}=%",
    }


def keys() -> dict[str, str]:
    """What may stand in a path in place of a key or a name; none holds a slash of its own."""
    odd = {kind: value for kind, value in VALUES.items() if kind != "long"}
    return {kind: quoted(value) for kind, value in odd.items()} | {
        "0": "0",
        "quoted key of the admin": "_31_",
        "slash": "1%2F2",
        "dots": "..",
        "long": "x" * 3000,
    }
