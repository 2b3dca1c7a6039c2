"""The room's short list of what people come for, which its coordinator keeps."""

from collections.abc import Iterable

from db import models
from db.connection import writing
from db.errors import N_, NotPossible
from db.text import clean

MOST = 9
"""As many as one goes through with one key."""

LONGEST = 30
"""Characters of one reason."""


def keep(said: Iterable[str]) -> tuple[str, ...]:
    """Keep these reasons, in this order; what was counted with another one stays counted with it.

    Returns:
        The list as it is now: a reason that was there before is written as it was then.

    Raises:
        NotPossible: there are none or too many, or one of them is not a word or a few; nothing has changed.
    """
    wanted = {reason.casefold(): reason for part in said if (reason := clean(part, most=LONGEST))}
    if not 1 <= len(wanted) <= MOST:
        raise NotPossible(N_("A room keeps between 1 and {most} reasons for a visit."), most=MOST)
    with writing():
        before = {one.code.casefold(): one.code for one in models.Reason.select()}
        kept = tuple(before.get(folded, reason) for folded, reason in wanted.items())
        models.Reason.update(active=False).execute()
        for position, code in enumerate(kept):
            models.Reason.replace(code=code, position=position, active=True).execute()
    return kept
