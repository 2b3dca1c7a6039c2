"""What each role may see and change, below the screen: every table, and every public function of `db`."""

import enum
import importlib
import inspect
import json
import pkgutil
import types
import typing
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import apsw
import pytest
from peewee import DatabaseError

import db
from db import advice, connection, costs, earlier, log, logbook, people, roles, wishes
from db import room as rooms
from db.logbook import Reader
from db.roles import NotYourRole
from db.states import Kind, PersonKind
from hostdesk import commands, elsewhere, words
from hostdesk.commands import NAMES
from tests.clocks import FakeClock, at
from tests.commands.test_door import Run, run

__all__ = ["run"]

AT_THE_MACHINE = {name for name in NAMES if commands.load(name).at_the_machine}

SECRETS = (
    *("Mevrouw Jansen", "De lamp is kapot", "Ik wil leren breien", "Hoe pakken we dit aan", "Nadia"),
    *("Salaris Truus", "afspraak met Truus", "uitvaart Truus", "ziekte Truus"),
)
RESTRICTED = [role for role in PersonKind if role is not PersonKind.COORDINATOR]

OF_THE_FILE = {
    *("aside", "backup", "check", "connection", "copies", "demo", "doctor", "earlier", "files", "machine"),
    *("past", "restore", "roles", "sealed", "todays_backup", "upkeep"),
}
"""What works on the room's file itself or on other files; its commands are for a coordinator alone."""

ALONE = {"clock.use", "room.create", "privacy.purge"}
"""Another clock, another file, and what writes the file anew: nothing that a trial can take back."""


LEADS_OUT = (
    "ATTACH 'x' AS x",
    "DROP TABLE door",
    "CREATE TABLE x (y)",
    "CREATE TEMP TABLE x (y)",
    "CREATE TEMP TRIGGER x AFTER INSERT ON door BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE temp.x USING fts5(y)",
    "ALTER TABLE door ADD z",
    "VACUUM",
    "VACUUM INTO 'x'",
    "REINDEX",
    "ANALYZE",
    "DETACH main",
    "SELECT load_extension('x')",
    "SELECT * FROM pragma_table_info('contact')",
    "PRAGMA writable_schema = 1",
    "PRAGMA writable_schema",
    "PRAGMA query_only = 0",
    "PRAGMA trusted_schema = 1",
    "PRAGMA synchronous = 0",
    "PRAGMA secure_delete = 0",
    "PRAGMA journal_mode = delete",
    "PRAGMA data_store_directory = 'x'",
    "PRAGMA temp_store_directory = 'x'",
    "PRAGMA user_version = 99",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA table_info(contact)",
)
"""Beyond the room's tables, or another room than it was."""


@pytest.fixture
def full(room_file: Path, clock: FakeClock) -> Path:
    """A room with something to hide in every corner; nobody has it open."""
    connection.open(room_file)
    people.add("Nadia", kind=PersonKind.HOST)
    wish = wishes.voice("Ik wil leren breien", by="Nadia", contact="Mevrouw Jansen 06 5550123")
    advice.ask("Hoe pakken we dit aan", about=Kind.WISH, number=wish, by="Nadia")
    log.write("De lamp is kapot", by="Nadia")
    costs.add(2026, "Huur", "3000")
    costs.add_work(2026, "Salaris Truus", "120", "25")
    costs.choose_rate(2026, "20", "afspraak met Truus")
    earlier.take_in(Path("tellijst van Truus.csv"), [earlier.Tally(2, date(2026, 10, 5), None, 5)])
    rooms.close_day(date(2026, 12, 24), "uitvaart Truus")
    rooms.open_otherwise(date(2026, 12, 23), [rooms.Hours(3, "10:00", "12:00")], "ziekte Truus")
    connection.close()
    return room_file


@pytest.fixture
def acting(full: Path) -> Iterator[Callable[[PersonKind | None], None]]:
    """Open the room as somebody."""

    def act(role: PersonKind | None) -> None:
        connection.close()
        roles.act_as(role)
        connection.open(full)

    yield act
    connection.close()
    roles.act_as(None)


