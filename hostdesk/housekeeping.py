"""What the desk does by itself, when nobody waits for it.

Yesterday's shifts are closed, what goes on is planned further ahead, what was kept long enough is
erased, and the room is copied, to a USB stick as well when the one for it is put in.
"""

import asyncio
from collections.abc import Callable

from db import door
from db.errors import HostdeskError
from db.thread import DatabaseThread
from hostdesk.logfile import log

SETTLE_SECONDS = 10.0
"""After the start: the first visitors go before the copy."""

EVERY_SECONDS = 900.0
"""How often to look whether there is something to do; most often there is not."""


async def keep(database: DatabaseThread, failed: Callable[[HostdeskError], None]) -> None:
    """Look after the room's file for as long as the desk stands.

    The copy is made beside the database thread, so that no press waits for it; one that fails is
    said, and tried again the next time.
    """
    while True:
        await asyncio.sleep(SETTLE_SECONDS)
        from db import backup, upkeep  # not before the first screen: the start has to be quick
        from db.machine import Machine

        try:
            await database.run(door.start_of_day)
            await database.run(upkeep.of_the_day)  # before the copy, which then has no more than the room
            await asyncio.to_thread(upkeep.beside)
            if copy := await asyncio.to_thread(backup.daily):
                log.info("the day's copy: %s", copy)
            if copy := await asyncio.to_thread(backup.daily_on_stick, Machine()):
                log.info("the day's copy on the stick: %s", copy)
        except asyncio.CancelledError:
            backup.stop()  # the program ends: nobody waits for a copy
            raise
        except HostdeskError as error:
            log.error("the day could not be begun: %s", error)
            failed(error)
        except Exception:
            log.exception("the day could not be begun")
        await asyncio.sleep(EVERY_SECONDS)
