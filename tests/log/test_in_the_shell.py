"""`hostdesk note` and `hostdesk log`."""

import shlex

import pytest

from db import connection, log
from db.shift_models import LogEntry
from tests.board_commands.stories import Run, done, facts
from tests.clocks import FakeClock, at


@pytest.fixture(autouse=True)
def _nadia(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTDESK_BY", "Nadia")


def test_a_note_for_other_programs(run: Run, clock: FakeClock) -> None:
    done(run, "note", "koffiezetter", "lekt", "--kind", "broken")
    clock.go_on(minutes=3)
    done(run, "note", "sleutel kwijt", "--happened", "13:30")
    assert facts(run, "log") == [
        {
            "id": 1,
            "written_at": "2026-11-23T14:07:00+01:00",
            "happened_at": "2026-11-23T14:07:00+01:00",
            "day": "2026-11-23",
            "kind": "broken",
            "text": "koffiezetter lekt",
            "by": "Nadia",
            "follow_up": "open",
            "read_by": [],
            "amended": False,
            "dealt_with": None,
            "expires_on": None,
            "missing": None,
            "hits": [],
        },
        {
            "id": 2,
            "written_at": "2026-11-23T14:10:00+01:00",
            "happened_at": "2026-11-23T13:30:00+01:00",
            "day": "2026-11-23",
            "kind": "particulars",
            "text": "sleutel kwijt",
            "by": "Nadia",
            "follow_up": None,
            "read_by": [],
            "amended": False,
            "dealt_with": None,
            "expires_on": None,
            "missing": None,
            "hits": [],
        },
    ]


@pytest.mark.parametrize(
    ("happened", "at_"),
    [
        ("gisteren 14:00", "2026-11-22T14:00:00+01:00"),
        ("za 11", "2026-11-21T11:00:00+01:00"),
        ("24-12 9.15", "2025-12-24T09:15:00+01:00"),
        ("2026-11-20T10:30", "2026-11-20T10:30:00+01:00"),
        ("0:05", "2026-11-23T00:05:00+01:00"),
    ],
)
def test_when_it_happened(run: Run, happened: str, at_: str) -> None:
    done(run, "note", "iets", "--happened", happened)
    assert facts(run, "log")[0]["happened_at"] == at_


def test_reading_it_back(run: Run, clock: FakeClock) -> None:
    done(run, "note", "gezellige dag", "--kind", "geluksmoment", "--happened", "vr 15")
    done(run, "note", "lamp stuk", "--kind", "kapot")
    done(run, "log", "--deal-with", "2", "nieuwe", "lamp")
    done(run, "log", "--amend", "1", "gezellige middag")
    done(run, "log", "--read", "1", "2")

    assert done(run, "log") == (
        "ma 23 nov 2026 · dienst tot 16:30\n"
        "  2 · 14:07 · kapot · lamp stuk · Nadia · gelezen door Nadia\n"
        "    afgehandeld: nieuwe lamp · Nadia\n"
        "vr 20 nov 2026 · dienst tot 16:30\n"
        "  1 · 15:00 · geluksmoment · gezellige middag · verbeterd door Nadia · Nadia · gelezen door Nadia\n"
    )
    _, now, before = done(run, "log", "--former", "1").splitlines()
    assert now.endswith("er staat: gezellige middag")
    assert before.endswith("er stond: gezellige dag")
    assert facts(run, "log", "--since", "ma")[0]["id"] == 2
    assert facts(run, "log", "--since", "2026-11-21", "--search", "middagen") == []
    assert [entry["id"] for entry in facts(run, "log", "--search", "middagen lampen")] == []
    assert [entry["hits"] for entry in facts(run, "log", "--search", "lampen")] == [[[0, 4]]]
    assert [entry["id"] for entry in facts(run, "log", "--by", "nadia", "--until", "vr")] == [1]
    assert [entry["id"] for entry in facts(run, "log", "--since", "20-11", "--until", "27-11")] == [2, 1]
    assert [entry["id"] for entry in facts(run, "log", "--done")] == [2]
    assert facts(run, "log", "--open") == []
    assert "weer een open punt" in done(run, "log", "--open-again", "2")
    assert [entry["id"] for entry in facts(run, "log", "--open")] == [2]


def test_each_reads_for_themselves(run: Run, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    done(run, "note", "alarm doet raar", "--kind", "overdracht")
    clock.go_on_until(at("2026-11-24 09:55"))
    monkeypatch.setenv("HOSTDESK_BY", "Karim")
    assert "alarm doet raar" in done(run, "log", "--unread")
    done(run, "log", "--read", "1")
    assert done(run, "log", "--unread") == "Je hebt alles gelezen wat je moet weten.\n"
    monkeypatch.setenv("HOSTDESK_BY", "Joke")
    assert "alarm doet raar" in done(run, "log", "--unread")
    assert facts(run, "log")[0]["read_by"] == ["Karim"]


def test_an_incident_is_not_for_everybody(
    run: Run, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(run, "person", "add", "Truus", "--kind", "coordinator")
    done(run, "person", "add", "Nadia")
    done(run, "note", "ruzie bij de deur", "--kind", "incident")
    assert facts(run, "log")[0]["text"] == "ruzie bij de deur"
    monkeypatch.setenv("HOSTDESK_BY", "truus")
    assert facts(run, "log")[0]["text"] == "ruzie bij de deur"
    monkeypatch.setenv("HOSTDESK_BY", "balie")  # whoever is at the desk then
    done(run, "note", "ruzie om een stoel", "--kind", "incident")
    monkeypatch.setenv("SSH_CONNECTION", "from elsewhere")
    assert [entry["text"] for entry in facts(run, "log")] == [None, None]
    monkeypatch.setenv("HOSTDESK_BY", "Joke")
    assert [entry["text"] for entry in facts(run, "log")] == [None, None]
    monkeypatch.delenv("SSH_CONNECTION")
    clock.go_on_until(at("2026-11-25 10:00"))
    assert [entry["text"] for entry in facts(run, "log")] == [None, None]
    for line in (("log",), ("log", "--json"), ("log", "--former", "1"), ("log", "--search", "ruzie")):
        _, out, err = run(*line)
        assert "ruzie" not in out + err
    assert "er was een incident" in done(run, "log")


def test_a_shell_beside_the_desk_shows_what_the_desk_shows(
    run: Run, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every shift works under one account: an incident's text is there until its shift is over."""
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.setenv("HOSTDESK_BY", "balie")
    done(run, "note", "ruzie om een stoel", "--kind", "incident")
    assert [entry["text"] for entry in facts(run, "log")] == ["ruzie om een stoel"]
    assert "ruzie om een stoel" in done(run, "log", "--former", "1")
    done(run, "log", "--deal-with", "1", "uitgepraat")
    done(run, "log", "--open-again", "1")
    done(run, "log", "--amend", "1", "ruzie om een bank")
    clock.go_on_until(at("2026-11-25 10:00"))
    for said in (("--amend", "1", "niets"), ("--deal-with", "1", "opgelost"), ("--open-again", "1")):
        code, _, err = run("log", *said)
        assert (code, "is voor die dienst en de coördinator" in err) == (1, True)
    assert [entry["text"] for entry in facts(run, "log")] == [None]
    assert "ruzie" not in done(run, "log", "--former", "1")


def test_the_coordinator_reads_an_incident_at_the_desks_own_machine(
    run: Run, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody's account shows nobody's incidents, and says how the coordinator reads them."""
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.setenv("HOSTDESK_BY", "balie")
    done(run, "person", "add", "Truus", "--kind", "coordinator")
    done(run, "person", "add", "Joke")
    done(run, "note", "ruzie om een stoel", "--kind", "incident")
    clock.go_on_until(at("2026-11-25 10:00"))

    code, out, err = run("log")
    assert (code, "ruzie" in out, "hostdesk --as NAAM log" in err) == (0, False, True)
    code, out, err = run("--as", "truus", "log")
    assert (code, "ruzie om een stoel" in out, err) == (0, True, "")
    assert "ruzie" not in run("--as", "Joke", "log")[1]
    assert run("--as", "Niemand", "log")[0] == 1
    assert "--as" not in run("log", "--json")[2]


def test_who_may_not_read_an_incident_cannot_settle_it(run: Run) -> None:
    done(run, "person", "add", "Wilma", "--kind", "volunteer")
    done(run, "person", "add", "Nadia")
    done(run, "note", "ruzie om een stoel", "--kind", "incident")
    for said in (("--amend", "1", "niets aan de hand"), ("--deal-with", "1", "opgelost")):
        code, _, err = run("--as", "Wilma", "log", *said)
        assert (code, "is voor die dienst en de coördinator" in err) == (1, True)
    done(run, "--as", "Nadia", "log", "--deal-with", "1", "uitgepraat")


def test_the_log_says_who_amended_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done(run, "note", "sleutel in de la")
    monkeypatch.setenv("HOSTDESK_BY", "Karim")
    done(run, "log", "--amend", "1", "sleutel in de kast")
    assert "sleutel in de kast · verbeterd door Karim · Nadia" in done(run, "log")


def test_the_log_says_when_it_was_said_to_have_happened_before(run: Run, clock: FakeClock) -> None:
    done(run, "note", "sleutel kwijt")
    clock.go_on(minutes=3)
    connection.open(connection.path())
    log.happened(1, "13:00", by="Karim")
    connection.close()
    assert "13:00 · bijzonderheden · sleutel kwijt · verbeterd door Karim · Nadia" in done(run, "log")
    former = done(run, "log", "--former", "1").splitlines()
    assert former[1:] == [
        "  ma 23 nov 2026 14:10 · Karim · gebeurde eerst: ma 23 nov 2026 14:07",
        "  ma 23 nov 2026 14:07 · Nadia · er staat: sleutel kwijt",
    ]
    assert facts(run, "log")[0]["amended"]


def test_the_log_says_until_when_a_notice_was_shown_before(run: Run, clock: FakeClock) -> None:
    done(run, "note", "dinsdag dicht", "--kind", "mededeling")
    clock.go_on(minutes=3)
    connection.open(connection.path())
    log.expire(1, "24-12", by="Karim")
    connection.close()
    assert "dinsdag dicht · verbeterd door Karim · tot en met do 24 dec 2026 · Nadia" in done(run, "log")
    former = done(run, "log", "--former", "1").splitlines()
    assert former[1:] == [
        "  ma 23 nov 2026 14:10 · Karim · getoond tot en met: ma 7 dec 2026",
        "  ma 23 nov 2026 14:07 · Nadia · er staat: dinsdag dicht",
    ]


@pytest.mark.parametrize("text", ["bel 06-12345678", "rekening NL91ABNA0417164300", "bsn 111222333"])
def test_a_warning_never_blocks(run: Run, text: str) -> None:
    code, _, err = run("note", text)
    assert code == 0
    assert "Schrijf: een bezoeker." in err
    assert facts(run, "log")[0]["text"] == text


def test_the_hint_stands_where_a_note_is_explained(run: Run) -> None:
    assert "Geen namen, geen ziekte, geen schulden. Schrijf: een bezoeker." in done(run, "note", "--help")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("note", ""), "woorden"),
        (("note", "\x1b\x07"), "woorden"),
        (("note", "x" * 100_000), "100000"),
        (("note", "iets", "--kind", "ramp"), "ramp"),
        (("note", "iets", "--happened", "morgen 10:00"), "nog komen"),
        (("note", "iets", "--happened", "ooit"), "ooit"),
        (("note", "iets", "--happened", "31-2 10:00"), "31-2"),
        (("note", "iets", "--until", "24-12"), "mededeling"),
        (("note", "iets", "--kind", "mededeling", "--until", "2026-11-01"), "voorbij"),
        (("log", "--deal-with", "1", "klaar"), "geen open punt"),
        (("log", "--deal-with", "99", "klaar"), "99"),
        (("log", "--deal-with", "2"), "hoe"),
        (("log", "--amend", "1"), "woorden"),
        (("log", "--amend", "1", "gezellig"), "al"),
        (("log", "--open-again", "2"), "niet afgehandeld"),
        (("log", "--read", "99"), "99"),
        (("log", "--former", "99"), "99"),
        (("log", "sleutel"), "--search"),
        (("log", "--since", "ooit"), "ooit"),
        (("log", "--since", "2026-11-20", "--until", "2026-11-10"), "voor het begin"),
        (("log", "--kind", "ramp"), "ramp"),
    ],
)
def test_one_sentence_and_nothing_changed(run: Run, arguments: tuple[str, ...], says: str) -> None:
    done(run, "note", "gezellig")
    done(run, "note", "lamp stuk", "--kind", "broken")
    before = facts(run, "log")
    code, out, err = run(*arguments)
    assert (code, out) == (1, ""), err
    assert err.startswith("hostdesk: ") and err.count("\n") == 1
    assert says in err
    assert facts(run, "log") == before


@pytest.mark.parametrize(
    "arguments",
    [("note",), ("log", "--read"), ("log", "--read", "een"), ("log", "--open", "--done"), ("log", "--js")],
)
def test_what_is_no_command(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_text_is_text(run: Run) -> None:
    done(run, "note", "\x1b[31mRood\u202e [bold]{x}[/]")
    assert facts(run, "log")[0]["text"] == "[31mRood [bold]{x}[/]"
    connection.open(connection.path())
    with connection.writing():
        LogEntry.update(text="\x1b[31m\u202eRood", by="\x1b]0;x").execute()
    connection.close()
    assert not set("\x1b\u202e") & set(done(run, "log") + done(run, "log", "--former", "1"))


@pytest.mark.parametrize("name", ["note", "log"])
def test_help_has_an_example_that_works(run: Run, name: str) -> None:
    example = done(run, name, "--help").rstrip().rpartition("\n")[2]
    assert example.split()[:2] == ["hostdesk", name]
    assert run(*shlex.split(example)[1:])[0] == 0
