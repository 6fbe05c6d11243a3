"""From text to initiative, through the pages: nothing is lost, nothing is made twice, nobody else gets in."""

import email
import re
import time
import uuid
from decimal import Decimal

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.models import User
from initiatives import verbs
from initiatives.forms import PlanForm
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
        follow=True,
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


def begin(client, **typed):
    """The address of the form, after the button of the wegwijzer."""
    told = {"overnemen": "ja", "titel": "Bankje", "omschrijving": "Bij de vijver", "behoeften": "geld"}
    return client.post(reverse("initiatives:new"), told | typed).url


def values(page):
    return {name: page.context["form"][name].value() for name in ("title", "story", "needs")}


def test_back_from_the_code_shows_what_was_typed(client):
    """A page that answers a POST can't be shown again by "back"; this one is asked for."""
    form = begin(client)
    page = client.get(form)
    assert f'action="{form}"' in page.text
    sent = {"title": "Een bank", "story": "Groen.", "needs": ["geld"], "email": "amina@voorbeeld.example"}
    client.post(form, sent | {"token": str(uuid.uuid4())})
    back = client.get(form)
    assert back.status_code == 200
    del sent["email"]  # the next at this computer may read along
    assert values(back) == sent
    assert back.context["form"]["email"].value() is None
    assert "no-store" in back["Cache-Control"]


def test_back_after_the_code_leads_to_the_concept_and_the_text_is_kept_no_longer(client):
    form = begin(client)
    code = client.post(form, typed(email="nieuw@voorbeeld.example")).url
    concept = client.post(code, {"code": code_for("nieuw@voorbeeld.example")}).url
    assert client.get(form).url == concept
    client.get(concept)
    assert PLAN["story"] not in str(dict(client.session))
    assert client.session.get_expiry_age() > 24 * 3600  # who is signed in stays so


def test_what_was_begun_is_for_this_browser_and_this_hour_only(client):
    form = begin(client)
    nothing = {"title": None, "story": None, "needs": None}
    assert values(Client().get(form)) == values(client.get(reverse("initiatives:new"))) == nothing
    assert values(client.get(form))["title"] == "Bankje"
    with time_machine.travel(time.time() + 3601):
        assert values(client.get(form)) == nothing


def test_who_signs_in_finds_nothing_that_others_began_in_this_browser(client):
    other, form = begin(client, titel="Van een ander"), begin(client)
    code = client.post(form, typed(email="nieuw@voorbeeld.example")).url
    concept = client.post(code, {"code": code_for("nieuw@voorbeeld.example")}).url
    assert "Van een ander" not in str(dict(client.session))
    assert values(client.get(other))["title"] is None
    assert client.get(form).url == concept


def test_what_is_older_than_an_hour_goes_at_the_next_look(client):
    begin(client, titel="Van een ander")
    with time_machine.travel(time.time() + 3500):
        begin(client)
    with time_machine.travel(time.time() + 3601):
        client.get(reverse("initiatives:new"))
        assert "Van een ander" not in str(dict(client.session))
        assert "Bankje" in str(dict(client.session))


def test_visitors_without_a_cookie_do_not_fill_the_table_of_sessions(client, settings):
    settings.LIMITS = settings.LIMITS | {"begin": (2, 600)}
    told = {"overnemen": "ja", "titel": "Bankje", "omschrijving": "Bij de vijver", "behoeften": "geld"}
    answers = [Client().post(reverse("initiatives:new"), told) for _number in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 200, 200]
    assert values(answers[-1]) == {"title": "Bankje", "story": "Bij de vijver", "needs": ["geld"]}
    assert Session.objects.count() == 2


def test_little_is_kept_of_much(client):
    forms = [begin(client, titel=f"Plan {number}", omschrijving="x" * 50_000) for number in range(5)]
    assert [values(client.get(form))["title"] for form in forms] == [None, None, "Plan 2", "Plan 3", "Plan 4"]
    assert len(values(client.get(forms[-1]))["story"]) == 10_000


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


