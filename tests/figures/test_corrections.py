"""A day is looked at again: what did not count, what was another number, and what nobody counted."""

from datetime import date, time
from pathlib import Path

import pytest

from db import (
    check,
    connection,
    corrections,
    days,
    door,
    earlier,
    figures,
    figures_period,
    figures_when,
    models,
    opening,
    roles,
    sample_weeks,
)
from db import clock as clocks
from db.clock import Doubt
from db.door_rows import Kind
from db.errors import AlreadyUndone, NotPossible
from db.figures_days import DayState
from db.figures_made import Figures
from db.figures_names import Name
from db.roles import NotYourRole
from db.room import Room
from db.states import PersonKind
from tests.clocks import FakeClock, at

MONDAY = date(2026, 11, 23)


@pytest.fixture
def monday(room: Room, clock: FakeClock) -> Room:
    """A group of five, somebody for advice, and a headcount; seen again on Thursday."""
    clock.go_on_until(at("2026-11-23 14:10"))
    door.arrive(5, first_visit=True)
    clock.go_on_until(at("2026-11-23 14:40"))
    door.arrive(1, reason=door.reasons()[0])
    door.headcount(6)
    clock.go_on_until(at("2026-11-26 11:00"))
    return room


def week() -> Figures:
    return figures.of(figures_period.named("2026-W48", figures_period.Unit.WEEK))


def value(name: Name) -> float | None:
    return week().figures[name].value


def first_row() -> int:
    return corrections.of_day(MONDAY)[0].row.id


def test_another_number_keeps_the_moment_and_what_was_said_of_it(monday: Room) -> None:
    corrections.change(first_row(), 3, "de groep was met drie", by="Truus")
    assert value(Name.VISITS) == 4
    assert value(Name.FIRST_VISITS) == 3
    struck, added, *_ = corrections.of_day(MONDAY)
    assert struck.row.voided
    assert struck.taken_back is not None
    assert added.added is not None
    assert (added.row.n, added.row.at, added.row.hour) == (3, struck.row.at, 14)
    assert (added.added.why, added.added.by) == ("de groep was met drie", "Truus")
    assert struck.taken_back == added.added


def test_what_a_visit_was_for_follows_the_number(monday: Room) -> None:
    row = next(one.row for one in corrections.of_day(MONDAY) if one.row.n == 1)
    corrections.change(row.id, 2, "ze waren met twee")
    assert week().by_reason == {door.reasons()[0]: 2}


def test_what_was_heard_in_a_sample_week_follows_the_number(room: Room, clock: FakeClock) -> None:
    sample_weeks.plan("2026-W48")
    row = door.arrive(4, first_this_week=3)
    corrections.change(row.id, 2, "twee")
    clock.go_on(days=7)
    assert value(Name.UNIQUE_VISITORS_LOW) == 2


def test_what_does_not_count_is_kept_with_its_reason(monday: Room) -> None:
    corrections.take_back(first_row(), "dat was de schoolklas van hiernaast")
    assert value(Name.VISITS) == 1
    assert value(Name.FIRST_VISITS) == 0
    entry = corrections.of_day(MONDAY)[0]
    assert entry.row.voided
    assert entry.taken_back is not None
    assert entry.taken_back.why == "dat was de schoolklas van hiernaast"


def test_a_headcount_can_be_taken_back_and_not_be_another_number(monday: Room) -> None:
    row = next(one.row for one in corrections.of_day(MONDAY) if one.row.kind is Kind.HEADCOUNT)
    with pytest.raises(NotPossible):
        corrections.change(row.id, 9, "anders")
    corrections.take_back(row.id, "ook de gastheer was meegeteld")
    assert value(Name.PRESENT_AT_HEADCOUNTS) is None


def test_who_was_not_counted_is_added_at_their_hour(monday: Room) -> None:
    corrections.add(MONDAY, time(11, 15), 4, "de laptop stond nog uit")
    assert value(Name.VISITS) == 10
    made = week()
    assert sum(day.visits or 0 for day in made.days) == 10
    when = figures_when.of(made.days, made.open_in)
    assert when.by_hour[1, 11].visits == 4
    assert corrections.of_day(MONDAY)[0].row.n == 4


def test_a_day_on_which_nobody_counted_was_open_after_all(monday: Room) -> None:
    assert value(Name.SHIFTS_MISSING) == 2
    corrections.add(date(2026, 11, 24), time(11), 12, "met streepjes geteld")
    made = week()
    tuesday = next(day for day in made.days if day.day == date(2026, 11, 24))
    assert (tuesday.state, tuesday.visits, tuesday.shifts_missing) == (DayState.OPEN, 12, 0)
    assert made.figures[Name.SHIFTS_MISSING].value == 1
    assert made.figures[Name.OPEN_HOURS].value == 6.5 * 2


def test_a_correction_does_not_open_a_day_that_was_shut(monday: Room) -> None:
    """Somebody forgot to count on a Saturday: its hours come first, and then who came."""
    saturday = date(2026, 11, 28)
    clocks.use(FakeClock(at("2026-11-30 09:00")))
    shut = figures.of(figures_period.day(saturday))
    with pytest.raises(NotPossible, match="shut") as refused:
        corrections.add(saturday, time(11), 12, "de sleutel was bij Truus")
    assert refused.value.values["command"].startswith("hostdesk opening day 2026-11-28 ")
    after = figures.of(figures_period.day(saturday))
    assert after.figures == shut.figures and after.days == shut.days
    opening.change_day(saturday, "10-13", "open huis")
    corrections.add(saturday, time(11), 12, "de sleutel was bij Truus")
    made = figures.of(figures_period.day(saturday))
    assert made.days[0].state is DayState.OPEN
    assert (made.figures[Name.VISITS].value, made.figures[Name.OPEN_HOURS].value) == (12, 3.0)


