"""What cannot be is one clear sentence, and nothing has changed."""

from pathlib import Path

import pytest

from db import connection
from db.board_models import Activity, AdviceRequest, Wish
from hostdesk import commands
from tests.board_commands.stories import BREICLUB, Run, done, facts, whole_board
from tests.clocks import FakeClock, at

ADD = ("activity", "add", "Koken", "--starts")
GOOD = "2026-11-25 14:00"


@pytest.fixture
def _a_board(run: Run, clock: FakeClock) -> None:
    done(run, "wish", "Samen breien")
    done(run, *BREICLUB)
    done(run, "ask", "Wie betaalt?")
    clock.go_on_until(at("2026-11-24 15:00"))


@pytest.mark.usefixtures("_a_board")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("wish", ""), "woorden"),
        (("wish",), "woorden"),
        (("wish", "   \t "), "woorden"),
        (("wish", "\x1b\x07"), "woorden"),
        (("wish", "x" * 10_000), "10000"),
        (("wish", "Breien", "--theme", "x" * 31), "31"),
        (("wish", "Breien", "--me-too", "1"), "--me-too"),
        (("wish", "--me-too", "99"), "99"),
        (("move", "w99", "exploring"), "99"),
        (("move", "3", "exploring"), "w3"),
        (("move", "w1", "ergens"), "ergens"),
        (("move", "w1", "planned"), "hostdesk activity add"),
        (("move", "w1", "niet gelukt"), "waarom"),
        (("move", "a1", "exploring"), "wens"),
        (("advise", "99", "Ja"), "99"),
        (("advise", "1", ""), "woorden"),
        (("ask", ""), "paar woorden"),
        (("ask", "w1", "Wie", "weet", "dat?"), "--wish 1"),
        (("ask", "A99"), "--activity 99"),
        (("ask", "Wat?", "--wish", "99"), "99"),
        (("ask", "Wat?", "--entry", "99"), "99"),
        (("ask", "Wat?", "--entry", "999999999999999999"), "999999999999999999"),
        (("advice", "--read", "1"), "antwoord"),
        ((*ADD, "2026-11-25 14:00", "--ends", "13:00"), "13:00"),
        ((*ADD, GOOD, "--ends", "2026-11-25 16:00"), "alleen de tijd waarop het eindigt, zoals 16:00"),
        ((*ADD, GOOD, "--ends", "25-11T16:00"), "geen dag"),
        ((*ADD, GOOD, "--ends", "24:30"), "24:30"),
        ((*ADD, "2026-02-30 14:00"), "2026-02-30"),
        ((*ADD, "2026-11-25 25:00"), "25:00"),
        ((*ADD, "2026-11-25"), "2026-11-25"),
        ((*ADD, "2126-11-25 14:00"), "2126"),
        ((*ADD, GOOD, "--capacity", "0"), "0"),
        ((*ADD, GOOD, "--minutes", "0"), "0"),
        ((*ADD, GOOD, "--minutes", "100000"), "100000"),
        ((*ADD, GOOD, "--wish", "99"), "99"),
        ((*ADD, GOOD, "--lead", "baas"), "baas"),
        ((*ADD, GOOD, "--repeat", "soms"), "soms"),
        ((*ADD, GOOD, "--times", "3"), "--repeat"),
        ((*ADD, GOOD, "--repeat", "weekly", "--nth", "2"), "--repeat"),
        ((*ADD, GOOD, "--repeat", "weekly", "--times", "0"), "0"),
        ((*ADD, GOOD, "--repeat", "weekly", "--until", "2026-11-01"), "zo 1 nov 2026"),
        ((*ADD, GOOD, "--repeat", "monthly", "--nth", "6"), "6"),
        ((*ADD, GOOD, "--repeat", "monthly", "--nth", "5", "--until", "2026-11-29"), "bijeenkomst"),
        (("activity", "add", "", "--starts", GOOD), "naam"),
        (("activity", "sessions", "99"), "99"),
        (("activity", "attend", "1", "-1"), "-1"),
        (("activity", "attend", "1", "100000"), "100000"),
        (("activity", "attend", "99", "3"), "99"),
        (("activity", "attend", "2", "3"), "di 1 dec 2026"),
        (("activity", "cancel", "99"), "99"),
        (("activity", "cancel", "99", "--and-after"), "99"),
        (("activity", "go-on", "1"), "gepland"),
        (("activity", "move", "99", "--starts", GOOD), "99"),
        (("activity", "move", "2", "--starts", GOOD, "--ends", "13:00"), "13:00"),
        (("activity", "move", "2", "--starts", GOOD, "--ends", "25-11 16:00"), "geen dag"),
        (("activity", "led-by", "99", "samen"), "99"),
        (("activity", "led-by", "1", "baas"), "baas"),
        (("activity", "led-by", "1", "samen", "--leader", "x" * 41), "41"),
        (("activity", "sign-up", "2", "0"), "0"),
        (("activity", "sign-up", "99"), "99"),
        (("activity", "withdraw", "99"), "99"),
        (("activity", "change", "1"), "--place"),
        (("activity", "change", "1", "--capacity", "0"), "0"),
        (("activity", "change", "1", "--title", ""), "naam"),
        (("activity", "change", "99", "--place", "keuken"), "99"),
    ],
)
def test_one_sentence_and_nothing_changed(run: Run, arguments: tuple[str, ...], says: str) -> None:
    before = whole_board(run)
    code, out, err = run(*arguments)
    assert (code, out) == (1, ""), err
    assert err.startswith("hostdesk: ") and err.count("\n") == 1
    assert says in err
    assert whole_board(run) == before