def tables() -> list[str]:
    """Every table of the room, those left out that SQLite and its words keep for themselves."""
    found = connection.database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    names = [name for (name,) in found]
    words_of = [name for name in names if f"{name}_config" in names]
    parts = {f"{name}{part}" for name in words_of for part in roles._SHADOWS}
    return [
        name for name in names if name not in parts and not name.startswith(("sqlite_", "schema_migration"))
    ]


def test_every_table_is_declared(acting: Callable[[PersonKind | None], None]) -> None:
    acting(None)
    assert sorted(tables()) == sorted(roles._ROOM)
    for hidden in set().union(*roles.HIDDEN.values()):
        table, column = hidden.split(".")
        assert column in {row[1] for row in connection.database.execute_sql(f"PRAGMA table_info({table})")}


@pytest.mark.parametrize("role", RESTRICTED)
def test_every_table_is_opened_and_shut_as_declared(
    acting: Callable[[PersonKind | None], None], role: PersonKind
) -> None:
    acting(None)
    every = tables()
    acting(role)
    assert connection.database.connection().readonly("main") == (role is PersonKind.PARTNER)
    for table in every:
        assert _goes(f"SELECT * FROM {table}") == (table in roles.READS[role]), table
        both = table in roles.READS[role] & roles.WRITES[role]
        assert _goes(f"DELETE FROM {table} WHERE 0") == both, table
    for leads_out in LEADS_OUT:
        with pytest.raises(DatabaseError, match=r"authoriz|prohibited"):
            connection.database.execute_sql(leads_out)
    connection.join()  # what hostdesk itself reads back is answered
    assert connection.changes_elsewhere() > 0


def test_a_partner_finds_nothing_that_was_typed_in_any_table(
    acting: Callable[[PersonKind | None], None],
) -> None:
    def read() -> str:
        found = [connection.database.execute_sql(f"SELECT * FROM {table}").fetchall() for table in may]
        return repr(found)

    acting(None)
    may = roles.READS[PersonKind.PARTNER]
    typed = {"Nadia", "De lamp is kapot", "Salaris Truus", "van Truus.csv", "uitvaart Truus", "ziekte Truus"}
    assert {text for text in typed if text in read()} == typed
    acting(PersonKind.PARTNER)
    assert not [text for text in typed if text in read()]


@pytest.mark.parametrize("role", [PersonKind.HOST, PersonKind.VOLUNTEER, PersonKind.PROFESSIONAL])
def test_one_asks_and_reads_and_the_other_answers(
    acting: Callable[[PersonKind | None], None], role: PersonKind
) -> None:
    acting(PersonKind.COORDINATOR)
    answered = advice.ask("Wie betaalt dat?")
    advice.answer(answered, "Wij.")
    acting(role)
    answers = role is PersonKind.PROFESSIONAL
    for may, does in (
        (not answers, lambda: advice.ask("Mag dat?")),
        (answers, lambda: advice.answer(1, "Begin klein.")),
        (not answers, lambda: advice.mark_read(answered)),
    ):
        before = advice.everything()
        with nullcontext() if may else pytest.raises(NotYourRole):
            does()
        assert (advice.everything() != before) == may


def test_who_answers_a_question_about_the_log_sees_the_question_alone(
    acting: Callable[[PersonKind | None], None],
) -> None:
    acting(PersonKind.COORDINATOR)
    asked = advice.ask("Wie maakt een lamp?", entry=1)
    acting(PersonKind.PROFESSIONAL)
    found = advice.everything()[0]
    assert (found.id, found.question, found.entry) == (asked, "Wie maakt een lamp?", None)


def _texts() -> list[Any]:
    return [text for (text,) in connection.database.execute_sql("SELECT text FROM log_entry").fetchall()]


