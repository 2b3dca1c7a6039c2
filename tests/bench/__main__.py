"""`python -m tests.bench`: measure the budgets, print the table, exit 1 when one is missed."""

import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path

from tests.bench.budget import Outcome, table
from tests.bench.rows import ROWS
from tests.bench.run import Run


def main() -> int:
    """Measure what is asked; the exit code."""
    parser = ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats: noisier, and sooner done")
    parser.add_argument("--only", action="append", choices=ROWS, metavar="ROW", help=", ".join(ROWS))
    args = parser.parse_args()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="hostdesk-bench-") as place:
        run = Run(Path(place), quick=args.quick)
        for name in args.only or ROWS:
            began = time.perf_counter()
            outcomes += ROWS[name](run)
            print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    print("\n".join(table(outcomes)))
    return 0 if all(outcome.kept for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
