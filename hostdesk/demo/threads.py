"""The threads of an imagined board: what neighbours wished for, and what came of it.

Told in both languages side by side: a made-up neighbour is not translated, but speaks another language.
"""

from dataclasses import dataclass
from datetime import time
from enum import IntEnum
from typing import NamedTuple

from db.recurrence import Repeat
from db.states import Lead, State
from hostdesk import words


class Said(NamedTuple):
    """Something that was said, in the language of the room."""

    nl: str
    en: str

    def __str__(self) -> str:
        """As the room's people say it."""
        return self.nl if words.language() == "nl" else self.en


class Theme(IntEnum):
    """The themes of `db.wishes.THEMES`, by their place."""

    MEETING, CREATIVE, MOVING, FOOD, LEARNING, HELP, OTHER = range(7)


class Day(IntEnum):
    """On which day of the week an activity is."""

    TODAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY, YESTERDAY = range(9)


@dataclass(frozen=True)
class Asked:
    """A question to a professional, so many days after the thread began, or before today when negative."""

    question: Said
    answer: Said | None = None
    day: int = 3
    read: bool = True


@dataclass(frozen=True)
class Wished:
    """A wish of which nothing was planned."""

    text: Said
    theme: Theme
    days_ago: int
    me_too: int = 0
    state: State = State.RECEIVED
    reason: Said | None = None
    contact: str = ""
    asked: Asked | None = None


TABLE = Said("de grote tafel", "the big table")


@dataclass(frozen=True)
class Done:
    """An activity that came of wishes."""

    title: Said
    theme: Theme
    wishes: tuple[Said, ...]
    weeks_ago: float
    """When its first session was; before zero for what is still to come."""
    day: Day
    starts: time
    minutes: int
    usual: int
    """So many take part as a rule."""
    lead: Lead = Lead.VOLUNTEER
    leader: str = ""
    repeat: Repeat = Repeat.WEEKLY
    times: int | None = None
    """So many times; it goes on without it."""
    place: Said = TABLE
    needs: Said | None = None
    capacity: int | None = None
    me_too: int = 1
    skip_holidays: bool = False
    stops: Said | None = None
    """Why it stopped, a month ago."""
    now: float | None = None
    """In the programme of the day on which the demo is made: so many hours from then it begins."""
    sign_ups: tuple[int, ...] = ()
    """Those for its next session."""
    asked: Asked | None = None


NEIGHBOURS = ("Els", "Fatima", "Henk", "Joke", "Ravi", "Truus", "Ahmed", "Wim", "Gerda", "Yusuf", "Sanne")
"""First names, made up."""

HOSTS = ("Marijke", "Bram", "Nadia", "Piet")
PROFESSIONALS = ("Karin", "Olivier")

REMARKS = (
    Said("Gezellig, twee nieuwe gezichten.", "Pleasant, two new faces."),
    Said("Koffie was op om drie uur.", "We ran out of coffee at three."),
    Said("Rustig door het weer.", "Quiet because of the weather."),
    Said("Volgende keer eerder beginnen.", "Start earlier next time."),
    Said("Iedereen hielp met opruimen.", "Everybody helped to clean up."),
    Said("De kleinkinderen kwamen mee.", "The grandchildren came along."),
    Said("Meer stoelen nodig.", "More chairs needed."),
    Said("Er is nagepraat tot sluitingstijd.", "People stayed talking until closing time."),
)
CANCELLED = (
    Said("begeleider ziek", "the leader is ill"),
    Said("te weinig aanmeldingen", "too few people signed up"),
    Said("storm, code oranje", "storm, code orange"),
    Said("de zaal is nodig voor een herdenking", "the room is needed for a memorial"),
)
ELSEWHERE = (Said("de keuken", "the kitchen"), Said("buiten op het plein", "outside on the square"))

