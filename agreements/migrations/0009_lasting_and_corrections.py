import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0008_council_questions'),
        ('initiatives', '0007_merged_plans'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContinuityPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('people', models.TextField(blank=True, max_length=1500, verbose_name='wie het blijft doen')),
                ('money', models.TextField(blank=True, max_length=1500, verbose_name='waarvan het wordt betaald')),
                ('upkeep', models.TextField(blank=True, max_length=1500, verbose_name='wie wat onderhoudt')),
                ('ending', models.TextField(blank=True, max_length=1500, verbose_name='wat er gebeurt als het stopt')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='volgende terugblik')),
                ('remind_on', models.DateField(blank=True, null=True, verbose_name='herinneren op')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('initiative', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='continuity_plan', to='initiatives.initiative')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('review_on__isnull', False)), fields=['review_on'], name='continuity_to_review')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('remind_on', None), ('review_on', None)), models.Q(('remind_on__isnull', False), ('remind_on__lte', models.F('review_on')), ('review_on__isnull', False)), _connector='OR'), name='review_is_reminded_before', violation_error_message='De herinnering komt voor de terugblik.')],
            },
        ),
        migrations.CreateModel(
            name='ContinuityReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('goes_on', 'het gaat zo door'), ('changes', 'het gaat anders verder'), ('stops', 'het stopt')], max_length=8, verbose_name='hoe het verder gaat')),
                ('sentence', models.CharField(max_length=500, verbose_name='uitleg')),
                ('on', models.DateField(verbose_name='gedaan op')),
                ('was_due_on', models.DateField(blank=True, null=True, verbose_name='gepland op')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='volgende terugblik')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='continuity_reviews', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['-on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['goes_on', 'changes', 'stops'])), name='review_outcome_is_known'), models.CheckConstraint(condition=models.Q(('sentence', ''), _negated=True), name='review_has_a_sentence', violation_error_message='Schrijf in een paar woorden hoe het gaat.'), models.CheckConstraint(condition=models.Q(models.Q(('next_on', None), ('outcome', 'stops')), models.Q(models.Q(('outcome', 'stops'), _negated=True), ('next_on__gt', models.F('on')), ('next_on__isnull', False)), _connector='OR'), name='review_that_goes_on_has_a_next_one', violation_error_message='Kies wanneer jullie weer terugkijken. Alleen als het stopt niet.')],
            },
        ),
        migrations.CreateModel(
            name='DecisionCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=20, verbose_name='wat')),
                ('was', models.TextField(blank=True, max_length=4000, verbose_name='wat er stond')),
                ('personal', models.BooleanField(default=False, verbose_name='ging over een persoon')),
                ('reason', models.CharField(max_length=500, verbose_name='reden')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='agreements.pendingdecision')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('field__in', ('body_name', 'decided_on', 'next_step', 'question', 'reasons', 'what_would_change', 'why'))), name='only_what_may_be_corrected_was'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='corrected_decision_says_why', violation_error_message='Schrijf op waarom je dit rechtzet.'), models.CheckConstraint(condition=models.Q(('personal', False), ('was', ''), _connector='OR'), name='words_about_a_person_are_gone', violation_error_message='Wat over een persoon ging, blijft niet staan.')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail van de opvolger')),
                ('message', models.CharField(blank=True, max_length=500, verbose_name='bericht')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='waarom de gemeente dit vraagt')),
                ('from_town', models.BooleanField(default=False, verbose_name='door de gemeente gevraagd')),
                ('state', models.CharField(choices=[('open', 'wacht op een antwoord'), ('accepted', 'overgenomen'), ('declined', 'nee gezegd'), ('withdrawn', 'ingetrokken'), ('lapsed', 'verlopen')], default='open', max_length=9, verbose_name='stand')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('until', models.DateTimeField(verbose_name='link werkt tot')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='voorbij sinds')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successions', to='initiatives.initiative')),
                ('leaves', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='successions', to='initiatives.participant')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['until'], name='succession_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('leaves',), name='one_successor_at_a_time', violation_error_message='Er is al iemand gevraagd. Wacht op een antwoord, of trek dat in.'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'declined', 'withdrawn', 'lapsed'])), name='succession_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state', 'open'), models.Q(('email', ''), _negated=True)), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False), ('email', '')), _connector='OR'), name='address_of_a_successor_is_kept_while_open'), models.CheckConstraint(condition=models.Q(('from_town', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='town_says_why_it_asks_a_successor', violation_error_message='Schrijf op waarom jij dit vraagt, en niet de initiatiefnemer.')],
            },
        ),
    ]
