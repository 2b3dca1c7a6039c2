"""What argparse itself says to people, through gettext's global domain (`hostdesk.words.choose`).

Only what a command line like ours can make it say, in Python 3.11 to 3.14; its texts for programmers
stay English.
"""

TEXTS: tuple[str | tuple[str, str], ...] = (
    "usage: ",
    "options",
    "positional arguments",
    "%(prog)s: error: %(message)s\n",
    "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "expected one argument",
    "expected at most one argument",
    "expected at least one argument",
    ("expected %s argument", "expected %s arguments"),
    "ignored explicit argument %r",
    "not allowed with argument %s",
    "one of the arguments %s is required",
    "invalid %(type)s value: %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)",  # 3.14
)
"""The msgids; a pair is a singular and its plural."""
