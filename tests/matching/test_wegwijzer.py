"""The wegwijzer through both doors: the same answer, friendly to whatever is typed, and fresh."""

import json
import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.urls import reverse

from contacts.models import Absence, AccountManager
from funding.models import FinancingForm, Scheme
from goals.models import Goal
from initiatives.forms import RegisterForm
from initiatives.models import Initiative
from matching import corpus, service
from matching.models import CorpusChange, Suggestion, Verdict
from matching.shapes import Question
from tests import make
from townhall.models import Municipality

pytestmark = pytest.mark.django_db
NOTED = {  # every table of which the matcher, or what is kept beside it, is made
    "contacts_absence",
    "contacts_accountmanager",
    "contacts_accountmanager_districts",
    "contacts_accountmanager_portfolios",
    "contacts_department",
    "contacts_district",
    "contacts_organisation",
    "contacts_organisation_districts",
    "contacts_portfolio",
    "contacts_portfolioholder",
    "contacts_term",
    "funding_financingform",
    "funding_scheme",
    "funding_scheme_districts",
    "goals_goal",
    "goals_goal_districts",
    "goals_goal_policy_fields",
    "goals_goalportfolio",
    "goals_policyfield",
    "goals_policynote",
    "initiatives_initiative",
    "matching_learned",
    "townhall_municipality",
}
PLAN = "Met de buurt willen we bloemen en struiken planten in de kale strook langs de weg."


@pytest.fixture
def town():
    """A tiny town where one goal is about plants and one about reading."""
    make.municipality()
    els = make.holder("Els")
    dike = make.district("Dijkzicht")
    green = make.portfolio("Groen", holder=els)
    gardener = make.manager(
        "Adviseur groen",
        key="K1",
        expertise="Planten, struiken en bomen.",
        portfolios=[green],
        email="k@v.example",
    )
    make.manager("Kernenregisseur", key="K2", expertise="Aanspreekpunt voor Dijkzicht.", districts=[dike])
    make.front_desk(key="K3")
    make.goal(
        "Meer bloemen en planten in de straat",
        key="G1",
        description="Bewoners planten bloemen en struiken in hun straat.",
        portfolio=green,
        owner=gardener,
        policy_fields=[make.policy_field()],
    )
    make.goal(
        "Kinderen lezen beter",
        key="G2",
        description="Scholen en de bibliotheek helpen kinderen met lezen.",
        policy_fields=[make.policy_field("4.3", "Onderwijsbeleid")],
    )
    make.organisation(
        "Tuinclub", key="P1", interests="Bloemen en planten", offers="Zaden en kennis van struiken"
    )
    make.organisation(
        "Dichte club", key="P2", interests="Bloemen en planten", offers="Struiken", is_open=False
    )
    make.form("Bewonersbudget", key="BB")
    make.form("Initiatievenfonds", key="IF")
    make.initiative("Bloemen op het plein", reference="IW-2026-0900", story="We planten bloemen en struiken.")
    make.initiative("Geheime bloemen", reference="IW-2026-0901", story="Bloemen en struiken.", public=False)


def ask(client, **told):
    return client.post(reverse("wegwijzer"), {"omschrijving": PLAN} | told)


def ask_api(client, **told):
    return client.post(
        "/api/v1/wegwijzer", json.dumps(told.get("body", told)), content_type="application/json"
    )


def test_both_doors_give_the_same_answer(client, town):
    answer = ask(client).context["answer"]
    body = ask_api(client, omschrijving=PLAN).json()
    assert [goal["kenmerk"] for goal in body["doelen"]] == [found.record.key for found in answer.goals]
    assert body["accounthouder"]["kenmerk"] == answer.contact.record.key
    assert [one["kenmerk"] for one in body["partners"]] == [found.record.key for found in answer.partners]
    assert body["pastBijGeenDoel"] == (not answer.fits)
    assert body["versie"] == answer.version


