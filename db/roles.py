"""What somebody who comes in from elsewhere may see and change: the one place that says yes or no.

The answer is given table by table, and SQLite asks for it at each statement (its authorizer): no function
of `db` can forget it, and what is not named here is refused. At the desk itself nobody logs in, and a
coordinator may do what can be done there: neither is asked anything.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import local

import apsw

from db.errors import N_, NotPossible
from db.states import PersonKind

_HOURS = ("room", "opening_hours", "closed_day", "other_hours", "reason", "setting")
_WHEN = ("boot", "clock_reading")
_COUNTING = ("door", "clock_check", "shift", *_WHEN)
_DOOR = (*_COUNTING, "correction", "sample_week")
_WISHES = ("wish", "me_too", "activity", "comes", "session", "board_event", "wish_words")
_NEIGHBOURS = ("contact", "sign_up")
_ADVICE = ("advice_request",)
_LOG = ("log_entry", "log_change", "log_read", "log_words")
_SHIFT = ("person", "pattern", "duty", "closing_step", "checklist_item", "checklist_mark")
_COSTS = ("cost_line", "hourly_rate", "earlier_import", "earlier_count")
_ROOM = (*_HOURS, *_DOOR, *_WISHES, *_NEIGHBOURS, *_ADVICE, *_LOG, *_SHIFT, *_COSTS)

READS: dict[PersonKind, frozenset[str]] = {
    PersonKind.HOST: frozenset(_ROOM),
    PersonKind.VOLUNTEER: frozenset(_ROOM),
    PersonKind.PROFESSIONAL: frozenset((*_HOURS, "shift", *_WISHES, "sign_up", *_ADVICE, "person")),
    PersonKind.PARTNER: frozenset(_ROOM) - {"contact", "log_words", "wish_words", "checklist_item"},
}
"""The tables that each may read."""

WRITES: dict[PersonKind, frozenset[str]] = {
    PersonKind.HOST: frozenset(
        (*_COUNTING, *_WISHES, *_NEIGHBOURS, *_ADVICE, *_LOG, "duty", "closing_step", "checklist_mark")
    ),
    PersonKind.VOLUNTEER: frozenset((*_WISHES, *_NEIGHBOURS, *_ADVICE, *_LOG, *_WHEN)),
    PersonKind.PROFESSIONAL: frozenset(("board_event", *_WHEN)),
    PersonKind.PARTNER: frozenset(),
}
"""The tables that each may change; who may change none reads with SQLite's own read-only mode."""

_ANSWER = frozenset({"advice_request.answer", "advice_request.answered_at", "advice_request.answered_by"})

FILLS: dict[PersonKind, frozenset[str]] = {PersonKind.PROFESSIONAL: _ANSWER}
"""The columns that each may fill in rows of others, in tables that are otherwise not theirs."""

LEAVES: dict[PersonKind, frozenset[str]] = {PersonKind.HOST: _ANSWER, PersonKind.VOLUNTEER: _ANSWER}
"""The columns that each leaves to others, in tables that are otherwise theirs."""

HIDDEN: dict[PersonKind, frozenset[str]] = {
    PersonKind.HOST: frozenset(),
    PersonKind.VOLUNTEER: frozenset(),
    PersonKind.PROFESSIONAL: frozenset({"sign_up.name", "person.phone"}),
    PersonKind.PARTNER: frozenset(
        {
            "person.name",
            "person.phone",
            "wish.text",
            "wish.via",
            "me_too.via",
            "wish.reason",
            "activity.title",
            "activity.needs",
            "activity.place",
            "activity.leader",
            "activity.reason",
            "session.reason",
            "session.leader",
            "session.place",
            "sign_up.name",
            "advice_request.question",
            "advice_request.asked_by",
            "advice_request.answer",
            "advice_request.answered_by",
            "board_event.by",
            "board_event.text",
            "log_entry.text",
            "log_entry.by",
            "log_change.text",
            "log_change.by",
            "log_read.reader",
            "closing_step.by",
            "checklist_mark.text",
            "checklist_mark.by",
            "correction.why",
            "correction.by",
            "cost_line.name",
            "cost_line.minutes",  # of who is paid, and what an hour of theirs costs
            "cost_line.rate_cents",
            "hourly_rate.source",
            "earlier_import.file",
            "closed_day.reason",
            "other_hours.reason",
        }
    ),
}
"""The columns of those tables in which each sees nothing: names, and what people wrote."""

_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config", "_terms")  # what a table of words is made of

_HARMLESS = {
    apsw.SQLITE_SELECT,
    apsw.SQLITE_RECURSIVE,
    apsw.SQLITE_TRANSACTION,
    apsw.SQLITE_SAVEPOINT,
}
_CHANGES = {apsw.SQLITE_INSERT, apsw.SQLITE_UPDATE, apsw.SQLITE_DELETE}

_ASKED_OF_SQLITE = frozenset(
    {"data_version", "journal_mode", "synchronous", "foreign_keys", "secure_delete", "cache_size"}
    | {"journal_size_limit", "user_version"}
)
"""The pragmas that are read on a connection that is guarded; nobody sets one there."""

_LEADS_OUT = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
"""Functions that a SQLite may be built with, and that reach beyond the room's tables."""

_SENTENCES = {
    PersonKind.HOST: N_("From elsewhere a host cannot do that. Ask the coordinator, or do it at the desk."),
    PersonKind.VOLUNTEER: N_(
        "From elsewhere a volunteer can read, and write on the board and in the log. Ask a host for the rest."
    ),
    PersonKind.PROFESSIONAL: N_(
        "A professional sees the board and the questions, and answers those. The rest is the room's own."
    ),
    PersonKind.PARTNER: N_("A partner sees the figures, and no text about people: hostdesk report"),
}


