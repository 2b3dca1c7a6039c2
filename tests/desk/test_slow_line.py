"""Over a slow line the newest picture is what is sent next, and nothing queues up."""

import os
import re
import signal
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from db import connection
from hostdesk import in_flight
from hostdesk.in_flight import ASK, ASK_AFTER, LONG, MOST, InFlight
from tests.desk.test_driver import WRITES, cells
from tests.durability import noon
from tests.durability.big_digits import number_on
from tests.line.shaped import OVER_SSH, Shaped
from tests.stopping.test_terminal import LEAVES_THE_SCREEN
from tests.terminal import HOSTDESK, Terminal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    noon.create(tmp_path / "room.db")
    return tmp_path / "room.db"


A_SECOND = 4800
"""Bytes: five times as fast as 9,600 baud, so that this does not take long."""


def a_line(file: Path, *, answers: bool = True) -> Shaped:
    command = [*HOSTDESK, "--db", str(file)]
    return Shaped(command, bytes_a_second=A_SECOND, late=0.06, answers=answers, env=OVER_SSH)


def test_a_burst_is_right_at_once_and_nothing_queues_up(file: Path) -> None:
    with a_line(file) as desk:
        desk.wait(lambda _screen: number_on(desk.lines) == 0)
        desk.settle()
        desk.longest_queue = 0
        for _ in range(20):
            desk.send("1+")  # one key that comes so fast is held down
            desk.read_for(0.02)
        desk.wait(lambda _screen: number_on(desk.lines) == 20)
        assert desk.longest_queue < 2 * MOST


@pytest.mark.parametrize("answers", [True, False])
def test_keys_in_a_row_end_at_the_last_screen(file: Path, answers: bool) -> None:
    """Those between would each take as long, and are not sent; one that never answers gets them too."""
    with a_line(file, answers=answers) as desk:
        desk.wait("bezoeken vandaag")
        desk.settle()
        desk.longest_queue = 0
        desk.press("f3", "f6", "f5", "f3", "f6", "f5", "f4")
        desk.wait("Logboek")
        desk.settle()
        assert "bezoeken vandaag" not in desk.text
        assert desk.longest_queue < A_SECOND or not answers


def fill(desk: Terminal, file: Path) -> int:
    """Look at the board and count, on a terminal that takes nothing; how many were counted."""
    desk.wait("bezoeken vandaag")
    desk.settle()
    for counted in range(1, 17):
        desk.press("f3", "f2")
        desk.send("1+")
        end = time.monotonic() + 10
        while kept(file) < counted:
            assert time.monotonic() < end, f"{counted} were pressed, {kept(file)} are kept"
            time.sleep(0.02)
    return counted


def kept(file: Path) -> int:
    with connection.looking_at(file) as seen:
        ((n,),) = seen.execute("SELECT COUNT(*) FROM door")
    return int(n)


def test_who_counts_does_not_wait_for_a_terminal_that_takes_nothing(file: Path) -> None:
    """Somebody has pressed Scroll Lock on the room's machine, or put an SSH client to sleep."""
    with Terminal([*HOSTDESK, "--db", str(file)]) as desk:
        counted = fill(desk, file)
        desk.wait(lambda _screen: number_on(desk.lines) == counted)  # it is taken off again
        desk.settle()
        assert "bezoeken vandaag" in desk.text and "Activiteitenbord" not in desk.text


def nobody_reads(_desk: Terminal) -> None:
    """An SSH client that was put to sleep."""


def scroll_lock(desk: Terminal) -> None:
    """The keyboard stops the terminal of its own machine, as ctrl+S does another one."""
    own = os.open(Path(f"/proc/{desk.pid}/fd/0").readlink(), os.O_RDWR | os.O_NOCTTY)
    termios.tcflow(own, termios.TCOOFF)
    os.close(own)


@pytest.mark.parametrize("how", ["ctrl+q", "SIGTERM"])
@pytest.mark.parametrize("blocked", [nobody_reads, scroll_lock])
def test_a_desk_on_a_terminal_that_takes_nothing_ends_all_the_same(
    file: Path, blocked: Callable[[Terminal], None], how: str
) -> None:
    """Within a few seconds, as it ends elsewhere: the picture is given up, and the terminal given back."""
    with Terminal([*HOSTDESK, "--db", str(file)]) as desk:
        desk.wait("bezoeken vandaag")
        desk.settle()
        blocked(desk)
        counted = fill(desk, file)
        if how == "ctrl+q":
            desk.press(how)
        else:
            desk.signal(signal.SIGTERM)
        assert desk.process.wait(8) == 0
        desk.read_for(0.5)
        assert LEAVES_THE_SCREEN in desk.output
    assert kept(file) == counted
    log = file.with_suffix(".log")
    assert not log.exists() or "bug" not in log.read_text()


def test_a_line_that_took_nothing_and_drops_ends_its_desk(file: Path) -> None:
    with Terminal([*HOSTDESK, "--db", str(file)], env=OVER_SSH) as desk:
        fill(desk, file)
        desk.vanish()
        assert desk.process.wait(10) == 0


def test_what_something_else_wrote_over_the_screen_goes_with_one_key(file: Path) -> None:
    with a_line(file) as desk:
        desk.wait("bezoeken vandaag")
        desk.settle()
        desk.screen.draw("Broadcast message from root")
        assert "Broadcast" in desk.text
        desk.press("ctrl+l")
        desk.wait(lambda screen: "Broadcast" not in screen)


def test_a_terminal_that_answers_no_more_is_waited_for_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    line = InFlight()
    assert line.sends("x") == f"x{ASK}"
    line.sends("x" * MOST * 2)
    assert not line.is_full, "it has never answered"
    line.answered()
    assert line.is_full and not line.is_slow
    now += in_flight.PATIENCE + 1
    assert not line.is_full
    line.sends("x" * MOST * 2)
    now += 1
    line.answered()
    assert line.is_slow


def test_a_few_bytes_are_asked_about_together() -> None:
    line = InFlight()
    line.sends("x")
    sent = [line.sends("x" * (ASK_AFTER // 4)) for _ in range(8)]
    assert [ASK in data for data in sent] == [False, False, False, True] * 2


def test_a_line_from_which_no_answer_comes_is_silent_and_even_one_count_a_second_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """sshd asks nothing while something is written: a line that was cut while others count stood for long."""
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    line = InFlight()
    line.sends("x")
    line.answered()
    now += 1
    assert ASK in line.sends("+1"), "a few bytes are asked about, once a while"
    assert not line.is_full
    now += 0.9
    assert line.is_full, "the next count, a second later, is not written any more"
    line.answered()
    assert not line.is_full


@given(WRITES.map(lambda writes: "\x1b[1;1H" + "".join(writes) * 60))
@settings(max_examples=30)
def test_within_a_long_picture_there_are_questions_and_it_is_the_same_picture(data: str) -> None:
    """Their answers tell sshd that the line is there: one that hears nothing for eight seconds is ended."""
    sent = InFlight().sends(data)
    assert sent.replace(ASK, "") == data
    assert cells(sent) == cells(data)
    longest_text = max(map(len, re.split(r"\x1b\[[0-9;]*[Hm]", data)))
    assert max(map(len, sent.split(ASK))) <= 2 * LONG + longest_text + 20