def test_the_answer_has_all_that_the_contract_names(client, town):
    body = ask_api(client, titel="Bloemen", omschrijving=PLAN, wijk="Dijkzicht").json()
    assert list(body) == [
        "doelen",
        "pastBijGeenDoel",
        "leestAlsPlan",
        "onduidelijk",
        "accounthouder",
        "partners",
        "vergelijkbareInitiatieven",
        "hulp",
        "financieringsvormen",
        "gevondenBehoeften",
        "directeHulp",
        "versie",
    ]
    goal = body["doelen"][0]
    assert goal["kenmerk"] == "G1"
    assert 0 < goal["score"] <= 1
    assert all(
        one["score"] == round(one["score"], 2)
        for kind in ("doelen", "partners", "vergelijkbareInitiatieven")
        for one in body[kind]
    )
    assert goal["portefeuillehouder"]["naam"] == "Els"
    assert goal["beleidsnota"]["titel"].startswith("Nota")
    assert all(
        one["redenen"] for kind in ("doelen", "partners", "vergelijkbareInitiatieven") for one in body[kind]
    )
    assert body["accounthouder"]["kenmerk"] == "K1"
    assert [one["kenmerk"] for one in body["partners"]] == ["P1"]
    assert [one["kenmerk"] for one in body["vergelijkbareInitiatieven"]] == ["IW-2026-0900"]


def test_the_title_says_what_was_found_and_the_contact_promises_no_more_than_is_so(client, town):
    page = ask(client)
    assert f"<title>{page.context['answer'].headline} - Wegwijzer" in page.text
    assert 'id="contact" tabindex="-1" role="region" aria-label="Met wie je kunt praten"' in page.text
    assert '<span class="iw-hidden">Met wie je kunt praten: </span>' in page.text
    assert "blijft je vaste contact" not in page.text
    assert "Dan hoor je snel wie je vaste contactpersoon wordt." in page.text
    assert 'href="#melden"' in page.text
    assert page.text.index("Meld dit plan") < page.text.index('id="melden"')


NO_PLAN = "Mijn paspoort is kwijt, waar haal ik een nieuw paspoort?"


def test_who_comes_for_something_else_is_told_where_to_go_and_nothing_more(client, town):
    Municipality.objects.update(phone="14 0123", email="")
    page = ask(client, omschrijving=NO_PLAN, behoeften=["plek"])
    answer, body = page.context["answer"], ask_api(client, omschrijving=NO_PLAN).json()
    assert answer.reads_as_nothing
    for part in ("doelen", "partners", "vergelijkbaar", "hulp"):
        assert f'id="{part}"' not in page.text
        assert f'href="#{part}"' not in page.text
    for name in ("partners", "vergelijkbareInitiatieven", "hulp", "financieringsvormen", "gevondenBehoeften"):
        assert body[name] == []
    assert answer.help == answer.forms == []
    assert "Wil je iets melden, aanvragen of vragen?" in page.text
    assert 'href="tel:140123"' in page.text
    assert 'id="contact"' in page.text
    assert "Meld dit plan" in page.text


def test_goals_that_come_near_stand_first_and_can_be_jumped_to(client, town):
    Municipality.objects.update(fits_shift="0.1")
    corpus.keeper.forget()
    pages = [ask(client, omschrijving=f"Samen met de buren {what}") for what in ALMOST]
    near = [page for page in pages if page.context["answer"].goals and not page.context["answer"].fits]
    assert near
    for page in near:
        assert page.context["answer"].is_plan
        assert "Doelen die in de buurt komen" in page.text
        assert page.text.index('id="doelen"') < page.text.index('id="hulp"')


def test_ways_to_pay_that_nobody_asked_for_are_folded_away(client, town):
    folded = "Is er geld nodig? Bekijk"
    unasked, asked = ask(client), ask(client, omschrijving=ASKING)
    assert folded in unasked.text
    assert [form.record.key for form in unasked.context["answer"].other_forms] == ["BB", "IF"]
    assert folded not in asked.text
    assert folded not in ask(client, behoeften=["geld"]).text


