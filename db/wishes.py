"""Wishes: what neighbours would like to happen here, and who has the same wish.

A wish holds no person. Who wants to be told what comes of it can leave a contact: that is kept apart,
and erased by itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from peewee import fn

from db import clock, history, word_forms
from db import room as rooms
from db.board_models import Activity, BoardEvent, Comes, Contact, MeToo, Session, Wish, WishWords
from db.connection import reading, rows, writing
from db.errors import CHANGED_MEANWHILE, N_, Meanwhile, NotPossible
from db.history import What
from db.moments import from_text
from db.states import SessionState, State
from db.text import clean

LONGEST = 200
"""Characters of a wish: a line or two."""

LONGEST_THEME = 30
LONGEST_CONTACT = 80

CONTACT_KEPT = timedelta(days=365)
"""After the wish was voiced, at most: whoever was not told by then is not told any more."""

CONTACT_KEPT_AFTER = timedelta(days=91)
"""Three months after the wish was done or given up: time to tell what came of it."""

MOST_ALIKE = 3
"""So many like wishes are offered while somebody types."""

SHORTEST_WORD = 3
"""Shorter words say nothing about what a wish is."""

THEMES = {
    "nl": ("ontmoeten", "creatief", "bewegen", "eten", "leren", "hulp", "anders"),
    "en": ("meeting", "creative", "moving", "food", "learning", "help", "other"),
}
"""The themes that are offered; a room may use others."""

_COMMON_WORDS = """
aan aub bij dat deze die dit doen een eens elke enkele eventueel gaan gaat geen graag hebben heeft
het hier hoe iemand iets jullie kan keer komen kunnen leuk maar meer met misschien mogen naar niet
nog omdat ons onze ook ooit over samen soms uit van vaak veel voor waar wat week wel wens wie wij
wil willen worden zou zouden
about again also and any anyone are can could day each every for from get have here how just like
maybe more not often once one our please some someone something sometimes that the their them there
this time together want what when where who will wish with would you
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that most wishes have, in Dutch and in English: alike in these is not alike."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Alike:
    """A wish on the board that looks like what somebody says."""

    id: int
    text: str
    state: State
    me_too: int
    next_at: datetime | None = None
    """The next session of what came of it, or the one that goes on."""


def voice(text: str, *, by: str = "", theme: str = "", contact: str = "") -> int:
    """A neighbour has a wish; its number.

    Args:
        text: one line, in their own words.
        by: who took it in.
        theme: one of the room's themes, or a new one; none is fine.
        contact: how to reach them, if they want that; erased by itself, see `keep_contact`.

    Raises:
        NotPossible: it says nothing, or is too long.
    """
    text = clean(text, most=LONGEST)
    if not text:
        raise NotPossible(N_("A wish needs words: what would the neighbour like?"))
    contact = clean(contact, most=LONGEST_CONTACT)
    with writing():
        at = clock.reliable_now()[0]
        theme = known_theme(theme)
        wish: int = Wish.insert(
            text=text, theme=theme, state=State.RECEIVED, since=at, voiced_at=at, via=history.name(by)
        ).execute()
        WishWords.insert(rowid=wish, text=text).execute()
        if contact:
            day = rooms.current().local(at).date()
            Contact.insert(wish=wish, text=contact, erase_on=day + CONTACT_KEPT).execute()
        history.note(What.VOICED, at, by, wish=wish, to_state=State.RECEIVED)
        return wish


def take_back(wish: int) -> None:
    """It was a mistake: a wish with which nothing was done yet goes, as if nobody had said it.

    Raises:
        NotPossible: there is no such wish, or something was done with it.
    """
    with writing():
        assert_there(wish)
        if BoardEvent.select().where(BoardEvent.wish == wish).count() > 1:
            raise NotPossible(N_("Something was done with this wish since: it stays."))
        BoardEvent.delete().where(BoardEvent.wish == wish).execute()
        Contact.delete().where(Contact.wish == wish).execute()
        WishWords.delete().where(WishWords.rowid == wish).execute()
        Wish.delete().where(Wish.id == wish).execute()


def me_too(wish: int, *, by: str = "") -> int:
    """One more neighbour has this wish; how many now, the first not among them.

    Raises:
        NotPossible: there is no such wish.
    """
    with writing():
        assert_there(wish)
        at = clock.reliable_now()[0]
        MeToo.insert(wish=wish, at=at, via=history.name(by)).execute()
        history.note(What.ME_TOO, at, by, wish=wish)
        return int(MeToo.select().where(MeToo.wish == wish).count())


def take_back_me_too(wish: int, *, by: str = "") -> int:
    """That was a mistake: the newest "me too" goes; how many are left.

    Raises:
        NotPossible: there is no such wish, or nobody has the same one.
    """
    with writing():
        assert_there(wish)
        newest = MeToo.select(fn.MAX(MeToo.id)).where(MeToo.wish == wish).scalar()
        if newest is None:
            raise NotPossible(N_("Nobody has said “me too” to this wish."))
        MeToo.delete().where(MeToo.id == newest).execute()
        history.note(What.CHANGED, clock.reliable_now()[0], by, wish=wish, text="-1")
        return int(MeToo.select().where(MeToo.wish == wish).count())


