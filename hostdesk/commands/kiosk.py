"""What makes a machine start into the desk by itself: printed, to be read first and then run."""

import shlex
from typing import TYPE_CHECKING

from db.backup import STICK
from db.errors import NotPossible
from hostdesk.commands.command import Command
from hostdesk.place import PROGRAM, UNIT
from hostdesk.words import N_, gettext
from hostdesk.words.shell import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

ACCOUNT = "balie"
"""The account of the desk, and of who comes in with a key: it has no password."""

FONT = "Uni2-TerminusBold32x16"
"""The largest that Debian has for the console: 80 columns and 24 lines on a screen of 1366 by 768."""

ALIVE_SECONDS, ALIVE_TIMES = 1, 3
"""How often sshd asks whether a client is there, and how often in vain: a cut line ends in ten seconds.

OpenSSH (9.2; look again at each new version) asks once more than the interval has gone by, in whole seconds,
with nothing written either: that is mostly twice the interval. It gives up where it would ask once more.
"""

BLANK_MINUTES = 60
"""How long after the last key the screen goes dark: never while somebody counts, and any key lights it."""

KEYS_FILE = "/etc/hostdesk-keys.map"

KEYS = """\
keycode 70 = VoidSymbol
keycode 71 = seven
keycode 72 = eight
keycode 73 = nine
keycode 75 = four
keycode 76 = five
keycode 77 = six
keycode 79 = one
keycode 80 = two
keycode 81 = three
keycode 82 = zero
keycode 83 = period
"""
"""What the console makes of keys (keymaps(5)). It starts with Num Lock off: the 5 of `5+` would be no digit,
and one visitor counted for five. And Scroll Lock would freeze the picture."""

_UNIT = """\
[Unit]
Description=hostdesk, the desk of the room
After=systemd-user-sessions.service getty@tty1.service plymouth-quit-wait.service
Conflicts=getty@tty1.service
StartLimitIntervalSec=0

[Service]
User={account}
WorkingDirectory=~
Environment=LANG=C.UTF-8 TERM=linux
ExecStartPre=-+/bin/sh -c "setfont -C /dev/tty1 {font}; setterm --term linux --blank {blank} --powerdown 0"
ExecStartPre=-+/bin/sh -c "loadkeys -q {keys}"
ExecStart={program}
StandardInput=tty-force
StandardOutput=tty
StandardError=tty
TTYPath=/dev/tty1
TTYReset=yes
TTYVHangup=yes
UMask=0007
Restart=always
RestartSec=2
TimeoutStopSec=20

[Install]
WantedBy=multi-user.target
"""
"""A desk that comes back whatever ends it; systemd gives the account the terminal, so nobody logs in."""

_SET_UP = """\
# {what}
set -e
DEBIAN_FRONTEND=noninteractive apt-get install -y console-setup kbd </dev/null

# {of_account}
id {account} >/dev/null 2>&1 || adduser --disabled-password --gecos hostdesk {account}
runuser -u {account} -- {program} --version >/dev/null || {{
    echo {cannot_begin} >&2
    exit 1
}}

# {of_stick}
mkdir -p /media/{stick}
grep -q "^LABEL={stick} " /etc/fstab || cat >>/etc/fstab <<END

LABEL={stick} /media/{stick} auto {options},uid=$(id -u {account}),gid=$(id -g {account}),umask=007 0 0
END

# {of_line}
mkdir -p /etc/ssh/sshd_config.d
cat >/etc/ssh/sshd_config.d/hostdesk.conf <<'END'
{line}END
systemctl try-reload-or-restart ssh.service || true

# {of_keys}
cat >{keys_file} <<'END'
{keys}END

# {of_unit}
cat >{unit_file} <<'END'
{unit}END
systemctl daemon-reload
systemctl disable getty@tty1.service
systemctl set-default multi-user.target
systemctl enable hostdesk.service
"""

_STICK_OPTIONS = "noauto,nofail,x-systemd.automount,x-systemd.idle-timeout=60"


def unit(account: str = ACCOUNT) -> str:
    """The systemd unit that keeps a desk on the machine's first console."""
    program = shlex.join(PROGRAM)
    return _UNIT.format(account=account, font=FONT, blank=BLANK_MINUTES, keys=KEYS_FILE, program=program)


def line(account: str = ACCOUNT) -> str:
    """What sshd is told of those who come in with a key."""
    return (
        f"Match User {account}\n"
        f"    ClientAliveInterval {ALIVE_SECONDS}\n"
        f"    ClientAliveCountMax {ALIVE_TIMES}\n"
        "Match all\n"
    )


def set_up(account: str = ACCOUNT) -> str:
    """The lines that set a Debian or Raspberry Pi OS machine up, as a script for root."""
    cannot_begin = gettext(
        N_(
            "{account} cannot begin {program}, so no desk was set up: "
            "install hostdesk for every account, and print this again."
        )
    )
    return _SET_UP.format(
        account=account,
        program=shlex.join(PROGRAM),
        cannot_begin=shlex.quote(cannot_begin.format(account=account, program=PROGRAM[0])),
        stick=STICK,
        options=_STICK_OPTIONS,
        unit=unit(account),
        unit_file=UNIT,
        line=line(account),
        keys_file=KEYS_FILE,
        keys=KEYS,
        what=gettext(
            N_("Set this machine up for the desk. Read it, and then: hostdesk kiosk --print | sudo sh")
        ),
        of_account=gettext(N_("An account without a password: the desk runs under it.")),
        of_stick=gettext(
            N_("A USB stick called {stick}, with FAT or exFAT on it, gets each day's backup by itself.")
        ).format(stick=STICK),
        of_line=gettext(N_("A line from elsewhere that is cut is noticed within ten seconds.")),
        of_keys=gettext(
            N_("The numeric pad gives digits whatever Num Lock says, and Scroll Lock freezes nothing.")
        ),
        of_unit=gettext(N_("The desk on the first console, from the next start on, whatever ends it.")),
    )


def _arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--print", action="store_true", help=gettext(N_("print it; nothing else is done")))
    parser.add_argument(
        "--account",
        metavar=gettext(N_("NAME")),
        default=ACCOUNT,
        help=gettext(N_("the account that the desk runs under (balie)")),
    )


def _kiosk(args: "Namespace") -> None:
    plain = args.account.isascii() and args.account.replace("-", "").replace("_", "").isalnum()
    if not plain or not args.account[0].islower():
        raise NotPossible(N_("“{name}” is no name for an account on this machine."), name=args.account[:30])
    tell(*set_up(args.account).splitlines())


KIOSK = Command(
    "kiosk",
    N_("Print what makes this machine start into the desk by itself."),
    run=_kiosk,
    arguments=_arguments,
    example="hostdesk kiosk --print",
    needs_room=False,
    at_the_machine=True,
)
