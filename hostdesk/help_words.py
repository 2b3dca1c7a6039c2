"""What the help says: on the keys, read from the commands; and a few things worth knowing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db import roles, todays_backup
from db.programme import Answer
from db.text import visible
from hostdesk import place, whose_keys
from hostdesk.commands import keys
from hostdesk.words import N_, gettext, shift
from hostdesk.words import advice as words_of_advice

_CORRECT = N_("This was another number, or does not count; on the last line: who is missing.")

_READ = N_("You have read it; with more of you, also press the digit before your name.")

_SAMPLE_WEEK = N_("Plan a week in which the desk asks who is new: how many different people come.")


@dataclass(frozen=True)
class Help:
    """What a help screen says."""

    title: str
    keys: tuple[tuple[str, str], ...]
    """What stands on a key, and what it does."""
    notes: tuple[str, ...]
    """Sentences worth knowing."""
    door: bool
    """Whether people are counted behind it: the keys for that close it, and count."""
    along: str = ""
    """Who looks along at other screens now; above all else."""


def desk(file: Path, *, sample_week: bool = False) -> Help:
    """The help of the desk of this room; in a sample week with its key."""
    return Help(
        title=gettext(N_("Help: the keys of the desk")),
        keys=(*(_sample_week() if sample_week else ()), *_commands(), *_typing(), *_everywhere()),
        notes=(*(_counting() if whose_keys.may("desk", "arrive") else ()), *_places(file)),
        door=True,
    )


def setup(file: Path) -> Help:
    """The help of the first run."""
    return Help(
        title=gettext(N_("Help: a new room")),
        keys=(
            ("Enter ↓ Tab", gettext(N_("Go to the next question; on the last one, make the room."))),
            ("↑ shift+Tab", gettext(N_("Go back to the question before."))),
            ("← →", gettext(N_("Choose the language."))),
            ("F2", gettext(N_("Make the room and open the desk."))),
            ("ctrl+q", gettext(N_("Stop. No room is made and nothing is kept."))),
        ),
        notes=(
            gettext(
                N_(
                    "Opening hours: 10:00-16:30, or 10-16, or 10-12, 14-17. 20-01 is past midnight, "
                    "0-24 the whole day."
                )
            ),
            gettext(N_("Leave a day empty when the room is closed.")),
            gettext(N_("The room will be kept in {path}")).format(path=_shown(file)),
        ),
        door=False,
    )


def board() -> Help:
    """The help of the activity board."""
    return Help(
        title=gettext(N_("Help: the activity board")),
        keys=(
            ("↑ ↓ ← →", gettext(N_("Go to another card. 8 2 4 6 on a numeric pad."))),
            ("Enter", gettext(N_("Everything behind a card: the wish, the sessions, how many came."))),
            ("> <", gettext(N_("Move the card on, or back. shift+→ and shift+← do the same."))),
            ("m", gettext(N_("One more neighbour has this wish: me too."))),
            ("p", gettext(N_("Plan the wish, or all that are marked, as one activity."))),
            ("* space", gettext(N_("Mark a wish, to plan several together."))),
            ("a", gettext(N_("Ask a professional about this card; who leads stays the same."))),
            ("x", gettext(N_("It does not work out: say why."))),
            ("u . Backspace", gettext(N_("Take back what was done last on the board."))),
            ("/ t", gettext(N_("Show only what has these words, or this theme."))),
            *_questions(),
            ("w", gettext(N_("Write down a neighbour's wish, on any screen."))),
            ("+ -", gettext(N_("Somebody comes in or leaves: one is counted here too."))),
            ("Esc F2", gettext(N_("Back to the desk."))),
        ),
        notes=(gettext(N_("The F3 key brings you to the board from any screen.")),),
        door=True,
    )


def _questions() -> Iterator[tuple[str, str]]:
    """The key of who comes to answer."""
    if whose_keys.only_answers():
        yield keys.QUESTIONS.key_face, gettext(keys.QUESTIONS.help)


def _newcomer() -> Iterator[str]:
    """How somebody joins, for whom it is theirs to say so."""
    if whose_keys.may("app", "newcomer"):
        yield gettext(N_("Somebody new among the hosts or the volunteers: ctrl+p, and type new."))


def log() -> Help:
    """The help of the shift log."""
    return Help(
        title=gettext(N_("Help: the shift log")),
        keys=(
            ("↑ ↓", gettext(N_("Go to another entry; it is shown whole. 8 2 on a numeric pad."))),
            ("l", gettext(N_("Write a note in the log, on any screen: what the next ones should know."))),
            ("Enter d", gettext(N_("An open point is dealt with: say how."))),
            ("5 g", gettext(_READ)),
            ("e", gettext(N_("Say it better; what it said before is kept."))),
            ("a", gettext(N_("Ask a professional for advice about this entry."))),
            ("/", gettext(N_("Look for words, in whatever form, also inside longer ones."))),
            ("r", gettext(N_("What was dealt with is an open point again."))),
            (
                "m",
                gettext(N_("It happened at another moment: say when, within a day. The former one is kept.")),
            ),
            ("v", gettext(N_("Show a notice until another day, or no longer."))),
            ("o k", gettext(N_("Only the open points, or what was dealt with; only one kind."))),
            ("p t", gettext(N_("Only what one person wrote; only the last week, month, quarter or year."))),
            ("+ -", gettext(N_("Somebody comes in or leaves: one is counted here too."))),
            ("Esc F2", gettext(N_("Show everything again, or back to the desk."))),
        ),
        notes=(gettext(shift.NO_NAMES), gettext(shift.INCIDENTS)),
        door=True,
    )


def roster() -> Help:
    """The help of the roster."""
    return Help(
        title=gettext(N_("Help: the roster")),
        keys=(
            ("↑ ↓", gettext(N_("Go to another shift, or to somebody who is on it. 8 2 on a numeric pad."))),
            ("Enter", gettext(N_("On a shift: who comes? On a person: who stands in?"))),
            ("x", gettext(N_("This person is absent, or comes after all."))),
            ("s", gettext(N_("Swap: press it on one, and then on the other."))),
            ("k", gettext(N_("This person comes at other times of that day."))),
            (
                "b 5",
                gettext(
                    N_("Of a shift that is over: these hours are right; on a person: from when until when.")
                ),
            ),
            ("t Delete", gettext(N_("Take this person off the roster of that day."))),
            ("> <", gettext(N_("Four weeks later, or earlier. 6 4 on a numeric pad."))),
            ("v", gettext(N_("Who comes every week: Enter adds somebody, t ends it from today on."))),
            ("h", gettext(N_("Everybody's hours this month."))),
            ("+ -", gettext(N_("Somebody comes in or leaves: one is counted here too."))),
            ("Esc F2", gettext(N_("Back to the desk."))),
        ),
        notes=(*_newcomer(), gettext(N_("Who belongs to the house: hostdesk person --help."))),
        door=True,
    )


def weekly() -> Help:
    """The help of the weekly pattern."""
    return Help(
        title=gettext(N_("Help: who comes every week")),
        keys=(
            ("↑ ↓", gettext(N_("Go to another line. 8 2 on a numeric pad."))),
            ("Enter", gettext(N_("Add somebody who comes every week, on the day that the arrow is at."))),
            ("t Delete", gettext(N_("This ends today; what was planned until then stays."))),
            ("+ -", gettext(N_("Somebody comes in or leaves: one is counted here too."))),
            ("Esc", gettext(N_("Back to the roster."))),
            ("F2", gettext(N_("Back to the desk."))),
        ),
        notes=(*_newcomer(), gettext(N_("Who belongs to the house: hostdesk person --help."))),
        door=True,
    )


def figures() -> Help:
    """The help of the figures."""
    return Help(
        title=gettext(N_("Help: the figures")),
        keys=(
            ("← →", gettext(N_("The period before, or after. 4 6 on a numeric pad."))),
            ("t *", gettext(N_("A day, a week, a month, a quarter or a year."))),
            ("n 5", gettext(N_("Back to now."))),
            ("↑ ↓", gettext(N_("Go to another figure. 8 2 on a numeric pad."))),
            ("Enter", gettext(N_("What a figure means, what it was before, and what it was made of."))),
            *([("p", gettext(_SAMPLE_WEEK))] if roles.may_change("sample_week") else []),
            ("+ -", gettext(N_("Somebody comes in or leaves: one is counted here too."))),
            ("Esc F2", gettext(N_("Back to the desk."))),
        ),
        notes=(
            gettext(N_("To send it to somebody: hostdesk report --help.")),
            gettext(N_("A change that is no larger than the days differ by themselves is no change.")),
        ),
        door=True,
    )


def figure() -> Help:
    """The help of what is behind a figure."""
    return Help(
        title=gettext(N_("Help: behind a figure")),
        keys=(
            ("Enter", gettext(N_("What was counted at the door on that day."))),
            ("↑ ↓", gettext(N_("Go to another row. 8 2 on a numeric pad."))),
            ("PgUp PgDn", gettext(N_("Ten rows further. 9 3 on a numeric pad."))),
            ("+ -", gettext(N_("Somebody comes in or leaves: one is counted here too."))),
            ("Esc 0", gettext(N_("Back to the figures."))),
        ),
        notes=(gettext(N_("A figure and its rows are read by the same rules: they cannot differ.")),),
        door=True,
    )


def door_day() -> Help:
    """The help of a day at the door."""
    may_correct = roles.may_change("correction")
    return Help(
        title=gettext(N_("Help: a day at the door")),
        keys=(
            *([("Enter", gettext(_CORRECT))] if may_correct else []),
            ("← →", gettext(N_("The day before, or after. 4 6 on a numeric pad."))),
            ("↑ ↓", gettext(N_("Go to another row. 8 2 on a numeric pad."))),
            ("PgUp PgDn", gettext(N_("Ten rows further. 9 3 on a numeric pad."))),
            ("+ -", gettext(N_("Somebody comes in or leaves: one is counted here too."))),
            ("Esc 0", gettext(N_("Back to the rows."))),
        ),
        notes=(gettext(N_("What stood there is kept, with the reason; every figure follows at once.")),)
        if may_correct
        else (),
        door=True,
    )


def start() -> Help:
    """The help of the beginning of a shift."""
    return Help(
        title=gettext(N_("Help: the beginning of a shift")),
        keys=(
            ("Enter", gettext(N_("Everybody who should be here is here: the shift begins."))),
            ("5 g", gettext(_READ)),
            ("↑ ↓", gettext(N_("Go to another person. 8 2 on a numeric pad."))),
            ("s 7", gettext(N_("Somebody else comes in the place of this person."))),
            ("e *", gettext(N_("Somebody comes who is not on the roster."))),
            ("k 6", gettext(N_("This person comes later; of who comes later: is here now."))),
            ("x /", gettext(N_("This person is absent, or comes after all."))),
            ("t 1", gettext(N_("This person is a trainee, and one more."))),
            (
                "c .",
                gettext(N_("Say when a shift that nobody closed really closed: each is asked about once.")),
            ),
            ("PgUp PgDn", gettext(N_("Read on. 9 3 on a numeric pad."))),
            ("+ -", gettext(N_("Somebody comes in or leaves: one is counted here too."))),
            ("Esc F2", gettext(N_("Back to the desk."))),
        ),
        notes=(
            gettext(N_("Counting never waits for this: the first visitor opens the shift too.")),
            *_newcomer(),
        ),
        door=True,
    )


def closing() -> Help:
    """The help of the closing of a shift."""
    return Help(
        title=gettext(N_("Help: closing the shift")),
        keys=(
            ("Enter", gettext(N_("Do what stands at the arrow; on the first line that is: it is so."))),
            ("↑ ↓", gettext(N_("Go to another line. 8 2 on a numeric pad."))),
            (". s", gettext(N_("Skip this step; the next start says so."))),
            ("← →", gettext(N_("To the step before, or after. 4 6 on a numeric pad."))),
            ("l", gettext(N_("Write a note in the log, on any screen: what the next ones should know."))),
            ("+ -", gettext(N_("Somebody comes in or leaves: one is counted here too."))),
            ("Esc 0 F2", gettext(N_("Back to the desk; closing goes on later where it was."))),
        ),
        notes=(gettext(N_("The list of things to check is kept with: hostdesk shift checklist.")),),
        door=True,
    )


def thread() -> Help:
    """The help of everything behind a card."""
    return Help(
        title=gettext(N_("Help: everything behind a card")),
        keys=(
            ("1 … 9", gettext(N_("Do what stands beside the digit, below the page."))),
            ("↑ ↓ 8 2", gettext(N_("Go to another session of the activity; the arrow → stands at it."))),
            ("Enter 9", gettext(N_("What can be done with that session: digits again. 0 goes back."))),
            ("PgUp PgDn", gettext(N_("Read on. Home and End go to the beginning and the end."))),
            ("> < m a x p", gettext(N_("As on the board: on, back, me too, advice, not feasible, plan."))),
            ("F2", gettext(N_("In a form of several questions: save at once."))),
            ("u . Backspace", gettext(N_("Take back what was done last on the board."))),
            ("+ -", gettext(N_("Somebody comes in or leaves: one is counted here too."))),
            ("Esc 0", gettext(N_("Back to the board."))),
        ),
        notes=(),
        door=True,
    )


def questions() -> Help:
    """The help of the list of questions and advice."""
    return Help(
        title=gettext(N_("Help: questions and advice")),
        keys=(
            ("↑ ↓", gettext(N_("Go to another question."))),
            ("Enter", _of_enter()),
            ("a", gettext(N_("Ask a professional for advice; who leads stays the same."))),
            ("x", gettext(N_("Take back a question that nobody answered yet: press it twice."))),
            ("+ -", gettext(N_("Somebody comes in or leaves: one is counted here too."))),
            ("Esc F2", gettext(N_("Back to the desk."))),
        ),
        notes=(),
        door=True,
    )


def _of_enter() -> str:
    """What Enter does with a question or an answer, for who reads this."""
    if not whose_keys.may("questions", "answer"):
        return gettext(N_("Of an answer: it is read."))
    if not whose_keys.may("questions", "have_read"):
        return gettext(N_("Answer the question."))
    return gettext(N_("Answer the question; of an answer: it is read."))


def advice(answer: Answer) -> Help:
    """Advice that was given, to be read at ease; a visitor at the door goes first."""
    return Help(
        title=words_of_advice.given(answer),
        keys=(
            (gettext(N_("Question")), visible(answer.question)),
            (gettext(N_("Advice")), visible(answer.answer)),
        ),
        notes=(
            gettext(N_("Who leads stays the same: it is advice. ctrl+p finds all questions and advice.")),
        ),
        door=True,
    )


def _commands() -> Iterator[tuple[str, str]]:
    """The commands of the desk; one row each."""
    answers = whose_keys.only_answers()
    for command in (*keys.AT_THE_DESK, *([keys.QUESTIONS] if answers else [])):
        if command is keys.READ and answers:
            continue  # the same key
        yield " ".join(keys.faces(command)), gettext(command.help)


def _sample_week() -> Iterator[tuple[str, str]]:
    """What a sample week asks, on a keyboard and on a numeric pad."""
    for command in keys.IN_A_SAMPLE_WEEK:
        yield " ".join(keys.faces(command)), gettext(command.help)
    yield "1 . 0 .", gettext(N_("The same when you have only a numeric pad: so many of the last visitors."))


def _typing() -> Iterator[tuple[str, str]]:
    """What the digits do, and the keys that finish or drop a number."""
    if not whose_keys.may("desk", "arrive"):
        return
    yield "5 +", gettext(N_("Five visitors at once. 2 - means that two people left."))
    yield "0 +", gettext(N_("A volunteer, when you have only a numeric pad."))
    yield "0 Enter", gettext(N_("Begin the shift, when you have only a numeric pad."))
    yield "0 -", gettext(N_("Everybody goes home: close the shift, when you have only a numeric pad."))
    yield "12 h", gettext(N_("Twelve people are here now. * does the same on a numeric pad."))
    yield "Enter", gettext(N_("Finish the number that is asked for."))
    yield "Esc", gettext(N_("Go back. Esc never takes anything away."))
    yield "/ * -", gettext(N_("In a form, with a numeric pad: back; to the next; one digit less."))


def _everywhere() -> Iterator[tuple[str, str]]:
    """The keys of every screen."""
    yield "F1 ?", gettext(N_("This help."))
    yield "F2", gettext(N_("The desk."))
    yield "ctrl+p", gettext(N_("Find everything you can do by its name."))
    yield "ctrl+q", gettext(N_("Stop the program. What was counted is kept."))


def _counting() -> Iterator[str]:
    yield gettext(N_("Somebody at the door? The keys that count close this help, and count."))
    yield gettext(N_("Type a group first: 5 and then + counts five visitors."))
    yield gettext(N_("Undo has no time limit: first the last action, then the one before it, and so on."))
    yield gettext(N_("We count, we do not follow: a count holds no name and no person."))


def _places(file: Path) -> Iterator[str]:
    yield gettext(N_("The counts are in {path}")).format(path=_shown(file))
    yield gettext(N_("The backups are in {path}")).format(path=_shown(todays_backup.folder(file)))
    yield gettext(N_("What went wrong is written in {path}")).format(path=_shown(place.log_file(file)))


def _shown(path: Path) -> str:
    return visible(str(path))
