"""A town in which every page has something to show and something to hide, and who walks in it."""

import uuid
from contextlib import contextmanager
from datetime import date

from django.apps import apps
from django.db import transaction
from django.db.models import F
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from accounts.models import Consent, Follow, NotificationPreference, Role, User
from agreements.models import (
    AssessmentAnswer,
    Challenge,
    CoHandler,
    Commitment,
    ContinuityPlan,
    ContinuityReview,
    CouncilQuestion,
    DecisionCorrection,
    DecisionMove,
    DecisionPause,
    Merge,
    PendingDecision,
    Referral,
    Requirement,
    RequirementQuestion,
    Shift,
    StandardRequirement,
    Succession,
)
from agreements.onlookers.models import SIGNER, STAYS, Onlooker
from contacts.models import Absence, Apart, Person, Place
from desk.models import (
    Batch,
    BatchRow,
    HandOver,
    HandOverCase,
    Intake,
    Letter,
    LetterCopy,
    Mention,
    Note,
    ReplyTemplate,
    SavedFilter,
)
from funding.models import Scheme
from goals.models import Goal, GoalPortfolio
from initiatives.models import (
    Initiative,
    Interaction,
    Introduction,
    Lesson,
    Message,
    Need,
    Participant,
    PartnerLink,
    Result,
    SimilarLink,
    State,
    Update,
)
from matching.models import Suggestion
from tests import make
from townhall.models import Allowance, Event, Look, OutboxMessage, Text

STAFF = {
    "officer": Role.OFFICER,
    "council": Role.COUNCIL,
    "clerk": Role.CLERK,
    "manager": Role.MANAGER,
}
BARE = {f"{name} without second factor": role for name, role in STAFF.items()}
ACTORS = ("visitor", "initiator", "resident", "partner", *STAFF, *BARE)
LEFT = date(2021, 1, 1)
PICTURES = {  # of the public plan, of the one that is not, and of that one for officers only
    name: uuid.UUID(f"{number}a4b8c1e-0b6f-4d0a-9c52-3f7e6d5c4b3a")
    for number, name in enumerate(("public", "shared", "inside"), 1)
}
SECRET_ADDRESS = uuid.UUID("7d1f2c5e-8a4b-4c3d-9e6f-0a1b2c3d4e5f")
LOOK_ALONG = SIGNER.sign("77")
WISHED = "Een zwemsteiger met trapje in de plas achter het sportveld voor zwemmers van alle leeftijden"

CHANGED = {  # what has a history but no version of its own in it
    GoalPortfolio: {"until": date(2099, 1, 1)},
    Initiative: {"place": "Achter het sportveld."},
    Commitment: {"occasion": "Op de buurtavond"},
    Requirement: {"why": "Zo is het veilig."},
    AssessmentAnswer: {"reason": "Zo staat het in het plan."},
}


def people():
    """Who walks in the town: {name: user}; the visitor is None."""
    residents = {
        name: make.user(f"{name}@voorbeeld.example", name=name)
        for name in ("initiator", "resident", "partner")
    }
    staff = {
        name: make.user(f"{name}@voorbeeld.example", name=name, role=role) for name, role in STAFF.items()
    }
    bare = {
        name: make.user(f"kaal-{role}@voorbeeld.example", name=name, role=role, factor=False)
        for name, role in BARE.items()
    }
    return {"visitor": None} | residents | staff | bare


def walker(user, **options):
    """A client signed in as this person; None is a visitor."""
    client = Client(**options)
    if user:
        client.force_login(user)
    return client


