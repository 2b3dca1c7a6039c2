"""People, who is on when, how a shift was closed, and the shift log."""

from typing import Any, ClassVar

from peewee import (
    AutoField,
    BooleanField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)
from playhouse.sqlite_ext import FTS5Model, RowIDField, SearchField


def up(migrator: Any, db: SqliteDatabase) -> None:
    """Make the tables (frozen copies: later models may differ)."""

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        id = AutoField()
        name = TextField()
        kind = TextField()
        phone = TextField(null=True)
        since = TextField()
        ended_on = TextField(null=True)

    class Pattern(Table):
        id = AutoField()
        person: Any = ForeignKeyField(Person, column_name="person", backref="+")
        weekday = IntegerField()
        begins = TextField()
        ends = TextField()
        weeks = IntegerField()
        from_day = TextField()
        to_day = TextField(null=True)
        planned_through = TextField()

    class Duty(Table):
        id = AutoField()
        day = TextField()
        person: Any = ForeignKeyField(Person, column_name="person", backref="+", index=False)
        pattern: Any = ForeignKeyField(Pattern, column_name="pattern", null=True, backref="+")
        planned_from = TextField(null=True)
        planned_until = TextField(null=True)
        from_at = TextField(null=True)
        until_at = TextField(null=True)
        confirmed = BooleanField()
        absent = BooleanField()
        trainee = BooleanField()
        stands_in_for: Any = ForeignKeyField("self", column_name="stands_in_for", null=True, backref="+")
        revision = IntegerField()
        changed_at = TextField()

    class ClosingStep(Table):
        day = TextField()
        shift_ends = TextField()
        step = TextField()
        at = TextField()
        by = TextField()
        skipped = BooleanField()

        class Meta:
            primary_key = CompositeKey("day", "shift_ends", "step")

    class ChecklistItem(Table):
        id = AutoField()
        position = IntegerField()
        text = TextField()

    class LogEntry(Table):
        id = AutoField()
        day = TextField()
        shift_ends = TextField()
        kind = TextField()
        text = TextField(null=True)
        by = TextField()
        written_at = TextField()
        happened_at = TextField()
        expires_on = TextField(null=True)
        by_itself = BooleanField()
        follow_up = TextField(null=True)

    class LogChange(Table):
        id = AutoField()
        entry: Any = ForeignKeyField(LogEntry, column_name="entry", backref="+", index=False)
        what = TextField()
        text = TextField(null=True)
        by = TextField()
        at = TextField()

    class LogRead(Table):
        entry: Any = ForeignKeyField(LogEntry, column_name="entry", backref="+", index=False)
        reader = TextField()
        at = TextField()

        class Meta:
            primary_key = CompositeKey("entry", "reader")

    class Setting(Table):
        name = TextField(primary_key=True)
        number = IntegerField()

    class LogWords(FTS5Model):
        rowid = RowIDField()
        text = SearchField()

        class Meta:
            database = db
            table_name = "log_words"
            options: ClassVar[Any] = {"tokenize": "unicode61 remove_diacritics 2", "prefix": "1 2 3"}

    Duty.add_index(Duty.index(Duty.day, Duty.person))
    Duty.add_index(Duty.index(Duty.person, Duty.day))
    LogEntry.add_index(LogEntry.index(LogEntry.happened_at))
    LogEntry.add_index(LogEntry.index(LogEntry.kind, LogEntry.happened_at))
    LogEntry.add_index(LogEntry.index(LogEntry.by, LogEntry.happened_at))
    LogEntry.add_index(
        LogEntry.index(LogEntry.happened_at, where=LogEntry.follow_up == "open", name="log_entry_open")
    )
    LogChange.add_index(LogChange.index(LogChange.entry, LogChange.id))
    db.create_tables(
        [
            Person,
            Pattern,
            Duty,
            ClosingStep,
            ChecklistItem,
            LogEntry,
            LogChange,
            LogRead,
            Setting,
            LogWords,
        ]
    )
    for words in ("wish_words", "log_words"):  # without it an erased word stays in the index for a while
        db.execute_sql(f"INSERT INTO {words}({words}, rank) VALUES ('secure-delete', 1)")
