"""The words for who else has the room on a screen now."""

from collections import Counter
from collections.abc import Sequence

from db.text import visible
from hostdesk.words import N_, gettext, ngettext


def mark(n: int) -> str:
    """How many look along; nothing where nobody does."""
    return ngettext("{n} looks along", "{n} look along", n).format(n=n) if n else ""


def names(others: Sequence[str | None]) -> str:
    """Who look along, by name; nothing where nobody does, and their number for who sees no names.

    Args:
        others: who is at each of the other screens; None at the desk, and nothing where no name is known.
    """
    known = Counter(gettext(N_("the desk")) if one is None else visible(one) for one in others if one != "")
    nameless = sum(one == "" for one in others)
    if not known:
        return mark(len(others))
    who = [name if n == 1 else f"{name} ({n} ×)" for name, n in known.items()]
    if nameless:
        who.append(ngettext("{n} other", "{n} others", nameless).format(n=nameless))
    return gettext(N_("At other screens now: {who}.")).format(who=", ".join(who))
