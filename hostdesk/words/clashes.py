"""What is odd about planned sessions, in words."""

from collections.abc import Iterable, Iterator
from datetime import date

from db.text import visible
from db.timetable import Clash, Trouble
from hostdesk.words import N_, board, gettext

_SAYS = {
    Trouble.PLACE_TAKEN: N_("{place} is taken by {title} on {days}."),
    Trouble.LEADER_TWICE: N_("{leader} leads {title} then, on {days}."),
    Trouble.ROOM_SHUT: N_("Outside the opening hours on {days}."),
}


def sentences(clashes: Iterable[Clash], *, place: str, leader: str, near: date) -> Iterator[str]:
    """A sentence for each of them, those of one kind together.

    Args:
        clashes: what is odd.
        place: where the sessions are.
        leader: who leads them.
        near: a day of theirs; the year of another day is said only where it is another one.
    """
    found: dict[tuple[Trouble, str], list[date]] = {}
    for clash in clashes:
        found.setdefault((clash.trouble, clash.title), []).append(clash.day)
    for (trouble, title), days in found.items():
        yield gettext(_SAYS[trouble]).format(
            place=visible(place),
            leader=visible(leader),
            title=visible(title),
            days=board.some_days(days, near),
        )
