from django.conf import settings
from django.db import migrations, models


def no_former(apps, schema_editor):
    """Who carried a plan once still supports it, in the words of before."""
    participants = apps.get_model('initiatives', 'Participant').objects
    for one in participants.filter(role='former'):
        others = participants.filter(initiative=one.initiative_id, user=one.user_id, user__isnull=False)
        taken = set(others.values_list('role', flat=True))
        one.role = next(role for role in ('supporter', 'volunteer', 'follower') if role not in taken)
        one.save()


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0007_merged_plans'),
        ('townhall', '0008_uploads'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='participant',
            name='participant_role_is_known',
        ),
        migrations.RunPython(migrations.RunPython.noop, no_former),
        migrations.AddField(
            model_name='update',
            name='changed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='aangepast op'),
        ),
        migrations.AddField(
            model_name='update',
            name='hidden_why',
            field=models.CharField(blank=True, max_length=300, verbose_name='waarom het niet op de site staat'),
        ),
        migrations.AddField(
            model_name='update',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AlterField(
            model_name='participant',
            name='role',
            field=models.CharField(choices=[('initiator', 'initiatiefnemer'), ('co_initiator', 'mede-initiatiefnemer'), ('volunteer', 'vrijwilliger'), ('supporter', 'steunt het plan'), ('follower', 'volger'), ('former', 'was initiatiefnemer')], max_length=12, verbose_name='rol'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=models.Index(fields=['-at', '-id'], name='update_newest'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['initiator', 'co_initiator', 'volunteer', 'supporter', 'follower', 'former'])), name='participant_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('is_public', True), models.Q(('hidden_why', ''), _negated=True), _connector='OR'), name='hidden_update_says_why', violation_error_message='Schrijf op waarom dit van de site gaat.'),
        ),
    ]
