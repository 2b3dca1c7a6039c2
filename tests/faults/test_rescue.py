"""A desk that cannot open stays on the screen: what is wrong, and the newest good backup with one key."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from db import backup, connection, days, door, errors, files, people, privacy
from db.errors import HostdeskError
from hostdesk import rescue, words
from hostdesk.rescue import Rescue
from hostdesk.widgets.lines import Lines
from tests.clocks import FakeClock
from tests.durability.big_digits import number_on
from tests.safekeeping.files import break_page_of, contents, write
from tests.terminal import HOSTDESK, Terminal


@pytest.fixture
def kept(room_file: Path, clock: FakeClock) -> Path:
    """A room with 5 visits in its backup of today, and one visit after it."""
    connection.open(room_file)
    door.arrive(5)
    backup.daily()
    door.arrive()
    connection.close()
    return room_file


class Stand:
    """Somebody before the screen that stands in the desk's place."""

    def __init__(self, app: Rescue, press: Callable[..., object]) -> None:
        self.app, self.press = app, press

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        lines = ("".join(segment.text for segment in strip).strip() for strip in strips)
        return " ".join(line for line in lines if line)

    async def sees(self, *texts: str) -> None:
        await self.until(lambda: all(text in self.text for text in texts))

    async def until(self, holds: Callable[[], object]) -> None:
        for _ in range(1000):
            if holds():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(self.text)


@asynccontextmanager
async def standing(
    file: Path, trouble: HostdeskError, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Stand]:
    words.choose("nl")
    app = Rescue(file, trouble)
    async with app.run_test(size=size) as pilot:
        stand = Stand(app, pilot.press)
        await stand.until(lambda: app._offer)
        await pilot.pause()
        yield stand


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_it_says_all_there_is_to_know(kept: Path, size: tuple[int, int]) -> None:
    async def story() -> None:
        async with standing(kept, errors.Damaged(path="h.db"), size) as here:
            await here.sees("beschadigd", "Turf op papier", "ma 23 nov 2026", "Druk op Enter")
            assert "Om de paar seconden" not in here.text
            lowest = max(part.region.bottom for part in here.app.screen.query(Lines) if part.display)
            assert lowest <= size[1]

    asyncio.run(story())


def test_one_key_puts_the_backup_back_and_says_what_is_missing(kept: Path) -> None:
    break_page_of(kept, "door")

    async def story() -> None:
        async with standing(kept, errors.Damaged(path=kept)) as here:
            await here.sees("Druk op Enter")
            await here.press("enter")
            await here.sees("teruggezet", "niet meer te lezen")
            assert list(kept.parent.glob("*-before-restore-*"))
            assert not here.app.solved
            await here.press("enter")
            assert here.app.solved

    asyncio.run(story())
    connection.open(kept)
    assert days.today().visits == 5


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_a_backup_in_which_nobody_is_any_more_says_so_before_and_after(
    room_file: Path, clock: FakeClock, size: tuple[int, int]
) -> None:
    connection.open(room_file)
    people.add("Nadia", phone="0612345678")
    backup.daily()
    clock.go_on(days=91)
    privacy.of_backups()
    connection.close()
    break_page_of(room_file, "door")

    async def story() -> None:
        async with standing(room_file, errors.Damaged(path="h.db"), size) as here:
            await here.sees("Druk op Enter", "geen namen, telefoonnummers en teksten meer", "person add NAAM")
            lowest = max(part.region.bottom for part in here.app.screen.query(Lines) if part.display)
            assert lowest <= size[1]
            await here.press("enter")
            await here.sees("teruggezet", "niet meer te lezen", "geen namen, telefoonnummers en teksten meer")

    asyncio.run(story())


