"""A made-up town of any size straight into the tables, by COPY: only for measuring.

Nothing here goes through verbs: what they would leave (references, links, clocks, events, search terms by the
real analyser) is written beside it.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from random import Random

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts import demo
from accounts.models import Role, User
from contacts.models import (
    AccountManager,
    Department,
    District,
    Organisation,
    Portfolio,
    PortfolioHolder,
    Term,
)
from dutch import analyser
from funding.models import FinancingForm
from goals.models import Goal, GoalPortfolio, PolicyField, PolicyNote, Theme
from initiatiefwijzer.bench import sentences
from initiatiefwijzer.management.commands.demo import FOLDER
from initiatives import clocks
from initiatives.models import CLOSED, Clock, GoalLink, Initiative, Need, Participant, PartnerLink, State
from matching.evaluation import read_lines
from townhall.calendar import add_working_days
from townhall.models import Event, Municipality

SEED = 20261121
YEARS = 5
STATES = {  # state -> how many of a hundred, from old to new
    State.REALISED: 30,
    State.ONGOING: 14,
    State.STOPPED: 12,
    State.REFERRED: 6,
    State.PAUSED: 3,
    State.IN_PROGRESS: 18,
    State.AWAITING_DECISION: 3,
    State.IN_DIALOGUE: 10,
    State.SUBMITTED: 4,
}
LINKS = (0, 1, 1, 1, 2, 2, 3)  # goals of a plan
WORKED_ON = 0.85  # the part of the goals that plans are linked to; the others have none
PUBLIC = 0.85  # the part of the plans that everybody may see
CONTACT_DAYS = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 9)
SERVICE_DAYS = {"receipt": 0, "contact": 5, "first_view": 10, "decision": 40}
PEOPLE = {  # who can sign in, to measure what only they may see
    "bewoner@bench.example": Role.RESIDENT,
    "ambtenaar@bench.example": Role.OFFICER,
    "raadslid@bench.example": Role.COUNCIL,
    "beheerder@bench.example": Role.MANAGER,
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is of everything."""

    initiatives: int = 100_000
    goals: int = 2_000
    partners: int = 5_000
    districts: int = 50
    managers: int = 60


class NotEmpty(Exception):
    """There is a municipality in this database already."""


def load(sizes, told=print, dice=None):
    """Fills an empty database; all or nothing."""
    dice = dice or Random(SEED)  # noqa: S311 the same town every time is the point
    if Municipality.objects.exists():
        raise NotEmpty
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")  # one COPY takes longer than any page may
        town = Town(sizes, dice, told)
        for part in (
            town.people,
            town.contacts,
            town.forms,
            town.notes,
            town.goals,
            town.partners,
            town.initiatives,
        ):
            part()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout")


