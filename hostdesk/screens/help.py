"""The help (F1): what the keys do, and where things are kept."""

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from hostdesk.commands import keys
from hostdesk.help_words import Help
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Line, Lines, Span, line, wrap
from hostdesk.words import N_

_KEYS = 15
"""Cells for what stands on a key."""

_DOOR_KEYS = ",".join(
    [*(key for command in (*keys.AT_THE_DESK, *keys.IN_A_SAMPLE_WEEK) for key in command.keys), *"0123456789"]
)


class HelpScreen(Screen[None]):
    """Says what the keys do. The door is never blocked: a key that counts closes it, and counts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark", "dismiss", N_("back"), key_display="Esc"),
        Binding("down", "scroll('down')", N_("down"), key_display="↓"),
        Binding("up", "scroll('up')", N_("up"), key_display="↑"),
        Binding("pagedown,space", "scroll('page_down')", N_("page down"), key_display="PgDn"),
        Binding("pageup", "scroll('page_up')", show=False),
        Binding("home", "scroll('home')", show=False),
        Binding("end", "scroll('end')", show=False),
        Binding(_DOOR_KEYS, "to_the_door", show=False, priority=True),
    ]
    AUTO_FOCUS = None
    DEFAULT_CSS = """
    HelpScreen {
        #title { background: $panel; padding: 0 1; }
        #page { height: 1fr; overflow-y: auto; padding: 0 1; }
    }
    """

    def __init__(self, says: Help) -> None:
        """Say this."""
        super().__init__()
        self._says = says

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield Lines(id="title")
        with Vertical(id="page"):
            yield Lines(id="text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Say what this is."""
        self.query_one("#title", Lines).show([line(Span(self._says.title, "strong"))])

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the page at this width."""
        lines = list(_page(self._says, event.size.width - 4))
        text = self.query_one("#text", Lines)
        text.styles.height = len(lines)
        text.show(lines)

    def action_scroll(self, where: str) -> None:
        """Move over the page."""
        getattr(self.query_one("#page"), f"scroll_{where}")(animate=False)

    def action_to_the_door(self) -> None:
        """Close the help, so that the desk gets this key."""
        if self._says.door:
            self.dismiss()
        raise SkipAction


def _page(says: Help, width: int) -> Iterator[Line]:
    """The whole page: who looks along, a row for each key, then the sentences."""
    yield line("")
    if says.along:
        yield from (line(Span(text, "strong")) for text in wrap(says.along, width))
        yield line("")
    for face, meaning in says.keys:
        first, *others = wrap(meaning, max(width - _KEYS, 20))
        yield line(Span(f"{face:<{_KEYS}}", "strong"), Span(first))
        yield from (line(Span(" " * _KEYS + text)) for text in others)
    yield line("")
    for note in says.notes:
        first, *others = wrap(note, max(width - 2, 20))
        yield line(Span("• ", "strong"), Span(first))
        yield from (line(Span(f"  {text}")) for text in others)
