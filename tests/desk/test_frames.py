"""What the terminal shows already is not sent again, and the picture is the same."""

from itertools import accumulate, pairwise

import pyte
from hypothesis import given
from hypothesis import strategies as st
from pyte.screens import Char
from rich.cells import set_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from hostdesk.frames import Frames

WIDTH, HEIGHT = 12, 3
CONSOLE = Console(force_terminal=True, color_system="truecolor")
SCREEN, OTHER = Screen[None](), Screen[None]()

_LOOKS = st.sampled_from(
    [
        Style(color="red"),
        Style(color="blue", bold=True, bgcolor="green"),
        Style(color="#010203", bgcolor="#ffffff", underline=True),
        Style(color="yellow", bgcolor="#ffffff", reverse=True),
    ]
)
_ROWS = st.tuples(st.text("ab█ 日", min_size=WIDTH, max_size=WIDTH), _LOOKS)
_CUTS = st.sets(st.integers(1, WIDTH - 1), max_size=3)


def pieces(row: tuple[str, Style], cuts: set[int]) -> list[tuple[int, Strip]]:
    """A row in pieces, each with its first column."""
    text, look = row
    whole_row = Strip([Segment(set_cell_size(text, WIDTH), look)], WIDTH)
    return [(start, whole_row.crop(start, end)) for start, end in pairwise([0, *sorted(cuts), WIDTH])]


def whole(rows: list[list[tuple[int, Strip]]]) -> LayoutUpdate:
    return LayoutUpdate([[strip for _, strip in row] for row in rows], Region(0, 0, WIDTH, HEIGHT))


def part(y: int, row: list[tuple[int, Strip]], span: tuple[int, int]) -> ChopsUpdate:
    ends = list(accumulate(strip.cell_length for _, strip in row))
    chops = [dict(row) if at == y else {} for at in range(HEIGHT)]
    return ChopsUpdate(chops, [(y, *span)], [ends if at == y else [] for at in range(HEIGHT)])


_WHOLE = st.lists(st.builds(pieces, _ROWS, _CUTS), min_size=HEIGHT, max_size=HEIGHT).map(whole)
_SPANS = st.lists(st.integers(0, WIDTH), min_size=2, max_size=2, unique=True).map(sorted).map(tuple)
_PART = st.builds(part, st.integers(0, HEIGHT - 1), st.builds(pieces, _ROWS, _CUTS), _SPANS)


def sent(frames: Frames, update: LayoutUpdate | ChopsUpdate, screen: Screen[None] = SCREEN) -> str:
    return str(frames.spared(screen, update).render_segments(CONSOLE))


def picture(data: list[str]) -> list[list[tuple[object, ...]]]:
    """What a terminal shows after this: each cell's character, colours and looks."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    for text in data:
        stream.feed(text.replace("\n", ""))  # as the driver leaves them out before a move
    return [[seen(screen.buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]


def seen(cell: Char) -> tuple[object, ...]:
    """What somebody sees of a cell: where nothing stands, its background."""
    if cell.data == " " and not (cell.reverse or cell.underscore):
        return (" ", cell.bg)
    return tuple(cell)


@given(_WHOLE, st.lists(st.one_of(_WHOLE, _PART)))
def test_the_terminal_shows_the_same(first: LayoutUpdate, updates: list[LayoutUpdate | ChopsUpdate]) -> None:
    frames = Frames(across_screens=False)
    all_of_it = [update.render_segments(CONSOLE) for update in (first, *updates)]

    assert picture([sent(frames, update) for update in (first, *updates)]) == picture(all_of_it)


@given(_WHOLE, _PART)
def test_the_same_again_sends_nothing(first: LayoutUpdate, then: ChopsUpdate) -> None:
    frames = Frames(across_screens=False)

    assert sent(frames, first)
    assert sent(frames, first) == ""
    sent(frames, then)
    assert sent(frames, then) == ""


@given(_WHOLE)
def test_of_another_screen_everything_is_sent(shown: LayoutUpdate) -> None:
    frames = Frames(across_screens=False)
    everything = sent(frames, shown)

    assert sent(frames, shown, OTHER) == everything
    assert sent(frames, shown, SCREEN) == everything


@given(_WHOLE, st.lists(st.one_of(_WHOLE, _PART), min_size=1))
def test_over_a_line_another_screen_is_sent_as_far_as_it_differs(
    first: LayoutUpdate, updates: list[LayoutUpdate | ChopsUpdate]
) -> None:
    frames = Frames(across_screens=True)
    all_of_it = [update.render_segments(CONSOLE) for update in (first, *updates)]
    there = [sent(frames, update, (SCREEN, OTHER)[n % 2]) for n, update in enumerate((first, *updates))]
    assert picture(there) == picture(all_of_it)
    assert sent(frames, first, OTHER) == "" or picture([all_of_it[0]]) != picture(all_of_it)


@given(_WHOLE)
def test_after_the_terminal_was_anothers_everything_is_sent(shown: LayoutUpdate) -> None:
    frames = Frames(across_screens=False)
    everything = sent(frames, shown)
    frames.forget()

    assert sent(frames, shown) == everything
