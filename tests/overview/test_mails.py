"""Which mails I get: my choice holds, and what I can't do without always comes."""

import email
from email.policy import default

import pytest
from django.urls import reverse

from agreements.cohandlers import reminders as of_colleagues
from agreements.commitments import reminders as of_promises
from agreements.continuity import reminders as of_reviews
from agreements.requirements import reminders as of_requirements
from desk import reminders
from desk.day.reminders import TO_VERIFY
from desk.decisions.reminders import OVERDUE
from desk.letters.selecting import NEWS as LETTER
from desk.notes.verbs import MENTION
from initiatives import notices, verbs
from initiatives.models import State
from overview.mails import CHOICES
from tests import make
from townhall.models import OutboxMessage

pytestmark = pytest.mark.django_db
MAILS = "/mijn/mails/"


@pytest.fixture
def plan(amina):
    make.front_desk(email="loket@kleindorp.example")
    return make.initiative("Een bankje", by=amina, state=State.DRAFT)


def subjects(to):
    """The subjects of the mails to a person, oldest first, without the name of the plan."""
    found = OutboxMessage.objects.filter(kind="mail", payload__to=to.email).order_by("created_at")
    read = (email.message_from_bytes(bytes(one.body), policy=default) for one in found)
    return [one["Subject"].partition(":")[0] for one in read]


def test_every_kind_of_news_has_one_box():
    kinds = [kind for choice in CHOICES.values() for kind in choice.kinds]
    reminded = {*reminders.KINDS, *of_promises.KINDS, *of_colleagues.KINDS, OVERDUE, of_requirements.OVERDUE}
    reminded |= {LETTER, TO_VERIFY, MENTION}
    assert sorted(kinds) == sorted((set(notices.TOLD) - notices.ALWAYS) | reminded)


def test_what_i_switch_off_is_not_mailed_and_the_receipt_always_is(client, plan, amina, carla):
    client.force_login(amina)
    assert client.post(MAILS, {"voortgang": "on"}).url == MAILS
    verbs.submit(plan, by=amina)
    verbs.step("begin_dialogue", plan, by=carla, sentence="Kom je langs?")
    verbs.write(plan, by=carla, text="Dag Amina.")
    assert subjects(amina) == ["We hebben je plan ontvangen", "We gaan met je in gesprek"]
    assert amina.notices.count() == 3  # on the site nothing is missing


def test_a_look_back_has_a_box_of_its_own_and_a_late_question_is_a_term(client, amina, carla):
    for user, ticked in ((amina, "terugblikken"), (carla, "termijnen")):
        client.force_login(user)
        client.post(MAILS, {ticked: "on"})
    assert not notices.wants_mail(amina, "continuity_reviewed")
    assert all(notices.wants_mail(amina, kind) for kind in of_reviews.KINDS)
    assert notices.wants_mail(carla, "council_late")
    assert not any(notices.wants_mail(carla, kind) for kind in ("council_answered", *of_reviews.KINDS))


def test_switched_on_again_it_comes(client, plan, amina, carla):
    verbs.submit(plan, by=amina)
    client.force_login(amina)
    for ticked in ({}, dict.fromkeys(CHOICES, "on")):
        client.post(MAILS, ticked)
    verbs.write(plan, by=carla, text="Dag Amina.")
    assert subjects(amina)[-1] == "Een bericht over je plan"


def test_the_page_shows_what_holds_and_what_always_comes(client, amina):
    client.force_login(amina)
    client.post(MAILS, {"site": "on"})
    page = client.get(MAILS)
    ticked = {field.name: field.value() for field in page.context["form"]}
    assert ticked == dict.fromkeys(ticked, False) | {"site": True}
    assert set(ticked) == set(CHOICES) - {"termijnen", "notities"}
    assert "De code om in te loggen" in page.text


def test_a_mail_says_where_to_switch_it_off_and_the_receipt_does_not(plan, amina, carla):
    verbs.submit(plan, by=amina)
    verbs.write(plan, by=carla, text="Dag Amina.")
    mails = OutboxMessage.objects.filter(kind="mail", payload__to=amina.email).order_by("created_at")
    assert [MAILS in bytes(one.body).decode() for one in mails] == [False, True]


def test_terms_are_for_officers_only(client, carla):
    client.force_login(carla)
    assert "termijnen" in client.get(MAILS).context["form"].fields
    client.post(MAILS, {})
    assert not notices.wants_mail(carla, "clock_overdue")


@pytest.mark.parametrize("where", ["overview:mine", "account_email"])
def test_the_choice_is_easy_to_find(client, amina, where):
    client.force_login(amina)
    assert f'href="{MAILS}"' in client.get(reverse(where)).text


def test_every_page_leads_to_my_account(client, amina):
    client.force_login(amina)
    assert 'href="/account/"' in client.get("/").text
