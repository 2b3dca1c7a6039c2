"""A lifelike room to try things in, made up from a seed; it never touches the real one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from db import clock, description, door, past
from db import demo as demos
from db import room as rooms
from db.errors import NotPossible
from db.room import Hours, Room
from hostdesk import words
from hostdesk.demo import board, shift
from hostdesk.demo.calendar import closed_days
from hostdesk.demo.day import imagine
from hostdesk.words import N_, gettext

MOST_DAYS = 36_500
"""A hundred years."""

WEEK = (
    *(Hours(weekday, "10:00", "16:30") for weekday in range(1, 6)),
    Hours(2, "19:00", "21:30"),
    Hours(4, "19:00", "21:30"),
    Hours(6, "10:00", "14:00"),
    Hours(7, "13:00", "16:30"),
)
"""Working days, two evenings and the weekend: whichever day somebody tries it, it is open at some time."""

AHEAD = timedelta(days=60)
"""How far ahead the room's closed days are known."""

BUSY = 8
"""A busy room has so many times the visitors: 7300 days are more than a million door rows."""

SAMPLE_WEEKS = (11, 37)
"""Each year in spring and in autumn the desk asks who is there for the first time that week."""

WEBSITE = "https://buurtkamer.example.org"
LOGO = f"{WEBSITE}/logo.png"
"""Where the room would be on the web; nobody can have these addresses (RFC 2606)."""

_DAYS_AT_ONCE = 100

_AN_HOUR = timedelta(hours=1)
"""After so much time there is something to see on the desk; in so much time something can still begin."""


@dataclass(frozen=True)
class Made:
    """What was made."""

    file: Path
    days: int
    visits: int
    rows: int
    """Rows of the door ledger."""


def make(
    file: Path,
    *,
    days: int = 400,
    seed: int = 1,
    busy: bool = False,
    progress: Callable[[float], None] = lambda _part: None,
) -> Made:
    """Make a demo room in this file, in the place of an earlier demo; no room is open afterwards.

    Args:
        file: where its database will stand.
        days: so many days, up to and including today as far as it has gone.
        seed: another one gives other days.
        busy: with `BUSY` times the visitors.
        progress: told how much of it is done, from 0 to 1.

    Raises:
        NotPossible: no such number of days.
        HostdeskError: it cannot stand there, see `db.demo.making`.
    """
    if not 1 <= days <= MOST_DAYS:
        raise NotPossible(N_("A demo has between 1 and {most} days, not {days}."), most=MOST_DAYS, days=days)
    now = clock.now()
    making = demos.making(
        file,
        name=gettext(N_("The Living Room")),
        language=words.language(),
        hours=WEEK,
        asked=_asked(days, seed, busy),
        created_at=now - timedelta(days=max(days, board.DAYS)),
    )
    with making as room:
        today = room.local(now).date()
        first_day = today - timedelta(days=days - 1)
        since = min(first_day, today - timedelta(days=board.DAYS))
        shut = closed_days(since, today + AHEAD)
        past.close_days({day: name for day, name in shut.items() if day != today})
        description.change(website=WEBSITE, logo=LOGO)
        _open_today(room.local(now))
        board.fill(room, now, seed)
        imagined = _imagined_days(room, first_day, today, now, seed=seed, busy=busy)
        done = visits = rows = 0
        while some := list(islice(imagined, _DAYS_AT_ONCE)):
            rows += past.file_days(room, some, now)
            visits += sum(day.visits() for day in some)
            done += len(some)
            progress(done / days)
        past.file_sample_weeks(_sample_weeks(first_day, today), now - timedelta(days=days))
        shift.fill(room, now, WEEK, seed)
    return Made(file, days, visits, rows)


def is_there(file: Path, *, days: int = 400, seed: int = 1, busy: bool = False) -> bool:
    """Whether today's demo, made with the same numbers and in this language, still stands in this file."""
    return demos.is_there(file, asked=_asked(days, seed, busy))


def _asked(days: int, seed: int, busy: bool) -> str:
    today = clock.now().astimezone().date()
    return f"{today}, {words.language()}, {days} days, seed {seed}, busy {busy}"


def _sample_weeks(first_day: date, today: date) -> Iterator[date]:
    """The Mondays of the sample weeks of which the room has days."""
    monday = first_day - timedelta(days=first_day.weekday())
    while monday <= today:
        if monday.isocalendar().week in SAMPLE_WEEKS:
            yield monday
        monday += timedelta(days=7)


def _open_today(now: datetime) -> None:
    """Whoever tries the room, at whatever hour, finds it open for some time already and some time more, on
    this day only.
    """
    usual = [hours for hours in WEEK if hours.weekday == now.isoweekday()]
    if now.hour in range(1, 23):
        before, after = f"{now - _AN_HOUR:%H:%M}", f"{now + _AN_HOUR:%H:%M}"
        if any(hours.opens <= before and after <= hours.closes for hours in usual):
            return
    opens, closes = f"{max(now.hour - 3, 0):02}:00", f"{now.hour + 2:02}:00" if now.hour < 22 else "23:59"
    today = []
    for hours in usual:
        if hours.closes <= opens:
            today.append(hours)
        elif f"{now:%H:%M}" < hours.opens:  # nobody comes in before it opens as usual, but who was told to
            today.append(hours)
            closes = min(closes, hours.opens)
        else:
            opens, closes = min(opens, hours.opens), max(closes, hours.closes)
    rooms.open_otherwise(now.date(), [*today, Hours(now.isoweekday(), opens, closes)], "")


def _imagined_days(
    room: Room, first_day: date, today: date, now: datetime, *, seed: int, busy: bool
) -> Iterator[past.Day]:
    """The days of the room up to now, one after another, each with a luck of its own."""
    reasons = door.reasons()
    for number in range((today - first_day).days + 1):
        day = first_day + timedelta(days=number)
        luck = Random(f"{seed} {day}")
        asks = day.isocalendar().week in SAMPLE_WEEKS
        whole = imagine(
            luck,
            room,
            day,
            reasons,
            busy=BUSY if busy else 1,
            opens_surely=day == today,
            sample=Random(f"sample {seed} {day}") if asks else None,
        )
        so_far = whole.until(now)
        yield past.Day(day, so_far.happenings, so_far.closings)
