"""Dutch public holidays, as the `holidays` library knows them."""

from datetime import date
from functools import lru_cache

_OPEN_ON = "Good Friday"
"""The library counts it, but shops, schools and rooms like this are open."""


def on(day: date, language: str = "en") -> str | None:
    """The name of the holiday on this local day, in `nl` or `en`; None on other days."""
    return _of_year(day.year, language).get(day)


@lru_cache(maxsize=32)
def _of_year(year: int, language: str) -> dict[date, str]:
    import holidays  # some 100 ms, so only where somebody plans

    english = holidays.country_holidays("NL", years=year, language="en_US")
    named = holidays.country_holidays("NL", years=year, language="nl" if language == "nl" else "en_US")
    return {day: named[day] for day, name in english.items() if name != _OPEN_ON}
