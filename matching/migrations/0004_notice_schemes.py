"""Triggers that note every change of the schemes, as those of 0002 do for the rest."""

from django.db import migrations

TABLES = ["funding_scheme", "funding_scheme_districts"]


def trigger(table):
    return f"""
    CREATE TRIGGER matching_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION matching_note_change()
    """


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_learned"), ("funding", "0003_schemes")]

    operations = [
        migrations.RunSQL(trigger(table), f"DROP TRIGGER matching_note_change ON {table}") for table in TABLES
    ]
