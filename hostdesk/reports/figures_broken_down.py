"""People by what they have in common, for every form of a report the same: reasons of visits, and themes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.figures_names import Name
from db.figures_period import CALENDAR
from db.figures_small import Shown, shown, together
from hostdesk.words import N_, gettext
from hostdesk.words import figures as figure_words

if TYPE_CHECKING:
    from db.figures import Compared


class Part(StrEnum):
    """What people have in common by which they are broken down, as other programs know it."""

    REASON = "reason"
    THEME = "theme"


@dataclass(frozen=True)
class BrokenDown:
    """People by what they have in common, as far as that may be shown."""

    what: Part
    numbers: Mapping[str, Shown] | None
    """None: they are too few to break down."""


def too_few() -> str:
    """Why there is no breakdown."""
    return gettext(N_("Too few people to break down."))


def of(compared: "Compared", *, whole: bool) -> Iterator[BrokenDown]:
    """What the visits were for, and which themes people took part in.

    The room itself reads what its figures on the screen say. Others read no small number, and of days that
    cut through a month nothing.
    """
    made, months = compared.now, () if whole else compared.months
    if not whole and made.period.unit not in CALENDAR:
        return
    visits, themes = made.figures[Name.VISITS].value, made.sessions.by_theme
    if made.by_reason and visits is not None:
        yield _breakdown(
            Part.REASON,
            _reasons(int(visits), made.by_reason),
            [_reasons(month.visits, month.by_reason) for month in months],
            whole=whole,
        )
    if themes:
        yield _breakdown(
            Part.THEME,
            figure_words.by_theme(themes),
            [figure_words.by_theme(month.by_theme) for month in months],
            whole=whole,
        )


def _reasons(visits: int, by_reason: Mapping[str, int]) -> dict[str, int]:
    """What the visits were for, those of which nobody said it at the end."""
    not_said = visits - sum(by_reason.values())
    return {**figure_words.by_reason(by_reason), gettext(N_("not said")): not_said}


def _breakdown(
    what: Part, parts: Mapping[str, int], months: Sequence[Mapping[str, int]], *, whole: bool
) -> BrokenDown:
    """People by what they have in common; of each month of the period too, as its own report has it."""
    if whole:
        return BrokenDown(what, parts)
    by_month = [[month.get(part, 0) for part in parts] for month in months]
    of_months = [(shown(month), sum(month)) for month in by_month]
    seen = together(of_months) if months else shown(list(parts.values()))
    return BrokenDown(what, None if seen is None else dict(zip(parts, seen, strict=True)))
