"""One plan on the desk: what an officer sees and does, and what only who is near sees."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.text import slugify

from contacts.models import Absence
from desk.models import ReplyTemplate
from initiatives import verbs
from initiatives.models import Initiative, Interaction, Message, Need, State
from matching import verbs as verdicts
from matching.models import Verdict
from matching.service import suggest
from tests import make
from townhall import outbox
from townhall.models import Event, Look, Municipality, OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town():
    make.municipality()


@pytest.fixture
def contact(carla):
    """The role of Carla at town hall."""
    return make.manager("Adviseur groen", key="groen", user=carla, email="groen@kleindorp.example")


@pytest.fixture
def plan(amina, contact):
    """A plan in dialogue of which Carla is the contact."""
    return make.initiative("Een bankje", by=amina, contact=contact)


@pytest.fixture
def desk(carla):
    client = Client()
    client.force_login(carla)
    return client


@pytest.fixture
def other(db):
    """Another officer, who is not near the plan."""
    user = make.user("derk@voorbeeld.example", name="Geheime Derk", role="officer")
    make.manager("Adviseur water", key="water", user=user)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def address(plan, *parts):
    return "/".join(["/werkbank", plan.reference, *parts, ""])


def text(response):
    return " ".join(response.content.decode().split())


def token():
    return str(uuid.uuid4())


def test_what_to_decide_comes_before_the_talk_and_the_links_lead_there(desk, plan):
    page = text(desk.get(address(plan)))
    parts = ["voorstellen", "manager", "stappen", "gesprek"]
    assert [page.index(f'id="{part}"') for part in parts] == sorted(
        page.index(f'id="{one}"') for one in parts
    )
    assert all(f'href="#{part}"' in page for part in parts)


# Who -------------------------------------------------------------------------------------------------------
ACTIONS = ["verwerken", "terugdraaien", "oordeel/bevestigen", "contact", "stap/start", "openbaar", "bericht"]
ACTIONS += ["contactmoment", "inkijken"]


@pytest.mark.parametrize("who", ["resident", "council", "initiator"])
def test_for_all_but_officers_there_is_nothing_here(who, plan, cast, amina, client):
    client.force_login({**cast, "initiator": amina}[who])
    assert client.get(address(plan)).status_code == 404
    assert client.get(address(plan, "toevoegen/doel")).status_code == 404
    for action in ACTIONS:
        assert client.post(address(plan, action)).status_code == 404
    assert Event.objects.count() == 0


def test_a_visitor_finds_nothing_but_gets_back_what_was_typed(plan, client):
    assert client.get(address(plan)).status_code == 404
    page = client.post(address(plan, "bericht"), {"text": "Een lang <b>antwoord</b>", "token": "x"})
    assert page.status_code == 403
    assert "Je bent niet meer ingelogd" in text(page)
    assert 'name="text" value="Een lang &lt;b&gt;antwoord&lt;/b&gt;"' in text(page)
    assert not Message.objects.exists()


@pytest.mark.parametrize("who", ["carla", "mo"])
def test_officers_and_managers_see_the_plan(who, plan, request, client):
    client.force_login(request.getfixturevalue(who))
    page = client.get(address(plan))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_acts_on_a_get_that_leads_to_the_plan(action, plan, desk):
    assert desk.get(address(plan, action)).url == address(plan)
    assert Event.objects.count() == 0


@pytest.mark.parametrize("reference", ["niets", "IW-2026-9999", "None"])
def test_a_plan_that_is_not_there(reference, desk):
    assert desk.get(f"/werkbank/{reference}/").status_code == 404
    assert desk.post(f"/werkbank/{reference}/bericht/").status_code == 404


def test_a_concept_is_not_there(desk, amina):
    make.initiative(by=amina, state=State.DRAFT)
    assert desk.get("/werkbank/None/").status_code == 404


# One's own plan --------------------------------------------------------------------------------------------
@pytest.fixture
def own(carla):
    return make.initiative("Mijn bankje", by=carla, story="Bij de vijver", contact=make.manager())


def test_an_officers_own_plan_is_shown_as_to_any_initiator(own, desk):
    make.suggestion(own, goal=make.goal("Meer banken"))
    page = text(desk.get(address(own)))
    assert "Dit is je eigen plan" in page
    assert "Bij de vijver" in page
    assert "Meer banken" not in page
    assert '<form class="iw-post' not in page.partition("<main")[2]


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_handles_their_own_plan(action, own, desk):
    goal = make.goal()
    make.suggestion(own, goal=goal)
    sent = {
        "wat": f"doel {goal.key}", "version": 1, "sentence": "Ja", "text": "Ja", "token": token(),
        "note": "Ja", "how": "telefoon", "on": "2026-01-02", "contact": own.contact.key, "told": "Ja",
        "reason": "Ja",
    }  # fmt: skip
    page = desk.post(address(own, action), sent)
    assert page.status_code in (400, 403, 409)
    assert "Dit is je eigen plan" in text(page)
    assert Event.objects.count() == Look.objects.count() == 0


# The page --------------------------------------------------------------------------------------------------
def test_the_page_shows_the_plan_and_what_is_suggested(plan, desk):
    Need.objects.create(initiative=plan, kind="geld", amount=1250)
    goal, partner, form = (
        make.goal(plain_title="Meer groen"),
        make.organisation("Tuinclub"),
        make.form("Fonds"),
    )
    make.suggestion(plan, goal=goal, sentence="Je schrijft “bomen”.", words=["bomen"])
    make.suggestion(plan, organisation=partner, score=0.2)
    make.suggestion(plan, similar=make.initiative("Nog een bankje"), score=0.3)
    make.suggestion(plan, form=form)
    page = text(desk.get(address(plan)))
    for words in [
        "Een bankje", "Geld: € 1.250", "Meer groen", "Past sterk", "Je schrijft “<mark", "Tuinclub",
        "Nog een bankje", "Fonds", "Adviseur groen",
    ]:  # fmt: skip
        assert words in page, words


def test_weak_suggestions_are_folded(plan, desk):
    for number in range(6):
        make.suggestion(plan, goal=make.goal(f"Doel {number}"), score=0.3, rank=number + 1)
    assert "Nog 3 die misschien passen" in text(desk.get(address(plan)))


def test_a_plan_the_matcher_has_not_read_says_so(plan, desk):
    assert "De wegwijzer heeft geen voorstellen" in text(desk.get(address(plan)))
    message = outbox.put("match", payload={"initiative": plan.pk})
    assert "De wegwijzer heeft dit plan nog niet gelezen" in text(desk.get(address(plan)))
    OutboxMessage.objects.filter(pk=message.pk).update(parked_at=Now())
    assert "De wegwijzer kan dit plan niet lezen" in text(desk.get(address(plan)))


def test_absurd_words_do_no_harm(amina, contact, desk):
    hostile = "<script>alert(1)</script>" + "ж" * 100
    plan = make.initiative(hostile[:150], by=amina, story="🎉" * 5000, contact=contact)
    make.suggestion(plan, goal=make.goal("X" * 240), sentence=hostile)
    page = desk.get(address(plan))
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize(
    ("shift", "words"), [("-0.10", ["redelijk"] * 3), ("0.00", ["misschien", "redelijk", "redelijk"]),
                         ("0.10", ["misschien", "misschien", "redelijk"])]
)  # fmt: skip
def test_how_well_a_goal_fits_is_said_as_the_town_sees_it(plan, desk, shift, words):
    Municipality.objects.update(fits_shift=shift)
    for rank, score in enumerate((0.2, 0.3, 0.5)):
        make.suggestion(plan, goal=make.goal(), score=score, rank=rank)
    goals = desk.get(address(plan)).context["groups"][0]
    assert [one.strong for one in goals.open] == words


def test_the_page_of_a_plan_costs_a_fixed_number_of_queries(plan, desk, contact):
    def grow(number):
        for _ in range(number):
            goal, partner, similar = make.goal(), make.organisation(), make.initiative()
            make.suggestion(plan, goal=goal, score=0.3)
            make.suggestion(plan, organisation=partner)
            make.suggestion(plan, similar=similar)
            make.suggestion(plan, form=make.form())
            make.suggestion(plan, manager=make.manager(department=make.department()))
            verbs.link("goal", plan, make.goal(), by=desk_user)
            verbs.link("partner", plan, make.organisation(), by=desk_user)
            verbs.write(plan, by=desk_user, text="Hallo")
            Absence.objects.create(manager=make.manager(), since=date(2020, 1, 1), deputy=contact)

    def cost():
        desk.get(address(plan))  # reads what stands, which has changed
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address(plan)).status_code == 200
        return len(asked)

    desk_user = contact.user
    grow(2)
    few = cost()
    grow(12)
    assert cost() == few
    assert few <= 30


def test_a_plan_that_fits_no_goal_is_told_above_the_weaker_ideas(plan, desk, carla):
    goal = make.goal()
    make.suggestion(plan, goal=goal, score=0.2)
    none = "Past volgens de wegwijzer bij geen doel. Dit zijn losse ideeën."
    page = text(desk.get(address(plan)))
    assert page.index(none) < page.index('id="goal"')
    verdicts.confirm(plan, "goal", goal, by=carla)
    assert none not in text(desk.get(address(plan)))
    plan.suggestions.update(verdict="", on=None, by=None, score=0.3)
    assert none not in text(desk.get(address(plan)))


def test_a_plan_that_the_wegwijzer_could_not_read_says_so(amina, desk, contact):
    english = make.initiative(
        "A bench", by=amina, contact=contact, story="We would like a bench near the school."
    )
    desk_row = make.front_desk()
    suggest(english)
    page = text(desk.get(address(english)))
    unread = "De wegwijzer kon deze tekst niet lezen: te weinig woorden zijn Nederlands. Kijk zelf."
    assert unread in page
    assert "De wegwijzer vond geen doel." not in page
    told = desk.get(f"/api/v1/initiatieven/{english.reference}/suggesties").json()
    assert [(one["naam"], unread in one["redenen"]) for one in told] == [(str(desk_row), True)]


# Verdicts --------------------------------------------------------------------------------------------------
def judge(client, plan, act, wat, **reason):
    """Each suggestion has fields of its own for the reason."""
    field = f"nee-{slugify(wat[:50])}"
    sent = {f"{field}-{name}": words for name, words in reason.items()}
    return client.post(address(plan, "oordeel", act), {"wat": wat, **sent})


def test_each_verdict_is_one_button(plan, desk, carla):
    goal, partner = make.goal(), make.organisation("Tuinclub")
    make.suggestion(plan, goal=goal)
    make.suggestion(plan, organisation=partner)
    done = judge(desk, plan, "bevestigen", f"doel {goal.key}")
    assert done.url == f"{address(plan)}#goal"
    judge(desk, plan, "afwijzen", f"partner {partner.key}", why="plek")
    by_hand = make.form("Fonds")
    judge(desk, plan, "toevoegen", f"manier {by_hand.key}")
    said = {one.thing: (one.verdict, one.verdict_reason) for one in plan.suggestions.all()}
    assert said == {
        goal: (Verdict.CONFIRMED, ""),
        partner: (Verdict.REJECTED, "Geldt hier niet"),
        by_hand: (Verdict.ADDED, ""),
    }
    page = text(desk.get(address(plan)))
    assert "Bevestigd: Adviseur groen" in page
    assert re.search(r"Afgewezen: Adviseur groen</span></p> <p>Geldt hier niet</p>", page)
    judge(desk, plan, "ongedaan", f"doel {goal.key}")
    assert not plan.goal_links.exists()


def test_own_words_for_a_no_win(plan, desk):
    goal = make.goal()
    make.suggestion(plan, goal=goal)
    judge(desk, plan, "afwijzen", f"doel {goal.key}", why="plek", reason="Loopt al sinds 2020")
    assert plan.suggestions.get().verdict_reason == "Loopt al sinds 2020"


def test_another_plan_can_be_added_by_its_reference(plan, desk):
    other = make.initiative("Nog een bankje")
    judge(desk, plan, "toevoegen", f"plan {other.reference}")
    assert plan.similar_links.get().other == other


@pytest.mark.parametrize(
    ("act", "wat", "status"),
    [
        ("bevestigen", "", 400),
        ("bevestigen", "doel", 409),
        ("bevestigen", "doel G-weg", 409),
        ("bevestigen", "raket G1", 400),
        ("afwijzen", "doel \x00", 409),
        ("afwijzen", "doel " + "x" * 5000, 409),
        ("ongedaan", "doel G-weg", 409),
        ("verzinnen", "doel G1", 404),
    ],
)
def test_a_verdict_on_nothing_is_told(plan, desk, act, wat, status):
    page = judge(desk, plan, act, wat, why="plek")
    assert page.status_code == status
    if status != 404:
        assert "Dit is niet gelukt" in text(page)


def test_a_goal_that_is_still_a_concept_is_told_to_nobody(plan, desk, client):
    goal = make.goal("Geheim voornemen", state="draft")
    page = desk.post(address(plan, "oordeel", "toevoegen"), {"wat": f"doel {goal.key}"})
    assert page.status_code == 400
    assert "Dit doel staat nog niet op de site." in text(page)
    assert "Geheim" not in text(client.get(plan.get_absolute_url()))


def test_a_suggestion_that_is_gone_meanwhile(plan, desk):
    goal = make.goal()
    page = judge(desk, plan, "bevestigen", f"doel {goal.key}")
    assert page.status_code == 409
    assert "de wegwijzer keek opnieuw" in text(page)


def test_who_judges_second_is_told_who_was_first(plan, desk, other):
    goal = make.goal()
    make.suggestion(plan, goal=goal)
    judge(other, plan, "bevestigen", f"doel {goal.key}")
    page = judge(desk, plan, "afwijzen", f"doel {goal.key}", why="plek", reason="Mijn eigen reden")
    assert page.status_code == 409
    assert "Al beoordeeld door Adviseur water: bevestigd." in text(page)
    assert "Mijn eigen reden" in text(page)
    assert "Geheime Derk" not in text(page)


# Adding by hand --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["doel", "partner", "plan", "manier"])
def test_things_to_add_are_searched(kind, plan, desk):
    maker = {"doel": make.goal, "partner": make.organisation, "plan": make.initiative, "manier": make.form}[
        kind
    ]
    wanted = maker("Boomfeest")
    maker("Zwembad")
    page = text(desk.get(address(plan, "toevoegen", kind), {"zoek": "boomfeesten"}))
    assert "Boomfeest" in page
    assert "Zwembad" not in page
    key = wanted.reference if kind == "plan" else wanted.key
    assert f'value="{kind} {key}"' in page


def test_nothing_found_and_too_much_typed_are_told(plan, desk):
    assert "Niets gevonden" in text(desk.get(address(plan, "toevoegen/partner"), {"zoek": "xylofoon"}))
    long = desk.get(address(plan, "toevoegen/partner"), {"zoek": "x" * 300})
    assert "hoogstens 200 tekens" in text(long)
    assert desk.get(address(plan, "toevoegen/raket")).status_code == 404


# The contact -----------------------------------------------------------------------------------------------
def give(client, plan, contact, **extra):
    sent = {"contact": contact.key, "told": "Zij weet er meer van.", "version": plan.version} | extra
    return client.post(address(plan, "contact"), sent)


def test_a_plan_is_handed_over_with_a_word_to_the_initiator(plan, desk, amina):
    new = make.manager("Adviseur water")
    assert give(desk, plan, new).url == address(plan)
    plan.refresh_from_db()
    assert plan.contact == new
    body = bytes(OutboxMessage.objects.get(payload__to=amina.email).body).decode()
    assert "Zij weet er meer van." in body


def test_a_hand_over_without_a_word_is_asked_for_one(plan, desk):
    page = give(desk, plan, make.manager(), told=" ")
    assert page.status_code == 400
    assert "Leg de initiatiefnemer in één zin uit waarom." in text(page)


def test_who_left_cannot_be_chosen(plan, desk):
    page = give(desk, plan, make.manager(available_until=date(2021, 1, 1)))
    assert page.status_code == 400
    assert "Deze contactpersoon kun je niet meer kiezen." in text(page)
    assert "Zij weet er meer van." in text(page)


def test_who_is_full_needs_a_reason_that_stays_inside(plan, desk):
    full = make.manager("Adviseur water", room=1)
    make.initiative(contact=full)
    assert "Adviseur water (heeft al 1 plannen en ruimte voor 1)" in text(desk.get(address(plan)))
    page = give(desk, plan, full)
    assert page.status_code == 400
    assert "schrijf waarom het toch deze collega wordt" in text(page)
    give(desk, plan, full, although="Kent de straat")
    assert Initiative.objects.get(pk=plan.pk).contact == full


def test_who_is_second_sees_who_chose_whom_and_keeps_the_words(plan, desk, other):
    opened = {"version": plan.version, "seen": 0}
    first, second = make.manager("Adviseur sport"), make.manager("Adviseur jeugd")
    give(other, plan, first)
    page = give(desk, plan, second, **opened)
    assert page.status_code == 409
    assert "Adviseur water: Nieuwe contactpersoon: Adviseur sport" in text(page)
    assert 'value="Zij weet er meer van."' in text(page)
    again = page.context["assign"]
    assert again.data["version"] == Initiative.objects.get(pk=plan.pk).version
    give(desk, plan, second, version=again.data["version"])
    assert Initiative.objects.get(pk=plan.pk).contact == second


# The next state --------------------------------------------------------------------------------------------
def step(client, plan, verb, **extra):
    sent = {"version": plan.version, "sentence": "Ja, en we helpen je."} | extra
    return client.post(address(plan, "stap", verb), sent)


def test_a_step_brings_its_sentence_to_the_initiator(plan, desk, amina):
    assert step(desk, plan, "start").url == address(plan)
    plan.refresh_from_db()
    assert plan.state == State.IN_PROGRESS
    assert plan.messages.get().text == "Ja, en we helpen je."
    assert "Ja, en we helpen je." in bytes(OutboxMessage.objects.get(payload__to=amina.email).body).decode()


def test_sentences_come_from_templates_filled_in(plan, desk):
    words = {"verb": "start", "title": "Beginnen"}
    ReplyTemplate.objects.create(key="een", order=1, body="Ja, [contactpersoon] helpt met [plan].", **words)
    ReplyTemplate.objects.create(key="twee", order=2, body="Begin maar, [kenmerk]. [onbekend]", **words)
    assert "Ja, Adviseur groen helpt met Een bankje." in text(desk.get(address(plan)))
    page = step(desk, plan, "start", sentence="Mijn eigen zin", sentence_from="twee")
    assert page.status_code == 200
    assert f"Begin maar, {plan.reference}. [onbekend]" in text(page)
    assert Initiative.objects.get(pk=plan.pk).state == State.IN_DIALOGUE


def test_only_steps_that_can_be_taken_are_offered(plan, desk):
    page = text(desk.get(address(plan)))
    offered = {verb for verb in verbs.STEPS if f"/stap/{verb}/" in page}
    assert offered == {"take_back", "await_decision", "start", "pause", "stop"}


@pytest.mark.parametrize("verb", ["stop", "pause"])
def test_a_no_needs_a_sentence(verb, plan, desk):
    page = step(desk, plan, verb, sentence=" ")
    assert page.status_code == 400
    assert "Schrijf een zin aan de initiatiefnemer." in text(page)


@pytest.mark.parametrize("verb", ["submit", "withdraw", "edit", "refer", "vliegen"])
def test_an_unknown_step_is_not_there(verb, plan, desk):
    assert step(desk, plan, verb).status_code == 404


def test_a_plan_that_was_withdrawn_meanwhile_is_told_and_the_words_are_kept(plan, desk, amina):
    verbs.step("withdraw", Initiative.objects.get(pk=plan.pk), by=amina, reason="Toch niet")
    page = step(desk, plan, "start", seen=0, sentence="Een zin waar ik lang over deed.")
    assert page.status_code == 409
    assert "Dit kan niet meer: het plan staat op ‘gestopt’." in text(page)
    assert "De initiatiefnemer: Gestopt door de initiatiefnemer" in text(page)
    assert "Een zin waar ik lang over deed." in text(page)
    assert not plan.messages.exists()


@pytest.mark.parametrize("seen", ["", "abc", "-1", "9" * 30, "9" * 5000])
def test_whatever_stands_in_the_hidden_field_the_page_comes_back(seen, plan, desk, amina):
    verbs.step("withdraw", Initiative.objects.get(pk=plan.pk), by=amina, reason="Toch niet")
    page = step(desk, plan, "start", seen=seen)
    assert page.status_code in (400, 409)


def test_a_number_nobody_can_read_is_no_version(plan, desk):
    page = desk.post(address(plan, "openbaar"), {"openbaar": "nee", "version": "9" * 5000})
    assert page.status_code == 302


# On the site -----------------------------------------------------------------------------------------------
def test_a_plan_goes_on_the_site_and_off_it(plan, desk):
    plan.released_at = None
    plan.save()
    desk.post(address(plan, "openbaar"), {"openbaar": "ja", "version": plan.version})
    plan.refresh_from_db()
    assert plan.is_shown
    desk.post(address(plan, "openbaar"), {"openbaar": "nee", "version": plan.version})
    plan.refresh_from_db()
    assert not plan.is_shown


def test_a_plan_whose_initiator_does_not_want_it_stays_off_the_site(amina, contact, desk):
    plan = make.initiative(by=amina, contact=contact, public=False)
    assert "wil dit plan niet op de site" in text(desk.get(address(plan)))
    page = desk.post(address(plan, "openbaar"), {"openbaar": "ja"})
    assert page.status_code == 400
    assert "De initiatiefnemer wil dit plan niet op de site." in text(page)


# The talk --------------------------------------------------------------------------------------------------
def test_a_message_is_sent_once(plan, desk):
    sent = {"text": "Ik bel je morgen.", "token": token()}
    for _ in range(3):
        assert desk.post(address(plan, "bericht"), sent).url == address(plan)
    assert [one.text for one in plan.messages.all()] == ["Ik bel je morgen."]
    assert "Ik bel je morgen." in text(desk.get(address(plan)))


@pytest.mark.parametrize(
    ("words", "said"), [("", "Schrijf eerst je bericht."), ("x" * 4001, "Kort het in tot 4000.")]
)
def test_a_message_that_is_not_good_comes_back(plan, desk, words, said):
    page = desk.post(address(plan, "bericht"), {"text": words, "token": token()})
    assert page.status_code == 400
    assert said in text(page)
    assert words in text(page)


def test_a_contact_moment_is_kept_and_keeps_the_promise(plan, desk):
    verbs.start_clocks(plan, timezone.localdate())
    sent = {
        "how": "telefoon",
        "on": timezone.localdate().isoformat(),
        "note": "Over de bank.",
        "token": token(),
    }
    assert desk.post(address(plan, "contactmoment"), sent).status_code == 302
    assert (Interaction.objects.get().how, Interaction.objects.get().note) == ("Gebeld", "Over de bank.")
    assert plan.clocks.get(kind="contact").stopped_on
    assert "Over de bank." in text(desk.get(address(plan)))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("on", "morgen", "Schrijf de dag zo"),
        ("on", (timezone.localdate() + timedelta(3)).isoformat(), "Deze dag moet nog komen."),
        ("note", " ", "Schrijf kort op waar het over ging."),
        ("how", "rooksignaal", "geldige keuze"),
    ],
)
def test_a_contact_moment_that_is_not_good_comes_back(plan, desk, field, value, said):
    sent = {"how": "telefoon", "on": "2026-01-02", "note": "Over de bank.", "token": token()} | {field: value}
    page = desk.post(address(plan, "contactmoment"), sent)
    assert page.status_code == 400
    assert said in text(page)


# Who is near -----------------------------------------------------------------------------------------------
def secrets(plan, amina):
    Message.objects.create(initiative=plan, by=amina, text="Alleen voor het contact")
    Interaction.objects.create(
        initiative=plan, how="Gebeld", note="Notitie van het contact", on=date(2026, 1, 2)
    )
    return [amina.email, "Alleen voor het contact", "Notitie van het contact"]


def test_the_contact_reads_the_talk_and_every_look_at_the_people_is_noted(plan, desk, carla, amina):
    words = secrets(plan, amina)
    page = text(desk.get(address(plan)))
    assert words[1] in page
    assert words[0] not in page
    assert not Look.objects.exists()
    for _ in range(2):
        page = desk.post(address(plan, "inkijken"))
        assert amina.email in text(page)
        assert "no-store" in page["Cache-Control"]
    looks = Look.objects.filter(by=carla, of=amina, subject_key=str(plan.public_id), reason="")
    assert looks.count() == 2


def test_another_officer_says_why_first(plan, other, amina):
    words = secrets(plan, amina)
    page = text(other.get(address(plan)))
    assert not [one for one in words if one in page]
    refused = other.post(address(plan, "inkijken"), {"reason": " "})
    assert refused.status_code == 400
    assert "Schrijf waarom je dit wilt zien." in text(refused)
    assert not [one for one in words if one in text(refused)]
    assert not Look.objects.exists()
    shown = other.post(address(plan, "inkijken"), {"reason": "De initiatiefnemer belde mij"})
    assert all(one in text(shown) for one in words)
    look = Look.objects.get()
    assert (look.by, look.of, look.reason) == (other.user, amina, "De initiatiefnemer belde mij")


def test_the_deputy_is_near_while_the_contact_is_away(plan, other, amina):
    words = secrets(plan, amina)
    Absence.objects.create(
        manager=plan.contact, since=timezone.localdate(), deputy=other.user.account_manager
    )
    assert words[1] in text(other.get(address(plan)))
    assert amina.email in text(other.post(address(plan, "inkijken")))


def test_the_front_desk_is_near_until_there_is_a_contact(amina, other):
    make.front_desk(user=None)
    plan = make.initiative(by=amina, state=State.SUBMITTED)
    plan.contact.user = make.user("loket@voorbeeld.example", role="officer")
    plan.contact.save()
    words = secrets(plan, amina)
    desk = Client()
    desk.force_login(plan.contact.user)
    assert words[1] in text(desk.get(address(plan)))
    assert amina.email in text(desk.post(address(plan, "inkijken")))
    verbs.assign(plan, by=other.user, contact=make.manager())
    assert words[1] not in text(desk.get(address(plan)))
    assert desk.post(address(plan, "inkijken")).status_code == 400
