"""The forms of the program: each thing that can be typed, and what it is written to."""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import room
from db.days import Today
from db.programme import Slot
from db.states import Missing
from db.thread import DatabaseThread
from hostdesk import place, whose_keys
from hostdesk.drafts import Drafts
from hostdesk.keys_in_turn import OF_A_KEY
from hostdesk.program import Program
from hostdesk.screens.desk import DeskScreen
from hostdesk.words import N_, gettext

if TYPE_CHECKING:
    from db.duties import OnDuty, Shift
    from db.handover import Handover, Signing
    from db.logbook import Entry
    from db.people import Somebody
    from db.shifts import ShiftKey
    from hostdesk.board_requests import AskAbout, ChangeCard, FillIn, GiveUp, PlanWishes
    from hostdesk.deeds import Deeds
    from hostdesk.dialogs.form import Dialog
    from hostdesk.screens.closing import ClosingScreen
    from hostdesk.screens.figures_day import DoorDayScreen
    from hostdesk.screens.log import LogScreen
    from hostdesk.screens.roster import RosterScreen
    from hostdesk.screens.start import StartScreen
    from hostdesk.screens.weekly import WeeklyScreen

DRAFT_SECONDS = 1.0
"""How much of what is being typed a crash may take."""


class Forms(Program):
    """Opens a form where a screen asks for one; each is loaded when it is first opened."""

    def __init__(self, file: Path, database: DatabaseThread, *, new: bool) -> None:
        """Write to the room that this thread has open; or that is yet to be made."""
        super().__init__(file)
        self._database = database
        self._new = new
        self._today: Today | None = None
        self._drafts = Drafts(file)
        self._half_typed: Callable[[], None] | None = None

    def _told(self, sentence: str | None, *, back: bool | None = False) -> None:
        """A form was left: say what it came to, if anything; at the desk u may take it back.

        Args:
            sentence: what to say.
            back: whether u does; None where nothing was done.
        """
        raise NotImplementedError

    @cached_property
    def _deeds(self) -> "Deeds":
        """What was done on the board or beside the door, and can be taken back; loaded when something is."""
        from hostdesk.deeds import Deeds

        return Deeds()

    def action_note(self) -> None:
        """Write a note in the log."""
        if self._new or self.screen.is_modal:
            return
        self._note()

    def _note(self, closing: "ShiftKey | None" = None) -> None:
        from hostdesk.dialogs.note import NoteDialog

        self._type("note", NoteDialog(self._database, self._drafts.of("note"), closing))

    def on_log_screen_deal_with(self, message: "LogScreen.DealWith") -> None:
        """Say how an open point was dealt with."""
        self._deal_with(message.entry)

    def _deal_with(self, entry: "Entry", closing: "ShiftKey | None" = None) -> None:
        from db import log as notes
        from hostdesk.words import shift

        if entry.missing is Missing.FOR_OTHERS:  # said before they have typed how
            self._told(shift.whose(entry))
            return
        self._say_about(
            f"deal with entry {entry.id}",
            entry,
            label=gettext(N_("How was it settled?")),
            longest=notes.LONGEST_HOW,
            write=lambda how: notes.deal_with(
                entry.id, how, by=place.who(), at_the_desk=place.at_the_desk(), closing=closing
            ),
            told=gettext(N_("Dealt with.")),
        )

    def on_log_screen_amend(self, message: "LogScreen.Amend") -> None:
        """Say a note better; what it said stays one step away."""
        from db import log as notes

        self._say_about(
            f"amend entry {message.entry.id}",
            message.entry,
            label=gettext(N_("Note")),
            longest=notes.LONGEST,
            write=lambda text: notes.amend(
                message.entry.id, text, by=place.who(), at_the_desk=place.at_the_desk()
            ),
            told=gettext(N_("It says this now; what it said before is kept.")),
            text=message.entry.text or "",
        )

    def on_log_screen_happened(self, message: "LogScreen.Happened") -> None:
        """Say when something happened that was just written."""
        from db import log as notes
        from db import written_days

        number = message.entry.id
        self._say_about(
            f"when entry {number} happened",
            message.entry,
            label=gettext(N_("When it happened")),
            explained=gettext(N_("A time like 14:00, or with its day: yesterday 14:00.")),
            longest=written_days.LONGEST,
            write=lambda said: notes.happened(number, said, by=place.who(), at_the_desk=place.at_the_desk()),
            told=gettext(N_("Kept.")),
            text=message.typed,
        )

    def on_log_screen_show_until(self, message: "LogScreen.ShowUntil") -> None:
        """Say until when a notice is shown."""
        from db import log as notes
        from db import written_days

        entry = message.entry
        self._say_about(
            f"show entry {entry.id} until",
            entry,
            label=gettext(N_("Last day")),
            explained=gettext(N_("A day like 24-12 or tue; with nothing it is not shown any more.")),
            longest=written_days.LONGEST,
            write=lambda said: notes.expire(entry.id, said, by=place.who()),
            told=gettext(N_("Kept.")),
            text=f"{entry.expires_on:%d-%m-%Y}" if entry.expires_on else "",
        )

    def on_log_screen_ask(self, message: "LogScreen.Ask") -> None:
        """Ask advice about an entry of the log."""
        from hostdesk.dialogs.one_line import AskDialog

        what = f"ask entry {message.entry.id}"
        dialog = AskDialog(
            self._database, draft=self._drafts.of(what), entry=message.entry, deeds=self._deeds
        )
        self._type(what, dialog)

    def _say_about(self, what: str, entry: "Entry", **asked: Any) -> None:
        from db.text import visible
        from hostdesk.dialogs.note import SayDialog
        from hostdesk.words import shift

        title = f"{shift.note_kind(entry.kind)}: {visible(shift.text_of(entry))}"
        self._type(what, SayDialog(self._database, title=title, draft=self._drafts.of(what), **asked))

    def on_roster_screen_fill(self, message: "RosterScreen.Fill") -> None:
        """Put somebody on a shift."""
        self._fill(message.shift, message.instead_of)

    def _fill(self, shift: "Shift", instead_of: "OnDuty | None", *, was_here: bool = False) -> None:
        from db import roster
        from hostdesk.dialogs.on_duty import OnDutyDialog

        def dialog(here: room.Room, everybody: "tuple[Somebody, ...]") -> "Dialog":
            now = shift.starts_at if was_here or self._today is None else self._today.now
            likely = roster.likely_stretch(shift, instead_of, now)
            return OnDutyDialog(self._database, here, everybody, shift, instead_of, likely, was_here=was_here)

        there = frozenset(duty.person for duty in shift.team)
        self._ask_of_everybody(dialog, but=instead_of.person if instead_of is not None else None, last=there)

    def _ask_of_everybody(
        self,
        dialog: "Callable[[room.Room, tuple[Somebody, ...]], Dialog]",
        but: int | None = None,
        last: "frozenset[int]" = frozenset(),
    ) -> None:
        """Open a form in which one of the house is chosen; where nobody is known, first who that is.

        Args:
            dialog: the form.
            but: who cannot be chosen.
            last: who is likely not meant.
        """
        from db import people
        from hostdesk import trouble

        async def ask() -> None:
            here, everybody = await self._database.run(lambda: (room.current(), people.everybody()))
            likely_first = sorted(everybody, key=lambda one: one.id in last)
            if others := tuple(one for one in likely_first if one.id != but):
                self.push_screen(dialog(here, others), self._told)
            elif whose_keys.may("app", "newcomer"):
                self._newcomer(lambda: self._ask_of_everybody(dialog, but, last))
            elif everybody:
                self._told(gettext(N_("Nobody else is known here yet: hostdesk person add NAME.")))
            else:
                self._told(gettext(N_("Nobody is known here yet: hostdesk person add NAME.")))

        self.run_worker(trouble.told(self, ask(), self._told), group=OF_A_KEY, exit_on_error=False)

    def action_newcomer(self) -> None:
        """Somebody joins the hosts or the volunteers."""
        self._newcomer(lambda: None)

    def _newcomer(self, then: "Callable[[], None]") -> None:
        """Ask who joins, and do this once they have."""
        from hostdesk.dialogs.newcomer import NewcomerDialog

        def joined(sentence: str | None) -> None:
            self._told(sentence)
            if sentence:
                then()

        self.push_screen(NewcomerDialog(self._database), joined)

    def on_start_screen_fill(self, message: "StartScreen.Fill") -> None:
        """Somebody comes, or stands in."""
        self._fill(message.shift, message.instead_of)

    def on_start_screen_comes_later(self, message: "StartScreen.ComesLater") -> None:
        """Somebody comes later than they should."""
        self._comes(message.duty)

    def on_roster_screen_move(self, message: "RosterScreen.Move") -> None:
        """Somebody comes at other times."""
        self._comes(message.duty)

    def _comes(self, duty: "OnDuty") -> None:
        from db import roster
        from hostdesk.dialogs.comes import ComesDialog

        if self._today is not None:
            likely = roster.likely_later(duty, self._today.now)
            self.push_screen(ComesDialog(self._database, self._today.room, duty, likely), self._told)

    def on_start_screen_sign(self, message: "StartScreen.Sign") -> None:
        """Somebody has read what there is to read."""
        self._sign(message.seen, message.to_sign)

    def on_log_screen_sign(self, message: "LogScreen.Sign") -> None:
        """Somebody has read it."""
        self._sign(message.seen, message.to_sign)

    def _sign(self, seen: "Handover", to_sign: "tuple[Signing, ...]") -> None:
        """Who could be several is asked who they are; also when all but one have read it."""
        from db import handover
        from hostdesk import trouble
        from hostdesk.dialogs.sign import SignDialog, has_read

        if not to_sign:
            self._told(gettext(N_("Everybody who is here has read it.")))
        elif len(seen.signers) > 1:
            self.push_screen(SignDialog(self._database, to_sign), self._told)
        else:
            signing = to_sign[0]

            async def sign() -> None:
                await self._database.run(partial(handover.sign, signing))
                self._told(has_read(signing))

            self.run_worker(trouble.told(self, sign(), self._told), group=OF_A_KEY, exit_on_error=False)

    def on_start_screen_ask_when_closed(self, message: "StartScreen.AskWhenClosed") -> None:
        """Nobody closed the shift before: when was it?"""
        from db import handover
        from hostdesk.dialogs.note import SayDialog
        from hostdesk.screens import start_words

        key = message.shift.key
        dialog = SayDialog(
            self._database,
            title=start_words.when_closed(message.room, message.shift),
            label=gettext(N_("Time (may be empty)")),
            longest=20,
            write=lambda said: handover.really_closed(key, said, by=place.who()),
            told=gettext(N_("Thank you; it is kept.")),
            in_words=False,
        )
        self.push_screen(dialog, self._told)

    def on_door_day_screen_correct(self, message: "DoorDayScreen.Correct") -> None:
        """Say what a row at the door should have been, or who was not counted."""
        from hostdesk.dialogs import correct

        dialog = correct.form(self._database, message.day, message.row, message.said)
        self.push_screen(dialog, self._told)

    def on_figures_screen_plan_sample_week(self) -> None:
        """Plan a week in which the desk asks who is new."""
        from hostdesk.dialogs.sample_week import SampleWeekDialog

        self.push_screen(SampleWeekDialog(self._database), self._told)

    def on_weekly_screen_add(self, message: "WeeklyScreen.Add") -> None:
        """Somebody comes every week."""
        from hostdesk.dialogs.weekly import WeeklyDialog

        self._ask_of_everybody(lambda _here, everybody: WeeklyDialog(self._database, everybody, message.like))

    def on_closing_screen_attend(self, message: "ClosingScreen.Attend") -> None:
        """Take the number of a session."""
        self._attend(message.slot)

    def on_closing_screen_deal_with(self, message: "ClosingScreen.DealWith") -> None:
        """Say how an open point was dealt with."""
        self._deal_with(message.entry, message.closing)

    def on_closing_screen_note(self, message: "ClosingScreen.Note") -> None:
        """Write a note in the log of the shift that is closed."""
        self._note(message.closing)

    def on_closing_screen_correct(self, message: "ClosingScreen.Correct") -> None:
        """Take the hours of somebody as they really were."""
        from hostdesk.dialogs.was_here import WasHereDialog

        if self._today is not None:
            here, now = self._today.room, self._today.now
            self.push_screen(WasHereDialog(self._database, here, message.duty, now), self._told)

    def on_closing_screen_fill(self, message: "ClosingScreen.Fill") -> None:
        """Somebody was here who is not on the roster."""
        self._fill(message.shift, None, was_here=True)

    def on_roster_screen_correct(self, message: "RosterScreen.Correct") -> None:
        """Take the hours of somebody on a shift that is over."""
        from db import hours_given
        from hostdesk import trouble
        from hostdesk.dialogs.was_here import WasHereDialog

        async def ask() -> None:
            stands = await self._database.run(partial(hours_given.as_it_stands, message.duty))
            if self._today is not None:
                here, now = self._today.room, self._today.now
                self.push_screen(WasHereDialog(self._database, here, stands, now), self._told)

        self.run_worker(trouble.told(self, ask(), self._told), group=OF_A_KEY, exit_on_error=False)

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
            elif self._drafts.of(what):
                kept = N_("Not saved yet. What you typed stands there again the next time.")
                self._told(gettext(kept), back=None)

        def end() -> None:
            now_and_then.stop()
            keep()

        dialog.goes_on = bool(self._drafts.of(what))
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

        dialog = AskDialog(self._database, draft=self._drafts.of("ask"), deeds=self._deeds)
        self._type("ask", dialog, back=True)

    def on_desk_screen_attend(self, message: DeskScreen.Attend) -> None:
        """Take the number of a session."""
        self._attend(message.slot)

    def _attend(self, slot: Slot) -> None:
        from hostdesk.dialogs.attend import AttendDialog

        what = f"number {slot.id}"
        dialog = AttendDialog(self._database, slot, self._deeds.said, self._drafts.of(what))
        self._type(what, dialog, back=True)

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
        draft, deeds = self._drafts.of(what), self._deeds
        dialog = AskDialog(self._database, card.kind, card.number, card.title, draft, deeds=deeds)
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

        what = f"change {message.card.kind} {message.card.number}"
        self._type(what, form(message.card, self._database, self._deeds, self._drafts.of(what)))
