"""The tables of the figures: what is kept beside what is counted. Only `db` sees them."""

from typing import Any

from peewee import AutoField, ForeignKeyField, IntegerField, TextField

from db.models import Table
from db.moments import DayField, MomentField


class CostLine(Table):
    """What something costs in a year; of paid work also for how long, and what an hour costs."""

    id = AutoField()
    year = IntegerField()
    name = TextField()
    cents = IntegerField()
    minutes = IntegerField(null=True)
    rate_cents = IntegerField(null=True)


class HourlyRate(Table):
    """What an hour of a volunteer would cost, from that year on, and who says so."""

    year = IntegerField(primary_key=True)
    cents = IntegerField()
    source = TextField()


class EarlierImport(Table):
    """A file of earlier tallies that was taken in, as a whole; and as a whole it can be taken back."""

    id = AutoField()
    file = TextField()
    imported_at = MomentField()
    taken_back_at = MomentField(null=True)


class EarlierCount(Table):
    """Visits that were tallied before there was a door ledger, for a day or one of its hours."""

    id = AutoField()
    import_: Any = ForeignKeyField(EarlierImport, column_name="import", backref="+")
    day = DayField()
    hour = IntegerField(null=True)
    visits = IntegerField()


CostLine.add_index(CostLine.index(CostLine.year))
EarlierCount.add_index(EarlierCount.index(EarlierCount.day))

TABLES = (CostLine, HourlyRate, EarlierImport, EarlierCount)
"""All of the figures' tables, as the migrations leave them."""
