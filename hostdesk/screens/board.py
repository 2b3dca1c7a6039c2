"""The activity board (F3, Bord): every wish and what came of it, in columns from heard to held."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from db import board, course
from db.board import Card, Cards
from db.states import Kind, State
from db.thread import DatabaseThread
from hostdesk import trouble, whose_keys
from hostdesk.board_requests import AskAbout, BoardChanged, GiveUp, OpenThread, PlanWishes
from hostdesk.commands import keys
from hostdesk.deeds import Deeds, Subject, neighbour, stops
from hostdesk.keys_in_turn import OF_A_KEY
from hostdesk.over_desk import OverDesk
from hostdesk.screens.board_piles import Key, Older, Piles, key_of
from hostdesk.screens.board_view import BoardView
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.words import N_, gettext


class BoardScreen(OverDesk[None]):
    """Shows the wishes and the activities, and moves them from column to column."""

    SUBJECT = "board"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("open"), key_display="Enter"),
        Binding("greater_than_sign,shift+right", "move(1)", N_("on"), key_display=">"),
        Binding("less_than_sign,shift+left", "move(-1)", N_("back"), key_display="<"),
        Binding("m", "me_too", N_("me too"), key_display="m"),
        Binding("p", "plan", N_("plan"), key_display="p"),
        Binding("a", "ask", N_("advice"), key_display="a"),
        Binding("slash,divide", "look_for", N_("look for"), key_display="/"),
        Binding("t", "theme", N_("theme"), key_display="t"),
        Binding("asterisk,multiply,space", "mark", N_("mark"), key_display="*"),
        Binding("x", "not_feasible", N_("not feasible"), key_display="x"),
        Binding("u,backspace,full_stop,decimal", "take_back", N_("undo"), key_display="u"),
        keys.QUESTIONS.binding("questions"),
        Binding("escape,0", "back", N_("desk"), key_display="Esc", system=True),
        Binding("right,6", "column(1)", show=False),
        Binding("left,4", "column(-1)", show=False),
        Binding("down,2", "card(1)", show=False),
        Binding("up,8", "card(-1)", show=False),
        Binding("pagedown,3", "page(1)", show=False),
        Binding("pageup,9", "page(-1)", show=False),
        Binding("home,7", "card(-100000)", show=False),
        Binding("end,1", "card(100000)", show=False),
    ]
    DEFAULT_CSS = """
    BoardScreen {
        ToastRack { margin-bottom: 3; }  /* what is marked, and the keys, stay in sight */
    }
    """

    def __init__(self, database: DatabaseThread, deeds: Deeds) -> None:
        """Show the room that this thread has open, and do things there that can be taken back."""
        super().__init__()
        self._database = database
        self._deeds = deeds
        self._piles = Piles()
        self._view = BoardView(self._piles)
        self._opened = False
        self._typing = False
        self._came_from = State.RECEIVED
        self._message = ""
        self._turn = asyncio.Lock()
        self._planning: tuple[Key, ...] = ()
        """The wishes that somebody plans now."""

    def compose(self) -> ComposeResult:
        """The board, and what the keys do."""
        yield self._view
        yield KeyBar(most=2)

    @property
    def _past(self) -> int | None:
        """How many cards of what is past the board wants to be shown; all of them with None."""
        return None if self._opened or self._piles.is_filtered else board.PAST_SHOWN

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who asks for advice reads it at the desk; who only answers has the questions here."""
        if action == "questions" and not whose_keys.only_answers():
            return False
        return super().check_action(action, parameters)

    async def action_questions(self) -> None:
        """Show the questions that wait, and the answers."""
        await self.run_action("app.questions")

    def read(self) -> None:
        """Show the cards as they are now, in place: the focus, what can be seen and the marks stay."""
        self._view.along = len(self.others)
        self._view.questions = self.questions if self.check_action("questions", ()) else 0
        trouble.meanwhile(self, self._read, self.tell)

    def tell(self, sentence: str) -> None:
        """Say what just happened."""
        self._message = sentence
        self._view.say(sentence, typing=self._typing)

    def on_screen_resume(self) -> None:
        """Whoever comes back to the board finds it in order."""
        self._read_for_a_key(tidy=True)

    def on_screen_suspend(self) -> None:
        """Older cards are read as long as somebody looks at them, and no longer."""
        if self not in self.app.screen_stack:
            self._opened = False

    async def on_key(self, event: events.Key) -> None:
        """A new key answers what was said; while somebody types what they look for, it is a letter."""
        if self._message:
            self.tell("")
        if self._typing and self._typed(event):
            event.stop()
            event.prevent_default()

    def on_board_view_pressed_again(self) -> None:
        """Open the card that was pressed."""
        self.action_open()

    def action_column(self, step: int) -> None:
        """Go to the column beside this one."""
        self._piles.step(step)
        self._view.draw()

    def action_card(self, step: int) -> None:
        """Go up or down the column."""
        self._piles.pile.go(self._piles.pile.focus + step)
        self._view.draw()

    def action_page(self, step: int) -> None:
        """Go up or down by as many cards as can be seen."""
        self.action_card(step * self._view.fits)

    def action_open(self) -> None:
        """Show everything behind a card; or the older cards."""
        match self._piles.pile.focused:
            case Older():
                self._opened = True
                self._read_for_a_key()
                self.tell(gettext(N_("The older cards are shown too; Esc folds them again.")))
            case Card() as card:
                self.post_message(OpenThread(_subject(card)))

    def action_move(self, step: int) -> None:
        """Move the card to the column beside this one."""
        if card := self._piles.card:
            self._in_turn(partial(self._move, key_of(card), step))

    def action_me_too(self) -> None:
        """One more neighbour wants this."""
        if card := self._piles.card:
            self._in_turn(partial(self._one_more, key_of(card)))

    def action_take_back(self) -> None:
        """Take back what was done last on the board."""
        self._in_turn(self._take_back)

    def action_plan(self) -> None:
        """Plan the wishes that are marked, or else the one that the focus is on."""
        self._plan(self._piles.marked_cards() or ([self._piles.card] if self._piles.card else []))

    def action_ask(self) -> None:
        """Ask a professional for advice about the card."""
        if card := self._piles.card:
            self.post_message(AskAbout(_subject(card)))

    def action_not_feasible(self) -> None:
        """Say that this does not work out."""
        if card := self._piles.card:
            self._in_turn(partial(self._give_up, card))

    def action_mark(self) -> None:
        """Mark a wish, or take its mark away."""
        card = self._piles.card
        if card is None:
            return
        if card.kind is Kind.WISH:
            self._piles.mark(card)
            self._view.draw()
        else:
            self.tell(gettext(N_("Only wishes are marked, to plan them together.")))

    def action_look_for(self) -> None:
        """Begin to type what to look for."""
        self._typing = True
        self._came_from = self._piles.at
        self.tell("")

    def action_theme(self) -> None:
        """Show the next theme only; after the last one, all of them again."""
        choices: list[str | None] = [None, *self._piles.themes()]
        at = choices.index(self._piles.theme) if self._piles.theme in choices else 0
        self._look_for(self._piles.sought, choices[(at + 1) % len(choices)])

    def action_back(self) -> None:
        """Show all cards again when some are left out, fold the older ones, or else go back to the desk."""
        if self._piles.is_filtered:
            self._look_for("", None)
        elif self._opened:
            self._opened = False
            self._read_for_a_key(tidy=True)
        else:
            self.dismiss()

    def _plan(self, cards: list[Card]) -> None:
        numbers = tuple(card.id for card in cards if card.kind is Kind.WISH)
        if numbers:
            self._planning = tuple((Kind.WISH, number) for number in numbers)
            self.post_message(PlanWishes(numbers))
        elif cards:
            self.tell(gettext(N_("This has been planned already. Choose a wish to plan.")))

    async def _give_up(self, card: Card) -> None:
        if card.state is State.NOT_FEASIBLE:
            self.tell(gettext(N_("It stands there already.")))
        else:
            subject = _subject(card)
            self.post_message(GiveUp(subject, await self._database.run(partial(stops, subject))))

    async def _move(self, key: Key, step: int) -> None:
        """Move a card, as it stands when its turn comes."""
        card = self._piles.find(key)
        if card is None:
            return
        to = neighbour(card.kind, card.state, step, held=bool(card.held))
        if to is None and step > 0:
            self.tell(gettext(N_("This is the last column: it goes no further.")))
        elif to is None:
            self.tell(gettext(N_("This is the first column: it stands at the beginning.")))
        elif to is State.NOT_FEASIBLE:
            await self._give_up(card)
        elif card.kind is Kind.WISH and to is State.PLANNED:
            self._plan([card])
        else:
            said = await self._database.run(partial(self._deeds.move, _subject(card), to))
            self._piles.move(card, to, self._view.fits)
            self._written(said)

    async def _one_more(self, key: Key) -> None:
        """One more neighbour has this wish, or the first of those that this activity came of."""
        card = self._piles.find(key)
        if card is not None:
            said = await self._database.run(partial(self._deeds.me_too, _subject(card)))
            self._piles.change(replace(card, me_too=card.me_too + 1))
            self._written(said)

    async def _take_back(self) -> None:
        """Take back what was done last; its card goes back to where it was, and the focus with it."""
        key, said = await self._database.run(self._deeds.take_back)
        cards = await self._database.run(partial(board.cards, past=self._past))
        stood = self._piles.find(key) if key else None
        stands = next((one for some in cards.columns.values() for one in some if key_of(one) == key), None)
        if stood and stands and stood.state is not stands.state:
            self._piles.move(stood, stands.state, self._view.fits)
        self._lay(cards, tidy=False)
        self._written(said)

    def _written(self, sentence: str) -> None:
        """Show what was written, say so, and let everybody know."""
        self._view.draw()
        self.tell(sentence)
        self.post_message(BoardChanged())

    def _in_turn(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do what the keys ask in their order, each on the board as the one before it left it."""

        async def do() -> None:
            async with self._turn:
                error = await trouble.told(self, work(), self.tell)
            if isinstance(error, course.MovedMeanwhile):
                self.read()
                self.post_message(BoardChanged())

        self.run_worker(do(), group=OF_A_KEY, exit_on_error=False)

    def _read_for_a_key(self, *, tidy: bool = False) -> None:
        """Read the cards; the keys that come in meanwhile are for those, and wait."""
        self.run_worker(
            trouble.told(self, self._read(tidy=tidy), self.tell), group=OF_A_KEY, exit_on_error=False
        )

    async def _read(self, *, tidy: bool = False) -> None:
        """Read the cards, and show them."""
        self._lay(await self._database.run(partial(board.cards, past=self._past)), tidy=tidy)

    def _lay(self, cards: Cards, *, tidy: bool) -> None:
        before = {key_of(card) for card in self._piles.all_cards()}
        (self._piles.tidy if tidy else self._piles.take)(cards)
        self._follow_planned(before)
        if tidy:  # whoever planned, or did not, has come back from it
            self._planning = ()
        self._view.show(cards)

    def _follow_planned(self, before: set[Key]) -> None:
        """Whoever planned wishes goes along to what came of them; `before` are the cards that lay there."""
        if any(self._piles.find(wish) for wish in self._planning):
            return
        new = [card for card in self._piles.all_cards() if key_of(card) not in before]
        planned = [card for card in new if card.kind is Kind.ACTIVITY]
        if self._planning and planned:
            self._piles.stand_at(max(planned, key=lambda card: card.id))
            self._planning = ()

    def _look_for(self, sought: str, theme: str | None) -> None:
        """Show only what has these words, and this theme."""
        knew_all = self._past is None
        self._piles.look_for(sought, theme)
        if knew_all != (self._past is None):
            self._read_for_a_key()
        self._view.draw()
        self.tell(self._message)

    def _typed(self, event: events.Key) -> bool:
        """Whether a key belongs to what is being typed."""
        sought = self._piles.sought
        if event.key in ("enter", "escape"):
            self._typing = False
            if event.key == "escape":
                self._piles.at = self._came_from
            self._look_for("" if event.key == "escape" else sought, self._piles.theme)
        elif event.key == "backspace":
            self._look_for(sought[:-1], self._piles.theme)
        elif event.is_printable and event.character:
            self._look_for(sought + event.character, self._piles.theme)
        else:
            return False
        return True


def _subject(card: Card) -> Subject:
    """The card, for what is done with it."""
    return Subject(card.kind, card.id, card.title, card.state, card.reason or "")
