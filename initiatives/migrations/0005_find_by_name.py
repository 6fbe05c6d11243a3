import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):

    atomic = False  # nobody has to wait while it is made

    dependencies = [
        ('initiatives', '0004_indexes_for_long_lists'),
        ('townhall', '0007_alike_words'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='initiative',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('title', name='gin_trgm_ops'), name='initiative_name'),
        ),
    ]
