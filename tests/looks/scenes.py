"""The screens whose looks are kept: each one entry in `SCENES`, found as somebody would find it.

Most of them stand on a Monday in a room that has been open for two months; set-up has no room yet.
"""

import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from unittest.mock import patch

from textual.command import CommandList

from db import clock as clocks
from db import connection, door, log, pattern, people, planning, room, roster, sessions, signups
from db.planning import Plan
from db.states import NoteKind, PersonKind
from hostdesk import app, demo, words
from hostdesk.screens.figures_behind import BehindScreen
from hostdesk.screens.palette import Palette
from hostdesk.words import gettext
from tests.clocks import FakeClock, at
from tests.desks import Desk, desk
from tests.looks import board_story
from tests.setup.first_run import first_run

MONDAY = at("2027-03-08 10:00")
NAMES = {"nl": "De Huiskamer", "en": "The Living Room"}

SMALL, USUAL, LARGE = (64, 20), (80, 24), (132, 43)
_BOTH = (USUAL, LARGE)

_VISITS = {10: 4, 11: 6, 12: 3, 13: 5, 14: 8, 15: 6, 16: 2}
"""Visits by the hour on the Mondays before."""


def _says(msgid: str) -> Callable[[Desk], bool]:
    """Whether this text is on the screen, or what follows its last place, in the language that is spoken."""
    return lambda here: gettext(msgid).rpartition("}")[2] in here.screen


def _has_rows(here: Desk) -> bool:
    """Whether what is behind a figure stands there."""
    return isinstance(here.app.screen, BehindScreen) and "→" in here.screen


def _everything_is_offered(here: Desk) -> bool:
    """Whether the palette has all it will have."""
    if not isinstance(here.app.screen, Palette):
        return False
    offered = here.app.screen.query_one(CommandList).option_count
    return offered == len(list(here.app.get_system_commands(here.app.screen_stack[-2])))


@dataclass(frozen=True)
class Scene:
    """A screen as somebody meets it, and how they got there."""

    name: str
    there: Callable[[Desk], bool]
    """Whether it stands, with everything on it."""
    keys: tuple[str, ...] = ()
    """What is pressed from where the program begins: the desk, or the first question."""
    new: bool = False
    """Whether there is no room yet."""
    sizes: tuple[tuple[int, int], ...] = (USUAL, SMALL, LARGE)
    """The terminals on which its look is kept."""
    board: bool = False
    """Whether neighbours wished for things in the weeks before."""
    roster: bool = False
    """Whether people are on duty, and write down what happens."""
    lifelike: bool = False
    """Whether it is a demo room of more than a year."""
    picture: tuple[int, int] = (100, 30)
    """How large the README's picture of it is."""


_TO_A_THREAD = ("f3", *["right"] * 3, "enter")
"""To the thread of the activity that runs."""

_TO_THE_HOURS = ("s", *["full_stop"] * 4)
"""To the step of the closing that asks who was here."""

_TO_A_FIGURE = ("f6", "left", "enter")
"""To the visits of the month before."""

_TO_A_DAY = (*_TO_A_FIGURE, "enter")
"""To the first of them at the door."""

