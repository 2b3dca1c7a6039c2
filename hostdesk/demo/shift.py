"""Two years of imagined shifts: who was on, who stood in, what was written down, and what is still open."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from db import advice, duties, log, past, pattern, people, privacy, roster, upkeep
from db import room as rooms
from db.past import Noted, Served
from db.room import Hours, Room
from db.states import NoteKind, PersonKind, ShiftState
from hostdesk.demo import threads
from hostdesk.demo.log_texts import DEALT_WITH, TEXTS, TO_A_HUNDRED, WHO_MENDS

DAYS = 730
"""Two years, however few days of the door are made."""

VOLUNTEERS = ("Els", "Henk", "Ravi", "Truus", "Wim", "Yusuf")
COORDINATOR = "Sanne"
PARTNER = "Wouter"
"""Of the municipality: sees the figures."""
STOPPED = "Gerda"
"""Was on for a year and a half, and stopped."""

GAP = 0.04
"""The share of duties that nobody did."""

STAND_IN = 0.06
SWAPPED = 0.03
TRAINEE = 0.02
NOT_CONFIRMED = 0.03
"""The shares of duties that went otherwise."""

_KINDS = {
    NoteKind.PARTICULARS: 60,
    NoteKind.HANDOVER: 12,
    NoteKind.BROKEN: 7,
    NoteKind.SHORTAGE: 8,
    NoteKind.HAPPY: 7,
    NoteKind.NOTICE: 3,
    NoteKind.INCIDENT: 2,
}
"""What entries are about, of a hundred or so."""

_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class _Slot:
    """A place in the week, and who is on then."""

    hours: Hours
    hosts: tuple[str, str]


@dataclass
class _Team:
    """Who there are, by name."""

    numbers: dict[str, int]
    slots: dict[tuple[int, str], _Slot]


@dataclass
class _Told:
    """What is filed in the end."""

    served: list[Served] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)


def fill(room: Room, now: datetime, week: tuple[Hours, ...], seed: int) -> None:
    """Fill the roster and the log of this room, as if they were used up to now.

    Args:
        room: the room, with its door filled already: a day that never opened had nobody on.
        now: the moment at which it is tried.
        week: the opening hours of the last two years.
        seed: another one gives other people's luck.
    """
    luck = Random(f"{seed} shifts")
    today = room.local(now).date()
    team = _Team({}, {(one.weekday, one.opens): _Slot(one, _hosts(luck)) for one in week})
    past.retell([_joining(team, now)], now)
    told = _Told()
    for shift in _earlier(today):
        _tell(luck, team, shift, now, told)
    told.noted.sort(key=lambda note: note.at)
    past.file_duties(told.served)
    past.file_notes(told.noted)
    past.retell([_now(luck, team, room, now)], now)
    privacy.make_gone()
    privacy.of_backups()


def _hosts(luck: Random) -> tuple[str, str]:
    one = luck.choice(threads.HOSTS)
    return one, luck.choice([name for name in (*threads.HOSTS, *VOLUNTEERS) if name != one])


def _joining(team: _Team, now: datetime) -> Iterator[datetime]:
    """Everybody joined two years ago."""
    yield now - timedelta(days=DAYS)
    kinds = dict.fromkeys(threads.HOSTS, PersonKind.HOST) | dict.fromkeys(VOLUNTEERS, PersonKind.VOLUNTEER)
    kinds |= {COORDINATOR: PersonKind.COORDINATOR, STOPPED: PersonKind.VOLUNTEER, PARTNER: PersonKind.PARTNER}
    kinds |= dict.fromkeys(threads.PROFESSIONALS, PersonKind.PROFESSIONAL)
    for place, (name, kind) in enumerate(kinds.items()):
        phone = f"06 5550{place:04}" if kind is PersonKind.HOST else ""
        team.numbers[name] = people.add(name, kind=kind, phone=phone).id
    yield now - timedelta(days=180)
    people.end(team.numbers[STOPPED])


def _earlier(today: date) -> Iterator[duties.Shift]:
    """The shifts before today; where the door is known, those that were opened."""
    shifts = duties.between(today - timedelta(days=DAYS), today - timedelta(days=1))
    opened = [shift for shift in shifts if shift.state is not ShiftState.MISSING]
    since = opened[0].key.day if opened else today
    return (shift for shift in shifts if shift.key.day < since or shift.state is not ShiftState.MISSING)


def _tell(luck: Random, team: _Team, shift: duties.Shift, now: datetime, told: _Told) -> None:
    """One shift: who was on, and what they wrote."""
    slot = team.slots.get((shift.key.day.isoweekday(), f"{rooms.current().local(shift.starts_at):%H:%M}"))
    planned = slot.hosts if slot else _hosts(luck)
    long_ago = shift.key.day < (now - timedelta(days=200)).date()
    if long_ago and luck.random() < 0.15:
        planned = (planned[0], STOPPED)
    there = [name for host in planned if (name := _served(luck, team, shift, host, told))]
    if there and luck.random() < TRAINEE:
        _add(told, team, shift, _another(luck, planned), luck, trainee=True)
    for _ in range(luck.choices((0, 1, 2, 3), (35, 40, 18, 7))[0]):
        told.noted.append(_note(luck, shift, luck.choice(there or [planned[0]]), now))


def _served(luck: Random, team: _Team, shift: duties.Shift, host: str, told: _Told) -> str | None:
    """Somebody's duty as it went; who was there in the end."""
    chance = luck.random()
    if chance < GAP:
        _add(told, team, shift, host, luck, absent=True)
        return None
    if chance < GAP + STAND_IN:
        _add(told, team, shift, host, luck, absent=True)
        stands_in = _another(luck, (host,))
        _add(told, team, shift, stands_in, luck, instead_of=len(told.served) - 1)
        return stands_in
    if chance < GAP + STAND_IN + SWAPPED:
        host = _another(luck, (host,))
    _add(told, team, shift, host, luck)
    return host


