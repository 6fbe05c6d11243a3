"""The other ways a plan can go, in the demo: referred, asked to go on with another, taking over a task.

Days are counted from today, so that they never grow old.
"""

from datetime import timedelta

from django.utils import timezone

from agreements.merges.verbs import LASTS
from agreements.models import Challenge, Merge, Referral
from agreements.referrals.models import WORKS, Answer
from contacts.models import AccountManager
from initiatives.models import CLOSED, Initiative, State
from townhall.calendar import add_working_days

TO = {  # import key of a plan -> to whom it went, why, what they said
    "I055": (
        "Waterschap Rond de Meren",
        "Het waterschap maakt de aanslag zelf, en legt uit waarvoor die is.",
        Answer.TAKES_ON,
        "We nodigen je uit voor onze avond over de dijken. We bellen volgende week.",
    ),
    "I037": (
        "Streekziekenhuis, cliëntenraad",
        "Het ziekenhuis beslist zelf over de spoedeisende hulp. De cliëntenraad praat daarover mee.",
        Answer.DECLINES,
        "Het besluit ligt bij het bestuur. Schrijf hen. Wij lezen graag mee.",
    ),
    "I120": ("Provincie, loket openbaar vervoer", "De provincie praat met de spoorwegen.", "", ""),
}
TASKS = {  # import key of a challenge -> task, approach, result, budget
    "I081": (
        "Het onderhoud van de plantenbakken en perken aan de Merelstraat. Nu drie keer per jaar.",
        "Twaalf buren in drie ploegen. Iedere ploeg heeft een vaste week. Wij zaaien bloemen die blijven.",
        "Over een jaar staat er in tien van de twaalf perken iets in bloei, van april tot oktober.",
        4800,
    ),
    "I099": ("Het buitenbad van Sluiswijk openhouden en beheren, van mei tot september.", "", "", None),
}
EXPECT = "Zij bellen of mailen meestal binnen twee weken. Past het daar niet? Dan helpen wij je verder."
WHY = (
    "Jullie geven allebei spullen een tweede leven, in dezelfde stad. Samen heb je maar één plek en één "
    "groep vrijwilligers nodig."
)


def lay_out(officer):
    """Referrals with every kind of answer, a proposal to go on together, and the facts of challenges."""
    refer(officer)
    propose(officer)
    describe()


def describe():
    """What is known of the tasks that residents want to take over."""
    here = AccountManager.objects.employed().filter(is_front_desk=False).order_by("key")
    for key, (task, approach, result, budget) in TASKS.items():
        plan = Initiative.objects.get(import_key=key)
        Challenge.objects.create(
            initiative=plan,
            task=task,
            approach=approach,
            result=result,
            budget=budget,
            budget_note="Wat de aannemer nu per jaar krijgt." if budget else "",
            manager=here.exclude(pk=plan.contact_id).first() if budget else None,
        )


def refer(officer):
    now = timezone.now()
    for key, (name, why, answer, words) in TO.items():
        plan = Initiative.objects.get(import_key=key)
        Referral.objects.create(
            initiative=plan,
            name=name,
            email="info@doorverwezen.example",
            phone="0123 98 76 54",
            why=why,
            expect=EXPECT,
            by=officer,
            sent_at=now - timedelta(days=20),
            until=now - timedelta(days=20) + WORKS,
            due_on=add_working_days(timezone.localdate() - timedelta(days=20), 10),
            answer=answer,
            answered_at=now if answer else None,
            note=words,
        )
        plan.add_event("referral_sent")


def propose(officer):
    """Two plans of people with an account may go on together, if there are two that go on."""
    known = Initiative.objects.filter(participants__user__isnull=False, participants__role="initiator")
    plans = list(known.exclude(state__in={State.DRAFT, *CLOSED}).order_by("reference").distinct()[:2])
    if len(plans) == 2:
        made = Merge.objects.create(
            leaves=plans[0], stays=plans[1], why=WHY, until=timezone.localdate() + LASTS, by=officer
        )
        for plan in plans:
            plan.add_event("merge_proposed", details={"merge": made.pk})
