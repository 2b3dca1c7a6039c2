"""What the desk does when nobody waits for it: `hostdesk upkeep`, which looks whether there is work.

That is a process of its own: what it takes in memory is given back, and no press waits for its work.
"""

import asyncio
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from hostdesk import place
from hostdesk.logfile import log

SETTLE_SECONDS = 10.0
"""After the start: the first visitors go before the copy."""

EVERY_SECONDS = 900.0
"""How often to look whether there is something to do; most often there is not."""

AGAIN_SECONDS = 60.0
"""How soon to try again what failed: until it is mended the desk says so."""

LOOK_SECONDS = 0.5
"""How often to look whether it is done."""


async def keep(file: Path, told: Callable[[str], None]) -> None:
    """Look after the room's file for as long as the desk stands.

    Args:
        file: the room.
        told: hears each time what went wrong, or nothing; what failed is tried again the next time.
    """
    said = ""
    while True:
        await asyncio.sleep(SETTLE_SECONDS)
        try:
            trouble = await upkeep(file)
        except Exception:
            log.exception("what a day brings could not be begun")
        else:
            if trouble not in {"", said}:
                log.error("what a day brings was not all done: %s", trouble)
            said = trouble
            told(trouble)
        await asyncio.sleep(AGAIN_SECONDS if said else EVERY_SECONDS)


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
