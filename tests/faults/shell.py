"""The real command line in a process of its own, on a machine with something wrong."""

import ctypes
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = (sys.executable, "-m", "hostdesk")

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


@dataclass(frozen=True)
class Answer:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on stderr, checked to be just that: no traceback, no word of a bug."""
        assert self.err.startswith("hostdesk: ") and self.err.endswith("\n"), self.err
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err and "should not" not in self.err, self.err
        return self.err.removeprefix("hostdesk: ").rstrip("\n")


def hostdesk(
    *arguments: object,
    home: Path,
    before: Callable[[], object] | None = None,
    **environment: str,
) -> Answer:
    """Run a command as a user with this home directory would, in an English environment."""
    done = _run([*PROGRAM, *map(str, arguments)], home, before, environment)
    return Answer(done.returncode, done.stdout, done.stderr)


_ONE_AFTER_ANOTHER = """
import contextlib, io, json, sys
from hostdesk.cli import main
answers = []
for line in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        code = main(line)
    answers.append((code, out.getvalue(), err.getvalue()))
print(json.dumps(answers))
"""


def one_after_another(lines: Sequence[Sequence[str]], *, home: Path, **environment: str) -> list[Answer]:
    """Run several commands in one process, for speed."""
    done = _run([sys.executable, "-c", _ONE_AFTER_ANOTHER, json.dumps(lines)], home, None, environment)
    assert done.returncode == 0, done.stderr
    return [Answer(*answer) for answer in json.loads(done.stdout)]


def _run(
    arguments: list[str], home: Path, before: Callable[[], object] | None, environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "en_GB.UTF-8",
        "TERM": "xterm-256color",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",  # where no file can grow, it would be half of it
        "PYTHONPATH": str(Path(__file__).parents[2]),
        **environment,
    }
    return subprocess.run(
        arguments,
        env=surroundings,
        preexec_fn=before,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def without_privileges() -> None:
    """Let permissions hold for root as well, who runs the tests in some places."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


def files_of_at_most(size: int) -> Callable[[], None]:
    """No file can grow beyond this: the nearest thing to a full disk that needs no disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
