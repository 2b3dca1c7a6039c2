"""The demo command in two terminals: two screens on one room."""

from pathlib import Path

from tests.terminal import HOSTDESK, Terminal


def test_a_second_demo_joins_the_first(tmp_path: Path) -> None:
    env = {"XDG_DATA_HOME": str(tmp_path), "LANG": "nl_NL.UTF-8", "LC_ALL": None, "HOSTDESK_DB": None}
    with Terminal([*HOSTDESK, "demo", "--days", "30"], env=env) as one:
        one.wait("Laatste")
        with Terminal([*HOSTDESK, "demo"], env=env) as other:
            other.wait("Laatste")
            other.send("7+")
            other.wait("Laatste: +7")
            one.wait("Laatste: +7")
            one.send("8+")
            other.wait("Laatste: +8")
            one.settle()
            other.wait(lambda screen: screen == one.text)
