"""What a body calls its sessions becomes one of some words, which have translations. No word is lost: one that is none
of them is noted for the editors, in the record and in each of its revisions alike, so that no two differ by it."""

from django.db import migrations, models

WORDS = {
    "session": "session",
    "meeting": "meeting",
    "round": "round",
    "edition": "edition",
    "conference": "conference",
    "summit": "summit",
    "assembly": "general assembly",
}
FORMER = {"consultation": "round", "general assembly": "assembly"}
COLUMN = {
    "choices": list(WORDS.items()),
    "help_text": "What its numbered meetings are called.",
    "max_length": 30,
    "verbose_name": "word for a session",
}


def code_of(word):
    """Return the code for a word as somebody typed it; None where there is none."""
    plain = " ".join(word.casefold().split())
    for each in (plain, plain.removesuffix("s")):
        if each in WORDS or each in FORMER:
            return FORMER.get(each, each)
    return None


def with_code(values):
    """Return the values of a forum with a code for its word, and with a note where the code does not say it."""
    word = values["session_word"]
    code, note = code_of(word) or "session", values["editors_note"]
    if word.strip() and code_of(word) is None:
        note = "\n".join(filter(None, [note, f"Word for a session: {word}."]))
    return {"session_word": code, "editors_note": note}


def words_to_codes(apps, schema_editor):
    for forum in apps.get_model("agreements", "Forum").objects.all():
        values = {"session_word": forum.session_word, "editors_note": forum.editors_note}
        if values != with_code(values):
            type(forum).objects.filter(pk=forum.pk).update(**with_code(values))
    for revision in apps.get_model("records", "Revision").objects.filter(kind="agreements.forum"):
        values = revision.content.get("fields", {})
        if "session_word" in values:
            values |= with_code({"editors_note": "", **values})
            revision.save(update_fields=["content"])
    # PostgreSQL alters no table whose relations wait to be checked.
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [("agreements", "0013_without_months"), ("records", "0003_without_former_history")]

    operations = [
        migrations.RunPython(words_to_codes, migrations.RunPython.noop),
        migrations.AlterField("forum", "session_word", models.CharField(default="session", **COLUMN)),
        migrations.AddField("workinggroup", "session_word", models.CharField(default="meeting", **COLUMN)),
    ]
