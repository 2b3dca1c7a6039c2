"""Who is on duty, for tests to look at."""

from datetime import date

from db import duties
from db import room as rooms
from db.duties import Shift

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


def shift(day: date = TUESDAY) -> Shift:
    (found,) = duties.between(day, day)
    return found


def on(day: date = TUESDAY) -> list[tuple[str, str, str]]:
    """Who is on, from and until on the room's clock."""
    room = rooms.current()
    return [
        (duty.name, f"{room.local(duty.begins):%H:%M}", f"{room.local(duty.ends):%H:%M}")
        for duty in shift(day).duties
        if not duty.absent and duty.begins and duty.ends
    ]