def test_after_being_told_an_old_tab_can_send_what_it_holds(client, amina):
    make.front_desk()
    client.force_login(amina)
    plan = make.initiative(by=amina, state=State.DRAFT)
    concept = reverse("initiatives:concept", args=[plan.public_id])
    old = client.get(concept).context["form"].initial | {"district": "", "amount": ""}
    client.post(concept, old | {"title": "Eerste"})
    told = client.post(concept, old | {"title": "Tweede", "verstuur": "ja"})
    assert "Intussen is je plan veranderd" in told.content.decode()
    assert "Eerste" in told.content.decode()
    again = {field.name: field.value() for field in told.context["form"] if field.value()}
    assert client.post(concept, again | {"verstuur": "ja"}).url.endswith("/ontvangen/")
    assert Initiative.objects.get().title == "Tweede"


def test_words_of_a_tab_that_came_after_the_sending_are_kept(client, amina):
    make.front_desk()
    client.force_login(amina)
    plan = make.initiative(by=amina, state=State.DRAFT)
    concept = reverse("initiatives:concept", args=[plan.public_id])
    old = client.get(concept).context["form"].initial | {"district": "", "amount": "", "verstuur": "ja"}
    client.post(concept, old)
    page = client.post(concept, old | {"title": "Uit het andere tabblad"})
    assert page.status_code == 409
    assert "Je plan is al verstuurd" in page.content.decode()
    again = {field.name: field.value() for field in page.context["form"] if field.value()}
    assert again["title"] == "Uit het andere tabblad"
    client.post(reverse("overview:edit", args=[plan.public_id]), again)
    assert Initiative.objects.get().title == "Uit het andere tabblad"


def test_back_after_sending_leads_to_the_receipt(client, amina):
    make.front_desk()
    client.force_login(amina)
    plan = make.initiative(by=amina, state=State.SUBMITTED)
    answer = client.get(reverse("initiatives:concept", args=[plan.public_id]))
    assert answer.url == reverse("initiatives:receipt", args=[plan.public_id])
    assert "no-store" in answer["Cache-Control"]  # "back" asks the server, and sees no form to send again


def test_the_second_of_two_clicks_at_the_very_same_moment_gets_the_receipt(client, amina, monkeypatch):
    """It read the plan while it was a concept; the first click was done in between."""
    make.front_desk()
    client.force_login(amina)
    plan = make.initiative(by=amina, state=State.DRAFT)
    concept = reverse("initiatives:concept", args=[plan.public_id])
    sent = client.get(concept).context["form"].initial | {"district": "", "amount": "", "verstuur": "ja"}
    real, first = verbs.edit, []

    def edit(found, **told):
        if not first:
            first.append(True)
            client.post(concept, sent)
        return real(found, **told)

    monkeypatch.setattr(verbs, "edit", edit)
    assert client.post(concept, sent).url == reverse("initiatives:receipt", args=[plan.public_id])
    assert Initiative.objects.get().state == State.SUBMITTED


# The code ------------------------------------------------------------------------------------------------
def test_a_code_that_came_too_late_leads_back_to_the_concept_by_a_new_one(client):
    make.front_desk()
    code = client.post(reverse("initiatives:new"), typed(email="laat@voorbeeld.example")).url
    plan = Initiative.objects.get()
    with time_machine.travel(time.time() + 601):
        late = client.post(code, {"code": code_for("laat@voorbeeld.example")}, follow=True)
        assert "Je code is verlopen" in late.content.decode()
        again = client.post(reverse("account_login"), {"email": "laat@voorbeeld.example"})
        done = client.post(again.url, {"code": code_for("laat@voorbeeld.example")}, follow=True)
        assert done.status_code == 200
        mine = client.get(reverse("overview:mine"))
    assert reverse("initiatives:concept", args=[plan.public_id]) in mine.content.decode()


