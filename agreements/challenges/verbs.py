"""What can happen to the facts of a challenge: each side fills in its own."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agreements.challenges.models import FACTS, INITIATOR, TOWN, Challenge
from agreements.decisions.models import Outcome
from contacts.models import AccountManager
from initiatives import notices
from initiatives.models import Initiative
from initiatives.verbs import OPEN, initiator, officer

SIDES = {INITIATOR: initiator, TOWN: officer}
COLUMNS = {  # side -> what it fills in
    INITIATOR: ("task", "approach", "result"),
    TOWN: ("budget", "budget_note", "manager"),
}
YES = (Outcome.GRANTED, Outcome.PARTLY)


def side_of(plan, user):
    """On which side this person fills in facts: "initiator", "town", or None for others."""
    return next((side for side, is_one in SIDES.items() if is_one(user, plan)), None)


def may_fill(plan, user):
    """True when this person may fill in their facts now."""
    return plan.kind == Initiative.Kind.CHALLENGE and plan.state in OPEN and side_of(plan, user) is not None


def of_plan(plan):
    """The facts of a plan; an empty row, not stored, while nobody filled in anything."""
    return Challenge.objects.filter(initiative=plan).select_related(
        "manager__department"
    ).first() or Challenge(initiative=plan, version=0)


def checklist(plan):
    """What has to be there before work begins, as rows for a page or a list; the decision comes last."""
    challenge = of_plan(plan)
    rows = [
        {"name": name, "title": fact.title, "side": fact.side, "hint": fact.hint,
         "is_there": challenge.knows(name), "value": shown(challenge, name)}
        for name, fact in FACTS.items()
    ]  # fmt: skip
    decided = plan.decisions.filter(outcome__in=YES).exists()
    decision = {"name": "decision", "title": _("Een besluit"), "side": TOWN, "is_there": decided, "value": ""}
    return [*rows, decision | {"hint": _("Pas na een ja, of een ja voor een deel, kan het beginnen.")}]


def shown(challenge, name):
    """A fact as it is read; the amount and what was said about it stand apart."""
    if name == "budget":
        return ""
    return str(getattr(challenge, name) or "")


@transaction.atomic
def fill(initiative, *, by, version=0, **values):
    """Facts of one's own side; version: the one that was read, 0 while nothing was filled in.

    None when nothing differs. values: of COLUMNS of the side of who does it.
    """
    plan = Initiative.objects.locked(initiative.pk)
    _guard(plan, by, values)
    challenge = of_plan(plan)
    values = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    values = {name: value for name, value in values.items() if getattr(challenge, name) != value}
    if not values:
        return None
    if challenge.version != version:
        words = _("Iemand anders was je voor: er is net iets ingevuld. Kijk eerst wat er nu staat.")
        raise ValidationError(words, code="conflict")
    for name, value in values.items():
        setattr(challenge, name, value)
    _store(challenge, values)
    event = plan.add_event("challenge_filled", details={"fields": sorted(values)}, by=by)
    notices.tell(event, plan, by=by, sentence=_told(challenge, values))
    return challenge


def _guard(plan, by, values):
    side = side_of(plan, by)
    if side is None or set(values) - set(COLUMNS[side]):
        raise PermissionDenied(_("Dit mag je niet invullen bij dit plan."))
    if plan.kind != Initiative.Kind.CHALLENGE:
        raise ValidationError(_("Dit plan neemt geen taak van de gemeente over."), code="conflict")
    if plan.state not in OPEN:
        gone = _("Dit kan niet meer: het plan staat op ‘%(state)s’.")
        raise ValidationError(gone % {"state": plan.get_state_display()}, code="conflict")
    manager = values.get("manager")
    if manager and not AccountManager.objects.employed().filter(pk=manager.pk).exists():
        raise ValidationError({"manager": _("Deze collega werkt hier niet meer.")})


def _store(challenge, values):
    """The row of the plan is locked, so nobody else writes in between; the version is for who read before."""
    if challenge.pk is None:
        challenge.version = 1
        challenge.full_clean()
        challenge.save()
        return
    challenge.full_clean()
    Challenge.objects.filter(pk=challenge.pk).update(**values, version=F("version") + 1)
    challenge.version += 1


def _told(challenge, values):
    """What was filled in, and what is still missing, in a sentence."""
    titles = dict.fromkeys(str(FACTS[name.removesuffix("_note")].title).lower() for name in values)
    missing = [str(FACTS[name].title).lower() for name in challenge.missing]
    said = _("Ingevuld: %(what)s.") % {"what": ", ".join(titles)}
    if missing:
        return f"{said} {_('Nog nodig: %(what)s.') % {'what': ', '.join(missing)}}"
    return f"{said} {_('Alles is nu ingevuld. Het wachten is op een besluit.')}"
