"""The figures for other programs: the public contract of `report --format json` (DESIGN.md)."""

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from db.figures_names import Status
from db.figures_small import AtLeast, Hidden, Shown
from db.rounding import half_up
from hostdesk.reports import figures_broken_down, figures_over_time
from hostdesk.reports.figures_document import NOTHING, Added
from hostdesk.words import figures as words

if TYPE_CHECKING:
    from db.figures import Compared
    from db.figures_change import Change
    from db.figures_costs import Costs
    from db.figures_days import Day
    from db.figures_made import Figure, Figures
    from hostdesk.reports.figures_over_time import ShownMonth


def of(made: "Compared", *, whole: bool = True, added: Added = NOTHING) -> bytes:
    """The document.

    Args:
        made: the figures.
        whole: with the small numbers of a day, an hour, a reason and a theme, which are not for everybody:
            without them a day has its visits only where they may be shown, and hours and weekdays have none.
        added: what the coordinator lets go with it.
    """
    when, over = made.when, made.whole
    part = over is not made.now
    over_time = figures_over_time.of(made, whole=whole)
    facts = _facts(made.now, over_time.days, whole=whole) | {
        "months": [_month(one) for one in over_time.months],
        "about_equal": words.about_equal()[1],
        "small_numbers": None if whole else words.small()[1],
        "words": list(added.words),
        "happy_moments": [
            {"id": moment.number, "day": moment.day.isoformat(), "text": moment.text}
            for moment in added.moments
        ],
        "broken_down": {
            part.what: None
            if part.numbers is None
            else [{"name": name, **_shown(n)} for name, n in part.numbers.items()]
            for part in figures_broken_down.of(made, whole=whole)
        },
        "by_weekday": [
            {"weekday": weekday, "days_open": such.days, "visits_per_day_open": such.visits}
            for weekday, such in when.by_weekday.items()
            if whole
        ],
        "hours": {str(hour): n for hour, n in when.hours().items() if whole},
        "compared_days": over
        and {"from_day": over.period.from_day.isoformat(), "to_day": over.period.to_day.isoformat()},
        "compared": [
            {
                "from_day": other.period.from_day.isoformat(),
                "to_day": other.period.to_day.isoformat(),
                "gaps": list(words.gaps(other.gaps)),
                "figures": {
                    name: _change(change, part=part) | _how(other.figures[name])
                    for name, change in changes.items()
                },
            }
            for other, changes in made.changes
        ],
    }
    return json.dumps(facts, indent=2).encode() + b"\n"


def _facts(made: "Figures", seen: Mapping[date, int | Hidden], *, whole: bool) -> dict[str, object]:
    gaps = made.gaps
    return {
        "room": made.room.name,
        "from_day": made.period.from_day.isoformat(),
        "to_day": made.period.to_day.isoformat(),
        "made_at": made.room.local(made.made_at).isoformat(timespec="seconds"),
        "figures": {figure.name: _figure(figure) for figure in made.figures.values()},
        "days": [_day(day) if whole else _day_for_others(day, seen.get(day.day)) for day in made.days],
        "led_by": {lead.value: n for lead, n in made.sessions.led_by.items()},
        "costs": costs(made.costs),
        "sample_weeks": [
            {
                "from_day": one.week.from_day.isoformat(),
                "to_day": one.week.to_day.isoformat(),
                "visits": one.visits,
                "heard_at": one.asked,
                "at_least": one.at_least,
                "at_most": one.at_most,
            }
            for one in made.sample.weeks
        ],
        "gaps": {
            "shifts_planned": gaps.shifts_planned,
            "shifts_missing": gaps.shifts_missing,
            "sessions_unknown": gaps.sessions_unknown,
            "duties_unconfirmed": gaps.duties_unconfirmed,
            "duties_unopened": gaps.duties_unopened,
            "sessions_unopened": gaps.sessions_unopened,
            "shifts_unknown": gaps.shifts_unknown,
            "earlier_days": gaps.earlier_days,
            "overruled_days": gaps.overruled_days,
            "began_on": gaps.began_on and gaps.began_on.isoformat(),
            "not_begun": gaps.not_begun,
            "ends_early": gaps.ends_early and gaps.ends_early.isoformat(),
            "sentences": list(words.gaps(gaps)),
        },
    }


