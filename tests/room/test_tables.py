"""The file: its tables are those of the models, and its settings those that lose nothing."""

import apsw
import pytest
from peewee import IntegrityError
from playhouse.schema_diff import diff_models

from db import board_models, connection, door, figure_models, models, shift_models
from db.connection import database
from db.room import Room

ALL = (*models.TABLES, *board_models.TABLES, *shift_models.TABLES, *figure_models.TABLES)


def test_the_migrations_make_the_tables_of_the_models(room: Room) -> None:
    tables = [*ALL, board_models.WishWords, shift_models.LogWords]
    difference = diff_models(database, tables)

    assert not difference, str(difference)


def test_all_models_are_named(room: Room) -> None:
    assert set(ALL) == set(models.Table.__subclasses__())


@pytest.mark.parametrize(("name", "wanted"), connection.SETTINGS.items())
def test_the_settings_hold(room: Room, name: str, wanted: object) -> None:
    assert database.pragma(name) == wanted


def test_the_file_says_whose_it_is(room: Room) -> None:
    assert database.pragma("application_id") == connection.APPLICATION_ID
    assert database.pragma("user_version") == connection.SCHEMA_VERSION
    assert database.pragma("integrity_check") == "ok"


def test_a_setting_that_does_not_hold_is_no_secret(room: Room) -> None:
    database.pragma("synchronous", 1)

    with pytest.raises(RuntimeError, match="synchronous"):
        connection._assert_settings()


def test_sqlite_is_one_without_the_wal_reset_bug() -> None:
    assert tuple(map(int, apsw.sqlitelibversion().split("."))) >= (3, 51, 3)


def test_a_row_is_voided_once_whatever_happens(room: Room) -> None:
    door.arrive()
    door.undo()
    again = (
        "INSERT INTO door (at, day, hour, kind, n, voids, boot, boot_ms) SELECT at, day, 0, kind, 1, 1, 1, 0"
    )
    with pytest.raises(IntegrityError):
        database.execute_sql(f"{again} FROM door WHERE id = 2")
