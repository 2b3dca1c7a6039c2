"""Every table as CSV, with what it means: whole, inert, and without a name that nobody asked for."""

import csv
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from db import connection, door, exporting
from db.dictionary import MEANINGS
from hostdesk.reports import data_package
from hostdesk.reports.cells import inert
from tests.board_commands.stories import Run, done
from tests.clocks import FakeClock, at
from tests.faults.conftest import Room, at_room, counted, home
from tests.faults.shell import files_of_at_most
from tests.safekeeping.files import another_program, contents, write
from tests.terminal import Terminal

__all__ = ["at_room", "counted", "home"]

NAME = "Wilhelmina"


def package(directory: Path) -> dict[str, Any]:
    """What the directory says of itself."""
    found: dict[str, Any] = json.loads((directory / "datapackage.json").read_text("utf-8"))
    return found


def read(cell: str, field: dict[str, Any]) -> object:
    """A cell as somebody without this program reads it, by what the description says of it."""
    if not cell:
        return None
    match field["type"]:
        case "integer":
            return int(cell)
        case "boolean":
            assert cell in field["trueValues"] + field["falseValues"]
            return cell in field["trueValues"]
        case "date":
            return date.fromisoformat(cell)
        case "datetime":
            return datetime.strptime(cell, field["format"]).replace(tzinfo=UTC)
    return cell


