"""The program on the terminal: the one place where the screens, the database thread and the keys meet."""

import asyncio
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from db import clock, connection, days, programme, room
from db.days import Today
from db.errors import HostdeskError, NoRoom
from db.programme import Programme, Slot
from db.thread import DatabaseThread
from hostdesk import housekeeping, logfile, place, themes, words
from hostdesk.commands import keys
from hostdesk.doorbell import Doorbell
from hostdesk.drafts import Drafts
from hostdesk.keys_in_turn import OF_A_KEY
from hostdesk.leaving import Leaving
from hostdesk.logfile import log
from hostdesk.presses import SLOW_SECONDS, Press, Presses, Waiting
from hostdesk.program import Program
from hostdesk.screens import desk_words
from hostdesk.screens.desk import DeskScreen
from hostdesk.words import N_, day, gettext, ngettext, say

if TYPE_CHECKING:
    from db.advice import Advice
    from db.board import Cards
    from db.duties import OnDuty, Shift
    from db.handover import Handover
    from db.logbook import Entry
    from db.people import Somebody
    from hostdesk.board_requests import AskAbout, ChangeCard, FillIn, GiveUp, OpenThread, PlanWishes
    from hostdesk.deeds import Deeds
    from hostdesk.dialogs.form import Dialog
    from hostdesk.screens.advice import AdviceScreen
    from hostdesk.screens.board import BoardScreen
    from hostdesk.screens.board_thread import ThreadScreen
    from hostdesk.screens.closing import ClosingScreen
    from hostdesk.screens.figures import FiguresScreen
    from hostdesk.screens.help_words import Help
    from hostdesk.screens.log import LogScreen
    from hostdesk.screens.roster import RosterScreen
    from hostdesk.screens.setup import SetupScreen
    from hostdesk.screens.start import StartScreen
    from hostdesk.screens.weekly import WeeklyScreen


DRAFT_SECONDS = 1.0
"""How much of what is being typed a crash may take."""

DOUBT_SECONDS = 12
"""So long a sentence stands that asks something to be done."""

HANDOVER_SECONDS = 1.0
"""After the start: the counter stands before what the shift should know."""

SETTLED_SECONDS = 0.03
"""After a count: the rest of the day is read once the number stands on the terminal."""


@dataclass(frozen=True)
class Seen:
    """What was read for the screens that stand, all at one moment."""

    today: Today
    programme: Programme
    cards: "Cards | None" = None
    """For the board, when it stands."""
    advice: "tuple[Advice, ...] | None" = None
    """For the list of questions, when it stands."""
    handover: "Handover | None" = None
    """For the desk, when it may have changed."""