SCENES = (
    Scene("desk", _says("Present now")),
    Scene("help", _says("Help: the keys of the desk"), keys=("f1",)),
    Scene("palette", _everything_is_offered, keys=("ctrl+p",)),
    Scene("board", _says("Activity board"), keys=("f3",), sizes=(USUAL, LARGE), board=True),
    Scene("thread", _says("this session…"), keys=_TO_A_THREAD, sizes=_BOTH, board=True),
    Scene("session-stop", _says("1 this one"), keys=(*_TO_A_THREAD, "enter", "3"), board=True),
    Scene("session-move", _says("1 this one"), keys=(*_TO_A_THREAD, "enter", "4"), board=True),
    Scene("session-add", _says("Add it"), keys=(*_TO_A_THREAD, "enter", "6"), sizes=_BOTH, board=True),
    Scene("sign-ups", _says("Nobody signed up yet."), keys=(*_TO_A_THREAD, "enter", "5"), board=True),
    Scene("change", _says("Change it"), keys=(*_TO_A_THREAD, "4"), board=True),
    Scene("reword", _says("Write the wish better"), keys=("f3", "enter", "9"), sizes=_BOTH, board=True),
    Scene(
        "thread-help",
        _says("Help: everything behind a card"),
        keys=(*_TO_A_THREAD, "f1"),
        sizes=(USUAL, SMALL),
        board=True,
    ),
    Scene(
        "wish",
        _says("  Looks like (the same wish? ↓ or *, then Enter: “me too”)"),
        keys=("w", *"film"),
        sizes=(USUAL,),
        board=True,
    ),
    Scene("plan", _says("Plan an activity"), keys=("f3", "p"), sizes=(USUAL,), board=True),
    Scene("roster", _says("trainee"), keys=("f5",), sizes=(USUAL, LARGE), roster=True),
    Scene("desk-shift", _says("On duty"), sizes=(USUAL, SMALL), roster=True),
    Scene("start", _says("Who is here"), keys=("b",), sizes=(USUAL, SMALL, LARGE), roster=True),
    Scene("weekly", _says("Weekly pattern"), keys=("f5", "v"), sizes=(USUAL,), roster=True),
    Scene("on-duty", _says("Until"), keys=("f5", "enter"), sizes=(USUAL,), roster=True),
    Scene(
        "hours",
        _says("Hours in {month}: confirmed, and not yet"),
        keys=("f5", "h"),
        sizes=(USUAL,),
        roster=True,
    ),
    Scene("closing", _says("It looks right"), keys=("s",), roster=True),
    Scene(
        "closing-hours",
        _says("Everybody was here as it stands"),
        keys=_TO_THE_HOURS,
        sizes=_BOTH,
        roster=True,
    ),
    Scene("was-here", _says("Was here"), keys=(*_TO_THE_HOURS, "2", "enter"), sizes=(USUAL,), roster=True),
    Scene(
        "closing-end",
        _says("Close the shift"),
        keys=("s", *["full_stop"] * 6),
        sizes=(USUAL, SMALL),
        roster=True,
    ),
    Scene("figures", _says("Participations"), keys=("f6",), board=True, roster=True),
    Scene("figure", _has_rows, keys=_TO_A_FIGURE, board=True, roster=True),
    Scene("door-day", _says("Somebody came in who was not counted"), keys=_TO_A_DAY, sizes=(USUAL, SMALL)),
    Scene("correct", _says("How many really"), keys=(*_TO_A_DAY, "enter"), sizes=(USUAL,)),
    Scene("correct-add", _says("Why not counted"), keys=(*_TO_A_DAY, "end", "enter"), sizes=(SMALL,)),
    Scene("log", _says("open point"), keys=("f4",), sizes=(USUAL, LARGE), roster=True),
    Scene("note", _says("Tab: another kind"), keys=("l", *"06-12345678", "tab"), sizes=(USUAL,), roster=True),
    Scene("setup", _says("Name of the room"), new=True),
    Scene(
        "setup-mistake",
        _says("A room needs a name."),
        keys=("enter", "down", "down", *"soms", "f2"),
        new=True,
        sizes=(USUAL, SMALL),
    ),
    Scene("setup-help", _says("Help: a new room"), keys=("f1",), new=True, sizes=(USUAL, SMALL)),
)
"""Every screen; a new one is one entry more."""

DESK = SCENES[0]
BOARD = next(scene for scene in SCENES if scene.name == "board")
LOG = next(scene for scene in SCENES if scene.name == "log")
FIGURES = Scene("figures", _says("Participations"), keys=("f6", "left"), lifelike=True, picture=(100, 46))
"""Of a whole month, for the README."""


@asynccontextmanager
async def standing(
    scene: Scene, directory: Path, language: str, size: tuple[int, int] = USUAL, *, theme: str = "dark"
) -> AsyncIterator[Desk]:
    """The screen of this scene; its room is made in this empty directory.

    The program is given a path from there, so that what it says of the path is the same everywhere.
    """
    clock = FakeClock()
    clocks.use(clock)
    file = Path("hostdesk.db")
    with contextlib.chdir(directory), patch.object(app, "HANDOVER_SECONDS", 0.01):
        if scene.lifelike:
            lifelike(file, clock, language)
        elif not scene.new:
            monday(file, clock, language, board=scene.board, on_duty=scene.roster)
        begun = first_run(file, size, language) if scene.new else desk(file, size, language)
        async with begun as here:
            here.app.theme = theme
            if not scene.new:
                await here.until(lambda: here.app._handover)  # what the shift should know stands there too
            for key in scene.keys:
                await here.press(key)
            await here.until(lambda: scene.there(here), lambda: here.screen)
            await here.pilot.pause()
            yield here


def lifelike(file: Path, clock: FakeClock, language: str) -> None:
    """Make a demo room of which that Monday is the last day."""
    clock.set_to(at("2027-03-08 14:07"))
    words.choose(language)
    demo.make(file, days=410)


