"""`hostdesk`, and `python -m hostdesk`: everything begins here."""

import gc
import sys


def main() -> int:
    """Load the command line, and do what it asks; the exit code."""
    gc.disable()  # a twentieth of the time of a count: what modules are made of lives as long as the program
    from hostdesk import cli

    gc.freeze()  # and is not looked through later either
    gc.enable()
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
