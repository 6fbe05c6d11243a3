import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def name_grounds(apps, schema_editor):
    """Grounds become codes: consent where there was one, else the task of town hall."""
    people = apps.get_model('contacts', 'Person').objects
    for person in people.filter(has_consented=True):
        people.filter(pk=person.pk).update(ground='consent', consented_on=person.noted_at.date())
    people.filter(has_consented=False).update(ground='task')


def mark_consent(apps, schema_editor):
    apps.get_model('contacts', 'Person').objects.filter(consented_on__isnull=False).update(has_consented=True)


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0003_notice_changes'),
        ('townhall', '0007_alike_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Apart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organisation',
            name='history',
        ),
        migrations.AddField(
            model_name='organisation',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='contacts.organisation', verbose_name='samengevoegd met'),
        ),
        migrations.AddField(
            model_name='organisationhistory',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contacts.organisation', verbose_name='samengevoegd met'),
        ),
        migrations.AddField(
            model_name='person',
            name='consented_on',
            field=models.DateField(blank=True, null=True, verbose_name='toestemming gegeven op'),
        ),
        migrations.AddField(
            model_name='person',
            name='noted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='person',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='person',
            name='withdrawn_on',
            field=models.DateField(blank=True, null=True, verbose_name='toestemming ingetrokken op'),
        ),
        migrations.RunPython(name_grounds, mark_consent),
        migrations.RemoveField(
            model_name='person',
            name='has_consented',
        ),
        migrations.AlterField(
            model_name='person',
            name='ground',
            field=models.CharField(choices=[('task', 'nodig voor ons werk voor de stad (taak van algemeen belang)'), ('consent', 'deze persoon zei er ja op (toestemming)'), ('contract', 'nodig voor een afspraak met deze persoon (overeenkomst)')], max_length=10, verbose_name='grondslag'),
        ),
        migrations.AlterField(
            model_name='person',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='contacts.organisation', verbose_name='organisatie'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('name', name='gin_trgm_ops'), name='organisation_name'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='history', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."interests" IS DISTINCT FROM (NEW."interests") OR OLD."is_open" IS DISTINCT FROM (NEW."is_open") OR OLD."is_subsidised" IS DISTINCT FROM (NEW."is_subsidised") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."offers" IS DISTINCT FROM (NEW."offers") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."website" IS DISTINCT FROM (NEW."website") OR OLD."works_everywhere" IS DISTINCT FROM (NEW."works_everywhere"))', func='INSERT INTO "contacts_organisationhistory" ("email", "interests", "is_open", "is_subsidised", "key", "kind", "merged_into_id", "name", "offers", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "website", "works_everywhere") VALUES (OLD."email", OLD."interests", OLD."is_open", OLD."is_subsidised", OLD."key", OLD."kind", OLD."merged_into_id", OLD."name", OLD."offers", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'change\', OLD."id", OLD."version", OLD."website", OLD."works_everywhere"); RETURN NULL;', hash='0bb3111de4996ca767dca62ed013996390de1fdb', operation='UPDATE', pgid='pgtrigger_history_be880', table='contacts_organisation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='organisation_is_not_merged_into_itself', violation_error_message='Kies twee verschillende organisaties.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['task', 'consent', 'contract'])), name='ground_is_known', violation_error_message='Kies waarom we deze gegevens mogen bewaren.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', 'consent'), _negated=True), ('consented_on__isnull', False), _connector='OR'), name='consent_has_a_day', violation_error_message='Vul in wanneer deze persoon ja zei.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on', None), ('withdrawn_on__gte', models.F('consented_on')), _connector='OR'), name='consent_is_given_before_withdrawn', violation_error_message='De toestemming is eerder ingetrokken dan gegeven.'),
        ),
        migrations.AddField(
            model_name='apart',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='apart',
            name='one',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contacts.organisation'),
        ),
        migrations.AddField(
            model_name='apart',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contacts.organisation'),
        ),
        migrations.AddConstraint(
            model_name='apart',
            constraint=models.UniqueConstraint(fields=('one', 'other'), name='told_apart_once'),
        ),
        migrations.AddConstraint(
            model_name='apart',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='told_apart_in_one_order'),
        ),
    ]
