from django.db import migrations


def to_plan_for_later(apps, schema_editor):
    """What was imported of how a plan goes on joins what people wrote of it, and nothing is lost."""
    plans = apps.get_model('initiatives', 'Initiative').objects
    later = apps.get_model('agreements', 'ContinuityPlan').objects
    for plan in plans.exclude(continuity='').only('continuity').iterator():
        written, made = later.get_or_create(initiative_id=plan.pk, defaults={'upkeep': plan.continuity})
        if not made:
            written.upkeep = '\n\n'.join(filter(None, [written.upkeep, plan.continuity]))
            written.save(update_fields=['upkeep'])


def to_initiative(apps, schema_editor):
    """There was one place for it, of 2,000 letters."""
    plans = apps.get_model('initiatives', 'Initiative').objects
    for later in apps.get_model('agreements', 'ContinuityPlan').objects.iterator():
        said = '\n\n'.join(filter(None, [later.people, later.money, later.upkeep, later.ending]))
        plans.filter(pk=later.initiative_id).update(continuity=said[:2000])


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0009_lasting_and_corrections'),
        ('initiatives', '0008_news_and_former_carriers'),
    ]

    run_before = [('initiatives', '0009_one_plan_for_later')]
    operations = [migrations.RunPython(to_plan_for_later, to_initiative)]
