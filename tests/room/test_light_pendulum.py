"""pendulum loads without dateutil's parser, and nobody who needs that parser is worse off."""

import subprocess
import sys

import pytest

LIGHT = "from db.light_pendulum import pendulum\n"
PARSER = "dateutil.parser._parser"


def _told(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(("way", "loads"), [(LIGHT, False), ("import pendulum\n", True)])
def test_the_parser_is_put_off(way: str, loads: bool) -> None:
    assert _told(f"{way}import sys; print({PARSER!r} in sys.modules)") == str(loads)


def test_what_the_program_uses_of_pendulum_does_not_load_it() -> None:
    use = "print(pendulum.date(2026, 11, 23).format('dddd', locale='nl'), pendulum.local_timezone() and '')"

    assert _told(f"{LIGHT}{use}; import sys; print({PARSER!r} in sys.modules)") == "maandag \nFalse"


@pytest.mark.parametrize(
    "use",
    [
        "print(pendulum.parse('23 november 2026', strict=False).date())",
        "from dateutil import parser; print(parser.parse('23 november 2026').date())",
        "import dateutil.parser; print(dateutil.parser.parse('23 november 2026').date())",
        "from dateutil.parser import parse; print(parse('23 november 2026').date())",
        "from dateutil.parser._parser import parse; print(parse('23 november 2026').date())",
        "from dateutil.rrule import rrulestr; print(rrulestr('FREQ=DAILY;UNTIL=20261123',"
        " dtstart=__import__('datetime').datetime(2026, 11, 23))[0].date())",
    ],
)
def test_it_is_there_for_who_needs_it(use: str) -> None:
    assert _told(LIGHT + use) == "2026-11-23"


def test_the_rest_of_dateutil_is_as_ever() -> None:
    use = "from dateutil import easter, rrule, tz; print(easter.easter(2027), rrule.DAILY, tz.UTC)"

    assert _told(LIGHT + use) == "2027-03-28 3 tzutc()"


@pytest.mark.parametrize(
    "before",
    [
        "import dateutil.parser, dateutil.parser._parser\n",
        "import importlib.util as u; u.LazyLoader.__init__ = lambda *_: (_ for _ in ()).throw(TypeError)\n",
    ],
)
def test_it_loads_as_always_where_it_cannot_wait(before: str) -> None:
    use = "import sys; print(pendulum.date(2026, 11, 23))\n"

    assert _told(f"{before}{LIGHT}{use}print({PARSER!r} in sys.modules)") == "2026-11-23\nTrue"


def test_a_dateutil_that_changed_changes_nothing() -> None:
    use = "from db import light_pendulum; light_pendulum._put_off('dateutil', 'gone'); "
    gone = "light_pendulum._put_off('no_such_package', 'gone'); print(light_pendulum.pendulum.__name__)"

    assert _told(use + gone) == "pendulum"
