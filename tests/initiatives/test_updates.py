"""News of a plan: told and corrected by its initiators, on the site with the plan, hidden with a reason."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from initiatives.models import Initiative, State, Update
from initiatives.updates import verbs
from tests import make
from tests.racing import at_once
from townhall.models import Event, File, OutboxMessage

pytestmark = pytest.mark.django_db
FEED = "/initiatieven/nieuws/feed/"


@pytest.fixture(autouse=True)
def _town(db):
    make.municipality()


@pytest.fixture
def plan(amina, carla):
    contact = make.manager("Adviseur groen", user=carla, email="groen@kleindorp.example")
    return make.initiative("Moestuin", by=amina, contact=contact)


@pytest.fixture
def update(plan, amina):
    return verbs.tell(
        plan, by=amina, text="De eerste sla groeit.", upload=make.upload(), words="Een krop sla"
    )


def test_news_stands_where_the_plan_does(client, plan, update, amina, carla):
    for address in (f"/initiatieven/{plan.reference}/", FEED):
        assert "De eerste sla groeit." in client.get(address).content.decode()
    for address in (update.picture_url, update.small_url):
        assert client.get(address).getvalue().startswith(b"\xff\xd8")
    assert carla.notices.count() == 1
    assert not OutboxMessage.objects.exists()  # nobody is mailed about news
    Initiative.objects.filter(pk=plan.pk).update(released_at=None)
    assert "De eerste sla" not in client.get(FEED).content.decode()
    assert client.get(update.picture_url).status_code == 404
    assert client.get(f"/api/v1/initiatieven/{plan.reference}/nieuws").status_code == 404


def test_who_may_do_what(plan, update, bram, carla, dirk, amina):
    for user in (bram, carla, dirk):
        for verb, told in {"tell": {"text": "x"}, "correct": {"text": "x"}, "remove": {}}.items():
            with pytest.raises(PermissionDenied):
                getattr(verbs, verb)(plan if verb == "tell" else update, by=user, **told)
    for user in (amina, bram, dirk):
        with pytest.raises(PermissionDenied):
            verbs.hide(update, by=user, reason="Mag niet.")
        with pytest.raises(PermissionDenied):
            verbs.show(update, by=user)


def test_an_officer_does_not_hide_news_of_a_plan_of_their_own(carla):
    own = make.initiative(by=carla)
    update = verbs.tell(own, by=carla, text="Het gaat goed.")
    with pytest.raises(PermissionDenied):
        verbs.hide(update, by=carla, reason="Toch niet.")


def test_a_correction_is_seen_and_a_stale_one_refused(client, plan, update, amina):
    verbs.correct(update, by=amina, text="De eerste andijvie groeit.")
    page = client.get(f"/initiatieven/{plan.reference}/").content.decode()
    assert "andijvie" in page
    assert "Aangepast op" in page
    with pytest.raises(ValidationError) as refused:
        verbs.correct(update, by=amina, text="Nee, sla.", version=1)
    assert refused.value.code == "conflict"


def test_the_line_ends_of_a_browser_are_no_correction_and_that_is_said(client, plan, amina):
    update = verbs.tell(plan, by=amina, text="De eerste sla.\nEn een andijvie.")
    client.force_login(amina)
    told = {"text": "De eerste sla.\r\nEn een andijvie.", "version": 1}
    page = client.post(f"/mijn/{plan.public_id}/nieuws/{update.pk}/aanpassen/", told, follow=True)
    assert "Er is niets veranderd." in page.content.decode()
    assert Update.objects.get().changed_at is None


def test_what_is_taken_back_is_gone_with_its_picture(update, amina):
    picture = update.picture
    verbs.remove(update, by=amina)
    assert not Update.objects.exists()
    assert not File.objects.filter(pk=picture.pk).exists()


def test_hidden_news_says_why_to_the_initiator_alone(client, plan, update, amina, carla):
    with pytest.raises(ValidationError) as refused:
        verbs.hide(update, by=carla, reason=" ")
    assert "reason" in refused.value.message_dict
    verbs.hide(update, by=carla, reason="Er staat een naam in.")
    assert "De eerste sla" not in client.get(f"/initiatieven/{plan.reference}/").content.decode()
    assert client.get(f"/api/v1/initiatieven/{plan.reference}/nieuws").json() == []
    mail = bytes(OutboxMessage.objects.get(payload__to=amina.email).body).decode()
    assert "Er staat een naam in." in mail
    client.force_login(amina)
    assert "Er staat een naam in." in client.get(f"/mijn/{plan.public_id}/nieuws/").content.decode()
    told = client.get(f"/api/v1/initiatieven/{plan.reference}/nieuws").json()[0]
    assert (told["opDeSite"], told["waaromNiet"]) == (False, "Er staat een naam in.")
    update.refresh_from_db()
    verbs.show(update, by=carla)
    assert "De eerste sla" in client.get(FEED).content.decode()
    assert "naam" not in str(list(Event.objects.values_list("details", flat=True)))


def test_a_day_has_room_for_five(plan, amina):
    for number in range(verbs.MOST_A_DAY):
        verbs.tell(plan, by=amina, text=f"Bericht {number}")
    with pytest.raises(ValidationError, match="Morgen kan het weer"):
        verbs.tell(plan, by=amina, text="Nog een")


def test_taking_news_back_makes_no_room_and_leaves_no_trace_in_public(client, plan, amina, dirk):
    for number in range(verbs.MOST_A_DAY):
        verbs.remove(verbs.tell(plan, by=amina, text=f"Bericht {number}"), by=amina)
    with pytest.raises(ValidationError, match="Morgen kan het weer"):
        verbs.tell(plan, by=amina, text="Nog een")
    assert not plan.timeline(dirk).filter(what="update_told").exists()
    client.force_login(amina)
    assert "vertelde nieuws" not in client.get(f"/initiatieven/{plan.reference}/").content.decode()
    assert plan.timeline(amina).filter(what="update_told").count() == verbs.MOST_A_DAY


def test_the_timeline_of_everybody_tells_of_news_on_the_site(plan, update, bram, carla):
    assert plan.timeline(bram).filter(what="update_told").exists()
    verbs.hide(update, by=carla, reason="Er staat een naam in.")
    assert not plan.timeline(bram).filter(what="update_told").exists()


def test_a_referred_plan_tells_nothing_more(amina):
    plan = make.initiative(by=amina, state=State.REFERRED)
    with pytest.raises(ValidationError) as refused:
        verbs.tell(plan, by=amina, text="Hoi")
    assert refused.value.code == "conflict"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_correct_once(update, amina):
    outcomes = []

    def change(which):
        try:
            verbs.correct(Update.objects.select_related("initiative").get(pk=update.pk), by=amina,
                          text=f"Woord {which}", version=1)  # fmt: skip
            outcomes.append("done")
        except ValidationError as refused:
            outcomes.append(refused.code)

    at_once(20, change)
    assert sorted(outcomes) == ["conflict"] * 19 + ["done"]


def test_the_page_keeps_what_was_typed(client, plan, update, amina):
    client.force_login(amina)
    address = f"/mijn/{plan.public_id}/nieuws/"
    answer = client.post(
        address, {"token": uuid.uuid4(), "text": "Kijk", "upload": make.upload(b"geen foto")}
    )
    assert answer.status_code == 400
    assert "Kijk" in answer.content.decode()
    token = uuid.uuid4()
    for _ in range(2):
        assert client.post(address, {"token": token, "text": "Kijk"}).status_code == 302
    assert Update.objects.count() == 2
    verbs.correct(update, by=amina, text="Eerst dit.")
    answer = client.post(f"{address}{update.pk}/aanpassen/", {"text": "Dan dat.", "version": 1})
    assert answer.status_code == 409
    assert "Dan dat." in answer.content.decode()


def test_older_news_is_folded_until_something_about_it_went_wrong(client, plan, update, amina):
    Update.objects.bulk_create(Update(initiative=plan, text=f"Nieuws {n}", by=amina) for n in range(6))
    client.force_login(amina)
    address = f"/mijn/{plan.public_id}/nieuws/"
    shown = client.get(address).context
    assert [row["update"].pk for row in shown["older"]] == [update.pk]
    assert (len(shown["news"]), shown["older_is_open"]) == (6, False)
    refused = client.post(f"{address}{update.pk}/aanpassen/", {"text": "", "version": 1})
    assert refused.context["older_is_open"]


def test_both_doors_do_the_same(client, plan, update, amina, carla):
    address = f"/api/v1/initiatieven/{plan.reference}/nieuws"
    assert client.get(address).json()[0]["tekst"] == "De eerste sla groeit."
    client.force_login(amina)
    key = {"Idempotency-Key": str(uuid.uuid4())}
    for _ in range(2):
        made = client.post(address, {"tekst": "Kom helpen."}, content_type="application/json", headers=key)
        assert made.status_code == 201
    number = made.json()["kenmerk"]
    changed = client.patch(
        f"{address}/{number}", {"tekst": "Kom je ook?", "versie": 1}, content_type="application/json"
    )
    assert changed.json()["versie"] == 2
    client.force_login(carla)
    told = {"opDeSite": False, "reden": "Dubbel.", "versie": 2}
    hidden = client.post(f"{address}/{number}/zichtbaarheid", told, content_type="application/json")
    assert hidden.json()["opDeSite"] is False
    client.force_login(amina)
    assert client.delete(f"{address}/{number}", headers={"If-Match": "3"}).status_code == 204
    assert Update.objects.count() == 1
