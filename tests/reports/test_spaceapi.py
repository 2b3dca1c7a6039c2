"""The document for the room's website, against the rules that SpaceAPI publishes."""

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from db import description, planning, sessions
from db import room as rooms
from db.planning import Plan
from tests.clocks import FakeClock, at
from tests.reports.conftest import LEADER, ODD_TITLE, Run

RULES = json.loads((Path(__file__).parent / "spaceapi-15.json").read_text(encoding="utf-8"))
WEBSITE, LOGO = "https://huiskamer.example/", "https://huiskamer.example/logo.png"


@pytest.fixture
def described(week: rooms.Room) -> rooms.Room:
    """The room has said what such a document must hold."""
    description.change(website=WEBSITE, logo=LOGO)
    return week


def document(run: Run) -> dict[str, Any]:
    """What a website reads; it keeps to the rules."""
    code, out, err = run("spaceapi")
    assert (code, err) == (0, "")
    read: dict[str, Any] = json.loads(out)
    jsonschema.validate(read, RULES)
    return read


def test_the_rules_can_say_no() -> None:
    jsonschema.Draft7Validator.check_schema(RULES)
    with pytest.raises(jsonschema.ValidationError, match="'logo' is a required property"):
        jsonschema.validate({"api_compatibility": ["15"], "space": "x", "url": "x", "contact": {}}, RULES)


def test_it_says_what_the_room_said(described: rooms.Room, run: Run) -> None:
    description.change(email="kamer@huiskamer.example", address="Dorpsstraat 1, 1234 AB Voorbeeld")
    read = document(run)
    assert read["api_compatibility"] == ["15"]
    assert (read["space"], read["url"], read["logo"]) == ("De Huiskamer", WEBSITE, LOGO)
    assert read["contact"] == {"email": "kamer@huiskamer.example"}
    assert read["location"] == {"address": "Dorpsstraat 1, 1234 AB Voorbeeld", "timezone": "Europe/Amsterdam"}


def test_open_and_since_when(described: rooms.Room, run: Run) -> None:
    state = document(run)["state"]
    assert state == {
        "open": True,
        "lastchange": at("2026-11-23 10:00").timestamp(),
        "message": "open tot 16:30",
    }


def test_shut_in_the_evening_and_since_when(described: rooms.Room, run: Run, clock: FakeClock) -> None:
    clock.go_on_until(at("2026-11-23 20:00"))
    state = document(run)["state"]
    assert (state["open"], state["lastchange"]) == (False, at("2026-11-23 16:30").timestamp())


def test_open_outside_its_hours_since_somebody_was_counted(
    described: rooms.Room, run: Run, clock: FakeClock
) -> None:
    clock.go_on_until(at("2026-11-28 11:00"))  # a Saturday
    assert document(run)["state"]["open"] is False
    run("count")
    clock.go_on(hours=1)
    state = document(run)["state"]
    assert (state["open"], state["lastchange"]) == (True, at("2026-11-28 11:00").timestamp())


def test_how_many_are_here_only_when_that_was_measured(described: rooms.Room, run: Run) -> None:
    run("count", "4")
    read = document(run)
    assert "sensors" not in read
    assert read["ext_visits_today"] == 4
    run("headcount", "0")
    assert document(run)["sensors"] == {"people_now_present": [{"value": 0}]}


def test_todays_programme(described: rooms.Room, run: Run, clock: FakeClock) -> None:
    assert document(run)["events"] == []
    clock.go_on_until(at("2026-11-24 11:00"))
    assert document(run)["events"] == [
        {
            "name": "Breiclub",
            "type": "session-planned",
            "timestamp": at("2026-11-24 14:00").timestamp(),
            "extra": "14:00–16:00 · Grote zaal",
        }
    ]
    clock.go_on_until(at("2026-12-01 11:00"))
    (event,) = document(run)["events"]
    assert (event["type"], event["extra"]) == (
        "session-cancelled",
        "14:00–16:00 · Grote zaal · gaat niet door",
    )


def test_nobody_is_named_in_it_and_any_title_comes_through(
    described: rooms.Room, run: Run, clock: FakeClock
) -> None:
    planning.plan([], Plan("Soep", date(2026, 11, 26), time(12), time(13), leader=LEADER))
    clock.go_on_until(at("2026-11-26 13:30"))
    sessions.attend(sessions.of_activity(3)[0].id, 9, how=f"{LEADER} kookte", by=LEADER)
    read = document(run)
    assert [event["name"] for event in read["events"]] == [ODD_TITLE, "Soep"]
    assert LEADER not in json.dumps(read)


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        ({}, "--website WEBADRES --logo WEBADRES"),
        ({"website": WEBSITE}, "room --logo WEBADRES"),
        ({"logo": LOGO}, "room --website WEBADRES"),
    ],
)
def test_what_is_missing_is_said_with_how_to_give_it(
    week: rooms.Room, run: Run, known: dict[str, str], missing: str
) -> None:
    description.change(**known)
    code, out, err = run("spaceapi")
    assert (code, out) == (1, "")
    assert missing in err
    assert err.count("\n") == 1
