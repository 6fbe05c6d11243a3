"""The values that travel through the matcher: what it is built from, what it is asked, what it answers.

Keys are the keys the town knows (G059, K15, P08, IF). Portfolio holders are left to the Django half: a goal
names its portfolio, the date decides who holds it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from funding.advice import FundingForm, FundingScheme, Help

EVERYWHERE = "alle"
"""The district of who works in the whole municipality."""

Vectors = NDArray[np.float32]
Encoder = Callable[[Sequence[str]], Vectors]
"""A row of numbers, always as many, for each text; the same row for the same text, from any thread."""

Unclear = Literal["", "empty", "stop_words_only", "too_short", "no_known_words"]
ContactRule = Literal["goal_owner", "deputy", "profile", "district", "front_desk"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A municipal goal in force, with its plain-language side where officials wrote one."""

    key: str
    title: str
    description: str = ""
    note: str = ""
    """The title of the policy note it comes from."""
    policy_field: str = ""
    """Code and name: "5.7 Openbaar groen en (openlucht)recreatie"."""
    portfolio: str = ""
    plain_title: str = ""
    plain_description: str = ""
    search_words: str = ""
    districts: tuple[str, ...] = ()
    """Empty means everywhere."""
    owner: str = ""
    """The key of the contact this goal belongs to; empty where nobody was named."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A civil servant who can be the one contact of an initiative."""

    key: str
    function: str
    expertise: str = ""
    districts: tuple[str, ...] = (EVERYWHERE,)
    portfolios: tuple[str, ...] = ()
    policy_fields: tuple[str, ...] = ()
    """Codes only: "5.7"."""
    available: bool = True
    """Here today, with room for one more case. Who has left for good is not in the corpus at all."""
    deputy: str = ""
    front_desk: bool = False


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that may work together with an initiative."""

    key: str
    name: str
    kind: str = ""
    districts: tuple[str, ...] = (EVERYWHERE,)
    interests: str = ""
    offers: str = ""
    open: bool = True
    """Open for cooperation; a closed one is never suggested."""


@dataclass(frozen=True, slots=True)
class Initiative:
    """An initiative that may be shown to anybody; the caller gives only those."""

    key: str
    title: str
    text: str
    district: str = ""


AT_A_TIME = 500
"""Initiatives that are held in mind together while they are read."""

Recall = Callable[[Sequence[str]], Mapping[str, Initiative]]
"""Initiatives by their keys; those that are gone are not in it."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Initiatives that somebody else keeps; there are too many to hold all texts in mind."""

    marks: Mapping[str, object]
    """Key of each → something that is not the same any more when the initiative has changed."""
    recall: Recall

    def each(self, keys: Sequence[str]) -> Iterator[Initiative]:
        """Those with these keys, in order, some at a time; one that has gone meanwhile says nothing."""
        for start in range(0, len(keys), AT_A_TIME):
            some = keys[start : start + AT_A_TIME]
            told = self.recall(some)
            yield from (told.get(key) or Initiative(key, "", "") for key in some)


@dataclass(frozen=True, slots=True)
class Learned:
    """What the verdicts about one goal taught (see learning.py)."""

    goal: str
    towards: Mapping[str, float] = field(default_factory=dict)
    """Term of plans linked to it → weight."""
    against: tuple[Mapping[str, float], ...] = ()
    """The same for each plan of which an officer said that it does not belong here."""
    added: int = 0
    confirmed: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Corpus:
    """All a matcher is built from. Empty tuples are fine: a fresh municipality answers too."""

    goals: tuple[Goal, ...] = ()
    contacts: tuple[Contact, ...] = ()
    partners: tuple[Partner, ...] = ()
    initiatives: tuple[Initiative, ...] | Archive = ()
    forms: tuple[FundingForm, ...] = ()
    schemes: tuple[FundingScheme, ...] = ()
    """Those to which one can apply today."""
    places: tuple[str, ...] = ()
    """Names of the municipality and its districts: they say where, never what."""
    learned: tuple[Learned, ...] = ()
    """What verdicts taught; empty where nothing was learned, or learning is switched off."""
    shift: float = 0.0
    """What the municipality adds to the score from which a goal fits; see matcher.py."""
    encoder: Encoder | None = None
    """Hears nearness of meaning besides all else (docs/matcher.md); None: as good as everywhere."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wants to do. Only the title and the text are needed."""

    title: str
    text: str = ""
    district: str = ""
    """The name of a district as contacts and partners carry it; empty where unknown."""
    needs: tuple[str, ...] | None = None
    """None: read them from the text. An empty tuple: nothing is needed."""
    amount: Decimal | None = None
    """Euros still asked for. None: read it from the text."""
    initiative: str = ""
    """The key of the initiative the question is about, so that it is never similar to itself."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was suggested: a sentence for people, and the words to mark on the page."""

    code: str
    """What kind of reason: words, concept, alike, profile, learned, near, offer, goal, district, rule, …"""
    sentence: str
    """Plain Dutch, ready to show."""
    words: tuple[str, ...] = ()
    """Words of the resident, exactly as written."""
    their_words: tuple[str, ...] = ()
    """Words of the goal, contact, partner or initiative, exactly as written there."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One suggestion. It never comes without a reason."""

    key: str
    score: float
    """Between 0 and 1."""
    rank: int
    """Counts from 1."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """A contact who would do as well, were the first one not there."""

    key: str
    rule: ContactRule
    score: float


@dataclass(frozen=True, slots=True)
class ContactChoice:
    """The one contact, by which rule, why, and who came next."""

    key: str
    rule: ContactRule
    reasons: tuple[Reason, ...]
    runners_up: tuple[RunnerUp, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """All the matcher has to say about one question."""

    version: str
    unclear: Unclear = ""
    """Why nothing can be said yet; then all lists are empty and the contact is the front desk."""
    goals: tuple[Candidate, ...] = ()
    """At most 10, best first; weak ones are listed too."""
    fits: bool = False
    """Is the best goal strong enough? False reads as "past bij geen doel"."""
    is_plan: bool = True
    """Does it read as a plan for others, or did somebody come for something else?"""
    contact: ContactChoice | None = None
    """None only if the corpus holds no contact at all."""
    partners: tuple[Candidate, ...] = ()
    similar: tuple[Candidate, ...] = ()
    help: tuple[Help, ...] = ()
    """Help that costs no money; comes before the forms."""
    forms: tuple[Candidate, ...] = ()
    """Only the forms that are advised."""
    schemes: tuple[Candidate, ...] = ()
    """Schemes of those forms that this plan can apply to."""
    found_needs: tuple[str, ...] = ()
    """Needs read from the text; a suggestion, never filled in silently."""
    found_amount: Decimal | None = None
    """Euros read from the text."""
    found_words: Mapping[str, str] = field(default_factory=dict)
    """Need or "amount" → the words of the resident in which it was read, exactly as written."""
