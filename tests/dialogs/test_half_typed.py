"""A form left half typed is there again, and writes over nothing that somebody else wrote meanwhile."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db import board, course, sessions, wishes
from db.states import Kind, Lead
from db.thread import DatabaseThread
from hostdesk.board_requests import FillIn, Form
from hostdesk.deeds import Deeds, Subject
from hostdesk.dialogs import change
from hostdesk.dialogs import sessions as of_sessions
from hostdesk.dialogs.form import Dialog
from tests.board.plans import planned
from tests.dialogs.stand import Stand, tell

Opens = Callable[[DatabaseThread, str], Dialog]


async def card(here: Stand, kind: Kind) -> Opens:
    """Opens the form in which this card is changed."""

    def made() -> Subject:
        number = planned(capacity=8)[0] if kind is Kind.ACTIVITY else wishes.voice("Schaken", theme="leren")
        title = board.activity(number).title if kind is Kind.ACTIVITY else "Schaken"
        return Subject(kind, number, title, course.state_of(kind, number))

    subject = await here.database.run(made)
    return lambda database, draft: change.form(subject, database, Deeds(), draft)


async def session(here: Stand, form: Form) -> Opens:
    """Opens this form about the first of six sessions."""
    first = await here.database.run(lambda: sessions.one(planned(capacity=8)[1][0]))
    asked = FillIn(form, first, following=5)
    return lambda database, draft: of_sessions.form(asked, database, Deeds(), draft)


FORMS: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("wish", (*" leren", "tab", "right"), ("Schaken leren",)),
    ("activity", ("down", "down", *"Zaal", "down", "home", *"1"), ("Zaal", "18")),
    (Form.MOVE, (*"do 26-11", "enter", *"15", "enter"), ("do 26-11-2026", "15:00")),
    (Form.ADD, (*"vr 27-11", "enter"), ("vr 27-11-2026",)),
    (Form.SIGN_UPS, (*"3", "down", *"Anja"), ("3", "Anja")),
    (Form.LEAD, ("right", "down", *"Bo"), ("← buurtbewoner →", "Bo")),
    (Form.STOP, ("enter", *"Ziek"), ("Ziek",)),
]


@pytest.mark.parametrize(("which", "keys", "stands"), FORMS, ids=[str(form[0]) for form in FORMS])
def test_esc_keeps_what_is_typed_and_nothing_else(
    room_file: Path, which: str, keys: tuple[str, ...], stands: tuple[str, ...]
) -> None:
    async def story(here: Stand) -> None:
        opens = await (session(here, which) if isinstance(which, Form) else card(here, Kind(which)))
        untouched = opens(here.database, "")
        await here.stands(untouched)
        await here.burst("escape")
        assert await here.told() is None and untouched.draft == ""

        left = opens(here.database, "")
        await here.stands(left)
        await here.burst(*keys)
        await here.sees(*stands)
        await here.burst("escape")
        await here.told()
        again = opens(here.database, left.draft)
        assert again.draft == left.draft  # also before it is filled in: the program may end just then
        await here.stands(again)
        await here.sees(*stands)
        assert again.draft == left.draft

    tell(room_file, story, size=(132, 43))


def test_a_wish_that_somebody_else_changed_since_is_said(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        opens = await card(here, Kind.WISH)
        left = opens(here.database, "")
        await here.stands(left)
        await here.burst("tab", "o", "escape")  # another theme, and the words as they were
        await here.told()
        await here.database.run(lambda: wishes.reword(1, "Schaken op zondag", theme="bewegen", by="Ans"))
        again = opens(here.database, left.draft)
        await here.stands(again)
        await here.burst("f2" if "F2" in here.screen else "enter")
        await here.sees("bewegen", "Iemand anders")
        assert await here.database.run(lambda: wishes.theme_of(1)) == "bewegen"
        await here.press("enter")
        await here.told()
        assert await here.database.run(lambda: wishes.theme_of(1)) == "ontmoeten"
        assert (await here.database.run(lambda: wishes.texts([1]))) == ("Schaken op zondag",)

    tell(room_file, story)


def test_who_leads_is_not_written_over_unseen(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        opens = await session(here, Form.LEAD)
        left = opens(here.database, "")
        await here.stands(left)
        await here.burst("down", *"Bo", "escape")
        await here.told()
        await here.database.run(lambda: sessions.led_by(1, Lead.TOGETHER, "Ans"))
        await here.stands(opens(here.database, left.draft))
        await here.burst("enter", "enter")
        await here.sees("Iemand anders wijzigde net wie begeleidt")
        assert (await here.database.run(lambda: sessions.one(1))).leader == "Ans"
        await here.press("enter")
        assert "u neemt het terug" in str(await here.told())
        assert (await here.database.run(lambda: sessions.one(1))).leader == "Bo"

    tell(room_file, story)


def test_u_leaves_alone_who_leads_when_somebody_else_changed_it(room_file: Path) -> None:
    async def story(here: Stand) -> None:
        opens_with = Deeds()
        first = await here.database.run(lambda: sessions.one(planned()[1][0]))
        form = of_sessions.form(FillIn(Form.LEAD, first), here.database, opens_with)
        await here.stands(form)
        await here.burst("down", *"Bo", "enter")
        await here.told()
        await here.database.run(lambda: sessions.led_by(first.id, Lead.TOGETHER, "Ans"))
        with pytest.raises(Exception, match="who leads"):
            await here.database.run(opens_with.take_back)
        assert (await here.database.run(lambda: sessions.one(first.id))).leader == "Ans"

    tell(room_file, story)
