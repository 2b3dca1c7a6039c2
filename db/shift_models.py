"""The tables of the shift: people, who is on when, how a shift was closed, and the shift log.

They stand apart from `db.models` because a count at the door must not wait for their making. Only `db`
sees them. A shift is known by its day and its planned end, and not by its row: what a wrong clock did
to the shifts is put right by opening them again, and what is of them here goes along (`db.put_right`).
"""

from typing import Any, ClassVar

from peewee import AutoField, BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField
from playhouse.sqlite_ext import FTS5Model, RowIDField, SearchField

from db.connection import database
from db.models import Table
from db.moments import DayField, MomentField


class Person(Table):
    """Somebody of the house; without a name once that is erased, so that hours and numbers stay."""

    id = AutoField()
    name = TextField()
    kind = TextField()
    phone = TextField(null=True)
    since = DayField()
    ended_on = DayField(null=True)


class Pattern(Table):
    """Who is on duty on a weekday, every so many weeks, from a day on."""

    id = AutoField()
    person: Any = ForeignKeyField(Person, column_name="person", backref="+")
    person_id: int
    weekday = IntegerField()
    begins = TextField()
    ends = TextField()
    weeks = IntegerField()
    from_day = DayField()
    to_day = DayField(null=True)
    planned_through = DayField()


class Duty(Table):
    """Somebody on duty: as planned, and as it really was."""

    id = AutoField()
    day = DayField()
    person: Any = ForeignKeyField(Person, column_name="person", backref="+", index=False)
    person_id: int
    pattern: Any = ForeignKeyField(Pattern, column_name="pattern", null=True, backref="+")
    planned_from = MomentField(null=True)
    planned_until = MomentField(null=True)
    from_at = MomentField(null=True)
    until_at = MomentField(null=True)
    confirmed = BooleanField()
    absent = BooleanField()
    trainee = BooleanField()
    stands_in_for: Any = ForeignKeyField("self", column_name="stands_in_for", null=True, backref="+")
    revision = IntegerField()
    changed_at = MomentField()


class ClosingStep(Table):
    """A step of closing a shift: done, or skipped."""

    day = DayField()
    shift_ends = MomentField()
    step = TextField()
    at = MomentField()
    by = TextField()
    skipped = BooleanField()

    class Meta:
        """Peewee's settings."""

        primary_key = CompositeKey("day", "shift_ends", "step")


class ChecklistItem(Table):
    """Something to look at before everybody goes: the key, the alarm, the coffee machine."""

    id = AutoField()
    position = IntegerField()
    text = TextField()


class ChecklistMark(Table):
    """A line of the checklist as it was at a closing: done, or not."""

    id = AutoField()
    day = DayField()
    shift_ends = MomentField()
    text = TextField()
    done = BooleanField()
    at = MomentField()
    by = TextField()


class LogEntry(Table):
    """Something that happened on a shift, as it was written down; only ever added to.

    `text` goes when its time is up, unless the program wrote it `by_itself`: that has numbers only.
    `follow_up` says whether somebody still has to deal with it.
    """

    id = AutoField()
    day = DayField()
    shift_ends = MomentField()
    kind = TextField()
    text = TextField(null=True)
    by = TextField()
    written_at = MomentField()
    happened_at = MomentField()
    expires_on = DayField(null=True)
    by_itself = BooleanField()
    follow_up = TextField(null=True)


class LogChange(Table):
    """What was said about an entry later: better words, or how it was dealt with."""

    id = AutoField()
    entry: Any = ForeignKeyField(LogEntry, column_name="entry", backref="+", index=False)
    entry_id: int
    what = TextField()
    text = TextField(null=True)
    by = TextField()
    at = MomentField()


class LogRead(Table):
    """Somebody has read an entry."""

    entry: Any = ForeignKeyField(LogEntry, column_name="entry", backref="+", index=False)
    entry_id: int
    reader = TextField()
    at = MomentField()

    class Meta:
        """Peewee's settings."""

        primary_key = CompositeKey("entry", "reader")


class Setting(Table):
    """A number that the coordinator chose in the place of ours: a retention period, hosts on a shift."""

    name = TextField(primary_key=True)
    number = IntegerField()


class LogWords(FTS5Model):
    """The words of all entries as they read now."""

    rowid = RowIDField()
    text = SearchField()

    class Meta:
        """Peewee's settings."""

        database = database
        table_name = "log_words"
        options: ClassVar[dict[str, str]] = {"tokenize": "unicode61 remove_diacritics 2", "prefix": "1 2 3"}


Duty.add_index(Duty.index(Duty.day, Duty.person))
Duty.add_index(Duty.index(Duty.person, Duty.day))
ChecklistMark.add_index(ChecklistMark.index(ChecklistMark.day))
LogEntry.add_index(LogEntry.index(LogEntry.happened_at))
LogEntry.add_index(LogEntry.index(LogEntry.kind, LogEntry.happened_at))
LogEntry.add_index(LogEntry.index(LogEntry.by, LogEntry.happened_at))
LogEntry.add_index(
    LogEntry.index(LogEntry.happened_at, where=LogEntry.follow_up == "open", name="log_entry_open")
)
LogChange.add_index(LogChange.index(LogChange.entry, LogChange.id))

TABLES = (
    Person, Pattern, Duty, ClosingStep, ChecklistItem, ChecklistMark, LogEntry, LogChange, LogRead, Setting,
)  # fmt: skip
"""All of the shift's tables, as the migrations leave them, but for the words."""
