"""What somebody was typing when they left: it is still there the next time, also after a crash."""

import json
import os
import time
from contextlib import suppress
from pathlib import Path

from hostdesk import place
from hostdesk.logfile import log

KEPT_SECONDS = 24 * 3600
"""After a day nobody goes on with a sentence."""

_LONGEST = 100_000
"""Characters; a larger file is none of ours."""


class Drafts:
    """The half-typed texts of one person, in a file beside the room that only they can read."""

    def __init__(self, database: Path) -> None:
        """Take what was left there, unless it is a day old."""
        name = "".join(one for one in place.who() if one.isalnum()) or "balie"
        self._file = database.with_name(f".{database.stem}-{name}.draft")
        self._texts: dict[str, str] = {}
        with suppress(OSError, ValueError, TypeError):
            if time.time() - self._file.stat().st_mtime < KEPT_SECONDS:
                read = json.loads(self._file.read_text(encoding="utf-8")[:_LONGEST])
                self._texts = {str(what): str(text) for what, text in dict(read).items()}
            else:
                self._file.unlink()

    def of(self, what: str) -> str:
        """What was half typed there; nothing where nothing was."""
        return self._texts.get(what, "")

    def keep(self, what: str, text: str) -> None:
        """This is half typed now; nothing takes it away. A disk that does not take it stops nobody."""
        if text == self.of(what):
            return
        self._texts.pop(what, None)
        if text:
            self._texts[what] = text
        try:
            self._write()
        except OSError as error:
            log.error("a draft could not be kept: %s", error)

    def _write(self) -> None:
        if not self._texts:
            self._file.unlink(missing_ok=True)
            return
        new = self._file.with_suffix(".new")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            json.dump(self._texts, opened, ensure_ascii=False)
        new.replace(self._file)
