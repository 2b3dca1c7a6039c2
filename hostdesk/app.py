"""The program on the terminal: the one place where the screens, the database thread and the keys meet."""

import asyncio
import signal
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from db import clock, connection, days, room
from db.days import Today
from db.errors import HostdeskError, NoRoom
from db.thread import DatabaseThread
from hostdesk import housekeeping, logfile, themes, words
from hostdesk.commands import keys
from hostdesk.leaving import Leaving
from hostdesk.logfile import log
from hostdesk.presses import SLOW_SECONDS, Press, Presses, Waiting
from hostdesk.program import Program
from hostdesk.screens.desk import DeskScreen
from hostdesk.words import N_, gettext, ngettext, say

if TYPE_CHECKING:
    from hostdesk.screens.setup import SetupScreen


class HostdeskApp(Program):
    """The desk's program."""

    TITLE = "hostdesk"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", N_("help"), key_display="F1", system=True),
        Binding("f2", "desk", N_("desk"), show=False),
    ]

    def __init__(self, file: Path, database: DatabaseThread, *, new: bool = False) -> None:
        """Show the room in this file, which the database thread has open; or make it there first."""
        super().__init__(file)
        self._database = database
        self._presses = Presses(database, saved=self._saved, refused=self._refused, waiting=self._waiting)
        self._leaving = Leaving(leave=self.exit, warn=self._warn_of_loss)
        self._desk = DeskScreen(self._presses)
        self._new = new
        self._today: Today | None = None
        self._changed = asyncio.Event()
        self._saves = 0
        self._first = None if new else database.submit(days.today)  # read while the screen is made

    def get_default_screen(self) -> Screen[None]:
        """The desk is under everything else; the day is on it from its first frame on."""
        if self._first is not None:
            try:
                self._show(self._first.result(timeout=SLOW_SECONDS))
            except Exception:  # whoever follows the room meets it again, and says so
                log.exception("the day could not be read at the start")
        return self._desk

    async def on_mount(self) -> None:
        """Show the day; the first time, ask the questions that make the room."""
        loop = asyncio.get_running_loop()
        for ending in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(ending, self.exit)
        if self._new:
            from hostdesk.screens.setup import SetupScreen

            await self.push_screen(SetupScreen(self._file, self._database))
        else:
            self._begin()

    def _begin(self) -> None:
        """The room is open: show its day, follow it, and look after its file."""
        self.run_worker(self._follow(), exit_on_error=False)
        self.run_worker(housekeeping.keep(self._database, self._refused), exit_on_error=False)

    def on_setup_screen_made(self, message: "SetupScreen.Made") -> None:
        """The room is there: open its desk, in its language."""
        self._new = False
        words.choose(message.room.language)
        self.action_desk()
        self._begin()

    async def on_unmount(self) -> None:
        """Let everything that waits reach the disk before the program ends."""
        self._presses.flush()

    def action_desk(self) -> None:
        """Back to the desk; before there is a room, to the questions that make it."""
        while len(self.screen_stack) > (2 if self._new else 1):
            self.pop_screen()

    def action_help(self) -> None:
        """Say what the keys do."""
        from hostdesk.screens import help_words
        from hostdesk.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            says = help_words.setup(self._file) if self._new else help_words.desk(self._file)
            self.push_screen(HelpScreen(says))

    async def action_quit(self) -> None:
        """Stop, after what is on its way to the disk; say so first when that does not get there."""
        # This key overtakes keys that still pass through the screen: wait until they have been answered.
        self.screen.call_later(self.call_later, self._stop)

    def _stop(self) -> None:
        self._leaving.asked(len(self._presses))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers: what the keys of this screen do, and nothing that writes a file."""
        for command in keys.AT_THE_DESK:
            active = screen.active_bindings.get(command.keys[0])
            if active and active.binding.description == command.label:
                title = f"{gettext(command.label).capitalize()}  ({command.key_face})"
                do = partial(self.run_action, active.binding.action, active.node)
                yield SystemCommand(title, gettext(command.help), do)
        yield SystemCommand(gettext(N_("Help")), gettext(N_("What the keys do.")), self.action_help)
        if not self._new:
            look = gettext(N_("Light or dark"))
            yield SystemCommand(look, gettext(N_("Change the look.")), self.action_change_look)
        stop = gettext(N_("Leave the program; what was counted is kept."))
        yield SystemCommand(f"{gettext(N_('Stop'))}  (ctrl+q)", stop, self.action_quit)

    async def action_change_look(self) -> None:
        """Light instead of dark, or the other way round; the room keeps it."""
        names = [theme.name for theme in themes.THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        try:
            await self._database.run(lambda: room.choose_theme(self.theme))
        except HostdeskError as error:
            self.tell(say(error))

    async def _follow(self) -> None:
        """Read the day each time it may have changed: by another process, or by the clock."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop has ended, and with it the program
                loop.call_soon_threadsafe(self._changed.set)

        self._database.watch(_signs_of_change, wake)
        while True:
            self._changed.clear()
            try:
                asked = self._saves
                today = await self._database.run(days.today)
                if asked == self._saves:  # otherwise a press that was saved meanwhile is shown already
                    self._show(today)
            except HostdeskError as error:
                self._desk.show_unread(error)
            except Exception:
                log.exception("the day could not be read")
            await self._changed.wait()

    def _show(self, today: Today) -> None:
        if self._today is None and today.room.theme != self.theme:
            self.theme = today.room.theme
        self._today = today
        self._desk.show(today)

    def _saved(self, press: Press) -> None:
        self._saves += 1
        self._desk.show_saved(press)
        # Once the number is painted: reading the whole day beside it would hold it up.
        self._desk.call_after_refresh(self._changed.set)

    def _refused(self, error: HostdeskError) -> None:
        self._desk.show_refusal(error)

    def _waiting(self, waiting: Waiting) -> None:
        self._desk.show_waiting(waiting)
        self._leaving.waiting(waiting)

    def _warn_of_loss(self, n: int) -> None:
        """Somebody wants to stop while the disk takes nothing."""
        text = ngettext(
            "{n} count is not saved yet. ctrl+q again stops anyway, and loses it.",
            "{n} counts are not saved yet. ctrl+q again stops anyway, and loses them.",
            n,
        )
        self.tell(text.format(n=n))


def _signs_of_change() -> tuple[int, str]:
    """What differs as soon as the screen may be out of date: another process wrote, the minute changed."""
    return connection.changes_elsewhere(), clock.now().isoformat(timespec="minutes")


def run(file: Path) -> int:
    """Open the room and its desk, or the set-up when there is no room yet; the exit code.

    Raises:
        HostdeskError: what is there cannot be opened.
    """
    database = DatabaseThread()
    try:
        new = not _is_open(database, file)
        logfile.keep(file)
        app = HostdeskApp(file, database, new=new)
        app.run()
        return app.return_code or 0
    finally:
        database.end()


def _is_open(database: DatabaseThread, file: Path) -> bool:
    """Open the room; False when there is none yet."""
    try:
        database.open(file).result()
    except NoRoom:
        return False
    return True
