"""What a new day brings by itself: more sessions of what goes on, and what was kept long enough erased."""

from db import clock, pattern, privacy, series, signups, wishes
from db import room as rooms
from db.connection import writing


def of_the_day() -> None:
    """Plan further ahead, and erase what was kept long enough; all of it, or nothing.

    Once a day is enough; a second time on the same day there is nothing left to do.
    """
    with writing():
        today = rooms.day_of(rooms.current(), clock.reliable_now()[0])
        series.plan_ahead()
        if wishes.erase_contacts(today) + signups.erase_names(today):
            privacy.make_gone_later()
        pattern.plan_ahead()
        privacy.of_the_day()


def beside() -> None:
    """What may take its time, beside the desk's own thread: what was erased is gone from the bytes too."""
    privacy.make_gone()
    privacy.of_backups()
