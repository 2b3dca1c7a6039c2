"""What is erased is gone from every byte beside the room, and every total is as it was."""

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from db import (
    advice,
    backup,
    board,
    checklist,
    closing,
    connection,
    corrections,
    costs,
    days,
    door,
    duties,
    hours_given,
    log,
    logbook,
    past,
    people,
    planning,
    privacy,
    put_right,
    restore,
    roster,
    sessions,
    signups,
    upkeep,
    wishes,
)  # fmt: skip
from db import (
    clock as clocks,
)
from db import room as rooms
from db.board_models import TABLES as BOARD
from db.board_models import SignUp
from db.check import check
from db.connection import rows
from db.erasing import NAMES, TEXTS
from db.errors import DiskFull, NotPossible
from db.figure_models import TABLES as FIGURES
from db.logbook import Filter, Reader
from db.planning import Plan
from db.room import Room
from db.shift_models import TABLES as SHIFT
from db.shift_models import LogEntry
from db.states import FollowUp, Missing, NoteKind, PersonKind, Step
from tests.clocks import FakeClock, at

NAME = "Quirijntje"
"""No text of ours has it in it."""


def bytes_with(directory: Path, text: str = NAME) -> list[str]:
    """The files below this directory in whose bytes this stands, in whatever capitals."""
    wanted = text.encode().lower()
    return [
        str(file.relative_to(directory))
        for file in sorted(directory.rglob("*"))
        if file.is_file() and wanted in file.read_bytes().lower()
    ]


def totals(room: Room) -> dict[str, object]:
    """Everything that can be added up."""
    everything = board.everything()
    given = duties.hours(date(2020, 1, 1), date(2030, 1, 1))
    shifts = duties.between(date(2026, 1, 1), date(2026, 12, 31))
    return {
        "visits": days.visits(date(2026, 11, 23)),
        "hours": sum(one.confirmed + one.unconfirmed for one in given),
        "volunteers": len(given),
        "by kind": sorted((one.kind, one.confirmed) for one in given),
        "duties": sum(len(shift.duties) for shift in shifts),
        "wishes": [(wish.state, wish.me_too) for wish in everything.wishes],
        "sessions": [
            (session.state, session.participations, session.lead)
            for activity in everything.activities
            for session in activity.sessions
        ],
        "signed up": rows(SignUp.select(SignUp.session, SignUp.n, SignUp.waiting)),
        "advice": [one.answered_at for one in advice.everything()],
    }


def named_everywhere(clock: FakeClock) -> None:
    """The name stands wherever a name can stand."""
    who = people.add(NAME, kind=PersonKind.HOST, phone="0612345678")
    people.add("Karim")
    clock.set_to(at("2026-11-23 09:55"))
    roster.plan(who.id, date(2026, 11, 23))
    closing.start()
    door.arrive(3)
    wish = wishes.voice(f"{NAME} wil leren breien", by=NAME, contact=f"bel {NAME}")
    wishes.me_too(wish, by=NAME)
    activity = planning.plan(
        [wish],
        Plan(title=f"Breien met {NAME}", first_day=date(2026, 11, 23), starts=time(11), ends=time(12),
             leader=NAME, capacity=8, needs=f"wol van {NAME}"),
        by=NAME,
    )  # fmt: skip
    (session,) = sessions.of_activity(activity)
    signups.sign_up(session.id, 2, NAME, by=NAME)
    clock.go_on_until(at("2026-11-23 12:30"))
    sessions.attend(session.id, 5, how=f"{NAME} was blij", by=NAME)
    request = advice.ask(f"Mag {NAME} mee?", by=NAME)
    advice.answer(request, f"Ja, {NAME} mag mee", by=NAME)
    for number in range(30):
        log.write(f"{number} {NAME.upper()} was er, en {NAME}s fiets ook", by=NAME, kind=NoteKind.BROKEN)
    log.amend(1, f"{NAME} kwam later", by=NAME)
    log.deal_with(2, f"gedaan door {NAME}", by=NAME)
    log.mark_read([1, 2], by=NAME)
    checklist.keep((f"sleutel van {NAME}",))
    costs.add_work(2026, f"loon van {NAME}", "10", "40")
    costs.choose_rate(2026, "18,50", f"gevraagd aan {NAME}")
    corrections.take_back(door.arrive().id, f"dat was {NAME} zelf", by=NAME)
    clock.go_on_until(at("2026-11-23 16:20"))
    hours_given.confirm_shift(closing.current().shift.key)
    closing.step(Step.COUNT, by=NAME)
    closing.step(Step.CHECKLIST, by=NAME)
    closing.close(by=NAME)


