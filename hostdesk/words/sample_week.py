"""The words of a sample week: which days it has, and what the desk does then."""

from typing import TYPE_CHECKING

from hostdesk.words import N_, dates, gettext

if TYPE_CHECKING:
    from db.sample_weeks import Planned


def days(week: "Planned") -> str:
    """23 to 29 november 2026."""
    return dates.stretch(week.from_day, week.to_day)


def planned(week: "Planned") -> str:
    """That it is planned, and with which key the desk asks."""
    said = gettext(N_("Sample week: {days}. After each arrival the desk asks then, with the key t."))
    return said.format(days=days(week))


def where(week: "Planned") -> str:
    """Which report has its figures, where that is not the report of a month; otherwise nothing."""
    if week.within_a_month:
        return ""
    return gettext(N_("It lies in two months: the report of the week or of the year has its figures."))
