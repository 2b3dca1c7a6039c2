"""The desk (F2, Balie): who came in today, at a glance from three metres, and counted with one key."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from db.days import Today
from db.door_rows import Kind, Row
from db.errors import HostdeskError
from db.programme import Answer, Programme, Slot
from db.text import visible
from hostdesk import whose_keys
from hostdesk.commands import door as commands
from hostdesk.commands import keys
from hostdesk.commands.command import Command
from hostdesk.entry import Entry
from hostdesk.held_key import HeldKey, Says
from hostdesk.logfile import log
from hostdesk.presses import CameFor, ClockBelieved, FirstThisWeek, FirstVisits, Press, Presses, Waiting
from hostdesk.screens import desk_programme, desk_words
from hostdesk.widgets.big_number import BigNumber
from hostdesk.widgets.hour_chart import HourChart
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Lines, Span, line
from hostdesk.words import N_, gettext

if TYPE_CHECKING:  # read once the desk stands
    from db.handover import Handover

_TEN_DIGITS = "0123456789"

_PAD_WITHOUT_DIGITS = frozenset({"home", "end", "insert", "delete", "pageup", "pagedown", "kp_begin"})
"""What a numeric pad sends with Num Lock off; none of these keys does anything here."""

_NUM_LOCK = N_("That is no digit: is Num Lock off? Press Num Lock, and type the number again.")

_HELD = N_("Key held down: it counts once. Were there more? Press again.")
_HELD_UNDO = N_("Key held down: it takes back one. Was there more? Press again.")

QUIET_SECONDS = 20.0
"""Without a key for so long nobody is at the door: the desk may ask something."""

_LEAST_NUMBER = 10
"""Lines of the number that the programme leaves it; on a large terminal twice as many."""


class DeskScreen(Screen[None]):
    """Counts visitors and shows the day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        commands.COUNT.binding("arrive"),
        commands.FIRST_THIS_WEEK.binding("first_this_week"),
        commands.LEAVE.binding("depart"),
        commands.GROUP.binding("group"),
        commands.UNDO.binding("undo"),
        commands.HEADCOUNT.binding("headcount"),
        keys.WISH.binding("app.wish"),
        keys.NOTE.binding("app.note"),
        keys.CLOSE.binding("app.closing"),
        keys.BOARD.binding("app.board", show=False),
        keys.LOG.binding("app.log", show=False),
        commands.FIRST_VISIT.binding("first_visit"),
        commands.VOLUNTEER.binding("volunteer"),
        keys.ATTEND.binding("attend"),
        keys.ASK.binding("app.ask"),
        keys.READ.binding("read"),
        keys.QUESTIONS.binding("app.questions"),
        keys.START.binding("app.start"),
        commands.REASON.binding("reason"),
        keys.ROSTER.binding("app.roster", show=False),
        commands.CLOCK_IS_RIGHT.binding("clock_is_right", show=False),
    ]
    AUTO_FOCUS = None
    DEFAULT_CSS = """
    DeskScreen {
        #body { height: 1fr; padding: 1 1 0 1; }
        #left { width: 1fr; }
        #right { width: 34; border-left: solid $secondary; padding-left: 1; }
        #room { background: $panel; padding: 0 1; }
        #last { margin-top: 1; }
        #recent { height: 4; }
        #facts { height: 5; }
        #programme { height: 0; }
        #notices { height: 0; padding: 0 1; }
        #status { height: 1; padding: 0 1; }
        &.-programme #recent { height: 2; }
        &.-no-counts {
            #visits, #recent, #right { display: none; }
        }
        &.-small {
            #body { padding: 0 1; }
            #right { width: 28; }
            #recent { height: 2; }
            #last { margin-top: 0; }
            &.-programme #recent { height: 1; }
        }
        &.-large {
            #body { padding: 2 4 1 4; }
            #right { width: 46; padding-left: 3; }
            #recent { height: 7; }
            &.-programme #recent { height: 5; }
        }
    }
    """

    entry: reactive[Entry] = reactive(Entry(), init=False, repaint=False)
    """What is being typed; its watcher draws the one line (a repaint would send the whole screen, 9 kB)."""

    message: reactive[str] = reactive("", init=False, repaint=False)
    """What just happened, where the last line does not say it."""

    @dataclass
    class Attend(Message):
        """Somebody wants to say how many took part in this session."""

        slot: Slot

    @dataclass
    class Read(Message):
        """Somebody wants to read this advice."""

        answer: Answer

    class Questions(Message):
        """Somebody wants to see the questions that wait for advice."""

    class TakeBack(Message):
        """Somebody takes back what was done beside the door, as the desk said last."""

    class Begin(Message):
        """Somebody wants to begin the shift, by the numeric pad."""

    @dataclass
    class Close(Message):
        """Everybody goes home: the shift is to be closed."""

    @dataclass
    class LetBe(Message):
        """Nobody knows the number of this session: it is not asked for again."""

        slot: Slot

    def __init__(self, presses: Presses) -> None:
        """Count through these presses."""
        super().__init__()
        self._presses = presses
        self._held = HeldKey()
        self._made: Press | None = None
        self._told_beside: bool | None = None
        """Whether what was said last, of something beside the door, can be taken back; None of the door."""
        self.others = 0
        """How many other screens look along."""
        self._today: Today | None = None
        self._programme: Programme | None = None
        self._handover: Handover | None = None
        self._shown: tuple[Slot, ...] = ()
        self._chosen: int | None = None
        self._question: Slot | None = None
        self._pressed_at = float("-inf")
        self._enter_counted = False
        """Whether the key before was an Enter that counted: another one may be a slip."""
        self._heights = {"status": 1, "facts": 5, "notices": 0, "programme": 0}
        self._waiting = Waiting(0, slow=False, trouble=None)
        self._unread: HostdeskError | None = None
        self._trouble = ""
        # Held, and not looked for: a screen that is being taken down has no widgets any more.
        self._visits, self._hours = BigNumber(id="visits"), HourChart(id="hours")
        names = ("room", "caption", "last", "recent", "programme", "facts", "notices", "status")
        self._shows = {name: Lines(id=name) for name in names}

    def compose(self) -> ComposeResult:
        """Lay the desk out."""
        yield self._shows["room"]
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield self._visits
                for name in ("caption", "last", "recent", "programme"):
                    yield self._shows[name]
            with Vertical(id="right"):
                yield self._shows["facts"]
                yield self._hours
        yield self._shows["notices"]
        yield self._shows["status"]
        yield KeyBar()

    def on_resize(self, event: events.Resize) -> None:
        """Generous where there is room, all of it where there is not."""
        self.set_class(event.size.width < 76 or event.size.height < 22, "-small")
        self.set_class(event.size.width >= 110 and event.size.height >= 32, "-large")
        self._draw()

    def on_mount(self) -> None:
        """Show the day that was read already."""
        self._draw()

    def show(self, today: Today, programme: Programme, handover: "Handover | None" = None) -> None:
        """Show this day, its programme, and the shift that is on, once that is known."""
        asked_already = self._asks_this_week
        self._today, self._programme, self._handover = today, programme, handover
        if asked_already != self._asks_this_week:
            self.refresh_bindings()
        self._ask_quietly(programme)
        self._unread = None
        self._presses.shown(today)
        self._draw()

    def show_waiting(self, waiting: Waiting) -> None:
        """Show what is not on the disk yet."""
        self._waiting = waiting
        self._draw_status()

    def show_saved(self, press: Press) -> None:
        """Show at once what a host looks for: the number and the last line, or what a press came to."""
        if self._today and press.row:
            visits = press.visits if press.row.day == self._today.day else None
            known = self._today.visits if visits is None else visits
            self._today = replace(self._today, visits=known, last=press.row)
            self._draw_number()
        match press.outcome:
            case FirstVisits(n):
                self.message = desk_words.first_visit(n)
            case CameFor(reason):
                self.message = desk_words.came_for(reason)
            case FirstThisWeek(n):
                self.message = desk_words.first_this_week(n)
            case Row(kind=Kind.ARRIVAL, n=n) if self._asks_this_week:
                self.message = desk_words.ask_first_this_week(n)
            case ClockBelieved(done):
                self.message = desk_words.clock_put_right(done)

    def tell(self, sentence: str, *, back: bool | None) -> None:
        """Say what was done beside the door; the undo key right after it is for that, and for no count.

        Where nothing was done (None) it is for the count.
        """
        self.message = f"{sentence} {gettext(N_('u takes it back.'))}" if back else sentence
        self._told_beside = back

    def on_screen_suspend(self) -> None:
        """Another screen stands: what was said or typed before it is over, and u takes that back no more."""
        self._told_beside, self.message, self.entry = None, "", Entry()

    def show_unread(self, error: HostdeskError) -> None:
        """Say that the room cannot be read, until it can."""
        self._unread = error
        self._draw_status()

    def show_trouble(self, trouble: str) -> bool:
        """Say what is wrong with the room's file, until it is not; whether that is new."""
        anew, self._trouble = trouble not in {"", self._trouble}, trouble
        self._draw_programme()
        return anew

    def watch_entry(self) -> None:
        """Show what is being typed."""
        self._draw_status()

    def watch_message(self) -> None:
        """Show what just happened."""
        self._draw_status()

    def on_key(self, event: events.Key) -> None:
        """A new key answers what was said; one that is held counts once, and that is said.

        The desk's keys are answered here and not through their bindings, which Textual runs later:
        a repeat must find what the key before it made, and a + the digits before it.
        """
        beside, self._told_beside = self._told_beside, None
        if self.message != gettext(_NUM_LOCK) or event.key not in _COUNTS:  # that one is to be read
            no_digit = event.key in _PAD_WITHOUT_DIGITS and whose_keys.may("desk", "arrive")
            self.message = gettext(_NUM_LOCK) if no_digit else ""
        self._pressed_at = event.time
        self._enter_counted = self._enter_counted and event.key == "enter"
        says = self._held.says(event.key, event.time)
        action = _ACTIONS.get(event.key)
        if action is None or not self._is_theirs(event.key):
            return
        event.stop()
        if beside is not None and event.key in commands.UNDO.keys and not self.entry:
            action = partial(DeskScreen.action_take_back, can=beside)
        if says is Says.PRESSED or event.key not in _COUNTS:
            self._made = None
            self._answer(action)
            return
        if says is Says.HELD_SINCE_BEFORE and self._made is not None:
            self._presses.cancel(self._made)
        held = _HELD_UNDO if event.key in commands.UNDO.keys else _HELD
        self.message = gettext(held)

    def _is_theirs(self, key: str) -> bool:
        """Whether who looks along may do what this key does here; with no other, it says why not."""
        if key in _TEN_DIGITS:
            return whose_keys.may("desk", "arrive")
        bound = self._bindings.key_to_bindings.get(key)
        return not bound or whose_keys.may_press("desk", bound[0])

    def _answer(self, action: Callable[["DeskScreen"], None]) -> None:
        """Do what a key asks; a bug in it is logged and said, and the desk goes on counting."""
        try:
            action(self)
        except Exception:
            log.exception("a bug: a key was not answered")
            self.message = gettext(N_("Something went wrong: the last key was not counted."))

    def action_arrive(self) -> None:
        """Count visitors who come in; a lone 0 before it makes it a volunteer (the numeric pad has no v)."""
        self._count(self._presses.volunteers if self.entry.lone_zero else self._presses.arrive)

    def action_depart(self) -> None:
        """Count people who leave; after a lone 0 everybody does (the numeric pad has no s)."""
        if self.entry.lone_zero:
            self.entry = Entry()
            self.post_message(self.Close())
        else:
            self._count(self._presses.depart)

    def action_volunteer(self) -> None:
        """Count volunteers who are not on duty."""
        self._count(self._presses.volunteers)

    def action_group(self) -> None:
        """Ask how large the group is."""
        self.entry = Entry(group=True)

    def action_headcount(self) -> None:
        """Take the number typed as a headcount, or ask for it."""
        if self.entry.digits:
            self._presses.headcount(int(self.entry.digits))
            self.entry = Entry()
        else:
            self.entry = Entry(headcount=not self.entry.headcount)

    def action_undo(self) -> None:
        """Take back what was typed, or else the last action."""
        if self.entry:
            self.entry = self.entry.rub_out()
        else:
            self._presses.undo()

    def action_take_back(self, can: bool) -> None:
        """Take back what was done beside the door, or say that this key does not do that."""
        if can:
            self.post_message(self.TakeBack())
        else:
            self.message = gettext(
                N_("That is not taken back with u. Once more, and it takes the last count.")
            )

    def action_first_visit(self) -> None:
        """Tag the last arrival, or so many of it; behind a number it answers what a sample week asks."""
        if self.entry.headcount:  # the number is for something else
            self._presses.first_visit()
        elif self._asks_this_week and self.entry.digits:
            self.action_first_this_week()
        else:
            self._presses.first_visit(self._typed())

    def action_reason(self) -> None:
        """Say what the last arrival came for; nobody has to."""
        self._presses.reason()

    def action_first_this_week(self) -> None:
        """In a sample week: so many of the last arrival, or one more, are here for the first time in it."""
        if not self._asks_this_week:
            self.message = gettext(N_("This is no sample week: t does nothing."))
        elif not self.entry.headcount:
            self._presses.first_this_week(self._typed())

    def _typed(self) -> int | None:
        """Take the number that was typed; None without one."""
        typed, self.entry = self.entry, Entry()
        return int(typed.digits) if typed.digits else None

    @property
    def _asks_this_week(self) -> bool:
        """Whether this is a sample week."""
        return self._today is not None and self._today.sample_week

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The key of a sample week stands on the bar in such a week alone, and no key that is not theirs."""
        if action == "first_this_week" and not self._asks_this_week:
            return False
        if not whose_keys.may("desk", action):
            return False
        return super().check_action(action, parameters)

    def action_clock_is_right(self) -> None:
        """Believe the clock, when it was doubted."""
        if self._today and self._today.doubt:
            self._presses.clock_is_right()

    def action_digit(self, digit: str) -> None:
        """One digit of a number."""
        self.entry = self.entry.type(digit)

    def action_confirm(self) -> None:
        """Say yes to what is asked."""
        counts = bool(self.entry.digits) and not self.entry.lone_zero
        if self.entry.asked:
            self._count(self.entry.asked)
        elif self.entry.headcount:
            if self.entry.digits:
                self.action_headcount()
        elif self.entry.lone_zero:  # the numeric pad has no b
            self.entry = Entry()
            self.post_message(self.Begin())
        elif self.entry.digits:
            self.action_arrive()
        elif not self.entry:
            self._answer_what_waits()
        self._enter_counted = counts

    def _answer_what_waits(self) -> None:
        """Enter alone: the beginning of the shift, its closing, or the number that a session waits for.

        Right after an Enter that counted it may be a slip, and digits after it visitors: then it says first
        what the next one does. A number that somebody gave is not asked for again; that takes a d.
        """
        waits = self._chosen_slot or (self._programme and self._programme.waits) or self._question
        slot = waits if whose_keys.may("desk", "attend") else None
        does: Callable[[], object]
        if self._enter_begins:
            does, says = partial(self.post_message, self.Begin()), N_("Once more Enter: begin the shift.")
        elif self._enter_closes:
            does, says = partial(self.post_message, self.Close()), N_("Once more Enter: close the shift.")
        elif slot:
            does, says = partial(self._ask_for, slot), N_("Once more Enter: how many took part in {title}?")
        else:
            if whose_keys.may("desk", "arrive"):
                self.message = gettext(N_("Enter counts the number before it: 5 Enter is five visitors."))
            return
        if self._enter_counted:
            self.message = gettext(says).format(title=visible(slot.title) if slot else "")
        else:
            does()

    @property
    def _shift_waits(self) -> bool:
        """Whether the beginning of the shift asks for something."""
        asks = bool(self._handover and self._today and self._handover.waits(self._today.now))
        return asks and whose_keys.may("start", "begin")

    @property
    def _enter_begins(self) -> bool:
        """Whether Enter alone begins the shift; its end, and a number that is asked for, come first."""
        asked = self._chosen or self._question or (self._programme and self._programme.waits)
        return not (asked or self._enter_closes) and self._shift_waits

    @property
    def _enter_closes(self) -> bool:
        """Whether Enter alone goes to the closing: it asks for the numbers too."""
        if self._chosen or self._handover is None or self._today is None:
            return False
        if not whose_keys.may("app", "closing"):
            return False
        return self._handover.ends_soon(self._today.now)

    def action_leave_entry(self) -> None:
        """Drop what was being typed, and what was chosen; with neither, put off what is asked."""
        if self._question and not self.entry and self._chosen is None:
            self.post_message(self.LetBe(self._question))
            self._question = None
        self.entry = Entry()
        self._chosen = None
        self._draw_programme()

    def action_attend(self) -> None:
        """Take the number of the session that is chosen, that waits for it, or that is asked about."""
        slot = self._wanted()
        if slot is None:
            self.message = gettext(N_("No session of today has begun."))
        else:
            self._ask_for(slot)

    def _ask_for(self, slot: Slot) -> None:
        """Ask how many took part in this session."""
        self._chosen = None
        self._draw_programme()
        self.post_message(self.Attend(slot))

    def action_read(self) -> None:
        """Read the advice that was given first; where all was read, the questions that wait."""
        if self._programme and self._programme.answers:
            self.post_message(self.Read(self._programme.answers[0]))
        elif self._programme and self._programme.questions:
            self.post_message(self.Questions())
        else:
            self.message = gettext(N_("There is no advice that nobody has read."))

    def action_choose(self, step: int) -> None:
        """Choose another session of today that has begun."""
        begun = self._programme.begun if self._programme else ()
        if begun:
            wanted = self._wanted()
            at = begun.index(wanted) + step if wanted in begun else len(begun) - 1
            self._chosen = begun[min(max(at, 0), len(begun) - 1)].id
            self._draw_programme()

    def on_click(self, event: events.Click) -> None:
        """A click on a session of today takes its number."""
        if event.widget and event.widget.id == "programme" and self._programme:
            at = event.screen_y - event.widget.region.y - 1
            takes = whose_keys.may("desk", "attend") and 0 <= at < len(self._shown)
            if takes and self._shown[at] in self._programme.begun:
                self.post_message(self.Attend(self._shown[at]))

    def _count(self, count: Callable[[int], Press]) -> None:
        """Count as many people as were typed; a large number is asked about once."""
        if self.entry.headcount:  # somebody comes in while heads are counted
            self._made = count(1)
        elif self.entry.must_ask(count):
            self.entry = self.entry.ask(count)
        else:
            n, self.entry = self.entry.n, Entry()
            self._made = count(n)

    def _wanted(self) -> Slot | None:
        """The session that a number would be for."""
        if self._programme is None or not whose_keys.may("desk", "attend"):
            return None
        begun = self._programme.begun
        last = begun[-1] if begun else None
        return self._chosen_slot or self._programme.waits or self._question or last

    @property
    def _chosen_slot(self) -> Slot | None:
        """The session that somebody went to with the arrows."""
        begun = self._programme.begun if self._programme else ()
        return next((slot for slot in begun if slot.id == self._chosen), None)

    def _ask_quietly(self, programme: Programme) -> None:
        """Ask for the number of an earlier day once nobody types or is at the door; then it stays asked."""
        asks = programme.waits is None and whose_keys.may("desk", "attend")
        waiting = programme.unnumbered if asks else None
        if waiting is None or (self._question and self._question.id == waiting.id):
            self._question = waiting
            return
        self._question = None
        busy = self.entry or self._waiting.n or not self.is_current
        if not busy and monotonic() - self._pressed_at >= QUIET_SECONDS:
            self._question = waiting

    def _draw(self) -> None:
        """Show the day; each widget sends only what changed."""
        self._draw_number()
        if self._today is None or not self.is_mounted:
            return
        today, questions = self._today, self._programme.questions if self._programme else 0
        self.set_class(not today.counts, "-no-counts")
        self._lines("room", [desk_words.room(today, self.size.width - 2, self.others)])
        self._lines("caption", [desk_words.caption(today) if today.counts else desk_words.asked(questions)])
        self._lines("recent", desk_words.recent(today))
        facts = desk_words.facts(today, self._right, questions, self._handover)
        self._tall("facts", len(facts) + 1)
        self._lines("facts", facts)
        self._hours.show_hours(desk_words.hours(today), desk_words.weekday(today))
        self._draw_status()
        self._draw_programme()

    def _draw_number(self) -> None:
        """How many, and the last action with its time."""
        if self._today is not None and self.is_mounted:
            self._visits.show_number(self._today.visits)
            self._lines("last", [desk_words.last(self._today, self._left + 1)])

    def _draw_status(self) -> None:
        """What needs saying most, on one line where it fits."""
        width = max(self.size.width - 2, 1)
        lines = desk_words.status(self._today, self.entry, self._waiting, self._unread, self.message, width)
        grown = self._tall("status", len(lines))
        self._lines("status", lines)
        if grown:
            self._draw_programme()

    def _draw_programme(self) -> None:
        """Today's sessions, as many as there is room for; and what waits for somebody to look."""
        if self._today is None or self._programme is None or not self.is_mounted:
            return
        programme, local = self._programme, self._today.room.local
        width = max(self.size.width - 2, 1)
        notices = desk_programme.notices(programme, self._question, local, width)
        if self._handover is not None and self._shift_waits:
            at, by_enter = self._today.now, self._enter_begins
            notices.insert(0, desk_words.begin(self._handover, at, width, by_enter=by_enter))
        soon = self._handover is not None and self._handover.ends_soon(self._today.now)
        if self._handover is not None and soon and whose_keys.may("app", "closing"):
            ends = desk_words.close(self._handover, self._today, width, by_enter=self._enter_closes)
            notices.insert(0, ends)
        notices[:0] = desk_words.alarm(self._trouble, width)
        self._tall("notices", len(notices))
        self._lines("notices", notices)
        self.set_class(bool(programme.slots), "-programme")
        wanted = self._wanted()
        self._shown = desk_programme.nearest(programme, self._room_for_programme(len(notices)) - 1, wanted)
        lines = desk_programme.lines(programme, self._shown, wanted, local, self._left) if self._shown else []
        self._tall("programme", len(lines))
        self._lines("programme", lines)

    @property
    def _left(self) -> int:
        """Cells of the left column but one, as the styles above lay it out; Textual knows them later."""
        beside = self._right + (13 if self.has_class("-large") else 5)
        return max(self.size.width - beside, 1)

    @property
    def _right(self) -> int:
        """Cells of the right column, as the styles above lay it out."""
        return 42 if self.has_class("-large") else 26 if self.has_class("-small") else 32

    def _room_for_programme(self, notices: int) -> int:
        """Lines for the programme: what the number, the last actions and the lines around them leave it."""
        frame = 2 + self._heights["status"] + notices
        if self.has_class("-large"):
            return self.size.height - frame - 11 - 2 * _LEAST_NUMBER
        return self.size.height - frame - (3 if self.has_class("-small") else 6) - _LEAST_NUMBER

    def _tall(self, name: str, n: int) -> bool:
        """Give a widget so many lines; whether it had another number."""
        if self._heights[name] == n:
            return False
        self._heights[name] = n
        self._shows[name].styles.height = n
        return True

    def _lines(self, name: str, lines: list[tuple[Span, ...]]) -> None:
        self._shows[name].show(lines or [line("")])