@pytest.mark.usefixtures("_a_board")
@pytest.mark.parametrize(
    "arguments",
    [
        ("activity",),
        ("activity", "dance"),
        ("activity", "attend", "1"),
        ("activity", "attend", "1", "veel"),
        ("activity", "sessions", "w1"),
        ("activity", "add", "Koken"),
        (*ADD, GOOD, "--ends", "16:00", "--minutes", "60"),
        (*ADD, GOOD, "--repeat", "weekly", "--times", "3", "--until", "2026-12-31"),
        ("wish", "--me-too", "1_0"),
        ("ask", "Wat?", "--wish", "1", "--activity", "1"),
        ("ask",),
        ("advise", "1"),
        ("move", "w1"),
        ("board", "--js"),
    ],
)
def test_what_is_no_command_is_usage(run: Run, arguments: tuple[str, ...]) -> None:
    before = whole_board(run)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err
    assert whole_board(run) == before


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\x1b[31mRood\x1b[0m", "[31mRood[0m"),
        ("[bold]Breien[/] [/] {x}", "[bold]Breien[/] [/] {x}"),
        ("Dansen 💃🏽 met 👩‍👧", "Dansen 💃🏽 met 👩‍👧"),
        ("שלום לשכנים", "שלום לשכנים"),
        ("Een \u202eomgekeerde\u202c wens", "Een omgekeerde wens"),
        ("Twee\nregels\ten\x00 meer", "Twee regels en meer"),
    ],
)
def test_text_from_people_is_text(run: Run, text: str, kept: str) -> None:
    done(run, "wish", text)
    done(run, "activity", "add", text, "--starts", GOOD, "--place", text[:20])
    done(run, "ask", text, "--wish", "1")
    assert facts(run, "board")["wishes"][0]["text"] == kept
    for arguments in (("board",), ("activity", "sessions", "1"), ("advice",)):
        out = done(run, *arguments)
        assert kept in out
        assert not set("\x1b\x00\x07\u202e\t") & set(out)


def test_text_that_another_program_wrote_is_inert_on_its_way_out(run: Run, room_file: Path) -> None:
    done(run, "wish", "Breien")
    done(run, "activity", "add", "Breien", "--starts", GOOD)
    done(run, "ask", "Breien")
    connection.open(room_file)
    with connection.writing():
        Wish.update(text="\x1b[31m\u202eRood").execute()
        Activity.update(title="\x1b[31m\u202eRood").execute()
        AdviceRequest.update(question="\x1b[31m\u202eRood").execute()
    connection.close()
    for arguments in (
        ("board",),
        ("activity", "sessions", "1"),
        ("advice",),
        ("activity", "attend", "1", "3"),
    ):
        _, out, err = run(*arguments)
        assert "[31mRood" in out + err
        assert not set("\x1b\u202e") & set(out + err)


def _below(name: str) -> list[str]:
    return [one.name for one in commands.load(name).subcommands]


@pytest.mark.parametrize(
    "line",
    [(name,) for name in ("wish", "board", "move", "ask", "advice", "advise")]
    + [("activity", name) for name in _below("activity")],
)
def test_help_has_an_example_that_works(run: Run, clock: FakeClock, line: tuple[str, ...]) -> None:
    import shlex

    done(run, "wish", "Samen breien")
    done(run, *BREICLUB)
    done(run, "ask", "Wie betaalt?")
    done(run, "activity", "sign-up", "4", "2")
    done(run, "activity", "cancel", "3")
    clock.go_on_until(at("2026-11-24 15:00"))
    code, out, err = run(*line, "--help")
    assert (code, err) == (0, "")
    example = next(text.strip() for text in out.splitlines() if text.startswith("  hostdesk "))
    assert example.startswith("hostdesk " + " ".join(line))
    assert "\x1b" not in out
    code, _, err = run(*shlex.split(example)[1:])
    assert code == 0, err
