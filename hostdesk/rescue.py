"""When the room cannot be opened: what is wrong, what goes on meanwhile, and the newest good backup.

A machine without an administrator must not show a sentence for a second and start again: this stays, looks
by itself whether the trouble is over, and puts a backup back with one key.
"""

import asyncio
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from db import backup, check, connection, days, errors, restore, room
from db.backup import Backup
from db.errors import HostdeskError
from hostdesk import logfile, words
from hostdesk.logfile import log
from hostdesk.program import Program
from hostdesk.trouble import meanwhile
from hostdesk.widgets.key_bar import KeyBar
from hostdesk.widgets.lines import Lines, Span, line
from hostdesk.widgets.sentence import Sentence
from hostdesk.words import N_, dates, gettext, say
from hostdesk.words.putting_back import EMPTIED, what_is_missing

AGAIN_SECONDS = 5.0
"""How often it is tried whether the room can be opened after all."""


@dataclass(frozen=True)
class Offer:
    """What could be found to go on with."""

    backup: Backup | None
    """The newest one that is sound, or None when there is none."""
    can_be_put_back: bool
    """Whether putting it back is the answer to what is wrong."""


class Rescue(Program):
    """Stands in the desk's place until the room can be opened."""

    TITLE = "hostdesk"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", N_("go on"), key_display="Enter", priority=True),
        Binding("full_stop,r", "again", N_("try again"), key_display=".", priority=True),
        Binding("ctrl+q", "quit", N_("stop"), key_display="ctrl+q", priority=True, system=True),
    ]
    CSS = """
    #title { background: $panel; padding: 0 1; height: 1; }
    #story { padding: 1 1 0 1; height: 1fr; overflow-y: auto; }
    #story > Sentence { margin-bottom: 1; }
    """

    def __init__(self, file: Path, trouble: HostdeskError) -> None:
        """Tell of this trouble with this room."""
        super().__init__(file)
        self._trouble = trouble
        self._offer: Offer | None = None
        self._busy = False
        self._put_back = False
        self.solved = False
        """Whether the room can be opened now."""

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Lines(id="title")
        with Vertical(id="story"):
            yield Sentence(look="alarm", id="trouble")
            yield Sentence(look="strong", id="counting")
            yield Sentence(id="backup")
            yield Sentence(id="emptied")
            yield Sentence(id="what")
            yield Sentence(look="quiet", id="again")
        yield KeyBar()

    def on_mount(self) -> None:
        """Say what is known, look for a backup, and try again now and then."""
        for ending in (signal.SIGHUP, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(ending, self.exit)
        self.query_one("#title", Lines).show(
            [line(Span(gettext(N_("hostdesk · the room does not open")), "strong"))]
        )
        self._say("#trouble", _in_short(self._trouble))
        self._say(
            "#counting",
            gettext(
                N_(
                    "Nothing can be counted here now. Keep tally on paper; when the desk is back, "
                    "type the number and press +."
                )
            ),
        )
        self._say("#backup", gettext(N_("Looking for the newest good backup…")))
        meanwhile(self, self._look, lambda sentence: self._say("#backup", sentence))
        if not isinstance(self._trouble, errors.LOST):
            self._say(
                "#again", gettext(N_("Every few seconds it is tried again; then the desk opens by itself."))
            )
            self.set_interval(AGAIN_SECONDS, self.action_again)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter is only for what it can do now."""
        if action == "go_on":
            return self._put_back or bool(self._offer and self._offer.backup and self._offer.can_be_put_back)
        if action == "again":
            return not self._put_back
        return super().check_action(action, parameters)

    def action_command_palette(self) -> None:
        """There is nothing else to do here."""

    def action_again(self) -> None:
        """Try whether the room opens now."""
        if not self._busy and not self._put_back:
            meanwhile(self, self._try, lambda sentence: self._say("#trouble", sentence))

    def action_go_on(self) -> None:
        """Put the backup back, or open the desk when that was done."""
        if self._put_back:
            self._open_desk()
        elif not self._busy:
            meanwhile(self, self._restore, lambda sentence: self._say("#what", sentence))

    async def _look(self) -> None:
        """Find the newest backup that is sound; that reads all of it, so beside the loop."""
        found = await asyncio.to_thread(check.newest_good, self._file)
        lost = isinstance(self._trouble, errors.LOST)
        emptied = bool(lost and found and await asyncio.to_thread(restore.is_emptied, found.file))
        self._offer = Offer(found, lost)
        self._say("#backup", _of_backup(found))
        self._say("#emptied", gettext(EMPTIED) if emptied else "")
        self._say("#what", _what_to_do(self._trouble, self._offer))
        self._draw_keys()

    async def _try(self) -> None:
        self._busy = True
        try:
            trouble = await asyncio.to_thread(_why_not, self._file)
        finally:
            self._busy = False
        if trouble:
            self._say("#trouble", _in_short(trouble))
        else:
            self._open_desk()

    def _open_desk(self) -> None:
        self.solved = True
        self.exit()

    async def _restore(self) -> None:
        copy = self._offer.backup if self._offer else None
        if copy is None:
            return
        self._busy = True
        self._say("#what", gettext(N_("One moment…")))
        try:
            done = await asyncio.to_thread(_put_back, copy.file, self._file)
        finally:
            self._busy = False
        log.warning("a backup was put back: %s", copy.file)
        self._put_back = True
        self._say("#trouble", "")
        self._say("#counting", gettext(N_("The backup is back. Press Enter: the desk opens.")))
        self._say("#backup", what_is_missing(done))
        kept = gettext(N_("What was there before is kept in {path}.")).format(path=done.kept_in)
        self._say("#what", kept if done.kept_in else "")
        self._say("#again", "")
        self._draw_keys()

    def _say(self, where: str, sentence: str) -> None:
        self.query_one(where, Sentence).say(sentence)

    def _draw_keys(self) -> None:
        self.refresh_bindings()
        self.query_one(KeyBar).draw()


def solved(file: Path, trouble: HostdeskError) -> bool:
    """Show what is wrong until it is over, or until somebody stops; whether it is over."""
    if newest := backup.newest(file):
        words.choose(room.peek_language(file) or room.peek_language(newest.file) or words.language())
    logfile.keep(file)
    log.error("the room does not open: %s", trouble)
    rescue = Rescue(file, trouble)
    rescue.run()
    return rescue.solved


def _why_not(file: Path) -> HostdeskError | None:
    """Open the room and read its day; why that does not go."""
    try:
        connection.open(file)
        connection.assert_writable()
        days.today()
    except HostdeskError as trouble:
        return trouble
    except Exception:
        log.exception("what the file holds cannot be used")
        return check.spoiled(file) or HostdeskError()
    finally:
        connection.close()
    return None


def _put_back(copy: Path, file: Path) -> restore.Restored:
    try:
        return restore.restore(copy, file)
    finally:
        connection.close()


def _in_short(trouble: HostdeskError) -> str:
    """What is wrong, without the commands that stand in for this screen in the shell."""
    if isinstance(trouble, errors.NoRoom):
        sentence = N_("The file of the room has gone, and its backups are here: {path}")
        return gettext(sentence).format(path=trouble.values["path"])
    if isinstance(trouble, (errors.Damaged, errors.Spoiled)):
        return gettext(N_("The file of the room is damaged, or its disk has gone: {path}")).format(
            path=trouble.values["path"]
        )
    return say(trouble)


def _of_backup(found: Backup | None) -> str:
    if found is None:
        return gettext(
            N_("There is no good backup beside it. Look on the USB stick, or ask the coordinator.")
        )
    sentence = gettext(N_("Newest good backup: {day}, {path}."))
    return sentence.format(day=dates.day(found.day), path=found.file)


def _what_to_do(trouble: HostdeskError, offer: Offer) -> str:
    if isinstance(trouble, errors.DiskFull):
        return gettext(N_("Make space: throw away what is not needed on this disk, such as old downloads."))
    if isinstance(trouble, errors.NewerRoom):
        return ""
    if offer.backup and offer.can_be_put_back:
        return gettext(N_("Press Enter to put it back. What stands there now is kept beside it."))
    if isinstance(trouble, errors.CardReadOnly):
        return ""  # that says it itself
    if isinstance(trouble, (errors.ReadOnly, errors.DiskTrouble)):
        return gettext(
            N_(
                "A card that fails becomes so. Switch the machine off and on once; "
                "if it stays so, put in a new card."
            )
        )
    return ""
