"""The command line on a room of its own."""

from tests.commands.test_door import run

__all__ = ["run"]
