"""The room itself: its name, language, time zone and opening hours, and which day a moment belongs to."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import apsw
import pendulum
from pendulum.tz.exceptions import InvalidTimezone

from db import clock, connection, models
from db.connection import reading, rows, writing
from db.errors import N_, NoRoom, NotPossible
from db.text import clean

LANGUAGES = ("nl", "en")
THEMES = ("dark", "light")
LONGEST_NAME = 60
"""Characters of a room's name."""

DEFAULT_REASONS = {
    "nl": ("inloop", "activiteit", "vraag", "eten", "anders"),
    "en": ("drop-in", "activity", "question", "meal", "other"),
}
"""The reasons for a visit that a new room starts with."""


@dataclass(frozen=True)
class Hours:
    """A stretch of opening hours on a weekday; closing at or before opening means after midnight."""

    weekday: int
    """1 is Monday, 7 is Sunday (ISO 8601)."""
    opens: str
    """Local time, HH:MM."""
    closes: str
    """Local time, HH:MM."""


DEFAULT_HOURS = tuple(Hours(weekday, "10:00", "16:30") for weekday in range(1, 6))
"""What the set-up offers: working days."""


@dataclass(frozen=True)
class Period:
    """A stretch of being open on one day of the room."""

    day: date
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Room:
    """What everything else needs to know of the room."""

    uuid: str
    name: str
    language: str
    timezone: str
    theme: str

    @property
    def zone(self) -> ZoneInfo:
        """The room's time zone."""
        return pendulum.timezone(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """The moment on the room's own clock."""
        return moment.astimezone(self.zone)


def create(
    file: Path,
    *,
    name: str,
    language: str = "nl",
    timezone: str | None = None,
    hours: Iterable[Hours] = DEFAULT_HOURS,
    from_day: date | None = None,
) -> None:
    """Make a room in a new file and leave it open.

    Args:
        file: where its database will stand.
        name: what the neighbours call it.
        language: `nl` or `en`.
        timezone: an IANA name; without one this machine's.
        hours: the week's opening hours.
        from_day: the first day they hold; without one they always did.

    Raises:
        NotPossible: one of these makes no sense.
        RoomExists, CannotOpen, DiskFull: see `connection.create`.
    """
    name = clean(name, most=LONGEST_NAME)
    if not name:
        raise NotPossible(N_("A room needs a name."))
    if language not in LANGUAGES:
        raise NotPossible(N_("The language is nl or en, not {language}."), language=language)
    zone = _known_zone(timezone or _machine_zone())
    week = _sound(hours)

    def fill() -> None:
        models.Room.create(
            id=1,
            uuid=str(uuid.uuid4()),
            name=name,
            language=language,
            timezone=zone,
            theme=THEMES[0],
            created_at=clock.now(),
        )
        _write_week(week, from_day or date.min)
        for position, code in enumerate(DEFAULT_REASONS[language]):
            models.Reason.create(code=code, position=position, active=True)

    connection.create(file, fill)


def current() -> Room:
    """The room of the open database.

    Raises:
        NoRoom: the file holds no room.
    """
    row = models.Room.get_or_none(models.Room.id == 1)
    if row is None:
        raise NoRoom(path=connection.path())
    return Room(row.uuid, row.name, row.language, row.timezone, row.theme)


def choose_theme(theme: str) -> None:
    """Keep the look of the screens."""
    with writing():
        models.Room.update(theme=theme).where(models.Room.id == 1).execute()


def peek_language(file: Path) -> str | None:
    """The room's language, for the words of a message; None when that can't be read."""
    if not file.is_file():
        return None
    try:
        reader = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            found = list(reader.execute("SELECT language FROM room"))
        finally:
            reader.close()
    except apsw.Error:
        return None
    return found[0][0] if found and found[0][0] in LANGUAGES else None


def change_hours(hours: Iterable[Hours], from_day: date) -> None:
    """Let other opening hours hold from this day on; what held before stays known."""
    week = _sound(hours)
    with writing():
        models.OpeningHours.delete().where(models.OpeningHours.from_day == from_day).execute()
        _write_week(week, from_day)


def week_of(day: date) -> tuple[Hours, ...]:
    """The opening hours that hold in the week of this day."""
    hours = models.OpeningHours
    with reading():
        query = hours.select(hours.weekday, hours.opens, hours.closes).where(
            (hours.from_day == _newest_week(day)) & hours.opens.is_null(False)
        )
        return tuple(Hours(*row) for row in rows(query.order_by(hours.id)))


def close_day(day: date, reason: str) -> None:
    """Keep the room shut on this day although the week says otherwise."""
    with writing():
        models.ClosedDay.replace(day=day, reason=clean(reason, most=LONGEST_NAME)).execute()


def periods(room: Room, day: date) -> tuple[Period, ...]:
    """When the room is planned to be open on this day, in order; none when it is shut."""
    if models.ClosedDay.get_or_none(models.ClosedDay.day == day):
        return ()
    hours = models.OpeningHours
    query = hours.select(hours.opens, hours.closes).where(
        (hours.from_day == _newest_week(day))
        & (hours.weekday == day.isoweekday())
        & hours.opens.is_null(False)
    )
    return tuple(_period(room, day, opens, closes) for opens, closes in rows(query.order_by(hours.opens)))


def day_of(room: Room, moment: datetime) -> date:
    """The room's day that this moment belongs to: that of the shift, when one runs past midnight."""
    local_day = room.local(moment).date()
    evening_before = local_day - timedelta(days=1)
    if any(period.opens_at <= moment < period.closes_at for period in periods(room, evening_before)):
        return evening_before
    return local_day


def next_opening(room: Room, moment: datetime) -> datetime | None:
    """When the room is planned to open next, within a fortnight."""
    today = day_of(room, moment)
    for ahead in range(15):
        for period in periods(room, today + timedelta(days=ahead)):
            if period.opens_at > moment:
                return period.opens_at
    return None


def end_of_day(room: Room, day: date) -> datetime:
    """The midnight with which this day ends, on days of 23 and 25 hours too."""
    return pendulum.datetime(day.year, day.month, day.day, tz=room.zone).add(days=1)


def _period(room: Room, day: date, opens: str, closes: str) -> Period:
    """Opening hours on a real day: with pendulum, since a clock change may lie in between."""

    def at(on: date, time: str) -> datetime:
        hour, minute = time.split(":")
        return pendulum.datetime(on.year, on.month, on.day, int(hour), int(minute), tz=room.zone)

    last = day if closes > opens else day + timedelta(days=1)
    return Period(day, at(day, opens), at(last, closes))


def _newest_week(day: date) -> object:
    """The `from_day` of the week that holds on this day, as a subquery."""
    alias = models.OpeningHours.alias()
    return alias.select(alias.from_day).where(alias.from_day <= day).order_by(alias.from_day.desc()).limit(1)


def _write_week(week: tuple[Hours, ...], from_day: date) -> None:
    """Write all seven days, shut ones too, so that the week is known even if it has no hours."""
    for weekday in range(1, 8):
        stretches = [hours for hours in week if hours.weekday == weekday]
        for hours in stretches:
            models.OpeningHours.create(
                from_day=from_day, weekday=weekday, opens=hours.opens, closes=hours.closes
            )
        if not stretches:
            models.OpeningHours.create(from_day=from_day, weekday=weekday)


def _sound(hours: Iterable[Hours]) -> tuple[Hours, ...]:
    """The week's hours, when they can be true."""
    week = tuple(sorted(hours, key=lambda stretch: (stretch.weekday, stretch.opens)))
    for stretch in week:
        if stretch.opens == stretch.closes:
            raise NotPossible(N_("Opening and closing at {time} is no opening time."), time=stretch.opens)
    for earlier, later in pairwise(week):
        if earlier.weekday == later.weekday and (
            earlier.closes > later.opens or earlier.closes <= earlier.opens
        ):
            raise NotPossible(N_("Two opening times on one day overlap."))
    return week


def _known_zone(name: str) -> str:
    try:
        pendulum.timezone(name)
    except (InvalidTimezone, ValueError, OSError):
        raise NotPossible(
            N_("{zone} is no time zone. Use a name like Europe/Amsterdam."), zone=name
        ) from None
    return name


def _machine_zone() -> str:
    """This machine's time zone; one that was never set (UTC) is taken for Dutch time."""
    name = getattr(pendulum.local_timezone(), "name", "UTC")
    return "Europe/Amsterdam" if name in {"UTC", "Etc/UTC"} or "/" not in name else name
