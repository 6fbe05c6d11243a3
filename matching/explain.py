"""Why two texts belong together, in a sentence that quotes both."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from dutch.fold import fold_word
from matching.index import DIGITS, Rarities, Rarity
from matching.meaning import civic
from matching.ranking import Probe, ProfileChannel
from matching.reading import Reading, letter_groups
from matching.shapes import Reason

MOST_QUOTED = 3
QUOTED_FROM = 0.3
"""Words that prove less than this share of what the best word proves are not worth mentioning."""
PROVES_FROM = 1.0
"""The least a word must prove; below are those that half of all texts use."""
ALIKE_FROM = 6
"""Letters that two unlike words must both begin with before we say that they look alike."""
MOST_OF = 0.7
"""And the part of the shorter word that those letters must be."""
MOST_OFTEN = 2.0
"""A term may not win from rarer ones by being repeated in the other text."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Words of the resident, and the words of the other text that they met; best first, never empty."""

    words: tuple[str, ...]
    theirs: tuple[str, ...]


def meeting(question: Reading, other: Reading, rarity: Rarity) -> Meeting | None:
    """The words behind the strongest shared terms, or None where the two share none worth naming."""
    worth = {
        term: rarity.of(term) * weight * min(other.terms[term], MOST_OFTEN)
        for term, weight in question.terms.items()
        if term in other.terms and question.sources[term] not in question.unwanted
    }
    least = max(PROVES_FROM, QUOTED_FROM * max(worth.values(), default=0.0))
    pairs: dict[str, str] = {}
    for term in sorted(worth, key=lambda term: (-worth[term], term)):
        if worth[term] >= least:
            pairs.setdefault(question.sources[term], other.sources[term])
    best = list(pairs.items())[:MOST_QUOTED]
    theirs = dict.fromkeys(word for _, word in best)
    if not best:
        return None
    return Meeting(
        tuple(question.surfaces[ours] for ours, _ in best), tuple(map(other.surfaces.__getitem__, theirs))
    )


def look_alike(question: Reading, other: Reading) -> Meeting | None:
    """The two words with the most letters in a row in common, or None where no two have enough."""
    by_group = _by_group(frozenset(other.content))
    alike = [
        (-_common_beginning(folded, candidate), folded, candidate)
        for folded in question.content.keys() - question.unwanted
        for candidate in sorted({word for group in letter_groups(folded) for word in by_group.get(group, ())})
    ]
    common, ours, theirs = min(alike, default=(0, "", ""))
    return Meeting((question.surfaces[ours],), (other.surfaces[theirs],)) if -common >= ALIKE_FROM else None


