"""Three questions, and the room is there; nothing typed is ever lost."""

from pathlib import Path

import pytest
from textual import events

from db import backup, connection, room
from db.room import DEFAULT_HOURS, Hours
from hostdesk.screens import setup
from tests.clocks import FakeClock
from tests.looks.test_looks import CONSOLE_GLYPHS
from tests.machine.sticks import Port
from tests.setup.first_run import FirstRun, tell


@pytest.fixture
def file(tmp_path: Path, clock: FakeClock) -> Path:
    """Where the room will be; its folder is not there yet either."""
    return tmp_path / "data" / "hostdesk.db"


def test_a_name_and_enter_all_the_way(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.type("De Huiskamer")
        await here.press(*["enter"] * 10)
        await here.sees("bezoeken vandaag", "De Huiskamer")
        made, week = await here.room()
        assert (made.name, made.language, week) == ("De Huiskamer", "nl", DEFAULT_HOURS)

    tell(file, story)


def test_the_desk_counts_at_once(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.type("De Huiskamer")
        await here.press("f2")
        await here.sees("bezoeken vandaag")
        await here.press("plus")
        await here.sees("Laatste: +1")
        assert (await here.today()).visits == 1

    tell(file, story)


def test_choosing_english_changes_the_words_at_once(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.sees("Naam", "maandag", "dicht")
        await here.type("The Parlour")
        await here.press("enter", "right")
        await here.sees("Name of the room", "Monday", "closed", "next")
        assert "maandag" not in here.screen
        await here.press("f2")
        await here.sees("visits today")
        made, _ = await here.room()
        assert (made.name, made.language) == ("The Parlour", "en")

    tell(file, story)


def test_hours_are_written_as_they_are_understood(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.type("De Huiskamer")
        await here.press("enter", "enter")
        await here.type("9.30 tot 12, 1300-17")
        await here.press("down")
        assert here.answer("day1") == "09:30-12:00, 13:00-17:00"
        await here.type("dicht")
        await here.press("f2")
        _, week = await here.room()
        assert week[:2] == (Hours(1, "09:30", "12:00"), Hours(1, "13:00", "17:00"))
        assert [hours.weekday for hours in week] == [1, 1, 3, 4, 5]

    tell(file, story)


def test_wrong_hours_are_said_under_the_day_and_stay(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.type("De Huiskamer")
        await here.press("enter", "enter")
        await here.type("10-9:75")
        await here.press("enter")
        lines = here.screen.splitlines()
        row = next(y for y, text in enumerate(lines) if "10-9:75" in text)
        assert "09:75 is geen tijd" in lines[row + 1]
        assert here.at == "day1"
        await here.press("backspace", "backspace", "backspace", "backspace")
        await here.type("16")
        await here.press("enter")
        assert (here.answer("day1"), here.at) == ("10:00-16:00", "day2")
        assert "geen tijd" not in here.screen

    tell(file, story)


def test_keys_that_come_all_at_once_end_up_where_they_belong(file: Path) -> None:
    """As a poor line delivers them."""

    async def story(here: FirstRun) -> None:
        for key in [*"Huis", "enter", "enter", *"10-12", "enter", *"14-17", "enter"]:
            here.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await here.until(lambda: here.at == "day3", lambda: here.screen)
        assert [here.answer(field) for field in ("name", "day1", "day2")] == [
            "Huis",
            "10:00-12:00",
            "14:00-17:00",
        ]

    tell(file, story)


def test_without_a_name_there_is_no_room(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.press("down", "down")
        await here.type("10-12")
        await here.press("f2")
        await here.sees("heeft een naam nodig")
        assert (here.at, here.answer("day1")) == ("name", "10:00-12:00")

    tell(file, story)
    assert not file.exists()


def test_hours_that_overlap_the_next_day_are_said_and_kept(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.type("De Huiskamer")
        await here.press("enter", "enter")
        await here.type("23-11")
        await here.press("f2")
        await here.sees("overlappen")
        assert (here.answer("name"), here.answer("day1")) == ("De Huiskamer", "23:00-11:00")
        await here.press("up", "down")
        await here.type("20-1")
        await here.press("f2")
        await here.sees("bezoeken vandaag")

    tell(file, story)


def test_hours_typed_backwards_are_asked_about_in_one_sentence(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.type("De Huiskamer")
        await here.press("enter", "enter")
        await here.type("16:30-10:00")
        await here.press("enter")
        await here.sees("Bedoel je 10:00-16:30?")
        assert (here.at, here.answer("day1")) == ("day1", "16:30-10:00")
        await here.press("up", "down")
        await here.type("20-2")
        await here.press("enter")
        assert (here.at, here.answer("day1")) == ("day2", "20:00-02:00")
        await here.type("0-24")
        await here.press("enter")
        assert (here.at, here.answer("day2")) == ("day3", "00:00-24:00")

    tell(file, story)


def test_a_place_that_cannot_be_written_is_said_and_the_answers_stay(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the place of the folder")

    async def story(here: FirstRun) -> None:
        await here.type("De Huiskamer")
        await here.press("f2")
        await here.sees("kan niet")
        assert here.answer("name") == "De Huiskamer"
        (tmp_path / "data").unlink()
        await here.press("f2")
        await here.sees("bezoeken vandaag")

    tell(tmp_path / "data" / "hostdesk.db", story)


def test_a_room_that_somebody_else_made_meanwhile_is_opened(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.type("Mine")
        room.create(file, name="Theirs", language="en")
        connection.close()
        await here.press("f2")
        await here.sees("Theirs", "visits today")

    tell(file, story)


def test_ctrl_q_leaves_nothing_behind(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.type("De Huiskamer")
        await here.press("ctrl+q")
        await here.until(lambda: not here.app.is_running)
        assert here.app.return_code == 0

    tell(file, story)
    assert not file.parent.exists()


def test_escape_takes_nothing_away(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.type("De Huiskamer")
        await here.press("escape", "escape")
        assert (here.answer("name"), here.at) == ("De Huiskamer", "name")
        assert here.app.is_running

    tell(file, story)


def test_help_and_back(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.type("De Huis")
        await here.press("f1")
        await here.sees("Hulp", "ctrl+q")
        await here.press("plus", "f2")
        await here.until(lambda: here.app.screen is here.setup)
        await here.type("kamer?")
        assert here.answer("name") == "De Huiskamer?"

    tell(file, story)


def test_what_a_paste_brings_along_is_left_out(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        await here.paste("De \x1b[31m[/]\x00Huis\u202ekamer")
        assert here.answer("name") == "De [31m[/]Huiskamer"
        await here.sees("De [31m[/]Huiskamer")

    tell(file, story)


def test_the_cursor_does_not_blink(file: Path) -> None:
    async def story(here: FirstRun) -> None:
        assert not [field for field in here.setup.query("Field") if field.cursor_blink]  # type: ignore[attr-defined]

    tell(file, story)


@pytest.mark.parametrize("size", [(80, 24), (64, 20), (50, 12)])
def test_where_the_keys_go_is_always_on_the_screen(file: Path, size: tuple[int, int]) -> None:
    async def story(here: FirstRun) -> None:
        await here.type("De Huiskamer")
        for _ in range(10):
            await here.until(lambda: "→" in here.screen, lambda: here.screen)
            strange = {glyph for glyph in here.screen if ord(glyph) > 0xFF} - CONSOLE_GLYPHS
            assert not strange
            await here.press("down")

    tell(file, story, size)


def test_the_path_that_is_shown_is_inert(tmp_path: Path, clock: FakeClock) -> None:
    async def story(here: FirstRun) -> None:
        await here.sees("Za]0;al.db")
        assert "\x1b" not in here.screen

    tell(tmp_path / "Za\x1b]0;al.db", story, size=(200, 24))


def test_a_new_card_is_told_that_the_room_stands_on_the_stick(
    file: Path, room_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sets it up would make an empty room, and count on in that."""
    port = Port(tmp_path)
    stick = port.put_in(backup.STICK, at=tmp_path / "stick")
    monkeypatch.setattr(setup, "Machine", lambda: port.machine)
    before = room_file.rename(tmp_path / file.name)
    connection.open(before)
    backup.daily()
    made = backup.daily_on_stick(port.machine)
    connection.close()
    assert made and made.is_relative_to(stick)
    empty = stick / f"{file.stem}-backups-00000000" / made.name  # of one that was made and given up that day
    empty.parent.mkdir()
    empty.write_bytes(made.read_bytes()[:4096])

    async def story(here: FirstRun) -> None:
        await here.sees("Op de USB-stick HOSTDESK staat al een buurtkamer", "hostdesk restore", "Naam")
        assert "".join(str(made).split()) in "".join(here.screen.split())
        port.pull_out()
        await here.type("De Huiskamer")
        await here.press("f2")
        await here.sees("bezoeken vandaag")

    tell(file, story, size=(100, 30))
