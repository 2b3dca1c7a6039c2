"""How many different people came: asked in a sample week, and otherwise not known."""

import json
from typing import Any

import pytest

from db import door, figures, figures_period, sample_weeks
from db.figures_names import Name
from db.figures_period import Unit
from db.room import Room
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run

BOTH = ("unique_visitors_low", "unique_visitors_high")


def report(run: Run, *period: str) -> dict[str, Any]:
    code, out, err = run("report", "--json", *period)
    assert (code, err) == (0, "")
    read: dict[str, Any] = json.loads(out)
    return read


def bounds(run: Run, *period: str) -> list[object]:
    figures = report(run, *period)["figures"]
    return [figures[name]["value"] for name in BOTH]


@pytest.fixture
def asked(run: Run, clock: FakeClock) -> Run:
    """A sample week: 10 visits, of which the desk heard it of 7; 4 of those were the first."""
    clock.go_on_until(at("2026-11-27 12:00"))
    assert run("sample-week", "add", "2026-W49")[0] == 0
    clock.go_on_until(at("2026-11-30 12:00"))
    run("count", "5", "--first-this-week", "3")
    clock.go_on_until(at("2026-12-02 12:00"))
    run("count", "1", "--first-this-week", "0")
    run("count", "3")  # nobody asked
    clock.go_on_until(at("2026-12-04 12:00"))
    run("count", "1", "--first-time")  # whoever was never here, was not here this week
    return run


