"""A hand at the keyboard and the mouse that counts what it does, with the real events of a browser."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

expect.set_options(timeout=20_000)

# 40 words a minute of five characters; a click and the look at a field take their time besides.
KEYS_A_MINUTE, SECONDS_A_CLICK, SECONDS_A_FIELD = 40 * 5, 1.2, 1.5
# Further away than that, somebody takes the mouse.
MOST_TABS = 4
# Letters of a word before the form offers its rest.
LEAST_OFFERED = 3
OPEN = ".select2-container--open"


@dataclass
class Hand:
    """``keys`` are characters; ``moves`` are Tab, Enter and arrows; a text from the article is marked with a click and
    takes two strokes, to copy and to paste it."""

    page: Page
    fields: int = 0
    clicks: int = 0
    keys: int = 0
    moves: int = 0
    pastes: int = 0

    @property
    def strokes(self) -> int:
        return self.keys + self.moves + 2 * self.pastes

    @property
    def minutes(self) -> float:
        seconds = self.clicks * SECONDS_A_CLICK + self.fields * SECONDS_A_FIELD
        return self.strokes / KEYS_A_MINUTE + seconds / 60

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.clicks += 1

    def add_row(self, rows: str) -> None:
        """One more row; of rows that are folded away, unfold them first."""
        adding = f"#{rows}-group .add-row a"
        if not self.page.locator(adding).first.is_visible():
            self.click(f"#{rows}-group summary:visible")
        self.click(adding)

    def move(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.moves += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def write(self, text: str) -> None:
        """Type words; where the form offers the rest of one, the arrow takes it, which counts as a character."""
        for word in re.findall(r"\S+\s*|\s+", text):
            self._write(word)

    def _write(self, word):
        bare = word.strip(" ,.:;")
        for place in range(len(word)):
            if place >= LEAST_OFFERED and self._offered() == bare and len(bare) - place > 1:
                self.page.keyboard.press("ArrowRight")
                self.keys += 1
                return self.type(word[len(bare) :])
            self.type(word[place])
        return None

    def _offered(self):
        return self.page.evaluate(
            "() => document.querySelector('.completion:not([hidden])')?.textContent.slice(2) ?? ''"
        )

    def paste(self, text: str) -> None:
        """Marked in the article, copied, pasted."""
        self.page.keyboard.insert_text(text)
        self.pastes += 1
        self.clicks += 1

    def field(self, name: str) -> bool:
        """Go to a field of the form, by Tab where it is near; return whether the mouse was needed."""
        target = self._focusable(name)
        self.fields += 1
        if distance := self._tabs_to(target):
            for _tab in range(distance):
                self.move("Tab")
            return False
        if self._is_here(target):
            return False
        self.click(target)
        return True

    def fill(self, name: str, text: str) -> None:
        self.field(name)
        self.write(text)

    def select(self, name: str, letters: str, label: str) -> None:
        """In a list of choices the first letters choose."""
        is_unfolded = self.field(name)
        expect(self.page.locator(f"#id_{name}")).to_be_focused()
        self.type(letters)
        if is_unfolded:
            self.move("Enter")
        expect(self.page.locator(f"#id_{name} option:checked")).to_have_text(label)
        # Letters typed in the next second would count to the same word.
        self.page.wait_for_timeout(1100)

    def find(self, name: str, text: str, label: str, *, is_pasted: bool = False) -> None:
        """In a search box: type until the first that is offered is the one."""
        self.field(name)
        if not self.page.locator(OPEN).count():
            self.move("Enter")
        expect(self.page.locator(f"{OPEN} .select2-search__field").last).to_be_focused()
        (self.paste if is_pasted else self.type)(text)
        expect(self.page.locator(".select2-results__option--highlighted")).to_have_text(label)
        self.move("Enter")

    def _focusable(self, name):
        """What the keyboard reaches of a field: of a search box its frame, or the place to type in it."""
        field = f"#id_{name}"
        if not self.page.locator(f"{field}.select2-hidden-accessible").count():
            return field
        is_several = self.page.locator(field).get_attribute("multiple") is not None
        inner = ".select2-search__field" if is_several else ".select2-selection"
        return f"{field} + .select2-container {inner}"

    def _is_here(self, selector):
        return self.page.evaluate("s => document.activeElement === document.querySelector(s)", selector)

    def _tabs_to(self, selector):
        """How many times Tab leads there, 0 where it is far away."""
        return self.page.evaluate(
            """([selector, most]) => {
              const target = document.querySelector(selector);
              const kinds = "a[href], button, input, select, textarea, summary, [tabindex]";
              const all = [...document.querySelectorAll(kinds)].filter((each) => each.tabIndex >= 0 && !each.disabled
                && each.type !== "hidden" && each.getClientRects().length
                && !each.matches(".select2-hidden-accessible"));
              const distance = all.indexOf(target) - all.indexOf(document.activeElement);
              return all.includes(document.activeElement) && distance > 0 && distance <= most ? distance : 0;
            }""",
            [selector, MOST_TABS],
        )