class Town:
    """One filling of the tables; ids count from 1, so that rows can name each other."""

    def __init__(self, sizes, dice, told):
        self.sizes, self.dice, self.told = sizes, dice, told
        self.now = timezone.now()
        self.districts = []

    def copy(self, model, columns, rows):
        """Rows into a table; its ids go on after them."""
        table, names = model._meta.db_table, ", ".join(f'"{column}"' for column in columns)
        count = 0
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as target:
                for row in rows:
                    target.write_row(row)
                    count += 1
            if "id" in columns:
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [max(count, 1)])
        self.told(f"{table}: {count}")

    def people(self):
        Municipality.objects.create(
            code="GM9998", name="Groot Meerland", email="bench@bench.example", phone="14 000"
        )
        for email, role in PEOPLE.items():
            user = User.objects.create_user(email, name=email.partition("@")[0], role=role)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            if user.is_staff_member:
                demo.give_second_factor(user)

    def contacts(self):
        dice = self.dice
        names = sentences.districts(dice, self.sizes.districts)
        wholes = max(1, len(names) // 5)
        self.districts = []
        for number, name in enumerate(names, 1):
            parent = self.districts[number % wholes] if number > wholes else None
            west, south = 5 + number % 10 * 0.02, 52 + number // 10 * 0.01
            outline = [[west, south], [west + 0.02, south], [west + 0.02, south + 0.01], [west, south + 0.01]]
            self.districts.append(
                District.objects.create(
                    key=f"WK{number:06d}", slug=slugify(name), name=name, parent=parent,
                    centroid=[west + 0.01, south + 0.005], outline=[*outline, outline[0]],
                )
            )  # fmt: skip
        since = timezone.localdate(self.now) - timedelta(days=365 * YEARS + 30)
        self.portfolios = []
        for number, name in enumerate(sentences.PORTFOLIOS):
            portfolio = Portfolio.objects.create(
                key=f"PF{number}", name=name, role=f"Wethouder {name.lower()}"
            )
            holder = PortfolioHolder.objects.create(
                key=f"H{number}", name=f"Wethouder {number}", title="wethouder"
            )
            Term.objects.create(holder=holder, portfolio=portfolio, since=since)
            self.portfolios.append(portfolio)
        departments = [
            Department.objects.create(key=f"afdeling-{n}", name=f"Afdeling {name}")
            for n, name in enumerate(sentences.PORTFOLIOS)
        ]
        AccountManager.objects.create(
            key="K0", function="Initiatievenloket", expertise="Voor iedereen met een plan.",
            is_front_desk=True, email="loket@bench.example", department=departments[0],
        )  # fmt: skip
        for number in range(1, self.sizes.managers):
            about = sentences.SUBJECTS[number % len(sentences.SUBJECTS)]
            manager = AccountManager.objects.create(
                key=f"K{number}", function=f"Adviseur {about.name.lower()} {number}",
                expertise=sentences.expertise(dice, about), department=departments[about.portfolio],
                works_everywhere=number % 3 > 0, email=f"adviseur{number}@bench.example",
            )  # fmt: skip
            manager.portfolios.add(self.portfolios[about.portfolio])
            manager.districts.set([] if manager.works_everywhere else dice.sample(self.districts, 3))
        self.managers = list(AccountManager.objects.order_by("pk").values_list("pk", flat=True))

    def forms(self):
        """The nine forms of the demo: rules on what is asked know them by their keys."""
        for row in read_lines(FOLDER / "funding-forms.jsonl"):
            FinancingForm.objects.create(
                key=row["id"], slug=slugify(row["name"]), order=row["order"], name=row["name"],
                meaning=row["meaning"],
            )  # fmt: skip

    def notes(self):
        kinds, subjects = sentences.NOTES, sentences.SUBJECTS
        titles = [f"{kind} {about.name}" for kind in kinds for about in subjects]
        for number, title in enumerate(titles, 1):
            PolicyNote.objects.create(
                key=f"N{number}", slug=slugify(title), title=title, adopted_by="gemeenteraad",
                adopted_on=self.now.date() - timedelta(days=30 * number),
            )  # fmt: skip
        for about in subjects:
            Theme.objects.create(slug=slugify(about.name), name=about.name)
        self.fields = [
            PolicyField.objects.create(code=f"{n // 4}.{n % 4 + 1}", name=f"Taakveld {n}") for n in range(30)
        ]

    # The large ones ---------------------------------------------------------------------------------
    def goals(self):
        dice, subjects = self.dice, sentences.SUBJECTS
        notes = list(PolicyNote.objects.order_by("pk").values_list("pk", flat=True))
        themes = dict(Theme.objects.values_list("name", "pk"))
        self.subject_of = [None] + [dice.randrange(len(subjects)) for _ in range(self.sizes.goals)]

        def rows():
            for number in range(1, self.sizes.goals + 1):
                about = subjects[self.subject_of[number]]
                title, plain, text = sentences.goal(dice, about, dice.choice(self.districts).name)
                note, owner = dice.choice(notes), dice.choice(self.managers)
                found = terms(f"{plain} {title} {text}")
                slug = f"{slugify(plain)[:90]}-{number}"
                yield (
                    number, *found, 1, f"G{number:04d}", slug, plain, text, "", title, text, note,
                    f"p. {number % 60 + 1}", owner, "running",
                )  # fmt: skip

        columns = "id terms terms_version version key slug plain_title plain_description search_words title"
        self.copy(Goal, f"{columns} description note_id page owner_id state".split(), rows())
        numbers = range(1, self.sizes.goals + 1)
        since = self.now.date() - timedelta(days=365 * YEARS)
        belongs = ((n, n, self.portfolios[subjects[self.subject_of[n]].portfolio].pk, since) for n in numbers)
        self.copy(GoalPortfolio, ["id", "goal_id", "portfolio_id", "since"], belongs)
        about = ((n, themes[subjects[self.subject_of[n]].name]) for n in numbers)
        self.copy(Goal.themes.through, ["goal_id", "theme_id"], about)
        fields = ((n, dice.choice(self.fields).pk) for n in numbers)
        self.copy(Goal.policy_fields.through, ["goal_id", "policyfield_id"], fields)

    def partners(self):
        dice = self.dice

        def rows():
            for number in range(1, self.sizes.partners + 1):
                about, where = dice.choice(sentences.SUBJECTS), dice.choice(self.districts)
                name, interests, offers = sentences.partner(dice, about, f"{where.name} {number}")
                found = terms(f"{name} {interests} {offers}")
                kind = dice.choice(["vereniging", "stichting", "bedrijf", "school"])
                yield (
                    number, *found, 1, f"P{number:04d}", name, kind, interests, offers,
                    number % 3 > 0, number % 5 > 0,
                    False, "", "",
                )  # fmt: skip

        columns = "id terms terms_version version key name kind interests offers works_everywhere is_open"
        self.copy(Organisation, f"{columns} is_subsidised website email".split(), rows())
        local = ((n, dice.choice(self.districts).pk) for n in range(3, self.sizes.partners + 1, 3))
        self.copy(Organisation.districts.through, ["organisation_id", "district_id"], local)

    def initiatives(self):
        plans = [self.plan(number) for number in range(1, self.sizes.initiatives + 1)]
        columns = (
            "id terms terms_version version public_id reference title summary story existing offered asked "
            "district_id place kind submitted_by submitter wants_public released_at state previous_state "
            "state_reason contact_id links created_at submitted_at changed_at"
        )
        self.copy(Initiative, columns.split(), map(self.row, plans))
        self.hang_on(plans)

    def plan(self, number):
        """One initiative as far as others need to know it; the newest has the highest number."""
        dice = self.dice
        age = (self.sizes.initiatives - number) / self.sizes.initiatives * 365 * YEARS
        at = datetime.combine((self.now - timedelta(days=age)).date(), time(9), self.now.tzinfo)
        at += timedelta(seconds=number % 30_000)
        state = dice.choices(list(STATES), list(STATES.values()))[0]
        return Plan(
            number, dice.randrange(len(sentences.SUBJECTS)), at, state, dice.random() < PUBLIC,
            dice.choice(self.managers), uuid.UUID(int=dice.getrandbits(128), version=4),
        )  # fmt: skip

    def row(self, plan):
        title, summary, story = sentences.plan(self.dice, sentences.SUBJECTS[plan.about])
        year = plan.at.year
        released = plan.at + timedelta(days=3) if plan.public else None
        return (
            plan.number, *terms(f"{title}. {summary} {story} "), 1, plan.key, f"IW-{year}-{plan.number:06d}",
            title, summary, story, "", "", "", self.dice.choice(self.districts).pk, "", "own_plan",
            self.dice.choice(["person", "group", "organisation"]), "", plan.public, released, plan.state,
            "", "",
            self.managers[0] if plan.state == State.SUBMITTED else plan.contact, [],
            plan.at, plan.at, plan.at,
        )  # fmt: skip

    def hang_on(self, plans):
        """What hangs on the plans: links, needs, people, clocks and what happened."""
        dice, user = self.dice, User.objects.get(role=Role.RESIDENT).pk
        by_subject = {}
        for number in range(1, int(self.sizes.goals * WORKED_ON) + 1):
            by_subject.setdefault(self.subject_of[number], []).append(number)

        def goal_links():
            for plan in plans:
                near = by_subject.get(plan.about, ())
                if plan.state != State.SUBMITTED:
                    for goal in {dice.choice(near) for _ in range(dice.choice(LINKS)) if near}:
                        yield plan.number, goal, dice.choice([1, 2]), "", False, plan.at

        columns = ["initiative_id", "goal_id", "strength", "why", "was_suggested", "on"]
        self.copy(GoalLink, columns, goal_links())
        columns = ["initiative_id", "organisation_id", "why", "was_suggested", "on"]
        partners = (
            (plan.number, dice.randrange(1, self.sizes.partners + 1), "", False, plan.at)
            for plan in plans[::2]
        )
        self.copy(PartnerLink, columns, partners)
        needs = ((plan.number, dice.choice(["plek", "advies", "materiaal"]), "") for plan in plans[::3])
        self.copy(Need, ["initiative_id", "kind", "note"], needs)
        columns = ["initiative_id", "user_id", "role", "name", "email", "phone", "address", "shows_name"]
        mine = ((plan.number, user, "initiator", "", "", "", "", False) for plan in plans[::1000])
        self.copy(Participant, columns, mine)
        columns = ["initiative_id", "kind", "days", "started_on", "warn_on", "due_on", "stopped_on"]
        self.copy(Clock, columns, self.clocks(plans))
        columns = ["subject_kind", "subject_key", "what", "details", "is_public", "at"]
        self.copy(Event, columns, events(plans))

    def clocks(self, plans):
        """The contact clock of every plan; all four of the plans that are new."""
        for plan in plans:
            day, took = plan.at.date(), self.dice.choice(CONTACT_DAYS)
            for one in promises(day):
                if one.kind == "contact":
                    kept = plan.state != State.SUBMITTED
                    stopped = after(day, took) if kept else None
                elif plan.state in (State.SUBMITTED, State.IN_DIALOGUE):
                    stopped = day if one.kind == "receipt" else None
                else:
                    continue
                yield plan.number, one.kind, one.days, day, one.warn_on, one.due_on, stopped


@dataclass(frozen=True, slots=True)
class Plan:
    number: int
    about: int
    at: datetime
    state: str
    public: bool
    contact: int
    key: uuid.UUID


def terms(text):
    """The two columns of what can be found, as the analyser makes them."""
    found = analyser.search_terms(text)
    return " ".join(f"{term}:{place}" for place, term in enumerate(found, 1)), analyser.VERSION


@lru_cache(maxsize=4096)
def promises(day):
    return clocks.plan(day, SERVICE_DAYS)


@lru_cache(maxsize=65536)
def after(day, days):
    return add_working_days(day, days)


def events(plans) -> Iterable[tuple]:
    """What happened: it was sent, and it came where it is now."""
    for plan in plans:
        key = str(plan.key)
        yield "initiative", key, "submit", "{}", True, plan.at
        if plan.state != State.SUBMITTED:
            yield "initiative", key, "begin_dialogue", "{}", True, plan.at + timedelta(days=2)
        if plan.state in CLOSED:
            yield "initiative", key, "realise", "{}", True, plan.at + timedelta(days=90)