def test_a_sample_week_gives_an_estimate_with_its_dates_and_size(asked: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-12-07 12:00"))
    read = report(asked, "--month", "2026-12")
    assert [read["figures"][name]["value"] for name in BOTH] == [None, None], "the week began in November"
    read = report(asked, "--from", "2026-11-01", "--to", "2026-12-31")
    low, high = (read["figures"][name] for name in BOTH)
    assert (low["value"], high["value"]) == (4, 7)
    assert (low["status"], high["status"]) == ("sample", "sample")
    assert (low["out_of"], low["unknown"]) == (7, 3)
    assert read["sample_weeks"] == [
        {
            "from_day": "2026-11-30",
            "to_day": "2026-12-06",
            "visits": 10,
            "heard_at": 7,
            "at_least": 4,
            "at_most": 7,
        }
    ]
    assert read["figures"]["visits"]["value"] == 10


@pytest.mark.parametrize("form", ["text", "md", "html", "csv"])
def test_every_form_says_that_it_is_a_sample_and_of_which_days(
    asked: Run, clock: FakeClock, form: str
) -> None:
    clock.go_on_until(at("2026-12-07 12:00"))
    code, out, _ = asked("report", "--week", "2026-W49", "--format", form)
    assert code == 0
    expected = {"csv": ["unique_visitors_low", "sample", "2026-11-30/2026-12-06"]}.get(
        form, ["in een telweek, minstens", "steekproef", "gehoord bij 7 bezoeken, niet bij 3", "6 dec"]
    )
    said = " ".join(out.split())
    assert not [text for text in expected if text not in said], out


def test_the_text_is_no_wider_than_a_shell(asked: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-12-07 12:00"))
    for language in ("nl", "en"):
        lines = asked("report", "--week", "2026-W49", "--language", language)[1].splitlines()
        assert max(map(len, lines)) <= 80
    said = next(number for number, line in enumerate(lines) if "sample, heard" in line)
    assert lines[said + 1].startswith(" " * 40), "what does not fit goes on below it"


def test_a_week_that_is_not_over_says_nothing_yet(asked: Run) -> None:
    assert bounds(asked, "--week", "2026-W49") == [None, None]


def test_without_a_sample_week_nobody_knows(run: Run, clock: FakeClock) -> None:
    run("count", "7", "--first-time")
    clock.go_on(days=14)
    read = report(run, "--month", "2026-11")
    assert [read["figures"][name]["status"] for name in BOTH] == ["not_measured", "not_measured"]
    assert "niet gemeten" in next(
        line for line in run("report")[1].splitlines() if line.startswith("Unieke bezoekers")
    )


def test_a_sample_week_in_which_nobody_asked_is_none(run: Run, clock: FakeClock) -> None:
    run("sample-week", "add", "2026-W48")
    run("count", "7")
    clock.go_on(days=14)
    assert bounds(run, "--month", "2026-11") == [None, None]


def test_weeks_are_never_added_up(asked: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-12-07 12:00"))
    asked("sample-week", "add", "2026-W50")
    asked("count", "9", "--first-this-week", "9")
    clock.go_on(days=10)
    read = report(asked, "--year", "2026")
    assert [read["figures"][name]["value"] for name in BOTH] == [6.5, 8]
    assert [week["at_least"] for week in read["sample_weeks"]] == [4, 9]


def test_what_is_undone_was_never_heard(asked: Run, clock: FakeClock) -> None:
    asked("count", "20", "--first-this-week", "20")
    asked("undo")
    clock.go_on(days=5)
    assert bounds(asked, "--week", "2026-W49") == [4, 7]


def test_the_last_word_about_an_arrival_holds(room: Room, clock: FakeClock) -> None:
    sample_weeks.plan("2026-W48")
    row = door.arrive(2)
    assert [door.first_this_week(row.id) for _ in range(4)] == [1, 2, 0, 1]
    assert door.first_this_week(row.id, 2) == 2
    assert door.first_this_week(row.id) == 0
    clock.go_on(days=7)
    made = figures.of(figures_period.named("2026-W48", Unit.WEEK))
    assert [made.figures[Name(name)].value for name in BOTH] == [0, 0]
    assert made.sample.asked == 2


@pytest.mark.parametrize(
    "line",
    [
        ("count", "3", "--first-this-week", "1"),  # no sample week
        ("sample-week", "add", "2026-W47"),  # over
        ("sample-week", "add", "2036-W01"),  # a typing mistake
        ("sample-week", "add", "week 54"),
        ("sample-week", "add", "eind november"),
        ("sample-week", "remove", "2026-W48"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_line(run: Run, line: tuple[str, ...]) -> None:
    code, out, err = run(*line)
    assert (code, out, len(err.splitlines())) == (1, "", 1)


def test_more_new_people_than_came_in_are_refused_and_nobody_is_counted(run: Run) -> None:
    run("sample-week", "add", "2026-W48")
    assert run("count", "3", "--first-this-week", "4")[0] == 1
    assert "Bezoeken: 0" in run("today")[1]


@pytest.mark.parametrize(
    ("said", "monday"), [("48", "2026-11-23"), ("week 49", "2026-11-30"), ("W3", "2027-01-18")]
)
def test_a_number_alone_is_the_next_such_week(run: Run, said: str, monday: str) -> None:
    assert run("sample-week", "add", said)[0] == 0
    assert json.loads(run("sample-week", "list", "--json")[1])[0]["from_day"] == monday
    assert run("sample-week", "remove", said)[0] == 0


def test_weeks_are_shown_and_taken_off(run: Run, clock: FakeClock) -> None:
    assert "geen telweek" in run("sample-week", "list")[1]
    assert "twee maanden" in run("sample-week", "add", "2026-W49")[2]
    assert run("sample-week", "add", "2026-W48")[0] == 0
    assert run("sample-week", "add", "2026-W48")[0] == 0
    assert [line[:8] for line in run("sample-week", "list")[1].splitlines()] == ["2026-W48", "2026-W49"]
    assert json.loads(run("sample-week", "list", "--json")[1])[1] == {
        "from_day": "2026-11-30",
        "to_day": "2026-12-06",
    }
    assert run("sample-week", "remove", "2026-W49")[0] == 0
    assert json.loads(run("sample-week", "list", "--json")[1])[1:] == []
    clock.go_on(days=7)
    assert run("sample-week", "remove", "2026-W48")[0] == 1, "what was heard stays"
