"""The program on the terminal: the one place where the screens, the database thread and the keys meet."""

import asyncio
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from db import connection, door, room
from db.door import Today
from db.errors import HostdeskError
from db.thread import DatabaseThread
from hostdesk import logfile, themes
from hostdesk.driver import TerminalDriver
from hostdesk.logfile import log
from hostdesk.presses import Press, Presses
from hostdesk.screens.desk import DeskScreen
from hostdesk.words import N_, gettext

FOLLOW_SECONDS = 0.25
"""How often to look whether another process wrote, or the minute changed."""


class HostdeskApp(App[None]):
    """The desk's program."""

    TITLE = "hostdesk"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", N_("help"), key_display="F1", system=True),
        Binding("f2", "desk", N_("desk"), show=False),
    ]
    CSS = """
    Screen { background: $background; color: $foreground; }
    """

    def __init__(self, file: Path, database: DatabaseThread) -> None:
        """Show the room in this file, which the database thread has open."""
        super().__init__(driver_class=TerminalDriver)
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.DARK.name
        self.animation_level = "none"
        self._file = file
        self._database = database
        self._presses = Presses(database, saved=self._saved, refused=self._refused, waiting=self._waiting)
        self._desk = DeskScreen(self._presses)
        self._today: Today | None = None

    def get_default_screen(self) -> Screen[None]:
        """The desk comes first."""
        return self._desk

    async def on_mount(self) -> None:
        """Show the day, then follow what others write."""
        loop = asyncio.get_running_loop()
        for ending in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(ending, self.exit)
        self.run_worker(self._follow(), exit_on_error=False)

    async def on_unmount(self) -> None:
        """Let everything that waits reach the disk before the program ends."""
        self._presses.flush()

    def action_desk(self) -> None:
        """Back to the desk."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_help(self) -> None:
        """Say what the keys do."""
        from hostdesk.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers: no screenshots, nothing that writes a file."""
        yield SystemCommand(gettext(N_("Help")), gettext(N_("What the keys do")), self.action_help)
        yield SystemCommand(
            gettext(N_("Light or dark")), gettext(N_("Change the look")), self.action_change_look
        )
        yield SystemCommand(gettext(N_("Stop")), gettext(N_("Leave the program")), self.action_quit)

    async def action_change_look(self) -> None:
        """Light instead of dark, or the other way round; the room keeps it."""
        names = [theme.name for theme in themes.THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        await self._database.run(lambda: room.choose_theme(self.theme))

    async def _follow(self) -> None:
        """Read the day when it may have changed: by another process, or by the clock."""
        seen: tuple[int, str] | None = None
        while True:
            try:
                now = await self._database.run(_signs_of_change)
                if now != seen:
                    self._show(await self._database.run(door.today))
                    seen = now
            except HostdeskError as error:
                self._desk.show_refusal(error)
            except Exception:
                log.exception("the day could not be read")
            await asyncio.sleep(FOLLOW_SECONDS)

    def _show(self, today: Today) -> None:
        if self._today is None and today.room.theme != self.theme:
            self.theme = today.room.theme
        self._today = today
        self._desk.show(today)

    def _saved(self, press: Press, today: Today | None) -> None:
        self._desk.show_saved(press)
        if today is not None:
            self._show(today)

    def _refused(self, error: HostdeskError) -> None:
        self._desk.show_refusal(error)

    def _waiting(self, waiting: object) -> None:
        self._desk.show_waiting(waiting)  # type: ignore[arg-type]


def _signs_of_change() -> tuple[int, str]:
    """What differs as soon as the screen may be out of date."""
    from db import clock

    return connection.changes_elsewhere(), clock.now().isoformat(timespec="minutes")


def run(file: Path) -> int:
    """Open the room and its desk; the exit code.

    Raises:
        HostdeskError: the room cannot be opened.
    """
    database = DatabaseThread()
    try:
        database.open(file).result()
        logfile.keep(file)
        app = HostdeskApp(file, database)
        app.run()
        return app.return_code or 0
    finally:
        database.end()
