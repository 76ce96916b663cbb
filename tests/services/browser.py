"""The machine's own Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing may leave this machine, not even the browser's own housekeeping.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_program() -> str | None:
    found = (shutil.which(name) for name in PROGRAMS)
    return next((path for path in found if path), None)


@contextmanager
def running_chromium(program: str) -> Iterator[Browser]:
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


def note_problems(page: Page) -> list[str]:
    """A list that grows with every script error, blocked resource and other complaint of the page."""
    problems: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # The browser looks for an icon on its own account where a page names none.
        if message.type in {"error", "warning"} and not message.location["url"].endswith("/favicon.ico"):
            problems.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: problems.append(str(error)))
    return problems
