"""The activity board, and what the room's website may know of the room."""

from typing import Any, ClassVar

from peewee import (
    AutoField,
    BooleanField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)
from playhouse.sqlite_ext import FTS5Model, RowIDField, SearchField


def up(migrator: Any, db: SqliteDatabase) -> None:
    """Make the tables (frozen copies: later models may differ)."""

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Wish(Table):
        id = AutoField()
        text = TextField()
        theme = TextField()
        state = TextField()
        since = TextField()
        voiced_at = TextField()
        via = TextField()
        reason = TextField(null=True)
        fell_with = IntegerField(null=True)

    class MeToo(Table):
        id = AutoField()
        wish: Any = ForeignKeyField(Wish, column_name="wish", backref="+")
        at = TextField()
        via = TextField()

    class Contact(Table):
        wish: Any = ForeignKeyField(Wish, column_name="wish", backref="+", primary_key=True)
        text = TextField()
        erase_on = TextField(index=True)

    class Activity(Table):
        id = AutoField()
        title = TextField()
        theme = TextField()
        needs = TextField()
        place = TextField()
        capacity = IntegerField(null=True)
        lead = TextField()
        leader = TextField()
        state = TextField()
        since = TextField()
        created_at = TextField()
        reason = TextField(null=True)
        rule = TextField()
        starts = TextField()
        minutes = IntegerField()
        skip_holidays = BooleanField()
        planned_through = TextField(null=True)

    class Comes(Table):
        wish: Any = ForeignKeyField(Wish, column_name="wish", backref="+", index=False)
        activity: Any = ForeignKeyField(Activity, column_name="activity", backref="+")

        class Meta:
            primary_key = CompositeKey("wish", "activity")

    class Session(Table):
        id = AutoField()
        activity: Any = ForeignKeyField(Activity, column_name="activity", backref="+", index=False)
        day = TextField()
        starts_at = TextField()
        ends_at = TextField()
        state = TextField()
        reason = TextField(null=True)
        participations = IntegerField(null=True)
        how = TextField(null=True)
        lead = TextField(null=True)
        leader = TextField(null=True)
        place = TextField(null=True)
        asked = BooleanField()
        revision = IntegerField()
        changed_at = TextField()
        stopped_by = IntegerField(null=True)

    class SignUp(Table):
        id = AutoField()
        session: Any = ForeignKeyField(Session, column_name="session", backref="+")
        n = IntegerField()
        name = TextField(null=True)
        waiting = BooleanField()
        at = TextField()
        withdrawn_at = TextField(null=True)

    class AdviceRequest(Table):
        id = AutoField()
        wish: Any = ForeignKeyField(Wish, column_name="wish", null=True, backref="+")
        activity: Any = ForeignKeyField(Activity, column_name="activity", null=True, backref="+")
        question = TextField()
        asked_at = TextField()
        asked_by = TextField()
        answer = TextField(null=True)
        answered_at = TextField(null=True)
        answered_by = TextField(null=True)
        read_at = TextField(null=True)

    class BoardEvent(Table):
        id = AutoField()
        at = TextField()
        by = TextField()
        what = TextField()
        wish: Any = ForeignKeyField(Wish, column_name="wish", null=True, backref="+")
        activity: Any = ForeignKeyField(Activity, column_name="activity", null=True, backref="+")
        session: Any = ForeignKeyField(Session, column_name="session", null=True, backref="+", index=False)
        from_state = TextField(null=True)
        to_state = TextField(null=True)
        text = TextField(null=True)

    class WishWords(FTS5Model):
        rowid = RowIDField()
        text = SearchField()

        class Meta:
            database = db
            table_name = "wish_words"
            options: ClassVar[Any] = {"tokenize": "unicode61 remove_diacritics 2", "prefix": "3 4"}

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
    db.create_tables(
        [Wish, MeToo, Contact, Activity, Comes, Session, SignUp, AdviceRequest, BoardEvent, WishWords]
    )
    migrator.migrate(
        *(
            migrator.add_column("room", name, TextField(null=True))
            for name in ("website", "logo", "email", "address")
        )
    )
