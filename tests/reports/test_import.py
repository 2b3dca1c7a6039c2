"""Tallies from before: a file comes in right, or is refused with line and reason, and never by half."""

import json
import re
import signal
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from db import connection, earlier, figures, figures_period
from db.errors import HostdeskError
from db.figure_models import EarlierCount
from hostdesk import words
from hostdesk.screens import figures_day_words
from tests.board_commands.stories import Run, done
from tests.clocks import FakeClock, at
from tests.terminal import Terminal

RIGHT = {
    "semicolon, Dutch days": b"datum;aantal\r\n2-1-2025;12\r\n3/1/2025;0\r\n",
    "comma, ISO days": b"date,visits\n2025-01-02,12\n2025-01-03,0\n",
    "tab, without a heading": b"2025-01-02\t12\n03.01.2025\t0",
    "Excel's mark and a decimal": b"\xef\xbb\xbfDatum;Aantal\r\n2025-01-02 00:00:00;12,0\r\n3-1-2025;0\r\n",
    "Windows-1252 and another order": (
        "café;aantal;prijs (€);datum\r\nja;12;€ 1;2-1-2025\r\nnee;0;€ 2;3-1-2025\r\n"
    ).encode("cp1252"),
    "a weekday, and a year of two digits": b"datum;aantal\ndo 2-1-2025;12\nvrijdag 3-1-25;0\n",
    "names of more words, and volunteers apart": (
        b"Dag;Datum;Aantal vrijwilligers;Aantal bezoekers\ndo;2-1-2025;3;12\nvr;3-1-2025;2;0\n"
    ),
    "a total, and who of them were children": b"Date;Kinderen;Total_visitors\n2-1-2025;3;12\n3-1-2025;;0\n",
    "names with a year": b"Datum;Aantal 2025\n2-1-2025;12\n3-1-2025;0\n",
    "names with a year, and another number": (
        b"Datum (2025);Vrijwilligers 2025;Bezoekers_2025\n2-1-2025;3;12\n3-1-2025;2;0\n"
    ),
    "Excel's own first line": b"sep=;\r\ndatum;aantal\r\n2-1-2025;12\r\n3-1-2025;0\r\n",
    "lines that end as on an old Mac": b"datum;aantal\r2-1-2025;12\r3-1-2025;0\r",
    "blank lines, quotes, an empty column": b'\n"datum";"aantal";\n\n"2-1-2025";"12";\n;;\n3-1-2025;0;\n',
}
WRONG = {
    "no such day": (b"datum;aantal\n1-1-2025;3\n31-2-2025;4\n", "Regel 3"),
    "a day to come": (b"datum;aantal\n1-1-2027;3\n", "Regel 2"),
    "American days": (b"date,count\n12/31/2025,4\n", "Regel 2"),
    "another weekday": (b"datum;aantal\nza 8-3-2025;1\nzo 8-3-2025;4\n", "op een andere weekdag dan “zo"),
    "no weekday": (b"datum;aantal\nzx 8-3-2025;1\n", "Regel 2: “zx 8-3-2025” is geen dag"),
    "a year of two digits that is to come": (b"datum;aantal\n1-3-27;1\n", "Regel 2"),
    "no number": (b"datum;aantal\n1-1-2025;veel\n", "Regel 2"),
    "nothing counted": (b"datum;aantal\n1-1-2025;\n", "Regel 2"),
    "below zero": (b"datum;aantal\n1-1-2025;-1\n", "Regel 2"),
    "half a visit": (b"datum;aantal\n1-1-2025;1,5\n", "Regel 2"),
    "thousands": (b"datum;aantal\n1-1-2025;1.234\n", "“1.234” kan twee getallen zijn"),
    "too many": (b"datum;aantal\n1-1-2025;99999\n", "Regel 2"),
    "no such hour": (b"datum;uur;aantal\n1-1-2025;25;3\n", "Regel 2"),
    "a day twice": (b"1-1-2025;3\n2-1-2025;3\n01-01-2025;4\n", "Regel 3"),
    "an hour twice": (b"1-1-2025;14;3\n1-1-2025;14:00;4\n", "Regel 2"),
    "a day beside its hours": (b"1-1-2025;14;3\n1-1-2025;;4\n", "Regel 2"),
    "a total at the end": (
        b"datum;aantal\n1-1-2025;3\nTotaal;3\n",
        "Regel 3: “Totaal” is geen dag. Haal de regel",
    ),
    "a day as Excel counts it": (b"datum;aantal\n45292;3\n", "zoals Excel die telt"),
    "shut": (b"datum;aantal\n1-1-2025;dicht\n", "Laat de dagen weg"),
    "a number of the morning and one of the afternoon": (
        b"Datum;Bezoeken ochtend;Bezoeken middag\n1-2-2023;5;8\n",
        "Regel 1: het is niet duidelijk welke kolom",
    ),
    "two numbers": (b"Datum;Aantal;Bezoekers\n1-2-2023;5;8\n", "Regel 1: het is niet duidelijk welke kolom"),
    "two years beside each other": (
        b"Datum;Aantal 2024;Aantal 2025\n1-2-2023;5;8\n",
        "Regel 1: het is niet duidelijk welke kolom",
    ),
    "no number by its name": (b"Datum;Vrijwilligers\n1-2-2023;5\n", "één “aantal”"),
    "more columns than have a name": (b"datum,aantal\n1-2-2023,1,234\n", "Regel 2: het is niet duidelijk"),
    "more columns, and no names": (b"1-2-2023;14;3;5\n", "Regel 1: het is niet duidelijk"),
    "only a heading": (b"datum;aantal\n", "geen regels"),
    "empty": (b"", "geen regels"),
    "a spreadsheet": (b"PK\x03\x04\0\0\0", "CSV"),
    "a cell without end": (b'datum;aantal\n"1-1-2025;3\n2-1-2025;4', "Regel"),
}


