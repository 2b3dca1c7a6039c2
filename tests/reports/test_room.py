"""What anybody may know of the room, said from the shell."""

import pytest

from db import description
from db.description import Description
from db.errors import NotPossible
from db.room import Room
from tests.reports.conftest import Run


def test_a_new_room_has_said_its_name_alone(room: Room) -> None:
    assert description.current() == Description("De Huiskamer", None, None, None, None)


def test_what_is_said_stays_and_an_empty_text_takes_away(run: Run) -> None:
    code, out, err = run(
        "room", "--website", "https://huiskamer.example/", "--email", "kamer@huiskamer.example"
    )
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "naam: De Huiskamer",
        "website: https://huiskamer.example/",
        "logo: nog niet gezegd",
        "e-mail: kamer@huiskamer.example",
        "adres: nog niet gezegd",
        "redenen: inloop, activiteit, vraag, eten, anders",
    ]
    assert run("room", "--email", "", "--name", "De Kamer")[0] == 0
    assert run("room")[1].splitlines()[:4] == [
        "naam: De Kamer",
        "website: https://huiskamer.example/",
        "logo: nog niet gezegd",
        "e-mail: nog niet gezegd",
    ]


def test_the_coordinator_keeps_the_reasons_for_a_visit(run: Run) -> None:
    assert "redenen: inloop, taalles" in run("room", "--reasons", "inloop, taalles")[1]
    assert run("count", "2", "--reason", "taalles")[0] == 0
    code, out, err = run("count", "--reason", "vraag")
    assert (code, out, "inloop, taalles" in err) == (1, "", True)


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("--website", "huiskamer"),
        ("--website", "javascript:alert(1)"),
        ("--logo", "https://"),
        ("--logo", "https://a b.example/"),
        ("--website", "https://" + "a" * 300 + ".example"),
        ("--email", "kamer"),
        ("--email", "kamer@huiskamer"),
        ("--email", "a@b@c.example"),
        ("--email", "Kamer <kamer@huiskamer.example>"),
        ("--name", " "),
        ("--address", "x" * 201),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(run: Run, option: str, text: str) -> None:
    before = run("room")[1]
    code, out, err = run("room", option, text, "--name" if option != "--name" else "--address", "Anders")
    assert (code, out) == (1, "")
    assert err.startswith("hostdesk: ")
    assert err.count("\n") == 1
    assert run("room")[1] == before


@pytest.mark.parametrize(
    "text", ["http://x.example", "https://x.example:8080/a?b=c#d", "HTTPS://kamer.example"]
)
def test_web_addresses_as_they_are(room: Room, text: str) -> None:
    assert description.change(website=text).website == text


def test_nothing_changes_when_one_of_two_is_wrong(room: Room) -> None:
    with pytest.raises(NotPossible):
        description.change(website="https://x.example", email="x")
    assert description.current().website is None
