"""`hostdesk opening`: the week and the days that go otherwise, each answer one line a fact."""

import shlex

import pytest

from hostdesk import commands
from tests.board_commands.stories import Run, done, facts
from tests.clocks import FakeClock, at


def test_christmas_in_four_lines(run: Run) -> None:
    done(run, "person", "add", "Nadia", "--kind", "host")
    done(run, "duty", "weekly", "Nadia", "do")
    done(run, "duty", "weekly", "Nadia", "vr")
    assert done(run, "opening", "day", "24-12", "10-13", "--because", "Kerstavond") == (
        "do 24 dec 2026: 10:00–13:00 · Kerstavond\n"
        "Nadia staat op het rooster van do 24 dec 2026, vanaf nu op 10:00–13:00.\n"
    )
    assert done(run, "opening", "day", "25-12", "dicht", "--because", "Kerst") == (
        "vr 25 dec 2026: dicht · Kerst\nNadia staat niet meer op het rooster van vr 25 dec 2026.\n"
    )
    shown = done(run, "opening", "show").splitlines()
    assert shown[0] == "maandag: 10:00-16:30"
    assert shown[5:7] == ["zaterdag: dicht", "zondag: dicht"]
    assert shown[7:] == ["do 24 dec 2026: 10:00–13:00 · Kerstavond", "vr 25 dec 2026: dicht · Kerst"]
    known = facts(run, "opening", "show")
    assert known["week"]["1"] == "10:00-16:30" and known["week"]["7"] == ""
    assert [(one["day"], len(one["periods"])) for one in known["other_days"]] == [
        ("2026-12-24", 1),
        ("2026-12-25", 0),
    ]
    shifts = facts(run, "roster", "--from", "2026-12-24", "--to", "2026-12-25")["shifts"]
    assert [shift["ends_at"] for shift in shifts] == ["2026-12-24T13:00:00+01:00"]
    assert "1 dienst uit het weekpatroon is gepland: Nadia." in done(run, "opening", "usual", "25-12")


def test_the_poster_says_why(run: Run) -> None:
    done(run, "opening", "day", "24-12", "10-13", "--because", "Kerstavond")
    done(run, "opening", "day", "25-12", "dicht", "--because", "Kerst")
    poster = done(run, "poster", "--week", "2026-W52")
    assert "open 10:00–13:00 (Kerstavond)" in poster
    assert "dicht: Kerst" in poster


def test_a_weekday_for_good(run: Run, clock: FakeClock) -> None:
    assert done(run, "opening", "week", "za", "10-14", "--from", "1-12") == "za 5 dec 2026: 10:00–14:00\n"
    clock.go_on_until(at("2026-12-05 10:05"))
    done(run, "count")
    assert facts(run, "today")["open"] is True


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("day", "24-12", "soms"), "geen openingstijd"),
        (("day", "30-2", "10-12"), "30-2"),
        (("day", "24-12", "10-13", "--because", "x" * 61), "61"),
        (("usual", "24-12"), "24 dec 2026"),
        (("week", "feestdag", "10-12"), "feestdag"),
        (("week", "ma", "16-10"), "Bedoel je"),
        (("week", "ma", "10-12", "--from", "gisteren"), "voorbij"),
        (("day", "\x1b[31m24-12", "dicht"), "24-12"),
    ],
)
def test_one_sentence_and_nothing_changed(run: Run, arguments: tuple[str, ...], says: str) -> None:
    before = facts(run, "opening", "show")
    code, out, err = run("opening", *arguments)
    assert (code, out) == (1, ""), err
    assert err.startswith("hostdesk: ") and err.count("\n") == 1 and "\x1b" not in err
    assert says in err
    assert facts(run, "opening", "show") == before


@pytest.mark.parametrize("line", [("opening", one.name) for one in commands.load("opening").subcommands])
def test_help_has_an_example_that_works(run: Run, line: tuple[str, ...]) -> None:
    if line[1] == "usual":
        done(run, "opening", "day", "24-12", "dicht")
    out = done(run, *line, "--help")
    example = next(text.strip() for text in out.splitlines() if text.startswith("  hostdesk "))
    code, _, err = run(*shlex.split(example)[1:])
    assert code == 0, err
