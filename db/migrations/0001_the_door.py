"""The room, its opening hours, its shifts, and the door ledger."""

from typing import Any

from peewee import AutoField, BooleanField, ForeignKeyField, IntegerField, Model, SqliteDatabase, TextField


def up(migrator: Any, db: SqliteDatabase) -> None:
    """Make the tables (frozen copies: later models may differ)."""

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Room(Table):
        id = IntegerField(primary_key=True)
        uuid = TextField()
        name = TextField()
        language = TextField()
        timezone = TextField()
        theme = TextField()
        created_at = TextField()

    class OpeningHours(Table):
        id = AutoField()
        from_day = TextField()
        weekday = IntegerField()
        opens = TextField(null=True)
        closes = TextField(null=True)

    class ClosedDay(Table):
        day = TextField(primary_key=True)
        reason = TextField()

    class Reason(Table):
        code = TextField(primary_key=True)
        position = IntegerField()
        active = BooleanField()

    class Shift(Table):
        id = AutoField()
        day = TextField()
        planned_opens_at = TextField(null=True)
        planned_closes_at = TextField()
        opened_at = TextField()
        opened_by = IntegerField()
        closed_at = TextField(null=True)
        closed_automatically = BooleanField()

    class Boot(Table):
        id = AutoField()
        kernel_id = TextField(unique=True)
        after_row = IntegerField()

    class ClockCheck(Table):
        id = AutoField()
        at = TextField()
        boot: Any = ForeignKeyField(Boot, column_name="boot", backref="+", index=False)
        boot_ms = IntegerField()
        up_to_row = IntegerField()
        rows_put_right = IntegerField()

    class Door(Table):
        id = AutoField()
        at = TextField()
        day = TextField()
        hour = IntegerField()
        kind = TextField()
        n = IntegerField()
        voids: Any = ForeignKeyField("self", null=True, column_name="voids", backref="+", index=False)
        about: Any = ForeignKeyField("self", null=True, column_name="about", backref="+", index=False)
        reason: Any = ForeignKeyField(Reason, null=True, column_name="reason", backref="+", index=False)
        boot: Any = ForeignKeyField(Boot, column_name="boot", backref="+", index=False)
        boot_ms = IntegerField()
        clock_at = TextField(null=True)

    OpeningHours.add_index(OpeningHours.index(OpeningHours.from_day, OpeningHours.weekday))
    Shift.add_index(Shift.index(Shift.day))
    Shift.add_index(Shift.index(Shift.closed_at, where=Shift.closed_at.is_null(), name="shift_open"))
    Door.add_index(Door.index(Door.day, Door.kind))
    # A row is voided once, whatever the number of processes that try.
    Door.add_index(Door.index(Door.voids, unique=True, where=Door.voids.is_null(False), name="door_voids"))
    Door.add_index(Door.index(Door.about, where=Door.about.is_null(False), name="door_about"))
    db.create_tables([Room, OpeningHours, ClosedDay, Reason, Shift, Boot, ClockCheck, Door])
