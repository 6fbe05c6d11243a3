"""From text to initiative, through the pages: nothing is lost, nothing is made twice, nobody else gets in."""

import email
import re
import uuid

import pytest
from django.urls import reverse

from accounts.models import User
from initiatives.models import Initiative, State
from tests import make
from townhall.models import OutboxMessage

PLAN = {"title": "Een bankje", "story": "Met de buurt willen we een bankje bij de vijver."}
pytestmark = pytest.mark.django_db


def typed(**extra):
    return PLAN | {"token": str(uuid.uuid4())} | extra


def code_for(address):
    """The code in the newest mail to an address."""
    mail = OutboxMessage.objects.filter(kind="mail", payload__to=address).latest("created_at")
    message = email.message_from_bytes(bytes(mail.body))
    text = message.get_payload(decode=True).decode()
    return re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", text).group()


def test_what_was_typed_in_the_wegwijzer_is_already_there(client):
    make.district("Sluiswijk")
    page = client.post(
        reverse("initiatives:new"),
        {
            "overnemen": "ja",
            "titel": "Bankje",
            "omschrijving": "Bij de vijver",
            "wijk": "sluiswijk",
            "behoeften": ["geld", "plek"],
            "bedrag": "300",
        },
    )
    form = page.context["form"]
    assert {name: form[name].value() for name in ("title", "story", "district", "needs", "amount")} == {
        "title": "Bankje",
        "story": "Bij de vijver",
        "district": "sluiswijk",
        "needs": ["geld", "plek"],
        "amount": "300",
    }
    assert not form.errors


def test_from_text_to_receipt_by_a_code(client):
    make.front_desk()
    sent = client.post(reverse("initiatives:new"), typed(email="Nieuw@Voorbeeld.example"))
    plan = Initiative.objects.get()
    concept = reverse("initiatives:concept", args=[plan.public_id])
    assert sent.url == f"{reverse('account_confirm_login_code')}?next={concept.replace('/', '%2F')}"
    assert client.get(concept).status_code == 302  # not before the code
    done = client.post(sent.url, {"code": code_for("nieuw@voorbeeld.example")})
    assert done.url == concept
    page = client.get(concept)
    values = page.context["form"].initial | {"verstuur": "ja", "summary": "", "district": "", "amount": ""}
    received = client.post(concept, values)
    assert received.url == reverse("initiatives:receipt", args=[plan.public_id])
    plan.refresh_from_db()
    assert plan.state == State.SUBMITTED
    assert plan.reference in client.get(received.url).content.decode()
    assert OutboxMessage.objects.filter(kind="mail", payload__to="nieuw@voorbeeld.example").count() == 2


def test_sending_the_same_form_twice_makes_one_concept(client, amina):
    client.force_login(amina)
    form = typed()
    addresses = {client.post(reverse("initiatives:new"), form).url for _ in range(3)}
    plan = Initiative.objects.get()
    assert addresses == {reverse("initiatives:concept", args=[plan.public_id])}


def test_submitting_twice_shows_the_receipt_twice(client, amina):
    make.front_desk()
    client.force_login(amina)
    plan = make.initiative(by=amina, state=State.DRAFT)
    concept = reverse("initiatives:concept", args=[plan.public_id])
    values = client.get(concept).context["form"].initial | {"verstuur": "ja", "district": "", "amount": ""}
    answers = [client.post(concept, values).url for _ in range(2)]
    assert answers == [reverse("initiatives:receipt", args=[plan.public_id])] * 2
    assert Initiative.objects.filter(state=State.SUBMITTED).count() == 1


def test_known_and_unknown_addresses_are_answered_alike(client, amina):
    known = client.post(reverse("initiatives:new"), typed(email=amina.email))
    unknown = client.post(reverse("initiatives:new"), typed(email="onbekend@voorbeeld.example"))
    strip = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
    assert (known.status_code, strip.sub("", known.url)) == (unknown.status_code, strip.sub("", unknown.url))


def test_a_form_can_make_nobody_more_than_a_resident(client):
    client.post(
        reverse("initiatives:new"), typed(email="slim@voorbeeld.example", role="manager", is_active="1")
    )
    assert User.objects.get(email="slim@voorbeeld.example").role == "resident"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "Geef je plan een naam"),
        ({"story": "  "}, "Vertel in een paar zinnen"),
        ({"email": ""}, "Vul je e-mailadres in"),
        ({"email": "amina apenstaart"}, "Dit is geen e-mailadres"),
        ({"story": "x" * 10_001}, "Kort het in"),
        ({"token": "stuk"}, "Verstuur het formulier nog een keer"),
        ({"title": "a\x00b"}, "Null"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, change, words):
    sent = typed(email="amina@voorbeeld.example") | change
    page = client.post(reverse("initiatives:new"), sent)
    assert page.status_code == 200
    assert words.lower() in page.content.decode().lower()
    form = page.context["form"]
    assert {name: form[name].value() for name in ("title", "story", "email")} == {
        name: sent[name] for name in ("title", "story", "email")
    }
    assert not Initiative.objects.exists()


def test_a_concept_exists_for_nobody_else(client, amina, bram, carla, mo):
    plan = make.initiative(by=amina, state=State.DRAFT)
    for other in (bram, carla, mo):
        client.force_login(other)
        for name in ("concept", "receipt"):
            assert client.get(reverse(f"initiatives:{name}", args=[plan.public_id])).status_code == 404


def test_an_edit_in_an_old_tab_is_told_and_keeps_what_was_typed(client, amina):
    client.force_login(amina)
    plan = make.initiative(by=amina, state=State.DRAFT)
    concept = reverse("initiatives:concept", args=[plan.public_id])
    old = client.get(concept).context["form"].initial | {"district": "", "amount": ""}
    client.post(concept, old | {"title": "Eerste"})
    page = client.post(concept, old | {"title": "Tweede"})
    assert page.status_code == 409
    assert page.context["form"]["title"].value() == "Tweede"
    assert "Iemand anders" in page.content.decode() or "ander" in page.content.decode()
    assert Initiative.objects.get().title == "Eerste"


def test_too_many_plans_from_one_address_are_asked_to_wait(client, settings):
    settings.LIMITS = settings.LIMITS | {"register": (1, 3600)}
    client.post(reverse("initiatives:new"), typed(email="een@voorbeeld.example"))
    page = client.post(reverse("initiatives:new"), typed(email="twee@voorbeeld.example"))
    assert page.status_code == 429
    assert PLAN["story"] in page.content.decode()
