"""The room's file is damaged under the desk that has it open: it says so, and what becomes of each press."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.durability import noon
from tests.durability.big_digits import number_on
from tests.safekeeping.files import write
from tests.terminal import HOSTDESK, Terminal

PAGE = 4096


def overwritten(file: Path) -> None:
    """Every page but the first is nonsense."""
    with file.open("r+b") as pages:  # another program: this process has not the file open
        for at in range(PAGE, file.stat().st_size, PAGE):
            os.pwrite(pages.fileno(), b"\xa5" * PAGE, at)


def cut_short(file: Path) -> None:
    os.truncate(file, 2 * PAGE)


WAITS = "NIET OPGESLAGEN: 1 toets wacht"
TITLES = {"f3": "Activiteitenbord", "f4": "Logboek", "f5": "Rooster", "f6": "Cijfers", "s": "Dienst"}


@pytest.mark.parametrize("of_400_days", [False, True])
@pytest.mark.parametrize("damage", [overwritten, cut_short])
def test_it_is_said_in_a_sentence_whatever_is_asked(
    tmp_path: Path, damage: Callable[[Path], None], of_400_days: bool
) -> None:
    """What SQLite still holds in memory goes on; the number shown is on the disk, or the press waits."""
    file = tmp_path / "room.db"
    if of_400_days:  # more than SQLite holds in memory
        demo = [*HOSTDESK, "demo", "--db", str(file), "--no-open"]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
    else:
        noon.create(file)
    with Terminal([*HOSTDESK, "--db", str(file)], size=(100, 40)) as desk:
        desk.wait(lambda _screen: number_on(desk.lines) is not None)
        before = number_on(desk.lines) or 0
        damage(file)
        desk.send("3+")
        desk.wait("beschadigd")
        desk.wait(lambda screen: number_on(desk.lines) == before + (0 if WAITS in screen else 3))
        waits = WAITS in desk.text
        for key, title in TITLES.items():
            desk.press(key)
            desk.wait(lambda screen, title=title: title in screen or "beschadigd" in screen)
        desk.press("f2")
        desk.wait("vandaag")
        desk.press("ctrl+q")
        if waits:
            desk.wait("ctrl+q")  # and it is said that this one is lost then
            desk.press("ctrl+q")
        desk.wait_for_exit()
        assert "Traceback" not in desk.output.decode(errors="replace")
    log = file.with_suffix(".log")
    assert not log.exists() or "a bug" not in log.read_text()


def test_it_is_said_once_over_another_screen_and_stays_there(tmp_path: Path) -> None:
    """Each try that fails would say it anew, beside what it said before, and send it over the line."""
    file = tmp_path / "room.db"
    noon.create(file)
    with Terminal([*HOSTDESK, "--db", str(file)], size=(100, 40)) as desk:
        desk.wait("vandaag")
        desk.press("f3")
        desk.wait("Activiteitenbord")
        overwritten(file)
        desk.send("+")
        desk.wait(WAITS)
        desk.read_for(1)
        log, sent = file.with_suffix(".log"), len(desk.output)
        tried = log.read_text().count("will try again")
        desk.wait(lambda _screen: log.read_text().count("will try again") >= tried + 4, timeout=30)
        assert desk.text.count(WAITS) == 1
        again = bytes(desk.output[sent:]).count(b"NIET OPGESLAGEN")
        assert again <= 2  # what the day brings fails too: that comes beside it, and goes
        desk.press("f2")  # there it stands in its place
        desk.wait(lambda screen: WAITS in screen and "╭" not in screen)
        desk.press("f4")
        desk.wait(lambda screen: WAITS in screen and "afgehandeld" in screen)
        desk.press("ctrl+q")
        desk.wait("Nog eens")
        desk.press("ctrl+q")
        desk.wait_for_exit()


def test_a_number_that_cannot_have_been_counted_is_said_and_a_backup_offered(tmp_path: Path) -> None:
    file = tmp_path / "room.db"
    noon.create(file)
    for words in (("count", "3"), ("backup",)):
        subprocess.run([*HOSTDESK, "--db", str(file), *words], check=True, stdout=subprocess.DEVNULL)
    write(file, "UPDATE door SET n = -5")
    with Terminal([*HOSTDESK, "--db", str(file)], size=(100, 40)) as desk:
        desk.wait("Nieuwste goede reservekopie")
        desk.press("enter")
        desk.wait("teruggezet")
        desk.press("enter")
        desk.wait(lambda _screen: number_on(desk.lines) == 3)
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 0


def test_a_number_that_cannot_have_been_counted_never_comes_into_the_digits(tmp_path: Path) -> None:
    """The next press reads the visits first; what else stands in that hour would hide it."""
    file = tmp_path / "room.db"
    noon.create(file)
    with Terminal([*HOSTDESK, "--db", str(file)], size=(100, 40)) as desk:
        desk.wait("vandaag")
        desk.send("9+")
        desk.wait(lambda _screen: number_on(desk.lines) == 9)
        desk.send("4+")
        desk.wait(lambda _screen: number_on(desk.lines) == 13)
        write(file, "UPDATE door SET n = -5 WHERE n = 4")
        desk.send("3+")
        desk.wait("NIET GELEZEN")
        desk.settle()
        assert number_on(desk.lines) == 13
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 0
    log = file.with_suffix(".log")
    assert not log.exists() or "a bug" not in log.read_text()