def test_what_the_machine_read_is_asked_for_anew(acting: Callable[[PersonKind | None], None]) -> None:
    """The same statement, before, during and after: its answer is not kept from the one to the other."""
    acting(PersonKind.PARTNER)
    assert _texts() == [None]
    with roles.by_the_machine():
        assert _texts() == ["De lamp is kapot"]
    assert _texts() == [None]


def test_what_the_machine_does_opens_nothing_in_another_thread(
    acting: Callable[[PersonKind | None], None],
) -> None:
    acting(PersonKind.PARTNER)
    seen: list[Any] = []

    def beside() -> None:
        connection.join()
        seen.extend(_texts())
        connection.close()

    with roles.by_the_machine():
        screen = Thread(target=beside)
        screen.start()
        screen.join()
    assert seen == [None]


def test_on_a_card_that_takes_no_writing_a_role_is_the_same(full: Path) -> None:
    roles.act_as(PersonKind.PARTNER)
    try:
        connection.open_to_read(full)
        assert _texts() == [None]
        assert not _goes("SELECT * FROM contact")
    finally:
        connection.close()
        roles.act_as(None)


@pytest.mark.parametrize("role", RESTRICTED)
def test_words_are_looked_for_inside_others_by_who_may_look_for_words(full: Path, role: PersonKind) -> None:
    """The list of words that a search goes by tells no more than the search."""
    for opened in (connection.open, connection.open_to_read):
        roles.act_as(role)
        try:
            opened(full)
            if roles.may_read("log_words"):
                (entry,) = logbook.entries(logbook.reader(), logbook.Filter(words="lamp"))
                assert entry.text == "De lamp is kapot"
            else:
                with pytest.raises(NotYourRole):
                    logbook.entries(logbook.reader(), logbook.Filter(words="lamp"))
        finally:
            connection.close()
            roles.act_as(None)


def _goes(sql: str) -> bool:
    """Whether the role may; what is refused says why in a sentence."""
    try:
        with connection.saying(connection.path()):
            list(connection.database.execute_sql(sql))
    except NotYourRole:
        return False
    return True


def functions() -> list[tuple[str, Callable[..., Any]]]:
    """Every public function of `db` that works on the room's tables."""
    found = []
    for name in sorted(module.name for module in pkgutil.iter_modules(db.__path__)):
        if name in OF_THE_FILE or name == "migrations":
            continue
        module = importlib.import_module(f"db.{name}")
        found += [
            (f"{name}.{what}", function)
            for what, function in vars(module).items()
            if inspect.isfunction(inspect.unwrap(function))
            and function.__module__ == module.__name__
            and not what.startswith("_")
            and f"{name}.{what}" not in ALONE
        ]
    return found


def something(kind: Any) -> Any:
    """A value that such a parameter takes."""
    if typing.get_origin(kind) in {typing.Union, types.UnionType}:
        kind = typing.get_args(kind)[0]
    if inspect.isclass(kind) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    if kind is rooms.Room:
        return rooms.current()
    plain: dict[Any, Any] = {
        int: 1,
        str: "Breien",
        bool: True,
        date: date(2026, 11, 23),
        datetime: datetime(2026, 11, 24, 10, tzinfo=UTC),
        Reader: Reader("Nadia", coordinator=True),
        Path: Path("/nowhere/at/all"),
    }
    return plain.get(kind)


def call(function: Callable[..., Any]) -> object:
    """What it answers when it is asked something plausible."""
    hints = typing.get_type_hints(function)
    given: dict[str, Any] = {}
    positional: list[Any] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.default is not parameter.empty or parameter.kind is parameter.VAR_KEYWORD:
            continue
        value = something(hints.get(name))
        if parameter.kind is parameter.KEYWORD_ONLY:
            given[name] = value
        else:
            positional.append(value)
    answer = function(*positional, **given)
    if hasattr(answer, "__enter__"):
        with ExitStack() as stack:
            return stack.enter_context(answer)
    return list(answer) if inspect.isgenerator(answer) else answer


