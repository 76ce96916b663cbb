"""A real SMTP server that keeps what it gets and, when told so, refuses, dawdles, hangs or goes away."""

import asyncio
import email
import email.policy
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from enum import Enum
from functools import cached_property

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

END_OF_DATA = b"\r\n.\r\n"
EIGHT_BITS = "554 5.6.1 eight-bit data without BODY=8BITMIME"
NEVER = 3600


class Fault(Enum):
    """What a server may do to a recipient instead of taking the mail; in the last two cases it has taken it."""

    GREYLIST = "450 4.2.0 greylisted: come back later"  # to RCPT
    BUSY = "451 4.3.0 busy: come back later"  # to the end of the data
    HANG = "no answer to the end of the data, which it keeps"
    DROP = "the connection dropped instead of the 250 for the data, which it keeps"


@dataclass(frozen=True)
class ReceivedMail:
    """One message as it came over the wire; sender and recipients are the envelope's.

    Moments are those of ``time.monotonic()``, which all processes of a machine share: of the MAIL command, with which
    the server first hears of a message, and of the end of the data. ``is_answered``: whether the server said 250.
    """

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    connection: tuple
    begun_at: float
    received_at: float
    is_answered: bool = True

    @cached_property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.content, policy=email.policy.default)


@dataclass
class Pauses:
    """How many seconds the server lets pass at each step of taking a message."""

    before_recipient: float = 0
    before_354: float = 0
    before_keeping: float = 0
    before_250: float = 0


class Conversation(SMTP):
    """Reads a message in one piece: line by line, as aiosmtpd does, the server would be slower than its clients."""

    line_length_limit = 2**26

    def connection_made(self, transport):
        super().connection_made(transport)
        self.event_handler.connections.add(transport)

    def connection_lost(self, error):
        self.event_handler.connections.discard(self.transport)
        super().connection_lost(error)

    async def smtp_MAIL(self, arg):
        begun_at = time.monotonic()
        await super().smtp_MAIL(arg)
        self.envelope.begun_at = begun_at

    async def smtp_DATA(self, arg):
        if not self.envelope.rcpt_tos:
            await self.push("503 Error: need RCPT command")
            return
        if self.event_handler.before_data:
            await asyncio.to_thread(self.event_handler.before_data)
        await asyncio.sleep(self.event_handler.pauses.before_354)
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        content = await self._reader.readuntil(END_OF_DATA)
        self.envelope.content = content[:-3].replace(b"\r\n..", b"\r\n.")
        answer = EIGHT_BITS if self._is_raw() else await self.event_handler.take(self.session, self.envelope)
        self._set_post_data_state()
        if answer is None:
            self.transport.abort()
        else:
            await self.push(answer)

    def _is_raw(self):
        """Whether the message holds bytes beyond ASCII, and its sender did not ask for that (RFC 6152)."""
        return not self.envelope.content.isascii() and "BODY=8BITMIME" not in self.envelope.mail_options


class Door(Controller):
    def factory(self):
        return Conversation(self.handler, **self.SMTP_kwargs)


class SmtpSink:
    """`messages` in order of arrival; `seconds_per_message` is how long each takes to be accepted; `before_data` is
    called, in a thread of its own, when the server has read DATA and has not yet asked for the message."""

    def __init__(self) -> None:
        self.messages: list[ReceivedMail] = []
        self.pauses = Pauses()
        self.before_data: Callable[[], None] | None = None
        self.connections: set[asyncio.Transport] = set()
        self._hanging: set[str] = set()
        self._refused: dict[str, str] = {}
        self._answers: deque[str] = deque()
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._arrived = threading.Condition()
        self._controller = Door(self, hostname="127.0.0.1", port=free_port())

    @property
    def port(self) -> int:
        return self._controller.port

    @property
    def url(self) -> str:
        """The EMAIL_URL that leads here."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def seconds_per_message(self) -> float:
        return self.pauses.before_keeping

    @seconds_per_message.setter
    def seconds_per_message(self, seconds: float) -> None:
        self.pauses.before_keeping = seconds

    def refuse(self, address: str, answer: str = "550 5.1.1 no such mailbox") -> None:
        """Answer every RCPT TO this address with `answer`."""
        self._refused[address] = answer

    def hang_at(self, address: str) -> None:
        """Never answer any RCPT TO this address."""
        self._hanging.add(address)

    def answer_next(self, *answers: str) -> None:
        """Answer the next messages with these (such as "451 4.3.0 later"), one each, and keep none."""
        self._answers.extend(answers)

    def trouble(self, address: str, *faults: Fault) -> None:
        """Meet the next attempts at this address with these faults, one each; then take its mail."""
        self._faults[address].extend(faults)

    def dawdle(self, **seconds: float) -> None:
        """Let seconds pass at the steps named as in `Pauses`, at no others."""
        self.pauses = Pauses(**seconds)

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

    def go_away(self) -> None:
        """Break off all conversations and refuse connections until `come_back`."""
        self._run(self._close())

    def come_back(self) -> None:
        self._run(self._open())

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(NEVER if address in self._hanging else self.pauses.before_recipient)
        if address in self._refused:
            return self._refused[address]
        if self._next_fault(address) is Fault.GREYLIST:
            return self._faults[address].popleft().value
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def take(self, session: Session, envelope: Envelope) -> str | None:
        """Keep the message; return the answer, None to drop the connection instead."""
        await asyncio.sleep(self.pauses.before_keeping)
        if self._answers:
            return self._answers.popleft()
        troubled = next((address for address in envelope.rcpt_tos if self._next_fault(address)), None)
        fault = self._faults[troubled].popleft() if troubled else None
        if fault is Fault.BUSY:
            return fault.value
        self._keep(session, envelope, is_answered=fault is None)
        await asyncio.sleep(NEVER if fault is Fault.HANG else self.pauses.before_250)
        return None if fault is Fault.DROP else "250 2.0.0 OK"

    def _next_fault(self, address):
        faults = self._faults.get(address)
        return faults[0] if faults else None

    def _keep(self, session, envelope, is_answered):
        recipients, now = tuple(envelope.rcpt_tos), time.monotonic()
        received = ReceivedMail(
            envelope.mail_from, recipients, envelope.content, session.peer, envelope.begun_at, now, is_answered
        )
        with self._arrived:
            self.messages.append(received)
            self._arrived.notify_all()

    async def _close(self):
        self._controller.server.close()
        for transport in list(self.connections):
            transport.abort()

    async def _open(self):
        self._controller.server = await self._controller._create_server()

    def _run(self, coroutine):
        asyncio.run_coroutine_threadsafe(coroutine, self._controller.loop).result()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
