"""The activity board in the shell: a wish, what stands where, and moving it."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from db import roles
from db.errors import NotPossible
from db.states import Kind, State
from hostdesk.commands import typed
from hostdesk.commands.command import Command
from hostdesk.place import who
from hostdesk.words import N_, board, dates, gettext, ngettext
from hostdesk.words.command_lines import filled
from hostdesk.words.shell import remark, tell

if TYPE_CHECKING:  # the board is loaded where a command needs it, and not for the list of commands
    from argparse import ArgumentParser, Namespace

    from db.advice import Advice
    from db.board import ActivityFacts, Card, Cards, WishFacts
    from db.room import Room
    from db.sessions import Meeting
    from db.wishes import Alike


_BY_PLANNING = (State.PLANNED, State.RUNNING, State.DONE)
"""A wish comes to stand here with its activity, and in no other way."""


def _wish_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "text",
        metavar=gettext(N_("TEXT")),
        nargs="*",
        help=gettext(N_("what the neighbour would like, in a line")),
    )
    parser.add_argument("--theme", metavar=gettext(N_("THEME")), default="", help=gettext(N_("its theme")))
    parser.add_argument(
        "--contact",
        metavar=gettext(N_("CONTACT")),
        default="",
        help=gettext(N_("how to reach the neighbour; erased by itself after 90 days")),
    )
    parser.add_argument(
        "--me-too",
        metavar=gettext(N_("NUMBER")),
        type=typed.wish,
        help=gettext(N_("one more neighbour has this wish, which is on the board already")),
    )
    _json(parser)


def _wish(args: "Namespace") -> None:
    if args.me_too is None:
        _voice(args)
    elif args.text or args.theme or args.contact:
        raise NotPossible(N_("Say a new wish, or --me-too and its number; not both."))
    else:
        _me_too(args)


def _voice(args: "Namespace") -> None:
    from db import wishes

    text = " ".join(args.text)
    alike = wishes.alike(text)
    number = wishes.voice(text, by=who(), theme=args.theme, contact=args.contact)
    if args.json:
        facts = [{"id": one.id, "text": one.text, "me_too": one.me_too} for one in alike]
        tell(json.dumps({"id": number, "alike": facts}))
    else:
        tell(gettext(N_("Wish {card} is on the board.")).format(card=board.card(Kind.WISH, number)))
    for one in alike:
        remark(_looks_like(one))


def _looks_like(one: "Alike") -> str:
    said = gettext(N_("It looks like {card}: “{text}”."))
    return said.format(card=board.card(Kind.WISH, one.id), text=one.text)


def _me_too(args: "Namespace") -> None:
    from db import wishes

    n = wishes.me_too(args.me_too, by=who())
    if args.json:
        tell(json.dumps({"id": args.me_too, "me_too": n}))
        return
    said = ngettext(
        "Wish {card}: {n} more neighbour has it too.", "Wish {card}: {n} more neighbours have it too.", n
    )
    tell(said.format(card=board.card(Kind.WISH, args.me_too), n=n))


def _board_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--all", action="store_true", help=gettext(N_("with all that is past")))
    _json(parser)


def _board(args: "Namespace") -> None:
    from db import board as boards

    if args.json:
        tell(json.dumps(facts()))
        return
    cards = boards.cards(past=None) if args.all else boards.cards()
    empty = gettext(N_("The board is empty."))
    if roles.may_change("wish"):
        empty = filled(gettext(N_("The board is empty. Put a wish on it: hostdesk wish TEXT")), {})
    tell(*(list(in_words(cards)) or [empty]))


def in_words(cards: "Cards") -> Iterator[str]:
    """The board in lines of plain text, column by column; columns without cards are left out."""
    for state, column in cards.columns.items():
        folded = cards.folded.get(state, 0)
        if not column and not folded:
            continue
        yield f"{board.state(state)} ({len(column) + folded})"
        yield from (f"  {' · '.join(_of_card(cards.room, card))}" for card in column)
        if folded:
            yield "  " + ngettext("and {n} more (--all)", "and {n} more (--all)", folded).format(n=folded)


def _of_card(room: "Room", card: "Card") -> Iterator[str]:
    """What a card says, part by part."""
    yield f"{board.card(card.kind, card.id)}  {card.title}"
    if card.theme:
        yield card.theme
    if card.me_too and card.kind is Kind.WISH:
        yield gettext(N_("{n} × me too")).format(n=card.me_too)
    if card.lead:
        yield board.lead(card.lead)
    if card.held:
        sessions = ngettext("{n} session held", "{n} sessions held", card.held).format(n=card.held)
        yield sessions
        yield gettext(N_("participations: {n}")).format(n=card.participations)
    if card.next_at:
        yield gettext(N_("next: {when}")).format(when=board.when(room.local(card.next_at)))
    else:
        yield gettext(N_("since {day}")).format(day=dates.day(room.local(card.since).date()))
    if card.places_left is not None:
        yield ngettext("{n} place left", "{n} places left", card.places_left).format(n=card.places_left)
    if card.open_advice:
        yield gettext(N_("advice asked"))
    if card.reason:
        yield card.reason


def facts() -> dict[str, object]:
    """The public contract of `board --json` (DESIGN.md), all of it from one state of the room."""
    from db import advice
    from db import board as boards
    from db.connection import reading

    with reading():
        everything, asked = boards.everything(), advice.everything()
    room = everything.room
    return {
        "wishes": [_facts_of_wish(room, one, asked) for one in everything.wishes],
        "activities": [_facts_of_activity(room, one, asked) for one in everything.activities],
    }


def _facts_of_wish(room: "Room", wish: "WishFacts", asked: "tuple[Advice, ...]") -> dict[str, object]:
    return {
        "id": wish.id,
        "text": wish.text,
        "theme": wish.theme,
        "state": wish.state,
        "voiced_at": room.local(wish.voiced_at).isoformat(timespec="seconds"),
        "me_too": wish.me_too,
        "activities": wish.activities,
        "reason": wish.reason,
        "advice": [one.id for one in asked if (one.about, one.number) == (Kind.WISH, wish.id)],
    }


def _facts_of_activity(room: "Room", one: "ActivityFacts", asked: "tuple[Advice, ...]") -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "theme": one.theme,
        "state": one.state,
        "lead": one.lead,
        "wishes": one.wishes,
        "sessions": [facts_of_session(room, session) for session in one.sessions],
        "place": one.place,
        "needs": one.needs,
        "capacity": one.capacity,
        "rule": one.rule,
        "reason": one.reason,
        "advice": [
            request.id for request in asked if (request.about, request.number) == (Kind.ACTIVITY, one.id)
        ],
    }


def facts_of_session(room: "Room", session: "Meeting") -> dict[str, object]:
    """A session as the contract has it, on the room's own clock."""
    return {
        "id": session.id,
        "starts_at": room.local(session.starts_at).isoformat(timespec="seconds"),
        "ends_at": room.local(session.ends_at).isoformat(timespec="seconds"),
        "state": session.state,
        "participations": session.participations,
        "lead": session.lead,
        "place": session.place,
        "reason": session.reason,
        "how": session.how,
    }