def test_nothing_is_stored(client, town):
    before = Initiative.objects.count()
    ask(client)
    ask_api(client, omschrijving=PLAN)
    assert Initiative.objects.count() == before
    assert not Suggestion.objects.exists()
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize(
    "text", ["", "   ", "de het een", "qqq xzxzx wvwvw", "hoi", "😀😀😀", "\u202eabc", "مرحبا بالعالم"]
)
def test_what_says_too_little_gets_a_friendly_way_on(client, town, text):
    page = ask(client, omschrijving=text)
    assert page.status_code == 200
    assert page.context["form"]["omschrijving"].value() == text
    if text.strip():
        assert page.context["answer"].unclear
        assert page.context["answer"].contact.record.is_front_desk
        assert "Twee of drie zinnen helpen al." in page.content.decode()
    else:
        assert "Vertel in een paar zinnen wat je wilt doen." in page.content.decode()


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"omschrijving": "a " * 5001}, "omschrijving", "Kort het in"),
        ({"omschrijving": "a\x00b"}, "omschrijving", "null"),
        ({"wijk": "atlantis"}, "wijk", "Deze wijk kennen we niet"),
        ({"behoeften": ["goud"]}, "behoeften", "kennen we niet"),
        ({"bedrag": "veel"}, "bedrag", "Schrijf een bedrag in cijfers"),
        ({"bedrag": "-5"}, "bedrag", "nul of meer"),
        ({"bedrag": "NaN"}, "bedrag", "Schrijf een bedrag in cijfers"),
        ({"titel": "x" * 151}, "titel", "Houd de naam korter"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(client, town, told, field, words):
    page = ask(client, **told)
    assert page.status_code == 200
    assert page.context["answer"] is None
    assert words.lower() in " ".join(page.context["form"].errors[field]).lower()
    assert page.context["form"][field].value() == told[field]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({}, "omschrijving"),
        ({"omschrijving": " "}, "omschrijving"),
        ({"omschrijving": PLAN, "wijk": "Atlantis"}, "wijk"),
        ({"omschrijving": PLAN, "behoeften": "geld"}, "behoeften"),
        ({"omschrijving": PLAN, "behoeften": ["goud"]}, "behoeften.0"),
        ({"omschrijving": PLAN, "bedrag": -1}, "bedrag"),
        ({"omschrijving": PLAN, "bedrag": [1]}, "bedrag"),
        ({"omschrijving": [PLAN]}, "omschrijving"),
        ({"omschrijving": PLAN, "kleur": "rood"}, "kleur"),
        ({"omschrijving": "a\x00b"}, "omschrijving"),
        ({"omschrijving": "x" * 10_001}, "omschrijving"),
    ],
)
def test_a_wrong_question_to_the_api_is_a_problem_that_names_the_field(client, town, body, name):
    answer = ask_api(client, body=body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert name in [one["name"] for one in answer.json()["invalidParams"]]


def test_all_errors_at_once(client, town):
    answer = ask_api(client, body={"titel": "x" * 151, "wijk": "Atlantis", "kleur": "rood"})
    assert {one["name"] for one in answer.json()["invalidParams"]} == {"titel", "wijk", "kleur"}


def test_the_question_narrows_by_district_and_needs(client, town):
    answer = ask(client, wijk="dijkzicht", behoeften=["geld"], bedrag="250").context["answer"]
    assert "BB" in [found.record.key for found in answer.forms]


ASKING = PLAN + " We zoeken een stukje grond en vragen 1.250,50 euro."


def readings(page):
    """{(name, value): the words} of the buttons that take over what was read."""
    found = re.search(r'<ul class="iw-picks".*?</ul>', page.text, re.S)
    button = r'<button[^>]* name="([^"]*)" value="([^"]*)".*?__label">([^<]*)<'
    buttons = re.findall(button, found[0], re.S) if found else []
    return {(name, value): words for name, value, words in buttons}


def test_what_was_read_is_offered_and_not_filled_in(client, town):
    page = ask(client, omschrijving=ASKING)
    assert readings(page) == {
        ("bedrag", "1250,50"): "Ja, klopt: Geld: € 1.250,50",
        ("behoeften", "plek"): "Ja, klopt: Een plek buiten",
    }
    assert "<q>stukje grond</q>" in page.text
    form = page.context["form"]
    assert (form["behoeften"].value(), form["bedrag"].value()) == ([], None)
    assert not {"behoeften", "bedrag"} & {name for name, _ in page.context["carried"]}


def test_what_was_taken_over_is_told_and_goes_along(client, town):
    page = ask(client, omschrijving=ASKING, behoeften=["plek"], bedrag="1250,50")
    assert readings(page) == {}
    told = dict(overnemen="ja", **lists(page.context["carried"]))
    register = client.post(reverse("initiatives:new"), told, follow=True)
    form = register.context["form"]
    sent = {name: form[name].value() for name in ("needs", "amount")}
    assert sent == {"needs": ["plek"], "amount": "1250,50"}
    written = {"title": "Tuin", "story": PLAN, "email": "a@b.example"}
    filled = RegisterForm(written | sent, user=AnonymousUser())
    filled.is_valid()
    assert filled.cleaned_data["amount"] == Decimal("1250.50")


def lists(pairs):
    """{name: [value, …]}"""
    return {name: [value for other, value in pairs if other == name] for name, _ in pairs}


def test_machines_hear_what_was_read(client, town):
    assert ask_api(client, omschrijving=ASKING).json()["gevondenBehoeften"] == [
        {"behoefte": "geld", "bedrag": "1250.50", "woorden": "1.250,50 euro"},
        {"behoefte": "plek", "bedrag": None, "woorden": "stukje grond"},
    ]


def test_more_money_than_a_form_takes_is_offered_at_neither_door(client, town):
    text = f"{PLAN} We vragen 9999999 miljoen euro subsidie."
    answer = ask_api(client, omschrijving=text)
    assert answer.status_code == 200
    assert answer.json()["gevondenBehoeften"] == [
        {"behoefte": "geld", "bedrag": None, "woorden": "subsidie"},
    ]
    assert readings(ask(client, omschrijving=text)).keys() == {("behoeften", "geld")}


def test_half_of_an_amount_can_be_taken_over_and_registered(client, town):
    text = f"{PLAN} Dat kost 1.251,25 euro en de helft is al gespaard."
    [(name, value)] = readings(ask(client, omschrijving=text))
    assert (name, value) == ("bedrag", "625,63")
    page = ask(client, omschrijving=text, bedrag=value)
    assert not page.context["form"].errors
    assert page.context["offers"] == []
    form = client.post(
        reverse("initiatives:new"), dict(page.context["carried"]) | {"overnemen": "1"}, follow=True
    ).context["form"]
    assert 'value="625,63"' in str(form["amount"])


def test_a_scheme_stands_under_its_form_at_both_doors(client, town):
    form = FinancingForm.objects.get(key="IF")
    make.scheme(
        "Groen dichtbij", key="R1", form=form, most_per_application=2500, url="https://groen.example/"
    )
    make.scheme("Voorbij", key="R2", form=form, closes_on=make.LONG_AGO)
    page = ask(client, omschrijving=ASKING)
    found = {
        one.record.key: [below.record.key for below in one.schemes] for one in page.context["answer"].forms
    }
    assert found == {"BB": [], "IF": ["R1"]}
    assert "Je vraagt € 1.250,50. Deze regeling geeft hoogstens € 2.500." in page.text
    forms = ask_api(client, omschrijving=ASKING).json()["financieringsvormen"]
    assert [one["regelingen"] for one in forms] == [
        [],
        [
            {
                "kenmerk": "R1",
                "naam": "Groen dichtbij",
                "meerLezen": "https://groen.example/",
                "redenen": ["Je vraagt € 1.250,50. Deze regeling geeft hoogstens € 2.500."],
            }
        ],
    ]


def test_a_scheme_that_closes_is_gone_with_the_next_question(client, town):
    scheme = make.scheme("Groen dichtbij", form=FinancingForm.objects.get(key="IF"))
    assert "Groen dichtbij" in ask(client, omschrijving=ASKING).text
    Scheme.objects.filter(pk=scheme.pk).update(closes_on=make.LONG_AGO)  # a trigger sees it
    corpus.keeper.looked_at = 0
    assert "Groen dichtbij" not in ask(client, omschrijving=ASKING).text


def test_a_change_of_the_town_is_seen_by_the_next_question(client, town, settings):
    assert ask(client).context["answer"].goals
    Goal.objects.filter(key="G1").update(state=Goal.State.ENDED)  # no verb, no save: a trigger sees it
    corpus.keeper.looked_at = 0
    assert "G1" not in [found.record.key for found in ask(client).context["answer"].goals]


ALMOST = ["lezen over bloemen", "een tuin met een boek", "wandelen langs struiken", "vogels kijken", "lezen"]


@pytest.mark.parametrize("shift", [-0.1, 0.0, 0.1])
def test_what_fits_nothing_is_called_perhaps(town, shift):
    """The word and the verdict come from one threshold, that of the municipality."""
    Municipality.objects.update(fits_shift=str(shift))
    corpus.keeper.forget()
    fits_from = corpus.keeper.current().matcher.fits_from
    asked = [PLAN, *(f"Samen {what}" for what in ALMOST)]
    answers = [service.advise(Question("", text)) for text in asked]
    assert all(answer.fits == (answer.fitting > 0) for answer in answers)
    found = [goal for answer in answers for goal in answer.goals]
    assert {0.15 < goal.score < 0.35 for goal in found} == {True, False}
    assert all((goal.strength == "misschien") == (goal.score < fits_from) for goal in found)


def test_an_answer_asks_the_database_two_things(client, town, django_assert_num_queries):
    assert service.advise(Question("", PLAN)).similar
    corpus.keeper.looked_at = 0
    with django_assert_num_queries(2):
        service.advise(Question("", PLAN))


def test_every_table_of_the_corpus_has_its_trigger(town):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'matching_note_change'")
        assert {table for (table,) in cursor} == NOTED
    before = CorpusChange.objects.count()
    AccountManager.objects.update(expertise="Anders")
    assert CorpusChange.objects.count() == before + 1


def test_who_is_away_is_not_proposed_while_another_exists(client, town):
    Absence.objects.create(manager=AccountManager.objects.get(key="K1"), since=make.LONG_AGO)
    assert ask(client, wijk="dijkzicht").context["answer"].contact.record.key != "K1"


def test_who_is_full_is_not_proposed_while_another_exists(client, town):
    AccountManager.objects.filter(key="K1").update(room=0)
    assert ask(client, wijk="dijkzicht").context["answer"].contact.record.key != "K1"


def test_an_empty_town_answers_too(client):
    page = ask(client)
    assert page.status_code == 200
    assert page.context["answer"].contact is None
    assert ask_api(client, omschrijving=PLAN).json()["accounthouder"] is None


def test_too_many_questions_are_told_to_wait_and_keep_their_text(client, town, settings):
    settings.LIMITS = settings.LIMITS | {"wegwijzer": (1, 60)}
    ask(client)
    page = ask(client)
    assert page.status_code == 429
    assert PLAN in page.content.decode()
    answer = ask_api(client, omschrijving=PLAN)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60


def test_suggestions_are_stored_with_reasons_and_version_and_verdicts_stay(town):
    plan = make.initiative("Bloemen", story=PLAN)
    service.suggest(plan)
    goal = plan.suggestions.get(goal__key="G1")
    assert goal.reasons[0]["sentence"]
    assert goal.version == service.advise(service.question_of(plan)).version
    kinds = {
        name
        for one in plan.suggestions.all()
        for name in ("goal", "manager", "organisation", "similar")
        if getattr(one, name)
    }
    assert kinds == {"goal", "manager", "organisation", "similar"}
    goal.verdict, goal.on = Verdict.REJECTED, plan.submitted_at
    goal.save()
    service.suggest(plan)
    assert plan.suggestions.get(goal__key="G1").verdict == Verdict.REJECTED


def test_words_we_do_not_know_are_no_dead_end(client):
    page = client.post("/wegwijzer/", {"omschrijving": "xqz wvy"}).text
    assert "Liever meteen je plan melden?" in page
    assert '<input type="hidden" name="omschrijving" value="xqz wvy">' in page
