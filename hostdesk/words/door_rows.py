"""The words of the rows at the door: what each says, and why one was added or taken back later."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.door_rows import Kind
from db.text import visible
from hostdesk.words import N_, dates, gettext, ngettext

if TYPE_CHECKING:
    from db.corrections import Correction, Entry
    from db.door_rows import Row
    from db.room import Room


def what(room: "Room", row: "Row") -> str:
    """14:05 5 bezoekers kwamen binnen."""
    return f"{dates.clock(room.local(row.at))} {who(row)}"


def who(row: "Row") -> str:
    """How many, and who they were."""
    match row.kind:
        case Kind.VOLUNTEER:
            said = ngettext("{n} volunteer came in", "{n} volunteers came in", row.n)
        case Kind.DEPARTURE:
            said = ngettext("{n} person left", "{n} people left", row.n)
        case Kind.HEADCOUNT:
            said = gettext(N_("heads counted: {n}"))
        case _:
            said = ngettext("{n} visitor came in", "{n} visitors came in", row.n)
    said = said.format(n=row.n)
    if not row.first_visits:
        return said
    first = gettext(N_("first visit: {n}")).format(n=row.first_visits)
    return f"{said} ({first})"


def later(room: "Room", entry: "Entry") -> Iterator[str]:
    """Why it was added, and why it counts no more."""
    if entry.added:
        yield _why(room, N_("added: {why}"), entry.added)
    if entry.taken_back:
        yield _why(room, N_("does not count: {why}"), entry.taken_back)
    elif entry.row.voided:
        yield gettext(N_("undone at the desk"))


def _why(room: "Room", sentence: str, made: "Correction") -> str:
    """Why, by whom and when."""
    by = ", ".join(filter(None, (visible(made.by), dates.day(room.local(made.at).date()))))
    return f"{gettext(sentence).format(why=visible(made.why))} ({by})"
