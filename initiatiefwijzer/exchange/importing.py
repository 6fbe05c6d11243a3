"""Checked rows into the database: all or nothing, and the second time nothing changes."""

import datetime
import shutil
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from contacts.models import (
    EVERYWHERE,
    Absence,
    AccountManager,
    Department,
    District,
    Organisation,
    Portfolio,
    PortfolioHolder,
    Term,
    running,
)
from desk.models import ReplyTemplate
from funding.models import FinancingForm
from goals.models import Goal, GoalPortfolio, PolicyField, PolicyNote, Theme
from initiatiefwijzer.exchange.reading import Fault, read_folder
from initiatives import verbs
from initiatives.models import ClockKind, GoalLink, Initiative, Need, PartnerLink, State
from townhall import outbox
from townhall.models import Event, Municipality, Text, Versioned

UNTRIAGED = {State.DRAFT, State.SUBMITTED}
KEPT_IN = {  # the clocks that have stopped in a state; in all others everything has been kept
    State.SUBMITTED: {ClockKind.RECEIPT},
    State.IN_DIALOGUE: {ClockKind.RECEIPT, ClockKind.CONTACT, ClockKind.FIRST_VIEW},
    State.AWAITING_DECISION: {ClockKind.RECEIPT, ClockKind.CONTACT, ClockKind.FIRST_VIEW},
    State.PAUSED: {ClockKind.RECEIPT, ClockKind.CONTACT, ClockKind.FIRST_VIEW},
}
FRONT_DESK = {"function": "Initiatievenloket", "expertise": "Het loket voor iedereen met een plan."}


class Import:
    """One import of one folder: what was wrong, or what became new, changed or stayed the same."""

    def __init__(self, folder, *, at=None, told=None):
        """`told` is called with a line a file while rows are stored."""
        self.folder = Path(folder)
        self.told = told or (lambda line: None)
        self.today = at or timezone.localdate()
        self.counts = Counter()
        self.faults = []

    def run(self):
        """True when everything was stored; False, with `faults` filled and nothing changed, when not."""
        found = read_folder(self.folder)
        self.faults = list(found.faults)
        if self.faults:
            return False
        with transaction.atomic():
            for pattern, load in LOADERS.items():
                rows = found.rows[pattern]
                if rows:
                    self.told(f"{pattern}: {len(rows)}")
                for row in rows:
                    load(self, row)
            for pattern, finish in FINISHERS.items():
                for row in found.rows[pattern]:
                    finish(self, row)
            if self.faults:
                transaction.set_rollback(True)
                return False
        self.copy_portraits()
        return True

    def keep(self, row, model, identity, values, **many):
        """The stored object: made, changed only where it differs, or left as it was."""
        thing = model._base_manager.filter(**identity).first()
        is_new = thing is None
        thing = thing or model(**identity)
        changes = [name for name, value in values.items() if is_new or getattr(thing, name) != value]
        for name in changes:
            setattr(thing, name, values[name])
        if changes and not is_new and isinstance(thing, Versioned):
            thing.version += 1  # whoever has it open in a form is told
        if is_new or changes:
            errors = self.check(thing)
            self.faults += [row.fault(name, reason) for name, reason in errors]
            if errors:
                return None
            thing.save()
        touched = [name for name, others in many.items() if self.keep_many(getattr(thing, name), others)]
        self.counts[(row.file, "new" if is_new else "changed" if changes or touched else "same")] += 1
        return thing

    @staticmethod
    def check(thing):
        """What the model and its constraints say against it: [(field, reason), …]."""
        try:
            thing.full_clean(exclude=["terms", "terms_version"])
        except ValidationError as trouble:
            return [(name, reason) for name, reasons in trouble.message_dict.items() for reason in reasons]
        return []

    @staticmethod
    def keep_many(relation, others):
        """True when the other side of a relation had to change."""
        wanted = {other.pk for other in others}
        if set(relation.values_list("pk", flat=True)) == wanted:
            return False
        relation.set(others)
        return True

    def copy_portraits(self):
        """The drawings the rows name go to the media folder."""
        target = settings.MEDIA_ROOT / "portraits"
        for source in sorted(self.folder.glob("photos/*.svg")):
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / source.name)

    def report(self):
        """A line a file: how many rows were new, changed or the same."""
        words = {"new": _("nieuw"), "changed": _("veranderd"), "same": _("gelijk")}
        files = sorted({file for file, _outcome in self.counts})
        return [
            f"{file}: " + ", ".join(f"{self.counts[file, code]} {word}" for code, word in words.items())
            for file in files
        ]


