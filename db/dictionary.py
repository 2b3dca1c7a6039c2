"""What every table and column means, for whoever reads the room's data without this program."""

from typing import NamedTuple

from db.errors import N_


class Meaning(NamedTuple):
    """What a table holds, and each of its columns."""

    table: str
    columns: dict[str, str]


_NUMBER = N_("The row's number.")
_SINCE = N_("Since when it stands so.")
_WHY = N_("Why, in somebody's own words.")
_DAY = N_("The room's own day, which may end after midnight.")
_WISH = N_("The wish.")
_ACTIVITY = N_("The activity.")
_SESSION = N_("The session.")
_PERSON = N_("Whose; a number without a name.")
_BY = N_("Who did it.")
_WHEN = N_("When.")
_CHANGED = N_("When it was last changed.")
_REVISION = N_("How often it was changed.")
_THEME = N_("The theme, from the room's list or in somebody's own words.")
_STATE = N_("received, exploring, planned, running, done or not_feasible.")
_LEAD = N_("volunteer, neighbour, together, professional or unknown.")
_LEADER = N_("The name of who leads.")
_PLACE = N_("Where.")
_POSITION = N_("Its place in the list.")
_WEEKDAY = N_("1 is Monday, 7 is Sunday.")
_SHIFT_ENDS = N_("The planned end of the shift, by which it is known.")
_FROM_DAY = N_("The first day on which it holds.")

