"""A question to a professional may be about an entry of the log."""

from typing import Any

from peewee import SqliteDatabase


def up(migrator: Any, db: SqliteDatabase) -> None:
    """Let a question say about which entry it is."""
    # No foreign key: the models of the board and of the shift do not know each other.
    db.execute_sql('ALTER TABLE "advice_request" ADD COLUMN "entry" INTEGER')
