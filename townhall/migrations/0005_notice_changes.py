"""Triggers that note every change of the few things that every page needs (see standing.py)."""

import django.db.models.functions.datetime
from django.db import migrations, models

TABLES = ["townhall_municipality", "townhall_text"]
NOTE = """
CREATE FUNCTION townhall_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO townhall_change ("table") VALUES (TG_TABLE_NAME);
    RETURN NULL;
END $$;
"""


def triggers(tables):
    """What notes the changes of these tables, and undoes that; for the migrations of other apps too."""
    return [
        migrations.RunSQL(
            f"CREATE TRIGGER townhall_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION townhall_note_change()",
            f"DROP TRIGGER townhall_note_change ON {table}",
        )
        for table in tables
    ]


class Migration(migrations.Migration):
    dependencies = [("townhall", "0004_versions_and_history")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=60)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.RunSQL(NOTE, "DROP FUNCTION townhall_note_change"),
        *triggers(TABLES),
    ]