MEANINGS = {
    "room": Meaning(
        N_("The room itself: one row."),
        {
            "id": _NUMBER,
            "uuid": N_("The room's number among all rooms, for ever the same."),
            "name": N_("What it is called."),
            "language": N_("nl or en."),
            "timezone": N_("Its time zone, by which its days are told."),
            "theme": N_("The colours of its screens."),
            "created_at": N_("When the file was made."),
            "website": N_("The room's website."),
            "logo": N_("The address of its logo."),
            "email": N_("The room's own e-mail address."),
            "address": N_("Where it is."),
        },
    ),
    "opening_hours": Meaning(
        N_("The weekly opening hours; of a day holds the week with the newest first day not after it."),
        {
            "id": _NUMBER,
            "from_day": _FROM_DAY,
            "weekday": _WEEKDAY,
            "opens": N_("Local time; empty when shut all day."),
            "closes": N_("Local time; when before the opening, on the next day."),
        },
    ),
    "closed_day": Meaning(
        N_("Days on which the room stays shut although the week says otherwise."),
        {"day": _DAY, "reason": _WHY},
    ),
    "other_hours": Meaning(
        N_("Days that are open at other hours than the week says."),
        {
            "id": _NUMBER,
            "day": _DAY,
            "opens": N_("Local time."),
            "closes": N_("Local time; when before the opening, on the next day."),
            "reason": _WHY,
        },
    ),
    "reason": Meaning(
        N_("The reasons for a visit that can be chosen."),
        {
            "code": N_("The reason, in a word."),
            "position": _POSITION,
            "active": N_("Whether it can still be chosen."),
        },
    ),
    "shift": Meaning(
        N_("Stretches of being open."),
        {
            "id": _NUMBER,
            "day": _DAY,
            "planned_opens_at": N_("Planned opening; empty for an opening that nobody planned."),
            "planned_closes_at": N_("Planned end."),
            "opened_at": N_("The first count, or when a host began it."),
            "opened_by": N_(
                "The door row that opened it; where a host began it, the machine's start with a minus."
            ),
            "closed_at": N_("When it ended; empty while it is open."),
            "closed_automatically": N_("Whether it was closed automatically, at its planned end."),
        },
    ),
    "boot": Meaning(
        N_("Starts of the machine, by which rows of a wrong clock are put right."),
        {
            "id": _NUMBER,
            "kernel_id": N_("The machine's own name for it."),
            "after_row": N_("The newest door row before it."),
        },
    ),
    "clock_check": Meaning(
        N_("Moments at which somebody said that the clock is right."),
        {
            "id": _NUMBER,
            "at": _WHEN,
            "boot": N_("The start of the machine."),
            "boot_ms": N_("Milliseconds since that start."),
            "up_to_row": N_("The newest door row then."),
            "rows_put_right": N_("How many rows got their right moment by it."),
        },
    ),
    "clock_reading": Meaning(
        N_("Moments at which something was written beside the door since the machine was last started."),
        {
            "at": _WHEN,
            "boot": N_("The start of the machine."),
            "boot_ms": N_("Milliseconds since that start."),
        },
    ),
    "door": Meaning(
        N_(
            "The door ledger, only ever added to. Visits of a day: the sum of n over the arrivals that are "
            "in no row's voids."
        ),
        {
            "id": _NUMBER,
            "at": _WHEN,
            "day": _DAY,
            "hour": N_("The local hour, 0 to 23."),
            "kind": N_(
                "An arrival, a volunteer's arrival, a departure, a headcount, an undo, a first visit, a "
                "first visit this week or a reason; the code is in English."
            ),
            "n": N_("How many people."),
            "voids": N_("The row that this undo takes back."),
            "about": N_("The arrival that this first visit or reason is about."),
            "reason": N_("The reason of the visit."),
            "boot": N_("The start of the machine."),
            "boot_ms": N_("Milliseconds since that start."),
            "clock_at": N_("What the clock said, when the moment had to be estimated or put right."),
            "correction": N_("The correction that this row is of; empty for what was counted at the desk."),
        },
    ),
    "correction": Meaning(
        N_("Corrections of a day at the door, made when somebody looked at it again."),
        {"id": _NUMBER, "day": _DAY, "why": _WHY, "by": _BY, "at": _WHEN},
    ),
    "wish": Meaning(
        N_("Wishes that neighbours voiced."),
        {
            "id": _NUMBER,
            "text": N_("The wish, in words."),
            "theme": _THEME,
            "state": _STATE,
            "since": _SINCE,
            "voiced_at": N_("When it was voiced."),
            "via": N_("Who wrote it down."),
            "reason": _WHY,
            "fell_with": N_("The activity with which it came to be not feasible."),
        },
    ),
    "me_too": Meaning(
        N_("Neighbours with the same wish, one a row."),
        {"id": _NUMBER, "wish": _WISH, "at": _WHEN, "via": N_("Who wrote it down.")},
    ),
    "contact": Meaning(
        N_("How to reach who voiced a wish; erased by itself."),
        {
            "wish": _WISH,
            "text": N_("A telephone number, an address or a name."),
            "erase_on": N_("The day on which it is erased."),
        },
    ),
    "activity": Meaning(
        N_("Activities that came of wishes."),
        {
            "id": _NUMBER,
            "title": N_("What it is called."),
            "theme": _THEME,
            "needs": N_("What is needed for it."),
            "place": _PLACE,
            "capacity": N_("How many people fit; empty for no limit."),
            "lead": _LEAD,
            "leader": _LEADER,
            "state": _STATE,
            "since": _SINCE,
            "created_at": N_("When it was put on the board."),
            "reason": _WHY,
            "rule": N_("How its sessions repeat (RFC 5545); empty for once."),
            "starts": N_("The local start of the first session."),
            "minutes": N_("How long a session takes."),
            "skip_holidays": N_("Whether it stays away on public holidays."),
            "planned_through": N_("The last day up to which its sessions are planned."),
        },
    ),
    "comes": Meaning(N_("Which activity came of which wish."), {"wish": _WISH, "activity": _ACTIVITY}),
    "session": Meaning(
        N_("Sessions: single meetings of an activity."),
        {
            "id": _NUMBER,
            "activity": _ACTIVITY,
            "day": _DAY,
            "starts_at": N_("Its start."),
            "ends_at": N_("Its end."),
            "state": N_("planned, held or cancelled."),
            "reason": _WHY,
            "participations": N_("How many took part; empty when nobody said."),
            "how": N_("How it went, in somebody's own words."),
            "lead": N_("Who led it, where that differs from the activity."),
            "leader": _LEADER,
            "place": _PLACE,
            "asked": N_("Whether the desk asked already how many took part."),
            "revision": _REVISION,
            "changed_at": _CHANGED,
            "stopped_by": N_("The event of the board with which it was stopped."),
        },
    ),
    "sign_up": Meaning(
        N_("Sign-ups for sessions."),
        {
            "id": _NUMBER,
            "session": _SESSION,
            "n": N_("How many people."),
            "name": N_("Somebody's name; erased the day after the session."),
            "waiting": N_("Whether they are on the waiting list."),
            "at": _WHEN,
            "withdrawn_at": N_("When it was taken back."),
        },
    ),
    "advice_request": Meaning(
        N_("Questions to a professional at a distance, and the answers."),
        {
            "id": _NUMBER,
            "wish": N_("The wish that it is about."),
            "activity": N_("The activity that it is about."),
            "question": N_("The question."),
            "asked_at": N_("When it was asked."),
            "asked_by": N_("Who asked."),
            "answer": N_("The advice."),
            "answered_at": N_("When it was answered."),
            "answered_by": N_("Who answered."),
            "read_at": N_("When the desk read it."),
            "entry": N_("The entry of the log that it is about."),
        },
    ),
    "board_event": Meaning(
        N_("What happened on the board, only ever added to."),
        {
            "id": _NUMBER,
            "at": _WHEN,
            "by": _BY,
            "what": N_("What happened, in a word."),
            "wish": _WISH,
            "activity": _ACTIVITY,
            "session": _SESSION,
            "from_state": N_("The state before."),
            "to_state": N_("The state after."),
            "text": N_("What was said."),
        },
    ),
    "person": Meaning(
        N_("People of the house."),
        {
            "id": _NUMBER,
            "name": N_("The name; empty once it is erased."),
            "kind": N_("A host, volunteer, coordinator, professional or partner; the code is in English."),
            "phone": N_("A telephone number."),
            "since": N_("The first day."),
            "ended_on": N_("The day on which they stopped."),
        },
    ),
    "pattern": Meaning(
        N_("Who is on duty on which weekday."),
        {
            "id": _NUMBER,
            "person": _PERSON,
            "weekday": _WEEKDAY,
            "begins": N_("Local time of the beginning."),
            "ends": N_("Local time of the end."),
            "weeks": N_("Every so many weeks."),
            "from_day": _FROM_DAY,
            "to_day": N_("The last day on which it holds."),
            "planned_through": N_("The last day up to which it is planned."),
        },
    ),
    "duty": Meaning(
        N_("Who was on duty, as planned and as it really was; hours are the time from from_at to until_at."),
        {
            "id": _NUMBER,
            "day": _DAY,
            "person": _PERSON,
            "pattern": N_("The pattern that planned it."),
            "planned_from": N_("Planned beginning."),
            "planned_until": N_("Planned end."),
            "from_at": N_("When they really came."),
            "until_at": N_("When they really went."),
            "confirmed": N_("Whether somebody said that it was so."),
            "absent": N_("Whether they stayed away."),
            "trainee": N_("Whether they were there to learn."),
            "stands_in_for": N_("The duty of whom they took the place of."),
            "revision": _REVISION,
            "changed_at": _CHANGED,
        },
    ),
    "closing_step": Meaning(
        N_("The steps of closing a shift."),
        {
            "day": _DAY,
            "shift_ends": _SHIFT_ENDS,
            "step": N_(
                "count, sessions, particulars, open_points, hours or checklist; begun where a host began the "
                "shift, asked where it was asked when it really closed."
            ),
            "at": _WHEN,
            "by": _BY,
            "skipped": N_("Whether it was skipped."),
        },
    ),
    "checklist_item": Meaning(
        N_("What to look at before everybody goes."),
        {"id": _NUMBER, "position": _POSITION, "text": N_("What to look at.")},
    ),
    "checklist_mark": Meaning(
        N_("The lines of the checklist as they were at the closing of a shift."),
        {
            "id": _NUMBER,
            "day": _DAY,
            "shift_ends": _SHIFT_ENDS,
            "text": N_("What to look at."),
            "done": N_("Whether it was done."),
            "at": _WHEN,
            "by": _BY,
        },
    ),
    "log_entry": Meaning(
        N_("The shift log."),
        {
            "id": _NUMBER,
            "day": _DAY,
            "shift_ends": _SHIFT_ENDS,
            "kind": N_("particulars, incident, broken, shortage, handover, notice or happy."),
            "text": N_("What was written; erased when its time is up."),
            "by": N_("Who wrote it."),
            "written_at": N_("When it was written."),
            "happened_at": N_("When it happened."),
            "expires_on": N_("The last day on which a notice is shown."),
            "by_itself": N_("Whether the program wrote it: numbers only."),
            "follow_up": N_("open, done, or empty when there is nothing to deal with."),
        },
    ),
    "log_change": Meaning(
        N_("What was said about log entries later."),
        {
            "id": _NUMBER,
            "entry": N_("The entry."),
            "what": N_("What happened, in a word."),
            "text": N_(
                "What was said; of “moved”: when it was said to have happened before; of “shown_until”: the "
                "last day that the notice had before."
            ),
            "by": _BY,
            "at": _WHEN,
        },
    ),
    "log_read": Meaning(
        N_("Who has read which log entry."),
        {"entry": N_("The entry."), "reader": N_("Who has read it."), "at": _WHEN},
    ),
    "setting": Meaning(
        N_("Numbers that the coordinator chose."),
        {"name": N_("What it is for."), "number": N_("The number.")},
    ),
    "cost_line": Meaning(
        N_("What something costs in a year, as the coordinator filled it in."),
        {
            "id": _NUMBER,
            "year": N_("The calendar year."),
            "name": N_("What it is."),
            "cents": N_("Cents of a euro, in the whole year."),
            "minutes": N_("Of paid work: how long it takes in the year."),
            "rate_cents": N_("Of paid work: cents an hour."),
        },
    ),
    "hourly_rate": Meaning(
        N_("What an hour of a volunteer would cost, by which the replacement value is reckoned."),
        {
            "year": N_("The year from which it holds, until a newer one."),
            "cents": N_("Cents of a euro an hour."),
            "source": N_("Who says so."),
        },
    ),
    "sample_week": Meaning(
        N_("Weeks in which the desk asks who is here for the first time that week."),
        {"from_day": N_("Its Monday."), "planned_at": N_("When it was planned.")},
    ),
    "earlier_import": Meaning(
        N_("Files of earlier tallies that were taken in."),
        {
            "id": _NUMBER,
            "file": N_("The name of the file."),
            "imported_at": N_("When it was taken in."),
            "taken_back_at": N_("When it was taken back as a whole; empty as long as it counts."),
        },
    ),
    "earlier_count": Meaning(
        N_("Visits that were tallied before there was a door ledger."),
        {
            "id": _NUMBER,
            "import": N_("The file."),
            "day": _DAY,
            "hour": N_("The local hour; empty for the whole day."),
            "visits": N_("How many."),
        },
    ),
}
"""By table, in the order in which they are read best. (A test holds them against the tables.)"""
