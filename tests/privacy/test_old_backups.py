"""A backup that is too old names nobody: who is of the house still is in it under a name and number too."""

from datetime import date, time
from pathlib import Path

from db import (
    backup,
    connection,
    door,
    duties,
    log,
    pattern,
    people,
    planning,
    privacy,
    put_right,
    restore,
    roster,
    wishes,
)
from db import clock as clocks
from db.planning import Plan
from db.states import NoteKind, PersonKind
from tests.clocks import FakeClock
from tests.privacy.test_privacy import NAME, bytes_with

PHONE = "0687654321"


def test_who_is_of_the_house_still_stands_in_no_old_backup(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    who = people.add(NAME, kind=PersonKind.HOST, phone=PHONE)
    people.add(f"{NAME} van de tuin", phone=PHONE)  # never on duty
    roster.plan(who.id, date(2026, 11, 23))
    pattern.weekly(who.id, 2)
    log.mark_read([log.write("de lamp is stuk", kind=NoteKind.BROKEN, by=NAME)], by=NAME)
    wish = wishes.voice("breien", by=NAME, contact=f"{NAME} {PHONE}")
    plan = Plan(title="Breien", first_day=date(2026, 11, 24), starts=time(11), ends=time(12), leader=NAME)
    planning.plan([wish], plan, by=NAME)
    door.arrive(4)
    old = backup.daily()
    assert old is not None
    assert bytes_with(old.parent, PHONE)
    clock.go_on(days=91)
    put_right.clock_is_right()

    assert privacy.of_backups() == 1
    assert privacy.of_backups() == 0, "once is enough"

    for text in (NAME, PHONE):
        assert bytes_with(old.parent, text) == []
    assert people.named(NAME), "the room itself keeps it"
    restore.restore(old, room_file)
    assert people.everybody(ended=True) == ()
    pattern.plan_ahead()
    today = clocks.reliable_now()[0].date()
    assert duties.hours(today, date(2028, 1, 1)) == (), "nobody nameless is put on the roster"
    assert [shift.duties for shift in duties.between(date(2026, 11, 23), date(2026, 11, 24))]
