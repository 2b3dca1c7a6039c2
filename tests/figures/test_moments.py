"""A few words of the coordinator's own and happy moments go with a report: those that were chosen."""

import io
import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from db import connection, erasing, log
from db.connection import database, writing
from db.states import NoteKind
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run

STORY = "=Twee buren die elkaar nooit spraken, schaken nu"
OTHER = "Iemand durfde voor de eerste keer te zingen"
WORDS = "Een drukke maand.\n\nDe kachel is stuk geweest."


@pytest.fixture
def told(run: Run, room_file: Path, clock: FakeClock) -> Run:
    """Two happy moments, an incident, and one of a month before."""
    clock.go_on_until(at("2026-11-30 12:00"))
    connection.open(room_file)
    log.write("Vorige maand lachte iedereen", kind=NoteKind.HAPPY, by="Nadia")
    connection.close()
    clock.go_on_until(at("2026-12-02 12:00"))
    connection.open(room_file)
    log.write(STORY, kind=NoteKind.HAPPY, by="Nadia")
    log.write("Ruzie aan de deur", kind=NoteKind.INCIDENT, by="Nadia")
    log.write(OTHER, kind=NoteKind.HAPPY, by="Nadia")
    connection.close()
    return run


def report(run: Run, form: str, *arguments: str) -> str:
    code, out, _ = run("report", "--month", "2026-12", "--format", form, *arguments)
    assert code == 0
    return out


@pytest.mark.parametrize("form", ["text", "md", "html", "csv", "json"])
def test_what_was_chosen_goes_with_it_in_every_form_and_nothing_else(told: Run, form: str) -> None:
    assert "schaken" not in report(told, form) and "Geluksmomenten" not in report(told, form)
    said = report(told, form, "--moments", "2", "--words", WORDS)
    assert "schaken nu" in said
    assert "zingen" not in said and "Ruzie" not in said and "Nadia" not in said
    assert said.index("Een drukke maand.") < said.index("De kachel is stuk geweest.")


def test_a_workbook_has_them_as_text(told: Run, tmp_path: Path) -> None:
    file = tmp_path / "cijfers.xlsx"
    told("report", "--month", "2026-12", "--moments", "4,2", "--words", "=1+1", "-o", str(file))
    cells = [cell for row in openpyxl.load_workbook(file).worksheets[0].iter_rows() for cell in row]
    said = [cell.value for cell in cells if cell.data_type == "s"]
    assert "=1+1" in said
    assert [text for text in said if str(text).startswith("wo 2 dec 2026: ")] == [
        f"wo 2 dec 2026: {STORY}",
        f"wo 2 dec 2026: {OTHER}",
    ]


def test_a_pdf_has_them(told: Run, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs the Debian package poppler-utils")
    file = tmp_path / "cijfers.pdf"
    told("report", "--month", "2026-12", "--moments", "2", "--words", WORDS, "-o", str(file))
    said = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    assert "Geluksmomenten" in said and "schaken nu" in said and "De kachel" in said


def test_one_command_makes_every_form_of_the_same_report(told: Run, tmp_path: Path) -> None:
    files = [tmp_path / f"december.{form}" for form in ("html", "md", "json", "csv", "txt")]
    outputs = [word for file in files for word in ("-o", str(file))]
    code, out, err = told("report", "--month", "2026-12", "--moments", "2", "--words", "Dag.", *outputs)
    assert code == 0
    assert out.count("Geschreven") == len(files)
    assert err.splitlines() == [
        "In je eigen woorden en de geluksmomenten kunnen mensen staan: lees ze na voor je het verstuurt."
    ]
    assert not [file for file in files if "schaken nu" not in file.read_text(encoding="utf-8")]


def test_words_come_from_the_input_too(told: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(WORDS))
    read = json.loads(report(told, "json", "--words", "-"))
    assert read["words"] == ["Een drukke maand.", "De kachel is stuk geweest."]
    assert read["happy_moments"] == []


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ("3", "is geen geluksmoment"),
        ("1", "van ma 30 nov 2026"),
        ("99", "Er is geen aantekening 99"),
        ("2,3", "is geen geluksmoment"),
    ],
)
def test_what_is_no_happy_moment_of_these_days_is_refused(told: Run, chosen: str, why: str) -> None:
    code, out, err = told("report", "--month", "2026-12", "--moments", chosen)
    assert (code, out) == (1, "")
    assert why in err and len(err.splitlines()) == 1


def test_what_is_erased_goes_nowhere(told: Run, room_file: Path) -> None:
    connection.open(room_file)
    with writing():
        limits = erasing.Limits(notes=erasing.EVERYTHING)
        erasing.erase_due(database.connection(), limits)
    connection.close()
    code, _, err = told("report", "--month", "2026-12", "--moments", "2")
    assert code == 1 and "gewist" in err


def test_a_book_is_no_few_words(told: Run) -> None:
    code, out, err = told("report", "--words", "x" * 5000)
    assert (code, out) == (1, "") and "4000" in err
    assert told("report", "--moments", "twee")[0] == 2