def test_a_code_for_another_address_opens_nothing(client):
    """Two plans from one browser: the code of the first address says nothing about the second."""
    client.post(reverse("initiatives:new"), typed(email="een@voorbeeld.example"))
    second = client.post(reverse("initiatives:new"), typed(email="twee@voorbeeld.example")).url
    page = client.post(second, {"code": code_for("een@voorbeeld.example")})
    assert "Deze code klopt niet" in page.content.decode()
    for plan in Initiative.objects.all():
        assert client.get(reverse("initiatives:concept", args=[plan.public_id])).status_code == 302
    done = client.post(second, {"code": code_for("twee@voorbeeld.example")})
    concept = client.get(done.url)
    assert concept.status_code == 200
    first = Initiative.objects.get(participants__user__email="een@voorbeeld.example")
    assert client.get(reverse("initiatives:concept", args=[first.public_id])).status_code == 404


def test_a_code_that_was_used_says_so_kindly(client):
    code = client.post(reverse("initiatives:new"), typed(email="een@voorbeeld.example")).url
    used = code_for("een@voorbeeld.example")
    client.post(code, {"code": used})
    again = client.post(code, {"code": used}, follow=True)  # a second click, or "back"
    assert again.status_code == 200
    assert again.redirect_chain


def test_too_many_plans_from_one_address_are_asked_to_wait(client, settings):
    settings.LIMITS = settings.LIMITS | {"register": (1, 3600)}
    client.post(reverse("initiatives:new"), typed(email="een@voorbeeld.example"))
    page = client.post(reverse("initiatives:new"), typed(email="twee@voorbeeld.example"))
    assert page.status_code == 429
    assert PLAN["story"] in page.content.decode()


def test_nobodys_mailbox_is_filled_with_codes(client, amina):
    pages = [client.post(reverse("initiatives:new"), typed(email=amina.email.upper())) for _ in range(5)]
    assert [page.status_code for page in pages] == [302, 302, 302, 429, 429]
    assert PLAN["story"] in pages[-1].content.decode()
    assert (OutboxMessage.objects.count(), Initiative.objects.count()) == (3, 3)


def test_back_to_mend_a_wrong_address_keeps_the_plan_of_the_right_one(client):
    form = typed(email="mis@voorbeeld.example")
    client.post(reverse("initiatives:new"), form)
    code = client.post(reverse("initiatives:new"), form | {"email": "goed@voorbeeld.example"}).url
    done = client.post(code, {"code": code_for("goed@voorbeeld.example")})
    assert client.get(done.url).context["form"]["story"].value() == PLAN["story"]


def test_a_concept_can_be_thrown_away_and_what_was_sent_cannot(client, amina):
    make.front_desk()
    client.force_login(amina)
    concept = make.initiative("Toch niet", state=State.DRAFT, by=amina)
    address = reverse("initiatives:concept", args=[concept.public_id])
    assert "Gooi dit concept weg" in client.get(address).text
    answer = client.post(address, {"weggooien": "ja"}, follow=True)
    assert "Je concept is weg." in answer.text
    assert not Initiative.objects.filter(pk=concept.pk).exists()
    sent = make.initiative("Verstuurd", state=State.SUBMITTED, by=amina)
    client.post(reverse("initiatives:concept", args=[sent.public_id]), {"weggooien": "ja"})
    assert Initiative.objects.filter(pk=sent.pk).exists()


def test_registering_mails_no_more_codes_to_a_mailbox_than_signing_in(client, amina):
    pages = [client.post(reverse("initiatives:new"), typed(email=amina.email)) for _number in range(4)]
    assert [page.status_code for page in pages] == [302, 302, 302, 429]
    assert "te vaak" in pages[-1].text
    assert PLAN["story"] in pages[-1].text


def test_who_typed_a_wrong_address_gets_the_form_back_with_everything_in_it(client):
    new, told = reverse("initiatives:new"), PLAN | {"email": "amnia@voorbeeld.example"}
    asks = client.post(new, told | {"token": str(uuid.uuid4())}).url
    other = re.search(r'href="([^"]*[?]concept=[^"]*)"', client.get(asks).text)[1]
    given = client.get(other).context["form"]
    assert {name: given[name].value() for name in told} == told
    assert PLAN["title"] not in Client().get(other).text  # it is for this browser only
    assert "Je plan is niet weg" in client.get(reverse("account_login")).text  # after too many wrong codes
    with time_machine.travel(time.time() + 2 * 3600):
        assert PLAN["title"] not in client.get(other).text  # nor for the next person behind it
    client.post(reverse("account_login"), {"email": "amina@voorbeeld.example"})
    assert PLAN["title"] not in client.get(other).text


