"""docs/states.md shows the table of moves as it is."""

from pathlib import Path

import pytest
from django.conf import settings

from initiatives.models import State
from initiatives.verbs import BEFORE, NEEDS_REASON, PUBLIC, RULES

PAGE = Path(settings.BASE_DIR) / "docs" / "states.md"


def row(verb):
    """The line of a verb in the table."""
    states, who, to = RULES[verb]
    cells = [
        f"`{verb}`",
        ", ".join(state.value for state in State if state in states),
        who.__name__,
        "" if to is None else to if to == BEFORE else to.value,
        "yes" if verb in NEEDS_REASON else "",
        "yes" if verb in PUBLIC else "",
    ]
    return f"| {' | '.join(cells)} |"


@pytest.mark.parametrize("verb", RULES)
def test_the_page_has_every_verb_as_it_is(verb):
    assert row(verb) in PAGE.read_text("utf-8").splitlines()


def test_the_page_has_no_other_verbs():
    verbs = [line.split("`")[1] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    states = {state.value for state in State}
    assert [verb for verb in verbs if verb not in states] == list(RULES)
