"""Who may come in stands in sshd's file, in lines of ours; what others wrote there stays as it is."""

import base64
import io
import os
import re
import shlex
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import roles
from db.errors import NotPossible
from hostdesk import authorized_keys
from hostdesk.authorized_keys import Allowed, Key, add, allowed, checked_name, read_key, remove
from hostdesk.place import PROGRAM
from tests.commands.test_door import Run, run

__all__ = ["run"]

DATABASE = Path("/srv/desk/hostdesk.db")
FILE = Path("/srv/the desk/.ssh/authorized_keys")


def blob(*parts: bytes) -> str:
    """Strings as an SSH key holds them."""
    return base64.b64encode(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).decode()


def ed25519(sign: bytes = b"k") -> str:
    """A key as ssh-keygen writes it."""
    return f"ssh-ed25519 {blob(b'ssh-ed25519', sign * 32)} fatima@laptop\n"


KEY = read_key(ed25519())
OTHER = read_key(ed25519(b"o"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / ".ssh" / "authorized_keys"


@pytest.mark.parametrize(
    "text",
    [
        ed25519(),
        f"\n# my key\n\t{ed25519()}\r\n",
        "ssh-rsa " + blob(b"ssh-rsa", b"em", b"\x00" + b"\xf0" * 256),
        f"ecdsa-sha2-nistp256 {blob(b'ecdsa-sha2-nistp256', b'nistp256', b'p' * 65)} x",
        f"sk-ssh-ed25519@openssh.com {blob(b'sk-ssh-ed25519@openssh.com', b'k' * 32, b'ssh:')} x",
    ],
)
def test_a_public_key_is_read(text: str) -> None:
    assert str(read_key(text)) in text


PUTTY = (
    "---- BEGIN SSH2 PUBLIC KEY ----\r\n"
    'Comment: "the laptop \\\r\nof Fatima: blue"\r\n'
    f"{KEY.data[:30]}\r\n{KEY.data[30:]}\r\n"
    "---- END SSH2 PUBLIC KEY ----\r\n"
)
"""As PuTTYgen saves a public key (RFC 4716)."""


def test_a_key_of_putty_is_read() -> None:
    assert read_key(PUTTY) == KEY


@pytest.mark.parametrize(
    "text", ["-----BEGIN RSA PRIVATE KEY-----\n", "PuTTY-User-Key-File-3: ssh-ed25519\r\n"]
)
def test_a_private_key_is_known_as_one(text: str) -> None:
    with pytest.raises(NotPossible, match="private key"):
        read_key(text)


@pytest.mark.parametrize("encoding", ["ascii", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", [ed25519(), PUTTY])
def test_a_key_that_went_through_windows_is_read(
    run: Run, file: Path, tmp_path: Path, text: str, encoding: str
) -> None:
    """Its editor writes a mark before the text, and its `>` two bytes a letter."""
    public = tmp_path / "id.pub"
    public.write_bytes(text.encode(encoding))
    code, _, _ = run("ssh-key", "add", "Fatima", str(public), "--file", str(file))
    assert (code, allowed(file)) == (0, [Allowed("Fatima", KEY)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        PUTTY.replace("AAAA", "AA*AA", 1),
        PUTTY.replace("END", "BEGIN"),
        PUTTY + ed25519(b"o"),
        "# nothing",
        ed25519() + ed25519(b"o"),
        "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n",
        f'command="sh" {ed25519()}',
        ed25519().replace("ssh-ed25519 ", "ssh-dss "),
        f"ssh-ed25519 {blob(b'ssh-ed25519', b'k' * 31)}",
        f"ssh-ed25519 {blob(b'ssh-ed25519', b'k' * 32, b'more')}",
        f"ssh-ed25519 {blob(b'ssh-rsa', b'k' * 32)}",
        "ssh-rsa " + blob(b"ssh-rsa", b"em", b"\xf0" * 128),
        ed25519()[:60],
        ed25519().replace("AAAA", "AA AA", 1),
        ed25519().replace("AAAA", "AA*AA", 1),
        ed25519().replace("AAAA", "AAÁA", 1),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotPossible):
        read_key(text)


@given(st.text() | st.text(alphabet='ssh-ed25519 AB+/=\n#"\\').map(lambda text: f"ssh-ed25519 {text}"))
def test_whatever_is_read_it_is_one_word_of_base64(text: str) -> None:
    try:
        key = read_key(text)
    except NotPossible:
        return
    assert re.fullmatch(r"[a-z0-9@.-]+ [A-Za-z0-9+/]+=*", str(key))


@given(st.binary(max_size=80))
def test_whatever_bytes_are_in_it(data: bytes) -> None:
    try:
        key = read_key(f"ssh-ed25519 {base64.b64encode(data).decode()} me")
    except NotPossible:
        return
    assert base64.b64decode(key.data) == data


@given(st.text(max_size=80))
def test_a_name_comes_back_from_the_file_and_through_a_shell(text: str) -> None:
    try:
        name = checked_name(text)
    except NotPossible:
        return
    line = authorized_keys._line(FILE, name, KEY, DATABASE)
    assert "\n" not in line and "\r" not in line
    assert authorized_keys._read_line(line.encode()) == Allowed(name, KEY)
    quoted = re.match(r'restrict,pty,command="((?:[^"\\]|\\")*)" ', line)
    assert quoted
    words = shlex.split(quoted[1].replace('\\"', '"'))  # sshd's own reading, and then the shell's
    python = [sys.executable, "-EP", "-m", "hostdesk"]
    assert words == [*python, "--as", name, "--keys", str(FILE), "--db", str(DATABASE)]


@pytest.mark.parametrize(
    "name", ["", " ", "-oProxyCommand=x", "Fatima\nroot", 'a"b', "a\\b", "$(id)", "a" * 61, "a;b"]
)
def test_what_is_no_name(name: str) -> None:
    if name == "Fatima\nroot":
        assert checked_name(name) == "Fatima root"
        return
    with pytest.raises(NotPossible):
        checked_name(name)


OTHERS = [
    b"",
    b"ssh-ed25519 AAAAsomebodyelse me@home",
    b"# by hand\r\nssh-rsa AAAAx y\n\n",
    b'restrict,pty,command="/bin/backup" ssh-ed25519 AAAAz hostdesk\n\xff\xfe\n',
]


@pytest.mark.parametrize("others", OTHERS)
def test_what_others_wrote_stays_as_it_is(file: Path, others: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(others)
    add(file, "Fatima", KEY, DATABASE)
    add(file, "Ibrahim", OTHER, DATABASE)
    assert file.read_bytes().startswith(others)
    assert allowed(file) == [Allowed("Fatima", KEY), Allowed("Ibrahim", OTHER)]
    assert remove(file, "Fatima") == 1
    assert allowed(file) == [Allowed("Ibrahim", OTHER)]
    assert remove(file, "Ibrahim") == 1
    assert file.read_bytes().removesuffix(b"\n") == others.removesuffix(b"\n")


def test_nobody_else_can_read_the_file(file: Path) -> None:
    add(file, "Fatima", KEY, DATABASE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.chmod(0o644)
    add(file, "Ibrahim", OTHER, DATABASE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [left.name for left in file.parent.iterdir()] == ["authorized_keys"]


def test_a_second_time_changes_nothing_and_another_key_is_a_second_one(file: Path) -> None:
    for _ in range(2):
        add(file, "Fatima", KEY, DATABASE)
    assert len(allowed(file)) == 1
    add(file, "Fatima", OTHER, DATABASE)
    assert remove(file, "Fatima") == 2


EARLIER = [
    f"{sys.executable} -P -m hostdesk",
    f"{sys.executable} -m hostdesk",
    f"{sys.executable} -EP -m hostdesk",
    "/gone/bin/python3 -EP -m hostdesk",
]


def earlier(program: str, database: str = "'/srv/the desk/hostdesk.db'", keys: str = "") -> bytes:
    """A line of an earlier hostdesk, between those of others."""
    ours = f'restrict,pty,command="{program} --as Fatima {keys}--db {database}" {KEY} hostdesk:Fatima'
    return f"# by hand\r\n{ours}\nssh-ed25519 AAAAsomebody me".encode()


@pytest.mark.parametrize("program", EARLIER)
def test_a_key_of_an_earlier_version_begins_hostdesk_as_this_one_does(
    run: Run, file: Path, program: str
) -> None:
    """At the next list or change; to the room that it was for, and nothing of others is touched."""
    room = Path("/srv/the desk/hostdesk.db")
    now = earlier(shlex.join([*PROGRAM]), keys=f"--keys {file} ")
    assert authorized_keys._line(file, "Fatima", KEY, room).encode() in now
    file.parent.mkdir(parents=True)

    file.write_bytes(earlier(program))
    code, out, err = run("ssh-key", "list", "--file", str(file))
    assert (code, out.count("Fatima"), err.count("\n")) == (0, 1, 1)
    assert file.read_bytes() == now
    assert run("ssh-key", "list", "--file", str(file)) == (0, out, ""), "once"

    file.write_bytes(earlier(program) + b"\n")
    add(file, "Ibrahim", OTHER, room)
    assert file.read_bytes().startswith(now)
    file.write_bytes(file.read_bytes().replace(now, earlier(program)))
    remove(file, "Ibrahim")
    assert file.read_bytes() == now + b"\n"
    file.write_bytes(earlier(program))
    add(file, "Fatima", KEY, room)
    assert file.read_bytes() == now


PYTHON = f"{sys.executable} -m hostdesk"


@pytest.mark.parametrize(
    "line",
    [
        earlier("/bin/sh -c x"),
        earlier(PYTHON, "a b"),
        earlier(PYTHON).replace(b"--as Fatima", b"--as Omar"),
        earlier(PYTHON).replace(b"--as", b"--is"),
        earlier(PYTHON).replace(b"--db", b""),
        earlier(PYTHON, "it's"),
        earlier(PYTHON).replace(b"--as Fatima", b"--as \xff"),
    ],
)
def test_a_line_that_hostdesk_never_wrote_stays_as_it_is(file: Path, line: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(line)
    assert authorized_keys.renew(file) == 0
    assert file.read_bytes() == line


def test_a_key_is_of_one_person(file: Path) -> None:
    """And not in the file without our limits: sshd takes the first line that fits."""
    add(file, "Fatima", KEY, DATABASE)
    with pytest.raises(NotPossible, match="Fatima"):
        add(file, "Ibrahim", KEY, DATABASE)
    file.write_text(ed25519())
    with pytest.raises(NotPossible, match="another hand"):
        add(file, "Fatima", KEY, DATABASE)
    assert file.read_text() == ed25519()


def test_a_name_is_taken_away_in_whatever_capitals(file: Path) -> None:
    """Coming in asks for none: a key that stays behind under `sam` would let Sam in."""
    for name, sign in (("Sam", b"a"), ("sam", b"b")):
        add(file, name, read_key(ed25519(sign)), DATABASE)
    assert remove(file, "SAM") == 2
    assert allowed(file) == []


def test_the_file_may_stand_elsewhere_behind_a_link(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "keys"
    real.write_bytes(b"# here\n")
    file.parent.mkdir(parents=True)
    file.symlink_to(real)
    add(file, "Fatima", KEY, DATABASE)
    assert file.is_symlink()
    assert allowed(real) == [Allowed("Fatima", KEY)]


def test_a_key_is_added_seen_and_taken_away_from_the_shell(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room_file: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    public = tmp_path / "id_ed25519.pub"
    public.write_text(ed25519())
    assert run("ssh-key", "list")[0] == 0
    assert run("ssh-key", "add", "Fatima", str(public))[0] == 0
    written = (tmp_path / ".ssh" / "authorized_keys").read_text()
    assert f"--db {room_file}" in written
    assert "Fatima  ssh-ed25519" in run("ssh-key", "list")[1]
    assert run("ssh-key", "remove", "Fatima")[0] == 0
    code, out, err = run("ssh-key", "remove", "Fatima")
    assert (code, out, err.count("\n")) == (1, "", 1)
    code, out, err = run("ssh-key", "add", "Fatima", str(tmp_path / "nothing.pub"))
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_a_key_opens_the_room_that_was_said_last(run: Run, file: Path, tmp_path: Path) -> None:
    """And that it opened another one is said: sshd knows one room a key."""
    public = tmp_path / "id_ed25519.pub"
    public.write_text(ed25519())
    elsewhere = tmp_path / "other.db"
    for name, sign in (("Omar", b"o"), ("Fatima", b"k")):
        add(file, name, read_key(ed25519(sign)), DATABASE)
    code, out, err = run("--db", str(elsewhere), "ssh-key", "add", "Fatima", str(public), "--file", str(file))
    assert code == 0 and "Fatima" in out
    assert str(DATABASE) in err and str(elsewhere) in err
    of_omar, of_fatima = file.read_text().splitlines()
    assert f"--db {DATABASE}" in of_omar
    assert f"--db {elsewhere}" in of_fatima and str(DATABASE) not in of_fatima
    code, _, err = run("--db", str(elsewhere), "ssh-key", "add", "Fatima", str(public), "--file", str(file))
    assert code == 0 and str(DATABASE) not in err, "the second time there is nothing to say of it"


def test_a_key_is_put_in_and_a_name_that_nobody_has_is_said(
    run: Run, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    """The desk's account cannot look in the folders of who sets up the machine: their shell can."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ed25519().encode())))
    code, _, err = run("ssh-key", "add", "Fatima", "-", "--file", str(file))
    assert (code, err.count("\n")) == (0, 1)
    assert "hostdesk person add Fatima" in err
    assert [one.name for one in allowed(file)] == ["Fatima"]

    run("person", "add", "Nadia", "--kind", "coordinator")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ed25519(b"o").encode())))
    assert run("ssh-key", "add", "Nadia", "-", "--file", str(file))[::2] == (0, "")


def test_a_key_in_a_folder_of_somebody_else(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def is_file(file: Path, look: Callable[[Path], bool] = Path.is_file) -> bool:
        if file.name == "key.pub":
            raise PermissionError(13, "Permission denied")
        return look(file)

    monkeypatch.setattr(Path, "is_file", is_file)
    code, out, err = run("ssh-key", "add", "Fatima", "key.pub", "--file", str(tmp_path / "keys"))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert str(Path.cwd() / "key.pub") in err


WHAT_SSHD_LOOKS_AT = (".ssh/authorized_keys", ".ssh", "")


@pytest.fixture
def trusted(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of an account with its home, as sshd wants them; what is around that is open to all."""
    home = file.parent.parent
    monkeypatch.setenv("HOME", str(home))
    add(file, "Fatima", KEY, DATABASE)
    home.chmod(0o755)
    home.parent.chmod(0o777)
    return file


@pytest.mark.parametrize("name", WHAT_SSHD_LOOKS_AT)
@pytest.mark.parametrize("others", [0o020, 0o002])
def test_what_sshd_does_not_trust_is_said_with_what_to_do(trusted: Path, name: str, others: int) -> None:
    assert list(authorized_keys.distrusted(trusted)) == []
    path = trusted.parent.parent / name
    path.chmod(path.stat().st_mode | others)
    (found,) = authorized_keys.distrusted(trusted)
    assert (found.serious, found.values["path"]) == (True, path)
    assert "chmod go-w" in found.sentence
    subprocess.run(["chmod", "go-w", path], check=True)
    assert list(authorized_keys.distrusted(trusted)) == []


@pytest.mark.parametrize("name", WHAT_SSHD_LOOKS_AT)
def test_what_belongs_to_another_account_is_not_trusted_either(
    trusted: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path, owner = trusted.parent.parent / name, os.geteuid()
    theirs = {one: owner if one != path else owner + 1 for one in (trusted, *trusted.parents)}

    def stat_of(one: Path, look: Callable[..., os.stat_result] = Path.stat, **how: bool) -> os.stat_result:
        found = look(one, **how)
        return os.stat_result((*found[:4], theirs.get(one, owner), *found[5:]))

    monkeypatch.setattr(Path, "stat", stat_of)
    (found,) = authorized_keys.distrusted(trusted)
    assert found.values["path"] == path and "chown" in found.sentence


def test_where_nobody_comes_in_nothing_is_said_of_it(trusted: Path) -> None:
    remove(trusted, "Fatima")
    trusted.parent.chmod(0o777)
    assert list(authorized_keys.distrusted(trusted)) == []


def test_a_file_that_this_account_cannot_read(trusted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (found,) = authorized_keys.distrusted(trusted)
    assert found.values["path"] == trusted and "chown" in found.sentence


def test_who_adds_a_key_that_sshd_will_not_take_hears_it_and_the_doctor_says_it(
    run: Run, trusted: Path, tmp_path: Path
) -> None:
    public = tmp_path / "id_ed25519.pub"
    public.write_text(ed25519(b"o"))
    trusted.parent.parent.chmod(0o775)
    run("person", "add", "Nadia", "--kind", "coordinator")
    code, _, err = run("ssh-key", "add", "Nadia", str(public))
    assert (code, err.count("\n")) == (0, 1) and "chmod go-w" in err
    assert f"chmod go-w {trusted.parent.parent}" in run("doctor")[1]


def test_a_key_says_what_it_is() -> None:
    assert str(Key("ssh-ed25519", "AAAA")) == "ssh-ed25519 AAAA"


def test_who_adds_a_key_is_told_what_its_owner_types(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "account", lambda: "balie")
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(nodename="buurtkamer"))
    public = tmp_path / "id.pub"
    public.write_text(ed25519())
    out = run("ssh-key", "add", "Fatima", str(public), "--file", str(file))[1]
    assert out.endswith(": ssh -t balie@buurtkamer\n")
