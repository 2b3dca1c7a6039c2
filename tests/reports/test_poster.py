"""The poster for the door: one A4 page, whatever happens that week, that names nobody."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, time, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import connection, description, planning
from db import room as rooms
from db import week as weeks
from db.planning import Plan
from db.room import Room
from hostdesk.reports import poster_html, poster_pdf, sheet
from hostdesk.reports.sheet import Entry, Row, Sheet, Style
from tests.clocks import FakeClock, at
from tests.reports.conftest import LEADER, ODD_TITLE, WHY, Run

MONDAY = date(2026, 11, 23)
WIDTHS = {"html": poster_html._width, "pdf": poster_pdf._width}


class Seen(HTMLParser):
    """What a browser sees of a page: its words, which of them are struck, and what it would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.struck: list[str] = []
        self.tags: set[str] = set()
        self.loads: list[str] = []
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self._inside.append(tag)
        self.tags.add(tag)
        self.loads += [f"{name}={value}" for name, value in attrs if name in {"src", "href", "style"}]

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop() == tag, "every tag is closed, in order"

    def handle_data(self, data: str) -> None:
        if "style" in self._inside:
            return
        self.said.append(data)
        if "s" in self._inside:
            self.struck.append(data)

    @property
    def text(self) -> str:
        """All words."""
        return " ".join(" ".join(self.said).split())


def page(run: Run, *arguments: str) -> Seen:
    """The poster as a browser sees it."""
    code, out, err = run("poster", *arguments)
    assert (code, err) == (0, "")
    return Seen(out)


def poppler(tool: str, *arguments: str) -> bytes:
    """Read a PDF with a program that has nothing to do with the one that wrote it."""
    if shutil.which(tool) is None:
        pytest.skip("needs the Debian package poppler-utils")
    return subprocess.run([tool, *arguments], capture_output=True, check=True).stdout


