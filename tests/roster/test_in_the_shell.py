"""`hostdesk shift`, `hostdesk roster` and `hostdesk duty`."""

import shlex

import pytest

from hostdesk import commands
from tests.board_commands.stories import Run, done, facts
from tests.clocks import FakeClock, at

NADIA = ("person", "add", "Nadia", "--kind", "host")
KARIM = ("person", "add", "Karim", "--kind", "host")


def shifts(run: Run, *arguments: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = facts(run, "roster", *arguments)["shifts"]
    return found


def test_a_day_at_the_desk(run: Run, clock: FakeClock) -> None:
    """Start, a stand-in arrives, close; the hours are those that were said."""
    clock.set_to(at("2026-11-23 09:50"))
    done(run, *NADIA)
    done(run, *KARIM)
    done(run, "duty", "add", "nadia", "vandaag")
    done(run, "duty", "add", "karim", "vandaag", "--from", "12:00", "--until", "15")
    assert "Nadia · 10:00–16:30" in done(run, "shift", "start")
    done(run, "person", "add", "Joke")
    assert done(run, "duty", "absent", "karim", "vandaag").endswith("Karim · 12:00–15:00 · afwezig\n")
    clock.go_on_until(at("2026-11-23 12:10"))
    done(run, "duty", "came", "Joke")
    clock.go_on_until(at("2026-11-23 16:40"))
    assert "2,83 uur, bevestigd" in done(run, "duty", "hours", "Joke", "vandaag", "--until", "15:00")
    out = done(run, "shift", "close", "--hours")
    assert "dienst afgesloten" in out
    assert "Overgeslagen" in out and "klopt de telling" in out and "wie er was" not in out

    (shift,) = shifts(run, "--from", "vandaag", "--to", "vandaag")
    assert shift == {
        "id": 202611231630,
        "day": "2026-11-23",
        "starts_at": "2026-11-23T10:00:00+01:00",
        "ends_at": "2026-11-23T16:30:00+01:00",
        "state": "closed",
        "opened_at": "2026-11-23T09:50:00+01:00",
        "closed_at": "2026-11-23T16:40:00+01:00",
        "missing": 1,
        "missing_from": "2026-11-23T10:00:00+01:00",
        "missing_until": "2026-11-23T12:10:00+01:00",
        "duties": [
            duty("Nadia", "10:00", "16:30", 6.5),
            duty("Karim", "12:00", "15:00", 0, confirmed=False, absent=True),
            duty("Joke", "12:10", "15:00", 2.83),
        ],
        "also_there": [],
    }
    assert facts(run, "shift", "show") == {"shifts": [shift]}
    assert "Joke: 2,83 uur bevestigd" in done(run, "roster", "--hours")
    assert [one["confirmed"] for one in facts(run, "roster", "--hours")] == [2.83, 6.5]


def duty(
    person: str, from_: str, until: str, hours: float, *, confirmed: bool = True, absent: bool = False
) -> dict[str, object]:
    return {
        "person": person,
        "from": f"2026-11-23T{from_}:00+01:00",
        "until": f"2026-11-23T{until}:00+01:00",
        "hours": hours,
        "confirmed": confirmed,
        "absent": absent,
        "trainee": False,
        "stands_in_for": None,
    }


def test_a_date_without_a_year_is_the_nearest(run: Run) -> None:
    """It is Monday 23 November 2026."""
    assert "10 nov 2026" in done(run, "shift", "show", "10-11")
    assert "di 1 dec 2026" in done(run, "shift", "show", "1-12")
    assert "ma 10 mei 2027" in done(run, "shift", "show", "10-5")
    assert "wo 10 nov 2027" in done(run, "shift", "show", "10-11-2027")
    assert "di 24 nov 2026" in done(run, "shift", "show", "di")
    assert [one["day"] for one in shifts(run, "--from", "20-11", "--to", "24-11")] == [
        "2026-11-23",
        "2026-11-24",
    ]


def test_the_next_start_says_what_was_skipped(run: Run, clock: FakeClock) -> None:
    done(run, "count")
    done(run, "note", "sleutel bij de buren", "--kind", "overdracht")
    done(run, "shift", "close")
    clock.go_on_until(at("2026-11-24 09:55"))
    out = done(run, "shift", "start")
    assert "Overgeslagen toen de dienst van ma 23 nov 2026 10:00–16:30 werd afgesloten" in out
    done(run, "count")
    clock.go_on_until(at("2026-11-25 09:55"))
    out = done(run, "shift", "start")
    assert "door niemand afgesloten" in out and "b en dan . om te zeggen hoe laat" in out
    clock.go_on_until(at("2026-11-26 09:55"))
    out = done(run, "shift", "start")
    assert out.count("door niemand afgesloten") == 2 and "b en dan . om van deze 2 te zeggen" in out


def test_the_roster_for_the_wall(run: Run) -> None:
    done(run, *NADIA)
    done(run, "duty", "weekly", "Nadia", "di")
    out = done(run, "roster")
    assert out.startswith("De Huiskamer\nma 23 nov 2026 · 10:00–16:30 · komt nog\n  ! gat: nog 2 ")
    assert "di 24 nov 2026 · 10:00–16:30 · komt nog\n  Nadia · 10:00–16:30\n  ! gat: nog 1 nodig\n" in out
    assert "vr 18 dec 2026" in out
    states = {shift["state"] for shift in shifts(run)}
    assert states == {"planned"}
    assert sum(len(shift["duties"]) for shift in shifts(run)) == 8  # type: ignore[arg-type]
    assert "8 diensten zijn van het rooster" in done(run, "duty", "end-weekly", "nadia")


def test_who_is_on_two_shifts_stands_at_both_and_has_hours_once(run: Run) -> None:
    done(run, *NADIA)
    done(run, "opening", "day", "24-11", "10-13", "13-17")
    done(run, "duty", "add", "nadia", "24-11", "--from", "10", "--until", "17")
    days = ("--from", "24-11", "--to", "24-11")
    out = done(run, "roster", *days)
    assert "10:00–13:00 · komt nog\n  Nadia · 10:00–17:00 · ook op een andere dienst\n" in out
    assert "13:00–17:00 · komt nog\n  Nadia · 10:00–17:00\n" in out
    morning, afternoon = shifts(run, *days)
    assert (morning["duties"], morning["also_there"], morning["missing"]) == ([], ["Nadia"], 1)
    assert [one["hours"] for one in afternoon["duties"]] == [7]  # type: ignore[attr-defined]
    assert (afternoon["also_there"], afternoon["missing"]) == ([], 1)


def test_a_last_day_comes_after_the_first(run: Run, clock: FakeClock) -> None:
    done(run, *NADIA)
    done(run, "duty", "weekly", "Nadia", "5-1-2027", "--to", "1-11")
    days = [shift["day"] for shift in shifts(run, "--from", "2027-01-04", "--to", "31-10") if shift["duties"]]
    assert days[0] == "2027-01-05"
    clock.go_on_until(at("2027-01-12 12:00"))
    said = done(run, "roster", "--hours", "--from", "1-12", "--to", "31-12")
    assert said.startswith("1 t/m 31 december 2026\n")


def test_swapping_and_standing_in(run: Run) -> None:
    for line in (NADIA, KARIM, ("duty", "add", "Nadia", "di"), ("duty", "add", "Karim", "wo")):
        done(run, *line)
    assert done(run, "duty", "swap", "Nadia", "di", "Karim", "wo") == (
        "di 24 nov 2026 · Karim · 10:00–16:30\nwo 25 nov 2026 · Nadia · 10:00–16:30\n"
    )
    assert done(run, "duty", "stand-in", "Karim", "di", "Nadia") == (
        "di 24 nov 2026 · Nadia · 10:00–16:30 · valt in voor Karim\n"
    )
    done(run, "duty", "absent", "Nadia", "wo")
    assert "afwezig" not in done(run, "duty", "absent", "Nadia", "wo", "--after-all")
    assert "staat niet meer" in done(run, "duty", "remove", "Nadia", "wo")


def test_who_comes_later(run: Run, clock: FakeClock) -> None:
    for line in (NADIA, KARIM, ("duty", "add", "Nadia", "vandaag"), ("duty", "add", "Karim", "di")):
        done(run, *line)
    clock.set_to(at("2026-11-23 10:20"))
    assert "Nadia · 10:45–16:30" in done(run, "duty", "later", "Nadia", "vandaag")
    assert "Karim · 12:00–16:30" in done(run, "duty", "later", "Karim", "di", "--from", "12")
    assert "Karim · 12:00–15:00" in done(run, "duty", "later", "Karim", "di", "--until", "15")
    assert run("duty", "later", "Willem", "di")[0] == 1


def test_the_calendar_of_one_person(run: Run) -> None:
    for line in (NADIA, KARIM, ("duty", "add", "Nadia", "di"), ("duty", "add", "Karim", "wo")):
        done(run, *line)
    out = done(run, "calendar", "--person", "nadia")
    assert out.count("BEGIN:VEVENT") == 1
    assert "DTSTART;TZID=Europe/Amsterdam:20261124T100000" in out
    assert "Karim" not in out
    assert run("calendar", "--person", "Willem")[0] == 1


def test_the_checklist(run: Run) -> None:
    assert "sleutel" in done(run, "shift", "checklist")
    assert done(run, "shift", "checklist", "oven uit", "fietsen binnen") == "oven uit\nfietsen binnen\n"
    assert done(run, "shift", "checklist", "--none") == "De controlelijst is leeg.\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("shift", "close"), "Er is geen dienst open"),
        (("shift", "show", "ooit"), "ooit"),
        (("shift", "checklist", "x" * 61), "61"),
        (("duty", "add", "Willem", "di"), "Willem"),
        (("duty", "add", "Nadia", "za"), "dicht op za 28 nov 2026"),
        (("duty", "add", "Nadia", "za", "--from", "10", "--until", "12"), "dicht"),
        (
            ("duty", "add", "Nadia", "wo", "--from", "16", "--until", "10"),
            "Van 16:00 tot 10:00 op do 26 nov 2026 is 18 uur",
        ),
        (("duty", "add", "Nadia", "wo", "--from", "25", "--until", "26"), "25"),
        (("duty", "add", "Nadia", "di", "--from", "12", "--until", "14"), "dan al in dienst"),
        (("duty", "weekly", "Nadia", "di", "--every", "0"), "0"),
        (("duty", "end-weekly", "Nadia"), "weekpatroon"),
        (("duty", "absent", "Nadia", "wo"), "wo 25 nov 2026"),
        (("duty", "hours", "Nadia", "gisteren"), "zo 22 nov 2026"),
        (("duty", "hours", "Nadia", "vandaag", "--from", "9", "--until", "23"), "nog komen"),
        (("duty", "swap", "Nadia", "di", "Karim", "di"), "Karim"),
        (("duty", "swap", "Nadia", "di", "Nadia", "di"), "iemand anders"),
        (("duty", "needed", "0"), "0"),
        (("roster", "--from", "2026-11-24", "--to", "2026-11-23"), "begin"),
        (("roster", "--from", "1900-01-01"), "drie jaar"),
        (("person", "end", "Nadia"), "staat nog op het rooster, 1 × vanaf di 24 nov 2026"),
    ],
)
def test_one_sentence_and_nothing_changed(run: Run, arguments: tuple[str, ...], says: str) -> None:
    for line in (NADIA, KARIM, ("duty", "add", "Nadia", "di"), ("duty", "add", "Nadia", "vandaag")):
        done(run, *line)
    before = shifts(run), facts(run, "person", "list"), done(run, "shift", "checklist")
    code, out, err = run(*arguments)
    assert (code, out) == (1, ""), err
    assert err.startswith("hostdesk: ") and err.count("\n") == 1
    assert says in err
    assert (shifts(run), facts(run, "person", "list"), done(run, "shift", "checklist")) == before


@pytest.mark.parametrize(
    "line",
    [
        ("roster",),
        *[(name, one.name) for name in ("shift", "duty") for one in commands.load(name).subcommands],
    ],
)
def test_help_has_an_example_that_works(run: Run, clock: FakeClock, line: tuple[str, ...]) -> None:
    clock.set_to(at("2026-11-23 14:20"))
    for before in (NADIA, KARIM, ("duty", "weekly", "Karim", "di"), ("duty", "add", "Nadia", "wo")):
        done(run, *before)
    done(run, "duty", "add", "Karim", "vandaag", "--from", "10", "--until", "15")
    done(run, "count")
    out = done(run, *line, "--help")
    example = next(text.strip() for text in out.splitlines() if text.startswith("  hostdesk "))
    assert example.startswith("hostdesk " + " ".join(line))
    code, _, err = run(*shlex.split(example)[1:])
    assert code == 0, err
