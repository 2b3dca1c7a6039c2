"""`hostdesk privacy`: what is known of somebody, and erasing it."""

import shlex
from io import BytesIO
from pathlib import Path

import pytest

from db import backup, connection
from db.erasing import NAMES, TEXTS
from db.errors import DiskFull
from db.mentions import Sought
from hostdesk import commands, drafts, logfile
from hostdesk.commands.privacy import _PLACES
from hostdesk.drafts import Drafts
from tests.board_commands.stories import Run, done, facts
from tests.clocks import FakeClock, at
from tests.elsewhere.test_authorized_keys import ed25519
from tests.machine.sticks import Port
from tests.privacy.test_privacy import NAME, bytes_with


def told(run: Run, clock: FakeClock) -> None:
    """Somebody who wrote, and was written about."""
    clock.set_to(at("2026-11-23 10:30"))
    done(run, "person", "add", NAME, "--phone", "0612345678")
    done(run, "duty", "add", NAME, "vandaag", "--from", "10", "--until", "12")
    done(run, "note", f"{NAME} kwam later")
    clock.go_on_until(at("2026-11-23 12:30"))
    done(run, "duty", "hours", NAME, "vandaag")
    done(run, "backup")


def test_what_is_known(run: Run, clock: FakeClock) -> None:
    told(run, clock)
    out = done(run, "privacy", "show", NAME)
    assert f"{NAME} · vrijwilliger · 0612345678\n" in out
    assert "in het logboek: 1\n" in out
    assert "in reservekopieën: 1\n" in out
    assert "ma 23 nov 2026 · 10:00–12:00" in out
    known = facts(run, "privacy", "show", NAME.lower())
    assert (known["name"], known["places"]["person"], known["duties"][0]["hours"]) == (NAME, 1, 2)
    assert "nergens" in done(run, "privacy", "show", "Willem")


def test_erased_is_gone_also_from_the_log_file(run: Run, clock: FakeClock, room_file: Path) -> None:
    told(run, clock)
    before = facts(run, "roster", "--hours")
    file = room_file.with_suffix(".log")
    file.write_text(f"a line about {NAME}, and one about {NAME.upper()}\n")
    code, out, err = run("privacy", "erase", NAME)
    assert code == 0
    assert "1 reservekopie" in out and err == ""
    assert bytes_with(room_file.parent) == []
    assert file.read_text().count("*" * len(NAME)) == 2
    after = facts(run, "roster", "--hours")
    assert [one["confirmed"] for one in after] == [one["confirmed"] for one in before] == [2]
    assert [one["person"] for one in after] == [""]
    assert "vrijwilliger: 2 uur" in done(run, "roster", "--hours")
    assert "Op verzoek gewist" in facts(run, "log")[0]["text"]
    assert run("privacy", "erase", NAME)[0] == 1


@pytest.mark.parametrize("how", ["by hand", "down the line", "on the stick of each day"])
def test_a_copy_that_left_the_room_is_named_when_something_is_erased(
    run: Run, clock: FakeClock, tmp_path: Path, room_file: Path, how: str
) -> None:
    told(run, clock)
    connection.open(room_file)
    if how == "by hand":
        backup.by_hand(tmp_path / "elsewhere")
    elif how == "down the line":
        backup.pour(BytesIO())
    else:
        port = Port(tmp_path)
        port.put_in(backup.STICK, at=tmp_path / "stick")
        backup.daily()
        assert backup.daily_on_stick(port.machine)
    connection.close()
    clock.go_on(days=3)

    code, _, err = run("privacy", "erase", NAME)
    assert (code, "ma 23 nov 2026" in err, "stick" in err) == (0, True, True)


