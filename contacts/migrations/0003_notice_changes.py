"""Triggers that note every change of what filters let people choose from (townhall/standing.py)."""

from importlib import import_module

from django.db import migrations

triggers = import_module("townhall.migrations.0005_notice_changes").triggers


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_versions_and_history"), ("townhall", "0005_notice_changes")]

    operations = triggers(["contacts_department", "contacts_district", "contacts_portfolio"])
