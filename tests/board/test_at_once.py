"""Two processes move the same card at the same moment: one does, the other is told, nothing is lost."""

from pathlib import Path

from db import board, connection, wishes
from db.states import Kind, State
from tests.board import mover


def test_each_card_is_moved_once_and_by_one(room_file: Path) -> None:
    connection.open(room_file)
    voiced = [wishes.voice(f"Wens {n}") for n in range(60)]
    connection.close()

    movers = [mover.start(room_file, name, voiced) for name in ("Ans", "Bea")]
    for one in movers:
        assert one.stdin is not None
        one.stdin.close()
        one.stdin = None
    moved: dict[str, list[int]] = {}
    for name, one in zip(("Ans", "Bea"), movers, strict=True):
        out, complaints = one.communicate(timeout=60)
        assert (one.returncode, complaints) == (0, ""), complaints
        moved[name] = [*map(int, out.split())]

    assert sorted(moved["Ans"] + moved["Bea"]) == voiced, "each by one of them, none by both or by nobody"
    connection.open(room_file)
    assert len(board.cards().columns[State.EXPLORING]) == len(voiced)
    for name, own in moved.items():
        for wish in own:
            moves = [event for event in board.thread(Kind.WISH, wish).events if event.from_state]
            assert [event.by for event in moves] == [name]
