"""Opening the desk on this terminal."""

import codecs
import os
import sys
from pathlib import Path

from db.errors import HostdeskError, NotPossible
from hostdesk import loading, place
from hostdesk.words import N_, gettext
from hostdesk.words.command_lines import filled
from hostdesk.words.shell import complain

NO_TERMINAL = N_("The desk needs a terminal. Without one: hostdesk count, hostdesk today, hostdesk --help.")
NO_TERMINAL_ELSEWHERE = N_(
    "The desk needs a terminal: type ssh -t in the place of ssh. What goes without one: hostdesk --help"
)
"""With a command behind the machine's name ssh gives none."""

DUMB_TERMINAL = N_(
    "This terminal (TERM={term}) cannot show a screen. Use: hostdesk count, hostdesk today, hostdesk --help."
)
NO_UTF_8 = N_(
    "This terminal's encoding is {encoding}; the desk needs UTF-8. Choose a UTF-8 locale, such as C.UTF-8, "
    "or use: hostdesk count, hostdesk today, hostdesk --help."
)


def open_desk(database: Path) -> int:
    """Open the desk; the exit code. Textual is loaded only here."""
    if sentence := refusal():
        complain(sentence)
        return 2
    with loading.for_good():
        from hostdesk import app
    while True:
        try:
            return app.run(database)
        except HostdeskError as trouble:
            # What is wrong with the machine is for who stands at it.
            if isinstance(trouble, NotPossible) or not place.at_the_machine():
                raise
            from hostdesk import rescue

            if not rescue.solved(database, trouble):
                raise


def refusal() -> str | None:
    """Why this terminal cannot show a desk, as a sentence, or None when it can."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        sentence = NO_TERMINAL if place.at_the_machine() else NO_TERMINAL_ELSEWHERE
        return filled(gettext(sentence), {})
    if (term := os.environ.get("TERM", "")) in {"dumb", ""}:
        return filled(gettext(DUMB_TERMINAL), {"term": term})
    encoding = codecs.lookup(sys.stderr.encoding).name  # the desk is drawn there
    return None if encoding == "utf-8" else filled(gettext(NO_UTF_8), {"encoding": encoding})