def test_in_a_town_without_a_front_desk_the_concept_stays_and_the_page_says_why(client, amina):
    plan = make.initiative("Een bankje", by=amina, state=State.DRAFT)
    client.force_login(amina)
    address = reverse("initiatives:concept", args=[plan.public_id])
    sent = {"title": "Een bank", "story": "Groot.", "submitted_by": "person", "version": 1, "verstuur": "ja"}
    page = client.post(address, sent)
    assert page.status_code == 409
    assert "de gemeente heeft nog geen loket" in page.text
    assert "Verstuur mijn plan" in page.text
    assert "al verstuurd" not in page.text
    assert "Intussen is je plan veranderd" not in page.text
    plan.refresh_from_db()
    assert (plan.state, plan.title) == (State.DRAFT, "Een bank")


ASKING = {"title": "Moestuin", "story": "We zoeken een stukje grond en vragen 1.500 euro."}


def concept_of(person):
    """The concept, and what its form sends when nothing was touched."""
    plan = verbs.register(by=person, **ASKING)
    form = PlanForm.of(plan)
    sent = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [], False)
    }
    return plan, reverse("initiatives:concept", args=[plan.public_id]), sent


def asked_for(plan):
    return dict(plan.needs.values_list("kind", "amount"))


def test_what_a_plan_seems_to_ask_is_offered_and_never_filled_in(client, amina):
    client.force_login(amina)
    plan, concept, sent = concept_of(amina)
    page = client.get(concept)
    assert [(offer.need, offer.words) for offer in page.context["form"].found] == [
        ("geld", "1.500 euro"),
        ("plek", "stukje grond"),
    ]
    assert "<q>stukje grond</q>" in page.text
    client.post(concept, sent)
    assert asked_for(plan) == {}


def test_words_that_are_refused_are_not_read(client, amina):
    client.force_login(amina)
    _, concept, sent = concept_of(amina)
    refused = client.post(concept, sent | {"story": "We vragen 1.500 euro. " * 1000})
    assert refused.context["form"].errors.keys() == {"story"}
    assert refused.context["form"].found == []
    other = client.post(concept, sent | {"title": ""})
    assert [offer.need for offer in other.context["form"].found] == ["geld", "plek"]
    assert other.context["form"].found is other.context["form"].found


def test_an_offer_that_was_ticked_is_kept_and_offered_no_more(client, amina):
    client.force_login(amina)
    plan, concept, sent = concept_of(amina)
    client.post(concept, sent | {"needs": ["plek"], "found_amount": "1500"})
    assert asked_for(plan) == {"plek": None, "geld": 1500}
    assert client.get(concept).context["form"].found == []


def test_half_of_an_amount_is_offered_as_a_form_takes_it(client, amina):
    client.force_login(amina)
    plan = verbs.register(by=amina, title="Tuin", story="Het kost 1.251,25 euro en de helft is al gespaard.")
    concept = reverse("initiatives:concept", args=[plan.public_id])
    page = client.get(concept)
    assert 'name="found_amount" value="625,63"' in page.text
    sent = {name: value for name, value in page.context["form"].initial.items() if value not in (None, False)}
    client.post(concept, sent | {"found_amount": "625,63"})
    assert asked_for(plan) == {"geld": Decimal("625.63")}
    page = client.get(concept)
    assert page.context["form"].found == []
    assert 'value="625,63"' in str(page.context["form"]["amount"])


def test_an_amount_that_was_typed_wins_from_the_one_that_was_read(client, amina):
    client.force_login(amina)
    plan, concept, sent = concept_of(amina)
    client.post(concept, sent | {"amount": "900", "found_amount": "1500"})
    assert asked_for(plan) == {"geld": 900}


def test_an_offer_that_was_tampered_with_is_told_at_the_amount(client, amina):
    client.force_login(amina)
    plan, concept, sent = concept_of(amina)
    page = client.post(concept, sent | {"found_amount": "veel"})
    assert page.context["form"].errors.keys() == {"amount"}
    assert asked_for(plan) == {}
