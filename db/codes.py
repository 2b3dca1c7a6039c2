"""Which words may stand in which column: of a row with another one nobody knows what it says.

The kinds of the door ledger, and the room's language, are held against rules of their own (`db.ledger`).
"""

from collections.abc import Iterable

from db.history import What
from db.log import CHANGES
from db.room import THEMES
from db.states import FollowUp, Lead, Mark, NoteKind, PersonKind, SessionState, State, Step

CODES: dict[str, Iterable[str]] = {
    "room.theme": THEMES,
    "wish.state": State,
    "activity.state": State,
    "activity.lead": Lead,
    "session.state": SessionState,
    "session.lead": Lead,
    "board_event.what": What,
    "board_event.from_state": State,
    "board_event.to_state": State,
    "person.kind": PersonKind,
    "closing_step.step": (*Step, *Mark),
    "log_entry.kind": NoteKind,
    "log_entry.follow_up": FollowUp,
    "log_change.what": CHANGES,
}
"""By table and column; where nothing stands, nothing is said."""
