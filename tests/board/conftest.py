"""A board with cards."""

from datetime import date, time

import pytest

from db import connection, course, planning, wishes
from db.planning import Plan
from db.room import Room
from db.states import Kind, State
from tests.clocks import FakeClock


@pytest.fixture
def filled(room: Room, clock: FakeClock) -> dict[str, int]:
    """Three wishes, one of which is being explored, and an activity that begins tomorrow."""
    found = {
        "knit": wishes.voice("Samen breien", theme="creatief", by="Anja"),
        "chess": wishes.voice("Schaken aan de grote tafel", theme="ontmoeten", by="Anja"),
        "walk": wishes.voice("Wandelen in de wijk", theme="bewegen", by="Ben"),
    }
    course.move(Kind.WISH, found["walk"], State.EXPLORING)
    plan = Plan(
        "Koffie met de wijkagent", date(2026, 11, 24), time(10), time(11), capacity=20, theme="ontmoeten"
    )
    planning.plan([], plan, by="Ben")
    connection.close()
    return found
