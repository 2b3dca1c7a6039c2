"""The program on a machine that was switched off and on again: `python -m tests.shifts.later HOURS …`.

Its clock is so many hours further than this machine's; it is another start of it.
"""

import sys
from datetime import datetime, timedelta

from db import clock
from hostdesk.cli import main


class Later(clock.SystemClock):
    """This machine's clock, as it will be."""

    def __init__(self, hours: float) -> None:
        """Go so many hours further."""
        super().__init__()
        self._further = timedelta(hours=hours)
        self._boot = f"{self._boot}+{hours}"

    def now(self) -> datetime:
        """The wall clock then."""
        return super().now() + self._further


if __name__ == "__main__":
    hours = float(sys.argv.pop(1))
    clock.use(Later(hours))
    sys.exit(main())