def test_a_backup_for_which_there_is_no_space_is_not_called_unreadable(
    run: Run, clock: FakeClock, room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(run, clock)
    connection.open(room_file)
    kept = backup.daily()
    connection.close()
    clock.go_on(days=3)

    def full(_file: Path, _change: object) -> None:
        raise DiskFull

    monkeypatch.setattr(backup, "rewrite", full)
    code, _, err = run("privacy", "erase", NAME)
    assert (code, str(kept) in err, "vol" in err) == (0, True, True)
    assert "niet te lezen" not in err


def test_a_name_that_is_only_half_typed_goes_too(run: Run, room_file: Path) -> None:
    """Where it is part of another word, it is no name."""
    program = Drafts(room_file)
    program.keep("note", f"{NAME}s tas, {NAME}'s jas, {NAME}tje")
    assert run("privacy", "erase", NAME)[0] == 1  # it stands nowhere else
    assert program.of("note") == f"{'*' * (len(NAME) + 1)} tas, {'*' * (len(NAME) + 2)} jas, {NAME}tje"
    program.close()


def test_what_is_half_typed_stays_when_the_name_stays(run: Run, clock: FakeClock, room_file: Path) -> None:
    """Who is still on the roster is not erased, nowhere."""
    told(run, clock)
    done(run, "duty", "add", NAME, "2026-12-01")
    program = Drafts(room_file)
    program.keep("note", f"{NAME} belde")
    code, _, err = run("privacy", "erase", NAME)
    assert (code, "rooster" in err) == (1, True)
    assert program.of("note") == f"{NAME} belde"
    program.close()


def test_a_draft_of_another_account_that_cannot_be_cleaned_is_named(
    run: Run, clock: FakeClock, room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(file: Path, sought: object) -> None:
        raise PermissionError(file)

    told(run, clock)
    program = Drafts(room_file)
    program.keep("note", f"{NAME} belde")
    monkeypatch.setattr(drafts, "cross_out", refuses)
    code, _, err = run("privacy", "erase", NAME)
    assert code == 0
    [file] = room_file.parent.glob(".*.draft")
    assert f"niet op te schonen: {file}" in err
    program.close()


def test_a_key_that_has_the_name_is_said(
    run: Run, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    told(run, clock)
    (tmp_path / "key.pub").write_text(ed25519())
    done(run, "ssh-key", "add", NAME, str(tmp_path / "key.pub"))
    for line in (("--dry-run", NAME), (NAME,), (NAME,)):  # the last time it stands there alone
        assert f"hostdesk ssh-key remove {NAME}" in run("privacy", "erase", *line)[2]

    done(run, "ssh-key", "remove", NAME)
    assert "ssh-key" not in run("privacy", "erase", NAME)[2]


def test_a_purge_is_seen_before_it_is_done(run: Run, clock: FakeClock) -> None:
    done(run, "note", "sleutelkast klemt")
    done(run, "note", "ruzie", "--kind", "incident")
    clock.go_on_until(at("2027-11-24 10:00"))
    assert "aantekeningen in het logboek: 1" in done(run, "privacy", "purge", "--dry-run")
    assert len(facts(run, "log", "--search", "sleutelkast")) == 1
    done(run, "privacy", "purge")
    assert facts(run, "log", "--search", "sleutelkast") == []
    # Newest first: what the purge did, the incident (whose text stays, for its shift), and the note.
    assert [entry["missing"] for entry in facts(run, "log")] == [None, "for_others", "erased"]
    assert "Er werd niets te lang bewaard." in done(run, "privacy", "purge", "--dry-run")


def test_who_is_still_on_the_roster_is_told_before_it_is_refused(run: Run) -> None:
    done(run, "person", "add", NAME)
    done(run, "duty", "add", NAME, "di")
    for more in (("--dry-run",), ()):
        code, _, err = run("privacy", "erase", NAME, *more)
        assert code == 1 and "staat nog op het rooster, 1 × vanaf di 24 nov 2026" in err
    done(run, "duty", "remove", NAME, "di")
    done(run, "privacy", "erase", NAME, "--dry-run")


def test_an_erasing_is_seen_before_it_is_done(run: Run, clock: FakeClock, room_file: Path) -> None:
    """Where it would strike, and what it would leave standing and why."""
    done(run, "person", "add", "Wil")
    done(run, "note", "ik wil koffie, zei Wil, " + "en nog veel meer " * 9)
    done(run, "wish", "Wilma wil leren breien")

    seen = done(run, "privacy", "erase", "wil", "--dry-run")

    assert "in het logboek: ik (wil) koffie, zei [Wil], en nog veel meer en nog veel…\n" in seen
    assert "in wensen: (Wilma) (wil) leren breien\n" in seen
    assert "wil (2), Wilma (1)" in seen and "hostdesk privacy erase Wil --lower-case" in seen
    assert done(run, "privacy", "show", "Wil") in seen
    assert bytes_with(room_file.parent, "ik wil koffie, zei Wil") != [], "only said"
    asked = done(run, "privacy", "erase", "Wil", "--dry-run", "--lower-case")
    assert "ik [wil] koffie, zei [Wil]" in asked and "--lower-case" not in asked
    texts = facts(run, "privacy", "show", "Wil")["texts"]
    assert [(one["place"], one["erased"], one["left"]) for one in texts] == [
        ("log_entry", ["Wil"], ["wil"]), ("wish", [], ["Wilma", "wil"]),
    ]  # fmt: skip

    code, _, err = run("privacy", "erase", "Wil")
    assert code == 0 and "wil (2), Wilma (1)" in err
    assert "ik wil koffie, zei …" in facts(run, "log")[-1]["text"]
    code, _, err = run("privacy", "erase", "Wil")
    assert code == 1 and "--lower-case" in err, "what stands there still is said again"
    assert run("privacy", "erase", "Wil", "--lower-case")[0] == 0
    assert "ik … koffie, zei …" in facts(run, "log")[-1]["text"]


def test_every_place_has_a_name(run: Run) -> None:
    tables = {*NAMES, *TEXTS, "person", "duty", "log_read", "contact", "sign_up"}
    assert tables == set(_PLACES)


def test_how_long_and_why(run: Run) -> None:
    out = done(run, "privacy", "periods")
    assert "Teksten in het logboek, en wie" in out and "12 maanden" in out and "24 maanden" in out
    assert "6 maanden" in done(run, "privacy", "periods", "aantekeningen", "6")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("privacy", "show", ""), "naam"),
        (("privacy", "erase", "x" * 10_000), "10000"),
        (("privacy", "erase", "Willem"), "Willem"),
        (("privacy", "periods", "bezoeken", "3"), "bezoeken"),
        (("privacy", "periods", "notes", "0"), "0"),
    ],
)
def test_one_sentence(run: Run, arguments: tuple[str, ...], says: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith("hostdesk: ") and err.count("\n") == 1
    assert says in err


@pytest.mark.parametrize("name", [one.name for one in commands.load("privacy").subcommands])
def test_help_has_an_example_that_works(run: Run, name: str) -> None:
    done(run, "person", "add", "Nadia")
    command = next(one for one in commands.load("privacy").subcommands if one.name == name)
    assert command.example in done(run, "privacy", name, "--help")
    assert run(*shlex.split(command.example)[1:])[0] == 0


def test_there_need_be_no_log_file(room_file: Path) -> None:
    logfile.erase(room_file, Sought(NAME))