def walk() -> tuple[set[str], set[tuple[str, str]], set[str], set[str]]:
    """Call every function, and take back what it did.

    Returns:
        The tables that were changed, the secrets that were told, the functions that were refused, and
        those that answered.
    """
    changed: set[str] = set()
    told: set[tuple[str, str]] = set()
    refused: set[str] = set()
    answered: set[str] = set()
    made: apsw.Connection = connection.database.connection()
    made.set_update_hook(lambda _kind, _database, table, _row: changed.add(table))
    for name, function in functions():
        with connection.database.atomic("DEFERRED") as trial:
            try:
                said = repr(call(function))
                told |= {(name, secret) for secret in SECRETS if secret in said}
            except NotYourRole:
                refused.add(name)
            except DatabaseError as error:  # of a part that is asked inside another one's reading or writing
                if isinstance(getattr(error, "orig", None), apsw.AuthError):
                    refused.add(name)
            except Exception:  # it was asked something that is not there: that proves nothing
                continue
            finally:
                trial.rollback()
            answered.add(name)
        assert connection.database.connection() is made, name
    return changed, told, refused, answered


def test_at_the_desk_every_function_is_open(acting: Callable[[PersonKind | None], None]) -> None:
    """The same walk finds what there is to hide and to change: otherwise it would prove nothing."""
    acting(None)
    changed, told, refused, answered = walk()
    assert len(answered) > len(functions()) / 2
    assert {secret for _, secret in told} == set(SECRETS)
    assert not refused
    assert {"room", "person", "wish", "advice_request", "log_entry", "door", "duty"} <= changed


@pytest.mark.parametrize("role", RESTRICTED)
def test_every_function_keeps_to_the_role(
    acting: Callable[[PersonKind | None], None], role: PersonKind
) -> None:
    acting(role)
    changed, told, refused, _ = walk()
    fills = {column.partition(".")[0] for column in roles.FILLS.get(role, ())}
    assert {roles._itself(table, roles._ROOM) for table in changed} <= roles.WRITES[role] | fills
    assert refused >= {"people.add", "room.choose_theme"}
    if role is PersonKind.PARTNER:
        assert not changed and not told
    if role is PersonKind.PROFESSIONAL:
        board = {"Ik wil leren breien", "Hoe pakken we dit aan", "Nadia"}
        on_the_door = {"uitvaart Truus", "ziekte Truus"}
        assert {secret for _, secret in told} <= board | on_the_door
        assert "log_entry" not in changed and "door" not in changed
    if role in {PersonKind.HOST, PersonKind.VOLUNTEER}:
        assert "wish" in changed and "log_entry" in changed


