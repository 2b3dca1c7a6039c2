"""What is written beside the door under a wrong clock can be put right as well."""

from typing import Any

from peewee import ForeignKeyField, IntegerField, Model, SqliteDatabase, TextField


def up(migrator: Any, db: SqliteDatabase) -> None:
    """Make the table (a frozen copy: a later model may differ)."""

    class Boot(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class ClockReading(Model):
        class Meta:
            database = db
            legacy_table_names = False

        at = TextField(primary_key=True)
        boot = ForeignKeyField(Boot, column_name="boot", backref="+", index=False)
        boot_ms = IntegerField()

    ClockReading.add_index(ClockReading.index(ClockReading.boot, ClockReading.boot_ms))
    db.create_tables([ClockReading])