@pytest.mark.parametrize("role", [role for role in PersonKind if role is not PersonKind.COORDINATOR])
def test_a_correction_is_for_a_coordinator(monday: Room, room_file: Path, role: PersonKind) -> None:
    row = first_row()
    connection.close()
    roles.act_as(role)
    try:
        connection.open(room_file)
        for correct in (
            lambda: corrections.take_back(row, "x"),
            lambda: corrections.change(row, 3, "x"),
            lambda: corrections.add(MONDAY, time(11), 1, "x"),
        ):
            with pytest.raises(NotYourRole):
                correct()
        with pytest.raises(NotYourRole):
            sample_weeks.plan("2026-W50")
    finally:
        connection.close()
        roles.act_as(None)


def test_somebody_who_came_before_the_first_count_of_an_evening_outside_the_plan(
    room: Room, clock: FakeClock
) -> None:
    clock.go_on_until(at("2026-11-28 20:00"))
    door.arrive(2)
    clock.go_on_until(at("2026-11-28 22:00"))
    door.arrive(1)
    clock.go_on_until(at("2026-11-29 12:00"))
    corrections.add(date(2026, 11, 28), time(19), 3, "de deur stond al open")
    assert figures.of(figures_period.day(date(2026, 11, 28))).figures[Name.OPEN_HOURS].value == 3.0


def test_the_desk_does_not_take_back_a_correction(monday: Room) -> None:
    stood = days.today()
    corrections.change(first_row(), 3, "drie")
    corrections.add(MONDAY, time(11), 4, "de laptop stond nog uit")
    now = days.today()
    assert (now.last, now.undoes) == (stood.last, stood.undoes)
    newest = door.undo()
    assert newest.undone is Kind.HEADCOUNT
    assert value(Name.VISITS) == 8


def test_a_correction_of_today_counts_and_who_is_here_stays_measured(room: Room, clock: FakeClock) -> None:
    door.arrive(2)
    clock.go_on(minutes=5)
    door.headcount(7)
    clock.go_on(minutes=5)
    door.arrive(1)
    corrections.add(MONDAY, time(10, 30), 5, "vergeten")
    today = days.today()
    assert today.visits == 8
    assert today.present is not None
    assert today.present.n == 8
    assert today.last is not None
    assert today.last.n == 1


def test_a_correction_tells_nothing_of_the_clock(monday: Room, clock: FakeClock) -> None:
    door.arrive()
    clock.reboot(at("2026-11-26 11:10"))
    corrections.add(MONDAY, time(11), 4, "de laptop stond nog uit")
    assert days.today().doubt is None, "the first row since the start is not of now, and need not be"
    clock.reboot(at("2026-11-26 06:00"))
    assert days.today().doubt is Doubt.BEHIND, "what is known is the newest count, and no correction"


def test_nobody_corrects_without_a_reason_or_what_cannot_be(monday: Room) -> None:
    row = first_row()
    before = corrections.of_day(MONDAY)
    refused = (
        lambda: corrections.take_back(row, "  "),
        lambda: corrections.change(row, 5, "het waren er vijf"),
        lambda: corrections.change(row, 0, "niemand"),
        lambda: corrections.change(row, 501, "veel"),
        lambda: corrections.take_back(99_999, "bestaat niet"),
        lambda: corrections.add(MONDAY, time(11), 0, "niemand"),
        lambda: corrections.add(date(2026, 11, 26), time(11, 1), 2, "die komen nog"),
        lambda: corrections.take_back(row, "x" * 201),
    )
    for correct in refused:
        with pytest.raises(NotPossible):
            correct()
    assert corrections.of_day(MONDAY) == before
    assert not connection.rows(models.Correction.select(models.Correction.id))
    corrections.take_back(row, "telt niet")
    with pytest.raises(AlreadyUndone):
        corrections.take_back(row, "telt niet")


def test_days_from_before_the_room_are_taken_in_and_not_corrected(monday: Room) -> None:
    with pytest.raises(NotPossible, match="hostdesk import"):
        corrections.add(date(2026, 11, 22), time(11), 2, "twee vergeten")


def test_a_day_of_an_earlier_tally_is_put_right_in_its_file(monday: Room) -> None:
    """One row at the door would overrule the whole tally."""
    day = date(2026, 11, 24)
    earlier.take_in(Path("turflijst.csv"), [earlier.Tally(1, day, None, 40)])
    with pytest.raises(NotPossible, match="earlier tally"):
        corrections.add(day, time(11), 2, "twee vergeten")
    assert figures.of(figures_period.day(day)).figures[Name.VISITS].value == 40
    earlier.take_back(1)
    corrections.add(day, time(11), 2, "twee vergeten")
    assert figures.of(figures_period.day(day)).figures[Name.VISITS].value == 2


def test_a_corrected_room_is_sound(monday: Room, room_file: Path) -> None:
    corrections.change(first_row(), 3, "drie", by="Truus")
    corrections.add(MONDAY, time(11), 4, "de laptop stond nog uit")
    corrections.add(date(2026, 11, 24), time(11), 4, "papier")
    connection.close()
    assert check.check(room_file).sound
