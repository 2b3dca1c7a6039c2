"""`hostdesk report`: a month's figures in the shell, as other programs read them and as people do."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from db.figures_names import MEANINGS, Name
from tests.board_commands.stories import done
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run
from tests.figures.reports import report
from tests.terminal import HOSTDESK, Terminal

AGREED = [
    "visits", "volunteer_arrivals", "first_visits", "open_hours", "shifts_missing", "sessions_held",
    "sessions_cancelled", "participations", "wishes_voiced", "wishes_fulfilled",
    "wishes_not_feasible", "wishes_open", "volunteer_led_share", "advice_asked", "advice_answered",
    "volunteers", "volunteer_hours", "cost_per_visit", "replacement_value_low",
    "replacement_value_high",
]  # fmt: skip


def test_every_figure_that_was_agreed_is_there_with_its_meaning(run: Run) -> None:
    read = report(run)
    assert set(AGREED) <= set(read["figures"])
    assert (read["room"], read["from_day"], read["to_day"]) == ("De Huiskamer", "2026-11-01", "2026-11-30")
    for name in AGREED:
        figure = read["figures"][name]
        assert figure["definition"]
        assert figure["status"] in {"counted", "estimated", "sample", "not_measured"}
        assert (figure["value"] is None) == (figure["status"] == "not_measured")


def test_every_name_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Name)


def test_what_is_no_form_of_a_report_is_said_with_those_that_are(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cijfers.docx"
    code, out, err = run("report", "-o", str(file))
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert all(
        ending in err for ending in (".docx", ".txt", ".md", ".csv", ".json", ".html", ".xlsx", ".pdf")
    )
    assert not file.exists()
    assert run("report", "--format", "text", "-o", str(file))[0] == 0
    assert run("report", "-o", str(tmp_path / "cijfers"))[0] == 0


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_what_is_no_text_does_not_go_to_a_terminal(room_file: Path, form: str) -> None:
    with Terminal([*HOSTDESK, "--db", str(room_file), "report", "--format", form]) as shell:
        shell.wait(f"Een terminal kan geen {form} tonen")
        assert shell.wait_for_exit() == 1


def test_what_a_room_is_offered_is_said_in_the_language_of_the_report(run: Run) -> None:
    done(run, "count", "10", "--reason", "inloop")
    done(run, "count", "12", "--reason", "eten")
    done(run, "count", "30")
    for title, theme in (("Soep", "eten"), ("Breien", "creatief"), ("Yoga", "Yin")):
        done(run, "activity", "add", title, "--theme", theme, "--starts", "23-11 10:00")
    for session in "123":
        done(run, "activity", "attend", session, "7")
    dutch, english = (done(run, "report", "--language", language) for language in ("nl", "en"))
    for ours, theirs in (("inloop", "drop-in"), ("eten", "meal"), ("eten", "food"), ("creatief", "creative")):
        assert re.search(rf"^{ours} +\d+$", dutch, re.MULTILINE)
        assert re.search(rf"^{theirs} +\d+$", english, re.MULTILINE)
        assert not re.search(rf"^{ours} +\d+$", english, re.MULTILINE)
    assert re.search(r"^Yin +7$", english, re.MULTILINE), "the room's own word stays"


def test_what_the_columns_are_stands_above_them(run: Run) -> None:
    done(run, "count", "12")
    done(run, "costs", "add", "2026", "Huur", "6000")
    text = done(run, "report")
    for heads in (
        r"^jaarkosten +jaar +bedrag$",
        r"^weekdag +dagen open +bezoeken per dag$",
        r"^dag +de buurtkamer was +bezoeken$",
    ):
        assert re.search(heads, text, re.MULTILINE), heads
    assert max(map(len, text.splitlines())) <= 80


def test_people_read_what_is_missing_before_any_number(run: Run, clock: FakeClock) -> None:
    run("count", "3")
    clock.go_on_until(at("2026-11-27 20:00"))
    code, out, err = run("report", "--month", "2026-11")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "De Huiskamer · Cijfers van november 2026"
    gap = next(number for number, line in enumerate(lines) if "4 van de 5 geplande diensten" in line)
    assert gap < next(number for number, line in enumerate(lines) if line.startswith("Bezoeken "))
    assert "Dat is een derde of meer" in out
    assert "ontbreekt" in out
    assert "niet ingevuld" in out
    assert max(map(len, lines)) <= 80


def test_it_is_given_in_english_too(run: Run) -> None:
    for _ in range(3):
        run("count", "400")
    _, dutch, _ = run("report", "--language", "nl")
    _, english, _ = run("report", "--language", "en")
    assert "1.200  geteld" in dutch
    assert "1,200  counted" in english
    assert "Figures of November 2026" in english


def test_it_is_written_into_a_file_by_its_name(run: Run, tmp_path: Path) -> None:
    run("count")
    file = tmp_path / "cijfers.json"
    assert run("report", "-o", str(file))[0] == 0
    assert json.loads(file.read_bytes())["figures"]["visits"]["value"] == 1
    text = tmp_path / "cijfers.txt"
    assert run("report", "-o", str(text))[0] == 0
    assert "Bezoeken" in text.read_text(encoding="utf-8")


def test_the_desk_starts_without_the_figures() -> None:
    code = "import sys, hostdesk.app; print([name for name in sys.modules if 'figures' in name])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
