"""What a manager does with a file of contacts: hand it in, say yes to what it would do, or drop it.

All or nothing: a file with one fault stores nothing, and what is stored is stored in one transaction. A large
file goes to the worker; what runs twice does nothing twice.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.intake.columns import KINDS
from desk.intake.models import Intake, IntakeState
from desk.intake.plan import plan_of
from desk.intake.table import table
from townhall import outbox
from townhall import verbs as town

KIND = "intake"
AT_ONCE = 100  # rows that are stored while somebody waits
KEPT = timedelta(days=1)  # a file that nobody said yes to, and as long again one that is being stored
State = IntakeState
RULES = {  # verb: (from which states, to which state); all by managers
    "start": ((State.READY,), State.RUNNING),
    "cancel": ((State.READY,), State.CANCELLED),
    "finish": ((State.RUNNING,), State.DONE),
    "come_back": ((State.RUNNING,), State.READY),
}
EMPTY = {"rows": [], "titles": [], "refusal": "", "finished_at": Now()}  # what is over keeps no contact data


@transaction.atomic
def receive(*, by, kind, name, content):
    """The file, read and kept to be looked over; a ValidationError says why it cannot be read."""
    town.guard(by)
    titles, rows = table(content, KINDS[kind].is_header)
    made = Intake(kind=kind, name=name[:100], titles=titles, rows=rows, by=by)
    return town.create(made, by=by, what="receive")


@transaction.atomic
def start(intake, *, by, version, fingerprint, with_doubles=False):
    """Yes to what was shown. When it would do something else by now nothing happens, and that is told."""
    town.guard(by)
    plan = plan_of(intake)
    if plan.faults:
        raise ValidationError(_("In dit bestand staan nog fouten. Verbeter ze en lees het opnieuw in."))
    if plan.fingerprint != fingerprint:
        words = _("Intussen is er iets veranderd. Kijk de lijst nog een keer na.")
        raise ValidationError(words, code="conflict")
    if not (plan.new or plan.changed or (with_doubles and plan.doubles)):
        raise ValidationError(_("In dit bestand staat niets nieuws. Er is niets om te bewaren."))
    told = {"fingerprint": fingerprint, "with_doubles": with_doubles, "refusal": ""}
    move("start", intake, version=version, by=by, **told)
    town.note("start_intake", intake, by, {"rows": len(intake.rows)})
    if len(intake.rows) <= AT_ONCE:
        carry_out(intake.pk)
        intake.refresh_from_db()
    else:
        outbox.put(KIND, payload={"intake": intake.pk})


@transaction.atomic
def cancel(intake, *, by, version=None):
    """Nothing of it is stored, and the file is gone."""
    town.guard(by)
    move("cancel", intake, version=version, **EMPTY)
    town.note("cancel_intake", intake, by)


def move(verb, intake, *, version=None, **values):
    """The step of the table, if nobody was first."""
    states, to = RULES[verb]
    found = Intake.objects.filter(pk=intake.pk, state__in=states)
    found = found if version is None else found.filter(version=version)
    if not found.update(state=to, version=F("version") + 1, **values):
        raise ValidationError(_("Iemand anders was je voor. Dit is hoe het nu staat."), code="conflict")
    intake.refresh_from_db()


@transaction.atomic
def carry_out(number):
    """Stores what was said yes to; back to be looked over when it would do something else by now."""
    intake = Intake.objects.select_for_update().filter(pk=number, state=State.RUNNING).first()
    if intake is None:
        return
    plan = plan_of(intake)
    still_may = intake.by is not None and town.may_manage(intake.by)
    if plan.faults or plan.fingerprint != intake.fingerprint or not still_may:
        move("come_back", intake, refusal=_("Intussen is er iets veranderd. Kijk de lijst nog een keer na."))
        return
    try:
        with transaction.atomic():
            numbers = store(intake, plan)
    except ValidationError as wrong:
        move("come_back", intake, refusal=" ".join(wrong.messages)[:300])
        return
    move("finish", intake, **EMPTY, **numbers)
    town.note("finish_intake", intake, intake.by, numbers)


def store(intake, plan):
    """Every line through the verb of its kind; {made, changed, passed}."""
    kind, by = KINDS[intake.kind], intake.by
    new = plan.new + (plan.doubles if intake.with_doubles else [])
    for line in new:
        with row(line):
            kind.create(by=by, **line.values)
    for line in plan.changed:
        with row(line):
            kind.change(line.record, by=by, version=line.record.version, **line.values)
    passed = len(plan.same) + (0 if intake.with_doubles else len(plan.doubles))
    return {"made": len(new), "changed": len(plan.changed), "passed": passed}


@contextmanager
def row(line):
    """What is refused here names its row of the file."""
    try:
        yield
    except ValidationError as wrong:
        words = _("Rij %(n)s: %(words)s") % {"n": line.number, "words": " ".join(wrong.messages)}
        raise ValidationError(words) from None


def forget_old(at=None):
    """Files that nobody said yes to, or that got stuck, are gone after a day; how many they were."""
    at = at or timezone.now()
    stuck = Q(state=State.RUNNING, made_at__lt=at - 2 * KEPT)  # the yes came within the first day
    old = Intake.objects.filter(Q(state=State.READY, made_at__lt=at - KEPT) | stuck)
    return old.update(state=State.CANCELLED, version=F("version") + 1, **EMPTY)
