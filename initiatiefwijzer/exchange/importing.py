"""Checked rows into the database: all or nothing, and the second time nothing changes."""

import datetime
import os
import shutil
from collections import Counter, defaultdict
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from agreements.continuity.verbs import reminder
from agreements.models import ContinuityPlan, StandardRequirement
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
)
from desk.models import ReplyTemplate
from desk.verbs import lay_out_sentences
from funding.models import FinancingForm, Scheme
from goals.models import Goal, GoalPortfolio, PolicyField, PolicyNote, Theme
from initiatiefwijzer.exchange.reading import Fault, read_folder
from initiatives import verbs
from initiatives.models import ClockKind, GoalLink, Initiative, Need, PartnerLink, State
from townhall import outbox
from townhall.models import Event, Municipality, Text, Versioned

UNTRIAGED = {State.DRAFT, State.SUBMITTED}
SPOKEN = {ClockKind.RECEIPT, ClockKind.CONTACT, ClockKind.FIRST_VIEW}
KEPT_IN = {  # the clocks that have stopped in a state; in all others everything has been kept
    State.SUBMITTED: {ClockKind.RECEIPT},
    State.IN_DIALOGUE: SPOKEN,
    State.AWAITING_DECISION: SPOKEN,
    State.PAUSED: SPOKEN,
}
FRONT_DESK = {"function": "Initiatievenloket", "expertise": "Het loket voor iedereen met een plan."}
RELATIONS = {  # what is read together with what is there already
    AccountManager: ["districts", "portfolios"],
    Organisation: ["districts"],
    Goal: ["policy_fields", "districts", "portfolio_links"],
    Theme: ["goals"],
    Initiative: ["needs", "goal_links", "partner_links", "continuity_plan"],
}


class Busy(Exception):
    """Another import is running in this database."""


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
        """True when everything was stored; False, with `faults` filled and nothing changed, when not.

        The database checks every row by itself. Only where it objects, all is done again with care: every
        row is checked before it is stored, which takes longer and names file, line and field.
        """
        self.found = read_folder(self.folder)
        self.faults = list(self.found.faults)
        if self.faults:
            return False
        try:
            self.store(with_care=False)
        except (IntegrityError, DataError):
            self.told(_("De database heeft bezwaar. We zoeken uit welke regels het zijn."))
            self.store(with_care=True)
        if self.faults:
            return False
        self.copy_portraits()
        return True

    def store(self, *, with_care):
        """Everything in one transaction; undone when a fault was found."""
        self.with_care, self.faults, self.counts = with_care, [], Counter()
        self.stocks, self.indexes, self.changed, self.later = {}, {}, set(), defaultdict(list)
        with transaction.atomic():
            self.begin_alone()
            for pattern, load in LOADERS.items():
                rows = self.found.rows[pattern]
                if rows:
                    self.told(f"{pattern}: {len(rows)}")
                for row in rows:
                    load(self, row)
                for model, things in self.later.items():
                    model.objects.bulk_create(things)
                self.later.clear()
            for pattern, finish in FINISHERS.items():
                for row in self.found.rows[pattern]:
                    finish(self, row)
            lay_out_sentences()
            if self.faults:
                transaction.set_rollback(True)

    def begin_alone(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('import_municipality'))")
            if not cursor.fetchone()[0]:
                raise Busy

    # What is there ------------------------------------------------------------------------------------
    def stock(self, model):
        """What the database holds of a model, with RELATIONS: read once, and kept up to date."""
        if model not in self.stocks:
            things = model._base_manager.prefetch_related(*RELATIONS.get(model, ()))
            if model is Initiative:  # of these there can be very many
                keys = [row.values["id"] for row in self.found.rows["initiatives*.jsonl"]]
                things = things.filter(Q(import_key__in=keys) | Q(reference__in=keys))
            self.stocks[model] = list(things)
        return self.stocks[model]

    def find(self, model, **identity):
        """The one object with these values, or None."""
        names = tuple(identity)
        if (model, names) not in self.indexes:
            index = {tuple(getattr(thing, name) for name in names): thing for thing in self.stock(model)}
            self.indexes[model, names] = index
        return self.indexes[model, names].get(tuple(identity.values()))

    def remember(self, thing):
        model = type(thing)
        self.stock(model).append(thing)
        for (other, names), index in self.indexes.items():
            if other is model:
                index[tuple(getattr(thing, name) for name in names)] = thing

    def make(self, model, **values):
        """A new object that a row only mentions."""
        thing = model(**values)
        thing.save()
        self.remember(thing)
        return thing

    # What is kept -------------------------------------------------------------------------------------
    def keep(self, row, model, identity, values, **many):
        """The stored object: made, changed where it differs, or left as it was; None when it is wrong."""
        known = self.find(model, **identity)
        thing = known or model(**identity)
        changes = [name for name, value in values.items() if not known or differs(thing, name, value)]
        for name in changes:
            setattr(thing, name, values[name])
        if changes:
            errors = self.check(thing)
            self.faults += [row.fault(*in_words_of(row, name, reason)) for name, reason in errors]
            if errors:
                return None
            if known and isinstance(thing, Versioned):
                thing.version += 1  # who has it open in a form is told
            thing.save()
            if known:
                self.changed.add(thing)
                self.indexes = {key: index for key, index in self.indexes.items() if key[0] is not model}
            else:
                self.remember(thing)
        touched = [self.keep_many(getattr(thing, name), others, known) for name, others in many.items()]
        outcome = "new" if not known else "changed" if changes or any(touched) else "same"
        self.counts[row.file, outcome] += 1
        return thing

    def check(self, thing):
        """What the model and its constraints say against it: [(field, reason), …]."""
        if not self.with_care:
            return []
        try:
            thing.full_clean(exclude=["terms", "terms_version"])
        except ValidationError as trouble:
            return [(name, reason) for name, reasons in trouble.message_dict.items() for reason in reasons]
        return []

    @staticmethod
    def keep_many(relation, others, known):
        """True when the other side of a relation had to change."""
        wanted = {other.pk for other in others}
        if known and {other.pk for other in relation.all()} == wanted:
            return False
        if known:
            relation.set(others)
        elif others:
            relation.add(*others)
        return True

    def copy_portraits(self):
        """The drawings that the rows name go to the media folder, each in one move."""
        target = settings.MEDIA_ROOT / "portraits"
        rows = [*self.found.rows["holders.jsonl"], *self.found.rows["contacts.jsonl"]]
        for name in sorted({row.values["photo"] for row in rows} - {""}):
            target.mkdir(parents=True, exist_ok=True)
            draft = target / f".{name}.{os.getpid()}"
            shutil.copyfile(self.folder / "photos" / name, draft, follow_symlinks=False)
            draft.replace(target / name)

    def report(self):
        """A line a file: how many rows were new, changed or the same."""
        words = {"new": _("nieuw"), "changed": _("veranderd"), "same": _("gelijk")}
        files = sorted({file for file, _outcome in self.counts})
        return [
            f"{file}: " + ", ".join(f"{self.counts[file, code]} {word}" for code, word in words.items())
            for file in files
        ]


