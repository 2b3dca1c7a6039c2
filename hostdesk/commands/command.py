"""One object per thing a person can do; the command line, the keys, the key bar, the palette and the
help all read it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.errors import HostdeskError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from textual.binding import Binding


def _none(_parser: "ArgumentParser") -> None:
    """No arguments."""


class WrongUsage(HostdeskError):
    """What was typed can never be done, whatever the room is like: the command ends with 2."""


@dataclass(frozen=True)
class Command:
    """A thing a person can do at the desk, in the shell, or both."""

    name: str
    """The subcommand and the action."""
    help: str
    """One sentence, in English, marked for translation."""
    run: "Callable[[Namespace], None] | None" = None
    """Does it in the shell and prints the outcome; raises HostdeskError."""
    arguments: "Callable[[ArgumentParser], None]" = _none
    """Adds the subcommand's arguments."""
    example: str = ""
    """A command line that works; marked for translation where somebody says something in it."""
    keys: tuple[str, ...] = ()
    """The keys at the desk, in Textual's names."""
    key_face: str = ""
    """What stands on the key, as the key bar shows it."""
    label: str = ""
    """A word or two for the key bar, in English, marked for translation."""
    needs_room: bool = True
    """Whether the room must be open before `run`."""
    at_the_machine: bool = False
    """Whether only somebody at the machine may do it: it is about the machine, its files or other rooms."""
    subcommands: "tuple[Command, ...]" = ()
    """What can be done with it in the shell, each in a word of its own behind the name."""

    def binding(self, action: str, *, show: bool = True) -> "Binding":
        """The keys of a screen that do this (Textual is loaded only where there is a screen)."""
        from textual.binding import Binding

        return Binding(",".join(self.keys), action, self.label, show=show, key_display=self.key_face)