def test_a_backup_that_is_damaged_too_is_passed_over(kept: Path, clock: FakeClock) -> None:
    clock.go_on(days=1)
    connection.open(kept)
    newest = backup.daily()
    connection.close()
    assert newest
    break_page_of(newest, "door")
    break_page_of(kept, "door")

    async def story() -> None:
        async with standing(kept, errors.Damaged(path=kept)) as here:
            await here.sees("ma 23 nov 2026")
            await here.press("enter")
            await here.sees("teruggezet")

    asyncio.run(story())


def test_without_a_good_backup_no_key_promises_one(room_file: Path) -> None:
    break_page_of(room_file, "door")
    before = contents(room_file.parent)

    async def story() -> None:
        async with standing(room_file, errors.Damaged(path=room_file)) as here:
            await here.sees("geen goede reservekopie")
            await here.press("enter", "plus", "1", "enter")
            assert not here.app.solved
            assert "Enter" not in here.text

    asyncio.run(story())
    assert contents(room_file.parent) == before


@pytest.mark.parametrize(
    "trouble", [errors.ReadOnly(path="h.db"), errors.DiskFull(), errors.Busy(path="h.db")]
)
def test_what_may_pass_by_itself_is_never_answered_with_a_backup(kept: Path, trouble: HostdeskError) -> None:
    before = contents(kept.parent)

    async def story() -> None:
        async with standing(kept, trouble) as here:
            await here.sees("Om de paar seconden", "ma 23 nov 2026")
            await here.press("enter")
            assert not here.app.solved

    asyncio.run(story())
    assert contents(kept.parent) == before


def test_it_goes_by_itself_when_the_trouble_is_over(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescue, "AGAIN_SECONDS", 0.02)
    away = kept.with_name("away.db")
    kept.rename(away)

    async def story() -> None:
        async with standing(kept, errors.CannotOpen(path=kept)) as here:
            await here.sees("is weg")
            away.rename(kept)
            await here.until(lambda: here.app.solved)

    asyncio.run(story())


def test_a_restore_that_fails_is_said_and_can_be_tried_again(kept: Path) -> None:
    break_page_of(kept, "door")
    newest = backup.newest(kept)
    assert newest

    async def story() -> None:
        async with standing(kept, errors.Damaged(path=kept)) as here:
            hidden = Path(shutil.move(newest.file, kept.with_name("hidden")))
            await here.press("enter")
            await here.sees("Er is geen bestand")
            hidden.rename(newest.file)
            await here.press("enter")
            await here.sees("teruggezet")

    asyncio.run(story())


def test_at_a_terminal_the_desk_comes_back_with_what_was_kept(kept: Path) -> None:
    """The whole way: a damaged ledger, the offer, one key, and the desk that counts."""
    write(kept, "PRAGMA wal_checkpoint(truncate)")
    break_page_of(kept, "door")
    with Terminal([*HOSTDESK, "--db", str(kept)], env={"SSH_CONNECTION": None}) as desk:
        desk.wait("Druk op Enter")
        desk.press("enter")
        desk.wait("teruggezet")
        desk.press("enter")
        desk.wait(lambda _screen: number_on(desk.lines) is not None)
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 0


def test_a_room_that_has_gone_is_not_begun_anew_while_its_backups_are_there(kept: Path) -> None:
    kept.unlink()
    with Terminal([*HOSTDESK, "--db", str(kept)], env={"SSH_CONNECTION": None}) as desk:
        desk.wait("Druk op Enter")
        desk.press("enter")
        desk.wait("teruggezet")
        desk.press("enter")
        desk.wait(lambda _screen: number_on(desk.lines) == 0)  # the backup's day is past
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 0


def test_whoever_stops_there_leaves_a_sentence_and_all_as_it_was(kept: Path) -> None:
    kept.write_bytes(b"bread and milk" * 1000)
    with Terminal([*HOSTDESK, "--db", str(kept)], env={"SSH_CONNECTION": None}) as desk:
        desk.wait("Druk op Enter")
        desk.press("ctrl+q")
        assert desk.wait_for_exit() == 1
        assert "geen bestand van hostdesk" in bytes(desk.output).rpartition(b"\x1b[?1049l")[2].decode()
    assert kept.read_bytes() == b"bread and milk" * 1000