def _another(luck: Random, but: tuple[str, ...]) -> str:
    return luck.choice([name for name in (*threads.HOSTS, *VOLUNTEERS) if name not in but])


def _add(
    told: _Told,
    team: _Team,
    shift: duties.Shift,
    name: str,
    luck: Random,
    *,
    absent: bool = False,
    trainee: bool = False,
    instead_of: int | None = None,
) -> None:
    """Somebody's duty, once: nobody is in two places."""
    person = team.numbers[name]
    if any(
        one.person == person and one.day == shift.key.day and one.planned_from == shift.starts_at
        for one in told.served[-6:]
    ):
        return
    known = not absent and luck.random() > NOT_CONFIRMED
    until = shift.ends_at + luck.choice((0, 0, 0, 0, 5, 10, 15, -30)) * _A_MINUTE
    told.served.append(
        Served(
            shift.key.day,
            person,
            shift.starts_at,
            shift.ends_at,
            shift.starts_at if known else None,
            until if known else None,
            absent,
            trainee,
            instead_of,
        )
    )


def _note(luck: Random, shift: duties.Shift, by: str, now: datetime) -> Noted:
    kind = luck.choices(list(_KINDS), list(_KINDS.values()))[0]
    at = shift.starts_at + (shift.ends_at - shift.starts_at) * luck.random()
    if kind is NoteKind.HANDOVER:
        at = shift.ends_at - luck.randint(2, 20) * _A_MINUTE
    how = None
    if kind in log.OPENS_A_FOLLOW_UP:
        done_at = at + timedelta(days=luck.choice((1, 1, 2, 3, 6, 12)), hours=luck.random())
        if done_at < now and luck.random() < 0.97:
            how = str(luck.choice(DEALT_WITH[kind])), luck.choice(threads.HOSTS), done_at
    read_at = shift.ends_at + timedelta(hours=luck.randint(14, 40))
    readers = luck.sample(threads.HOSTS, luck.randint(1, 2)) if read_at < now else []
    return Noted(
        shift.key.day,
        shift.key.ends,
        kind,
        str(luck.choice(TEXTS[kind])),
        by,
        at,
        how,
        [(name, read_at) for name in readers if name != by] if kind is NoteKind.HANDOVER else [],
    )


def _now(luck: Random, team: _Team, room: Room, now: datetime) -> Iterator[datetime]:
    """The weekly pattern as it goes on, what is different in the coming weeks, and today so far."""
    yield now - timedelta(hours=3)
    for slot in team.slots.values():
        for name in slot.hosts:
            pattern.weekly(
                team.numbers[name],
                slot.hours.weekday,
                time.fromisoformat(slot.hours.opens),
                time.fromisoformat(slot.hours.closes),
            )
    today = room.local(now).date()
    _only_within_hours(today)
    coming = [
        duty
        for shift in duties.between(today + timedelta(days=1), today + timedelta(days=21))
        for duty in shift.duties
    ]
    for duty in luck.sample(coming, min(3, len(coming))):
        roster.absent(duty.id)
    for duty in [one for one in coming if not duties.one(one.id).absent][:4:3]:
        on_that_day = {other.name for other in coming if other.day == duty.day}
        free = [name for name in (*VOLUNTEERS, *threads.HOSTS) if name not in on_that_day]
        roster.stand_in(duty.id, team.numbers[luck.choice(free)])
    yield now - timedelta(hours=2)
    log.write(
        str(TEXTS[NoteKind.HANDOVER][1]),
        kind=NoteKind.HANDOVER,
        by=threads.HOSTS[0],
        happened_at=now - timedelta(hours=26),
    )
    log.write(str(TEXTS[NoteKind.NOTICE][0]), kind=NoteKind.NOTICE, by=COORDINATOR)
    broken = log.write(str(TEXTS[NoteKind.BROKEN][0]), kind=NoteKind.BROKEN, by=threads.HOSTS[1])
    yield now
    request = advice.ask(str(WHO_MENDS), entry=broken, by=threads.HOSTS[1])
    advice.answer(request, str(TO_A_HUNDRED), by=threads.PROFESSIONALS[0])
    advice.mark_read(request, by=threads.HOSTS[1])
    _here(team, now)
    upkeep.of_the_day()


def _only_within_hours(today: date) -> None:
    """Whoever tries the room at an odd hour finds it open at hours that the weekly pattern does not know."""
    for shift in duties.between(today, today):
        for duty in shift.duties:
            if duty.begins and duty.ends and not shift.starts_at <= duty.begins < duty.ends <= shift.ends_at:
                roster.take_off(duty.id)


def _here(team: _Team, now: datetime) -> None:
    """Who is on now: those of the weekly pattern, and others where the room is open at another time."""
    shift = duties.now()
    if shift is None or shift.state is not ShiftState.OPEN:
        return
    roster.here(shift.key)
    there = {duty.name for duty in shift.team if duty.begins and duty.ends and duty.begins <= now < duty.ends}
    known = {duty.name for duty in shift.team}
    for name in [name for name in threads.HOSTS if name not in known][: max(duties.NEEDED - len(there), 0)]:
        roster.came(team.numbers[name], at=max(shift.starts_at, shift.opened_at or now))
