"""The command line on a room of its own, and a lifelike room of two years that is only read."""

from pathlib import Path

import pytest

from db import clock as clocks
from db import connection, costs
from hostdesk import demo
from tests.clocks import FakeClock
from tests.commands.test_door import run

__all__ = ["run"]


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    clocks.use(FakeClock())
    demo.make(file, days=760)
    connection.open(file)
    for year in (2024, 2025, 2026):
        costs.add(year, "Huur", f"{6000 + year}")
        costs.add_work(year, "Beroepskracht", "120", "55,50")
    costs.choose_rate(2024, "17", "de gemeente")
    costs.choose_rate(2026, "18,50", "de gemeente")
    connection.close()
    return file
