"""The figures once more, from the raw rows and in plain Python: nothing of `db`'s rules is used here."""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from db.connection import database

HOUR = timedelta(hours=1)
ACTIONS = ("arrival", "volunteer", "departure", "headcount")
TABLES = (
    "room",
    "opening_hours",
    "closed_day",
    "other_hours",
    "shift",
    "door",
    "wish",
    "comes",
    "activity",
    "session",
    "sample_week",
    "advice_request",
    "person",
    "duty",
    "setting",
    "board_event",
    "cost_line",
    "hourly_rate",
    "earlier_import",
    "earlier_count",
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


Tables = dict[str, list[dict[str, Any]]]


def in_the_file() -> Tables:
    """Every row of the open room, as its file has it."""
    found: Tables = {}
    for name in TABLES:
        columns = [row[1] for row in database.execute_sql(f"PRAGMA table_info({name})")]
        rows = database.execute_sql(f"SELECT * FROM {name}")
        found[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    return found


def in_an_export(directory: Path) -> Tables:
    """The same, as somebody has it who was given the data, and what they are told of its columns."""
    package = json.loads((directory / "datapackage.json").read_text("utf-8"))
    found: Tables = {}
    for told in package["resources"]:
        numbers = {
            field["name"] for field in told["schema"]["fields"] if field["type"] in ("integer", "boolean")
        }
        with (directory / told["path"]).open(encoding="utf-8", newline="") as file:
            found[told["name"]] = [
                {
                    name: (int(cell) if name in numbers else cell) if cell else None
                    for name, cell in row.items()
                }
                for row in csv.DictReader(file)
            ]
    return found


class Rows:
    """The rows of a room, from wherever."""

    def __init__(self, now: datetime, tables: Tables) -> None:
        self.now = now
        self.tables = tables
        self.zone = ZoneInfo(self.tables["room"][0]["timezone"])
        self.voided = {row["voids"] for row in self["door"] if row["voids"]}
        last_tag = {row["about"]: row for row in self["door"] if row["kind"] == "first_visit"}
        self.first = [row for about, row in last_tag.items() if about not in self.voided]

    def __getitem__(self, name: str) -> list[dict[str, Any]]:
        return self.tables[name]

    def on(self, rows: Iterable[dict[str, Any]], first: date, last: date) -> list[dict[str, Any]]:
        return [row for row in rows if first.isoformat() <= row["day"] <= last.isoformat()]

    def local_day(self, text: str) -> date:
        return moment(text).astimezone(self.zone).date()

    def planned(self, day: date) -> list[datetime]:
        """When the shifts end that were planned on this day."""
        return [end for _, end in self.stretches(day)]

    def stretches(self, day: date) -> list[tuple[datetime, datetime]]:
        """The shifts that were planned on this day."""
        if any(row["day"] == day.isoformat() for row in self["closed_day"]):
            return []
        weeks = [row for row in self["opening_hours"] if row["from_day"] <= day.isoformat()]
        newest = max(row["from_day"] for row in weeks)
        found = []
        otherwise = [
            {**row, "weekday": day.isoweekday(), "from_day": newest}
            for row in self["other_hours"]
            if row["day"] == day.isoformat()
        ]
        for row in otherwise or weeks:
            if row["from_day"] == newest and row["weekday"] == day.isoweekday() and row["opens"]:
                last = day if row["closes"] > row["opens"] else day + timedelta(days=1)
                opens = datetime.fromisoformat(f"{day} {row['opens']}").replace(tzinfo=self.zone)
                closes = datetime.fromisoformat(f"{last} {row['closes']}").replace(tzinfo=self.zone, fold=1)
                found.append((opens.astimezone(UTC), closes.astimezone(UTC)))
        return found


def figures(rows: Rows, first: date, last: date) -> dict[str, float | None]:
    """The figures of these days, which are over."""
    made = door(rows, first, last) | board(rows, first, last) | people(rows, first, last)
    made |= sample_weeks(rows, first, last) | {"shifts_understaffed": understaffed(rows, first, last)}
    return made | costs(rows, first, last, made)


def door(rows: Rows, first: date, last: date) -> dict[str, float | None]:
    stands = [row for row in rows.on(rows["door"], first, last) if row["id"] not in rows.voided]
    persons: Counter[str] = Counter()
    for row in stands:
        persons[row["kind"]] += row["n"]
    heads = [row["n"] for row in stands if row["kind"] == "headcount"]
    shifts = rows.on(rows["shift"], first, last)
    opened = {(row["day"], moment(row["planned_closes_at"])) for row in shifts}
    created = rows.local_day(rows["room"][0]["created_at"])
    missing = 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day >= created:
            over = [end for end in rows.planned(day) if end <= rows.now]
            missing += sum((day.isoformat(), end) not in opened for end in over)
    lasted = dict.fromkeys((row["day"] for row in shifts), timedelta(0))
    for row in shifts:
        if row["planned_opens_at"]:
            closed = min(row["closed_at"], row["planned_closes_at"])
            ends = row["planned_closes_at"] if row["closed_automatically"] else closed
            lasted[row["day"]] += moment(ends) - moment(row["planned_opens_at"])
        else:
            that_day = [one["at"] for one in stands if one["day"] == row["day"] and one["kind"] in ACTIONS]
            lasted[row["day"]] += moment(max(that_day)) - moment(row["opened_at"])
    days_open = len({row["day"] for row in shifts})
    return {
        "visits": persons["arrival"],
        "visits_per_day_open": half_up(persons["arrival"] / days_open, 1) if days_open else None,
        "volunteer_arrivals": persons["volunteer"],
        "first_visits": sum(row["n"] for row in rows.on(rows.first, first, last)),
        "present_at_headcounts": half_up(sum(heads) / len(heads), 1) if heads else None,
        "days_open": days_open,
        "open_hours": half_up(sum(half_up(of_day / HOUR, 2) for of_day in lasted.values()), 2),
        "shifts_held": len(shifts),
        "shifts_missing": missing,
    }


def by_hour(rows: Rows, first: date, last: date) -> dict[tuple[int, int], tuple[int, int]]:
    """Of each hour of a weekday: on how many days it was open and counted, and the visits on those."""
    stands = [row for row in rows.on(rows["door"], first, last) if row["id"] not in rows.voided]
    opened: dict[tuple[str, int], int] = {}
    for row in rows.on(rows["shift"], first, last):
        if row["planned_opens_at"]:
            closed = row["closed_at"] or f"{rows.now:%Y-%m-%d %H:%M:%S}"
            ends = row["planned_closes_at"]
            at = moment(row["planned_opens_at"])
            end = moment(ends if row["closed_automatically"] else min(closed, ends))
        else:
            that_day = [one["at"] for one in stands if one["day"] == row["day"] and one["kind"] in ACTIONS]
            at, end = moment(row["opened_at"]), moment(max(that_day))
        while at < end:
            opened.setdefault((row["day"], at.astimezone(rows.zone).hour), 0)
            at = min(at + timedelta(minutes=1), end)
    for row in stands:
        if row["kind"] == "arrival":
            opened[row["day"], row["hour"]] = opened.get((row["day"], row["hour"]), 0) + row["n"]
    here = {row["day"] for row in rows["shift"]} | {day for day, _ in opened}
    back = {row["id"] for row in rows["earlier_import"] if row["taken_back_at"]}
    for row in rows.on(rows["earlier_count"], first, last):
        if row["import"] not in back and row["day"] not in here and row["hour"] is not None:
            opened[row["day"], row["hour"]] = opened.get((row["day"], row["hour"]), 0) + row["visits"]
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (day, hour), n in opened.items():
        place = date.fromisoformat(day).isoweekday(), hour
        days, visits = found.get(place, (0, 0))
        found[place] = days + 1, visits + n
    return found


def broken_down(rows: Rows, first: date, last: date) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """What visits were for, which themes people took part in, and how many sessions each led."""
    said = {row["about"]: row for row in rows["door"] if row["kind"] == "reason"}
    reasons, themes, led = Counter[str](), Counter[str](), Counter[str]()
    for row in rows.on(said.values(), first, last):
        if row["n"] and row["about"] not in rows.voided:
            reasons[row["reason"]] += row["n"]
    activities = {row["id"]: row for row in rows["activity"]}
    for row in rows.on(rows["session"], first, last):
        if row["state"] == "held":
            activity = activities[row["activity"]]
            themes[activity["theme"]] += row["participations"]
            led[row["lead"] or activity["lead"]] += 1
    return dict(reasons), dict(themes), dict(led)


def sample_weeks(rows: Rows, first: date, last: date) -> dict[str, float | None]:
    """Who was new in a sample week, where anybody said so of any visit; on average over such weeks."""
    low, high = [], []
    for week in rows["sample_week"]:
        monday = date.fromisoformat(week["from_day"])
        sunday = monday + timedelta(days=6)
        if not (first <= monday and sunday <= last) or sunday >= rows.now.astimezone(rows.zone).date():
            continue
        visits = asked = new = 0
        for arrival in rows.on(rows["door"], monday, sunday):
            if arrival["kind"] != "arrival" or arrival["id"] in rows.voided:
                continue
            visits += arrival["n"]
            about = [row for row in rows["door"] if row["about"] == arrival["id"]]
            week_said = [row["n"] for row in about if row["kind"] == "first_this_week"]
            ever_said = [row["n"] for row in about if row["kind"] == "first_visit"]
            known_new = max([0, *week_said[-1:], *ever_said[-1:]])
            new += known_new
            asked += arrival["n"] if week_said else known_new
        if asked:
            low.append(new)
            high.append(new + visits - asked)
    return {
        "unique_visitors_low": half_up(sum(low) / len(low), 1) if low else None,
        "unique_visitors_high": half_up(sum(high) / len(high), 1) if high else None,
    }


def board(rows: Rows, first: date, last: date) -> dict[str, float | None]:
    leads = {row["id"]: row["lead"] for row in rows["activity"]}
    sessions = rows.on(rows["session"], first, last)
    held = [row for row in sessions if row["state"] == "held"]
    led = Counter(row["lead"] or leads[row["activity"]] for row in held)
    known = sum(led.values()) - led["unknown"]
    theirs = led["volunteer"] + led["neighbour"]
    answered = [
        (moment(row["answered_at"]) - moment(row["asked_at"])) / HOUR
        for row in rows["advice_request"]
        if row["answered_at"] and first <= rows.local_day(row["answered_at"]) <= last
    ]
    return (
        wishes(rows, first, last)
        | lead_stayed(rows, first, last)
        | {
            "activities": len({row["activity"] for row in held}),
            "sessions_held": len(held),
            "sessions_cancelled": sum(row["state"] == "cancelled" for row in sessions),
            "sessions_unknown": sum(
                row["state"] == "planned" and moment(row["ends_at"]) <= rows.now for row in sessions
            ),
            "participations": sum(row["participations"] for row in held),
            "volunteer_led_share": half_up(theirs / known, 4) if known else None,
            "advice_asked": sum(
                first <= rows.local_day(row["asked_at"]) <= last for row in rows["advice_request"]
            ),
            "advice_answered": len(answered),
            "hours_to_answer": half_up(median(answered), 1) if answered else None,
        }
    )


def wishes(rows: Rows, first: date, last: date) -> dict[str, float | None]:
    comes: dict[int, set[int]] = {}
    for row in rows["comes"]:
        comes.setdefault(row["wish"], set()).add(row["activity"])
    voiced = fulfilled = given_up = still_open = 0
    took = []
    for wish in rows["wish"]:
        voiced_on = rows.local_day(wish["voiced_at"])
        held = [
            date.fromisoformat(row["day"])
            for row in rows["session"]
            if row["activity"] in comes.get(wish["id"], ())
            and row["state"] == "held"
            and row["ends_at"] >= wish["voiced_at"]
            and row["day"] <= last.isoformat()
        ]
        moved = [
            event
            for event in rows["board_event"]
            if event["wish"] == wish["id"]
            and event["what"] == "moved"
            and rows.local_day(event["at"]) <= last
        ]
        stands = moved[-1]["to_state"] if moved else "received"
        if stands == "done" and not held:
            held = [rows.local_day(moved[-1]["at"])]
        came_true, ended = min(held, default=None), None
        if moved and moved[-1]["to_state"] == "not_feasible" and not held:
            ended = rows.local_day(moved[-1]["at"])
        voiced += first <= voiced_on <= last
        if came_true and first <= came_true <= last:
            fulfilled += 1
            took.append((came_true - voiced_on).days)
        given_up += bool(ended and first <= ended <= last)
        done = [day for day in (came_true, ended) if day and day <= last]
        still_open += voiced_on <= last and not done
    return {
        "wishes_voiced": voiced,
        "wishes_fulfilled": fulfilled,
        "wishes_not_feasible": given_up,
        "wishes_open": still_open,
        "days_to_first_session": median(took) if took else None,
    }


def lead_stayed(rows: Rows, first: date, last: date) -> dict[str, float | None]:
    """After how much of the advice about an activity no professional came to lead it."""
    outside = ("together", "professional")
    stayed = []
    for question in rows["advice_request"]:
        if not question["answered_at"] or not first <= rows.local_day(question["answered_at"]) <= last:
            continue
        of_wish = {row["activity"] for row in rows["comes"] if row["wish"] == question["wish"]}
        about = [
            row
            for row in rows["activity"]
            if row["id"] == question["activity"]
            or (row["id"] in of_wish and row["created_at"] <= question["asked_at"])
        ]
        if not about:
            continue
        taken = False
        for activity in about:
            for event in rows["board_event"]:
                if event["what"] == "lead_changed" and event["activity"] == activity["id"]:
                    before, now = event["text"].split()
                    moved = now in outside and before not in outside
                    after = event["at"] > question["asked_at"] and rows.local_day(event["at"]) <= last
                    taken = taken or (moved and after)
            for session in rows["session"]:
                led = activity["lead"]
                for event in reversed(rows["board_event"]):  # back to who led it when the session began
                    if event["what"] == "lead_changed" and event["activity"] == activity["id"]:
                        led = event["text"].split()[0] if event["at"] >= session["starts_at"] else led
                taken = taken or (
                    session["activity"] == activity["id"]
                    and session["state"] == "held"
                    and session["lead"] in outside
                    and led not in outside
                    and session["starts_at"] > question["asked_at"]
                    and session["day"] <= last.isoformat()
                )
        stayed.append(not taken)
    return {"lead_stayed_share": half_up(sum(stayed) / len(stayed), 4) if stayed else None}


def understaffed(rows: Rows, first: date, last: date) -> int:
    """Planned shifts that opened, with too few on them for half an hour at a time."""
    chosen = [row["number"] for row in rows["setting"] if row["name"] == "hosts_needed"]
    needed = chosen[0] if chosen else 2
    n = 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        planned = rows.stretches(day)
        opened = {
            moment(row["planned_closes_at"]): moment(row["closed_at"] or row["planned_closes_at"])
            for row in rows["shift"]
            if row["day"] == day.isoformat()
        }
        there = defaultdict[datetime, list[tuple[datetime, datetime]]](list)
        for duty in rows.on(rows["duty"], day, day):
            begins = moment(duty["from_at"] or duty["planned_from"])
            ends = moment(duty["until_at"] or duty["planned_until"] or begins.strftime("%Y-%m-%d %H:%M:%S"))
            if not planned or duty["absent"] or duty["trainee"]:
                continue
            if not (duty["until_at"] or duty["planned_until"]):
                ends = max(planned, key=lambda one: min(one[1], ends) - max(one[0], begins))[1]
            for _, end in planned:
                there[end].append((begins, ends))
        n += sum(
            end in opened and longest_below(needed, there[end], start, min(end, opened[end])) >= HOUR / 2
            for start, end in planned
        )
    return n


def longest_below(
    needed: int, there: list[tuple[datetime, datetime]], start: datetime, end: datetime
) -> timedelta:
    """How long at a time fewer were there, by who comes and leaves one after another."""
    steps = sorted([(max(one[0], start), 1) for one in there] + [(max(one[1], start), -1) for one in there])
    longest, since, on = timedelta(0), start, 0
    for at, change in [*steps, (end, 0)]:
        if on < needed:
            longest = max(longest, min(at, end) - since)
        before, on = on, on + change
        if before >= needed > on:
            since = min(at, end)
    return longest


def costs(rows: Rows, first: date, last: date, made: dict[str, float | None]) -> dict[str, float | None]:
    """What the days cost by what was counted, and what the volunteers' hours would cost."""
    cents, first_of_all = 0.0, first
    first = max(first, rows.local_day(rows["room"][0]["created_at"]))  # before that there was no room
    for year in range(first.year, last.year + 1):
        days = (min(last, date(year, 12, 31)) - max(first, date(year, 1, 1))).days + 1
        whole = (date(year, 12, 31) - date(year, 1, 1)).days + 1
        cents += sum(row["cents"] for row in rows["cost_line"] if row["year"] == year) * days / whole
    first = first_of_all
    rate, at_first = (
        max((row for row in rows["hourly_rate"] if row["year"] <= day.year), key=lambda row: row["year"])
        for day in (last, first)
    )
    unpaid = {row["id"] for row in rows["person"] if row["kind"] in ("host", "volunteer")}
    confirmed = sum(
        (
            max(moment(duty["until_at"] or duty["planned_until"]) - moment(duty["from_at"]), timedelta(0))
            for duty in rows.on(rows["duty"], first, last)
            if duty["person"] in unpaid and duty["confirmed"] and not duty["absent"]
        ),
        timedelta(0),
    )
    leads = {row["id"]: row["lead"] for row in rows["activity"]}
    led = sum(
        (
            moment(row["ends_at"]) - moment(row["starts_at"])
            for row in rows.on(rows["session"], first, last)
            if row["state"] == "held"
            and (row["lead"] or leads[row["activity"]]) in ("volunteer", "neighbour")
        ),
        timedelta(0),
    )
    _, given = served(rows, first, last)
    worth = rate["cents"] / 100 if rate == at_first else None  # no one rate holds on all of these days
    return {
        "cost_per_visit": _by(cents, made["visits"]),
        "cost_per_open_hour": _by(cents, made["open_hours"]),
        "cost_per_participation": _by(cents, made["participations"]),
        "replacement_value_low": None if worth is None else half_up(confirmed / HOUR * worth, 2),
        "replacement_value_high": None if worth is None else half_up((given + led) / HOUR * worth, 2),
    }


def half_up(value: float, decimals: int) -> float:
    """As a calculator rounds: by the digits that people see."""
    return float(Decimal(str(value)).quantize(Decimal(10) ** -decimals, ROUND_HALF_UP))


def _by(cents: float, n: float | None) -> float | None:
    return half_up(cents / 100 / n, 2) if n else None


def people(rows: Rows, first: date, last: date) -> dict[str, float | None]:
    unpaid = {row["id"]: row for row in rows["person"] if row["kind"] in ("host", "volunteer")}
    there = [
        row
        for row in unpaid.values()
        if row["since"] <= last.isoformat() and (row["ended_on"] or "9") >= first.isoformat()
    ]
    duties, lasted = served(rows, first, last)
    return {
        "volunteers": len(there),
        "volunteer_hours": half_up(lasted / HOUR, 2) if duties else None,
    }


def served(rows: Rows, first: date, last: date) -> tuple[int, timedelta]:
    """How many duties of unpaid people are over, and how long they lasted."""
    unpaid = {row["id"] for row in rows["person"] if row["kind"] in ("host", "volunteer")}
    duties, lasted = 0, timedelta(0)
    for duty in rows.on(rows["duty"], first, last):
        begins, ends = duty["from_at"] or duty["planned_from"], duty["until_at"] or duty["planned_until"]
        if duty["person"] in unpaid and not duty["absent"] and ends and moment(ends) <= rows.now:
            duties += 1
            lasted += max(moment(f"{ends[:16]}:00") - moment(f"{begins[:16]}:00"), timedelta(0))
    return duties, lasted
