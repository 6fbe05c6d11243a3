"""Triggers that note every change of the schemes, as those of 0002 do for the rest."""

from importlib import import_module

from django.db import migrations

trigger = import_module("matching.migrations.0002_notice_changes").trigger
TABLES = ["funding_scheme", "funding_scheme_districts"]


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_learned"), ("funding", "0003_schemes")]

    operations = [
        migrations.RunSQL(trigger(table), f"DROP TRIGGER matching_note_change ON {table}") for table in TABLES
    ]
