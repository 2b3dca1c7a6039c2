"""The people of the house: hosts, volunteers, the coordinator, professionals at a distance.

A display name is enough; a telephone number is optional, and goes when somebody ends.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import apsw
from peewee import fn

from db import clock, files
from db import room as rooms
from db.connection import assert_ours, looking_at, reading, rows, writing
from db.errors import N_, NotPossible
from db.mishaps import saying
from db.shift_models import Duty, Pattern, Person
from db.states import PersonKind
from db.text import clean

LONGEST_NAME = 40
LONGEST_PHONE = 20


@dataclass(frozen=True)
class Somebody:
    """A person of the house."""

    id: int
    name: str
    """As others call them; empty once it is erased."""
    kind: PersonKind
    phone: str | None
    since: date
    ended_on: date | None

    @property
    def active(self) -> bool:
        """Whether they can be on duty."""
        return self.ended_on is None


def add(name: str, *, kind: PersonKind = PersonKind.VOLUNTEER, phone: str = "") -> Somebody:
    """Somebody joins, or comes back.

    Args:
        name: as others call them; a first name is enough.
        kind: what they are in the house.
        phone: optional.

    Raises:
        NotPossible: the name says nothing or is taken, or the number is none.
    """
    name = sound_name(name)
    phone = _sound_phone(phone)
    with writing():
        known = _named(name)
        if known and known.active:
            raise NotPossible(
                N_("{name} is there already. Add something to tell them apart."), name=known.name
            )
        said: dict[str, Any] = {"name": name, "kind": kind, "phone": phone or None, "ended_on": None}
        if known:
            Person.update(**said).where(Person.id == known.id).execute()
            return one(known.id)
        added: int = Person.insert(**said, since=_today()).execute()
        return one(added)


def change(person: int, *, kind: PersonKind | None = None, phone: str | None = None) -> Somebody:
    """Say better what somebody is in the house; what is not given stays, and an empty number takes it away.

    A name stays: it stands in the log too, where erasing it must find it.

    Raises:
        NotPossible: there is no such person, or the number is none.
    """
    with writing():
        known = one(person)
        number = known.phone if phone is None else _sound_phone(phone) or None
        Person.update(kind=kind or known.kind, phone=number).where(Person.id == person).execute()
        return one(person)


def end(person: int, *, and_duties: bool = False) -> int:
    """Somebody stops; what they did stays known for as long as names are kept.

    Args:
        person: their number.
        and_duties: take the duties that are still to come off the roster.

    Returns:
        How many duties were taken off.

    Raises:
        NotPossible: there is no such person, they ended already, or they are still on the roster.
    """
    with writing():
        known = one(person)
        if not known.active:
            raise NotPossible(N_("{name} ended already."), name=known.name)
        if not and_duties:
            assert_off_the_roster(known)
        now = clock.reliable_now()[0]
        n, _ = _duties_to_come(person, now)
        _stand_alone(person, now)
        Duty.delete().where(_to_come(person, now)).execute()
        today = _today()
        Pattern.update(to_day=today).where(_goes_on(person, today)).execute()
        Person.update(ended_on=today, phone=None).where(Person.id == person).execute()
        return n


def assert_off_the_roster(known: Somebody) -> None:
    """Refuse who still has duties to come.

    Raises:
        NotPossible: they are still on the roster.
    """
    with reading():
        n, first = _duties_to_come(known.id, clock.reliable_now()[0])
    if n:
        raise NotPossible(
            N_(
                "{name} is still on the roster, {n} × from {day} on. Let somebody else do that first, or "
                "take it off with: hostdesk person end {name} --and-duties"
            ),
            name=known.name,
            n=n,
            day=first,
        )


def everybody(*, ended: bool = False) -> tuple[Somebody, ...]:
    """The people of the house by name; with those who ended when asked, and never the nameless."""
    where = (Person.name != "") if ended else (Person.name != "") & Person.ended_on.is_null()
    with reading():
        return tuple(sorted(_of(where), key=lambda person: person.name.casefold()))


def one(person: int) -> Somebody:
    """This person.

    Raises:
        NotPossible: there is none.
    """
    with reading():
        found = _of(Person.id == person)
    if not found:
        raise NotPossible(N_("There is no such person. hostdesk person list shows who there are."))
    return found[0]


def find(name: str, *, ended: bool = False) -> Somebody:
    """Who goes by this name, or by a name that begins so and no other does.

    Raises:
        NotPossible: nobody, or more than one.
    """
    wanted = clean(name[:1000], most=1000).casefold()
    with reading():
        known = everybody(ended=ended)
    same = [person for person in known if person.name.casefold() == wanted]
    found = same or [person for person in known if wanted and person.name.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotPossible(
            N_("“{name}” can be: {names}. Write the whole name."),
            name=name[:LONGEST_NAME],
            names=", ".join(person.name for person in found),
        )
    raise NotPossible(
        N_("Nobody here is called {name}. hostdesk person list shows who there are."),
        name=clean(name[:LONGEST_NAME], most=LONGEST_NAME),
    )


def known_as(file: Path, name: str) -> tuple[str, PersonKind]:
    """Who somebody is who comes in from elsewhere, and what; asked before the room is open.

    Raises:
        NotPossible: nobody here has this name, or they ended.
        NoRoom, SetAside, Emptied, NotARoom, Damaged: there is no room to be somebody of.
    """
    found: list[tuple[str, str]] = []
    with saying(file):
        files.assert_there(file)
        assert_ours(file)
        with looking_at(file, briefly=True) as reader, suppress(apsw.SQLError):  # an older room
            found = list(
                reader.execute("SELECT name, kind FROM person WHERE ended_on IS NULL AND name != ''")
            )
    for known, kind in found:
        if known.casefold() == name.casefold():
            return known, PersonKind(kind)
    raise NotPossible(
        N_(
            "{name} is not among the people of this room. On its own machine: "
            "hostdesk person add {name} --kind KIND. Which kinds there are: hostdesk person add --help"
        ),
        name=name,
    )


def names_of(numbers: Collection[int]) -> dict[int, str]:
    """The names of these people; nothing for who is erased, and for who sees no names."""
    with reading():
        return {
            number: name or ""
            for number, name in rows(Person.select(Person.id, Person.name).where(Person.id.in_(numbers)))
        }


def named(name: str) -> Somebody | None:
    """Who has just this name, in whatever capitals; None when nobody has."""
    with reading():
        return _named(clean(name[:1000], most=1000))


def sound_name(name: str) -> str:
    """The name as it is kept.

    Raises:
        NotPossible: it is none, or too long.
    """
    name = clean(name, most=LONGEST_NAME)
    if not any(character.isalpha() for character in name):
        raise NotPossible(N_("A person needs a name, such as others call them."))
    return name


def _sound_phone(phone: str) -> str:
    phone = clean(phone, most=LONGEST_PHONE)
    digits = sum(character.isdigit() for character in phone)
    if phone and (digits < 3 or not set(phone) <= set("0123456789 +-()./")):
        raise NotPossible(N_("{text} is no telephone number."), text=phone)
    return phone


def _named(name: str) -> Somebody | None:
    wanted = name.casefold()
    found = [person for person in everybody(ended=True) if person.name.casefold() == wanted]
    return found[0] if found else None


def _of(where: Any) -> list[Somebody]:
    query = Person.select(
        Person.id, Person.name, Person.kind, Person.phone, Person.since, Person.ended_on
    ).where(where)
    return [
        Somebody(id_, name, PersonKind(kind), phone, since, ended_on)
        for id_, name, kind, phone, since, ended_on in rows(query)
    ]


def _duties_to_come(person: int, now: datetime) -> tuple[int, date | None]:
    """How many there are, and the day of the first."""
    query = Duty.select(fn.COUNT(Duty.id), fn.MIN(Duty.day)).where(_to_come(person, now) & ~Duty.absent)
    ((n, first),) = rows(query)
    return int(n), date.fromisoformat(first) if isinstance(first, str) else first


def _to_come(person: int, now: datetime) -> Any:
    return (Duty.person == person) & (Duty.planned_from > now) & Duty.from_at.is_null()


def _stand_alone(person: int, now: datetime) -> None:
    """Who stands in for a duty that goes, is on duty all the same."""
    going = Duty.select(Duty.id).where(_to_come(person, now))
    Duty.update(stands_in_for=None).where(Duty.stands_in_for.in_(going)).execute()


def _goes_on(person: int, today: date) -> Any:
    return (Pattern.person == person) & (Pattern.to_day.is_null() | (Pattern.to_day > today))


def _today() -> date:
    return rooms.day_of(rooms.current(), clock.reliable_now()[0])
