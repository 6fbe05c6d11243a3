"""What verdicts taught, a row a goal; its changes are noted like those of all the matcher is made of."""

from importlib import import_module

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

trigger = import_module("matching.migrations.0002_notice_changes").trigger


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0003_notice_changes"),
        ("matching", "0002_notice_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Learned",
            fields=[
                (
                    "goal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="learned",
                        serialize=False,
                        to="goals.goal",
                    ),
                ),
                ("towards", models.JSONField(default=dict)),
                ("against", models.JSONField(default=list)),
                ("added", models.PositiveIntegerField(default=0)),
                ("confirmed", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("version", models.CharField(max_length=20)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="geleerd op"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            trigger("matching_learned"), "DROP TRIGGER matching_note_change ON matching_learned"
        ),
    ]
