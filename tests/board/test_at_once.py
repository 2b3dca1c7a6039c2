"""Two processes move the same card at the same moment: one does, the other is told, nothing is lost."""

from pathlib import Path

from db import board, connection, wishes
from db.states import Kind, State
from tests.board.mover import Mover


def test_each_card_is_moved_once_and_by_one(room_file: Path) -> None:
    """In every round both have seen the card where it stands before either of them moves it."""
    connection.open(room_file)
    voiced = [wishes.voice(f"Wens {n}") for n in range(60)]
    connection.close()

    movers = {name: Mover(room_file, name, voiced) for name in ("Ans", "Bea")}
    moved: dict[int, str] = {}
    for wish in voiced:
        assert [one.says() for one in movers.values()] == [f"seen {State.RECEIVED}"] * 2
        for one in movers.values():
            one.go()
        told = {name: one.says() for name, one in movers.items()}
        assert sorted(told.values()) == ["moved", "too late"], told
        moved[wish] = next(name for name, said in told.items() if said == "moved")
    assert [one.ended() for one in movers.values()] == [(0, "")] * 2

    connection.open(room_file)
    assert len(board.cards().columns[State.EXPLORING]) == len(voiced)
    for wish, name in moved.items():
        moves = [event for event in board.thread(Kind.WISH, wish).events if event.from_state]
        assert [event.by for event in moves] == [name]
