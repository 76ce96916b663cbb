"""The entry of each record says what the record says, at every moment."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import CharField, TextField

from agreements.models import AgreementTitle, Country, ForumName
from tests.factories import make_agreement, make_country, make_forum, make_meeting, make_person
from tracker.records.models import (
    Publishable,
    SearchEntry,
    Shared,
    fill_search_entries,
    found_by,
    search_entries,
    texts_of,
)
from tracker.records.models import search_entry as module

pytestmark = pytest.mark.django_db


def entry(record):
    return search_entries(type(record)).get(record=record.pk)


def test_every_kind_of_record_is_found_by_columns_that_it_has():
    kinds = {model for model in apps.get_models() if issubclass(model, (Publishable, Shared))}
    assert set(module.searched_models()) == kinds
    for model in kinds:
        declared = found_by(model)
        for path in (*declared.names, *declared.texts, *declared.choices):
            owner, field = model, None
            for step in path.split("__"):
                field = owner._meta.get_field(step)
                owner = field.related_model
            assert isinstance(field, (CharField, TextField)) or path == "session_number", path


def test_entry_follows_the_record_and_its_rows():
    agreement = make_agreement(title="Alpha", type="mou", description="About cables")
    first = entry(agreement)
    assert first.names == f"\n {agreement.reference.lower().replace('-', ' ')} \n alpha \n"
    assert first.texts.startswith(" about cables mou memorandum of understanding ") and "谅解" in first.texts
    row = AgreementTitle.objects.create(agreement=agreement, language="zh", title="合作")
    assert entry(agreement).names.endswith("\n alpha \n 合作 作 \n")
    row.delete()
    agreement.title, agreement.state = "Beta", "withdrawn"
    agreement.save()
    assert (entry(agreement).names.split()[-1], entry(agreement).state) == ("beta", "withdrawn")
    assert not search_entries(type(agreement)).public().exists()
    key = agreement.pk
    agreement.delete()
    assert not search_entries(type(agreement)).filter(record=key).exists()


def test_names_of_a_body_are_lines_and_each_of_several_in_one_column():
    forum = make_forum("jcc", name="Joint Committee", abbreviation="JCC")
    ForumName.objects.create(body=forum, name="Former Committee", abbreviation="FC")
    assert entry(forum).names == "\n joint committee \n jcc \n former committee \n fc \n"
    country = make_country("KOR")
    Country.objects.get(pk=country.pk)
    country.other_names = "Republic of Korea\nROK"
    country.save()
    assert entry(country).names.endswith("\n republic of korea \n rok \n kor \n")


def test_meeting_is_found_by_its_number_and_as_a_session():
    meeting = make_meeting(forum=make_forum("jcc"), session_number=13)
    assert "\n 13 \n" in entry(meeting).names and " session " in entry(meeting).texts


def test_person_is_found_by_the_name_alone():
    person = make_person("Li Na", email="li@example.org")
    assert "example" not in entry(person).names + entry(person).texts


def test_texts_know_their_language():
    agreement = make_agreement(title="Alpha")
    AgreementTitle.objects.create(agreement=agreement, language="zh", title="合作")
    names = texts_of(type(agreement), [agreement.pk])[agreement.pk].names
    assert [(name, name.language) for name in names[1:]] == [("Alpha", "en"), ("合作", "zh")]
    country = Country.objects.create(code="XXA", alpha2="XA", name="Land", name_ur="چین", name_zh="中国")
    names = texts_of(Country, [country.pk])[country.pk].names
    assert [name.language for name in names] == ["en", "ur", "zh-hans", "en"]


def test_what_is_missing_or_made_by_other_rules_is_written_with_the_next_migration(monkeypatch):
    first, second = make_agreement(title="Alpha"), make_agreement(title="Beta")
    fill_search_entries()  # what the factories insert all at once
    before = list(SearchEntry.objects.order_by("kind", "record").values_list("kind", "record", "names", "texts"))
    search_entries(type(first)).filter(record=first.pk).delete()
    search_entries(type(second)).update(edition="other", names="")
    call_command("migrate", verbosity=0)
    after = list(SearchEntry.objects.order_by("kind", "record").values_list("kind", "record", "names", "texts"))
    assert after == before
    monkeypatch.setattr(module, "write_search_entries", None)
    fill_search_entries()  # nothing is left to write
