"""The room for its website and for who collects such rooms: a SpaceAPI document, version 15.

See https://spaceapi.io/docs/. Nobody is named in it; what was not measured is not in it.
"""

from typing import Any

from db import days, description, programme, shifts
from db.days import Today
from db.description import Description
from db.errors import N_, NotPossible
from db.programme import Slot
from db.room import Room
from db.states import SessionState
from db.text import visible
from hostdesk.words import day, gettext

VERSION = "15"

_TYPES = {
    SessionState.PLANNED: "session-planned",
    SessionState.HELD: "session-held",
    SessionState.CANCELLED: "session-cancelled",
}
"""What an event says of a session; other programs read it, so it is the same in every language."""


def document() -> dict[str, Any]:
    """Whether the room is open, how many are here where that is measured, and today's programme.

    Raises:
        NotPossible: the room has not said what each such document must hold.
    """
    described, today = description.current(), days.today()
    _assert_described(described)
    found: dict[str, Any] = {
        "api_compatibility": [VERSION],
        "space": visible(described.name),
        "logo": described.logo,
        "url": described.website,
        "location": _without_unknown(address=described.address, timezone=today.room.timezone),
        "contact": _without_unknown(email=described.email),
        "state": _state(today),
        "ext_visits_today": today.visits,
        "events": [_event(today.room, slot) for slot in programme.today().slots],
    }
    if today.present is not None:
        found["sensors"] = {"people_now_present": [{"value": today.present.n}]}
    return found


def _assert_described(described: Description) -> None:
    """Say what is missing, and how to give it."""
    match described.website is None, described.logo is None:
        case True, True:
            raise NotPossible(
                N_(
                    "The room has no website and no logo yet, and a SpaceAPI document needs both. "
                    "Give them with: hostdesk room --website WEBADDRESS --logo WEBADDRESS"
                )
            )
        case True, False:
            raise NotPossible(
                N_(
                    "The room has no website yet, and a SpaceAPI document needs one. "
                    "Give it with: hostdesk room --website WEBADDRESS"
                )
            )
        case False, True:
            raise NotPossible(
                N_(
                    "The room has no logo yet, and a SpaceAPI document needs one. "
                    "Give it with: hostdesk room --logo WEBADDRESS"
                )
            )


def _state(today: Today) -> dict[str, Any]:
    changed = shifts.last_change(today.room, today.now)
    return _without_unknown(
        open=today.opening.open,
        lastchange=None if changed is None else int(changed.timestamp()),
        message=day.opening(today),
    )


def _event(room: Room, slot: Slot) -> dict[str, Any]:
    times = f"{room.local(slot.starts_at):%H:%M}–{room.local(slot.ends_at):%H:%M}"
    cancelled = gettext(N_("cancelled")) if slot.state is SessionState.CANCELLED else ""
    return {
        "name": visible(slot.title),
        "type": _TYPES[slot.state],
        "timestamp": int(slot.starts_at.timestamp()),
        "extra": " · ".join(part for part in (times, visible(slot.place), cancelled) if part),
    }


def _without_unknown(**fields: Any) -> dict[str, Any]:
    """These fields, but for what nobody knows: a document leaves that out."""
    return {name: value for name, value in fields.items() if value is not None}
