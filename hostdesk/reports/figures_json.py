"""The figures for other programs: the public contract of `report --format json` (DESIGN.md)."""

import json
from typing import TYPE_CHECKING

from db.rounding import half_up
from hostdesk.reports.figures_document import NOTHING, Added
from hostdesk.words import figures as words

if TYPE_CHECKING:
    from db.figures import Compared
    from db.figures_change import Change
    from db.figures_costs import Costs
    from db.figures_days import Day
    from db.figures_made import Figure, Figures


def of(made: "Compared", added: Added = NOTHING) -> bytes:
    """The document."""
    when = made.when
    facts = _facts(made.now) | {
        "words": list(added.words),
        "happy_moments": [
            {"id": moment.number, "day": moment.day.isoformat(), "text": moment.text}
            for moment in added.moments
        ],
        "by_weekday": [
            {"weekday": weekday, "days_open": such.days, "visits_per_day_open": such.visits}
            for weekday, such in when.by_weekday.items()
        ],
        "hours": {str(hour): n for hour, n in when.hours().items()},
        "compared": [
            {
                "from_day": other.period.from_day.isoformat(),
                "to_day": other.period.to_day.isoformat(),
                "gaps": list(words.gaps(other.gaps)),
                "figures": {change.name: _change(change) for change in changes.values()},
            }
            for other, changes in made.changes
        ],
    }
    return json.dumps(facts, indent=2, ensure_ascii=False).encode() + b"\n"


def _facts(made: "Figures") -> dict[str, object]:
    gaps = made.gaps
    return {
        "room": made.room.name,
        "from_day": made.period.from_day.isoformat(),
        "to_day": made.period.to_day.isoformat(),
        "made_at": made.room.local(made.made_at).isoformat(timespec="seconds"),
        "figures": {figure.name: _figure(figure) for figure in made.figures.values()},
        "days": [_day(day) for day in made.days],
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
            "earlier_days": gaps.earlier_days,
            "began_on": gaps.began_on and gaps.began_on.isoformat(),
            "ends_early": gaps.ends_early and gaps.ends_early.isoformat(),
            "sentences": list(words.gaps(gaps)),
        },
    }


def _figure(figure: "Figure") -> dict[str, object]:
    said: dict[str, object] = {
        "label": words.label(figure.name),
        "value": figure.value,
        "status": figure.status,
        "definition": words.definition(figure.name),
    }
    if figure.out_of is not None:
        said["out_of"] = figure.out_of
    if figure.unknown is not None:
        said["unknown"] = figure.unknown
    return said


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


def _change(change: "Change") -> dict[str, object]:
    return {"value": change.before, "difference": change.difference, "trend": change.trend}


def costs(of: "Costs") -> dict[str, object]:
    """In euros; what an evaluator needs for an analysis of their own."""
    rate = of.rate
    return {
        "of_these_days": None if of.euros is None else half_up(of.euros, 2),
        "lines": [
            {
                "year": line.year,
                "name": line.name,
                "euros": line.cents / 100,
                "hours": None if line.minutes is None else line.minutes / 60,
                "rate": None if line.rate_cents is None else line.rate_cents / 100,
            }
            for line in of.lines
        ],
        "hourly_rate": rate and {"year": rate.year, "euros": rate.cents / 100, "source": rate.source},
    }
