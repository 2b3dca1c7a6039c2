"""Rounding as people, calculators and spreadsheets do it: what is half-way goes up, away from zero."""

from math import copysign

_A_HAIR = 1e-9
"""What is half-way is often kept as just below it; two parts of counts differ by more than this."""


def half_up(value: float, decimals: int) -> float:
    """The value with so many decimals: 19.25 is 19.3, where Python's own rounding says 19.2."""
    return round(value + copysign(_A_HAIR, value), decimals)
