"""Triggers that note every change of goals and of what they are chosen by (townhall/standing.py)."""

from importlib import import_module

from django.db import migrations

triggers = import_module("townhall.migrations.0005_notice_changes").triggers


TABLES = [
    "goals_goal",
    "goals_goal_districts",
    "goals_goal_policy_fields",
    "goals_goal_themes",
    "goals_goalportfolio",
    "goals_policyfield",
    "goals_theme",
]


class Migration(migrations.Migration):
    dependencies = [("goals", "0002_versions_and_history"), ("townhall", "0005_notice_changes")]

    operations = triggers(TABLES)
