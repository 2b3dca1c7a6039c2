"""One imagined day of a living room: who comes and goes, and what of it the desk counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil, cos, pi
from random import Random
from typing import NamedTuple

from db import room as rooms
from db.door_rows import Kind
from db.past import Happening
from db.room import Period, Room
from hostdesk.demo.book import Book

VISITORS = {1: 31, 2: 22, 3: 29, 4: 24, 5: 33, 6: 18, 7: 14}
"""What an ordinary day brings, by weekday (DOMAIN.md, 5.2: 5 to 60 arrivals a day)."""

EVENING = 10
"""What an ordinary evening brings."""

MOST_VISITORS = 46
"""No stretch of opening hours brings more, in a room that is not busy."""

RHYTHM = {10: 9, 11: 8, 12: 4, 13: 6, 14: 9, 15: 6, 16: 2, 19: 9, 20: 5, 21: 1}
"""How visitors spread over the local hours: coffee, lunch at home, the afternoon, the evening."""

PARTIES = {1: 70, 2: 18, 3: 5, 4: 2, 5: 3, 8: 1, 12: 1}
"""How many people come in together: weights."""

NEVER_OPENED = 0.015
"""The share of planned days on which nobody came to open the door."""

NOBODY_CAME = 0.005
"""The share of days on which the door was open and nobody came."""

QUIET = 0.04
"""The share of days that keep people at home: ice on the road, a heat wave."""

FORGOTTEN_CLOSE = 0.05
"""The share of shifts that no host closed."""

_HALF_HOUR = timedelta(minutes=30)

_LAST_CALL = timedelta(minutes=2)
"""So shortly before the end nothing is counted any more."""


class Stretch(NamedTuple):
    """A stretch of opening hours."""

    period: Period
    first_half_hour: int
    """The local time at which it opens, in half hours since midnight."""


Action = tuple[datetime, Kind, int]
"""What somebody at the desk counts: when, what, how many."""


@dataclass(frozen=True)
class Mood:
    """What sort of day it is."""

    visitors: float
    """How many come, against an ordinary day."""
    departures: bool
    """Whether the desk counts who leaves."""
    headcounts: int
    """How often somebody counts heads in a stretch of opening hours."""


@dataclass(frozen=True)
class Imagined:
    """What happened on a day, and when a host closed its shifts (by their planned ends)."""

    happenings: Sequence[Happening]
    closings: dict[datetime, datetime]

    def until(self, now: datetime) -> "Imagined":
        """As much of the day as has gone by."""
        return Imagined(
            [event for event in self.happenings if event.at <= now],
            {planned: closed for planned, closed in self.closings.items() if closed <= now},
        )


def imagine(
    luck: Random,
    room: Room,
    day: date,
    reasons: Sequence[str],
    *,
    busy: int = 1,
    opens_surely: bool = False,
    sample: Random | None = None,
) -> Imagined:
    """Make up a whole day of the room that is open.

    Args:
        luck: decides everything.
        room: the room.
        day: its local day.
        reasons: the room's list of reasons for a visit.
        busy: so many times the visitors.
        sample: in a sample week, who is new that week.
        opens_surely: it is none of the days on which nobody came, visitors or hosts.
    """
    fate, mood = luck.random(), _mood(luck, day)
    book, closings = Book(luck, reasons, sample), {}
    if fate < NEVER_OPENED and not opens_surely:
        return Imagined((), {})
    empty = fate > 1 - NOBODY_CAME and not opens_surely
    for period in rooms.periods(room, day):
        opening = room.local(period.opens_at)
        stretch = Stretch(period, opening.hour * 2 + opening.minute // 30)
        last_call = period.closes_at - _LAST_CALL
        for at, kind, n in sorted(_empty(stretch) if empty else _counted(luck, stretch, mood, busy)):
            if at < last_call:
                book.note(at, kind, n)
        if luck.random() > FORGOTTEN_CLOSE:
            closed_at = last_call + timedelta(seconds=luck.randrange(60, 1500))
            closings[period.closes_at] = max([closed_at, *(event.at for event in book.happenings[-1:])])
    return Imagined(book.happenings, closings)


def _mood(luck: Random, day: date) -> Mood:
    """The season, the holidays, the weather, and who is at the desk."""
    season = 1 + 0.15 * cos((day.timetuple().tm_yday - 20) / 365 * 2 * pi)
    if (7, 10) <= (day.month, day.day) <= (8, 25):
        season *= 0.75
    visitors = season * luck.lognormvariate(0, 0.2)
    if luck.random() < QUIET:
        visitors *= 0.2
    departures = luck.random() < 0.15
    headcounts = luck.randint(1, 3) if luck.random() < 0.35 else 0
    return Mood(visitors, departures, headcounts)


def _empty(stretch: Stretch) -> list[Action]:
    """The door is open, nobody comes, and the desk says so once."""
    return [(stretch.period.opens_at + timedelta(hours=1), Kind.HEADCOUNT, 0)]


def _counted(luck: Random, stretch: Stretch, mood: Mood, busy: int) -> Iterator[Action]:
    """Everything that the desk counts in a stretch of opening hours, in no order."""
    arrivals = _arrivals(luck, stretch, mood.visitors, busy)
    yield from arrivals
    if not mood.departures and not mood.headcounts:
        return
    leaving = [_leaves(luck, stretch, at) for at, _, _ in arrivals]
    if mood.departures:
        seen = [luck.random() < 0.9 for _ in arrivals]
        yield from (
            (at, Kind.DEPARTURE, arrivals[place][2]) for place, at in enumerate(leaving) if seen[place]
        )
    for at in _moments(luck, stretch, mood.headcounts):
        inside = (n for (came, _, n), left in zip(arrivals, leaving, strict=True) if came <= at < left)
        yield at, Kind.HEADCOUNT, sum(inside)


def _arrivals(luck: Random, stretch: Stretch, visitors: float, busy: int) -> list[Action]:
    """Who comes in: visitors, and some volunteers who are not on duty."""
    usual = EVENING if stretch.first_half_hour >= 36 else VISITORS[stretch.period.day.isoweekday()]
    sizes = list(_sizes(luck, round(min(usual * visitors, MOST_VISITORS) * busy)))
    volunteers = luck.randint(0, 3)
    moments = _moments(luck, stretch, len(sizes) + volunteers)
    return [
        *((at, Kind.ARRIVAL, n) for at, n in zip(moments, sizes, strict=False)),
        *((at, Kind.VOLUNTEER, 1) for at in moments[len(sizes) :]),
    ]


def _leaves(luck: Random, stretch: Stretch, came_at: datetime) -> datetime:
    """When who came then leaves: after an hour or so, and shortly before the end at the latest."""
    stays = timedelta(minutes=luck.triangular(10, 150, 45))
    latest = stretch.period.closes_at - timedelta(minutes=luck.uniform(3, 15))
    return max(min(came_at + stays, latest), came_at)


def _sizes(luck: Random, visitors: int) -> Iterator[int]:
    """How many come in together, until all have."""
    for size in luck.choices(list(PARTIES), list(PARTIES.values()), k=visitors):
        if visitors <= 0:
            return
        yield min(size, visitors)
        visitors -= size


def _moments(luck: Random, stretch: Stretch, n: int) -> list[datetime]:
    """So many moments in a stretch of opening hours, by the rhythm of the day."""
    opens_at, closes_at = stretch.period.opens_at, stretch.period.closes_at
    slots = range(ceil((closes_at - opens_at) / _HALF_HOUR))
    weights = [RHYTHM.get((stretch.first_half_hour + slot) // 2 % 24, 1) for slot in slots]
    return [opens_at + (slot + luck.random()) * _HALF_HOUR for slot in luck.choices(slots, weights, k=n)]
