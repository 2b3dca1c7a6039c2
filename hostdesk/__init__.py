"""How people meet the room: the desk's screens and the command line."""

__version__ = "0.1.0"
