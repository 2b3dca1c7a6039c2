"""Writing down what happened, saying it better, dealing with it, and who has read it."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import log, logbook, people, privacy, roles, roster
from db import room as rooms
from db.connection import database
from db.errors import NotPossible
from db.logbook import Entry, Filter, Reader
from db.room import Hours, Room
from db.shift_models import LogEntry
from db.states import FollowUp, Missing, NoteKind, PersonKind
from tests.clocks import FakeClock, at

NADIA, KARIM = Reader("Nadia"), Reader("Karim")


def texts(found: tuple[Entry, ...]) -> list[str | None]:
    return [entry.text for entry in found]


def newest(who: Reader = NADIA) -> Entry:
    return logbook.entries(who)[0]


def test_a_note_is_written_in_one_go(room: Room, clock: FakeClock) -> None:
    number = log.write("koffiezetter lekt", kind=NoteKind.BROKEN, by="Nadia")

    entry = newest()
    assert (entry.id, entry.text, entry.by) == (number, "koffiezetter lekt", "Nadia")
    assert (entry.kind, entry.follow_up) == (NoteKind.BROKEN, FollowUp.OPEN)
    assert entry.written_at == entry.happened_at == clock.now()
    assert entry.shift == (date(2026, 11, 23), at("2026-11-23 16:30"))


def test_the_moment_it_happened_is_another_one(room: Room, clock: FakeClock) -> None:
    log.write("later opgeschreven", happened_at=at("2026-11-20 11:00"))

    entry = newest()
    assert entry.shift == (date(2026, 11, 20), at("2026-11-20 16:30"))
    assert (entry.happened_at, entry.written_at) == (at("2026-11-20 11:00"), clock.now())


def test_an_evening_past_midnight_is_one_shift(room: Room, clock: FakeClock) -> None:
    rooms.change_hours([Hours(1, "20:00", "02:00")], date.min)
    clock.go_on_until(at("2026-11-24 01:15"))
    log.write("laat")
    clock.go_on_until(at("2026-11-24 02:30"))
    log.write("nog later, bij het sluiten")

    assert [entry.shift for entry in logbook.entries(NADIA)] == [
        (date(2026, 11, 23), at("2026-11-24 02:00"))
    ] * 2


@pytest.mark.parametrize(
    ("changes", "shift_ends"), [("2026-10-25", "2026-10-25 16:30"), ("2027-03-28", "2027-03-28 16:30")]
)
def test_on_the_day_of_a_clock_change(room: Room, clock: FakeClock, changes: str, shift_ends: str) -> None:
    rooms.change_hours([Hours(7, "00:00", "16:30")], date.min)
    clock.set_to(at(f"{changes} 16:00"))
    for hour in ("00:30", "01:59", "03:01", "15:59"):
        log.write(hour, happened_at=at(f"{changes} {hour}"))

    assert {entry.shift for entry in logbook.entries(NADIA)} == {
        (date.fromisoformat(changes), at(shift_ends))
    }


@pytest.mark.parametrize("kind", NoteKind)
def test_which_kinds_open_a_follow_up(room: Room, kind: NoteKind) -> None:
    log.write("iets", kind=kind)

    opens = kind in (NoteKind.BROKEN, NoteKind.SHORTAGE, NoteKind.INCIDENT)
    assert newest(Reader(coordinator=True)).follow_up == (FollowUp.OPEN if opens else None)


@pytest.mark.parametrize("text", ["", "  \t", "\x1b\x00", "x" * 1001])
def test_what_is_no_entry(room: Room, text: str) -> None:
    with pytest.raises(NotPossible):
        log.write(text)
    assert logbook.entries(NADIA) == ()


@pytest.mark.parametrize("happened_at", ["2026-11-23 14:08", "2027-01-01 10:00", "2025-11-21 10:00"])
def test_it_has_happened_and_not_long_ago(room: Room, happened_at: str) -> None:
    with pytest.raises(NotPossible):
        log.write("iets", happened_at=at(happened_at))
    assert logbook.entries(NADIA) == ()


def test_an_open_point_goes_from_shift_to_shift_until_somebody_says_how(room: Room, clock: FakeClock) -> None:
    number = log.write("geen koffie meer", kind=NoteKind.SHORTAGE, by="Nadia")
    clock.go_on(days=9)
    assert [point.id for point in logbook.open_points(KARIM)] == [number]

    log.deal_with(number, "gehaald bij de winkel", by="Karim")

    assert logbook.open_points(KARIM) == ()
    how = newest().dealt_with
    assert how and (how.text, how.by, how.at) == ("gehaald bij de winkel", "Karim", clock.now())
    assert newest().text == "geen koffie meer"
    with pytest.raises(NotPossible, match="already"):
        log.deal_with(number, "nog eens")


def test_what_was_not_dealt_with_after_all(room: Room) -> None:
    number = log.write("deur klemt", kind=NoteKind.BROKEN)
    with pytest.raises(NotPossible):
        log.open_again(number)
    log.deal_with(number, "geschaafd")
    log.open_again(number)

    assert logbook.how_many_open() == 1
    assert newest().dealt_with is None
    log.deal_with(number, "nieuw slot")
    assert [change.what for change in newest().changes] == [log.DEALT_WITH, log.OPENED_AGAIN, log.DEALT_WITH]


@pytest.mark.parametrize("how", ["", "   ", "x" * 301])
def test_how_must_be_said(room: Room, how: str) -> None:
    number = log.write("deur klemt", kind=NoteKind.BROKEN)
    with pytest.raises(NotPossible):
        log.deal_with(number, how)
    assert logbook.how_many_open() == 1


@pytest.mark.parametrize("number", [0, -1, 99, 2**63, 10**30])
def test_a_number_that_no_entry_has(room: Room, number: int) -> None:
    for what in (log.deal_with, log.amend):
        with pytest.raises(NotPossible, match="no entry"):
            what(number, "iets")
    with pytest.raises(NotPossible, match="no entry"):
        log.mark_read([number], by="Nadia")
    with pytest.raises(NotPossible, match="no entry"):
        logbook.one(number, NADIA)


def test_a_note_that_is_no_open_point_cannot_be_dealt_with(room: Room) -> None:
    number = log.write("gezellig")
    with pytest.raises(NotPossible, match="no open point"):
        log.deal_with(number, "klaar")


def test_an_amendment_keeps_what_it_said(room: Room, clock: FakeClock) -> None:
    number = log.write("sleutel in de la", by="Nadia")
    clock.go_on(minutes=5)
    log.amend(number, "sleutel in de kast", by="Karim")

    entry = newest()
    assert (entry.text, entry.amended, entry.by) == ("sleutel in de kast", True, "Nadia")
    assert [(said.text, said.by) for said in logbook.sayings(entry)] == [
        ("sleutel in de kast", "Karim"),
        ("sleutel in de la", "Nadia"),
    ]
    assert texts(logbook.entries(NADIA, Filter(words="kast"))) == ["sleutel in de kast"]
    assert logbook.entries(NADIA, Filter(words="la")) == ()
    with pytest.raises(NotPossible, match="already"):
        log.amend(number, "sleutel in de kast")
    with pytest.raises(NotPossible):
        log.amend(number, " ")


def test_the_log_only_grows(room: Room) -> None:
    """What was written stands in its row, whatever is said about it later."""
    number = log.write("sleutel in de la", kind=NoteKind.BROKEN)
    log.amend(number, "sleutel in de kast")
    log.deal_with(number, "gevonden")

    assert [row.text for row in LogEntry.select()] == ["sleutel in de la"]


def test_a_notice_goes_by_itself(room: Room, clock: FakeClock) -> None:
    log.write("maandag komt de schilder", kind=NoteKind.NOTICE)
    log.write("morgen dicht", kind=NoteKind.NOTICE, expires_on=date(2026, 11, 24))
    assert len(logbook.notices()) == 2

    clock.go_on_until(at("2026-11-25 10:00"))
    assert texts(logbook.notices()) == ["maandag komt de schilder"]
    clock.go_on_until(at("2026-12-07 10:00"))
    assert len(logbook.notices()) == 1
    clock.go_on_until(at("2026-12-08 10:00"))
    assert logbook.notices() == ()
    assert len(logbook.entries(NADIA)) == 2, "what was written stays to be read back"


def test_a_notice_is_taken_away_or_shown_longer(room: Room) -> None:
    number = log.write("dicht", kind=NoteKind.NOTICE)
    log.expire(number, "")
    assert logbook.notices() == ()
    log.expire(number, "24-12")
    assert newest().expires_on == date(2026, 12, 24)
    with pytest.raises(NotPossible):
        log.expire(number, "1-1-2029")
    with pytest.raises(NotPossible):
        log.expire(log.write("iets"), "24-12")
    with pytest.raises(NotPossible, match="no entry"):
        log.expire(99, "24-12")
    with pytest.raises(NotPossible, match="past"):
        log.expire(number, "2-11-2026")


def test_until_when_a_notice_was_shown_before_stays_known(room: Room, clock: FakeClock) -> None:
    people.add("Karim")
    number = log.write("Dinsdag dicht", kind=NoteKind.NOTICE, by="Nadia")
    for said in ("7-12", "07-12-2026"):
        with pytest.raises(NotPossible, match="already"):
            log.expire(number, said)
    assert not newest().amended
    clock.go_on(minutes=3)
    log.expire(number, "24-12", by="karim")
    log.expire(number, "")
    with pytest.raises(NotPossible, match="already"):
        log.expire(number, "")
    entry = newest()
    assert (entry.expires_on, entry.amended) == (date(2026, 11, 22), True)
    assert [(said.what, said.last_day, said.text, said.by, said.at) for said in entry.changes] == [
        (log.SHOWN_UNTIL, date(2026, 12, 7), None, "Karim", at("2026-11-23 14:10")),
        (log.SHOWN_UNTIL, date(2026, 12, 24), None, "", at("2026-11-23 14:10")),
    ]


def test_an_erased_notice_is_not_shown_again(room: Room, clock: FakeClock) -> None:
    number = log.write("Dinsdag dicht", kind=NoteKind.NOTICE, by="Nadia")
    log.expire(number, "24-12", by="Nadia")
    clock.go_on(days=500)
    privacy.purge()
    with pytest.raises(NotPossible, match="erased"):
        log.expire(number, "24-12-2028", by="Nadia")
    assert [(said.what, said.last_day, said.by) for said in logbook.one(number, NADIA).changes] == [
        (log.SHOWN_UNTIL, None, "")
    ]


def test_when_something_happened_is_said_within_a_day(room: Room, clock: FakeClock) -> None:
    people.add("Wilma", kind=PersonKind.VOLUNTEER)
    number = log.write("ruzie bij de deur", kind=NoteKind.INCIDENT, by="Nadia")
    with pytest.raises(NotPossible, match="for that shift"):
        log.happened(number, "13:00", by="Wilma")
    with pytest.raises(NotPossible, match="already"):
        log.happened(number, "14:07", at_the_desk=True)
    assert not newest().amended
    clock.go_on(minutes=3)
    log.happened(number, "13:00", by="Karim", at_the_desk=True)
    log.happened(number, "13:30", at_the_desk=True)
    entry = newest()
    assert (entry.text, entry.happened_at, entry.amended) == (
        "ruzie bij de deur",
        at("2026-11-23 13:30"),
        True,
    )
    assert [(said.what, said.before, said.by) for said in entry.changes] == [
        (log.MOVED, at("2026-11-23 14:07"), "Karim"),
        (log.MOVED, at("2026-11-23 13:00"), ""),
    ]
    other = log.write("gezellig")
    clock.go_on(days=1, minutes=1)
    with pytest.raises(NotPossible, match="longer ago than a day"):
        log.happened(other, "13:00")
    with pytest.raises(NotPossible, match="no entry"):
        log.happened(99, "13:00")


def test_the_hour_that_comes_twice_is_as_it_was_when_nothing_is_typed(room: Room, clock: FakeClock) -> None:
    """In the night in October when the clock goes back, on the first of two half past twos."""
    first = datetime(2027, 10, 31, 0, 30, 12, tzinfo=UTC)
    clock.go_on_until(first)
    number = log.write("Lamp kapot")
    clock.go_on(hours=3)
    with pytest.raises(NotPossible, match="says already"):
        log.happened(number, "31-10-2027 02:30")
    assert newest().happened_at == first


def test_when_a_notice_cannot_end(room: Room) -> None:
    for kind, day in (
        (NoteKind.NOTICE, date(2026, 11, 22)),
        (NoteKind.NOTICE, date(2027, 12, 1)),
        (NoteKind.BROKEN, date(2026, 12, 1)),
    ):
        with pytest.raises(NotPossible):
            log.write("iets", kind=kind, expires_on=day)
    assert logbook.entries(NADIA) == ()


def test_a_handover_goes_to_the_next_shift_and_no_further(room: Room, clock: FakeClock) -> None:
    number = log.write("de sleutel ligt bij de buren", kind=NoteKind.HANDOVER, by="Nadia")
    assert logbook.to_read(KARIM) == (), "the shift that hands over goes on"

    clock.go_on_until(at("2026-11-24 09:50"))
    assert [entry.id for entry in logbook.to_read(KARIM)] == [number]
    assert logbook.to_read(NADIA) == (), "she wrote it"
    log.mark_read([number], by="Karim")
    assert logbook.to_read(KARIM) == ()
    assert [entry.id for entry in logbook.to_read(Reader("Joke"))] == [number], "each reads for themselves"

    clock.go_on_until(at("2026-11-25 10:00"))
    assert logbook.to_read(Reader("Joke")) == (), "it has reached its shift"


def test_a_handover_that_nobody_read_waits_for_a_shift_that_comes(room: Room, clock: FakeClock) -> None:
    log.write("alarm doet raar", kind=NoteKind.HANDOVER, by="Nadia")
    clock.go_on(days=7)
    assert texts(logbook.to_read(KARIM)) == ["alarm doet raar"]
    assert texts(logbook.to_read(Reader())) == ["alarm doet raar"], "the desk as such"
    clock.go_on(days=8)
    assert logbook.to_read(KARIM) == ()


def test_who_reads_a_handover_at_home_reads_it_for_nobody_else(room: Room, clock: FakeClock) -> None:
    karim, bea = people.add("Karim"), people.add("Bea", kind=PersonKind.HOST)
    roster.plan(karim.id, date(2026, 11, 23))
    roster.plan(bea.id, date(2026, 11, 24))
    number = log.write("de monteur komt om tien uur", kind=NoteKind.HANDOVER, by="balie")
    clock.go_on_until(at("2026-11-23 20:00"))
    log.mark_read([number], by="Karim")
    assert logbook.to_read(KARIM) == (), "to them it is said"

    clock.go_on_until(at("2026-11-24 09:50"))
    desk = partial(logbook.reader, "balie", at_the_desk=True)
    assert texts(logbook.to_read(desk())) == ["de monteur komt om tien uur"]
    log.mark_read([number], by="Bea")

    clock.go_on_until(at("2026-11-25 10:00"))
    assert logbook.to_read(desk()) == (), "it has reached its shift"


def test_a_handover_has_not_reached_a_shift_by_who_was_absent(room: Room, clock: FakeClock) -> None:
    karim = people.add("Karim")
    duty = roster.plan(karim.id, date(2026, 11, 24))
    number = log.write("de monteur komt om tien uur", kind=NoteKind.HANDOVER, by="balie")
    clock.go_on_until(at("2026-11-24 09:00"))
    log.mark_read([number], by="Karim")
    roster.absent(duty)

    clock.go_on_until(at("2026-11-25 10:00"))
    assert texts(logbook.to_read(Reader("Joke"))) == ["de monteur komt om tien uur"]


def test_what_must_be_read(room: Room, clock: FakeClock) -> None:
    log.write("gewoon een dag", by="Nadia")
    broken = log.write("lamp stuk", kind=NoteKind.BROKEN, by="Nadia")
    notice = log.write("schilder", kind=NoteKind.NOTICE, by="Nadia")
    handover = log.write("sleutel", kind=NoteKind.HANDOVER, by="Nadia")
    clock.go_on_until(at("2026-11-24 10:00"))

    assert {entry.id for entry in logbook.to_read(KARIM)} == {broken, notice, handover}
    assert log.mark_read([broken, notice, handover], by="Karim") == 3
    assert log.mark_read([broken], by="Karim") == 0, "twice is once"
    assert logbook.to_read(KARIM) == ()
    assert newest().read_by == ("Karim",)


def test_nobody_reads_for_nobody(room: Room) -> None:
    with pytest.raises(NotPossible):
        log.mark_read([log.write("iets")], by=" ")


def test_an_incident_is_for_that_shift_and_the_coordinator(room: Room, clock: FakeClock) -> None:
    people.add("Truus", kind=PersonKind.COORDINATOR)
    karim = people.add("Karim")
    roster.plan(karim.id, date(2026, 11, 23))
    people.add("Nadia")
    number = log.write("ruzie bij de deur", kind=NoteKind.INCIDENT, by="Nadia")
    log.amend(number, "ruzie bij de achterdeur", by="Nadia")

    for who in ("Nadia", "karim", "TRUUS"):
        assert newest(logbook.reader(who)).text == "ruzie bij de achterdeur", who
        assert len(logbook.entries(logbook.reader(who), Filter(words="ruzie"))) == 1
    assert newest(logbook.reader(at_the_desk=True)).text == "ruzie bij de achterdeur"

    clock.go_on_until(at("2026-11-24 10:00"))
    for reader in (logbook.reader("Joke"), logbook.reader(), logbook.reader(at_the_desk=True)):
        entry = newest(reader)
        assert (entry.text, entry.missing, entry.kind) == (None, Missing.FOR_OTHERS, NoteKind.INCIDENT)
        assert logbook.entries(reader, Filter(words="ruzie")) == ()
        assert "achterdeur" not in repr(entry)
        assert "deur" not in repr(logbook.sayings(entry))
        assert "deur" not in repr(logbook.to_read(reader))
        assert entry.whose == ("Karim", "Nadia", "Truus"), "who was on duty, who wrote it, the coordinator"
    assert newest(logbook.reader("Truus")).whose == ()

    people.end(people.named("Nadia").id)  # type: ignore[union-attr]
    people.add("Wilma", kind=PersonKind.COORDINATOR)
    assert newest(logbook.reader()).whose == ("Karim", "Truus", "Wilma"), "who stopped does not come in"


def test_who_may_not_read_an_incident_says_nothing_about_it(room: Room, clock: FakeClock) -> None:
    people.add("Truus", kind=PersonKind.COORDINATOR)
    people.add("Nadia")
    people.add("Wilma", kind=PersonKind.VOLUNTEER)
    number = log.write("ruzie bij de deur", kind=NoteKind.INCIDENT, by="Nadia")
    closed = log.write("raam ingegooid", kind=NoteKind.INCIDENT, by="Nadia")
    log.deal_with(closed, "aangifte gedaan", by="balie", at_the_desk=True)  # that shift goes on
    clock.go_on_until(at("2026-11-24 10:00"))
    stood = logbook.entries(logbook.reader("Truus"))

    for by, at_the_desk in (("Wilma", False), ("", False), ("balie", True)):
        for what in (
            partial(log.amend, number, "niets aan de hand"),
            partial(log.deal_with, number, "opgelost"),
            partial(log.open_again, closed),
        ):
            with pytest.raises(NotPossible, match="for that shift and the coordinator"):
                what(by=by, at_the_desk=at_the_desk)
    assert logbook.entries(logbook.reader("Truus")) == stood

    log.amend(number, "ruzie bij de achterdeur", by="Nadia")
    log.deal_with(number, "uitgepraat", by="Truus")
    log.open_again(closed, by="Truus")
    assert texts(logbook.open_points(logbook.reader("Truus"))) == ["raam ingegooid"]


def test_what_is_written_at_the_desk_is_read_by_the_next_shift_at_the_desk(
    room: Room, clock: FakeClock
) -> None:
    """Every shift looks and writes under the same account there."""

    def to_read() -> list[str | None]:
        return [entry.text for entry in logbook.to_read(logbook.reader("balie", at_the_desk=True))]

    fight = log.write("ruzie bij de deur", kind=NoteKind.INCIDENT, by="balie")
    leak = log.write("koffiezetter lekt", kind=NoteKind.BROKEN, by="balie")
    log.write("de sleutel ligt bij de bakker", kind=NoteKind.HANDOVER, by="balie")
    assert to_read() == [], "who wrote it knows it"
    assert logbook.one(fight, logbook.reader("balie", at_the_desk=True)).text == "ruzie bij de deur"

    clock.go_on_until(at("2026-11-24 10:00"))
    assert to_read() == ["de sleutel ligt bij de bakker", "koffiezetter lekt", None]
    for desk in (logbook.reader("balie", at_the_desk=True), logbook.reader("balie")):
        assert logbook.one(fight, desk).missing is Missing.FOR_OTHERS
        assert logbook.entries(desk, Filter(words="ruzie")) == ()
    log.mark_read([fight, leak], by="balie")
    assert to_read() == ["de sleutel ligt bij de bakker"]
    clock.go_on_until(at("2026-11-25 10:00"))
    assert "koffiezetter lekt" in to_read(), "what is open still is for the shift of the day after too"
    assert log.mark_read([fight, leak], by="balie") == 2
    assert to_read() == ["de sleutel ligt bij de bakker"], "which reads it as well"


def test_an_account_is_the_person_of_that_name(room: Room, clock: FakeClock) -> None:
    people.add("Nadia")
    number = log.write("ruzie bij de deur", kind=NoteKind.INCIDENT, by="nadia")
    log.mark_read([number], by="NADIA")
    clock.go_on_until(at("2026-11-24 10:00"))

    entry = newest(logbook.reader("nadia"))
    assert (entry.text, entry.by, entry.read_by) == ("ruzie bij de deur", "Nadia", ("Nadia",))


def test_the_desks_account_is_nobody_though_somebody_is_called_so(
    room: Room, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "account", lambda: "balie")
    people.add("balie", kind=PersonKind.COORDINATOR)
    number = log.write("ruzie bij de deur", kind=NoteKind.INCIDENT, by="balie")
    for day in ("2026-11-24", "2026-11-25"):
        clock.go_on_until(at(f"{day} 10:00"))
        for desk in (logbook.reader("balie", at_the_desk=True), logbook.reader("balie")):
            assert logbook.one(number, desk).missing is Missing.FOR_OTHERS
            assert len(logbook.to_read(desk)) == 1
        with pytest.raises(NotPossible, match="for that shift"):
            log.amend(number, "niets aan de hand", by="balie")
        assert log.mark_read([number], by="balie") == 1, "each shift reads it"
        assert logbook.to_read(logbook.reader("balie")) == ()

    roles.act_as(PersonKind.COORDINATOR, "balie")
    try:
        assert logbook.one(number, logbook.reader("balie")).text == "ruzie bij de deur", "who came in by name"
    finally:
        roles.act_as(None)


def test_filters(room: Room, clock: FakeClock) -> None:
    log.write("oud", happened_at=at("2026-11-10 12:00"), by="Nadia")
    broken = log.write("stuk", kind=NoteKind.BROKEN, by="Karim")
    log.write("leuk", kind=NoteKind.HAPPY, by="Nadia")

    def found(**which: object) -> list[str | None]:
        return texts(logbook.entries(NADIA, Filter(**which)))  # type: ignore[arg-type]

    assert found(kind=NoteKind.HAPPY) == ["leuk"]
    assert found(by="Nadia") == ["leuk", "oud"]
    assert found(to_day=date(2026, 11, 10)) == ["oud"]
    assert found(from_day=date(2026, 11, 11)) == ["leuk", "stuk"]
    assert found(follow_up=FollowUp.OPEN) == ["stuk"]
    log.deal_with(broken, "gemaakt")
    assert found(follow_up=FollowUp.DONE, words="stuk") == ["stuk"]
    assert found(follow_up=FollowUp.DONE, words="stuk", by="Nadia") == []
    assert logbook.writers() == ("Karim", "Nadia")


def test_a_page_costs_the_same_however_long_it_is(room: Room) -> None:
    for number in range(40):
        log.write(f"regel {number}", kind=NoteKind.INCIDENT if number % 2 else NoteKind.BROKEN)

    def asked(most: int, which: Filter | None = None) -> int:
        n = 0

        def counting(*_asked: object) -> None:
            nonlocal n
            n += 1

        database.query_hooks.append(counting)
        try:
            logbook.entries(NADIA, which, most=most)
        finally:
            database.query_hooks.remove(counting)
        return n

    assert asked(3) == asked(40) <= 6
    assert asked(3, Filter(words="regel")) == asked(40, Filter(words="regel")) <= 6


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=40))
def test_any_text_is_kept_and_any_search_is_a_search(room: Room, text: str, words: str) -> None:
    try:
        number = log.write(text)
    except NotPossible:
        number = None
    logbook.entries(NADIA, Filter(words=words))
    if number:
        kept = logbook.one(number, NADIA).text
        assert kept == " ".join((kept or "").split())