WISHES = (
    Wished(Said("Een keer samen naar het strand", "A day at the seaside together"), Theme.MEETING, 1, 2),
    Wished(
        Said("Iemand die me leert boren in een betonnen muur", "Somebody to teach me to drill in concrete"),
        Theme.LEARNING,
        2,
        contact="Els, 06 00000001",
    ),
    Wished(Said("Een ruilkast voor legpuzzels", "A shelf to swap jigsaw puzzles"), Theme.OTHER, 5, 4),
    Wished(
        Said("Kaarten op zondagmiddag, klaverjassen liefst", "Cards on Sunday afternoon, whist if possible"),
        Theme.MEETING,
        9,
        1,
    ),
    Wished(
        Said("Hulp bij de blauwe enveloppen", "Help with letters from the tax office"),
        Theme.HELP,
        16,
        3,
        asked=Asked(
            Said("Mogen vrijwilligers belastingbrieven inzien?", "May volunteers read letters about taxes?"),
            day=-1,
        ),
    ),
    Wished(
        Said("Yoga voor mensen met een stijve rug", "Yoga for people with a stiff back"),
        Theme.MOVING,
        20,
        6,
        State.EXPLORING,
        contact="Gerda, 06 00000002",
    ),
    Wished(
        Said("Een moestuin achter het gebouw", "A vegetable garden behind the building"),
        Theme.OTHER,
        34,
        7,
        State.EXPLORING,
        asked=Asked(
            Said(
                "Van wie is het grasveld, en mag daar een bak staan?",
                "Who owns the lawn? May we use it?",
            ),
            Said(
                "Van de corporatie. Vraag het de wijkbeheerder; bakken mogen, spitten niet.",
                "The housing corporation; ask its caretaker. Raised beds are fine, digging is not.",
            ),
            day=-2,
            read=False,
        ),
    ),
    Wished(
        Said("Een vadergroep met jonge kinderen", "A group for fathers of young children"),
        Theme.MEETING,
        41,
        2,
        State.EXPLORING,
    ),
    Wished(
        Said("Zwemmen met vervoer erbij", "Swimming, with transport"),
        Theme.MOVING,
        75,
        5,
        State.NOT_FEASIBLE,
        Said("het bad is op die uren verhuurd, en er is geen bus", "the pool is let, and there is no bus"),
    ),
    Wished(
        Said("Een huisdierenoppas in de kamer", "A pet sitter in the room"),
        Theme.HELP,
        190,
        0,
        State.NOT_FEASIBLE,
        Said("mag niet van de verhuurder", "the landlord does not allow it"),
    ),
    Wished(
        Said("Elke dag warm eten", "A hot meal every day"),
        Theme.FOOD,
        330,
        8,
        State.NOT_FEASIBLE,
        Said("geen vrijwilligers voor elke dag; wekelijks lukt wel", "too few volunteers; weekly works"),
    ),
    Wished(
        Said("Een biljart", "A billiard table"),
        Theme.OTHER,
        560,
        3,
        State.NOT_FEASIBLE,
        Said("past niet door de deur", "does not fit through the door"),
    ),
)

_KITCHEN = Said("de keuken", "the kitchen")
_HALL = Said("de zaal", "the hall")
_DOOR = Said("verzamelen bij de deur", "meet at the door")

