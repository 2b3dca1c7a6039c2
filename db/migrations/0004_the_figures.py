"""What figures need beside what is counted: yearly costs, an hourly rate, sample weeks, earlier tallies."""

from typing import Any

from peewee import AutoField, ForeignKeyField, IntegerField, Model, SqliteDatabase, TextField


def up(migrator: Any, db: SqliteDatabase) -> None:
    """Make the tables (frozen copies: later models may differ)."""

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class CostLine(Table):
        id = AutoField()
        year = IntegerField()
        name = TextField()
        cents = IntegerField()
        minutes = IntegerField(null=True)
        rate_cents = IntegerField(null=True)

    class HourlyRate(Table):
        year = IntegerField(primary_key=True)
        cents = IntegerField()
        source = TextField()

    class SampleWeek(Table):
        from_day = TextField(primary_key=True)
        planned_at = TextField()

    class EarlierImport(Table):
        id = AutoField()
        file = TextField()
        imported_at = TextField()
        taken_back_at = TextField(null=True)

    class EarlierCount(Table):
        id = AutoField()
        import_: Any = ForeignKeyField(EarlierImport, column_name="import", backref="+")
        day = TextField()
        hour = IntegerField(null=True)
        visits = IntegerField()

    CostLine.add_index(CostLine.index(CostLine.year))
    EarlierCount.add_index(EarlierCount.index(EarlierCount.day))
    db.create_tables([CostLine, HourlyRate, SampleWeek, EarlierImport, EarlierCount])
