"""Opening the desk on this terminal."""

import os
import sys
from pathlib import Path

from hostdesk.words import N_, gettext

NO_TERMINAL = N_("The desk needs a terminal. Without one: hostdesk count, hostdesk today, hostdesk --help.")
DUMB_TERMINAL = N_(
    "This terminal (TERM=dumb) cannot show a screen. Use: hostdesk count, hostdesk today, hostdesk --help."
)


def open_desk(database: Path) -> int:
    """Open the desk; the exit code. Textual is loaded only here."""
    if sentence := refusal():
        print(f"hostdesk: {gettext(sentence)}", file=sys.stderr)
        return 2
    from hostdesk import app

    return app.run(database)


def refusal() -> str | None:
    """Why this terminal cannot show a desk, as a sentence in English, or None when it can."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return NO_TERMINAL
    return DUMB_TERMINAL if os.environ.get("TERM", "dumb") in {"dumb", ""} else None
