"""The sentences officers begin with: they come along, the municipality words them, and can go back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from desk import verbs
from desk.models import BLANK, BLANKS, ReplyTemplate
from desk.page import STEP_WORDS
from desk.sentences import BUILT_IN
from initiatives.verbs import STEPS

pytestmark = pytest.mark.django_db
PAGE = "/beheer/antwoordzinnen/"


def test_every_step_has_a_sentence_that_can_be_filled_in():
    assert {one.verb for one in BUILT_IN.values()} == set(STEPS) & set(STEP_WORDS)
    assert {name for one in BUILT_IN.values() for name in BLANK.findall(one.body)} <= set(BLANKS)
    verbs.lay_out_sentences()
    for one in ReplyTemplate.objects.all():
        one.full_clean()
        assert one.is_as_it_came()


def test_what_the_municipality_worded_stays():
    mine = ReplyTemplate.objects.create(key="welkom", title="Dag", verb="begin_dialogue", body="Ja!")
    verbs.lay_out_sentences()
    verbs.lay_out_sentences()
    assert list(ReplyTemplate.objects.filter(verb="begin_dialogue")) == [mine]
    assert ReplyTemplate.objects.filter(verb="start").count() == 1


def test_a_manager_words_a_sentence_and_puts_it_back(client, mo):
    verbs.lay_out_sentences()
    client.force_login(mo)
    form = client.get(f"{PAGE}beginnen/").context["form"]
    sent = {field.html_name: field.value() for field in form} | {"body": "Ja, begin maar, [kenmerk]."}
    client.post(f"{PAGE}beginnen/", sent)
    one = ReplyTemplate.objects.get(key="beginnen")
    assert one.body == "Ja, begin maar, [kenmerk]."
    page = client.get(f"{PAGE}beginnen/").text
    assert "Zet de eerste woorden terug" in page
    client.post(f"{PAGE}beginnen/terugzetten/", {"version": one.version})
    one.refresh_from_db()
    assert one.is_as_it_came()
    assert "Ja, begin maar, [kenmerk]." in client.get(f"{PAGE}beginnen/").text  # in the history
    assert "Zet de eerste woorden terug" not in client.get(f"{PAGE}beginnen/").text


def test_a_sentence_of_ones_own_is_offered_and_one_out_of_use_is_not(mo):
    told = {"title": "Kom langs", "verb": "start", "body": "Ja, kom langs."}
    mine = verbs.create_sentence(by=mo, **told)
    assert mine.key == "Z01"
    assert ReplyTemplate.objects.for_verbs({"start"}) == {"start": [mine]}
    verbs.change_sentence(mine, by=mo, version=1, is_used=False)
    assert ReplyTemplate.objects.for_verbs({"start"}) == {}


def test_a_blank_that_nobody_can_fill_in_is_refused(mo, carla):
    with pytest.raises(ValidationError, match="wethouder"):
        verbs.create_sentence(by=mo, title="X", verb="start", body="Bel [wethouder].")
    with pytest.raises(PermissionDenied):
        verbs.create_sentence(by=carla, title="X", verb="start", body="Ja.")
