"""Telling plans from what people type for other reasons: sales, reports, questions for the counter."""

import pytest

from matching import intent
from matching.intent import READS_AS_A_PLAN, SAYS, cues, exam, likely_a_plan


@pytest.mark.parametrize(
    "text",
    [
        "Wij willen met de straat bollen planten langs de sloot.",
        "Ik wil een moestuin beginnen",
        "Mijn man is overleden. Ik wil iets opzetten voor mensen die dat ook meemaken, in het buurthuis.",
        "De speeltuin is al weken kapot. Wij ouders willen hem zelf opknappen met de kinderen.",
    ],
)
def test_a_plan_reads_as_a_plan(text):
    assert likely_a_plan(text) > READS_AS_A_PLAN


@pytest.mark.parametrize(
    "text",
    [
        "Te koop: eettafel met vier stoelen, vraagprijs 80 euro, ophalen in Noord",
        "Hoe kan ik mijn paspoort verlengen en wat kost dat?",
        "Er ligt al weken een kapotte koelkast naast de container, wanneer komen jullie die halen",
        "Mijn laptop is traag en ik ben mijn wachtwoord kwijt",
        "Mijn kat is sinds gisteren weggelopen, wie heeft hem gezien? Hij is gechipt.",
    ],
)
def test_something_else_does_not(text):
    assert likely_a_plan(text) < READS_AS_A_PLAN


def test_a_text_without_cues_gets_the_benefit_of_the_doubt():
    assert likely_a_plan("rouwcafé") > READS_AS_A_PLAN
    assert likely_a_plan("") > READS_AS_A_PLAN


def test_every_kind_of_cue_has_a_worth_and_every_cue_one_kind():
    listed = list(intent.listed())
    assert {kind for _cue, kind in listed} == set(SAYS)
    known = [cue for cue, _kind in listed]
    assert sorted(known) == sorted(set(known))
    assert not [cue for cue in known if cue.endswith("*") and " " in cue]


def test_beginnings_and_phrases_are_found_where_they_stand():
    assert cues("Vrijwilligers doen het met elkaar, voor de buurt") == {"together": 2, "others": 1}
    assert cues("met de elkaar") == {}


def test_the_exam_is_passed():
    plans = [likely_a_plan(text) for _kind, text in exam("plans")]
    others = [likely_a_plan(text) for _kind, text in exam("others")]
    assert len(plans) == len(others) == 260
    better = sum((plan > other) + (plan == other) / 2 for plan in plans for other in others)
    assert better / (len(plans) * len(others)) > 0.92
    assert sum(chance >= READS_AS_A_PLAN for chance in plans) / len(plans) > 0.9
    assert sum(chance < READS_AS_A_PLAN for chance in others) / len(others) > 0.45


def test_a_very_long_text_is_read_no_further_than_the_matcher_reads(monkeypatch):
    assert likely_a_plan("te koop " * 100_000) == likely_a_plan("te koop " * 50_000)
