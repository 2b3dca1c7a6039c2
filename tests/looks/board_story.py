"""What neighbours wished for in the two months before that Monday, and what came of it."""

from collections.abc import Callable
from datetime import date, time, timedelta

from db import advice, board, course, planning, sessions, wishes
from db.planning import Plan
from db.recurrence import Repeat
from db.states import Kind, Lead, State

_WORDS = {
    "nl": {
        "creative": "creatief",
        "food": "eten",
        "meeting": "ontmoeten",
        "moving": "bewegen",
        "learning": "leren",
        "drawing": "Samen tekenen en schilderen, ook voor wie het nooit deed",
        "drawing club": "Tekenclub",
        "big table": "grote tafel",
        "lunch": "Een keer samen lunchen met de hele straat",
        "street lunch": "Straatlunch",
        "repair": "Iemand die helpt om kapotte spullen te repareren",
        "roof": "Een moestuin op het dak",
        "why not": "het dak is te zwak",
        "video": "Leren beeldbellen met de kleinkinderen",
        "who": "Wie kan dit leren aan mensen die slecht zien?",
        "walk": "Een wandeling op zondag, rustig aan",
        "language": "Nederlands oefenen met koffie erbij",
        "film": "Een filmmiddag",
        "nice": "gezellig, te weinig penselen",
    },
    "en": {
        "creative": "creative",
        "food": "food",
        "meeting": "meeting",
        "moving": "moving",
        "learning": "learning",
        "drawing": "Drawing and painting together, also for who never did",
        "drawing club": "Drawing club",
        "big table": "large table",
        "lunch": "A lunch together with the whole street",
        "street lunch": "Street lunch",
        "repair": "Somebody who helps to repair broken things",
        "roof": "A vegetable garden on the roof",
        "why not": "the roof is too weak",
        "video": "Learning to make video calls with the grandchildren",
        "who": "Who can teach this to people who see badly?",
        "walk": "A walk on Sundays, not too fast",
        "language": "Practising Dutch over coffee",
        "film": "A film afternoon",
        "nice": "nice, too few brushes",
    },
}


def week(before: int, language: str, monday: date) -> None:
    """What happens on the board on the Monday so many weeks before this one."""
    say = _WORDS[language]
    happens: dict[int, Callable[[], object]] = {
        8: lambda: _first(say),
        7: lambda: _planned(say, monday),
        6: lambda: _held(0, 7, say["nice"]),
        5: lambda: (_held(0, 9, ""), _second(say)),
        4: lambda: (_held(0, 12, ""), _lunch(say, monday)),
        3: lambda: (_held(0, 8, ""), _held(1, 31, "")),
        2: lambda: (_held(0, 10, ""), _video(say)),
        1: lambda: (_held(0, 11, ""), _third(say)),
    }
    happens[before]()


def _first(say: dict[str, str]) -> None:
    drawing = wishes.voice(say["drawing"], theme=say["creative"], by="Anja")
    wishes.me_too(drawing, by="Anja")
    wishes.me_too(drawing, by="Ben")
    wishes.voice(say["lunch"], theme=say["food"], by="Ben")


def _planned(say: dict[str, str], monday: date) -> None:
    plan = Plan(
        say["drawing club"],
        monday - timedelta(weeks=6),
        time(10),
        time(12),
        Repeat.WEEKLY,
        times=12,
        theme=say["creative"],
        place=say["big table"],
        capacity=14,
        leader="Ans",
    )
    planning.plan((1,), plan, by="Ben")


def _held(activity: int, n: int, how: str) -> None:
    """The oldest session without a number gets one."""
    meetings = board.everything().activities[activity].sessions
    meeting = next(one for one in meetings if one.participations is None)
    sessions.attend(meeting.id, n, how=how, by="Ans")


def _second(say: dict[str, str]) -> None:
    wishes.voice(say["repair"], theme=say["learning"], by="Anja")
    roof = wishes.voice(say["roof"], theme=say["moving"], by="Ben")
    course.move(Kind.WISH, roof, State.NOT_FEASIBLE, by="Carla", reason=say["why not"])


def _lunch(say: dict[str, str], monday: date) -> None:
    day = monday - timedelta(weeks=3)
    plan = Plan(say["street lunch"], day, time(10), time(14), theme=say["food"], lead=Lead.TOGETHER)
    planning.plan((2,), plan, by="Ben")


def _video(say: dict[str, str]) -> None:
    video = wishes.voice(say["video"], theme=say["learning"], by="Ben")
    course.move(Kind.WISH, video, State.EXPLORING, by="Carla")
    advice.ask(say["who"], about=Kind.WISH, number=video, by="Carla")
    wishes.voice(say["language"], theme=say["meeting"], by="Anja")


def _third(say: dict[str, str]) -> None:
    wishes.voice(say["walk"], theme=say["moving"], by="Anja")
    wishes.me_too(6, by="Anja")
    wishes.voice(say["film"], theme=say["meeting"], by="Ben")
    repair = next(one.id for one in board.everything().wishes if one.text == say["repair"])
    course.move(Kind.WISH, repair, State.EXPLORING, by="Carla")
