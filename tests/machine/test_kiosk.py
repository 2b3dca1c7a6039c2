"""What `hostdesk kiosk --print` prints is a script that sets a machine up, and a unit that systemd takes."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db.errors import NotPossible
from hostdesk import app, housekeeping, place
from hostdesk.app import HostdeskApp
from hostdesk.commands import kiosk
from tests.commands.test_door import Run, run
from tests.elsewhere.server import LACKS, SSHD
from tests.elsewhere.test_authorized_keys import ed25519

__all__ = ["run"]


def test_what_is_printed_is_a_shell_script(run: Run, tmp_path: Path) -> None:
    code, out, err = run("kiosk", "--print")
    assert (code, err) == (0, "")
    script = tmp_path / "set-up"
    script.write_text(out)
    subprocess.run(["sh", "-n", str(script)], check=True)


def test_the_script_writes_the_files_as_they_are(run: Run, tmp_path: Path) -> None:
    """The part between two lines END is what sshd or systemd reads; a shell must not change a sign of it."""
    out = run("kiosk", "--print")[1]
    written = re.findall(r"<<'END'\n(.*?)^END$", out, re.MULTILINE | re.DOTALL)
    assert written == [kiosk.line(), kiosk.KEYS, kiosk.unit()]


PAD = {71: "7", 72: "8", 73: "9", 75: "4", 76: "5", 77: "6", 79: "1", 80: "2", 81: "3", 82: "0", 83: "."}
"""What stands on the keys of a numeric pad, by their numbers in Linux (input-event-codes.h)."""


def test_the_numeric_pad_gives_digits_whatever_num_lock_says(tmp_path: Path) -> None:
    """A console begins with Num Lock off: `5+` would count one visitor for five."""
    assert f"loadkeys -q {kiosk.KEYS_FILE}" in kiosk.unit()
    assert f"cat >{kiosk.KEYS_FILE} <<" in kiosk.set_up()
    if not shutil.which("loadkeys"):
        pytest.skip("needs the Debian package kbd")
    (tmp_path / "keys.map").write_text(kiosk.KEYS)
    made = subprocess.run(
        ["loadkeys", "--mktable", str(tmp_path / "keys.map")], capture_output=True, text=True, check=True
    )
    (plain,) = re.findall(r"plain_map\[NR_KEYS\] = \{(.*?)\}", made.stdout, re.DOTALL)
    means = [int(one, 16) & 0xFF for one in re.findall(r"0x[0-9a-f]+", plain)]
    assert {key: chr(means[key]) for key in PAD} == PAD
    assert means[70] == 0, "Scroll Lock does nothing"


def test_sshd_asks_the_desks_clients_alone_whether_they_are_there(tmp_path: Path) -> None:
    """What else the file that includes it says, holds for everybody."""
    if LACKS:
        pytest.skip(LACKS)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "host")], check=True)
    (tmp_path / "hostdesk.conf").write_text(kiosk.line())
    config = tmp_path / "sshd_config"
    config.write_text(
        f"Include {tmp_path}/hostdesk.conf\nHostKey {tmp_path}/host\n"
        "ClientAliveInterval 0\nX11Forwarding no\n"
    )

    def asked(account: str) -> int:
        where = f"user={account},host=x,addr=192.0.2.1"
        done = subprocess.run(
            [SSHD, "-T", "-f", str(config), "-C", where], capture_output=True, text=True, check=True
        )
        said = dict(line.partition(" ")[::2] for line in done.stdout.splitlines())
        assert said["x11forwarding"] == "no"
        return int(said["clientaliveinterval"])

    assert (asked(kiosk.ACCOUNT), asked("pi")) == (kiosk.ALIVE_SECONDS, 0)


@pytest.mark.parametrize("end", ["\n", ""])
def test_the_line_for_the_stick_is_written_once(run: Run, tmp_path: Path, end: str) -> None:
    """And it spoils none that stands there: an editor may have left the last one without its end."""
    fstab = tmp_path / "fstab"
    fstab.write_text(f"/dev/mmcblk0p2 / ext4 defaults 0 1{end}")
    out = run("kiosk", "--print", "--account", "nobody")[1]
    (part,) = re.findall(r"^grep -q .*?^END$", out, re.MULTILINE | re.DOTALL)
    for _ in range(2):
        script = part.replace("/etc/fstab", str(fstab))
        subprocess.run(["sh", "-c", script], check=True)
    root, line = filter(None, fstab.read_text().splitlines())
    assert root == "/dev/mmcblk0p2 / ext4 defaults 0 1"
    label, place, _, options, *_ = line.split()
    assert (label, place) == ("LABEL=HOSTDESK", "/media/HOSTDESK")
    assert re.search(r",uid=\d+,gid=\d+,umask=007$", options)
    assert "met FAT of exFAT erop" in out, "no other file system takes those"


@pytest.mark.skipif(os.getuid() != 0, reason="needs root, who begins something as another account")
def test_a_desk_that_its_account_cannot_begin_is_not_set_up(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy in somebody's own home: the unit would try for ever, on a black screen."""
    at_home = tmp_path / "hostdesk"
    at_home.symlink_to(sys.executable)
    tmp_path.chmod(0o700)

    def begun_by(program: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(kiosk, "PROGRAM", (program, "--version"))
        out = run("kiosk", "--print", "--account", "nobody")[1]
        (part,) = re.findall(r"^runuser .*?^}$", out, re.MULTILINE | re.DOTALL)
        return subprocess.run(["sh", "-ec", part], capture_output=True, text=True, check=False)

    assert begun_by("/bin/true").returncode == 0
    refused = begun_by(str(at_home))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"nobody kan {at_home} niet starten" in refused.stderr


@pytest.mark.parametrize("account", ["balie; reboot", "Balie", "", "$(id)", "bal ie", "-balie", "belïe"])
def test_an_account_is_a_name(run: Run, account: str) -> None:
    code, out, err = run("kiosk", "--print", f"--account={account}")
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs the Debian package systemd")
    file = tmp_path / "hostdesk.service"
    file.write_text(kiosk.unit(account="root"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(file)], capture_output=True, text=True, check=False
    )
    assert not [line for line in done.stderr.splitlines() if "hostdesk" in line], done.stderr


def test_systemd_would_say_what_is_wrong(tmp_path: Path) -> None:
    """The control of the test above."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs the Debian package systemd")
    file = tmp_path / "hostdesk.service"
    file.write_text(kiosk.unit(account="root").replace("TTYReset=yes", "TTYReset=perhaps"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(file)], capture_output=True, text=True, check=False
    )
    assert "perhaps" in done.stderr and "hostdesk" in done.stderr


def test_the_desk_comes_back_whatever_ends_it() -> None:
    """And for ever: systemd would give up after five starts in ten seconds."""
    unit = kiosk.unit()
    assert "Restart=always\n" in unit and "StartLimitIntervalSec=0\n" in unit
    assert "StandardInput=tty" in unit and "TTYPath=/dev/tty1\n" in unit


@pytest.mark.parametrize("program", ["unit", "upkeep"])
def test_nothing_in_the_accounts_own_directory_runs_in_its_place(tmp_path: Path, program: str) -> None:
    """Where the desk starts, somebody may have put a directory that is called as a part of it."""
    (start,) = re.findall(r"^ExecStart=(.*)$", kiosk.unit(), re.MULTILINE)
    command = {"unit": shlex.split(start), "upkeep": housekeeping.command(tmp_path / "room.db")}[program]
    for name in ("hostdesk", "db"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("print('another program')")
        (tmp_path / name / "__main__.py").write_text("print('another program')")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [*command, "--help"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert "another program" not in done.stdout and "hostdesk" in done.stdout


@pytest.fixture
def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with a desk under its own account, at which somebody with another one sits down."""
    (tmp_path / "hostdesk.service").write_text(kiosk.unit())
    monkeypatch.setattr(place, "UNIT", tmp_path / "hostdesk.service")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("HOSTDESK_DB", raising=False)


@pytest.mark.usefixtures("set_up")
@pytest.mark.parametrize("line", ["doctor", "today", "person add Fatima", "backup", "check", "restore x.db"])
def test_who_forgets_to_be_the_desk_is_told_how(run: Run, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """And not to make a second room; nobody at such a machine knows what an account is."""
    monkeypatch.delenv("HOSTDESK_DB")
    code, out, err = run(*line.split())
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "sudo -iu balie" in err


@pytest.mark.usefixtures("set_up")
def test_a_key_is_not_added_where_it_opens_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOSTDESK_DB")
    monkeypatch.setenv("HOME", str(tmp_path))
    public = tmp_path / "id.pub"
    public.write_text(ed25519())
    code, out, err = run("ssh-key", "add", "Fatima", str(public))
    assert (code, out) == (1, "")
    assert "sudo -iu balie" in err
    assert not (tmp_path / ".ssh").exists()


@pytest.mark.usefixtures("set_up")
def test_the_desk_of_another_account_makes_no_second_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HostdeskApp, "run", lambda _app: pytest.fail("asks its three questions"))
    with pytest.raises(NotPossible, match="sudo -iu balie"):
        app.run(place.default_database())


@pytest.mark.usefixtures("set_up")
def test_a_room_of_ones_own_can_be_made_all_the_same(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOSTDESK_DB")
    assert run("init", "--name", "Thuis")[0] == 0
    assert run("today")[0] == 0


@pytest.mark.usefixtures("set_up")
def test_the_desks_own_account_is_asked_for_a_room(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOSTDESK_DB")
    monkeypatch.setattr(place, "account", lambda: kiosk.ACCOUNT)
    assert "hostdesk init" in run("today")[2]
