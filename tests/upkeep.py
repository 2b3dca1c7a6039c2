"""The day's upkeep in the test's own process, so that it goes by the test's clock."""

import asyncio
from pathlib import Path

from db import connection, machine, upkeep
from db.errors import HostdeskError
from hostdesk.words import say


async def in_this_process(file: Path) -> str:
    """As `housekeeping.upkeep`, beside the loop."""
    return await asyncio.to_thread(_all_of, file)


def _all_of(file: Path) -> str:
    try:
        connection.open(file)
        upkeep.everything(machine.Machine())
    except HostdeskError as error:
        return say(error)
    finally:
        connection.close()
    return ""
