"""Days and moments in words, through pendulum's locales."""

from datetime import date, datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any

from hostdesk import words

_MONDAY = date(2026, 11, 23)


def clock(moment: datetime) -> str:
    """14:07 (the moment is local already)."""
    return moment.strftime("%H:%M")


def day(day: date) -> str:
    """ma 23 nov 2026."""
    return _written(day, "ddd D MMM YYYY").replace(".", "")


def day_seen_on(today: date, day_: date) -> str:
    """ma 23 nov; with the year when that is another one than today's."""
    said = day(day_)
    return said if day_.year != today.year else said.rsplit(" ", 1)[0]


def day_in_short(day: date) -> str:
    """23 nov."""
    return _written(day, "D MMM").removesuffix(".")


def day_and_week(day_: date) -> str:
    """ma 23 nov 2026 · week 48."""
    week = words.gettext("week {n}").format(n=day_.isocalendar().week)
    return f"{day(day_)} · {week}"


def weekday(day: date) -> str:
    """maandag."""
    return _written(day, "dddd")


def weekday_name(number: int) -> str:
    """The name of a weekday: 1 is maandag."""
    return weekday(_MONDAY + timedelta(days=number - 1))


def weekday_short(day: date) -> str:
    """ma."""
    return _written(day, "ddd").removesuffix(".")


def day_and_month(day: date) -> str:
    """23 november."""
    return _written(day, "D MMMM")


def month(day: date) -> str:
    """november 2026."""
    return _written(day, "MMMM YYYY")


def month_in_short(day: date) -> str:
    """nov 2026."""
    return _written(day, "MMM YYYY").replace(".", "")


def stretch(first: date, last: date) -> str:
    """23 t/m 29 november 2026; the month and the year stand with the first day too where they differ."""
    forms = "D MMMM YYYY", "D MMMM", "D"
    form = forms[(first.year == last.year) + ((first.year, first.month) == (last.year, last.month))]
    said = {"first": _written(first, form), "last": _written(last, forms[0])}
    return words.gettext("{first} to {last}").format(**said)


def _written(day: date, form: str) -> str:
    """The day through pendulum, which is loaded where somebody wants words: `count` needs none."""
    from db.light_pendulum import pendulum

    return pendulum.date(day.year, day.month, day.day).format(form, locale=_locale(words.language()))


@cache
def _locale(language: str) -> Any:
    """Pendulum's own words; where it looks for them by name, it loads half a megabyte to look with (3.3)."""
    from pendulum.locales.locale import Locale

    return Locale(language, import_module(f"pendulum.locales.{language}.locale").locale)
