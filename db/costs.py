"""What the room costs in a year, and what an hour of a volunteer would: the coordinator fills it in.

No rate is built in. Which one is right depends on who asks, so each has its source and its year.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from db import roles
from db.connection import reading, rows, writing
from db.errors import N_, NotPossible
from db.figure_models import CostLine, HourlyRate
from db.figures_period import FIRST_YEAR, LAST_YEAR
from db.text import clean

LONGEST = 80
"""Characters of what something is called, and of where a rate comes from."""

MOST = 10_000_000_00
"""Cents: more than any such room costs in a year."""

MOST_HOURS = 20_000

_NO_AMOUNT = N_("“{text}” is no amount. Write it like 6000 or 12,50.")
_DUTCH = re.compile(r"€?\s*(\d{1,3}(?:[. ]\d{3})+|\d{1,9})(?:,(\d\d?))?", re.ASCII)
_ENGLISH = re.compile(r"€?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d\d?))?", re.ASCII)


@dataclass(frozen=True)
class Line:
    """Something that costs money."""

    id: int
    year: int
    name: str
    """Nothing where this is all that the year costs, for who sees no names."""
    cents: int
    """In the whole year."""
    minutes: int | None
    """Of paid work: how long it takes."""
    rate_cents: int | None
    """Of paid work: what an hour costs."""


@dataclass(frozen=True)
class Rate:
    """What an hour of a volunteer would cost."""

    year: int
    """From this year on."""
    cents: int
    source: str
    """Nothing for who sees no text that was typed."""


def add(year: int, name: str, amount: str) -> Line:
    """Something costs so much in this year.

    Raises:
        NotPossible: it has no name, or there is no such year or amount.
    """
    return _add(year, name, cents(amount), None, None)


def add_work(year: int, name: str, hours: str, rate: str) -> Line:
    """Somebody is paid for so many hours in this year, at so much an hour.

    Raises:
        NotPossible: it has no name, or there is no such year, number or rate.
    """
    minutes, rate_cents = round(_hundredths(hours) * 60 / 100), cents(rate)
    if minutes > MOST_HOURS * 60:
        raise NotPossible(N_("Between 0 and {most} hours are worked in a year."), most=MOST_HOURS)
    return _add(year, name, round(minutes * rate_cents / 60), minutes, rate_cents)


def remove(line: int) -> Line:
    """This line was a mistake.

    Raises:
        NotPossible: there is none.
    """
    with writing():
        found = _of(CostLine.id == line) if abs(line) < 2**63 else []
        if not found:
            raise NotPossible(N_("There is no such line. hostdesk costs show has their numbers."))
        CostLine.delete().where(CostLine.id == line).execute()
        return found[0]


def lines(first: int, last: int) -> tuple[Line, ...]:
    """What these years cost, in the order in which it was filled in; without names, each year's total."""
    with reading():
        found = _of(CostLine.year.between(first, last))
    if roles.sees("cost_line.name"):
        return tuple(found)
    totals: Counter[int] = Counter()
    for line in found:
        totals[line.year] += line.cents
    return tuple(Line(0, year, "", total, None, None) for year, total in totals.items())


def choose_rate(year: int, amount: str, source: str) -> Rate:
    """From this year on an hour would cost so much, says this source.

    Raises:
        NotPossible: there is no such year or amount, or no source.
    """
    source = clean(source, most=LONGEST)
    if not source:
        raise NotPossible(N_("Say where the rate comes from: a law, a collective agreement, a partner."))
    rate = Rate(_year(year), cents(amount), source)
    with writing():
        HourlyRate.replace(year=rate.year, cents=rate.cents, source=rate.source).execute()
    return rate


def rate_on(day: date) -> Rate | None:
    """The rate that holds on this day; None when nobody filled one in."""
    rate = HourlyRate
    with reading():
        found = rows(
            rate.select(rate.year, rate.cents, rate.source)
            .where(rate.year <= day.year)
            .order_by(rate.year.desc())
            .limit(1)
        )
    return next((Rate(year, amount, source or "") for year, amount, source in found), None)


def cents(amount: str) -> int:
    """An amount of money as people write it: 6000, 6.000,00, 1,234.56, € 12,50.

    Raises:
        NotPossible: it can't be read, or is nothing or too much.
    """
    n = _hundredths(amount)
    if not 0 < n <= MOST:
        raise NotPossible(_NO_AMOUNT, text=amount[:20])
    return n


def _hundredths(text: str) -> int:
    """A number with at most two decimals, times a hundred."""
    written = clean(text[:40], most=40)
    found = _DUTCH.fullmatch(written) or _ENGLISH.fullmatch(written)
    if not found:
        raise NotPossible(_NO_AMOUNT, text=text[:20])
    return int(re.sub(r"\D", "", found[1])) * 100 + int((found[2] or "0").ljust(2, "0"))


def _add(year: int, name: str, amount: int, minutes: int | None, rate: int | None) -> Line:
    name = clean(name, most=LONGEST)
    if not name:
        raise NotPossible(N_("Say what it is that costs so much."))
    if not 0 < amount <= MOST:
        raise NotPossible(
            N_("“{text}” is no amount. Write it like 6000 or 12,50."), text=f"{amount / 100:.2f}"
        )
    kept = {"year": _year(year), "name": name, "cents": amount, "minutes": minutes, "rate_cents": rate}
    with writing():
        if name.casefold() in {line.name.casefold() for line in _of(CostLine.year == year)}:
            raise NotPossible(
                N_("{name} stands there already for {year}. Take that line off first: hostdesk costs show"),
                name=name, year=f"{year}",
            )  # fmt: skip
        return Line(CostLine.insert(kept).execute(), _year(year), name, amount, minutes, rate)


def _of(where: object) -> list[Line]:
    line = CostLine
    query = line.select(line.id, line.year, line.name, line.cents, line.minutes, line.rate_cents)
    return [Line(*row) for row in rows(query.where(where).order_by(line.year, line.id))]


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotPossible(
            N_("Choose days between {first} and {last}."), first=f"{FIRST_YEAR}", last=f"{LAST_YEAR}"
        )
    return year
