from django.conf import settings
from django.db import migrations, models


def to_many(apps, schema_editor):
    """The organisation of a moment becomes the first of several."""
    for moment in apps.get_model('initiatives', 'Interaction').objects.filter(organisation__isnull=False):
        moment.organisations.add(moment.organisation_id)


def to_one(apps, schema_editor):
    """The first organisation of a moment is its only one again."""
    for moment in apps.get_model('initiatives', 'Interaction').objects.all():
        moment.organisation_id = moment.organisations.order_by('pk').values_list('pk', flat=True).first()
        moment.save()


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0004_people_and_doubles'),
        ('initiatives', '0005_find_by_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='interaction',
            name='interaction_is_about_somebody',
        ),
        migrations.AddField(
            model_name='interaction',
            name='next_done_on',
            field=models.DateField(blank=True, null=True, verbose_name='gedaan op'),
        ),
        migrations.AddField(
            model_name='interaction',
            name='next_on',
            field=models.DateField(blank=True, null=True, verbose_name='uiterlijk'),
        ),
        migrations.AddField(
            model_name='interaction',
            name='next_step',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='volgende stap'),
        ),
        migrations.AddField(
            model_name='interaction',
            name='organisations',
            field=models.ManyToManyField(blank=True, related_name='interactions', to='contacts.organisation', verbose_name='organisaties'),
        ),
        migrations.AddField(
            model_name='interaction',
            name='persons',
            field=models.ManyToManyField(blank=True, related_name='interactions', to='contacts.person', verbose_name='personen'),
        ),
        migrations.AddIndex(
            model_name='interaction',
            index=models.Index(condition=models.Q(('next_done_on', None), ('next_on__isnull', False)), fields=['by', 'next_on'], name='interaction_to_do'),
        ),
        migrations.AddConstraint(
            model_name='interaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_on', None), ('next_step', '')), models.Q(models.Q(('next_step', ''), _negated=True), ('next_on__isnull', False)), _connector='OR'), name='next_step_has_a_day', violation_error_message='Een volgende stap heeft woorden en een dag.'),
        ),
        migrations.AddConstraint(
            model_name='interaction',
            constraint=models.CheckConstraint(condition=models.Q(('next_done_on', None), ('next_on__isnull', False), _connector='OR'), name='done_step_was_planned'),
        ),
        migrations.RunPython(to_many, to_one),
        # The column stays for a release: processes of the version before still read it while this one starts.
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name='interaction', name='organisation')]
        ),
    ]