def in_words_of(row, name, reason):
    """(field, reason) of a model as somebody who wrote the file knows them."""
    if name == "slug":
        reason = _("Dit lijkt te veel op een andere naam: het adres van de pagina zou hetzelfde zijn.")
        return ("title" if "title" in row.values else "name"), reason
    return ("" if name == "__all__" else name), reason


def differs(thing, name, value):
    """True when a field of a stored thing holds something else; other things are compared by their key."""
    field = type(thing)._meta.get_field(name)
    if field.is_relation:
        return getattr(thing, field.attname) != (value and value.pk)
    return getattr(thing, name) != value


def load_municipality(run, row):
    values = dict(row.values)
    code, texts, days = values.pop("id"), values.pop("texts"), values.pop("service_days")
    if days:
        values["service_days"] = days
    run.keep(row, Municipality, {"id": 1}, values | {"code": code})
    for name, body in texts.items():
        known = run.find(Text, key=name)
        if not known or known.body != body:
            Text(key=name, body=body).save()


def district(run, name):
    """A district by its name; made where the folder does not list its districts."""
    slug = slugify(name)
    return run.find(District, name=name) or run.make(District, name=name, slug=slug, key=slug)


def places(run, values):
    """(works everywhere, the districts) of a row."""
    listed = [name for name in values["districts"] if name != EVERYWHERE]
    return len(listed) < len(values["districts"]) or not listed, [district(run, name) for name in listed]


def load_district(run, row):
    values = row.values
    run.keep(
        row,
        District,
        {"key": values["id"]},
        {name: values[name] for name in ("name", "year", "centroid", "outline")}
        | {"slug": slugify(values["name"])},
    )


def point_at(thing, name, other):
    """The relation `name` of a thing, set where it differs."""
    if thing and getattr(thing, f"{name}_id") != (other and other.pk):
        setattr(thing, name, other)
        thing.save(update_fields=[name])


def finish_district(run, row):
    parent = run.find(District, key=row.values["parent"])
    point_at(run.find(District, key=row.values["id"]), "parent", parent)


