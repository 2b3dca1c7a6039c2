"""Who was on a shift may read of an incident there: afterwards, nobody gives that to themselves from home."""

from collections.abc import Callable, Iterator
from datetime import date, time

import pytest

from db import door, hours_given, log, logbook, people, roles, roster
from db import room as rooms
from db.errors import NotPossible
from db.room import Hours, Room
from db.states import NoteKind, PersonKind
from tests.clocks import FakeClock, at

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
HALVES = ("10:00", "13:00"), ("13:00", "17:00")


@pytest.fixture
def from_home(room: Room, clock: FakeClock) -> Iterator[dict[str, int]]:
    """Carla was there in the morning; in the afternoon something happened; the day after she sits at home."""
    clock.set_to(at("2026-11-23 08:00"))
    rooms.change_hours([Hours(day, *half) for day in range(1, 8) for half in HALVES], MONDAY)
    carla, bea = (people.add(name, kind=PersonKind.HOST).id for name in ("Carla", "Bea"))
    known = {
        "Carla": carla,
        "Bea": bea,
        "morning": roster.plan(carla, MONDAY, time(10), time(13)),
        "afternoon": roster.plan(bea, MONDAY, time(13), time(17)),
        "absent": roster.plan(carla, MONDAY, time(15), time(16)),
        "to come": roster.plan(carla, date(2026, 11, 30), time(13), time(17)),
    }
    roster.absent(known["absent"])
    clock.go_on_until(at("2026-11-23 15:30"))
    door.arrive()
    log.write("ruzie bij de deur", kind=NoteKind.INCIDENT, by="balie")
    clock.go_on_until(at("2026-11-24 09:00"))
    roles.act_as(PersonKind.HOST, "Carla")
    yield known
    roles.act_as(None)


def carla_reads() -> bool:
    (entry,) = logbook.entries(logbook.reader("Carla"))
    return entry.text is not None


WAYS: dict[str, Callable[[dict[str, int]], object]] = {
    "on the roster": lambda known: roster.plan(known["Carla"], MONDAY, time(14), time(16)),
    "was there": lambda known: roster.came(known["Carla"], at=at("2026-11-23 14:00")),
    "stands in": lambda known: roster.stand_in(known["afternoon"], known["Carla"]),
    "swaps": lambda known: roster.swap(known["afternoon"], known["to come"]),
    "at other times": lambda known: roster.move(known["morning"], time(13), time(17)),
    "comes after all": lambda known: roster.present_after_all(known["absent"]),
    "was there after all": lambda known: hours_given.confirm(known["absent"]),
    "stayed": lambda known: hours_given.confirm(known["morning"], None, at("2026-11-23 16:00")),
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_puts_themselves_on_a_shift_that_is_over(from_home: dict[str, int], way: str) -> None:
    assert not carla_reads()
    with pytest.raises(NotPossible):
        WAYS[way](from_home)
    assert not carla_reads()

    roles.act_as(PersonKind.COORDINATOR, "Truus")
    WAYS[way](from_home)
    assert carla_reads(), "the coordinator says who was there"


def test_who_puts_themselves_on_the_shift_that_goes_on_stays_to_be_seen(
    from_home: dict[str, int], clock: FakeClock
) -> None:
    clock.go_on_until(at("2026-11-24 14:00"))
    with pytest.raises(NotPossible, match="over"):
        roster.plan(from_home["Carla"], TUESDAY, time(10), time(17))
    mine = roster.plan(from_home["Carla"], TUESDAY, time(15), time(17))
    beas = roster.plan(from_home["Bea"], date(2026, 12, 1), time(13), time(17))
    with pytest.raises(NotPossible, match="to come"):
        roster.take_off(mine)
    with pytest.raises(NotPossible, match="to come"):
        roster.swap(mine, beas)
    roster.absent(mine)
    with pytest.raises(NotPossible, match="to come"):
        roster.take_off(mine)


def test_what_is_to_come_and_what_stands_goes_from_home(from_home: dict[str, int], clock: FakeClock) -> None:
    ill = roster.plan(from_home["Bea"], TUESDAY, time(10), time(13))
    clock.go_on_until(at("2026-11-24 10:05"))
    roster.stand_in(ill, from_home["Carla"])
    roster.take_off(roster.plan(from_home["Bea"], date(2026, 11, 25), time(10), time(13)))
    hours_given.confirm(from_home["morning"])
    hours_given.confirm(from_home["afternoon"], None, at("2026-11-23 17:15"))
    assert not carla_reads()
