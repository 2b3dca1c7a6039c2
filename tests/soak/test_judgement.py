"""The weeks at one desk are judged by what grew: each thing alone is seen, and a flat week is let be."""

from dataclasses import replace

import pytest

from tests.soak.__main__ import Day, grown

USUAL = Day(
    memory_kb=60_000,
    files=15,
    log_bytes=1_000_000,
    presses=60,
    bytes=1_000_000,
    syncs=60,
    bytes_of_presses=510_000,
    syncs_of_presses=56,
)


def test_a_flat_week_is_let_be() -> None:
    assert list(grown([replace(USUAL, memory_kb=40_000), *[USUAL] * 6])) == []


@pytest.mark.parametrize(
    ("of", "last", "said"),
    [
        ("memory_kb", 90_000, "memory"),
        ("files", 16, "open files"),
        ("log_bytes", 50_000_000, "write-ahead log"),
        ("bytes_of_presses", 5_100_000, "bytes of a press"),
    ],
)
def test_what_grew_is_said_and_nothing_else(of: str, last: int, said: str) -> None:
    (problem,) = grown([USUAL, *[USUAL] * 5, replace(USUAL, **{of: last})])
    assert said in problem