def load_department(run, row):
    run.keep(row, Department, {"key": row.values["id"]}, {"name": row.values["name"]})


def finish_department(run, row):
    lead = run.find(AccountManager, key=row.values["lead"])
    point_at(run.find(Department, key=row.values["id"]), "lead", lead)


def load_policy_field(run, row):
    values = dict(row.values)
    run.keep(row, PolicyField, {"code": values.pop("id"), "name": values.pop("name")}, values)


def load_portfolio(run, row):
    name = row.values["name"] or row.values["holder"]
    run.keep(row, Portfolio, {"key": row.values["id"]}, {"role": row.values["holder"], "name": name[:150]})


def load_holder(run, row):
    values = dict(row.values)
    run.keep(row, PortfolioHolder, {"key": values.pop("id")}, values)


def load_term(run, row):
    holder = run.find(PortfolioHolder, key=row.values["holder"])
    portfolio = run.find(Portfolio, key=row.values["portfolio"])
    if holder and portfolio:
        identity = {"holder_id": holder.pk, "portfolio_id": portfolio.pk, "since": row.values["from"]}
        run.keep(row, Term, identity, {"until": row.values["until"]})


def load_contact(run, row):
    values = row.values
    if values["front_desk"]:
        move_front_desk(run, values["id"])
    everywhere, where = places(run, values)
    run.keep(
        row,
        AccountManager,
        {"key": values["id"]},
        {
            "function": values["function"],
            "expertise": values["expertise"],
            "department": run.find(Department, key=values["department"]),
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
        portfolios=[found for key in values["portfolios"] if (found := run.find(Portfolio, key=key))],
    )


def move_front_desk(run, key):
    """There is one front desk: who was it before makes room for the one the folder names."""
    before = run.find(AccountManager, is_front_desk=True)
    if before and before.key != key:
        before.is_front_desk = False
        before.save(update_fields=["is_front_desk"])


def front_desk(run):
    """The one front desk; made where there is none, because every plan needs a contact."""
    run.indexes.pop((AccountManager, ("is_front_desk",)), None)
    desk = run.find(AccountManager, is_front_desk=True)
    return desk or run.make(AccountManager, key="LOKET", is_front_desk=True, **FRONT_DESK)


def finish_contact(run, row):
    deputy = run.find(AccountManager, key=row.values["deputy"])
    point_at(run.find(AccountManager, key=row.values["id"]), "deputy", deputy)


def load_absence(run, row):
    manager = run.find(AccountManager, key=row.values["contact"])
    deputy = run.find(AccountManager, key=row.values["deputy"])
    if manager:
        identity = {"manager_id": manager.pk, "since": row.values["from"]}
        run.keep(row, Absence, identity, {"until": row.values["until"], "deputy": deputy})


def load_partner(run, row):
    values = row.values
    everywhere, where = places(run, values)
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


def partner_of(run, key):
    """The organisation of this key, or what it is part of by now; None where there is none."""
    found = run.find(Organisation, key=key)
    return (found and found.merged_into) or found


def load_note(run, row):
    values = dict(row.values)
    identity = {"key": values.pop("id")}
    run.keep(row, PolicyNote, identity, values | {"slug": slugify(values["title"])[:160]})


def note_titled(run, title):
    """A note by its title; made where the folder does not list its notes."""
    known = run.find(PolicyNote, title=title)
    if known:
        return known
    slug, number = slugify(title)[:150] or "nota", len(run.stock(PolicyNote)) + 1
    if run.find(PolicyNote, slug=slug):
        slug = f"{slug}-{number}"
    key = slug if len(slug) <= 40 and not run.find(PolicyNote, key=slug) else f"{slug[:34]}-{number}"
    return run.make(PolicyNote, title=title, key=key, slug=slug)


def policy_field(run, text):
    """'5.7 Openbaar groen' -> the task field with that code and name."""
    code, _space, name = text.partition(" ")
    return run.find(PolicyField, code=code, name=name) or run.make(PolicyField, code=code, name=name)


def free_slug(run, key, heading):
    """An address for a goal that no other goal has; it stays when the title changes."""
    known = run.find(Goal, key=key)
    slug = slugify(heading)[:100] or slugify(key)
    if known:
        return known.slug
    return f"{slug}-{slugify(key)}" if run.find(Goal, slug=slug) else slug


def load_goal(run, row):
    values = row.values
    note = note_titled(run, values["note"])
    known = run.find(Goal, key=values["id"])
    goal = run.keep(
        row,
        Goal,
        {"key": values["id"]},
        {name: values[name] for name in ("title", "description", "page", "plain_title", "plain_description")}
        | {name: values[name] for name in ("search_words", "verified_on", "state")}
        | {
            "slug": free_slug(run, values["id"], values["plain_title"] or values["title"]),
            "note": note,
            "indicator": dict(values["indicator"]) if values["indicator"] else None,
            "owner": run.find(AccountManager, key=values["owner"]),
        },
        policy_fields=[policy_field(run, values["policy_field"])],
        districts=[district(run, name) for name in values["districts"] if name != EVERYWHERE],
    )
    portfolio = run.find(Portfolio, key=values["portfolio"])
    if known and note in run.changed:
        known.save()  # it is found by the title of its note too
    if goal and portfolio:
        answer_for(run, goal, portfolio, note, known)


def answer_for(run, goal, portfolio, note, known):
    """The goal belongs to this portfolio from now on; what it belonged to before stays known."""
    links = list(goal.portfolio_links.all()) if known else []
    now = next((one for one in links if one.since <= run.today <= (one.until or run.today)), None)
    if now and now.portfolio_id == portfolio.pk:
        return
    if now and now.since >= run.today:
        now.delete()
    elif now:
        now.until = run.today - datetime.timedelta(days=1)
        now.save()
    begins = note.valid_from or note.adopted_on or run.today
    since = run.today if links else min(begins, run.today)
    run.later[GoalPortfolio].append(GoalPortfolio(goal=goal, portfolio=portfolio, since=since))


def load_theme(run, row):
    values = row.values
    run.keep(
        row,
        Theme,
        {"slug": values["id"]},
        {"name": values["name"], "description": values["description"]},
        goals=[goal for key in values["goals"] if (goal := run.find(Goal, key=key))],
    )


def load_form(run, row):
    values = dict(row.values)
    run.keep(row, FinancingForm, {"key": values.pop("id")}, values | {"slug": slugify(values["name"])})


def load_scheme(run, row):
    values = dict(row.values)
    values["least_per_application"], values["most_per_application"] = values.pop("least"), values.pop("most")
    names = values.pop("districts")
    run.keep(
        row,
        Scheme,
        {"key": values.pop("id")},
        values
        | {"form": run.find(FinancingForm, key=values["form"])}
        | {"provider": values["provider"] and partner_of(run, values["provider"])},
        districts=[district for name in names if (district := run.find(District, name=name))],
    )


def load_standard_requirement(run, row):
    values = dict(row.values)
    values["is_hard"], values["is_used"] = values.pop("hard"), values.pop("used")
    slug = slugify(values["title"])[:120]
    run.keep(row, StandardRequirement, {"key": values.pop("id")}, values | {"slug": slug})


def moment(day, known=None):
    """Nine in the morning of a day, or the moment that is known of that day; None for no day."""
    if known and timezone.localdate(known) == day:
        return known
    return day and timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))


