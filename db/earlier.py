"""Tallies from before this program: read from a CSV file, understood line by line, taken in as a whole.

A day that the door ledger knows is counted from the ledger; of the others `db.figures` takes these.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db import clock, models, written_days
from db import room as rooms
from db.connection import reading, rows, writing
from db.door_rows import Kind
from db.errors import N_, HostdeskError, NotPossible
from db.figure_models import EarlierCount, EarlierImport
from db.mishaps import saying
from db.text import clean

MOST_VISITS = 5000
"""More visits than this, on a day or in an hour, are a typing mistake."""

LARGEST_FILE = 20_000_000
"""Bytes; a century of hours is smaller."""

MOST_FAULTS = 20
"""So many lines that can't be understood are shown; of the others only how many there are."""

_WHICH = N_(
    "Line {line}: it can't be told which column is the day and which is the number. "
    "Name one “date” and one “number” in the first line, and one “hour” if there are hours."
)
_AT_ONCE = 1000
_FIRST_DAY = date(1900, 1, 1)

_DAYS = ("datum", "date", "dag", "day")
"""What the column with the day is called; beside a date, “dag” is the weekday."""

_HOURS = {"uur", "tijd", "hour", "time"}
_VISITS = {
    *("aantal", "totaal", "bezoek", "bezoeken", "bezoekers"),
    *("number", "of", "total", "count", "n", "visits", "visitors"),
}
"""Words of which the name of the column with the number is made: “Aantal bezoekers”, “Total visits”."""

_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_DUTCH = re.compile(r"(\d\d?)[-/. ](\d\d?)[-/. ](\d{4}|\d\d)(?: 0?0:00(?::00)?)?", re.ASCII)
_ITS_WEEKDAY = re.compile(r"([a-z]+)\.?,? *(?=\d)", re.ASCII | re.IGNORECASE)
_HOUR = re.compile(r"(\d\d?)(?:[:.]\d\d(?::00)?)?(?: ?(?:u|uur|h))?(?: ?[-–] ?\d\d?(?:[:.]\d\d)?)?", re.ASCII)
_SERIAL = re.compile(r"[1-9]\d{4}", re.ASCII)
"""A day as Excel keeps it, when its cell is no date: the number of days since 1900."""

_TOTAL = re.compile(r"(sub)?tota(a?l)(en|s)?|samen|som|sum", re.IGNORECASE)
_SHUT = re.compile(r"dicht|gesloten|closed|shut|vrij|-|–", re.IGNORECASE)
_WHOLE = re.compile(r"(\d{1,6})(?:[.,]0{1,2})?", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}", re.ASCII)
"""One thousand two hundred, or one and a bit: both are written so, and nobody can tell."""


class NotUnderstood(HostdeskError):
    """A line of the file says nothing that can be taken in."""


class Faulty(NotUnderstood):
    """Several lines do: each says why, as far as they are shown."""

    sentence = N_("{n} lines can't be taken in, so nothing was. Put them right, and try again.")

    def __init__(self, shown: "Sequence[NotUnderstood]", n: int) -> None:
        """Take the first ones, and how many there are."""
        super().__init__(n=n)
        self.shown = tuple(shown)
        self.more = n - len(shown)


@dataclass(frozen=True)
class Tally:
    """What a line says."""

    line: int
    day: date
    hour: int | None
    """The local hour in which they came; None for the whole day."""
    visits: int


@dataclass(frozen=True)
class Taken:
    """A file that was taken in."""

    number: int
    file: str
    days: int
    visits: int


@dataclass(frozen=True)
class Understood:
    """What a file says."""

    tallies: list[Tally]
    unread: tuple[str, ...]
    """What the columns are called that say nothing of a day, an hour or a number."""
    overruled: frozenset[date]
    """Days that the door ledger knows: its own counts hold, and those of the file do not count."""
    today: date | None = None
    """The room's day, where the file has a tally of it that counts until the desk is used."""


