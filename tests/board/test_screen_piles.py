"""What lies where on the board: no card is lost or doubled, and a move changes two cards of the screen."""

import asyncio
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from db import board, connection, course, wishes
from db.board import Card, Cards
from db.room import Room
from db.states import Kind, State
from hostdesk.deeds import neighbour
from hostdesk.screens.board_piles import COLUMNS, Gone, Piles, key_of
from tests.board.boards import at_the_board
from tests.clocks import MONDAY_AFTERNOON, FakeClock

FITS = 4


def cards_of(placed: dict[int, State], folded: int = 0) -> Cards:
    """A board of wishes, each in its column; the newest first."""
    columns = {
        state: tuple(_card(n, state) for n in sorted(placed, reverse=True) if placed[n] is state)
        for state in COLUMNS
    }
    return Cards(_NO_ROOM, MONDAY_AFTERNOON, columns, {State.DONE: folded, State.NOT_FEASIBLE: 0})


def _card(n: int, state: State) -> Card:
    at = MONDAY_AFTERNOON - timedelta(days=100 - n)
    return Card(Kind.WISH, n, state, f"wens {n}", ("eten", "leren")[n % 2], at, at, 0, False)


_NO_ROOM: Room = None  # type: ignore[assignment]  # what lies where does not depend on the room


STEPS = st.one_of(
    st.tuples(st.just("column"), st.sampled_from([-1, 1])),
    st.tuples(st.just("card"), st.integers(-3, 3)),
    st.tuples(st.just("move"), st.sampled_from([-1, 1])),
    st.tuples(st.just("look for"), st.sampled_from([0, 1, 2])),
    st.tuples(st.just("others"), st.integers(0, 19)),
)


@given(
    placed=st.dictionaries(st.integers(0, 19), st.sampled_from(COLUMNS), max_size=20),
    steps=st.lists(STEPS, max_size=30),
)
def test_whatever_somebody_does_each_card_lies_in_its_column_once(
    placed: dict[int, State], steps: list[tuple[str, int]]
) -> None:
    piles = Piles()
    piles.tidy(cards_of(placed))
    for what, n in steps:
        match what:
            case "column":
                piles.step(n)
            case "card":
                piles.pile.go(piles.pile.focus + n)
            case "move" if (card := piles.card) and (
                to := neighbour(card.kind, card.state, n, held=bool(card.held))
            ):
                piles.move(card, to, FITS)
                placed[card.id] = to
            case "look for":
                piles.look_for(("", "wens 1", "niets")[n], None)
            case "others":  # another screen takes in a wish, or moves one
                placed[n] = COLUMNS[n % len(COLUMNS)]
                piles.take(cards_of(placed))
        assert sorted((card.id, card.state) for card in piles.all_cards()) == sorted(placed.items())
        for state, pile in piles.piles.items():
            pile.scroll(FITS)
            assert {card.state for card in pile.lying if isinstance(card, Card)} <= {state}
            assert 0 <= pile.focus < max(len(pile.shown), 1)
            assert pile.top <= pile.focus < pile.top + FITS or not pile.shown


def test_a_card_that_goes_back_lies_in_its_own_place_again() -> None:
    piles = Piles()
    piles.tidy(cards_of(dict.fromkeys(range(3), State.RECEIVED)))
    piles.pile.go(1)
    before = [key_of(card) for card in piles.all_cards()]
    card = piles.card
    assert card is not None
    piles.move(card, State.EXPLORING, FITS)
    assert isinstance(piles.piles[State.RECEIVED].lying[1], Gone)
    moved = piles.card
    assert moved is not None
    piles.move(moved, State.RECEIVED, FITS)
    assert [key_of(card) for card in piles.piles[State.RECEIVED].lying if isinstance(card, Card)] == before


def test_what_did_not_work_out_goes_back_to_where_it_may_be() -> None:
    """The neighbour of what failed is what is done; a wish, or what was never held, goes further back."""
    failed = State.NOT_FEASIBLE
    assert neighbour(Kind.WISH, failed, -1, held=False) is State.EXPLORING
    assert neighbour(Kind.ACTIVITY, failed, -1, held=False) is State.PLANNED
    assert neighbour(Kind.ACTIVITY, failed, -1, held=True) is State.RUNNING
    assert neighbour(Kind.WISH, failed, 1, held=False) is None


def test_opening_thousands_of_old_cards_keeps_the_order() -> None:
    piles = Piles()
    few = cards_of(dict.fromkeys(range(5990, 6000), State.DONE), folded=5990)
    every = cards_of(dict.fromkeys(range(6000), State.DONE))
    piles.tidy(few)
    piles.take(every)
    assert tuple(piles.piles[State.DONE].lying) == every.columns[State.DONE]


def test_a_move_on_a_full_board_changes_two_cards_of_the_screen(
    room_file: Path, room: Room, clock: FakeClock
) -> None:
    """Whoever looks along over a slow line gets two cards, the headings and a sentence."""
    for n in range(60):
        wish = wishes.voice(f"Een wens van een buurtbewoner met zoveel woorden, nummer {n}")
        if n % 2:
            course.move(Kind.WISH, wish, State.EXPLORING)
        clock.go_on(minutes=1)
    assert len(board.cards().columns[State.EXPLORING]) == 30
    connection.close()

    async def happens() -> None:
        async with at_the_board(room_file, (132, 43)) as here:
            await here.press("down")
            high, heading = here.app.board._view.shape.high, 2
            before = here.screen.splitlines()
            await here.press("greater_than_sign")
            await here.sees("in verkenning.")
            await here.pilot.pause()
            after = here.screen.splitlines()
            top = 2 + heading
            bottom = top + here.app.board._view.fits * high
            changed = {
                ((y - top) // high, x // 33)
                for y in range(top, bottom)
                for x in range(132)
                if before[y].ljust(132)[x] != after[y].ljust(132)[x]
            }
            assert changed == {(1, 0), (here.app.board._view.fits - 1, 1)}

    asyncio.run(happens())