class _Here(local):
    """What holds in this thread alone, as its connection does: the backup of the day opens no screen."""

    by_the_machine = False
    guarded: apsw.Connection | None = None


_asking: PersonKind | None = None
_came_in: tuple[str, PersonKind] | None = None
_stays = False
_here = _Here()


class NotYourRole(NotPossible):
    """Somebody from elsewhere asks what their role has no part in."""


class NoLonger(NotPossible):
    """Somebody who came in may not be here any more, or not as what they came in."""

    sentence = N_("What {name} may do in this room has changed. Log in again.")


def act_as(role: PersonKind | None, name: str = "") -> None:
    """From now on this process does what somebody with this role asks; None: what is asked at the desk.

    Args:
        role: what they are in the house.
        name: as the room writes it, where they came in with one.
    """
    global _asking, _came_in, _stays
    _asking = None if role is PersonKind.COORDINATOR else role
    _came_in = (name, role) if role and name else None
    _stays = False


def stay() -> None:
    """Who came in stays, as a command does not: whether they still may is asked at each change they make."""
    global _stays
    _stays = True


def came_in() -> str:
    """The name of who came in from elsewhere; nothing at the desk itself."""
    return _came_in[0] if _came_in else ""


def account() -> str:
    """The account that the program runs under, whatever the environment says; a number without a name."""
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def ssh_address() -> str:
    """What is typed behind `ssh` to come to this account; from afar the machine may be called otherwise."""
    return f"{account()}@{os.uname().nodename}"


def is_the_desks(name: str) -> bool:
    """Whether this is the account under which every shift does what it does, and so nobody of the house.

    Somebody may be called so all the same, or the machine be one's own: who did not come in with a name is
    not known.
    """
    return not came_in() and name == account()


def assert_still(connection: apsw.Connection) -> None:
    """Refuse who stopped since they came in, or became something else in the house.

    Raises:
        NoLonger: so it is.
    """
    if _came_in is None or not _stays or _here.by_the_machine:
        return
    name, role = _came_in
    asked = "SELECT kind FROM person WHERE name = ? AND ended_on IS NULL"
    if list(connection.execute(asked, (name,))) != [(role,)]:
        raise NoLonger(name=name)


def asking() -> PersonKind | None:
    """Who asks, when not everything is theirs to do."""
    return _asking


def reads_only() -> bool:
    """Whether who asks may change nothing at all."""
    return _asking is not None and not WRITES[_asking]


def may_read(*tables: str) -> bool:
    """Whether who asks may read these."""
    return _asking is None or READS[_asking].issuperset(tables)


def sees(column: str) -> bool:
    """Whether who asks sees what stands in this column; to others nothing stands there."""
    return _asking is None or column not in HIDDEN[_asking]


def may_change(what: str) -> bool:
    """Whether who asks may change this table, or this column of one; what they may not is not offered."""
    return _asking is None or _may_change(_asking, *what.split("."))


def refusal() -> NotYourRole:
    """Why not, in a sentence."""
    assert _asking is not None
    return NotYourRole(_SENTENCES[_asking])


def guard(connection: apsw.Connection) -> None:
    """Let SQLite ask at each statement on this connection."""
    role = _asking
    _here.guarded = None if role is None else connection
    if role is None:
        return

    def says(action: int, first: str | None, second: str | None, _schema: object, _by: object) -> int:
        if _here.by_the_machine:
            return apsw.SQLITE_OK
        if action == apsw.SQLITE_READ and f"{first}.{second}" in HIDDEN[role]:
            return apsw.SQLITE_IGNORE  # nothing stands there
        if action == apsw.SQLITE_PRAGMA:
            may = first in _ASKED_OF_SQLITE and second is None
        elif action == apsw.SQLITE_FUNCTION:
            may = second not in _LEADS_OUT
        else:
            may = _may(role, action, first or "", second)
        return apsw.SQLITE_OK if may else apsw.SQLITE_DENY

    connection.authorizer = says


@contextmanager
def by_the_machine() -> Iterator[None]:
    """What the machine does for itself, whoever sets it going: the backup of the day, for one."""
    before = _here.by_the_machine
    _switch(by_the_machine=True)
    try:
        yield
    finally:
        _switch(by_the_machine=before)


def _switch(*, by_the_machine: bool) -> None:
    """SQLite asks once for a statement and keeps the answer with it: ask anew for what is prepared."""
    _here.by_the_machine = by_the_machine
    if _here.guarded is not None:
        with suppress(apsw.ConnectionClosedError):
            _here.guarded.authorizer = _here.guarded.authorizer


def _may(role: PersonKind, action: int, table: str, column: str | None) -> bool:
    """Whether somebody with this role may do this with a table, or with a column of it."""
    if action in _HARMLESS:
        return True
    table = _itself(table, READS[role])
    if action == apsw.SQLITE_READ:
        return table in READS[role] or table in {"sqlite_master", "sqlite_schema"}
    return action in _CHANGES and _may_change(role, table, column)


def _may_change(role: PersonKind, table: str, column: str | None = None) -> bool:
    """Whether somebody with this role may change a table; or one column of rows that are there."""
    name = f"{table}.{column}"
    return name in FILLS.get(role, ()) or (table in WRITES[role] and name not in LEAVES.get(role, ()))


def _itself(table: str, known: Iterable[str]) -> str:
    """The table of words that this is a part of; otherwise the table."""
    for shadow in _SHADOWS:
        if table.endswith(shadow) and table.removesuffix(shadow) in known:
            return table.removesuffix(shadow)
    return table
