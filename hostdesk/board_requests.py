"""What the screens of the board ask of the program around them: it alone knows the screens and dialogs."""

from dataclasses import dataclass
from enum import StrEnum

from textual.message import Message

from db.sessions import Meeting
from hostdesk.deeds import Subject


@dataclass
class OpenThread(Message):
    """Somebody wants to see everything behind a card."""

    card: Subject


@dataclass
class PlanWishes(Message):
    """Somebody wants to plan these wishes, in this order."""

    wishes: tuple[int, ...]


@dataclass
class AskAbout(Message):
    """Somebody wants to ask advice about a card."""

    card: Subject


@dataclass
class GiveUp(Message):
    """Something does not work out, and somebody is to say why."""

    card: Subject
    stops: int
    """So many sessions to come don't go on then."""


class Form(StrEnum):
    """What can be filled in about a session."""

    NUMBER = "number"
    STOP = "stop"
    MOVE = "move"
    SIGN_UPS = "sign-ups"
    ADD = "add"
    LEAD = "lead"


@dataclass
class FillIn(Message):
    """Somebody wants to fill in a form about a session of an activity."""

    form: Form
    session: Meeting
    following: int = 0
    """So many sessions to come follow it."""


@dataclass
class ChangeCard(Message):
    """Somebody wants to write a wish better, or change an activity."""

    card: Subject


@dataclass
class BoardChanged(Message):
    """Something was written: read the cards again, and whatever else shows them."""