def test_a_room_that_holds_what_cannot_be_read_is_offered_its_backup_too(kept: Path) -> None:
    write(kept, "UPDATE door SET day = '2026-13-45'; PRAGMA wal_checkpoint(truncate)")
    with Terminal([*HOSTDESK, "--db", str(kept)], env={"SSH_CONNECTION": None}) as desk:
        desk.wait("Druk op Enter")


COUNTED_AND_KILLED = """
import os, sys
from pathlib import Path
from db import connection, door
connection.open(Path(sys.argv[1]))
door.arrive(2)
os._exit(9)
"""


@pytest.mark.parametrize("how", ["read-only", "read-only, and killed before", "full"])
def test_a_card_that_takes_nothing_is_said_until_it_does(kept: Path, tmp_path: Path, how: str) -> None:
    """On a file system of its own, which is then put right: the desk opens by itself."""
    card = tmp_path / "card"
    card.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(card)], check=False
    ).returncode:
        pytest.skip("only root can mount a small disk")
    file, filler = Path(shutil.copy(kept, card)), card / "photos"
    try:
        if "killed" in how:  # its log and index are there: SQLite opens the room, and none can count in it
            subprocess.run([sys.executable, "-c", COUNTED_AND_KILLED, str(file)], check=False)
            assert files.is_filled(files.beside(file)[1])
        if how == "full":
            filler.write_bytes(b"." * shutil.disk_usage(card).free)
        else:
            subprocess.run(["mount", "-o", "remount,ro", str(card)], check=True)
        with Terminal([*HOSTDESK, "--db", str(file)], env={"SSH_CONNECTION": None}) as desk:
            desk.wait("De schijf is vol" if how == "full" else "Zo wordt een kaart die stukgaat")
            assert "Turf op papier" in desk.text
            if how == "full":
                filler.unlink()
            else:
                subprocess.run(["mount", "-o", "remount,rw", str(card)], check=True)
            desk.press(".")
            desk.wait("bezoeken vandaag")
    finally:
        subprocess.run(["umount", "-l", str(card)], check=True)


BECOMES_SO = """
import os, sys
from pathlib import Path
from hostdesk.cli import main

look, switch = os.statvfs, Path(sys.argv[2])

def statvfs(path):
    found = look(path)
    if not switch.exists():
        return found
    return os.statvfs_result((*found[:8], found.f_flag | os.ST_RDONLY, found.f_namemax))

os.statvfs = statvfs
sys.exit(main(["--db", sys.argv[1]]))
"""
"""The kernel makes a file system read-only that gives errors; nobody can ask it to while files are open."""


@pytest.mark.parametrize("screen", ["f2", "f3"])
def test_a_card_that_becomes_read_only_is_said_before_the_first_press(
    kept: Path, tmp_path: Path, screen: str
) -> None:
    switch = tmp_path / "read-only"
    with Terminal([sys.executable, "-c", BECOMES_SO, str(kept), str(switch)]) as desk:
        desk.wait("bezoeken vandaag")
        desk.press(screen)
        desk.wait("Activiteitenbord" if screen == "f3" else "bezoeken vandaag")
        assert "kan alleen" not in desk.text
        switch.touch()
        desk.wait("kan alleen", timeout=5)
        switch.unlink()
        desk.press("f2")
        desk.wait(lambda screen: "bezoeken vandaag" in screen and "kan alleen" not in screen, timeout=5)


def test_over_ssh_it_is_one_sentence(kept: Path) -> None:
    """Who is elsewhere cannot put the machine right from a screen."""
    kept.write_bytes(b"bread and milk" * 1000)
    with Terminal([*HOSTDESK, "--db", str(kept)], env={"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}) as desk:
        assert desk.wait_for_exit() == 1
        assert b"\x1b[?1049h" not in desk.output
