"""What the desk does when nobody waits for it: `hostdesk upkeep`, which looks whether there is work.

That is a process of its own: what it takes in memory is given back, and no press waits for its work.
"""

import asyncio
import os
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hostdesk import place
from hostdesk.logfile import log

SETTLE_SECONDS = 10.0
"""After the start: the first visitors go before the copy."""

EVERY_SECONDS = 900.0
"""How often to look whether there is something to do; most often there is not."""

AGAIN_SECONDS = 60.0
"""How soon to try again what failed: until it is mended the desk says so."""

SPACE_SECONDS = 2.0
"""How often to look meanwhile whether there is space on the disk again."""

SPACE = 1_000_000
"""Bytes that somebody made free by throwing something away; less comes and goes by itself."""

LOOK_SECONDS = 0.5
"""How often to look whether it is done."""


async def keep(file: Path, told: Callable[[str], None]) -> None:
    """Look after the room's file for as long as the desk stands.

    Args:
        file: the room.
        told: hears each time what went wrong, or nothing; what failed is tried again the next time.
    """
    said = ""
    await asyncio.sleep(SETTLE_SECONDS)
    while True:
        try:
            trouble = await upkeep(file)
        except Exception:
            log.exception("what a day brings could not be begun")
        else:
            if trouble not in {"", said}:
                log.error("what a day brings was not all done: %s", trouble)
            said = trouble
            told(trouble)
        if said:
            with suppress(TimeoutError):
                await asyncio.wait_for(_space_again(file), AGAIN_SECONDS)
        else:
            await asyncio.sleep(EVERY_SECONDS)


async def _space_again(file: Path) -> None:
    """Wait until something was thrown away: a disk that was full may take again what it did not."""
    free = _free(file)
    while _free(file) < free + SPACE:
        await asyncio.sleep(SPACE_SECONDS)


def _free(file: Path) -> int:
    """Bytes that can be written beside this file; none where its disk has gone."""
    try:
        disk = os.statvfs(file.parent)
    except OSError:
        return 0
    return disk.f_bavail * disk.f_frsize


async def upkeep(file: Path) -> str:
    """Do what the day brings; what went wrong, in the room's language, or nothing.

    The program may end meanwhile: then nobody waits for it, and it leaves nothing half done.
    """
    process = subprocess.Popen(
        command(file),
        # Looking after the room is its own, whoever looks along.
        env={name: value for name, value in os.environ.items() if name != place.FROM_ELSEWHERE},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        while process.poll() is None:
            await asyncio.sleep(LOOK_SECONDS)
    except asyncio.CancelledError:
        process.terminate()
        raise
    done, trouble = process.communicate()
    if done:
        log.info("what the day brought: %s", done.strip())
    return trouble.strip().removeprefix("hostdesk: ") if process.returncode else ""


def command(file: Path) -> list[str]:
    """The process that does it."""
    return [*place.PROGRAM, "--db", str(file), "upkeep"]