def load_municipality(run, row):
    values = dict(row.values)
    code, texts, days = values.pop("id"), values.pop("texts"), values.pop("service_days")
    if days:
        values["service_days"] = days
    run.keep(row, Municipality, {"id": 1}, values | {"code": code})
    for name, body in texts.items():
        Text.objects.update_or_create(key=name, defaults={"body": body})


def district(name):
    """A district by its name; made where the folder does not list its districts."""
    slug = slugify(name)
    return District.objects.get_or_create(name=name, defaults={"slug": slug, "key": slug})[0]


def places(values):
    """(works everywhere, the districts) of a row."""
    listed = [name for name in values["districts"] if name != EVERYWHERE]
    return len(listed) < len(values["districts"]) or not listed, [district(name) for name in listed]


def load_district(run, row):
    values = row.values
    run.keep(
        row,
        District,
        {"key": values["id"]},
        {name: values[name] for name in ("name", "year", "centroid", "outline")}
        | {"slug": slugify(values["name"])},
    )


def finish_district(run, row):
    if row.values["parent"]:
        District.objects.filter(key=row.values["id"]).update(
            parent=District.objects.get(key=row.values["parent"])
        )


def load_department(run, row):
    run.keep(row, Department, {"key": row.values["id"]}, {"name": row.values["name"]})


def finish_department(run, row):
    lead = AccountManager.objects.filter(key=row.values["lead"]).first()
    Department.objects.filter(key=row.values["id"]).exclude(lead=lead).update(lead=lead)


def load_policy_field(run, row):
    values = dict(row.values)
    run.keep(row, PolicyField, {"code": values.pop("id"), "name": values.pop("name")}, values)


def load_portfolio(run, row):
    name = row.values["name"] or row.values["holder"]
    run.keep(row, Portfolio, {"key": row.values["id"]}, {"role": row.values["holder"], "name": name})


def load_holder(run, row):
    values = dict(row.values)
    run.keep(row, PortfolioHolder, {"key": values.pop("id")}, values)


def load_term(run, row):
    identity = {
        "holder": PortfolioHolder.objects.get(key=row.values["holder"]),
        "portfolio": Portfolio.objects.get(key=row.values["portfolio"]),
        "since": row.values["from"],
    }
    run.keep(row, Term, identity, {"until": row.values["until"]})


def load_contact(run, row):
    values = row.values
    everywhere, where = places(values)
    run.keep(
        row,
        AccountManager,
        {"key": values["id"]},
        {
            "function": values["function"],
            "expertise": values["expertise"],
            "department": Department.objects.filter(key=values["department"]).first(),
            "name": values["name"],
            "name_is_public": values["name_public"],
            "photo": values["photo"],
            "phone": values["phone"],
            "email": values["email"],
            "policy_fields": values["policy_fields"],
            "works_everywhere": everywhere,
            "room": values["room"],
            "available_from": values["available_from"],
            "available_until": values["available_until"],
            "is_front_desk": values["front_desk"],
        },
        districts=where,
        portfolios=Portfolio.objects.filter(key__in=values["portfolios"]),
    )


def finish_contact(run, row):
    deputy = AccountManager.objects.filter(key=row.values["deputy"]).first()
    AccountManager.objects.filter(key=row.values["id"]).exclude(deputy=deputy).update(deputy=deputy)


def load_absence(run, row):
    identity = {"manager": AccountManager.objects.get(key=row.values["contact"]), "since": row.values["from"]}
    deputy = AccountManager.objects.filter(key=row.values["deputy"]).first()
    run.keep(row, Absence, identity, {"until": row.values["until"], "deputy": deputy})