class HostdeskApp(Program):
    """The desk's program."""

    TITLE = "hostdesk"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", N_("help"), key_display="F1", system=True),
        Binding("f2", "desk", N_("desk"), show=False, priority=True),
        Binding("f3", "board", N_("board"), key_display="F3", priority=True),
        Binding("f4", "log", N_("log"), show=False, priority=True),
        Binding("f5", "roster", N_("roster"), show=False, priority=True),
        Binding("f6", "figures", N_("figures"), show=False, priority=True),
        keys.WISH.binding("wish", show=False),
        keys.ASK.binding("ask", show=False),
        keys.NOTE.binding("note", show=False),
    ]

    def __init__(self, file: Path, database: DatabaseThread, *, new: bool = False) -> None:
        """Show the room in this file, which the database thread has open; or make it there first."""
        super().__init__(file)
        self._database = database
        self._presses = Presses(database, saved=self._saved, refused=self._refused, waiting=self._waiting)
        self._leaving = Leaving(leave=self.exit, warn=self._warn_of_loss)
        self._doorbell = Doorbell(self._presses)
        self._desk = DeskScreen(self._presses)
        self._board: BoardScreen | None = None
        self._thread: ThreadScreen | None = None
        self._advice: AdviceScreen | None = None
        self._roster: RosterScreen | None = None
        self._logbook: LogScreen | None = None
        self._start: StartScreen | None = None
        self._weekly: WeeklyScreen | None = None
        self._figures: FiguresScreen | None = None
        self._closing_shift: ClosingScreen | None = None
        self._drafts = Drafts(file)
        self._half_typed: Callable[[], None] | None = None
        self._new = new
        self._today: Today | None = None
        self.unreadable: HostdeskError | None = None
        """Why the desk ended without ever having shown a day."""
        self._handover: Handover | None = None
        self._settled, self._ask_handover = False, False
        self._changed = asyncio.Event()
        self._saves = 0
        self._first = None if new else database.submit(_read)  # read while the screen is made

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
        self.run_worker(housekeeping.keep(self._file, self._say), exit_on_error=False)
        self.set_timer(HANDOVER_SECONDS, self._settle)

    def _settle(self) -> None:
        """The desk stands: what the shift should know can be read too."""
        self._settled = True
        self._look_again()

    def on_setup_screen_made(self, message: "SetupScreen.Made") -> None:
        """The room is there: open its desk, in its language."""
        self._new = False
        words.choose(message.room.language)
        self.action_desk()
        self._begin()

    async def on_unmount(self) -> None:
        """Let everything that waits reach the disk before the program ends."""
        self._keys.end()
        self._presses.flush()
        self._keep_half_typed()
        self._drafts.close()

    def action_desk(self) -> None:
        """Back to the desk; before there is a room, to the questions that make it."""
        self._back_to(self.screen_stack[1] if self._new else self._desk)

    @cached_property
    def _deeds(self) -> "Deeds":
        """What was done on the board or beside the door, and can be taken back; loaded when something is."""
        from hostdesk.deeds import Deeds

        return Deeds()

    def _look_again(self) -> None:
        """Something may have changed beside the door: all that stands on the screens is read again."""
        self._ask_handover = self._settled
        self._changed.set()

    def _back_to(self, screen: Screen[Any]) -> None:
        """Close what stands over this screen; what is half typed is kept."""
        while self.screen is not screen:
            self.pop_screen()
        self._keep_half_typed()

    def action_board(self) -> None:
        """The activity board; it stays alive, as it was left."""
        if self._new:
            return
        if self._board is None:
            from hostdesk.screens.board import BoardScreen

            self._board = BoardScreen(self._database, self._deeds)
            self.install_screen(self._board, "board")
        self._stand(self._board)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The board's key shows where there is a board that does not stand yet; a form may have F2 itself."""
        if action == "board" and (self._new or self.screen is self._board):
            return False
        if action == "roster" and (self._new or self.screen is self._roster):
            return False
        if action == "log" and (self._new or self.screen is self._logbook):
            return False
        if action == "figures" and (self._new or self.screen is self._figures):
            return False
        if action == "desk" and "f2" in self.screen._bindings.key_to_bindings:
            return False  # the app's own key would come first, and what was filled in would be gone
        return super().check_action(action, parameters)

    def action_questions(self) -> None:
        """The questions to professionals, and what they answered."""
        if self._new:
            return
        if self._advice is None:
            from hostdesk.screens.advice import AdviceScreen

            self._advice = AdviceScreen(self._database)
            self.install_screen(self._advice, "advice")
        self._stand(self._advice)

    def action_log(self) -> None:
        """The shift log."""
        if self._new:
            return
        if self._logbook is None:
            from hostdesk.screens.log import LogScreen

            self._logbook = LogScreen(self._database)
            self.install_screen(self._logbook, "log")
        self._stand(self._logbook)

    def action_note(self) -> None:
        """Write a note in the log."""
        if self._new or self.screen.is_modal:
            return
        from hostdesk.dialogs.note import NoteDialog

        self._type("note", NoteDialog(self._database, self._drafts.of("note")))

    def on_log_screen_deal_with(self, message: "LogScreen.DealWith") -> None:
        """Say how an open point was dealt with."""
        self._deal_with(message.entry)

    def _deal_with(self, entry: "Entry") -> None:
        from db import log as notes

        self._say_about(
            entry,
            label=gettext(N_("How was it dealt with?")),
            longest=notes.LONGEST_HOW,
            write=lambda how: notes.deal_with(entry.id, how, by=place.who()),
            told=gettext(N_("Dealt with.")),
        )

    def on_log_screen_amend(self, message: "LogScreen.Amend") -> None:
        """Say a note better; what it said stays one step away."""
        from db import log as notes

        self._say_about(
            message.entry,
            label=gettext(N_("Note")),
            longest=notes.LONGEST,
            write=lambda text: notes.amend(message.entry.id, text, by=place.who()),
            told=gettext(N_("It says this now; what it said before is kept.")),
            text=message.entry.text or "",
        )

    def _say_about(self, entry: "Entry", **asked: Any) -> None:
        from db.text import visible
        from hostdesk.dialogs.note import SayDialog
        from hostdesk.words import shift

        title = f"{shift.note_kind(entry.kind)}: {visible(shift.text_of(entry))}"
        self.push_screen(SayDialog(self._database, title=title, **asked), self._told)

    def action_roster(self) -> None:
        """The roster: who is on when."""
        if self._new:
            return
        if self._roster is None:
            from hostdesk.screens.roster import RosterScreen

            self._roster = RosterScreen(self._database)
            self.install_screen(self._roster, "roster")
        self._stand(self._roster)

    def on_roster_screen_fill(self, message: "RosterScreen.Fill") -> None:
        """Put somebody on a shift."""
        self._fill(message.shift, message.instead_of)

    def _fill(self, shift: "Shift", instead_of: "OnDuty | None") -> None:
        from hostdesk.dialogs.on_duty import OnDutyDialog

        def dialog(here: room.Room, everybody: "tuple[Somebody, ...]") -> "Dialog":
            return OnDutyDialog(self._database, here, everybody, shift, instead_of)

        self._ask_of_everybody(dialog)

    def _ask_of_everybody(self, dialog: "Callable[[room.Room, tuple[Somebody, ...]], Dialog]") -> None:
        """Open a form in which one of the house is chosen; where nobody is known, say how that comes."""
        from db import people
        from hostdesk import trouble

        async def ask() -> None:
            here, everybody = await self._database.run(lambda: (room.current(), people.everybody()))
            if everybody:
                self.push_screen(dialog(here, everybody), self._told)
            else:
                self._told(gettext(N_("Nobody is known here yet: hostdesk person add NAME.")))

        self.run_worker(trouble.told(ask(), self._told), group=OF_A_KEY, exit_on_error=False)

    def action_figures(self) -> None:
        """The figures of a period; on its own, so that it leaves memory when it is left."""
        if self._new or self.screen is self._figures:
            return
        from hostdesk.screens.figures import FiguresScreen

        self._back_to(self._desk)
        self._figures = FiguresScreen(self._database)
        self.push_screen(self._figures)

    def action_start(self) -> None:
        """The beginning of the shift: who is here, and what must be read."""
        if self._new:
            return
        from hostdesk.screens.start import StartScreen

        self._back_to(self._desk)
        self._start = StartScreen(self._database)
        self.push_screen(self._start, self._told)

    def on_desk_screen_begin(self) -> None:
        """Somebody wants to begin the shift."""
        self.action_start()

    def on_start_screen_fill(self, message: "StartScreen.Fill") -> None:
        """Somebody comes, or stands in."""
        self._fill(message.shift, message.instead_of)

    def on_start_screen_ask_when_closed(self, message: "StartScreen.AskWhenClosed") -> None:
        """Nobody closed the shift before: when was it?"""
        from db import handover
        from hostdesk.dialogs.note import SayDialog
        from hostdesk.screens import start_words

        key = message.shift.key
        dialog = SayDialog(
            self._database,
            title=start_words.when_closed(message.shift),
            label=gettext(N_("Time (may be empty)")),
            longest=20,
            write=lambda said: handover.really_closed(key, said, by=place.who()),
            told=gettext(N_("Thank you; it is kept.")),
            in_words=False,
        )
        self.push_screen(dialog, self._told)

    def action_weekly(self) -> None:
        """The weekly pattern, over the roster."""
        from hostdesk.screens.weekly import WeeklyScreen

        self._weekly = WeeklyScreen(self._database)
        self.push_screen(self._weekly)

    def on_weekly_screen_add(self, message: "WeeklyScreen.Add") -> None:
        """Somebody comes every week."""
        from hostdesk.dialogs.weekly import WeeklyDialog

        self._ask_of_everybody(lambda _here, everybody: WeeklyDialog(self._database, everybody, message.like))

    def _tell_roster(self, sentence: str) -> None:
        if self._roster is not None:
            self._roster.tell(sentence)

    def action_closing(self) -> None:
        """Close the shift, or go on with that."""
        if self._closing_shift is None:
            from hostdesk.screens.closing import ClosingScreen

            self._closing_shift = ClosingScreen(self._database)
            self.install_screen(self._closing_shift, "closing")
        self._stand(self._closing_shift)

    def on_desk_screen_close(self) -> None:
        """Everybody goes home."""
        self.action_closing()

    def on_closing_screen_attend(self, message: "ClosingScreen.Attend") -> None:
        """Take the number of a session."""
        self._attend(message.slot)

    def on_closing_screen_deal_with(self, message: "ClosingScreen.DealWith") -> None:
        """Say how an open point was dealt with."""
        self._deal_with(message.entry)

    def on_closing_screen_correct(self, message: "ClosingScreen.Correct") -> None:
        """Take the hours of somebody as they really were."""
        from hostdesk.dialogs.was_here import WasHereDialog

        if self._today is not None:
            here, now = self._today.room, self._today.now
            self.push_screen(WasHereDialog(self._database, here, message.duty, now), self._told)

    def on_closing_screen_fill(self, message: "ClosingScreen.Fill") -> None:
        """Somebody was here who is not on the roster."""
        self._fill(message.shift, None)

    def on_closing_screen_closed(self, message: "ClosingScreen.Closed") -> None:
        """The shift is closed: the desk says so."""
        self.action_desk()
        self._told(message.told)

    def _stand(self, screen: Screen[None]) -> None:
        """Let this screen stand, over the desk and nothing else."""
        self._back_to(screen if screen in self.screen_stack else self._desk)
        if self.screen is not screen:
            self.push_screen(screen)
        self._look_again()

    def action_wish(self) -> None:
        """Write down a neighbour's wish."""
        if self._new or self.screen.is_modal:
            return
        from hostdesk.dialogs.wish import WishDialog

        self._type("wish", WishDialog(self._database, self._drafts.of("wish"), self._deeds), back=True)

    def _type(self, what: str, dialog: "Dialog", *, back: bool = False) -> None:
        """Let somebody type; what is not saved is there again the next time, whatever ends it."""

        def keep() -> None:
            self._drafts.keep(what, dialog.draft)

        def left(sentence: str | None) -> None:
            self._keep_half_typed()
            if sentence:
                self._drafts.keep(what, "")
            self._told(sentence, back=back)

        def end() -> None:
            now_and_then.stop()
            keep()

        now_and_then = self.set_interval(DRAFT_SECONDS, keep)
        self._half_typed = end
        self.push_screen(dialog, left)

    def _keep_half_typed(self) -> None:
        """Nobody types there any more."""
        if self._half_typed is not None:
            self._half_typed()
            self._half_typed = None

    def action_ask(self) -> None:
        """Ask advice, about the room in general."""
        if self._new or self.screen.is_modal:
            return
        from hostdesk.dialogs.one_line import AskDialog

        self._type("ask", AskDialog(self._database, draft=self._drafts.of("ask")))

    def _told(self, sentence: str | None, *, back: bool = False) -> None:
        """A dialog was left: say what it came to, and show it; at the desk too u may take it back."""
        if sentence is None:
            return
        if self.screen is self._desk:
            self._desk.tell(sentence, back=back)
        elif self._thread is not None and self._thread in self.screen_stack:
            self._thread.tell(sentence)
        elif self._board is not None and self._board in self.screen_stack:
            self._board.tell(sentence)
        elif self._logbook is not None and self.screen is self._logbook:
            self._logbook.tell(sentence)
        elif self._start is not None and self.screen is self._start:
            self._start.tell(sentence)
        elif self._weekly is not None and self.screen is self._weekly:
            self._weekly.tell(sentence)
        elif self.screen is self._roster:
            self._tell_roster(sentence)
        elif self._closing_shift is not None and self.screen is self._closing_shift:
            self._closing_shift.tell(sentence)
        else:
            self.tell(sentence)
        self._look_again()

    def on_desk_screen_attend(self, message: DeskScreen.Attend) -> None:
        """Take the number of a session."""
        self._attend(message.slot)

    def _attend(self, slot: Slot) -> None:
        from hostdesk.dialogs.attend import AttendDialog

        what = f"number {slot.id}"
        dialog = AttendDialog(self._database, slot, self._deeds.said, self._drafts.of(what))
        self._type(what, dialog, back=True)

    def on_desk_screen_take_back(self) -> None:
        """Take back what was done last beside the door."""
        from hostdesk import trouble

        async def take_back() -> None:
            _, told = await self._database.run(self._deeds.take_back)
            self._desk.message = told
            self._changed.set()

        self.run_worker(trouble.told(take_back(), self._say), group=OF_A_KEY, exit_on_error=False)

    def on_desk_screen_let_be(self, message: DeskScreen.LetBe) -> None:
        """A number that nobody knows is not asked for again."""
        from db import sessions

        self._write(lambda: sessions.asked_about(message.slot.id))

    def on_desk_screen_read(self, message: DeskScreen.Read) -> None:
        """Show advice, and keep that somebody has read it."""
        from hostdesk.screens import help_words
        from hostdesk.screens.help import HelpScreen

        self.push_screen(HelpScreen(help_words.advice(message.answer)))
        from db import advice

        self._write(lambda: advice.mark_read(message.answer.id, by=place.who()))

    def on_open_thread(self, message: "OpenThread") -> None:
        """Show everything behind a card."""
        from hostdesk.screens.board_thread import ThreadScreen

        self._thread = ThreadScreen(self._database, self._deeds, *message.card.key)
        self.push_screen(self._thread)

    def on_plan_wishes(self, message: "PlanWishes") -> None:
        """Plan wishes."""
        from hostdesk.dialogs.plan import PlanDialog

        what = f"plan {message.wishes}"
        self._type(what, PlanDialog(self._database, message.wishes, self._drafts.of(what)))

    def on_ask_about(self, message: "AskAbout") -> None:
        """Ask advice about a card."""
        from hostdesk.dialogs.one_line import AskDialog

        card = message.card
        what = f"ask {card.kind} {card.number}"
        dialog = AskDialog(self._database, card.kind, card.number, card.title, self._drafts.of(what))
        self._type(what, dialog)

    def on_give_up(self, message: "GiveUp") -> None:
        """Something does not work out: the board keeps why."""
        from db.states import State
        from hostdesk.dialogs.one_line import ReasonDialog

        give_up = partial(self._deeds.move, message.card, State.NOT_FEASIBLE)
        card = message.card
        what = f"not feasible {card.kind} {card.number}"
        draft = self._drafts.of(what)
        self._type(what, ReasonDialog(self._database, card.title, give_up, message.stops, draft))

    def on_fill_in(self, message: "FillIn") -> None:
        """Something is to be said of a session."""
        from hostdesk.dialogs.sessions import form

        what = f"{message.form} {message.session.id}"
        self._type(what, form(message, self._database, self._deeds, self._drafts.of(what)))

    def on_change_card(self, message: "ChangeCard") -> None:
        """A wish is to be written better, or an activity changed."""
        from hostdesk.dialogs.change import form

        self.push_screen(form(message.card, self._database, self._deeds), self._told)

    def on_page_screen_changed(self) -> None:
        """Something was written on a page."""
        self._look_again()

    def on_board_changed(self) -> None:
        """Something was written on the board."""
        self._look_again()

    def _write(self, work: Callable[[], object]) -> None:
        """Write something beside the door, and show what it changed; no key waits for it."""

        async def write() -> None:
            try:
                await self._database.run(work)
            except HostdeskError as error:
                self.tell(say(error))
            except Exception:
                log.exception("a bug: something beside the door was not written")
                self.tell(say(HostdeskError()))
            self._look_again()

        self.run_worker(write(), exit_on_error=False)

    def on_key(self, event: events.Key) -> None:
        """Somebody comes in while another screen stands, on which that key means nothing else."""
        elsewhere = not (self._new or self.screen.is_modal or self.screen is self._desk)
        taken = event.key in self.screen._bindings.key_to_bindings
        if elsewhere and not taken and self._doorbell.rings(event):
            event.prevent_default()
        self._doorbell.hears(event)

    def action_help(self) -> None:
        """Say what the keys do."""
        from hostdesk.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self._help()))

    def _help(self) -> "Help":
        """What the help says of the screen that stands."""
        from hostdesk.screens import help_words

        if self._new:
            return help_words.setup(self._file)
        if self.screen is self._desk:
            in_one = self._today is not None and self._today.sample_week
            return help_words.desk(self._file, sample_week=in_one)
        if self._roster is not None and self._roster in self.screen_stack:
            return help_words.roster()
        if self._start is not None and self._start in self.screen_stack:
            return help_words.start()
        if self._figures is not None and self._figures in self.screen_stack:
            return help_words.figures()
        if self._logbook is not None and self._logbook in self.screen_stack:
            return help_words.log()
        if self._closing_shift is not None and self._closing_shift in self.screen_stack:
            return help_words.closing()
        if self._thread is not None and self._thread in self.screen_stack:
            return help_words.thread()
        on_advice = self._advice is not None and self._advice in self.screen_stack
        return help_words.questions() if on_advice else help_words.board()

    async def action_quit(self) -> None:
        """Stop, after what is on its way to the disk; say so first when that does not get there."""
        self._leaving.asked(len(self._presses))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers: what the keys of this screen do, and nothing that writes a file."""
        with_help: Iterable[object] = (
            self._board,
            self._thread,
            self._roster,
            self._logbook,
            self._advice,
            self._figures,
        )
        if screen in with_help:
            yield from self._keys_of(screen)
        for command in (*keys.AT_THE_DESK, *keys.IN_A_SAMPLE_WEEK):
            active = screen.active_bindings.get(command.keys[0])
            if active and active.binding.description == command.label:
                title = f"{gettext(command.label).capitalize()}  ({command.key_face})"
                do = partial(self.run_action, active.binding.action, active.node)
                yield SystemCommand(title, gettext(command.help), do)
        if not self._new:
            questions = gettext(N_("Questions and advice"))
            explained = gettext(N_("The questions that wait for advice, and the answers."))
            yield SystemCommand(questions, explained, self.action_questions)
        yield SystemCommand(gettext(N_("Help")), gettext(N_("What the keys do.")), self.action_help)
        if not self._new:
            look = gettext(N_("Light or dark"))
            yield SystemCommand(look, gettext(N_("Change the look.")), self.action_change_look)
        stop = gettext(N_("Leave the program; what was counted is kept."))
        yield SystemCommand(f"{gettext(N_('Stop'))}  (ctrl+q)", stop, self.action_quit)

    def _keys_of(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the keys that stand on this screen's bar do, as its help explains them."""
        explained = {face: says for faces, says in self._help().keys for face in faces.split()}
        offered = {active.binding.action: active for active in screen.active_bindings.values()}
        for active in offered.values():
            binding = active.binding
            face = binding.key_display or binding.key
            shown = binding.show and active.enabled and not binding.system
            if active.node is screen and shown and face in explained:
                do = partial(self.run_action, binding.action, screen)
                title = f"{gettext(binding.description).capitalize()}  ({face})"
                yield SystemCommand(title, explained[face], do)

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
                loop.call_soon_threadsafe(self._look_again)

        self._database.watch(_signs_of_change, wake)
        while True:
            self._changed.clear()
            try:
                asked = self._saves
                seen = await self._database.run(self._what_to_read())
                if asked == self._saves:  # otherwise a press that was saved meanwhile is shown already
                    self._show(seen)
            except HostdeskError as error:
                self._desk.show_unread(error)
                if self._today is None:  # from its start: there is no desk to go on with
                    self.unreadable = error
                    self.exit()
            except Exception:
                log.exception("the day could not be read")
            await self._changed.wait()

    def _what_to_read(self) -> "Callable[[], Seen]":
        """What the screen that stands shows, in one trip to the database thread."""
        past = self._board.past if self._board is not None else None
        handover, self._ask_handover = self._ask_handover, False
        return partial(
            _read,
            handover=handover,
            cards=self._stands(self._board),
            past=past,
            questions=self._stands(self._advice),
        )

    def _stands(self, screen: Screen[Any] | None) -> bool:
        """Whether this screen can be seen, be it under a dialog."""
        return screen is not None and screen.is_mounted and screen in self.screen_stack

    def _show(self, seen: Seen) -> None:
        today = seen.today
        if self._today is None and today.room.theme != self.theme:
            self.theme = today.room.theme
        self._today = today
        self._handover = seen.handover or self._handover
        self._desk.show(today, seen.programme, self._handover)
        if self._board is not None and seen.cards is not None:
            self._board.show(seen.cards)
        if self._advice is not None and seen.advice is not None:
            self._advice.show(seen.advice)
        if self._roster is not None and self._stands(self._roster):
            self._roster.read()
        if self._logbook is not None and self._stands(self._logbook):
            self._logbook.read()
        if self._start is not None and self._stands(self._start):
            self._start.read()
        if self._figures is not None and self._stands(self._figures):
            self._figures.read()
        if self._closing_shift is not None and self._stands(self._closing_shift):
            self._closing_shift.read()

    def _saved(self, press: Press) -> None:
        self._saves += 1
        self._desk.show_saved(press)
        if self.screen is not self._desk and press.row and self._today:
            self.clear_notifications()
            doubt = self._doorbell.doubt(press)
            said = (
                f"{day.last(self._today, press.row)}. {doubt}" if doubt else day.last(self._today, press.row)
            )
            self.notify(said, timeout=DOUBT_SECONDS if doubt else 4, markup=False)
        # Python runs one thread at a time: read at once, the rest of the day would keep the number from
        # the thread that writes it to the terminal. And of presses in a row it is read once.
        if self._handover is not None and self._handover.opens_with_a_visitor:
            self._ask_handover = True
        asyncio.get_running_loop().call_later(SETTLED_SECONDS, self._changed.set)

    def _refused(self, error: HostdeskError) -> None:
        self._say(say(error))

    def _say(self, sentence: str) -> None:
        """Say it where the host looks, now and when they come back to the desk."""
        self._desk.message = sentence
        if self.screen is not self._desk:
            self.tell(sentence)

    def _waiting(self, waiting: Waiting) -> None:
        self._desk.show_waiting(waiting)
        if waiting.trouble and self.screen is not self._desk:
            self.clear_notifications()
            self.tell(desk_words.not_saved(waiting.n, waiting.trouble))
        self._leaving.waiting(waiting)

    def _warn_of_loss(self, n: int) -> None:
        """Somebody wants to stop while the disk takes nothing."""
        text = ngettext(
            "{n} count is not saved yet. ctrl+q again stops anyway, and loses it.",
            "{n} counts are not saved yet. ctrl+q again stops anyway, and loses them.",
            n,
        )
        self.tell(text.format(n=n))


def _read(
    *, handover: bool = False, cards: bool = False, past: int | None = None, questions: bool = False
) -> Seen:
    """Read what the screens that stand show."""
    seen = Seen(days.today(), programme.today())
    if handover:
        from db import handover as handovers

        at_the_desk = place.at_the_desk()
        seen = replace(seen, handover=handovers.now(place.who(), at_the_desk=at_the_desk))
    if not (cards or questions):
        return seen
    from db import advice, board

    return replace(
        seen,
        cards=board.cards(past) if cards else None,
        advice=(*advice.unanswered(), *advice.unread()) if questions else None,
    )


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
        if app.unreadable:
            raise app.unreadable
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
