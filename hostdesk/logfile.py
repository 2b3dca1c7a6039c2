"""The log file beside the database: takes what a person needn't see, and what only a bug can cause."""

import logging
from pathlib import Path

from hostdesk import place

log = logging.getLogger("hostdesk")


class _RotatingFile(logging.Handler):
    """3 files of half a megabyte at most, made (and the code for it read) at the first line."""

    def __init__(self, file: Path) -> None:
        """Write to this file."""
        super().__init__()
        self._file = file
        self._handler: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a log that cannot be written stops nobody."""
        if self._handler is None:
            self._handler = self._opened()
        self._handler.handle(record)

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        try:
            handler = RotatingFileHandler(self._file, maxBytes=500_000, backupCount=2, encoding="utf-8")
        except OSError:
            return logging.NullHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
        return handler


def keep(database: Path) -> Path:
    """Write the log beside this database; returns its path."""
    file = place.log_file(database)
    log.setLevel(logging.INFO)
    log.propagate = False
    logging.raiseExceptions = False
    log.handlers[:] = [_RotatingFile(file)]
    return file
