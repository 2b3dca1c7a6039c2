"""What is said of a backup that was put back, in the shell and on the screen."""

from typing import TYPE_CHECKING

from db.text import visible
from hostdesk.words import N_, gettext, ngettext

if TYPE_CHECKING:
    from db.restore import Restored

EMPTIED = N_(
    "There are no names, phone numbers and texts in this backup any more: their time was up, "
    "or they were erased. The counts and the hours are there. "
    "Say again who is of the house: hostdesk person add NAME"
)


def what_is_missing(done: "Restored") -> str:
    """What putting an older room back took away from the one that was there; nothing where none was."""
    if not done.kept_in:
        return ""
    if done.instead_of is not None:
        sentence = gettext("Mind: another room stood here, {name}. Nothing of that is here any more.")
        return sentence.format(name=visible(done.instead_of))
    counts = done.not_in_it
    if counts is None:
        return gettext("What was counted after this backup cannot be read any more.")
    if not counts:
        return gettext("Nothing was counted after this backup: no count is missing.")
    return ngettext(
        "{n} count from after this backup is not in it any more.",
        "{n} counts from after this backup are not in it any more.",
        counts,
    ).format(n=counts)
