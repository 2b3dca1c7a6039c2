"""Stories at the shift log (F4): a host writes what happened, the next one reads it and deals with it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from db import connection, log, logbook
from db.logbook import Filter, Reader
from db.room import Room
from db.states import FollowUp, NoteKind
from hostdesk.screens import log_words
from tests.clocks import FakeClock, at
from tests.desks import Desk, desk

Story = Callable[[Desk], Awaitable[None]]


def tell(
    file: Path, story: Story, *, keys: tuple[str, ...] = ("f4",), size: tuple[int, int] = (80, 24)
) -> None:
    """Somebody opens the log of this room."""

    async def live() -> None:
        async with desk(file, size=size) as here:
            await here.burst(*keys)
            await story(here)

    asyncio.run(live())


@pytest.fixture
def written(room_file: Path) -> list[int]:
    """The coffee machine leaks, the keys hang elsewhere, and somebody was happy: their numbers."""
    connection.open(room_file)
    made = [
        log.write("Koffiezetter lekt", kind=NoteKind.BROKEN, by="Anja"),
        log.write("De sleutels hangen in de keuken", kind=NoteKind.HANDOVER, by="Anja"),
        log.write("Een bezoeker zong mee met het koor", kind=NoteKind.HAPPY, by="Ben"),
    ]
    connection.close()
    return made


async def entries(here: Desk, **which: object) -> list[logbook.Entry]:
    """The entries, newest first, as a coordinator may read them."""
    reader, found = Reader("Carla", coordinator=True), Filter(**which)  # type: ignore[arg-type]
    return list(await here.database.run(lambda: logbook.entries(reader, found)))


def test_an_empty_log_says_what_to_do(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Er staat nog niets in het logboek.", "Druk op l")

    tell(room_file, story)


def test_a_note_in_five_seconds_from_the_desk(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("In het logboek: bijzonderheden.")
        [entry] = await entries(here)
        assert (entry.text, entry.kind) == ("De klok loopt achter", NoteKind.PARTICULARS)

    tell(room_file, story, keys=("l", *"De klok loopt achter", "enter"))


def test_the_kind_is_one_key(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Geen namen, geen ziekte, geen schulden", "! incident")
        await here.burst("tab", "enter")
        await here.sees("In het logboek: kapot. Het is een open punt")
        [entry] = await entries(here)
        assert (entry.text, entry.kind) == ("koffiezetter lekt", NoteKind.BROKEN)

    tell(room_file, story, keys=("l", *"koffiezetter lekt", "tab"))


def test_what_looks_like_a_person_is_said_softly_and_saved_all_the_same(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Dit lijkt op", "telefoonnummer")
        await here.burst("enter")
        await here.sees("In het logboek")

    tell(room_file, story, keys=("l", *"Bel 06-12345678"))


def test_a_note_half_typed_is_still_there_after_esc(room_file: Path) -> None:
    async def story(here: Desk) -> None:
        await here.sees("De verwarming")
        await here.burst("escape")
        await here.sees("bezoeken vandaag")
        await here.burst("l", *" tikt", "enter")
        await here.sees("In het logboek")
        assert [entry.text for entry in await entries(here)] == ["De verwarming tikt"]

    tell(room_file, story, keys=("l", *"De verwarming"))


def test_newest_first_with_what_is_open(room_file: Path, written: list[int]) -> None:
    async def story(here: Desk) -> None:
        await here.sees("1 open punt", "ma 23 nov 2026", "* geluksmoment", "→ overdracht", "× kapot")
        await here.sees("nieuw", "Een bezoeker zong mee")

    tell(room_file, story)


def test_an_open_point_is_dealt_with_in_a_line(room_file: Path, written: list[int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("enter")
        await here.sees("Dat is geen open punt.")
        await here.burst("end", "enter", *"Nieuwe slang", "enter")
        await here.sees("Afgehandeld.", "afgehandeld ma 23-11 14:07: Nieuwe slang")
        [done] = await entries(here, follow_up=FollowUp.DONE)
        assert done.id == written[0]

    tell(room_file, story)


def test_what_was_dealt_with_is_found_and_opened_again(room_file: Path, written: list[int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("end", "enter", *"Nieuwe slang", "enter")
        await here.sees("Afgehandeld.")
        await here.burst("o", "o")
        await here.sees("Koffiezetter lekt")
        await here.until(lambda: "Een bezoeker zong mee" not in here.screen)
        await here.burst("enter")
        await here.sees("Dat is afgehandeld; r opent het weer.")
        await here.burst("r")
        await here.sees("Het is weer een open punt.")
        await here.burst("o")
        await here.sees("Een bezoeker zong mee")
        assert [entry.id for entry in await entries(here, follow_up=FollowUp.OPEN)] == [written[0]]

    tell(room_file, story)


def test_the_last_day_of_a_notice_is_whole_on_a_small_screen(room_file: Path) -> None:
    """Also while it is new; the year stands with the day above, and with the last day where that differs."""
    connection.open(room_file)
    for day in (date(2026, 12, 23), date(2027, 1, 13)):
        log.write("De schilder komt", kind=NoteKind.NOTICE, by="Els", expires_on=day)
    connection.close()

    async def story(here: Desk) -> None:
        await here.sees("nieuw · tot en met wo 13 jan 2027", "nieuw · tot en met wo 23 dec  De")
        await here.burst("down")
        await here.sees("→ 14:07 i mededeling · nieuw · tot en met wo 23 dec ", "Els")

    tell(room_file, story, size=(64, 20))


@pytest.mark.parametrize("size", [(80, 24), (64, 20)])
def test_the_bar_has_the_keys_that_do_something_with_this_entry(
    room_file: Path, clock: FakeClock, size: tuple[int, int]
) -> None:
    connection.open(room_file)
    log.write("De schilder komt", kind=NoteKind.NOTICE)
    clock.go_on(days=2)
    log.deal_with(log.write("Lamp stuk", kind=NoteKind.BROKEN), "nieuwe")
    log.write("Suiker is op", kind=NoteKind.SHORTAGE)
    connection.close()
    of_an_entry = {
        "enter": ("Enter afgehandeld", "Dat is een mededeling; v verandert"),
        "r": ("r weer open", "Dat was niet afgehandeld."),
        "v": ("v laatste dag", "Dat is geen mededeling."),
        "e": ("e verbeteren", ""),
        "m": ("m ander moment", "Dat is langer dan een dag geleden"),
    }

    async def story(here: Desk) -> None:
        for text, does in (("Suiker is op", "enter e m"), ("Lamp stuk", "r e m"), ("De schilder", "v e")):
            await here.until(lambda text=text: text in here.screen.partition("→")[2].splitlines()[1])
            bar = "\n".join(here.screen.splitlines()[-2:])
            assert {key for key, (face, _) in of_an_entry.items() if face in bar} == set(does.split()), bar
            assert all(key in bar for key in ("5 gelezen", "/ zoeken", "k soort", "Esc terug"))
            if "v" not in does:
                await here.burst("v")
                await here.sees(of_an_entry["v"][1])
            await here.burst("down")
        for key in ("enter", "r", "m"):
            await here.burst(key)
            await here.sees(of_an_entry[key][1])
        await here.burst("v")
        await here.sees("Laatste dag")

    tell(room_file, story, size=size)


def test_what_was_just_written_happened_earlier(room_file: Path, written: list[int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("end", "m")
        await here.sees("Wanneer gebeurd", "14:07")
        await here.burst(*["backspace"] * 5, *"23:00", "enter")
        await here.sees("Dat moet nog komen")
        await here.burst(*["backspace"] * 5, *"gisteren 11,30", "enter")
        await here.sees("Bewaard.", "zo 22 nov 2026", "· verbeterd")
        await here.sees("ander moment ma 23-11 14:07: eerst: ma 23-11 14:07 · ")
        entry = (await entries(here))[-1]
        assert (entry.id, entry.day, entry.happened_at) == (
            written[0],
            date(2026, 11, 22),
            at("2026-11-22 11:30"),
        )
        assert entry.written_at == at("2026-11-23 14:07")

    tell(room_file, story)


def test_a_notice_is_shown_longer_or_taken_away(room_file: Path) -> None:
    connection.open(room_file)
    log.write("Dinsdag komt de schilder", kind=NoteKind.NOTICE)
    connection.close()

    async def story(here: Desk) -> None:
        await here.sees("Dinsdag komt de schilder")
        await here.burst("enter")
        await here.sees("v verandert")
        await here.burst("v")
        await here.sees("Laatste dag", "07-12-2026")
        await here.burst(*["backspace"] * 10, *"24-12", "enter")
        await here.sees("Bewaard")
        assert [entry.expires_on for entry in await entries(here)] == [date(2026, 12, 24)]
        await here.sees("· verbeterd", "andere laatste dag ma 23-11 14:07: eerst: ma 7 dec 2026 · ")
        await here.burst("v", *["backspace"] * 10, "enter")
        await here.sees("Bewaard")
        assert await here.database.run(logbook.notices) == ()

    tell(room_file, story)


@pytest.mark.parametrize("leaves", ["escape", "f2"])
def test_how_it_was_dealt_with_and_better_words_are_kept_half_typed(
    room_file: Path, written: list[int], leaves: str
) -> None:
    async def story(here: Desk) -> None:
        for opens, typed in (("enter", "Nieuwe sl"), ("e", " erg")):
            await here.burst("f4", "end", opens, *typed, leaves)
            await here.until(lambda: not here.app.screen.is_modal)
        await here.burst("f4", "end", "e")
        await here.sees("Half getypt · ", "Koffiezetter lekt erg")
        await here.burst("enter")
        await here.sees("eerst: Koffiezetter lekt · ")
        await here.burst("enter")
        await here.sees("Half getypt · ", "Nieuwe sl")
        await here.burst(*"ang", "enter")
        await here.sees("Afgehandeld.", "14:07: Nieuwe slang")
        assert not list(room_file.parent.glob(".*.draft"))

    tell(room_file, story)


def test_an_amendment_shows_and_the_former_text_is_kept(room_file: Path, written: list[int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("end", "e", *" erg", "enter")
        await here.sees("Koffiezetter lekt erg", "verbeterd ma 23-11 14:07: eerst: Koffiezetter lekt · ")
        await here.burst("e", *" nu", "enter")
        await here.sees(
            "Koffiezetter lekt erg nu", "eerst: Koffiezetter lekt · ", "eerst: Koffiezetter lekt erg · "
        )

    tell(room_file, story)


def test_what_must_be_known_is_read_with_one_key(
    room_file: Path, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSTDESK_BY", "Dirk")

    async def story(here: Desk) -> None:
        await here.sees("aantekening te lezen")
        await here.burst("g")
        await here.sees("Dirk heeft het gelezen")
        await here.burst("end")
        await here.sees("gelezen door Dirk")

    tell(room_file, story)


def test_what_does_not_stand_on_the_screen_is_not_read_either(
    room_file: Path, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSTDESK_BY", "Dirk")

    async def story(here: Desk) -> None:
        await here.sees("aantekening te lezen")
        await here.burst("/", *"sleutel", "enter")
        await here.until(lambda: "Koffiezetter" not in here.screen)
        await here.burst("g")
        await here.sees("gelezen door Dirk")
        everything = await here.database.run(lambda: logbook.entries(Reader("Dirk")))
        read = [one.text for one in everything if one.read_by]
        assert read and all("sleutel" in (text or "") for text in read)

    tell(room_file, story)


def test_a_long_entry_is_read_to_its_end(room_file: Path) -> None:
    connection.open(room_file)
    log.write("eerst")
    log.write(" ".join(f"woord{n}" for n in range(115)))
    connection.close()

    async def story(here: Desk) -> None:
        await here.sees("woord0 ", "↓ lees verder")
        assert "woord114" not in here.screen
        await here.burst("2")
        await here.sees("woord114")
        assert "lees verder" not in here.screen
        await here.burst("8")
        await here.sees("woord0 ", "↓ lees verder")
        await here.burst("2", "2")
        await here.sees("eerst")
        await here.until(lambda: "woord114" not in here.screen)

    tell(room_file, story, size=(64, 20))


def test_words_are_found_as_somebody_types_and_marked(room_file: Path, written: list[int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("/", *"sleutel")
        await here.sees("Zoek: sleutel", "1 aantekening ", "De sleutels hangen in de keuken")
        await here.until(lambda: "Koffiezetter" not in here.screen)
        await here.burst("+", "enter", "escape")
        await here.sees("Koffiezetter lekt")
        assert (await here.today()).visits == 0, "a + that is typed is looked for"

    tell(room_file, story)


@pytest.mark.parametrize("width", [80, 30])
def test_hits_are_marked_in_the_entry_that_is_shown_whole_too(room: Room, width: int) -> None:
    for text in (
        "de sleutel hangt in de keuken",
        "de reservesleutel ligt bij de buren, en de kast heeft er een",
    ):
        log.write(text)
    found = logbook.entries(Reader(), Filter(words="sleutel"))
    for chosen in (0, 1):
        page = log_words.page(room, found, frozenset(), chosen, width, {})
        marked = [span.text for _, line in page for span in line if span.look == "alarm"]
        assert ("reservesleutel", "sleutel")[chosen] in marked


def test_only_open_points_and_only_one_kind(room_file: Path, written: list[int]) -> None:
    async def story(here: Desk) -> None:
        await here.burst("o")
        await here.until(lambda: "geluksmoment" not in here.screen and "Koffiezetter" in here.screen)
        await here.burst("escape", "k", "k")
        await here.sees("incident · 0 aantekeningen", "Er is niets gevonden")
        await here.burst("escape", "escape")
        await here.sees("bezoeken vandaag")

    tell(room_file, story)


def test_only_what_one_person_wrote(room_file: Path, written: list[int]) -> None:
    async def story(here: Desk) -> None:
        await here.sees("Koffiezetter lekt")
        await here.burst("p")
        await here.sees("door Anja", "2 aantekeningen")
        await here.burst("p")
        await here.sees("door Ben", "1 aantekening", "Een bezoeker zong mee")
        assert "Koffiezetter" not in here.screen
        await here.burst("p")
        await here.sees("Koffiezetter lekt", "Een bezoeker zong mee")
        assert "door Ben" not in here.screen

    tell(room_file, story)


def test_only_the_last_week_and_then_longer(room_file: Path, written: list[int], clock: FakeClock) -> None:
    clock.go_on_until(at("2026-12-02 10:00"))

    async def story(here: Desk) -> None:
        await here.sees("Koffiezetter lekt")
        await here.burst("t")
        await here.sees("sinds do 26 nov 2026", "0 aantekeningen")
        await here.burst("t")
        await here.sees("sinds ma 2 nov 2026", "3 aantekeningen", "Koffiezetter lekt")
        await here.burst("escape")
        await here.until(lambda: "sinds" not in here.screen)
        await here.burst("t")
        await here.sees("sinds do 26 nov 2026")

    tell(room_file, story)


def test_somebody_elses_note_is_seen_at_once(room_file: Path, written: list[int]) -> None:
    async def story(here: Desk) -> None:
        def elsewhere() -> None:
            connection.open(room_file)
            log.write("Het brood is op", kind=NoteKind.SHORTAGE, by="Ben")
            connection.close()

        await asyncio.to_thread(elsewhere)
        await here.sees("Het brood is op", "2 open punten")

    tell(room_file, story)


def test_more_is_read_as_somebody_goes_down(room_file: Path) -> None:
    connection.open(room_file)
    for n in range(logbook.PAGE + 20):
        log.write(f"Aantekening nummer {n}")
    connection.close()

    async def story(here: Desk) -> None:
        await here.sees(f"Aantekening nummer {logbook.PAGE + 19}")
        await here.burst("end", "down")
        await here.until(lambda: len(here.app.screen._seen.entries) == logbook.PAGE + 20)
        await here.burst("end")
        await here.sees("Aantekening nummer 0")

    tell(room_file, story)


def test_markup_and_long_text_are_inert(room_file: Path) -> None:
    connection.open(room_file)
    log.write("[/] [red]x[/red] " + "lang " * 150)
    connection.close()

    async def story(here: Desk) -> None:
        await here.sees("[/] [red]x[/red]", "Esc terug")

    tell(room_file, story, size=(64, 20))
