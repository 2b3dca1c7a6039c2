"""Visits by the hour, beside what the same weekday usually brings."""

from dataclasses import dataclass

from textual import events

from hostdesk.widgets.lines import Line, Lines, Span, line, spread
from hostdesk.words import N_, gettext

_NUMBERS = 17
"""Cells beside a bar: the hour and its visits before it, the average after it."""

_LEAST = 12
"""A chart of fewer visits than this would make much of little."""


@dataclass(frozen=True)
class Hour:
    """One bar."""

    hour: int
    visits: int | None
    """None for an hour that has yet to come, or was before the room was there."""
    average: float | None
    now: bool

    @property
    def most(self) -> float:
        """The longer of its two bars."""
        return max(self.visits or 0, self.average or 0)


class HourChart(Lines):
    """A bar an hour, from full and light blocks, with its numbers beside it."""

    DEFAULT_CSS = """
    HourChart { height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show no hours yet."""
        super().__init__(id=id)
        self._hours: tuple[Hour, ...] = ()
        self._weekday = ""

    def show_hours(self, hours: tuple[Hour, ...], weekday: str) -> None:
        """Show these bars; the weekday names what the average is of."""
        self._hours, self._weekday = hours, weekday
        self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """Draw the bars at their new length."""
        self._draw()

    def _draw(self) -> None:
        if self._hours and self.size:
            length = max(self.size.width - _NUMBERS, 0)
            scale = length / _full_length(max(one.most for one in self._hours))
            self.show([self._heading(), *(self._bar(hour, length, scale) for hour in self._fitting())])

    def _fitting(self) -> tuple[Hour, ...]:
        """The hours that fit the height: around the present one when there are too many."""
        most = max(self.size.height - 1, 1)
        if len(self._hours) <= most:
            return self._hours
        at = next((i for i, hour in enumerate(self._hours) if hour.now), len(self._hours) - 1)
        first = min(max(at - most + 2, 0), len(self._hours) - most)
        return self._hours[first : first + most]

    def _heading(self) -> Line:
        if all(hour.average is None for hour in self._hours):
            return line(Span(gettext(N_("by the hour")), "quiet"))
        usual = gettext(N_("avg {weekday}")).format(weekday=self._weekday)
        return spread(
            line(Span(gettext(N_("by the hour")), "quiet")), line(Span(usual, "quiet")), self.size.width
        )

    def _bar(self, hour: Hour, length: int, scale: float) -> Line:
        filled = _cells(hour.visits or 0, scale)
        usual = max(_cells(hour.average or 0, scale) - filled, 0)
        mark = "→" if hour.now else " "
        visits = "" if hour.visits is None else hour.visits
        average = "" if hour.average is None else f"{hour.average:.0f}"
        return line(
            Span(f"{mark}{hour.hour:02} {visits:>4} ", "strong" if hour.visits or hour.now else "quiet"),
            Span("█" * filled, "bar"),
            Span("░" * usual, "average"),
            " " * (length - filled - usual),
            Span(f"{average:>8}", "quiet"),
        )


def _full_length(most: float) -> int:
    """How many visits fill the chart: in steps, so that one visitor more seldom redraws all bars."""
    step = _LEAST
    while step < most:
        step *= 2
    return step if step * 3 // 4 < most else step * 3 // 4


def _cells(n: float, scale: float) -> int:
    """Cells for so many visits; a bar that is not zero is at least one cell."""
    return max(round(n * scale), 1) if n > 0 else 0
