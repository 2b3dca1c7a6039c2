"""The tables of the activity board: wishes, activities, sessions, and what was said about them.

They stand apart from `db.models` because a count at the door must not wait for their making. Only `db`
sees them.
"""

from typing import Any, ClassVar

from peewee import AutoField, BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField
from playhouse.sqlite_ext import FTS5Model, RowIDField, SearchField

from db.connection import database
from db.models import Table
from db.moments import DayField, MomentField


class Wish(Table):
    """What a neighbour would like to happen here."""

    id = AutoField()
    text = TextField()
    theme = TextField()
    state = TextField()
    since = MomentField()
    voiced_at = MomentField()
    via = TextField()
    reason = TextField(null=True)
    fell_with = IntegerField(null=True)  # the activity with which it came to be not feasible


class MeToo(Table):
    """One more neighbour with the same wish."""

    id = AutoField()
    wish: Any = ForeignKeyField(Wish, column_name="wish", backref="+")
    at = MomentField()
    via = TextField()


class Contact(Table):
    """How to reach who voiced a wish; kept apart from it, and erased by itself."""

    wish: Any = ForeignKeyField(Wish, column_name="wish", backref="+", primary_key=True)
    text = TextField()
    erase_on = DayField(index=True)


class Activity(Table):
    """Something practical that came of wishes; `rule` (RFC 5545) says how its sessions repeat."""

    id = AutoField()
    title = TextField()
    theme = TextField()
    needs = TextField()
    place = TextField()
    capacity = IntegerField(null=True)
    lead = TextField()
    leader = TextField()
    state = TextField()
    since = MomentField()
    created_at = MomentField()
    reason = TextField(null=True)
    rule = TextField()
    starts = TextField()
    minutes = IntegerField()
    skip_holidays = BooleanField()
    planned_through = DayField(null=True)


class Comes(Table):
    """This activity came of that wish."""

    wish: Any = ForeignKeyField(Wish, column_name="wish", backref="+", index=False)
    wish_id: int
    activity: Any = ForeignKeyField(Activity, column_name="activity", backref="+")
    activity_id: int

    class Meta:
        """Peewee's settings."""

        primary_key = CompositeKey("wish", "activity")


class Session(Table):
    """One meeting of an activity."""

    id = AutoField()
    activity: Any = ForeignKeyField(Activity, column_name="activity", backref="+", index=False)
    activity_id: int
    day = DayField()
    starts_at = MomentField()
    ends_at = MomentField()
    state = TextField()
    reason = TextField(null=True)
    participations = IntegerField(null=True)
    how = TextField(null=True)
    lead = TextField(null=True)
    leader = TextField(null=True)
    place = TextField(null=True)
    asked = BooleanField(default=False)
    revision = IntegerField(default=0)
    changed_at = MomentField()
    stopped_by = IntegerField(null=True)


class SignUp(Table):
    """So many will come to a session; a name is optional, and erased the day after."""

    id = AutoField()
    session: Any = ForeignKeyField(Session, column_name="session", backref="+")
    session_id: int
    n = IntegerField()
    name = TextField(null=True)
    waiting = BooleanField()
    at = MomentField()
    withdrawn_at = MomentField(null=True)


class AdviceRequest(Table):
    """A question to a professional at a distance, and the answer."""

    id = AutoField()
    wish: Any = ForeignKeyField(Wish, column_name="wish", null=True, backref="+")
    activity: Any = ForeignKeyField(Activity, column_name="activity", null=True, backref="+")
    question = TextField()
    asked_at = MomentField()
    asked_by = TextField()
    answer = TextField(null=True)
    answered_at = MomentField(null=True)
    answered_by = TextField(null=True)
    read_at = MomentField(null=True)
    entry = IntegerField(null=True)  # of the log, whose tables stand apart


class BoardEvent(Table):
    """Something that happened on the board, and who did it; only ever added to."""

    id = AutoField()
    at = MomentField()
    by = TextField()
    what = TextField()
    wish: Any = ForeignKeyField(Wish, column_name="wish", null=True, backref="+")
    activity: Any = ForeignKeyField(Activity, column_name="activity", null=True, backref="+")
    session: Any = ForeignKeyField(Session, column_name="session", null=True, backref="+", index=False)
    from_state = TextField(null=True)
    to_state = TextField(null=True)
    text = TextField(null=True)


class WishWords(FTS5Model):
    """The words of all wishes, to find those that are alike."""

    rowid = RowIDField()
    text = SearchField()

    class Meta:
        """Peewee's settings."""

        database = database
        table_name = "wish_words"
        options: ClassVar[dict[str, str]] = {"tokenize": "unicode61 remove_diacritics 2", "prefix": "3 4"}


Wish.add_index(Wish.index(Wish.state, Wish.since))
Activity.add_index(Activity.index(Activity.state, Activity.since))
Session.add_index(Session.index(Session.activity, Session.starts_at))
Session.add_index(Session.index(Session.day, Session.starts_at))
AdviceRequest.add_index(
    AdviceRequest.index(
        AdviceRequest.asked_at, where=AdviceRequest.answered_at.is_null(), name="advice_request_open"
    )
)
AdviceRequest.add_index(
    AdviceRequest.index(
        AdviceRequest.answered_at, where=AdviceRequest.read_at.is_null(), name="advice_request_unread"
    )
)

TABLES = (Wish, MeToo, Contact, Activity, Comes, Session, SignUp, AdviceRequest, BoardEvent)
"""All of the board's tables, as the migrations leave them, but for the words."""
