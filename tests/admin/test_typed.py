"""What the product takes a form to send if nothing is touched, against what a browser reads from the page: for every
form of the desk, with the starter data in it."""

from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.http import QueryDict

from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address
from tracker.records.admin import RecordAdmin
from tracker.records.admin.join import join
from tracker.records.admin.opened import INPUT
from tracker.records.admin.typed import sent, shown
from tracker.records.models import Revision

DESKS = [desk for desk in admin.site._registry.values() if isinstance(desk, RecordAdmin)]


class FormReader(HTMLParser):
    """The inputs of a form, as a browser with scripts would send them untouched: of all that stand in it or name it."""

    def __init__(self, text, form):
        super().__init__()
        self.inputs, self.select, self.textarea = QueryDict(mutable=True), None, None
        self.form, self.inside, self.is_without_script = form, "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.inside = given.get("id", "")
        self.is_without_script |= tag == "noscript"
        is_sent = given.get("form", self.inside) == self.form and not self.is_without_script
        name = given.get("name") if is_sent else None
        if tag == "input" and name and "disabled" not in given:
            kind = given.get("type", "text")
            if (kind in ("checkbox", "radio") and "checked" not in given) or kind == "submit":
                return
            self.inputs.appendlist(name, given.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "select" and name and "disabled" not in given:
            self.select = (name, "multiple" in given, [], [])
        elif tag == "option" and self.select:
            self.select[2].append(given.get("value", ""))
            if "selected" in given:
                self.select[3].append(given.get("value", ""))
        elif tag == "textarea" and name and "disabled" not in given:
            self.textarea = (name, [])

    def handle_data(self, data):
        if self.textarea:
            self.textarea[1].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = ""
        self.is_without_script &= tag != "noscript"
        if tag == "select" and self.select:
            name, is_multiple, options, selected = self.select
            for value in selected or ([] if is_multiple else options[:1]):
                self.inputs.appendlist(name, value)
            self.select = None
        elif tag == "textarea" and self.textarea:
            name, parts = self.textarea
            self.inputs.appendlist(name, "".join(parts).removeprefix("\n"))
            self.textarea = None


def fullest(model):
    """The record that says most."""
    records = list(model._base_manager.all())
    content = dict(
        Revision.objects.filter(kind=model._meta.label_lower).order_by("number").values_list("record", "content")
    )
    return max(records, key=lambda record: len(str(content.get(record.pk, ""))), default=None)


@pytest.fixture(scope="module")
def client(starter_data):
    return logged_in(make_user("superuser", is_superuser=True))


@pytest.mark.parametrize("desk", DESKS, ids=[desk.model.__name__ for desk in DESKS])
def test_a_form_when_nothing_is_touched_sends_what_the_product_takes_it_to_send(client, desk):
    record = fullest(desk.model)
    if record is None:
        pytest.skip("the starter data has none")
    response = client.get(address(desk.model, "change", record.pk))
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    known = shown(response.context["adminform"].form, formsets)
    post = FormReader(response.content.decode(), f"{desk.opts.model_name}_form").inputs
    joined = join(known, sent(post, formsets), known)
    assert (joined.mine, joined.theirs, joined.collisions, joined.locked) == ([], [], [], [])
    assert {name for name in sent(post, formsets).own if not name.startswith(("_", "csrf"))} <= known.own.keys()
    before = Revision.objects.count()
    assert client.post(address(desk.model, "change", record.pk), dict(post.lists())).status_code == 302
    assert Revision.objects.count() == before
    assert post[INPUT]
