"""What goes wrong on a screen is said in one sentence; what only a bug can cause is in the log too."""

from collections.abc import Awaitable, Callable

from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import Worker

from db.errors import HostdeskError, Spoiled
from hostdesk.logfile import log
from hostdesk.words import N_, gettext, say


async def told(work: Awaitable[None], tell: Callable[[str], None]) -> HostdeskError | None:
    """Do this, and tell what goes wrong; that, when it is something that can be expected."""
    try:
        await work
    except HostdeskError as error:
        if isinstance(error, Spoiled):
            log.error("what the file holds cannot be used", exc_info=error)
        tell(say(error))
        return error
    except Exception:
        log.exception("a bug: a screen did not do what was asked")
        tell(gettext(N_("Something went wrong: this was not done.")))
    return None


def meanwhile(
    where: DOMNode,
    work: Callable[[], Awaitable[None]],
    tell: Callable[[str], None],
    *,
    only_the_last: str = "",
) -> None:
    """Do this while keys go on; what goes wrong is told, and never ends the program.

    Args:
        where: the screen or the widget with which it ends.
        work: what is done.
        tell: says what went wrong.
        only_the_last: a name for works of which a new one ends the one before.
    """

    async def unless_it_ends() -> None:
        try:
            await work()
        except NoMatches:  # a screen that is being taken down has no widgets any more
            if where.is_attached and where.display:
                raise

    async def do() -> None:
        await told(unless_it_ends(), tell)

    _worker: Worker[None] = where.run_worker(
        do, group=only_the_last or "default", exclusive=bool(only_the_last), exit_on_error=False
    )
