"""What a new day brings by itself: yesterday's shifts closed, more sessions of what goes on, what was kept
long enough erased, and the room copied."""

from pathlib import Path

from db import backup, clock, door, pattern, privacy, roles, series, signups, wishes
from db import room as rooms
from db.connection import writing
from db.errors import N_, DiskFull
from db.machine import Machine


class TooFullForTheDay(DiskFull):
    """There is no space for what a day brings; a count takes less."""

    sentence = N_(
        "The disk is too full for the backup and the other work of the day. "
        "Throw away files that nobody needs any more."
    )


def everything(machine: Machine) -> list[Path]:
    """All of it, as far as it is due; the backups that were made.

    Raises:
        HostdeskError: some of it could not be done; the rest of it waits for the next time.
    """
    try:
        return _all_of_it(machine)
    except DiskFull as problem:
        raise TooFullForTheDay from problem


def _all_of_it(machine: Machine) -> list[Path]:
    with roles.by_the_machine():
        door.start_of_day()
        of_the_day()
        privacy.make_gone()
        here = backup.daily()  # first of all: a stick that takes nothing ends what comes behind it
        privacy.of_backups(machine)
        sealed = backup.seal_on_stick(machine)
        return [made for made in (here, *sealed, backup.daily_on_stick(machine)) if made]


def of_the_day() -> None:
    """Plan further ahead, and erase what was kept long enough; all of it, or nothing.

    Once a day is enough; a second time on the same day there is nothing left to do.
    """
    with roles.by_the_machine(), writing():
        today = rooms.day_of(rooms.current(), clock.reliable_now()[0])
        series.plan_ahead()
        if wishes.erase_contacts(today) + signups.erase_names(today):
            privacy.make_gone_later()
        pattern.plan_ahead()
        privacy.of_the_day()
