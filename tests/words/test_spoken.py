"""The command line speaks the language of the room; without a room, that of the environment."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from hostdesk import commands, words
from hostdesk.words import dates

MONDAY = date(2026, 3, 2)
EXAMPLE = {"nl": "voorbeeld:\n  hostdesk", "en": "example:\n  hostdesk"}
USAGE = {"nl": "gebruik: hostdesk", "en": "usage: hostdesk"}


def hostdesk(file: Path, *arguments: str, locale: str = "nl_NL.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the program as a person with this locale would."""
    spoken = {"LC_ALL": locale, "HOSTDESK_DB": str(file), "PYTHONUTF8": "1", "COLUMNS": "100"}
    quiet = {name: value for name, value in os.environ.items() if name not in {"LANGUAGE", "LANG"}}
    return subprocess.run(
        [sys.executable, "-m", "hostdesk", *arguments],
        env=quiet | spoken,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(autouse=True)
def _language_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choosing a language changes the process: the next test starts in English again."""
    monkeypatch.setattr(words, "_language", words._language)
    monkeypatch.setattr(words, "_texts", words._texts)
    monkeypatch.setenv("LANGUAGE", os.environ.get("LANGUAGE", ""))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", commands.NAMES)
def test_each_subcommand_explains_itself_with_an_example(name: str, language: str, tmp_path: Path) -> None:
    asked = hostdesk(tmp_path / "none.db", name, "--help", locale=f"{language}_NL.UTF-8")
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.startswith(USAGE[language])
    assert EXAMPLE[language] in asked.stdout
    words.choose(language)
    assert asked.stdout.rstrip().endswith(words.gettext(commands.load(name).example))


def test_what_somebody_says_in_an_example_is_dutch_in_a_dutch_room(room_file: Path) -> None:
    """Wherever the English example has words of its own, the Dutch one has others."""
    for line, said in (
        (("activity", "cancel"), 'activity cancel 2 --reason "de begeleider is ziek"'),
        (("activity", "change"), "activity change 1 --place keuken"),
        (("correct", "add"), 'correct add 23-11 14:30 4 --why "de laptop stond uit"'),
    ):
        assert hostdesk(room_file, *line, "--help").stdout.rstrip().endswith(said)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_program_names_all_its_subcommands(language: str, tmp_path: Path) -> None:
    asked = hostdesk(tmp_path / "none.db", "--help", locale=f"{language}_NL.UTF-8")
    assert asked.returncode == 0
    assert not [name for name in commands.NAMES if f"    {name}" not in asked.stdout]


def test_a_dutch_room_answers_in_dutch_whatever_the_environment(room_file: Path) -> None:
    counted = hostdesk(room_file, "count", "3", locale="en_GB.UTF-8")
    assert counted.returncode == 0, counted.stderr
    assert "3 bezoeken vandaag" in counted.stdout


def test_an_english_environment_gets_english_where_there_is_no_room_yet(tmp_path: Path) -> None:
    refused = hostdesk(tmp_path / "none.db", "count", locale="en_GB.UTF-8")
    assert refused.returncode == 1
    assert "There is no room in" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["count", "x"], "hostdesk count: fout: argument N: x is geen heel getal.\n"),
        (
            ["activity", "sessions", "abc"],
            "hostdesk activity sessions: fout: argument NUMMER: abc is geen heel getal.\n",
        ),
        (["count", "1,5"], "hostdesk count: fout: argument N: 1,5 is geen heel getal.\n"),
        (["headcount"], "hostdesk headcount: fout: dit moet er nog bij: N\n"),
        (["count", "1", "2"], "hostdesk count: fout: dit ken ik niet: 2\n"),
        (["count", "--reason"], "hostdesk count: fout: argument --reason: hier hoort één waarde achter\n"),
        (["undo", "--quick"], "hostdesk undo: fout: dit ken ik niet: --quick\n"),
    ],
)
def test_a_wrong_command_line_gets_a_dutch_sentence_and_code_2(
    arguments: list[str], sentence: str, room_file: Path
) -> None:
    refused = hostdesk(room_file, *arguments, locale="en_GB.UTF-8")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr.startswith("gebruik: hostdesk")
    assert refused.stderr.endswith(sentence)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("cuont", "5"), "hostdesk: fout: argument OPDRACHT: “cuont” bestaat niet; bedoel je count?"),
        (("tel",), "hostdesk: fout: argument OPDRACHT: “tel” bestaat niet; hostdesk --help toont alles"),
        (
            ("activity", "mov", "1"),
            "hostdesk activity: fout: argument OPDRACHT: “mov” bestaat niet; bedoel je move?",
        ),
    ],
)
def test_an_unknown_subcommand_is_answered_with_the_nearest_one(
    room_file: Path, line: tuple[str, ...], says: str
) -> None:
    refused = hostdesk(room_file, *line)
    assert (refused.returncode, refused.stderr.splitlines()[-1]) == (2, says)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("--db", "", "today"), "argument --db: daar staat geen bestand"),
        (("today", "--db="), "argument --db: daar staat geen bestand"),
        (
            ("wish", "Samen \udce9ten"),
            "argument TEKST: “Samen ten” heeft bytes die geen tekst zijn: typ het opnieuw",
        ),
        (("note", "--kind", "broken", "K\udcffraan"), "heeft bytes die geen tekst zijn: typ het opnieuw"),
    ],
)
def test_what_names_no_file_or_is_no_text_is_refused(
    room_file: Path, line: tuple[str, ...], says: str
) -> None:
    before = room_file.read_bytes()
    refused = hostdesk(room_file, *line)
    assert refused.returncode == 2
    assert says in refused.stderr
    assert room_file.read_bytes() == before


def test_wrong_numbers_are_said_in_english_too(tmp_path: Path) -> None:
    refused = hostdesk(tmp_path / "none.db", "count", "x", locale="en_GB.UTF-8")
    assert refused.returncode == 2
    assert refused.stderr.endswith("hostdesk count: error: argument N: x is no whole number.\n")


@pytest.mark.parametrize(
    ("language", "day", "with_week", "weekday", "short"),
    [
        ("nl", "ma 2 mrt 2026", "ma 2 mrt 2026 · week 10", "maandag", "ma"),
        ("en", "Mon 2 Mar 2026", "Mon 2 Mar 2026 · week 10", "Monday", "Mon"),
    ],
)
def test_days_are_written_as_the_language_does(
    language: str, day: str, with_week: str, weekday: str, short: str
) -> None:
    words.choose(language)
    said = (dates.day(MONDAY), dates.day_and_week(MONDAY), dates.weekday(MONDAY), dates.weekday_short(MONDAY))
    assert said == (day, with_week, weekday, short)


def test_a_day_in_words_takes_no_more_memory_than_it_needs() -> None:
    """Half a megabyte of looking through packages, which the desk of a small machine has no use for."""
    code = (
        "import sys, datetime; from hostdesk import words; from hostdesk.words import dates;"
        "words.choose('nl'); print(dates.day(datetime.date(2026, 3, 2)), 'zipfile' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "ma 2 mrt 2026 False\n"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "nl"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "nl_NL.UTF-8"}, "nl"),
        ({}, "nl"),
    ],
)
def test_the_environment_chooses_and_dutch_is_meant_where_it_does_not(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert words.language_of_environment() == language
