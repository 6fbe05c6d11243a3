from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('townhall', '0006_wegwijzer_settings'),
    ]

    operations = [
        TrigramExtension(),  # to find the word that was meant
    ]
