"""Advice at a distance in the shell: asking, answering, and who still waits."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from db import roles
from db.errors import NotPossible
from db.states import Kind
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.place import who
from hostdesk.words import N_, board, gettext
from hostdesk.words import advice as words_of_advice
from hostdesk.words.command_lines import filled
from hostdesk.words.shell import tell

if TYPE_CHECKING:  # the board is loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace

    from db.advice import Advice
    from db.room import Room


def _ask_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "text", metavar=gettext(N_("TEXT")), nargs="+", help=gettext(N_("the question, in a line"))
    )
    about = parser.add_mutually_exclusive_group()
    about.add_argument(
        "--wish", metavar=gettext(N_("NUMBER")), type=typed.wish, help=gettext(N_("about this wish"))
    )
    about.add_argument(
        "--activity",
        metavar=gettext(N_("NUMBER")),
        type=typed.activity,
        help=gettext(N_("about this activity")),
    )
    about.add_argument(
        "--entry",
        metavar=gettext(N_("NUMBER")),
        type=typed.whole_number,
        help=gettext(N_("about this entry of the log")),
    )


def _ask(args: "Namespace") -> None:
    from db import advice

    about = Kind.WISH if args.wish is not None else Kind.ACTIVITY if args.activity is not None else None
    number = args.activity if args.wish is None else args.wish
    text = " ".join(args.text)
    if re.fullmatch(r"[wa][0-9]+", args.text[0].casefold()):  # as `move` names a card
        raise NotPossible(
            N_("To ask about a card, write --wish {n} or --activity {n} before the question, not “{card}”."),
            n=args.text[0][1:],
            card=args.text[0],
        )
    asked = advice.ask(text, about=about, number=number, entry=args.entry, by=who())
    tell(gettext(N_("Question {n} waits for an answer. Who leads stays the same.")).format(n=asked))


def _advice_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--all", action="store_true", help=gettext(N_("answers that were read too")))
    parser.add_argument(
        "--read",
        metavar=gettext(N_("NUMBER")),
        type=typed.whole_number,
        help=gettext(N_("the answer to this question was read in the room")),
    )
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


def _advice(args: "Namespace") -> None:
    from db import advice, logbook, room

    if args.read is not None:
        advice.mark_read(args.read, by=who())
    here, reader = room.current(), logbook.reader(who())
    if args.json:
        tell(json.dumps([_facts(here, one) for one in advice.everything(reader)]))
        return
    found = advice.everything(reader) if args.all else (*advice.unanswered(reader), *advice.unread(reader))
    lines = [line for one in found for line in _in_words(here, one)]
    tell(*(lines or [gettext(N_("No question waits for an answer, and every answer was read."))]))


def _advise_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "id",
        metavar=gettext(N_("NUMBER")),
        type=typed.whole_number,
        help=gettext(N_("the number of the question")),
    )
    parser.add_argument(
        "text", metavar=gettext(N_("TEXT")), nargs="+", help=gettext(N_("the answer, in a line"))
    )


def _advise(args: "Namespace") -> None:
    from db import advice

    given = advice.answer(args.id, " ".join(args.text), by=who())
    took = board.how_long(given.took) if given.took is not None else ""
    tell(gettext(N_("Question {n} has its answer, after {time}.")).format(n=given.id, time=took))


def _in_words(room: "Room", one: "Advice") -> Iterator[str]:
    """A question, and its answer under it."""
    head = [f"{one.id}", board.when(room.local(one.asked_at)), one.asked_by]
    if one.about and one.number is not None:
        head.append(f"{board.card(one.about, one.number)} {one.title}")
    if one.entry is not None:
        head.append(words_of_advice.entry(one.entry))
    yield " · ".join(part for part in head if part)
    yield f"  ? {one.question}"
    if one.answer is None or one.took is None:
        if roles.may_change("advice_request.answer"):
            yield "  " + filled(gettext(N_("no answer yet: hostdesk advise {n} TEXT")), {"n": one.id})
        else:
            yield "  " + gettext(N_("no answer yet"))
        return
    yield f"  ! {one.answer}"
    said = gettext(N_("from {name}, after {time}")).format(
        name=one.answered_by or "?", time=board.how_long(one.took)
    )
    yield f"    {said}; {gettext(N_('read')) if one.read_at else gettext(N_('not read yet'))}"


def _facts(room: "Room", one: "Advice") -> dict[str, object]:
    """A question for other programs, moments on the room's own clock."""
    return {
        "id": one.id,
        "question": one.question,
        "asked_at": room.local(one.asked_at).isoformat(timespec="seconds"),
        "asked_by": one.asked_by,
        "wish": one.number if one.about is Kind.WISH else None,
        "activity": one.number if one.about is Kind.ACTIVITY else None,
        "entry": one.entry and one.entry.id,
        "title": one.title if one.entry is None else one.entry.text or "",
        "answer": one.answer,
        "answered_at": one.answered_at and room.local(one.answered_at).isoformat(timespec="seconds"),
        "answered_by": one.answered_by,
        "read_at": one.read_at and room.local(one.read_at).isoformat(timespec="seconds"),
        "minutes": None if one.took is None else round(one.took.total_seconds() / 60),
    }


ASK = Command(
    "ask",
    N_("Ask a professional for advice; who leads stays the same."),
    run=_ask,
    arguments=_ask_arguments,
    example=N_('hostdesk ask "Who pays for the wool?" --wish 1'),
)
ADVICE = Command(
    "advice",
    N_("Show the questions that wait for advice, and the answers that nobody has read yet."),
    run=_advice,
    arguments=_advice_arguments,
    example="hostdesk advice --all",
)
ADVISE = Command(
    "advise",
    N_("Answer a question; the desk shows it at once."),
    run=_advise,
    arguments=_advise_arguments,
    example=N_('hostdesk advise 1 "The wool shop gives leftovers."'),
)
