"""What the journeys have to know of Merenburg. Runs inside the site, with its database."""

import json
import sys

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Length
from django.test import Client, RequestFactory

from accounts.models import User
from agreements.models import (
    Commitment,
    ContinuityPlan,
    ContinuityReview,
    DecisionPause,
    Merge,
    Onlooker,
    StandardRequirement,
    Succession,
)
from agreements.onlookers.models import SIGNER
from agreements.referrals import verbs as referrals
from contacts.models import AccountManager, Organisation, Person, PortfolioHolder, Term
from desk.handover import verbs as handover
from desk.models import HandOver, Intake, Letter
from funding.models import FinancingForm
from goals.models import Goal, PolicyNote
from initiatiefwijzer import views
from initiatives import verbs
from initiatives.models import Initiative, State
from matching import service
from matching.models import Suggestion
from tests.journeys.browsing import PLAN


def cookie(user):
    """The session of somebody who has signed in, staff with the second code too."""
    client = Client()
    client.force_login(user)
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, method="mfa")
    request.session.save()
    return client.cookies["sessionid"].value


def hand_in():
    """An ordinary new plan of Petra that may go on the site, with what the matcher proposes for it."""
    petra = User.objects.get(email="petra@merenburg.example")
    plan = verbs.register(by=petra, title="Plantjes voor het pleintje", story=PLAN)
    verbs.edit(plan, by=petra, version=plan.version, wants_public=True)
    verbs.submit(plan, by=petra)
    service.suggest(plan)
    return plan


def challenge():
    """A plan of Petra's to take over a task, that Carla is the contact of and talks about."""
    petra, carla = (User.objects.get(email=f"{name}@merenburg.example") for name in ("petra", "carla"))
    plan = verbs.register(by=petra, title="Wij maaien het plantsoen zelf", story=PLAN)
    Initiative.objects.filter(pk=plan.pk).update(kind=Initiative.Kind.CHALLENGE)
    plan.refresh_from_db()
    verbs.submit(plan, by=petra)
    verbs.assign(plan, by=carla, contact=carla.account_manager, although="Doet het groen.")
    verbs.step("begin_dialogue", plan, by=carla, sentence="Vertel eens meer.")
    return plan


def refer():
    """A plan of Petra's that went to somebody else, with her yes; and what they were sent."""
    petra, carla = (User.objects.get(email=f"{name}@merenburg.example") for name in ("petra", "carla"))
    plan = verbs.register(by=petra, title="De sloot weer helder", story=PLAN)
    verbs.submit(plan, by=petra)
    to = {"name": "Waterschap", "email": "sloot@waterschap.example", "phone": "0123"}
    made = referrals.refer(plan, by=carla, why="Zij gaan over water.", expect="Een brief.", **to)
    return referrals.send_on(made, by=petra)