def build():
    """The people of a town that is full: every noun there is, open and closed, with fixed addresses."""
    them = people()
    make.municipality(website="https://www.kleindorp.example")
    Text.objects.create(key="welcome", body="Welkom in Kleindorp.")
    ReplyTemplate.objects.create(
        key="welkom", title="Welkom", verb="begin_dialogue", body="Ja, en we helpen."
    )
    whole = make.district("Noord", key="WK000001")
    part = make.district("Noordeinde", key="WK000002", parent=whole)
    els = make.holder(key="els", email="els@kleindorp.example", party="Lokaal")
    green = make.portfolio("Groen", holder=els, key="groen")
    make.portfolio("Leeg", key="leeg")
    department = make.department("Buitenruimte")
    deputy = make.manager("Vervanger", key="vervanger", department=department)
    desk = make.front_desk(key="loket", name="Loes", name_is_public=True, photo="loes.svg", deputy=deputy)
    expert = make.manager(
        "Groenadviseur",
        key="groenadviseur",
        department=department,
        districts=[part],
        portfolios=[green],
        email="groen@kleindorp.example",
        deputy=deputy,
    )
    Absence.objects.create(manager=expert, since=make.LONG_AGO, deputy=deputy)
    make.manager("Vertrokken adviseur", key="vertrokken", available_until=LEFT)
    club = make.organisation("Tuinclub", key="tuinclub", districts=[part], website="https://tuin.example")
    club.representatives.add(them["partner"])
    note = make.note("Groennota", slug="groennota", key="groennota")
    theme = make.theme("Natuur", slug="natuur")
    field = make.policy_field()
    words = {"plain_title": "Meer groen in de straat", "plain_description": "Meer bomen.", "page": "p. 4"}
    goal = make.goal(
        "Vergroenen van de leefomgeving",
        key="vergroenen",
        slug="vergroenen",
        portfolio=green,
        themes=[theme],
        policy_fields=[field],
        note=note,
        owner=expert,
        indicator={"name": "Bomen", "unit": "stuks", "baseline": 10, "target": 20, "year": 2030},
        **words,
    )
    goal.districts.add(whole)
    make.goal("Geheim doel", key="concept", slug="concept", state=Goal.State.DRAFT, note=None)
    make.goal("Oud doel", key="oud", slug="oud", state=Goal.State.ENDED, note=note)
    form = make.form("Buurtbudget", key="bb", slug="buurtbudget", considerations={"risico": "Klein."})
    Scheme.objects.create(key="tuinfonds", form=form, name="Tuinfonds", provider=club)
    StandardRequirement.objects.create(
        key="S01",
        slug="verzekering",
        title="Verzekering",
        needs=["geld"],
        **make.DEMAND,
    )
    public = make.initiative(
        "Moestuin achter de flat",
        reference="IW-2026-0001",
        by=them["initiator"],
        goals=[goal],
        district=part,
        contact=expert,
        organisation=club,
    )
    hidden = make.initiative(
        "Bankje bij de vijver",
        reference="IW-2026-0002",
        public_id=SECRET_ADDRESS,
        by=them["initiator"],
        public=False,
        goals=[goal],
        kind=Initiative.Kind.CHALLENGE,
    )
    wished = {"wants_public": True, "released_at": None}
    make.initiative(
        WISHED, story=WISHED, reference="IW-2026-0003", by=them["initiator"], contact=desk, **wished
    )
    concept = make.initiative("Nog een idee", by=them["initiator"], state=State.DRAFT)
    for plan in (public, hidden, concept):
        furnish(plan, club, goal, them)
    make.attachment(public, id=PICTURES["public"], by=them["initiator"], public=True)
    make.attachment(hidden, id=PICTURES["shared"], by=them["initiator"])
    make.attachment(hidden, id=PICTURES["inside"], by=them["officer"], from_town=True, is_internal=True)
    for key, plan in {"B001": public, "B002": hidden}.items():
        await_decision(key, plan)
    SimilarLink.objects.create(initiative=public, other=hidden, why="Lijkt erop.", by=them["officer"])
    framework = make.framework(key="A01", title="Kader van de raad", criterion_key="C01")
    make.framework(key="A02", title="Nieuw kader", criterion_key="C02", adopted_on=None, valid_from=None)
    for number, plan in enumerate((public, hidden), 1):
        make.assessment(plan, framework, reaction="Dat klopt.", reply="Dank je.")
        agree(plan, number, club, them)
    keep_books(club, hidden, them)
    asked = {"task": "Kijkt of er leidingen liggen.", "due_on": date(2099, 1, 5), "by": them["officer"]}
    CoHandler.objects.create(initiative=public, manager=deputy, **asked)
    shown = {"until": timezone.now() + STAYS, "by": them["initiator"]}
    Onlooker.objects.create(pk=77, initiative=public, kind="office", holder=els, **shown)
    send_ways(hidden, public, expert, them)
    leaves = HandOver.objects.create(pk=77, manager=expert, by=them["manager"], sentence="Ander werk.")
    told = {"contact": deputy, "rule": "deputy", "reason": "Weet veel van bomen."}
    HandOverCase.objects.create(hand_over=leaves, initiative=public, **told)
    rows = {"titles": ["Naam", "Soort"], "rows": [[2, ["Roeiclub", "vereniging"]]]}
    Intake.objects.create(pk=77, kind="partners", name="lijst.csv", by=them["manager"], **rows)
    written = {"subject": "Kom je ook?", "text": "Op de buurtavond.", "by": them["manager"]}
    letter = Letter.objects.create(pk=77, kind="plannen", query="wijk=noord", **written)
    LetterCopy.objects.create(letter=letter, initiative=public, participant=public.initiators()[0])
    done = Batch.objects.create(pk=77, act="seen", by=them["officer"])
    BatchRow.objects.create(batch=done, initiative=hidden, state="passed", why="Anders.")
    said = Note.objects.create(initiative=hidden, text="Bel eerst de buren.", by=them["officer"])
    Mention.objects.create(pk=77, note=said, manager=deputy)
    last(hidden, them)
    remember()
    return them