def load_partner(run, row):
    values = row.values
    everywhere, where = places(values)
    run.keep(
        row,
        Organisation,
        {"key": values["id"]},
        {
            "name": values["name"],
            "kind": values["type"],
            "interests": values["interests"],
            "offers": values["offers"],
            "works_everywhere": everywhere,
            "is_open": values["open"],
            "is_subsidised": values["subsidised"],
            "website": values["website"],
            "email": values["email"],
        },
        districts=where,
    )


def load_note(run, row):
    values = dict(row.values)
    identity = {"key": values.pop("id")}
    run.keep(row, PolicyNote, identity, values | {"slug": slugify(values["title"])[:160]})


def note_titled(title):
    """A note by its title; made where the folder does not list its notes."""
    slug = slugify(title)[:160]
    return PolicyNote.objects.get_or_create(title=title, defaults={"key": slug[:40], "slug": slug})[0]


def policy_field(text):
    """'5.7 Openbaar groen' -> the task field with that code and name."""
    code, _space, name = text.partition(" ")
    return PolicyField.objects.get_or_create(code=code, name=name)[0]


def free_slug(key, heading):
    """An address for a goal that no other goal has; it stays when the title changes."""
    known = Goal.objects.filter(key=key).values_list("slug", flat=True).first()
    slug = slugify(heading)[:100] or slugify(key)
    return known or (f"{slug}-{slugify(key)}" if Goal.objects.filter(slug=slug).exists() else slug)


def load_goal(run, row):
    values = row.values
    note = note_titled(values["note"])
    goal = run.keep(
        row,
        Goal,
        {"key": values["id"]},
        {name: values[name] for name in ("title", "description", "page", "plain_title", "plain_description")}
        | {name: values[name] for name in ("search_words", "verified_on")}
        | {
            "slug": free_slug(values["id"], values["plain_title"] or values["title"]),
            "note": note,
            "indicator": dict(values["indicator"]) if values["indicator"] else None,
            "owner": AccountManager.objects.filter(key=values["owner"]).first(),
            "state": Goal.State.RUNNING,
        },
        policy_fields=[policy_field(values["policy_field"])],
        districts=[district(name) for name in values["districts"] if name != EVERYWHERE],
    )
    if goal:
        answer_for(run, goal, Portfolio.objects.get(key=values["portfolio"]), note)


def answer_for(run, goal, portfolio, note):
    """The goal belongs to this portfolio from now on; what it belonged to before stays known."""
    now = goal.portfolio_links.filter(running(run.today)).first()
    if now and now.portfolio == portfolio:
        return
    begins = note.valid_from or note.adopted_on or run.today
    if now and now.since >= run.today:
        now.delete()
    elif now:
        now.until = run.today - datetime.timedelta(days=1)
        now.save()
    since = run.today if goal.portfolio_links.exists() else min(begins, run.today)
    GoalPortfolio.objects.create(goal=goal, portfolio=portfolio, since=since)


def load_theme(run, row):
    values = row.values
    theme = run.keep(
        row, Theme, {"slug": values["id"]}, {"name": values["name"], "description": values["description"]}
    )
    run.keep_many(theme.goals, Goal.objects.filter(key__in=values["goals"]))


def load_form(run, row):
    values = dict(row.values)
    run.keep(row, FinancingForm, {"key": values.pop("id")}, values | {"slug": slugify(values["name"])})


def front_desk():
    """The one front desk; made where the folder has none, because every plan needs a contact."""
    desk = AccountManager.objects.filter(is_front_desk=True).first()
    return desk or AccountManager.objects.create(key="LOKET", is_front_desk=True, **FRONT_DESK)


def moment(day):
    """Nine in the morning of a day, or None."""
    return day and timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))


