"""Every message passes through a mail server that takes seven bits only, and arrives as it was written."""

import pytest

from tests.mail.writers import make_delivery, run, writer
from tracker.mail.messages import OutgoingMessage

pytestmark = pytest.mark.django_db(transaction=True)

TEXTS = {
    "ASCII": ("Please tell us.\n", "7bit"),
    "punctuation": ("What became of “Set up a group” – and when?\n.\n..\nFrom us = you\t \n" * 9, "quoted-printable"),
    "Urdu": ("مشترکہ اقتصادی کمیشن نے کیا طے کیا؟\n" * 9, "base64"),
    "Chinese": ("双方就数字合作达成一致。\n" * 9, "base64"),
    "a long line": ("word " * 300 + "\n", "quoted-printable"),
}


@pytest.mark.parametrize(("text", "encoding"), TEXTS.values(), ids=TEXTS)
def test_message_goes_out_in_seven_bits_and_arrives_as_it_was_written(smtp_sink, text, encoding):
    def write(self, delivery):
        message = OutgoingMessage(f"About {text[:12]}", text, to=["a@example.org"])
        message.attach_alternative(f"<p>{text}</p>", "text/html")
        message.attach("a.ics", f"SUMMARY:{text}", "text/calendar")
        return message

    make_delivery()
    assert run(writer(write=write)) == {"sent": 1}
    (received,) = smtp_sink.messages
    parts = [part for part in received.message.walk() if not part.is_multipart()]
    assert received.content.isascii()
    assert max(len(line) for line in received.content.split(b"\r\n")) <= 998
    assert [part["Content-Transfer-Encoding"] for part in parts] == [encoding] * 3
    read = [part.get_content().replace("\r\n", "\n").rstrip("\n") for part in parts]
    assert read == [text.rstrip("\n"), f"<p>{text}</p>", f"SUMMARY:{text}".rstrip("\n")]
    assert received.message["Subject"].strip() == f"About {text[:12]}".strip()