def table(directory: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table, read as its description says."""
    (told,) = [one for one in package(directory)["resources"] if one["name"] == name]
    fields = told["schema"]["fields"]
    with (directory / told["path"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(list(row) == [field["name"] for field in fields] for row in rows)
    return [{field["name"]: read(row[field["name"]], field) for field in fields} for row in rows]


@pytest.fixture
def told_of_people(run: Run) -> None:
    """A room in which one name stands wherever a name can stand."""
    done(run, "person", "add", NAME, "--phone", "0612345678")
    done(run, "wish", f"{NAME} wil breien", "--contact", f"{NAME} 0612345678")
    done(run, "activity", "add", "=Breien", "--starts", "2026-11-24 14:00", "--leader", NAME)
    done(run, "activity", "sign-up", "1", "--name", NAME)
    done(run, "note", f"{NAME} is gevallen", "--kind", "incident")
    done(run, "ask", f"Hoe helpen we {NAME}?", "--wish", "1")
    done(run, "advise", "1", f"Bel {NAME}")
    done(run, "costs", "add", "2026", f"Loon {NAME}", "100")
    done(run, "count", "3")
    done(run, "undo")
    done(run, "count", "4")


def export(run: Run, directory: Path, *asked: str) -> str:
    """Hand everything out; what is said of it."""
    return done(run, "export", str(directory), *asked)


def files_with(text: str, directory: Path) -> set[str]:
    """The files of this directory in which a text stands."""
    return {file.name for file in directory.iterdir() if text in file.read_text("utf-8")}


def test_every_table_and_column_of_a_room_is_described(room: object) -> None:
    schema = connection.database.connection()
    made = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_words%' ESCAPE '\\'"
    names = {name for (name,) in list(schema.execute(made))} - {"schema_migration", "sqlite_sequence"}
    found = {
        name: {column for _, column, *_ in list(schema.execute(f'PRAGMA table_info("{name}")'))}
        for name in names
    }
    assert {name: set(meaning.columns) for name, meaning in MEANINGS.items()} == found
    assert {sheet.name: {column.name for column in sheet.columns} for sheet in exporting.sheets()} == found


def test_nobody_is_named(run: Run, told_of_people: None, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "geen namen" in export(run, out)
    assert files_with(NAME, out) == files_with("0612345678", out) == set()
    assert len(list(out.iterdir())) == len(MEANINGS) + 1


def test_who_asks_for_a_column_by_its_name_gets_that_one(
    run: Run, told_of_people: None, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert "Er staan mensen in" in export(run, out, "--with", "person.name")
    assert files_with(NAME, out) == {"person.csv"}
    assert [row["name"] for row in table(out, "person")] == [NAME]
    assert files_with("0612345678", out) == set()


# Down the line.


def poured(room: Path, to: int, *asked: str) -> "subprocess.CompletedProcess[str]":
    """`hostdesk export -`, into this file."""
    return subprocess.run(
        [sys.executable, "-m", "hostdesk", "--db", str(room), "export", "-", *asked],
        env={**os.environ, "LANG": "en_GB.UTF-8"},
        stdout=to,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("asked", [(), ("--with", "person.name")])
def test_down_the_line_goes_the_same_as_into_a_directory(
    run: Run, told_of_people: None, room_file: Path, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    export(run, tmp_path / "out", *asked)
    with (tmp_path / "room.zip").open("wb") as file:
        done = poured(room_file, file.fileno(), *asked)
    assert done.returncode == 0
    assert done.stderr.count("\n") == len(asked) // 2  # that it names people, when it does
    with zipfile.ZipFile(tmp_path / "room.zip") as package:
        assert package.testzip() is None
        package.extractall(tmp_path / "arrived")
    assert files_with(NAME, tmp_path / "arrived") == ({"person.csv"} if asked else set())
    there, here = contents(tmp_path / "arrived"), contents(tmp_path / "out")
    assert {Path(name).name for name in there} == {Path(name).name for name in here}
    assert table(tmp_path / "arrived", "door") == table(tmp_path / "out", "door") != []


def test_a_clock_of_1970_makes_a_zip_too(room: object, clock: FakeClock, tmp_path: Path) -> None:
    clock.set_to(at("1970-01-01 01:00"))
    with (tmp_path / "room.zip").open("wb") as file:
        data_package.pour(file)
    with zipfile.ZipFile(tmp_path / "room.zip") as package:
        assert package.testzip() is None


def test_a_zip_is_not_poured_over_a_screen(room_file: Path) -> None:
    with Terminal([sys.executable, "-m", "hostdesk", "--db", str(room_file), "export", "-"]) as screen:
        screen.wait(lambda text: "geen tekst" in text)
        assert screen.wait_for_exit() == 1
    assert b"PK" not in bytes(screen.output)


def test_a_zip_that_does_not_arrive_is_said(room_file: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = poured(room_file, writer)
    os.close(writer)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr


def test_nobody_waits_for_a_slow_line(room: object) -> None:
    """While it is on its way nothing holds on to what the room was: the log beside it does not grow."""
    held: list[int] = []

    class SlowLine(BytesIO):
        def write(self, part: Any) -> int:
            with another_program(connection.path()) as other:
                ((busy, _, _),) = list(other.execute("PRAGMA wal_checkpoint(TRUNCATE)"))
            held.append(busy)
            return super().write(part)

    door.arrive()
    data_package.pour(SlowLine())
    assert held and not any(held)


def test_the_counts_of_the_day_can_be_made_from_the_ledger(
    run: Run, told_of_people: None, tmp_path: Path
) -> None:
    export(run, tmp_path / "out")
    rows = table(tmp_path / "out", "door")
    voided = {row["voids"] for row in rows}
    assert sum(row["n"] for row in rows if row["kind"] == "arrival" and row["id"] not in voided) == 4


def test_each_cell_is_what_the_description_says(run: Run, told_of_people: None, tmp_path: Path) -> None:
    everything = [name for sheet in exporting.sheets() for name in sheet.personal]
    export(run, tmp_path / "out", *(word for name in everything for word in ("--with", name)))
    for told in package(tmp_path / "out")["resources"]:
        rows = table(tmp_path / "out", told["name"])
        required = [
            field["name"]
            for field in told["schema"]["fields"]
            if field.get("constraints", {}).get("required")
        ]
        assert all(row[name] is not None for row in rows for name in required)
        assert len({tuple(row[name] for name in told["schema"]["primaryKey"]) for row in rows}) == len(rows)


def test_what_points_to_a_row_finds_it(run: Run, told_of_people: None, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(run, out)
    followed = set()
    for told in package(out)["resources"]:
        for key in told["schema"].get("foreignKeys", ()):
            there = key["reference"]["resource"] or told["name"]
            known = {row[key["reference"]["fields"]] for row in table(out, there)}
            pointing = {row[key["fields"]] for row in table(out, told["name"])} - {None}
            assert pointing <= known
            followed |= {told["name"]} if pointing else set()
    assert {"door", "session", "sign_up", "board_event"} <= followed


def _descriptions(of: object) -> Iterator[dict[str, str]]:
    if isinstance(of, dict):
        if "descriptions" in of:
            yield of["descriptions"]
        for value in of.values():
            yield from _descriptions(value)
    elif isinstance(of, list):
        for value in of:
            yield from _descriptions(value)


def test_everything_is_described_in_both_languages(run: Run, tmp_path: Path) -> None:
    export(run, tmp_path / "out")
    told = package(tmp_path / "out")
    found = list(_descriptions(told))
    fields = sum(len(one["schema"]["fields"]) for one in told["resources"])
    assert len(found) == 1 + len(told["resources"]) + fields
    assert all(one["nl"] and one["en"] and one["nl"] != one["en"] for one in found)
    assert told["description"] == told["descriptions"]["nl"]


def test_no_cell_is_a_formula(run: Run, told_of_people: None, tmp_path: Path) -> None:
    export(run, tmp_path / "out")
    assert table(tmp_path / "out", "activity")[0]["title"] == "'=Breien"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_text_of_any_table_is_a_formula(
    room: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Every text of every table begins with it, those about people too; and each comes out inert."""
    every = exporting.sheets()
    asked = [name for sheet in every for name in sheet.personal]
    texts = 0

    def rows(of: tuple[exporting.Sheet, ...]) -> Iterator[tuple[exporting.Sheet, Iterator[tuple[Any, ...]]]]:
        nonlocal texts
        for sheet in of:
            row = tuple(text if column.type == "text" else None for column in sheet.columns)
            texts += row.count(text)
            yield sheet, iter([row])

    monkeypatch.setattr(exporting, "everything", rows)
    data_package.write(tmp_path / "out", asked, lambda _part: None)
    cells = [
        cell
        for file in (tmp_path / "out").glob("*.csv")
        for row in list(csv.reader(file.open(encoding="utf-8", newline="")))[1:]
        for cell in row
        if cell
    ]
    assert len(cells) == texts > len(every)
    assert all(cell.startswith("'") for cell in cells)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\x1b[2J=1"])
def test_what_would_be_a_formula_or_move_the_screen_is_text(text: str) -> None:
    assert inert(text).startswith("'" if text[0] != "\x1b" else "[2J")
    assert not set("\t\r\x1b") & set(inert(text))


@pytest.mark.parametrize("text", ["", "brei-club", "3+1", "mail@huiskamer", "Zoë's 'lol'"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


def test_what_stands_there_stays(run: Run, tmp_path: Path) -> None:
    export(run, tmp_path / "out")
    before = sorted(file.name for file in tmp_path.rglob("*"))
    for place in (tmp_path / "out", tmp_path / "out" / "door.csv"):
        code, out, err = run("export", str(place))
        assert (code, out) == (1, "") and str(place) in err
    assert sorted(file.name for file in tmp_path.rglob("*")) == before


def test_an_empty_directory_is_filled(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    export(run, tmp_path / "out")
    assert table(tmp_path / "out", "room")[0]["name"] == "De Huiskamer"


@pytest.mark.parametrize("asked", ["person", "person.nome", "door.n", "room.name", ""])
def test_what_is_no_column_about_people_is_refused(run: Run, tmp_path: Path, asked: str) -> None:
    code, _, err = run("export", str(tmp_path / "out"), "--with", asked)
    assert code == 1 and "person.name" in err
    assert not (tmp_path / "out").exists()


def test_half_an_export_is_none(at_room: Room, tmp_path: Path) -> None:
    answer = at_room("export", tmp_path / "out", before=files_of_at_most(36_000))
    assert answer.code == 1
    assert "ulimit -f" in answer.sentence
    assert not [file for file in tmp_path.iterdir() if "out" in file.name]


def test_a_long_export_says_how_far_it_is(room: object, tmp_path: Path) -> None:
    for _ in range(30):
        door.arrive(2)
    said: list[float] = []
    data_package.write(tmp_path / "out", (), said.append)
    assert said[0] == 0.0
    assert said == sorted(said) and said[-1] <= 1.0

    def stop(part: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        data_package.write(tmp_path / "again", (), stop)
    assert [file.name for file in tmp_path.iterdir() if "again" in file.name] == []


def test_all_tables_are_of_one_moment(room: object) -> None:
    door.arrive(2)
    (first, last) = [
        sheet for sheet in exporting.without_people() if sheet.name in {"door", "checklist_item"}
    ]
    reading = exporting.everything([first, last])
    _, rows = next(reading)
    assert len(list(rows)) == 1
    write(connection.path(), "INSERT INTO checklist_item VALUES (1, 1, 'sleutel')")
    _, rows = next(reading)
    assert list(rows) == []
    reading.close()
    ((_, rows),) = exporting.everything([last])
    assert len(list(rows)) == 1