def _keys(*answers: tuple[Command, Callable[[DeskScreen], None]]) -> dict[str, Callable[[DeskScreen], None]]:
    """What each key of these commands does."""
    return {key: action for command, action in answers for key in command.keys}


_COUNTS = _keys(
    (commands.COUNT, DeskScreen.action_arrive),
    (commands.LEAVE, DeskScreen.action_depart),
    (commands.VOLUNTEER, DeskScreen.action_volunteer),
    (commands.UNDO, DeskScreen.action_undo),
)
"""The keys of which one that is held counts once."""

_ACTIONS: dict[str, Callable[[DeskScreen], None]] = {
    **_COUNTS,
    **_keys(
        (commands.GROUP, DeskScreen.action_group),
        (commands.HEADCOUNT, DeskScreen.action_headcount),
        (commands.FIRST_VISIT, DeskScreen.action_first_visit),
        (commands.REASON, DeskScreen.action_reason),
        (commands.FIRST_THIS_WEEK, DeskScreen.action_first_this_week),
        (commands.CLOCK_IS_RIGHT, DeskScreen.action_clock_is_right),
        (keys.ATTEND, DeskScreen.action_attend),
        (keys.READ, DeskScreen.action_read),
    ),
    "up": partial(DeskScreen.action_choose, step=-1),
    "down": partial(DeskScreen.action_choose, step=1),
    "enter": DeskScreen.action_confirm,
    "escape": DeskScreen.action_leave_entry,
    **{digit: partial(DeskScreen.action_digit, digit=digit) for digit in _TEN_DIGITS},
}
"""What each key of the desk does."""
