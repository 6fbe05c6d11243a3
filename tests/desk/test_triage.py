"""A new plan triaged at one click, by one of two officers at once, and taken back."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.models import Notice
from desk import verbs as desk_verbs
from desk.models import ReplyTemplate
from initiatives import verbs
from initiatives.models import Initiative, State
from matching.models import Suggestion, Verdict
from tests import make
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
SENTENCE = "Ja, en je vaste contactpersoon is: [contactpersoon]."


class Town:
    """A new plan with suggestions, and two officers."""

    def __init__(self, amina, carla):
        make.municipality()
        self.desk = make.front_desk()
        self.adviser = make.manager("Adviseur groen", key="groen", user=carla)
        self.second = make.manager("Adviseur water", key="water")
        self.plan = make.initiative(
            "Een bankje", by=amina, state=State.SUBMITTED, public=False, wants_public=True
        )
        verbs.start_clocks(self.plan, timezone.localdate())
        self.strong, self.weak = make.goal("Meer groen"), make.goal("Meer water")
        self.partner, self.form = make.organisation("Tuinclub"), make.form("Buurtfonds")
        make.suggestion(self.plan, goal=self.strong, score=0.8)
        make.suggestion(self.plan, goal=self.weak, score=0.4, rank=2)
        make.suggestion(self.plan, organisation=self.partner, score=0.7)
        make.suggestion(self.plan, form=self.form, score=1.0, words=["geld"])
        make.suggestion(self.plan, manager=self.adviser, score=1.0)
        make.suggestion(self.plan, manager=self.second, score=0.5, rank=2)
        words = {"verb": "begin_dialogue", "title": "Welkom"}
        ReplyTemplate.objects.create(key="welkom", order=1, body=SENTENCE, **words)
        ReplyTemplate.objects.create(key="nieuw", order=2, body="Een nieuw idee, [plan]!", **words)
        ReplyTemplate.objects.create(key="terug", title="Terug", verb="take_back", body="Onze vergissing.")
        self.address = f"/werkbank/{self.plan.reference}/"

    def now(self):
        return Initiative.objects.get(pk=self.plan.pk)

    def said(self):
        return {one.thing: one.verdict for one in self.plan.suggestions.all()}


@pytest.fixture
def town(amina, carla):
    return Town(amina, carla)


@pytest.fixture
def desk(carla):
    client = Client()
    client.force_login(carla)
    return client


@pytest.fixture
def other(db):
    user = make.user("derk@voorbeeld.example", role="officer")
    make.manager("Adviseur sport", user=user)
    client = Client()
    client.force_login(user)
    return client


def text(response):
    return " ".join(response.content.decode().split())


def as_it_came(page):
    """What a browser sends when the form of a page is sent as it is: ticked boxes, chosen buttons, texts."""
    html = text(page)
    sent = {}
    for field in re.findall(r"<input[^>]*>", html):
        known = dict(re.findall(r'([\w-]+)="([^"]*)"', field))
        mine = known.get("form") == "triage" or known.get("name") in ("version", "seen", "release")
        is_on = known.get("type") not in ("checkbox", "radio") or " checked" in field
        if mine and is_on:
            sent.setdefault(known["name"], []).append(known.get("value", "on"))
    triage = re.search(r'<form[^>]*id="triage".*?</form>', html)[0]
    chosen = re.search(r'<input[^>]*name="contact"[^>]* checked', triage)[0]
    sent["contact"] = re.search(r'value="([^"]*)"', chosen)[1]
    sent["version"], sent["seen"] = (
        re.search(rf'name="{name}" value="([^"]*)"', triage)[1] for name in ("version", "seen")
    )
    sent["sentence"] = re.search(r"<textarea[^>]*>(.*?)</textarea>", triage)[1].strip()
    return sent


def triage(client, town, **changes):
    sent = as_it_came(client.get(town.address)) | changes
    return client.post(f"{town.address}verwerken/", {k: v for k, v in sent.items() if v is not None})


# One click ---------------------------------------------------------------------------------------------
def test_an_ordinary_plan_takes_two_clicks(town, desk, amina):
    """One opens the plan, one sends the form as it came: at most ten were allowed."""
    clicks = 1
    sent = as_it_came(desk.get(town.address))
    clicks += 1
    done = desk.post(f"{town.address}verwerken/", sent)
    assert done.url == town.address
    assert clicks <= 10
    plan = town.now()
    assert (plan.state, plan.contact, plan.is_shown) == (State.IN_DIALOGUE, town.adviser, True)
    assert town.said() == {
        town.strong: Verdict.CONFIRMED,
        town.weak: "",
        town.partner: Verdict.CONFIRMED,
        town.form: Verdict.CONFIRMED,
        town.adviser: Verdict.CONFIRMED,
        town.second: "",
    }
    assert [link.goal for link in plan.goal_links.all()] == [town.strong]
    assert [link.organisation for link in plan.partner_links.all()] == [town.partner]
    assert plan.messages.get().text == "Ja, en je vaste contactpersoon is: Adviseur groen."
    assert {clock.kind for clock in plan.clocks.filter(stopped_on=None)} == {"contact", "decision", "receipt"}
    assert Initiative.objects.visible_to(AnonymousUser()).filter(pk=plan.pk).exists()


@pytest.mark.parametrize(
    ("reason", "ticked"),
    [
        ({"sentence": "Je vraagt spullen.", "words": ["spullen"]}, True),
        ({"sentence": "Je vraagt € 500.", "words": []}, True),
        ({"sentence": "Zo kan het ook.", "words": []}, False),
    ],
)
def test_a_way_to_pay_is_ticked_only_by_what_the_plan_says(town, desk, reason, ticked):
    town.plan.suggestions.filter(form=town.form).update(reasons=[reason])
    assert ("form" in as_it_came(desk.get(town.address))) == ticked


def test_the_words_of_both_sides_are_marked_also_in_the_story(town, desk):
    Initiative.objects.filter(pk=town.plan.pk).update(story="Een rollator voor <b>oma</b>.")
    reason = {"sentence": "Je schrijft rollator; het doel zegt lenen.", "words": ["rollator"]}
    town.plan.suggestions.filter(goal=town.strong).update(reasons=[reason | {"their_words": ["lenen"]}])
    page = text(desk.get(town.address))
    assert (
        'schrijft <mark class="nl-mark">rollator</mark>; het doel zegt <mark class="nl-mark">lenen</mark>.'
        in page
    )
    assert '<p>Een <mark class="nl-mark">rollator</mark> voor &lt;b&gt;oma&lt;/b&gt;.</p>' in page


def test_the_initiator_gets_one_mail_with_everything(town, desk, amina):
    triage(desk, town)
    body = bytes(OutboxMessage.objects.get(payload__to=amina.email).body).decode()
    assert "Subject: We gaan met je in gesprek: Een bankje" in body
    for words in ["vaste contactpersoon: Adviseur groen", "contactpersoon is: Adviseur groen", "op de site"]:
        assert words in body
    assert [notice.event.what for notice in Notice.objects.filter(user=amina).order_by("id")] == [
        "assign",
        "begin_dialogue",
        "release",
    ]


def test_everything_or_nothing(town, desk):
    """The contact turns out to be full: the goals are not linked either, and what was ticked stays ticked."""
    town.adviser.room = 0
    town.adviser.save()
    page = triage(desk, town, sentence="Mijn eigen woorden", goal=[town.weak.key])
    assert page.status_code == 400
    assert "schrijf waarom het toch deze collega wordt" in text(page)
    assert town.now().state == State.SUBMITTED
    assert not Event.objects.exists()
    assert set(town.said().values()) == {""}
    sent = as_it_came(page)
    assert (sent["goal"], sent["contact"], sent["sentence"]) == (
        [town.weak.key],
        "groen",
        "Mijn eigen woorden",
    )
    desk.post(f"{town.address}verwerken/", sent | {"although": "Kent de straat"})
    assert town.now().contact == town.adviser
    assert town.plan.suggestions.get(manager=town.adviser).verdict_reason == "Kent de straat"


def test_what_stands_between_brackets_is_filled_in_however_it_is_written(town, desk):
    triage(desk, town, sentence="[Contactpersoon] belt je over [PLAN].")
    assert town.plan.messages.get().text == "Adviseur groen belt je over Een bankje."


def test_nothing_ticked_is_fine_too(town, desk):
    triage(desk, town, goal=None, organisation=None, form=None, release=None)
    plan = town.now()
    assert (plan.state, plan.is_shown, plan.goal_links.count()) == (State.IN_DIALOGUE, False, 0)


def test_the_front_desk_can_keep_a_plan_itself(town, desk):
    triage(desk, town, contact="anders", other=town.desk.key)
    assert town.now().contact == town.desk
    assert not Event.objects.filter(what="assign").exists()


def test_a_plan_that_stays_private_offers_no_site(town, desk):
    town.plan.wants_public = False
    town.plan.save()
    page = desk.get(town.address)
    assert "De initiatiefnemer wil dit plan niet op de site." in text(page)
    desk.post(f"{town.address}verwerken/", as_it_came(page) | {"release": "on"})
    assert town.now().state == State.SUBMITTED  # whoever sends it all the same is refused, in words


def test_another_sentence_keeps_everything_else(town, desk):
    page = triage(desk, town, goal=[town.weak.key], contact="water", sentence_from="nieuw", sentence="Weg")
    assert page.status_code == 200
    assert town.now().state == State.SUBMITTED
    sent = as_it_came(page)
    assert sent["sentence"] == "Een nieuw idee, Een bankje!"
    assert (sent["goal"], sent["contact"]) == ([town.weak.key], "water")


def test_before_the_matcher_has_looked_an_officer_can_already_choose(town, desk):
    town.plan.suggestions.all().delete()
    page = desk.get(town.address)
    assert "De wegwijzer heeft geen voorstellen" in text(page)
    assert as_it_came(page)["contact"] == "anders"
    triage(desk, town, other="water")
    assert town.now().contact == town.second


# One suggestion before the rest ---------------------------------------------------------------------------
def judge_first(client, town, act, wat, **changes):
    """What the button of one suggestion sends: the whole form of the triage."""
    sent = as_it_came(client.get(town.address)) | {"sentence": "Mijn eigen woorden", "contact": "water"}
    sent |= {"goal": [town.weak.key], "form": [], "wat": wat, "although": "Kent de straat"} | changes
    return client.post(f"{town.address}oordeel/{act}/", sent)


def test_judging_one_suggestion_leaves_the_rest_of_the_form_as_it_was(town, desk):
    strong = f"doel {town.strong.key}"
    reasons = {f"nee-doel-{town.strong.key.lower()}-why": "plek", "nee-partner-o1-reason": "x"}
    other = {f"nee-doel-{town.weak.key.lower()}-reason": "Nog even wachten"}
    page = judge_first(desk, town, "afwijzen", strong, **(reasons | other))
    assert page.status_code == 200
    assert town.said()[town.strong] == Verdict.REJECTED
    assert 'value="Nog even wachten"' in text(page)
    assert 'value="Kent de straat"' in text(page)
    page = desk.post(f"{town.address}oordeel/ongedaan/", as_it_came(page) | {"wat": strong})
    assert town.said()[town.strong] == ""
    page = desk.post(f"{town.address}oordeel/bevestigen/", as_it_came(page) | {"wat": strong})
    assert town.said()[town.strong] == Verdict.CONFIRMED
    assert "Er is nog 1 ding niet goed" not in text(page)
    sent = as_it_came(page)
    kept = {name: sent.get(name) for name in ("sentence", "contact", "goal", "form", "organisation")}
    assert kept == {
        "sentence": "Mijn eigen woorden",
        "contact": "water",
        "goal": [town.weak.key],
        "form": None,
        "organisation": [town.partner.key],
    }
    assert desk.post(f"{town.address}verwerken/", sent).status_code == 302


def test_a_verdict_that_is_refused_leaves_the_form_as_it_was_too(town, desk, other):
    reason = {f"nee-doel-{town.strong.key.lower()}-why": "plek"}
    other.post(f"{town.address}oordeel/afwijzen/", {"wat": f"doel {town.strong.key}", **reason})
    page = judge_first(desk, town, "bevestigen", f"doel {town.strong.key}")
    assert page.status_code == 409
    assert (as_it_came(page)["sentence"], as_it_came(page)["goal"]) == (
        "Mijn eigen woorden",
        [town.weak.key],
    )


def test_enter_in_a_field_presses_no_button_of_a_suggestion(town, desk):
    """Enter presses the first button of a form in the page, and does nothing where that one is off."""
    page = text(desk.get(town.address))
    first = re.search(r'<button[^>]*form="triage"[^>]*>', page)[0]
    assert "disabled" in first
    assert "formaction" not in first
    assert page.index(first) < page.index('id="triage"')


# Bad input -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sentence": " "}, "Schrijf een zin aan de initiatiefnemer."),
        ({"sentence": "x" * 2001}, "Kort het in tot 2000."),
        ({"sentence": "Dag [Naam], [Contactpersoon] belt je"}, "Dit kunnen we niet invullen: naam."),
        ({"contact": None}, "Kies een contactpersoon."),
        ({"contact": "K-weg"}, "Deze contactpersoon kun je niet meer kiezen."),
        ({"contact": "anders"}, "Kies een collega."),
        ({"contact": "anders", "other": "K-weg"}, "Deze contactpersoon kun je niet meer kiezen."),
        ({"goal": ["G-weg"]}, "“G-weg” is geen voorstel meer"),
        ({"version": "x"}, "Kijk nog eens of alles klopt"),
        ({"version": None}, "Kijk nog eens of alles klopt"),
    ],
)
def test_what_is_not_good_is_told_and_kept(town, desk, changes, said):
    page = triage(desk, town, although="Mijn woorden", **changes)
    assert page.status_code == 400
    assert said in text(page)
    assert 'value="Mijn woorden"' in text(page)
    assert town.now().state == State.SUBMITTED


def test_a_contact_who_left_while_the_page_was_open(town, desk):
    sent = as_it_came(desk.get(town.address))
    town.adviser.available_until = make.LONG_AGO
    town.adviser.save()
    page = desk.post(f"{town.address}verwerken/", sent)
    assert page.status_code == 400
    assert "Deze contactpersoon kun je niet meer kiezen." in text(page)


def test_a_suggestion_that_vanished_while_the_page_was_open(town, desk):
    sent = as_it_came(desk.get(town.address))
    Suggestion.objects.filter(goal=town.strong).delete()
    page = desk.post(f"{town.address}verwerken/", sent)
    assert page.status_code == 400
    assert "geen voorstel meer: de wegwijzer keek opnieuw" in text(page)


def test_what_was_judged_in_another_tab_is_told_by_its_title_and_a_yes_is_no_trouble(town, desk):
    sent = as_it_came(desk.get(town.address)) | {"goal": [town.strong.key, town.weak.key]}
    reason = {f"nee-doel-{town.strong.key.lower()}-why": "plek"}
    desk.post(f"{town.address}oordeel/afwijzen/", {"wat": f"doel {town.strong.key}", **reason})
    desk.post(f"{town.address}oordeel/bevestigen/", {"wat": f"doel {town.weak.key}"})
    page = desk.post(f"{town.address}verwerken/", sent)
    assert page.status_code == 400
    said = "Al beoordeeld: “Meer groen”. Afgewezen: Adviseur groen."
    assert text(page).index(said) < text(page).index("<h1")  # above the page, not only far down in the form
    assert "keek opnieuw" not in text(page)
    assert "Meer water" not in page.context["problem"]
    assert desk.post(f"{town.address}verwerken/", as_it_came(page)).status_code == 302
    assert town.now().state == State.IN_DIALOGUE


# Two at once -----------------------------------------------------------------------------------------------
def test_the_second_officer_hears_what_the_first_did_and_keeps_every_word(town, desk, other):
    sent = as_it_came(desk.get(town.address))
    triage(other, town, contact="water")
    page = desk.post(f"{town.address}verwerken/", sent | {"sentence": "Mijn eigen lange zin"})
    assert page.status_code == 409
    shown = text(page)
    assert "Jij of een collega heeft dit plan net veranderd." in shown
    assert "Adviseur sport: In gesprek met de gemeente" in shown
    assert "Adviseur sport: Nieuwe contactpersoon: Adviseur water" in shown
    assert "Mijn eigen lange zin" in shown
    assert town.now().contact == town.second
    assert OutboxMessage.objects.filter(payload__to="amina@voorbeeld.example").count() == 1


def test_a_plan_that_changed_in_small_ways_can_be_sent_again(town, desk, amina):
    sent = as_it_came(desk.get(town.address))
    verbs.edit(town.now(), by=amina, version=town.plan.version, story="Een ander verhaal")
    page = desk.post(f"{town.address}verwerken/", sent | {"sentence": "Mijn zin", "goal": [town.weak.key]})
    assert page.status_code == 409
    assert "De initiatiefnemer: De tekst is veranderd" in text(page)
    again = as_it_came(page)
    assert (again["sentence"], again["goal"]) == ("Mijn zin", [town.weak.key])
    assert desk.post(f"{town.address}verwerken/", again).status_code == 302
    assert town.now().state == State.IN_DIALOGUE


def test_a_plan_withdrawn_meanwhile_is_told(town, desk, amina):
    sent = as_it_came(desk.get(town.address))
    verbs.step("withdraw", town.now(), by=amina, reason="Toch niet")
    page = desk.post(f"{town.address}verwerken/", sent | {"sentence": "Mijn zin"})
    assert page.status_code == 409
    assert "Gestopt door de initiatiefnemer" in text(page)
    assert "Mijn zin" in text(page)


def test_a_double_click_is_one_triage(town, desk):
    sent = as_it_came(desk.get(town.address))
    codes = [desk.post(f"{town.address}verwerken/", sent).status_code for _ in range(2)]
    assert codes == [302, 409]
    assert Event.objects.filter(what="begin_dialogue").count() == 1


# Undo ------------------------------------------------------------------------------------------------------
def undo(client, town):
    return client.post(f"{town.address}terugdraaien/")


def test_right_after_everything_can_be_taken_back(town, desk, amina):
    triage(desk, town)
    assert "Draai alles terug" in text(desk.get(town.address))
    assert undo(desk, town).url == town.address
    plan = town.now()
    assert (plan.state, plan.contact, plan.is_shown) == (State.SUBMITTED, town.desk, False)
    assert set(town.said().values()) == {""}
    assert not plan.goal_links.exists()
    assert not plan.partner_links.exists()
    assert {clock.kind for clock in plan.clocks.filter(stopped_on=None)} >= {"contact", "first_view"}
    mails = OutboxMessage.objects.filter(payload__to=amina.email).order_by("created_at")
    assert mails.count() == 2
    assert "Onze vergissing." in bytes(mails.last().body).decode()
    triage(desk, town)
    assert town.now().state == State.IN_DIALOGUE


def test_taking_back_is_for_who_did_it(town, desk, other):
    triage(desk, town)
    assert "Draai alles terug" not in text(other.get(town.address))
    assert undo(other, town).status_code == 409
    assert town.now().state == State.IN_DIALOGUE


def test_after_something_else_happened_nothing_is_taken_back(town, desk, amina):
    triage(desk, town)
    verbs.write(town.now(), by=amina, text="Dank je wel!")
    assert "Draai alles terug" not in text(desk.get(town.address))
    page = undo(desk, town)
    assert page.status_code == 409
    assert "Terugdraaien kan niet meer" in text(page)


def test_after_a_quarter_of_an_hour_nothing_is_taken_back(town, desk, monkeypatch):
    triage(desk, town)
    monkeypatch.setattr(desk_verbs, "TAKE_BACK_WITHIN", timedelta(0))
    assert undo(desk, town).status_code == 409


def test_taking_back_twice_is_told(town, desk):
    triage(desk, town)
    undo(desk, town)
    assert undo(desk, town).status_code == 409


# Templates -------------------------------------------------------------------------------------------------
def test_a_template_says_only_what_can_be_filled_in(db):
    with pytest.raises(Exception, match="naam, wethouder"):
        ReplyTemplate(key="x", title="X", verb="start", body="Dag [naam], [wethouder] en [plan]").full_clean()
    with pytest.raises(Exception, match="Deze stap kennen we niet"):
        ReplyTemplate(key="x", title="X", verb="vliegen", body="Dag").full_clean()