@contextmanager
def standing(blocker):
    """The people of a town that stands until the end, for a whole module: each test is undone by itself.

    blocker: pytest-django's `django_db_blocker`; ask for `django_db_setup` too.
    """
    with blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def last(plan, them):
    """How a plan stays alive: what is agreed about later, a look back, and a question to take it over."""
    texts = dict.fromkeys(("people", "money", "upkeep", "ending"), "De buurt zorgt ervoor.")
    day = date(2021, 6, 1)
    ContinuityPlan.objects.create(initiative=plan, review_on=day, remind_on=day, **texts)
    told = {"outcome": "goes_on", "sentence": "Het gaat goed.", "by": them["initiator"]}
    ContinuityReview.objects.create(initiative=plan, on=LEFT, next_on=day, **told)
    Succession.objects.create(
        pk=77,
        initiative=plan,
        leaves=plan.participants.get(user=them["initiator"]),
        email="opvolger@voorbeeld.example",
        message="Jij kent de buurt.",
        reason="Al lang stil.",
        until=timezone.now() + STAYS,
        by=them["initiator"],
    )


def send_ways(plan, other, manager, them):
    """The other ways a plan can go: into another plan, to somebody else, into a task of town hall."""
    by, day = them["officer"], date(2099, 1, 5)
    Merge.objects.create(pk=77, leaves=plan, stays=other, why="Samen is beter.", until=day, by=by)
    to = {"name": "Waterschap", "email": "sloot@waterschap.example", "phone": "0987"}
    sent = {"sent_at": timezone.now(), "until": timezone.now(), "due_on": day, "sent_by": them["initiator"]}
    said = {"answer": "declines", "answered_at": timezone.now(), "note": "Te klein voor ons."}
    Referral.objects.create(
        initiative=plan, by=by, why="Zij gaan over water.", expect="Een brief.", **to, **sent, **said
    )
    CouncilQuestion.objects.create(
        initiative=other,
        key="R01",
        question="Mag de poort open?",
        background="Van de buren mag het.",
        by=by,
        asked_on=day,
        due_on=day,
        state="answered",
        received_on=day,
        closed_on=day,
        answer="Ja, overdag.",
        forwarded_to="Commissie Ruimte",
        forwarded_on=day,
        meets_on=day,
        next_step="Haal de sleutel.",
    )
    Challenge.objects.create(
        initiative=plan, task="Maaien", budget=1200, budget_note="Per jaar", approach="Samen", result="Kort",
        manager=manager,
    )  # fmt: skip


def agree(plan, number, club, them):
    """What was promised: by town hall, a partner and the initiator, in public and not."""
    by, manager = plan.participants.get(user=them["initiator"]), plan.contact
    late = make.commitment(plan, "We planten 40 struiken", key=f"T{number}1", manager=manager, quantity=40,
                           unit_name="struiken", occasion="Aan tafel")  # fmt: skip
    Shift.objects.create(
        commitment=late, from_day=LEFT, to_day=make.LONG_AGO, reason="Vorst", by=them["officer"]
    )
    proof = make.file(by=them["officer"], from_town=True)
    make.commitment(plan, "De tuinclub leent gereedschap", key=f"T{number}2", organisation=club, state="kept",
                    kept_on=LEFT, evidence="Het staat er.", proof=proof, proof_released=True)  # fmt: skip
    make.commitment(plan, "Wij geven water", key=f"T{number}3", participant=by)
    make.commitment(plan, "Alleen voor ons", key=f"T{number}4", manager=manager, is_public=False,
                    state="dropped", closing_reason="Het kan niet.")  # fmt: skip