def read(file: Path, progress: Callable[[float], None] = lambda _part: None) -> Understood:
    """What every line of the file says; all of it, or the lines that can't be understood.

    Args:
        file: where the tallies are.
        progress: told how much of it is read, from 0 to 1.

    Raises:
        NotUnderstood: a line says no day or number, or says again what a line before it said.
        Faulty: several lines do.
        NotPossible: a day was taken in before, the file is too large, or there is none.
        CannotOpen: it cannot be read.
    """
    if not file.exists():
        raise NotPossible(N_("{path} is not there. Look whether its name is right."), path=file)
    with saying(file):
        if file.stat().st_size > LARGEST_FILE:
            raise NotPossible(N_("{path} is too large for tallies."), path=file)
        text = _decoded(file.read_bytes(), file)
    with reading():
        today = rooms.current().local(clock.now()).date()
    sheet = _Sheet(text, today)
    lines = text.count("\n") + 1
    found: list[Tally] = []
    for tally in sheet.tallies():
        if len(found) % _AT_ONCE == 0:
            progress(min(tally.line / lines, 1.0))
        found.append(tally)
    _say_again(sheet, found)
    if sheet.wrong == 1:
        raise sheet.faults[0]
    if sheet.wrong:
        raise Faulty(sheet.faults, sheet.wrong)
    if not found:
        raise NotUnderstood(N_("{path} has no lines with a day and a number."), path=file)
    with reading():
        _not_taken_before(found)
    overruled = _in_the_ledger(found)
    counts_today = today not in overruled and any(one.day == today for one in found)
    return Understood(found, sheet.unread, overruled, today if counts_today else None)


def take_in(file: Path, tallies: list[Tally], progress: Callable[[float], None] = lambda _part: None) -> int:
    """Keep these, all or none; the number by which they can be taken back.

    Raises:
        NotPossible: somebody took in a day of them since they were read.
    """
    with writing():
        _not_taken_before(tallies)
        number = EarlierImport.insert(
            file=clean(file.name, most=1000), imported_at=clock.reliable_now()[0]
        ).execute()
        for start in range(0, len(tallies), _AT_ONCE):
            EarlierCount.insert_many(
                [
                    {"import_": number, "day": one.day, "hour": one.hour, "visits": one.visits}
                    for one in tallies[start : start + _AT_ONCE]
                ]
            ).execute()
            progress(start / len(tallies))
    return int(number)


def take_back(number: int) -> None:
    """Let nothing of this file count any more.

    Raises:
        NotPossible: there is no such file, or it was taken back already.
    """
    with writing():
        changed = (
            EarlierImport.update(taken_back_at=clock.reliable_now()[0])
            .where((EarlierImport.id == number) & EarlierImport.taken_back_at.is_null())
            .execute()
        )
    if not changed:
        raise NotPossible(N_("No file with number {n} counts. See which do: hostdesk import"), n=number)


def taken() -> list[Taken]:
    """The files that count, oldest first."""
    from peewee import fn

    query = _standing(
        EarlierImport.id,
        EarlierImport.file,
        fn.COUNT(EarlierCount.day.distinct()),
        fn.SUM(EarlierCount.visits),
    )
    with reading():
        return [Taken(*row) for row in rows(query.group_by(EarlierImport.id).order_by(EarlierImport.id))]


def _not_taken_before(tallies: list[Tally]) -> None:
    known = {day for (day,) in rows(_standing(EarlierCount.day).distinct())}
    for tally in tallies:
        if tally.day in known:
            raise NotPossible(
                N_("Line {line}: {day} was taken in before. Take that back first: hostdesk import"),
                line=tally.line, day=tally.day,
            )  # fmt: skip


def _standing(*columns: object):  # type: ignore[no-untyped-def]  # noqa: ANN202 - peewee's query
    """What was taken in and not taken back."""
    return (
        EarlierCount.select(*columns)
        .join(EarlierImport, on=(EarlierCount.import_ == EarlierImport.id))
        .where(EarlierImport.taken_back_at.is_null())
    )


