"""Random keys and resizes for as long as you like: `python -m tests.fuzz --minutes 10`."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz import keys


def main() -> int:
    """Press them; say what fell over, and the seed that does it again."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    with TemporaryDirectory() as directory:
        file = Path(directory) / "room.db"
        keys.room(file)
        try:
            pressed = keys.press(file, args.minutes * 60, args.seed)
        except keys.Fell as problem:
            print(problem)
            return 1
    print(f"{pressed} keys in {args.minutes:g} minutes: nothing fell over")
    return 0


if __name__ == "__main__":
    sys.exit(main())