@pytest.fixture
def visit(run: Run, full: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """What somebody with a role types behind `ssh balie@buurtkamer`."""
    monkeypatch.setenv("HOSTDESK_BY", "")

    def visit(role: PersonKind, line: str | None) -> tuple[int, str, str]:
        run("person", "add", f"Een {role}", "--kind", role.value)
        if line is None:
            monkeypatch.delenv(elsewhere.ASKED, raising=False)
        else:
            monkeypatch.setenv(elsewhere.ASKED, line)
        return run("--as", f"Een {role}", "--db", str(full))

    return visit


WORKS = {
    PersonKind.HOST: ["count 2", "headcount 4", "today", "note Koffie", "board", "log", "roster"],
    PersonKind.VOLUNTEER: [
        "wish Schaken",
        "board",
        "log",
        "note Koffie",
        "move w1 exploring",
        "roster",
        "report",
    ],
    PersonKind.PROFESSIONAL: ["board", "board --json", "advice", "advise 1 'Begin klein.'"],
    PersonKind.PARTNER: ["report", "report --year 2026 --format json", "report --quarter 2026-Q3 --for fund"],
    PersonKind.COORDINATOR: ["person add Truus", "count", "privacy show Nadia", "report"],
}


@pytest.mark.parametrize("role", [PersonKind.HOST, PersonKind.VOLUNTEER])
def test_who_looks_first_on_a_new_day_finds_the_weekly_pattern_planned(
    run: Run, visit: Callable[..., tuple[int, str, str]], clock: FakeClock, role: PersonKind
) -> None:
    """Nobody was at the machine yet, so it planned nothing by itself either."""
    assert run("duty", "weekly", "Nadia", "ma")[0] == 0
    clock.go_on_until(at("2026-11-30 09:20"))
    code, out, err = visit(role, "hostdesk roster --json --from 2027-01-25 --to 2027-01-25")
    assert (code, err) == (0, "")
    assert [duty["person"] for duty in json.loads(out)["shifts"][0]["duties"]] == ["Nadia"]


def test_a_host_is_the_first_to_start_a_shift_on_a_new_day(
    run: Run, visit: Callable[..., tuple[int, str, str]], clock: FakeClock
) -> None:
    assert run("duty", "weekly", "Nadia", "ma")[0] == 0
    clock.go_on_until(at("2026-11-30 10:05"))
    code, out, err = visit(PersonKind.HOST, "hostdesk shift start")
    assert (code, err) == (0, "")
    assert "Nadia" in out


CORRECTIONS = ("correct day gisteren", "correct take-back 1 --why x", "correct add gisteren 12 3 --why x")
REFUSED = {
    PersonKind.HOST: [
        *CORRECTIONS,
        "person add Truus",
        "privacy erase Nadia",
        "backup -",
        "costs",
        "room --name X",
        "advise 1 X",
    ],
    PersonKind.VOLUNTEER: [
        *CORRECTIONS,
        "count",
        "shift start",
        "person list",
        "backup -",
        "import -",
        "privacy purge",
        "advise 1 X",
    ],
    PersonKind.PROFESSIONAL: [
        *CORRECTIONS,
        "today",
        "log",
        "count",
        "note X",
        "ask X",
        "ask -- -h",
        "ask X --wish 1 -- --help",
        "report",
        "backup -",
        "roster",
        "person list",
    ],
    PersonKind.PARTNER: [
        *CORRECTIONS,
        "log",
        "board",
        "advice",
        "today",
        "count",
        "backup -",
        "export -",
        "person list",
        "report --moments 2",
        "report --words X",
    ],
}


@pytest.mark.parametrize(("role", "line"), [(role, line) for role in WORKS for line in WORKS[role]])
def test_what_a_role_does_from_elsewhere(
    visit: Callable[..., tuple[int, str, str]], role: PersonKind, line: str
) -> None:
    code, out, err = visit(role, f"hostdesk {line}")
    assert (code, err) == (0, "")
    if role is PersonKind.PARTNER:
        assert not [secret for secret in SECRETS if secret in out]


@pytest.mark.parametrize(("role", "line"), [(role, line) for role in REFUSED for line in REFUSED[role]])
def test_what_a_role_does_not(
    visit: Callable[..., tuple[int, str, str]], role: PersonKind, line: str
) -> None:
    code, out, err = visit(role, f"hostdesk {line}")
    assert (code, out, err.count("\n")) == (1, "", 1)
    words.choose("nl")
    assert words.gettext(roles._SENTENCES[role]) in err


@pytest.mark.parametrize("role", list(PersonKind))
def test_the_help_shows_a_visitor_what_they_may(
    visit: Callable[..., tuple[int, str, str]], role: PersonKind
) -> None:
    for line in ("hostdesk --help", "-h"):
        code, out, err = visit(role, line)
        assert (code, err) == (0, "")
        shown = {name for name in NAMES if f"\n    {name} " in out or f"\n    {name}\n" in out}
        assert shown == elsewhere.COMMANDS.get(role, set(NAMES) - AT_THE_MACHINE)


def test_a_visitor_is_told_no_file_of_the_machine(visit: Callable[..., tuple[int, str, str]]) -> None:
    for role, line in ((PersonKind.PARTNER, "log"), (PersonKind.COORDINATOR, "doctor")):
        code, out, err = visit(role, f"hostdesk {line}")
        assert code == 1
        assert "hostdesk" in err + out and "--db" not in err + out


def test_a_partner_has_no_desk_but_the_figures(visit: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = visit(PersonKind.PARTNER, None)
    assert (code, err) == (0, "")
    assert "De Huiskamer" in out


@pytest.mark.parametrize(
    "asked",
    [
        "--for room --month 2026-10",
        "--month 2026-11",
        "--quarter 2026-Q4 --format json",
        "--year 2027",
        "--week 2026-W40",
        "--from 2026-10-03 --to 2026-10-03",
        "--from 2026-10-01",
    ],
)
def test_a_partner_asks_for_nothing_that_gives_a_day_away(
    visit: Callable[..., tuple[int, str, str]], asked: str
) -> None:
    """Of two reports of a period that goes on, or that cuts through a month, the rest is a day."""
    code, out, err = visit(PersonKind.PARTNER, f"hostdesk report {asked}")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "partner" in err


@pytest.mark.parametrize("form", ["text", "md", "html", "json", "csv"])
def test_a_partner_reads_what_a_year_costs_and_not_for_what(
    run: Run, visit: Callable[..., tuple[int, str, str]], form: str
) -> None:
    """Whom the coordinator gives a report, reads where the amounts come from."""
    typed = {"Salaris Truus", "afspraak met Truus", "Huur"}
    given = run("report", "--year", "2026", "--for", "fund", "--format", form)[1]
    assert {text for text in typed if text in given} == typed
    code, out, err = visit(PersonKind.PARTNER, f"report --year 2026 --format {form}")
    assert (code, err) == (0, "")
    assert not [text for text in (*typed, "Truus") if text in out]
    assert "6000" in out.replace(".000,00", "000"), "3000 for rent, and 120 hours at 25"
    if form != "json":
        assert "alle kosten samen" in out


def test_a_partner_reads_small_numbers_as_small(
    run: Run, visit: Callable[..., tuple[int, str, str]], clock: FakeClock
) -> None:
    for day, n in ((24, "12"), (25, "3"), (26, "40")):
        clock.go_on_until(at(f"2026-11-{day} 12:00"))
        run("count", n)
    clock.go_on_until(at("2026-12-02 12:00"))
    own = run("report", "--month", "2026-11", "--json")[1]
    assert [day["visits"] for day in json.loads(own)["days"] if day["visits"]] == [12, 3, 40]
    seen = json.loads(visit(PersonKind.PARTNER, "report --json")[1])
    assert (seen["from_day"], seen["figures"]["visits"]["value"]) == ("2026-11-01", 55), "the last month"
    assert [day["visits"] for day in seen["days"] if day["visits"]] == [12]


def test_a_partner_reads_a_year_that_goes_on_by_its_whole_months(
    run: Run, visit: Callable[..., tuple[int, str, str]], clock: FakeClock
) -> None:
    clock.go_on_until(at("2026-11-26 12:00"))
    run("count", "40")
    clock.go_on_until(at("2026-12-30 12:00"))
    before = visit(PersonKind.PARTNER, "report --year 2026 --json")[1]
    run("count", "3")
    clock.go_on_until(at("2026-12-31 12:00"))
    after = visit(PersonKind.PARTNER, "report --year 2026 --json")[1]
    seen = json.loads(after)
    tallied_in_october = 5
    visits = tallied_in_october + 40
    assert (seen["figures"]["visits"]["value"], seen["gaps"]["ends_early"]) == (visits, "2026-11-30")
    assert json.loads(before)["figures"] == seen["figures"]
    assert json.loads(before)["days"] == seen["days"]


def test_who_stopped_comes_in_no_more(
    run: Run, full: Path, visit: Callable[..., tuple[int, str, str]]
) -> None:
    assert visit(PersonKind.COORDINATOR, "today")[0] == 0
    run("person", "end", "Een coordinator")
    code, out, err = run("--as", "Een coordinator", "--db", str(full))
    assert (code, out, err.count("\n")) == (1, "", 1)