def _decoded(content: bytes, file: Path) -> str:
    """The text, as Excel and others write it: UTF-8 with or without a mark, or Windows-1252."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise NotUnderstood(N_("{path} is no CSV file. Save it as CSV from the spreadsheet."), path=file)
    return text


class _Sheet:
    """A file of tallies that is being read."""

    def __init__(self, text: str, today: date) -> None:
        self._text, self._today = text, today
        self._places: dict[str, int] = {}
        self._width = 0
        self.unread: tuple[str, ...] = ()
        self.faults: list[NotUnderstood] = []
        self.wrong = 0

    def fault(self, fault: NotUnderstood) -> None:
        """A line that says nothing; the first of them are kept in their order."""
        self.wrong += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)

    def tallies(self) -> Iterator[Tally]:
        """What its lines say, one after another."""
        reader = csv.reader(io.StringIO(self._text, newline=None), delimiter=_delimiter(self._text))
        try:
            for row in reader:
                cells = [cell.strip() for cell in row]
                if not any(cells) or cells[0].lower() == "sep=":  # Excel's own line about what is between
                    continue
                if not self._places and self._is_heading(cells):
                    continue
                if not self._places or any(cells[self._width :]):
                    raise NotUnderstood(_WHICH, line=reader.line_num)
                try:
                    tally = _tally(reader.line_num, cells, self._places, self._today)
                except NotUnderstood as error:
                    self.fault(error)
                else:
                    yield tally
        except csv.Error:
            raise NotUnderstood(N_("Line {line} is no CSV."), line=reader.line_num) from None

    def _is_heading(self, cells: list[str]) -> bool:
        """Whether the first line says how the columns are called; either way it tells where all stands."""
        names_a_day = any(len(words) == 1 and words <= set(_DAYS) for words in _words(cells))
        heading = names_a_day or not any(map(str.isdecimal, "".join(cells)))
        self._places = _named(cells) if heading else _in_order(cells)
        self._width = len(cells) if heading else len(self._places)
        read = self._places.values()
        if heading:
            self.unread = tuple(cell for place, cell in enumerate(cells) if cell and place not in read)
        return heading and bool(read)


def _in_the_ledger(found: list[Tally]) -> frozenset[date]:
    """The days on which the door was counted, or a shift was opened: `db.figures_days` takes those."""
    first, last = min(one.day for one in found), max(one.day for one in found)
    voiding = models.Door.alias()
    arrivals = (
        models.Door.select(models.Door.day)
        .left_outer_join(voiding, on=(voiding.voids == models.Door.id))
        .where(
            models.Door.day.between(first, last) & (models.Door.kind == Kind.ARRIVAL) & voiding.id.is_null()
        )
    )
    opened = models.Shift.select(models.Shift.day).where(models.Shift.day.between(first, last))
    with reading():
        known = {day for (day,) in (*rows(arrivals.distinct()), *rows(opened.distinct()))}
    return frozenset(known & {one.day for one in found})


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(";\t,", key=first.count)


def _named(heading: list[str]) -> dict[str, int]:
    """Where day, hour and number stand, by what the columns are called; nothing when it does not tell."""
    names = _words(heading)
    days = [place for name in _DAYS for place, words in enumerate(names) if words == {name}]
    hours, visits = (
        [place for place, words in enumerate(names) if words and words <= known]
        for known in (_HOURS, _VISITS)
    )
    if not days or len(hours) > 1 or len(visits) != 1:
        return {}
    return {"day": days[0], "visits": visits[0], **({"hour": hours[0]} if hours else {})}


def _words(heading: list[str]) -> list[set[str]]:
    """Of which words the name of each column is made; the year or a number in it says nothing."""
    return [set(re.findall(r"[^\W\d_]+", cell.lower())) for cell in heading]


def _in_order(cells: list[str]) -> dict[str, int]:
    """Where they stand in a file without a heading: the day, the hour if there is one, the number."""
    return {"day": 0, "hour": 1, "visits": 2} if any(cells[2:]) else {"day": 0, "visits": 1}


def _tally(line: int, cells: list[str], places: dict[str, int], today: date) -> Tally:
    said = {what: cells[place] if place < len(cells) else "" for what, place in places.items()}
    day, visits = _day(line, said["day"]), _WHOLE.fullmatch(said["visits"])
    if day is None and (hint := _hint(said["day"])):
        raise NotUnderstood(hint, line=line, text=said["day"][:40])
    if day is None or day < _FIRST_DAY:
        raise NotUnderstood(
            N_("Line {line}: “{text}” is no day. Write it like 2025-03-31 or 31-3-2025."),
            line=line, text=said["day"][:40],
        )  # fmt: skip
    if day > today:
        raise NotUnderstood(N_("Line {line}: {day} has not been yet."), line=line, day=day)
    if _THOUSANDS.fullmatch(said["visits"]):
        raise NotUnderstood(
            N_("Line {line}: “{text}” can mean two numbers. Write it without a point or a comma, like 1234."),
            line=line, text=said["visits"],
        )  # fmt: skip
    if _SHUT.fullmatch(said["visits"]):
        raise NotUnderstood(
            N_("Line {line}: “{text}” is no number. Leave out the days on which the room was shut."),
            line=line, text=said["visits"],
        )  # fmt: skip
    if not visits or int(visits[1]) > MOST_VISITS:
        raise NotUnderstood(
            N_(
                "Line {line}: “{text}” is no number of visits from 0 to {most}. "
                "Leave out what nobody counted."
            ),
            line=line, text=said["visits"][:40], most=MOST_VISITS,
        )  # fmt: skip
    return Tally(line, day, _hour(line, said.get("hour", "")), int(visits[1]))


def _hint(text: str) -> str | None:
    """What to do with something that often stands where the day should."""
    if _SERIAL.fullmatch(text):
        return N_(
            "Line {line}: “{text}” is a day as Excel counts it. Make the column a date and save it again."
        )
    if _TOTAL.match(text):
        return N_("Line {line}: “{text}” is no day. Take the line with the total off.")
    return None


def _day(line: int, text: str) -> date | None:
    """The day, which its weekday may stand before; a year of two digits is one of this century."""
    named = _ITS_WEEKDAY.match(text)
    found = _dated(text[named.end() :] if named else text)
    if found is None or named is None:
        return found
    try:
        weekday = written_days.weekday(named[1])
    except NotPossible:
        return None
    if weekday != found.isoweekday():
        raise NotUnderstood(
            N_("Line {line}: {day} is on another weekday than “{text}” says."),
            line=line, day=found, text=text[:40],
        )  # fmt: skip
    return found


def _dated(text: str) -> date | None:
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DUTCH.fullmatch(text):
            year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
            return date(year, int(match[2]), int(match[1]))
    except ValueError:  # 31-2-2025
        pass
    return None


def _hour(line: int, text: str) -> int | None:
    if not text:
        return None
    match = _HOUR.fullmatch(text)
    if not match or int(match[1]) > 23:
        raise NotUnderstood(
            N_("Line {line}: “{text}” is no hour. Write it like 14 or 14:00."), line=line, text=text[:40]
        )
    return int(match[1])


def _say_again(sheet: _Sheet, tallies: list[Tally]) -> None:
    """Nothing may be said twice: not an hour, and not a day as a whole beside its hours."""
    seen: dict[date, set[int | None]] = {}
    for tally in tallies:
        hours = seen.setdefault(tally.day, set())
        if tally.hour in hours or (hours and (tally.hour is None or None in hours)):
            again = N_("Line {line}: {day} stands in this file already, so it would count twice.")
            sheet.fault(NotUnderstood(again, line=tally.line, day=tally.day))
        hours.add(tally.hour)
