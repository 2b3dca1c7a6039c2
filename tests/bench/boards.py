"""Boards of any size, filled in bulk: what years of wishes and activities leave behind."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from db import board_models as models
from db import clock, connection
from db.history import What
from db.states import Lead, SessionState, State

NEWEST = "Samen naar zee"
"""What the newest wish says: it lies on top of its column."""

_LIVE = (State.RECEIVED, State.RECEIVED, State.EXPLORING, State.PLANNED, State.RUNNING)
_PAST = (State.DONE, State.DONE, State.NOT_FEASIBLE)
_THEMES = ("ontmoeten", "creatief", "bewegen", "eten", "leren", "hulp", "anders")
_SESSIONS = {State.PLANNED: (0, 6), State.RUNNING: (12, 12), State.DONE: (8, 0)}
"""How many sessions of such an activity were held, and how many are still to come."""

Row = dict[str, Any]


def fill(file: Path, *, live: int, past: int) -> None:
    """Fill the board of a room that nobody has open with so many cards."""
    connection.open(file)
    try:
        board = _Board(clock.now().astimezone(UTC))
        for n in range(past):
            board.card(_PAST[n % len(_PAST)], days_ago=40 + (past - n) % 2000)
        for n in reversed(range(live)):
            board.card(_LIVE[n % len(_LIVE)], days_ago=n % 90 + 1, text=NEWEST if n == 0 else "")
        board.write()
    finally:
        connection.close()


class _Board:
    """The rows of a board, until they are written."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._numbers = {table: count(1) for table in (models.Wish, models.Activity, models.Session)}
        self._rows: dict[Any, list[Row]] = {table: [] for table in (*models.TABLES, models.WishWords)}

    def card(self, state: State, days_ago: int, text: str = "") -> None:
        """One more card: a wish, or an activity with the wish that it came of."""
        at = self._now - timedelta(days=days_ago)
        wish = next(self._numbers[models.Wish])
        text = text or f"Wens {wish}: iets doen met de buren uit straat {wish % 97}"
        reason = "geen ruimte" if state is State.NOT_FEASIBLE else None
        theme = _THEMES[wish % len(_THEMES)]
        self._add(
            models.Wish, id=wish, text=text, theme=theme, state=state, since=at, voiced_at=at, via="bench",
            reason=reason,
        )  # fmt: skip
        self._add(models.WishWords, rowid=wish, text=text)
        for _ in range(wish % 4):
            self._add(models.MeToo, wish=wish, at=at, via="bench")
        self._add(models.BoardEvent, at=at, by="bench", what=What.VOICED, wish=wish, to_state=State.RECEIVED)
        if state in _SESSIONS:
            self._activity(wish, state, theme, at)

    def _activity(self, wish: int, state: State, theme: str, at: datetime) -> None:
        activity = next(self._numbers[models.Activity])
        first = self._now + timedelta(days=activity % 6 + 1)
        self._add(
            models.Activity, id=activity, title=f"Activiteit {activity}", theme=theme, needs="", place="zaal",
            capacity=8 if activity % 3 == 0 else None, lead=Lead.VOLUNTEER, leader="", state=state, since=at,
            created_at=at, reason=None, rule="FREQ=WEEKLY;COUNT=24", starts=f"{first:%Y-%m-%dT%H:%M}",
            minutes=90, skip_holidays=False, planned_through=None,
        )  # fmt: skip
        self._add(models.Comes, wish=wish, activity=activity)
        held, ahead = _SESSIONS[state]
        for week in range(-held, ahead):
            starts = first + timedelta(weeks=week if ahead else week - 4)
            self._session(activity, starts, 5 + week % 7 if week < 0 else None)

    def _session(self, activity: int, starts: datetime, participations: int | None) -> None:
        session = next(self._numbers[models.Session])
        state = SessionState.PLANNED if participations is None else SessionState.HELD
        self._add(
            models.Session, id=session, activity=activity, day=starts.date(), starts_at=starts,
            ends_at=starts + timedelta(minutes=90), state=state, participations=participations,
            revision=0, asked=True, changed_at=starts,
        )  # fmt: skip

    def _add(self, table: Any, **row: Any) -> None:
        self._rows[table].append(row)

    def write(self) -> None:
        """Write them all, in one transaction."""
        with connection.writing():
            for table, found in self._rows.items():
                for some in _in_batches(found):
                    table.insert_many(some).execute()


def _in_batches(found: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(found), 500):
        yield found[start : start + 500]
