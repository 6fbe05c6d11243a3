"""My plans: what I see, what I may do, and that nothing I typed is lost."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from initiatives import verbs
from initiatives.models import Initiative, State
from tests import make
from townhall.models import Look

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(amina):
    """A submitted plan of Amina with its clocks."""
    make.front_desk(email="loket@kleindorp.example")
    plan = make.initiative("Een bankje", by=amina, state=State.DRAFT)
    verbs.submit(plan, by=amina)
    return plan


def page_of(name, plan, *more):
    return reverse(f"overview:{name}", args=[plan.public_id, *more])


@pytest.mark.parametrize(("state", "shown"), [(State.IN_DIALOGUE, True), (State.REALISED, False)])
def test_a_button_to_change_stands_only_where_changing_works(client, plan, amina, state, shown):
    Initiative.objects.filter(pk=plan.pk).update(state=state)
    client.force_login(amina)
    assert (page_of("edit", plan) in client.get(page_of("plan", plan)).content.decode()) is shown


@pytest.mark.parametrize("name", ["plan", "edit"])
def test_my_plan_exists_for_nobody_else(client, plan, cast, name):
    for role, user in cast.items():
        client.logout()
        if user:
            client.force_login(user)
        assert client.get(page_of(name, plan)).status_code == (404 if user else 302), role


def test_the_page_says_where_it_stands_what_comes_and_who_helps(client, plan, amina):
    client.force_login(amina)
    html = client.get(page_of("plan", plan)).content.decode()
    for words in (
        "ingediend",
        "Voorlopig contact",
        "uiterlijk",
        "Verstuurd naar de gemeente",
        plan.reference,
    ):
        assert words.lower() in html.lower()


def test_an_empty_page_shows_the_way_on(client, amina):
    client.force_login(amina)
    assert "Je hebt nog geen plannen" in client.get(reverse("overview:mine")).content.decode()


def test_my_list_costs_the_same_for_3_and_for_20_plans(client, amina):
    client.force_login(amina)
    counts = []
    for number in (3, 17):
        for _ in range(number):
            make.initiative(by=amina)
        client.get(reverse("overview:mine"))  # reads what stands, which has changed
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("overview:mine"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_news_is_shown_once_opened_it_is_read(client, plan, amina, carla):
    verbs.write(plan, by=carla, text="Kom je langs?")
    client.force_login(amina)
    assert "Er is een bericht geschreven" in client.get(reverse("overview:mine")).content.decode()
    assert "Kom je langs?" in client.get(page_of("plan", plan)).content.decode()
    assert not Notice.objects.filter(user=amina).unread().exists()
    assert plan.messages.get().read_at


def test_a_message_sent_twice_is_one_message(client, plan, amina):
    client.force_login(amina)
    sent = {"text": "Hallo!", "token": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(page_of("write", plan), sent).status_code == 302
    assert [message.text for message in plan.messages.all()] == ["Hallo!"]


def test_an_empty_message_is_told(client, plan, amina):
    client.force_login(amina)
    page = client.post(page_of("write", plan), {"text": " ", "token": str(uuid.uuid4())})
    assert "Schrijf eerst je bericht" in page.content.decode()


def test_editing_changes_the_plan(client, plan, amina):
    client.force_login(amina)
    form = client.get(page_of("edit", plan)).context["form"].initial
    client.post(page_of("edit", plan), clean(form) | {"title": "Een tafel"})
    assert Initiative.objects.get().title == "Een tafel"


def test_who_was_second_sees_both_texts_and_can_send_again(client, plan, amina):
    client.force_login(amina)
    old = clean(client.get(page_of("edit", plan)).context["form"].initial)
    client.post(page_of("edit", plan), old | {"title": "Eerste"})
    page = client.post(page_of("edit", plan), old | {"title": "Tweede"})
    assert page.status_code == 409
    assert "Eerste" in page.content.decode()
    again = {field.name: field.value() for field in page.context["form"]}
    assert again["title"] == "Tweede"
    assert client.post(page_of("edit", plan), clean(again)).status_code == 302
    assert Initiative.objects.get().title == "Tweede"


def clean(values):
    """A form's values as a browser sends them."""
    return {name: value for name, value in values.items() if value not in (None, False)}


