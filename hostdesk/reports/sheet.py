"""What stands on the poster, in words, and how large it can be: one A4 page, whatever happens that week.

Both forms of the poster (HTML and PDF) say what is here and take its sizes; only how wide a word is
differs. All measures are in points (1/72 inch).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from db.room import Room
from db.text import visible
from db.week import Day, Item, Week
from hostdesk.words import N_, dates, gettext, ngettext

PAGE = (595.28, 841.89)
"""A4."""
MARGIN = 42.5
"""15 mm: what every printer can print."""
WIDTH = PAGE[0] - 2 * MARGIN
HEIGHT = PAGE[1] - 2 * MARGIN

LARGEST, SMALLEST, STEP = 18.0, 9.0, 0.5
"""The size of the letters; smaller than this nobody reads it on a door."""
LARGEST_NAME = 36.0
"""The size of the room's name, when it is short enough."""
LEADING = 1.3
"""The height of a line, in sizes."""
HEADING = 92.0
"""The height of the room's name and the week."""
FOOTING = 26.0
"""The height of the line with the address, where there is one."""
DAY_COLUMN, TIME_COLUMN = 8.0, 6.7
"""The widths of the columns with the days and the times, in sizes."""
DAY_SIZE, SMALL_SIZE = 1.15, 0.85
"""The letters of a day's name, and of its date and hours, in sizes."""
PADDING = 0.55
"""Above and below what stands on a day at least, in sizes."""


class Style(StrEnum):
    """How a word is written."""

    PLAIN = "plain"
    BOLD = "bold"
    PLACE = "place"
    STRUCK = "struck"


Word = tuple[str, Style]
Width = Callable[[str, Style], float]
"""How wide a text is, in sizes."""


@dataclass(frozen=True)
class Entry:
    """A session, in words."""

    times: str
    title: str
    place: str
    cancelled: str
    """That it does not go on, or nothing."""

    def words(self) -> list[Word]:
        """What stands behind the times, word by word."""
        title = Style.STRUCK if self.cancelled else Style.PLAIN
        parts = ((self.title, title), (f"· {self.place}" if self.place else "", Style.PLACE))
        said = [(word, style) for text, style in parts for word in text.split()]
        return said + [(word, Style.BOLD) for word in self.cancelled.split()]


@dataclass(frozen=True)
class Row:
    """A day on the poster."""

    name: str
    date: str
    hours: str
    """When it is open, or that it is shut and why."""
    shut: bool
    entries: tuple[Entry, ...]
    more: str = ""
    """How many sessions found no place, or nothing."""

    def at_most(self, n: int) -> "Row":
        """The same day with no more than so many sessions, and how many there are beside them."""
        left = len(self.entries) - n
        if left <= 0:
            return self
        more = ngettext("and {n} more activity", "and {n} more activities", left).format(n=left)
        return replace(self, entries=self.entries[:n], more=more)


@dataclass(frozen=True)
class Sheet:
    """The page."""

    language: str
    name: str
    week: str
    stretch: str
    rows: tuple[Row, ...]
    footing: str
    size: float = LARGEST
    """Of the letters on the days."""
    name_size: float = LARGEST_NAME

    @property
    def footing_height(self) -> float:
        """What the line at the foot takes."""
        return FOOTING if self.footing else 0.0


def of(week: Week, legible: Callable[[str], str] = visible) -> Sheet:
    """The week in words, at any size.

    Args:
        week: which.
        legible: what can be shown of a text.
    """
    said = week.described
    first, last = week.days[0].day, week.days[-1].day
    number = gettext("week {n}").format(n=first.isocalendar().week)
    contact = (said.address, said.website, said.email)
    return Sheet(
        language=week.room.language,
        name=legible(said.name),
        week=number[:1].upper() + number[1:],
        stretch=dates.stretch(first, last),
        rows=tuple(_row(week.room, day, legible) for day in week.days),
        footing=legible("  ·  ".join(part for part in contact if part)),
    )


