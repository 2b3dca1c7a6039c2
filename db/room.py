"""The room itself: its name, language, time zone and opening hours, and which day a moment belongs to."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import apsw
from peewee import SQL, fn

from db import clock, connection, models
from db.connection import reading, rows, writing
from db.errors import N_, HostdeskError, NoRoom, NotPossible
from db.moments import from_text
from db.prepared import Prepared, given
from db.text import clean

LANGUAGES = ("nl", "en")
THEMES = ("dark", "light")
LONGEST_NAME = 60
"""Characters of a room's name."""

LATE = timedelta(hours=1)
"""After closing: who still leaves, or is counted, then belongs to the evening and not to the next day."""

_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")

DEFAULT_REASONS = {
    "nl": ("inloop", "activiteit", "vraag", "eten", "anders"),
    "en": ("drop-in", "activity", "question", "meal", "other"),
}
"""The reasons for a visit that a new room starts with."""


@dataclass(frozen=True)
class Hours:
    """A stretch of opening hours on a weekday; closing at or before opening means after midnight.

    From 00:00 to 00:00 is the whole day.
    """

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
    since: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """When it was made here: of what was before, nothing was measured."""

    @property
    def zone(self) -> ZoneInfo:
        """The room's time zone."""
        return ZoneInfo(self.timezone)

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
    name = sound_name(name)
    if language not in LANGUAGES:
        raise NotPossible(N_("The language is nl or en, not {language}."), language=language)
    zone = _known_zone(timezone or _machine_zone())
    week = sound(hours)

    def fill() -> None:
        models.Room.create(
            id=1,
            uuid=str(uuid.uuid4()),
            name=name,
            language=language,
            timezone=zone,
            theme=THEMES[0],
            created_at=clock.moment_kept(),
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
    row = _ROOM.row()
    if row is None:
        raise NoRoom(path=connection.path())
    identity, name, language, timezone, theme, since = row
    return Room(identity, name, language, timezone, theme, from_text(since))


def choose_theme(theme: str) -> None:
    """Keep the look of the screens."""
    with writing():
        models.Room.update(theme=theme).where(models.Room.id == 1).execute()


def peek_language(file: Path) -> str | None:
    """The room's language, for the words of a message; None when that can't be read."""
    try:
        if not file.is_file():
            return None
        connection.assert_ours(file)
        with connection.looking_at(file, briefly=True) as reader:
            found = list(reader.execute("SELECT language FROM room"))
    except (HostdeskError, OSError, apsw.Error):
        return None
    return found[0][0] if found and found[0][0] in LANGUAGES else None


def now_in(reader: apsw.Connection) -> datetime:
    """This moment in the time zone of the room in a database of whatever version, damaged or not.

    When that can't be read, in the machine's own.
    """
    try:
        ((timezone,),) = reader.execute("SELECT timezone FROM room")
        return clock.now().astimezone(ZoneInfo(str(timezone)))
    except (apsw.Error, OSError, ValueError, ZoneInfoNotFoundError):
        return clock.now().astimezone()


def change_hours(hours: Iterable[Hours], from_day: date) -> None:
    """Let other opening hours hold from this day on; what held before stays known."""
    week = sound(hours)
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
        open_as_usual(day)
        models.ClosedDay.insert(day=day, reason=clean(reason, most=LONGEST_NAME)).execute()


def open_otherwise(day: date, hours: Iterable[Hours], reason: str) -> None:
    """Open on this day at other hours than the week says.

    Args:
        day: the room's day.
        hours: its hours; the weekday is that of the day.
        reason: why, for whoever reads it on the door.

    Raises:
        NotPossible: the hours cannot be; nothing has changed.
    """
    stretches = sound(hours)
    if not stretches:
        raise NotPossible(N_("An opening time is needed, like 10-13."))
    with writing():
        open_as_usual(day)
        for stretch in stretches:
            models.OtherHours.insert(
                day=day,
                opens=stretch.opens,
                closes=stretch.closes,
                reason=clean(reason, most=LONGEST_NAME),
            ).execute()


def open_as_usual(day: date) -> None:
    """What the week says holds on this day, whatever was said of it before."""
    with writing():
        for otherwise in (models.ClosedDay, models.OtherHours):
            otherwise.delete().where(otherwise.day == day).execute()


def closed_days(from_day: date, to_day: date) -> dict[date, str]:
    """The days in this stretch on which the room stays shut although the week says otherwise, and why."""
    closed = models.ClosedDay
    with reading():
        return dict(
            rows(closed.select(closed.day, closed.reason).where(closed.day.between(from_day, to_day)))
        )


def other_days(from_day: date, to_day: date) -> dict[date, str]:
    """The days in this stretch that are open at other hours than the week says, and why."""
    other = models.OtherHours
    with reading():
        return dict(
            rows(other.select(other.day, other.reason).where(other.day.between(from_day, to_day)).distinct())
        )


def usual_periods(room: Room, day: date) -> tuple[Period, ...]:
    """When the week says that the room is open on such a day."""
    return tuple(
        _period(room.timezone, day, hours.opens, hours.closes)
        for hours in week_of(day)
        if hours.weekday == day.isoweekday()
    )


def periods(room: Room, day: date) -> tuple[Period, ...]:
    """When the room is planned to be open on this day, in order; none when it is shut."""
    return tuple(
        _period(room.timezone, day, opens, closes)
        for opens, closes in _HOURS.rows(day=day, weekday=day.isoweekday())
    )


def periods_between(room: Room, from_day: date, to_day: date) -> dict[date, tuple[Period, ...]]:
    """When the room is planned to be open on each day of this stretch, in three questions in all."""
    hours, other = models.OpeningHours, models.OtherHours
    with reading():
        shut = closed_days(from_day, to_day)
        otherwise: dict[date, list[Hours]] = {}
        of_days = other.select(other.day, other.opens, other.closes).where(
            other.day.between(from_day, to_day)
        )
        for day, opens, closes in rows(of_days.order_by(other.day, other.opens)):
            otherwise.setdefault(day, []).append(Hours(day.isoweekday(), opens, closes))
        weeks: dict[date, list[Hours]] = {}
        query = hours.select(hours.from_day, hours.weekday, hours.opens, hours.closes)
        for since, weekday, opens, closes in rows(
            query.where(hours.from_day <= to_day).order_by(hours.opens)
        ):
            weeks.setdefault(since, [])
            if opens is not None:
                weeks[since].append(Hours(weekday, opens, closes))
    found: dict[date, tuple[Period, ...]] = {}
    for number in range((to_day - from_day).days + 1):
        day = from_day + timedelta(days=number)
        newest = max((since for since in weeks if since <= day), default=None)
        week = otherwise.get(day) or (weeks[newest] if newest and day not in shut else [])
        found[day] = tuple(
            _period(room.timezone, day, stretch.opens, stretch.closes)
            for stretch in week
            if stretch.weekday == day.isoweekday()
        )
    return found


def day_of(room: Room, moment: datetime) -> date:
    """The room's day that this moment belongs to: that of the shift, when one runs past midnight.

    Who is late (`LATE`) belongs to that shift as well, unless the room is open again by then.
    """
    local_day = room.local(moment).date()
    evening_before = local_day - timedelta(days=1)
    for period in periods(room, evening_before):
        if period.opens_at <= moment < period.closes_at:
            return evening_before
        if period.closes_at <= moment < period.closes_at + LATE:
            return local_day if _is_within(moment, periods(room, local_day)) else evening_before
    return local_day


def _is_within(moment: datetime, planned: Iterable[Period]) -> bool:
    """Whether the room is planned to be open at this moment."""
    return any(period.opens_at <= moment < period.closes_at for period in planned)


def next_opening(room: Room, moment: datetime) -> datetime | None:
    """When the room is planned to open next, within a fortnight."""
    today = day_of(room, moment)
    for ahead in range(15):
        for period in periods(room, today + timedelta(days=ahead)):
            if period.opens_at > moment:
                return period.opens_at
    return None


def moment(room: Room, day: date, at: time) -> datetime:
    """When the room's clock shows this, in UTC; see `_moment` for what a clock change does to it."""
    return _moment(room.zone, day, at)


def moment_of(room: Room, day: date, at: time) -> datetime:
    """When, on this day of the room, its clock shows this, in UTC.

    The day ends with its last shift: where that goes on past midnight, half past twelve is in the night
    after it. See `day_of`.
    """
    found, after = moment(room, day, at), moment(room, day + timedelta(days=1), at)
    belongs_after = not _is_within(found, periods(room, day)) and day_of(room, after) == day
    return after if belongs_after else found


def first_after(room: Room, start: datetime, at: time) -> datetime:
    """When the room's clock first shows this after a moment, in UTC; past midnight that is the day after."""
    day = room.local(start).date()
    found = moment(room, day, at)
    return found if found > start else moment(room, day + timedelta(days=1), at)


def end_of_day(room: Room, day: date) -> datetime:
    """The midnight with which this day ends, in UTC; on days of 23 and 25 hours too."""
    return _moment(room.zone, day + timedelta(days=1), time())


@lru_cache(maxsize=512)
def _period(timezone: str, day: date, opens: str, closes: str) -> Period:
    """Opening hours on a real day, in UTC: a clock change may lie in between."""
    zone, last = ZoneInfo(timezone), day if closes > opens else day + timedelta(days=1)
    return Period(
        day, _moment(zone, day, time.fromisoformat(opens)), _moment(zone, last, time.fromisoformat(closes))
    )


def _moment(zone: ZoneInfo, day: date, at: time) -> datetime:
    """When a clock there shows this, in UTC: the second time if it does so twice.

    A time that the clock skips is taken as if it had not been put forward yet: 02:30 becomes 03:30.
    Both are the later of the two readings that PEP 495 gives, and what pendulum makes of it, whose
    import takes as long as all else that a count from the shell does.
    """
    local = datetime.combine(day, at, zone)
    return max(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def _newest_week(day: object) -> object:
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


def sound_name(name: str) -> str:
    """The name as it is kept.

    Raises:
        NotPossible: it is none, or too long.
    """
    name = clean(name, most=LONGEST_NAME)
    if not name:
        raise NotPossible(N_("A room needs a name."))
    return name


def sound(hours: Iterable[Hours]) -> tuple[Hours, ...]:
    """Opening hours in the order of the week, when they can be true.

    Raises:
        NotPossible: one is no time of day, takes no time, or overlaps another.
    """
    week = sorted(
        (Hours(_weekday(stretch.weekday), _time(stretch.opens), _time(stretch.closes)) for stretch in hours),
        key=_minutes,
    )
    for stretch in week:
        if stretch.opens == stretch.closes != "00:00":
            raise NotPossible(N_("Opening and closing at {time} is no opening time."), time=stretch.opens)
    around = [*map(_minutes, week), *[(start + _WEEK, end + _WEEK) for start, end in map(_minutes, week[:1])]]
    if any(later[0] < earlier[1] for earlier, later in pairwise(around)):
        raise NotPossible(N_("Two opening times on one day overlap."))
    return tuple(week)


_WEEK = 7 * 24 * 60


def _minutes(stretch: Hours) -> tuple[int, int]:
    """When the stretch begins and ends, in minutes since Monday 00:00."""

    def at(time: str) -> int:
        hour, minute = time.split(":")
        return (stretch.weekday - 1) * 24 * 60 + int(hour) * 60 + int(minute)

    opens, closes = at(stretch.opens), at(stretch.closes)
    return opens, closes if closes > opens else closes + 24 * 60


def _weekday(number: int) -> int:
    if not 1 <= number <= 7:
        raise NotPossible(N_("A week has days 1 to 7, not {n}."), n=number)
    return number


def _time(text: str) -> str:
    """The time of day as HH:MM, which sorts."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise NotPossible(
            N_("{time} is no time of day. Write it like 09:30."), time=clean(text, most=1000)[:20]
        )
    return f"{int(found[1]):02}:{found[2]}"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NotPossible(
            N_("{zone} is no time zone. Use a name like Europe/Amsterdam."), zone=name
        ) from None
    return name


def _machine_zone() -> str:
    """This machine's time zone; one that was never set (UTC) is taken for Dutch time."""
    from db.light_pendulum import pendulum

    name = getattr(pendulum.tz.get_local_timezone(), "name", "UTC")
    return "Europe/Amsterdam" if name in {"UTC", "Etc/UTC"} or "/" not in name else name


_ROOM = Prepared(
    models.Room.select(
        models.Room.uuid,
        models.Room.name,
        models.Room.language,
        models.Room.timezone,
        models.Room.theme,
        models.Room.created_at,
    ).where(models.Room.id == 1)
)
_IS_OTHERWISE = [
    fn.EXISTS(table.select(table.day).where(table.day == given("day")))
    for table in (models.ClosedDay, models.OtherHours)
]
_HOURS = Prepared(
    models.OpeningHours.select(models.OpeningHours.opens, models.OpeningHours.closes)
    .where(
        (models.OpeningHours.from_day == _newest_week(given("day")))
        & (models.OpeningHours.weekday == given("weekday"))
        & models.OpeningHours.opens.is_null(False)
        & ~_IS_OTHERWISE[0]
        & ~_IS_OTHERWISE[1]
    )
    .union_all(
        models.OtherHours.select(models.OtherHours.opens, models.OtherHours.closes).where(
            models.OtherHours.day == given("day")
        )
    )
    .order_by(SQL("1"))
)
