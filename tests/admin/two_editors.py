"""What two people send from one form."""

import html
import re

from tests.admin.desk import address, messages, shown


def form(client, record):
    return shown(client.get(address(type(record), "change", record.pk)))


def send(client, record, data, **changed):
    return client.post(address(type(record), "change", record.pk), data | changed)


def page(response):
    """What the form on the page of the joined result sends if nothing is touched but the button."""
    assert response.status_code == 409, messages(response)
    text = response.content.decode()
    typed = re.findall(r'<textarea name="([^"]+)" hidden>&#10;(.*?)</textarea>', text, re.S)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
    chosen = re.findall(r'<input type="radio" name="([^"]+)" value="mine" checked>', text)
    data = {}
    for name, value in [*typed, *hidden, *((name, "mine") for name in chosen)]:
        data.setdefault(html.unescape(name), []).append(html.unescape(value))
    return data | {"_save": ["Save it so"]}


def choices(response):
    return [place.place.choice for place in response.context["collisions"]]


def row_of(data, prefix, row):
    return next(int(name.split("-")[1]) for name, key in data.items() if name.endswith("-id") and key == row.pk)
