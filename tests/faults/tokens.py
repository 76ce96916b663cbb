"""Links that were tampered with."""

from collections.abc import Iterator
from random import Random

from django.core import signing

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:"
OTHER_SALTS = ("tracker.mail.links.unsubscribe", "tracker.mail.links.stop", "tracker.mail.links", "django.core.signing")
WRONG_KEY = "another key that is as long as the true one, 0123456789"


def changed(tokens: list[str], count: int, random: Random) -> Iterator[str]:
    """Yield so many tokens made out of genuine ones, none of which is genuine itself."""
    genuine, made = set(tokens), 0
    ways = [flip, cut, lengthen, swap, sign_for_another_purpose, sign_with_another_key, sign_not]
    while made < count:
        token, other = random.sample(tokens, 2)
        forged = ways[made % len(ways)](token, other, random)
        if forged and forged not in genuine:
            made += 1
            yield forged


def flip(token, other, random):
    """One bit of one character, where that leaves a character that an address may hold."""
    place = random.randrange(len(token))
    near = [chr(ord(token[place]) ^ (1 << bit)) for bit in range(7)]
    letter = random.choice([letter for letter in near if letter in ALPHABET] or ["A"])
    return token[:place] + letter + token[place + 1 :]


def cut(token, other, random):
    return token[: random.randrange(1, len(token))] if random.random() < 0.5 else token[random.randrange(1, 9) :]


def lengthen(token, other, random):
    place = random.randrange(len(token) + 1)
    return token[:place] + random.choice(ALPHABET) + token[place:]


def swap(token, other, random):
    """One part of another person's link in this one's."""
    parts, others = token.split(":"), other.split(":")
    place = random.randrange(len(parts))
    parts[place] = others[place]
    return ":".join(parts)


def sign_for_another_purpose(token, other, random):
    return signing.dumps(content(token), salt=random.choice(OTHER_SALTS))


def sign_with_another_key(token, other, random):
    return signing.dumps(content(other), key=WRONG_KEY, salt="tracker.mail.links.follow-up")


def sign_not(token, other, random):
    """The content of one link under the signature of another."""
    return ":".join([other.split(":")[0], *token.split(":")[1:]])


def content(token):
    return signing.JSONSerializer().loads(signing.b64_decode(token.split(":")[0].lstrip(".").encode()))