def _figure(figure: "Figure") -> dict[str, object]:
    said: dict[str, object] = {
        "label": words.label(figure.name),
        "value": figure.value,
        **_how(figure),
        "definition": words.definition(figure.name),
    }
    if figure.out_of is not None:
        said["out_of"] = figure.out_of
    if figure.unknown is not None:
        said["unknown"] = figure.unknown
    if figure.earlier is not None:
        said["earlier_days"] = figure.earlier
    return said


def _how(figure: "Figure") -> dict[str, object]:
    """How it came about; `why` says more of one without a value: it was missing, shut, not filled in."""
    return {"status": figure.status} | ({"why": figure.why} if figure.why else {})


def _shown(n: Shown) -> dict[str, object]:
    """A number of people; `hidden` says why it is null, `at_least` what is certain all the same."""
    match n:
        case Hidden():
            return {"n": None, "hidden": n}
        case AtLeast(sure):
            return {"n": None, "hidden": Hidden.BESIDE, "at_least": sure}
    return {"n": n, "hidden": None}


def _month(one: "ShownMonth") -> dict[str, object]:
    """A month of a long period; `hidden` says why its visits are null though it was open."""
    month = one.month
    return {
        "month": f"{month.first:%Y-%m}",
        "from_day": month.days[0].day.isoformat(),
        "to_day": month.days[-1].day.isoformat(),
        "hidden": one.hidden,
        "earlier_days": month.earlier,
        "figures": {
            name: {"value": None, "status": Status.COUNTED}
            if isinstance(of := one.figure(name), Hidden)
            else {"value": of.value, **_how(of)}
            for name in figures_over_time.OF_A_MONTH
        },
    }


def _day(day: "Day") -> dict[str, object]:
    return {
        "day": day.day.isoformat(),
        "state": day.state,
        "visits": day.visits,
        "volunteer_arrivals": day.volunteer_arrivals,
        "first_visits": day.first_visits,
        "open_hours": day.hours,
        "shifts_missing": day.shifts_missing,
        "earlier": day.earlier,
    }


def _day_for_others(day: "Day", visits: int | Hidden | None) -> dict[str, object]:
    """A day without small numbers of people: `hidden` says why its visits are null though it was open."""
    return {
        "day": day.day.isoformat(),
        "state": day.state,
        "visits": None if isinstance(visits, Hidden) else visits,
        "hidden": visits if isinstance(visits, Hidden) else None,
        "open_hours": day.hours,
        "shifts_missing": day.shifts_missing,
        "earlier": day.earlier,
    }


def _change(change: "Change", *, part: bool) -> dict[str, object]:
    """What it was; in a period that is not over with the value of its whole days (`compared_days`)."""
    said: dict[str, object] = {
        "value": change.before,
        "difference": change.difference,
        "trend": change.trend,
    }
    return said | {"now": change.value} if part else said


def costs(of: "Costs") -> dict[str, object]:
    """In euros; what an evaluator needs for an analysis of their own."""
    rate = of.rate
    return {
        "of_these_days": None if of.by_visits.euros is None else half_up(of.by_visits.euros, 2),
        "days": {
            "per_visit": of.by_visits.days,
            "per_open_hour": of.by_hours.days,
            "per_participation": of.by_participations.days,
        },
        "lines": [
            {
                "year": line.year,
                "name": line.name or None,
                "euros": line.cents / 100,
                "hours": None if line.minutes is None else line.minutes / 60,
                "rate": None if line.rate_cents is None else line.rate_cents / 100,
            }
            for line in of.lines
        ],
        "hourly_rate": rate and {"year": rate.year, "euros": rate.cents / 100, "source": rate.source or None},
    }
