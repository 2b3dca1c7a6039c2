"""Rows of text, cut for the terminal as Textual cuts them."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cached_cell_len, cell_len
from rich.segment import Segment
from textual.strip import Strip

from hostdesk.widgets.lines import _NARROW, Line, Span, _Row, cells_of, fit, width_of

TEXT = st.text("ab é█→…漢字😀", max_size=9)
TEXTS = st.lists(TEXT, max_size=4)
CELL = st.integers(min_value=0, max_value=40)


def row(texts: list[str]) -> _Row:
    """These texts, side by side."""
    return _Row([Segment(text) for text in texts if text], sum(map(cell_len, texts)))


def test_what_is_taken_for_one_cell_is_one_cell() -> None:
    assert [character for character in sorted(_NARROW) if cell_len(character) != 1] == []


@given(TEXTS, CELL, CELL)
def test_a_piece_is_what_textual_would_cut(texts: list[str], start: int, end: int) -> None:
    ours = row(texts)
    theirs = Strip([Segment(text) for text in texts if text])
    assert ours.crop(start, end).text == theirs.crop(start, end).text
    assert ours.crop(start, end).cell_length == cell_len(ours.crop(start, end).text)


@given(TEXTS, st.sets(CELL))
def test_pieces_side_by_side_are_the_row(texts: list[str], at: set[int]) -> None:
    whole = row(texts)
    cuts = sorted({cut for cut in at if 0 < cut < whole.cell_length} | {whole.cell_length} - {0})
    pieces = whole.divide(cuts)
    assert [piece.cell_length for piece in pieces] == [b - a for a, b in zip([0, *cuts], cuts, strict=False)]
    assert cell_len("".join(piece.text for piece in pieces)) == whole.cell_length
    if cells_of("".join(texts)) == len("".join(texts)):  # no wide character to cut in two
        assert "".join(piece.text for piece in pieces) == whole.text


def test_cutting_a_row_leaves_no_text_behind() -> None:
    whole = row(["→14   23 ", "█" * 9])
    cached_cell_len.cache_clear()
    assert [piece.text for piece in whole.divide([4, 12, 18])] == ["→14 ", "  23 ███", "█" * 6]
    assert whole.crop(2, 11).text == "4   23 ██"
    assert cached_cell_len.cache_info().currsize == 0


@given(TEXTS, CELL)
def test_a_line_is_cut_to_its_width(texts: list[str], width: int) -> None:
    spans: Line = tuple(Span(text) for text in texts)
    fitted = fit(spans, width)
    assert width_of(fitted) <= width
    assert fitted == spans or "".join(span.text for span in fitted).endswith("…") or width == 0