def monday(
    file: Path, clock: FakeClock, language: str, *, board: bool = False, on_duty: bool = False
) -> None:
    """Make the room, its eight Mondays before, and this Monday until seven past two."""
    clock.set_to(MONDAY - timedelta(weeks=8))
    clock.reboot(MONDAY - timedelta(weeks=8))
    room.create(file, name=NAMES[language], language=language, timezone="Europe/Amsterdam")
    for weeks in range(8, 0, -1):
        _usual_monday(clock, MONDAY - timedelta(weeks=weeks), weeks % 3)
        if board:
            board_story.week(weeks, language, MONDAY.date())
    clock.go_on_until(MONDAY)
    _programme(language)
    _this_monday(clock)
    if on_duty:
        _roster()
        _notes(language)
    connection.close()


def _roster() -> None:
    """Two of the house today and somebody who learns; tomorrow one is ill, and another stands in."""
    today, tomorrow = MONDAY.date(), MONDAY.date() + timedelta(days=1)
    host = PersonKind.HOST
    anja, ben, carla, dirk = (people.add(name, kind=host).id for name in ("Anja", "Ben", "Carla", "Dirk"))
    for person in (anja, ben):
        roster.plan(person, today)
    roster.came(dirk, trainee=True)
    roster.plan(carla, tomorrow)
    roster.stand_in(roster.plan(anja, tomorrow), ben)
    pattern.weekly(carla, 4)
    pattern.weekly(dirk, 4, time(13), time(16, 30), weeks=2)


def _notes(language: str) -> None:
    """What somebody wrote last week, and today."""
    say = {
        "nl": (
            "De sleutel van de kast ligt bij de buren op nummer 14.",
            "Koffiezetter lekt",
            "nieuwe slang erin gezet",
            "Een bezoeker bracht soep mee voor iedereen; er werd nog lang gepraat aan de grote tafel.",
            "Suiker en melk zijn bijna op",
            "De verwarming gaat nu vanzelf aan om negen uur.",
        ),
        "en": (
            "The key of the cabinet is with the neighbours at number 14.",
            "The coffee machine leaks",
            "put a new hose in",
            "A visitor brought soup for everybody; people stayed talking at the large table for long.",
            "Sugar and milk are nearly gone",
            "The heating now comes on by itself at nine.",
        ),
    }[language]
    last_week = MONDAY - timedelta(days=7)
    log.write(say[0], kind=NoteKind.HANDOVER, by="Carla", happened_at=last_week)
    leak = log.write(say[1], kind=NoteKind.BROKEN, by="Ben", happened_at=last_week + timedelta(hours=1))
    log.deal_with(leak, say[2], by="Anja")
    log.write(say[3], kind=NoteKind.HAPPY, by="Ben")
    log.write(say[4], kind=NoteKind.SHORTAGE, by="Anja")
    log.write(say[5], kind=NoteKind.NOTICE, by="Anja")


def _programme(language: str) -> None:
    """Coffee this morning, knitting now, and two things to come, one of which does not go on."""
    titles = {
        "nl": ("Koffieochtend", "Breiclub", "Samen koken", "Schaken"),
        "en": ("Coffee morning", "Knitting club", "Cooking together", "Chess"),
    }[language]
    hours = ((10, 12), (14, 16), (16, 18), (19, 21))
    for title, (starts, ends), places in zip(titles, hours, (None, None, 8, None), strict=True):
        plan = Plan(title, MONDAY.date(), time(starts), time(ends), capacity=places)
        [session] = sessions.of_activity(planning.plan((), plan))
        match starts:
            case 10:
                sessions.attend(session.id, 12)
            case 16:
                signups.sign_up(session.id, 6)
            case 19:
                sessions.cancel(session.id)


def _usual_monday(clock: FakeClock, opens_at: datetime, more: int) -> None:
    for hour, visits in _VISITS.items():
        clock.go_on_until(opens_at + timedelta(hours=hour - 10, minutes=20))
        door.arrive(visits + more)


def _this_monday(clock: FakeClock) -> None:
    """A morning with a group, a mistake, a headcount, and people who leave."""
    story: list[tuple[int, Callable[[], object]]] = [
        (4, lambda: door.arrive(2)),
        (9, lambda: door.arrive(volunteer=True, n=2)),
        (35, lambda: door.arrive(3)),
        (61, lambda: door.arrive(4)),
        (70, lambda: door.first_visit(door.arrive(1).id)),
        (95, lambda: door.arrive(2)),
        (130, lambda: door.arrive(6)),
        (185, lambda: door.arrive(5)),
        (206, lambda: door.arrive(7)),
        (210, lambda: door.headcount(12)),
        (233, lambda: door.arrive()),
        (236, lambda: door.arrive()),
        (237, door.undo),
        (241, lambda: door.arrive(2)),
        (243, lambda: door.depart()),
        (245, lambda: door.arrive(5)),
    ]
    for minutes, happens in story:
        clock.go_on_until(MONDAY + timedelta(minutes=minutes))
        happens()
    clock.go_on_until(at("2027-03-08 14:07"))
