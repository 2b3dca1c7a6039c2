"""What a person can do, each thing one `Command`; imported only when it is asked for."""

from importlib import import_module

from hostdesk.commands.command import Command

_MODULES = {
    "demo": "demo",
    "init": "room",
    "room": "room",
    "opening": "opening",
    "count": "door",
    "leave": "door",
    "headcount": "door",
    "undo": "door",
    "today": "door",
    "wish": "board",
    "board": "board",
    "move": "board",
    "activity": "activity",
    "ask": "advice",
    "advice": "advice",
    "advise": "advice",
    "note": "log",
    "log": "log",
    "shift": "shift",
    "roster": "roster",
    "duty": "roster",
    "person": "person",
    "privacy": "privacy",
    "report": "report",
    "correct": "correct",
    "costs": "costs",
    "sample-week": "sample_week",
    "calendar": "outputs",
    "poster": "outputs",
    "spaceapi": "outputs",
    "export": "export",
    "import": "importing",
    "backup": "safekeeping",
    "upkeep": "safekeeping",
    "restore": "safekeeping",
    "check": "safekeeping",
    "doctor": "doctor",
    "kiosk": "kiosk",
    "ssh-key": "ssh_key",
}
"""The subcommands of `hostdesk`, in the order of its help, and the module that holds each."""

NAMES = tuple(_MODULES)


def load(name: str) -> Command:
    """The command behind a subcommand's name."""
    found: Command = getattr(
        import_module(f"hostdesk.commands.{_MODULES[name]}"), name.upper().replace("-", "_")
    )
    return found
