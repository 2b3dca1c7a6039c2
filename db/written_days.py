"""Days and times of day as people type them: `24-11`, `di`, `morgen`, `14`, `14.30`, `1400`."""

import re
from datetime import date, time, timedelta

from db.errors import N_, NotPossible
from db.text import clean

LONGEST = 40
"""Characters of what is typed for a day or a time."""

_FROM_TODAY = {
    "vandaag": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "overmorgen": 2,
}
_BEFORE_TODAY = {"vandaag": 0, "today": 0, "gisteren": 1, "yesterday": 1, "eergisteren": 2}
_WEEKDAYS = (
    ("ma", "maandag", "mon", "monday"),
    ("di", "dinsdag", "tue", "tues", "tuesday"),
    ("wo", "woensdag", "wed", "wednesday"),
    ("do", "donderdag", "thu", "thur", "thurs", "thursday"),
    ("vr", "vrijdag", "fri", "friday"),
    ("za", "zaterdag", "sat", "saturday"),
    ("zo", "zondag", "sun", "sunday"),
)
_MONTHS = (
    ("jan", "januari", "january"),
    ("feb", "februari", "february"),
    ("mrt", "maart", "mar", "march"),
    ("apr", "april"),
    ("mei", "may"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("aug", "augustus", "august"),
    ("sep", "sept", "september"),
    ("okt", "oktober", "oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""Another year is a typing mistake."""

_BY_WEEKDAY = re.compile(r"(?P<weekday>[a-z]+)\.?(?:,?\s+(?P<rest>.*\d.*))?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:\s*[-/. ]\s*)(\d{1,2}|[a-z]+)\.?(?:\s*[-/. ]\s*(\d{4}|\d{2}))?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.,uh]\s*(\d\d))?\s*(?:uur|u|h)?|(\d{1,2})(\d\d)", re.ASCII)
_BETWEEN = re.compile(r"(?<=\d)[Tt](?=\d)")
_TIMES = re.compile(r"(\d{1,4})\s*(?:x|×|keer|maal|times?)?", re.ASCII)


def day(text: str, today: date) -> date:
    """The day that somebody means; without a year, or by its weekday, the first such day from today on.

    Args:
        text: as it was typed, in Dutch or in English.
        today: the room's local day.

    Raises:
        NotPossible: it can't be read, or there is no such day.
    """
    text = clean(text, most=LONGEST)
    written = text.casefold()
    if written in _FROM_TODAY:
        return today + timedelta(days=_FROM_TODAY[written])
    named = _BY_WEEKDAY.fullmatch(written)
    weekday = _WEEKDAY.get(named["weekday"]) if named else None
    if named is not None and weekday is not None:
        if not named["rest"]:
            return today + timedelta(days=(weekday - today.weekday()) % 7)
        written = named["rest"]
    found = _dated(written, today)
    if found is not None and not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise NotPossible(
            N_("Choose days between {first} and {last}."), first=f"{_FIRST_YEAR}", last=f"{_LAST_YEAR}"
        )
    if found is None:
        raise NotPossible(N_("There is no day “{text}”. Write it like 24-11, 24-11-2026 or tue."), text=text)
    if weekday is not None and found.weekday() != weekday:
        raise NotPossible(N_("{day} is on another weekday than “{text}” says."), day=found, text=text)
    return found


def weekday(text: str) -> int:
    """The weekday that somebody means; 1 is Monday.

    Raises:
        NotPossible: it is none.
    """
    text = clean(text, most=LONGEST)
    found = _WEEKDAY.get(text.casefold().removesuffix("."))
    if found is None:
        raise NotPossible(N_("“{text}” is no weekday. Write it like tue or tuesday."), text=text)
    return found + 1


def past_day(text: str, today: date) -> date:
    """The day that somebody means who tells of what was; without a year, or by its weekday, the last one.

    Raises:
        NotPossible: it can't be read, or there is no such day.
    """
    written = clean(text, most=LONGEST).casefold()
    if before := named_before(text, today):
        return before
    if written in _FROM_TODAY:
        return day(text, today)
    named = _BY_WEEKDAY.fullmatch(written)
    by_weekday = named is not None and not named["rest"] and named["weekday"] in _WEEKDAY
    return day(text, today - timedelta(days=6 if by_weekday else 364))


def nearest_day(text: str, today: date) -> date:
    """The day that somebody means who looks ahead or back; without a year the nearest such day.

    By its weekday it is the first such day from today on, as on a roster.

    Raises:
        NotPossible: it can't be read, or there is no such day.
    """
    written = clean(text, most=LONGEST).casefold()
    named = _BY_WEEKDAY.fullmatch(written)
    by_weekday = named is not None and not named["rest"] and named["weekday"] in _WEEKDAY
    ahead = by_weekday or written in _FROM_TODAY
    return named_before(text, today) or day(text, today if ahead else today - timedelta(days=182))


def last_day(text: str, first_day: date, today: date) -> date:
    """The day with which some days end; without a year, or by its weekday, the first such one then.

    Raises:
        NotPossible: it can't be read, or there is no such day.
    """
    from_today = clean(text, most=LONGEST).casefold() in _FROM_TODAY
    return named_before(text, today) or day(text, today if from_today else first_day)


def named_before(text: str, today: date) -> date | None:
    """Yesterday, the day before it, or today, in words; None where that is not what it says."""
    back = _BEFORE_TODAY.get(clean(text, most=LONGEST).casefold())
    return None if back is None else today - timedelta(days=back)


def time_of_day(text: str) -> time:
    """The time of day that somebody means.

    Raises:
        NotPossible: it can't be read, or there is no such time.
    """
    text = clean(text, most=LONGEST)
    match = _TIME.fullmatch(text.casefold())
    if match:
        hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise NotPossible(N_("There is no time “{text}”. Write it like 14, 14:00 or 1400."), text=text)


def past_moment(text: str, today: date) -> tuple[date, time]:
    """The day and the time of something that was: `14:00`, `gisteren 14:00`, `2026-11-24 14:00`.

    Raises:
        NotPossible: it can't be read, or there is no such day or time.
    """
    day_text, _, time_text = _BETWEEN.sub(" ", text.strip()).rpartition(" ")
    return past_day(day_text, today) if day_text.strip() else today, time_of_day(time_text)


def end(text: str, first_day: date, today: date) -> tuple[int | None, date | None]:
    """How often something is repeated in all, or its last day; neither where nothing is typed.

    Args:
        text: as it was typed: `6`, `6 keer`, or a day.
        first_day: the day of the first time; a last day without a year is the first such day after it.
        today: the room's local day, from which `morgen` goes.

    Raises:
        NotPossible: it is neither a number nor a day.
    """
    text = clean(text, most=LONGEST)
    if not text:
        return None, None
    if match := _TIMES.fullmatch(text.casefold()):
        return int(match[1]), None
    try:
        return None, last_day(text, first_day, today)
    except NotPossible:
        raise NotPossible(
            N_("“{text}” is no end. Write how many times (6) or the last day (24-12); empty goes on."),
            text=text,
        ) from None


def _dated(written: str, today: date) -> date | None:
    """The day with this date; None when there is none."""
    if match := _YEAR_FIRST.fullmatch(written):
        return _existing(int(match[1]), int(match[2]), int(match[3]))
    match = _DAY_FIRST.fullmatch(written)
    if match is None:
        return None
    number, month = int(match[1]), _month(match[2])
    if match[3]:
        return _existing(_year(match[3], today), month, number)
    days = (_existing(today.year + later, month, number) for later in (0, 1))
    return next((found for found in days if found and found >= today), None)


def _month(written: str) -> int:
    """1 is January; 0 where there is no such month."""
    return int(written) if written.isdecimal() else _MONTH.get(written, 0)


def _year(written: str, today: date) -> int:
    """Of two digits: in this century."""
    return int(written) if len(written) == 4 else today.year // 100 * 100 + int(written)


def _existing(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
