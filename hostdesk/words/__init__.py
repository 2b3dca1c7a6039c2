"""The words people see: Dutch and English, from gettext catalogues with English msgids."""

import gettext as _gettext
import os
from datetime import date
from pathlib import Path

from db.errors import N_, HostdeskError
from db.states import State
from db.text import visible
from hostdesk.words import command_lines

__all__ = ["N_", "choose", "gettext", "language", "language_of_environment", "ngettext", "say"]

DOMAIN = "hostdesk"
CATALOGUES = Path(__file__).parent

_language = "en"
_texts: _gettext.NullTranslations = _gettext.NullTranslations()


def language_of_environment() -> str:
    """The language the environment asks for; Dutch where it asks for none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "nl" if value.split(".")[0].lower()[:2] in {"nl", "c", "po"} else "en"
    return "nl"


def choose(language: str) -> None:
    """Speak this language from now on.

    argparse speaks through gettext's global domain, so that is set too.
    """
    global _language, _texts
    _language = language
    _texts = _gettext.translation(DOMAIN, CATALOGUES, [language], fallback=True)
    os.environ["LANGUAGE"] = language
    _gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    _gettext.textdomain(DOMAIN)


def language() -> str:
    """The language spoken now: `nl` or `en`."""
    return _language


def gettext(msgid: str) -> str:
    """This text in the language spoken now."""
    return _texts.gettext(msgid) if msgid else ""


def in_each_language(msgid: str) -> dict[str, str]:
    """This text in all our languages, for who reads another one than is spoken now."""
    dutch = _gettext.translation(DOMAIN, CATALOGUES, ["nl"], fallback=True)
    return {"nl": dutch.gettext(msgid), "en": msgid}


def ngettext(one: str, many: str, n: int) -> str:
    """This text for so many, in the language spoken now."""
    return _texts.ngettext(one, many, n)


def say(error: HostdeskError) -> str:
    """The sentence of an error, in the language spoken now."""
    values = {name: _in_words(value) for name, value in error.values.items()}
    return visible(command_lines.filled(gettext(error.sentence), values))


def _in_words(value: object) -> object:
    """A day or a fraction as the room writes it, a column of the board by its name; else as it is."""
    if isinstance(value, State):
        from hostdesk.words import board

        return board.state(value)
    if isinstance(value, float):
        from hostdesk.words import numbers

        return numbers.number(value, 2)
    if not isinstance(value, date):
        return value
    from hostdesk.words import dates  # most that is said names no day

    return dates.day(value)
