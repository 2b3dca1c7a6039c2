"""What each figure of a report counts: the door, the hours open, wishes and sessions, advice."""

import pytest

from tests.board_commands.stories import done
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run
from tests.figures.reports import report, values


def test_advice_over_the_turn_of_the_year_is_counted_once(run: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-12-30 12:00"))
    run("ask", "Wie betaalt de wol?")
    clock.go_on_until(at("2027-01-02 12:00"))
    run("advise", "1", "De winkel.")
    clock.go_on_until(at("2027-02-01 12:00"))
    names = "advice_asked", "advice_answered", "hours_to_answer"
    assert values(report(run, "--year", "2026"), *names) == [1, 0, None]
    assert values(report(run, "--year", "2027"), *names) == [0, 1, 72]
    assert values(report(run, "--from", "2026-12-01", "--to", "2027-01-31"), *names) == [1, 1, 72]


def test_the_door_counts_visits_volunteers_and_first_visits_apart(run: Run) -> None:
    run("count", "5", "--first-time")
    run("count", "4", "--volunteer")
    run("count", "2")
    run("undo")
    run("leave", "3")
    run("headcount", "40")
    read = report(run, "--from", "2026-11-23")
    assert values(read, "visits", "volunteer_arrivals", "first_visits") == [5, 4, 5]


def test_hours_open_are_those_of_the_plan_until_a_host_closes(run: Run, clock: FakeClock) -> None:
    run("count")
    clock.go_on_until(at("2026-11-23 15:30"))
    assert values(report(run), "open_hours") == [5.5]
    clock.go_on_until(at("2026-11-24 16:45"))
    run("count")  # late, and nobody closed on Monday
    read = report(run)
    assert values(read, "open_hours", "shifts_held") == [13, 2]
    assert read["figures"]["open_hours"]["status"] == "estimated"


def test_outside_the_plan_the_room_was_open_from_the_first_to_the_last_count(
    run: Run, clock: FakeClock
) -> None:
    clock.go_on_until(at("2026-11-28 13:00"))
    run("count")
    clock.go_on_until(at("2026-11-28 14:30"))
    run("count")
    clock.go_on_until(at("2026-11-29 12:00"))
    run("count", "--help")
    assert values(report(run, "--from", "2026-11-28", "--to", "2026-11-28"), "open_hours") == [1.5]


def test_a_wish_is_followed_to_its_session(run: Run, clock: FakeClock) -> None:
    run("wish", "Samen", "breien")
    run("wish", "Zwemmen")
    clock.go_on(days=1)
    run("activity", "add", "Breiclub", "--starts", "2026-11-25 14:00", "--wish", "1", "--lead", "volunteer")
    read = report(run)
    assert values(read, "wishes_voiced", "wishes_fulfilled", "wishes_open") == [2, 0, 2]
    clock.go_on_until(at("2026-11-25 17:00"))
    assert values(report(run), "sessions_held", "sessions_unknown", "participations") == [0, 1, None]
    run("activity", "attend", "1", "7")
    assert run("move", "w2", "not_feasible", "--reason", "geen bad")[0] == 0
    read = report(run)
    assert values(read, "wishes_voiced", "wishes_fulfilled", "wishes_not_feasible", "wishes_open") == [
        2,
        1,
        1,
        0,
    ]
    assert values(read, "sessions_held", "participations", "days_to_first_session") == [1, 7, 2]
    share = read["figures"]["volunteer_led_share"]
    assert (share["value"], share["out_of"], share["unknown"]) == (1, 1, 0)


def test_sessions_of_which_nobody_knows_who_led_stand_apart(run: Run, clock: FakeClock) -> None:
    for number, lead in enumerate(("volunteer", "neighbour", "together", "professional", "unknown"), 1):
        run("activity", "add", f"Koffie {number}", "--starts", "2026-11-23 14:30", "--lead", lead)
    clock.go_on(hours=3)
    for number in range(1, 6):
        run("activity", "attend", f"{number}", "2")
    share = report(run)["figures"]["volunteer_led_share"]
    assert (share["value"], share["out_of"], share["unknown"]) == (0.5, 4, 1)


def test_advice_is_asked_and_answered(run: Run, clock: FakeClock) -> None:
    run("ask", "Wie", "betaalt", "de", "wol?")
    run("ask", "Mag", "dit?")
    clock.go_on(hours=6)
    run("advise", "1", "De", "winkel.")
    read = report(run)
    assert values(read, "advice_asked", "advice_answered", "hours_to_answer") == [2, 1, 6]


def test_after_advice_the_lead_stays_where_it_is_or_not(run: Run, clock: FakeClock) -> None:
    run("wish", "Samen breien")
    for number, title in enumerate(("Breien", "Schaken", "Fietsen"), 1):
        extra = ("--wish", "1") if number == 1 else ()
        run("activity", "add", title, "--starts", f"2026-11-2{3 + number} 10:00", *extra)
    run("ask", "Van voor de vraag?", "--wish", "1")  # it has an activity by now
    run("ask", "Hoe leer je een opening?", "--activity", "2")
    run("ask", "Mag dat op straat?", "--activity", "3")
    run("ask", "Wie betaalt de koffie?")  # about no activity
    assert report(run)["figures"]["lead_stayed_share"]["status"] == "not_measured"
    clock.go_on(hours=1)
    for number in "1234":
        assert run("advise", number, "Zo.")[0] == 0
    share = report(run)["figures"]["lead_stayed_share"]
    assert (share["value"], share["out_of"], share["unknown"]) == (1, 3, 1)
    run("activity", "change", "1", "--lead", "neighbour")  # nobody of outside took it over
    run("activity", "change", "2", "--lead", "professional")
    clock.go_on_until(at("2026-11-26 17:00"))
    run("activity", "attend", "3", "8", "--lead", "together")
    share = report(run)["figures"]["lead_stayed_share"]
    assert (share["value"], share["out_of"]) == (pytest.approx(1 / 3, abs=1e-4), 3)
    assert report(run, "--from", "2026-11-23", "--to", "2026-11-25")["figures"]["lead_stayed_share"][
        "value"
    ] == pytest.approx(2 / 3, abs=1e-4), "by then the third was not led otherwise yet"


def test_a_session_that_was_over_before_a_wish_was_voiced_did_not_make_it_true(
    run: Run, clock: FakeClock
) -> None:
    """An activity is written down when it has met already: a wish of today comes true next week."""
    clock.go_on_until(at("2026-11-24 15:00"))
    done(run, "wish", "Samen breien")
    weekly = ("--starts", "2026-11-24 10:00", "--repeat", "weekly")
    done(run, "activity", "add", "Breiclub", *weekly, "--wish", "1")
    done(run, "activity", "attend", "1", "7")
    assert values(report(run), "sessions_held", "wishes_fulfilled", "wishes_open") == [1, 0, 1]
    clock.go_on_until(at("2026-12-01 15:00"))
    done(run, "activity", "attend", "2", "9")
    december = report(run, "--month", "2026-12")
    assert values(december, "wishes_fulfilled", "wishes_open", "days_to_first_session") == [1, 0, 7]
    assert values(report(run, "--month", "2026-11"), "wishes_fulfilled", "wishes_open") == [0, 1]


def test_it_says_what_a_weekday_brings_over_the_days_open(run: Run, clock: FakeClock) -> None:
    for day, n in (("2026-11-24", 10), ("2026-12-01", 5), ("2026-12-02", 8)):  # two Tuesdays, a Wednesday
        clock.go_on_until(at(f"{day} 12:30"))
        run("count", f"{n}")
    read = report(run, "--from", "2026-11-24", "--to", "2026-12-02")
    assert [(one["days_open"], one["visits_per_day_open"]) for one in read["by_weekday"]] == [
        (0, None), (2, 7.5), (1, 8), (0, None), (0, None), (0, None), (0, None),
    ]  # fmt: skip
    assert read["hours"] == {"12": 23}
    assert "dinsdag" in run("report", "--from", "2026-11-24", "--to", "2026-12-02")[1]


def test_who_was_here_when_heads_were_counted(run: Run) -> None:
    assert report(run)["figures"]["present_at_headcounts"]["status"] == "not_measured"
    for n in ("12", "0", "99"):
        run("headcount", n)
    run("undo")
    present = report(run)["figures"]["present_at_headcounts"]
    assert (present["value"], present["out_of"]) == (6, 2)
