"""Corrections at the door: rows that were added or taken back later, and why."""

from typing import Any

from peewee import AutoField, Model, SqliteDatabase, TextField


def up(migrator: Any, db: SqliteDatabase) -> None:
    """Make the table (a frozen copy: a later model may differ), and let a door row say that it is of one."""

    class Correction(Model):
        class Meta:
            database = db
            legacy_table_names = False

        id = AutoField()
        day = TextField()
        why = TextField()
        by = TextField()
        at = TextField()

    db.create_tables([Correction])
    # No rewrite of the ledger: SQLite only notes that the rows before have none.
    db.execute_sql('ALTER TABLE "door" ADD COLUMN "correction" INTEGER REFERENCES "correction" ("id")')
