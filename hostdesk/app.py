"""The program on the terminal: the one place where the screens, the database thread and the keys meet."""

import asyncio
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from db import clock, connection, days, programme, roles, room
from db.days import Today
from db.errors import HostdeskError, NoRoom, Upgraded
from db.programme import Programme
from db.roles import NoLonger
from db.thread import DatabaseThread
from hostdesk import housekeeping, logfile, place, themes, whose_keys, words
from hostdesk.commands import keys
from hostdesk.company import Company
from hostdesk.doorbell import Doorbell
from hostdesk.forms import Forms
from hostdesk.keys_in_turn import OF_A_KEY
from hostdesk.leaving import Leaving, bound_to_end
from hostdesk.logfile import log
from hostdesk.over_desk import OverDesk
from hostdesk.presses import SLOW_SECONDS, Press, Presses, Waiting
from hostdesk.screens import desk_words
from hostdesk.screens.desk import DeskScreen
from hostdesk.welcome import Welcome
from hostdesk.words import N_, day, gettext, ngettext, say
from hostdesk.words import company as company_words

if TYPE_CHECKING:
    from db.handover import Handover
    from hostdesk.board_requests import OpenThread
    from hostdesk.help_words import Help
    from hostdesk.screens.closing import ClosingScreen
    from hostdesk.screens.figures import FiguresScreen
    from hostdesk.screens.figures_behind import BehindScreen
    from hostdesk.screens.setup import SetupScreen


T = TypeVar("T")

DOUBT_SECONDS = 12
"""So long a sentence stands that asks something to be done."""

ALARM_SECONDS = 7 * 86_400.0
"""So long it stands over a screen that a press is not saved, when nobody helps."""

HANDOVER_SECONDS = 1.0
"""After the start: the counter stands before what the shift should know."""

SETTLED_SECONDS = 0.03
"""After a count: the rest of the day is read once the number stands on the terminal."""


ONLY_READ = N_(
    "The disk can only be read now: what is counted is not saved. "
    "Keep tally on paper, and switch the machine off and on once."
)


@dataclass(frozen=True)
class Seen:
    """What was read for the desk, all at one moment."""

    today: Today
    programme: Programme
    handover: "Handover | None" = None
    """When it may have changed."""
    others: tuple[str | None, ...] = ()
    """Who looks along at other screens, by name; None at the desk, and nothing where no name is known."""
    takes_writing: bool = True
    """Whether a count can be saved, as far as the disk says so by itself."""


