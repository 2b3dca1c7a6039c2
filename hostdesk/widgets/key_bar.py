"""A line or two that say what the keys do (Textual's own footer leaks, and cuts keys off silently)."""

from dataclasses import dataclass, replace

from textual import events
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from hostdesk.widgets.lines import Lines, Span, line
from hostdesk.words import gettext

_GAP = "  "


@dataclass(frozen=True)
class _Key:
    """A key that is on the bar, and where."""

    face: str
    label: str
    action: str
    node: DOMNode
    """What has that action: the screen, or the program."""
    x: int
    row: int

    @property
    def end(self) -> int:
        """The cell after it."""
        return self.x + len(self.face) + 1 + len(self.label)


class KeyBar(Lines):
    """The keys of the screen that stands, as many as fit; a click does what the key does."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        background: $panel;
    }
    """

    def __init__(self, *, most: int = 1) -> None:
        """Show the keys once the screen stands, on so many lines at most."""
        super().__init__()
        self._most = most
        self._keys: list[_Key] = []
        self._high = 1

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_resize(self, _event: events.Resize) -> None:
        """Show as many as fit now."""
        self.draw()

    def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        for key in self._keys:
            if key.row == event.y and key.x <= event.x < key.end:
                self.run_worker(self.app.run_action(key.action, key.node), exit_on_error=False)

    def draw(self) -> None:
        """Lay the keys out anew."""
        self._keys = self._laid_out()
        rows: list[list[Span]] = [[]]
        x = 0
        for key in self._keys:
            if key.row == len(rows):
                rows.append([])
                x = 0
            rows[-1] += [Span(" " * (key.x - x)), Span(key.face, "key"), Span(f" {key.label}")]
            x = key.end
        if len(rows) != self._high:
            self._high = len(rows)
            self.styles.height = len(rows)
        self.show([line(*spans) for spans in rows])

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        self.draw()

    def _laid_out(self) -> list[_Key]:
        """The shown bindings from left to right; those that don't fit stay in the help and the palette."""
        keys: list[_Key] = []
        x, row, last = 1, 0, self._most - 1
        bindings = self._shown()
        reserved = sum(
            len(_face(b)) + 1 + len(gettext(b.description)) + len(_GAP) for b, _ in bindings if b.system
        )
        for binding, node in bindings:
            key = _Key(_face(binding), gettext(binding.description), binding.action, node, x, row)
            if binding.system:
                reserved -= key.end - key.x + len(_GAP)
            if row < last and key.end > self.size.width:
                row += 1
                key = replace(key, x=1, row=row)
            if key.end + (reserved if row == last else 0) <= self.size.width:
                keys.append(key)
                x = key.end + len(_GAP)
        return keys

    def _shown(self) -> list[tuple[Binding, DOMNode]]:
        """One binding an action, in the screen's order, what every screen has last; same words once."""
        by_action: dict[str, tuple[Binding, DOMNode]] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled:
                by_action.setdefault(active.binding.action, (active.binding, active.node))
        said: dict[str, tuple[Binding, DOMNode]] = {}
        for binding, node in by_action.values():
            if same := said.get(binding.description):
                first, node = same
                binding = replace(first, key_display=f"{_face(first)} {_face(binding)}")
            said[binding.description] = binding, node
        return sorted(said.values(), key=lambda shown: shown[0].system)


def _face(binding: Binding) -> str:
    """What stands on the key."""
    return binding.key_display or binding.key
