"""The same mail server in a process of its own, where it takes no time from those who talk to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.managers import BaseManager

from tests.services.smtp import Pauses, ReceivedMail, SmtpSink


class RemoteSink(SmtpSink):
    """What is read of a sink from afar goes through methods: its attributes stay in its own process."""

    def address(self) -> str:
        """The EMAIL_URL that leads here."""
        return self.url

    def count(self) -> int:
        return len(self.messages)

    def received(self, first: int = 0) -> list[ReceivedMail]:
        """The messages in order of arrival, from number ``first`` on."""
        return self.messages[first:]

    def forget(self) -> None:
        """Start afresh: no messages, no faults."""
        self.messages, self.pauses = [], Pauses()
        for orders in (self._hanging, self._refused, self._answers, self._faults):
            orders.clear()

    def wait_until(self, count: int, seconds: float) -> bool:
        """Wait until there are so many messages, for so long at most; return whether there are."""
        with self._arrived:
            return self._arrived.wait_for(lambda: len(self.messages) >= count, seconds)


class _Manager(BaseManager):
    pass


_Manager.register("RemoteSink", RemoteSink)


@contextmanager
def smtp_sink_process() -> Iterator[RemoteSink]:
    """A sink that listens; what is called on it runs in its own process."""
    with _Manager(ctx=get_context("spawn")) as manager:
        sink = manager.RemoteSink()  # type: ignore[attr-defined]
        sink.start()
        yield sink
        sink.stop()
