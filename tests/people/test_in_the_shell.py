"""`hostdesk person`: who joins, who there are, who stops."""

import pytest

from hostdesk import commands
from tests.board_commands.stories import Run, done, facts


def test_joining_and_stopping(run: Run) -> None:
    assert done(run, "person", "add", "Nadia", "--kind", "gastvrouw", "--phone", "0612345678") == (
        "Nadia hoort erbij, als gastheer of gastvrouw.\n"
    )
    done(run, "person", "add", "Jan", "Willem")

    assert done(run, "person", "list") == (
        "Jan Willem · vrijwilliger\nNadia · gastheer of gastvrouw · 0612345678\n"
    )
    assert done(run, "person", "change", "jan", "--kind", "host", "--phone", "0612") == (
        "Jan Willem · gastheer of gastvrouw · 0612\n"
    )
    done(run, "person", "change", "jan", "--kind", "volunteer", "--phone", "")
    assert "gewist" in done(run, "person", "end", "nad")
    assert done(run, "person", "list") == "Jan Willem · vrijwilliger\n"
    assert "Nadia · gastheer of gastvrouw · gestopt op ma 23 nov 2026" in done(run, "person", "list", "--all")


def test_for_other_programs(run: Run) -> None:
    done(run, "person", "add", "Nadia", "--kind", "coordinator")

    assert facts(run, "person", "list") == [
        {
            "id": 1,
            "name": "Nadia",
            "kind": "coordinator",
            "phone": None,
            "since": "2026-11-23",
            "ended_on": None,
            "active": True,
        }
    ]


def test_an_empty_list_says_what_to_do(run: Run) -> None:
    assert "hostdesk person add" in done(run, "person", "list")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("person", "add", ""), "naam"),
        (("person", "add", "x" * 10_000), "10000"),
        (("person", "add", "\x1b\x07"), "naam"),
        (("person", "add", "Karim", "--kind", "baas"), "baas"),
        (("person", "add", "Karim", "--phone", "bel"), "bel"),
        (("person", "add", "Nadia"), "Nadia"),
        (("person", "change", "Nadia", "--phone", "bel"), "bel"),
        (("person", "change", "Nadia", "--kind", "baas"), "baas"),
        (("person", "change", "Willem"), "Willem"),
        (("person", "end", "Willem"), "Willem"),
        (("person", "end", ""), "Niemand"),
    ],
)
def test_what_cannot_be(run: Run, arguments: tuple[str, ...], says: str) -> None:
    done(run, "person", "add", "Nadia")
    before = facts(run, "person", "list")
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith("hostdesk: ") and err.count("\n") == 1
    assert says in err
    assert facts(run, "person", "list") == before


@pytest.mark.parametrize("arguments", [("person",), ("person", "add"), ("person", "fire", "Nadia")])
def test_what_is_no_command(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


@pytest.mark.parametrize("line", [(name,) for name in ("add", "list", "end")])
def test_help_has_an_example_that_works(run: Run, line: tuple[str, ...]) -> None:
    done(run, "person", "add", "Nadia")
    command = next(one for one in commands.load("person").subcommands if (one.name,) == line)
    assert command.example in done(run, "person", *line, "--help")
    assert run(*command.example.split()[1:])[0] == 0
