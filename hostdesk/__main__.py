"""`hostdesk`, and `python -m hostdesk`: everything begins here."""

import sys

from hostdesk import loading


def main() -> int:
    """Load the command line, and do what it asks; the exit code."""
    with loading.for_good():
        from hostdesk import cli
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