def _move_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "card", metavar=gettext(N_("CARD")), help=gettext(N_("w3 for wish 3, a2 for activity 2"))
    )
    parser.add_argument(
        "state",
        metavar=gettext(N_("STATE")),
        nargs="+",
        help=gettext(
            N_("received, exploring, planned, running, done or not_feasible, or the board's own word")
        ),
    )
    parser.add_argument(
        "--reason", metavar=gettext(N_("WHY")), default="", help=gettext(N_("why it did not work out"))
    )


def _move(args: "Namespace") -> None:
    from db import course

    kind, number = typed.card(args.card)
    to = typed.state(" ".join(args.state))
    if kind is Kind.WISH and course.state_of(kind, number) is not to and to in _BY_PLANNING:
        raise NotPossible(
            N_("A wish gets there by being planned: hostdesk activity add TITLE --starts WHEN --wish {n}"),
            n=number,
        )
    moved = course.move(kind, number, to, by=who(), reason=args.reason)
    said = gettext(N_("{card} went from “{before}” to “{after}”."))
    tell(
        said.format(
            card=board.card(kind, number),
            before=board.state(moved.from_state),
            after=board.state(moved.to_state),
        )
    )
    if moved.sessions:
        tell(_of_sessions(moved.to_state, moved.sessions))


def _of_sessions(to: State, n: int) -> str:
    """What the move did to the sessions that were still to come."""
    if to in (State.PLANNED, State.RUNNING):
        return ngettext("{n} session goes on again.", "{n} sessions go on again.", n).format(n=n)
    return ngettext("{n} session does not go on.", "{n} sessions do not go on.", n).format(n=n)


def _json(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=gettext(N_("as JSON, for other programs")))


WISH = Command(
    "wish",
    N_("Put a neighbour's wish on the board, or say that one more has it."),
    run=_wish,
    arguments=_wish_arguments,
    example=N_('hostdesk wish "Knitting together" --theme creative'),
)
BOARD = Command(
    "board",
    N_("Show the activity board: wishes and activities with their numbers."),
    run=_board,
    arguments=_board_arguments,
    example="hostdesk board --json",
)
MOVE = Command(
    "move",
    N_("Move a wish or an activity on the board."),
    run=_move,
    arguments=_move_arguments,
    example=N_('hostdesk move w1 not_feasible --reason "nobody to lead it"'),
)
