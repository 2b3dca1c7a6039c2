"""Who there are: joining, coming back, stopping, and being found by name."""

from datetime import date, time

import pytest

from db import people, roster
from db.errors import NotPossible
from db.room import Room
from db.shift_models import Duty
from db.states import PersonKind
from tests.clocks import FakeClock


def names() -> list[str]:
    return [person.name for person in people.everybody()]


def on_the_roster(person: int) -> int:
    """A duty tomorrow."""
    return roster.plan(person, date(2026, 11, 24), time(10), time(13))


def test_somebody_joins(room: Room, clock: FakeClock) -> None:
    nadia = people.add("Nadia", kind=PersonKind.HOST, phone="06 12 34 56 78")

    assert (nadia.name, nadia.kind, nadia.phone) == ("Nadia", PersonKind.HOST, "06 12 34 56 78")
    assert nadia.active
    assert nadia.since == clock.now().date()
    assert people.everybody() == (nadia,)


def test_they_stand_in_the_order_of_their_names(room: Room) -> None:
    for name in ("willem", "Anna", "Karim"):
        people.add(name)

    assert names() == ["Anna", "Karim", "willem"]


@pytest.mark.parametrize("same", ["Nadia", "nadia", "  NADIA "])
def test_two_with_one_name_could_not_be_told_apart(room: Room, same: str) -> None:
    people.add("Nadia")

    with pytest.raises(NotPossible, match="Nadia"):
        people.add(same)
    assert names() == ["Nadia"]


def test_an_accent_that_is_put_together_is_the_same_name(room: Room) -> None:
    people.add("Zoe\u0308")

    with pytest.raises(NotPossible):
        people.add("Zo\u00eb")


@pytest.mark.parametrize("name", ["", "   ", "\x1b\x00", "06", "-", "x" * 41, "\u202e"])
def test_what_is_no_name(room: Room, name: str) -> None:
    with pytest.raises(NotPossible):
        people.add(name)
    assert names() == []


@pytest.mark.parametrize("phone", ["bel me", "12", "0" * 21, "06-1234 nadia@example.org"])
def test_what_is_no_number(room: Room, phone: str) -> None:
    with pytest.raises(NotPossible):
        people.add("Nadia", phone=phone)
    assert names() == []


def test_who_stops_is_gone_from_the_list_and_without_a_number(room: Room) -> None:
    nadia = people.add("Nadia", phone="0612345678")

    assert people.end(nadia.id) == 0

    assert names() == []
    (ended,) = people.everybody(ended=True)
    assert (ended.name, ended.phone, ended.active) == ("Nadia", None, False)


def test_who_stopped_can_come_back_as_the_same_person(room: Room) -> None:
    nadia = people.add("Nadia")
    people.end(nadia.id)

    back = people.add("nadia", kind=PersonKind.COORDINATOR)

    assert back.id == nadia.id
    assert (back.name, back.kind, back.active) == ("nadia", PersonKind.COORDINATOR, True)


def test_who_is_still_on_the_roster_cannot_stop_unseen(room: Room) -> None:
    nadia = people.add("Nadia")
    on_the_roster(nadia.id)

    with pytest.raises(NotPossible, match="still on the roster, 1 × from 2026-11-24"):
        people.end(nadia.id)
    assert names() == ["Nadia"]
    assert Duty.select().count() == 1

    assert people.end(nadia.id, and_duties=True) == 1
    assert names() == []
    assert Duty.select().count() == 0


def test_who_stands_in_stays_on_duty(room: Room) -> None:
    nadia, karim = people.add("Nadia"), people.add("Karim")
    roster.stand_in(on_the_roster(nadia.id), karim.id)

    assert people.end(nadia.id) == 0, "an absent duty keeps nobody"

    assert [row.person_id for row in Duty.select()] == [karim.id]


def test_stopping_twice(room: Room) -> None:
    nadia = people.add("Nadia")
    people.end(nadia.id)

    with pytest.raises(NotPossible, match="Nadia ended already"):
        people.end(nadia.id)


def test_a_beginning_finds_a_name_that_only_one_has(room: Room) -> None:
    people.add("Karim")
    people.add("Karin de Wit")
    people.add("Kar")

    assert people.find("karin").name == "Karin de Wit"
    assert people.find("kar").name == "Kar", "the whole name goes before a beginning"
    with pytest.raises(NotPossible, match="Karim, Karin de Wit"):
        people.find("kari")
    with pytest.raises(NotPossible, match="Nobody here is called Willem"):
        people.find("Willem")
    with pytest.raises(NotPossible):
        people.find("")


def test_somebody_is_something_else_by_now(room: Room) -> None:
    nadia = people.add("Nadia", phone="0612345678")

    host = people.change(nadia.id, kind=PersonKind.HOST)
    assert (host.kind, host.phone) == (PersonKind.HOST, "0612345678")
    assert people.change(nadia.id, phone="").phone is None
    with pytest.raises(NotPossible, match="no telephone number"):
        people.change(nadia.id, phone="bel maar")
