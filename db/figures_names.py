"""What the figures are called and what each of them means: said once, for screen, report and export."""

from dataclasses import dataclass
from enum import StrEnum

from db.errors import N_
from db.rounding import half_up


class Name(StrEnum):
    """A figure, as other programs know it."""

    VISITS = "visits"
    VOLUNTEER_ARRIVALS = "volunteer_arrivals"
    FIRST_VISITS = "first_visits"
    UNIQUE_VISITORS_LOW = "unique_visitors_low"
    UNIQUE_VISITORS_HIGH = "unique_visitors_high"
    PRESENT_AT_HEADCOUNTS = "present_at_headcounts"
    DAYS_OPEN = "days_open"
    VISITS_PER_DAY_OPEN = "visits_per_day_open"
    OPEN_HOURS = "open_hours"
    SHIFTS_HELD = "shifts_held"
    SHIFTS_MISSING = "shifts_missing"
    SHIFTS_UNDERSTAFFED = "shifts_understaffed"
    ACTIVITIES = "activities"
    SESSIONS_HELD = "sessions_held"
    SESSIONS_CANCELLED = "sessions_cancelled"
    SESSIONS_UNKNOWN = "sessions_unknown"
    PARTICIPATIONS = "participations"
    VOLUNTEER_LED_SHARE = "volunteer_led_share"
    WISHES_VOICED = "wishes_voiced"
    WISHES_FULFILLED = "wishes_fulfilled"
    WISHES_NOT_FEASIBLE = "wishes_not_feasible"
    WISHES_OPEN = "wishes_open"
    DAYS_TO_FIRST_SESSION = "days_to_first_session"
    ADVICE_ASKED = "advice_asked"
    ADVICE_ANSWERED = "advice_answered"
    HOURS_TO_ANSWER = "hours_to_answer"
    LEAD_STAYED_SHARE = "lead_stayed_share"
    VOLUNTEERS = "volunteers"
    VOLUNTEER_HOURS = "volunteer_hours"
    COST_PER_VISIT = "cost_per_visit"
    COST_PER_OPEN_HOUR = "cost_per_open_hour"
    COST_PER_PARTICIPATION = "cost_per_participation"
    REPLACEMENT_VALUE_LOW = "replacement_value_low"
    REPLACEMENT_VALUE_HIGH = "replacement_value_high"


class Status(StrEnum):
    """How a figure came about."""

    COUNTED = "counted"
    ESTIMATED = "estimated"
    SAMPLE = "sample"
    NOT_MEASURED = "not_measured"


class Why(StrEnum):
    """Why there is no number, where more is known than that nobody measured it."""

    MISSING = "missing"
    """Shifts were planned, and nobody opened one of them."""
    SHUT = "closed"
    """Nothing was planned, and nobody opened."""
    NOT_FILLED_IN = "not_filled_in"
    """The coordinator has yet to say it."""
    SEVERAL_RATES = "several_rates"
    """The hourly rate is not the same on all of these days."""
    NOTHING = "nothing_to_measure"
    """A share or a middle value of things of which there was none."""
    BY_ZERO = "divided_by_zero"
    """What it is divided by is 0."""


class Measure(StrEnum):
    """What a figure is a number of."""

    COUNT = "count"
    HOURS = "hours"
    DAYS = "days"
    AVERAGE = "average"
    PERSONS = "persons"
    """Whole, unless it is the average of several weeks."""
    SHARE = "share"
    """Between 0 and 1."""
    EURO = "euro"


DECIMALS = {
    Measure.COUNT: 0,
    Measure.HOURS: 1,
    Measure.DAYS: 1,
    Measure.AVERAGE: 1,
    Measure.PERSONS: 1,
    Measure.SHARE: 2,
    Measure.EURO: 2,
}
"""With so many people read it; a share as a percentage has two less."""


@dataclass(frozen=True)
class Meaning:
    """What a figure is called and what it means, in English; both are translated where they are shown."""

    label: str
    definition: str
    measure: Measure = Measure.COUNT


