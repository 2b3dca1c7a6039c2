"""The board in this process, for stories: its keys, its screen, and what it asks of the program around it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot

from db import board, connection
from db.states import State
from db.thread import DatabaseThread
from hostdesk import words
from hostdesk.board_requests import AskAbout, ChangeCard, FillIn, GiveUp, OpenThread, PlanWishes
from hostdesk.deeds import Deeds
from hostdesk.dialogs import change, sessions
from hostdesk.dialogs.form import Dialog
from hostdesk.program import Program
from hostdesk.screens.board import BoardScreen
from hostdesk.screens.board_thread import ThreadScreen
from tests.desks import Desk


class BoardApp(Program):
    """A program around the board alone: it reads the cards when they changed, and keeps what is asked."""

    def __init__(self, file: Path, database: DatabaseThread) -> None:
        super().__init__(file)
        self._database = database
        self.deeds = Deeds()
        self.board = BoardScreen(database, self.deeds)
        self.asked: list[object] = []

    async def on_mount(self) -> None:
        await self.push_screen(self.board)

    async def on_board_changed(self) -> None:
        self.board.read()

    def on_open_thread(self, message: OpenThread) -> None:
        self.push_screen(ThreadScreen(self._database, self.deeds, *message.card.key))

    def on_plan_wishes(self, message: PlanWishes) -> None:
        self.asked.append(message.wishes)

    def on_ask_about(self, message: AskAbout) -> None:
        self.asked.append(("ask", *message.card.key, message.card.title))

    def on_give_up(self, message: GiveUp) -> None:
        self.asked.append(("not feasible", *message.card.key, message.card.state, message.stops))

    def on_fill_in(self, message: FillIn) -> None:
        self._ask(sessions.form(message, self._database, self.deeds))

    def on_change_card(self, message: ChangeCard) -> None:
        self._ask(change.form(message.card, self._database, self.deeds))

    def _ask(self, dialog: Dialog) -> None:
        def left(sentence: str | None) -> None:
            if sentence and isinstance(self.screen, ThreadScreen):
                self.screen.tell(sentence)

        self.push_screen(dialog, left)


class Board(Desk):
    """Somebody at the board."""

    app: BoardApp

    def __init__(self, app: App[None], pilot: "Pilot[None]", database: DatabaseThread) -> None:
        super().__init__(app, pilot, database)  # type: ignore[arg-type]

    async def press(self, *keys: str, every: float = 0.4) -> None:
        """Press these keys, one after another."""
        await self.pilot.press(*keys)

    def line(self, text: str) -> str:
        """The line of the screen that this stands on."""
        return next(line for line in self.screen.splitlines() if text in line)


@asynccontextmanager
async def at_the_board(
    file: Path, size: tuple[int, int] = (80, 24), language: str = "nl"
) -> AsyncIterator[Board]:
    """The board of this room, open and read."""
    words.choose(language)
    database = DatabaseThread()
    try:
        await asyncio.wrap_future(database.open(file))
        app = BoardApp(file, database)
        async with app.run_test(size=size) as pilot:
            here = Board(app, pilot, database)
            await here.until(lambda: app.board._view._cards is not None)
            await pilot.pause()
            yield here
    finally:
        database.end()


def story(
    file: Path, told: Callable[[Board], Coroutine[None, None, None]], size: tuple[int, int] = (80, 24)
) -> None:
    """Somebody at the board of this room."""

    async def happens() -> None:
        async with at_the_board(file, size) as here:
            await told(here)

    asyncio.run(happens())


def states(file: Path) -> dict[str, State]:
    """Where each wish stands, by its words."""
    connection.open(file)
    found = {one.text: one.state for one in board.everything().wishes}
    connection.close()
    return found
