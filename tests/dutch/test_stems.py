"""Forms of one word share a stem, other words do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutch.fold import fold
from dutch.forms import base
from dutch.stems import stems
from dutch.wordlists import word_forms, word_list

TOGETHER = """
kind kinderen kindje
lid leden
raadslid raadsleden
stad steden
binnenstad binnensteden
schip schepen
woonschip woonschepen
ei eieren
weg wegen
snelweg snelwegen
dag dagen
feestdag feestdagen
blad bladeren
glas glazen
koe koeien
buur buren
timmerman timmerlieden
foto foto's fotootje
luchtfoto luchtfoto's
auto auto's autootje
deelauto deelauto's
baby baby's babytje
café cafés cafeetje
idee ideeën
moskee moskeeën
bacterie bacteriën
museum musea
podium podia
politicus politici
veiligheid veiligheden
creatief creatieve
leraar leraren
grijs grijze
lief lieve
werkloos werkloze werklozen
zwaar zware zwaarder
hoog hoge hoger hoogste
groen groene groener
jongeren jongere
ouderen oudere
man mannen
zoeken zoekt zocht zochten gezocht
brengen brengt bracht gebracht
helpen helpt hielp geholpen
lopen loopt liep lopend gelopen
schrijven schrijft schreef geschreven
nemen neemt nam genomen
wonen woont woonde gewoond
verhuizen verhuist verhuisd verhuisde
wandelen wandelt wandelde gewandeld
repareren repareert gerepareerd
bellen belt gebeld
verven verft geverfd
vergroenen vergroent vergroend
opruimen opgeruimd opruimt
schoonmaken schoongemaakt
spelen speelt spel spelletjes
roken rookt gerookt rook
planten plant geplant
dementie dementerende
"""
APART = """
zoon gezond zone
openbaar open
nieuws nieuw
afval afvallen
bijen bij
ouderen ouders
boom bom
kopen kop
geplant plan
beleid begeleiden
veilig veiling
paard paar
wijk week
sloop sluipen
rook ruiken
voer varen
zagen zien
sloten slot
lening lenen
racen racisme
overheid over
bekende beken
loods lood
gedicht dichten
gilde gillen
lift living
legenden leeg
stal stelen
"""


def lines(text):
    return [line.split() for line in text.split("\n") if line]


def meet(one, other):
    return not set(stems(fold(one))).isdisjoint(stems(fold(other)))


@pytest.mark.parametrize("family", lines(TOGETHER), ids=" ".join)
def test_forms_of_one_word_meet(family):
    first, *others = family
    assert [other for other in others if not meet(first, other)] == []


@pytest.mark.parametrize("strangers", lines(APART), ids=" ".join)
def test_words_that_only_look_alike_stay_apart(strangers):
    first, *others = strangers
    assert [other for other in others if meet(first, other)] == []


@pytest.mark.parametrize("name", ["forms", "verbs"])
def test_no_form_belongs_to_two_bases(name):
    forms = [form for _base, forms in word_forms(name) for form in forms]
    assert sorted(form for form in set(forms) if forms.count(form) > 1) == []


def test_a_base_is_no_form_of_something_else():
    bases = {base for name in ("forms", "verbs") for base, _forms in word_forms(name)}
    assert {one: base(one) for one in bases if base(one) != one} == {}


def test_every_base_shares_a_stem_with_its_forms():
    listed = [pair for name in ("forms", "verbs") for pair in word_forms(name)]
    own = word_list("own-stems")
    strays = [
        (word, form)
        for word, forms in listed
        for form in (form.removeprefix("-") for form in forms)
        if form not in own and set(stems(word)).isdisjoint(stems(form))
    ]
    assert strays == []


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=60))
def test_any_word_has_one_or_two_stems(word):
    assert 1 <= len(stems(word)) <= 2
    assert all(stems(word))
