"""Textual's App as people here may meet it: in their language, in our looks, and short about its bugs."""

import asyncio
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual._styles_cache import StylesCache
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.geometry import Size
from textual.keys import Keys
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.timer import Timer

from hostdesk import place, themes
from hostdesk.driver import TerminalDriver
from hostdesk.frames import Frames
from hostdesk.in_flight import InFlight
from hostdesk.keys_in_turn import KeysInTurn
from hostdesk.logfile import log
from hostdesk.trouble import LOOKED_FOR
from hostdesk.words import N_, gettext
from hostdesk.words.shell import complain

FILLING_SECONDS = 0.25
"""So long a screen is filled before it is sent, where sending it takes longer than that anyway."""

MOUNTING_SECONDS = 0.01
"""How often to look whether a screen stands that is to go again."""

LARGEST = Size(1000, 400)
"""The largest window that is filled, larger than any real one; one of 6000x3000 took 1.3 GB."""

LOOK_SECONDS = 0.5
"""How often to look whether the terminal takes what was held back, where it does not say so itself."""


def forget_what_was_shown() -> None:
    """Let a screen that is gone leave memory, with all that its widgets showed.

    Textual (8.2.8; look again at each new version) remembers two colours under each widget's own cache of
    lines, for the last 1024 widgets: half a megabyte each time that the help is opened, up to 200. The method
    names its first parameter `cls`, and is meant to be what it becomes here.
    """
    method: Any = vars(StylesCache)["get_inner_outer"]
    if not isinstance(method, classmethod):
        StylesCache.get_inner_outer = classmethod(method)  # type: ignore[assignment]


def _not_larger(size: Size) -> Size:
    """This size, or as much of it as is filled."""
    return Size(min(size.width, LARGEST.width), min(size.height, LARGEST.height))


class PlainScrollBar(ScrollBarRender):
    """A scrollbar of whole cells: console fonts lack the eighths of a block."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


class Program(App[None]):
    """A program on the terminal, without Textual's own words and looks."""

    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "draw_again", show=False, priority=True)]
    # Text is marked by the terminal itself (with shift). Textual (8.2.8) falls over a press of the mouse on
    # a part that is just being taken away; look again at each new version.
    ALLOW_SELECT = False
    CSS = """
    Vertical, CommandList {
        scrollbar-size-vertical: 1;
        scrollbar-color: $secondary;
        scrollbar-color-hover: $secondary;
        scrollbar-color-active: $primary;
        scrollbar-background: $panel;
        scrollbar-background-hover: $panel;
        scrollbar-background-active: $panel;
    }
    Screen { background: $background; color: $foreground; }
    ToastRack { margin-bottom: 2; }  /* the lines below, which say what the keys do, stay in sight */
    Dialog ToastRack { dock: top; margin: 1 0 0 0; }  /* what a form asks and warns of is below */
    Toast {
        padding: 0 1;
        background: $background;
        color: $foreground;
        &.-information, &.-warning, &.-error { border: round $warning; }
    }
    """

    def __init__(self, file: Path) -> None:
        """Work on this room; its log stands beside it."""
        super().__init__(driver_class=TerminalDriver)
        ScrollBar.renderer = PlainScrollBar
        forget_what_was_shown()
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.DARK.name
        self.animation_level = "none"
        self._file = file
        self._keys = KeysInTurn(self, super().on_event)
        self.in_flight = InFlight()
        self._displayed: Screen[Any] | None = None
        self._held = False
        self._looking: Timer | None = None
        self._frames = Frames(across_screens=not place.at_the_machine())

    @on(events.Mount)
    def follow_the_screens(self) -> None:
        """What is said over a screen is said of that one."""
        self.screen_change_signal.subscribe(self, self._stands_no_more, immediate=True)

    async def on_event(self, event: events.Event) -> None:
        """Take keys in turn; all else goes its own way."""
        if isinstance(event, events.Key) and event.key == Keys.Any.value:
            self.in_flight.answered()
            self._show_newest()
        elif isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self._keys.take(event)
        else:
            if isinstance(event, events.Resize):  # also after a while in which the terminal was a shell's
                self._frames.forget()
                size = _not_larger(event.size)
                event = events.Resize(size, size, pixel_size=event.pixel_size)
            await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Send what the terminal does not show yet; over a slow line the newest picture, and none in between.

        A screen that comes to stand there waits until it is filled.
        """
        comes = self.in_flight.is_slow and screen is not self._displayed
        self._displayed = screen
        if renderable and (comes or self.in_flight.is_full):
            if self._looking is None:
                self._looking = self.set_interval(LOOK_SECONDS, self._show_newest)
            self._held = True
            if comes:
                self.set_timer(FILLING_SECONDS, self._show_newest)
            return
        super()._display(screen, renderable and self._frames.spared(screen, renderable))

    def _show_newest(self) -> None:
        """Send what was held back, as it is now."""
        if self._held and not self.in_flight.is_full and self._screen_stack:
            self._held = False
            if self._looking is not None:
                self._looking.stop()
                self._looking = None
            screen = self.screen
            newest = screen._compositor.render_update(full=True, screen_stack=self._background_screens)
            self._display(screen, newest)

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """The screens that can be seen under the one that stands; none where it lets nothing through.

        Textual (8.2.8; look again at each new version) always counts the one beneath: each minute, and with
        each visitor, what changed on the desk would draw all of the screen over it again.
        """
        if self._screen_stack and self._screen_stack[-1].styles.background.a == 1:
            return []
        return super()._background_screens

    async def _replace_screen(self, screen: Screen[Any]) -> Screen[Any]:
        """A screen that is left while it comes is taken down once it stands.

        Textual (8.2.8; look again at each new version) takes its parts away under it, and it still looks for
        them as it comes to stand there: that ended the program.
        """
        while self._running and not screen._mounted_event.is_set():  # when the program ends, it never stands
            await asyncio.sleep(MOUNTING_SECONDS)
        return await super()._replace_screen(screen)

    def tell(self, sentence: str) -> None:
        """Say something on whatever screen stands; what stands there already is said anew, and not twice."""
        for said in [*self._notifications]:
            if said.message == sentence:
                self._unnotify(said, refresh=False)
        self.notify(sentence, severity="warning", timeout=10, markup=False)

    def action_draw_again(self) -> None:
        """Something else has written on the terminal: send the whole picture."""
        self._frames.forget()
        self._held = True
        self._show_newest()

    def _stands_no_more(self, _screen: Screen[Any]) -> None:
        """Another screen stands: what was said over the one before it goes with that; an alarm stays."""
        for said in [*self._notifications]:
            if said.severity != "error":
                self._unnotify(said, refresh=False)
        self._refresh_notifications()

    def action_help_quit(self) -> None:
        """Ctrl+c stops many programs; say what stops this one."""
        self.tell(gettext(N_("Press ctrl+q to stop.")))

    def action_command_palette(self) -> None:
        """Open the palette, in our words."""
        from hostdesk.screens.palette import Palette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette())

    def _handle_exception(self, error: Exception) -> None:
        """Write what only a bug can cause to the log; then end, as Textual does."""
        cause = getattr(error, "error", error)
        if self._exit and isinstance(cause, LOOKED_FOR):
            return  # the program ends, and what was still to be said finds its screens gone
        log.error("a bug: this should not happen", exc_info=cause)
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Say it in one sentence, in the place of Textual's traceback."""
        if self._exit_renderables:
            self._exit_renderables.clear()
            sentence = gettext(N_("Something went wrong that should not. The details are in {path}."))
            complain(sentence.format(path=place.log_file(self._file)))
