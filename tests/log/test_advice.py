"""Advice about what stands in the log: asked with a key, answered elsewhere, read beside the entry."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from db import advice, connection, log, logbook
from db.errors import NotPossible
from db.logbook import Reader
from db.room import Room
from db.states import NoteKind
from hostdesk.words import advice as words
from tests.board_commands.stories import Run, done, facts
from tests.desks import Desk, desk

COORDINATOR = Reader("Carla", coordinator=True)
Story = Callable[[Desk], Awaitable[None]]


def tell(file: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Somebody opens the log of this room."""

    async def live() -> None:
        async with desk(file, size=size) as here:
            await here.burst("f4")
            await story(here)

    asyncio.run(live())


@pytest.fixture
def leaks(room_file: Path) -> int:
    """The coffee machine leaks: the number of that entry."""
    connection.open(room_file)
    written = log.write("Koffiezetter lekt", kind=NoteKind.BROKEN, by="Anja")
    connection.close()
    return written


def test_who_answers_does_not_read_the_incident_and_that_is_said(room_file: Path) -> None:
    connection.open(room_file)
    log.write("Ruzie bij de deur", kind=NoteKind.INCIDENT, by="Anja")
    connection.close()

    async def story(here: Desk) -> None:
        await here.burst("a")
        await here.sees("Wie antwoordt leest het incident niet", "geen ziekte")

    tell(room_file, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_it_is_asked_on_the_entry_and_read_back_there(
    room_file: Path, leaks: int, size: tuple[int, int]
) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Koffiezetter lekt")
        await here.burst("a")
        await here.sees("Vraag een professional over: kapot: Koffiezetter lekt", "Geen namen")
        await here.burst(*"Wie maakt dat?", "enter")
        await here.sees("Vraag 1 is gesteld", "? advies gevraagd", "? Wie maakt dat?")
        await here.database.run(lambda: advice.answer(1, "Bel de klusdienst.", by="Els"))
        await here.burst("f2", "f4")
        await here.sees("advies gegeven", "? Wie maakt dat?", "! Bel de klusdienst. · Els")
        [asked] = await here.database.run(advice.everything)
        assert asked.entry is not None and asked.entry.id == leaks

    tell(room_file, story, size)


def test_a_question_half_typed_is_there_again_at_its_entry_and_no_other(room_file: Path, leaks: int) -> None:
    async def story(here: Desk) -> None:
        await here.database.run(lambda: log.write("De klok loopt achter", by="Anja"))
        await here.burst("f2", "f4")
        await here.sees("De klok loopt achter", "Koffiezetter lekt")
        await here.burst("end", "a", *"Wie maakt", "escape", "home", "a")
        await here.sees("over: bijzonderheden: De klok")
        assert "Wie maakt" not in here.screen
        await here.burst("escape", "end", "a")
        await here.sees("over: kapot: Koffiezetter", "Wie maakt")

    tell(room_file, story)


def test_it_stands_in_the_list_of_questions_with_what_it_is_about(room_file: Path, leaks: int) -> None:
    async def story(here: Desk) -> None:
        await here.database.run(lambda: advice.ask("Wie maakt dat?", entry=leaks, by="Fatma"))
        here.app.action_questions()
        await here.sees("? Wie maakt dat?", "kapot: Koffiezetter lekt · Fatma")

    tell(room_file, story)


def test_what_an_incident_said_is_for_those_who_may_read_it(room: Room) -> None:
    happened = log.write("Ruzie om een stoel", kind=NoteKind.INCIDENT, by="Anja")
    advice.ask("Hoe praten we dit na?", entry=happened, by="Anja")

    [for_anybody] = advice.everything()
    assert for_anybody.entry is not None and for_anybody.entry.text is None
    assert words.about(for_anybody) == "incident: er was een incident; de coördinator weet ervan"
    for reader in (COORDINATOR, Reader("Anja")):
        [asked] = advice.everything(reader)
        assert words.about(asked) == "incident: Ruzie om een stoel"
    assert advice.about_entries(logbook.entries(Reader("Ben"))) == {}
    assert happened in advice.about_entries(logbook.entries(COORDINATOR))


def test_nor_does_the_shell_say_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTDESK_BY", "Anja")
    done(run, "person", "add", "Carla", "--kind", "coordinator")
    done(run, "note", "Ruzie om een stoel", "--kind", "incident")
    assert "Vraag 1" in done(run, "ask", "Hoe praten we dit na?", "--entry", "1")

    monkeypatch.setenv("HOSTDESK_BY", "Ben")
    assert "incident: er was een incident" in done(run, "advice")
    assert "Ruzie" not in done(run, "advice") + done(run, "advice", "--json")
    [asked] = facts(run, "advice")
    assert (asked["entry"], asked["title"], asked["wish"]) == (1, "", None)
    monkeypatch.setenv("HOSTDESK_BY", "Carla")
    assert "incident: Ruzie om een stoel" in done(run, "advice")
    assert facts(run, "advice")[0]["title"] == "Ruzie om een stoel"


def test_an_erased_entry_leaves_the_question(room: Room) -> None:
    entry = log.write("Koffiezetter lekt", by="Anja")
    advice.ask("Wie maakt dat?", entry=entry)
    connection.database.execute_sql("UPDATE log_entry SET text = NULL")

    [asked] = advice.everything(COORDINATOR)
    assert words.about(asked) == "bijzonderheden: de tekst is gewist: de bewaartermijn is voorbij"


def test_no_question_about_an_entry_that_is_not_there(room: Room) -> None:
    with pytest.raises(NotPossible, match="7"):
        advice.ask("Wie maakt dat?", entry=7)
    assert advice.everything() == ()
