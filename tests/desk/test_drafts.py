"""What is half typed is still there next time: after Esc, another screen, a stop, and a crash."""

import asyncio
import os
import signal
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from hostdesk import drafts
from hostdesk.drafts import Drafts
from tests.desks import Desk, desk
from tests.terminal import HOSTDESK, Terminal

Story = Callable[[Desk], Awaitable[None]]


def tell(file: Path, story: Story) -> None:
    """Live a story at the desk of this room."""

    async def live() -> None:
        async with desk(file) as here:
            await story(here)

    asyncio.run(live())


@pytest.mark.parametrize("leaves", ["escape", "f2", "f3", "f5"])
@pytest.mark.parametrize("types", ["w", "l"])
def test_whatever_somebody_leaves_by(room_file: Path, types: str, leaves: str) -> None:
    async def story(here: Desk) -> None:
        await here.burst(types, *"Samen zi", leaves, "f2")
        await here.sees("bezoeken vandaag", "+ komt")
        await here.burst(types)
        await here.sees("Samen zi")

    tell(room_file, story)


def test_a_wish_and_a_note_are_not_mixed_up(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("l", *"De klok tikt", "f2", "w", *"Zingen", "enter")
        await here.sees("Wens 1 staat op het bord.")
        await here.burst("w")
        await here.sees("Een wens van een buurtbewoner")
        await here.until(lambda: "De klok tikt" not in here.screen)

    tell(room_file, story)


@pytest.mark.parametrize("ends", [signal.SIGHUP, signal.SIGKILL])
def test_the_line_drops_or_the_program_is_killed(room_file: Path, ends: signal.Signals) -> None:
    with Terminal([*HOSTDESK, "--db", str(room_file)]) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.send("lDe verwarming tikt")
        terminal.wait("De verwarming tikt")
        if ends is signal.SIGKILL:  # what a second ago was typed survives that too
            end = Drafts(room_file)
            while not end.of("note"):
                terminal.read(0.1)
                end = Drafts(room_file)
        os.kill(terminal.pid, ends)
        terminal.wait_for_exit()
    with Terminal([*HOSTDESK, "--db", str(room_file)]) as terminal:
        terminal.wait("bezoeken vandaag")
        terminal.send("l")
        terminal.wait("De verwarming ti")


def test_what_was_saved_is_gone_from_the_disk(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.burst("l", *"De klok", "escape")
        await here.until(lambda: list(room_file.parent.glob(".*.draft")))
        [file] = room_file.parent.glob(".*.draft")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        await here.burst("l", "enter")
        await here.sees("In het logboek")
        await here.until(lambda: not file.exists())

    tell(room_file, story)


def test_after_a_day_it_is_gone(tmp_path: Path) -> None:
    Drafts(tmp_path / "room.db").keep("note", "De klok")
    [file] = tmp_path.glob(".*.draft")
    old = file.stat().st_mtime - drafts.KEPT_SECONDS - 1
    os.utime(file, (old, old))
    assert Drafts(tmp_path / "room.db").of("note") == ""
    assert not file.exists()


@pytest.mark.parametrize("damage", ["", "{", "[1]", '"x"', "\x00\x01"])
def test_a_damaged_file_is_no_draft(tmp_path: Path, damage: str) -> None:
    Drafts(tmp_path / "room.db").keep("note", "De klok")
    [file] = tmp_path.glob(".*.draft")
    file.write_text(damage)
    assert Drafts(tmp_path / "room.db").of("note") == ""
