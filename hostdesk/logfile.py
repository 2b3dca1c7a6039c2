"""The log file beside the database: takes what a person needn't see, and what only a bug can cause."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from hostdesk import place

log = logging.getLogger("hostdesk")


def keep(database: Path) -> Path:
    """Write the log beside this database, 3 files of half a megabyte at most; returns its path.

    A log that cannot be written stops nobody: the desk goes on without.
    """
    file = place.log_file(database)
    log.setLevel(logging.INFO)
    log.propagate = False
    logging.raiseExceptions = False
    try:
        handler = RotatingFileHandler(file, maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True)
    except OSError:
        return file
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    log.handlers[:] = [handler]
    return file