class HostdeskApp(Forms):
    """The desk's program."""

    TITLE = "hostdesk"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", N_("help"), key_display="F1", system=True),
        Binding("f2", "desk", N_("desk"), show=False, priority=True),
        Binding("f3", "board", N_("board"), show=False, priority=True),
        Binding("f4", "log", N_("log"), show=False, priority=True),
        Binding("f5", "roster", N_("roster"), show=False, priority=True),
        Binding("f6", "figures", N_("figures"), key_display="F6", show=False, priority=True),
        keys.WISH.binding("wish", show=False),
        keys.ASK.binding("ask", show=False),
        keys.NOTE.binding("note", show=False),
    ]

    def __init__(self, file: Path, database: DatabaseThread, *, new: bool = False) -> None:
        """Show the room in this file, which the database thread has open; or make it there first."""
        super().__init__(file, database, new=new)
        self._presses = Presses(
            database,
            saved=self._while_it_stands(self._saved),
            refused=self._while_it_stands(self._refused),
            waiting=self._while_it_stands(self._waiting),
        )
        self._leaving = Leaving(leave=self.exit, warn=self._warn_of_loss)
        self._doorbell = Doorbell(self._presses)
        self._desk = DeskScreen(self._presses)
        self.unreadable: HostdeskError | None = None
        """Why the desk ended: it never showed a day, or who came in may be here no more."""
        self._handover: Handover | None = None
        self._settled, self._ask_handover = False, False
        self._changed = asyncio.Event()
        self._saves = 0
        self._company = Company(file)
        self._others: tuple[str | None, ...] = ()
        self._welcome = Welcome()
        self._trouble = self._alarmed = ""
        self._of_the_disk = self._of_the_day = ""
        self.ending: Timer | None = None
        """What ends the program when its end does not come by itself."""
        self._first = None if new else database.submit(_read)  # read while the screen is made

    def get_default_screen(self) -> Screen[None]:
        """The desk is under everything else; the day is on it from its first frame on."""
        if self._first is not None:
            try:
                with suppress(TimeoutError):  # a slow card: it comes when it is read
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
        self._database.submit(partial(_come, self._company))
        self.run_worker(self._follow(), exit_on_error=False)
        self.run_worker(housekeeping.keep(self._file, self._looked_after), exit_on_error=False)
        self.set_timer(HANDOVER_SECONDS, self._settle)
        if not roles.may_read("door"):
            self.action_board()  # the counts of the desk are not what they come for

    def _settle(self) -> None:
        """The desk stands: what the shift should know can be read too; and what a crash left half typed."""
        self._settled = True
        self._look_again()
        says_more = self._desk.message or (self._today and self._today.doubt)
        if self.screen_stack[-1:] == [self._desk] and not says_more and self._drafts.of("note"):
            self._desk.message = gettext(N_("A note is half typed, and not saved: l goes on with it."))

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
        self._database.submit(self._company.go)
        self._keep_half_typed()
        self._drafts.close()

    def action_desk(self) -> None:
        """Back to the desk; before there is a room, to the questions that make it."""
        self._back_to(self.screen_stack[1] if self._new else self._desk)

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
        from hostdesk.screens.board import BoardScreen

        self._stand("board", lambda: BoardScreen(self._database, self._deeds))

    def action_questions(self) -> None:
        """The questions to professionals, and what they answered."""
        from hostdesk.screens.advice import AdviceScreen

        self._stand("questions", lambda: AdviceScreen(self._database))

    def action_log(self) -> None:
        """The shift log."""
        from hostdesk.screens.log import LogScreen

        self._stand("log", lambda: LogScreen(self._database))

    def action_roster(self) -> None:
        """The roster: who is on when."""
        from hostdesk.screens.roster import RosterScreen

        self._stand("roster", lambda: RosterScreen(self._database))

    def action_weekly(self) -> None:
        """The weekly pattern, over the roster."""
        from hostdesk.screens.weekly import WeeklyScreen

        self.push_screen(WeeklyScreen(self._database))

    def action_figures(self) -> None:
        """The figures of a period."""
        from hostdesk.screens.figures import FiguresScreen

        self._stand("figures", lambda: FiguresScreen(self._database), stays=False)

    def on_figures_screen_behind(self, message: "FiguresScreen.Behind") -> None:
        """Show what a figure means, and what it was made of."""
        from hostdesk.screens.figures_behind import BehindScreen

        self.push_screen(BehindScreen(self._database, message.name, message.period))

    def on_behind_screen_day(self, message: "BehindScreen.Day") -> None:
        """Show a day at the door, row by row."""
        from hostdesk.screens.figures_day import DoorDayScreen

        self.push_screen(DoorDayScreen(self._database, message.day))

    def action_start(self) -> None:
        """The beginning of the shift: who is here, and what must be read."""
        from hostdesk.screens.start import StartScreen

        self._stand("start", lambda: StartScreen(self._database), stays=False)

    def on_desk_screen_begin(self) -> None:
        """Somebody wants to begin the shift."""
        self.action_start()

    def action_closing(self) -> None:
        """Close the shift, or go on with that."""
        from hostdesk.screens.closing import ClosingScreen

        self._stand("closing", lambda: ClosingScreen(self._database))

    def on_desk_screen_close(self) -> None:
        """Everybody goes home."""
        self.action_closing()

    def on_closing_screen_closed(self, message: "ClosingScreen.Closed") -> None:
        """The shift is closed: the desk says so."""
        self.action_desk()
        self._told(message.told)

    def on_open_thread(self, message: "OpenThread") -> None:
        """Show everything behind a card."""
        from hostdesk.screens.board_thread import ThreadScreen

        self.push_screen(ThreadScreen(self._database, self._deeds, *message.card.key))

    def _stand(self, subject: str, make: Callable[[], OverDesk[Any]], *, stays: bool = True) -> None:
        """Let this screen stand, over the desk and nothing else; one that stays is left as it is then.

        Args:
            subject: whose screen it is.
            make: how it comes to be.
            stays: whether it lives on when it is left; otherwise it leaves memory.
        """
        if self._new:
            return
        if not whose_keys.may("app", subject):
            self.tell(say(roles.refusal()))
            return
        standing = [screen for screen in self._over_desk if subject == screen.SUBJECT]
        self._back_to(standing[0] if standing else self._desk)
        if not standing:
            if stays and not self.is_screen_installed(subject):
                self.install_screen(make(), subject)
            self.push_screen(subject if stays else make(), self._told)
        self._look_again()

    @property
    def _over_desk(self) -> list[OverDesk[Any]]:
        """What stands over the desk, the uppermost first; a dialog is none of them."""
        return [screen for screen in reversed(self.screen_stack) if isinstance(screen, OverDesk)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key shows where its screen does not stand yet and it is theirs; a form may have F2 itself."""
        if not whose_keys.may("app", action):
            return False
        if action in ("board", "log", "roster", "figures"):
            stands = isinstance(self.screen, OverDesk) and action == self.screen.SUBJECT
            return not (self._new or stands)
        if action == "desk" and "f2" in self.screen._bindings.key_to_bindings:
            return False  # the app's own key would come first, and what was filled in would be gone
        return super().check_action(action, parameters)

    def _told(self, sentence: str | None, *, back: bool | None = False) -> None:
        """A form or a screen was left: say what it came to, and show it; at the desk u may take it back."""
        if sentence is None:
            return
        if self.screen is self._desk:
            self._desk.tell(sentence, back=back)
        elif self._over_desk:
            self._over_desk[0].tell(sentence)
        else:
            self.tell(sentence)
        self._look_again()

    def on_desk_screen_take_back(self) -> None:
        """Take back what was done last beside the door."""
        from hostdesk import trouble

        async def take_back() -> None:
            _, told = await self._database.run(self._deeds.take_back)
            self._desk.message = told
            self._changed.set()

        self.run_worker(trouble.told(self, take_back(), self._say), group=OF_A_KEY, exit_on_error=False)

    def on_desk_screen_let_be(self, message: DeskScreen.LetBe) -> None:
        """A number that nobody knows is not asked for again."""
        from db import sessions

        self._write(lambda: sessions.asked_about(message.slot.id))

    def on_desk_screen_read(self, message: DeskScreen.Read) -> None:
        """Show advice, and keep that somebody has read it."""
        from hostdesk import help_words
        from hostdesk.screens.help import HelpScreen

        self.push_screen(HelpScreen(help_words.advice(message.answer)))
        from db import advice

        self._write(lambda: advice.mark_read(message.answer.id, by=place.who()))

    def on_desk_screen_questions(self) -> None:
        """Show the questions that wait."""
        self.action_questions()

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
        if not (self._new or self.screen.is_modal or self._is_theirs(event.key)):
            self.tell(say(roles.refusal()))

    def _is_theirs(self, key: str) -> bool:
        """Whether what a key does on the screen that stands, or on every one, is theirs who press it."""
        of = self._over_desk[0].SUBJECT if self._over_desk else "desk"
        for subject, standing in ((of, self.screen), ("app", self)):
            if bound := standing._bindings.key_to_bindings.get(key):
                return any(whose_keys.may_press(subject, binding) for binding in bound)
        return True

    def action_help(self) -> None:
        """Say what the keys do."""
        from hostdesk.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self._help()))

    def _help(self) -> "Help":
        """What the help says of the screen that stands."""
        from hostdesk import help_words

        if self._new:
            return help_words.setup(self._file)
        if self._over_desk:
            said = self._of_theirs(self._over_desk[0].explain(), self._over_desk[0].SUBJECT)
        else:
            in_one = self._today is not None and self._today.sample_week
            said = self._of_theirs(help_words.desk(self._file, sample_week=in_one), "desk")
        return replace(said, along=company_words.names(self._others))

    def _of_theirs(self, explained: "Help", subject: str) -> "Help":
        """The help without the keys that are not theirs who read it."""
        if roles.asking() is None:
            return explained
        screen = self._over_desk[0] if self._over_desk else self._desk
        theirs: dict[str, bool] = {}
        for of, standing in (("desk", self._desk), ("app", self), (subject, screen)):
            may: dict[str, bool] = {}
            for _, binding in standing._bindings:
                face = binding.key_display or binding.key
                may[face] = may.get(face, False) or whose_keys.may_press(of, binding)
            theirs |= may
        shown = [
            (faces, says)
            for faces, says in explained.keys
            if any(known := [theirs[face] for face in faces.split() if face in theirs]) or not known
        ]
        return replace(explained, keys=tuple(shown))

    def exit(self, *args: Any, **options: Any) -> None:
        """End, and within a bound where this is the program itself."""
        super().exit(*args, **options)
        if self.ending is None and not self.is_headless:
            self.ending = bound_to_end(place.log_file(self._file))

    async def action_quit(self) -> None:
        """Stop, after what is on its way to the disk; say so first when that does not get there."""
        self._leaving.asked(len(self._presses))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers: what the keys of this screen do, and nothing that writes a file."""
        if isinstance(screen, OverDesk):
            yield from self._keys_of(screen)
        for command in (*keys.AT_THE_DESK, *keys.IN_A_SAMPLE_WEEK):
            active = screen.active_bindings.get(command.keys[0])
            if active and active.binding.description == command.label:
                title = f"{gettext(command.label).capitalize()}  ({command.key_face})"
                do = partial(self.run_action, active.binding.action, active.node)
                yield SystemCommand(title, gettext(command.help), do)
        if not self._new:
            questions = gettext(N_("Questions and advice"))
            yield SystemCommand(questions, gettext(keys.QUESTIONS.help), self.action_questions)
        if not self._new and whose_keys.may("app", "newcomer"):
            explained = gettext(N_("Somebody joins the hosts or the volunteers."))
            yield SystemCommand(gettext(N_("Somebody new")), explained, self.action_newcomer)
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
        if not roles.may_change("room"):
            return  # it is theirs for as long as they look
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

        self._database.watch(
            lambda: (*_signs_of_change(), self._company.changed(), self._welcome.changed()), wake
        )
        while True:
            self._changed.clear()
            asked, shown = self._saves, False
            handover, self._ask_handover = self._ask_handover, False
            try:
                seen = await self._database.run(partial(self._read_again, handover=handover))
                if asked == self._saves:  # otherwise a press that was saved meanwhile is shown already
                    self._show(seen)
                    shown = True
            except HostdeskError as error:
                self._desk.show_unread(error)
                if self._today is None or isinstance(error, (NoLonger, Upgraded)):  # nothing to go on with
                    self.unreadable = error
                    self.exit()
            except Exception:
                log.exception("the day could not be read")
            self._ask_handover |= handover and not shown  # what was asked for is still to be shown
            await self._changed.wait()

    def _read_again(self, *, handover: bool) -> Seen:
        """Read what the desk shows, for who may still be here, as long as the tables are those we know."""
        connection.assert_not_upgraded()
        self._welcome.assert_stands()
        return _read(handover=handover, company=self._company)

    def _show(self, seen: Seen) -> None:
        today = seen.today
        if self._today is None and today.room.theme != self.theme:
            self.theme = today.room.theme
        self._today = today
        self._handover = seen.handover or self._handover
        self._others = seen.others
        self._desk.others = len(seen.others)
        self._of_the_disk = "" if seen.takes_writing else gettext(ONLY_READ)
        self._show_trouble()
        self._desk.show(today, seen.programme, self._handover)
        for screen in self._over_desk:
            screen.others, screen.questions = seen.others, seen.programme.questions
            screen.read()

    def _while_it_stands(self, tell: Callable[[T], None]) -> Callable[[T], None]:
        """Tell of a press on the screens; a press may be answered when they have gone already."""

        def told(of: T) -> None:
            if self._desk.is_attached:
                tell(of)

        return told

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

    def _looked_after(self, trouble: str) -> None:
        """What a day brings was done, or not: why not stands on the desk until it is."""
        self._of_the_day = trouble
        self._show_trouble()

    def _show_trouble(self) -> None:
        """Say it on the desk for as long as it is so, and once over another screen."""
        trouble = self._of_the_disk or self._of_the_day
        if self._desk.show_trouble(trouble) and self.screen is not self._desk:
            self.tell(trouble)

    def _say(self, sentence: str) -> None:
        """Say it where the host looks, now and when they come back to the desk."""
        self._desk.message = sentence
        if self.screen is not self._desk:
            self.tell(sentence)

    def _waiting(self, waiting: Waiting) -> None:
        self._desk.show_waiting(waiting)
        self._trouble = desk_words.not_saved(waiting.n, waiting.trouble) if waiting.trouble else ""
        self._alarm()
        self._leaving.waiting(waiting)

    def _alarm(self) -> None:
        """Say over any other screen what the desk says in its place: once, for as long as it is so."""
        sentence = "" if self.screen is self._desk else self._trouble
        if sentence == self._alarmed:
            return
        self._alarmed = sentence
        self.clear_notifications()
        if sentence:
            self.notify(sentence, severity="error", timeout=ALARM_SECONDS, markup=False)

    def _stands_no_more(self, screen: Screen[Any]) -> None:
        """What is not saved is said over the screen that stands now, where the desk does not say it."""
        super()._stands_no_more(screen)
        self._alarm()

    def _warn_of_loss(self, n: int) -> None:
        """Somebody wants to stop while the disk takes nothing."""
        text = ngettext(
            "{n} count is not saved yet. ctrl+q again stops anyway, and loses it.",
            "{n} counts are not saved yet. ctrl+q again stops anyway, and loses them.",
            n,
        )
        self.tell(text.format(n=n))


def _read(*, handover: bool = False, company: Company | None = None) -> Seen:
    """Read what the desk shows; what the shift must know only when it may have changed."""
    others = _looking_along(company) if company else ()
    seen = Seen(days.today(), programme.today(), None, others, connection.takes_writing())
    if not handover or not roles.may_read("duty"):
        return seen
    from db import handover as handovers

    return replace(seen, handover=handovers.now(place.who(), at_the_desk=place.at_the_desk()))


def _come(company: Company) -> None:
    """This screen stands; who came in by a key is known by their number."""
    came_in = roles.came_in()
    if not came_in:
        company.come()
        return
    from db import people

    company.come(people.find(came_in).id)


def _looking_along(company: Company) -> tuple[str | None, ...]:
    """Who is at each of the other screens."""
    others = company.others()
    if not any(others):
        return (None,) * len(others)
    from db import people

    names = people.names_of(set(others))
    return tuple(names.get(one, "") if one else None for one in others)


def _signs_of_change() -> tuple[int, str, bool]:
    """What differs as soon as the screen may be out of date: another process wrote, the minute changed."""
    minute = clock.now().isoformat(timespec="minutes")
    return connection.changes_elsewhere(), minute, connection.takes_writing()


def run(file: Path) -> int:
    """Open the room and its desk, or the set-up when there is no room yet; the exit code.

    Raises:
        HostdeskError: what is there cannot be opened.
    """
    database, app = DatabaseThread(), None
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
        if app is not None and app.ending is not None:
            app.ending.cancel()


def _is_open(database: DatabaseThread, file: Path) -> bool:
    """Open the room; False when there is none yet.

    Raises:
        NoRoom: it has gone, for it left backups.
        OfTheDesk: it is another account's.
    """
    try:
        database.open(file).result()
    except NoRoom:
        from db import backup

        if backup.newest(file):
            raise
        if refused := place.of_the_desk(file):
            raise refused from None
        return False
    return True
