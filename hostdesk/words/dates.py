"""Days and moments in words, through pendulum's locales."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from hostdesk import words

if TYPE_CHECKING:
    import pendulum

_MONDAY = date(2026, 11, 23)


def clock(moment: datetime) -> str:
    """14:07 (the moment is local already)."""
    return moment.strftime("%H:%M")


def day(day: date) -> str:
    """ma 23 nov 2026."""
    text = _pendulum(day).format("ddd D MMM YYYY", locale=words.language())
    return text.replace(".", "")


def day_in_short(day: date) -> str:
    """23 nov."""
    return _pendulum(day).format("D MMM", locale=words.language()).removesuffix(".")


def day_and_week(day_: date) -> str:
    """ma 23 nov 2026 · week 48."""
    week = words.gettext("week {n}").format(n=day_.isocalendar().week)
    return f"{day(day_)} · {week}"


def weekday(day: date) -> str:
    """maandag."""
    return _pendulum(day).format("dddd", locale=words.language())


def weekday_name(number: int) -> str:
    """The name of a weekday: 1 is maandag."""
    return weekday(_MONDAY + timedelta(days=number - 1))


def weekday_short(day: date) -> str:
    """ma."""
    return _pendulum(day).format("ddd", locale=words.language()).removesuffix(".")


def day_and_month(day: date) -> str:
    """23 november."""
    return _pendulum(day).format("D MMMM", locale=words.language())


def month(day: date) -> str:
    """november 2026."""
    return _pendulum(day).format("MMMM YYYY", locale=words.language())


def month_in_short(day: date) -> str:
    """nov 2026."""
    return _pendulum(day).format("MMM YYYY", locale=words.language()).replace(".", "")


def stretch(first: date, last: date) -> str:
    """23 t/m 29 november 2026; the month and the year stand with the first day too where they differ."""
    forms = "D MMMM YYYY", "D MMMM", "D"
    form = forms[(first.year == last.year) + ((first.year, first.month) == (last.year, last.month))]
    said = [
        _pendulum(day).format(form, locale=words.language())
        for day, form in ((first, form), (last, forms[0]))
    ]
    return words.gettext("{first} to {last}").format(first=said[0], last=said[1])


def _pendulum(day: date) -> "pendulum.Date":
    """The day in pendulum's hands, which is loaded where somebody wants words: `count` needs none."""
    from db.light_pendulum import pendulum

    return pendulum.date(day.year, day.month, day.day)
