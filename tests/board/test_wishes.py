"""Wishes are found again by their words, and hold no person."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import board, connection, course, wishes
from db.errors import NotPossible
from db.room import Room
from db.states import Kind, State
from tests.board.plans import planned
from tests.clocks import FakeClock, at


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("breien", "Een breiclub op dinsdag"),
        ("BREIEN!", "Een breiclub op dinsdag"),
        ("ik wil graag leren breien", "Een breiclub op dinsdag"),
        ("cafe", "Café voor de buurt"),
        ("buurtcafé of een café", "Café voor de buurt"),
        ("knitting together", "A knitting club"),
    ],
)
def test_a_like_wish_is_found(room: Room, typed: str, found: str) -> None:
    for text in ("Een breiclub op dinsdag", "Café voor de buurt", "A knitting club", "Soep koken"):
        wishes.voice(text)

    assert [one.text for one in wishes.alike(typed)][:1] == [found]


def test_a_wish_that_was_a_mistake_is_taken_back_as_if_nobody_had_said_it(room: Room) -> None:
    stays = wishes.voice("Schaken")
    wish = wishes.voice("Samen breeien", contact="06-12345678")
    wishes.take_back(wish)
    assert [one.id for one in board.everything().wishes] == [stays]
    assert (wishes.alike("breeien"), wishes.contact_of(wish)) == ((), None)
    wishes.me_too(stays)
    with pytest.raises(NotPossible, match="done with this wish since"):
        wishes.take_back(stays)
    with pytest.raises(NotPossible, match="There is no wish"):
        wishes.take_back(wish)


def test_a_likeness_goes_both_ways(room: Room) -> None:
    knitting = wishes.voice("Samen breien")
    wishes.voice("Een buurtfeest")

    assert [one.id for one in wishes.alike("Een breiclub")] == [knitting]
    assert wishes.alike("buurtcafé") == ()


@pytest.mark.parametrize("typed", ["", "ik wil graag een", "I would like to have a", "xyz", "***", "op"])
def test_common_words_are_no_likeness(room: Room, typed: str) -> None:
    wishes.voice("Ik wil graag een breiclub")

    assert wishes.alike(typed) == ()


def test_what_was_given_up_is_not_offered(room: Room) -> None:
    wish = wishes.voice("Zwemmen")
    course.move(Kind.WISH, wish, State.NOT_FEASIBLE, reason="Geen bad")

    assert wishes.alike("zwemmen") == ()


def test_a_reworded_wish_is_found_by_its_new_words_only(room: Room) -> None:
    wish = wishes.voice("Zwemmen")
    wishes.reword(wish, "Wandelen", theme="Bewegen")

    assert wishes.alike("zwemmen") == ()
    assert [one.id for one in wishes.alike("wandelen")] == [wish]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    typed=st.text(max_size=60) | st.sampled_from(['"', "a AND", "text: NOT (", "NEAR(x y)", "^x", "-x", "*"])
)
def test_any_text_can_be_looked_for(room: Room, typed: str) -> None:
    wishes.alike(typed)


def test_one_theme_is_written_one_way(room: Room) -> None:
    wishes.voice("Breien", theme="Handwerk")
    wish = wishes.voice("Haken", theme="HANDWERK")

    assert wishes.themes().count("Handwerk") == 1
    assert "HANDWERK" not in wishes.themes(), wish


@pytest.mark.parametrize("text", ["", "   ", "\x1b", "\u202e", "x" * 10_000])
def test_a_wish_that_says_nothing_or_too_much_is_refused(room: Room, text: str) -> None:
    with pytest.raises(NotPossible):
        wishes.voice(text)

    assert _count("wish") == _count("wish_words") == _count("board_event") == 0


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[/] [b]vet[/b]", "[/] [b]vet[/b]"),
        ("🎲 spelletjes", "🎲 spelletjes"),
        ("שלום", "שלום"),
        ("rood\x1b[31m", "rood[31m"),
        ("om\u202egekeerd", "omgekeerd"),
    ],
)
def test_any_other_text_is_kept_as_text(room: Room, text: str, kept: str) -> None:
    wishes.voice(text)

    assert board.everything().wishes[0].text == kept


def test_me_too_to_no_wish_is_refused(room: Room) -> None:
    with pytest.raises(NotPossible, match="99"):
        wishes.me_too(99)


def test_a_contact_is_kept_apart_and_erased_on_its_day(room: Room, clock: FakeClock) -> None:
    wish = wishes.voice("Breien", contact="06 12 34 56 78")
    kept = wishes.contact_of(wish)
    assert kept is not None
    text, day = kept
    assert text == "06 12 34 56 78"

    assert wishes.erase_contacts(day - timedelta(days=1)) == 0
    assert wishes.contact_of(wish) == kept
    assert wishes.erase_contacts(day) == 1
    assert wishes.contact_of(wish) is None
    for table in ("contact", "wish", "board_event"):
        for row in connection.database.execute_sql(f"SELECT * FROM {table}"):
            assert "06 12" not in str(row)


def test_a_contact_is_kept_three_months_after_the_wish_is_over_and_a_year_at_most(
    room: Room, clock: FakeClock
) -> None:
    wish = wishes.voice("Breien", contact="06 12 34 56 78")
    voiced = clock.now().date()
    assert _erased_on(wish) == voiced + timedelta(days=365)
    clock.go_on(days=30)
    course.move(Kind.WISH, wish, State.NOT_FEASIBLE, reason="niemand kan breien")
    assert _erased_on(wish) == clock.now().date() + timedelta(days=91)
    course.move(Kind.WISH, wish, State.EXPLORING)
    assert _erased_on(wish) == voiced + timedelta(days=365)
    clock.go_on(days=300)
    course.move(Kind.WISH, wish, State.NOT_FEASIBLE, reason="toch niet")
    assert _erased_on(wish) == voiced + timedelta(days=365)


def _erased_on(wish: int) -> date:
    kept = wishes.contact_of(wish)
    assert kept is not None
    return kept[1]


def _count(table: str) -> int:
    return int(connection.database.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


def test_a_like_wish_says_when_what_came_of_it_is_next(room: Room, clock: FakeClock) -> None:
    wish = wishes.voice("Samen breien")
    assert wishes.alike("breien")[0].next_at is None
    planned(wish)
    assert wishes.alike("breien")[0].next_at == at("2026-11-24 14:00")
    clock.go_on(days=2)
    assert wishes.alike("breien")[0].next_at == at("2026-12-01 14:00")
