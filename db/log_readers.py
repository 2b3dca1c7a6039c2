"""Who may read an entry of the log, and so who may say something about it: the one rule for both."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from peewee import fn

from db import clock, people, roles, shifts
from db import room as rooms
from db.connection import reading, rows
from db.errors import N_, NotPossible
from db.people import Somebody
from db.shift_models import Duty, LogEntry, Person
from db.shifts import ShiftKey
from db.states import NoteKind, PersonKind


@dataclass(frozen=True)
class Reader:
    """Who reads: an incident is for those who were there, and for the coordinator."""

    name: str = ""
    """Empty where nobody said so: the desk as such."""
    coordinator: bool = False
    shift: ShiftKey | None = None
    """The shift that they are on now, or are closing."""
    shared: bool = False
    """The name is that of an account, under which every shift looks and writes."""


def reader(name: str = "", *, at_the_desk: bool = False, closing: ShiftKey | None = None) -> Reader:
    """Who reads.

    Args:
        name: as the house calls them, in whatever capitals; or the desk's account.
        at_the_desk: they are on the shift that goes on now.
        closing: the shift that they are closing there: it is theirs, though the next one has begun.
    """
    with reading():
        room, now = rooms.current(), clock.reliable_now()[0]
        known = of_the_house(name)
        coordinator = known is not None and known.active and known.kind is PersonKind.COORDINATOR
        return Reader(
            known.name if known else name,
            coordinator,
            (closing or shifts.at(room, now)) if at_the_desk else None,
            shared=known is None,
        )


def of_the_house(name: str) -> Somebody | None:
    """Who of the house this is; nobody is the desk's account, also where somebody is called so."""
    return None if not name or roles.is_the_desks(name) else people.named(name)


def assert_may_read(entry: int, who: Reader) -> None:
    """Who may not read an entry, says nothing about it either; the caller is reading.

    Raises:
        NotPossible: what happened is not for them.
    """
    if hidden(who, [entry]):
        raise NotPossible(
            N_("What happened there is for that shift and the coordinator: only they may say more about it.")
        )


def hidden(who: Reader, incidents: list[int]) -> set[int]:
    """Which of these incidents are not for them."""
    if who.coordinator or not incidents:
        return set()
    seen = LogEntry.select(LogEntry.id).where(LogEntry.id.in_(incidents) & visible(who))
    return set(incidents) - {number for (number,) in rows(seen)}


def visible(who: Reader) -> Any:
    """Whether they may read the text."""
    if who.coordinator:
        return LogEntry.id > 0
    mine: Any = LogEntry.kind != NoteKind.INCIDENT
    if who.shift:
        mine |= (LogEntry.day == who.shift.day) & (LogEntry.shift_ends == who.shift.ends)
    if who.name and not who.shared:
        mine |= LogEntry.by == who.name
        mine |= LogEntry.id.in_(_of_my_shifts(who))
    return mine


def whose(incidents: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Of each of these incidents by name who may read it, and say more: who was there, and the coordinators.

    Those who may still come in here under their own name; the caller is reading.
    """
    found: dict[int, list[str]] = {number: [] for number in incidents}
    if found:
        query = (
            LogEntry.select(LogEntry.id, Person.name)
            .join(Person, on=Person.ended_on.is_null() & (Person.name != ""))
            .left_outer_join(Duty, on=_on_duty_then(LogEntry) & (Duty.person == Person.id))
            .where(
                LogEntry.id.in_(list(found))
                & (
                    (Person.kind == PersonKind.COORDINATOR)
                    | (Person.name == LogEntry.by)
                    | Duty.id.is_null(False)
                )
            )
        )
        for number, name in rows(query.distinct().order_by(Person.name)):
            found[number].append(name)
    return {number: tuple(names) for number, names in found.items()}


def _of_my_shifts(who: Reader) -> Any:
    """The incidents that happened while they were on duty."""
    entry = LogEntry.alias()
    return (
        entry.select(entry.id)
        .join(Duty, on=_on_duty_then(entry))
        .join(Person, on=(Duty.person == Person.id))
        .where((entry.kind == NoteKind.INCIDENT) & (Person.name == who.name))
    )


def _on_duty_then(entry: Any) -> Any:
    """Whether a duty is of somebody who was there when this happened."""
    return (
        (Duty.day == entry.day)
        & ~Duty.absent
        & (fn.COALESCE(Duty.from_at, Duty.planned_from) < entry.shift_ends)
        & (fn.COALESCE(Duty.until_at, Duty.planned_until, entry.shift_ends) >= entry.happened_at)
    )