def load_initiative(run, row):
    values, labels = row.values, row.values["labels"]
    state = values["state"] or (State.IN_DIALOGUE if labels.get("goals") else State.SUBMITTED)
    best = values["contact"] or (labels.get("contact") or {}).get("best")
    contact = AccountManager.objects.filter(key=best).first() or front_desk()
    if state in UNTRIAGED:
        contact = None if state == State.DRAFT else front_desk()
    known = Initiative.objects.filter(import_key=values["id"]).first()
    submitted = values["submitted_on"] or (timezone.localdate(known.submitted_at) if known else run.today)
    reference = (
        values["reference"]
        or (known and known.reference)
        or Initiative.objects.next_reference(submitted.year)
    )
    plan = run.keep(
        row,
        Initiative,
        {"import_key": values["id"]},
        {name: values[name] for name in ("title", "summary", "kind", "point", "wants_public")}
        | {
            "story": values["text"],
            "submitter": values["submitter"],
            "submitted_by": values["submitter_kind"],
            "district": district(values["district"]) if values["district"] else None,
            "state": state,
            "state_reason": values["stopped_reason"],
            "contact": contact,
            "reference": None if state == State.DRAFT else reference,
            "submitted_at": None if state == State.DRAFT else moment(submitted),
            "changed_at": moment(values["changed_on"] or submitted),
            "released_at": moment(values["released_on"]),
        },
    )
    if plan:
        if not known:
            tell_history(plan)
            promise(run, plan, submitted)
        link_initiative(run, plan, values, labels)
        if not known and state != State.DRAFT:
            outbox.put("match", payload={"initiative": plan.pk})


def tell_history(plan):
    """The timeline of a plan that was there before the site was."""
    moments = [("submit", plan.submitted_at), (plan.state, plan.changed_at)]
    for what, at in moments[: 2 if plan.state not in UNTRIAGED else 1]:
        if at:
            Event.objects.create(
                subject_kind="initiative", subject_key=str(plan.public_id), what=what, at=at, is_public=True
            )


def promise(run, plan, submitted):
    """The clocks of a plan as they would stand; what was due before the import is kept."""
    if plan.state == State.DRAFT:
        return
    verbs.start_clocks(plan, submitted)
    kept = Q(kind__in=KEPT_IN.get(plan.state, ClockKind.values))
    if plan.state not in UNTRIAGED:
        kept |= Q(due_on__lt=run.today)
    plan.clocks.filter(kept).update(stopped_on=F("due_on"))
    if plan.state == State.PAUSED:
        plan.clocks.filter(stopped_on=None).update(paused_on=timezone.localdate(plan.changed_at))


def link_initiative(run, plan, values, labels):
    """What the plan asks, and what it was linked to; a plan nobody looked at yet has no links."""
    kinds = values["needs"] if values["needs"] is not None else labels.get("needs", [])
    for kind in kinds:
        amount = labels.get("amount") if kind == "geld" else None
        Need.objects.get_or_create(initiative=plan, kind=kind, defaults={"amount": amount})
    if plan.state in UNTRIAGED:
        return
    for goal_key, strength in labels.get("goals", {}).items():
        goal = Goal.objects.get(key=goal_key)
        GoalLink.objects.update_or_create(initiative=plan, goal=goal, defaults={"strength": strength})
    for partner_key in labels.get("partners", []):
        PartnerLink.objects.get_or_create(
            initiative=plan, organisation=Organisation.objects.get(key=partner_key)
        )


def load_reply_template(run, row):
    values = dict(row.values)
    run.keep(row, ReplyTemplate, {"key": values.pop("id")}, values)


LOADERS = {
    "municipality.jsonl": load_municipality,
    "districts.jsonl": load_district,
    "departments.jsonl": load_department,
    "policy-fields.jsonl": load_policy_field,
    "portfolios.jsonl": load_portfolio,
    "holders.jsonl": load_holder,
    "terms.jsonl": load_term,
    "contacts.jsonl": load_contact,
    "absences.jsonl": load_absence,
    "partners.jsonl": load_partner,
    "notes.jsonl": load_note,
    "goals.jsonl": load_goal,
    "themes.jsonl": load_theme,
    "funding-forms.jsonl": load_form,
    "initiatives*.jsonl": load_initiative,
    "reply-templates.jsonl": load_reply_template,
}
FINISHERS = {  # what refers to rows of its own file, or of a later one
    "districts.jsonl": finish_district,
    "departments.jsonl": finish_department,
    "contacts.jsonl": finish_contact,
}


def faults_as_text(faults: list[Fault], most=50):
    """The first faults, one a line, and how many more there are."""
    lines = [str(fault) for fault in faults[:most]]
    more = len(faults) - len(lines)
    return lines + ([_("En nog %(count)s fouten.") % {"count": more}] if more else [])
