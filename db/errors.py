"""The mistakes and mishaps that people can cause, each one sentence to show them.

The sentences are written in English here and translated where they are shown. Anything that is not a
`HostdeskError` is a bug: it goes to the log file, loudly.
"""

from typing import Any


def N_(sentence: str) -> str:
    """Mark a sentence for translation; the edge translates it when it is shown."""
    return sentence


class HostdeskError(Exception):
    """Something a person can cause, with a sentence that says what is wrong and what to do next."""

    sentence: str = N_("Something went wrong.")
    """The sentence with {named} places, in English."""

    def __init__(self, sentence: str | None = None, **values: object) -> None:
        """Take the sentence (or the class's own) and the values for its named places."""
        self.sentence = sentence or self.sentence
        self.values = values
        super().__init__(self.sentence.format(**values))


class NotPossible(HostdeskError):
    """A rule of the room says no: nothing has changed."""


class Meanwhile(NotPossible):
    """Somebody else was first, and it stays as they left it: who was second says it again, knowing that."""

    def __init__(self, sentence: str | None = None, *, now: Any = None, **values: object) -> None:
        """Take the sentence and its values, and how it stands now: what to expect the next time."""
        super().__init__(sentence, **values)
        self.now = now


CHANGED_MEANWHILE = N_("Somebody else has just made it “{said}”. Save again if yours is right.")
"""What a text says that somebody else wrote first."""

LED_MEANWHILE = N_("Somebody else has just changed who leads. Save again if yours is right.")
"""Who leads is another one than who says so knew."""


class NothingToUndo(NotPossible):
    """There is no action that can still be undone."""

    sentence = N_("There is nothing to undo.")


class AlreadyUndone(NotPossible):
    """Somebody else has undone this row already; nothing else was voided."""

    sentence = N_("That was undone already, at another screen or by a command.")


class NoRoom(HostdeskError):
    """There is no database at this path yet."""

    sentence = N_("There is no room in {path} yet. Make one with: hostdesk init --name NAME")


class Gone(NoRoom):
    """There is no database at this path any more, for its backups stand beside it."""

    sentence = N_(
        "The room of {path} has gone. For a new one: hostdesk init --name NAME. "
        "Its newest backup, of {day}, is put back with: hostdesk restore {backup}"
    )


class SetAside(HostdeskError):
    """There is no database at this path, and a restore has set one aside that stood there."""

    sentence = N_(
        "There is no room in {path}, but the one that a restore took away there is still in {folder}. "
        "Put it back with: hostdesk restore {kept} (or another backup). "
        "For a new room, move that directory elsewhere first."
    )


class Emptied(HostdeskError):
    """The database is empty, and its log is not."""

    sentence = N_(
        "{path} is empty, but its log {log} is not: a room was lost here. "
        "Put back a backup with: hostdesk restore FILE. Or make a new room with: hostdesk init --name NAME"
    )


class RoomExists(HostdeskError):
    """There is a database at this path already, and it stays as it is."""

    sentence = N_("There is a room in {path} already; it was left as it is.")


class NotARoom(HostdeskError):
    """The file is something else than a hostdesk database."""

    sentence = N_("{path} is not a hostdesk database; it was left as it is. Choose another file with --db.")


class NotABackup(NotARoom):
    """The file that should be put back is something else than a hostdesk database."""

    sentence = N_("{path} is no backup of hostdesk; nothing was changed. Choose another file.")


class TakenForText(NotABackup):
    """A copy that came down a line into Windows PowerShell, whose `>` takes all for text."""

    sentence = N_(
        "{path} was spoiled where it was fetched: the > of PowerShell takes a copy for text. Nothing was "
        "changed. Fetch another one from a Command Prompt (cmd)."
    )


class NewerRoom(HostdeskError):
    """The database was written by a newer hostdesk."""

    sentence = N_(
        "{path} was made by a newer hostdesk (version {found} of the tables, this one knows {known}). "
        "Install the newest hostdesk; nothing was changed."
    )


class Upgraded(NotPossible):
    """A newer hostdesk has changed the tables since this one opened the room."""

    sentence = N_(
        "A newer hostdesk has taken over this room; this one writes nothing in it any more. "
        "Start hostdesk again."
    )


class NotYetUpgraded(HostdeskError):
    """The database is that of an older hostdesk, and who asks may not change it."""

    sentence = N_(
        "This room is not yet brought up to date for the newest hostdesk. That happens by itself as soon as "
        "its desk opens; try again then."
    )


class CannotOpen(HostdeskError):
    """The file or its directory cannot be opened or made."""

    sentence = N_(
        "{path} cannot be opened or made. Check that the place exists and that you may read and write there."
    )


class ReadOnly(HostdeskError):
    """The database cannot be written."""

    sentence = N_("{path} can only be read, so nothing was saved. Check the permissions and the disk.")


class CardReadOnly(ReadOnly):
    """The whole disk takes no writing any more, so it is nobody's permissions."""

    sentence = N_(
        "The disk of {path} can only be read, so nothing was saved. A card that fails becomes so. "
        "Switch the machine off and on once; if it stays so, put in a new card."
    )


class DiskFull(HostdeskError):
    """There is no space left on the disk."""

    sentence = N_("The disk is full, so nothing was saved. Make space and try again.")


class FilesLimited(HostdeskError):
    """Whoever started the program may make no larger files; the disk has nothing to do with it."""

    sentence = N_(
        "No file may grow larger than {limit} kB here (ulimit -f), so nothing was saved. "
        "Have that limit raised, and start hostdesk again."
    )


class DiskTrouble(HostdeskError):
    """The disk answered with an error."""

    sentence = N_("The disk of {path} gives errors, so nothing was saved. Check the disk or the card.")


class Damaged(HostdeskError):
    """The database is damaged (or its disk has gone)."""

    sentence = N_(
        "{path} is damaged or its disk has gone; nothing was changed. "
        "Run: hostdesk check. The newest backup is put back with: hostdesk restore FILE"
    )


class Spoiled(HostdeskError):
    """The database can be read, and holds what hostdesk never writes."""

    sentence = N_(
        "{path} holds something that hostdesk did not write there. "
        "Run: hostdesk check. The newest backup is put back with: hostdesk restore FILE"
    )


class Busy(HostdeskError):
    """Another process kept the database for longer than we are willing to wait."""

    sentence = N_("Another program keeps {path} busy. Nothing was saved; try again.")


class NotTrusted(HostdeskError):
    """A copy was made and is not what it should be."""

    sentence = N_(
        "The copy {path} is not what it should be and was thrown away; older backups are still there. "
        "Check the disk or the card, and run: hostdesk check"
    )


class NoSuchFile(HostdeskError):
    """There is no file where a backup was said to be."""

    sentence = N_("There is no file {path}. The backups of this room are in {folder}.")


class BackupDamaged(HostdeskError):
    """The file that should be put back cannot be trusted."""

    sentence = N_("{path} is damaged, so it was not put back; nothing was changed. Choose another backup.")


class RoomInUse(HostdeskError):
    """Somebody has the room open while its file should change places."""

    sentence = N_(
        "{path} is open in another program, such as the desk, here or with somebody elsewhere. "
        "Close that first; nothing was changed."
    )


class Vanished(HostdeskError):
    """The file that is open was taken away, or another one was put in its place."""

    sentence = N_(
        "{path} has gone, or another file stands in its place; nothing was saved. "
        "Put it back, or stop and start hostdesk again."
    )


LOST = (NoRoom, Damaged, Spoiled, NotARoom, Emptied, SetAside)
"""What only a backup puts right; the rest may pass by itself, or by making space."""