@pytest.mark.parametrize("content", RIGHT.values(), ids=RIGHT)
def test_a_file_is_understood(run: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "turflijst.csv"
    file.write_bytes(content)
    shown = done(run, "import", str(file))
    if b"aantal;prijs" in content:
        assert "Kolommen die niet meedoen: café, prijs (€)." in shown
    if b"vrijwilligers" in content:
        assert "Kolommen die niet meedoen: Dag, Aantal vrijwilligers." in shown
    assert "do 2 jan 2025  12 bezoeken" in shown and "vr 3 jan 2025  0 bezoeken" in shown
    assert "2 dagen, 12 bezoeken" in shown
    assert "geen eerdere" in done(run, "import"), "showing takes nothing in"
    assert "--take-back 1" in done(run, "import", str(file), "--take-in")
    assert done(run, "import") == "1  turflijst.csv: 2 dagen, 12 bezoeken\n"


@pytest.mark.parametrize(("content", "reason"), WRONG.values(), ids=WRONG)
def test_a_file_is_refused_with_the_line_and_why(
    run: Run, tmp_path: Path, content: bytes, reason: str
) -> None:
    file = tmp_path / "turflijst.csv"
    file.write_bytes(content)
    code, out, err = run("import", str(file), "--take-in")
    assert (code, out) == (1, "")
    assert reason in err, err
    assert "geen eerdere" in done(run, "import")


def test_every_line_that_is_wrong_is_said_and_of_many_how_many_more(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "turflijst.csv"
    good = "".join(f"{day}-1-2025;4\n" for day in range(1, 29))
    file.write_text(f"datum;aantal\n{good}32-1-2025;4\n29-1-2025;veel\n5-1-2025;2\n30-1-2025;25;\n")
    code, out, err = run("import", str(file), "--take-in")
    assert (code, out) == (1, "")
    assert [line[:8] for line in err.splitlines()[:-1]] == ["Regel 30", "Regel 31", "Regel 32"]
    assert "3 regels" in err.splitlines()[-1]
    file.write_text("datum;aantal\n" + "1-1-2025;veel\n" * 1234)
    lines = run("import", str(file))[2].splitlines()
    assert len(lines) == earlier.MOST_FAULTS + 2
    assert "1.214 regels" in lines[-2]
    assert "geen eerdere" in done(run, "import")


def test_a_dash_as_windows_writes_it(run: Run, tmp_path: Path) -> None:
    """Its en dash is one byte, which is no text in UTF-8 and another sign in the older encodings."""
    file = tmp_path / "uren.csv"
    file.write_bytes("datum;uur;aantal\n2-1-2025;15–16;3\n2-1-2025;16 – 17;4\n".encode("cp1252"))
    assert b"15\x9616" in file.read_bytes()
    shown = done(run, "import", str(file))
    assert " 15:00  3 bezoeken" in shown and " 16:00  4 bezoeken" in shown


def test_thousands_have_a_point_and_one_is_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "turflijst.csv"
    file.write_text("datum;aantal\n1-1-2025;1234\n2-1-2025;1\n")
    shown = done(run, "import", str(file))
    assert "1.234 bezoeken" in shown and "1 bezoek\n" in shown and "2 dagen, 1.235 bezoeken" in shown


def test_the_hours_of_a_day(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "uren.csv"
    file.write_bytes(
        b"datum;uur;aantal\n2-1-2025;9;1\n2-1-2025;14:00;2\n2-1-2025;15 - 16;3\n2-1-2025;16u;4\n"
    )
    shown = done(run, "import", str(file))
    assert [f" {hour}:00" in shown for hour in ("09", "14", "15", "16")] == [True] * 4
    assert "1 dag, 10 bezoeken" in shown


def test_nothing_counts_twice_and_all_of_a_file_is_taken_back(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "turflijst.csv"
    file.write_bytes(b"2-1-2025;12\n")
    month = ("report", "--month", "2025-01", "--format", "json")
    done(run, "import", str(file), "--take-in")
    assert '"value": 12' in done(run, *month)
    code, _, err = run("import", str(file), "--take-in")
    assert code == 1 and "Regel 1" in err
    done(run, "import", "--take-back", "1")
    assert '"value": 12' not in done(run, *month)
    assert run("import", "--take-back", "1")[0] == 1
    done(run, "import", str(file), "--take-in")


def test_a_file_that_two_read_at_once_is_taken_in_by_one(room_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "turflijst.csv"
    file.write_bytes(b"2-1-2025;12\n")
    connection.open(room_file)
    first, second = earlier.read(file).tallies, earlier.read(file).tallies
    earlier.take_in(file, first)
    with pytest.raises(HostdeskError, match="Line 1: 2025-01-02 was taken in before"):
        earlier.take_in(file, second)
    assert [(one.days, one.visits) for one in earlier.taken()] == [(1, 12)]


def test_who_stops_half_way_leaves_nothing_behind(room_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "turflijst.csv"
    file.write_text("".join(f"{1 + n % 28}-{1 + n // 28 % 12}-{1950 + n // 336};3\n" for n in range(5000)))
    connection.open(room_file)
    tallies = earlier.read(file).tallies
    seen = []

    def stop(part: float) -> None:
        seen.append(part)
        if part >= 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        earlier.take_in(file, tallies, stop)
    assert len(seen) > 1
    assert earlier.taken() == []
    earlier.take_in(file, tallies, seen.append)
    assert [(one.days, one.visits) for one in earlier.taken()] == [(5000, 15000)]


def test_the_dry_run_says_which_days_the_desk_counted_itself(
    run: Run, room_file: Path, clock: FakeClock, tmp_path: Path
) -> None:
    done(run, "count", "4")
    clock.go_on(days=1)
    done(run, "count", "5")
    done(run, "undo")  # a day on which nobody came is a day that was counted
    clock.go_on(days=3)
    file = tmp_path / "turflijst.csv"
    file.write_bytes(b"datum;aantal\n22-11-2026;7\n23-11-2026;40\n24-11-2026;50\n25-11-2026;60\n")
    shown = done(run, "import", str(file)).splitlines()
    assert ["telt niet" in line for line in shown[:4]] == [False, True, True, False]
    assert "2 dagen zijn ook aan de balie geteld" in shown[4]
    taken = done(run, "import", str(file), "--take-in")
    assert "2 dagen zijn ook aan de balie geteld" in taken
    months = json.loads(done(run, "report", "--month", "2026-11", "--format", "json"))
    assert months["figures"]["visits"]["value"] == 7 + 4 + 0 + 60, "what the dry run said came true"


def test_who_stops_while_it_is_kept_hears_that_everything_was_taken_in(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A poor card takes seconds to keep it; Python raises the interrupt once it is kept."""
    file = tmp_path / "turflijst.csv"
    file.write_bytes(b"2-1-2025;12\n")
    commit, before = connection.database.commit, signal.getsignal(signal.SIGINT)

    def slowly() -> None:
        commit()
        if EarlierCount.select().exists():
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(connection.database, "commit", slowly)
    code, out, err = run("import", str(file), "--take-in")
    assert "Overgenomen: 1 dag, 12 bezoeken" in out
    assert (code, "Te laat om te stoppen: alles is overgenomen." in err) == (0, True)
    assert "niets" not in err
    assert signal.getsignal(signal.SIGINT) is before


def test_who_stops_while_the_file_closes_sees_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    close, closed = connection.database.close, []

    def slowly() -> None:
        close()
        closed.append(True)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(connection.database, "close", slowly)
    assert run("count", "3")[0] == 0
    assert closed


WAITS_HALF_WAY = """
import signal, sys
from db import earlier
from hostdesk import cli
from hostdesk.commands import progress
take_in, progress.PATIENCE = earlier.take_in, 0.0
def waits(file, tallies, tell):
    def told(part):
        if part < 0.5:
            return tell(part)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # it may come as soon as the bar is seen
        tell(part)
        signal.raise_signal(signal.sigwait({signal.SIGINT}))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    return take_in(file, tallies, told)
earlier.take_in = waits
sys.exit(cli.main())
"""
"""The program, which writes half of a file and then waits for a signal, however fast the machine is."""


def test_a_hundred_thousand_lines_show_how_far_they_are_and_stop_without_a_trace(
    room_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "uren.csv"
    first = date(1980, 1, 1)
    file.write_text(
        "".join(f"{first + timedelta(days=n // 12)};{8 + n % 12};{n % 30}\n" for n in range(100_000))
    )
    arguments = ["--db", str(room_file), "import", str(file), "--take-in"]
    with Terminal([sys.executable, "-c", WAITS_HALF_WAY, *arguments]) as shell:
        shell.wait(re.compile(r"\[#+ *\] +75%"))  # all is read, and half of it is written
        shell.press("ctrl+c")
        shell.wait("Gestopt: er is niets overgenomen.")
        assert shell.wait_for_exit() == 130
        assert "%" not in shell.text, "the bar is gone"
    connection.open(room_file)
    assert earlier.taken() == []
    assert EarlierCount.select().count() == 0
    connection.close()
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    code, _, err = run("import", str(tmp_path / "nergens.csv"))
    assert code == 1 and "nergens.csv" in err and "bestaat niet" in err
    with pytest.raises(HostdeskError):
        earlier.read(tmp_path)


def test_a_tally_of_today_says_until_when_it_counts_and_then_that_it_does_not(
    run: Run, tmp_path: Path, clock: FakeClock
) -> None:
    clock.go_on_until(at("2026-11-24 12:00"))
    file = tmp_path / "turflijst.csv"
    file.write_text("datum;aantal\n24-11-2026;12\n")
    sentence = "De telling van vandaag, di 24 nov 2026, telt mee zolang vandaag niemand aan de balie"
    assert sentence in done(run, "import", str(file))
    assert sentence in done(run, "import", str(file), "--take-in")
    today = "--from", "2026-11-24", "--format", "json"
    told = "De eerdere telling van 1 dag telt niet mee: die dag is ook aan de balie geteld."
    before = json.loads(done(run, "report", *today))
    assert (before["figures"]["visits"]["value"], before["gaps"]["overruled_days"]) == (12, 0)
    assert told not in before["gaps"]["sentences"]
    done(run, "count", "2")
    after = json.loads(done(run, "report", *today))
    assert (after["figures"]["visits"]["value"], after["gaps"]["overruled_days"]) == (2, 1)
    assert told in after["gaps"]["sentences"]
    done(run, "import", "--take-back", "1")
    assert told not in json.loads(done(run, "report", *today))["gaps"]["sentences"]
    assert sentence not in done(run, "import", str(file)), "the desk was there first: that is said already"


def test_the_day_itself_says_which_tally_does_not_count(run: Run, tmp_path: Path, room_file: Path) -> None:
    file = tmp_path / "turflijst.csv"
    file.write_text("datum;aantal\n23-11-2026;12\n")
    done(run, "import", str(file), "--take-in")
    done(run, "count", "2")
    connection.open(room_file)
    words.choose("nl")
    made = figures.of(figures_period.day(date(2026, 11, 23)))
    for wide in (61, 77):
        lines = figures_day_words.page(made, (), 0, wide, add=True)
        page = " ".join("".join(span.text for span in text) for _, text in lines)
        assert "Een eerdere telling (12 bezoeken) telt niet mee: deze dag is ook aan" in " ".join(
            page.split()
        )
    connection.close()
