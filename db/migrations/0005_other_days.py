"""Days with other opening hours than the week has, and the lines of the checklist one by one."""

from typing import Any

from peewee import AutoField, BooleanField, Model, SqliteDatabase, TextField


def up(migrator: Any, db: SqliteDatabase) -> None:
    """Make the tables (frozen copies: later models may differ)."""

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class OtherHours(Table):
        id = AutoField()
        day = TextField()
        opens = TextField()
        closes = TextField()
        reason = TextField()

    class ChecklistMark(Table):
        id = AutoField()
        day = TextField()
        shift_ends = TextField()
        text = TextField()
        done = BooleanField()
        at = TextField()
        by = TextField()

    OtherHours.add_index(OtherHours.index(OtherHours.day))
    ChecklistMark.add_index(ChecklistMark.index(ChecklistMark.day))
    db.create_tables([OtherHours, ChecklistMark])