def furnish(plan, club, goal, them):
    """Everything that can hang on a plan."""
    by = them["initiator"]
    picture = make.file(name="foto.jpg", by=by)
    Participant.objects.create(
        initiative=plan, name="Geert", email="geert@voorbeeld.example", role="volunteer"
    )
    PartnerLink.objects.create(
        initiative=plan, organisation=club, why="Ze kennen de grond.", by=them["officer"]
    )
    Need.objects.create(initiative=plan, kind="geld", amount=500, note="Voor hout.")
    Introduction.objects.create(initiative=plan, organisation=club, text="Dag!", by=by)
    number = plan.pk - Initiative.objects.earliest("pk").pk + 1
    Update.objects.create(pk=76 + number, initiative=plan, text="Er is nieuws.", by=by, picture=picture)
    Message.objects.create(initiative=plan, text="Hoe staat het ermee?", by=by)
    away = them["officer without second factor"]  # what one wrote oneself one may read
    step = {"next_step": "Bellen", "next_on": LEFT}
    Interaction.objects.create(initiative=plan, how="telefoon", note="Gebeld.", on=LEFT, by=away, **step)
    demand = make.requirement(plan, key=f"E{number:03d}")
    RequirementQuestion.objects.create(
        requirement=demand,
        text="Is dat nodig?",
        asked_on=LEFT,
        due_on=LEFT,
        outcome="stays",
        answer="Ja, want het is veiliger.",
        answered_on=LEFT,
    )
    Result.objects.create(initiative=plan, what="Er staat een boom.", for_whom="De straat.")
    Lesson.objects.create(initiative=plan, kind="tip", text="Begin klein.")
    Suggestion.objects.create(
        initiative=plan,
        goal=goal,
        score=0.5,
        reasons=[{"sentence": "Het doel noemt “boom”.", "words": ["boom"]}],
        version="1",
    )


def await_decision(key, plan):
    """A formal decision that stands still, and was expected on another day first."""
    due = date(2021, 3, 12)
    days = {"asked_on": LEFT, "received_on": LEFT, "planned_on": due, "due_on": due, "weeks": 8}
    texts = {"question": "Mag het hek weg?", "why": "De raad vergadert eens per maand.", "body_name": "Groen"}
    made = PendingDecision.objects.create(
        initiative=plan, key=key, body="department", is_formal=True, **days, **texts
    )
    DecisionPause.objects.create(decision=made, ground="abroad", since=date(2021, 2, 1))
    DecisionCorrection.objects.create(decision=made, field="question", was="Mag het?", reason="Tikfout.")
    DecisionMove.objects.create(decision=made, was=date(2021, 2, 26), to=due, reason="Ziekte.")


def remember():
    """Something in every history: of each kind of thing that has one, all were once different."""
    for model in apps.get_models():
        kept = getattr(model, "pgh_tracked_model", None)
        if kept:
            kept._base_manager.update(**CHANGED.get(kept, {"version": F("version") + 1}))
    for role in (Role.OFFICER, Role.RESIDENT):
        User.objects.filter(email__startswith="partner").update(role=role)


def keep_books(club, plan, them):
    """What town hall knows beside the plans."""
    by = them["initiator"]
    Consent.objects.create(user=by, purpose="mail", wording="Ja, mail mij.")
    NotificationPreference.objects.create(user=by, kind="news")
    Follow.objects.create(user=by, kind="goal", key="vergroenen")
    Person.objects.create(
        pk=77, name="Piet", email="piet@voorbeeld.example", phone="06", source="markt", ground="task"
    )
    talk = Interaction.objects.create(
        how="telefoon", note="Over de schuur.", on=LEFT, by=them["officer"], next_step="Bellen", next_on=LEFT
    )
    talk.organisations.add(club)
    talk.persons.add(Person.objects.get())
    double = make.organisation("Oude tuinclub", key="oudeclub")
    Apart.objects.create(one=club, other=double, by=them["officer"])
    Place.objects.create(name="Schuur", kind="room", description="Een schuur.", organisation=club)
    Look.objects.create(
        by=them["officer"], of=by, subject_kind="initiative", subject_key="x", reason="Bellen"
    )
    SavedFilter.objects.create(user=by, name="Mijn wijk", query="wijk=noord")
    OutboxMessage.objects.create(kind="mail", payload={"to": ["x"]}, body=b"Dag")
    Allowance.objects.create(key="wegwijzer:x", window=1, until=timezone.now())
    Event.objects.create(subject_kind="initiative", subject_key=str(plan.public_id), what="submit", by=by)


def routes():
    """Every address there is: {name of the route: its pattern as written}."""
    return dict(walk(get_resolver().url_patterns))


def walk(patterns, path="", space=""):
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield space + (pattern.name or here), here
        else:
            yield from walk(
                pattern.url_patterns, here, f"{pattern.namespace}:" if pattern.namespace else space
            )


def views():
    """Every view by the name of its route: its class where it has one."""
    found = {}

    def look(patterns, space=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                call = pattern.callback
                kind = getattr(call, "view_class", None) or getattr(call, "cls", None) or call
                found[space + (pattern.name or str(pattern.pattern))] = kind
            else:
                look(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)

    look(get_resolver().url_patterns)
    return found
