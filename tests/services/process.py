"""A program in a process group of its own, whose output a test can wait for."""

import os
import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class WatchedProcess:
    """Starts `command` at once; `lines` grows as it prints, on either of its outputs."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.environment = environment
        self.lines: list[str] = []
        self._changed = threading.Condition()
        self._ended = False
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    @property
    def log(self) -> str:
        return "".join(self.lines)

    def wait_for(self, text: str, seconds: float = 40) -> None:
        """Return when a line holds `text`; RuntimeError with all that it said if it ends or takes too long."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or text in self.log, seconds)
        if text not in self.log:
            self.kill()
            raise RuntimeError(f"{text!r} was not said:\n{self.log}")

    def wait(self, seconds: float = 20) -> int:
        """The exit code once it has ended by itself and nobody holds its output any more."""
        code = self._process.wait(seconds)
        self._reader.join(seconds)
        return code

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def signal_group(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def kill(self) -> None:
        """As when the machine goes down: SIGKILL to the program and its children, whatever they are at."""
        self.signal_group(signal.SIGKILL)
        self._process.wait()
        self._reader.join(5)  # somebody outside the group may hold its output

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                with self._changed:
                    self.lines.append(line)
                    self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