def reword(
    wish: int,
    text: str | None = None,
    *,
    theme: str | None = None,
    by: str = "",
    expected: Mapping[str, str] | None = None,
) -> None:
    """Write a wish better; what it said before stays in the history.

    Args:
        wish: its number.
        text: what it says now; the same without it.
        theme: another theme; the same without it.
        by: who did.
        expected: its `text` and its `theme` for who changes it, perhaps a while ago; what is not changed
            here need not be in it.

    Raises:
        NotPossible: there is no such wish, it says nothing, or is too long.
        Meanwhile: somebody else changed that first, to what is in `now`.
    """
    text = None if text is None else clean(text, most=LONGEST)
    if text == "":
        raise NotPossible(N_("A wish needs words: what would the neighbour like?"))
    with writing():
        assert_there(wish)
        said = Wish.get_by_id(wish)
        text = said.text if text is None else text
        theme = said.theme if theme is None else known_theme(theme)
        wanted = {"text": text, "theme": theme}
        for name, seen in (expected or {}).items():
            stands = getattr(said, name)
            if stands not in (seen, wanted[name]):
                raise Meanwhile(CHANGED_MEANWHILE, now={name: stands}, said=stands or "–")
        Wish.update(text=text, theme=theme).where(Wish.id == wish).execute()
        WishWords.delete().where(WishWords.rowid == wish).execute()
        WishWords.insert(rowid=wish, text=text).execute()
        history.note(What.CHANGED, clock.reliable_now()[0], by, wish=wish, text=said.text)


def alike(text: str, most: int = MOST_ALIKE) -> tuple[Alike, ...]:
    """The wishes on the board that look most like this, the likest first; none for common words only.

    Words count by how they begin ("breien" finds "breiclub"), whatever their accents.
    """
    query = _query(text)
    if not query:
        return ()
    alive = (State.RECEIVED, State.EXPLORING, State.PLANNED, State.RUNNING)
    with reading():
        found = (
            WishWords.select(
                Wish.id,
                Wish.text,
                Wish.state,
                MeToo.select(fn.COUNT(MeToo.id)).where(MeToo.wish == Wish.id),
                _next_session(clock.reliable_now()[0]),
            )
            .join(Wish, on=(Wish.id == WishWords.rowid))
            .where(WishWords.match(WishWords.web_query(query)) & Wish.state.in_(alive))
            .order_by(WishWords.bm25(), Wish.id.desc())
            .limit(most)
        )
        return tuple(
            Alike(id_, said, State(state), n, next_at and from_text(next_at))
            for id_, said, state, n, next_at in rows(found)
        )


def texts(numbers: Iterable[int]) -> tuple[str, ...]:
    """What these wishes say, in this order; of a number that no wish has, nothing."""
    wanted = list(numbers)
    with reading():
        said = dict(rows(Wish.select(Wish.id, Wish.text).where(Wish.id.in_(wanted))))
    return tuple(said[wish] for wish in wanted if wish in said)


def theme_of(wish: int) -> str:
    """The theme of a wish; empty where it has none.

    Raises:
        NotPossible: there is no such wish.
    """
    with reading():
        assert_there(wish)
        return str(Wish.get_by_id(wish).theme)


def contact_of(wish: int) -> tuple[str, date] | None:
    """How to reach who voiced a wish, and the day on which that is erased."""
    with reading():
        found = rows(Contact.select(Contact.text, Contact.erase_on).where(Contact.wish == wish))
        return found[0] if found else None


def keep_contact(wish: int, stands: State, at: datetime) -> None:
    """Until when the contact is kept of a wish that stands here now; the caller is writing already."""
    voiced_at = Wish.select(Wish.voiced_at).where(Wish.id == wish).scalar()
    room = rooms.current()
    until = room.local(voiced_at).date() + CONTACT_KEPT
    if stands in (State.DONE, State.NOT_FEASIBLE):
        until = min(until, room.local(at).date() + CONTACT_KEPT_AFTER)
    Contact.update(erase_on=until).where(Contact.wish == wish).execute()


def erase_contacts(today: date) -> int:
    """Erase the contacts whose time is up; how many."""
    with writing():
        due = [wish for (wish,) in rows(Contact.select(Contact.wish).where(Contact.erase_on <= today))]
        at = clock.reliable_now()[0] if due else None
        for wish in due:
            Contact.delete().where(Contact.wish == wish).execute()
            assert at is not None
            history.note(What.CONTACT_ERASED, at, "", wish=wish)
        return len(due)


def themes() -> tuple[str, ...]:
    """The themes to choose from: those that are offered, and others that are in use."""
    with reading():
        offered = THEMES[rooms.current().language]
        used = {
            theme for table in (Wish, Activity) for (theme,) in rows(table.select(table.theme).distinct())
        }
        return tuple(dict.fromkeys((*offered, *sorted(used - {""}))))


def known_theme(theme: str) -> str:
    """The theme as the room writes it already, or as it was given when it is a new one.

    Raises:
        NotPossible: it is too long.
    """
    theme = clean(theme, most=LONGEST_THEME)
    return next((known for known in themes() if known.casefold() == theme.casefold()), theme)


def assert_there(wish: int) -> None:
    """Refuse a number that no wish has.

    Raises:
        NotPossible: there is none.
    """
    if not Wish.select().where(Wish.id == wish).exists():
        raise NotPossible(N_("There is no wish {n}. hostdesk board shows them."), n=wish)


def _next_session(now: datetime) -> Any:
    """When what came of a wish is next, as stored text."""
    ahead = (Session.state == SessionState.PLANNED) & (Session.ends_at > now)
    came_of = Comes.select(Comes.activity).where(Comes.wish == Wish.id)
    return Session.select(fn.MIN(Session.starts_at).coerce(False)).where(
        ahead & Session.activity.in_(came_of)
    )


def _query(text: str) -> str:
    """What to look for: how each telling word begins, any of them."""
    words = (word.casefold() for word in _WORD.findall(clean(text[:LONGEST], most=LONGEST)))
    telling = (word for word in words if len(word) >= SHORTEST_WORD and word not in _COMMON)
    return " OR ".join(f"{word_forms.beginning(word)}*" for word in dict.fromkeys(telling))
