from django.db import migrations, models


def said(later):
    return '\n\n'.join(filter(None, [later.people, later.money, later.upkeep, later.ending]))


def to_plan_for_later(apps, schema_editor):
    """What was imported of how a plan goes on joins what people wrote of it; nothing is lost or said twice."""
    plans = apps.get_model('initiatives', 'Initiative').objects
    later = apps.get_model('agreements', 'ContinuityPlan').objects
    for plan in plans.exclude(continuity='').only('continuity').iterator():
        written, made = later.get_or_create(initiative_id=plan.pk, defaults={'upkeep': plan.continuity})
        if not made and plan.continuity not in said(written):
            written.upkeep = '\n\n'.join(filter(None, [written.upkeep, plan.continuity]))
            written.save(update_fields=['upkeep'])


def to_initiative(apps, schema_editor):
    """There was one place for it, of 2,000 letters."""
    plans = apps.get_model('initiatives', 'Initiative').objects
    for later in apps.get_model('agreements', 'ContinuityPlan').objects.iterator():
        plans.filter(pk=later.initiative_id).update(continuity=said(later)[:2000])


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0009_lasting_and_corrections'),
        ('initiatives', '0008_news_and_former_carriers'),
    ]

    run_before = [('initiatives', '0009_one_plan_for_later')]
    operations = [
        migrations.AlterField(
            model_name='continuityplan',
            name='people',
            field=models.TextField(blank=True, max_length=4000, verbose_name='wie het blijft doen'),
        ),
        migrations.AlterField(
            model_name='continuityplan',
            name='money',
            field=models.TextField(blank=True, max_length=4000, verbose_name='waarvan het wordt betaald'),
        ),
        migrations.AlterField(
            model_name='continuityplan',
            name='upkeep',
            field=models.TextField(blank=True, max_length=4000, verbose_name='wie wat onderhoudt'),
        ),
        migrations.AlterField(
            model_name='continuityplan',
            name='ending',
            field=models.TextField(blank=True, max_length=4000, verbose_name='wat er gebeurt als het stopt'),
        ),
        migrations.RunPython(to_plan_for_later, to_initiative),
    ]
