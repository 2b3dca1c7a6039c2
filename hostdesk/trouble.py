"""What goes wrong on a screen is said in one sentence; what only a bug can cause is in the log too."""

from collections.abc import Awaitable, Callable

from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.worker import Worker

from db.errors import HostdeskError, Spoiled
from hostdesk.logfile import log
from hostdesk.words import N_, gettext, say

LOOKED_FOR = (NoMatches, NoScreen, ScreenStackError)
"""What comes of looking for a screen, or for a part of one, that has gone."""


async def told(where: DOMNode, work: Awaitable[None], tell: Callable[[str], None]) -> HostdeskError | None:
    """Do this, and tell what goes wrong; that, when it is something that can be expected.

    Args:
        where: the screen or the widget that does it; while it is being taken down it has no widgets any more.
        work: what is done.
        tell: says what went wrong.
    """
    try:
        await work
    except HostdeskError as error:
        if isinstance(error, Spoiled):
            log.error("what the file holds cannot be used", exc_info=error)
        tell(say(error))
        return error
    except Exception as error:
        if isinstance(error, LOOKED_FOR) and not _stands(where):
            return None
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

    async def do() -> None:
        await told(where, work(), tell)

    _worker: Worker[None] = where.run_worker(
        do, group=only_the_last or "default", exclusive=bool(only_the_last), exit_on_error=False
    )


def _stands(where: DOMNode) -> bool:
    """Whether this is not being taken down; the program itself stands until it ends."""
    return not where._exit if isinstance(where, App) else where.is_attached and where.display
