"""Whether the room's machine can be left alone: each thing to do is one line."""

import codecs
import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import doctor
from db.errors import HostdeskError
from db.findings import Finding
from db.machine import Machine
from hostdesk import authorized_keys
from hostdesk.commands.command import Command
from hostdesk.words import N_, gettext
from hostdesk.words.command_lines import filled
from hostdesk.words.shell import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

USABLE, WHOLE = (64, 20), (80, 24)
"""Columns and lines with which the desk can be used, and with which it shows everything."""

COLOURS = 8
"""With fewer the desk is shown in one colour."""


@dataclass(frozen=True)
class Terminal:
    """What the desk would be shown on."""

    columns: int
    lines: int
    colours: int
    """How many it has; -1 for none."""
    encoding: str
    name: str
    """What TERM says."""


def terminal() -> Terminal | None:
    """The terminal that this command was given in, or None without one."""
    if not sys.stderr.isatty():
        return None
    size = os.get_terminal_size(sys.stderr.fileno())
    name = os.environ.get("TERM", "dumb")
    return Terminal(size.columns, size.lines, _colours(name), codecs.lookup(sys.stderr.encoding).name, name)


def _colours(name: str) -> int:
    """How many the terminal has, by the system's own list of terminals."""
    import curses

    if os.environ.get("NO_COLOR"):
        return -1
    try:
        curses.setupterm(name, sys.stderr.fileno())
    except curses.error:  # a terminal that this system has not heard of
        return -1
    return curses.tigetnum("colors")


def of_terminal(seen: Terminal | None) -> list[Finding]:
    """What is wrong with it, or less good than it could be."""
    if seen is None:
        sentence = N_("There is no terminal here, so it was not looked at. Run this where the desk is shown.")
        return [Finding("no_terminal", sentence, serious=False)]
    found = []
    if seen.name in {"", "dumb"}:
        sentence = N_("This terminal (TERM={name}) cannot show the desk. Use another one.")
        found.append(Finding("terminal_dumb", sentence, {"name": seen.name}))
    if seen.encoding != "utf-8":
        sentence = N_(
            "This terminal's encoding is {encoding}; the desk needs UTF-8. "
            "Choose a locale such as C.UTF-8 with: sudo localectl set-locale C.UTF-8"
        )
        found.append(Finding("not_utf_8", sentence, {"encoding": seen.encoding}))
    if not _holds(size := (seen.columns, seen.lines), WHOLE):
        sentence = N_(
            "This terminal has {columns} columns and {lines} lines; all of the desk needs 80 and 24. "
            "Take a smaller font or a larger window."
        )
        values: dict[str, object] = {"columns": seen.columns, "lines": seen.lines}
        found.append(Finding("terminal_small", sentence, values, serious=not _holds(size, USABLE)))
    if seen.colours < COLOURS:
        sentence = N_("This terminal shows no colours. All can be read without; TERM={name} is what it says.")
        found.append(Finding("no_colours", sentence, {"name": seen.name}, serious=False))
    return found


def _holds(size: tuple[int, int], wanted: tuple[int, int]) -> bool:
    """Whether so many columns and lines have room for so many."""
    return size[0] >= wanted[0] and size[1] >= wanted[1]


def _arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _doctor(args: "Namespace") -> None:
    findings = [
        *doctor.look(args.db, Machine()),
        *authorized_keys.distrusted(authorized_keys.default_file()),
        *of_terminal(terminal()),
    ]
    findings.sort(key=lambda finding: not finding.serious)
    to_do = sum(finding.serious for finding in findings)
    if args.json:
        tell(json.dumps(_facts(findings, ok=not to_do)))
    else:
        lines = [_line(finding) for finding in findings]
        tell(*lines, *([] if to_do else [gettext(N_("This machine can be left alone."))]))
    if to_do:
        raise HostdeskError(N_("Things to do on this machine: {n}."), n=to_do)


def _line(finding: Finding) -> str:
    """The finding, after a word that says whether it asks for something."""
    label = N_("To do: {sentence}") if finding.serious else N_("Good to know: {sentence}")
    return gettext(label).format(sentence=_sentence(finding))


def _sentence(finding: Finding) -> str:
    return filled(gettext(finding.sentence), finding.values)


def _facts(findings: list[Finding], *, ok: bool) -> dict[str, object]:
    """The same for other programs."""
    told = [
        {"code": finding.code, "serious": finding.serious, "text": _sentence(finding)} for finding in findings
    ]
    return {"ok": ok, "findings": told}


DOCTOR = Command(
    "doctor",
    N_("Look whether this machine can be left alone, and say what to do: clock, disk, backups, rights."),
    run=_doctor,
    arguments=_arguments,
    example="hostdesk doctor",
    needs_room=False,
)
