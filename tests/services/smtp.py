"""A real SMTP server that keeps what it gets and, when told so, refuses or dawdles."""

import asyncio
import email
import email.policy
import socket
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class ReceivedMail:
    """One message as it came over the wire; sender and recipients are the envelope's."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    connection: tuple


class _Server(SMTP):
    async def smtp_DATA(self, arg: str) -> None:
        before = self.event_handler.before_data
        if before:
            await asyncio.to_thread(before)
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


class SmtpSink:
    """`messages` in order of arrival; `seconds_per_message` is how long each takes to be accepted; `before_data` is
    called, in a thread of its own, when the server has read DATA and has not yet asked for the message."""

    def __init__(self) -> None:
        self.messages: list[ReceivedMail] = []
        self.seconds_per_message = 0.0
        self.before_data: Callable[[], None] | None = None
        self._hanging: set[str] = set()
        self._refused: dict[str, str] = {}
        self._answers: deque[str] = deque()
        self._arrived = threading.Condition()
        self._controller = _Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def port(self) -> int:
        return self._controller.port

    @property
    def url(self) -> str:
        """The EMAIL_URL that leads here."""
        return f"smtp://127.0.0.1:{self.port}"

    def refuse(self, address: str, answer: str = "550 5.1.1 no such mailbox") -> None:
        """Answer every RCPT TO this address with `answer`."""
        self._refused[address] = answer

    def hang_at(self, address: str) -> None:
        """Never answer any RCPT TO this address."""
        self._hanging.add(address)

    def answer_next(self, *answers: str) -> None:
        """Answer the next messages with these (such as "451 4.3.0 later"), one each, and keep none."""
        self._answers.extend(answers)

    def wait_for(self, count: int, seconds: float = 20) -> list[ReceivedMail]:
        """The messages once there are `count`; TimeoutError if they do not come in time."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self.messages) >= count, seconds):
                raise TimeoutError(f"{len(self.messages)} of {count} messages after {seconds} s")
            return list(self.messages)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self._hanging:
            await asyncio.Event().wait()
        if address in self._refused:
            return self._refused[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.seconds_per_message)
        if self._answers:
            return self._answers.popleft()
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        received = ReceivedMail(envelope.mail_from, tuple(envelope.rcpt_tos), message, session.peer)
        with self._arrived:
            self.messages.append(received)
            self._arrived.notify_all()
        return "250 2.0.0 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
