"""What a role may not do stands on no key bar, in no palette and no help; its key says why, all the same."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding

from db import connection, roles
from db.states import PersonKind
from hostdesk import whose_keys
from hostdesk.screens.desk import DeskScreen
from tests.desks import Desk, desk
from tests.elsewhere.test_roles import full

__all__ = ["full"]

ROLES = [PersonKind.HOST, PersonKind.VOLUNTEER, PersonKind.PROFESSIONAL]
"""Those with a desk; a partner has none."""

SCREENS = ("f2", "f3", "f4", "f5", "f6")

DOES_NOT_CHANGE = frozenset(
    {
        "help",
        "desk",
        "board",
        "log",
        "roster",
        "figures",
        "back",
        "open",
        "look_for",
        "theme",
        "hours",
        "weeks",
    }
    | {"only_open", "kind", "person", "period", "behind", "step", "unit", "now", "start", "weekly", "walk"}
    | {"scroll", "move_up", "leave"}
)
"""What a key does that only shows something."""


@pytest.fixture
def as_role(full: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50022 192.0.2.2 22")
    monkeypatch.setenv("HOSTDESK_BY", "Een")
    yield full
    connection.close()
    roles.act_as(None)


def bar(here: Desk) -> list[Binding]:
    """What stands on the bar of the screen that stands."""
    return [
        active.binding
        for active in here.app.screen.active_bindings.values()
        if active.binding.show and active.enabled
    ]


def table_of(subject: str, binding: Binding) -> str | None:
    """Which table a key on a bar is for; every one is known as such, or as one that changes nothing."""
    name = binding.action.partition("(")[0].removeprefix("app.").removeprefix("screen.")
    for of in (subject, "app"):
        if name in whose_keys.CHANGES.get(of, {}):
            return whose_keys.CHANGES[of][name]
    assert name in DOES_NOT_CHANGE, f"{subject}: {binding.action}"
    return None


def subject_of(here: Desk) -> str:
    return "desk" if isinstance(here.app.screen, DeskScreen) else getattr(here.app.screen, "SUBJECT", "")


@pytest.mark.parametrize("role", [None, *ROLES])
def test_each_key_on_each_screen_is_theirs(as_role: Path, role: PersonKind | None) -> None:
    """And at the desk itself every one stands there."""
    roles.act_as(role)
    seen: dict[str, set[str]] = {}

    async def story() -> None:
        async with desk(as_role) as here:
            for key in SCREENS:
                await here.press("f2", key)
                await here.pilot.pause()
                subject = subject_of(here)
                for binding in bar(here):
                    table = table_of(subject, binding)
                    assert table is None or roles.may_change(table), (subject, binding)
                    seen.setdefault(subject, set()).add(binding.action)
                offered = " ".join(one.title for one in here.app.get_system_commands(here.app.screen))
                await here.press("f1")
                await here.pilot.pause()
                if not roles.may_change("door"):
                    assert "(+)" not in offered
                    assert not [faces for faces, _ in here.app.screen._says.keys if "+" in faces.split()]
                await here.press("escape")

    asyncio.run(story())
    everything = {"desk", "board", "log", "roster", "figures"}
    assert set(seen) == ({"desk", "board"} if role is PersonKind.PROFESSIONAL else everything)
    assert ("arrive" in seen["desk"]) == (role in {None, PersonKind.HOST})
    assert ("me_too" in seen["board"]) == (role is not PersonKind.PROFESSIONAL)


def test_a_key_that_is_not_theirs_says_why(as_role: Path) -> None:
    roles.act_as(PersonKind.PROFESSIONAL)

    async def story() -> None:
        async with desk(as_role, size=(100, 40)) as here:
            for keys in (("plus",), ("f4",), ("f3", "m"), ("f3", "l"), ("w",)):
                await here.press("f2", *keys)
                await here.sees("Een professional ziet het bord")
                here.app.clear_notifications()
                await here.press("f2")

    asyncio.run(story())
