"""How town hall looks at a plan: by the framework of its day, shared, answered to, and then it stands."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Notice
from agreements.assessments import framework as frameworks
from agreements.assessments import verbs
from agreements.models import Assessment, AssessmentAnswer, AssessmentFramework, Criterion
from initiatives.models import Initiative, State
from tests import make
from tests.agreements.test_requirements import mails, refused
from tests.racing import refusals
from townhall.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 13)
SECOND = {"adopted_on": TODAY, "valid_from": TODAY + timedelta(days=7)}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-13 10:00+01:00", tick=False) as moved:
        yield moved


@pytest.fixture
def kader(db):
    return make.framework("Kader van de raad", key="A01", criteria=2)


@pytest.fixture
def plan(amina, carla, kader):
    contact = make.manager("Adviseur", user=carla, email="groen@kleindorp.example")
    return make.initiative("Een bankje", by=amina, contact=contact)


def said(framework, answer="yes", reason="Dat staat in het plan."):
    return dict.fromkeys(framework.criteria.all(), (answer, reason))


def shared(plan, carla, kader):
    """The assessment of a plan, answered and shared."""
    made = verbs.assess(plan, by=carla, answers=said(kader))
    return verbs.share_assessment(plan, by=carla, version=made.version)


def told():
    found = Event.objects.filter(subject_kind="initiative").order_by("id")
    return [event.what for event in found if "assess" in event.what]


# The framework ----------------------------------------------------------------------------------------
def test_a_new_version_begins_as_the_one_before_and_the_first_as_the_standard_set(mo):
    first = frameworks.create_framework(by=mo, title="Eerste")
    asked = [one["question"] for one in frameworks.standard_set()]
    assert [one.question for one in first.criteria.all()] == asked
    assert "concept" in refused(lambda: frameworks.create_framework(by=mo, title="Nog een"))
    frameworks.remove_criterion(first.criteria.first(), by=mo)
    frameworks.adopt_framework(first, by=mo, adopted_on=make.LONG_AGO, valid_from=make.LONG_AGO)
    second = frameworks.create_framework(by=mo, title="Tweede")
    assert [one.question for one in second.criteria.all()] == asked[1:]
    assert (first.key, second.key) == ("A01", "A02")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"valid_from": TODAY}, "Kies een dag na vandaag."),
        ({"adopted_on": TODAY + timedelta(days=1)}, "Deze dag komt nog."),
        (
            {"valid_from": TODAY - timedelta(days=1)},
            "Het kader geldt vanaf de dag van het besluit, of later.",
        ),
    ],
)
def test_a_version_holds_for_plans_to_come(mo, kader, days, words):
    draft = frameworks.create_framework(by=mo, title="Tweede")
    assert words in refused(lambda: frameworks.adopt_framework(draft, by=mo, **(SECOND | days)))
    frameworks.adopt_framework(draft, by=mo, **SECOND)
    assert AssessmentFramework.objects.in_force().get() == kader
    assert AssessmentFramework.objects.in_force(SECOND["valid_from"]).get() == draft


def test_what_the_council_adopted_never_changes(mo, kader):
    criterion = kader.criteria.first()
    other = make.framework(adopted_on=None, valid_from=None)
    for do in (
        lambda: frameworks.change_framework(kader, by=mo, title="Anders"),
        lambda: frameworks.change_criterion(criterion, by=mo, question="Anders?"),
        lambda: frameworks.remove_criterion(criterion, by=mo),
        lambda: frameworks.create_criterion(by=mo, framework=kader, name="Extra"),
        lambda: frameworks.adopt_framework(kader, by=mo, **SECOND),
    ):
        assert "verandert niet meer" in refused(do, code="conflict")
    rows = Criterion.objects.filter(pk=criterion.pk)
    for write in (
        lambda: AssessmentFramework.objects.filter(pk=kader.pk).update(title="Anders"),
        lambda: AssessmentFramework.objects.filter(pk=kader.pk).update(adopted_on=None, valid_from=None),
        lambda: rows.update(question="Anders?"),
        lambda: rows.update(framework=other),
        lambda: other.criteria.update(framework=kader),
        rows.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


@pytest.mark.parametrize("who", ["amina", "carla", "dirk"])
def test_only_managers_keep_frameworks(who, kader, request):
    user = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        frameworks.create_framework(by=user, title="Van mij")
    with pytest.raises(PermissionDenied):
        frameworks.remove_criterion(kader.criteria.first(), by=user)


# Frozen -----------------------------------------------------------------------------------------------
def test_what_the_council_changes_later_changes_nothing_for_a_plan_that_was_sent(
    plan, kader, mo, carla, clock
):
    draft = frameworks.create_framework(by=mo, title="Tweede")
    frameworks.adopt_framework(draft, by=mo, **SECOND)
    clock.move_to("2026-12-13 10:00+01:00")
    assert AssessmentFramework.objects.in_force().get() == draft
    assert AssessmentFramework.objects.of_plan(plan).get() == kader
    assert verbs.assess(plan, by=carla, answers=said(kader)).framework == kader
    wrong = said(draft)
    assert "hoort niet bij" in refused(lambda: verbs.assess(plan, by=carla, answers=wrong, version=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.update(framework=draft)


def test_a_plan_from_before_the_first_framework_has_none(plan, kader, carla):
    Initiative.objects.filter(pk=plan.pk).update(submitted_at="2019-01-01T10:00Z")
    words = refused(lambda: verbs.assess(plan, by=carla, answers=said(kader)))
    assert words == "Toen dit plan werd verstuurd, was er nog geen afwegingskader."


# An assessment ----------------------------------------------------------------------------------------
def test_from_draft_to_final(plan, kader, amina, carla):
    first, second = kader.criteria.all()
    made = verbs.assess(plan, by=carla, answers={first: ("yes", "Dat staat er.")})
    assert not Assessment.objects.visible_to(amina).exists()
    words = refused(lambda: verbs.share_assessment(plan, by=carla, version=made.version))
    assert words.startswith("Er is nog geen antwoord bij: Vraag 2.")
    made = verbs.assess(plan, by=carla, answers=said(kader, "no"), version=made.version)
    assert (told(), mails()) == ([], [])
    made = verbs.share_assessment(plan, by=carla, version=made.version)
    assert Assessment.objects.visible_to(amina).get().in_order[0].earlier == []
    assert (made.state, made.react_until) == ("shared", date(2026, 11, 27))
    assert mails() == ["amina@voorbeeld.example"]
    words = refused(lambda: verbs.close_assessment(plan, by=carla, version=made.version))
    assert words == "De initiatiefnemer kan nog reageren, tot en met 27 november 2026. Wacht daarop."
    reactions = {second: "De buren doen ook mee."}
    made = verbs.react_to_assessment(plan, by=amina, version=made.version, reactions=reactions)
    assert Notice.objects.filter(user=carla).count() == 1
    close = {"by": carla, "version": made.version}
    assert "Schrijf wat je" in refused(lambda: verbs.close_assessment(plan, **close), field="reply")
    made = verbs.close_assessment(plan, **close, reply="Dat telt mee, dank je.")
    assert [one.reaction for one in made.in_order] == ["", "De buren doen ook mee."]
    assert told() == ["share_assessment", "react_to_assessment", "close_assessment"]
    after = {"by": carla, "version": made.version}
    assert "afgerond" in refused(lambda: verbs.assess(plan, **after, answers=said(kader)), code="conflict")
    assert "afgerond" in refused(lambda: verbs.react_to_assessment(plan, by=amina, version=made.version))
    for write in (
        lambda: AssessmentAnswer.objects.update(answer="yes"),
        lambda: Assessment.objects.update(state="draft", closed_on=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    AssessmentAnswer.objects.update(reaction="")  # somebody who is erased


def test_who_does_not_react_is_waited_for_until_the_day(plan, kader, carla, clock):
    made = shared(plan, carla, kader)
    clock.move_to("2026-11-30 10:00+01:00")
    assert verbs.close_assessment(plan, by=carla, version=made.version).is_closed


def test_what_changes_after_sharing_is_told_and_gives_time_again(plan, kader, amina, carla):
    made = shared(plan, carla, kader)
    made = verbs.react_to_assessment(plan, by=amina, version=made.version)
    first = kader.criteria.first()
    made = verbs.assess(plan, by=carla, answers={first: ("partly", "Toch deels.")}, version=made.version)
    assert told()[-1] == "change_assessment"
    assert [(one.answer, len(one.earlier)) for one in made.in_order] == [("partly", 1), ("yes", 0)]
    words = refused(lambda: verbs.close_assessment(plan, by=carla, version=made.version))
    assert words.startswith("De initiatiefnemer kan nog reageren")
    again = verbs.assess(plan, by=carla, answers={first: ("partly", "Toch deels.")}, version=made.version)
    assert again.version == made.version  # nothing changed, nobody is told


@pytest.mark.parametrize("reason", ["", " \n"])
def test_an_answer_has_a_reason(plan, kader, carla, reason):
    words = refused(lambda: verbs.assess(plan, by=carla, answers=said(kader, reason=reason)))
    assert words.startswith("Schrijf bij “Vraag 1” waarom.")
    made = Assessment.objects.create(initiative=plan, framework=kader)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.answers.create(criterion=kader.criteria.first(), answer="yes", reason=reason)


@pytest.mark.parametrize(
    ("verb", "may"),
    [
        ("assess", {"carla", "mo"}),
        ("share_assessment", {"carla", "mo"}),
        ("react_to_assessment", {"amina"}),
        ("close_assessment", {"carla", "mo"}),
    ],
)
def test_who_may(verb, may, plan, kader, cast, amina):
    people = {one.name.lower(): one for one in cast.values() if one} | {"amina": amina}
    allowed = set()
    for name, user in people.items():
        try:
            with transaction.atomic():
                more = {"answers": said(kader)} if verb == "assess" else {}
                getattr(verbs, verb)(plan, by=user, version=0, **more)
                transaction.set_rollback(True)
            allowed.add(name)
        except PermissionDenied:
            pass
        except ValidationError:  # they may, only not now
            allowed.add(name)
    assert allowed == may


def test_nobody_looks_at_their_own_plan_and_a_plan_that_ended_needs_no_more(kader, carla, amina):
    own = make.initiative(by=carla)
    with pytest.raises(PermissionDenied):
        verbs.assess(own, by=carla, answers=said(kader))
    make.assessment(own, kader)
    Assessment.objects.filter(initiative=own).update(
        state="draft", shared_on=None, days=None, react_until=None
    )
    assert not Assessment.objects.visible_to(carla).exists()
    stopped = make.initiative(by=amina, state=State.STOPPED)
    assert "gestopt" in refused(lambda: verbs.assess(stopped, by=carla, answers=said(kader)))


@pytest.mark.parametrize("state", [State.STOPPED, State.REFERRED, State.REALISED])
def test_what_was_shared_is_answered_and_closed_after_the_plan_ended(plan, kader, amina, carla, state):
    made = shared(plan, carla, kader)
    Initiative.objects.filter(pk=plan.pk).update(state=state)
    plan.refresh_from_db()
    assert verbs.allowed(plan, made, carla) == ["close_assessment"]
    assert verbs.allowed(plan, made, amina) == ["react_to_assessment"]
    change = {"answers": said(kader, "no"), "version": made.version}
    assert "Dit kan niet meer" in refused(lambda: verbs.assess(plan, by=carla, **change), code="conflict")
    close = {"by": carla, "version": made.version}
    assert "kan nog reageren" in refused(lambda: verbs.close_assessment(plan, **close))
    made = verbs.react_to_assessment(plan, by=amina, version=made.version, reaction="Jammer.")
    verbs.close_assessment(plan, by=carla, version=made.version, reply="Dat snappen we.")
    assert list(Assessment.objects.closed().values_list("initiative", flat=True)) == [plan.pk]


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_one_is_kept(amina, carla):
    kader = make.framework(criteria=1)
    plan = make.initiative(by=amina)
    for do in (
        lambda: verbs.assess(plan, by=carla, answers=said(kader)),
        lambda: verbs.share_assessment(plan, by=carla, version=1),
        lambda: verbs.react_to_assessment(plan, by=amina, version=2, reaction="Dank je."),
        lambda: verbs.close_assessment(plan, by=carla, version=3, reply="Graag gedaan."),
    ):
        found = refusals(*[do] * 50)
        assert found.count(None) == 1
        assert {one.code for one in filter(None, found)} == {"conflict"}
    assert Assessment.objects.get().is_closed
    assert len(told()) == 3


# The doors --------------------------------------------------------------------------------------------
def page(user):
    client = Client()
    client.force_login(user)
    return client


def test_an_officer_keeps_shares_and_closes_at_the_desk(plan, kader, carla, amina):
    desk, there = page(carla), f"/werkbank/{plan.reference}/afweging/"
    first, second = kader.criteria.all()
    typed = {
        "version": 0,
        "token": str(uuid.uuid4()),
        f"antwoord-{first.key}": "no",
        f"tekst-{first.key}": "",
    }
    drawn = desk.post(there, typed)
    assert drawn.status_code == 400
    assert drawn.context["form"].errors == {f"tekst-{first.key}": ["Schrijf in gewone woorden waarom."]}
    typed[f"tekst-{first.key}"] = "Nu nog niet."
    refused_to_share = desk.post(there, typed | {"deel": "ja"})
    assert "Er is nog geen antwoord bij: Vraag 2." in refused_to_share.text
    assert "Nu nog niet." in refused_to_share.text
    assert not Assessment.objects.exists()
    assert desk.post(there, typed).url == there
    assert desk.post(there, typed).url == there  # a second click finds it there
    late = desk.post(there, typed | {"token": str(uuid.uuid4())})
    assert (late.status_code, late.context["form"]["version"].value()) == (409, 1)
    typed |= {"version": 1, "token": str(uuid.uuid4()), "deel": "ja"}
    typed |= {f"antwoord-{second.key}": "unknown", f"tekst-{second.key}": "We vragen het nog."}
    assert desk.post(there, typed).url == there
    mine, own = page(amina), f"/mijn/{plan.public_id}/afweging/"
    assert "We vragen het nog." in mine.get(own).text
    version = Assessment.objects.get().version
    empty = mine.post(own, {"version": version, "token": str(uuid.uuid4())})
    assert "Klopt alles?" in empty.text
    assert mine.post(own, {"version": version, "token": str(uuid.uuid4()), "akkoord": "ja"}).url == own
    closing = {"version": Assessment.objects.get().version, "token": str(uuid.uuid4())}
    assert desk.post(f"{there}afronden/", closing).url == there
    assert Assessment.objects.get().is_closed
    assert "Afgerond op 13 november 2026" in mine.get(own).text


def test_the_api_does_the_same(plan, kader, carla, amina):
    base = f"/api/v1/initiatieven/{plan.reference}/afweging"
    desk, mine = page(carla), page(amina)

    def post(client, path="", **body):
        headers = {"idempotency-key": str(uuid.uuid4())}
        return client.post(f"{base}{path}", body, content_type="application/json", headers=headers)

    answers = [
        {"criterium": one.key, "antwoord": "deels", "waarom": "Een begin."} for one in kader.criteria.all()
    ]
    assert post(desk, antwoorden=answers, versie=0).json()["stand"] == "concept"
    assert mine.get(base).status_code == 404
    assert post(mine, antwoorden=answers, versie=1).status_code == 403
    assert post(desk, "/delen", versie=9).status_code == 409
    assert post(desk, "/delen", versie=1).json()["reagerenTotEnMet"] == "2026-11-27"
    told = post(mine, "/reactie", versie=2, reactie="Mooi.").json()
    assert (told["reactie"], told["antwoorden"][0]["antwoord"]) == ("Mooi.", "deels")
    missing = post(desk, "/afronding", versie=3)
    assert [one["name"] for one in missing.json()["invalidParams"]] == ["antwoord"]
    assert post(desk, "/afronding", versie=3, antwoord="Dank je.").json()["stand"] == "afgerond"


def test_a_manager_lays_down_a_version_at_the_desk_and_by_the_api(mo, kader):
    desk = page(mo)
    made = desk.post("/beheer/afwegingskaders/nieuw/", {
        "title": "Tweede", "adopted_by": "de raad", "token": str(uuid.uuid4()),
    })  # fmt: skip
    key = AssessmentFramework.objects.get(adopted_on=None).key
    assert made.url == f"/beheer/afwegingskaders/{key}/"
    days = {"vastgesteldOp": "2026-11-01", "geldtVanaf": "2026-11-02", "versie": 1}
    there = f"/api/v1/afwegingskaders/{key}/vaststelling"
    early = desk.post(there, days, content_type="application/json")
    assert [one["name"] for one in early.json()["invalidParams"]] == ["geldtVanaf"]
    days["geldtVanaf"] = "2027-01-01"
    assert desk.post(there, days, content_type="application/json").status_code == 200
    late = {"title": "Derde", "adopted_by": "de raad", "version": 2}
    answer = desk.post(f"/beheer/afwegingskaders/{key}/", late)
    assert "Het verandert niet meer" in answer.text
    assert [one["kenmerk"] for one in desk.get("/api/v1/afwegingskaders").json()["resultaten"]] == [
        key,
        "A01",
    ]