def keys():
    """One of everything that has a page, and of what is special about some."""
    plans = Initiative.objects.registered()
    shown = plans.public()
    here = AccountManager.objects.employed()
    present = here.present()
    hers = Initiative.objects.filter(participants__user__name__startswith="Amina")
    own = hers.exclude(state=State.DRAFT).first()
    task, pause = challenge(), DecisionPause.objects.select_related("decision__initiative").first()
    governing = PortfolioHolder.objects.in_office()
    demanded = hers.get(state=State.PAUSED)
    demands = demanded.requirements.open()
    lasting = ContinuityReview.objects.first().initiative
    succession = Succession.objects.open().first()
    referral, merge = refer(), Merge.objects.open().with_plans().first()
    return {
        "goal": Goal.objects.running().first().slug,
        "goal_key": Goal.objects.running().first().key,
        "longest_goal": Goal.objects.published().order_by(-Length("plain_title"), "key").first().slug,
        "note": PolicyNote.objects.order_by(-Length("title"), "key").first().slug,
        "manager": present.first().key,
        "absent_manager": here.exclude(pk__in=present.values("pk")).first().key,
        "front_desk": here.front_desk().key,
        "holder": governing.first().key,
        "photo": governing.exclude(photo="").first().photo,
        "former_holder": PortfolioHolder.objects.exclude(pk__in=governing.values("pk")).first().key,
        "partner": Organisation.objects.first().key,
        "person": str(Person.objects.earliest("pk").pk),
        "other_partner": Organisation.objects.unmerged().last().key,
        "form": FinancingForm.objects.first().slug,
        "plan": shown.filter(state=State.IN_PROGRESS).first().reference,
        "new_plan": plans.filter(state=State.SUBMITTED).first().reference,
        "ordinary_plan": hand_in().reference,
        "challenge": task.reference,
        "challenge_id": str(task.public_id),
        "referred_plan": referral.initiative.reference,
        "referred_plan_id": str(referral.initiative.public_id),
        "referral": referral.link().strip("/").rpartition("/")[2],
        "merge": merge.pk,
        "merging_plan": demanded.reference,
        "merging_plan_id": str(demanded.public_id),
        "suspended_plan": pause.decision.initiative.reference,
        "decision": pause.decision.key,
        "stopped_plan": shown.filter(state=State.STOPPED).first().reference,
        "own_plan": own.reference,
        "own_plan_id": str(own.public_id),
        "own_open_plan_id": str(demanded.public_id),
        "demanded_plan": demanded.reference,
        "asked": demands.get(questions__outcome="").key,
        "unasked": demands.filter(questions=None).first().key,
        "standard": StandardRequirement.objects.first().slug,
        "own_concept_id": str(hers.get(state=State.DRAFT).public_id),
        "late_promise": Commitment.objects.late().by_town().first().key,
        "own_promise": Commitment.objects.open().get(participant__user__name__startswith="Amina").key,
        "lasting_plan": lasting.reference,
        "lasting_plan_id": str(lasting.public_id),
        "handed_over_plan_id": str(succession.initiative.public_id),
        "succession": succession.link().strip("/").rpartition("/")[2],
        "forgotten_plan": ContinuityPlan.objects.overdue().first().initiative.reference,
        "look_along": SIGNER.sign(str(Onlooker.objects.open().first().pk)),
        "intake": Intake.objects.first().pk,
        "letter": Letter.objects.first().pk,
        "term": Term.objects.get(portfolio__key="KE", until=None).pk,
        "hidden_plan": plans.exclude(pk__in=shown.values("pk")).first().reference,
    }


def tell():
    people = User.objects.filter(email__endswith="@merenburg.example")
    cookies = {user.email.partition("@")[0]: cookie(user) for user in people}
    drawn = {handler: draw(handler) for handler in ("forbidden", "server_error")}
    sys.stdout.write(json.dumps({"cookies": cookies, "keys": keys(), "drawn": drawn}))


def leave(number):
    """Somebody with this many plans of Petra, who leaves; their key, and whom the matcher thinks of."""
    petra = User.objects.get(email="petra@merenburg.example")
    here = list(AccountManager.objects.employed().present().filter(is_front_desk=False)[:3])
    leaves = AccountManager.objects.create(
        key="K99", function="Adviseur die vertrekt", name="Jan", expertise="Alles.", deputy=here[2]
    )
    for which in range(number):
        plan = verbs.register(by=petra, title=f"Overgedragen plan {which}", story=PLAN)
        verbs.submit(plan, by=petra)
        Initiative.objects.filter(pk=plan.pk).update(contact=leaves, state=State.IN_DIALOGUE)
        plan.clocks.all().delete()
        if which % 4:
            Suggestion.objects.create(
                initiative=plan,
                manager=here[which % 2],
                score=0.7,
                version="1",
                reasons=[{"sentence": "Weet veel van dit onderwerp."}],
            )
    sys.stdout.write(json.dumps({"key": leaves.key, "other": here[0].function}))


def go_over():
    """What the worker does: the plans of all hand-overs that were begun go over."""
    for one in HandOver.objects.filter(state=HandOver.State.RUNNING):
        while handover.go_on(one.pk):
            pass


def draw(handler):
    """The error page of a handler of the shell, for errors that no address leads to."""
    request = RequestFactory().get("/", HTTP_HOST="127.0.0.1")
    request.user = AnonymousUser()
    return getattr(views, handler)(request).content.decode()
