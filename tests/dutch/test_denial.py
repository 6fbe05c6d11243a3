"""What a text does not want, and what it misses."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutch import words
from dutch.denial import denied


@pytest.mark.parametrize(
    ("text", "not_wanted"),
    [
        ("Geen auto's meer in de straat", "auto's straat"),
        ("Een feest zonder alcohol of drugs voor jongeren", "alcohol drugs"),
        ("Een feest zonder alcohol, voor jongeren", "alcohol"),
        ("Het is niet voor kinderen", "kinderen"),
        ("Niet voor kinderen maar voor ouderen", "kinderen"),
        ("We hoeven geen subsidie", "subsidie"),
        ("We hebben geen subsidie nodig", "subsidie nodig"),
        ("We hoeven geen subsidie, wel een zaal", "subsidie"),
        ("Wij willen geen hek en meer groen", "hek"),
        ("Liever geen vuurwerk in het park", "vuurwerk park"),
        ("Er mag geen muziek klinken", "muziek klinken"),
        ("Nooit meer zwerfafval", "zwerfafval"),
        ("We willen niet naar de sporthal in het dorp", "sporthal dorp"),
        ("Het hoeft niet duur te zijn", "duur"),
        ("Dit is niet bedoeld voor toeristen", "bedoeld toeristen"),
        ("Een tuin zonder gif. Met bijen!", "gif"),
        ("Zonder " + "of de het een van of de het een van of " + "muziek alcohol", "muziek"),
        ("Zonder " + "of de het een van of de het een van of de het " + "muziek", ""),
        ("Wij willen niet bouwen niet breken geen beton storten", "bouwen breken beton storten"),
        ("Geen honden (wel katten)", "honden"),
        ("Wij willen die grote flat niet", "flat"),
        ("Ik wil dat hek echt niet!", "hek echt"),
        ("De buren willen niet", ""),
        ("We willen een tuin, maar dat mag niet", ""),
        # missed, so wanted
        ("Er is geen speelplek in de wijk", ""),
        ("Jongeren hebben geen plek", ""),
        ("Er zijn nog geen bankjes", ""),
        ("Wie geen Nederlands spreekt", ""),
        ("Kinderen kunnen niet veilig oversteken", ""),
        # no denial
        ("Niet alleen voor kinderen", ""),
        ("Niet enkel voor ouderen", ""),
        ("Of niet?", ""),
        ("Geen", ""),
        ("Een tuin voor de buurt", ""),
        ("", ""),
    ],
)
def test_denied(text, not_wanted):
    found = list(words(text))
    assert " ".join(found[place].surface for place in sorted(denied(text, found))) == not_wanted


@pytest.mark.parametrize("junk", ["zonder ", "geen ", "wil niet ", "nooit de ", "niet voor "])
def test_the_time_grows_with_the_text_and_no_faster(junk):
    found = list(words(junk * 10_000))
    began = time.process_time()
    denied(junk * 10_000, found)
    assert time.process_time() - began < 1


@given(st.text(alphabet="geniet zonder.,voor auto"))
def test_any_text_is_read(text):
    found = list(words(text))
    assert denied(text, found) <= set(range(len(found)))
