"""What colleagues note in the demo."""

from django.utils import timezone

from contacts.models import AccountManager
from desk.notes.models import Mention, Note
from initiatives.models import CLOSED, Initiative, State

TEXTS = (
    "Ik ken de beheerder van dit terrein. Zal ik hem bellen?",
    "Wie weet of hier kabels in de grond liggen?",
)


def lay_out(officer):
    """Two notes on running plans of others, in which the officer's role is named."""
    role = AccountManager.objects.filter(user=officer).first()
    plans = Initiative.objects.exclude(state__in={State.DRAFT, *CLOSED}).exclude(contact=role)
    for plan, text in zip(plans.order_by("reference")[:2], TEXTS, strict=False):
        note = Note.objects.create(initiative=plan, text=text, at=timezone.now())
        if role:
            Mention.objects.create(note=note, manager=role)