@lru_cache(maxsize=64)
def _by_group(content: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Group of five letters → the words that hold it."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(content):
        for group in letter_groups(word):
            if len(group) == 5:
                found[group] = (*found.get(group, ()), word)
    return found


def _common_beginning(first: str, second: str) -> int:
    """The letters both words begin with, if they are most of the shorter word; else 0.

    A run somewhere inside proves nothing: treinen is no terreinen, and kinderen do not verminderen.
    """
    alike = len(os.path.commonprefix((first, second)))
    return alike if alike >= MOST_OF * min(len(first), len(second)) else 0


def quoted(found: Sequence[str]) -> str:
    """“bloemen”, “struiken” en “gras”"""
    marked = [f"“{word}”" for word in found]
    return " en ".join([", ".join(marked[:-1]), marked[-1]] if len(marked) > 1 else marked)


def _are_same(met: Meeting) -> bool:
    return [fold_word(word) for word in met.words] == [fold_word(word) for word in met.theirs]


def words_reason(code: str, met: Meeting, other: str) -> Reason:
    """Je schrijft “plantjes”. Dit doel noemt “planten”. Or: Je schrijft “bloemen”. Dit doel noemt dat ook."""
    theirs = "dat ook" if _are_same(met) else quoted(met.theirs)
    return Reason(code, f"Je schrijft {quoted(met.words)}. {other} noemt {theirs}.", met.words, met.theirs)


def alike_reason(met: Meeting, other: str) -> Reason:
    """Je schrijft “zwerfvuil”. Dat lijkt op “zwerfafval” bij dit doel. Or: … Dat woord staat ook bij …"""
    like = "Dat woord staat ook" if _are_same(met) else f"Dat lijkt op {quoted(met.theirs)}"
    sentence = f"Je schrijft {quoted(met.words)}. {like} bij {other}."
    return Reason("alike", sentence, met.words, met.theirs)


def profile_reason(towards: Meeting, onwards: Meeting, whose: str) -> Reason:
    """Je schrijft “nestkasten”. Dat past bij … Daar hoort ook “natuur” bij, net als bij dit doel."""
    sentence = (
        f"Je schrijft {quoted(towards.words)}. Dat past bij {whose}. "
        f"Daar hoort ook {quoted(onwards.theirs)} bij, net als bij dit doel."
    )
    return Reason("profile", sentence, towards.words, onwards.theirs)


def told_by(met: Meeting | None, reason: Reason) -> bool:
    """Did the words that met tell the same: all of either side, or the best of both?"""
    if met is None:
        return False
    ours, theirs = set(map(fold_word, met.words)), set(map(fold_word, met.theirs))
    words, their_words = ([*map(fold_word, said)] for said in (reason.words, reason.their_words))
    return (
        ours.issuperset(words)
        or theirs.issuperset(their_words)
        or (words[0] in ours and their_words[0] in theirs)
    )


MOST_WAYS = 8
"""The concepts of each text that a reason is sought in."""
LEAST_SHARED = 0.05
"""The least that two texts must have in common in a concept before we say so; all of it is 1."""


def concept_reason(probe: Probe, other: Reading, what: str) -> Reason | None:
    """Je schrijft “rouwcafé”. Dat gaat over rouw en verlies. Daar hoort eenzaamheid bij. Dit doel noemt …

    The strongest way from a concept of the one to one of the other, with the words that say so; or None.
    """
    every = civic()
    ours_about = list(islice(probe.about.items(), MOST_WAYS))
    if probe.reading.unwanted:
        ours_about = [one for one in ours_about if every.words(probe.reading, one[0])]
    theirs_about = list(every.of(other).items())[:MOST_WAYS]
    best = (LEAST_SHARED, "", "", "")
    for one, most in ours_about:
        for other_one, theirs_most in theirs_about:
            if most * theirs_most < best[0]:
                break  # what follows is less, and no way makes it more
            share, sentence = _way(one, other_one)
            best = max(best, (share * most * theirs_most, one, other_one, sentence))
    _, ours, theirs, between = best
    if not ours:
        return None
    met = Meeting(every.words(probe.reading, ours), every.words(other, theirs))
    if _are_same(met):
        return words_reason("concept", met, what)
    said = f"Je schrijft {quoted(met.words)}. Dat gaat over {ours}."
    sentence = f"{said}{between} {what} noemt {quoted(met.theirs)}."
    return Reason("concept", sentence, met.words, met.theirs)


@lru_cache(maxsize=4_096)
def _way(ours: str, theirs: str) -> tuple[float, str]:
    """What two concepts share, from 0 to 1, and the sentence between them; the third one is not named."""
    if ours == theirs:
        return 1.0, ""
    near, across = civic().near(ours), civic().near(theirs)
    if theirs in near:
        return near[theirs], f" Daar hoort {theirs} bij."
    share = max((near[other] * across[other] for other in near if other in across), default=0.0)
    return share, f" Dat ligt dicht bij {theirs}."


class GoalReasons:
    """Why a goal was suggested."""

    def __init__(
        self, goals: Sequence[Reading], by_profile: ProfileChannel,
        profiles: Sequence[Reading], whose: Sequence[str], rarities: Rarities,
    ) -> None:  # fmt: skip
        self._goals = goals
        self._by_profile = by_profile
        self._profiles = profiles
        self._whose = whose
        self._rarity = rarities.words

    def of(self, probe: Probe, goal: int) -> tuple[Reason, ...]:
        """Shared words and meaning; else words that look alike; else a profile that knows of both.

        What is told twice is told once: meaning is left out where the same words were quoted already.
        """
        reasons = []
        met = meeting(probe.reading, self._goals[goal], self._rarity)
        if met:
            reasons.append(words_reason("words", met, "Dit doel"))
        meant = concept_reason(probe, self._goals[goal], "Dit doel")
        if meant and not told_by(met, meant):
            reasons.append(meant)
        if reasons:
            return tuple(reasons)
        if met := look_alike(probe.reading, self._goals[goal]):
            return (alike_reason(met, "dit doel"),)
        return self._over_profiles(probe, goal)

    def _over_profiles(self, probe: Probe, goal: int) -> tuple[Reason, ...]:
        ways = self._by_profile.ways(probe)
        for profile in sorted(ways, key=lambda place: (-round(ways[place][goal], DIGITS), place)):
            towards = meeting(probe.reading, self._profiles[profile], self._rarity)
            onwards = meeting(self._profiles[profile], self._goals[goal], self._rarity)
            if towards and onwards:
                return (profile_reason(towards, onwards, self._whose[profile]),)
        return ()
