"""The mail server of the tests goes wrong in the ways that it is told to."""

import smtplib
import time

import pytest

from tests.services.smtp import Fault, SmtpSink
from tests.services.smtp_process import smtp_sink_process

FROM, TO, CONTENT = "tracker@example.org", "focal@example.org", b"Subject: Due\r\n\r\n..\r\nEnd\r\n"


@pytest.fixture
def sink():
    sink = SmtpSink()
    sink.start()
    yield sink
    sink.stop()


def send(sink, to=TO):
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=0.5) as client:
        client.sendmail(FROM, [to], CONTENT)


def outcome(sink):
    """What a sender hears: 250, the code of the refusal, or the name of the error."""
    try:
        send(sink)
    except smtplib.SMTPRecipientsRefused as error:
        return error.recipients[TO][0]
    except smtplib.SMTPResponseException as error:
        return error.smtp_code
    except OSError as error:
        return type(error).__name__
    return 250


def test_sink_when_told_of_faults_meets_one_attempt_with_each_and_then_takes_the_mail(sink):
    sink.trouble(TO, Fault.GREYLIST, Fault.BUSY, Fault.DROP, Fault.HANG)
    said = [outcome(sink) for _ in range(5)]
    assert said == [450, 451, "SMTPServerDisconnected", "SMTPServerDisconnected", 250]
    assert [received.is_answered for received in sink.messages] == [False, False, True]
    assert sink.messages[2].content == CONTENT


def test_sink_when_one_address_is_in_trouble_takes_the_mail_of_others(sink):
    sink.trouble("other@example.org", Fault.GREYLIST)
    assert outcome(sink) == 250


def test_sink_when_it_goes_away_refuses_connections_until_it_comes_back(sink):
    with smtplib.SMTP("127.0.0.1", sink.port) as client:
        sink.go_away()
        with pytest.raises(smtplib.SMTPServerDisconnected):
            client.noop()
    assert outcome(sink) == "ConnectionRefusedError"
    sink.come_back()
    assert outcome(sink) == 250


def test_sink_when_told_to_dawdle_lets_the_time_pass_at_that_step(sink):
    sink.dawdle(before_354=0.1)
    before = time.monotonic()
    send(sink)
    (received,) = sink.messages
    assert before < received.begun_at <= received.received_at - 0.1


def test_sink_in_a_process_of_its_own_takes_mail_and_shows_it():
    with smtp_sink_process() as sink:
        sink.trouble(TO, Fault.BUSY)
        port = int(sink.address().rpartition(":")[2])
        with smtplib.SMTP("127.0.0.1", port) as client:
            with pytest.raises(smtplib.SMTPDataError):
                client.sendmail(FROM, [TO], CONTENT)
            client.sendmail(FROM, [TO], CONTENT)
        assert sink.wait_until(1, seconds=5) and sink.count() == 1
        (received,) = sink.received()
        assert (received.recipients, received.message["Subject"]) == ((TO,), "Due")


def test_sink_refuses_raw_eight_bit_data_unless_asked_to_take_it(sink):
    content = "Subject: Due\r\n\r\n“–”\r\n".encode()
    with smtplib.SMTP("127.0.0.1", sink.port) as client:
        with pytest.raises(smtplib.SMTPDataError, match="eight-bit data"):
            client.sendmail(FROM, [TO], content)
        client.sendmail(FROM, [TO], content, mail_options=["BODY=8BITMIME"])
    assert [received.content for received in sink.messages] == [content]
