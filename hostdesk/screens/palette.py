"""The palette (ctrl+p): everything one can do here, found by its name."""

from typing import Any, ClassVar, Literal

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import (
    Command,
    CommandInput,
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
    SearchIcon,
)
from textual.containers import Horizontal, Vertical
from textual.strip import Strip
from textual.widgets import LoadingIndicator

from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Lines, Span, line
from hostdesk.words import N_, gettext


class Offered(Provider):
    """What the app offers on the screen that stands, in the order in which it offers it."""

    async def discover(self) -> Hits:
        """All of it."""
        for title, explained, do, _ in self._commands():
            yield DiscoveryHit(title, do, help=explained)

    async def search(self, query: str) -> Hits:
        """What looks like the words typed, in its name or its explanation; or that nothing does."""
        matcher, found = self.matcher(query), False
        for title, explained, do, _ in self._commands():
            score = max(matcher.match(title), matcher.match(explained) / 2)
            if score > 0:
                found = True
                yield Hit(score, matcher.highlight(title), do, text=title, help=explained)
        if not found:
            nothing = gettext(N_("Nothing found"))
            yield Hit(1, nothing, _nothing, text=nothing, help=gettext(N_("Try another word, or Esc.")))

    def _commands(self) -> list[SystemCommand]:
        return list(self.app.get_system_commands(self.screen))


class Asked(CommandInput):
    """The line on which one types what to look for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.choose", N_("choose"), key_display="Enter"),
        Binding("down", "screen.cursor_down", N_("down"), key_display="↓"),
        Binding("up", "screen.command_list('cursor_up')", N_("up"), key_display="↑"),
        Binding("pagedown", "screen.command_list('page_down')", show=False),
        Binding("pageup", "screen.command_list('page_up')", show=False),
    ]


class Offers(CommandList, can_focus=False):
    """What can be done; an arrow marks what Enter does, so that it shows without colours too."""

    def render_line(self, y: int) -> Strip:
        """One line of the list, for Textual."""
        strip = super().render_line(y)
        at = self.scroll_offset.y + y
        if at < len(self._lines) and self._lines[at] == (self.highlighted, 0):
            arrow = Segment(" → ", next(iter(strip)).style)
            return Strip.join([Strip([arrow]), strip.crop(3)])
        return strip

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        """A page up or down, for Textual; which (8.2.8) falls over a list that has no room for a line."""
        if self._lines:
            super()._move_page(direction)


class Palette(CommandPalette):
    """Textual's palette in our language, with our title and key bar, and glyphs that console fonts have."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "escape", N_("back"), key_display="Esc"),
        Binding("f1", "help", N_("help"), key_display="F1", system=True),
    ]
    DEFAULT_CSS = """
    Palette {
        background: $background;
        #title { background: $panel; padding: 0 1; }
        & > Vertical {
            height: 1fr;
            margin: 0;
            background: $background;
            &:dark { background: $background; }
        }
        #--input { border: none; border-bottom: solid $primary; height: 2; }
        #--input.--list-visible { border-bottom: solid $primary; }
        #--results { overlay: none; height: 1fr; }
        SearchIcon { margin: 0 0 0 1; color: $accent; text-style: bold; }
        CommandInput, CommandInput:focus { border: none; height: 1; padding: 0; color: $foreground; }
        CommandInput > .input--cursor { background: $background; color: $foreground; text-style: reverse; }
        CommandInput > .input--placeholder { color: $text-muted; }
        CommandList { border: none; max-height: 100%; min-width: 12; }
        CommandList > .option-list--option { padding: 0 1 0 3; }
        CommandList > .option-list--option-highlighted {
            color: $background;
            background: $accent;
        }
        LoadingIndicator, LoadingIndicator.--visible { display: none; }
        & > .command-palette--help-text { text-style: not bold; }
    }
    """

    def __init__(self) -> None:
        """Ask in the room's language."""
        super().__init__(providers=[Offered])

    def compose(self) -> ComposeResult:
        """Lay it out as the other screens are: a title above, the keys below."""
        yield Lines(id="title")
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield SearchIcon()
                yield Asked(placeholder=gettext(N_("What do you want to do?")), select_on_focus=False)
            with Vertical(id="--results"):
                yield Offers()
                yield LoadingIndicator()
        yield KeyBar()

    def on_mount(self) -> None:
        """Say what this is; take what blinks, and the picture that console fonts lack, away."""
        title = gettext(N_("Everything you can do"))
        self.query_one("#title", Lines).show([line(Span(title, "strong"))])
        self.query_one(SearchIcon).icon = ">"
        self.query_one(CommandInput).cursor_blink = False

    def on_click(self, event: events.Click) -> None:
        """Nothing lies beside it to leave it by, for Textual; which (8.2.8) falls over a click on no part."""
        event.prevent_default()

    # Textual (8.2.8) goes on gathering what can be done when the palette has gone, as when somebody stops
    # the program meanwhile, and falls over the parts that are no more; look again at each new version.

    def _refresh_command_list(
        self, command_list: CommandList, commands: list[Command], clear_current: bool
    ) -> None:
        """Show what was found, for Textual."""
        if command_list.is_attached:
            super()._refresh_command_list(command_list, commands, clear_current)

    def _watch__list_visible(self) -> None:
        """Show the list, or hide it, for Textual."""
        if self.query(CommandList):
            super()._watch__list_visible()

    async def _watch__show_busy(self) -> None:
        """There is nothing that shows how long it takes, for Textual."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Go, unless a key took this away already; what was chosen right before is done all the same."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    async def action_choose(self) -> None:
        """Do what is marked."""
        await self.query_one(CommandInput).action_submit()

    async def action_help(self) -> None:
        """Say what the keys do, over the screen whose keys those are: the palette goes first."""
        self.dismiss()
        self.app.call_later(self.app.run_action, "help")


async def _nothing() -> None:
    """Do nothing."""
