"""A wish becomes an activity in one form, which says what it comes to while somebody types."""

from datetime import date, time
from itertools import pairwise
from pathlib import Path

import pytest

from db import board, planning, wishes
from db import room as rooms
from db.board import ActivityFacts
from db.planning import Plan
from db.recurrence import Repeat
from db.states import Kind, Lead
from hostdesk.dialogs.plan import PlanDialog
from hostdesk.widgets.field import Field
from tests.clocks import at
from tests.dialogs.stand import SMALL, USUAL, Stand, tell


async def planned(here: Stand, number: int = 1) -> ActivityFacts:
    """The activity with this number."""
    return await here.database.run(lambda: board.activity(number))


async def wish(here: Stand, text: str = "breien op dinsdag") -> int:
    return await here.database.run(lambda: wishes.voice(text, theme="creatief"))


def answer(here: Stand, field: str) -> str:
    """What stands in a field."""
    return here.app.screen.query_one(f"#{field}", Field).value


async def reads(here: Stand, sentence: str) -> None:
    """Wait until this sentence is there, on however many lines."""
    await here.until(lambda: sentence in " ".join(here.screen.split()), lambda: here.screen)


@pytest.mark.parametrize("size", [USUAL, SMALL])
def test_a_wish_is_planned_as_it_is_suggested(room_file: Path, size: tuple[int, int]) -> None:
    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.sees("Breien op dinsdag", "ma 30-11-2026", "1 bijeenkomst, ma 30 nov 2026", "F2")
        await here.press("f2")
        assert await here.told() == "“Breien op dinsdag” is gepland: 1 bijeenkomst, ma 30 nov 2026."
        made = await planned(here)
        assert (made.wishes, made.theme, made.lead) == ((1,), "creatief", Lead.VOLUNTEER)

    tell(room_file, story, size)


