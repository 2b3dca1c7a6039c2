"""The figures as one CSV: a line a figure and a line a day, for a spreadsheet or a statistics program.

Numbers have a point and no thousands sign in every language. Text that a spreadsheet could take for a
formula gets an apostrophe before it.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from db.figures_names import Name
from db.figures_small import SMALLEST, AtLeast, Hidden, Shown
from hostdesk.reports import figures_broken_down, figures_over_time
from hostdesk.reports.cells import inert
from hostdesk.reports.figures_document import HIDDEN, NOTHING, Added
from hostdesk.words import costs as cost_words
from hostdesk.words import figures as words

if TYPE_CHECKING:
    from db.figures import Compared
    from db.figures_made import Figure

_HEADS = (
    "part", "name", "label", "value", "status", "out_of", "compared", "former", "year_before", "definition",
    "former_status", "year_before_status",
)  # fmt: skip
"""The status of a figure without a value says why: not_measured, missing, closed, not_filled_in."""


def of(compared: "Compared", *, whole: bool = True, added: Added = NOTHING) -> bytes:
    """The file: UTF-8, commas, as RFC 4180 has it.

    Args:
        compared: the figures.
        whole: with the small numbers of a day, a reason and a theme, which are not for everybody.
        added: what the coordinator lets go with it.
    """
    written = StringIO()
    rows = *_rows(compared, added), *_broken_down(compared, whole=whole), *_over_time(compared, whole=whole)
    csv.writer(written).writerows(
        [inert(cell) if isinstance(cell, str) else cell for cell in row]
        for row in (_HEADS, *(row + (None,) * (len(_HEADS) - len(row)) for row in rows))
    )
    return written.getvalue().encode()


def _rows(compared: "Compared", added: Added) -> Iterator[tuple[object, ...]]:
    made = compared.now
    for name, text in (
        ("room", made.room.name),
        ("from_day", made.period.from_day.isoformat()),
        ("to_day", made.period.to_day.isoformat()),
        ("made_at", made.room.local(made.made_at).isoformat(timespec="seconds")),
        *_compared_days(compared),
    ):
        yield "report", name, text
    for number, paragraph in enumerate(added.words, 1):
        yield "words", number, paragraph
    for moment in added.moments:
        yield "happy_moment", moment.day.isoformat(), moment.text
    for number, sentence in enumerate(words.missing(compared), 1):
        yield "gap", number, sentence
    for one in made.sample.weeks:
        week = f"{one.week.from_day.isoformat()}/{one.week.to_day.isoformat()}"
        yield "sample_week", week, None, one.visits, "sample", one.asked
        yield "sample_week_at_least", week, None, one.at_least, "sample", one.asked
        yield "sample_week_at_most", week, None, one.at_most, "sample", one.asked
    for line in made.costs.lines:
        yield "cost", f"{line.year}", cost_words.line(line), line.cents / 100
    if rate := made.costs.rate:
        yield "hourly_rate", f"{rate.year}", rate.source, rate.cents / 100
    for name, figure in made.figures.items():
        yield (
            "figure",
            name.value,
            words.label(name),
            figure.value,
            _how(figure),
            figure.out_of,
            *(
                None if other is None else other.figures[name].value
                for other in (compared.whole, compared.former, compared.year_before)
            ),
            words.definition(name),
            *(
                None if other is None else _how(other.figures[name])
                for other in (compared.former, compared.year_before)
            ),
        )


def _how(figure: "Figure") -> str:
    """How it came about, or why there is no value."""
    return (figure.why or figure.status).value


def _compared_days(compared: "Compared") -> Iterator[tuple[str, str]]:
    """Which days are compared, and with which."""
    for name, made in (
        ("compared", compared.whole),
        ("former", compared.former),
        ("year_before", compared.year_before),
    ):
        if made is not None:
            yield name, f"{made.period.from_day.isoformat()}/{made.period.to_day.isoformat()}"


def _over_time(compared: "Compared", *, whole: bool) -> Iterator[tuple[object, ...]]:
    """A line for each day, and in a long period one for each number of a month."""
    over_time = figures_over_time.of(compared, whole=whole)
    for one in over_time.months:
        for name in figures_over_time.OF_A_MONTH:
            of, month = one.figure(name), f"{one.month.first:%Y-%m}"
            if isinstance(of, Hidden):
                sign = _shown(of if name is Name.VISITS else Hidden.BESIDE)
                yield f"month_{name}", month, words.label(name), sign
            else:
                yield f"month_{name}", month, words.label(name), of.value, _how(of), of.out_of
    for day in compared.now.days:
        earlier = "earlier" if day.earlier else None  # its visits come from an earlier tally
        yield "day", day.day.isoformat(), earlier, _shown(over_time.days.get(day.day)), day.state.value


def _broken_down(compared: "Compared", *, whole: bool) -> Iterator[tuple[object, ...]]:
    """People by what they have in common, as every form has them."""
    for part in figures_broken_down.of(compared, whole=whole):
        if part.numbers is None:
            yield part.what.value, None, figures_broken_down.too_few()
        else:
            yield from ((part.what.value, name, None, _shown(n)) for name, n in part.numbers.items())


def _shown(n: Shown | None) -> int | str | None:
    """A number of people, or the sign for one that is not shown."""
    match n:
        case Hidden():
            return f"<{SMALLEST}" if n is Hidden.SMALL else HIDDEN
        case AtLeast(sure):
            return f"≥{sure}"
    return n