ACTIVITIES = (
    Done(
        Said("Koffieochtend", "Coffee morning"),
        Theme.MEETING,
        (Said("Gewoon koffie en een praatje", "Just coffee and a chat"),),
        101, Day.MONDAY, time(10), 120, 14, leader="Joke", skip_holidays=True,
    ),
    Done(
        Said("Breiclub", "Knitting club"),
        Theme.CREATIVE,
        (
            Said("Samen breien, ik heb nog wol", "Knitting together, I have wool left"),
            Said("Leren haken van iemand die het kan", "Learning to crochet from somebody who can"),
            Said("Een handwerkmiddag", "An afternoon of needlework"),
        ),
        88, Day.TODAY, time(14), 120, 9, leader="Truus", me_too=4, now=-0.5,
        needs=Said("wol, naalden, de lange tafel", "wool, needles, the long table"),
        asked=Asked(
            Said("Is er geld voor wol?", "Is there money for wool?"),
            Said("Ja, uit het bewonersfonds, tot 100 euro.", "Yes, the neighbourhood fund, up to 100 euros."),
        ),
    ),
    Done(
        Said("Wandelgroep", "Walking group"),
        Theme.MOVING,
        (Said("Een ommetje, niet te hard", "A stroll, not too fast"),),
        70, Day.TODAY, time(10), 60, 7, Lead.NEIGHBOUR, "Henk", me_too=3, place=_DOOR, now=-3,
    ),
    Done(
        Said("Samen eten", "Eating together"),
        Theme.FOOD,
        (
            Said("Niet altijd alleen eten", "Not always eating alone"),
            Said("Een keer per week een eetclub", "A dinner club once a week"),
        ),
        52, Day.TODAY, time(17, 30), 120, 12, Lead.TOGETHER, "Fatima", me_too=6, place=_KITCHEN, now=1.5,
        capacity=16, sign_ups=(2, 1, 4, 1),
        needs=Said("boodschappen voor elf uur", "shopping before eleven"),
    ),
    Done(
        Said("Spelletjesmiddag", "Games afternoon"),
        Theme.MEETING,
        (Said("Sjoelen en rummikub", "Shuffleboard and rummikub"),),
        38, Day.YESTERDAY, time(13, 30), 120, 8, Lead.NEIGHBOUR, "Wim",
    ),
    Done(
        Said("Taalcafé", "Language café"),
        Theme.LEARNING,
        (
            Said("Nederlands oefenen zonder boek", "Practising Dutch without a book"),
            Said("Praten met buren in het Nederlands", "Talking to neighbours in Dutch"),
        ),
        64, Day.THURSDAY, time(10, 30), 90, 10, leader="Nadia", me_too=5, place=_HALL,
        asked=Asked(
            Said("Waar vinden we lesmateriaal voor beginners?", "Where do we find material for beginners?"),
            Said("De bibliotheek leent taalkoffers uit, gratis.", "The library lends kits, free."),
        ),
    ),
    Done(
        Said("Repaircafé", "Repair café"),
        Theme.HELP,
        (Said("Mijn strijkijzer laten maken", "Having my iron mended"),),
        98, Day.SATURDAY, time(10), 180, 18, leader="Ravi", repeat=Repeat.MONTHLY, me_too=2, place=_HALL,
        needs=Said("gereedschap, verlengsnoeren", "tools, extension leads"),
    ),
    Done(
        Said("Samen zingen", "Singing together"),
        Theme.CREATIVE,
        (Said("Oude liedjes zingen", "Singing old songs"),),
        44, Day.WEDNESDAY, time(14), 90, 15, Lead.TOGETHER, "Gerda", Repeat.TWO_WEEKLY, me_too=3, place=_HALL,
    ),
    Done(
        Said("Telefoonhulp", "Help with your phone"),
        Theme.HELP,
        (Said("Foto's van mijn telefoon halen", "Getting the photos off my phone"),),
        80, Day.TUESDAY, time(13), 90, 5, leader="Yusuf", repeat=Repeat.TWO_WEEKLY, me_too=4,
    ),
    Done(
        Said("Filmavond", "Film night"),
        Theme.MEETING,
        (Said("Een oude film kijken met zijn allen", "Watching an old film all together"),),
        72, Day.THURSDAY, time(19, 15), 120, 11, Lead.NEIGHBOUR, "Sanne", Repeat.MONTHLY, place=_HALL,
    ),
    Done(
        Said("Mantelzorgkoffie", "Coffee for carers"),
        Theme.HELP,
        (Said("Even praten met wie ook zorgt", "A talk with others who care for somebody"),),
        35, Day.FRIDAY, time(10, 30), 90, 6, Lead.PROFESSIONAL, "Karin", Repeat.MONTHLY,
    ),
    Done(
        Said("Stoelgymnastiek", "Chair gymnastics"),
        Theme.MOVING,
        (Said("Bewegen voor wie slecht loopt", "Exercise for who walks badly"),),
        61, Day.FRIDAY, time(11), 60, 8, Lead.PROFESSIONAL, "Olivier", times=10, me_too=2, place=_HALL,
    ),
    Done(
        Said("Schilderen", "Painting"),
        Theme.CREATIVE,
        (Said("Leren schilderen met waterverf", "Learning to paint in watercolours"),),
        84, Day.WEDNESDAY, time(13, 30), 120, 6, Lead.NEIGHBOUR, "Els", times=8, capacity=8,
    ),
    Done(
        Said("Plantjes ruilen", "Swapping plants"),
        Theme.OTHER,
        (Said("Stekjes delen in het voorjaar", "Sharing cuttings in spring"),),
        33, Day.SATURDAY, time(11), 120, 24, Lead.NEIGHBOUR, "Ahmed", Repeat.ONCE, place=_DOOR,
    ),
    Done(
        Said("Burenbarbecue", "Neighbours' barbecue"),
        Theme.FOOD,
        (Said("Een barbecue op het plein", "A barbecue on the square"),),
        21, Day.SATURDAY, time(15), 180, 46, Lead.TOGETHER, "Fatima", Repeat.ONCE, me_too=9,
        place=Said("het plein", "the square"),
        asked=Asked(
            Said("Is er een vergunning nodig?", "Do we need a permit?"),
            Said("Tot 50 mensen niet; meld het wel.", "Not up to 50 people; do report it."),
        ),
    ),
    Done(
        Said("Kledingruil", "Clothes swap"),
        Theme.OTHER,
        (Said("Kinderkleren doorgeven", "Passing on children's clothes"),),
        9, Day.SUNDAY, time(13), 180, 31, leader="Sanne", repeat=Repeat.ONCE, place=_HALL,
    ),
    Done(
        Said("Schaakclub", "Chess club"),
        Theme.MEETING,
        (Said("Schaken met een klok", "Chess with a clock"),),
        19, Day.THURSDAY, time(19), 120, 3, Lead.NEIGHBOUR, "Wim",
        stops=Said("er kwamen er steeds maar twee", "only two ever came"),
    ),
    Done(
        Said("Leeskring", "Reading circle"),
        Theme.LEARNING,
        (Said("Een boek lezen en bespreken", "Reading a book and talking about it"),),
        50, Day.TUESDAY, time(19, 30), 90, 6, Lead.UNKNOWN, repeat=Repeat.MONTHLY,
        stops=Said("de begeleider is verhuisd", "who led it has moved away"),
    ),
    Done(
        Said("Fietsles", "Learning to cycle"),
        Theme.MOVING,
        (
            Said("Leren fietsen, dertig jaar niet gedaan", "Learning to cycle, I have not for thirty years"),
            Said("Samen oefenen op een rustig plein", "Practising together on a quiet square"),
        ),
        -1, Day.WEDNESDAY, time(10), 60, 5, leader="Bram", times=8, me_too=2, capacity=6, place=_DOOR,
        sign_ups=(2, 1, 3, 2), needs=Said("zes fietsen", "six bicycles"),
    ),
    Done(
        Said("Kookworkshop", "Cooking workshop"),
        Theme.FOOD,
        (Said("Leren koken uit andere keukens", "Learning dishes from other kitchens"),),
        -1, Day.FRIDAY, time(14), 120, 8, Lead.NEIGHBOUR, "Ravi", Repeat.ONCE, me_too=3, capacity=10,
        place=_KITCHEN, sign_ups=(1, 2),
    ),
    Done(
        Said("Lampionnen maken", "Making lanterns"),
        Theme.CREATIVE,
        (Said("Knutselen met de kinderen", "Crafts with the children"),),
        -1, Day.SATURDAY, time(10, 30), 90, 10, Lead.TOGETHER, "Nadia", Repeat.ONCE,
    ),
)  # fmt: skip
"""What the room has done in two years, what goes on, and what is planned."""
