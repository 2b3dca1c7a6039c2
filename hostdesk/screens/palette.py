"""The palette (ctrl+p): everything one can do here, found by its name."""

from textual.app import SystemCommand
from textual.command import CommandInput, CommandPalette, DiscoveryHit, Hit, Hits, Provider, SearchIcon

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


class Palette(CommandPalette):
    """Textual's palette in our language, with glyphs that console fonts have."""

    DEFAULT_CSS = """
    Palette {
        background: $background;
        & > Vertical { margin-top: 1; background: $background; }
        #--input { border: none; border-bottom: solid $primary; height: 2; }
        #--input.--list-visible { border-bottom: solid $primary; }
        SearchIcon { margin: 0 0 0 1; color: $accent; text-style: bold; }
        CommandInput, CommandInput:focus { border: none; height: 1; padding: 0; color: $foreground; }
        CommandInput > .input--cursor { background: $background; color: $foreground; text-style: reverse; }
        CommandInput > .input--placeholder { color: $text-muted; }
        CommandList { border: none; max-height: 85vh; }
        CommandList > .option-list--option { padding: 0 1; }
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
        super().__init__(providers=[Offered], placeholder=gettext(N_("What do you want to do?")))

    def on_mount(self) -> None:
        """Take what blinks, and the picture that console fonts lack, away."""
        self.query_one(SearchIcon).icon = ">"
        self.query_one(CommandInput).cursor_blink = False


async def _nothing() -> None:
    """Do nothing."""