def fitted(sheet: Sheet, width: Width) -> Sheet:
    """The page as large as it can be; when even small letters do not help, with fewer sessions a day."""
    name_size = min(LARGEST_NAME, WIDTH / max(width(sheet.name, Style.BOLD), 1.0))
    sheet = replace(sheet, name_size=name_size)
    for size in _sizes():
        if spare(replace(sheet, size=size), width) >= 0:
            return replace(sheet, size=size)

    def crowded(n: int) -> bool:
        return spare(_at_most(sheet, n), width) < 0

    most = max(len(row.entries) for row in sheet.rows)
    return _at_most(sheet, max(bisect_left(range(1, most), True, key=crowded), 1))


def _at_most(sheet: Sheet, n: int) -> Sheet:
    """In small letters, with no more than so many sessions a day."""
    return replace(sheet, size=SMALLEST, rows=tuple(row.at_most(n) for row in sheet.rows))


def spare(sheet: Sheet, width: Width) -> float:
    """The height that stays free; less than nothing when it does not fit."""
    needed = sum(row_height(row, sheet.size, width) for row in sheet.rows)
    return HEIGHT - HEADING - sheet.footing_height - needed


def row_height(row: Row, size: float, width: Width) -> float:
    """The height of a day."""
    right = SMALL_SIZE * len(lines(_plain(row.hours), _hours_room(size), width))
    right += sum(len(lines(entry.words(), entry_room(size), width)) for entry in row.entries)
    right += SMALL_SIZE * bool(row.more)
    left = DAY_SIZE + (0 if row.shut and not row.entries else SMALL_SIZE)
    return size * (LEADING * max(left, right) + 2 * PADDING)


def hours_lines(row: Row, size: float, width: Width) -> list[list[Word]]:
    """When the room is open, on as many lines as that takes."""
    return lines(_plain(row.hours), _hours_room(size), width)


def entry_room(size: float) -> float:
    """The width behind the times, in sizes."""
    return WIDTH / size - DAY_COLUMN - TIME_COLUMN


def lines(words: list[Word], room: float, width: Width) -> list[list[Word]]:
    """Words on lines that are not longer than this, in sizes; a longer word is broken."""
    found: list[list[Word]] = [[]]
    used = 0.0
    for text, style in _breakable(words, room, width):
        wide = width(text, style)
        if found[-1] and used + width(" ", style) + wide > room:
            found.append([])
            used = 0.0
        used += wide + (width(" ", style) if found[-1] else 0.0)
        found[-1].append((text, style))
    return found


def _breakable(words: list[Word], room: float, width: Width) -> Iterator[Word]:
    for text, style in words:
        if width(text, style) <= room:
            yield text, style
            continue
        piece = ""
        for character in text:
            if piece and width(piece + character, style) > room:
                yield piece, style
                piece = ""
            piece += character
        yield piece, style


def _hours_room(size: float) -> float:
    return (WIDTH / size - DAY_COLUMN) / SMALL_SIZE


def _plain(text: str) -> list[Word]:
    return [(word, Style.PLAIN) for word in text.split()]


def _sizes() -> Iterator[float]:
    size = LARGEST
    while size >= SMALLEST:
        yield size
        size -= STEP


def _row(room: Room, day: Day, legible: Callable[[str], str]) -> Row:
    return Row(
        name=dates.weekday(day.day),
        date=dates.day_and_month(day.day),
        hours=_hours(room, day, legible),
        shut=not day.periods,
        entries=tuple(_entry(room, item, legible) for item in day.items),
    )


def _hours(room: Room, day: Day, legible: Callable[[str], str]) -> str:
    if day.periods:
        times = [
            f"{dates.clock(room.local(period.opens_at))}–{dates.clock(room.local(period.closes_at))}"
            for period in day.periods
        ]
        said = gettext(N_("open {times}")).format(times=", ".join(times))
        return f"{said} ({legible(day.because)})" if day.because else said
    if day.because:
        return gettext(N_("closed: {reason}")).format(reason=legible(day.because))
    return gettext("closed")


def _entry(room: Room, item: Item, legible: Callable[[str], str]) -> Entry:
    return Entry(
        times=f"{dates.clock(room.local(item.starts_at))}–{dates.clock(room.local(item.ends_at))}",
        title=legible(item.title),
        place=legible(item.place),
        cancelled=gettext(N_("does not go on")) if item.cancelled else "",
    )
