"""A line that drops ends its desk within ten seconds of that being noticed, and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest

from db import connection, door
from db.states import PersonKind
from tests.durability.big_digits import number_on
from tests.elsewhere.server import LACKS, Server, serving
from tests.line.shaped import Shaped
from tests.safekeeping.files import row_count
from tests.terminal import HOSTDESK, Terminal

NOTICED_SECONDS = 10.0
"""So soon it is known that a line was cut."""

ENDED_SECONDS = 2.0
"""So soon a desk has ended once its line is known to be gone."""

NEAR, FAR = "10.213.77.1", "10.213.77.2"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    if LACKS:
        pytest.skip(LACKS)
    with serving(tmp_path) as server:
        yield server


def ended(server: Server, noticed_in: float = 0.0) -> None:
    """Wait until the line's desk has ended, and see that it let go of its place."""
    end = time.monotonic() + noticed_in + ENDED_SECONDS
    while server.desks():
        assert time.monotonic() < end, "the desk outlived its line"
        time.sleep(0.05)
    screens = server.room.with_name(f".{server.room.name}-screens")
    assert not screens.exists() or not list(screens.iterdir())


def gone(server: Server, noticed_in: float = 0.0) -> None:
    """Wait until the line's desk has ended, and see that others can write."""
    ended(server, noticed_in)
    before = row_count(server.room)
    assert server.ssh("hostdesk", "count").returncode == 0
    assert row_count(server.room) == before + 1


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP, signal.SIGHUP])
def test_whatever_happens_to_the_client(server: Server, how: signal.Signals) -> None:
    """Killed, standing still as a laptop does that is shut, or its window closed."""
    with Terminal(server.command(terminal=True)) as line:
        line.wait("bezoeken vandaag")
        line.send("3+")
        line.wait("+3")
        line.signal(how)
        gone(server, NOTICED_SECONDS)
        assert row_count(server.room) == 2


@contextmanager
def another_machine() -> Iterator[tuple[str, Callable[[], None]]]:
    """A network of its own with one cable to here.

    Yields:
        Its name, and what pulls the cable out.
    """
    name = f"hostdesk{os.getpid()}"
    near = f"hd{os.getpid()}a"

    def ip(*words: str) -> None:
        subprocess.run(["ip", *words], check=True, capture_output=True)

    try:
        ip("netns", "add", name)
        ip("link", "add", near, "type", "veth", "peer", "name", "far", "netns", name)
        ip("addr", "add", f"{NEAR}/30", "dev", near)
        ip("link", "set", near, "up")
        ip("-n", name, "addr", "add", f"{FAR}/30", "dev", "far")
        ip("-n", name, "link", "set", "far", "up")
        yield name, lambda: ip("-n", name, "link", "set", "far", "down")
    finally:
        for words in (("link", "del", near), ("netns", "del", name)):
            with suppress(subprocess.CalledProcessError):
                ip(*words)


@contextmanager
def others_count(room: Path, every: float | None) -> Iterator[None]:
    """So many seconds apart somebody comes in at the desk, and all screens are drawn."""
    over = Event()

    def count() -> None:
        connection.open(room)
        while not over.wait(every):
            door.arrive()
        connection.close()

    counting = Thread(target=count)
    if every:
        counting.start()
    try:
        yield
    finally:
        over.set()
        if every:
            counting.join()


@pytest.mark.parametrize("every", [None, 1.0, 0.4], ids=["quiet", "a count a second", "more"])
def test_the_network_is_cut(tmp_path: Path, every: float | None) -> None:
    """No packet says so: only the server's own question, which nobody answers, does.

    It asks nothing while something is written, so that the desk must fall silent.
    """
    if LACKS or os.getuid() or not shutil.which("ip"):
        pytest.skip(LACKS or "needs root, and the Debian package iproute2")
    with ExitStack() as stack:
        try:
            name, cut = stack.enter_context(another_machine())
        except (OSError, subprocess.CalledProcessError) as problem:
            pytest.skip(f"this machine makes no network namespaces: {problem}")
        server = stack.enter_context(serving(tmp_path, at=NEAR))
        there = ["ip", "netns", "exec", name, *server.command(terminal=True, at=NEAR)]
        line = stack.enter_context(Shaped(there, bytes_a_second=1e6, late=0.0))
        line.wait("bezoeken vandaag")
        line.send("5+")
        line.wait("+5")
        stack.enter_context(others_count(server.room, every))
        line.wait(lambda _screen: not every or (number_on(line.lines) or 0) > 7)
        cut()
        line.send("9+")  # it goes nowhere
        ended(server, NOTICED_SECONDS - ENDED_SECONDS)
    with connection.looking_at(server.room) as seen:
        assert {n for (n,) in seen.execute("SELECT n FROM door")} <= {1, 5}


def test_what_is_half_typed_is_there_again_for_who_typed_it(server: Server) -> None:
    server.let_in("Omar", PersonKind.HOST)
    with Terminal(server.command(terminal=True)) as line:
        line.wait("bezoeken vandaag")
        line.send("l")
        line.wait("Esc")
        line.send("De sleutel ligt bij")
        line.wait("De sleutel ligt bij")
        line.signal(signal.SIGKILL)
    gone(server)
    for name, there in (("Omar", False), ("Fatima", True)):
        with Terminal(server.command(terminal=True, name=name)) as line:
            line.wait("vandaag")
            line.send("l")
            line.wait("Esc")
            line.settle()
            assert ("De sleutel ligt bij" in line.text) == there, name
    gone(server)
    with Terminal([*HOSTDESK, "--db", str(server.room)], env={"HOSTDESK_BY": "balie"}) as desk:
        desk.wait("vandaag")
        desk.send("l")
        desk.wait("Esc")
        desk.settle()
        assert "De sleutel ligt bij" not in desk.text


SIZES = Random(6)


def storm(line: Terminal, sizes: int, counted_each: int) -> int:
    """Drag the window to so many sizes, counting now and then; how many were counted."""
    counted = 0
    for n in range(sizes):
        line.resize(SIZES.randint(1, 200), SIZES.randint(1, 60))
        if n % counted_each == 0:
            line.send("1+")
            counted += 1
        line.read(0.01)
    return counted


@pytest.mark.parametrize("far", [False, True])
def test_a_window_that_is_dragged_about_while_people_come_in(server: Server, far: bool) -> None:
    here = [*HOSTDESK, "--db", str(server.room)]
    with Terminal(server.command(terminal=True) if far else here, env={"SSH_CONNECTION": None}) as line:
        line.wait("bezoeken vandaag")
        counted = storm(line, 100, 5)
        line.resize(80, 24)
        line.wait(lambda _screen: number_on(line.lines) == counted)
        (desk,) = server.desks() if far else [line.pid]
        before = memory_kb(desk)
        counted += storm(line, 100, 5)
        line.resize(80, 24)
        line.wait(lambda _screen: number_on(line.lines) == counted)
        assert memory_kb(desk) - before < 4096
        assert "Traceback" not in bytes(line.output).decode(errors="replace")
    assert row_count(server.room) == counted
    log = server.room.with_suffix(".log")
    assert not log.exists() or "bug" not in log.read_text()


def memory_kb(process: int) -> int:
    """Resident memory."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