def load_initiative(run, row):
    values = row.values
    known = run.find(Initiative, import_key=values["id"]) or run.find(Initiative, reference=values["id"])
    identity = {"reference": values["id"]} if known and not known.import_key else {"import_key": values["id"]}
    state = values["state"] or (known and known.state) or first_state(values["labels"])
    plan = run.keep(
        row,
        Initiative,
        identity,
        {name: values[name] for name in ("title", "summary", "kind", "point", "wants_public")}
        | {name: values[name] for name in ("existing", "offered", "asked", "place", "starts_on", "ends_on")}
        | {name: values[name] for name in ("links", "submitter")}
        | {
            "story": values["text"],
            "submitted_by": values["submitter_kind"],
            "organisation": partner_of(run, values["organisation"]),
            "district": district(run, values["district"]) if values["district"] else None,
            "state": state,
            "state_reason": values["stopped_reason"],
            "contact": contact_of(run, values, state, known),
            **moments_of(run, values, state, known),
        },
    )
    if plan:
        link_initiative(run, plan, values, known)
        plan_for_later(run, row, plan, known)
        if not known and state != State.DRAFT:
            tell_history(run, plan)
            promise(run, plan)
            outbox.put("match", payload={"initiative": plan.pk})


def moments_of(run, values, state, known):
    """The moments of a plan, and the reference that it has since it was sent in."""
    before = {name: known and getattr(known, name) for name in ("submitted_at", "changed_at", "released_at")}
    submitted = moment(values["submitted_on"], before["submitted_at"]) or before["submitted_at"]
    submitted = submitted or moment(run.today)
    changed = moment(values["changed_on"], before["changed_at"]) or before["changed_at"] or submitted
    moments = {"changed_at": changed, "released_at": moment(values["released_on"], before["released_at"])}
    if state == State.DRAFT:
        return moments | {"submitted_at": None, "reference": None}
    reference = values["reference"] or (known and known.reference)
    year = timezone.localdate(submitted).year
    return moments | {
        "submitted_at": submitted,
        "reference": reference or Initiative.objects.next_reference(year),
    }


