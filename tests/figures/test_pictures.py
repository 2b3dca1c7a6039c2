"""The pictures of a report: as tall as their numbers, and never saying more than the table beside them."""

import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostdesk.reports import figures_picture
from hostdesk.reports.figures_document import Cell, Shape, Table
from hostdesk.reports.figures_picture import Bar, Label
from tests.commands.test_door import Run
from tests.figures.test_forms import DAYS, report, week

__all__ = ["week"]

SHOWN = st.lists(st.one_of(st.none(), st.integers(0, 5000)), min_size=1, max_size=40)
"""Numbers; None where one is not shown."""


def table(numbers: list[int | None], shape: Shape) -> Table:
    rows = tuple(
        (Cell(f"dag {place}"), Cell("open"), Cell("<5") if n is None else Cell(f"{n}", n))
        for place, n in enumerate(numbers)
    )
    return Table("", ("dag", "", "bezoeken"), rows, picture=shape)


@given(numbers=SHOWN, shape=st.sampled_from(Shape))
@settings(deadline=None)
def test_a_bar_is_as_long_as_its_number_and_what_is_not_shown_has_none(
    numbers: list[int | None], shape: Shape
) -> None:
    picture = figures_picture.of(table(numbers, shape))
    known = [n for n in numbers if n]
    if not known:
        assert picture is None
        return
    assert picture is not None
    bars = [part for part in picture.parts if isinstance(part, Bar) and part.filled]
    assert len(bars) == len(known)
    lengths = [bar.width if shape is Shape.BARS else bar.height for bar in bars]
    assert [length / max(lengths) for length in lengths] == pytest.approx([n / max(known) for n in known])
    for part in picture.parts:
        if isinstance(part, Bar):
            assert part.x >= 0 and part.x + part.width <= figures_picture.WIDTH
            assert part.y >= 0 and part.y + part.height <= picture.height + 0.01
        elif isinstance(part, Label):
            assert 0 <= part.y <= picture.height + 0.01


def test_a_small_number_is_no_bar_in_what_leaves_the_room(week: Run) -> None:
    def bars(*arguments: str) -> int:
        page = report(week, "html", *DAYS, *arguments)
        days = page[page.index("Dag voor dag") :]
        return len(re.findall(r'<rect [^>]*fill="#000"', days[: days.index("</svg>")]))

    assert bars() == 3 + 2, "three days with visits, two that are missing"
    assert bars("--for", "municipality") == 1 + 2


def test_missing_is_marked_in_the_picture_and_said_below_it(week: Run) -> None:
    page = report(week, "html", *DAYS)
    assert "Meeste: 400 (vr 11 dec 2026)." in page
    assert "Een zwart blokje onder de lijn: ontbreekt" in page
    assert "Een open blokje" not in page
    page = report(week, "html", *DAYS, "--for", "fund")
    assert "Een open blokje onder de lijn: niet getoond." in page
    assert "Meeste van wat getoond is: 12 (ma 7 dec 2026)." in page, "what is not shown is more"


def test_a_workbook_has_charts_of_its_own_with_signs_for_what_is_not_shown(week: Run, tmp_path: Path) -> None:
    """A program draws a sign as 0: the chart says beside it that it is none."""

    def charts(*arguments: str) -> list[str]:
        file = tmp_path / "cijfers.xlsx"
        assert week("report", *DAYS, "-o", str(file), *arguments)[0] == 0
        with zipfile.ZipFile(file) as book:
            return [book.read(name).decode() for name in book.namelist() if "charts/chart" in name]

    own = charts()
    assert len(own) == 3, "the reasons, the weekdays and the days"
    assert not any("&lt;5" in chart for chart in own)
    [days] = charts("--for", "municipality")
    assert re.findall("<a:t>(.*?)</a:t>", days)[1:] == ["&lt;5", "–"], "after the title"