@dataclass(frozen=True)
class Picture:
    """A page in greys, as a printer would have it."""

    width: int
    height: int
    points: bytes

    def inked(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether anything stands in this part, in parts of the page."""
        columns = slice(int(left * self.width), int(right * self.width))
        lines = range(int(top * self.height), int(bottom * self.height))
        rows = (self.points[line * self.width : (line + 1) * self.width] for line in lines)
        return any(min(row[columns], default=255) < 128 for row in rows)


def pictures(file: Path) -> list[Picture]:
    """All pages of a PDF."""
    poppler("pdftoppm", "-gray", "-r", "40", str(file), str(file.with_suffix("")))
    found = []
    for picture in sorted(file.parent.glob(f"{file.stem}-*.pgm")):
        head = re.match(rb"P5\s(\d+) (\d+)\s255\s", content := picture.read_bytes())
        assert head is not None
        found.append(Picture(int(head[1]), int(head[2]), content[head.end() :]))
    return found


def told(file: Path) -> str:
    """The words of a PDF."""
    return " ".join(poppler("pdftotext", "-layout", str(file), "-").decode().split())


def busy(n: int) -> None:
    """So many more activities with long names, over the whole week but for Friday."""
    for nth in range(n):
        day = MONDAY + timedelta(days=(0, 1, 2, 3, 5, 6)[nth % 6])
        starts = time(8 + nth % 12)
        title = f"Activiteit {nth} met een heel lange naam die niet zomaar op één regel past"
        planning.plan([], Plan(title, day, starts, time(starts.hour + 1), place="de grote zaal achter"))


def test_the_week_in_words(week: Room, run: Run) -> None:
    seen = page(run)
    for text in (
        "De Huiskamer",
        "Week 48",
        "23 t/m 29 november 2026",
        "dinsdag 24 november open 10:00–16:30 14:00–16:00 Breiclub · Grote zaal",
        f"10:30–12:00 {ODD_TITLE}",
        "vrijdag dicht: studiedag",
        "zaterdag dicht zondag dicht",
    ):
        assert text in seen.text
    assert seen.struck == []


def test_another_week_and_what_does_not_go_on(week: Room, run: Run) -> None:
    seen = page(run, "--week", "2026-W49")
    assert "Week 49" in seen.text
    assert "30 november t/m 6 december 2026" in seen.text
    assert "Breiclub · Grote zaal gaat niet door" in seen.text
    assert seen.struck == ["14:00–16:00", "Breiclub"]


def test_a_week_in_two_years(week: Room, run: Run) -> None:
    assert "28 december 2026 t/m 3 januari 2027" in page(run, "--week", "2026-w53").text


def test_without_a_week_it_is_the_rooms_own(week: Room, run: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-29 23:59"))
    assert "Week 48" in page(run).text
    clock.go_on(minutes=1)
    assert "Week 49" in page(run).text


def test_the_room_speaks_english(tmp_path: Path, run: Run, clock: FakeClock) -> None:
    file = tmp_path / "english.db"
    rooms.create(file, name="The Parlour", language="en", timezone="Europe/London")
    rooms.close_day(date(2026, 11, 25), "repairs")
    connection.close()
    seen = page(run, "--db", str(file))
    assert "Week 48 23 to 29 November 2026" in seen.text
    assert "Wednesday closed: repairs" in seen.text


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_nobody_is_named_on_it(week: Room, run: Run, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"poster.{form}"
    for name in ("2026-W48", "2026-W49"):
        assert run("poster", "--week", name, "-o", str(file))[0] == 0
        said = told(file) if form == "pdf" else Seen(file.read_text(encoding="utf-8")).text
        assert "Breiclub" in said
        assert LEADER not in said
        assert WHY not in said


def test_the_page_loads_nothing_and_text_is_text(week: Room, run: Run) -> None:
    out = run("poster")[1]
    seen = Seen(out)
    assert seen.loads == []
    assert not seen.tags & {"script", "link", "img", "iframe", "object", "form"}
    assert not re.search(r"url\(|@import|https?:", out)
    assert "@page { size: A4" in out
    assert "&lt;b&gt;" in out


def test_where_the_room_is_stands_at_the_foot(week: Room, run: Run) -> None:
    description.change(address="Dorpsstraat 1", website="https://huiskamer.example/")
    assert page(run).text.endswith("Dorpsstraat 1 · https://huiskamer.example/")


@pytest.mark.parametrize(("n", "all_there"), [(0, True), (14, True), (300, False)])
def test_the_pdf_is_one_full_page(week: Room, run: Run, tmp_path: Path, n: int, all_there: bool) -> None:
    description.change(address="Dorpsstraat 1, 1234 AB Voorbeeld")
    busy(n)
    file = tmp_path / "poster.pdf"
    assert run("poster", "-o", str(file))[0] == 0
    (only,) = pictures(file)
    edge = 12 / 210  # of the 15 mm that no printer misses
    assert not only.inked(0, 0, 1, edge / 2**0.5)
    assert not only.inked(0, 1 - edge / 2**0.5, 1, 1)
    assert not only.inked(0, 0, edge, 1)
    assert not only.inked(1 - edge, 0, 1, 1)
    assert only.inked(0.3, 0.85, 0.95, 0.92), "it is filled down to the foot"

    said = told(file)
    assert "zondag" in said
    assert "Dorpsstraat 1" in said
    assert ("en nog" not in said) == all_there
    named = [nth for nth in range(n) if re.search(rf"Activiteit {nth} met", said)]
    hidden = [int(left) for left in re.findall(r"en nog (\d+)", said)]
    regular = ("Breiclub" in said) + ("Thee, taart" in said)
    assert len(named) + regular + sum(hidden) == n + 2, "what has no place is counted"


def test_names_keep_their_letters_in_the_pdf(week: Room, run: Run, tmp_path: Path) -> None:
    planning.plan([], Plan("Zoë’s café — “één” € 2,50", date(2026, 11, 25), time(10), time(11)))
    planning.plan([], Plan("Şeyma, Łucja en ışık: çay", date(2026, 11, 25), time(12), time(13)))
    file = tmp_path / "poster.pdf"
    assert run("poster", "-o", str(file))[0] == 0
    assert "Zoë’s café — “één” € 2,50" in told(file)
    assert "Seyma, Lucja en isik: çay" in told(file)


def test_what_a_pdf_cannot_show_is_seen_and_said(week: Room, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "poster.pdf"
    code, out, err = run("poster", "-o", str(file))
    assert (code, str(file) in out) == (0, True)
    assert "‘lol’ ? voor Zoë & José <b>[/]" in told(file)
    assert ".html" in err
    code, _, err = run("poster", "--week", "2026-W49", "-o", str(file))
    assert (code, err) == (0, ""), "there everything can be shown"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("🎂🎉 taart", "? taart"),
        ("שלום allemaal", "? allemaal"),
        ("👩🏽‍🍳", "?"),
        ("Wat?", "Wat?"),
        ("e\u0301", "é"),
        ("日本 語", "? ?"),
        ("ﬁjn ½", "fijn ½"),
    ],
)
def test_the_nearest_that_a_pdf_can_show(text: str, shown: str) -> None:
    assert poster_pdf.legible(text) == shown


def test_the_same_week_gives_the_same_bytes(week: Room, clock: FakeClock) -> None:
    shown = weeks.of(MONDAY)
    before = poster_html.of(shown), poster_pdf.of(shown)
    clock.go_on(hours=1)
    assert (poster_html.of(shown), poster_pdf.of(shown)) == before


def test_without_the_extra_one_sentence_says_how_to_get_it(
    week: Room, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "reportlab"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "reportlab", None)
    file = tmp_path / "poster.pdf"
    code, out, err = run("poster", "-o", str(file))
    assert (code, out) == (1, "")
    assert f"{sys.executable} -m pip install 'hostdesk[pdf]'" in err
    assert err.count("\n") == 1
    assert not file.exists()
    assert run("poster", "-o", str(file.with_suffix(".html")))[0] == 0


@pytest.mark.parametrize(
    "name", ["2026-W60", "2026-W00", "2025-W53", "2026-48", "W48", "", "0000-W01", "9999-W52", "x" * 5000]
)
def test_a_week_that_is_none_is_one_sentence(week: Room, run: Run, name: str) -> None:
    code, out, err = run("poster", f"--week={name}")
    assert (code, out) == (1, "")
    assert "2026-W48" in err
    assert err.count("\n") == 1
    assert len(err) < 200


@pytest.mark.parametrize("name", ["poster", "poster.docx", "poster.pdf.png"])
def test_a_form_that_is_none_is_one_sentence(week: Room, run: Run, tmp_path: Path, name: str) -> None:
    code, out, err = run("poster", "-o", str(tmp_path / name))
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert not (tmp_path / name).exists()


_TEXT = st.text(min_size=1, max_size=80)
_ENTRY = st.builds(Entry, st.just("10:00–12:00"), _TEXT, st.text(max_size=60), st.sampled_from(["", "nee"]))
_ROW = st.builds(
    Row,
    st.just("woensdag"),
    st.just("23 november"),
    st.text(max_size=70),
    st.booleans(),
    st.lists(_ENTRY, max_size=40).map(tuple),
)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    rows=st.lists(_ROW, min_size=7, max_size=7).map(tuple),
    name=st.text(min_size=1, max_size=60),
    form=st.sampled_from(sorted(WIDTHS)),
)
def test_every_week_fits_and_every_session_is_shown_or_counted(
    rows: tuple[Row, ...], name: str, form: str
) -> None:
    width = WIDTHS[form]
    fitted = sheet.fitted(Sheet("nl", name, "Week 48", "23 t/m 29 november 2026", rows, "hier"), width)
    assert sheet.spare(fitted, width) >= 0
    assert sheet.SMALLEST <= fitted.size <= sheet.LARGEST
    assert width(name, Style.BOLD) * fitted.name_size <= sheet.WIDTH + 0.01
    for row, shown in zip(rows, fitted.rows, strict=True):
        hidden = int("".join(re.findall(r"\d", shown.more)) or 0)
        assert len(shown.entries) + hidden == len(row.entries)


@settings(deadline=None, derandomize=True, database=None)
@given(words=st.lists(st.tuples(st.text(min_size=1), st.sampled_from(Style)), max_size=30))
def test_no_letter_is_lost_in_breaking_lines(words: list[tuple[str, Style]]) -> None:
    def width(text: str, _: Style) -> float:
        return float(len(text))

    lines = sheet.lines(words, 20, width)
    assert "".join(text for line in lines for text, _ in line) == "".join(text for text, _ in words)
    assert all(sum(len(text) + 1 for text, _ in line) - 1 <= 20 for line in lines)
