"""Where things stand: the database, and beside it the log file and the backups."""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from db import roles
from db.errors import N_, HostdeskError, NotPossible
from db.roles import account as account

PROGRAM = (sys.executable, "-EP", "-m", "hostdesk")
"""How hostdesk begins where nobody stands by: Python takes nothing from the environment (-E), which could end
in its own prompt, and no module from the directory where it starts (-P), which is somebody's own."""

UNIT = Path("/etc/systemd/system/hostdesk.service")
"""What makes a machine start into the desk by itself (`hostdesk kiosk`)."""

FROM_ELSEWHERE = "SSH_CONNECTION"
"""What sshd puts into the environment of whoever comes in."""

_NO_HOME = Path("/nonexistent")
"""What Debian writes down as the home of an account that has none."""


class NoHome(HostdeskError):
    """Nobody said where the room is, and this account has no directory of its own where it would be."""

    sentence = N_(
        "This account has no home directory, and so no usual place for a room. "
        "Say where the room is: hostdesk --db PATH"
    )


class OfTheDesk(NotPossible):
    """This account has no room, and the desk of this machine runs under another one."""

    sentence = N_(
        "The room of this machine's desk belongs to the account {account}. Put this before the command: "
        "sudo -iu {account}. For a room of your own: hostdesk init --name NAME"
    )


def of_the_desk(database: Path) -> OfTheDesk | None:
    """Whether somebody looks in their own place for a room that belongs to this machine's desk."""
    if chosen_database() or database != itself(default_database()) or database.exists():
        return None
    with suppress(OSError, UnicodeDecodeError):
        found = re.search(r"^User=(\S+)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
        if found and found[1] != account():
            return OfTheDesk(account=found[1])
    return None


def installing(part: str) -> str:
    """The command that installs a part that hostdesk does without, where this hostdesk stands."""
    import shlex

    command = shlex.join([sys.executable, "-m", "pip", "install", f"hostdesk[{part}]"])
    return command if os.access(sys.prefix, os.W_OK) else f"sudo {command}"


def default_database() -> Path:
    """`HOSTDESK_DB`, or the user's data directory (XDG Base Directory Specification)."""
    return chosen_database() or _data_directory() / "hostdesk.db"


def demo_database() -> Path:
    """Where the demo room stands: beside the real one, and never it."""
    return _data_directory() / "demo.db"


def chosen_database() -> Path | None:
    """`HOSTDESK_DB`; None where it says nothing."""
    chosen = os.environ.get("HOSTDESK_DB")
    return given(chosen) if chosen else None


def _data_directory() -> Path:
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else home() / ".local/share") / "hostdesk"


def home() -> Path:
    """One's own directory; of an account that is a number and nothing more, one that is never there."""
    try:
        return Path.home()
    except RuntimeError:
        return _NO_HOME


def assert_known(database: Path) -> None:
    """Refuse to look for a room where no place for one is known.

    Raises:
        NoHome: so it is.
    """
    if _NO_HOME in database.parents and database.parent == _data_directory():
        raise NoHome


def itself(database: Path) -> Path:
    """The room's own file, where this is a link to it: what stands beside it is the same by whatever way.

    That is its backups, the key that they are sealed with, what is half typed.
    """
    is_link = os.path.islink(database)  # noqa: PTH114 - where nobody may look, Path says that with an error
    return Path(os.path.realpath(database)) if is_link else database


def log_file(database: Path) -> Path:
    """What a person needn't see."""
    return database.with_name(f"{database.stem}.log")


def given(text: str) -> Path:
    """A path as somebody typed it, with ~ for their own directory."""
    try:
        return Path(text).expanduser()
    except RuntimeError:  # ~somebody who is not there
        return Path(text)


def at_the_machine() -> bool:
    """Whether this is the room's own machine, and not somebody who looks along over SSH."""
    return FROM_ELSEWHERE not in os.environ


def at_the_desk() -> bool:
    """Whether nobody logged in, as at the desk: not over SSH, and not under a name of their own (`--as`)."""
    return at_the_machine() and not roles.came_in()


def who() -> str:
    """Who does something, as far as the program can know: `HOSTDESK_BY`, or the account it runs under."""
    import getpass

    if by := os.environ.get("HOSTDESK_BY"):
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return ""
