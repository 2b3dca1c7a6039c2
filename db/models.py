"""The tables. Only `db` sees these models; everybody else gets frozen dataclasses."""

from typing import Any

from peewee import (
    AutoField,
    BooleanField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from db.connection import database
from db.moments import DayField, MomentField


class Table(Model):
    """What all our tables have in common."""

    class Meta:
        """Peewee's settings."""

        database = database
        legacy_table_names = False


class Room(Table):
    """The one room of this file."""

    id = IntegerField(primary_key=True)
    uuid = TextField()
    name = TextField()
    language = TextField()
    timezone = TextField()
    theme = TextField()
    created_at = MomentField()
    website = TextField(null=True)
    logo = TextField(null=True)
    email = TextField(null=True)
    address = TextField(null=True)


class OpeningHours(Table):
    """A stretch of opening hours on a weekday, from a day on; no times means shut all day.

    The week that holds for a day is the one with the newest `from_day` not after it: what was open
    years ago stays known.
    """

    id = AutoField()
    from_day = DayField()
    weekday = IntegerField()
    opens = TextField(null=True)
    closes = TextField(null=True)


class ClosedDay(Table):
    """A day on which the room stays shut although the week says otherwise."""

    day = DayField(primary_key=True)
    reason = TextField()


class OtherHours(Table):
    """A stretch of opening hours of one day, in the place of what the week says of it."""

    id = AutoField()
    day = DayField()
    opens = TextField()
    closes = TextField()
    reason = TextField()


class Reason(Table):
    """A reason for a visit, from the room's own short list."""

    code = TextField(primary_key=True)
    position = IntegerField()
    active = BooleanField()


class Shift(Table):
    """A stretch of being open: planned, really opened, and how it was closed."""

    id = AutoField()
    day = DayField()
    planned_opens_at = MomentField(null=True)
    planned_closes_at = MomentField()
    opened_at = MomentField()
    opened_by = IntegerField()
    closed_at = MomentField(null=True)
    closed_automatically = BooleanField(default=False)


class Boot(Table):
    """A start of the machine, known by the kernel's own id: ties door rows to the time since boot."""

    id = AutoField()
    kernel_id = TextField(unique=True)
    after_row = IntegerField()


class ClockCheck(Table):
    """Somebody said that the clock is right; rows up to this one may lie later than now."""

    id = AutoField()
    at = MomentField()
    boot: Any = ForeignKeyField(Boot, column_name="boot", backref="+", index=False)
    boot_ms = IntegerField()
    up_to_row = IntegerField()
    rows_put_right = IntegerField()


class ClockReading(Table):
    """At which moment something was written elsewhere than at the door, and the time since boot then.

    Of this start of the machine alone: its door rows have it beside them (`Door.boot_ms`), and by both is put
    right what a wrong clock did.
    """

    at = MomentField(primary_key=True)
    boot: Any = ForeignKeyField(Boot, column_name="boot", backref="+", index=False)
    boot_ms = IntegerField()


class Correction(Table):
    """Why something was added to the ledger of a day, or taken back, when that day was looked at again."""

    id = AutoField()
    day = DayField()
    why = TextField()
    by = TextField()
    at = MomentField()


class Door(Table):
    """The door ledger: a row a key press, only ever added to.

    `voids` is the row that an undo takes back; `about` the arrival that a first visit or a reason
    tags. `clock_at` is what the clock said, where `at` had to be estimated or put right. A row of a
    `correction` was added later; the moment of its action is what somebody said of it.
    """

    id = AutoField()
    at = MomentField()
    day = DayField()
    hour = IntegerField()
    kind = TextField()
    n = IntegerField()
    voids: Any = ForeignKeyField("self", null=True, column_name="voids", backref="+", index=False)
    about: Any = ForeignKeyField("self", null=True, column_name="about", backref="+", index=False)
    reason: Any = ForeignKeyField(Reason, null=True, column_name="reason", backref="+", index=False)
    boot: Any = ForeignKeyField(Boot, column_name="boot", backref="+", index=False)
    boot_id: int
    boot_ms = IntegerField()
    clock_at = MomentField(null=True)
    correction: Any = ForeignKeyField(
        Correction, null=True, column_name="correction", backref="+", index=False
    )


class SampleWeek(Table):
    """A week, from its Monday, in which the desk asks who is here for the first time that week."""

    from_day = DayField(primary_key=True)
    planned_at = MomentField()


OpeningHours.add_index(OpeningHours.index(OpeningHours.from_day, OpeningHours.weekday))
OtherHours.add_index(OtherHours.index(OtherHours.day))
Shift.add_index(Shift.index(Shift.day))
Shift.add_index(Shift.index(Shift.closed_at, where=Shift.closed_at.is_null(), name="shift_open"))
ClockReading.add_index(ClockReading.index(ClockReading.boot, ClockReading.boot_ms))
Door.add_index(Door.index(Door.day, Door.kind))
# A row is voided once, whatever the number of processes that try.
Door.add_index(Door.index(Door.voids, unique=True, where=Door.voids.is_null(False), name="door_voids"))
Door.add_index(Door.index(Door.about, where=Door.about.is_null(False), name="door_about"))

TABLES = (
    Room,
    OpeningHours,
    ClosedDay,
    OtherHours,
    Reason,
    Shift,
    Boot,
    ClockCheck,
    ClockReading,
    Correction,
    Door,
    SampleWeek,
)
"""All tables but the board's, as the migrations leave them (a test compares the two)."""