def first_state(labels):
    """Where a plan stands that comes without a state: somebody has looked at it where it has goals."""
    return State.IN_DIALOGUE if labels.get("goals") else State.SUBMITTED


def contact_of(run, values, state, known):
    """Who helps: as the row says, as it was, as its labels say, or the front desk."""
    if state == State.DRAFT:
        return None
    if known and known.contact_id and not values["contact"]:
        return known.contact
    labelled = (values["labels"].get("contact") or {}).get("best") if state != State.SUBMITTED else None
    return run.find(AccountManager, key=values["contact"] or labelled) or front_desk(run)


def tell_history(run, plan):
    """The timeline of a plan that was there before the site was."""
    moments = [("submit", plan.submitted_at), (plan.state, plan.changed_at)]
    subject = {"subject_kind": "initiative", "subject_key": str(plan.public_id), "is_public": True}
    run.later[Event] += [
        Event(what=what, at=at, **subject) for what, at in moments[: 1 if plan.state in UNTRIAGED else 2]
    ]


def promise(run, plan):
    """The clocks of a plan as they would stand; what was due before the import is kept."""
    verbs.start_clocks(plan, timezone.localdate(plan.submitted_at))
    kept = Q(kind__in=KEPT_IN.get(plan.state, ClockKind.values))
    if plan.state not in UNTRIAGED:
        kept |= Q(due_on__lt=run.today)
    plan.clocks.filter(kept).update(stopped_on=F("due_on"))
    if plan.state == State.PAUSED:
        plan.clocks.filter(stopped_on=None).update(paused_on=timezone.localdate(plan.changed_at))


def load_reply_template(run, row):
    values = dict(row.values)
    values["is_used"] = values.pop("used")
    run.keep(row, ReplyTemplate, {"key": values.pop("id")}, values)


def link_initiative(run, plan, values, known):
    """What the plan asks, and what it was linked to; a plan nobody looked at yet has no links.

    What people linked by hand stays.
    """
    labels = values["labels"]
    needs = {need.kind: need for need in plan.needs.all()} if known else {}
    kinds = values["needs"] if values["needs"] is not None else labels.get("needs", [])
    for kind in dict.fromkeys(kinds):
        amount = labels.get("amount") if kind == "geld" else None
        if kind not in needs:
            run.later[Need].append(Need(initiative=plan, kind=kind, amount=amount))
        elif amount is not None and needs[kind].amount != amount:
            needs[kind].amount = amount
            needs[kind].save()
    if plan.state in UNTRIAGED:
        return
    links = {link.goal_id: link for link in plan.goal_links.all()} if known else {}
    for key, strength in labels.get("goals", {}).items():
        goal = run.find(Goal, key=key)
        link = links.get(goal and goal.pk)
        if goal and not link:
            run.later[GoalLink].append(GoalLink(initiative=plan, goal=goal, strength=strength))
        elif link and link.strength != strength:
            link.strength = strength
            link.save()
    partners = {link.organisation_id for link in plan.partner_links.all()} if known else set()
    for key in dict.fromkeys(labels.get("partners", [])):
        partner = partner_of(run, key)
        if partner and partner.pk not in partners:
            run.later[PartnerLink].append(PartnerLink(initiative=plan, organisation=partner))


def plan_for_later(run, row, plan, known):
    """How the plan goes on, as far as the row says something of it; the rest stays as people wrote it."""
    said = {name: value for name, value in (row.values["continuity"] or {}).items() if value}
    held = getattr(plan, "continuity_plan", None) if known else None
    if not any(getattr(held, name, None) != value for name, value in said.items()):
        return
    Initiative.objects.locked(plan.pk)  # as the verbs do: nobody writes it meanwhile
    later = ContinuityPlan.objects.filter(initiative=plan).first() or ContinuityPlan(
        initiative=plan, version=0
    )
    for name, value in said.items():
        setattr(later, name, value)
    later.remind_on = later.review_on and reminder(later.review_on)
    later.version += 1  # who has it open in a form is told
    later.changed_at = timezone.now()
    later.save()
    if known and known not in run.changed:  # it was counted as the same
        run.changed.add(known)
        run.counts.update({(row.file, "same"): -1, (row.file, "changed"): 1})


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
    "schemes.jsonl": load_scheme,
    "standard-requirements.jsonl": load_standard_requirement,
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
