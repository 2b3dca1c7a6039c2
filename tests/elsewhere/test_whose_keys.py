"""What a role may not do stands on no key bar, in no palette and no help; its key says why, all the same."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding

from db import connection, door, roles
from db.states import PersonKind
from hostdesk import elsewhere, whose_keys
from hostdesk.screens.desk import DeskScreen
from hostdesk.words import say
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
    assert ("ask" in seen["board"]) == (role is not PersonKind.PROFESSIONAL)
    assert ("app.questions" in seen["desk"]) == (role is PersonKind.PROFESSIONAL)


WAYS: dict[str, tuple[str, ...]] = {
    "desk": (),
    "board": ("f3",),
    "thread": ("f3", "enter"),
    "log": ("f4",),
    "roster": ("f5",),
    "weekly": ("f5", "v"),
    "figures": ("f6",),
    "figure": ("f6", "enter"),
    "start": ("b",),
    "closing": ("s",),
}
"""The keys that bring each screen, from the desk."""

QUESTIONS = "questions"
"""A screen that has no key for everybody."""


@pytest.mark.parametrize("subject", [*WAYS, QUESTIONS])
@pytest.mark.parametrize("role", ROLES)
def test_what_is_offered_is_not_refused(as_role: Path, role: PersonKind, subject: str) -> None:
    """Whatever stands on a bar is pressed, once each: behind it is what it says, and no refusal."""
    roles.act_as(role)
    refusal = say(roles.refusal())[:30]
    pressed = set()

    async def story() -> None:
        async with desk(as_role, size=(100, 40)) as here:
            while True:
                here.app.clear_notifications()
                await here.press("escape", "escape", "f2", *WAYS.get(subject, ()))
                if subject == QUESTIONS:
                    here.app.action_questions()
                await here.pilot.pause()
                if subject_of(here) != subject:
                    return  # this screen is not theirs
                left = [one for one in bar(here) if one.action not in pressed and not one.system]
                if not left:
                    return
                here.app.clear_notifications()
                pressed.add(left[0].action)
                await here.press(left[0].key)
                await here.database.run(lambda: None)
                await here.pilot.pause()
                told = [one.message for one in here.app._notifications]
                assert refusal not in f"{here.screen}{told}", left[0]

    asyncio.run(story())
    assert pressed or subject not in {"desk", "board", "thread", QUESTIONS}


HINTS = ("+ telt", "Druk op", "druk op p", "Stel een vraag", "*: er is", "Zet er een")
"""What a screen says of a key where there is nothing to show yet."""


@pytest.mark.parametrize("role", [None, *ROLES])
def test_an_empty_screen_asks_nobody_for_what_is_not_theirs(
    room_file: Path, monkeypatch: pytest.MonkeyPatch, role: PersonKind | None
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50022 192.0.2.2 22")
    roles.act_as(role)
    said: dict[str, str] = {}

    async def story() -> None:
        async with desk(room_file, size=(100, 40)) as here:
            for subject, keys in (*WAYS.items(), (QUESTIONS, ())):
                await here.press("escape", "escape", "f2", *keys)
                if subject == QUESTIONS:
                    here.app.action_questions()
                await here.pilot.pause()
                await here.database.run(lambda: None)
                await here.pilot.pause()
                if subject_of(here) == subject:
                    said[subject] = here.screen

    try:
        asyncio.run(story())
    finally:
        connection.close()
        roles.act_as(None)
    asked = {(subject, hint) for subject, screen in said.items() for hint in HINTS if hint in screen}
    everything = {
        *(("desk", "+ telt"), ("board", "Druk op"), ("log", "Druk op"), ("weekly", "Druk op")),
        *(("start", "*: er is"), (QUESTIONS, "Stel een vraag")),
    }
    theirs = {
        None: everything,
        PersonKind.HOST: everything - {("weekly", "Druk op")},
        PersonKind.VOLUNTEER: {("board", "Druk op"), ("log", "Druk op"), (QUESTIONS, "Stel een vraag")},
        PersonKind.PROFESSIONAL: set(),
    }
    assert asked == theirs[role]
    assert role in {None, PersonKind.HOST} or "F1: wat je kunt doen" in said["desk"]


@pytest.mark.parametrize("role", ROLES)
def test_an_empty_column_asks_for_a_card_only_who_may_move_one(as_role: Path, role: PersonKind) -> None:
    roles.act_as(role)

    async def story() -> None:
        async with desk(as_role, size=(100, 40)) as here:
            await here.press("f3", "right")
            await here.sees("Niemand werkt een wens uit.")
            assert ("Zet er een hier" in here.screen) == (role is not PersonKind.PROFESSIONAL)

    asyncio.run(story())


def test_a_key_that_is_not_theirs_says_why(as_role: Path) -> None:
    roles.act_as(PersonKind.PROFESSIONAL)

    async def story() -> None:
        async with desk(as_role, size=(100, 40)) as here:
            ways = (("plus",), ("h",), ("f4",), ("a",), ("f3", "m"), ("f3", "a"), ("f3", "plus"), ("f3", "l"))
            for keys in (*ways, ("w",)):
                await here.press("f2", *keys)
                await here.sees("Een professional ziet het bord")
                assert not here.app._desk.entry and not len(here.app._presses)
                here.app.clear_notifications()
                await here.press("f2")

    asyncio.run(story())


def test_what_is_said_again_stands_there_once(as_role: Path) -> None:
    """Three keys that are not theirs hid the cards behind three times the same."""
    roles.act_as(PersonKind.PROFESSIONAL)

    async def story() -> None:
        async with desk(as_role, size=(80, 24)) as here:
            await here.press("f4", "f5", "f6")
            await here.sees("Een professional ziet het bord")
            assert here.screen.count("Een professional ziet het bord") == 1

    asyncio.run(story())


PRINTS = {
    **{"board": "board", "log": "log", "roster": "roster", "figures": "report", "start": "shift"},
    "questions": "advice",
}
"""The screens that a key brings, each with the command that prints the same."""

DOES = {
    **{("app", "wish"): "wish", ("app", "ask"): "ask", ("app", "note"): "note"},
    **{("desk", "arrive"): "count", ("desk", "depart"): "leave", ("desk", "headcount"): "headcount"},
    **{("desk", "undo"): "undo", ("board", "move"): "move", ("roster", "fill"): "duty"},
    **{("thread", "session"): "activity", ("questions", "answer"): "advise"},
    **{("figures", "sample_week"): "sample-week", ("door_day", "correct"): "correct"},
}
"""What keys do on screens, each with the command that does the same."""


@pytest.mark.parametrize("role", ROLES)
def test_the_shell_and_the_screens_say_the_same_of_a_role(role: PersonKind) -> None:
    """Who may see it on a screen may have it printed, and nobody else; likewise what keys do."""
    roles.act_as(role)
    try:
        for subject, command in PRINTS.items():
            assert whose_keys.may("app", subject) == (command in elsewhere.COMMANDS[role]), subject
        assert roles.may_read("door") == ("today" in elsewhere.COMMANDS[role])
        for (subject, action), command in DOES.items():
            assert whose_keys.may(subject, action) == (command in elsewhere.COMMANDS[role]), action
        assert whose_keys.SHOWS.keys() <= PRINTS.keys()
    finally:
        roles.act_as(None)


def test_a_professional_begins_at_the_board_and_sees_nothing_of_the_door(as_role: Path) -> None:
    connection.open(as_role)
    door.arrive(7)
    connection.close()
    roles.act_as(PersonKind.PROFESSIONAL)

    async def story() -> None:
        async with desk(as_role, size=(100, 40)) as here:
            await here.sees("Activiteitenbord", "Ik wil leren breien")
            await here.press("f2")
            await here.sees("Er wacht 1 vraag op antwoord.", "F1: wat je kunt doen.")
            here.app.clear_notifications()
            for counted in ("bezoeken", "aanwezig", "+7", "Eerste keer", "Laatste", "█", "│"):
                assert counted not in here.screen
            assert (await here.today()).visits == 0
            await here.press("f1")
            await here.sees("F3 ")
            assert "F6 " not in here.screen

    asyncio.run(story())


def test_at_the_board_a_professional_is_told_that_a_question_waits(as_role: Path) -> None:
    """They come for the questions: those are one key from where they begin."""
    roles.act_as(PersonKind.PROFESSIONAL)

    async def story() -> None:
        async with desk(as_role, size=(64, 20)) as here:
            await here.sees("Activiteitenbord", "o Er wacht 1 vraag op antwoord.")
            await here.press("f1")
            await here.sees("De vragen die op advies wachten")
            await here.press("escape", "o")
            await here.sees("Vragen aan een professional")
            await here.press("escape", "f3")
            await here.sees("o Er wacht 1 vraag op antwoord.")

    asyncio.run(story())


def test_what_was_answered_waits_no_more(as_role: Path) -> None:
    """Neither at the desk nor at the board of who answered it."""
    roles.act_as(PersonKind.PROFESSIONAL)

    async def story() -> None:
        async with desk(as_role) as here:
            await here.until(lambda: here.app._settled and not here.app._changed.is_set())
            await here.press("o")
            await here.sees("→ ? Hoe pakken we dit aan")
            await here.press("enter")
            await here.sees("Je antwoord")
            await here.press("J", "a", "enter")
            await here.sees("beantwoord door Een")
            await here.press("escape")
            await here.sees("Er wacht geen vraag op antwoord.")
            await here.press("f3")
            await here.sees("Activiteitenbord")
            assert "op antwoord" not in here.screen

    asyncio.run(story())


def test_keys_that_a_poor_line_brings_at_once_answer_the_question(as_role: Path) -> None:
    roles.act_as(PersonKind.PROFESSIONAL)

    async def story() -> None:
        async with desk(as_role) as here:
            await here.burst("o", "enter", "J", "a", "enter")
            await here.sees("Ja", "beantwoord door Een")

    asyncio.run(story())


@pytest.mark.parametrize("role", [None, PersonKind.HOST, PersonKind.VOLUNTEER])
def test_others_read_advice_at_the_desk(as_role: Path, role: PersonKind | None) -> None:
    roles.act_as(role)

    async def story() -> None:
        async with desk(as_role) as here:
            await here.press("f3")
            await here.sees("Activiteitenbord")
            assert "wacht op antwoord" not in here.screen
            assert "questions" not in {binding.action for binding in bar(here)}

    asyncio.run(story())


def test_a_volunteer_begins_at_the_desk(as_role: Path) -> None:
    connection.open(as_role)
    door.arrive(7)
    connection.close()
    roles.act_as(PersonKind.VOLUNTEER)

    async def story() -> None:
        async with desk(as_role, size=(100, 40)) as here:
            await here.sees("bezoeken vandaag", "aanwezig", "+7")

    asyncio.run(story())
