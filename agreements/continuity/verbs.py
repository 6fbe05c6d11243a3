"""What can be done to the plan for later: write it, and look back on the day that was chosen.

As in initiatives/verbs.py: one table, a guard, a conditional update, the event and its notices in one
transaction. Every verb first locks the row of the plan. Who follows whom up: successions.py.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.commitments.models import ENDED
from agreements.continuity import words
from agreements.continuity.models import TEXTS, ContinuityPlan, ContinuityReview, ReviewOutcome
from initiatives import notices
from initiatives.models import Initiative
from initiatives.verbs import SENT, either
from townhall.calendar import working_day_before
from townhall.comparing import as_kept
from townhall.days import check_day
from townhall.models import Event

LASTS = SENT - ENDED  # what is realised has to last too
YEARS = 5
WARN = 10  # working days before the day of a review
MOST_REVIEWS = 100  # of one plan
RULES = {
    # verb: (the plan in which states, by whom, event)
    "write": (LASTS, either, "continuity_written"),
    "review": (LASTS, either, "continuity_reviewed"),
}


def may(verb, plan, user):
    """True when this person may do this now."""
    states, who, _event_name = RULES[verb]
    return plan.state in states and who(user, plan)


def of_plan(plan):
    """The plan for later; an empty row, not stored, while nobody wrote anything."""
    found = ContinuityPlan.objects.filter(initiative=plan).first() or ContinuityPlan(version=0)
    found.initiative = plan
    return found


def reminder(review_on):
    """The day to remind of a review: some working days before it, but not before tomorrow."""
    return min(review_on, max(working_day_before(review_on, WARN), timezone.localdate() + timedelta(days=1)))


@transaction.atomic
def write(initiative, *, by, version=0, **values):
    """The four texts and the day of the next review; version: the one that was read, 0 while there was none.

    values: of TEXTS, and review_on. None when nothing differs.
    """
    plan = Initiative.objects.locked(initiative.pk)
    guard("write", plan, by)
    if set(values) - {*TEXTS, "review_on"}:
        raise ValidationError(_("Dit kun je niet veranderen."))
    later = of_plan(plan)
    values = {name: as_kept(value) if name in TEXTS else value for name, value in values.items()}
    values = {name: value for name, value in values.items() if getattr(later, name) != value}
    if not values:
        return None
    if later.version != version:
        raise somebody_was_first()
    if values.get("review_on"):
        check_day("review_on", values["review_on"], YEARS)
    elif later.review_on and "review_on" in values:
        raise ValidationError({"review_on": _("Kies een andere dag. Zonder dag kijkt niemand meer terug.")})
    _store(later, values)
    by_mail = not _wrote_lately(plan, by)
    event = plan.add_event(RULES["write"][2], details={"fields": sorted(values)}, by=by)
    notices.tell(event, plan, by=by, sentence=words.written(later, values), by_mail=by_mail)
    return later


def _wrote_lately(plan, by):
    """True when the mails of today went out: who writes bit by bit mails the others once a day."""
    events = Event.objects.about("initiative", str(plan.public_id)).filter(what=RULES["write"][2], by=by)
    return events.filter(at__gt=Now() - timedelta(days=1)).exists()


@transaction.atomic
def review(initiative, *, by, outcome, sentence, next_on=None, version=0):
    """Initiator and contact looked back today; next_on: when they do again, None where it stops.

    version: that of the plan for later as it was read, so that two people do not look back at the same time.
    """
    plan = Initiative.objects.locked(initiative.pk)
    guard("review", plan, by)
    if outcome not in ReviewOutcome.values:
        raise ValidationError({"outcome": _("Kies hoe het verder gaat.")})
    later = of_plan(plan)
    if later.version != version:
        raise somebody_was_first()
    _check_review(plan, outcome, sentence, next_on)
    stops = outcome == ReviewOutcome.STOPS
    made = ContinuityReview(
        initiative=plan,
        outcome=outcome,
        sentence=" ".join(sentence.split()),
        on=timezone.localdate(),
        was_due_on=later.review_on,
        next_on=None if stops else next_on,
        by=by,
    )
    made.full_clean()
    made.save()
    _store(later, {"review_on": made.next_on})
    event = plan.add_event(RULES["review"][2], details={"review": made.pk, "outcome": outcome}, by=by)
    notices.tell(event, plan, by=by, sentence=words.reviewed(made))
    return made


def _check_review(plan, outcome, sentence, next_on):
    errors = {}
    if not sentence.strip():
        errors["sentence"] = _("Schrijf in een paar woorden hoe het gaat.")
    if outcome != ReviewOutcome.STOPS and next_on is None:
        errors["next_on"] = _("Kies wanneer jullie weer terugkijken.")
    if errors:
        raise ValidationError(errors)
    if outcome != ReviewOutcome.STOPS:
        check_day("next_on", next_on, YEARS)
        if next_on <= timezone.localdate():
            raise ValidationError({"next_on": _("Kies een dag na vandaag.")})
    if plan.continuity_reviews.count() >= MOST_REVIEWS:
        raise ValidationError(_("Bij dit plan staan al %(n)s terugblikken.") % {"n": MOST_REVIEWS})


# What they have in common, also with successions.py ---------------------------------------------------
def guard(verb, plan, by, rules=None):
    """Refuses who may not do this, and what can't be done any more."""
    states, who, _event_name = (rules or RULES)[verb]
    if not who(by, plan):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    if plan.state not in states:
        gone = _("Dit kan niet meer: het plan staat op ‘%(state)s’.")
        raise ValidationError(gone % {"state": plan.get_state_display()}, code="conflict")


def somebody_was_first():
    """The refusal for who had an older page in front of them."""
    words_ = _("Iemand anders was je voor: er is net iets veranderd. Kijk eerst wat er nu staat.")
    return ValidationError(words_, code="conflict")


def _store(later, values):
    """The row of the plan is locked, so nobody writes in between; the version is for who read before."""
    if "review_on" in values:
        day = values["review_on"]
        values = values | {"remind_on": reminder(day) if day else None}
    for name, value in values.items():
        setattr(later, name, value)
    if later.pk is None:
        later.version = 1
        later.full_clean()
        later.save()
        return
    later.full_clean()
    stored = ContinuityPlan.objects.filter(pk=later.pk)
    stored.update(**values, version=F("version") + 1, changed_at=Now())
    later.version += 1