def test_what_can_be_chosen_stands_whole_where_it_just_fits(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.sees("(•) één keer   ( ) elke week   ( ) om de twee weken   ( ) elke maand")

    tell(room_file, story, (100, 30))


def test_six_tuesdays_with_keys_alone_in_one_burst(room_file: Path) -> None:
    """As a poor line delivers them: name, day, from, to, every week, six times, the place."""

    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        keys = [*"di", "enter", *"1400", "enter", *"16", "enter", "right", "enter", "6", "enter", "enter"]
        await here.burst("enter", *keys, *"Achterkamer", "enter", *"12", "f2", "+")
        assert "6 bijeenkomsten, di 24 nov t/m di 29 dec" in str(await here.told())
        made = await planned(here)
        assert [one.day for one in made.sessions][:2] == [date(2026, 11, 24), date(2026, 12, 1)]
        assert (len(made.sessions), made.place, made.capacity) == (6, "Achterkamer", 12)
        await here.until(lambda: here.app.came_through == ["plus"])

    tell(room_file, story)


def test_what_somebody_types_takes_the_place_of_the_suggested_name(room_file: Path) -> None:
    """Who comes back to a name of their own goes on with it."""

    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.burst(*"Brei")
        await here.until(lambda: answer(here, "title-field") == "Brei", lambda: here.screen)
        await here.burst("down", "up", *"club", "f2")
        await here.told()
        assert (await planned(here)).title == "Breiclub"

    tell(room_file, story)


def test_of_several_wishes_the_form_names_each(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        both = [await wish(here), await wish(here, "schaken")]
        await here.stands(PlanDialog(here.database, both))
        await here.sees("2 wensen: “breien op dinsdag”, “schaken”")

    tell(room_file, story)


def test_what_it_comes_to_follows_each_key(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.burst("enter", *"27-11", "down", "down", "down", "right", "down", "5")
        await here.sees("5 bijeenkomsten, vr 27 nov t/m vr 25 dec")
        await here.press("down", "right")
        await here.sees("4 bijeenkomsten, vr 27 nov t/m vr 18 dec; vr 25 dec vervalt (Eerste kerstdag)")
        await here.press("up", "backspace")
        await here.sees("gaat steeds door vanaf vr 27 nov")

    tell(room_file, story)


def test_clashes_are_said_at_once_and_planning_goes_on(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        coffee = Plan("Koffie", date(2026, 11, 25), time(13), time(15), place="Keuken", leader="Ali")
        await here.database.run(lambda: planning.plan([], coffee))
        await here.stands(PlanDialog(here.database))
        await here.burst(*"Koken", "enter", *"wo", "enter", *"14", "enter", *"17", "down", "down")
        await here.sees("Buiten de openingstijden op wo 25 nov.")
        await here.burst(*"keuken", "down", "down", "down", *"ali")
        await reads(here, "keuken is bezet door Koffie op wo 25 nov.")
        await reads(here, "ali begeleidt dan Koffie, op wo 25 nov.")
        await here.press("f2")
        await here.told()
        assert (await planned(here, 2)).leader == "ali"

    tell(room_file, story)


def test_a_day_on_which_the_room_is_shut_is_skipped_and_said(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.database.run(lambda: rooms.close_day(date(2026, 12, 1), "verbouwing"))
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.burst("enter", *"di", "down", "down", "down", "right", "down", "3")
        await here.sees("2 bijeenkomsten, di 24 nov t/m di 8 dec; di 1 dec vervalt (verbouwing)")

    tell(room_file, story)


@pytest.mark.parametrize(
    ("downs", "typed", "sentence"),
    [
        (1, "30-2", "De dag “30-2” bestaat niet"),
        (2, "25", "De tijd “25” bestaat niet"),
        (3, "x", "De tijd “x” bestaat niet"),
    ],
)
def test_an_answer_that_makes_no_sense_is_said_under_its_question_and_stays(
    room_file: Path, downs: int, typed: str, sentence: str
) -> None:
    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.burst(*["down"] * downs, *typed, "enter")
        await here.sees(sentence)
        row = min(here.lines_with(sentence))
        assert f" {typed}" in here.screen.splitlines()[row - 1]
        await here.press("f2")
        await here.sees(sentence)
        assert (await here.database.run(board.cards)).columns  # still there, and nothing was planned
        with pytest.raises(Exception, match="no activity"):
            await planned(here)

    tell(room_file, story)


def test_what_was_mistyped_on_a_numeric_pad_is_put_right_with_it(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.burst("down", *"24-112", "enter")
        await here.sees("De dag “24-112” bestaat niet")
        await here.burst(*"3-12", "enter", *"1", "5", "3", "-", "*", *"17", "enter")
        await here.burst("down", "down", "-")
        await here.sees("“-” doet hier niets en telt niemand")
        await here.burst("1", "3", "subtract", "2", "v")
        await here.sees("“v” doet hier niets en telt niemand")
        await here.paste("mensen")
        await here.press("enter")
        await here.sees("“12mensen” is geen aantal plaatsen")
        await here.burst("1", "2", "f2")
        await here.told()
        made = await planned(here)
        assert (made.sessions[0].day, made.capacity) == (date(2026, 12, 3), 12)
        assert (made.sessions[0].starts_at, made.sessions[0].ends_at) == (
            at("2026-12-03 15:00"),
            at("2026-12-03 17:00"),
        )

    tell(room_file, story)


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (["backspace"] * 17, "Een activiteit heeft een naam nodig"),
        (["down", "down", "down", *"13"], "Het kan niet om 13:00 eindigen als het om 14:00 begint"),
        (["down", *"1-1-2099"], "do 1 jan 2099 is te ver weg"),
        (["down"] * 6 + ["0"], "Er zijn 1 tot 500 plaatsen, geen 0"),
        (["down"] * 4 + ["right", "down", "0"], "Het kan 1 tot 520 keer, geen 0"),
        (["down"] * 4 + ["right", "down", *"24-11-2026"], "voor de eerste (ma 30 nov 2026)"),
    ],
)
def test_a_plan_that_makes_no_sense_is_said_while_somebody_types(
    room_file: Path, keys: list[str], sentence: str
) -> None:
    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.burst(*keys)
        await reads(here, sentence)
        await here.press("f2")
        await here.pilot.pause()
        with pytest.raises(Exception, match="no activity"):
            await planned(here)

    tell(room_file, story)


def test_the_end_moves_along_until_somebody_says_another(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.burst("down", "down", *"1030", "down")
        assert (answer(here, "starts"), answer(here, "ends")) == ("10:30", "12:30")
        await here.burst(*"11", "up", *"9", "down")
        assert (answer(here, "starts"), answer(here, "ends")) == ("09:00", "11:00")

    tell(room_file, story)


def test_a_letter_chooses_who_leads_where_not_all_fit(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.burst(*["down"] * 7, "p")
        await here.sees("← professional →")
        await here.press("f2")
        await here.told()
        assert (await planned(here)).lead is Lead.PROFESSIONAL

    tell(room_file, story, SMALL)


def test_every_repeat_can_be_chosen(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        for n, repeat in enumerate(Repeat):
            await here.stands(PlanDialog(here.database, [await wish(here)]))
            until = ["down", "2"] if n else []
            await here.burst(*["down"] * 4, *["right"] * n, *until, "f2")
            await here.told()
            days = [one.day for one in (await planned(here, n + 1)).sessions]
            gap = {Repeat.WEEKLY: 7, Repeat.TWO_WEEKLY: 14, Repeat.MONTHLY: 28}.get(repeat)
            assert [(b - a).days for a, b in pairwise(days)] == ([gap] if gap else [])

    tell(room_file, story)


def test_enter_all_the_way_plans_it(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here), await wish(here, "haken")]))
        await here.burst(*["enter"] * 12)
        await here.told()
        assert (await planned(here)).wishes == (1, 2)
        thread = await here.database.run(lambda: board.thread(Kind.WISH, 2))
        assert thread

    tell(room_file, story)


def test_what_somebody_else_planned_meanwhile_is_told_before_it_is_planned_again(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.sees("Breien op dinsdag")
        other = Plan("Breiclub", date(2026, 11, 24), time(14), time(16))
        await here.database.run(lambda: planning.plan([1], other, by="Ans"))
        await here.press("f2")
        await reads(here, "heeft wens 1 intussen gepland")
        await here.press("f2")
        await here.told()
        assert (await planned(here, 2)).wishes == (1,)

    tell(room_file, story)


def test_esc_plans_nothing(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        await here.stands(PlanDialog(here.database, [await wish(here)]))
        await here.press("escape")
        assert await here.told() is None
        with pytest.raises(Exception, match="no activity"):
            await planned(here)

    tell(room_file, story)
