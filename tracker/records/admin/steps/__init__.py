"""Steps by which records are moved: which there are, what each leads to, how it is taken; and the bar that offers
them."""

from .bar import Bar, Panel
from .outlook import Outlook, causes_mail, changes_elsewhere, counted, goes_along, outlook
from .step import Step, offered, why_not
from .taking import StepWords, Taken, carry, say, take
from .trial import Letter, foretells_letters

__all__ = [
    "Bar",
    "Letter",
    "Outlook",
    "Panel",
    "Step",
    "StepWords",
    "Taken",
    "carry",
    "causes_mail",
    "changes_elsewhere",
    "counted",
    "foretells_letters",
    "goes_along",
    "offered",
    "outlook",
    "say",
    "take",
    "why_not",
]