def test_a_name_that_is_erased_stands_nowhere(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    room = rooms.current()
    named_everywhere(clock)
    backup.daily()
    backup.by_hand()
    connection.close()
    restore.restore(backup.all_of(room_file)[0].file, room_file)
    before = totals(room)
    shown = privacy.show(NAME.lower())
    assert shown.person and shown.backups == 3
    assert {
        *NAMES,
        "person",
        "log_read",
        "sign_up",
        "contact",
        "duty",
        "cost_line",
        "hourly_rate",
    } <= shown.places.keys()
    assert [duty.hours for duty in shown.duties] == [6.5]
    assert len(bytes_with(room_file.parent)) >= 4

    purged = privacy.erase(NAME)

    assert (purged.backups, purged.left, purged.log_in_use) == (3, (), False)
    assert bytes_with(room_file.parent) == [], "while the room is open"
    assert totals(room) == before
    assert logbook.entries(Reader(), Filter(words=NAME)) == ()
    assert [one.name for one in duties.hours(date(2026, 11, 1), date(2026, 11, 30))] == [""]
    connection.close()
    assert bytes_with(room_file.parent) == []
    assert check(room_file).sound
    for copy in backup.all_of(room_file):
        assert check(copy.file).sound


def test_who_is_on_the_roster_cannot_be_erased_unseen(room: Room, clock: FakeClock) -> None:
    who = people.add(NAME)
    roster.plan(who.id, date(2026, 11, 24))
    with pytest.raises(NotPossible, match="still on the roster"):
        privacy.erase(NAME)
    assert people.named(NAME)


def test_a_name_that_is_nowhere(room: Room) -> None:
    with pytest.raises(NotPossible, match="stands nowhere"):
        privacy.erase(NAME)
    for no_name in ("", "  ", "12", "x" * 41):
        with pytest.raises(NotPossible):
            privacy.show(no_name)


def test_a_name_is_a_word_and_not_a_part_of_one(room: Room) -> None:
    people.add("Jan")
    log.write("in januari kwam Jan, en Jan's hond", by="Jansen")
    privacy.erase("Jan")
    entry = logbook.entries(Reader(), Filter(by="Jansen"))[0]
    assert entry.text == "in januari kwam …, en … hond"


def test_a_name_that_is_a_word_takes_no_word_along(room_file: Path, clock: FakeClock) -> None:
    """What is left is said; who asks strikes that too. The name as it is written is gone either way."""
    connection.open(room_file)
    people.add("Wil")
    log.write("ik wil koffie, zei Wil", by="wil")
    log.write("Wilma wil thee")
    wishes.voice("wil leren breien")
    backup.daily()
    seen = privacy.show("wil")
    assert {**seen.places} == {"person": 1, "log_entry": 2}
    assert seen.standing == {"wil": 3, "Wilma": 1}

    assert privacy.erase("WIL").standing == seen.standing

    texts = {entry.text for entry in logbook.entries(Reader(), Filter(by=""))}
    assert {"ik wil koffie, zei …", "Wilma wil thee"} <= texts
    assert [entry.text for entry in logbook.entries(Reader(), Filter(words="wil koffie"))]
    with pytest.raises(privacy.Nowhere):
        privacy.erase("Wil")

    erased = privacy.erase("Wil", lower_case=True)

    assert (erased.standing, erased.backups) == ({"Wilma": 1}, 1)
    texts = {entry.text for entry in logbook.entries(Reader(), Filter(by=""))}
    assert {"ik … koffie, zei …", "Wilma … thee"} <= texts
    assert board.everything().wishes[0].text == "… leren breien"


def test_it_is_gone_however_it_was_written(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    people.add("Zoë Straße-Quirijn")
    for text in ("ZOË STRASSE-QUIRIJN", "zoe strasse quirijn", "Zoë Straße-Quirijns tas"):
        log.write(text)
    backup.daily()
    privacy.erase("zoë straße-quirijn")
    for part in ("quirijn", "strasse", "straße"):
        assert bytes_with(room_file.parent, part) == []


def test_of_an_incident_only_the_coordinator_reads_more_than_the_name(room: Room) -> None:
    people.add("Marijke", kind=PersonKind.COORDINATOR)
    log.write(f"ruzie met {NAME} om de sleutel", kind=NoteKind.INCIDENT)
    log.amend(1, f"ruzie met {NAME} om geld", by="Marijke")
    log.write(f"{NAME} kwam later")
    by_anybody = [(one.table, one.text) for one in privacy.show(NAME).mentions]
    assert by_anybody == [
        ("log_entry", NAME), ("log_entry", f"{NAME} kwam later"), ("log_change", NAME),
    ]  # fmt: skip
    by_her = {one.text for one in privacy.show(NAME, by="Marijke").mentions}
    assert f"ruzie met {NAME} om geld" in by_her


def test_codes_of_the_room_are_no_names(room: Room) -> None:
    """Somebody who is called as a kind or a reason is called takes nothing along."""
    door.arrive(2, reason="anders")
    people.add("Anders")
    people.add("Open")
    log.write("kapot", kind=NoteKind.BROKEN, by="Open")
    for name in ("Anders", "Open"):
        privacy.erase(name)
    assert door.reasons() == ("inloop", "activiteit", "vraag", "eten", "anders")
    assert logbook.how_many_open() == 1


def test_every_text_column_is_known(room: Room) -> None:
    """A table that is added says whether people stand in it."""
    known = {(table, column) for columns in (NAMES, TEXTS) for table, of in columns.items() for column in of}
    known |= {
        ("person", "name"),
        ("person", "phone"),
        ("log_read", "reader"),
        ("sign_up", "name"),
        ("contact", "text"),
    }
    codes = {
        "wish": {"theme", "state"}, "activity": {"theme", "lead", "state", "rule", "starts"},
        "session": {"state", "lead"}, "board_event": {"what", "from_state", "to_state"},
        "person": {"kind"}, "pattern": {"begins", "ends"}, "closing_step": {"step"},
        "log_entry": {"kind", "follow_up"}, "log_change": {"what"}, "setting": {"name"},
    }  # fmt: skip
    for table in (*BOARD, *SHIFT, *FIGURES):
        name = table._meta.table_name
        for field in table._meta.sorted_fields:
            if type(field).__name__ == "TextField":
                at_ = (name, field.column_name)
                assert at_ in known or field.column_name in codes.get(name, ()), at_


def long_ago(room: Room, clock: FakeClock) -> None:
    """A note, an incident and a shift in each of the last thirty months."""

    def lived() -> Iterator[datetime]:
        yield clock.now() - timedelta(days=1000)
        who = people.add(NAME, kind=PersonKind.HOST).id
        for months in range(30, 0, -1):
            moment = clock.now() - timedelta(days=30 * months)
            moment -= timedelta(days=moment.weekday())
            yield moment
            log.write(f"{NAME} {months} sleutelkastje", by=NAME)
            number = log.write(f"{NAME} {months} ruzie", by=NAME, kind=NoteKind.INCIDENT)
            log.mark_read([number], by=NAME)
            wishes.voice(f"wens {months}", by=NAME)
            duty = roster.came(who)
            yield moment + timedelta(hours=2)
            hours_given.confirm(duty)

    past.retell([lived()], clock.now())


def test_what_was_kept_long_enough_goes_by_itself(room: Room, clock: FakeClock) -> None:
    long_ago(room, clock)
    before = totals(room)
    coordinator = Reader(coordinator=True)
    written = len(logbook.entries(coordinator, most=500))

    upkeep.of_the_day()

    entries = logbook.entries(coordinator, most=500)
    line, *entries = entries
    assert line.text and "aantekeningen 18" in line.text and "incidenten 6" in line.text
    assert NAME not in line.text
    assert len(entries) == written, "the day and the kind stay"
    year, two = date(2025, 11, 23), date(2024, 11, 23)
    for entry in entries:
        kept = entry.day >= (two if entry.kind is NoteKind.INCIDENT else year)
        assert (entry.text is not None) is kept, entry
        assert kept or (entry.missing, entry.by, entry.read_by) == (Missing.ERASED, "", ())
        assert kept or entry.follow_up in (None, FollowUp.DONE)
    assert len(logbook.entries(coordinator, Filter(words="sleutelkastjes"), most=99)) == 12
    assert totals(room)["hours"] == before["hours"]
    names = {
        shift.key.day.year: {duty.name for duty in shift.duties}
        for shift in duties.between(date(2024, 1, 1), date(2026, 12, 1))
        if shift.duties
    }
    assert names == {2024: {""}, 2025: {NAME}, 2026: {NAME}}
    assert {wish.via for wish in board.everything().wishes if wish.voiced_at.year < 2025} == {""}
    upkeep.of_the_day()
    assert logbook.entries(coordinator)[0] == line, "nothing to erase leaves no line"


def test_names_stay_until_the_end_of_the_next_year(room: Room, clock: FakeClock) -> None:
    who = people.add(NAME).id
    roster.plan(who, date(2026, 11, 24))
    for today, name in (("2027-12-31 12:00", NAME), ("2028-01-01 12:00", "")):
        clock.go_on_until(at(today))
        put_right.clock_is_right()
        upkeep.of_the_day()
        assert [one.name for one in duties.hours(date(2026, 11, 24), date(2026, 11, 24))] == [name]


def test_who_stopped_is_forgotten_when_their_shifts_are(room: Room, clock: FakeClock) -> None:
    who = people.add(NAME, phone="0612345678")
    hours_given.confirm(roster.came(who.id, at=at("2026-11-23 12:00")))
    people.end(who.id)
    clock.go_on_until(at("2028-01-01 12:00"))
    put_right.clock_is_right()
    upkeep.of_the_day()
    assert people.everybody(ended=True) == ()
    assert duties.hours(date(2026, 1, 1), date(2026, 12, 31))[0].confirmed == 2.12


def test_after_a_purge_it_stands_nowhere_either(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    room = rooms.current()
    people.add("Karim")
    for number in range(200):
        log.write(f"{NAME} nummer {number} bij de kast", by=NAME)
    log.amend(5, f"{NAME} toch niet", by=NAME)
    wishes.voice("breien", contact=NAME)
    duty = roster.came(people.add(NAME).id, at=at("2026-11-23 12:00"))
    hours_given.confirm(duty)
    people.end(people.find(NAME).id)
    backup.daily()
    backup.by_hand()
    before = totals(room)
    clock.go_on_until(at("2028-11-25 12:00"))
    put_right.clock_is_right()
    assert privacy.purge(dry_run=True).erased.notes == 200
    assert len(bytes_with(room_file.parent)) >= 3, "only said"

    purged = privacy.purge()

    assert purged.erased.notes == 200
    assert bytes_with(room_file.parent) == []
    assert totals(room) == before


def test_backups_that_are_too_old_have_no_text(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    door.arrive(4)
    log.write(f"{NAME} was er", by=NAME)
    backup.daily()
    clock.go_on(days=90)
    put_right.clock_is_right()
    assert privacy.of_backups() == 0
    clock.go_on(days=1)
    assert privacy.of_backups() == 1
    assert privacy.of_backups() == 0, "once is enough"

    (copy,) = backup.all_of(room_file)
    assert NAME.encode() not in copy.file.read_bytes()
    assert logbook.entries(Reader())[0].text, "the room itself keeps it longer"
    restore.restore(copy.file, room_file)
    assert days.visits(date(2026, 11, 23)) == 4


def test_contacts_and_names_of_the_board_are_gone_from_the_bytes_too(
    room_file: Path, clock: FakeClock
) -> None:
    connection.open(room_file)
    for number in range(60):
        wishes.voice(f"wens {number}", contact=f"{NAME} {number}")
    clock.go_on(days=366)
    put_right.clock_is_right()
    upkeep.of_the_day()
    assert privacy.make_gone()
    assert bytes_with(room_file.parent) == []


def test_a_wrong_clock_erases_nothing(room: Room, clock: FakeClock) -> None:
    log.write("iets")
    door.arrive()
    clock.set_to(at("2036-11-23 12:00"))
    assert clocks.reliable_now()[1] is not None
    upkeep.of_the_day()
    with pytest.raises(NotPossible, match="clock"):
        privacy.purge()
    assert logbook.entries(Reader())[0].text == "iets"


def test_a_clock_that_jumped_a_little_erases_nothing_before_its_time(room: Room, clock: FakeClock) -> None:
    """It is believed for counting, but what is erased does not come back."""
    log.write("iets", happened_at=clock.now() - timedelta(days=350))
    door.arrive()
    clock.set_to(clock.now() + timedelta(days=20))
    upkeep.of_the_day()
    assert logbook.entries(Reader())[0].text == "iets"
    put_right.clock_is_right()
    upkeep.of_the_day()
    assert logbook.entries(Reader())[-1].missing is Missing.ERASED


def test_the_coordinator_keeps_things_longer_or_shorter(room: Room, clock: FakeClock) -> None:
    assert {kept.period.code: kept.n for kept in privacy.periods()} == {
        "notes": 12, "incidents": 24, "names": 1, "backups": 90,
    }  # fmt: skip
    log.write("iets", happened_at=clock.now() - timedelta(days=100))
    privacy.keep("notes", 3)
    upkeep.of_the_day()
    assert logbook.entries(Reader())[-1].missing is Missing.ERASED
    for code, n in (("notes", 0), ("notes", 61), ("names", -1), ("visits", 3), ("", 1)):
        with pytest.raises(NotPossible):
            privacy.keep(code, n)
    assert privacy.periods()[0].n == 3


def test_a_file_that_cannot_be_cleaned_is_named(room_file: Path, clock: FakeClock) -> None:
    connection.open(room_file)
    people.add(NAME)
    backup.daily()
    broken = backup.all_of(room_file)[0].file
    broken.write_bytes(b"\xa5" * 5000)
    assert privacy.erase(NAME).left == (broken,)
    assert broken.read_bytes() == b"\xa5" * 5000


def test_the_older_a_room_the_more_it_has_to_erase(room_file: Path, clock: FakeClock, tmp_path: Path) -> None:
    """A backup of an earlier version has other tables, and the same name."""
    connection.open(room_file)
    people.add("Nadia")
    kept = Path(__file__).parents[1] / "safekeeping" / "kept" / "version-2.db"
    folder = backup.folder(room_file)
    folder.mkdir(exist_ok=True)
    older = Path(shutil.copy(kept, folder / f"{room_file.stem}-2026-11-23-101010-before-migration.db"))
    assert b"Nadia" in older.read_bytes()
    assert privacy.erase("Nadia").backups == 1
    assert b"Nadia" not in older.read_bytes()
    people.add("Samen")
    assert privacy.erase("Samen").backups == 1
    assert b"samen" not in older.read_bytes().lower(), "nor in an index that keeps what it deletes"


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_written_a_word_of_it_is_gone(room_file: Path, clock: FakeClock, seed: int) -> None:
    """Notes of all lengths, amended and erased in turn, leave nothing in pages that are used again."""
    connection.open(room_file)
    luck = random.Random(seed)
    for number in range(300):
        words = " ".join(luck.choices(["sleutel", "kast", "raam", NAME, "koffie"], k=luck.randint(1, 80)))
        log.write(words, happened_at=clock.now() - timedelta(days=luck.randint(0, 360)))
        if luck.random() < 0.3:
            log.amend(number + 1, f"{NAME} {words}")
    for months in (11, 6, 1):
        privacy.keep("notes", months)
        upkeep.of_the_day()
    clock.go_on(days=40)
    put_right.clock_is_right()
    upkeep.of_the_day()
    assert privacy.make_gone()
    assert not privacy.make_gone(), "once is enough"
    kept = rows(LogEntry.select(LogEntry.by_itself).where(LogEntry.text.is_null(False)))
    assert all(by_itself for (by_itself,) in kept)
    assert bytes_with(room_file.parent) == []


@pytest.mark.parametrize("asked", [privacy.purge, lambda: privacy.erase("Nadia")], ids=["purge", "erase"])
def test_what_was_cut_off_before_the_file_was_written_anew_is_gone_at_the_next_start(
    room_file: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, asked: Callable[[], object]
) -> None:
    connection.open(room_file)
    people.add("Nadia")
    log.write("Nadia was ziek", by="Nadia")
    clock.go_on(days=800)
    with monkeypatch.context() as full:
        full.setattr(privacy, "_write_anew", _full)
        with pytest.raises(DiskFull):
            asked()
    assert privacy.make_gone()
    assert not privacy.make_gone()


def _full() -> bool:
    raise DiskFull
