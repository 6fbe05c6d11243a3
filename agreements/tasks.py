"""What beat asks for about what was agreed."""

from celery import shared_task
from django.utils import timezone

from agreements.cohandlers import reminders as cohandlers
from agreements.commitments import reminders as promises
from agreements.continuity import reminders as continuity
from agreements.continuity import successions
from agreements.council import verbs as council
from agreements.merges import verbs as merges
from agreements.referrals import verbs as referrals
from agreements.requirements import reminders as requirements


@shared_task
def remind_of_promises():
    """Tell of promises whose day comes or has passed; may run twice."""
    promises.remind(timezone.localdate())


@shared_task
def end_merges():
    """End proposals to go on together that nobody answered in time; may run twice."""
    merges.lapse(timezone.localdate())


@shared_task
def remind_colleagues():
    """Remind colleagues of what they were asked to do; may run twice."""
    cohandlers.remind(timezone.localdate())


@shared_task
def remind_of_referrals():
    """Tell of plans that were sent on and of which nobody answered; may run twice."""
    referrals.remind(timezone.localdate())


@shared_task
def remind_requirements():
    """Tell of answers about demands that are late; may run twice."""
    requirements.remind(timezone.localdate())


@shared_task
def remind_of_council_questions():
    """Tell of questions to the council that wait too long, or whose plan ended; may run twice."""
    council.remind(timezone.localdate())
    council.lapse(timezone.localdate())


@shared_task
def remind_of_reviews():
    """Tell of plans on which people look back soon, or should have; may run twice."""
    continuity.remind(timezone.localdate())


@shared_task
def end_successions():
    """End questions to take a plan over that nobody answered in time; may run twice."""
    successions.lapse()
