"""One's own plans for machines: the same verbs as the pages, and nobody else's plans."""

import uuid

import pytest

from initiatives.models import Initiative, State
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/api/v1/mijn-initiatieven"
PLAN = {"titel": "Een bankje", "verhaal": "Met de buurt willen we een bankje bij de vijver."}


@pytest.fixture
def mine(client, amina):
    make.front_desk()
    client.force_login(amina)
    return client


def register(client, key=None, **more):
    headers = {"idempotency-key": key or str(uuid.uuid4())}
    return client.post(LIST, PLAN | more, content_type="application/json", headers=headers)


def change(client, plan, **values):
    return client.patch(f"{LIST}/{plan['id']}", values, content_type="application/json")


def test_a_plan_is_registered_changed_sent_and_followed(mine):
    make.district("Sluiswijk", key="WK000009")
    made = register(mine, wijk="WK000009", behoeften=["geld", "plek"], bedrag="1200.50", van="groep")
    assert made.status_code == 201
    plan = made.json()
    assert (plan["staat"], plan["kenmerk"], plan["van"]) == ("concept", None, "groep")
    assert {"soort": "geld", "bedrag": "1200.50"} in plan["behoeften"]
    assert plan["wijk"]["naam"] == "Sluiswijk"

    changed = change(mine, plan, samenvatting="Een bankje.", magOpDeSite=True, versie=plan["versie"]).json()
    assert (changed["samenvatting"], changed["magOpDeSite"]) == ("Een bankje.", True)
    assert changed["behoeften"] == plan["behoeften"]

    sent = mine.post(f"{LIST}/{plan['id']}/indiening").json()
    assert sent["staat"] == "ingediend"
    assert sent["kenmerk"].startswith("IW-")
    assert {one["termijn"] for one in sent["termijnen"]} >= {"eerste-gesprek", "duidelijkheid"}
    again = mine.post(f"{LIST}/{plan['id']}/indiening")
    assert (again.status_code, again.json()["kenmerk"]) == (200, sent["kenmerk"])
    assert [one["kenmerk"] for one in mine.get(LIST).json()["resultaten"]] == [sent["kenmerk"]]


def test_sent_twice_it_is_made_once(mine):
    first, second = (register(mine, key="0f0e0d0c-0b0a-4908-8706-050403020100") for _time in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert Initiative.objects.count() == 1


def test_a_concept_is_thrown_away_and_what_was_sent_is_not(mine):
    plan = register(mine).json()
    assert mine.delete(f"{LIST}/{plan['id']}").status_code == 204
    assert not Initiative.objects.exists()
    sent = register(mine).json()
    mine.post(f"{LIST}/{sent['id']}/indiening")
    assert mine.delete(f"{LIST}/{sent['id']}").status_code == 409


def test_who_was_second_is_told(mine):
    plan = register(mine).json()
    assert change(mine, plan, titel="Eerst", versie=plan["versie"]).status_code == 200
    second = change(mine, plan, titel="Tweede", versie=plan["versie"])
    assert second.status_code == 409
    assert Initiative.objects.get().title == "Eerst"


def test_what_is_wrong_is_named_all_at_once(mine):
    answer = register(mine, titel="", wijk="nergens", van="mij", behoeften=["goud"], bedrag=-1, onbekend=1)
    named = {one["name"] for one in answer.json()["invalidParams"]}
    assert answer.status_code == 400
    assert named == {"titel", "wijk", "van", "behoeften.0", "bedrag", "onbekend"}


def test_a_change_says_what_was_read(mine):
    plan = register(mine).json()
    assert change(mine, plan, titel="Anders").json()["invalidParams"][0]["name"] == "versie"


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.IN_DIALOGUE])
def test_plans_of_others_are_not_there(state, mine, bram, carla):
    plan = make.initiative("Van Bram", state=state, by=bram)
    for who in (None, carla):
        if who:
            mine.force_login(who)
        address = f"{LIST}/{plan.public_id}"
        assert mine.get(LIST).json()["aantal"] == 0
        assert mine.get(address).status_code == 404
        assert mine.patch(address, {"versie": 1}, content_type="application/json").status_code == 404
        assert mine.delete(address).status_code == 404
        assert mine.post(f"{address}/indiening").status_code == 404


def test_a_visitor_signs_in_first(client):
    assert client.get(LIST).status_code == 403
    assert register(client).status_code == 403
    assert not Initiative.objects.exists()


def test_the_list_costs_the_same_for_many(mine, amina, django_assert_max_num_queries):
    for number in range(25):
        make.initiative(f"Plan {number}", by=amina, state=State.SUBMITTED)
    with django_assert_max_num_queries(8):
        assert len(mine.get(LIST).json()["resultaten"]) == 20


def test_an_amount_goes_with_the_need_for_money_and_stays(mine):
    assert register(mine, bedrag=100).json()["invalidParams"][0]["name"] == "bedrag"
    plan = register(mine, behoeften=["geld"], bedrag=100).json()
    plan = change(mine, plan, behoeften=["geld", "plek"], versie=plan["versie"]).json()
    assert {"soort": "geld", "bedrag": "100.00"} in plan["behoeften"]
    assert change(mine, plan, bedrag=50, versie=plan["versie"]).status_code == 400


def test_registering_is_limited_as_on_the_page(mine, settings):
    settings.LIMITS = settings.LIMITS | {"register": (1, 3600)}
    assert register(mine).status_code == 201
    assert register(mine).status_code == 429
    assert mine.get(LIST).status_code == 200
