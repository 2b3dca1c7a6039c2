"""The words of the costs: what a line says, and where a rate comes from."""

from typing import TYPE_CHECKING

from hostdesk.words import N_, gettext, numbers

if TYPE_CHECKING:
    from db.costs import Line, Rate


def line(one: "Line") -> str:
    """Rent; or paid work with its hours and what one costs; or all of a year, for who sees no names."""
    if not one.name:
        return gettext(N_("all costs together"))
    if one.minutes is None or one.rate_cents is None:
        return one.name
    return gettext(N_("{name}, {hours} hours at {rate}")).format(
        name=one.name, hours=numbers.number(one.minutes / 60, 2), rate=numbers.euro(one.rate_cents / 100)
    )


def rate(one: "Rate") -> str:
    """What an hour of a volunteer would cost, and who says so."""
    return gettext(N_("an hour of a volunteer, according to {source}")).format(source=one.source)


def reckoned(one: "Rate") -> str:
    """Below the costs: what an hour of a volunteer is reckoned at, from which year on, and who says so."""
    if not one.source:
        said = N_(
            "An hour of a volunteer is reckoned at {amount} from {year} on. "
            "According to whom stands in the report that the coordinator gives."
        )
    else:
        said = N_("An hour of a volunteer is reckoned at {amount} from {year} on, according to {source}.")
    return gettext(said).format(amount=numbers.euro(one.cents / 100), year=one.year, source=one.source)
