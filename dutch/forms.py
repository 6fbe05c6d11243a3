"""The base of a word where the stemmers go astray: kinderen → kind, opgeruimd → opruimen."""

import re
from collections.abc import Iterator, Set
from functools import cache

from dutch.wordlists import word_forms, word_list

VOWELS = "aeiou"
_WITHOUT_GE = re.compile("(?:[bg]e(?!e)|ont|her|ver).*[aeiou]")
"""Verbs that take no ge- in the participle: bezoeken, vergroenen; but geverfd and gebeld."""
SHORTEST_BEFORE_ENDING = 3


def base(folded: str) -> str:
    """The singular, plain adjective or infinitive of a folded word if the lists know it, else the word."""
    if found := _nouns().get(folded) or _verbs().get(folded):
        return found
    if folded in _infinitives():
        return folded
    particles = word_list("particles")
    for start in range(2, len(folded) - 2):
        before, rest = folded[:start], folded[start:]
        if before in particles and rest in _infinitives():
            return folded
        if before in particles and (verb := _verbs().get(rest)):
            return before + verb
        if start >= SHORTEST_BEFORE_ENDING and (noun := _endings().get(rest)):
            return before + noun
    return folded


def forms() -> tuple[Set[str], ...]:
    """Every word that the lists know, bases and forms, in a few sets."""
    return _nouns().keys(), _verbs().keys(), _infinitives()


@cache
def _in_s() -> dict[str, str]:
    return {form: noun for noun in word_list("s-plurals") for form in (f"{noun}s", *_small(noun))}


def _small(noun: str) -> tuple[str, str]:
    """Fotootje, taxietje, babytje; and the plural."""
    longer = noun + {"i": "e", "y": "", "e": ""}.get(noun[-1], noun[-1])
    return f"{longer}tje", f"{longer}tjes"


@cache
def _nouns() -> dict[str, str]:
    return _in_s() | {form.lstrip("-"): base for base, forms in word_forms("forms") for form in forms}


@cache
def _endings() -> dict[str, str]:
    """What stands for another noun at the end of a longer word too."""
    return _in_s() | {
        form[1:]: base for base, forms in word_forms("forms") for form in forms if form[0] == "-"
    }


@cache
def _infinitives() -> frozenset[str]:
    return frozenset(infinitive for infinitive, _past in word_forms("verbs"))


@cache
def _verbs() -> dict[str, str]:
    """Forms of the verbs → infinitive; one that the lexicon knows as a word (vaart) is left out."""
    found = {form: verb for verb, past in word_forms("verbs") for form in _conjugated(verb, past)}
    known = word_list("lexicon") | word_list("own-stems") | _infinitives()
    listed = {form: verb for verb, past in word_forms("verbs") for form in past}
    return {form: verb for form, verb in found.items() if form not in known} | listed


def _conjugated(infinitive: str, past: tuple[str, ...]) -> Iterator[str]:
    """Loopt, lopend; and the regular past of a verb that has no past of its own: werkte, gewerkt."""
    yield from (f"{infinitive}d", f"{infinitive}de", *past)
    for stem in _stems_of_verb(infinitive):
        if not stem.endswith("t"):
            yield f"{stem}t"
        if not past:
            yield from _regular(infinitive, stem)


def _regular(infinitive: str, stem: str) -> Iterator[str]:
    sound = "t" if infinitive.removesuffix("en").endswith(("t", "k", "f", "s", "ch", "p")) else "d"
    yield from (f"{stem}{sound}e", f"{stem}{sound}en")
    participle = ("" if _WITHOUT_GE.match(stem) else "ge") + stem.removesuffix(sound) + sound
    yield from (participle, f"{participle}e")


def _stems_of_verb(infinitive: str) -> tuple[str, ...]:
    """Speel of spelen, zwem of zwemmen, and for an e that may be silent both: wandel, wandeel."""
    stem = infinitive.removesuffix("en")
    if stem == infinitive or stem[-1] in VOWELS:  # gaan; doen, zien
        return (infinitive.removesuffix("n"),)
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        return (stem[:-1],)
    last = {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    ways = [stem[:-1] + last]
    if stem[-1] not in VOWELS + "wj" and stem[-2:-1] in tuple(VOWELS) and stem[-3:-2] not in tuple(VOWELS):
        long = stem[:-1] + stem[-2] + last
        ways = [*ways, long] if stem[-2] == "e" and len(stem) > 3 else [long]
    return tuple(ways)