MEANINGS = {
    Name.VISITS: Meaning(
        N_("Visits"),
        N_(
            "Each visitor who came in to use the room or to ask something, counted at the door. Who comes "
            "twice is two visits: these are visits, no persons. Volunteers and hosts on duty are not "
            "among them."
        ),
    ),
    Name.VOLUNTEER_ARRIVALS: Meaning(
        N_("Volunteers who came in"),
        N_("Volunteers who came in and were not on duty, counted at the door apart from the visits."),
    ),
    Name.FIRST_VISITS: Meaning(
        N_("First visits"),
        N_(
            "Visits of which somebody at the desk heard that it was the first time. Nobody is asked: "
            "there may have been more. They are among the visits."
        ),
    ),
    Name.UNIQUE_VISITORS_LOW: Meaning(
        N_("Unique visitors in a sample week, at least"),
        N_(
            "Those of whom the desk heard, in a week planned for it, that it was their first visit that "
            "week. Of several such weeks it is the average. Visits themselves do not say how many people "
            "came."
        ),
        Measure.PERSONS,
    ),
    Name.UNIQUE_VISITORS_HIGH: Meaning(
        N_("Unique visitors in a sample week, at most"),
        N_(
            "The same, if each visit of which the desk did not hear it was somebody else. "
            "About other weeks it says nothing."
        ),
        Measure.PERSONS,
    ),
    Name.PRESENT_AT_HEADCOUNTS: Meaning(
        N_("Present at a headcount"),
        N_(
            "How many were here when somebody counted heads, on average over those headcounts. "
            "Hosts on duty are not among them; between headcounts nobody knows."
        ),
        Measure.AVERAGE,
    ),
    Name.DAYS_OPEN: Meaning(
        N_("Days open"),
        N_(
            "Days on which at least one shift was opened or a visit was counted, and days of an earlier "
            "tally."
        ),
        Measure.COUNT,
    ),
    Name.VISITS_PER_DAY_OPEN: Meaning(
        N_("Visits per day open"),
        N_("The visits divided by the days on which the room was open, those without visits among them."),
        Measure.AVERAGE,
    ),
    Name.OPEN_HOURS: Meaning(
        N_("Hours open"),
        N_(
            "The hours of the shifts that were opened, from the planned start to the planned end, or until a "
            "host closed earlier. Outside the plan: from the first to the last count."
        ),
        Measure.HOURS,
    ),
    Name.SHIFTS_HELD: Meaning(
        N_("Shifts that opened"),
        N_("Half-day slots on which the room was open; of days of an earlier tally they are not known."),
    ),
    Name.SHIFTS_MISSING: Meaning(
        N_("Missing shifts"),
        N_(
            "Shifts that were planned and never opened. What happened at the door then is not known: "
            "it counts nowhere as 0."
        ),
    ),
    Name.SHIFTS_UNDERSTAFFED: Meaning(
        N_("Understaffed shifts"),
        N_(
            "Planned shifts that opened, on which for half an hour or longer there were fewer hosts than the "
            "room needs."
        ),
    ),
    Name.ACTIVITIES: Meaning(
        N_("Activities"), N_("Different activities of which at least one session was held.")
    ),
    Name.SESSIONS_HELD: Meaning(
        N_("Sessions held"),
        N_("Sessions of which somebody said how many took part. Each meeting of a series is one."),
    ),
    Name.SESSIONS_CANCELLED: Meaning(
        N_("Sessions cancelled"), N_("Sessions that were planned on these days and did not go on.")
    ),
    Name.SESSIONS_UNKNOWN: Meaning(
        N_("Sessions without a number"),
        N_("Sessions that were over without anybody saying how many took part, or that it did not go on."),
    ),
    Name.PARTICIPATIONS: Meaning(
        N_("Participations"),
        N_(
            "How many took part in each session held, added up; who leads is not among them. "
            "Another measure than visits: the two are never added up."
        ),
    ),
    Name.VOLUNTEER_LED_SHARE: Meaning(
        N_("Led by volunteers and neighbours"),
        N_(
            "The share of the sessions held that a volunteer or a neighbour led, of those of which it is "
            "known who led. Led together with a professional counts in the whole and not in the share."
        ),
        Measure.SHARE,
    ),
    Name.WISHES_VOICED: Meaning(N_("Wishes voiced"), N_("Wishes that neighbours voiced on these days.")),
    Name.WISHES_FULFILLED: Meaning(
        N_("Wishes that came true"),
        N_("Wishes of which the first session was held on these days, whenever the wish was voiced."),
    ),
    Name.WISHES_NOT_FEASIBLE: Meaning(
        N_("Wishes not feasible"),
        N_(
            "Wishes of which it was said on these days that they can't be done, that stood so on the last of "
            "them, and had no session by then."
        ),
    ),
    Name.WISHES_OPEN: Meaning(
        N_("Wishes on their way"),
        N_("Wishes voiced up to the last of these days that had no session by then and were not given up."),
    ),
    Name.DAYS_TO_FIRST_SESSION: Meaning(
        N_("Days from wish to first session"),
        N_("The middle value (median) over the wishes that came true on these days."),
        Measure.DAYS,
    ),
    Name.ADVICE_ASKED: Meaning(
        N_("Advice asked"), N_("Questions to a professional at a distance, asked on these days.")
    ),
    Name.ADVICE_ANSWERED: Meaning(
        N_("Advice answered"), N_("Questions that were answered on these days, whenever they were asked.")
    ),
    Name.HOURS_TO_ANSWER: Meaning(
        N_("Hours until the answer"),
        N_("The middle value (median) over the questions answered on these days."),
        Measure.HOURS,
    ),
    Name.LEAD_STAYED_SHARE: Meaning(
        N_("Advice after which the lead stayed"),
        N_(
            "Of the questions about an activity that were answered on these days: the share after which no "
            "professional came to lead it or a session of it, alone or together, up to the last of these "
            "days. Questions about something else are left out."
        ),
        Measure.SHARE,
    ),
    Name.VOLUNTEERS: Meaning(
        N_("Volunteers"),
        N_("Hosts and volunteers of the house on these days, also those who joined or left in between."),
    ),
    Name.VOLUNTEER_HOURS: Meaning(
        N_("Volunteer hours"),
        N_(
            "Hours on duty of hosts and volunteers: as somebody confirmed them, and else as planned, if the "
            "shift opened. Estimated where some are as planned, or were confirmed of a shift that nobody "
            "opened. What volunteers do outside the roster is not among them."
        ),
        Measure.HOURS,
    ),
    Name.COST_PER_VISIT: Meaning(
        N_("Costs per visit"),
        N_(
            "The yearly costs that the coordinator filled in, for those of these days "
            "of which the visits are known, divided by the visits."
        ),
        Measure.EURO,
    ),
    Name.COST_PER_OPEN_HOUR: Meaning(
        N_("Costs per hour open"),
        N_(
            "The yearly costs that the coordinator filled in, for those of these days "
            "of which the hours are known, divided by the hours open."
        ),
        Measure.EURO,
    ),
    Name.COST_PER_PARTICIPATION: Meaning(
        N_("Costs per participation"),
        N_(
            "The yearly costs that the coordinator filled in, for those of these days "
            "on which the room was there, divided by the participations."
        ),
        Measure.EURO,
    ),
    Name.REPLACEMENT_VALUE_LOW: Meaning(
        N_("Replacement value, at least"),
        N_(
            "The volunteer hours that were confirmed, times the hourly rate that the coordinator filled in "
            "for all of these days."
        ),
        Measure.EURO,
    ),
    Name.REPLACEMENT_VALUE_HIGH: Meaning(
        N_("Replacement value, at most"),
        N_(
            "All volunteer hours and the hours of sessions led by volunteers and neighbours (some were on "
            "duty then as well), times the hourly rate that the coordinator filled in for all of these days."
        ),
        Measure.EURO,
    ),
}
"""Every figure, in the order of a report."""


def as_printed(name: Name, value: float) -> float:
    """A value of this figure as people read it."""
    return half_up(value, DECIMALS[MEANINGS[name].measure])
