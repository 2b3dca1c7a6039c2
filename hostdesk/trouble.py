"""What goes wrong on a screen is said in one sentence; what only a bug can cause is in the log too."""

from collections.abc import Awaitable, Callable

from db.errors import HostdeskError
from hostdesk.logfile import log
from hostdesk.words import N_, gettext, say


async def told(work: Awaitable[None], tell: Callable[[str], None]) -> HostdeskError | None:
    """Do this, and tell what goes wrong; that, when it is something that can be expected."""
    try:
        await work
    except HostdeskError as error:
        tell(say(error))
        return error
    except Exception:
        log.exception("a bug: a screen did not do what was asked")
        tell(gettext(N_("Something went wrong: this was not done.")))
    return None