@pytest.mark.parametrize(("verb", "state"), [("pause", State.PAUSED), ("withdraw", State.STOPPED)])
def test_i_may_pause_and_stop_with_a_reason(client, plan, amina, verb, state):
    client.force_login(amina)
    address = page_of("step", plan, verb)
    refused = client.post(address, {"version": plan.version, "reason": ""})
    assert "Schrijf in één zin waarom" in refused.content.decode()
    assert client.post(address, {"version": plan.version, "reason": "Even druk"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.state_reason) == (state, "Even druk")


def test_a_step_on_an_old_page_is_told_and_keeps_the_reason(client, plan, amina):
    client.force_login(amina)
    Initiative.objects.filter(pk=plan.pk).update(version=9)
    page = client.post(page_of("step", plan, "pause"), {"version": plan.version, "reason": "Even druk"})
    assert page.status_code == 409
    assert "Even druk" in page.content.decode()


def test_withdrawing_after_the_officer_assigned_is_told_and_can_be_sent_again(client, plan, amina, carla):
    """The other order: tests/desk/test_triage.py, `test_a_plan_withdrawn_meanwhile_is_told`."""
    client.force_login(amina)
    opened = plan.version
    verbs.assign(Initiative.objects.get(), by=carla, contact=make.manager("Adviseur groen"))
    address = page_of("step", plan, "withdraw")
    page = client.post(address, {"version": opened, "reason": "Toch niet"})
    assert page.status_code == 409
    assert "Iemand anders heeft dit plan net veranderd" in page.content.decode()
    assert "Adviseur groen" in page.content.decode()
    form = re.search(rf'<form[^>]*action="{address}".*?</form>', page.content.decode(), re.DOTALL)[0]
    again = {
        name: re.search(rf'name="{name}"[^>]* value="([^"]*)"', form)[1] for name in ("version", "reason")
    }
    assert again["reason"] == "Toch niet"
    assert client.post(address, again).status_code == 302
    assert Initiative.objects.get().state == State.STOPPED


@pytest.mark.parametrize("verb", ["start", "release", "onzin"])
def test_what_is_not_mine_to_do_has_no_address(client, plan, amina, verb):
    client.force_login(amina)
    assert client.post(page_of("step", plan, verb), {"version": 1, "reason": "x"}).status_code == 404


def test_actions_are_never_done_by_following_a_link(client, plan, amina):
    client.force_login(amina)
    for address in (page_of("write", plan), page_of("step", plan, "withdraw")):
        assert client.get(address).status_code == 405


def test_i_see_who_looked_at_my_data(client, plan, amina, carla):
    Look.objects.create(
        by=carla, of=amina, subject_kind="initiative", subject_key=str(plan.public_id), reason="Belde"
    )
    client.force_login(amina)
    assert "Belde" in client.get(page_of("plan", plan)).content.decode()


def test_a_paused_plan_goes_on(client, plan, amina):
    verbs.step("pause", plan, by=amina, reason="Druk")
    client.force_login(amina)
    client.post(page_of("step", plan, "resume"), {"version": plan.version})
    plan.refresh_from_db()
    assert plan.state == State.SUBMITTED
    assert plan.clocks.get(kind="decision").due_on >= timezone.localdate()


def test_of_a_long_talk_the_last_is_in_sight_and_the_rest_is_folded_away(client, plan, amina, carla):
    for number in range(9):
        verbs.write(plan, by=carla, text=f"Bericht {number}.")
    client.force_login(amina)
    html = client.get(page_of("plan", plan)).content.decode()
    folded = html[html.index("Toon 3 eerdere berichten") :].partition("</details>")[0]
    assert [number for number in range(9) if f"Bericht {number}." in folded] == [0, 1, 2]
    assert all(html.count(f"Bericht {number}.") == 1 for number in range(9))
    assert "Wat er eerder gebeurde" in html


def test_what_i_did_is_said(client, plan, amina):
    client.force_login(amina)
    sent = {"text": "Hoi", "token": str(uuid.uuid4())}
    assert "Je bericht is verstuurd." in client.post(page_of("write", plan), sent, follow=True).text
    told = {"reason": "Even druk", "version": plan.version}
    assert "Gelukt. Je contactpersoon" in client.post(page_of("step", plan, "pause"), told, follow=True).text
